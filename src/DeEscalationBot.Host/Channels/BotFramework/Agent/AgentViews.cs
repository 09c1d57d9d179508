using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Coaching;
using DeEscalationBot.Core.Coaching.DraftReview;
using DeEscalationBot.Core.Conversations;
using DeEscalationBot.Core.Escalation;
using DeEscalationBot.Core.Scoring;

namespace DeEscalationBot.Host.Channels.BotFramework.Agent;

/// <summary>What the agent is shown after a customer's message.</summary>
/// <param name="Conversation">The coached conversation.</param>
/// <param name="Turn">The customer's turn.</param>
/// <param name="Suggestion">What to say; nothing when nothing is needed.</param>
/// <param name="Variant">How many times another way was asked for.</param>
public sealed record CoachingView(Conversation Conversation, Turn Turn, Suggestion? Suggestion, int Variant)
{
    /// <summary>The score of the turn.</summary>
    public UtteranceScore Score => Turn.Score ?? throw new InvalidOperationException("Only a customer's turn is coached on.");

    /// <summary>The exact words that the sure signals rest on, strongest first, without repetition; at most four.</summary>
    public IReadOnlyList<EvidenceSpan> Evidence =>
        [.. Score.Signals.Where(s => s.Confidence.Value >= LevelPolicy.SureEnough).SelectMany(s => s.Evidence.Take(1)).DistinctBy(e => (e.Start, e.Length)).Take(4)];

    /// <summary>The next of the seven steps (A10), or nothing when all are done.</summary>
    public ConversationStep? NextStep => Enum.GetValues<ConversationStep>().Where(s => !Conversation.StepsDone.Contains(s)).Cast<ConversationStep?>().FirstOrDefault();

    /// <summary>What the turn led to, most urgent first.</summary>
    public IReadOnlyList<EscalationDecision> Escalations => Conversation.Decisions.GetValueOrDefault(Turn.Index, []);

    /// <summary>Whether a supervisor was called already and has not settled it.</summary>
    public bool HelpIsCalled => Conversation.Alerts.Any(a => a.IsOpen && a.Urgency >= AlertUrgency.Supervisor && a.State != AlertState.Waiting);
}

/// <summary>What the agent is shown of a draft.</summary>
/// <param name="Conversation">The coached conversation that it answers.</param>
/// <param name="Draft">The draft.</param>
/// <param name="Result">What the review found.</param>
/// <param name="CanInsert">Whether a button can put words into the agent's compose box: only in a message extension.</param>
public sealed record ReviewView(ConversationId Conversation, string Draft, DraftReviewResult Result, bool CanInsert);

/// <summary>Where a card is shown.</summary>
/// <param name="ChannelId">The channel.</param>
/// <param name="IsDialog">Whether it is shown in a dialogue, whose form is sent by Action.Submit alone.</param>
public sealed record CardPlace(string ChannelId, bool IsDialog = false);

/// <summary>A card that can be sent.</summary>
/// <param name="Attachment">The card.</param>
/// <param name="Summary">What a notification shows; without words of a customer, for it may appear on a locked telephone.</param>
public sealed record AgentCard(Activities.Attachment Attachment, string Summary);

/// <summary>The bot's messages as cards. Language: the current UI culture.</summary>
/// <remarks>
/// A card's buttons carry a verb of <see cref="Cards.CardVerbs"/> and the fields that it names. Where the answer is nothing, the same is said in
/// words. Implementations are safe for concurrent use.
/// </remarks>
public interface IAgentCards
{
    /// <summary>The greeting after the installation.</summary>
    /// <param name="place">Where it is shown.</param>
    AgentCard? Greeting(CardPlace place);

    /// <summary>What one can ask for.</summary>
    /// <param name="place">Where it is shown.</param>
    AgentCard? Commands(CardPlace place);

    /// <summary>The coaching card.</summary>
    /// <param name="view">What it shows.</param>
    /// <param name="place">Where it is shown.</param>
    AgentCard? Coaching(CoachingView view, CardPlace place);

    /// <summary>What the review of a draft found.</summary>
    /// <param name="view">What it shows.</param>
    /// <param name="place">Where it is shown.</param>
    AgentCard? Review(ReviewView view, CardPlace place);

    /// <summary>The form in which a draft is written (input <see cref="Cards.CardFields.Draft"/>, sent by Action.Submit).</summary>
    /// <param name="draft">What it holds at first, or nothing.</param>
    Activities.Attachment DraftForm(string? draft);

    /// <summary>Words for the compose box of the agent.</summary>
    /// <param name="text">The words.</param>
    Activities.Attachment Composed(string text);
}

/// <summary>What message extensions say besides <see cref="Cards.CardVerbs"/>.</summary>
public static class AgentVerbs
{
    /// <summary>In a message extension: these words into the compose box. Data: <see cref="InsertData"/>.</summary>
    public const string Insert = "coach.insert";

    /// <summary>The field with the words for the compose box.</summary>
    public const string InsertData = "text";

    /// <summary>The message extension's command on a message: "coach me on this".</summary>
    public const string CoachMessageCommand = "coachMessage";

    /// <summary>The message extension's command in the compose box: review my draft.</summary>
    public const string ReviewDraftCommand = "reviewDraft";
}
