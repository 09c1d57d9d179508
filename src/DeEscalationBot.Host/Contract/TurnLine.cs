using System.Text.Json.Serialization;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Coaching;
using DeEscalationBot.Core.Conversations;
using DeEscalationBot.Core.Escalation;
using DeEscalationBot.Core.Pipeline;
using DeEscalationBot.Core.Scoring;

namespace DeEscalationBot.Host.Contract;

/// <summary>An escalation as it leaves the product.</summary>
/// <param name="Urgency">advise, supervisor or immediate.</param>
/// <param name="Trigger">T1 to T12.</param>
/// <param name="Reason">Signals, exact words, trend and playbook id.</param>
public sealed record EscalationLine(AlertUrgency Urgency, string Trigger, string Reason)
{
    /// <summary>Writes a decision.</summary>
    /// <param name="decision">The decision.</param>
    public static EscalationLine From(EscalationDecision decision)
    {
        ArgumentNullException.ThrowIfNull(decision);
        return new EscalationLine(decision.Urgency, decision.Trigger.ToString(), decision.Reason);
    }
}

/// <summary>A review (T8) as it leaves the product.</summary>
/// <param name="Trigger">T8.</param>
/// <param name="Reason">What was seen.</param>
public sealed record ReviewProposalLine(string Trigger, string Reason);

/// <summary>What came of one message: a line of <c>replay</c> and the answer to a posted message.</summary>
/// <param name="Conversation">The conversation.</param>
/// <param name="Turn">The turn's index, from 0.</param>
/// <param name="Speaker">customer or agent.</param>
/// <param name="Language">es, en or und.</param>
/// <param name="Level">The level; customer turns only.</param>
/// <param name="Frustration">Calibrated chance of "frustrated or worse"; customer turns only.</param>
/// <param name="Tension">The conversation's tension, 0 to 1.</param>
/// <param name="Trend">rising, steady or falling.</param>
/// <param name="Signals">The signals; empty for agent turns.</param>
/// <param name="StepsDone">The steps done so far, in order.</param>
/// <param name="Technique">Playbook id of the suggestion, or nothing.</param>
/// <param name="Suggestion">Words that the agent can say, or nothing.</param>
/// <param name="Openers">Questions that go with the suggestion.</param>
/// <param name="Findings">What the draft rules found; empty for customer turns.</param>
/// <param name="Escalation">The most urgent decision, or nothing.</param>
/// <param name="FurtherEscalations">The other decisions; left out when there are none.</param>
/// <param name="Review">A review that is proposed (T8); left out when there is none.</param>
public sealed record TurnLine(
    string Conversation,
    int Turn,
    SpeakerRole Speaker,
    string Language,
    FrustrationLevel? Level,
    double? Frustration,
    double Tension,
    TensionTrend Trend,
    IReadOnlyList<SignalLine> Signals,
    IReadOnlyList<ConversationStep> StepsDone,
    string? Technique,
    string? Suggestion,
    IReadOnlyList<string> Openers,
    IReadOnlyList<FindingLine> Findings,
    EscalationLine? Escalation,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<EscalationLine>? FurtherEscalations,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ReviewProposalLine? Review)
{
    /// <summary>Writes an outcome.</summary>
    /// <param name="outcome">The outcome.</param>
    public static TurnLine From(TurnOutcome outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        var turn = outcome.Turn;
        var escalations = outcome.Escalations.Select(EscalationLine.From).ToArray();
        return new TurnLine(
            outcome.Conversation.Value,
            turn.Index,
            turn.Speaker,
            turn.Language.Code(),
            turn.Score?.Level,
            turn.Score is null ? null : Rounded.To4(turn.Score.Frustration),
            Rounded.To4(turn.Tension),
            turn.Trend,
            SignalLine.From(turn.Score),
            turn.StepsDone,
            outcome.Suggestion?.Technique,
            outcome.Suggestion?.Text,
            outcome.Suggestion?.Openers ?? [],
            [.. turn.Findings.Select(FindingLine.From)],
            escalations.Length == 0 ? null : escalations[0],
            escalations.Length <= 1 ? null : escalations[1..],
            outcome.Review is { } review ? new ReviewProposalLine(nameof(EscalationTrigger.T8), review.Reason) : null);
    }
}
