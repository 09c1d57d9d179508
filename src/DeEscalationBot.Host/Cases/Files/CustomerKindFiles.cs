using DeEscalationBot.Core.Cases;
using DeEscalationBot.Core.Cases.Reports;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Host.Reports;

namespace DeEscalationBot.Host.Cases.Files;

/// <summary>Ideal customers and those that are not, side by side, with what they cost and bring (B11, E9).</summary>
/// <remarks>Safe for concurrent use.</remarks>
public static class CustomerKindFiles
{
    private const int CustomersRow = 2;
    private const int HoursRow = 3;
    private const int RevenueRow = 7;
    private const int CostRow = 8;
    private const int MarginRow = 9;

    /// <summary>As a workbook: a column for each kind and currency.</summary>
    /// <param name="report">The report.</param>
    /// <param name="language">The reader's language; English when undetermined.</param>
    public static CaseFile Workbook(CustomerKindReport report, MessageLanguage language)
    {
        ArgumentNullException.ThrowIfNull(report);
        var words = CaseFileWords.In(language);
        var kinds = report.Rows;
        IReadOnlyList<SheetCell> Row(string key, Func<CustomerKindRow, string, SheetCell> cell) =>
            [SheetCell.Of(words[key]), .. kinds.Select((k, i) => cell(k, WorkbookSheet.At(i + 1, 1)[..1]))];
        var sheet = new WorkbookSheet(words["CaseFile.Kinds.Sheet"],
        [
            Row("CaseFile.Kinds.Measure", (k, _) => SheetCell.Of(k.Currency is null ? words.Names.Name(k.Kind) : $"{words.Names.Name(k.Kind)} ({k.Currency})")),
            Row("CaseFile.Kinds.Customers", (k, _) => SheetCell.Of(k.Customers)),
            Row("CaseFile.Kinds.Hours", (k, _) => SheetCell.Of(Hours(k.Contact), CellLook.Decimals)),
            Row("CaseFile.Kinds.HoursEach", (k, c) => SheetCell.Reckoned(
                $"IF({c}{CustomersRow}=0,\"\",ROUND({c}{HoursRow}/{c}{CustomersRow},2))", k.ContactEach is { } each ? Hours(each) : null, CellLook.Decimals)),
            Row("CaseFile.Kinds.Claims", (k, _) => SheetCell.Of(k.Claims)),
            Row("CaseFile.Kinds.Stay", (k, _) => SheetCell.Of(k.MeanStay is { } stay ? Math.Round((decimal)stay.TotalDays, 1) : null)),
            Row("CaseFile.Kinds.Revenue", (k, _) => SheetCell.Of(k.Revenue)),
            Row("CaseFile.Kinds.Cost", (k, _) => SheetCell.Of(k.CostToServe)),
            Row("CaseFile.Kinds.Margin", (k, c) => SheetCell.Reckoned($"IF(OR({c}{RevenueRow}=\"\",{c}{CostRow}=\"\"),\"\",{c}{RevenueRow}-{c}{CostRow})", k.Margin?.Amount, CellLook.Decimals)),
            Row("CaseFile.Kinds.MarginPercent", (k, c) => SheetCell.Reckoned(
                $"IF({c}{MarginRow}=\"\",\"\",IF({c}{RevenueRow}>0,ROUND({c}{MarginRow}/{c}{RevenueRow}*100,2),\"\"))", k.MarginPercent, CellLook.Decimals)),
            [],
            [SheetCell.Of(words["CaseFile.Kinds.Unjudged"]), SheetCell.Of(report.Unjudged)],
            [SheetCell.Of(words["CaseFile.Kinds.Note"])],
        ])
        {
            Widths = [44, .. Enumerable.Repeat(22d, kinds.Count)],
            Alarms = [new SheetAlarm($"B{MarginRow}:{WorkbookSheet.At(kinds.Count, MarginRow)}", $"AND(ISNUMBER(B{MarginRow}),B{MarginRow}<0)")],
        };
        return new CaseFile(words.FileName("CaseFile.Name.Kinds", null, "xlsx"), ReportFiles.WorkbookType, WorkbookFile.Write([sheet]));
    }

    /// <summary>As CSV, with the names of the API.</summary>
    /// <param name="report">The report.</param>
    public static CaseFile Csv(CustomerKindReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        static ReportCell Amount(Money? amount) => ReportCell.Of((double?)amount?.Amount);
        return new CaseFile("customer-kinds.csv", ReportFiles.CsvType, ReportFiles.Csv(new ReportTable(
            "customerKinds",
            ["kind", "currency", "customers", "contactHours", "claims", "meanStayDays", "revenue", "costToServe", "margin", "marginPercent"],
            [.. report.Rows.Select(k => (IReadOnlyList<ReportCell>)
            [
                ReportCell.Of(k.Kind.ToString()),
                ReportCell.Of(k.Currency ?? ""),
                ReportCell.Of(k.Customers),
                ReportCell.Of((double)Hours(k.Contact)),
                ReportCell.Of(k.Claims),
                ReportCell.Of(k.MeanStay is { } stay ? Math.Round(stay.TotalDays, 1) : null),
                Amount(k.Revenue),
                Amount(k.CostToServe),
                Amount(k.Margin),
                ReportCell.Of((double?)k.MarginPercent),
            ])])));
    }

    private static decimal Hours(TimeSpan time) => Math.Round((decimal)time.TotalHours, 2, MidpointRounding.AwayFromZero);
}
