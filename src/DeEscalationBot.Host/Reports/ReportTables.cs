using DeEscalationBot.Core.Escalation;
using DeEscalationBot.Core.Reports;

namespace DeEscalationBot.Host.Reports;

/// <summary>Lays a report out in tables, for files. Names are those of the API, in English, so that a sheet that reads them keeps working.</summary>
public static class ReportTables
{
    /// <summary>The tables.</summary>
    /// <param name="report">The report.</param>
    public static IReadOnlyList<ReportTable> Of(DeskReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var r = report.Recovery;
        var tables = new List<ReportTable>
        {
            Pairs("recovery",
                ("from", ReportCell.Of(report.From.ToString("O"))),
                ("until", ReportCell.Of(report.Until.ToString("O"))),
                ("conversations", ReportCell.Of(r.Conversations)),
                ("episodes", ReportCell.Of(r.Episodes)),
                ("calmed", ReportCell.Of(r.Calmed)),
                ("medianSecondsToCalm", ReportCell.Of(r.MedianToCalm)),
                ("nineInTenSecondsToCalm", ReportCell.Of(r.NineInTenToCalm)),
                ("answers", ReportCell.Of(r.Answers)),
                ("answersThatCalmed", ReportCell.Of(r.AnswersThatCalmed)),
                ("episodesWithTrigger", ReportCell.Of(r.WithTrigger)),
                ("calmedWithTrigger", ReportCell.Of(r.CalmedWithTrigger)),
                ("unread", ReportCell.Of(report.Unread))),
            new("timeToCalm", ["withinSeconds", "episodes"], [.. r.ByTime.Select(b => Row(!b.IsCalm ? ReportCell.Of("not calm") : b.Within is null ? ReportCell.Of("longer") : ReportCell.Of(b.Within), ReportCell.Of(b.Episodes)))]),
            Moves("techniques", "technique", r.ByTechnique),
            Moves("steps", "step", r.ByStep),
            new("triggers", ["trigger", "episodes", "calmed", "medianSecondsToCalm"],
                [.. r.ByTrigger.Select(t => Row(ReportCell.Of(t.Trigger.ToString()), ReportCell.Of(t.Episodes), ReportCell.Of(t.Calmed), ReportCell.Of(t.MedianToCalm)))]),
        };
        if (r.Withheld.Count > 0)
        {
            tables.Add(new("withheld", ["trigger", "alerts"], [.. r.Withheld.Select(w => Row(ReportCell.Of(w.Trigger.ToString()), ReportCell.Of(w.Alerts)))]));
        }

        if (report.Alerts is { } a)
        {
            tables.Add(Pairs("alerts",
                ("raised", ReportCell.Of(a.Raised)),
                ("withdrawn", ReportCell.Of(a.Withdrawn)),
                ("answered", ReportCell.Of(a.Answered)),
                ("missed", ReportCell.Of(a.Missed)),
                ("medianSecondsToAnswer", ReportCell.Of(a.MedianToAnswer)),
                ("nineInTenSecondsToAnswer", ReportCell.Of(a.NineInTenToAnswer)),
                ("falseAlarmRate", ReportCell.Of(a.FalseAlarmRate))));
            tables.Add(new("alertsByTrigger", ["trigger", "raised", "withdrawn", "missed", "falseAlarmRate", "medianSecondsToAnswer"],
                [.. a.ByTrigger.Select(t => Row(ReportCell.Of(t.Trigger.ToString()), ReportCell.Of(t.Raised), ReportCell.Of(t.Withdrawn), ReportCell.Of(t.Missed), ReportCell.Of(t.FalseAlarmRate), ReportCell.Of(t.MedianToAnswer)))]));
            tables.Add(new("dismissals", ["reason", "alerts"],
                [.. Enum.GetValues<AlertDismissal>().Where(d => a.Dismissals.ContainsKey(d)).Select(d => Row(ReportCell.Of(d.ToString()), ReportCell.Of(a.Dismissals[d])))]));
        }

        if (report.Goodwill is { } g)
        {
            tables.Add(Pairs("goodwill",
                ("month", ReportCell.Of(g.Month)),
                ("currency", ReportCell.Of(g.Currency)),
                ("spent", ReportCell.Of((double)g.Spent)),
                ("limit", ReportCell.Of((double)g.Limit)),
                ("gestures", ReportCell.Of(g.Gestures)),
                ("takenBack", ReportCell.Of(g.TakenBack)),
                ("answered", ReportCell.Of(g.Answered)),
                ("calmed", ReportCell.Of(g.Calmed)),
                ("meanTensionBefore", ReportCell.Of(g.MeanBefore)),
                ("meanTensionAfter", ReportCell.Of(g.MeanAfter))));
        }

        return tables;
    }

    private static ReportTable Pairs(string name, params (string Measure, ReportCell Value)[] pairs) =>
        new(name, ["measure", "value"], [.. pairs.Select(p => Row(ReportCell.Of(p.Measure), p.Value))]);

    private static ReportTable Moves(string name, string column, IReadOnlyList<MoveReport> moves) => new(
        name, [column, "answers", "calmed", "share", "meanChange", "beforeFall"],
        [.. moves.Select(m => Row(ReportCell.Of(m.Move), ReportCell.Of(m.Answers), ReportCell.Of(m.Calmed), ReportCell.Of(m.Share), ReportCell.Of(m.MeanChange), ReportCell.Of(m.BeforeFall)))]);

    private static ReportCell[] Row(params ReportCell[] cells) => cells;
}
