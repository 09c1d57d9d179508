using System.Text;
using Spectre.Console;

namespace DeEscalationBot.Host.Batch.Evaluation;

/// <summary>Writes the report for a terminal.</summary>
internal static class ConsoleReport
{
    private const int WidthColumns = 120;

    /// <summary>Writes it.</summary>
    /// <param name="sections">The report.</param>
    /// <param name="output">Gets plain text; no colours, so that it can go into a file.</param>
    public static void Write(IReadOnlyList<ReportSection> sections, TextWriter output)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(output),
        });
        console.Profile.Width = WidthColumns;
        foreach (var section in sections)
        {
            console.WriteLine();
            console.WriteLine(section.Title);
            console.WriteLine(new string('─', Math.Min(WidthColumns, section.Title.Length)));
            foreach (var sentence in section.Sentences)
            {
                console.WriteLine((section.IsList ? "- " : string.Empty) + sentence);
            }

            if (section.Table is { } table)
            {
                console.Write(Draw(table));
            }
        }
    }

    private static Table Draw(ReportTable table)
    {
        var drawn = new Table { Border = TableBorder.Simple };
        for (var c = 0; c < table.Columns.Count; c++)
        {
            var isText = c == 0 || (table.EndsInText && c == table.Columns.Count - 1);
            var column = new TableColumn(new Text(table.Columns[c])) { Alignment = isText ? Justify.Left : Justify.Right, NoWrap = !isText && table.EndsInText };
            drawn.AddColumn(column);
        }

        foreach (var row in table.Rows)
        {
            drawn.AddRow(row.Select(cell => new Text(cell)));
        }

        return drawn;
    }
}

/// <summary>Writes the report as Markdown.</summary>
internal static class MarkdownReport
{
    /// <summary>Writes it.</summary>
    /// <param name="sections">The report.</param>
    public static string Write(IReadOnlyList<ReportSection> sections)
    {
        var report = new StringBuilder();
        var hashes = "#";
        foreach (var section in sections)
        {
            report.Append(hashes).Append(' ').Append(Escape(section.Title)).Append("\n\n");
            hashes = "##";
            foreach (var sentence in section.Sentences)
            {
                report.Append(section.IsList ? "- " : string.Empty).Append(Escape(sentence)).Append(section.IsList ? "\n" : "\n\n");
            }

            if (section.Table is { } table)
            {
                Append(report, table.Columns);
                report.Append('|').Append(string.Concat(table.Columns.Select((_, c) => c == 0 || (table.EndsInText && c == table.Columns.Count - 1) ? "---|" : "---:|"))).Append('\n');
                foreach (var row in table.Rows)
                {
                    Append(report, row);
                }
            }

            if (section.Image is { } image)
            {
                report.Append("\n![").Append(section.Title).Append("](").Append(image).Append(")\n");
            }

            report.Append('\n');
        }

        return report.ToString();
    }

    private static void Append(StringBuilder report, IReadOnlyList<string> cells) =>
        report.Append("| ").AppendJoin(" | ", cells.Select(Escape)).Append(" |\n");

    // A customer's text must neither break the table nor become markup, a link or an image that is fetched.
    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            escaped.Append(c switch
            {
                '<' => "&lt;",
                '>' => "&gt;",
                '&' => "&amp;",
                '\\' or '|' or '`' or '*' or '_' or '[' or ']' or '#' or '~' => "\\" + c,
                _ => c.ToString(),
            });
        }

        return escaped.ToString();
    }
}
