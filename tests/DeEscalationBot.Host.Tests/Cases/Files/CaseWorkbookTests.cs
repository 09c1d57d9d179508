using System.Globalization;
using System.Text;
using DeEscalationBot.Core.Cases;
using DeEscalationBot.Core.Cases.Customers;
using DeEscalationBot.Core.Cases.Departure;
using DeEscalationBot.Core.Cases.Dismissal;
using DeEscalationBot.Core.Cases.Reports;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Host.Cases.Files;
using DeEscalationBot.Host.Tests.Fixtures;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace DeEscalationBot.Host.Tests.Cases.Files;

/// <summary>The workbooks of the cases, opened in LibreOffice: what its own reckoning shows has to be what the reports say.</summary>
public class CaseWorkbookTests
{
    private static readonly MessageLanguage[] Languages = [MessageLanguage.Spanish, MessageLanguage.English];

    // LEAVING: 12 customers at the start and 2 left are 16.67 %, red against 7 %. April has none at its start. 7.04 % (5 of 71) is above the line, and 7 % (7 of 100) is on it.
    [Fact]
    public async Task Churn_Reckoned_IsThePagesFigures()
    {
        IReadOnlyList<ChurnMonth> months =
        [
            .. ChurnReport.ByMonth(Twelve(), new DateOnly(2026, 3, 1), new DateOnly(2026, 3, 1), TheEndings.Settings),
            new ChurnMonth(new DateOnly(2026, 4, 1), 0, 0, 0, null, false),
            new ChurnMonth(new DateOnly(2026, 5, 1), 71, 5, 4, 7.04m, true),
            new ChurnMonth(new DateOnly(2026, 6, 1), 100, 7, 7, 7m, false),
        ];
        Assert.Equal(16.67m, months[0].RatePercent);
        foreach (var language in Languages)
        {
            var file = ChurnFiles.Workbook(months, TheEndings.Settings.ChurnLinePercent, [TheEndings.Closed(Leaving())], language);
            TheEndings.IsValid(file.Content, isWorkbook: true);
            var (yes, no) = language == MessageLanguage.Spanish ? ("sí", "no") : ("yes", "no");

            var sheets = await LibreOffice.ReckonAsync(file.Content);

            var rates = sheets[language == MessageLanguage.Spanish ? "Abandono" : "Churn"];
            Assert.Equal("7", rates[1][1]);
            Assert.Equal("14", rates[2][1]);
            Assert.Equal("2", rates[3][1]);
            Assert.Equal([["12", "2", "1", "1", "16.67", yes], ["0", "0", "0", "0", "", ""], ["71", "5", "4", "1", "7.04", yes], ["100", "7", "7", "0", "7", no]], rates[7..].Select(r => r[1..7]));
            var motives = sheets[language == MessageLanguage.Spanish ? "Motivos" : "Motives"];
            Assert.Equal(["0", "0", "0", "1", "0", "1", "0", "0"], motives[1][1..]);
            Assert.Equal(["0", "0", "0", "1", "0", "1", "0", "0"], motives[^1][1..]);
        }
    }

    [Fact]
    public void Churn_MonthAboveTheLine_TurnsRedAndRowsCanBeFiltered()
    {
        var file = ChurnFiles.Workbook(ChurnReport.ByMonth(Twelve(), new DateOnly(2026, 3, 1), new DateOnly(2026, 3, 1), TheEndings.Settings), 7, [], MessageLanguage.English);
        using var document = SpreadsheetDocument.Open(new MemoryStream(file.Content), isEditable: false);
        var sheet = document.WorkbookPart!.WorksheetParts.First().Worksheet!;
        Assert.Equal("A7:G8", sheet.GetFirstChild<AutoFilter>()!.Reference!.Value);
        var red = Assert.Single(sheet.Elements<ConditionalFormatting>());
        Assert.Equal("F8:G8", red.SequenceOfReferences!.InnerText);
        Assert.Equal("$G8=\"yes\"", red.Descendants<Formula>().Single().Text);
        Assert.Equal("FFFFC7CE", document.WorkbookPart.WorkbookStylesPart!.Stylesheet!.DifferentialFormats!.Descendants<BackgroundColor>().Single().Rgb!.Value);
    }

    [Fact]
    public async Task Churn_NoMonths_IsAWorkbookAllTheSame()
    {
        var file = ChurnFiles.Workbook([], 7, [], MessageLanguage.English);
        TheEndings.IsValid(file.Content, isWorkbook: true);
        Assert.Equal("0", (await LibreOffice.ReckonAsync(file.Content))["Churn"][3][1]);
    }

    [Fact]
    public void Churn_Csv_HasTheNamesOfTheApi() => Assert.Equal(
        "month,atStart,left,leftOfOwnWill,ratePercent,isAboveLine\r\n2026-03,12,2,1,16.67,true\r\n",
        Text(ChurnFiles.Csv(ChurnReport.ByMonth(Twelve(), new DateOnly(2026, 3, 1), new DateOnly(2026, 3, 1), TheEndings.Settings))));

    [Fact]
    public async Task Matrix_Reckoned_WarnsOfPricesAndCounts()
    {
        foreach (var language in Languages)
        {
            var isSpanish = language == MessageLanguage.Spanish;
            var file = MotiveMatrixFile.Workbook([Leaving(), TheEndings.Departure("dep-2", "beta", (DepartureMotive.ServiceQuality, "=cmd|' /C calc'!A0", null))], id => id == "acme" ? "Acme" : null, language);
            TheEndings.IsValid(file.Content, isWorkbook: true);
            Assert.Equal(language == MessageLanguage.Spanish ? "matriz-de-motivos.xlsx" : "matrix.xlsx", file.Name);

            var sheets = await LibreOffice.ReckonAsync(file.Content);

            var matrix = sheets[isSpanish ? "Matriz" : "Matrix"];
            Assert.Equal(["dep-1", "Acme", isSpanish ? "Un competidor más barato" : "A cheaper competitor", "They ask half"], matrix[1][..4]);
            Assert.NotEqual("", matrix[1][6]);
            Assert.Equal("", matrix[2][6]);

            // The customer's words that would run as a formula are words, and a departure without a matrix has its motives already.
            Assert.Equal(["dep-2", "beta", isSpanish ? "Calidad del servicio" : "Quality of service", "'=cmd|' /C calc'!A0", "", "", "", "", ""], matrix[3]);
            Assert.All(matrix[4..], r => Assert.Equal("", r[6]));

            var summary = sheets[isSpanish ? "Resumen" : "Summary"].Where(r => r[0].Length > 0).ToDictionary(r => r[0], r => r[1..]);
            Assert.Equal(["1", "50"], summary[isSpanish ? "Nuestra" : "Ours"]);
            Assert.Equal(["1", "50"], summary[isSpanish ? "Fuera de nuestro control" : "Outside our control"]);
            Assert.Equal(["0", "0"], summary[isSpanish ? "Compartida" : "Shared"]);
            Assert.Equal(["1", "33.3"], summary[isSpanish ? "Calidad del servicio" : "Quality of service"]);
            Assert.Equal("1", summary[isSpanish ? "Motivos con la advertencia sobre el precio" : "Motives with the warning about prices"][0]);
        }
    }

    [Fact]
    public void Matrix_CanBeFilteredAndChosenFrom()
    {
        var file = MotiveMatrixFile.Workbook([Leaving()], _ => "Acme", MessageLanguage.English);
        Assert.Equal("matrix-dep-1.xlsx", file.Name);
        using var document = SpreadsheetDocument.Open(new MemoryStream(file.Content), isEditable: false);
        var sheet = document.WorkbookPart!.WorksheetParts.First().Worksheet!;
        Assert.Equal("A1:I23", sheet.GetFirstChild<AutoFilter>()!.Reference!.Value);
        Assert.Equal(["'Lists'!$A$2:$A$8", "'Lists'!$C$2:$C$4", "'Lists'!$D$2:$D$4"], sheet.Descendants<DataValidation>().Select(v => v.Formula1!.Text));
    }

    [Fact]
    public async Task Kinds_Reckoned_AreTheReportsFigures()
    {
        var customers = new[]
        {
            TheEndings.Customer("good", new DateOnly(2025, 1, 1), Paid("r", 9_000, "EUR"), Spoke("c", 10)),
            TheEndings.Customer("hard", new DateOnly(2025, 1, 1), Paid("r", 1_000, "EUR"), Spoke("c", 20), Spoke("d", 20)),
            TheEndings.Customer("swiss", new DateOnly(2025, 1, 1), Paid("r", 300, "CHF"), Spoke("c", 3)),
            TheEndings.Customer("new", new DateOnly(2026, 1, 1)),
        };
        DepartureCase Judged(string id, CustomerFit fit) => TheEndings.Closed(TheEndings.Departure("dep-" + id, id)).Apply(new FitJudged(TheEndings.Now, "ana", fit, "x"));
        var report = CustomerKindReport.Of(customers, [Judged("good", CustomerFit.Ideal), Judged("hard", CustomerFit.NotIdeal), Judged("swiss", CustomerFit.NotIdeal)], [], TheEndings.Today, TheEndings.Settings);

        var file = CustomerKindFiles.Workbook(report, MessageLanguage.English);

        TheEndings.IsValid(file.Content, isWorkbook: true);
        var rows = (await LibreOffice.ReckonAsync(file.Content))["Kinds of customers"];
        Assert.Equal(["Ideal (EUR)", "Neither", "Not ideal (CHF)", "Not ideal (EUR)"], rows[0][1..]);
        for (var i = 0; i < report.Rows.Count; i++)
        {
            var kind = report.Rows[i];
            Assert.Equal(kind.Customers, int.Parse(rows[1][i + 1], CultureInfo.InvariantCulture));
            Assert.Equal((decimal?)kind.ContactEach?.TotalHours, Number(rows[3][i + 1]));
            Assert.Equal(kind.Revenue?.Amount, Number(rows[6][i + 1]));
            Assert.Equal(kind.Margin?.Amount, Number(rows[8][i + 1]));
            Assert.Equal(kind.MarginPercent, Number(rows[9][i + 1]));
        }

        Assert.Equal([8_650m, null, null, -400m], report.Rows.Select(r => r.Margin?.Amount));
        Assert.Equal("1", rows[11][1]);
        Assert.StartsWith("kind,currency,customers,contactHours,claims,meanStayDays,revenue,costToServe,margin,marginPercent\r\nIdeal,EUR,1,10,0,", Text(CustomerKindFiles.Csv(report)), StringComparison.Ordinal);
    }

    // An id that a spreadsheet takes for "any", and one that it would take for a formula: each counts its own claims alone.
    [Fact]
    public async Task Goodwill_Reckoned_IsTheReportsFigures()
    {
        CustomerRecord With(string id, params int[] daysAgo) => TheEndings.Customer(
            id, new DateOnly(2025, 1, 1), [.. daysAgo.Select((d, i) => new GoodwillClaimed(TheEndings.Now, "ana", new GoodwillClaim($"g{i}", TheEndings.Today.AddDays(-d), TheEndings.Euros(10.5m), i != 0, "+late")))]);
        var customers = new[] { With("*", 0, 1, 2, 3), With("=1+1", 0, 5, 179, 180), With("two", 0, 179) };
        var repeated = GenerosityReport.Of(customers, TheEndings.Today, TheEndings.Settings);
        Assert.Equal(2, repeated.Count);

        var file = GenerosityFiles.Workbook(customers, TheEndings.Today, TheEndings.Settings, MessageLanguage.Spanish);

        TheEndings.IsValid(file.Content, isWorkbook: true);
        var sheets = await LibreOffice.ReckonAsync(file.Content);
        Assert.Equal([["*", "4", "3", "42", "31.5", "EUR"], ["'=1+1", "3", "2", "31.5", "21", "EUR"]], sheets["Repetidas"][4..].Select(r => r[..6]));
        Assert.Equal(9, sheets["Peticiones"].Length - 1);
        Assert.All(sheets["Peticiones"][1..], r => Assert.Equal("'+late", r[5]));
        Assert.Equal(
            "customerId,claims,granted,amountAsked,amountGranted,currency,lastOn\r\n*,4,3,42,31.5,EUR,2026-06-01\r\n'=1+1,3,2,31.5,21,EUR,2026-06-01\r\n", Text(GenerosityFiles.Csv(repeated)));
    }

    [Fact]
    public async Task Dismissals_Reckoned_SayThatItMayLieDeeperFromTheSecondOn()
    {
        foreach (var (dismissed, deeper) in ((int, string)[])[(1, "no"), (2, "yes")])
        {
            var cases = Enumerable.Range(0, dismissed).Select(i => DismissalCase.Start($"case-{i}").Apply(TheEndings.Dismissal())).ToArray();
            var report = DismissalReport.Of(cases, TheEndings.Today);
            var file = DismissalReportFiles.Workbook(report, CriteriaReview.Of(TheEndings.Settings, TheEndings.Today), MessageLanguage.English);
            TheEndings.IsValid(file.Content, isWorkbook: true);
            var sheets = await LibreOffice.ReckonAsync(file.Content);
            Assert.Equal(deeper, sheets["Dismissals"][5][1]);
            Assert.Equal(report.MayLieDeeper, sheets["Dismissals"][5][1] == "yes");
            Assert.Equal(["Insults people of the team", report.Dismissed.ToString(CultureInfo.InvariantCulture), "100"], sheets["Reasons"][1]);
            Assert.Contains($"dismissed,{report.Dismissed}\r\n", Text(DismissalReportFiles.Csv(report)), StringComparison.Ordinal);
        }
    }

    private static CustomerRecord[] Twelve() =>
    [
        .. Enumerable.Range(0, 12).Select(i => TheEndings.Customer(
            $"c{i}",
            new DateOnly(2025, 1, 1),
            [.. i < 2 ? (CustomerEvent[])[new CustomerLeft(TheEndings.Now, "ana", new DateOnly(2026, 3, 20), i == 0 ? CustomerEnding.Left : CustomerEnding.Dismissed)] : []])),
    ];

    private static DepartureCase Leaving() => TheEndings.Departure(
        "dep-1",
        "acme",
        (DepartureMotive.CheaperCompetitor, "They ask half", new MotiveRow(DepartureMotive.CheaperCompetitor, MotiveResponsibility.OutsideControl, Renegotiation.Offer, "Show what is included")),
        (DepartureMotive.ChangedNeeds, "We close the shop", new MotiveRow(DepartureMotive.ChangedNeeds, MotiveResponsibility.Ours, Renegotiation.None, "Wish them well")));

    private static RevenueRecorded Paid(string id, decimal amount, string currency) => new(TheEndings.Now, "ana", new RevenueEntry(id, new DateOnly(2026, 2, 1), new Money(amount, currency)));

    private static ContactRecorded Spoke(string id, int hours) => new(TheEndings.Now, "ana", new ContactEntry(id, new DateOnly(2026, 2, 1), TimeSpan.FromHours(hours)));

    private static decimal? Number(string cell) => cell.Length == 0 ? null : decimal.Parse(cell, CultureInfo.InvariantCulture);

    private static string Text(CaseFile file) => Encoding.UTF8.GetString(file.Content.AsSpan(3));
}
