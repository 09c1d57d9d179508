using Microsoft.AspNetCore.Http.Features;

namespace DeEscalationBot.Host.Channels.Http;

/// <summary>Reads an id out of an address as it was sent, slashes included: <c>a%2Fb</c> is <c>a/b</c>.</summary>
internal static class AddressPart
{
    /// <summary>Reads one part of the address.</summary>
    /// <param name="context">The request.</param>
    /// <param name="name">The name of the part.</param>
    public static string Read(HttpContext context, string name)
    {
        ArgumentNullException.ThrowIfNull(context);
        return Exact(context.Request.RouteValues[name] as string ?? string.Empty, context.Features.Get<IHttpRequestFeature>()?.RawTarget);
    }

    // The server decodes everything but %2F, after which "%2F" in an id and a slash look the same: what was sent tells them apart.
    private static string Exact(string routeValue, string? rawTarget)
    {
        if (!routeValue.Contains("%2F", StringComparison.OrdinalIgnoreCase))
        {
            return routeValue;
        }

        var path = rawTarget?.Split('?')[0] ?? string.Empty;
        var sent = path.Split('/').LastOrDefault(s => string.Equals(Uri.UnescapeDataString(WithSlashesKept(s)), routeValue, StringComparison.Ordinal));
        return sent is null
            ? routeValue.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase)
            : Uri.UnescapeDataString(sent);
    }

    private static string WithSlashesKept(string segment) =>
        segment.Replace("%2F", "%252F", StringComparison.Ordinal).Replace("%2f", "%252f", StringComparison.Ordinal);
}
