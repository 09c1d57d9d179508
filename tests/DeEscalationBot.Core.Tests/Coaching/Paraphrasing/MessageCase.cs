using DeEscalationBot.Core.Scoring.Text;

namespace DeEscalationBot.Core.Tests.Coaching.Paraphrasing;

/// <summary>A message and the facts that a paraphrase of it must keep; each fact in the wordings that do.</summary>
internal sealed record MessageCase(string Text, IReadOnlyList<IReadOnlyList<string>> Facts)
{
    public static IReadOnlyList<MessageCase> Read(string lines) =>
        [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(ReadLine)];

    /// <summary>The facts that a text does not hold, for the message of a failing test.</summary>
    public IReadOnlyList<string> MissingFrom(string text)
    {
        var folded = Fold(text);
        return [.. Facts.Where(f => !f.Any(w => folded.Contains(Fold(w), StringComparison.Ordinal))).Select(f => string.Join('|', f))];
    }

    private static MessageCase ReadLine(string line)
    {
        var parts = line.Split(" => ");
        return new MessageCase(parts[0].Trim(), [.. parts[1].Split(';', StringSplitOptions.TrimEntries).Select(f => f.Split('|'))]);
    }

    private static string Fold(string text) => string.Concat(text.Select(c => char.IsLetter(c) ? MessageReading.FormOf(c.ToString()) : c.ToString()));
}
