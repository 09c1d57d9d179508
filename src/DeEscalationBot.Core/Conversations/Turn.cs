using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Coaching;
using DeEscalationBot.Core.Coaching.DraftReview;
using DeEscalationBot.Core.Scoring;

namespace DeEscalationBot.Core.Conversations;

/// <summary>One message in its conversation, with everything that was found when it came in.</summary>
/// <param name="Index">Place in the conversation, from 0, in order of arrival.</param>
/// <param name="MessageId">The message's id.</param>
/// <param name="Speaker">Who wrote it.</param>
/// <param name="Text">The text as it came in.</param>
/// <param name="At">When it was written, as the channel said.</param>
/// <param name="Language">The language it was read in.</param>
/// <param name="Score">For a customer's message: its score. Nothing for an agent's.</param>
/// <param name="Tension">The conversation's tension after it, 0 to 1.</param>
/// <param name="Trend">Where the tension is heading after it.</param>
/// <param name="Findings">For an agent's message: what the draft rules found. Empty for a customer's.</param>
/// <param name="StepsDone">All steps done in the conversation up to and including it.</param>
/// <param name="EarlySigns">For a customer's message: the early signs of anger (A8) seen with it.</param>
/// <param name="AuthorId">The customer or agent as the desk knows them, or nothing.</param>
public sealed record Turn(
    int Index,
    MessageId MessageId,
    SpeakerRole Speaker,
    string Text,
    DateTimeOffset At,
    MessageLanguage Language,
    UtteranceScore? Score,
    Probability Tension,
    TensionTrend Trend,
    IReadOnlyList<DraftFinding> Findings,
    IReadOnlyList<ConversationStep> StepsDone,
    IReadOnlyList<EarlySign> EarlySigns,
    string? AuthorId);
