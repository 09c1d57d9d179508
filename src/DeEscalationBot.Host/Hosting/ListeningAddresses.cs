using System.Net;
using System.Net.Sockets;
using DeEscalationBot.Host.Access.SignIn;
using DeEscalationBot.Host.Conversations.Cluster;

namespace DeEscalationBot.Host.Hosting;

/// <summary>Where the host listens. Without sign-in (local mode) it is for the person at this machine: on loopback addresses and on no other.</summary>
public static class ListeningAddresses
{
    /// <summary>Where the host listens when no setting says so.</summary>
    public const string Default = "http://localhost:5080";

    /// <summary>Checks that no address can be reached from another machine, unless people sign in.</summary>
    /// <param name="configuration">The host's configuration, from its root.</param>
    /// <exception cref="StartRefusedException">An address can be reached from outside, or is none.</exception>
    public static void CheckLocal(IConfiguration configuration)
    {
        if (SignInOptions.Read(configuration).IsConfigured)
        {
            return;
        }

        foreach (var (url, address) in Of(configuration))
        {
            if (!address.IsUnixPipe && !address.IsNamedPipe && !IsLoopback(address.Host))
            {
                throw new StartRefusedException(
                    ErrorCodes.BadSetting,
                    $"'{url}' can be reached from other machines, and no sign-in is configured: whoever reaches it could read every conversation. Listen on this machine alone (--urls {Default}), or configure SignIn (docs/security.md).");
            }
        }
    }

    /// <summary>Checks that no other program listens there, before anything else is started.</summary>
    /// <param name="configuration">The host's configuration, from its root.</param>
    /// <exception cref="StartRefusedException">An address is taken.</exception>
    public static void CheckFree(IConfiguration configuration)
    {
        if (ClusterOptions.Read(configuration) is { Enabled: true, Reached: { } reached, SiloPort: var port })
        {
            try
            {
                using var probe = new TcpListener(reached, port);
                probe.Start();
            }
            catch (SocketException e)
            {
                throw new StartRefusedException(
                    ErrorCodes.AddressInUse, $"Other nodes cannot be listened to on {reached}:{port}: {e.Message}. Cluster:Address has to be an address of this machine, and Cluster:SiloPort a port that no other program has.", e);
            }
        }

        foreach (var (url, address) in Of(configuration))
        {
            if (address.IsUnixPipe || address.IsNamedPipe || address.Port == 0)
            {
                continue;
            }

            try
            {
                using var probe = new TcpListener(IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) ? ip : IPAddress.Loopback, address.Port);
                probe.Start();
            }
            catch (SocketException e)
            {
                throw new StartRefusedException(ErrorCodes.AddressInUse, $"The host cannot listen on '{url}': {e.Message}. Stop the program that does, or choose another address with --urls.", e);
            }
        }
    }

    private static IEnumerable<(string Url, BindingAddress Address)> Of(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var urls = (configuration["urls"] is { Length: > 0 } set ? set : Default).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var endpoints = configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(e => e["Url"]).OfType<string>().ToArray();

        // Endpoints of the server's own section replace the addresses, unless these are preferred.
        var isPreferred = bool.TryParse(configuration["preferHostingUrls"], out var preferred) && preferred;
        foreach (var url in endpoints.Length > 0 && !isPreferred ? endpoints : urls)
        {
            yield return (url, Parse(url));
        }
    }

    private static BindingAddress Parse(string url)
    {
        try
        {
            return BindingAddress.Parse(url);
        }
        catch (FormatException e)
        {
            throw new StartRefusedException(ErrorCodes.BadSetting, $"'{url}' is no address. Write for instance --urls {Default}.", e);
        }
    }

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));
}
