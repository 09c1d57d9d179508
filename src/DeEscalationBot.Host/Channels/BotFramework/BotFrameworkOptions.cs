using DeEscalationBot.Host.Channels.BotFramework.Authentication;
using DeEscalationBot.Host.Channels.BotFramework.Connector;
using Microsoft.Extensions.Options;

namespace DeEscalationBot.Host.Channels.BotFramework;

/// <summary>How the bot is registered with Azure Bot Service; decides by which authority it signs in.</summary>
public enum BotAppType
{
    /// <summary>An app of one organisation: the ordinary case.</summary>
    SingleTenant,

    /// <summary>An app of any organisation. None can be made anew since August 2025; the existing ones go on.</summary>
    MultiTenant,

    /// <summary>A managed identity that Azure gives to the machine: no secret.</summary>
    UserAssignedMsi,
}

/// <summary>Whose cloud the bot is registered in.</summary>
public enum BotCloud
{
    /// <summary>The public cloud.</summary>
    Public,

    /// <summary>The cloud of the United States' government.</summary>
    UsGovernment,

    /// <summary>The cloud in China.</summary>
    China,
}

/// <summary>The bot in Teams and other channels (section <c>BotFramework</c>). Off while <see cref="AppId"/> is empty.</summary>
public sealed class BotFrameworkOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "BotFramework";

    /// <summary>The app's id (a GUID). Empty: no channel of Azure can reach the bot; in local mode activities from this machine are taken without a token.</summary>
    public string AppId { get; set; } = "";

    /// <summary>How the bot is registered: <see cref="BotAppType.SingleTenant"/>.</summary>
    public BotAppType AppType { get; set; } = BotAppType.SingleTenant;

    /// <summary>The organisation's id (a GUID). Needed for <see cref="BotAppType.SingleTenant"/>.</summary>
    public string TenantId { get; set; } = "";

    /// <summary>The app's secret. This or a certificate, unless it is a managed identity.</summary>
    public string AppPassword { get; set; } = "";

    /// <summary>The last day on which <see cref="AppPassword"/> counts, as the app's registration shows it, for instance <c>2027-06-30</c>. Nothing by default. Only <c>doctor</c> reads it.</summary>
    public DateOnly? AppPasswordExpires { get; set; }

    /// <summary>A file (PEM with its key, or PFX) with the app's certificate, instead of the secret.</summary>
    public string CertificatePath { get; set; } = "";

    /// <summary>The password of a PFX file.</summary>
    public string CertificatePassword { get; set; } = "";

    /// <summary>The cloud: <see cref="BotCloud.Public"/>.</summary>
    public BotCloud Cloud { get; set; } = BotCloud.Public;

    /// <summary>Where the channels' keys are described (OpenID metadata). The cloud's own when empty. Plain http on this machine only.</summary>
    public string MetadataAddress { get; set; } = "";

    /// <summary>
    /// Whether tokens of the bot's own organisation are taken, too (other bots and test clients of the organisation): false. Needs <see cref="TenantId"/>.
    /// They must be an app's (claim <c>idtyp=app</c>, an optional claim of the bot's registration), and speak for no channel of Azure such as <c>msteams</c>.
    /// </summary>
    public bool AcceptTenantTokens { get; set; }

    /// <summary>Where the organisation's keys are described, for <see cref="AcceptTenantTokens"/>. The cloud's own when empty.</summary>
    public string TenantMetadataAddress { get; set; } = "";

    /// <summary>Further connectors that may be called, besides those of Teams and Bot Service: addresses such as <c>https://channel.example.com</c>. On this machine plain http will do.</summary>
    public IList<string> ServiceUrls { get; } = [];

    /// <summary>How long an invoke may take before a fallback is answered: 3.5 seconds; 100 ms to 4.5 seconds, for Teams waits five.</summary>
    public TimeSpan InvokeDeadline { get; set; } = TimeSpan.FromSeconds(3.5);

    /// <summary>How many activities may wait for their turn: 1000; 10 to 100 000. Beyond that a channel is told to come again.</summary>
    public int QueueLength { get; set; } = 1000;

    /// <summary>Whether a customer's words may be shown where others than the agent read them, in channels and group chats: false. Otherwise the answer goes to the agent alone.</summary>
    public bool ShowCustomerTextInChannels { get; set; }

    /// <summary>The most that a connector may take for one try: 10 seconds; 100 ms to 1 minute.</summary>
    public TimeSpan ConnectorTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Where agents' browsers reach this host, for buttons that open the sidebar: for instance <c>https://coach.example.com</c>. Empty: no such buttons.</summary>
    public string PublicUrl { get; set; } = "";

    /// <summary>The app package for Teams that <c>teams-package</c> wrote. Empty by default. Only <c>doctor</c> reads it, and compares it with these settings.</summary>
    public string AppPackage { get; set; } = "";

    /// <summary>Who may answer customers' web chats from Teams, by their ids in the directory. Empty: nobody but in local mode, unless <see cref="ChatsForEverybody"/>.</summary>
    public IList<string> ChatAgents { get; } = [];

    /// <summary>Whether everybody who has the app may answer customers' web chats: false. For organisations that give the app to their agents alone.</summary>
    public bool ChatsForEverybody { get; set; }

    /// <summary>Where people reach the product's pages; nothing when <see cref="PublicUrl"/> does not say.</summary>
    internal Uri? Site => PublicUrl.Length > 0 ? new Uri(PublicUrl) : null;

    /// <summary>Whether the bot is set up for Azure's channels.</summary>
    public bool IsConfigured => !string.IsNullOrWhiteSpace(AppId);

    /// <summary>The authorities that belong to the cloud, with the settings' own addresses in their place.</summary>
    internal CloudAuthorities Authorities => CloudAuthorities.Of(this);
}

/// <summary>Checks the settings before the host starts.</summary>
internal sealed class BotFrameworkOptionsCheck : IValidateOptions<BotFrameworkOptions>
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestInvoke = TimeSpan.FromSeconds(4.5);
    private static readonly TimeSpan LongestCall = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, BotFrameworkOptions options)
    {
        var failures = new List<string>();
        void Must(bool holds, string sentence)
        {
            if (!holds)
            {
                failures.Add(sentence);
            }
        }

        Must(Enum.IsDefined(options.AppType), "BotFramework:AppType may be SingleTenant, MultiTenant or UserAssignedMsi.");
        Must(Enum.IsDefined(options.Cloud), "BotFramework:Cloud may be Public, UsGovernment or China.");
        Must(options.InvokeDeadline >= Shortest && options.InvokeDeadline <= LongestInvoke, "BotFramework:InvokeDeadline must lie between 00:00:00.1 and 00:00:04.5: Teams waits five seconds.");
        Must(options.ConnectorTimeout >= Shortest && options.ConnectorTimeout <= LongestCall, "BotFramework:ConnectorTimeout must lie between 00:00:00.1 and 00:01:00.");
        Must(options.QueueLength is >= 10 and <= 100_000, "BotFramework:QueueLength must lie between 10 and 100000.");
        foreach (var (setting, address) in new[] { ("MetadataAddress", options.MetadataAddress), ("TenantMetadataAddress", options.TenantMetadataAddress), ("PublicUrl", options.PublicUrl) })
        {
            Must(address.Length == 0 || IsSafe(address), $"BotFramework:{setting} must be an https address (http only on this machine), or empty.");
        }

        foreach (var url in options.ServiceUrls)
        {
            Must(IsSafe(url), $"BotFramework:ServiceUrls has '{url}', which is no https address (http only on this machine). Write for instance https://channel.example.com.");
        }

        foreach (var agent in options.ChatAgents)
        {
            Must(Guid.TryParseExact(agent, "D", out _), $"BotFramework:ChatAgents has '{agent}': name agents by their object ids in the directory, GUIDs.");
        }

        if (!options.IsConfigured)
        {
            Must(
                options.AppPassword.Length == 0 && options.CertificatePath.Length == 0 && options.TenantId.Length == 0 && !options.AcceptTenantTokens,
                "BotFramework:AppId is empty although other settings of the bot are there. Set it to the app's id, or remove them.");
            return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
        }

        Must(Guid.TryParseExact(options.AppId, "D", out _), "BotFramework:AppId must be the app's id, a GUID such as 00000000-0000-0000-0000-000000000000. It is on the bot's page in Azure.");
        Must(
            options.AppType != BotAppType.SingleTenant || options.TenantId.Length > 0,
            "BotFramework:TenantId is needed for a bot of one organisation (BotFramework:AppType=SingleTenant): the organisation's id, a GUID.");
        Must(options.TenantId.Length == 0 || Guid.TryParseExact(options.TenantId, "D", out _), "BotFramework:TenantId must be the organisation's id, a GUID.");
        Must(!options.AcceptTenantTokens || options.TenantId.Length > 0, "BotFramework:AcceptTenantTokens needs BotFramework:TenantId: tokens of other organisations are never taken.");
        var secrets = (options.AppPassword.Length > 0 ? 1 : 0) + (options.CertificatePath.Length > 0 ? 1 : 0);
        Must(
            options.AppType == BotAppType.UserAssignedMsi ? secrets == 0 : secrets == 1,
            options.AppType == BotAppType.UserAssignedMsi
                ? "A managed identity (BotFramework:AppType=UserAssignedMsi) has no secret: remove BotFramework:AppPassword and BotFramework:CertificatePath."
                : "The bot needs either BotFramework:AppPassword or BotFramework:CertificatePath, and not both.");
        Must(options.CertificatePath.Length == 0 || File.Exists(options.CertificatePath), $"BotFramework:CertificatePath: there is no file '{options.CertificatePath}'.");
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static bool IsSafe(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback)) && ServiceUrlPolicy.IsPlain(uri);
}
