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

    /// <summary>The event as JSON. Text, not a JSON column: a message may hold U+0000, which PostgreSQL's JSON refuses.</summary>
    public required string Payload { get; init; }
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

    /// <summary>The customer as the desk knows them, or nothing.</summary>
    public required string? CustomerId { get; init; }

    /// <summary>The agent as the desk knows them, or nothing.</summary>
    public required string? AgentId { get; init; }

    /// <summary>How many reviews (T8) are proposed.</summary>
    public required int Reviews { get; init; }
}

/// <summary>One alert as it stands. Follows from the events.</summary>
public sealed class AlertRow
{
    /// <summary>The alert's id.</summary>
    public required string AlertId { get; init; }

    /// <summary>Its conversation.</summary>
    public required string ConversationId { get; init; }

    /// <summary>Whether somebody still has to settle it.</summary>
    public required bool IsOpen { get; init; }

    /// <summary>Its urgency.</summary>
    public required AlertUrgency Urgency { get; init; }

    /// <summary>When it was raised, UTC.</summary>
    public required DateTimeOffset RaisedAt { get; init; }

    /// <summary>The alert as JSON.</summary>
    public required string Payload { get; init; }
}

/// <summary>One proposed review (T8). Follows from the events.</summary>
public sealed class ReviewRow
{
    /// <summary>Its conversation.</summary>
    public required string ConversationId { get; init; }

    /// <summary>The event that proposed it.</summary>
    public required long Sequence { get; init; }

    /// <summary>The customer as the desk knows them, or nothing.</summary>
    public required string? CustomerId { get; init; }

    /// <summary>When it was proposed, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The proposal as JSON.</summary>
    public required string Payload { get; init; }
}
