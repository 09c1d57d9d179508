using System.Text.Json;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Conversations;

namespace DeEscalationBot.Host.Conversations.Storage;

/// <summary>Writes events into the log and reads them back.</summary>
/// <remarks>
/// The type names below are in every database there is: never rename one and never reuse one; a changed event gets a new name
/// and the old one is kept for reading. Stateless and safe for concurrent use.
/// </remarks>
public static class EventFormat
{
    private static readonly Dictionary<string, Type> TypesByName = new(StringComparer.Ordinal)
    {
        ["turnTaken"] = typeof(TurnTaken),
        ["secondOpinionGiven"] = typeof(SecondOpinionGiven),
        ["suggestionMade"] = typeof(SuggestionMade),
        ["stepsCompleted"] = typeof(StepsCompleted),
        ["alertRaised"] = typeof(AlertRaised),
        ["alertJoined"] = typeof(AlertJoined),
        ["alertReleased"] = typeof(AlertReleased),
        ["alertWithdrawn"] = typeof(AlertWithdrawn),
        ["alertWithheld"] = typeof(AlertWithheld),
        ["alertDelivered"] = typeof(AlertDelivered),
        ["alertEscalated"] = typeof(AlertEscalated),
        ["alertTakenOver"] = typeof(AlertTakenOver),
        ["alertCoached"] = typeof(AlertCoached),
        ["alertNoted"] = typeof(AlertNoted),
        ["alertDismissed"] = typeof(AlertDismissed),
        ["alertAcknowledged"] = typeof(AlertAcknowledged),
        ["alertResolved"] = typeof(AlertResolved),
        ["handoverRequested"] = typeof(HandoverRequested),
        ["adviceSetAside"] = typeof(AdviceSetAside),
        ["reviewProposed"] = typeof(ReviewProposed),
        ["checklistEdited"] = typeof(ChecklistEdited),
        ["checklistTicked"] = typeof(ChecklistTicked),
        ["followUpPlanned"] = typeof(FollowUpPlanned),
        ["followUpMoved"] = typeof(FollowUpMoved),
        ["followUpReminded"] = typeof(FollowUpReminded),
        ["followUpMissed"] = typeof(FollowUpMissed),
        ["followUpRewound"] = typeof(FollowUpRewound),
        ["followUpClosed"] = typeof(FollowUpClosed),
        ["goodwillGiven"] = typeof(GoodwillGiven),
        ["goodwillTakenBack"] = typeof(GoodwillTakenBack),
    };

    private static readonly Dictionary<Type, string> NamesByType = TypesByName.ToDictionary(p => p.Value, p => p.Key);

    /// <summary>The names under which events are stored.</summary>
    public static IReadOnlyCollection<string> TypeNames => TypesByName.Keys;

    /// <summary>Makes the row of an event.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="sequence">The event's place, from 1.</param>
    /// <param name="e">The event.</param>
    public static ConversationEventRow Write(ConversationId conversation, long sequence, ConversationEvent e)
    {
        ArgumentNullException.ThrowIfNull(e);
        return new ConversationEventRow
        {
            ConversationId = conversation.Value,
            Sequence = sequence,
            At = e.At,
            Type = NamesByType[e.GetType()],
            Payload = JsonSerializer.Serialize(e, e.GetType(), CoreJson.Options),
        };
    }

    /// <summary>Reads the event of a row.</summary>
    /// <param name="row">The row.</param>
    /// <exception cref="ConversationRecordDamagedException">The type is not known, or the payload cannot be understood.</exception>
    public static ConversationEvent Read(ConversationEventRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        var conversation = ConversationId.Create(row.ConversationId);
        if (!TypesByName.TryGetValue(row.Type, out var type))
        {
            throw new ConversationRecordDamagedException(conversation, row.Sequence, $"its type '{row.Type}' is not known to this version.");
        }

        try
        {
            return (ConversationEvent?)JsonSerializer.Deserialize(row.Payload, type, CoreJson.Options)
                ?? throw new ConversationRecordDamagedException(conversation, row.Sequence, "its payload is empty.");
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or ArgumentException or InvalidOperationException)
        {
            // The reader's message may quote the payload, which holds what the customer wrote: it stays out of ours.
            throw new ConversationRecordDamagedException(conversation, row.Sequence, $"its payload cannot be read as '{row.Type}'.", e);
        }
    }
}
