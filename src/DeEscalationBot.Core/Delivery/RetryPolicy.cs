using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace DeEscalationBot.Core.Delivery;

/// <summary>When a message that could not be delivered is tried again.</summary>
/// <remarks>
/// Twice as long after each try, and between half of that and all of it, so that many messages do not come back at once. Where in between
/// follows from the message's id and the number of the try: spread like chance, and the same in every run. Pure; safe for concurrent use.
/// </remarks>
public static class RetryPolicy
{
    /// <summary>The first retry comes after half of this to all of it: 2 seconds.</summary>
    public static readonly TimeSpan First = TimeSpan.FromSeconds(2);

    /// <summary>The longest pause that we choose ourselves: 10 minutes.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    /// <summary>The longest pause that a sink may ask for: 1 hour. Whatever it asks for, it is tried again after this: an alert is not silenced for a day by one header.</summary>
    public static readonly TimeSpan LongestAskedFor = TimeSpan.FromHours(1);

    private const int MostDoublings = 20;

    /// <summary>The pause after a try.</summary>
    /// <param name="deliveryId">The message's id.</param>
    /// <param name="attempts">How many tries there were, from 1.</param>
    /// <param name="askedFor">What the sink asked for (<c>Retry-After</c>), or nothing; the pause is never shorter.</param>
    public static TimeSpan DelayAfter(string deliveryId, int attempts, TimeSpan? askedFor = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(attempts, 1);
        var whole = First * Math.Pow(2, Math.Min(attempts - 1, MostDoublings));
        whole = whole < Longest ? whole : Longest;
        var delay = whole * (0.5 + (0.5 * Spread(deliveryId, attempts)));
        var asked = askedFor is { } given ? (given < LongestAskedFor ? given : LongestAskedFor) : TimeSpan.Zero;
        return delay > asked ? delay : asked;
    }

    // From 0 to below 1.
    private static double Spread(string deliveryId, int attempts)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(deliveryId + "\n" + attempts.ToString(CultureInfo.InvariantCulture)), hash);
        return BinaryPrimitives.ReadUInt32BigEndian(hash) / 4294967296.0;
    }
}
