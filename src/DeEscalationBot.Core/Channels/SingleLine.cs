namespace DeEscalationBot.Core.Channels;

/// <summary>Makes one line of what a person typed into a field: blanks together, nothing that only looks like text.</summary>
/// <remarks>Pure and safe for concurrent use.</remarks>
public static class SingleLine
{
    /// <summary>The line.</summary>
    /// <param name="text">What was typed.</param>
    /// <param name="longest">The most UTF-16 units, at least 1.</param>
    /// <returns>Nothing when nothing is left, or it is too long.</returns>
    public static string? Of(string text, int longest)
    {
        var line = string.Join(' ', MessageText.Mend(text).Split([' ', '\t', '\r', '\n', '\u00A0'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        line = new string([.. line.Where(c => !char.IsControl(c))]);
        return line.Length > 0 && line.Length <= longest ? line : null;
    }
}
