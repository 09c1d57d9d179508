using System.Collections.Concurrent;
using System.Text.Json;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Conversations;
using DeEscalationBot.Core.Escalation;
using DeEscalationBot.Host.Conversations.Storage.Sealing;
using Microsoft.EntityFrameworkCore;

namespace DeEscalationBot.Host.Conversations.Storage;

/// <summary>One event with its place in the conversation.</summary>
/// <param name="Sequence">The place, from 1, without gaps.</param>
/// <param name="Event">The event.</param>
public sealed record RecordedEvent(long Sequence, ConversationEvent Event);

/// <summary>A claim on something that conversations share, made in the transaction of the events that need it.</summary>
public interface IRecordClaim
{
    /// <summary>Makes the claim, so that no other transaction can count on the same.</summary>
    /// <param name="db">The transaction's tables. Must not save what is tracked.</param>
    /// <returns>False when there is not enough left; the transaction is then rolled back.</returns>
    Task<bool> TryTakeAsync(CoachDbContext db);
}

/// <summary>The append-only record of all conversations, with the lists that follow from it.</summary>
/// <remarks>Safe for concurrent use. What <see cref="AppendAsync"/> has answered is on the disk.</remarks>
/// <param name="contexts">The database.</param>
/// <param name="writer">Whose turn it is to write.</param>
/// <param name="cipher">Seals and opens texts.</param>
/// <param name="companions">Who writes rows in the same transaction.</param>
public sealed class ConversationLog(IDbContextFactory<CoachDbContext> contexts, RecordWriter writer, RecordCipher cipher, IEnumerable<IRecordCompanion> companions)
{
    private const int MostRemembered = 50_000;

    private readonly IRecordCompanion[] _companions = [.. companions];

    // Which customers are known to lead to which conversations: not asked again at each message. Conversations that were erased are never written again.
    private readonly ConcurrentDictionary<(string Conversation, string Subject), byte> _led = new();

    /// <summary>The events of a conversation in order; none when there is no such conversation.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="after">Only events after this place; 0 for all.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="ConversationRecordDamagedException">An event is missing or cannot be understood.</exception>
    /// <exception cref="RecordUnavailableException">The database cannot be read.</exception>
    public async Task<IReadOnlyList<RecordedEvent>> ReadAsync(ConversationId conversation, long after = 0, CancellationToken cancellationToken = default)
    {
        List<ConversationEventRow> rows;
        var key = RecordKey.None;
        try
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            rows = await db.Events.AsNoTracking()
                .Where(r => r.ConversationId == conversation.Value && r.Sequence > after)
                .OrderBy(r => r.Sequence)
                .ToListAsync(cancellationToken);
            if (rows.Exists(r => RecordKey.IsSealed(r.Payload)))
            {
                key = await cipher.FindAsync(KeyOwner.Conversation(conversation.Value), cancellationToken);
            }
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

            try
            {
                rows[i].Payload = key.Open(RecordPlace.Event(conversation.Value, rows[i].Sequence), rows[i].Payload);
            }
            catch (RecordKeyException e)
            {
                throw new ConversationRecordDamagedException(conversation, rows[i].Sequence, e.Message, e);
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
    /// <exception cref="ConversationErasedException">The conversation was erased; nothing was written.</exception>
    /// <exception cref="RecordUnavailableException">The database cannot be written, or it is not known whether it was.</exception>
    public Task AppendAsync(Conversation after, IReadOnlyList<ConversationEvent> events, DateTimeOffset? waitingDueAt) => TryAppendAsync(after, events, waitingDueAt, null);

    /// <summary>As <see cref="AppendAsync"/>, if in the same transaction a claim on something that conversations share can be made.</summary>
    /// <param name="after">The conversation with the events applied.</param>
    /// <param name="events">The events, at least one, in order.</param>
    /// <param name="waitingDueAt">When the clock has to look at the conversation again, or nothing.</param>
    /// <param name="claim">What has to hold, or nothing.</param>
    /// <returns>False when the claim was refused; nothing was written.</returns>
    /// <exception cref="ConcurrentAppendException">Somebody else recorded one of these places first; nothing was written.</exception>
    /// <exception cref="ConversationErasedException">The conversation was erased; nothing was written.</exception>
    /// <exception cref="RecordUnavailableException">The database cannot be written, or it is not known whether it was.</exception>
    public async Task<bool> TryAppendAsync(Conversation after, IReadOnlyList<ConversationEvent> events, DateTimeOffset? waitingDueAt, IRecordClaim? claim)
    {
        ArgumentNullException.ThrowIfNull(after);
        ArgumentNullException.ThrowIfNull(events);
        ArgumentOutOfRangeException.ThrowIfZero(events.Count);
        var first = after.Sequence - events.Count + 1;
        var isGranted = true;
        var key = RecordKey.None;
        var subjects = await SubjectsOfAsync(after, events);
        await writer.InTurnAsync(async () =>
        {
            await using var db = await contexts.CreateDbContextAsync();
            await using var transaction = claim is null ? null : await db.Database.BeginTransactionAsync();
            if (claim is not null && !await claim.TryTakeAsync(db))
            {
                isGranted = false;
                return;
            }

            key = await KeyOfAsync(db, after.Id, first);
            foreach (var subject in subjects.Where(s => !_led.ContainsKey((after.Id.Value, s))))
            {
                if (first == 1 || !await db.RecordSubjects.AnyAsync(s => s.Subject == subject && s.ConversationId == after.Id.Value))
                {
                    db.RecordSubjects.Add(new RecordSubjectRow { Subject = subject, ConversationId = after.Id.Value });
                }
            }

            for (var i = 0; i < events.Count; i++)
            {
                var row = EventFormat.Write(after.Id, first + i, events[i]);
                row.Payload = key.Seal(RecordPlace.Event(row.ConversationId, row.Sequence), row.Payload);
                db.Events.Add(row);
            }

            var summary = SummaryOf(key, after, events[^1].At, waitingDueAt);
            _ = first == 1 ? db.Summaries.Add(summary) : db.Summaries.Update(summary);
            WriteAlerts(db, key, after, events);
            WriteReviews(db, key, after, events, first);
            WriteFollowUps(db, key, after, events);
            WriteGoodwill(db, after, events);
            foreach (var companion in _companions)
            {
                companion.Write(db, key, after, events, first);
            }

            try
            {
                await db.SaveChangesAsync();
                if (transaction is not null)
                {
                    await transaction.CommitAsync();
                }
            }
            catch (DbUpdateException e) when (e is DbUpdateConcurrencyException || db.IsDuplicateKey(e))
            {
                throw await IsErasedAsync(after.Id) ? new ConversationErasedException(after.Id)
                    : e is DbUpdateConcurrencyException ? new ConversationRecordDamagedException(after.Id, first, "a row of the lists beside the events is missing.", e)
                    : new ConcurrentAppendException(after.Id, first, e);
            }
        });
        if (isGranted)
        {
            cipher.Keep(key);
            Remember(after.Id, subjects);
            foreach (var companion in _companions)
            {
                companion.Written();
            }
        }

        return isGranted;
    }

    /// <summary>Moves the time at which the clock has to look at a conversation again. Nothing is recorded.</summary>
    /// <param name="state">The conversation as it was judged.</param>
    /// <param name="waitingDueAt">The time, or nothing.</param>
    /// <returns>Whether the record still is as it was judged; otherwise nothing is changed.</returns>
    /// <exception cref="RecordUnavailableException">The database cannot be written.</exception>
    public async Task<bool> SetWaitingDueAsync(Conversation state, DateTimeOffset? waitingDueAt)
    {
        ArgumentNullException.ThrowIfNull(state);
        var isDone = false;
        await writer.InTurnAsync(async () =>
        {
            await using var db = await contexts.CreateDbContextAsync();
            isDone = await db.Summaries
                .Where(r => r.ConversationId == state.Id.Value && r.Sequence == state.Sequence && r.ErasedAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(r => r.WaitingDueAt, waitingDueAt)) > 0;
        });
        return isDone;
    }

    private async Task<bool> IsErasedAsync(ConversationId conversation)
    {
        await using var db = await contexts.CreateDbContextAsync();
        return await db.Summaries.AnyAsync(s => s.ConversationId == conversation.Value && s.ErasedAt != null);
    }

    private async Task<RecordKey> KeyOfAsync(CoachDbContext db, ConversationId conversation, long first)
    {
        try
        {
            return await cipher.KeyToWriteAsync(db, KeyOwner.Conversation(conversation.Value), isNew: first == 1);
        }
        catch (RecordKeyException e)
        {
            throw new ConversationRecordDamagedException(conversation, first, e.Message, e);
        }
    }

    private void Remember(ConversationId conversation, IReadOnlyList<string> subjects)
    {
        if (_led.Count >= MostRemembered)
        {
            _led.Clear();
        }

        foreach (var subject in subjects)
        {
            _led[(conversation.Value, subject)] = 0;
        }
    }

    // Everybody whom the events name, and who it is now: a conversation is found by all whose it ever was.
    private async Task<IReadOnlyList<string>> SubjectsOfAsync(Conversation after, IReadOnlyList<ConversationEvent> events)
    {
        var named = events.OfType<TurnTaken>().Where(e => e.Turn.Speaker == SpeakerRole.Customer).Select(e => e.Turn.AuthorId).Append(after.CustomerId).OfType<string>();
        var subjects = new List<string>();
        foreach (var customer in named.Distinct(StringComparer.Ordinal))
        {
            subjects.Add(await cipher.SubjectOfAsync(customer));
        }

        return subjects;
    }

    private static string? SealedCustomer(RecordKey key, Conversation c) => c.CustomerId is { } customer ? key.Seal(RecordPlace.Customer(c.Id.Value), customer) : null;

    private static ConversationSummaryRow SummaryOf(RecordKey key, Conversation c, DateTimeOffset at, DateTimeOffset? waitingDueAt)
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
            CustomerId = SealedCustomer(key, c),
            AgentId = c.AgentId,
            Reviews = c.Reviews.Count,
        };
    }

    private static void WriteAlerts(CoachDbContext db, RecordKey key, Conversation after, IReadOnlyList<ConversationEvent> events)
    {
        var raised = events.OfType<AlertRaised>().Select(e => e.Alert.Id).ToHashSet(StringComparer.Ordinal);
        var touched = events.Select(AlertLifeCycle.AlertOf);
        foreach (var id in touched.OfType<string>().Distinct(StringComparer.Ordinal))
        {
            var alert = after.FindAlert(id)!;
            var row = new AlertRow
            {
                AlertId = id,
                ConversationId = after.Id.Value,
                IsOpen = alert.IsOpen,
                State = alert.State,
                DueAt = alert.DueAt,
                ToldAt = alert.ToldAt ?? alert.RaisedAt,
                Urgency = alert.Urgency,
                RaisedAt = alert.RaisedAt,
                Payload = key.Seal(RecordPlace.Alert(id), JsonSerializer.Serialize(alert, CoreJson.Options)),
            };
            _ = raised.Contains(id) ? db.Alerts.Add(row) : db.Alerts.Update(row);
        }
    }

    private static void WriteFollowUps(CoachDbContext db, RecordKey key, Conversation after, IReadOnlyList<ConversationEvent> events)
    {
        var planned = events.OfType<FollowUpPlanned>().Select(e => e.FollowUp.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var id in events.Select(FollowUps.IdOf).OfType<string>().Distinct(StringComparer.Ordinal))
        {
            var followUp = after.FollowUps.Find(f => f.Id == id)!;
            var row = new FollowUpRow
            {
                ConversationId = after.Id.Value,
                FollowUpId = id,
                AgentId = followUp.By,
                State = followUp.State,
                PromisedFor = followUp.PromisedFor,
                DueAt = followUp.DueAt,
                RemindedAt = followUp.RemindedAt,
                MissedAt = followUp.MissedAt,
                CustomerId = SealedCustomer(key, after),
                Payload = key.Seal(RecordPlace.FollowUp(after.Id.Value, id), JsonSerializer.Serialize(followUp, CoreJson.Options)),
            };
            _ = planned.Contains(id) ? db.FollowUps.Add(row) : db.FollowUps.Update(row);
        }
    }

    private static void WriteGoodwill(CoachDbContext db, Conversation after, IReadOnlyList<ConversationEvent> events)
    {
        if (after.Goodwill.IsEmpty)
        {
            return;
        }

        var given = events.OfType<GoodwillGiven>().Select(e => e.Gesture.Id).ToHashSet(StringComparer.Ordinal);
        var takenBack = events.OfType<GoodwillTakenBack>().Select(e => e.GestureId).ToHashSet(StringComparer.Ordinal);
        var turns = events.OfType<TurnTaken>().Select(e => e.Turn.Index).ToHashSet();
        foreach (var gesture in after.Goodwill.Where(g => given.Contains(g.Id) || takenBack.Contains(g.Id) || (g.AnsweredByTurn is { } turn && turns.Contains(turn))))
        {
            var row = new GoodwillRow
            {
                ConversationId = after.Id.Value,
                GestureId = gesture.Id,
                Month = gesture.Month,
                Currency = gesture.Currency,
                Units = GoodwillAllowance.SmallestOf(gesture.Amount, gesture.Currency),
                IsTakenBack = gesture.TakenBackAt is not null,
                TensionBefore = gesture.TensionBefore,
                TensionAfter = gesture.TensionAfter,
            };
            _ = given.Contains(gesture.Id) ? db.Goodwill.Add(row) : db.Goodwill.Update(row);
        }
    }

    private static void WriteReviews(CoachDbContext db, RecordKey key, Conversation after, IReadOnlyList<ConversationEvent> events, long first)
    {
        for (var i = 0; i < events.Count; i++)
        {
            if (events[i] is ReviewProposed proposed)
            {
                db.Reviews.Add(new ReviewRow
                {
                    ConversationId = after.Id.Value,
                    Sequence = first + i,
                    CustomerId = SealedCustomer(key, after),
                    At = proposed.At,
                    Payload = key.Seal(RecordPlace.Review(after.Id.Value, first + i), JsonSerializer.Serialize(new ProposedReview(proposed.TurnIndex, proposed.Reason, proposed.At), CoreJson.Options)),
                });
            }
        }
    }
}
