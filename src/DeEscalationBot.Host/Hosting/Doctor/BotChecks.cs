using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using DeEscalationBot.Host.Channels.BotFramework;
using DeEscalationBot.Host.Channels.BotFramework.Connector;
using DeEscalationBot.Host.Channels.BotFramework.TeamsApp;
using Microsoft.Extensions.Options;

namespace DeEscalationBot.Host.Hosting.Doctor;

/// <summary>Whether the bot may sign in: its ids and its secret, how long that lasts, and whether Microsoft Entra gives it a token.</summary>
/// <param name="options">The bot's settings.</param>
/// <param name="services">Gives the tokens, which may refuse.</param>
/// <param name="clock">The product's clock.</param>
internal sealed class BotIdentityCheck(IOptions<BotFrameworkOptions> options, IServiceProvider services, TimeProvider clock) : IDoctorCheck
{
    // Time enough to have a new secret made, also where somebody else must do it.
    private static readonly TimeSpan Soon = TimeSpan.FromDays(30);

    public string Name => "bot identity";

    public async Task<IReadOnlyList<DoctorFinding>> LookAsync(CancellationToken cancellationToken)
    {
        // Wrong ids and missing secrets are refused before anything starts, and so found here by reading the settings.
        var bot = options.Value;
        if (!bot.IsConfigured)
        {
            return [DoctorFinding.Ok("no bot is set up: Teams and other channels of Azure cannot reach the host. docs/teams-setup.md says how.")];
        }

        return [ExpiryOf(bot), await TokenAsync(bot, cancellationToken)];
    }

    private DoctorFinding ExpiryOf(BotFrameworkOptions bot)
    {
        var now = clock.GetUtcNow();
        if (bot.AppType == BotAppType.UserAssignedMsi)
        {
            return DoctorFinding.Ok("a managed identity needs no secret, and none runs out.");
        }

        if (bot.CertificatePath.Length > 0)
        {
            try
            {
                using var certificate = AzureTokens.CertificateOf(bot);
                return Until("certificate", certificate.NotAfter.ToUniversalTime(), now, "Have a new one made, upload it to the app's registration, and set BotFramework:CertificatePath.");
            }
            catch (CryptographicException e)
            {
                return DoctorFinding.Failed($"the certificate '{bot.CertificatePath}' cannot be read: {e.Message} Look at BotFramework:CertificatePassword.");
            }
        }

        // Entra tells nobody who signs in when a secret ends, so the date is a setting.
        return bot.AppPasswordExpires is { } day
            ? Until("secret", day.ToDateTime(TimeOnly.MaxValue, DateTimeKind.Utc), now, "Make a new one under 'Certificates & secrets' of the app's registration, and set BotFramework:AppPassword and AppPasswordExpires.")
            : DoctorFinding.Warning("nobody knows when the bot's secret ends, and on that day it falls silent. Set BotFramework:AppPasswordExpires to the date that its registration shows, such as 2027-06-30.");
    }

    private static DoctorFinding Until(string what, DateTime end, DateTimeOffset now, string advice)
    {
        var left = end - now.UtcDateTime;
        var day = end.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return left <= TimeSpan.Zero ? DoctorFinding.Failed($"the bot's {what} ended on {day}. {advice}")
            : left <= Soon ? DoctorFinding.Warning(string.Create(CultureInfo.InvariantCulture, $"the bot's {what} ends on {day}, in {Math.Ceiling(left.TotalDays):0} days. {advice}"))
            : DoctorFinding.Ok($"the bot's {what} lasts until {day}.");
    }

    private async Task<DoctorFinding> TokenAsync(BotFrameworkOptions bot, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(bot.ConnectorTimeout, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            await services.GetRequiredService<IConnectorTokens>().GetAsync(both.Token);
            return DoctorFinding.Ok("Microsoft Entra gives the bot a token: it can answer.");
        }
        catch (TokenNotGivenException e) when (IsAway(e))
        {
            return DoctorFinding.Failed($"Microsoft Entra ({bot.Authorities.LoginAddress.Host}) cannot be reached. The host needs a way out to it on port 443; until then the bot cannot answer.");
        }
        catch (TokenNotGivenException e)
        {
            return DoctorFinding.Failed(e.Message);
        }
        catch (CryptographicException e)
        {
            return DoctorFinding.Failed($"the bot's certificate cannot be used: {e.Message} Look at BotFramework:CertificatePath and CertificatePassword.");
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return DoctorFinding.Failed($"Microsoft Entra ({bot.Authorities.LoginAddress.Host}) does not answer. The host needs a way out to it on port 443.");
        }
    }

    private static bool IsAway(Exception e) =>
        e is HttpRequestException || (e is AggregateException several ? several.InnerExceptions.Any(IsAway) : e.InnerException is { } inner && IsAway(inner));
}

/// <summary>Whether the channels' keys can be read, and whether this machine's clock goes right by the authority's: tokens carry instants.</summary>
/// <param name="options">The bot's settings.</param>
/// <param name="clients">Connections.</param>
/// <param name="clock">The product's clock.</param>
internal sealed class BotAuthorityCheck(IOptions<BotFrameworkOptions> options, IHttpClientFactory clients, TimeProvider clock) : IDoctorCheck
{
    // Tokens are taken with five minutes of grace.
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Noticeable = TimeSpan.FromMinutes(1);

    public string Name => "bot authority";

    public async Task<IReadOnlyList<DoctorFinding>> LookAsync(CancellationToken cancellationToken)
    {
        var bot = options.Value;
        if (!bot.IsConfigured)
        {
            return [DoctorFinding.Ok("not needed without a bot.")];
        }

        var address = bot.Authorities.MetadataAddress;
        try
        {
            using var client = clients.CreateClient(BotFrameworkServices.KeyClient);
            using var answer = await client.GetAsync(new Uri(address), cancellationToken);
            var now = clock.GetUtcNow();
            if (!answer.IsSuccessStatusCode)
            {
                return [DoctorFinding.Failed($"'{address}' answers {(int)answer.StatusCode}. Without the channels' keys nobody is let in: look at BotFramework:Cloud and MetadataAddress.")];
            }

            List<DoctorFinding> findings = [await KeysAsync(client, address, await answer.Content.ReadAsStringAsync(cancellationToken), cancellationToken)];
            if (answer.Headers.Date is { } theirs)
            {
                findings.Add(ClockOf(theirs - now));
            }

            return findings;
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return [DoctorFinding.Failed($"the channels' keys cannot be read from '{address}': {e.Message} Without them nobody is let in. The host needs a way out to it; look at BotFramework:Cloud and MetadataAddress.")];
        }
    }

    private static async Task<DoctorFinding> KeysAsync(HttpClient client, string address, string metadata, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(BotJson.Text(BotJson.TryRead(metadata)?["jwks_uri"]), UriKind.Absolute, out var keys))
        {
            return DoctorFinding.Failed($"'{address}' says nothing of keys: it is not the address of OpenID metadata. Look at BotFramework:MetadataAddress.");
        }

        return BotJson.TryRead(await client.GetStringAsync(keys, cancellationToken))?["keys"] is JsonArray { Count: > 0 } found
            ? DoctorFinding.Ok(string.Create(CultureInfo.InvariantCulture, $"{found.Count} keys of the channels were read."))
            : DoctorFinding.Failed($"there is no key at '{keys}'. Look at BotFramework:MetadataAddress.");
    }

    private static DoctorFinding ClockOf(TimeSpan difference) =>
        difference.Duration() > Grace ? DoctorFinding.Failed(Say(difference, "Tokens of the channels look expired, or not valid yet: set the clock by NTP."))
        : difference.Duration() > Noticeable ? DoctorFinding.Warning(Say(difference, "From five minutes on no token is taken: set the clock by NTP."))
        : DoctorFinding.Ok("this machine's clock goes right by the authority's.");

    private static string Say(TimeSpan difference, string advice) =>
        string.Create(CultureInfo.InvariantCulture, $"this machine's clock is {difference.Duration().TotalSeconds:0} seconds {(difference > TimeSpan.Zero ? "behind" : "ahead of")} the authority's. {advice}");
}

/// <summary>Whether the channels can reach the host: its public address is https, answers, and leads to this product.</summary>
/// <param name="options">The bot's settings.</param>
/// <param name="clients">Connections.</param>
internal sealed class BotEndpointCheck(IOptions<BotFrameworkOptions> options, IHttpClientFactory clients) : IDoctorCheck
{
    public string Name => "bot endpoint";

    public async Task<IReadOnlyList<DoctorFinding>> LookAsync(CancellationToken cancellationToken)
    {
        var bot = options.Value;
        if (!bot.IsConfigured)
        {
            return [DoctorFinding.Ok("not needed without a bot.")];
        }

        if (!Uri.TryCreate(bot.PublicUrl, UriKind.Absolute, out var address))
        {
            return [DoctorFinding.Warning("the public address is not known, so it cannot be looked at, and cards have no button that opens the sidebar. Set BotFramework:PublicUrl, for instance https://coach.example.com.")];
        }

        var messages = new Uri(address, MessagesEndpoint.Path);
        var findings = new List<DoctorFinding>();
        if (address.Scheme != Uri.UriSchemeHttps)
        {
            findings.Add(DoctorFinding.Failed($"'{address}' is not https: Azure Bot Service calls no other. Put a certificate in front of the host, and set BotFramework:PublicUrl."));
        }

        try
        {
            // Without a token the bot must refuse, and in just this way: so it is ours, and its door is shut.
            using var client = clients.CreateClient(BotFrameworkServices.KeyClient);
            using var content = new StringContent("{}", System.Text.Encoding.UTF8, "application/json");
            using var answer = await client.PostAsync(messages, content, cancellationToken);
            findings.Add(answer.StatusCode switch
            {
                HttpStatusCode.Unauthorized => DoctorFinding.Ok($"'{messages}' answers, and lets nobody in without a token. It must also stand as 'Messaging endpoint' in the bot's configuration in Azure."),
                HttpStatusCode.NotFound => DoctorFinding.Failed($"'{messages}' answers 404: something else listens there, or a proxy leads {MessagesEndpoint.Path} elsewhere. Lead the whole address to this host."),
                HttpStatusCode.BadRequest => DoctorFinding.Failed($"'{messages}' answers 400, not 401 as this bot does: AllowedHosts lacks '{address.Host}', or a host without BotFramework:AppId listens there."),
                var other => DoctorFinding.Failed($"'{messages}' answers {(int)other}, not 401 as this bot does. Look at the proxy in front of it, and whether the host runs."),
            });
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            findings.Add(DoctorFinding.Failed($"'{messages}' cannot be reached from here: {e.Message} Does the host run? Are name, certificate and firewall right? From inside some networks the public address cannot be reached although Azure can; then try it from outside."));
        }

        return findings;
    }
}

/// <summary>Whether the app package for Teams fits this bot: the one that was built (<c>BotFramework:AppPackage</c>), or the one that would be.</summary>
/// <param name="options">The bot's settings.</param>
internal sealed class TeamsPackageCheck(IOptions<BotFrameworkOptions> options) : IDoctorCheck
{
    private const string Build = "Build it anew by 'teams-package', with a higher --version-number, and upload it to Teams.";

    public string Name => "teams package";

    public Task<IReadOnlyList<DoctorFinding>> LookAsync(CancellationToken cancellationToken)
    {
        var bot = options.Value;
        return Task.FromResult<IReadOnlyList<DoctorFinding>>(
            TeamsManifest.Check() is { Count: > 0 } faults ? [.. faults.Select(DoctorFinding.Failed)]
            : !bot.IsConfigured ? [DoctorFinding.Ok("not needed without a bot.")]
            : bot.AppPackage.Length == 0 ? [DoctorFinding.Ok("our texts fit its schema. Set BotFramework:AppPackage to the file that 'teams-package' wrote, and it is compared with the settings.")]
            : [.. Look(bot)]);
    }

    private static List<DoctorFinding> Look(BotFrameworkOptions bot)
    {
        try
        {
            using var zip = ZipFile.OpenRead(bot.AppPackage);
            var missing = new[] { "manifest.json", TeamsManifest.SpanishFile, TeamsIcons.ColourFile, TeamsIcons.OutlineFile }.Where(n => zip.GetEntry(n) is null).ToArray();
            if (missing.Length > 0)
            {
                return [DoctorFinding.Failed($"'{bot.AppPackage}' lacks {string.Join(", ", missing)}. {Build}")];
            }

            using var stream = zip.GetEntry("manifest.json")!.Open();
            using var reader = new StreamReader(stream);
            var faults = Differences(BotJson.TryRead(reader.ReadToEnd()), bot).ToList();
            return faults.Count > 0 ? [.. faults.Select(f => DoctorFinding.Failed($"'{bot.AppPackage}': {f} {Build}"))] : [DoctorFinding.Ok($"'{bot.AppPackage}' is of this bot and this host.")];
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            return [DoctorFinding.Failed($"'{bot.AppPackage}' cannot be read: {e.Message} {Build}")];
        }
    }

    private static IEnumerable<string> Differences(JsonObject? manifest, BotFrameworkOptions bot)
    {
        foreach (var (place, id) in new[] { ("id", BotJson.Text(manifest?["id"])), ("bots[0].botId", BotJson.Text(manifest?["bots"]?[0]?["botId"])), ("composeExtensions[0].botId", BotJson.Text(manifest?["composeExtensions"]?[0]?["botId"])) })
        {
            if (!string.Equals(id, bot.AppId, StringComparison.OrdinalIgnoreCase))
            {
                yield return $"{place} is '{id}', but BotFramework:AppId is '{bot.AppId}'.";
            }
        }

        if (BotJson.Text(manifest?["manifestVersion"]) is var version && version != TeamsManifest.Version)
        {
            yield return $"its manifest is of version '{version}', ours of {TeamsManifest.Version}.";
        }

        if (Uri.TryCreate(bot.PublicUrl, UriKind.Absolute, out var host) && manifest?["validDomains"] is var domains && !(domains is JsonArray list && list.Any(d => string.Equals(BotJson.Text(d), host.Host, StringComparison.OrdinalIgnoreCase))))
        {
            yield return $"it is not for '{host.Host}', where BotFramework:PublicUrl leads.";
        }
    }
}

/// <summary>JSON that somebody else wrote.</summary>
file static class BotJson
{
    public static JsonObject? TryRead(string json)
    {
        try
        {
            return JsonNode.Parse(json) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static string Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";
}
