using DeEscalationBot.Core.Channels;
using DeEscalationBot.Host.Channels.BotFramework.Alerts;
using DeEscalationBot.Host.Conversations.Storage;
using Microsoft.EntityFrameworkCore;

namespace DeEscalationBot.Host.Channels.BotFramework.Chats;

/// <summary>A customer's chat that an agent answers from a conversation of a channel.</summary>
/// <param name="Conversation">The customer's conversation.</param>
/// <param name="Agent">The agent, as the desk knows them.</param>
/// <param name="ChannelId">The channel where they are shown it.</param>
/// <param name="Place">The id of their conversation in it.</param>
/// <param name="Language">The language of its cards.</param>
/// <param name="Shown">The last event of the customer's conversation that they were shown.</param>
/// <param name="AwaySince">Since when the channel takes nothing, or nothing while it does.</param>
/// <param name="LeftAt">When the customer said that they leave, or nothing.</param>
public sealed record HeldChat(
    ConversationId Conversation, string Agent, string ChannelId, string Place, MessageLanguage Language, long Shown, DateTimeOffset? AwaySince = null, DateTimeOffset? LeftAt = null);

/// <summary>Keeps which agent answers which chat from where, so that a restart forgets none and of several nodes one shows what is new.</summary>
/// <remarks>Whose a chat is says <see cref="ConversationIndex"/>; this says where they are shown it. Safe for concurrent use.</remarks>
/// <param name="contexts">The tables.</param>
/// <param name="writer">Whose turn it is to write.</param>
/// <param name="clock">The product's clock.</param>
public sealed class HeldChats(IDbContextFactory<CoachDbContext> contexts, RecordWriter writer, TimeProvider clock)
{
    // Longer than a message may take with all its tries, so that no other node sends it meanwhile.
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    /// <summary>Who holds a chat; nothing when nobody answers it from a channel.</summary>
    /// <param name="conversation">The chat.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="RecordUnavailableException">The database is away.</exception>
    public async Task<HeldChat?> FindAsync(ConversationId conversation, CancellationToken cancellationToken = default) =>
        (await ReadAsync(rows => rows.Where(r => r.ConversationId == conversation.Value), cancellationToken)).SingleOrDefault();

    /// <summary>The chats that an agent holds, by id.</summary>
    /// <param name="agent">The agent.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="RecordUnavailableException">The database is away.</exception>
    public Task<IReadOnlyList<HeldChat>> ListOfAsync(string agent, CancellationToken cancellationToken = default) => ReadAsync(rows => rows.Where(r => r.AgentId == agent), cancellationToken);

    /// <summary>All of them, by id.</summary>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="RecordUnavailableException">The database is away.</exception>
    public Task<IReadOnlyList<HeldChat>> ListAsync(CancellationToken cancellationToken = default) => ReadAsync(rows => rows, cancellationToken);

    /// <summary>An agent holds a chat from now on, in place of whoever held it.</summary>
    /// <param name="chat">The chat.</param>
    /// <exception cref="RecordUnavailableException">The database is away.</exception>
    public Task HoldAsync(HeldChat chat)
    {
        ArgumentNullException.ThrowIfNull(chat);
        return writer.InTurnAsync(async () =>
        {
            await using var db = await contexts.CreateDbContextAsync();
            await db.BotChats.Where(r => r.ConversationId == chat.Conversation.Value).ExecuteDeleteAsync();
            db.BotChats.Add(new BotChatRow
            {
                ConversationId = chat.Conversation.Value,
                AgentId = chat.Agent,
                ChannelId = chat.ChannelId,
                Place = chat.Place,
                Language = CodeOf(chat.Language),
                Shown = chat.Shown,
            });
            try
            {
                await db.SaveChangesAsync();
            }
            catch (DbUpdateException e) when (db.IsDuplicateKey(e))
            {
                // Taken twice by the same agent at once: whoever else tried was not given the chat.
            }
        });
    }

    /// <summary>Takes it on itself to show what is new of a chat; no other node does meanwhile. Given back by <see cref="FreeAsync"/>, or after two minutes.</summary>
    /// <param name="chat">The chat.</param>
    /// <returns>False when another has it, or nobody holds the chat any more.</returns>
    /// <exception cref="RecordUnavailableException">The database is away.</exception>
    public async Task<bool> TryLeaseAsync(HeldChat chat)
    {
        var now = clock.GetUtcNow();
        DateTimeOffset? until = now + Lease;
        return await ChangeAsync(rows => Of(rows, chat).Where(r => r.LeaseUntil == null || r.LeaseUntil <= now || r.LeaseUntil > until).ExecuteUpdateAsync(set => set.SetProperty(r => r.LeaseUntil, until))) == 1;
    }

    /// <summary>Gives a chat back that was leased.</summary>
    /// <param name="chat">The chat.</param>
    /// <exception cref="RecordUnavailableException">The database is away.</exception>
    public Task FreeAsync(HeldChat chat) => ChangeAsync(rows => Of(rows, chat).ExecuteUpdateAsync(set => set.SetProperty(r => r.LeaseUntil, (DateTimeOffset?)null)));

    /// <summary>The agent was shown a chat up to a place; the lease begins anew.</summary>
    /// <param name="chat">The chat.</param>
    /// <param name="shown">The place.</param>
    /// <exception cref="RecordUnavailableException">The database is away.</exception>
    public Task AdvanceAsync(HeldChat chat, long shown)
    {
        DateTimeOffset? until = clock.GetUtcNow() + Lease;
        return ChangeAsync(rows => Of(rows, chat).Where(r => r.Shown < shown).ExecuteUpdateAsync(set => set.SetProperty(r => r.Shown, shown).SetProperty(r => r.LeaseUntil, until)));
    }

    /// <summary>The channel takes nothing since a time, or takes again.</summary>
    /// <param name="chat">The chat.</param>
    /// <param name="since">Since when; nothing when it takes again.</param>
    /// <exception cref="RecordUnavailableException">The database is away.</exception>
    public Task MarkAwayAsync(HeldChat chat, DateTimeOffset? since) => ChangeAsync(rows => Of(rows, chat).ExecuteUpdateAsync(set => set.SetProperty(r => r.AwaySince, since)));

    /// <summary>The customer leaves a chat, or writes again.</summary>
    /// <param name="conversation">The chat.</param>
    /// <param name="hasLeft">Whether they left.</param>
    /// <returns>Whether somebody holds it, who did not know.</returns>
    /// <exception cref="RecordUnavailableException">The database is away.</exception>
    public async Task<bool> MarkLeftAsync(ConversationId conversation, bool hasLeft)
    {
        DateTimeOffset? at = hasLeft ? clock.GetUtcNow() : null;
        return await ChangeAsync(rows => rows.Where(r => r.ConversationId == conversation.Value && (r.LeftAt != null) != hasLeft).ExecuteUpdateAsync(set => set.SetProperty(r => r.LeftAt, at))) > 0;
    }

    /// <summary>From now on the cards of an agent's chats are in another language.</summary>
    /// <param name="agent">The agent.</param>
    /// <param name="language">The language.</param>
    /// <exception cref="RecordUnavailableException">The database is away.</exception>
    public Task SpeakAsync(string agent, MessageLanguage language)
    {
        var code = CodeOf(language);
        return ChangeAsync(rows => rows.Where(r => r.AgentId == agent).ExecuteUpdateAsync(set => set.SetProperty(r => r.Language, code)));
    }

    /// <summary>The agent is shown a chat no more. Whose it is stays.</summary>
    /// <param name="chat">The chat.</param>
    /// <exception cref="RecordUnavailableException">The database is away.</exception>
    public Task DropAsync(HeldChat chat) => ChangeAsync(rows => Of(rows, chat).ExecuteDeleteAsync());

    private static IQueryable<BotChatRow> Of(IQueryable<BotChatRow> rows, HeldChat chat)
    {
        ArgumentNullException.ThrowIfNull(chat);
        return rows.Where(r => r.ConversationId == chat.Conversation.Value && r.AgentId == chat.Agent);
    }

    private static string CodeOf(MessageLanguage language) => language == MessageLanguage.Spanish ? "es" : "en";

    private async Task<IReadOnlyList<HeldChat>> ReadAsync(Func<IQueryable<BotChatRow>, IQueryable<BotChatRow>> which, CancellationToken cancellationToken)
    {
        try
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            var rows = await which(db.BotChats.AsNoTracking()).OrderBy(r => r.ConversationId).ToListAsync(cancellationToken);
            return [.. rows.Select(r => new HeldChat(ConversationId.Create(r.ConversationId), r.AgentId, r.ChannelId, r.Place, AlertPlace.LanguageOf(r.Language), r.Shown, r.AwaySince, r.LeftAt))];
        }
        catch (Exception e) when (DatabaseFailure.IsBehind(e))
        {
            throw new RecordUnavailableException("The chats that agents hold cannot be read now.", e);
        }
    }

    private async Task<int> ChangeAsync(Func<IQueryable<BotChatRow>, Task<int>> change)
    {
        var changed = 0;
        await writer.InTurnAsync(async () =>
        {
            await using var db = await contexts.CreateDbContextAsync();
            changed = await change(db.BotChats);
        });
        return changed;
    }
}
