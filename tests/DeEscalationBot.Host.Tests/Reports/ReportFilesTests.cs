using System.Text;
using DeEscalationBot.Host.Reports;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;

namespace DeEscalationBot.Host.Tests.Reports;

/// <summary>The beginnings that spreadsheets take for a formula are those of OWASP's page on CSV injection.</summary>
public class ReportFilesTests
{
    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+34612", "'+34612")]
    [InlineData("-2", "'-2")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("\r=1", "'=1")]
    [InlineData("\n=1", "'\n=1")]
    [InlineData("＝1", "'＝1")]
    [InlineData("\0=1", "'=1")]
    [InlineData("a=1", "a=1")]
    [InlineData("", "")]
    public void Cell_WordsThatWouldRun_AreHarmless(string words, string expected)
    {
        Assert.Equal(expected, ReportCell.Of(words).ToString());
        var table = new ReportTable("t", ["c"], [[ReportCell.Of(words)]]);
        Assert.Equal(expected, Read(ReportFiles.Workbook([table]))["t"][1][0]);
    }

    // A number may be below zero: it is typed as a number and runs nothing.
    [Fact]
    public void Csv_QuotesAndKeepsNumbers()
    {
        var table = new ReportTable("t", ["a", "b, c"], [[ReportCell.Of("say \"hi\", ñ"), ReportCell.Of(-0.25)], [ReportCell.Of((double?)null), ReportCell.Of(TimeSpan.FromMinutes(1.5))]]);

        var csv = ReportFiles.Csv([table]);

        Assert.Equal([0xEF, 0xBB, 0xBF], csv[..3]);
        Assert.Equal("table,row,column,value\r\nt,1,a,\"say \"\"hi\"\", ñ\"\r\nt,1,\"b, c\",-0.25\r\nt,2,a,\r\nt,2,\"b, c\",90\r\n", Encoding.UTF8.GetString(csv[3..]));
    }

    [Fact]
    public void Csv_OfOneTable_HasALineForEachRow()
    {
        var csv = ReportFiles.Csv(new ReportTable("t", ["a", "b"], [[ReportCell.Of("x, y"), ReportCell.Of(2.5)], [ReportCell.Of("=1"), ReportCell.Of((double?)null)]]));

        Assert.Equal([0xEF, 0xBB, 0xBF], csv[..3]);
        Assert.Equal("a,b\r\n\"x, y\",2.5\r\n'=1,\r\n", Encoding.UTF8.GetString(csv[3..]));
    }

    [Fact]
    public void Workbook_IsValidByItsSchema_AndHoldsEveryTable()
    {
        var bytes = ReportFiles.Workbook([new("one", ["a"], [[ReportCell.Of("x")], [ReportCell.Of(2.5)]]), new("empty", ["a", "b"], [])]);

        using (var document = SpreadsheetDocument.Open(new MemoryStream(bytes), isEditable: false))
        {
            Assert.Empty(new OpenXmlValidator(FileFormatVersions.Office2019).Validate(document, TestContext.Current.CancellationToken).Select(e => e.Description));
            Assert.DoesNotContain(document.WorkbookPart!.WorksheetParts.SelectMany(p => p.Worksheet!.Descendants<CellFormula>()), _ => true);
        }

        var read = Read(bytes);
        Assert.Equal(["one", "empty"], read.Keys);
        Assert.Equal(["a", "x", "2.5"], read["one"].Select(r => r[0]));
    }

    private static Dictionary<string, string[][]> Read(byte[] workbook)
    {
        using var document = SpreadsheetDocument.Open(new MemoryStream(workbook), isEditable: false);
        var book = document.WorkbookPart!;
        return book.Workbook!.Descendants<Sheet>().ToDictionary(
            s => s.Name!.Value!,
            s => ((WorksheetPart)book.GetPartById(s.Id!.Value!)).Worksheet!.Descendants<Row>().Select(r => r.Elements<Cell>().Select(c => c.InnerText).ToArray()).ToArray());
    }
}
