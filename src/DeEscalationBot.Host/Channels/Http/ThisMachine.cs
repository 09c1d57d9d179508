using System.Net;

namespace DeEscalationBot.Host.Channels.Http;

/// <summary>Whether a request comes from a program at this machine. The one place that decides it, for all that local mode lets in without a credential.</summary>
/// <remarks>Safe for concurrent use. What a page in a browser may do is a question of its own: <see cref="IsOwnPage"/>.</remarks>
public static class ThisMachine
{
    // A proxy passes on requests from elsewhere under its own address, and says so with one of these.
    private static readonly string[] ProxyHeaders = ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via"];

    // What nginx speaks to a host behind it when no setting says otherwise, and no browser and no common client does.
    private const string OfOldProxies = "HTTP/1.0";

    /// <summary>Whether both ends are of this machine, the address is one of its own names, and no proxy stands between.</summary>
    /// <param name="http">The request. One whose ends are not known, as by a Unix socket, comes from elsewhere.</param>
    public static bool Sent(HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        return http.Connection is { RemoteIpAddress: { } remote, LocalIpAddress: { } local }
            && IPAddress.IsLoopback(Plain(remote)) && IPAddress.IsLoopback(Plain(local))
            && IsName(http.Request.Host.Host)
            && http.Request.Protocol != OfOldProxies
            && !Array.Exists(ProxyHeaders, http.Request.Headers.ContainsKey);
    }

    /// <summary>Whether no page sent a request, or one of this machine. A page in a browser at this machine is not the person at it: browsers name the page's origin.</summary>
    /// <param name="http">The request.</param>
    public static bool IsOwnPage(HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        return http.Request.Headers.Origin.ToString() is not { Length: > 0 } origin || (Uri.TryCreate(origin, UriKind.Absolute, out var page) && page.IsLoopback);
    }

    /// <summary>Whether a host's name is one of this machine's own.</summary>
    /// <param name="host">The name or address, without a port.</param>
    public static bool IsName(string host) =>
        "localhost".Equals(host, StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse((host ?? throw new ArgumentNullException(nameof(host))).Trim('[', ']'), out var ip) && IPAddress.IsLoopback(Plain(ip)));

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
