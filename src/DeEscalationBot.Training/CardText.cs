using System.Globalization;
using System.Text;

namespace DeEscalationBot.Training;

/// <summary>What the model cards are written with: lines that are the same on every machine.</summary>
internal static class CardText
{
    /// <summary>Two digits; a dash for what could not be measured.</summary>
    public static string Format(double value) => double.IsNaN(value) ? "–" : value.ToString("0.00", CultureInfo.InvariantCulture);

    public static void Formatted(StringBuilder card, FormattableString line) => Line(card, line.ToString(CultureInfo.InvariantCulture));

    public static void Line(StringBuilder card, string line) => card.Append(line).Append('\n');
}
