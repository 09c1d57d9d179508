using System.Globalization;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Coaching.Letters;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace DeEscalationBot.Host.Coaching.Letters;

/// <summary>A piece of a Word document.</summary>
public abstract record WordBlock;

/// <summary>A paragraph.</summary>
/// <param name="Text">The words; lines within it are kept.</param>
/// <param name="Heading">0 for a plain paragraph, 1 for a heading, 2 for one below it.</param>
public sealed record WordText(string Text, int Heading = 0) : WordBlock;

/// <summary>A table; its first row is repeated on every page.</summary>
/// <param name="Columns">The columns' names; at least one.</param>
/// <param name="Rows">The rows, each with as many cells as there are columns.</param>
public sealed record WordTable(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows) : WordBlock
{
    /// <summary>How wide the columns are beside each other, one share for each; empty when all are alike.</summary>
    public IReadOnlyList<int> Shares { get; init; } = [];
}

/// <summary>Writes letters, call scripts and records as Word documents (.docx).</summary>
/// <remarks>Safe for concurrent use. Holds words and headings only: no macro, no link, no author.</remarks>
public static class WordDocument
{
    /// <summary>The content type.</summary>
    public const string ContentType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    private const string HeadingSize = "26";
    private const string LowerHeadingSize = "24";
    private const string TextSize = "22";
    private const string CellSize = "18";

    // In twentieths of a point, as everything here: what the page leaves between its margins.
    private const int TextWidth = 9070;
    private const string SpaceAfter = "160";

    /// <summary>Writes a letter or a script.</summary>
    /// <param name="title">The document's title, in its properties.</param>
    /// <param name="language">The language, for the spelling check.</param>
    /// <param name="paragraphs">The paragraphs; lines within one are kept.</param>
    public static byte[] Write(string title, MessageLanguage language, IEnumerable<LetterParagraph> paragraphs) =>
        Write(title, language, paragraphs.Select(p => new WordText(p.Text, p.IsHeading ? 1 : 0)));

    /// <summary>Writes a document.</summary>
    /// <param name="title">The document's title, in its properties.</param>
    /// <param name="language">The language, for the spelling check.</param>
    /// <param name="blocks">Its paragraphs and tables.</param>
    public static byte[] Write(string title, MessageLanguage language, IEnumerable<WordBlock> blocks)
    {
        ArgumentNullException.ThrowIfNull(blocks);
        var code = language == MessageLanguage.English ? "en-GB" : "es-ES";
        using var file = new MemoryStream();
        using (var document = WordprocessingDocument.Create(file, WordprocessingDocumentType.Document))
        {
            document.PackageProperties.Title = title;
            var body = new Body(blocks.SelectMany(b => ElementsOf(b, code)));
            body.AppendChild(new SectionProperties(
                new PageSize { Width = 11906, Height = 16838 },
                new PageMargin { Top = 1418, Right = 1418, Bottom = 1418, Left = 1418, Header = 709, Footer = 709, Gutter = 0 }));
            document.AddMainDocumentPart().Document = new Document(body);
        }

        return file.ToArray();
    }

    private static IEnumerable<OpenXmlElement> ElementsOf(WordBlock block, string language) => block switch
    {
        WordText text => [ParagraphOf(text, language)],

        // Two tables without a paragraph between them would grow into one.
        WordTable table => [TableOf(table, language), new Paragraph()],
        _ => throw new ArgumentOutOfRangeException(nameof(block), block.GetType().Name, null),
    };

    private static Paragraph ParagraphOf(WordText text, string language)
    {
        var isHeading = text.Heading > 0;
        var properties = new ParagraphProperties();
        if (isHeading)
        {
            properties.AppendChild(new KeepNext());
        }

        properties.AppendChild(new SpacingBetweenLines { After = SpaceAfter, Before = isHeading ? SpaceAfter : "0" });
        if (isHeading)
        {
            properties.AppendChild(new OutlineLevel { Val = text.Heading - 1 });
        }

        return new Paragraph(properties, RunOf(text.Text, text.Heading switch { 1 => HeadingSize, 2 => LowerHeadingSize, _ => TextSize }, isHeading, language));
    }

    private static Table TableOf(WordTable table, string language)
    {
        static TBorder Line<TBorder>()
            where TBorder : BorderType, new() => new() { Val = BorderValues.Single, Size = 4, Color = "999999" };

        var shares = table.Shares.Count == table.Columns.Count ? table.Shares : [.. Enumerable.Repeat(1, table.Columns.Count)];
        string[] widths = [.. shares.Select(s => (TextWidth * s / shares.Sum()).ToString(CultureInfo.InvariantCulture))];
        TableRow RowOf(IReadOnlyList<string> cells, bool isHead)
        {
            var row = new TableRow(isHead ? new TableRowProperties(new CantSplit(), new TableHeader()) : new TableRowProperties(new CantSplit()));
            row.Append(cells.Select((c, i) => new TableCell(
                new TableCellProperties(new TableCellWidth { Width = widths[i], Type = TableWidthUnitValues.Dxa }), new Paragraph(RunOf(c, CellSize, isHead, language)))));
            return row;
        }

        var written = new Table(
            new TableProperties(
                new TableWidth { Width = "5000", Type = TableWidthUnitValues.Pct },
                new TableBorders(Line<TopBorder>(), Line<LeftBorder>(), Line<BottomBorder>(), Line<RightBorder>(), Line<InsideHorizontalBorder>(), Line<InsideVerticalBorder>())),
            new TableGrid(widths.Select(w => new GridColumn { Width = w })));
        written.AppendChild(RowOf(table.Columns, isHead: true));
        written.Append(table.Rows.Select(r => RowOf(r, isHead: false)));
        return written;
    }

    private static Run RunOf(string text, string size, bool isBold, string language)
    {
        var look = new RunProperties();
        if (isBold)
        {
            look.AppendChild(new Bold());
        }

        look.AppendChild(new FontSize { Val = size });
        look.AppendChild(new Languages { Val = language });
        var run = new Run(look);
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (i > 0)
            {
                run.AppendChild(new Break());
            }

            run.AppendChild(new Text(Printable(lines[i])) { Space = SpaceProcessingModeValues.Preserve });
        }

        return run;
    }

    // What XML cannot hold would make a file that no program opens.
    private static string Printable(string text) => new([.. MessageText.Mend(text).Where(c => !char.IsControl(c) && c is not ('\uFFFE' or '\uFFFF'))]);
}
