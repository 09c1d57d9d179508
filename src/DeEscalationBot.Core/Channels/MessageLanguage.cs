namespace DeEscalationBot.Core.Channels;

/// <summary>The language of a message.</summary>
public enum MessageLanguage
{
    /// <summary>Too short or too mixed to tell (<c>und</c>). Rules of both languages apply; wording follows the conversation.</summary>
    Undetermined,

    /// <summary>Spanish (<c>es</c>), of any region.</summary>
    Spanish,

    /// <summary>English (<c>en</c>), of any region.</summary>
    English,
}

/// <summary>The codes by which languages are written at the product's edge.</summary>
public static class MessageLanguageCodes
{
    /// <summary>The ISO 639 code: <c>es</c>, <c>en</c> or <c>und</c>.</summary>
    /// <param name="language">The language.</param>
    public static string Code(this MessageLanguage language) => language switch
    {
        MessageLanguage.Spanish => "es",
        MessageLanguage.English => "en",
        MessageLanguage.Undetermined => "und",
        _ => throw new ArgumentOutOfRangeException(nameof(language), language, null),
    };

    /// <summary>Reads a language tag. Regions and case are ignored: <c>es-MX</c> is Spanish.</summary>
    /// <param name="tag">A BCP 47 tag, or nothing.</param>
    /// <param name="language">The language; <see cref="MessageLanguage.Undetermined"/> for a missing tag or <c>und</c>.</param>
    /// <returns>False when the tag names a language that the product does not speak.</returns>
    public static bool TryParse(string? tag, out MessageLanguage language)
    {
        language = MessageLanguage.Undetermined;
        if (string.IsNullOrWhiteSpace(tag))
        {
            return true;
        }

        var primary = tag.AsSpan().Trim();
        var dash = primary.IndexOfAny('-', '_');
        primary = dash < 0 ? primary : primary[..dash];
        if (primary.Equals("es", StringComparison.OrdinalIgnoreCase))
        {
            language = MessageLanguage.Spanish;
            return true;
        }

        if (primary.Equals("en", StringComparison.OrdinalIgnoreCase))
        {
            language = MessageLanguage.English;
            return true;
        }

        return primary.Equals("und", StringComparison.OrdinalIgnoreCase);
    }
}
