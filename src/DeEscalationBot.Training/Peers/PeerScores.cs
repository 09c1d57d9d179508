using System.Globalization;
using System.Text.Json;

namespace DeEscalationBot.Training.Peers;

/// <summary>Reads what the peers that run as processes of their own write.</summary>
/// <remarks>Strict: a line too few or a number that is none would move every figure after it without a word. Stateless and safe for concurrent use.</remarks>
public static class PeerScores
{
    /// <summary>The label of what is there, in the files of fastText.</summary>
    public const string Yes = "__label__yes";

    /// <summary>The label of what is not there, in the files of fastText.</summary>
    public const string No = "__label__no";

    private const int LongestExcerpt = 60;

    /// <summary>Reads the output of <c>fasttext predict-prob MODEL - 2</c>.</summary>
    /// <param name="lines">A line for each text: each label and its chance, the likelier first.</param>
    /// <param name="texts">How many texts were asked about.</param>
    /// <returns>The chance of <see cref="Yes"/> for each text, 0 to 1.</returns>
    /// <exception cref="PeerException">The output is not of that shape.</exception>
    public static IReadOnlyList<double> ReadFastText(IReadOnlyList<string> lines, int texts)
    {
        ArgumentNullException.ThrowIfNull(lines);
        Count("fastText", lines.Count, texts);
        return [.. lines.Select((line, i) => ChanceOfYes(line, i))];
    }

    /// <summary>Reads one field of the JSON lines of the Node script.</summary>
    /// <param name="lines">An object for each text.</param>
    /// <param name="field">The field: a peer's name there.</param>
    /// <param name="texts">How many texts were asked about.</param>
    /// <returns>The number for each text, as it is written.</returns>
    /// <exception cref="PeerException">The output is not of that shape.</exception>
    public static IReadOnlyList<double> ReadJson(IReadOnlyList<string> lines, string field, int texts)
    {
        ArgumentNullException.ThrowIfNull(lines);
        Count(field, lines.Count, texts);
        return [.. lines.Select((line, i) => NumberOf(line, field, i))];
    }

    private static void Count(string peer, int lines, int texts)
    {
        if (lines != texts)
        {
            throw new PeerException($"{peer} gave {lines} lines for {texts} texts. It may have been stopped, or have taken a line break within a text for its end; run it again.");
        }
    }

    private static double ChanceOfYes(string line, int index)
    {
        var cells = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var at = Array.IndexOf(cells, Yes);
        if (cells.Length == 4 && cells.Contains(No) && at is 0 or 2
            && double.TryParse(cells[at + 1], NumberStyles.Float, CultureInfo.InvariantCulture, out var chance) && chance is >= 0 and <= 1.001)
        {
            // It adds a little to each chance before it prints them.
            return Math.Min(chance, 1);
        }

        throw new PeerException($"fastText's line {index + 1} is '{Excerpt(line)}', not both labels with a chance each. Is the model of its own making? Empty the work folder and run it again.");
    }

    private static double NumberOf(string line, string field, int index)
    {
        try
        {
            using var said = JsonDocument.Parse(line);
            if (said.RootElement.ValueKind == JsonValueKind.Object && said.RootElement.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.Number)
            {
                return value.GetDouble();
            }
        }
        catch (JsonException e)
        {
            throw new PeerException($"Line {index + 1} of the Node script is '{Excerpt(line)}', not JSON: {e.Message}", e);
        }

        throw new PeerException($"Line {index + 1} of the Node script has no number '{field}': '{Excerpt(line)}'. Do the script and its packages belong together? Run tests/peers/run again.");
    }

    private static string Excerpt(string line) => line.Length <= LongestExcerpt ? line : line[..LongestExcerpt] + "…";
}
