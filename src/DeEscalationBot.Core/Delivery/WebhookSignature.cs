using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace DeEscalationBot.Core.Delivery;

/// <summary>Signatures of the Standard Webhooks specification: HMAC-SHA256 over id, timestamp and body, with one or more secrets.</summary>
/// <remarks>Pure; safe for concurrent use. The test vectors are in <c>docs/webhooks.md</c>.</remarks>
public static class WebhookSignature
{
    /// <summary>How a secret begins.</summary>
    public const string SecretPrefix = "whsec_";

    /// <summary>The header that holds the message's id.</summary>
    public const string IdHeader = "webhook-id";

    /// <summary>The header that holds the time of the try, seconds since 1970.</summary>
    public const string TimestampHeader = "webhook-timestamp";

    /// <summary>The header that holds the signatures.</summary>
    public const string SignatureHeader = "webhook-signature";

    /// <summary>The fewest bytes of a secret: 24.</summary>
    public const int LeastBytes = 24;

    /// <summary>The most bytes of a secret: 64.</summary>
    public const int MostBytes = 64;

    /// <summary>Reads a secret.</summary>
    /// <param name="secret"><c>whsec_</c> and 24 to 64 bytes in base64.</param>
    /// <returns>The key, or nothing when it is no such secret.</returns>
    public static byte[]? TryReadSecret(string? secret)
    {
        if (secret is null || !secret.StartsWith(SecretPrefix, StringComparison.Ordinal))
        {
            return null;
        }

        var key = new byte[secret.Length];
        return Convert.TryFromBase64String(secret[SecretPrefix.Length..], key, out var length) && length is >= LeastBytes and <= MostBytes ? key[..length] : null;
    }

    /// <summary>The value of the signature header: one <c>v1</c> signature for each key, so that a receiver may hold either.</summary>
    /// <param name="keys">The keys, the current one first.</param>
    /// <param name="id">The message's id.</param>
    /// <param name="at">The time of the try; whole seconds count.</param>
    /// <param name="body">The body as it is sent.</param>
    public static string Sign(IEnumerable<byte[]> keys, string id, DateTimeOffset at, string body)
    {
        ArgumentNullException.ThrowIfNull(keys);
        var signed = Encoding.UTF8.GetBytes($"{id}.{at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)}.{body}");
        return string.Join(' ', keys.Select(key => "v1," + Convert.ToBase64String(HMACSHA256.HashData(key, signed))));
    }

    /// <summary>Whether a signature header was made with a key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="id">The message's id.</param>
    /// <param name="timestamp">The timestamp header.</param>
    /// <param name="body">The body as it came.</param>
    /// <param name="header">The signature header.</param>
    /// <param name="now">The receiver's clock.</param>
    /// <param name="tolerance">How far the timestamp may be from it.</param>
    public static bool Verify(byte[] key, string id, string timestamp, string body, string header, DateTimeOffset now, TimeSpan tolerance)
    {
        ArgumentNullException.ThrowIfNull(header);
        if (!long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || Math.Abs(now.ToUnixTimeSeconds() - (double)seconds) > tolerance.TotalSeconds)
        {
            return false;
        }

        var expected = Encoding.ASCII.GetBytes(Sign([key], id, DateTimeOffset.FromUnixTimeSeconds(seconds), body));
        return header.Split(' ').Any(given => CryptographicOperations.FixedTimeEquals(expected, Encoding.UTF8.GetBytes(given)));
    }
}
