using DeEscalationBot.Core.Cases.Reports;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Host.Reports;

namespace DeEscalationBot.Host.Cases.Files;

/// <summary>What became of dismissal cases, and what they say about us when they repeat (B10).</summary>
/// <remarks>Safe for concurrent use.</remarks>
public static class DismissalReportFiles
{
    /// <summary>As a workbook.</summary>
    /// <param name="report">The report.</param>
    /// <param name="criteria">Whether the criteria are due for review (B13).</param>
    /// <param name="language">The reader's language; English when undetermined.</param>
    public static CaseFile Workbook(DismissalReport report, CriteriaReview criteria, MessageLanguage language)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(criteria);
        var words = CaseFileWords.In(language);
        var summary = new List<IReadOnlyList<SheetCell>>
        {
            words.Heads("CaseFile.Summary.What", "CaseFile.Summary.Count"),
            new[] { SheetCell.Of(words["CaseFile.Dismissals.Opened"]), SheetCell.Of(report.Opened) },
            new[] { SheetCell.Of(words["CaseFile.Dismissals.Dismissed"]), SheetCell.Of(report.Dismissed) },
            new[] { SheetCell.Of(words["CaseFile.Dismissals.Kept"]), SheetCell.Of(report.Kept) },
            new[] { SheetCell.Of(words["CaseFile.Dismissals.Undone"]), SheetCell.Of(report.Undone) },
            new[]
            {
                SheetCell.Of(words["CaseFile.Dismissals.Deeper"]),
                SheetCell.Reckoned($"IF(B3>=2,{WorkbookSheet.Literal(words.YesNo(true))},{WorkbookSheet.Literal(words.YesNo(false))})", words.YesNo(report.MayLieDeeper)),
            },
            new[] { SheetCell.Of(words["CaseFile.Criteria.Reviewed"]), criteria.ReviewedOn is null ? SheetCell.Of(words["CaseFile.Criteria.Never"]) : SheetCell.Of(criteria.ReviewedOn) },
            new[] { SheetCell.Of(words["CaseFile.Criteria.Due"]), criteria.DueOn is null ? SheetCell.Of(words["CaseFile.Criteria.Now"]) : SheetCell.Of(criteria.DueOn) },
        };
        summary.AddRange(report.ReviewsDue.Select(id => new[] { SheetCell.Of(words["CaseFile.Dismissals.ReviewDue"]), SheetCell.Of(id) }));
        var total = report.ByReason.Sum(r => r.Value);
        var last = report.ByReason.Count + 1;
        var reasons = new List<IReadOnlyList<SheetCell>> { words.Heads("CaseFile.Dismissals.Reason", "CaseFile.Summary.Count", "CaseFile.Summary.Share") };
        reasons.AddRange(report.ByReason.Select((r, i) => new[]
        {
            SheetCell.Of(words.Names.Reason(r.Key)),
            SheetCell.Of(r.Value),
            SheetCell.Reckoned($"ROUND(B{i + 2}/SUM($B$2:$B${last})*100,1)", Math.Round(r.Value * 100m / total, 1, MidpointRounding.AwayFromZero)),
        }));
        return new CaseFile(words.FileName("CaseFile.Name.Dismissals", null, "xlsx"), ReportFiles.WorkbookType, WorkbookFile.Write(
        [
            new WorkbookSheet(words["CaseFile.Dismissals.Sheet"], summary) { Widths = [54, 20], Alarms = [new SheetAlarm("A6:B6", "$B$3>=2")] },
            new WorkbookSheet(words["CaseFile.Dismissals.Reasons"], reasons) { Widths = [44, 14, 14], IsFiltered = true },
        ]));
    }

    /// <summary>As CSV, with the names of the API: a line for each measure, then one for each reason.</summary>
    /// <param name="report">The report.</param>
    public static CaseFile Csv(DismissalReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        (string Measure, double Value)[] lines =
        [
            ("opened", report.Opened), ("dismissed", report.Dismissed), ("kept", report.Kept), ("undone", report.Undone), ("reviewsDue", report.ReviewsDue.Count),
            .. report.ByReason.Select(r => ("reason:" + r.Key, (double)r.Value)),
        ];
        return new CaseFile("dismissals.csv", ReportFiles.CsvType, ReportFiles.Csv(new ReportTable(
            "dismissals", ["measure", "value"], [.. lines.Select(l => (IReadOnlyList<ReportCell>)[ReportCell.Of(l.Measure), ReportCell.Of(l.Value)])])));
    }
}
