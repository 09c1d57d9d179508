using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Host.Channels.BotFramework.Activities;
using DeEscalationBot.Host.Channels.BotFramework.References;
using DeEscalationBot.Host.Conversations.Storage;
using DeEscalationBot.Host.Conversations.Storage.Sealing;
using Microsoft.EntityFrameworkCore;

namespace DeEscalationBot.Host.Channels.BotFramework.Alerts;

/// <summary>A card of an alert that stands in a conversation of Teams.</summary>
/// <param name="AlertId">The alert.</param>
/// <param name="Place">The key of the place that it was sent to.</param>
/// <param name="Sink">The sink that sent it.</param>
/// <param name="ActivityId">Its id in the channel; empty for one that is being sent, or of which is not known whether it was.</param>
/// <param name="Reference">The conversation that it stands in, with its thread.</param>
/// <param name="Language">Its language.</param>
/// <param name="Shown">The last event of the conversation that it shows.</param>
/// <param name="Called">The last event for which people were called under it.</param>
public sealed record SentCard(string AlertId, string Place, string Sink, string ActivityId, ConversationReference Reference, MessageLanguage Language, long Shown, long Called)
{
    /// <summary>The conversation that it stands in.</summary>
    public string ConversationId => Reference.Conversation?.Id ?? "";

    /// <summary>Whether it is only known that somebody began to send it: it may stand there, and cannot be changed.</summary>
    public bool IsInDoubt => ActivityId.Length == 0;

    /// <summary>Whether others than one person read it.</summary>
    public bool IsShared => Reference.Conversation?.ConversationType != ConversationTypes.Personal;
}

/// <summary>The cards that were sent: each is changed from then on, and never sent again for the same alert to the same place.</summary>
/// <remarks>
/// That one is about to be sent is written before, and what came of it after. A card that was sent while the database is away is kept in memory until it can be written, so that the
/// next try knows of it. After a host that died in between, the next try finds that it had begun: channels have no keys against doubles and do not say what stands in them,
/// so that the card is sent again, and said that it may stand there twice. Safe for concurrent use.
/// </remarks>
/// <param name="contexts">The tables.</param>
/// <param name="writer">Whose turn it is to write.</param>
/// <param name="cipher">Seals and opens references.</param>
/// <param name="clock">The product's clock.</param>
public sealed class SentCards(IDbContextFactory<CoachDbContext> contexts, RecordWriter writer, RecordCipher cipher, TimeProvider clock)
{
    /// <summary>How long a card is known: 90 days, and in any case as long as its alert is open, so that a clock that jumps ahead forgets nothing that somebody may still press. After that its buttons answer that it is too old.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    private const int MaxConversation = 500;
    private readonly ConcurrentDictionary<(string Alert, string Place), SentCard> _unwritten = new();

    /// <summary>Waits until no other node shows an alert at a place, or it could get two cards there.</summary>
    /// <param name="alertId">The alert.</param>
    /// <param name="place">The key of the place.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>What lets the next in; nothing where there is one node.</returns>
    /// <exception cref="RecordUnavailableException">The database is away.</exception>
    public async Task<IAsyncDisposable?> BeAloneAsync(string alertId, string place, CancellationToken cancellationToken)
    {
        try
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            return await db.BeAloneAsync(BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"card {alertId} {place}"))), cancellationToken);
        }
        catch (Exception e) when (DatabaseFailure.IsBehind(e))
        {
            throw new RecordUnavailableException("The cards of alerts cannot be read now.", e);
        }
    }

    /// <summary>The cards of an alert, those in doubt among them.</summary>
    /// <param name="alertId">The alert.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="RecordUnavailableException">The database is away.</exception>
    public async Task<IReadOnlyList<SentCard>> OfAsync(string alertId, CancellationToken cancellationToken)
    {
        foreach (var card in _unwritten.Values.Where(c => c.AlertId == alertId))
        {
            await AddAsync(card);
        }

        try
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            var rows = await db.BotAlertCards.AsNoTracking().Where(r => r.AlertId == alertId).OrderBy(r => r.At).ToListAsync(cancellationToken);
            var key = rows.Count == 0 ? RecordKey.None : await cipher.OfProductAsync(ConversationReferences.SealedFor, cancellationToken);
            return [.. rows.Select(r => new SentCard(
                r.AlertId, r.Place, r.Sink, r.ActivityId, ReferenceOf(key, r), AlertPlace.LanguageOf(r.Language), r.ShownSequence, r.CalledSequence))];
        }
        catch (Exception e) when (DatabaseFailure.IsBehind(e))
        {
            throw new RecordUnavailableException("The cards of alerts cannot be read now.", e);
        }
    }

    /// <summary>The card of an alert that stands in a conversation or one of its threads, or may stand there, or nothing.</summary>
    /// <param name="alertId">The alert.</param>
    /// <param name="conversationId">The conversation's id in Teams.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="RecordUnavailableException">The database is away.</exception>
    public async Task<SentCard?> FindAsync(string alertId, string conversationId, CancellationToken cancellationToken)
    {
        var wanted = ConversationReferences.WithoutThread(conversationId);
        return (await OfAsync(alertId, cancellationToken)).FirstOrDefault(c => ConversationReferences.WithoutThread(c.ConversationId) == wanted);
    }

    /// <summary>A card is about to be sent.</summary>
    /// <param name="card">The card, without an id.</param>
    /// <exception cref="RecordUnavailableException">The database is away.</exception>
    public Task BeginAsync(SentCard card)
    {
        ArgumentNullException.ThrowIfNull(card);
        return WriteAsync(card with { ActivityId = "" });
    }

    /// <summary>A card was sent.</summary>
    /// <param name="card">The card.</param>
    /// <exception cref="RecordUnavailableException">The database is away; the card is kept in memory.</exception>
    public async Task AddAsync(SentCard card)
    {
        ArgumentNullException.ThrowIfNull(card);
        var key = (card.AlertId, card.Place);
        _unwritten[key] = card;
        await WriteAsync(card);
        _unwritten.TryRemove(key, out _);
    }

    /// <summary>A card shows more, or people were called under it.</summary>
    /// <param name="card">The card as it is now.</param>
    /// <exception cref="RecordUnavailableException">The database is away.</exception>
    public Task AdvanceAsync(SentCard card) => writer.InTurnAsync(async () =>
    {
        await using var db = await contexts.CreateDbContextAsync();
        await Of(db, card).ExecuteUpdateAsync(set => set.SetProperty(r => r.ShownSequence, card.Shown).SetProperty(r => r.CalledSequence, card.Called));
    });

    /// <summary>A card is no longer there.</summary>
    /// <param name="card">The card.</param>
    /// <exception cref="RecordUnavailableException">The database is away.</exception>
    public Task RemoveAsync(SentCard card) => writer.InTurnAsync(async () =>
    {
        await using var db = await contexts.CreateDbContextAsync();
        await Of(db, card).ExecuteDeleteAsync();
    });

    /// <summary>The bot was removed from a conversation: what stands there, in it or its threads, is nothing that it could change.</summary>
    /// <param name="activity">The activity that tells of it.</param>
    /// <exception cref="RecordUnavailableException">The database is away.</exception>
    public Task ForgetAsync(Activity activity)
    {
        ArgumentNullException.ThrowIfNull(activity);
        var conversation = ConversationReferences.WithoutThread(activity.Conversation?.Id ?? "");
        if (!IdentifierRules.IsLegal(conversation, MaxConversation))
        {
            return Task.CompletedTask;
        }

        var threads = conversation + ConversationReferences.ThreadMark;
        return writer.InTurnAsync(async () =>
        {
            await using var db = await contexts.CreateDbContextAsync();
            await db.BotAlertCards.Where(r => r.ConversationId == conversation || r.ConversationId.StartsWith(threads)).ExecuteDeleteAsync();
        });
    }

    private async Task WriteAsync(SentCard card)
    {
        var reference = (await cipher.OfProductAsync(ConversationReferences.SealedFor)).Seal(RecordPlace.AlertCard(card.AlertId, card.Place), JsonSerializer.Serialize(card.Reference, ActivityJson.Options));
        await writer.InTurnAsync(async () =>
        {
            await using var db = await contexts.CreateDbContextAsync();
            var now = clock.GetUtcNow();
            var old = now - Kept;
            await db.BotAlertCards.Where(r => (r.At < old && !db.Alerts.Any(a => a.AlertId == r.AlertId && a.IsOpen)) || (r.AlertId == card.AlertId && r.Place == card.Place)).ExecuteDeleteAsync();
            db.BotAlertCards.Add(new BotAlertCardRow
            {
                AlertId = card.AlertId,
                Place = card.Place,
                Sink = card.Sink,
                ConversationId = card.ConversationId,
                ActivityId = card.ActivityId,
                Reference = reference,
                Language = card.Language == MessageLanguage.Spanish ? "es" : "en",
                ShownSequence = card.Shown,
                CalledSequence = card.Called,
                At = now,
            });
            await db.SaveChangesAsync();
        });
    }

    // The product's own key was looked at when the host started: where it does not open a row, the row was changed.
    private static ConversationReference ReferenceOf(RecordKey key, BotAlertCardRow row) =>
        JsonSerializer.Deserialize<ConversationReference>(key.Open(RecordPlace.AlertCard(row.AlertId, row.Place), row.Reference), ActivityJson.Options)!;

    private static IQueryable<BotAlertCardRow> Of(CoachDbContext db, SentCard card) =>
        db.BotAlertCards.Where(r => r.AlertId == card.AlertId && r.Place == card.Place);
}
