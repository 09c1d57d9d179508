using DeEscalationBot.Core.Channels;
using DeEscalationBot.Host.Channels.BotFramework.Activities;
using DeEscalationBot.Host.Channels.BotFramework.References;
using DeEscalationBot.Host.Conversations.Storage;
using Microsoft.EntityFrameworkCore;

namespace DeEscalationBot.Host.Channels.BotFramework.Alerts;

/// <summary>A place that a supervisor chose in Teams.</summary>
/// <param name="TenantId">The organisation; empty when the channel does not say it.</param>
/// <param name="Place">The place.</param>
/// <param name="Since">When it was chosen.</param>
public sealed record ChosenPlace(string TenantId, AlertPlace Place, DateTimeOffset Since);

/// <summary>The places that supervisors chose in Teams, as they chose them. Which of them hold is said by <see cref="PlacesInForce"/>.</summary>
/// <remarks>Safe for concurrent use.</remarks>
/// <param name="contexts">The tables.</param>
/// <param name="writer">Whose turn it is to write.</param>
/// <param name="clock">The product's clock.</param>
public sealed class ChosenPlaces(IDbContextFactory<CoachDbContext> contexts, RecordWriter writer, TimeProvider clock)
{
    private const int MaxTenant = 100;
    private const int MaxConversation = 500;

    /// <summary>All of them, oldest first.</summary>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="RecordUnavailableException">The database is away.</exception>
    public async Task<IReadOnlyList<ChosenPlace>> ReadAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            var rows = await db.BotAlertPlaces.AsNoTracking().OrderBy(r => r.At).ThenBy(r => r.ConversationId).ToListAsync(cancellationToken);
            return [.. rows.Select(r => new ChosenPlace(
                r.TenantId,
                new AlertPlace(
                    r.ConversationType == ConversationTypes.Channel ? AlertPlaceKind.Channel : AlertPlaceKind.Chat,
                    r.ConversationId,
                    AlertPlace.LanguageOf(r.Language),
                    r.ConversationType != ConversationTypes.Personal),
                r.At))];
        }
        catch (Exception e) when (DatabaseFailure.IsBehind(e))
        {
            throw new RecordUnavailableException("The places of alerts cannot be read now.", e);
        }
    }

    /// <summary>From now on alerts appear where an activity comes from.</summary>
    /// <param name="activity">The activity of a supervisor.</param>
    /// <param name="language">The language of the cards there.</param>
    /// <returns>False when its ids cannot be kept.</returns>
    /// <exception cref="RecordUnavailableException">The database is away.</exception>
    public async Task<bool> AddAsync(Activity activity, MessageLanguage language)
    {
        ArgumentNullException.ThrowIfNull(activity);
        if (KeyOf(activity) is not (var tenant, var conversation))
        {
            return false;
        }

        await writer.InTurnAsync(async () =>
        {
            await using var db = await contexts.CreateDbContextAsync();
            await db.BotAlertPlaces.Where(r => r.TenantId == tenant && r.ConversationId == conversation).ExecuteDeleteAsync();
            db.BotAlertPlaces.Add(new BotAlertPlaceRow
            {
                TenantId = tenant,
                ConversationId = conversation,
                ConversationType = activity.Conversation?.ConversationType switch
                {
                    ConversationTypes.Channel => ConversationTypes.Channel,
                    ConversationTypes.GroupChat => ConversationTypes.GroupChat,
                    _ => ConversationTypes.Personal,
                },
                TeamId = ConversationReferences.TeamOf(activity),
                Language = language == MessageLanguage.Spanish ? "es" : "en",
                At = clock.GetUtcNow(),
            });
            try
            {
                await db.SaveChangesAsync();
            }
            catch (DbUpdateException e) when (db.IsDuplicateKey(e))
            {
                // Two asked at once: it is chosen.
            }
        });
        return true;
    }

    /// <summary>No alerts any more where an activity comes from.</summary>
    /// <param name="activity">The activity.</param>
    /// <returns>False when there were none.</returns>
    /// <exception cref="RecordUnavailableException">The database is away.</exception>
    public async Task<bool> RemoveAsync(Activity activity)
    {
        return KeyOf(activity) is (var tenant, var conversation)
            && await RemoveAsync(rows => rows.Where(r => r.TenantId == tenant && r.ConversationId == conversation)) > 0;
    }

    /// <summary>No alerts any more at a place.</summary>
    /// <param name="place">The place.</param>
    /// <returns>False when it was chosen no more.</returns>
    /// <exception cref="RecordUnavailableException">The database is away.</exception>
    public async Task<bool> RemoveAsync(ChosenPlace place)
    {
        ArgumentNullException.ThrowIfNull(place);
        return await RemoveAsync(rows => rows.Where(r => r.TenantId == place.TenantId && r.ConversationId == place.Place.Id)) > 0;
    }

    /// <summary>The bot was removed from where an activity comes from, of a team with all its channels.</summary>
    /// <param name="activity">The activity.</param>
    /// <exception cref="RecordUnavailableException">The database is away.</exception>
    public Task ForgetAsync(Activity activity)
    {
        if (KeyOf(activity) is not (var tenant, var conversation))
        {
            return Task.CompletedTask;
        }

        var team = ConversationReferences.TeamOf(activity);
        return RemoveAsync(rows => rows.Where(r => r.TenantId == tenant && (r.ConversationId == conversation || (team != "" && r.TeamId == team))));
    }

    // Nothing for ids that cannot be kept.
    private static (string Tenant, string Conversation)? KeyOf(Activity activity)
    {
        ArgumentNullException.ThrowIfNull(activity);
        var tenant = activity.Conversation?.TenantId ?? ActivityJson.TryRead<TeamsChannelData>(activity.ChannelData)?.Tenant?.Id ?? "";
        var conversation = ConversationReferences.WithoutThread(activity.Conversation?.Id ?? "");
        return (tenant.Length == 0 || IdentifierRules.IsLegal(tenant, MaxTenant)) && IdentifierRules.IsLegal(conversation, MaxConversation) ? (tenant, conversation) : null;
    }

    private async Task<int> RemoveAsync(Func<IQueryable<BotAlertPlaceRow>, IQueryable<BotAlertPlaceRow>> which)
    {
        var removed = 0;
        await writer.InTurnAsync(async () =>
        {
            await using var db = await contexts.CreateDbContextAsync();
            removed = await which(db.BotAlertPlaces).ExecuteDeleteAsync();
        });
        return removed;
    }
}
