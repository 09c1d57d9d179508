using System.Data.Common;
using System.Globalization;
using System.Net.Http.Headers;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Pipeline;
using DeEscalationBot.Core.Scoring;
using DeEscalationBot.Host.Conversations.Storage;
using DeEscalationBot.Host.Delivery;
using DeEscalationBot.Host.Delivery.SelfTest;
using DeEscalationBot.Host.Hosting.Settings;
using DeEscalationBot.Plugin.LanguageModel;
using DeEscalationBot.Plugin.Scoring.AzureLanguage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace DeEscalationBot.Host.Hosting.Doctor;

/// <summary>Whether something is set that nobody reads: a name that was mistyped.</summary>
/// <param name="configuration">The settings.</param>
internal sealed class SettingNamesCheck(IConfiguration configuration) : IDoctorCheck
{
    public string Name => "setting names";

    public Task<IReadOnlyList<DoctorFinding>> LookAsync(CancellationToken cancellationToken)
    {
        var complaints = SettingNames.Complaints(configuration);
        return Task.FromResult<IReadOnlyList<DoctorFinding>>(complaints.Count == 0 ? [DoctorFinding.Ok("all of them are known.")] : [.. complaints.Select(DoctorFinding.Warning)]);
    }
}

/// <summary>Whether the addresses are free, and if not, that this may be the host itself.</summary>
/// <param name="configuration">The settings.</param>
internal sealed class AddressCheck(IConfiguration configuration) : IDoctorCheck
{
    public string Name => "address";

    public Task<IReadOnlyList<DoctorFinding>> LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            ListeningAddresses.CheckFree(configuration);
            return Task.FromResult<IReadOnlyList<DoctorFinding>>([DoctorFinding.Ok("nothing listens there yet.")]);
        }
        catch (StartRefusedException e)
        {
            return Task.FromResult<IReadOnlyList<DoctorFinding>>([DoctorFinding.Warning($"{e.Message} If that program is this host, all is well.")]);
        }
    }
}

/// <summary>Whether the folder of the data can be written, has room, and is for its owner alone.</summary>
/// <param name="options">Where it is.</param>
/// <param name="configuration">Where the database is, when it lies elsewhere.</param>
internal sealed class DiskCheck(IOptions<StorageOptions> options, IConfiguration configuration) : IDoctorCheck
{
    // A busy desk writes some hundred megabytes a month; below this somebody should look before it is full.
    private const long LittleRoom = 1L << 30;
    private const UnixFileMode ForOthers = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    public string Name => "disk";

    public Task<IReadOnlyList<DoctorFinding>> LookAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<DoctorFinding>>([.. Folders().SelectMany(Look)]);

    // A database file of its own may lie on another disk.
    private IEnumerable<string> Folders()
    {
        var folder = Path.GetFullPath(options.Value.DataDirectory);
        yield return folder;
        var elsewhere = new DbConnectionStringBuilder { ConnectionString = configuration.GetConnectionString(StorageOptions.ConnectionName) ?? "" };
        if (options.Value.Provider == StorageProvider.Sqlite && elsewhere.TryGetValue("Data Source", out var file) && Path.GetDirectoryName(Path.GetFullPath((string)file)) is { } own && own != folder)
        {
            yield return own;
        }
    }

    private static IEnumerable<DoctorFinding> Look(string folder)
    {
        var existing = folder;
        while (!Directory.Exists(existing))
        {
            existing = Path.GetDirectoryName(existing)!;
        }

        var room = new DriveInfo(existing).AvailableFreeSpace;
        var left = string.Create(CultureInfo.InvariantCulture, $"{room / 1e9:0.0} GB are free at '{folder}'");
        yield return room < LittleRoom ? DoctorFinding.Warning(left + ": make room before the record cannot be written.") : DoctorFinding.Ok(left + ".");
        if (existing != folder)
        {
            yield return DoctorFinding.Ok("the folder does not exist yet; the host makes it at its first start.");
        }
        else if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(folder) & ForOthers) != 0)
        {
            yield return DoctorFinding.Warning($"other users of this machine can read or write '{folder}', which holds what customers wrote. Take their rights away: chmod 700.");
        }

        var probe = Path.Combine(existing, $".doctor-{Guid.NewGuid():N}");
        DoctorFinding? refusal = null;
        try
        {
            using (File.Create(probe, 1, FileOptions.DeleteOnClose))
            {
                // That it could be made is all that was asked.
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            refusal = DoctorFinding.Failed($"this user cannot write to '{existing}': {e.Message} Set Storage:DataDirectory to a folder that it may write.");
        }

        if (refusal is not null)
        {
            yield return refusal;
        }
    }
}

/// <summary>Whether the database answers, is of this version, and goes by the same time.</summary>
/// <param name="services">Gives the database, which may refuse.</param>
/// <param name="clock">The product's clock.</param>
internal sealed class DatabaseCheck(IServiceProvider services, TimeProvider clock) : IDoctorCheck
{
    // Leases and due times are compared across nodes: what differs by more makes alerts late.
    private static readonly TimeSpan MostDifference = TimeSpan.FromSeconds(30);

    public string Name => "database";

    public async Task<IReadOnlyList<DoctorFinding>> LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var db = await services.GetRequiredService<IDbContextFactory<CoachDbContext>>().CreateDbContextAsync(cancellationToken);
            await RecordStorage.RefuseNewerAsync(db, cancellationToken);
            var pending = (await db.Database.GetPendingMigrationsAsync(cancellationToken)).Count();
            if (pending > 0)
            {
                return [DoctorFinding.Ok("it answers; the host brings its tables up to date when it starts. Make a backup before.")];
            }

            var (conversations, last) = (await db.Summaries.CountAsync(cancellationToken), await db.Summaries.MaxAsync(s => (DateTimeOffset?)s.LastRecordedAt, cancellationToken));
            var finding = DoctorFinding.Ok(string.Create(CultureInfo.InvariantCulture, $"it answers and is of this version; {conversations} conversations."));
            var now = clock.GetUtcNow();
            if (await db.ReadClockAsync(cancellationToken) - now is { } difference && difference.Duration() > MostDifference)
            {
                return [finding, DoctorFinding.Failed(string.Create(CultureInfo.InvariantCulture, $"the database's clock differs from this machine's by {difference.TotalSeconds:0} seconds. Alerts would come at the wrong time: set both by NTP."))];
            }

            return last - now > MostDifference
                ? [finding, DoctorFinding.Warning("something was recorded later than it is now by this machine's clock. The clock is behind, or was ahead at some time: look at it.")]
                : [finding];
        }
        catch (StartRefusedException e) when (e.Code == ErrorCodes.RecordNotOpened)
        {
            return [DoctorFinding.Ok($"there is none yet; the host makes it at its first start. ({e.Message})")];
        }
        catch (Exception e) when (e is StartRefusedException || DatabaseFailure.IsBehind(e))
        {
            return [DoctorFinding.Failed(e is StartRefusedException ? e.Message : $"it does not answer: {e.Message} Look at ConnectionStrings:Coach and Storage:Provider.")];
        }
    }
}

/// <summary>Whether playbook and model can be read.</summary>
/// <param name="services">Gives them, or refuses.</param>
internal sealed class KnowledgeCheck(IServiceProvider services) : IDoctorCheck
{
    public string Name => "knowledge";

    public Task<IReadOnlyList<DoctorFinding>> LookAsync(CancellationToken cancellationToken)
    {
        services.GetRequiredService<ConversationTurnPipeline>();
        return Task.FromResult<IReadOnlyList<DoctorFinding>>(
            [services.GetRequiredService<IUtteranceScorer>().Score("ok").Origin == ScoreOrigin.Model
                ? DoctorFinding.Ok("playbook and model are read.")
                : DoctorFinding.Warning("no trained model is in use: scores come from the signals alone. Restore models/frustration.zip or set Model:Path.")]);
    }
}

/// <summary>Whether alerts leave the console, and what will soon keep them from it. Sends nothing.</summary>
/// <param name="sinks">Where they go.</param>
/// <param name="test">Knows what will soon fail.</param>
internal sealed class SinkCheck(SinkSet sinks, SinkSelfTest test) : IDoctorCheck
{
    public string Name => "alerts";

    public Task<IReadOnlyList<DoctorFinding>> LookAsync(CancellationToken cancellationToken)
    {
        if (sinks.All.Count == 0)
        {
            return Task.FromResult<IReadOnlyList<DoctorFinding>>([DoctorFinding.Warning("alerts are shown in the console only, and nobody who does not look there is told. Set Webhooks:0:Url or Mail:Host.")]);
        }

        var warnings = test.Warnings();
        return Task.FromResult<IReadOnlyList<DoctorFinding>>(
            [DoctorFinding.Ok($"sent to {string.Join(", ", sinks.All.Select(s => s.Name))}. 'self-test' sends a marked alert to each."), .. warnings.Select(DoctorFinding.Warning)]);
    }
}

/// <summary>Whether the language model answers and takes the key, when there is one.</summary>
/// <param name="options">Where it is.</param>
/// <param name="clients">Makes clients.</param>
internal sealed class LanguageModelCheck(IOptions<LanguageModelOptions> options, IHttpClientFactory clients) : IDoctorCheck
{
    public string Name => "language model";

    public async Task<IReadOnlyList<DoctorFinding>> LookAsync(CancellationToken cancellationToken)
    {
        var settings = options.Value;
        if (!settings.Enabled)
        {
            return [DoctorFinding.Ok("none is set; the product's own words are used, and nothing leaves the machine.")];
        }

        // Every service of this kind lists its models; asking for the list costs nothing.
        using var request = new HttpRequestMessage(HttpMethod.Get, settings.Endpoint.TrimEnd('/') + "/models");
        if (settings.ApiKey.Length > 0)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", settings.ApiKey);
        }

        try
        {
            using var client = clients.CreateClient();
            client.Timeout = settings.AttemptTimeout;
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return (int)answer.StatusCode switch
            {
                401 or 403 => [DoctorFinding.Failed($"the service refuses the key ({(int)answer.StatusCode}). Look at LanguageModel:ApiKey; until then the product's own words are used.")],
                >= 500 => [DoctorFinding.Failed($"the service answers {(int)answer.StatusCode}; until it recovers the product's own words are used.")],
                _ => [DoctorFinding.Ok($"the service at {request.RequestUri!.Authority} answers.")],
            };
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return [DoctorFinding.Failed($"the service at {request.RequestUri!.Authority} cannot be reached: {e.Message} Look at LanguageModel:Endpoint; until then the product's own words are used.")];
        }
    }
}

/// <summary>Whether Azure AI Language answers and takes the key or the identity, when it is switched on. Sends one sentence of our own.</summary>
/// <param name="options">Where it is.</param>
/// <param name="services">Gives who asks it, when it is switched on.</param>
internal sealed class SentimentCheck(IOptions<AzureLanguageOptions> options, IServiceProvider services) : IDoctorCheck
{
    public string Name => "azure language";

    public async Task<IReadOnlyList<DoctorFinding>> LookAsync(CancellationToken cancellationToken)
    {
        if (services.GetService<ISentimentReader>() is not { } reader)
        {
            return [DoctorFinding.Ok("off; no message leaves the machine for it.")];
        }

        var host = new Uri(options.Value.Endpoint).Authority;
        var answer = (await reader.ReadAsync([new SentimentQuestion("The parcel has arrived.", MessageLanguage.English)], cancellationToken))[0];
        return [answer.Failure is not { } failure
            ? DoctorFinding.Ok($"{host} answers (model {answer.Reading!.ModelVersion}); it is used as {options.Value.Mode}. Customers' messages are sent there.")
            : DoctorFinding.Failed(failure switch
            {
                OpinionFailure.Refused => options.Value.UseEntra
                    ? $"{host} refuses the identity. Give it the role 'Cognitive Services Language Reader' on the resource, or set AzureLanguage:Key."
                    : $"{host} refuses the key. Copy one again from 'Keys and Endpoint' of the resource, and set AzureLanguage:Key.",
                OpinionFailure.TooLate => $"{host} does not answer in time. Is the resource in a region near this host? AzureLanguage:ReplacementDeadline and AttemptTimeout say how long is waited.",
                OpinionFailure.Throttled => $"{host} asks for a pause: the resource's tier allows no more requests at the moment.",
                OpinionFailure.Rejected => $"{host} does not know what it is asked. Is AzureLanguage:Endpoint that of a resource of the kind 'Language'? Does AzureLanguage:ModelVersion exist?",
                OpinionFailure.Unreadable => $"{host} answers, but not as Azure AI Language does. Look at AzureLanguage:Endpoint.",
                _ => $"{host} cannot be reached, or fails. Look at AzureLanguage:Endpoint, and at the way out on port 443.",
            } + " Until then messages are scored by our own model.")];
    }
}
