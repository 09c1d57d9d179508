using System.Text.Json.Serialization;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Coaching;
using DeEscalationBot.Core.Conversations;
using DeEscalationBot.Core.Escalation;
using DeEscalationBot.Core.Scoring;
using DeEscalationBot.Host.Conversations;

namespace DeEscalationBot.Host.Contract;

/// <summary>One message of a conversation.</summary>
/// <param name="Turn">Its place, from 0.</param>
/// <param name="Id">Its id.</param>
/// <param name="Speaker"><c>customer</c> or <c>agent</c>.</param>
/// <param name="Text">The text as it came in; broken surrogates are U+FFFD.</param>
/// <param name="At">When it was written, as its channel said.</param>
/// <param name="Language"><c>es</c>, <c>en</c> or <c>und</c>.</param>
/// <param name="Level">Of a customer's message; null for an agent's.</param>
/// <param name="Frustration">Of a customer's message, 0 to 1; null for an agent's.</param>
/// <param name="Tension">Of the conversation after it, 0 to 1.</param>
/// <param name="Trend">Where the tension is heading after it.</param>
/// <param name="Signals">Of a customer's message; empty for an agent's.</param>
/// <param name="Findings">Of an agent's message; empty for a customer's.</param>
/// <param name="Conversation">Its conversation, where the answer is not the conversation itself; otherwise left out.</param>
/// <param name="SecondOpinion">What a sentiment service said besides; left out when none was asked.</param>
public sealed record TurnView(
    int Turn,
    string Id,
    SpeakerRole Speaker,
    string Text,
    DateTimeOffset At,
    string Language,
    FrustrationLevel? Level,
    double? Frustration,
    double Tension,
    TensionTrend Trend,
    IReadOnlyList<SignalLine> Signals,
    IReadOnlyList<FindingLine> Findings,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Conversation,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] SecondOpinionLine? SecondOpinion)
{
    /// <summary>The view of a turn.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="conversation">Its conversation, or nothing where that is clear.</param>
    public static TurnView From(Turn turn, ConversationId? conversation = null)
    {
        ArgumentNullException.ThrowIfNull(turn);
        return new TurnView(
            turn.Index,
            turn.MessageId.Value,
            turn.Speaker,
            turn.Text,
            turn.At,
            turn.Language.Code(),
            turn.Score?.Level,
            turn.Score is null ? null : Rounded.To4(turn.Score.Frustration),
            Rounded.To4(turn.Tension),
            turn.Trend,
            SignalLine.From(turn.Score),
            [.. turn.Findings.Select(FindingLine.From)],
            conversation?.Value,
            SecondOpinionLine.From(turn.Score?.Opinion));
    }
}

/// <summary>One alert.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Trigger"><c>T1</c> to <c>T12</c>.</param>
/// <param name="Urgency"><c>advise</c>, <c>supervisor</c> or <c>immediate</c>.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Reason">Why it was raised.</param>
/// <param name="RaisedAt">When.</param>
/// <param name="JoinedTriggers">Further triggers since.</param>
/// <param name="AcknowledgedBy">Who answers for it, or null.</param>
/// <param name="Resolution">How it ended, or null.</param>
/// <param name="Conversation">Its conversation, where the answer is not the conversation itself; otherwise left out.</param>
/// <param name="Summary">The conversation in three lines; empty on alerts of the first version.</param>
/// <param name="Signals">The signals with their exact words.</param>
/// <param name="Tried">Which of the seven steps the agent had done.</param>
/// <param name="Wait">Why it is, or was, held back, and until when at most; null when it was raised at once.</param>
/// <param name="ReleasedAt">When a wait ended and it was raised, or null.</param>
/// <param name="DeliveredAt">When it reached its first sink or screen, or null.</param>
/// <param name="AcknowledgedAt">When somebody first answered for it, or null.</param>
/// <param name="TakenOverBy">Who took the conversation over, or null.</param>
/// <param name="Dismissal">Why it was dismissed, or null.</param>
/// <param name="ClosedAt">When it was settled, or null.</param>
/// <param name="NextTellingAt">When the next rung of the ladder is told, or the wait ends; null when no clock runs.</param>
/// <param name="Rung">The rung that was told last, from 0.</param>
/// <param name="Repeats">How often the last rung was told again.</param>
/// <param name="Notes">What supervisors wrote, oldest first.</param>
public sealed record AlertView(
    string Id,
    string Trigger,
    AlertUrgency Urgency,
    AlertState State,
    string Reason,
    DateTimeOffset RaisedAt,
    IReadOnlyList<string> JoinedTriggers,
    string? AcknowledgedBy,
    string? Resolution,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Conversation,
    IReadOnlyList<string> Summary,
    IReadOnlyList<AlertSignalView> Signals,
    IReadOnlyList<ConversationStep> Tried,
    AlertWaitView? Wait,
    DateTimeOffset? ReleasedAt,
    DateTimeOffset? DeliveredAt,
    DateTimeOffset? AcknowledgedAt,
    string? TakenOverBy,
    AlertDismissal? Dismissal,
    DateTimeOffset? ClosedAt,
    DateTimeOffset? NextTellingAt,
    int Rung,
    int Repeats,
    IReadOnlyList<AlertNoteView> Notes)
{
    /// <summary>The view of an alert.</summary>
    /// <param name="alert">The alert.</param>
    /// <param name="conversation">Its conversation, or nothing where that is clear.</param>
    public static AlertView From(Alert alert, ConversationId? conversation = null)
    {
        ArgumentNullException.ThrowIfNull(alert);
        return new AlertView(
            alert.Id,
            alert.Trigger.ToString(),
            alert.Urgency,
            alert.State,
            alert.Reason,
            alert.RaisedAt,
            [.. alert.JoinedTriggers.Select(t => t.ToString())],
            alert.AcknowledgedBy,
            alert.Resolution,
            conversation?.Value,
            alert.Brief?.Summary ?? [],
            [.. (alert.Brief?.Signs ?? []).Select(s => new AlertSignalView(s.Type, s.Confidence, s.Words))],
            alert.Brief?.Tried ?? [],
            alert.Wait is { } wait ? new AlertWaitView(wait.Cause, wait.Until) : null,
            alert.ReleasedAt,
            alert.DeliveredAt,
            alert.AcknowledgedAt,
            alert.TakenOverBy,
            alert.Dismissal,
            alert.ClosedAt,
            alert.DueAt,
            alert.Rung,
            alert.Repeats,
            [.. alert.Notes.Select(n => new AlertNoteView(n.At, n.By, n.Text, n.IsWhisper))]);
    }
}

/// <summary>One signal behind an alert.</summary>
/// <param name="Type">The signal.</param>
/// <param name="Confidence">How sure, 0 to 1.</param>
/// <param name="Words">The exact words.</param>
public sealed record AlertSignalView(SignalType Type, double Confidence, IReadOnlyList<string> Words);

/// <summary>That an alert is, or was, held back.</summary>
/// <param name="Cause"><c>recovery</c>: the conversation is likely to recover; <c>hours</c>: the desk is closed.</param>
/// <param name="Until">Until when at most.</param>
public sealed record AlertWaitView(AlertWaitCause Cause, DateTimeOffset Until);

/// <summary>Something that a supervisor wrote. The customer never sees it.</summary>
/// <param name="At">When.</param>
/// <param name="By">Who.</param>
/// <param name="Text">The words.</param>
/// <param name="IsWhisper">Whether it was said to the agent.</param>
public sealed record AlertNoteView(DateTimeOffset At, string By, string Text, bool IsWhisper);

/// <summary>One proposed review (T8).</summary>
/// <param name="Conversation">The conversation.</param>
/// <param name="CustomerId">The customer as the desk knows them, or null.</param>
/// <param name="Turn">The turn that showed it.</param>
/// <param name="Reason">What was seen.</param>
/// <param name="At">When.</param>
public sealed record ReviewView(string Conversation, string? CustomerId, int Turn, string Reason, DateTimeOffset At)
{
    /// <summary>The view of a review.</summary>
    /// <param name="review">The review.</param>
    public static ReviewView From(ConversationReview review)
    {
        ArgumentNullException.ThrowIfNull(review);
        return new ReviewView(review.Conversation.Value, review.CustomerId, review.Review.TurnIndex, review.Review.Reason, review.Review.At);
    }
}

/// <summary>Proposed reviews.</summary>
/// <param name="Reviews">Newest first.</param>
public sealed record ReviewList(IReadOnlyList<ReviewView> Reviews);

/// <summary>Open alerts.</summary>
/// <param name="Alerts">Most urgent first, then oldest first.</param>
public sealed record AlertList(IReadOnlyList<AlertView> Alerts);

/// <summary>One conversation.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Language"><c>es</c>, <c>en</c> or <c>und</c>.</param>
/// <param name="Tension">After the last customer turn, 0 to 1.</param>
/// <param name="Trend"><c>rising</c>, <c>steady</c> or <c>falling</c>.</param>
/// <param name="StepsDone">The steps (A10) done so far.</param>
/// <param name="Turns">All messages, in order of arrival.</param>
/// <param name="Alerts">All alerts, oldest first.</param>
/// <param name="Sequence">The last event's place: where the event stream goes on.</param>
/// <param name="UnansweredSince">Since when the customer waits, or null.</param>
/// <param name="HandoverRequestedAt">When the agent asked for help, or null.</param>
/// <param name="CustomerId">The customer as the desk knows them, or null.</param>
/// <param name="AgentId">The agent as the desk knows them, or null.</param>
/// <param name="FollowUps">What was promised for later (A12), oldest first.</param>
/// <param name="Goodwill">What was given of the goodwill allowance (B12), oldest first.</param>
public sealed record ConversationView(
    string Id,
    string Language,
    double Tension,
    TensionTrend Trend,
    IReadOnlyList<ConversationStep> StepsDone,
    IReadOnlyList<TurnView> Turns,
    IReadOnlyList<AlertView> Alerts,
    long Sequence,
    DateTimeOffset? UnansweredSince,
    DateTimeOffset? HandoverRequestedAt,
    string? CustomerId,
    string? AgentId,
    IReadOnlyList<FollowUpView> FollowUps,
    IReadOnlyList<GoodwillView> Goodwill)
{
    /// <summary>The view of a conversation.</summary>
    /// <param name="conversation">The conversation.</param>
    public static ConversationView From(Conversation conversation)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        return new ConversationView(
            conversation.Id.Value,
            conversation.Language.Code(),
            Rounded.To4(conversation.Tension),
            conversation.Trend,
            [.. conversation.StepsDone],
            [.. conversation.Turns.Select(t => TurnView.From(t))],
            [.. conversation.Alerts.Select(a => AlertView.From(a))],
            conversation.Sequence,
            conversation.UnansweredSince,
            conversation.HandoverRequestedAt,
            conversation.CustomerId,
            conversation.AgentId,
            [.. conversation.FollowUps.Select(f => FollowUpView.From(f))],
            [.. conversation.Goodwill.Select(GoodwillView.From)]);
    }
}

/// <summary>One conversation in a list.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Language"><c>es</c>, <c>en</c> or <c>und</c>.</param>
/// <param name="Tension">After the last customer turn, 0 to 1.</param>
/// <param name="Trend"><c>rising</c>, <c>steady</c> or <c>falling</c>.</param>
/// <param name="Level">Of the last customer turn, or null before the first.</param>
/// <param name="Turns">How many messages.</param>
/// <param name="LastMessageAt">When the last message was written, as its channel said.</param>
/// <param name="OpenAlerts">How many alerts are open.</param>
/// <param name="HighestUrgency">The highest urgency of an open alert, or null.</param>
/// <param name="UnansweredSince">Since when the customer waits, or null.</param>
/// <param name="CustomerId">The customer as the desk knows them, or null.</param>
/// <param name="AgentId">The agent as the desk knows them, or null.</param>
/// <param name="ReviewProposed">Whether a review over time (T8) is proposed.</param>
public sealed record ConversationSummaryView(
    string Id,
    string Language,
    double Tension,
    TensionTrend Trend,
    FrustrationLevel? Level,
    int Turns,
    DateTimeOffset? LastMessageAt,
    int OpenAlerts,
    AlertUrgency? HighestUrgency,
    DateTimeOffset? UnansweredSince,
    string? CustomerId,
    string? AgentId,
    bool ReviewProposed)
{
    /// <summary>The view of a summary.</summary>
    /// <param name="summary">The summary.</param>
    public static ConversationSummaryView From(ConversationSummary summary)
    {
        ArgumentNullException.ThrowIfNull(summary);
        return new ConversationSummaryView(
            summary.Id.Value,
            summary.Language.Code(),
            Rounded.To4(summary.Tension),
            summary.Trend,
            summary.Level,
            summary.Turns,
            summary.LastTextAt,
            summary.OpenAlerts,
            summary.HighestUrgency,
            summary.UnansweredSince,
            summary.CustomerId,
            summary.AgentId,
            summary.Reviews > 0);
    }
}

/// <summary>One page of conversations.</summary>
/// <param name="Conversations">Hottest first.</param>
/// <param name="NextCursor">What to send as <c>cursor</c> for the next page, or null on the last.</param>
public sealed record ConversationList(IReadOnlyList<ConversationSummaryView> Conversations, string? NextCursor)
{
    /// <summary>The list of a page.</summary>
    /// <param name="page">The page.</param>
    public static ConversationList From(ConversationPage page)
    {
        ArgumentNullException.ThrowIfNull(page);
        return new ConversationList([.. page.Conversations.Select(ConversationSummaryView.From)], page.Next?.ToString());
    }
}
