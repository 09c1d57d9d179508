using System.Globalization;
using System.Text;

namespace DeEscalationBot.Host.Batch.Evaluation;

/// <summary>How numbers and strangers' text are written into reports.</summary>
internal static class ReportText
{
    /// <summary>A number of a given form; an em dash where there is none.</summary>
    /// <param name="value">The number; nothing or not a number where it could not be told.</param>
    /// <param name="format">The form.</param>
    public static string Number(double? value, string format = "0.00") =>
        value is { } number && !double.IsNaN(number) ? number.ToString(format, CultureInfo.InvariantCulture) : "—";

    /// <summary>A share in percent.</summary>
    /// <param name="share">0 to 1.</param>
    public static string Percent(double? share) => share is null ? "—" : Number(share * 100, "0.#") + " %";

    /// <summary>A text of a stranger on one line, cut, without anything that would steer a terminal or turn the line around.</summary>
    /// <param name="text">The text.</param>
    /// <param name="longest">How many runes to keep, at least 1.</param>
    public static string OneLine(string text, int longest)
    {
        var line = new StringBuilder();
        var kept = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (kept++ == longest)
            {
                return line.Append('…').ToString();
            }

            var steers = Rune.IsControl(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
            line.Append(steers ? " " : rune.ToString());
        }

        return line.ToString();
    }
}
