using DeEscalationBot.Core.Cases;
using DeEscalationBot.Core.Cases.Departure;
using DeEscalationBot.Core.Cases.Reports;
using DeEscalationBot.Host.Cases;
using DeEscalationBot.Host.Cases.Texts;
using DeEscalationBot.Host.Pages.Reports;
using DeEscalationBot.Host.Pages.Texts;
using Microsoft.Extensions.Localization;

namespace DeEscalationBot.Host.Pages.Cases;

/// <summary>Puts the reports of cases into charts: one question each, in the reader's language.</summary>
public static class CaseCharts
{
    /// <summary>The churn rate by month against its line (E8).</summary>
    /// <param name="reports">The reports.</param>
    /// <param name="c">The words of the pages.</param>
    /// <param name="words">How numbers are written.</param>
    /// <param name="line">The rate that is not to be exceeded, percent.</param>
    public static Chart Churn(CaseReports reports, IStringLocalizer<CasePageTexts> c, CaseWords words, decimal line)
    {
        ArgumentNullException.ThrowIfNull(reports);
        ArgumentNullException.ThrowIfNull(c);
        ArgumentNullException.ThrowIfNull(words);
        string Percent(decimal? rate) => rate is { } r ? r.ToString("0.00", words.Culture) + " %" : "–";

        // The line stands in the middle, unless a month goes far beyond it.
        var widest = Math.Max(line * 2, reports.Churn.Max(m => m.RatePercent) ?? 0);
        var above = reports.Churn.Count(m => m.IsAboveLine);
        return new Chart(
            "churn",
            above == 0 ? c["Churn.ChurnGood", Percent(line)] : c["Churn.ChurnAbove", above, Percent(line)],
            c["Churn.ChurnQuestion"],
            [
                .. reports.Churn.Select(m => new ChartBar(
                    m.Month.ToString("MMM yyyy", words.Culture), (double)((m.RatePercent ?? 0) / widest), c["Churn.ChurnWords", Percent(m.RatePercent), m.Left, m.AtStart], m.IsAboveLine ? "over" : "good")),
            ],
            [c["Churn.Month"], c["Churn.AtStart"], c["Churn.Left"], c["Churn.OwnWill"], c["Churn.Rate"]],
            [.. reports.Churn.Select(m => (IReadOnlyList<string>)[m.Month.ToString("MMM yyyy", words.Culture), $"{m.AtStart}", $"{m.Left}", $"{m.LeftOfOwnWill}", Percent(m.RatePercent)])])
        {
            Mark = (double)(line / widest),
            Note = c["Churn.ChurnNote", Percent(line)],
        };
    }

    /// <summary>Why customers left (E8); nothing when no case says.</summary>
    /// <param name="reports">The reports.</param>
    /// <param name="c">The words of the pages.</param>
    /// <param name="words">The names of motives.</param>
    public static Chart? Motives(CaseReports reports, IStringLocalizer<CasePageTexts> c, CaseWords words)
    {
        ArgumentNullException.ThrowIfNull(reports);
        ArgumentNullException.ThrowIfNull(c);
        ArgumentNullException.ThrowIfNull(words);
        var motives = reports.Departures.SelectMany(d => d.Motives.Select(m => (Motive: m, d.CustomerId))).GroupBy(m => m.Motive).OrderByDescending(g => g.Count()).ThenBy(g => g.Key).ToArray();
        return motives.Length == 0 ? null : new Chart(
            "motives",
            c["Churn.MotivesTitle", words.Name(motives[0].Key)],
            c["Churn.MotivesQuestion"],
            [.. motives.Select(g => new ChartBar(words.Name(g.Key), (double)g.Count() / motives[0].Count(), $"{g.Count()}"))],
            [c["Field.Of.motive"], c["Churn.Left"], c["Cases.Customer"]],
            [.. motives.Select(g => (IReadOnlyList<string>)[words.Name(g.Key), $"{g.Count()}", string.Join(", ", g.Select(m => m.CustomerId))])]);
    }

    /// <summary>What customers of each kind cost and bring (B11, E9).</summary>
    /// <param name="report">The report.</param>
    /// <param name="c">The words of the pages.</param>
    /// <param name="words">The names of kinds.</param>
    public static Chart Kinds(CustomerKindReport report, IStringLocalizer<CasePageTexts> c, CaseWords words)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(c);
        ArgumentNullException.ThrowIfNull(words);
        string Amount(Money? amount) => amount is null ? "–" : words.Amount(amount);
        string NameOf(CustomerKindRow row) => row.Currency is null ? words.Name(row.Kind) : $"{words.Name(row.Kind)} ({row.Currency})";
        static double Hours(CustomerKindRow row) => row.ContactEach?.TotalHours ?? 0;
        string HoursOf(CustomerKindRow row) => row.ContactEach is null ? "–" : Hours(row).ToString("0.#", words.Culture);
        int Count(CustomerFit kind) => report.Rows.Where(r => r.Kind == kind).Sum(r => r.Customers);
        var most = Math.Max(report.Rows.Max(Hours), double.Epsilon);
        return new Chart(
            "kinds",
            report.Rows.All(r => r.Customers == 0) ? c["Kinds.None"] : c["Kinds.Title", Count(CustomerFit.NotIdeal), Count(CustomerFit.Ideal)],
            c["Kinds.Question"],
            [
                .. report.Rows.Select(r => new ChartBar(
                    NameOf(r), Hours(r) / most, r.Customers == 0 ? "–" : r.Margin is null ? c["Kinds.Words", HoursOf(r)] : c["Kinds.WordsMargin", HoursOf(r), Amount(r.Margin)],
                    r.Margin is { Amount: < 0 } ? "over" : "good")),
            ],
            [c["Kinds.Kind"], c["Kinds.Customers"], c["Kinds.Hours"], c["Kinds.Claims"], c["Kinds.Stay"], c["Kinds.Revenue"], c["Kinds.Cost"], c["Kinds.Margin"], "%"],
            [
                .. report.Rows.Select(r => (IReadOnlyList<string>)
                [
                    NameOf(r), $"{r.Customers}", HoursOf(r), $"{r.Claims}", r.MeanStay is { } stay ? Math.Round(stay.TotalDays).ToString(words.Culture) : "–",
                    Amount(r.Revenue), Amount(r.CostToServe), Amount(r.Margin), r.MarginPercent?.ToString("0.##", words.Culture) ?? "–",
                ]),
            ])
        {
            Note = c["Kinds.Note", report.Unjudged],
        };
    }
}
