using System.Net;
using System.Net.Sockets;

namespace DeEscalationBot.Host.Delivery.Webhooks;

/// <summary>Tells addresses that anybody on the internet has from those of this machine, this network and special uses.</summary>
/// <remarks>Looks at the address that is called and not at the name, so that a name that points inside does not get past it.</remarks>
public static class PrivateNetworks
{
    // RFC 6890 and its successors: everything that is not a public unicast address.
    private static readonly IPNetwork[] Inside =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16",
            "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            "::/128", "::1/128", "64:ff9b:1::/48", "100::/64", "2001::/32", "2001:db8::/32", "2002::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
        }.Select(IPNetwork.Parse),
    ];

    /// <summary>Whether an address is not a public one.</summary>
    /// <param name="address">The address.</param>
    public static bool Contain(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        var plain = Unwrapped(address);
        return Array.Exists(Inside, n => n.BaseAddress.AddressFamily == plain.AddressFamily && n.Contains(plain));
    }

    // An IPv4 address in IPv6's clothes (::ffff:10.0.0.1, 64:ff9b::10.0.0.1, ::10.0.0.1) reaches the IPv4 address.
    private static IPAddress Unwrapped(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address;
        }

        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4();
        }

        var bytes = address.GetAddressBytes();
        var isCompatible = bytes.AsSpan(0, 12).IndexOfAnyExcept((byte)0) < 0 && bytes.AsSpan(12).IndexOfAnyExcept((byte)0) >= 0 && !IPAddress.IsLoopback(address);
        ReadOnlySpan<byte> nat64 = [0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0];
        return isCompatible || bytes.AsSpan(0, 12).SequenceEqual(nat64) ? new IPAddress(bytes.AsSpan(12)) : address;
    }
}

/// <summary>A receiver lies in a private network, and the settings do not allow that.</summary>
internal sealed class PrivateNetworkException(string host) : Exception($"'{host}' is in a private network or on this machine. Set Webhooks:AllowPrivateNetworks to true if that is meant, or correct its Url.");
