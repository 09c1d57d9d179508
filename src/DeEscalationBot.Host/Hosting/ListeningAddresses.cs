using System.Net;

namespace DeEscalationBot.Host.Hosting;

/// <summary>Without sign-in the host is for the person at this machine: it listens on loopback addresses and on no other.</summary>
public static class LocalMode
{
    /// <summary>Where the host listens when no setting says so.</summary>
    public const string DefaultAddress = "http://localhost:5080";

    /// <summary>Checks all addresses that the settings name.</summary>
    /// <param name="configuration">The host's configuration, from its root.</param>
    /// <exception cref="StartRefusedException">An address can be reached from outside, or is none.</exception>
    public static void Check(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var urls = configuration["urls"] is { Length: > 0 } set ? set.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) : [];
        var endpoints = configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(e => e["Url"]).OfType<string>();
        foreach (var url in urls.Concat(endpoints))
        {
            CheckOne(url);
        }
    }

    private static void CheckOne(string url)
    {
        BindingAddress address;
        try
        {
            address = BindingAddress.Parse(url);
        }
        catch (FormatException e)
        {
            throw new StartRefusedException(ErrorCodes.BadSetting, $"'{url}' is no address. Write for instance --urls {DefaultAddress}.", e);
        }

        var host = address.Host.Trim('[', ']');
        if (address.IsUnixPipe || address.IsNamedPipe || host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var ip) && IPAddress.IsLoopback(ip)))
        {
            return;
        }

        throw new StartRefusedException(
            ErrorCodes.BadSetting,
            $"'{url}' can be reached from other machines, and no sign-in is configured: whoever reaches it could read every conversation. Listen on this machine alone (--urls {DefaultAddress}).");
    }
}
