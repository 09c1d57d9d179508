using System.Globalization;

namespace DeEscalationBot.Host.Channels.Http;

/// <summary>Reads instants as ISO 8601 writes them.</summary>
public static class IsoInstant
{
    /// <summary>The sentence that tells a caller what is expected.</summary>
    public const string Explanation = "must be an instant as ISO 8601 writes it, for instance 2026-03-01T14:30:00Z.";

    private static readonly string[] Formats =
    [
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd' 'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd' 'HH:mm:ssK", "yyyy-MM-dd' 'HH:mmK", "yyyy-MM-dd",
        "yyyyMMdd'T'HHmmssK",
    ];

    /// <summary>Reads an instant. Without an offset it is UTC, wherever the product runs.</summary>
    /// <param name="text">The text.</param>
    /// <param name="instant">The instant in UTC, when the answer is true.</param>
    public static bool TryParse(string text, out DateTimeOffset instant) =>
        DateTimeOffset.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out instant);
}
