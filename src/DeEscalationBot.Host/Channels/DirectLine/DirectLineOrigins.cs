using DeEscalationBot.Host.Pages;
using Microsoft.Extensions.Options;

namespace DeEscalationBot.Host.Channels.DirectLine;

/// <summary>Decides which pages may hold a chat.</summary>
/// <param name="options">The settings.</param>
public sealed class DirectLineOrigins(IOptions<DirectLineOptions> options)
{
    /// <summary>Whether a page of an origin may call at all, before its token is known.</summary>
    /// <param name="origin">The origin as a browser writes it.</param>
    public bool MayCall(string origin) => options.Value switch
    {
        // A token may name origins that the settings do not: those are held to when the token is read.
        { HasSecret: true } => PagesOptions.TryReadOrigin(origin, out _),
        var local => PagesOptions.TryReadOrigin(origin, out var uri) && (uri.IsLoopback || local.TrustedOrigins.Any(o => Same(o, uri))),
    };

    /// <summary>Whether a page may use a token.</summary>
    /// <param name="request">The request; one without an origin comes from no page.</param>
    /// <param name="grant">What the token allows; nothing where no token is at hand.</param>
    public bool MayUse(HttpRequest request, DirectLineGrant? grant)
    {
        ArgumentNullException.ThrowIfNull(request);
        var origin = request.Headers.Origin.ToString();
        if (origin.Length == 0)
        {
            return true;
        }

        if (!PagesOptions.TryReadOrigin(origin, out var uri))
        {
            return false;
        }

        if (string.Equals(uri.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        var trusted = grant is { Origins.Count: > 0 } ? grant.Origins : [.. options.Value.TrustedOrigins];
        return trusted.Count > 0 ? trusted.Any(o => Same(o, uri)) || (!options.Value.HasSecret && grant is not { Origins.Count: > 0 } && uri.IsLoopback) : options.Value.HasSecret || uri.IsLoopback;
    }

    private static bool Same(string origin, Uri uri) => PagesOptions.TryReadOrigin(origin, out var other) && other == uri;
}
