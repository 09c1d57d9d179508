using Microsoft.Extensions.Options;

namespace DeEscalationBot.Host.Channels.BotFramework.Connector;

/// <summary>Which connectors the bot may call: it hands each of them a token in its name.</summary>
/// <remarks>
/// Those of Teams and of Bot Service over https on the usual port, and those of the settings. Without an app id (local mode) those on this
/// machine, which get no token. Safe for concurrent use.
/// </remarks>
/// <param name="options">The settings.</param>
public sealed class ServiceUrlPolicy(IOptions<BotFrameworkOptions> options)
{
    private static readonly string[] Hosts =
    [
        "smba.trafficmanager.net", "smba.infra.gcc.teams.microsoft.com", "smba.infra.gov.teams.microsoft.us", "smba.infra.dod.teams.microsoft.us",
        "frontend.botapi.msg.infra.teams.microsoftonline.cn",
    ];

    private static readonly string[] Domains = [".botframework.com", ".botframework.us", ".botframework.azure.us", ".botframework.azure.cn"];

    private readonly Uri[] _further = [.. options.Value.ServiceUrls.Select(u => new Uri(u))];

    /// <summary>The connector's address with a slash at its end, or nothing when it may not be called.</summary>
    /// <param name="serviceUrl">The address as the channel gave it.</param>
    public Uri? BaseOf(string? serviceUrl)
    {
        if (!Uri.TryCreate(serviceUrl, UriKind.Absolute, out var uri) || !IsPlain(uri))
        {
            return null;
        }

        var isKnown = uri.Scheme == Uri.UriSchemeHttps && uri.IsDefaultPort
            && (Hosts.Contains(uri.IdnHost, StringComparer.OrdinalIgnoreCase) || Array.Exists(Domains, d => uri.IdnHost.EndsWith(d, StringComparison.OrdinalIgnoreCase)));
        var isFurther = Array.Exists(_further, f => f.Scheme == uri.Scheme && f.Port == uri.Port && string.Equals(f.IdnHost, uri.IdnHost, StringComparison.OrdinalIgnoreCase));
        var isLocal = !options.Value.IsConfigured && uri.IsLoopback && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps);
        return (isKnown && options.Value.IsConfigured) || isFurther || isLocal
            ? new Uri(uri.GetLeftPart(UriPartial.Path).TrimEnd('/') + "/")
            : null;
    }

    /// <summary>Whether an address has no name and password, no query and no fragment in it.</summary>
    /// <param name="uri">The address.</param>
    internal static bool IsPlain(Uri uri) => uri.UserInfo.Length == 0 && uri.Query.Length == 0 && uri.Fragment.Length == 0;
}
