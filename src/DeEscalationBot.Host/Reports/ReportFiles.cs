using System.Globalization;
using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace DeEscalationBot.Host.Reports;

/// <summary>Writes tables as CSV (RFC 4180) and as a workbook (.xlsx).</summary>
/// <remarks>Safe for concurrent use. Holds numbers and harmless words only: no formula, no link, no author.</remarks>
public static class ReportFiles
{
    /// <summary>The content type of a CSV file.</summary>
    public const string CsvType = "text/csv; charset=utf-8";

    /// <summary>The content type of a workbook.</summary>
    public const string WorkbookType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// <summary>All tables in one file, one line a cell: table, row (from 1), column, value.</summary>
    /// <param name="tables">The tables.</param>
    public static byte[] Csv(IEnumerable<ReportTable> tables)
    {
        ArgumentNullException.ThrowIfNull(tables);
        var text = new StringBuilder("table,row,column,value\r\n");
        foreach (var table in tables)
        {
            for (var row = 0; row < table.Rows.Count; row++)
            {
                for (var column = 0; column < table.Columns.Count; column++)
                {
                    text.Append(Quoted(table.Name)).Append(',').Append((row + 1).ToString(CultureInfo.InvariantCulture)).Append(',')
                        .Append(Quoted(table.Columns[column])).Append(',').Append(Quoted(table.Rows[row][column].ToString())).Append("\r\n");
                }
            }
        }

        // The mark tells spreadsheets that it is UTF-8.
        return [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text.ToString())];
    }

    /// <summary>A workbook with a sheet for each table.</summary>
    /// <param name="tables">The tables, with names of their own.</param>
    public static byte[] Workbook(IEnumerable<ReportTable> tables)
    {
        ArgumentNullException.ThrowIfNull(tables);
        using var file = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(file, SpreadsheetDocumentType.Workbook))
        {
            var book = document.AddWorkbookPart();
            var sheets = new Sheets();
            var styles = book.AddNewPart<WorkbookStylesPart>();
            styles.Stylesheet = Styles();
            foreach (var (table, i) in tables.Select((t, i) => (t, (uint)i)))
            {
                var part = book.AddNewPart<WorksheetPart>();
                var rows = new SheetData(new Row(table.Columns.Select(c => CellOf(ReportCell.Of(c), style: 1))));
                rows.Append(table.Rows.Select(r => new Row(r.Select(c => CellOf(c, style: 0)))));
                part.Worksheet = new Worksheet(
                    new SheetViews(new SheetView(new Pane { VerticalSplit = 1, TopLeftCell = "A2", ActivePane = PaneValues.BottomLeft, State = PaneStateValues.Frozen }) { WorkbookViewId = 0 }),
                    new Columns(new Column { Min = 1, Max = (uint)table.Columns.Count, Width = 24, CustomWidth = true }),
                    rows);
                sheets.Append(new Sheet { Name = table.Name, SheetId = i + 1, Id = book.GetIdOfPart(part) });
            }

            book.Workbook = new Workbook(new BookViews(new WorkbookView()), sheets);
        }

        return file.ToArray();
    }

    private static string Quoted(string text) => text.AsSpan().ContainsAny("\",\r\n") ? '"' + text.Replace("\"", "\"\"", StringComparison.Ordinal) + '"' : text;

    private static Cell CellOf(ReportCell cell, uint style) => cell switch
    {
        { Words: { } words } => new Cell(new InlineString(new Text(words) { Space = SpaceProcessingModeValues.Preserve })) { DataType = CellValues.InlineString, StyleIndex = style },
        { Number: { } number } => new Cell(new CellValue(number)) { DataType = CellValues.Number, StyleIndex = style },
        _ => new Cell { StyleIndex = style },
    };

    // The plain style, and one in bold for the heads of columns.
    private static Stylesheet Styles() => new(
        new Fonts(new Font(), new Font(new Bold())),
        new Fills(new Fill(new PatternFill { PatternType = PatternValues.None }), new Fill(new PatternFill { PatternType = PatternValues.Gray125 })),
        new Borders(new Border()),
        new CellStyleFormats(new CellFormat()),
        new CellFormats(new CellFormat { FormatId = 0 }, new CellFormat { FormatId = 0, FontId = 1, ApplyFont = true }));
}
