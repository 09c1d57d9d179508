namespace DeEscalationBot.Core.Channels;

/// <summary>What a message's text may be, and how a broken one is mended without moving an offset.</summary>
public static class MessageText
{
    /// <summary>The longest text that is accepted, in UTF-16 units: 65,536. Longer ones are refused, never cut silently.</summary>
    public const int MaxLength = 65_536;

    /// <summary>Replaces unpaired surrogates (half an emoji, as chats that cut at a byte limit send) with U+FFFD.</summary>
    /// <param name="text">The text as it came in.</param>
    /// <returns>A text of the same length, so that every offset still holds; the same instance when nothing was broken.</returns>
    public static string Mend(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        char[]? mended = null;
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
            {
                continue;
            }

            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]))
            {
                i++;
                continue;
            }

            mended ??= text.ToCharArray();
            mended[i] = '\uFFFD';
        }

        return mended is null ? text : new string(mended);
    }
}
