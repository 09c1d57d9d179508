using System.Globalization;
using System.Text;

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

    /// <summary>One table as a spreadsheet shows it: a line with the columns' names, and a line for each row.</summary>
    /// <param name="table">The table.</param>
    public static byte[] Csv(ReportTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        var text = new StringBuilder();
        foreach (var line in table.Rows.Select(r => r.Select(c => c.ToString())).Prepend(table.Columns))
        {
            text.AppendJoin(',', line.Select(Quoted)).Append("\r\n");
        }

        return [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text.ToString())];
    }

    /// <summary>A workbook with a sheet for each table.</summary>
    /// <param name="tables">The tables, with names of their own.</param>
    public static byte[] Workbook(IEnumerable<ReportTable> tables)
    {
        ArgumentNullException.ThrowIfNull(tables);
        return WorkbookFile.Write(tables.Select(t => new WorkbookSheet(
            t.Name, [[.. t.Columns.Select(c => SheetCell.Of(c))], .. t.Rows.Select(r => (IReadOnlyList<SheetCell>)[.. r.Select(SheetCell.Of)])])));
    }

    private static string Quoted(string text) => text.AsSpan().ContainsAny("\",\r\n") ? '"' + text.Replace("\"", "\"\"", StringComparison.Ordinal) + '"' : text;
}
