using DeEscalationBot.Host.Hosting;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using IPAddress = System.Net.IPAddress;
using IPNetwork = System.Net.IPNetwork;

namespace DeEscalationBot.Host.Access;

/// <summary>The proxies before the host that are believed when they say for whom they call: section <c>Proxies</c>, a list of addresses and networks. Nobody else is.</summary>
public sealed class KnownProxies
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Proxies";

    /// <summary>Addresses such as <c>127.0.0.1</c>, and networks such as <c>10.0.0.0/24</c>. None by default: everybody counts by the address that they call from.</summary>
    public IList<string> Known { get; init; } = [];

    /// <summary>Registers them.</summary>
    /// <param name="services">Where to register.</param>
    /// <param name="configuration">The host's configuration, from its root.</param>
    internal static void Add(IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<KnownProxies>().Configure(o =>
        {
            foreach (var child in configuration.GetSection(Section).GetChildren())
            {
                o.Known.Add(child.Value ?? "");
            }
        }).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<KnownProxies>, KnownProxiesCheck>());
    }

    /// <summary>Refuses the framework's own switch (<c>ASPNETCORE_FORWARDEDHEADERS_ENABLED</c>), which believes everybody, before anything is started.</summary>
    /// <param name="configuration">The host's configuration, from its root.</param>
    /// <exception cref="StartRefusedException">It is on.</exception>
    internal static void RefuseEverybody(IConfiguration configuration)
    {
        if (string.Equals(configuration["ForwardedHeaders_Enabled"], "true", StringComparison.OrdinalIgnoreCase))
        {
            throw new StartRefusedException(
                ErrorCodes.BadSetting,
                $"ASPNETCORE_FORWARDEDHEADERS_ENABLED believes whoever says for whom they call: everybody could write their own address. Take it away, and name the proxies before the host: {Section}:0=127.0.0.1 (docs/security.md).");
        }
    }

    /// <summary>Believes them. Before whatever looks at where a request comes from.</summary>
    /// <param name="app">The host.</param>
    internal static void Use(WebApplication app)
    {
        var known = app.Services.GetRequiredService<IOptions<KnownProxies>>().Value.Known;
        if (known.Count == 0)
        {
            return;
        }

        // Each proxy adds whom it was called by: read from the last one on, as long as proxies of ours say it.
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor, ForwardLimit = null };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var text in known)
        {
            options.KnownIPNetworks.Add(NetworkOf(text)!.Value);
        }

        app.UseForwardedHeaders(options);
    }

    /// <summary>The network that a setting names; an address is a network of one.</summary>
    /// <param name="text">The setting.</param>
    /// <returns>Nothing when it names none, or everybody.</returns>
    internal static IPNetwork? NetworkOf(string text) =>
        IPAddress.TryParse(text, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
        : IPNetwork.TryParse(text, out var network) && network.PrefixLength > 0 ? network
        : null;
}

/// <summary>Checks the settings before the host starts.</summary>
internal sealed class KnownProxiesCheck : IValidateOptions<KnownProxies>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, KnownProxies options) => options.Known.FirstOrDefault(p => KnownProxies.NetworkOf(p) is null) is { } wrong
        ? ValidateOptionsResult.Fail($"{KnownProxies.Section} has '{wrong}', which is no address and no network. Write for instance {KnownProxies.Section}:0=127.0.0.1 or {KnownProxies.Section}:0=10.0.0.0/24, and not everybody.")
        : ValidateOptionsResult.Success;
}
