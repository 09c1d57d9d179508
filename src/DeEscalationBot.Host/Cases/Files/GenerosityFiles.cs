using System.Globalization;
using DeEscalationBot.Core.Cases;
using DeEscalationBot.Core.Cases.Customers;
using DeEscalationBot.Core.Cases.Reports;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Host.Reports;

namespace DeEscalationBot.Host.Cases.Files;

/// <summary>Claims on our generosity, and the customers who repeat them (B13). A reason to look, never to judge.</summary>
/// <remarks>Safe for concurrent use.</remarks>
public static class GenerosityFiles
{
    private const int FirstClaim = 2;
    private const int HeadRow = 4;

    /// <summary>As a workbook: every claim of the period, and what they come to by customer.</summary>
    /// <param name="customers">All customers.</param>
    /// <param name="today">The day by the product's clock; the period's last day.</param>
    /// <param name="settings">The numbers.</param>
    /// <param name="language">The reader's language; English when undetermined.</param>
    public static CaseFile Workbook(IReadOnlyCollection<CustomerRecord> customers, DateOnly today, CaseSettings settings, MessageLanguage language)
    {
        ArgumentNullException.ThrowIfNull(customers);
        ArgumentNullException.ThrowIfNull(settings);
        var words = CaseFileWords.In(language);
        var from = today.AddDays(-(int)settings.ClaimPeriod.TotalDays + 1);
        var claims = customers.SelectMany(c => c.Claims.Where(x => x.On >= from && x.On <= today).Select(x => (Customer: c.Id, Claim: x)))
            .OrderBy(x => x.Claim.On).ThenBy(x => x.Customer, StringComparer.Ordinal).ToArray();
        var list = new WorkbookSheet(words["CaseFile.Claims.Sheet"],
        [
            words.Heads("CaseFile.Customer", "CaseFile.Day", "CaseFile.Amount", "CaseFile.Currency", "CaseFile.Claims.WasGranted", "CaseFile.Claims.Why"),
            .. claims.Select(x => (IReadOnlyList<SheetCell>)
            [
                SheetCell.Of(x.Customer), SheetCell.Of(x.Claim.On), SheetCell.Of(x.Claim.Amount), SheetCell.Of(x.Claim.Amount.Currency), SheetCell.Of(words.YesNo(x.Claim.WasGranted)), SheetCell.Of(x.Claim.Why, CellLook.Wrapped),
            ]),
        ])
        {
            IsFiltered = true,
            Widths = [26, 14, 14, 12, 14, 60],
        };
        return new CaseFile(words.FileName("CaseFile.Name.Claims", null, "xlsx"), ReportFiles.WorkbookType, WorkbookFile.Write([Repeated(GenerosityReport.Of(customers, today, settings), from, today, settings, words, list), list]));
    }

    /// <summary>The customers who repeat claims, as CSV with the names of the API.</summary>
    /// <param name="repeated">The customers: <see cref="GenerosityReport.Of"/>.</param>
    public static CaseFile Csv(IReadOnlyList<RepeatedClaims> repeated)
    {
        ArgumentNullException.ThrowIfNull(repeated);
        return new CaseFile("repeated-claims.csv", ReportFiles.CsvType, ReportFiles.Csv(new ReportTable(
            "repeatedClaims",
            ["customerId", "claims", "granted", "amountAsked", "amountGranted", "currency", "lastOn"],
            [.. repeated.Select(r => (IReadOnlyList<ReportCell>)
            [
                ReportCell.Of(r.CustomerId),
                ReportCell.Of(r.Claims),
                ReportCell.Of(r.Granted),
                ReportCell.Of((double)r.AmountAsked.Amount),
                ReportCell.Of((double)r.AmountGranted.Amount),
                ReportCell.Of(r.AmountAsked.Currency),
                ReportCell.Of(r.LastOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
            ])])));
    }

    private static WorkbookSheet Repeated(IReadOnlyList<RepeatedClaims> repeated, DateOnly from, DateOnly until, CaseSettings settings, CaseFileWords words, WorkbookSheet list)
    {
        var last = Math.Max(FirstClaim, list.Rows.Count);
        var yes = WorkbookSheet.Literal(words.YesNo(true));
        string Column(char column) => $"{WorkbookSheet.Quoted(list.Name)}!${column}${FirstClaim}:${column}${last}";

        // EXACT, not COUNTIF: an id may be a sign that COUNTIF takes for "any".
        string Sum(int row, string factor) => $"SUMPRODUCT(EXACT({Column('A')},$A{row})*{factor})";
        var rows = new List<IReadOnlyList<SheetCell>>
        {
            new[] { SheetCell.Of(words["CaseFile.Claims.From"]), SheetCell.Of(from), SheetCell.Of(words["CaseFile.Claims.Until"]), SheetCell.Of(until) },
            new[] { SheetCell.Of(words["CaseFile.Claims.Limit"]), SheetCell.Of(settings.RepeatedClaims) },
            new[] { SheetCell.Of(words["CaseFile.Claims.Note"]) },
            words.Heads("CaseFile.Customer", "CaseFile.Claims.Count", "CaseFile.Claims.Granted", "CaseFile.Claims.AmountAsked", "CaseFile.Claims.AmountGranted", "CaseFile.Currency", "CaseFile.Claims.Last"),
        };
        foreach (var (claims, row) in repeated.Select((r, i) => (r, HeadRow + 1 + i)))
        {
            rows.Add(
            [
                SheetCell.Of(claims.CustomerId),
                SheetCell.Reckoned(Sum(row, "1"), claims.Claims),
                SheetCell.Reckoned(Sum(row, $"({Column('E')}={yes})"), claims.Granted),
                SheetCell.Reckoned(Sum(row, Column('C')), claims.AmountAsked.Amount, CellLook.Decimals),
                SheetCell.Reckoned(Sum(row, $"({Column('E')}={yes})*{Column('C')}"), claims.AmountGranted.Amount, CellLook.Decimals),
                SheetCell.Of(claims.AmountAsked.Currency),
                SheetCell.Of(claims.LastOn),
            ]);
        }

        return new WorkbookSheet(words["CaseFile.Claims.Repeated"], rows) { HeadRow = HeadRow, IsFiltered = true, Widths = [30, 14, 14, 18, 18, 12, 16] };
    }
}
