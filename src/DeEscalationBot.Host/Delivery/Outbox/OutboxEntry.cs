using System.Security.Cryptography;
using System.Text;
using DeEscalationBot.Core.Conversations;
using DeEscalationBot.Core.Escalation;
using DeEscalationBot.Host.Conversations.Storage;

namespace DeEscalationBot.Host.Delivery.Outbox;

/// <summary>Puts what goes out into the outbox, in the transaction of the event: neither is on the disk without the other.</summary>
/// <param name="sinks">Where it goes.</param>
/// <param name="messages">What goes out.</param>
/// <param name="signal">Wakes the workers.</param>
public sealed class OutboxEntry(SinkSet sinks, AlertMessages messages, OutboxSignal signal) : IRecordCompanion
{
    /// <inheritdoc/>
    public void Write(CoachDbContext db, Conversation after, IReadOnlyList<ConversationEvent> events, long first)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(after);
        ArgumentNullException.ThrowIfNull(events);
        for (var i = 0; i < events.Count; i++)
        {
            if (AlertLifeCycle.AlertOf(events[i]) is not { } alertId || after.FindAlert(alertId) is not { } alert
                || messages.Of(after.Id, alert, events[i], first + i) is not { } message)
            {
                continue;
            }

            var body = AlertMessages.BodyOf(message);
            foreach (var sink in sinks.All.Where(s => alert.Urgency >= s.MinUrgency))
            {
                db.Outbox.Add(new OutboxRow
                {
                    DeliveryId = IdOf(after.Id.Value, first + i, sink.Name),
                    Sink = sink.Name,
                    ConversationId = after.Id.Value,
                    Sequence = first + i,
                    AlertId = alertId,
                    Urgency = alert.Urgency,
                    Type = message.Type,
                    Body = body,
                    State = OutboxState.Pending,
                    CreatedAt = events[i].At,
                    DueAt = events[i].At,
                    DueSetAt = events[i].At,
                });
            }
        }
    }

    /// <inheritdoc/>
    public void Written() => signal.Raise();

    /// <summary>The id of a delivery: whoever makes it anew makes the same.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="sequence">The event's place.</param>
    /// <param name="sink">The sink's name.</param>
    public static string IdOf(string conversation, long sequence, string sink) =>
        "msg_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{conversation}\n{sequence}\n{sink}")).AsSpan(0, 16));
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
