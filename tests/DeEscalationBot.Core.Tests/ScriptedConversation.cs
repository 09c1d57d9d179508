using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Coaching;
using DeEscalationBot.Core.Conversations;
using DeEscalationBot.Core.Escalation;
using DeEscalationBot.Core.Scoring;

namespace DeEscalationBot.Core.Tests;

/// <summary>Writes a conversation turn by turn with given scores, so that a rule is tested apart from the scorer before it.</summary>
internal sealed class ScriptedConversation(MessageLanguage language, string id = "scripted", string? customerId = null, string? agentId = null)
{
    public static readonly DateTimeOffset Morning = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private DateTimeOffset _clock = Morning;

    public Conversation Now { get; private set; } = Conversation.Start(ConversationId.Create(id));

    public static UtteranceScore Score(MessageLanguage language, string text, FrustrationLevel level, params (SignalType Type, double Confidence, string Words)[] signals) =>
        new(
            language,
            new Probability(level switch { FrustrationLevel.Calm => 0.03, FrustrationLevel.Annoyed => 0.3, FrustrationLevel.Frustrated => 0.7, FrustrationLevel.Angry => 0.92, _ => 0.98 }),
            level,
            [.. signals.Select(s => new Signal(s.Type, new Probability(s.Confidence), [EvidenceSpan.Of(text, text.IndexOf(s.Words, StringComparison.Ordinal), s.Words.Length)]))],
            ScoreOrigin.Model);

    public ScriptedConversation After(TimeSpan pause)
    {
        _clock += pause;
        return this;
    }

    public ScriptedConversation Customer(string text, FrustrationLevel level, params (SignalType Type, double Confidence, string Words)[] signals)
    {
        var score = Score(language, text, level, signals);
        var signs = EarlySigns.Of(Now.Turns, Now.Turns.Count, text, score);
        var elapsed = Now.Turns.IsEmpty ? TimeSpan.Zero : _clock - Now.Turns[^1].At;
        var tension = Tension.After(Now.Tension, elapsed, score);
        var trend = Tension.TrendOf([.. Now.CustomerTurns.Select(t => t.Tension)], tension);
        return Take(new Turn(Now.Turns.Count, Id(), SpeakerRole.Customer, text, _clock, language, score, tension, trend, [], [.. Now.StepsDone], signs, customerId));
    }

    public ScriptedConversation Agent(string text, params ConversationStep[] steps) => AgentNamed(agentId, text, steps);

    public ScriptedConversation AgentNamed(string? author, string text, params ConversationStep[] steps)
    {
        Take(new Turn(Now.Turns.Count, Id(), SpeakerRole.Agent, text, _clock, language, null, Now.Tension, Now.Trend, [], [.. Now.StepsDone.Union(steps)], [], author));
        Now = Now.Apply(new StepsCompleted(_clock, Now.Turns.Count - 1, steps));
        return this;
    }

    public ScriptedConversation Suggested(Suggestion suggestion)
    {
        Now = Now.Apply(new SuggestionMade(_clock, Now.Turns.Count - 1, suggestion));
        return this;
    }

    public ScriptedConversation Decided(EscalationTrigger trigger, AlertUrgency urgency)
    {
        Now = Now.Apply(new AlertRaised(_clock, Now.Turns.Count - 1, new Alert($"alr_{Now.Sequence}", trigger, urgency, AlertState.Raised, "because", _clock, [])));
        return this;
    }

    private ScriptedConversation Take(Turn turn)
    {
        Now = Now.Apply(new TurnTaken(_clock, turn));
        _clock += TimeSpan.FromMinutes(1);
        return this;
    }

    private MessageId Id() => MessageId.Create($"m{Now.Turns.Count}");
}
