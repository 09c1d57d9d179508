using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Coaching.Letters;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace DeEscalationBot.Host.Coaching.Letters;

/// <summary>Writes a letter or a call script as a Word document (.docx).</summary>
/// <remarks>Safe for concurrent use. Holds words and headings only: no macro, no link, no author.</remarks>
public static class WordDocument
{
    /// <summary>The content type.</summary>
    public const string ContentType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    private const string HeadingSize = "26";
    private const string TextSize = "22";
    private const string SpaceAfter = "160";

    /// <summary>Writes it.</summary>
    /// <param name="title">The document's title, in its properties.</param>
    /// <param name="language">The language, for the spelling check.</param>
    /// <param name="paragraphs">The paragraphs; lines within one are kept.</param>
    public static byte[] Write(string title, MessageLanguage language, IEnumerable<LetterParagraph> paragraphs)
    {
        ArgumentNullException.ThrowIfNull(paragraphs);
        using var file = new MemoryStream();
        using (var document = WordprocessingDocument.Create(file, WordprocessingDocumentType.Document))
        {
            document.PackageProperties.Title = title;
            var body = new Body(paragraphs.Select(p => ParagraphOf(p, language == MessageLanguage.English ? "en-GB" : "es-ES")));
            body.AppendChild(new SectionProperties(
                new PageSize { Width = 11906, Height = 16838 },
                new PageMargin { Top = 1418, Right = 1418, Bottom = 1418, Left = 1418, Header = 709, Footer = 709, Gutter = 0 }));
            document.AddMainDocumentPart().Document = new Document(body);
        }

        return file.ToArray();
    }

    private static Paragraph ParagraphOf(LetterParagraph paragraph, string language)
    {
        var properties = new ParagraphProperties();
        if (paragraph.IsHeading)
        {
            properties.AppendChild(new KeepNext());
        }

        properties.AppendChild(new SpacingBetweenLines { After = SpaceAfter, Before = paragraph.IsHeading ? SpaceAfter : "0" });
        if (paragraph.IsHeading)
        {
            properties.AppendChild(new OutlineLevel { Val = 0 });
        }

        var run = new Run();
        var look = new RunProperties();
        if (paragraph.IsHeading)
        {
            look.AppendChild(new Bold());
        }

        look.AppendChild(new FontSize { Val = paragraph.IsHeading ? HeadingSize : TextSize });
        look.AppendChild(new Languages { Val = language });
        run.AppendChild(look);
        var lines = paragraph.Text.ReplaceLineEndings("\n").Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (i > 0)
            {
                run.AppendChild(new Break());
            }

            run.AppendChild(new Text(Printable(lines[i])) { Space = SpaceProcessingModeValues.Preserve });
        }

        return new Paragraph(properties, run);
    }

    // What XML cannot hold would make a file that no program opens.
    private static string Printable(string text) => new([.. MessageText.Mend(text).Where(c => !char.IsControl(c) && c is not ('\uFFFE' or '\uFFFF'))]);
}
