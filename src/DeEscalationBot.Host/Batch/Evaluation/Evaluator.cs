using System.Globalization;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Scoring;
using DeEscalationBot.Core.Scoring.Evaluation;

namespace DeEscalationBot.Host.Batch.Evaluation;

/// <summary>A labelled message with its score.</summary>
/// <param name="Message">The message.</param>
/// <param name="Score">What the product says of it.</param>
internal sealed record ScoredMessage(LabelledMessage Message, UtteranceScore Score)
{
    /// <summary>Its chance beside its label.</summary>
    public LabelledChance Chance => new(Score.Frustration.Value, Message.IsFrustrated, Message.Group);
}

/// <summary>Scores labelled messages as <c>analyze</c> would, and measures how well the scores agree.</summary>
/// <remarks>The same messages give the same figures: draws are seeded.</remarks>
internal static class Evaluator
{
    /// <summary>With fewer frustrated messages than this, or fewer others, figures are rough: 30.</summary>
    public const int Few = 30;

    private const int Seed = 20_260_101;
    private const int WorstShown = 20;

    // The more messages, the narrower the intervals and the dearer a draw: 200 are enough to tell a narrow interval.
    private const int ManyMessages = 5_000;
    private const int DrawsOfMany = 200;

    /// <summary>Scores messages on all cores.</summary>
    /// <param name="scorer">The product's scorer.</param>
    /// <param name="messages">The messages.</param>
    /// <param name="progress">Told after each.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>In the order of the messages.</returns>
    public static IReadOnlyList<ScoredMessage> Score(
        IUtteranceScorer scorer, IReadOnlyList<LabelledMessage> messages, Action<long>? progress, CancellationToken cancellationToken)
    {
        var scored = new ScoredMessage[messages.Count];
        long done = 0;
        Parallel.For(0, messages.Count, new ParallelOptions { CancellationToken = cancellationToken }, i =>
        {
            scored[i] = new ScoredMessage(messages[i], scorer.Score(messages[i].Text, messages[i].Language));
            progress?.Invoke(Interlocked.Increment(ref done));
        });
        return scored;
    }

    /// <summary>Measures.</summary>
    /// <param name="scored">Messages of both classes.</param>
    /// <param name="settings">What was asked for.</param>
    /// <param name="brokenLines">How many lines could not be used.</param>
    public static EvaluationResult Measure(IReadOnlyList<ScoredMessage> scored, EvaluateSettings settings, int brokenLines)
    {
        var chances = scored.Select(s => s.Chance).ToArray();
        var perDay = settings.MessagesPerDay ?? scored.Count;
        var recommended = Recommend(chances, settings.MissCost);
        var languages = scored.GroupBy(s => s.Score.Language).OrderBy(g => g.Key.Code(), StringComparer.Ordinal)
            .ToDictionary(g => g.Key.Code(), g => Figures([.. g.Select(s => s.Chance)], recommended.Threshold), StringComparer.Ordinal);
        var overall = Figures(chances, recommended.Threshold);
        var levels = LevelsOf([.. scored.Where(s => s.Message.Level is not null).Select(Judge)]);
        return new EvaluationResult(
            Path.GetFileName(settings.Data),
            brokenLines,
            perDay,
            settings.MessagesPerDay is not null,
            settings.MissCost,
            overall,
            languages,
            recommended,
            [.. AlertThreshold.Candidates.Zip(AlertThreshold.Sweep(chances), (t, counts) => At(t, counts, perDay, settings.MissCost))],
            [.. ChanceMetrics.Reliability(chances).Select(b => new ReliabilityFigures(b.From, b.To, b.Count, R(b.MeanChance), R(b.Share), new Span95(R(b.ShareInterval.Low), R(b.ShareInterval.High))))],
            levels,
            SignalsOf([.. scored.Where(s => s.Message.Signals is not null)]),
            EvaluationWarnings.Of(scored, settings, overall, languages, recommended, levels),
            settings.ShowsWorst ? WorstOf(scored) : null);
    }

    private static RecommendedThreshold Recommend(LabelledChance[] chances, double missCost)
    {
        var threshold = AlertThreshold.Cheapest(chances, missCost);
        var counts = ChanceMetrics.At(chances, threshold);
        var cost = counts.Cost(missCost);
        var held = AlertThreshold.ForCalibratedChances(missCost);
        var asCheap = AlertThreshold.Candidates.Zip(AlertThreshold.Sweep(chances)).Count(p => p.Second.Cost(missCost) == cost) - 1;
        var reason = string.Create(
            CultureInfo.InvariantCulture,
            $"Alert from {threshold:0.00} on: of the thresholds tried its mistakes cost least on these messages, {cost:0.#} ({counts.FalseAlarms} false alarms and {counts.Misses} missed, a missed frustrated customer being worth {missCost:0.##} false alarms){(asCheap == 0 ? string.Empty : $"; {asCheap} others cost as little, and this one is nearest to the next figure")}; if every chance held exactly it would be {held:0.00}.");
        return new RecommendedThreshold(
            threshold,
            Interval(chances, drawn => AlertThreshold.Cheapest(drawn, missCost)),
            Interval(chances, drawn => ChanceMetrics.At(drawn, threshold).Precision),
            Interval(chances, drawn => ChanceMetrics.At(drawn, threshold).Recall),
            R(cost),
            R(held),
            reason);
    }

    private static ChanceFigures Figures(LabelledChance[] chances, double threshold)
    {
        var counts = ChanceMetrics.At(chances, threshold);
        return new ChanceFigures(
            chances.Length,
            counts.Present,
            N(ChanceMetrics.Auc(chances)),
            Interval(chances, ChanceMetrics.Auc),
            N(ChanceMetrics.AveragePrecision(chances)),
            N(ChanceMetrics.Ece(chances)),
            N(ChanceMetrics.Brier(chances)),
            N(counts.Precision),
            N(counts.Recall));
    }

    private static ThresholdFigures At(double threshold, DetectionCounts counts, double perDay, double missCost) => new(
        threshold, counts.Hits, counts.FalseAlarms, counts.Misses, N(counts.Precision), N(counts.Recall), N(counts.F1), N(counts.FalseAlarmsPer100), R(counts.FoundShare * perDay), R(counts.Cost(missCost)));

    private static LevelFigures? LevelsOf(Judged[] judged)
    {
        if (judged.Length == 0)
        {
            return null;
        }

        var confusion = Metrics.Confusion(judged);
        return new LevelFigures(
            judged.Length,
            N(Metrics.MacroF1(judged)),
            Span(Metrics.Interval(judged, Metrics.MacroF1, Seed, Draws(judged.Length))),
            N(Metrics.Exact(judged)),
            N(Metrics.WithinOne(judged)),
            N(Metrics.Spearman(judged)),
            [.. Enumerable.Range(0, confusion.Count).Select(level => N(Metrics.F1(judged, level)))],
            confusion);
    }

    private static Judged Judge(ScoredMessage scored) =>
        new(scored.Message.Name, scored.Message.Group, (int)scored.Message.Level!, (int)scored.Score.Level, scored.Score.Frustration.Value);

    private static SignalReport? SignalsOf(ScoredMessage[] scored)
    {
        if (scored.Length == 0)
        {
            return null;
        }

        var types = Enum.GetValues<SignalType>()
            .Select(type => (Type: type, Counts: scored.Aggregate(default(DetectionCounts), (counts, s) => counts.With(s.Message.Signals!.Contains(type), s.Score.Has(type)))))
            .Where(p => p.Counts.Present + p.Counts.Found > 0)
            .Select(p => new SignalFigures(p.Type, p.Counts.Present, p.Counts.Hits, p.Counts.FalseAlarms, N(p.Counts.Precision), N(p.Counts.Recall), N(p.Counts.F1)));
        return new SignalReport(scored.Length, [.. types]);
    }

    private static Disagreement[] WorstOf(IReadOnlyList<ScoredMessage> scored) =>
    [
        .. scored.OrderByDescending(s => Math.Abs(s.Chance.Chance - (s.Message.IsFrustrated ? 1 : 0))).Take(WorstShown)
            .Select(s => new Disagreement(s.Message.Name, s.Message.Line, s.Message.IsFrustrated, R(s.Score.Frustration.Value), s.Score.Level, s.Message.Text)),
    ];

    private static Span95? Interval(LabelledChance[] chances, Func<IReadOnlyList<LabelledChance>, double> measure) =>
        Span(GroupBootstrap.Interval(chances, c => c.Group, measure, Seed, Draws(chances.Length)));

    private static int Draws(int messages) => messages > ManyMessages ? DrawsOfMany : GroupBootstrap.Draws;

    private static Span95? Span((double Low, double High) interval) => double.IsNaN(interval.Low) ? null : new Span95(R(interval.Low), R(interval.High));

    private static double? N(double value) => double.IsNaN(value) ? null : R(value);

    private static double R(double value) => Math.Round(value, 4);
}
