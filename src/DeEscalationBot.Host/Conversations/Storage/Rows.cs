using DeEscalationBot.Core.Conversations;
using DeEscalationBot.Core.Escalation;
using DeEscalationBot.Core.Scoring;

namespace DeEscalationBot.Host.Conversations.Storage;

/// <summary>One event of one conversation: the record itself. Never changed, never reordered.</summary>
public sealed class ConversationEventRow
{
    /// <summary>The conversation.</summary>
    public required string ConversationId { get; init; }

    /// <summary>The event's place in its conversation, from 1, without gaps.</summary>
    public required long Sequence { get; init; }

    /// <summary>When it was recorded, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The event's type, a name of <see cref="EventFormat"/>.</summary>
    public required string Type { get; init; }

    /// <summary>The event as JSON, sealed with the conversation's key. Text, not a JSON column: a message may hold U+0000, which PostgreSQL's JSON refuses.</summary>
    public required string Payload { get; set; }
}

/// <summary>What lists show of one conversation. Follows from the events and is written with them in one transaction.</summary>
public sealed class ConversationSummaryRow
{
    /// <summary>The conversation.</summary>
    public required string ConversationId { get; init; }

    /// <summary>The last event that is counted in.</summary>
    public required long Sequence { get; init; }

    /// <summary>How many turns there are.</summary>
    public required int Turns { get; init; }

    /// <summary>The tension after the last customer turn, 0 to 1.</summary>
    public required double Tension { get; init; }

    /// <summary>Where it is heading.</summary>
    public required TensionTrend Trend { get; init; }

    /// <summary>The level of the last customer turn, or nothing before the first.</summary>
    public required FrustrationLevel? Level { get; init; }

    /// <summary>The conversation's language as a code.</summary>
    public required string Language { get; init; }

    /// <summary>When the last message was written, as its channel said, UTC.</summary>
    public required DateTimeOffset? LastTextAt { get; init; }

    /// <summary>When something was last recorded, by the product's clock, UTC.</summary>
    public required DateTimeOffset LastRecordedAt { get; init; }

    /// <summary>How many alerts are open.</summary>
    public required int OpenAlerts { get; init; }

    /// <summary>The highest urgency of an open alert, or nothing.</summary>
    public required AlertUrgency? HighestUrgency { get; init; }

    /// <summary>Since when the customer waits for an answer, or nothing.</summary>
    public required DateTimeOffset? UnansweredSince { get; init; }

    /// <summary>When the clock has to look at the conversation again (T12), or nothing.</summary>
    public required DateTimeOffset? WaitingDueAt { get; init; }

    /// <summary>The customer as the desk knows them, sealed, or nothing.</summary>
    public required string? CustomerId { get; init; }

    /// <summary>The agent as the desk knows them, or nothing.</summary>
    public required string? AgentId { get; init; }

    /// <summary>How many reviews (T8) are proposed.</summary>
    public required int Reviews { get; init; }

    /// <summary>When the conversation was erased, UTC: the row then keeps its id from being used again, and nothing is ever written to it. Nothing while it is there.</summary>
    public DateTimeOffset? ErasedAt { get; init; }

    /// <summary>Of an erased conversation what reports count: times, tension and techniques, no words and no customer. Nothing while it is there.</summary>
    public string? Kept { get; init; }
}

/// <summary>Something in a conversation that the clock has to look at.</summary>
public interface IDueRow
{
    /// <summary>The conversation that decides.</summary>
    string ConversationId { get; }

    /// <summary>When the clock has to look, UTC; nothing when no clock runs.</summary>
    DateTimeOffset? DueAt { get; }

    /// <summary>Until when a node has taken it on itself to look, UTC; nothing when none has. Cleared with every change.</summary>
    DateTimeOffset? LeaseUntil { get; }
}

/// <summary>One follow-up (A12) as it stands. Follows from the events.</summary>
public sealed class FollowUpRow : IDueRow
{
    /// <summary>Its conversation.</summary>
    public required string ConversationId { get; init; }

    /// <summary>Its id within the conversation.</summary>
    public required string FollowUpId { get; init; }

    /// <summary>Who promised it.</summary>
    public required string AgentId { get; init; }

    /// <summary>Where it stands.</summary>
    public required FollowUpState State { get; init; }

    /// <summary>By when the customer hears of us, UTC.</summary>
    public required DateTimeOffset PromisedFor { get; init; }

    /// <summary>When the clock has to look at it (the reminder, then the date), UTC; nothing when no clock runs.</summary>
    public required DateTimeOffset? DueAt { get; init; }

    /// <inheritdoc/>
    public DateTimeOffset? LeaseUntil { get; init; }

    /// <summary>When the agent was reminded of the present date, UTC, or nothing: a clock that is behind it was set back.</summary>
    public required DateTimeOffset? RemindedAt { get; init; }

    /// <summary>When the present date was found to have passed, UTC, or nothing: a clock that is behind it was set back.</summary>
    public required DateTimeOffset? MissedAt { get; init; }

    /// <summary>The customer as the desk knows them, sealed, or nothing.</summary>
    public required string? CustomerId { get; init; }

    /// <summary>The follow-up as JSON, sealed.</summary>
    public required string Payload { get; init; }
}

/// <summary>What an agent, or the whole desk, has spent of a month's allowance (B12). The only row that is changed in place, under the lock of its database.</summary>
public sealed class GoodwillLedgerRow
{
    /// <summary>The agent of the row that counts for the whole desk: nobody.</summary>
    public const string WholeDesk = "";

    /// <summary>The month, such as <c>2026-03</c>.</summary>
    public required string Month { get; init; }

    /// <summary>The currency, an ISO 4217 code.</summary>
    public required string Currency { get; init; }

    /// <summary>Whose it is; <see cref="WholeDesk"/> for the sum of all.</summary>
    public required string AgentId { get; init; }

    /// <summary>How much was spent and not taken back, in the smallest unit of the currency; 0 or more.</summary>
    public required long Spent { get; init; }
}

/// <summary>One gesture (B12) as it stands, without who made it: sums need no names. Follows from the events.</summary>
public sealed class GoodwillRow
{
    /// <summary>Its conversation.</summary>
    public required string ConversationId { get; init; }

    /// <summary>Its id within the conversation.</summary>
    public required string GestureId { get; init; }

    /// <summary>The month that it counts in.</summary>
    public required string Month { get; init; }

    /// <summary>The currency, an ISO 4217 code.</summary>
    public required string Currency { get; init; }

    /// <summary>How much, in the smallest unit of <see cref="Currency"/>.</summary>
    public required long Units { get; init; }

    /// <summary>Whether it was taken back.</summary>
    public required bool IsTakenBack { get; init; }

    /// <summary>The tension when it was given, 0 to 1.</summary>
    public required double TensionBefore { get; init; }

    /// <summary>The tension after the customer's next message, 0 to 1, or nothing before it.</summary>
    public required double? TensionAfter { get; init; }
}

/// <summary>One alert as it stands. Follows from the events.</summary>
public sealed class AlertRow : IDueRow
{
    /// <summary>The alert's id.</summary>
    public required string AlertId { get; init; }

    /// <summary>Its conversation.</summary>
    public required string ConversationId { get; init; }

    /// <summary>Whether somebody still has to settle it.</summary>
    public required bool IsOpen { get; init; }

    /// <summary>Its urgency.</summary>
    public required AlertUrgency Urgency { get; init; }

    /// <summary>Where it stands.</summary>
    public required AlertState State { get; init; }

    /// <summary>When it was raised, UTC.</summary>
    public required DateTimeOffset RaisedAt { get; init; }

    /// <summary>When the clock has to look at it (a wait that is over, the next rung of the ladder), UTC; nothing when no clock runs.</summary>
    public required DateTimeOffset? DueAt { get; init; }

    /// <summary>When somebody was last told, UTC: a clock that is behind it was set back.</summary>
    public required DateTimeOffset ToldAt { get; init; }

    /// <summary>Until when a node has taken it on itself to look, UTC; nothing when none has. Cleared with every change.</summary>
    public DateTimeOffset? LeaseUntil { get; init; }

    /// <summary>The alert as JSON, sealed.</summary>
    public required string Payload { get; init; }
}

/// <summary>One proposed review (T8). Follows from the events.</summary>
public sealed class ReviewRow
{
    /// <summary>Its conversation.</summary>
    public required string ConversationId { get; init; }

    /// <summary>The event that proposed it.</summary>
    public required long Sequence { get; init; }

    /// <summary>The customer as the desk knows them, sealed, or nothing.</summary>
    public required string? CustomerId { get; init; }

    /// <summary>When it was proposed, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The proposal as JSON, sealed.</summary>
    public required string Payload { get; init; }
}

/// <summary>How far a message of the outbox is.</summary>
public enum OutboxState
{
    /// <summary>On its way; left for one of the others.</summary>
    Pending,

    /// <summary>Its sink has it. Final.</summary>
    Delivered,

    /// <summary>Given up, with a reason; a person may send it again, which makes it pending.</summary>
    Dead,
}

/// <summary>One message to one sink. Written in the transaction of its event.</summary>
public sealed class OutboxRow
{
    /// <summary>The delivery's id: the same however often it is sent, made of conversation, event and sink.</summary>
    public required string DeliveryId { get; init; }

    /// <summary>The sink's name.</summary>
    public required string Sink { get; init; }

    /// <summary>The conversation.</summary>
    public required string ConversationId { get; init; }

    /// <summary>The event's place in the conversation: messages of one conversation go to a sink in this order.</summary>
    public required long Sequence { get; init; }

    /// <summary>The alert; empty for a message about a follow-up.</summary>
    public required string AlertId { get; init; }

    /// <summary>How urgent it is: more urgent messages go first.</summary>
    public required AlertUrgency Urgency { get; init; }

    /// <summary>The message's type, such as <c>alert.raised</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The body, byte for byte as it is sent; in the table sealed.</summary>
    public required string Body { get; set; }

    /// <summary>How far it is.</summary>
    public required OutboxState State { get; init; }

    /// <summary>When it was written, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it is tried next, UTC.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>When <see cref="DueAt"/> was set, UTC: a clock that is behind it was set back.</summary>
    public required DateTimeOffset DueSetAt { get; init; }

    /// <summary>Until when a worker has taken it on itself, UTC; nothing when none has.</summary>
    public DateTimeOffset? LeaseUntil { get; init; }

    /// <summary>How often it was tried.</summary>
    public int Attempts { get; init; }

    /// <summary>When it was delivered or given up, UTC; nothing before.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>What came of the last try, in words; nothing before the first.</summary>
    public string? LastResult { get; init; }
}

/// <summary>One shift of a person on a rung of the ladder, as the API set it.</summary>
public sealed class DutyShiftRow
{
    /// <summary>The shift's id.</summary>
    public required string ShiftId { get; init; }

    /// <summary>The rung, from 0.</summary>
    public required int Rung { get; init; }

    /// <summary>Who.</summary>
    public required string Person { get; init; }

    /// <summary>Where e-mail reaches them, or nothing.</summary>
    public required string? Email { get; init; }

    /// <summary>From when, UTC.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>Until when, UTC.</summary>
    public required DateTimeOffset Until { get; init; }
}

/// <summary>A conversation of a channel that the bot may go on with by itself: kept only after its activity was authenticated.</summary>
public sealed class BotConversationRow
{
    /// <summary>The organisation; empty where the channel knows none.</summary>
    public required string TenantId { get; init; }

    /// <summary>The channel.</summary>
    public required string ChannelId { get; init; }

    /// <summary>The conversation's id in the channel.</summary>
    public required string ConversationId { get; init; }

    /// <summary><c>personal</c>, <c>groupChat</c> or <c>channel</c>; empty where the channel does not say.</summary>
    public required string ConversationType { get; set; }

    /// <summary>In a personal conversation the person's id in the directory; empty otherwise.</summary>
    public required string UserDirectoryId { get; set; }

    /// <summary>In a team's channel the team's id in the channel; empty otherwise.</summary>
    public required string TeamId { get; set; }

    /// <summary>Where it can be gone on with, as the protocol writes it, sealed.</summary>
    public required string Reference { get; set; }

    /// <summary>When it was last seen, UTC.</summary>
    public required DateTimeOffset SeenAt { get; set; }
}

/// <summary>What the bot remembers of an agent in a conversation of a channel.</summary>
public sealed class BotCaseRow
{
    /// <summary>Agent and conversation, as a hash.</summary>
    public required string AgentKey { get; init; }

    /// <summary>The number of the case that runs, from 1.</summary>
    public required int Case { get; set; }

    /// <summary>Whether the next message is the draft that was asked for.</summary>
    public required bool ExpectsDraft { get; set; }

    /// <summary>The language that the agent chose, or nothing: then the client's.</summary>
    public required string? Language { get; set; }
}

/// <summary>An answer of the coach in a channel, and whether it was of use. Leads to no person, no conversation and no case.</summary>
public sealed class BotAnswerRow
{
    /// <summary>What the answer is known by: a hash of where it stands.</summary>
    public required string AnswerKey { get; init; }

    /// <summary>The playbook id of what was suggested, or nothing.</summary>
    public required string? Technique { get; init; }

    /// <summary>The day, UTC, such as <c>2026-03-01</c>.</summary>
    public required string Day { get; init; }

    /// <summary>Whether it was of use, or nothing when nobody said.</summary>
    public bool? WasUseful { get; set; }
}

/// <summary>A conversation of Teams in which a supervisor asked for alerts.</summary>
public sealed class BotAlertPlaceRow
{
    /// <summary>The organisation; empty where the channel knows none.</summary>
    public required string TenantId { get; init; }

    /// <summary>The conversation: a channel's own id, without a thread.</summary>
    public required string ConversationId { get; init; }

    /// <summary><c>personal</c>, <c>groupChat</c> or <c>channel</c>.</summary>
    public required string ConversationType { get; init; }

    /// <summary>The team of a channel; empty otherwise.</summary>
    public required string TeamId { get; init; }

    /// <summary>The language of the cards there: <c>es</c> or <c>en</c>.</summary>
    public required string Language { get; init; }

    /// <summary>Since when, UTC.</summary>
    public required DateTimeOffset At { get; init; }
}

/// <summary>A customer's chat that an agent took in a conversation of a channel, and how far they were shown it there.</summary>
public sealed class BotChatRow
{
    /// <summary>The customer's conversation.</summary>
    public required string ConversationId { get; init; }

    /// <summary>The agent, as the desk knows them.</summary>
    public required string AgentId { get; init; }

    /// <summary>The channel where they are shown it.</summary>
    public required string ChannelId { get; init; }

    /// <summary>The conversation's id in that channel: one with this agent alone.</summary>
    public required string Place { get; init; }

    /// <summary>The language of its cards: <c>es</c> or <c>en</c>.</summary>
    public required string Language { get; set; }

    /// <summary>The last event of the customer's conversation that they were shown.</summary>
    public required long Shown { get; init; }

    /// <summary>Since when the channel takes nothing, UTC; nothing while it does.</summary>
    public DateTimeOffset? AwaySince { get; init; }

    /// <summary>When the customer said that they leave, UTC; nothing while they have not.</summary>
    public DateTimeOffset? LeftAt { get; init; }

    /// <summary>Until when a node has taken it on itself to show what is new, UTC; nothing when none has.</summary>
    public DateTimeOffset? LeaseUntil { get; init; }
}

/// <summary>A card of an alert that was sent, so that it can be changed instead of sent again.</summary>
public sealed class BotAlertCardRow
{
    /// <summary>The alert.</summary>
    public required string AlertId { get; init; }

    /// <summary>The place that it was sent to.</summary>
    public required string Place { get; init; }

    /// <summary>The sink that sent it, and keeps it up to date.</summary>
    public required string Sink { get; init; }

    /// <summary>The conversation that it stands in, with its thread.</summary>
    public required string ConversationId { get; init; }

    /// <summary>Its id in the channel.</summary>
    public required string ActivityId { get; init; }

    /// <summary>Where it can be gone on with, as the protocol writes it, sealed.</summary>
    public required string Reference { get; init; }

    /// <summary>Its language: <c>es</c> or <c>en</c>.</summary>
    public required string Language { get; init; }

    /// <summary>The last event of the conversation that it shows.</summary>
    public required long ShownSequence { get; set; }

    /// <summary>The last event for which people were called under it; 0 when the card itself was the call.</summary>
    public required long CalledSequence { get; set; }

    /// <summary>When it was sent, UTC.</summary>
    public required DateTimeOffset At { get; init; }
}
