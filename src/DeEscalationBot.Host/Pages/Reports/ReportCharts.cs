using System.Globalization;
using DeEscalationBot.Core.Escalation;
using DeEscalationBot.Core.Reports;
using DeEscalationBot.Core.Scoring;
using DeEscalationBot.Host.Pages.Texts;
using DeEscalationBot.Host.Reports;
using Microsoft.Extensions.Localization;

namespace DeEscalationBot.Host.Pages.Reports;

/// <summary>One bar of a chart.</summary>
/// <param name="Label">What it is of.</param>
/// <param name="Value">Its length, 0 to 1 of the whole width.</param>
/// <param name="Words">What stands at its end.</param>
/// <param name="Kind"><c>good</c>, <c>plain</c>, <c>grave</c> or <c>over</c> a limit: its colour; the words say the same.</param>
/// <param name="IsFaint">Whether it rests on too little to be relied on.</param>
public sealed record ChartBar(string Label, double Value, string Words, string Kind = "plain", bool IsFaint = false);

/// <summary>One question with its answer.</summary>
/// <param name="Id">Names the chart on its page.</param>
/// <param name="Title">The answer.</param>
/// <param name="Question">The question.</param>
/// <param name="Bars">The bars, top to bottom.</param>
/// <param name="Columns">The columns of the table under it.</param>
/// <param name="Rows">The table's rows; the first cell of each names it.</param>
public sealed record Chart(string Id, string Title, string Question, IReadOnlyList<ChartBar> Bars, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    /// <summary>Where a line stands for comparison, 0 to 1, or nothing.</summary>
    public double? Mark { get; init; }

    /// <summary>How to read it, or nothing.</summary>
    public string? Note { get; init; }
}

/// <summary>Puts a report into charts: one question each, in the reader's language. What there is nothing of has no chart.</summary>
/// <param name="t">The words of the rules.</param>
/// <param name="d">The words of the reports.</param>
public sealed class ReportCharts(IStringLocalizer<PageTexts> t, IStringLocalizer<DeskTexts> d)
{
    /// <summary>The charts.</summary>
    /// <param name="report">The report.</param>
    public IReadOnlyList<Chart> Of(DeskReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var r = report.Recovery;
        var charts = new List<Chart>();
        if (r.Episodes > 0)
        {
            charts.Add(Times(r));
        }

        if (r.ByTechnique.Count > 0)
        {
            charts.Add(Moves("technique", "Report.Technique", r.ByTechnique, r.ShareThatCalmed ?? 0, Technique));
        }

        if (r.ByStep.Count > 0)
        {
            charts.Add(Moves("step", "Report.Step", r.ByStep, r.ShareThatCalmed ?? 0, step => t["Step." + step]));
        }

        if (r.ByTrigger.Count > 0)
        {
            charts.Add(Triggers(r));
        }

        if (report.Alerts is { Raised: > 0 } alerts)
        {
            charts.Add(Missed(alerts));
            if (alerts.Dismissals.Count > 0)
            {
                charts.Add(Dismissed(alerts));
            }
        }

        if (r.Withheld.Count > 0)
        {
            charts.Add(Withheld(r.Withheld));
        }

        if (report.Goodwill is { Gestures: > 0 } goodwill)
        {
            charts.Add(Given(goodwill));
        }

        return charts;
    }

    /// <summary>A time in words, or a dash.</summary>
    /// <param name="time">The time.</param>
    public string Time(TimeSpan? time) => time is { } span ? t.Span(span) : d["Report.Fact.NotKnown"];

    /// <summary>A share in per cent, or a dash.</summary>
    /// <param name="share">The share, 0 to 1.</param>
    public string Percent(double? share) => share is { } s ? s.ToString("P0", CultureInfo.CurrentCulture) : d["Report.Fact.NotKnown"];

    private Chart Times(RecoveryReport r) => new(
        "time",
        r.MedianToCalm is { } median ? d.Counted("Report.Time.Title", r.Calmed, Time(median)) : d["Report.Time.TitleNone"],
        d["Report.Time.Question"],
        [.. r.ByTime.Select(b => new ChartBar(Band(b), Share(b.Episodes, r.ByTime.Max(x => x.Episodes)), Number(b.Episodes), b.IsCalm ? "good" : "grave"))],
        [d["Report.Column.What"], d["Report.Column.Episodes"]],
        [.. r.ByTime.Select(b => new[] { Band(b), Number(b.Episodes) })]);

    private Chart Moves(string id, string texts, IReadOnlyList<MoveReport> moves, double all, Func<string, string> name)
    {
        var best = moves.Where(m => m.Answers >= MoveReport.Few).OrderByDescending(m => m.Share).FirstOrDefault();
        return new Chart(
            id,
            best is null ? d[texts + ".TitleFew"] : d[texts + ".Title", name(best.Move), best.Calmed, best.Answers],
            d[texts + ".Question"],
            [.. moves.Select(m => new ChartBar(name(m.Move), m.Share, Of(m.Calmed, m.Answers), "good", m.Answers < MoveReport.Few))],
            [d["Report.Column.What"], d["Report.Column.Answers"], d["Report.Column.Fell"], d["Report.Column.Share"], d["Report.Column.Change"], d["Report.Column.Before"]],
            [.. moves.Select(m => new[] { name(m.Move), Number(m.Answers), Number(m.Calmed), Percent(m.Share), (m.MeanChange * 100).ToString("+0;−0;0", CultureInfo.CurrentCulture), Number(m.BeforeFall) })])
        {
            Mark = all,
            Note = d["Report.Technique.Note", Percent(all), MoveReport.Few],
        };
    }

    private Chart Triggers(RecoveryReport r) => new(
        "trigger",
        d.Counted("Report.Trigger.Title", r.WithTrigger, r.CalmedWithTrigger, r.WithTrigger),
        d["Report.Trigger.Question"],
        [.. r.ByTrigger.Select(x => new ChartBar(Trigger(x.Trigger), Share(x.Calmed, x.Episodes), Of(x.Calmed, x.Episodes), "good", x.Episodes < MoveReport.Few))],
        [d["Report.Column.What"], d["Report.Column.Episodes"], d["Report.Column.Calmed"], d["Report.Column.Median"]],
        [.. r.ByTrigger.Select(x => new[] { Trigger(x.Trigger), Number(x.Episodes), Number(x.Calmed), Time(x.MedianToCalm) })]);

    private Chart Missed(AlertReport a) => new(
        "alerts",
        a.MedianToAnswer is { } median ? d.Counted("Report.Alert.Title", a.Raised, Time(median), a.Missed, a.Raised) : d.Counted("Report.Alert.TitleNone", a.Raised, a.Missed, a.Raised),
        d["Report.Alert.Question"],
        [.. a.ByTrigger.Select(x => new ChartBar(Trigger(x.Trigger), Share(x.Missed, x.Raised), Of(x.Missed, x.Raised), "grave"))],
        [d["Report.Column.What"], d["Report.Column.Raised"], d["Report.Column.Missed"], d["Report.Column.Median"], d["Report.Column.False"]],
        [.. a.ByTrigger.Select(x => new[] { Trigger(x.Trigger), Number(x.Raised), Number(x.Missed), Time(x.MedianToAnswer), Percent(x.FalseAlarmRate) })])
    {
        Note = d["Report.Alert.Note"],
    };

    private Chart Dismissed(AlertReport a)
    {
        var most = a.Dismissals.Values.Max();
        var reasons = Enum.GetValues<AlertDismissal>().Select(x => (Name: t.Dismissal(x), Count: a.Dismissals.GetValueOrDefault(x), IsFalse: x is AlertDismissal.FalseAlarm or AlertDismissal.NotUrgent)).ToArray();
        return new Chart(
            "false",
            a.FalseAlarmRate is { } rate ? d["Report.False.Title", Percent(rate)] : d["Report.False.TitleNone"],
            d["Report.False.Question"],
            [.. reasons.Select(x => new ChartBar(x.Name, Share(x.Count, most), Number(x.Count), x.IsFalse ? "grave" : "plain"))],
            [d["Report.Column.What"], d["Report.Column.Alerts"]],
            [.. reasons.Select(x => new[] { x.Name, Number(x.Count) })]);
    }

    private Chart Withheld(IReadOnlyList<WithheldAlerts> withheld)
    {
        var all = withheld.Sum(w => w.Alerts);
        return new Chart(
            "withheld",
            d.Counted("Report.Withheld.Title", all),
            d["Report.Withheld.Question"],
            [.. withheld.Select(w => new ChartBar(Trigger(w.Trigger), Share(w.Alerts, withheld.Max(x => x.Alerts)), Number(w.Alerts)))],
            [d["Report.Column.What"], d["Report.Column.Alerts"]],
            [.. withheld.Select(w => new[] { Trigger(w.Trigger), Number(w.Alerts) })]);
    }

    private Chart Given(GoodwillReport g)
    {
        var (before, after) = (d["Report.Goodwill.Before"].Value, d["Report.Goodwill.After"].Value);
        return new Chart(
            "goodwill",
            d["Report.Goodwill.Title", g.Spent.InMoney(g.Currency), g.Limit.InMoney(g.Currency), Month(g.Month), g.Calmed, g.Answered],
            d["Report.Goodwill.Question"],
            [new ChartBar(before, g.MeanBefore ?? 0, Tension(g.MeanBefore)), new ChartBar(after, g.MeanAfter ?? 0, Tension(g.MeanAfter), "good")],
            [d["Report.Column.What"], d["Report.Column.Tension"]],
            [[before, Tension(g.MeanBefore)], [after, Tension(g.MeanAfter)]])
        {
            Note = d["Report.Goodwill.Note"],
        };
    }

    private string Technique(string id) => t.Playbook(id) is var name && name != id ? $"{id} {name}" : id;

    private string Band(TimeBand band) => !band.IsCalm ? d["Report.Time.Never"] : band.Within is not { } within ? d["Report.Time.Longer"] : within.TotalHours < 1 ? d["Report.Time.Minutes", (int)within.TotalMinutes] : d["Report.Time.Hours", (int)within.TotalHours];

    private string Trigger(EscalationTrigger trigger) => $"{trigger} {t.Trigger(trigger)}";

    private string Of(int part, int whole) => d["Report.Fact.CalmedOf", part, whole];

    private string Tension(double? tension) => tension is { } x ? new Probability(x).Percent().ToString(CultureInfo.CurrentCulture) : d["Report.Fact.NotKnown"];

    private static string Month(string month) => DateOnly.ParseExact(month, "yyyy-MM", CultureInfo.InvariantCulture).ToString("Y", CultureInfo.CurrentCulture);

    private static double Share(int part, int whole) => whole == 0 ? 0 : (double)part / whole;

    private static string Number(int number) => number.ToString("N0", CultureInfo.CurrentCulture);
}
