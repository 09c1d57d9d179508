using System.Text.Json;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Conversations;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace DeEscalationBot.Host.Conversations.Storage;

/// <summary>One event with its place in the conversation.</summary>
/// <param name="Sequence">The place, from 1, without gaps.</param>
/// <param name="Event">The event.</param>
public sealed record RecordedEvent(long Sequence, ConversationEvent Event);

/// <summary>The append-only record of all conversations, with the lists that follow from it.</summary>
/// <remarks>Safe for concurrent use. What <see cref="AppendAsync"/> has answered is on the disk.</remarks>
/// <param name="contexts">The database.</param>
/// <param name="options">Which database.</param>
public sealed class ConversationLog(IDbContextFactory<CoachDbContext> contexts, IOptions<StorageOptions> options) : IDisposable
{
    // SQLite lets one writer in at a time and the others poll for their turn; waiting in line here is faster and fair.
    private readonly SemaphoreSlim? _oneWriter = options.Value.Provider == StorageProvider.Sqlite ? new SemaphoreSlim(1) : null;

    /// <summary>The events of a conversation in order; none when there is no such conversation.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="after">Only events after this place; 0 for all.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="ConversationRecordDamagedException">An event is missing or cannot be understood.</exception>
    /// <exception cref="RecordUnavailableException">The database cannot be read.</exception>
    public async Task<IReadOnlyList<RecordedEvent>> ReadAsync(ConversationId conversation, long after = 0, CancellationToken cancellationToken = default)
    {
        List<ConversationEventRow> rows;
        try
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            rows = await db.Events.AsNoTracking()
                .Where(r => r.ConversationId == conversation.Value && r.Sequence > after)
                .OrderBy(r => r.Sequence)
                .ToListAsync(cancellationToken);
        }
        catch (Exception e) when (DatabaseFailure.IsBehind(e))
        {
            throw new RecordUnavailableException("The record cannot be read now.", e);
        }

        var events = new RecordedEvent[rows.Count];
        for (var i = 0; i < rows.Count; i++)
        {
            if (rows[i].Sequence != after + i + 1)
            {
                throw new ConversationRecordDamagedException(conversation, after + i + 1, "it is missing.");
            }

            events[i] = new RecordedEvent(rows[i].Sequence, EventFormat.Read(rows[i]));
        }

        return events;
    }

    /// <summary>The state of a conversation; a conversation in which nothing happened when there is none.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="ConversationRecordDamagedException">An event is missing, cannot be understood, or does not follow from those before it.</exception>
    /// <exception cref="RecordUnavailableException">The database cannot be read.</exception>
    public async Task<Conversation> LoadAsync(ConversationId conversation, CancellationToken cancellationToken = default)
    {
        var state = Conversation.Start(conversation);
        foreach (var recorded in await ReadAsync(conversation, cancellationToken: cancellationToken))
        {
            try
            {
                state = state.Apply(recorded.Event);
            }
            catch (InvalidOperationException e)
            {
                throw new ConversationRecordDamagedException(conversation, recorded.Sequence, "it does not follow from the events before it.", e);
            }
        }

        return state;
    }

    /// <summary>Appends events and brings the lists up to date, in one transaction.</summary>
    /// <param name="after">The conversation with the events applied.</param>
    /// <param name="events">The events, at least one, in order.</param>
    /// <param name="waitingDueAt">When the clock has to look at the conversation again, or nothing.</param>
    /// <exception cref="ConcurrentAppendException">Somebody else recorded one of these places first; nothing was written.</exception>
    /// <exception cref="RecordUnavailableException">The database cannot be written, or it is not known whether it was.</exception>
    public async Task AppendAsync(Conversation after, IReadOnlyList<ConversationEvent> events, DateTimeOffset? waitingDueAt)
    {
        ArgumentNullException.ThrowIfNull(after);
        ArgumentNullException.ThrowIfNull(events);
        ArgumentOutOfRangeException.ThrowIfZero(events.Count);
        var first = after.Sequence - events.Count + 1;
        await InTurnAsync(async () =>
        {
            await using var db = await contexts.CreateDbContextAsync();
            for (var i = 0; i < events.Count; i++)
            {
                db.Events.Add(EventFormat.Write(after.Id, first + i, events[i]));
            }

            var summary = SummaryOf(after, events[^1].At, waitingDueAt);
            _ = first == 1 ? db.Summaries.Add(summary) : db.Summaries.Update(summary);
            WriteAlerts(db, after, events);
            WriteReviews(db, after, events, first);
            try
            {
                await db.SaveChangesAsync();
            }
            catch (DbUpdateException e) when (db.IsDuplicateKey(e))
            {
                throw new ConcurrentAppendException(after.Id, first, e);
            }
            catch (DbUpdateConcurrencyException e)
            {
                throw new ConversationRecordDamagedException(after.Id, first, "a row of the lists beside the events is missing.", e);
            }
        });
    }

    /// <summary>Moves the time at which the clock has to look at a conversation again. Nothing is recorded.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="waitingDueAt">The time, or nothing.</param>
    /// <exception cref="RecordUnavailableException">The database cannot be written.</exception>
    public Task SetWaitingDueAsync(ConversationId conversation, DateTimeOffset? waitingDueAt) => InTurnAsync(async () =>
    {
        await using var db = await contexts.CreateDbContextAsync();
        await db.Summaries
            .Where(r => r.ConversationId == conversation.Value)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.WaitingDueAt, waitingDueAt));
    });

    /// <inheritdoc/>
    public void Dispose() => _oneWriter?.Dispose();

    private async Task InTurnAsync(Func<Task> write)
    {
        if (_oneWriter is not null)
        {
            await _oneWriter.WaitAsync();
        }

        try
        {
            await write();
        }
        catch (Exception e) when (e is not (ConcurrentAppendException or ConversationRecordDamagedException) && DatabaseFailure.IsBehind(e))
        {
            throw new RecordUnavailableException("The record cannot be written now.", e);
        }
        finally
        {
            _oneWriter?.Release();
        }
    }

    private static ConversationSummaryRow SummaryOf(Conversation c, DateTimeOffset at, DateTimeOffset? waitingDueAt)
    {
        var open = c.Alerts.Where(a => a.IsOpen).ToArray();
        return new ConversationSummaryRow
        {
            ConversationId = c.Id.Value,
            Sequence = c.Sequence,
            Turns = c.Turns.Count,
            Tension = c.Tension.Value,
            Trend = c.Trend,
            Level = c.CustomerTurns.LastOrDefault()?.Score?.Level,
            Language = c.Language.Code(),
            LastTextAt = c.Turns.IsEmpty ? null : c.Turns[^1].At,
            LastRecordedAt = at,
            OpenAlerts = open.Length,
            HighestUrgency = open.Length == 0 ? null : open.Max(a => a.Urgency),
            UnansweredSince = c.UnansweredSince,
            WaitingDueAt = waitingDueAt,
            CustomerId = c.CustomerId,
            AgentId = c.AgentId,
            Reviews = c.Reviews.Count,
        };
    }

    private static void WriteAlerts(CoachDbContext db, Conversation after, IReadOnlyList<ConversationEvent> events)
    {
        var raised = events.OfType<AlertRaised>().Select(e => e.Alert.Id).ToHashSet(StringComparer.Ordinal);
        var touched = events.Select(e => e switch
        {
            AlertRaised x => x.Alert.Id,
            AlertJoined x => x.AlertId,
            AlertAcknowledged x => x.AlertId,
            AlertResolved x => x.AlertId,
            _ => null,
        });
        foreach (var id in touched.OfType<string>().Distinct(StringComparer.Ordinal))
        {
            var alert = after.FindAlert(id)!;
            var row = new AlertRow
            {
                AlertId = id,
                ConversationId = after.Id.Value,
                IsOpen = alert.IsOpen,
                Urgency = alert.Urgency,
                RaisedAt = alert.RaisedAt,
                Payload = JsonSerializer.Serialize(alert, CoreJson.Options),
            };
            _ = raised.Contains(id) ? db.Alerts.Add(row) : db.Alerts.Update(row);
        }
    }

    private static void WriteReviews(CoachDbContext db, Conversation after, IReadOnlyList<ConversationEvent> events, long first)
    {
        for (var i = 0; i < events.Count; i++)
        {
            if (events[i] is ReviewProposed proposed)
            {
                db.Reviews.Add(new ReviewRow
                {
                    ConversationId = after.Id.Value,
                    Sequence = first + i,
                    CustomerId = after.CustomerId,
                    At = proposed.At,
                    Payload = JsonSerializer.Serialize(new ProposedReview(proposed.TurnIndex, proposed.Reason, proposed.At), CoreJson.Options),
                });
            }
        }
    }
}
