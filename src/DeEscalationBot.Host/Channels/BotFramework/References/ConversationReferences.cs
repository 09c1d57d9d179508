using System.Collections.Concurrent;
using System.Text.Json;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Host.Channels.BotFramework.Activities;
using DeEscalationBot.Host.Channels.BotFramework.Connector;
using DeEscalationBot.Host.Conversations.Storage;
using DeEscalationBot.Host.Conversations.Storage.Sealing;
using Microsoft.EntityFrameworkCore;

namespace DeEscalationBot.Host.Channels.BotFramework.References;

/// <summary>Where the bot may go on with conversations by itself.</summary>
/// <remarks>
/// What is remembered comes from activities that were authenticated, and from no others; a connector that may not be called is not
/// remembered. Written only when something changed. Safe for concurrent use.
/// </remarks>
/// <param name="contexts">The tables.</param>
/// <param name="writer">Whose turn it is to write.</param>
/// <param name="cipher">Seals and opens references.</param>
/// <param name="policy">Which connectors may be called.</param>
/// <param name="clock">The product's clock.</param>
public sealed class ConversationReferences(IDbContextFactory<CoachDbContext> contexts, RecordWriter writer, RecordCipher cipher, ServiceUrlPolicy policy, TimeProvider clock)
{
    /// <summary>What stands between a channel's id in Teams and the thread in it.</summary>
    public const string ThreadMark = ";messageid=";

    /// <summary>What references are sealed for: they name people of the desk, never customers.</summary>
    internal const string SealedFor = "bot";

    private const int MostKnown = 10_000;
    private const int MaxShort = 100;
    private const int MaxConversation = 500;

    // Another node may forget a conversation: so long at most does this one believe that it is still written.
    private static readonly TimeSpan BelievedFor = TimeSpan.FromMinutes(5);
    private readonly ConcurrentDictionary<Key, (string Reference, DateTimeOffset At)> _known = new();

    /// <summary>Remembers the conversation of an activity.</summary>
    /// <param name="activity">An activity that was authenticated.</param>
    /// <exception cref="RecordUnavailableException">The database is away.</exception>
    public async Task RememberAsync(Activity activity)
    {
        ArgumentNullException.ThrowIfNull(activity);
        if (!activity.MayBeReferredTo || KeyOf(activity) is not { } key || policy.BaseOf(activity.ServiceUrl) is null)
        {
            return;
        }

        // What changes with each activity is no part of it.
        var reference = JsonSerializer.Serialize(activity.Reference with { ActivityId = null, User = WhoIsSpokenTo(activity) }, ActivityJson.Options);
        var now = clock.GetUtcNow();
        if (_known.TryGetValue(key, out var known) && known.Reference == reference && (now - known.At).Duration() < BelievedFor)
        {
            return;
        }

        var type = Short(activity.Conversation?.ConversationType, 50) ?? "";
        var user = type == ConversationTypes.Personal ? Short(activity.From?.AadObjectId, MaxShort) ?? "" : "";
        var team = TeamOf(activity);
        var sealedReference = (await cipher.OfProductAsync(SealedFor)).Seal(RecordPlace.BotConversation(key.Tenant, key.Channel, key.Conversation), reference);
        await writer.InTurnAsync(async () =>
        {
            await using var db = await contexts.CreateDbContextAsync();
            var row = await db.BotConversations.SingleOrDefaultAsync(r => r.TenantId == key.Tenant && r.ChannelId == key.Channel && r.ConversationId == key.Conversation);
            if (row is null)
            {
                db.BotConversations.Add(new BotConversationRow
                {
                    TenantId = key.Tenant,
                    ChannelId = key.Channel,
                    ConversationId = key.Conversation,
                    ConversationType = type,
                    UserDirectoryId = user,
                    TeamId = team,
                    Reference = sealedReference,
                    SeenAt = clock.GetUtcNow(),
                });
            }
            else
            {
                (row.ConversationType, row.UserDirectoryId, row.TeamId, row.Reference, row.SeenAt) = (type, user, team, sealedReference, clock.GetUtcNow());
            }

            try
            {
                await db.SaveChangesAsync();
            }
            catch (DbUpdateException e) when (db.IsDuplicateKey(e))
            {
                // Another node was first; the next activity brings it up to date.
            }
        });
        if (_known.Count >= MostKnown)
        {
            _known.Clear();
        }

        _known[key] = (reference, now);
    }

    /// <summary>Forgets the conversation of an activity: the bot was removed from it. Of a team everything is forgotten, its channels and their threads.</summary>
    /// <param name="activity">An activity that was authenticated.</param>
    /// <exception cref="RecordUnavailableException">The database is away.</exception>
    public async Task ForgetAsync(Activity activity)
    {
        ArgumentNullException.ThrowIfNull(activity);
        if (KeyOf(activity) is not { } key)
        {
            return;
        }

        _known.Clear();
        var (channel, team) = (WithoutThread(key.Conversation), TeamOf(activity));
        await writer.InTurnAsync(async () =>
        {
            await using var db = await contexts.CreateDbContextAsync();
            await db.BotConversations
                .Where(r => r.TenantId == key.Tenant && r.ChannelId == key.Channel
                    && (r.ConversationId == channel || r.ConversationId.StartsWith(channel + ThreadMark) || (team != "" && r.TeamId == team)))
                .ExecuteDeleteAsync();
        });
    }

    /// <summary>The personal conversation with a person, or nothing when the bot is not installed for them.</summary>
    /// <param name="channelId">The channel.</param>
    /// <param name="tenantId">The organisation, or nothing.</param>
    /// <param name="directoryId">The person's id in the directory.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="RecordUnavailableException">The database is away.</exception>
    public Task<ConversationReference?> FindPersonalAsync(string channelId, string? tenantId, string directoryId, CancellationToken cancellationToken = default)
    {
        var tenant = tenantId ?? "";
        return FindAsync(
            rows => rows.Where(r => r.UserDirectoryId == directoryId && r.ChannelId == channelId && r.TenantId == tenant && r.ConversationType == ConversationTypes.Personal), cancellationToken);
    }

    /// <summary>The personal conversation with a person of whatever organisation, or nothing when the bot is not installed for them. Ids of the directory are unique among all.</summary>
    /// <param name="channelId">The channel.</param>
    /// <param name="directoryId">The person's id in the directory.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="RecordUnavailableException">The database is away.</exception>
    public Task<ConversationReference?> FindPersonalAsync(string channelId, string directoryId, CancellationToken cancellationToken = default) =>
        FindAsync(rows => rows.Where(r => r.UserDirectoryId == directoryId && r.ChannelId == channelId && r.ConversationType == ConversationTypes.Personal), cancellationToken);

    /// <summary>A conversation in a team's channel: the channel itself, or one of its threads; else any in a team, whose connector and bot are the same. Nothing when the bot is in no team.</summary>
    /// <param name="teamsChannelId">The channel's id in Teams.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="RecordUnavailableException">The database is away.</exception>
    public async Task<ConversationReference?> FindForTeamsChannelAsync(string teamsChannelId, CancellationToken cancellationToken = default) =>
        await FindAsync(
            rows => rows.Where(r => r.ChannelId == ChannelIds.Teams && (r.ConversationId == teamsChannelId || r.ConversationId.StartsWith(teamsChannelId + ThreadMark))), cancellationToken)
        ?? await FindAsync(rows => rows.Where(r => r.ChannelId == ChannelIds.Teams && r.ConversationType == ConversationTypes.Channel), cancellationToken);

    /// <summary>The conversation with an id, or nothing.</summary>
    /// <param name="channelId">The channel.</param>
    /// <param name="conversationId">The conversation's id in the channel.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="RecordUnavailableException">The database is away.</exception>
    public Task<ConversationReference?> FindAsync(string channelId, string conversationId, CancellationToken cancellationToken = default) =>
        FindAsync(rows => rows.Where(r => r.ChannelId == channelId && r.ConversationId == conversationId), cancellationToken);

    private async Task<ConversationReference?> FindAsync(Func<IQueryable<BotConversationRow>, IQueryable<BotConversationRow>> which, CancellationToken cancellationToken)
    {
        try
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            var row = await which(db.BotConversations.AsNoTracking()).OrderByDescending(r => r.SeenAt).FirstOrDefaultAsync(cancellationToken);
            return row is null
                ? null
                : JsonSerializer.Deserialize<ConversationReference>(
                    (await cipher.OfProductAsync(SealedFor, cancellationToken)).Open(RecordPlace.BotConversation(row.TenantId, row.ChannelId, row.ConversationId), row.Reference), ActivityJson.Options);
        }
        catch (RecordKeyException)
        {
            return null; // As if it were not known: the next activity of the conversation writes it anew.
        }
        catch (Exception e) when (DatabaseFailure.IsBehind(e))
        {
            throw new RecordUnavailableException("The conversations of channels cannot be read now.", e);
        }
    }

    /// <summary>The id of a conversation of Teams without the thread in it: of a channel's thread, the channel's.</summary>
    /// <param name="conversationId">The conversation's id in the channel.</param>
    public static string WithoutThread(string conversationId)
    {
        ArgumentNullException.ThrowIfNull(conversationId);
        var thread = conversationId.IndexOf(ThreadMark, StringComparison.Ordinal);
        return thread < 0 ? conversationId : conversationId[..thread];
    }

    /// <summary>The team that an activity comes from; empty where it comes from none.</summary>
    /// <param name="activity">The activity.</param>
    public static string TeamOf(Activity activity) =>
        Short(ActivityJson.TryRead<TeamsChannelData>((activity ?? throw new ArgumentNullException(nameof(activity))).ChannelData)?.Team?.Id, MaxConversation) ?? "";

    // In a group it is not one person that is spoken to.
    private static ChannelAccount? WhoIsSpokenTo(Activity activity) =>
        activity.Conversation?.ConversationType is null or ConversationTypes.Personal ? activity.From : null;

    private static Key? KeyOf(Activity activity)
    {
        var tenant = Short(activity.Conversation?.TenantId ?? ActivityJson.TryRead<TeamsChannelData>(activity.ChannelData)?.Tenant?.Id ?? "", MaxShort);
        var channel = Short(activity.ChannelId, MaxShort);
        return tenant is not null && channel is { Length: > 0 } && IdentifierRules.IsLegal(activity.Conversation?.Id, MaxConversation)
            ? new Key(tenant, channel, activity.Conversation!.Id!)
            : null;
    }

    private static string? Short(string? value, int max) => value is { Length: 0 } || IdentifierRules.IsLegal(value, max) ? value : null;

    private readonly record struct Key(string Tenant, string Channel, string Conversation);
}
