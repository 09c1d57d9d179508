using System.Globalization;
using System.Text.Json.Nodes;
using CsvHelper;
using CsvHelper.Configuration;
using DeEscalationBot.Host.Channels.Http;

namespace DeEscalationBot.Host.Batch.Evaluation;

/// <summary>Reads labelled messages out of comma separated values (RFC 4180) with a header; semicolons and tabs will do.</summary>
internal static class LabelledCsv
{
    private static readonly string[] Columns = ["text", "level", "frustrated", "id", "lang", "conversation", "signals"];

    // Excel writes semicolons where the comma is the decimal sign.
    private static readonly string[] Delimiters = [",", ";", "\t"];

    /// <summary>The rows after the header.</summary>
    /// <param name="text">The file.</param>
    /// <exception cref="LabelledFileException">A column is missing or twice there.</exception>
    public static IEnumerable<LabelledRow> Read(string text)
    {
        // Excel may write its separator into a line of its own before the header.
        var separatorLines = text.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) ? 1 : 0;
        text = separatorLines == 0 ? text : text[(text.IndexOf('\n', StringComparison.Ordinal) + 1)..];
        var (delimiter, header) = Delimiters
            .Select(d => (Delimiter: d, Header: HeaderOf(text, d)))
            .OrderByDescending(p => p.Header.Count(Columns.Contains)).ThenByDescending(p => p.Header.Length)
            .First();
        Check(header);
        return Rows(text, delimiter, header, separatorLines);
    }

    private static IEnumerable<LabelledRow> Rows(string text, string delimiter, string[] header, int linesBefore)
    {
        var hasLooseQuote = false;
        using var parser = Open(text, delimiter, () => hasLooseQuote = true);
        parser.Read();
        var end = parser.RawRow;
        while (parser.Read())
        {
            hasLooseQuote = false;
            var (line, cells) = (end + 1 + linesBefore, parser.Record!);
            end = parser.RawRow;
            if (cells.All(string.IsNullOrWhiteSpace))
            {
                continue;
            }

            if (hasLooseQuote)
            {
                yield return new LabelledRow(line, null, LooseQuote(line, end + linesBefore));
            }
            else if (cells.Length != header.Length)
            {
                yield return new LabelledRow(line, null, $"has {cells.Length} cells where the header has {header.Length}. A cell with a separator, a quotation mark or a line break in it must stand in quotation marks.");
            }
            else
            {
                yield return new LabelledRow(line, Fields(header, cells), null);
            }
        }
    }

    private static string LooseQuote(int line, int end) => end > line
        ? $"has a quotation mark that is out of place or never closed, so that everything to line {end} was taken for one row. Double the quotation marks within a cell (\"\"), and put the cell in quotation marks."
        : "has a quotation mark out of place. Double the quotation marks within a cell (\"\"), and put the cell in quotation marks.";

    // An empty cell is a field that is not there; but of signals it says that there are none, and of the text that it is empty.
    private static FieldReader Fields(string[] header, string[] cells)
    {
        var row = new JsonObject();
        foreach (var (name, cell) in header.Zip(cells))
        {
            if (Columns.Contains(name) && (name is "text" or "signals" || !string.IsNullOrWhiteSpace(cell)))
            {
                row[name] = name == "text" ? cell : cell.Trim();
            }
        }

        return FieldReader.Open(row.ToJsonString(), out _)!;
    }

    private static string[] HeaderOf(string text, string delimiter)
    {
        using var parser = Open(text, delimiter, () => { });
        return parser.Read() ? [.. parser.Record!.Select(c => c.Trim().ToLowerInvariant())] : [];
    }

    private static void Check(string[] header)
    {
        if (Array.Find(Columns, c => header.Count(h => h == c) > 1) is { } twice)
        {
            throw new LabelledFileException($"The header has the column '{twice}' more than once. Keep one of them.");
        }

        var missing = !header.Contains("text") ? "'text'" : !header.Contains("level") && !header.Contains("frustrated") ? "'level' or 'frustrated'" : null;
        if (missing is not null)
        {
            var found = string.Join(", ", header.Select(h => $"'{ReportText.OneLine(h, 40)}'"));
            throw new LabelledFileException($"The first line has no column {missing}. Columns found: {found}. Name the columns in the first line; needed are 'text' and either 'level' or 'frustrated'.");
        }
    }

    private static CsvParser Open(string text, string delimiter, Action foundLooseQuote) => new(
        new StringReader(text),
        new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = delimiter,
            Mode = CsvMode.RFC4180,
            IgnoreBlankLines = false, // They count as lines.
            BadDataFound = _ => foundLooseQuote(),
        });
}
