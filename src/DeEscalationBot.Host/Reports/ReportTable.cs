using System.Globalization;

namespace DeEscalationBot.Host.Reports;

/// <summary>A table of a report, for a file.</summary>
/// <param name="Name">Its name, 1 to 31 letters: a sheet's.</param>
/// <param name="Columns">The columns' names.</param>
/// <param name="Rows">The rows, each with as many cells as there are columns.</param>
public sealed record ReportTable(string Name, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<ReportCell>> Rows);

/// <summary>One cell: a number, words, or nothing.</summary>
/// <remarks>Words are made harmless: what a spreadsheet would take for a formula is given an apostrophe in front, which it shows as words.</remarks>
public readonly record struct ReportCell
{
    private ReportCell(double? number, string? words)
    {
        Number = number;
        Words = words;
    }

    /// <summary>The number, or nothing.</summary>
    public double? Number { get; }

    /// <summary>The words, harmless, or nothing.</summary>
    public string? Words { get; }

    /// <summary>A number.</summary>
    /// <param name="number">The number, or nothing.</param>
    public static ReportCell Of(double? number) => new(number, null);

    /// <summary>A time in seconds.</summary>
    /// <param name="time">The time, or nothing.</param>
    public static ReportCell Of(TimeSpan? time) => new(time is { } t ? Math.Round(t.TotalSeconds, 1) : null, null);

    /// <summary>Words.</summary>
    /// <param name="words">The words, from wherever.</param>
    public static ReportCell Of(string words)
    {
        ArgumentNullException.ThrowIfNull(words);
        var clean = new string([.. words.Where(c => !char.IsControl(c) || c is '\t' or '\n')]);
        return new ReportCell(null, clean.Length > 0 && (clean[0] is '=' or '+' or '-' or '@' or '\t' or '\n' or '＝' or '＋' or '－' or '＠') ? "'" + clean : clean);
    }

    /// <inheritdoc/>
    public override string ToString() => Words ?? Number?.ToString("0.####", CultureInfo.InvariantCulture) ?? "";
}
