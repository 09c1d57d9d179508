using System.Globalization;
using System.Text.Json;
using DeEscalationBot.Core.Scoring;

namespace DeEscalationBot.Host.Batch.Evaluation;

/// <summary>Says what came of an evaluation, section by section.</summary>
internal static class EvaluationReport
{
    /// <summary>The file of the calibration plot.</summary>
    public const string ReliabilityImage = "reliability.png";

    /// <summary>The file of the threshold plot.</summary>
    public const string ThresholdsImage = "thresholds.png";

    private const int LongestText = 160;
    private const string Mark = "→ ";

    /// <summary>The sections.</summary>
    /// <param name="result">The figures.</param>
    public static IReadOnlyList<ReportSection> Sections(EvaluationResult result)
    {
        var sections = new List<ReportSection> { Summary(result), Recommended(result), new("Read with care", result.Warnings, IsList: true), Chances(result), Thresholds(result), Reliability(result) };
        if (result.Levels is { } levels)
        {
            sections.Add(Levels(levels));
        }

        if (result.Signals is { } signals)
        {
            sections.Add(Signals(signals));
        }

        if (result.Worst is { } worst)
        {
            sections.Add(Worst(worst));
        }

        return sections;
    }

    private static ReportSection Summary(EvaluationResult result) => new(
        $"How well the scores agree with your labels: {ReportText.OneLine(result.File, 100)}",
        [
            Text($"{result.Overall.Messages} messages, {result.Overall.Frustrated} of them frustrated ({ReportText.Percent((double)result.Overall.Frustrated / result.Overall.Messages)}); broken lines left out: {result.BrokenLines}."),
        ]);

    private static ReportSection Recommended(EvaluationResult result)
    {
        var at = result.Thresholds.First(t => t.Threshold == result.Recommended.Threshold);
        return new(
            Text($"Recommended threshold: {result.Recommended.Threshold:0.00} (95 % interval {Span(result.Recommended.Interval)})"),
            [
                result.Recommended.Reason,
                Text($"There {ReportText.Percent(at.Recall)} of the frustrated customers are caught (95 % interval {PercentSpan(result.Recommended.RecallInterval)}), {ReportText.Percent(at.Precision)} of the alerts are right ({PercentSpan(result.Recommended.PrecisionInterval)}). Alerts a day, with {result.MessagesPerDay:0.#} messages a day: {ReportText.Number(at.AlertsPerDay, "0.#")}."),
            ]);
    }

    private static ReportSection Chances(EvaluationResult result) => new(
        "Frustration by language",
        [
            "AUC: how often a frustrated message is scored above another (0.5 is guessing, 1 perfect). Average precision: precision over all recalls (guessing gives the share of frustrated messages). ECE: how far the chances are from the shares (0 is perfect). Brier: mean squared error of the chance (0 is perfect). Precision and recall: at the recommended threshold.",
        ],
        new ReportTable(
            ["", "messages", "frustrated", "AUC", "95 %", "avg. precision", "ECE", "Brier", "precision", "recall"],
            [Row("all", result.Overall), .. result.Languages.Select(l => Row(l.Key, l.Value))]));

    private static string[] Row(string name, ChanceFigures figures) =>
    [
        name, Text($"{figures.Messages}"), Text($"{figures.Frustrated}"), ReportText.Number(figures.Auc, "0.000"), Span(figures.AucInterval, "0.000"),
        ReportText.Number(figures.AveragePrecision, "0.000"), ReportText.Number(figures.Ece, "0.000"), ReportText.Number(figures.Brier, "0.000"), ReportText.Number(figures.Precision), ReportText.Number(figures.Recall),
    ];

    private static ReportSection Thresholds(EvaluationResult result) => new(
        "Alerting from a chance on",
        [],
        new ReportTable(
            ["from", "precision", "recall", "F1", "false alarms per 100 messages", "alerts a day", "cost"],
            [
                .. result.Thresholds.Select(t => (string[])
                [
                    (t.Threshold == result.Recommended.Threshold ? Mark : string.Empty) + ReportText.Number(t.Threshold), ReportText.Number(t.Precision), ReportText.Number(t.Recall), ReportText.Number(t.F1),
                    ReportText.Number(t.FalseAlarmsPer100, "0.0"), ReportText.Number(t.AlertsPerDay, "0.0"), ReportText.Number(t.Cost, "0.#"),
                ]),
            ]),
        ThresholdsImage);

    private static ReportSection Reliability(EvaluationResult result) => new(
        "Do the chances hold?",
        [],
        new ReportTable(
            ["chance", "messages", "mean chance", "share frustrated", "95 %"],
            [.. result.Reliability.Select(b => (string[])[Text($"{b.From:0.0}–{b.To:0.0}"), Text($"{b.Messages}"), ReportText.Number(b.MeanChance), ReportText.Number(b.Share), Span(b.ShareInterval)])]),
        ReliabilityImage);

    private static ReportSection Levels(LevelFigures levels) => new(
        "Levels",
        [
            Text($"{levels.Messages} messages with a level: macro F1 {ReportText.Number(levels.MacroF1, "0.000")} (95 % interval {Span(levels.MacroF1Interval, "0.000")}), exact {ReportText.Percent(levels.Exact)}, within one level {ReportText.Percent(levels.WithinOne)}, Spearman {ReportText.Number(levels.Spearman, "0.000")}."),
            "Rows: your level; columns: the level given.",
        ],
        new ReportTable(
            ["", .. Enum.GetValues<FrustrationLevel>().Select(Name), "F1"],
            [.. levels.Confusion.Select((row, k) => (string[])[Name((FrustrationLevel)k), .. row.Select(n => Text($"{n}")), ReportText.Number(levels.F1[k])])]));

    private static ReportSection Signals(SignalReport signals) => new(
        "Signals",
        [Text($"{signals.Messages} messages with signals, or with none. A signal counts as found from a confidence of 0.5 on.")],
        new ReportTable(
            ["signal", "labelled", "found rightly", "found wrongly", "precision", "recall", "F1"],
            [
                .. signals.Types.Select(s => (string[])
                [
                    JsonNamingPolicy.CamelCase.ConvertName(s.Type.ToString()), Text($"{s.Labelled}"), Text($"{s.Hits}"), Text($"{s.FalseAlarms}"),
                    ReportText.Number(s.Precision), ReportText.Number(s.Recall), ReportText.Number(s.F1),
                ]),
            ]));

    private static ReportSection Worst(IReadOnlyList<Disagreement> worst) => new(
        "Worst disagreements",
        ["This section holds customers' words: think before you pass it on."],
        new ReportTable(
            ["message", "line", "your label", "chance", "level given", "text"],
            [
                .. worst.Select(d => (string[])
                [
                    ReportText.OneLine(d.Id, 40), Text($"{d.Line}"), d.IsFrustrated ? "frustrated" : "not frustrated", ReportText.Number(d.Frustration), Name(d.Level), ReportText.OneLine(d.Text, LongestText),
                ]),
            ],
            EndsInText: true));

    private static string Name(FrustrationLevel level) => JsonNamingPolicy.CamelCase.ConvertName(level.ToString());

    private static string Span(Span95? span, string format = "0.00") => span is null ? "—" : $"{ReportText.Number(span.Low, format)}–{ReportText.Number(span.High, format)}";

    private static string PercentSpan(Span95? span) => span is null ? "—" : $"{ReportText.Number(span.Low * 100, "0.#")}–{ReportText.Percent(span.High)}";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
