using DeEscalationBot.Core.Delivery;
using DeEscalationBot.Host.Conversations.Storage;
using DeEscalationBot.Host.Conversations.Storage.Sealing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace DeEscalationBot.Host.Delivery.Outbox;

/// <summary>The outbox in the database: claims with a lease, results, dead letters.</summary>
/// <remarks>
/// Safe for concurrent use by several nodes: a claim is one conditional update, and whoever it changes no row for has lost it. Times are
/// compared so that a clock that was set back makes things due too early and never too late.
/// </remarks>
/// <param name="contexts">The database.</param>
/// <param name="writer">Whose turn it is to write.</param>
/// <param name="cipher">Opens bodies.</param>
/// <param name="options">How long a lease lasts.</param>
/// <param name="clock">The product's clock.</param>
public sealed class OutboxStore(IDbContextFactory<CoachDbContext> contexts, RecordWriter writer, RecordCipher cipher, IOptions<OutboxOptions> options, TimeProvider clock)
{
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(1);
    private const int LongestResult = 500;

    private const string RestSuffix = ":rest";

    /// <summary>No message is given up before it was tried this often, however old it seems: 12. A clock that jumps ahead gives up nothing.</summary>
    public const int LeastTries = 12;

    /// <summary>Where those messages of a sink wait that some of its places have: what follows does not wait for them.</summary>
    /// <param name="sink">The sink's name.</param>
    public static string RestOf(string sink) => sink + RestSuffix;

    /// <summary>Whether a message is for the places of its sink that did not take it at first.</summary>
    /// <param name="message">The message.</param>
    public static bool IsForTheRest(OutboxRow message) => (message ?? throw new ArgumentNullException(nameof(message))).Sink.EndsWith(RestSuffix, StringComparison.Ordinal);

    /// <summary>Takes messages that are due, the most urgent first; of each conversation only the first that is not delivered yet.</summary>
    /// <param name="sink">The sink's name, or what <see cref="RestOf"/> makes of it.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="cancellationToken">Stops looking.</param>
    /// <exception cref="RecordUnavailableException">The database is away.</exception>
    public async Task<IReadOnlyList<OutboxRow>> ClaimAsync(string sink, int most, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var behind = now + ClockTolerance;
        var longestLease = now + options.Value.Lease + ClockTolerance;
        var due = await ReadAsync(
            db => db.Outbox.AsNoTracking()
                .Where(m => m.Sink == sink && m.State == OutboxState.Pending && (m.DueAt <= now || m.DueSetAt > behind))
                .Where(m => m.LeaseUntil == null || m.LeaseUntil <= now || m.LeaseUntil > longestLease)
                .Where(m => !db.Outbox.Any(e => e.Sink == sink && e.ConversationId == m.ConversationId && e.State == OutboxState.Pending && e.Sequence < m.Sequence))
                .OrderByDescending(m => m.Urgency).ThenBy(m => m.DueAt)
                .Take(most)
                .ToListAsync(cancellationToken),
            cancellationToken);
        if (due.Count == 0)
        {
            return [];
        }

        var taken = new List<OutboxRow>(due.Count);
        await writer.InTurnAsync(async () =>
        {
            await using var db = await contexts.CreateDbContextAsync(CancellationToken.None);
            await using var transaction = await db.Database.BeginTransactionAsync(CancellationToken.None);
            DateTimeOffset? until = now + options.Value.Lease;
            foreach (var message in due)
            {
                var isMine = await db.Outbox
                    .Where(m => m.DeliveryId == message.DeliveryId && m.State == OutboxState.Pending && m.Attempts == message.Attempts)
                    .Where(m => m.LeaseUntil == null || m.LeaseUntil <= now || m.LeaseUntil > longestLease)
                    .ExecuteUpdateAsync(set => set.SetProperty(m => m.LeaseUntil, until).SetProperty(m => m.Attempts, m => m.Attempts + 1), CancellationToken.None) == 1;
                if (isMine)
                {
                    taken.Add(message);
                }
            }

            await transaction.CommitAsync(CancellationToken.None);
        });
        return await OpenAsync(taken, cancellationToken);
    }

    // What cannot be opened is a dead letter that says so; it does not keep the others.
    private async Task<IReadOnlyList<OutboxRow>> OpenAsync(List<OutboxRow> messages, CancellationToken cancellationToken)
    {
        var keys = await ReadAsync(_ => cipher.FindAllAsync(messages.Where(m => RecordKey.IsSealed(m.Body)).Select(m => m.ConversationId), cancellationToken), cancellationToken);
        var opened = new List<OutboxRow>(messages.Count);
        foreach (var message in messages)
        {
            try
            {
                message.Body = keys.GetValueOrDefault(message.ConversationId, RecordKey.None).Open(RecordPlace.Outbox(message.DeliveryId), message.Body);
                opened.Add(message);
            }
            catch (RecordKeyException e)
            {
                await EndAsync([(message, DeliveryReceipt.Refused("It cannot be opened: " + e.Message))]);
            }
        }

        return opened;
    }

    /// <summary>Writes down what came of tries.</summary>
    /// <param name="results">The messages as they were claimed, and the receipts.</param>
    /// <exception cref="RecordUnavailableException">The database is away.</exception>
    public Task EndAsync(IReadOnlyCollection<(OutboxRow Message, DeliveryReceipt Receipt)> results) => writer.InTurnAsync(async () =>
    {
        await using var db = await contexts.CreateDbContextAsync();
        await using var transaction = await db.Database.BeginTransactionAsync();
        var now = clock.GetUtcNow();
        foreach (var (message, receipt) in results)
        {
            var attempts = message.Attempts + 1;
            var isTooOld = now - message.CreatedAt >= options.Value.GiveUpAfter && attempts >= LeastTries;
            var state = receipt.Outcome switch
            {
                DeliveryOutcome.Delivered or DeliveryOutcome.Skipped => OutboxState.Delivered,
                DeliveryOutcome.Refused => OutboxState.Dead,
                DeliveryOutcome.RetryLater or DeliveryOutcome.Partly => isTooOld ? OutboxState.Dead : OutboxState.Pending,
                _ => throw new InvalidOperationException($"The outcome {receipt.Outcome} is not known."),
            };
            var result = receipt.Detail.Length > LongestResult ? receipt.Detail[..LongestResult] : receipt.Detail;
            var due = state == OutboxState.Pending ? now + RetryPolicy.DelayAfter(message.DeliveryId, attempts, receipt.RetryAfter) : now;
            var sink = receipt.Outcome == DeliveryOutcome.Partly && !IsForTheRest(message) ? RestOf(message.Sink) : message.Sink;
            DateTimeOffset? ended = state == OutboxState.Pending ? null : now;

            // Whoever was slower than its lease does not undo what the next one achieved.
            await db.Outbox
                .Where(m => m.DeliveryId == message.DeliveryId && ((m.State == OutboxState.Pending && m.Sink == message.Sink) || state == OutboxState.Delivered))
                .ExecuteUpdateAsync(set => set
                    .SetProperty(m => m.State, state)
                    .SetProperty(m => m.Sink, sink)
                    .SetProperty(m => m.DueAt, due)
                    .SetProperty(m => m.DueSetAt, now)
                    .SetProperty(m => m.LeaseUntil, (DateTimeOffset?)null)
                    .SetProperty(m => m.EndedAt, ended)
                    .SetProperty(m => m.LastResult, result));
        }

        await transaction.CommitAsync();
    });

    /// <summary>How many messages there are, by sink and state.</summary>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="RecordUnavailableException">The database is away.</exception>
    public Task<List<OutboxCount>> CountAsync(CancellationToken cancellationToken) => ReadAsync(
        db => db.Outbox.AsNoTracking().GroupBy(m => new { m.Sink, m.State }).Select(g => new OutboxCount(g.Key.Sink, g.Key.State, g.Count(), g.Min(m => m.CreatedAt))).ToListAsync(cancellationToken),
        cancellationToken);

    /// <summary>Messages in a state, newest first.</summary>
    /// <param name="state">The state.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="RecordUnavailableException">The database is away.</exception>
    public Task<List<OutboxRow>> ListAsync(OutboxState state, int limit, CancellationToken cancellationToken) => ReadAsync(
        db => db.Outbox.AsNoTracking().Where(m => m.State == state).OrderByDescending(m => m.CreatedAt).ThenBy(m => m.DeliveryId).Take(limit).ToListAsync(cancellationToken),
        cancellationToken);

    /// <summary>Sends a dead letter again, with the same id and body, and a new span of time to succeed in.</summary>
    /// <param name="deliveryId">The message.</param>
    /// <returns>False when there is no such dead letter.</returns>
    /// <exception cref="RecordUnavailableException">The database is away.</exception>
    public async Task<bool> ResendAsync(string deliveryId)
    {
        var now = clock.GetUtcNow();
        var changed = 0;
        await writer.InTurnAsync(async () =>
        {
            await using var db = await contexts.CreateDbContextAsync();
            changed = await db.Outbox.Where(m => m.DeliveryId == deliveryId && m.State == OutboxState.Dead).ExecuteUpdateAsync(set => set
                .SetProperty(m => m.State, OutboxState.Pending)
                .SetProperty(m => m.CreatedAt, now)
                .SetProperty(m => m.DueAt, now)
                .SetProperty(m => m.DueSetAt, now)
                .SetProperty(m => m.EndedAt, (DateTimeOffset?)null)
                .SetProperty(m => m.LeaseUntil, (DateTimeOffset?)null));
        });
        return changed == 1;
    }

    /// <summary>Makes dead letters of what waits for a sink that the settings no longer have, and forgets what was delivered long ago.</summary>
    /// <param name="sinks">The names of the sinks there are.</param>
    /// <exception cref="RecordUnavailableException">The database is away.</exception>
    public Task TidyAsync(IReadOnlyCollection<string> sinks) => writer.InTurnAsync(async () =>
    {
        await using var db = await contexts.CreateDbContextAsync();
        var now = clock.GetUtcNow();
        var old = now - options.Value.KeepDelivered;
        var known = sinks.ToArray();
        await db.Outbox.Where(m => m.State == OutboxState.Delivered && m.EndedAt < old).ExecuteDeleteAsync();
        await db.Outbox.Where(m => m.State == OutboxState.Pending && !known.Contains(m.Sink)).ExecuteUpdateAsync(set => set
            .SetProperty(m => m.State, OutboxState.Dead)
            .SetProperty(m => m.EndedAt, (DateTimeOffset?)now)
            .SetProperty(m => m.LastResult, "The settings no longer name this sink. Set it again under its old name, start again, and send this message again."));
    });

    private async Task<T> ReadAsync<T>(Func<CoachDbContext, Task<T>> read, CancellationToken cancellationToken)
    {
        try
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            return await read(db);
        }
        catch (Exception e) when (DatabaseFailure.IsBehind(e))
        {
            throw new RecordUnavailableException("The outbox cannot be read now.", e);
        }
    }
}

/// <summary>How many messages of a sink are in a state.</summary>
/// <param name="Sink">The sink.</param>
/// <param name="State">The state.</param>
/// <param name="Count">How many.</param>
/// <param name="Oldest">When the oldest of them was written.</param>
public sealed record OutboxCount(string Sink, OutboxState State, int Count, DateTimeOffset Oldest);
