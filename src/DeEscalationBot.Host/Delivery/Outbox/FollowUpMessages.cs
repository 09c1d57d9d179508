using System.Text.Json;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Conversations;

namespace DeEscalationBot.Host.Delivery.Outbox;

/// <summary>A message about a follow-up (A12) as it leaves the product.</summary>
/// <param name="Type">Its type, one of <see cref="FollowUpMessages.Types"/>.</param>
/// <param name="Timestamp">When it happened, UTC.</param>
/// <param name="Data">The follow-up.</param>
public sealed record FollowUpMessage(string Type, DateTimeOffset Timestamp, FollowUpMessageData Data);

/// <summary>A follow-up as it leaves the product, without personal data of the customer's.</summary>
/// <param name="FollowUpId">The follow-up, within its conversation.</param>
/// <param name="ConversationId">The conversation.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Reason">Why it could not be solved at once.</param>
/// <param name="PromisedFor">By when the customer was promised to hear of us.</param>
/// <param name="By">The agent who promised it.</param>
/// <param name="Moves">How often it was given another date.</param>
/// <param name="Sequence">The event's place in the conversation: messages of one conversation come in this order.</param>
public sealed record FollowUpMessageData(
    string FollowUpId, string ConversationId, FollowUpState State, string Reason, DateTimeOffset PromisedFor, string By, int Moves, long Sequence);

/// <summary>Says which events of follow-ups leave the product, as what.</summary>
public static class FollowUpMessages
{
    /// <summary>The agent is reminded.</summary>
    public const string Reminded = "followUp.reminded";

    /// <summary>The date has passed and nobody has written.</summary>
    public const string Missed = "followUp.missed";

    /// <summary>A clock that ran ahead had reminded, or had called it missed: neither counts, and both are said anew when it is time.</summary>
    public const string Rewound = "followUp.rewound";

    /// <summary>It is done or cancelled; only of one that was told of before, of whatever date.</summary>
    public const string Closed = "followUp.closed";

    /// <summary>The types, as receivers see them.</summary>
    public static IReadOnlyList<string> Types { get; } = [Reminded, Missed, Rewound, Closed];

    /// <summary>The message of an event; nothing for one that stays inside.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="followUp">The follow-up with the event applied, and those that came with it.</param>
    /// <param name="e">The event.</param>
    /// <param name="sequence">The event's place.</param>
    public static FollowUpMessage? Of(ConversationId conversation, FollowUp followUp, ConversationEvent e, long sequence)
    {
        ArgumentNullException.ThrowIfNull(followUp);
        ArgumentNullException.ThrowIfNull(e);
        var type = e switch
        {
            FollowUpReminded => Reminded,
            FollowUpMissed => Missed,
            FollowUpRewound when followUp.MissedAt is null => Rewound, // Else it is said anew at once, and nothing is taken back.
            FollowUpClosed when followUp.WasTold => Closed,
            _ => null,
        };
        return type is null
            ? null
            : new FollowUpMessage(type, e.At, new FollowUpMessageData(
                followUp.Id, conversation.Value, followUp.State, PiiRedactor.Redact(followUp.Reason).Text, followUp.PromisedFor, followUp.By, followUp.Moves, sequence));
    }

    /// <summary>The body of a message.</summary>
    /// <param name="message">The message.</param>
    public static string BodyOf(FollowUpMessage message) => JsonSerializer.Serialize(message, AlertMessages.Json);

    /// <summary>Reads a body.</summary>
    /// <param name="body">The body, as <see cref="BodyOf"/> wrote it.</param>
    public static FollowUpMessage Read(string body) => JsonSerializer.Deserialize<FollowUpMessage>(body, AlertMessages.Json)!;
}
