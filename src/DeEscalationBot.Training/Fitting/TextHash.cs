namespace DeEscalationBot.Training.Fitting;

/// <summary>A number for a text that is the same on every machine and in every run, which <see cref="string.GetHashCode()"/> is not.</summary>
public static class TextHash
{
    /// <summary>FNV-1a over UTF-16 units; 0 or more.</summary>
    /// <param name="text">The text.</param>
    public static int Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return (int)(text.Aggregate(2_166_136_261u, (hash, c) => (hash ^ c) * 16_777_619u) >> 1);
    }
}
