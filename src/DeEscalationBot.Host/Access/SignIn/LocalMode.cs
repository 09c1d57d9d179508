using DeEscalationBot.Host.Channels.Http;

namespace DeEscalationBot.Host.Access.SignIn;

/// <summary>Local mode: nobody signs in, because the host is for the person at this machine.</summary>
/// <remarks>
/// A proxy at this machine that does not say it is one makes everybody look like that person. So a host that by its own settings serves others is in local
/// mode no more, also before people can sign in: what has a door of its own (the bot, Direct Line) is open, everything else takes a key. Immutable and safe for
/// concurrent use.
/// </remarks>
public sealed class LocalMode
{
    private const string AllowedHosts = "AllowedHosts";

    // What nobody sets for a host that is used at its own machine only.
    private static readonly string[] DoorsForOthers = ["BotFramework:AppId", "DirectLine:Secret"];
    private static readonly string[] AddressesForOthers = ["BotFramework:PublicUrl", "DirectLine:PublicAddress", "Mail:ConsoleUrl", "SignIn:PublicAddress"];

    /// <summary>Reads it.</summary>
    /// <param name="configuration">The host's configuration, from its root.</param>
    public LocalMode(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ServesOthersBy = Array.Find(DoorsForOthers, s => !string.IsNullOrWhiteSpace(configuration[s]))
            ?? (configuration.GetSection(KnownProxies.Section).GetChildren().Any() ? KnownProxies.Section : null)
            ?? Array.Find(AddressesForOthers, s => Uri.TryCreate(configuration[s], UriKind.Absolute, out var address) && !address.IsLoopback)
            ?? (NamesOf(configuration).All(ThisMachine.IsName) ? null : AllowedHosts);
        IsOn = ServesOthersBy is null && !SignInOptions.Read(configuration).IsConfigured;
    }

    /// <summary>Whether the person at this machine is let in without signing in.</summary>
    public bool IsOn { get; }

    /// <summary>The setting by which the host serves others; nothing when none does.</summary>
    public string? ServesOthersBy { get; }

    private static string[] NamesOf(IConfiguration configuration) => (configuration[AllowedHosts] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
