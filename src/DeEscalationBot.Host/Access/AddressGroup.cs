using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace DeEscalationBot.Host.Access;

/// <summary>Addresses that share a limit: so many groups and no more, however many addresses there are.</summary>
/// <remarks>Which addresses share one differs at every start, so that nobody chooses a neighbour. Safe for concurrent use.</remarks>
public static class AddressGroup
{
    /// <summary>How many groups there are: 16,384. Two addresses out of a hundred are in one group with a chance of 0.6 percent.</summary>
    public const int Count = 1 << 14;

    // One customer of a provider has all addresses of an IPv6 network of this size, and would otherwise have as many limits.
    private const int NetworkBytes = 8;

    private static readonly byte[] Salt = RandomNumberGenerator.GetBytes(32);

    /// <summary>The name of an address's group.</summary>
    /// <param name="address">The address; nothing where there is none (a pipe).</param>
    public static string Of(IPAddress? address)
    {
        var bytes = address switch
        {
            null => [],
            { IsIPv4MappedToIPv6: true } => address.MapToIPv4().GetAddressBytes(),
            { AddressFamily: AddressFamily.InterNetworkV6 } => address.GetAddressBytes()[..NetworkBytes],
            _ => address.GetAddressBytes(),
        };
        return string.Create(CultureInfo.InvariantCulture, $"address:{Hash(bytes) % Count}");
    }

    /// <summary>A number that nobody outside of the process foretells.</summary>
    /// <param name="bytes">Of what.</param>
    internal static ulong Hash(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(Salt, bytes, hash);
        return BitConverter.ToUInt64(hash);
    }
}
