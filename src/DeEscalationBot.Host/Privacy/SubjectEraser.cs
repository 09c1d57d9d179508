using System.Text.Json;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Conversations;
using DeEscalationBot.Core.Escalation;
using DeEscalationBot.Host.Cases;
using DeEscalationBot.Host.Cases.Storage;
using DeEscalationBot.Host.Conversations;
using DeEscalationBot.Host.Conversations.Storage;
using DeEscalationBot.Host.Conversations.Storage.Sealing;
using DeEscalationBot.Host.Privacy.Audit;
using DeEscalationBot.Host.Reports;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace DeEscalationBot.Host.Privacy;

/// <summary>Hears that conversations were erased, to forget what it holds of them in memory.</summary>
public interface IErasureListener
{
    /// <summary>Forgets. Must not fail when there is nothing to forget; may be told twice.</summary>
    /// <param name="conversations">The conversations.</param>
    /// <param name="cancellationToken">Stops.</param>
    Task ErasedAsync(IReadOnlyList<ConversationId> conversations, CancellationToken cancellationToken);
}

/// <summary>What is kept of a customer.</summary>
/// <param name="Conversations">Their conversations.</param>
/// <param name="Records">Their record outside conversations, and their cases.</param>
public sealed record SubjectFound(IReadOnlyList<ConversationId> Conversations, int Records)
{
    /// <summary>Whether nothing is.</summary>
    public bool IsNothing => Conversations.Count == 0 && Records == 0;
}

/// <summary>Erases what is kept of a customer: destroys the keys, and deletes the rows that they opened.</summary>
/// <remarks>
/// <para>
/// Each conversation goes in one transaction that first marks its row, which every writer changes, too: a message that comes at the same time is either recorded before
/// and erased with the rest, or refused with <see cref="ConversationErasedException"/>. The mark stays, so that the id is never used again and reports still count.
/// </para>
/// <para>The customer's record and cases go in one transaction with their key; what reports count stays under an id that nobody knows (<see cref="CaseEraser"/>).</para>
/// <para>Erasing twice, or somebody unknown, is no error: the receipt says that nothing was found. Safe for concurrent use.</para>
/// </remarks>
/// <param name="contexts">The database.</param>
/// <param name="writer">Whose turn it is to write.</param>
/// <param name="cipher">The keys.</param>
/// <param name="log">The record.</param>
/// <param name="cases">Erases customers' records and cases.</param>
/// <param name="settings">Where hot begins and calm is, for what reports keep.</param>
/// <param name="audit">Writes down that it was done.</param>
/// <param name="listeners">Who holds something in memory.</param>
/// <param name="clock">The product's clock.</param>
public sealed class SubjectEraser(
    IDbContextFactory<CoachDbContext> contexts,
    RecordWriter writer,
    RecordCipher cipher,
    ConversationLog log,
    CaseEraser cases,
    IOptions<EscalationSettings> settings,
    AuditLog audit,
    IEnumerable<IErasureListener> listeners,
    TimeProvider clock)
{
    private const int MostAttempts = 5;

    private readonly IErasureListener[] _listeners = [.. listeners];

    /// <summary>Erases a customer: all conversations that were ever theirs, their record and their cases, whole.</summary>
    /// <param name="customerId">The customer as the desk knows them.</param>
    /// <param name="by">Who asks for it.</param>
    /// <exception cref="RecordUnavailableException">The database is away. What was erased before stays erased; ask again.</exception>
    public async Task<ErasureReceipt> EraseCustomerAsync(string customerId, string by)
    {
        ArgumentException.ThrowIfNullOrEmpty(customerId);
        var subject = await cipher.SubjectOfAsync(customerId);
        var erased = ErasedCounts.None;

        // Again until nothing is found: a conversation may have begun meanwhile.
        while (await FindAsync(subject, customerId) is { Count: > 0 } found)
        {
            erased = erased.Plus(await EraseAllAsync(found));
        }

        while (await EraseRecordAsync(customerId, KeyOwner.Customer(subject)) is var more && more != ErasedCounts.None)
        {
            erased = erased.Plus(more);
        }

        return await FinishAsync(erased, by, ErasureReason.Request);
    }

    /// <summary>Erases conversations that have become old enough, unless somebody has written in them since they were found.</summary>
    /// <param name="conversations">The conversations, at least one.</param>
    /// <param name="before">The instant before which they must have been recorded last.</param>
    /// <param name="by">Who does it.</param>
    /// <param name="failed">Hears of each that could not be erased now; the others go on.</param>
    /// <returns>The receipt, or nothing when nothing was erased. Its files are not cleared: <see cref="ClearAsync"/> does that once for many.</returns>
    /// <exception cref="RecordUnavailableException">The database is away. What was erased before stays erased.</exception>
    public async Task<ErasureReceipt?> EraseOldAsync(IReadOnlyList<ConversationId> conversations, DateTimeOffset before, string by, Action<ConversationId, Exception> failed) =>
        await EraseAllAsync(conversations, before, failed) is { Conversations: > 0 } erased ? await WriteReceiptAsync(erased, by, ErasureReason.Retention) : null;

    /// <summary>The conversations that are there, were recorded last before an instant, and in which nobody has to do anything.</summary>
    /// <param name="db">The tables.</param>
    /// <param name="before">The instant.</param>
    internal static IQueryable<ConversationSummaryRow> OldIn(CoachDbContext db, DateTimeOffset before) => db.Summaries
        .Where(s => s.ErasedAt == null && s.LastRecordedAt < before && s.OpenAlerts == 0)
        .Where(s => !db.FollowUps.Any(f => f.ConversationId == s.ConversationId && f.State == FollowUpState.Open));

    /// <summary>Clears the database's own files of what was deleted, and writes it on the receipts.</summary>
    /// <param name="receipts">The receipts of what was deleted.</param>
    /// <returns>Whether they are clear; they are not while somebody else uses the database, or when there is no room for it. The next time clears them.</returns>
    public async Task<bool> ClearAsync(IReadOnlyList<ErasureReceipt> receipts)
    {
        ArgumentNullException.ThrowIfNull(receipts);
        try
        {
            var isCleared = false;
            await writer.InTurnAsync(async () =>
            {
                await using var db = await contexts.CreateDbContextAsync();
                isCleared = await db.ClearDeletedAsync(CancellationToken.None);
                foreach (var receipt in isCleared ? receipts : [])
                {
                    var json = (receipt with { FilesCleared = true }).ToJson();
                    await db.Erasures.Where(e => e.ReceiptId == receipt.Id).ExecuteUpdateAsync(set => set.SetProperty(e => e.Receipt, json));
                }
            });
            return isCleared;
        }
        catch (RecordUnavailableException)
        {
            return false;
        }
    }

    /// <summary>The receipts, newest first.</summary>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="RecordUnavailableException">The database cannot be read.</exception>
    public Task<IReadOnlyList<ErasureReceipt>> ListReceiptsAsync(int limit, CancellationToken cancellationToken = default) => ReadAsync<IReadOnlyList<ErasureReceipt>>(async db =>
        [.. (await db.Erasures.AsNoTracking().OrderByDescending(e => e.At).ThenBy(e => e.ReceiptId).Take(limit).ToListAsync(cancellationToken)).Select(e => ErasureReceipt.FromJson(e.Receipt))]);

    /// <summary>The conversations of a customer that are there.</summary>
    /// <param name="customerId">The customer as the desk knows them.</param>
    /// <exception cref="RecordUnavailableException">The database cannot be read.</exception>
    public async Task<IReadOnlyList<ConversationId>> FindAsync(string customerId) => await FindAsync(await cipher.SubjectOfAsync(customerId), customerId);

    /// <summary>What is kept of a customer, their record and cases included.</summary>
    /// <param name="customerId">The customer as the desk knows them.</param>
    /// <exception cref="RecordUnavailableException">The database cannot be read.</exception>
    public async Task<SubjectFound> LookAsync(string customerId) =>
        new(await FindAsync(customerId), await ReadAsync(db => db.CaseIndex.CountAsync(r => r.CustomerId == customerId)));

    // Rows of before the record was sealed name the customer themselves.
    private Task<IReadOnlyList<ConversationId>> FindAsync(string subject, string customerId) => ReadAsync<IReadOnlyList<ConversationId>>(async db =>
    {
        var ids = await db.Summaries.AsNoTracking()
            .Where(s => s.ErasedAt == null && (s.CustomerId == customerId || db.RecordSubjects.Any(r => r.Subject == subject && r.ConversationId == s.ConversationId)))
            .OrderBy(s => s.ConversationId).Select(s => s.ConversationId).ToListAsync();
        return [.. ids.Select(ConversationId.Create)];
    });

    private async Task<ErasedCounts> EraseRecordAsync(string customerId, KeyOwner owner)
    {
        var counts = ErasedCounts.None;
        await writer.InTurnAsync(async () =>
        {
            await using var db = await contexts.CreateDbContextAsync();
            await using var transaction = await db.Database.BeginTransactionAsync();

            // The key first: a customer who is entered anew meanwhile keeps the key that was made with them, or loses both to the next look.
            var keys = await DestroyAsync(db, owner);
            var erased = await cases.EraseAsync(db, customerId);
            counts = ErasedCounts.None with { Customers = erased.Customers, Cases = erased.Cases, Events = erased.Events, Keys = keys };
            await transaction.CommitAsync();
        });
        return counts;
    }

    // Only those that nobody has written in since an instant, when one is given.
    private async Task<ErasedCounts> EraseAllAsync(IReadOnlyList<ConversationId> conversations, DateTimeOffset? before = null, Action<ConversationId, Exception>? failed = null)
    {
        var erased = ErasedCounts.None;
        var gone = new List<ConversationId>();
        foreach (var conversation in conversations)
        {
            var counts = ErasedCounts.None;
            try
            {
                counts = await EraseOneAsync(conversation, before, MostAttempts);
            }
            catch (Exception e) when (failed is not null && e is RecordUnavailableException or RecordKeyException)
            {
                failed?.Invoke(conversation, e);
            }

            erased = erased.Plus(counts);
            if (before is null || counts.Conversations > 0)
            {
                gone.Add(conversation);
            }
        }

        foreach (var listener in gone.Count == 0 ? [] : _listeners)
        {
            await listener.ErasedAsync(gone, CancellationToken.None);
        }

        return erased;
    }

    // A message that is written at the same time locks the same rows in another order: the server then ends one of the two, and nothing of it is done.
    private async Task<ErasedCounts> EraseOneAsync(ConversationId conversation, DateTimeOffset? before, int attempts)
    {
        try
        {
            return await EraseOneAsync(conversation, before);
        }
        catch (RecordUnavailableException) when (attempts > 1)
        {
            return await EraseOneAsync(conversation, before, attempts - 1);
        }
    }

    private async Task<ErasedCounts> EraseOneAsync(ConversationId conversation, DateTimeOffset? before)
    {
        var (kept, messages) = await KeepAsync(conversation);
        var key = await cipher.FindAsync(KeyOwner.Conversation(conversation.Value));
        var aside = SetAsideProposals.IdsOf(conversation);
        KeyOwner? unnamed = await ReadAsync(db => db.CaseIndex.AnyAsync(r => r.Kind == CaseKind.Proposal && aside.Contains(r.CaseId)))
            ? KeyOwner.Customer(await cipher.SubjectOfAsync(SetAsideProposals.NobodyIn(conversation)))
            : null;
        var counts = ErasedCounts.None;
        await writer.InTurnAsync(async () =>
        {
            counts = ErasedCounts.None;
            await using var db = await contexts.CreateDbContextAsync();
            await using var transaction = await db.Database.BeginTransactionAsync();
            var id = conversation.Value;
            DateTimeOffset? now = clock.GetUtcNow();
            var there = before is { } instant ? OldIn(db, instant) : db.Summaries.Where(s => s.ErasedAt == null);
            var isMine = await there.Where(s => s.ConversationId == id).ExecuteUpdateAsync(set => set
                .SetProperty(s => s.ErasedAt, now)
                .SetProperty(s => s.Kept, kept)
                .SetProperty(s => s.CustomerId, (string?)null)
                .SetProperty(s => s.OpenAlerts, 0)
                .SetProperty(s => s.HighestUrgency, (AlertUrgency?)null)
                .SetProperty(s => s.UnansweredSince, (DateTimeOffset?)null)
                .SetProperty(s => s.WaitingDueAt, (DateTimeOffset?)null)) == 1;
            if (!isMine)
            {
                return; // Somebody else erased it, or wrote in it.
            }

            var (alerts, open) = await EraseAlertsAsync(db, id, key);
            var undelivered = await db.Outbox.Where(m => m.ConversationId == id && m.State == OutboxState.Pending).ExecuteDeleteAsync();
            counts = new ErasedCounts(
                1,
                messages,
                await db.Events.Where(e => e.ConversationId == id).ExecuteDeleteAsync(),
                alerts,
                open,
                await db.FollowUps.Where(f => f.ConversationId == id).ExecuteDeleteAsync(),
                await db.Reviews.Where(r => r.ConversationId == id).ExecuteDeleteAsync(),
                undelivered,
                await db.Outbox.Where(m => m.ConversationId == id).ExecuteDeleteAsync(),
                await DestroyAsync(db, KeyOwner.Conversation(id)));
            await db.RecordSubjects.Where(s => s.ConversationId == id).ExecuteDeleteAsync();
            await CaseEraser.EraseProposalsAsync(db, conversation);
            if (unnamed is { } nobody)
            {
                await DestroyAsync(db, nobody);
            }

            await transaction.CommitAsync();
        });
        cipher.Forget(KeyOwner.Conversation(conversation.Value));
        if (unnamed is { } gone)
        {
            cipher.Forget(gone);
        }

        return counts;
    }

    // What reports count. Of a record that cannot be read nothing can be kept; it is erased all the same.
    private async Task<(string? Kept, int Messages)> KeepAsync(ConversationId conversation)
    {
        try
        {
            var state = await log.LoadAsync(conversation);
            return (KeptHeat.Write(state, settings.Value), state.Turns.Count);
        }
        catch (ConversationRecordDamagedException)
        {
            return (null, 0);
        }
    }

    // Their cards in Teams have no buttons from then on; what they say, without personal data, stands in Teams.
    private static async Task<(int All, int Open)> EraseAlertsAsync(CoachDbContext db, string conversation, RecordKey key)
    {
        var alerts = await db.Alerts.AsNoTracking().Where(a => a.ConversationId == conversation).ToListAsync();
        foreach (var row in alerts)
        {
            await db.BotAlertCards.Where(c => c.AlertId == row.AlertId).ExecuteDeleteAsync();
            if (Stripped(row, key) is not { } left)
            {
                await db.Alerts.Where(a => a.AlertId == row.AlertId).ExecuteDeleteAsync();
                continue;
            }

            var payload = JsonSerializer.Serialize(left, CoreJson.Options);
            await db.Alerts.Where(a => a.AlertId == row.AlertId).ExecuteUpdateAsync(set => set
                .SetProperty(a => a.Payload, payload)
                .SetProperty(a => a.IsOpen, false)
                .SetProperty(a => a.State, left.State)
                .SetProperty(a => a.DueAt, (DateTimeOffset?)null)
                .SetProperty(a => a.LeaseUntil, (DateTimeOffset?)null));
        }

        return (alerts.Count, alerts.Count(a => a.IsOpen));
    }

    // Times, trigger and what people answered; no word of anybody. An alert that was open is over, and counts neither as settled nor as missed.
    private static Alert? Stripped(AlertRow row, RecordKey key)
    {
        try
        {
            var alert = JsonSerializer.Deserialize<Alert>(key.Open(RecordPlace.Alert(row.AlertId), row.Payload), CoreJson.Options)!;
            return alert with
            {
                Reason = "",
                Brief = null,
                Resolution = null,
                Notes = [],
                DueAt = null,
                State = alert switch
                {
                    { IsOpen: false } => alert.State,
                    { State: AlertState.Waiting } => AlertState.Resolved,
                    _ => AlertState.Dismissed,
                },
            };
        }
        catch (Exception e) when (e is RecordKeyException or JsonException)
        {
            return null;
        }
    }

    // Overwritten before it is deleted, for databases that leave deleted rows where they were.
    private static async Task<int> DestroyAsync(CoachDbContext db, KeyOwner owner)
    {
        await db.RecordKeys.Where(k => k.Owner == owner.Id).ExecuteUpdateAsync(set => set.SetProperty(k => k.Wrapped, ""));
        return await db.RecordKeys.Where(k => k.Owner == owner.Id).ExecuteDeleteAsync();
    }

    private async Task<ErasureReceipt> FinishAsync(ErasedCounts erased, string by, ErasureReason reason)
    {
        var receipt = await WriteReceiptAsync(erased, by, reason);
        return receipt with { FilesCleared = await ClearAsync([receipt]) };
    }

    // Before the files are cleared, which may fail: what was erased is always written down.
    private async Task<ErasureReceipt> WriteReceiptAsync(ErasedCounts erased, string by, ErasureReason reason)
    {
        var receipt = new ErasureReceipt("ers_" + Guid.CreateVersion7(clock.GetUtcNow()).ToString("N"), clock.GetUtcNow(), by, reason, erased, FilesCleared: false);
        await writer.InTurnAsync(async () =>
        {
            await using var db = await contexts.CreateDbContextAsync();
            db.Erasures.Add(new ErasureRow { ReceiptId = receipt.Id, At = receipt.At, Receipt = receipt.ToJson() });
            await db.SaveChangesAsync();
        });
        await audit.WriteAsync(by, AuditActions.Erased, receipt.Id);
        return receipt;
    }

    private async Task<T> ReadAsync<T>(Func<CoachDbContext, Task<T>> read)
    {
        try
        {
            await using var db = await contexts.CreateDbContextAsync();
            return await read(db);
        }
        catch (Exception e) when (DatabaseFailure.IsBehind(e))
        {
            throw new RecordUnavailableException("The record cannot be read now.", e);
        }
    }
}
