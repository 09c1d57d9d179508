using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Coaching;
using DeEscalationBot.Core.Conversations;
using DeEscalationBot.Core.Escalation;

namespace DeEscalationBot.Core.Pipeline;

/// <summary>What came of one message: the answer to the channel that handed it over.</summary>
/// <param name="Conversation">The conversation.</param>
/// <param name="Turn">The message with its judgement, tension, steps and findings.</param>
/// <param name="Suggestion">What the coach proposes now, or nothing.</param>
/// <param name="Escalations">What the turn led to, most urgent first; mostly empty.</param>
/// <param name="Review">A review that it proposes (T8), or nothing.</param>
public sealed record TurnOutcome(
    ConversationId Conversation,
    Turn Turn,
    Suggestion? Suggestion,
    IReadOnlyList<EscalationDecision> Escalations,
    ProposedReview? Review)
{
    /// <summary>The outcome of a turn that is in the record already.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="turn">The turn.</param>
    public static TurnOutcome Of(Conversation conversation, Turn turn)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        ArgumentNullException.ThrowIfNull(turn);
        return new TurnOutcome(
            conversation.Id,
            turn,
            conversation.Suggestions.GetValueOrDefault(turn.Index),
            conversation.Decisions.GetValueOrDefault(turn.Index, []),
            conversation.Reviews.Find(r => r.TurnIndex == turn.Index));
    }
}
