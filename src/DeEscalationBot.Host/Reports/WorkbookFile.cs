using System.Globalization;
using DeEscalationBot.Core.Cases;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace DeEscalationBot.Host.Reports;

/// <summary>How a cell looks. The order is that of the workbook's styles.</summary>
public enum CellLook
{
    /// <summary>As it comes.</summary>
    Plain,

    /// <summary>In bold.</summary>
    Bold,

    /// <summary>A number with two decimals.</summary>
    Decimals,

    /// <summary>A day: 2026-05-03.</summary>
    Day,

    /// <summary>A month: 2026-05.</summary>
    Month,

    /// <summary>Words on several lines.</summary>
    Wrapped,
}

/// <summary>One cell of a sheet: words, a number, a day, a formula of ours, or nothing.</summary>
/// <remarks>Words are made harmless as in <see cref="ReportCell"/>. Never make a formula of what somebody typed.</remarks>
public readonly record struct SheetCell
{
    private SheetCell(ReportCell value, string? formula, CellLook look) => (Value, Formula, Look) = (value, formula, look);

    /// <summary>What it shows; for a formula what it comes to, for programs that do not reckon.</summary>
    public ReportCell Value { get; }

    /// <summary>The formula, without the equals sign and with English names, or nothing.</summary>
    public string? Formula { get; }

    /// <summary>How it looks.</summary>
    public CellLook Look { get; }

    /// <summary>An empty cell.</summary>
    public static SheetCell Empty { get; } = new(ReportCell.Of((double?)null), null, CellLook.Plain);

    /// <summary>Words.</summary>
    /// <param name="words">The words, from wherever.</param>
    /// <param name="look">How they look.</param>
    public static SheetCell Of(string? words, CellLook look = CellLook.Plain) => new(ReportCell.Of(words ?? ""), null, look);

    /// <summary>A cell of a table.</summary>
    /// <param name="cell">The cell.</param>
    public static SheetCell Of(ReportCell cell) => new(cell, null, CellLook.Plain);

    /// <summary>A number.</summary>
    /// <param name="number">The number, or nothing.</param>
    /// <param name="look">How it looks.</param>
    public static SheetCell Of(decimal? number, CellLook look = CellLook.Plain) => new(ReportCell.Of((double?)number), null, look);

    /// <summary>An amount, without its currency.</summary>
    /// <param name="amount">The amount, or nothing.</param>
    public static SheetCell Of(Money? amount) => Of(amount?.Amount, CellLook.Decimals);

    /// <summary>A day.</summary>
    /// <param name="day">The day, or nothing.</param>
    /// <param name="look">As a day or as its month.</param>
    public static SheetCell Of(DateOnly? day, CellLook look = CellLook.Day) => new(ReportCell.Of(day?.ToDateTime(TimeOnly.MinValue).ToOADate()), null, look);

    /// <summary>A formula.</summary>
    /// <param name="formula">The formula, without the equals sign and with English names.</param>
    /// <param name="value">What it comes to.</param>
    /// <param name="look">How it looks.</param>
    public static SheetCell Reckoned(string formula, decimal? value, CellLook look = CellLook.Plain) =>
        new(value is null ? ReportCell.Of("") : ReportCell.Of((double?)value), formula, look);

    /// <summary>A formula that comes to words.</summary>
    /// <param name="formula">The formula, without the equals sign and with English names.</param>
    /// <param name="words">What it comes to.</param>
    /// <param name="look">How it looks.</param>
    public static SheetCell Reckoned(string formula, string words, CellLook look = CellLook.Plain) => new(ReportCell.Of(words), formula, look);
}

/// <summary>What may be chosen in cells.</summary>
/// <param name="Cells">The cells, for instance <c>C2:C20</c>.</param>
/// <param name="Source">Where the choices stand, for instance <c>'Lists'!$A$2:$A$8</c>.</param>
public sealed record SheetChoice(string Cells, string Source);

/// <summary>Cells that turn red.</summary>
/// <param name="Cells">The cells.</param>
/// <param name="When">The formula for the first of them.</param>
public sealed record SheetAlarm(string Cells, string When);

/// <summary>A sheet of a workbook.</summary>
/// <param name="Name">Its name, 1 to 31 letters.</param>
/// <param name="Rows">All its rows.</param>
public sealed record WorkbookSheet(string Name, IReadOnlyList<IReadOnlyList<SheetCell>> Rows)
{
    private const double UsualWidth = 24;

    /// <summary>The row that names the columns, counted from 1; it and what stands above stay in sight.</summary>
    public int HeadRow { get; init; } = 1;

    /// <summary>Whether the rows below can be filtered.</summary>
    public bool IsFiltered { get; init; }

    /// <summary>The columns' widths in letters; 24 for those that are not given.</summary>
    public IReadOnlyList<double> Widths { get; init; } = [];

    /// <summary>What may be chosen.</summary>
    public IReadOnlyList<SheetChoice> Choices { get; init; } = [];

    /// <summary>What turns red.</summary>
    public IReadOnlyList<SheetAlarm> Alarms { get; init; } = [];

    /// <summary>How many columns there are.</summary>
    public int Columns => Rows.Count == 0 ? 1 : Math.Max(1, Rows.Max(r => r.Count));

    /// <summary>The width of a column.</summary>
    /// <param name="column">The column, from 0.</param>
    public double WidthOf(int column) => column < Widths.Count ? Widths[column] : UsualWidth;

    /// <summary>The name of a cell, for instance <c>B3</c>.</summary>
    /// <param name="column">The column, from 0 to 25.</param>
    /// <param name="row">The row, from 1.</param>
    public static string At(int column, int row) => string.Create(CultureInfo.InvariantCulture, $"{(char)('A' + column)}{row}");

    /// <summary>A sheet's name in a formula.</summary>
    /// <param name="name">The name.</param>
    public static string Quoted(string name) => $"'{name.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>Words in a formula.</summary>
    /// <param name="words">The words.</param>
    public static string Literal(string words) => $"\"{words.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}

/// <summary>Writes workbooks (.xlsx) with formulas and filters.</summary>
/// <remarks>Safe for concurrent use. Formulas are ours alone and are reckoned anew when the file is opened; no link, no macro, no author.</remarks>
public static class WorkbookFile
{
    private const string DayFormat = "yyyy\\-mm\\-dd";
    private const string MonthFormat = "yyyy\\-mm";
    private const uint DayFormatId = 164;
    private const uint MonthFormatId = 165;
    private const uint DecimalsFormatId = 4;
    private const uint A4 = 9;

    /// <summary>Writes a workbook.</summary>
    /// <param name="sheets">The sheets, with names of their own; each has at most 26 columns.</param>
    public static byte[] Write(IEnumerable<WorkbookSheet> sheets)
    {
        ArgumentNullException.ThrowIfNull(sheets);
        using var file = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(file, SpreadsheetDocumentType.Workbook))
        {
            var book = document.AddWorkbookPart();
            var listed = new Sheets();
            book.AddNewPart<WorkbookStylesPart>().Stylesheet = Styles();
            foreach (var (sheet, i) in sheets.Select((s, i) => (s, (uint)i)))
            {
                var part = book.AddNewPart<WorksheetPart>();
                part.Worksheet = WorksheetOf(sheet);
                listed.Append(new Sheet { Name = sheet.Name, SheetId = i + 1, Id = book.GetIdOfPart(part) });
            }

            book.Workbook = new Workbook(new BookViews(new WorkbookView()), listed, new CalculationProperties { FullCalculationOnLoad = true });
        }

        return file.ToArray();
    }

    private static Worksheet WorksheetOf(WorkbookSheet sheet)
    {
        var written = new Worksheet(
            new SheetProperties(new PageSetupProperties { FitToPage = true }),
            new SheetViews(new SheetView(new Pane { VerticalSplit = sheet.HeadRow, TopLeftCell = WorkbookSheet.At(0, sheet.HeadRow + 1), ActivePane = PaneValues.BottomLeft, State = PaneStateValues.Frozen }) { WorkbookViewId = 0 }),
            new Columns(Enumerable.Range(0, sheet.Columns).Select(i => new Column { Min = (uint)i + 1, Max = (uint)i + 1, Width = sheet.WidthOf(i), CustomWidth = true })),
            new SheetData(sheet.Rows.Select((r, row) => new Row(r.Select((c, column) => CellOf(c, WorkbookSheet.At(column, row + 1), row + 1 == sheet.HeadRow))) { RowIndex = (uint)row + 1 })));
        if (sheet.IsFiltered)
        {
            written.AppendChild(new AutoFilter { Reference = $"{WorkbookSheet.At(0, sheet.HeadRow)}:{WorkbookSheet.At(sheet.Columns - 1, Math.Max(sheet.HeadRow, sheet.Rows.Count))}" });
        }

        foreach (var (alarm, priority) in sheet.Alarms.Select((a, i) => (a, i + 1)))
        {
            written.AppendChild(new ConditionalFormatting(new ConditionalFormattingRule(new Formula(alarm.When)) { Type = ConditionalFormatValues.Expression, FormatId = 0, Priority = priority })
            {
                SequenceOfReferences = new ListValue<StringValue>([new StringValue(alarm.Cells)]),
            });
        }

        if (sheet.Choices.Count > 0)
        {
            written.AppendChild(new DataValidations(sheet.Choices.Select(c => new DataValidation(new Formula1(c.Source))
            {
                Type = DataValidationValues.List,
                AllowBlank = true,
                SequenceOfReferences = new ListValue<StringValue>([new StringValue(c.Cells)]),
            }))
            { Count = (uint)sheet.Choices.Count });
        }

        // As wide as a page, as long as it takes.
        written.AppendChild(new PageSetup { PaperSize = A4, Orientation = OrientationValues.Landscape, FitToWidth = 1, FitToHeight = 0 });
        return written;
    }

    private static Cell CellOf(SheetCell cell, string reference, bool isHead)
    {
        var written = new Cell { CellReference = reference, StyleIndex = (uint)(isHead ? CellLook.Bold : cell.Look) };
        if (cell.Formula is { } formula)
        {
            written.DataType = cell.Value.Words is null ? CellValues.Number : CellValues.String;
            written.Append(new CellFormula(formula), new CellValue(cell.Value.ToString()));
        }
        else if (cell.Value.Words is { } words)
        {
            written.DataType = CellValues.InlineString;
            written.AppendChild(new InlineString(new Text(words) { Space = SpaceProcessingModeValues.Preserve }));
        }
        else if (cell.Value.Number is { } number)
        {
            written.DataType = CellValues.Number;
            written.AppendChild(new CellValue(number));
        }

        return written;
    }

    private static Stylesheet Styles() => new(
        new NumberingFormats(
            new NumberingFormat { NumberFormatId = DayFormatId, FormatCode = DayFormat },
            new NumberingFormat { NumberFormatId = MonthFormatId, FormatCode = MonthFormat })
        { Count = 2 },
        new Fonts(new Font(new FontSize { Val = 11 }, new FontName { Val = "Calibri" }), new Font(new Bold(), new FontSize { Val = 11 }, new FontName { Val = "Calibri" })),
        new Fills(new Fill(new PatternFill { PatternType = PatternValues.None }), new Fill(new PatternFill { PatternType = PatternValues.Gray125 })),
        new Borders(new Border()),
        new CellStyleFormats(new CellFormat()),
        new CellFormats(Enum.GetValues<CellLook>().Select(look => look switch
        {
            CellLook.Plain => new CellFormat { FormatId = 0 },
            CellLook.Bold => new CellFormat { FormatId = 0, FontId = 1, ApplyFont = true },
            CellLook.Decimals => new CellFormat { FormatId = 0, NumberFormatId = DecimalsFormatId, ApplyNumberFormat = true },
            CellLook.Day => new CellFormat { FormatId = 0, NumberFormatId = DayFormatId, ApplyNumberFormat = true },
            CellLook.Month => new CellFormat { FormatId = 0, NumberFormatId = MonthFormatId, ApplyNumberFormat = true },
            CellLook.Wrapped => new CellFormat(new Alignment { WrapText = true, Vertical = VerticalAlignmentValues.Top }) { FormatId = 0, ApplyAlignment = true },
            _ => throw new InvalidOperationException($"The look {look} has no style."),
        })),
        new DifferentialFormats(new DifferentialFormat(
            new Font(new Bold(), new Color { Rgb = "FF9C0006" }),
            new Fill(new PatternFill(new BackgroundColor { Rgb = "FFFFC7CE" }))))
        { Count = 1 });
}
