using DeEscalationBot.Core.Cases.Departure;
using DeEscalationBot.Core.Cases.Reports;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Host.Reports;

namespace DeEscalationBot.Host.Cases.Files;

/// <summary>The churn rate by month, with its formula and its line (E8), and the motives behind it (E2).</summary>
/// <remarks>Safe for concurrent use. The sheet reckons the page's figures: rates are rounded to two decimals, and what is above the line is decided before.</remarks>
public static class ChurnFiles
{
    private const int LineRow = 2;
    private const int HeadRow = 7;

    /// <summary>As a workbook.</summary>
    /// <param name="months">The months: <see cref="ChurnReport.ByMonth"/>.</param>
    /// <param name="linePercent">The rate that is not to be exceeded.</param>
    /// <param name="departures">Departures, as they stand; those that ended with the customer gone tell their motives.</param>
    /// <param name="language">The reader's language; English when undetermined.</param>
    public static CaseFile Workbook(IReadOnlyList<ChurnMonth> months, decimal linePercent, IEnumerable<DepartureCase> departures, MessageLanguage language)
    {
        ArgumentNullException.ThrowIfNull(months);
        ArgumentNullException.ThrowIfNull(departures);
        var words = CaseFileWords.In(language);
        return new CaseFile(words.FileName("CaseFile.Name.Churn", null, "xlsx"), ReportFiles.WorkbookType, WorkbookFile.Write([Rates(months, linePercent, words), Motives(months, [.. departures], words)]));
    }

    /// <summary>As CSV, with the names of the API.</summary>
    /// <param name="months">The months.</param>
    public static CaseFile Csv(IReadOnlyList<ChurnMonth> months)
    {
        ArgumentNullException.ThrowIfNull(months);
        return new CaseFile("churn.csv", ReportFiles.CsvType, ReportFiles.Csv(new ReportTable(
            "churn",
            ["month", "atStart", "left", "leftOfOwnWill", "ratePercent", "isAboveLine"],
            [.. months.Select(m => (IReadOnlyList<ReportCell>)
            [
                ReportCell.Of(m.Month.ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture)),
                ReportCell.Of(m.AtStart),
                ReportCell.Of(m.Left),
                ReportCell.Of(m.LeftOfOwnWill),
                ReportCell.Of((double?)m.RatePercent),
                ReportCell.Of(m.IsAboveLine ? "true" : "false"),
            ])])));
    }

    private static WorkbookSheet Rates(IReadOnlyList<ChurnMonth> months, decimal linePercent, CaseFileWords words)
    {
        var (first, last) = (HeadRow + 1, HeadRow + Math.Max(1, months.Count));
        var (yes, no) = (WorkbookSheet.Literal(words.YesNo(true)), WorkbookSheet.Literal(words.YesNo(false)));
        var rows = new List<IReadOnlyList<SheetCell>>
        {
            new[] { SheetCell.Of(words["CaseFile.Churn.Formula"], CellLook.Bold) },
            new[] { SheetCell.Of(words["CaseFile.Churn.Line"]), SheetCell.Of(linePercent) },

            // Of what the filter leaves in sight.
            new[] { SheetCell.Of(words["CaseFile.Churn.LeftAltogether"]), SheetCell.Reckoned($"SUBTOTAL(109,C{first}:C{last})", months.Sum(m => m.Left)) },
            new[] { SheetCell.Of(words["CaseFile.Churn.MonthsAbove"]), SheetCell.Reckoned($"COUNTIF(G{first}:G{last},{yes})", months.Count(m => m.IsAboveLine)) },
            new[] { SheetCell.Of(words["CaseFile.Churn.Note"]) },
            Array.Empty<SheetCell>(),
            words.Heads("CaseFile.Month", "CaseFile.Churn.AtStart", "CaseFile.Churn.Left", "CaseFile.Churn.OwnWill", "CaseFile.Churn.Dismissed", "CaseFile.Churn.Rate", "CaseFile.Churn.Above"),
        };
        foreach (var (month, row) in months.Select((m, i) => (m, first + i)))
        {
            rows.Add(
            [
                SheetCell.Of(month.Month, CellLook.Month),
                SheetCell.Of(month.AtStart),
                SheetCell.Of(month.Left),
                SheetCell.Of(month.LeftOfOwnWill),
                SheetCell.Reckoned($"C{row}-D{row}", month.Left - month.LeftOfOwnWill),
                SheetCell.Reckoned($"IF(B{row}=0,\"\",ROUND(C{row}/B{row}*100,2))", month.RatePercent, CellLook.Decimals),

                // Without a division: 7 of 100 are 7 % exactly, and not a little more.
                SheetCell.Reckoned($"IF(B{row}=0,\"\",IF(C{row}*100>B{row}*$B${LineRow},{yes},{no}))", month.RatePercent is null ? "" : words.YesNo(month.IsAboveLine)),
            ]);
        }

        return new WorkbookSheet(words["CaseFile.Churn.Sheet"], rows)
        {
            HeadRow = HeadRow,
            IsFiltered = true,
            Widths = [30, 16, 16, 16, 16, 14, 16],
            Alarms = [new SheetAlarm($"F{first}:G{last}", $"$G{first}={yes}")],
        };
    }

    private static WorkbookSheet Motives(IReadOnlyList<ChurnMonth> months, DepartureCase[] departures, CaseFileWords words)
    {
        var motives = Enum.GetValues<DepartureMotive>();
        var gone = departures.Where(d => d.Outcome == DepartureOutcome.Left).ToLookup(d => MonthOf(d));
        var untold = motives.Length + 1;
        var rows = new List<IReadOnlyList<SheetCell>>
        {
            new[] { SheetCell.Of(words["CaseFile.Month"]) }.Concat(motives.Select(m => SheetCell.Of(words.Names.Name(m)))).Append(SheetCell.Of(words["CaseFile.Motives.NotSaid"])).ToArray(),
        };
        foreach (var month in months)
        {
            var left = gone[month.Month].ToArray();
            rows.Add(
            [
                SheetCell.Of(month.Month, CellLook.Month),
                .. motives.Select(m => SheetCell.Of(left.Count(d => d.Motives.Exists(s => s.Motive == m)))),
                SheetCell.Of(left.Count(d => d.Motives.IsEmpty)),
            ]);
        }

        rows.Add([SheetCell.Of(words["CaseFile.Total"], CellLook.Bold), .. Enumerable.Range(1, untold).Select(c => Total(c))]);
        return new WorkbookSheet(words["CaseFile.Motives.Sheet"], rows) { Widths = [16] };

        SheetCell Total(int column)
        {
            var counted = months.Count == 0 ? 0 : rows.Skip(1).Sum(r => r.Count > column ? (decimal)(r[column].Value.Number ?? 0) : 0);
            return SheetCell.Reckoned(months.Count == 0 ? "0" : $"SUM({WorkbookSheet.At(column, 2)}:{WorkbookSheet.At(column, months.Count + 1)})", counted);
        }
    }

    // The last day that was agreed; a departure is closed on it or later.
    private static DateOnly MonthOf(DepartureCase departure)
    {
        var day = departure.EndsOn ?? DateOnly.FromDateTime(departure.ClosedAt!.Value.UtcDateTime);
        return new DateOnly(day.Year, day.Month, 1);
    }
}
