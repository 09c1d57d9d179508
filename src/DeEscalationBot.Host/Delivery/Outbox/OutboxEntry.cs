using System.Security.Cryptography;
using System.Text;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Conversations;
using DeEscalationBot.Core.Delivery;
using DeEscalationBot.Core.Escalation;
using DeEscalationBot.Host.Conversations;
using DeEscalationBot.Host.Conversations.Storage;
using DeEscalationBot.Host.Conversations.Storage.Sealing;

namespace DeEscalationBot.Host.Delivery.Outbox;

/// <summary>Puts what goes out into the outbox, in the transaction of the event: neither is on the disk without the other.</summary>
/// <param name="sinks">Where it goes.</param>
/// <param name="messages">What goes out.</param>
/// <param name="signal">Wakes the workers.</param>
public sealed class OutboxEntry(SinkSet sinks, AlertMessages messages, OutboxSignal signal) : IRecordCompanion
{
    /// <inheritdoc/>
    public void Write(CoachDbContext db, RecordKey key, Conversation after, IReadOnlyList<ConversationEvent> events, long first)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(after);
        ArgumentNullException.ThrowIfNull(events);
        string? team = null;
        for (var i = 0; i < events.Count; i++)
        {
            if (PostingOf(after, events[i], first + i) is not { } posting)
            {
                continue;
            }

            foreach (var sink in sinks.All.Where(s => posting.CallsFor >= s.MinUrgency))
            {
                if (sink.Teams.Count > 0 && !sink.Teams.Contains(team ??= TeamOf(db, after.Id), StringComparer.Ordinal) && !WasTold(db, after.Id, posting.AlertId, sink))
                {
                    continue;
                }

                var id = IdOf(after.Id.Value, first + i, sink.Name);
                db.Outbox.Add(new OutboxRow
                {
                    DeliveryId = id,
                    Sink = sink.Name,
                    ConversationId = after.Id.Value,
                    Sequence = first + i,
                    AlertId = posting.AlertId,
                    Urgency = posting.Urgency,
                    Type = posting.Type,
                    Body = key.Seal(RecordPlace.Outbox(id), posting.Body),
                    State = OutboxState.Pending,
                    CreatedAt = events[i].At,
                    DueAt = events[i].At,
                    DueSetAt = events[i].At,
                });
            }
        }
    }

    private static string TeamOf(CoachDbContext db, ConversationId conversation) =>
        db.Owners.Where(o => o.ConversationId == conversation.Value).Select(o => o.Team).SingleOrDefault() ?? ConversationTeams.Default;

    // Whoever was told of an alert hears how it ends, also when another team has the conversation by then.
    private static bool WasTold(CoachDbContext db, ConversationId conversation, string alertId, IDeliverySink sink)
    {
        string[] lanes = [sink.Name, OutboxStore.RestOf(sink.Name)];
        return alertId.Length > 0 && db.Outbox.Any(m => lanes.Contains(m.Sink) && m.ConversationId == conversation.Value && m.AlertId == alertId);
    }

    // A follow-up goes wherever a supervisor's alert goes, after the alerts: it is a matter of minutes, not of seconds.
    private Posting? PostingOf(Conversation after, ConversationEvent e, long sequence)
    {
        if (AlertLifeCycle.AlertOf(e) is { } alertId)
        {
            return after.FindAlert(alertId) is { } alert && messages.Of(after.Id, alert, e, sequence) is { } message
                ? new Posting(alertId, alert.Urgency, alert.Urgency, message.Type, AlertMessages.BodyOf(message))
                : null;
        }

        return FollowUps.IdOf(e) is { } followUpId && after.FollowUps.Find(f => f.Id == followUpId) is { } followUp && FollowUpMessages.Of(after.Id, followUp, e, sequence) is { } reminder
            ? new Posting("", AlertUrgency.Supervisor, AlertUrgency.Advise, reminder.Type, FollowUpMessages.BodyOf(reminder))
            : null;
    }

    /// <inheritdoc/>
    public void Written() => signal.Raise();

    /// <summary>The id of a delivery: whoever makes it anew makes the same.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="sequence">The event's place.</param>
    /// <param name="sink">The sink's name.</param>
    public static string IdOf(string conversation, long sequence, string sink) =>
        "msg_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{conversation}\n{sequence}\n{sink}")).AsSpan(0, 16));

    private sealed record Posting(string AlertId, AlertUrgency CallsFor, AlertUrgency Urgency, string Type, string Body);
}

/// <summary>Wakes those who deliver when there is something new. A hint: they look by the clock besides.</summary>
/// <remarks>Safe for concurrent use.</remarks>
public sealed class OutboxSignal
{
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends with the next <see cref="Raise"/>. Take it before looking, so that nothing is missed in between.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    /// <summary>There is something new.</summary>
    public void Raise() => Interlocked.Exchange(ref _next, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
}
