using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Coaching;
using DeEscalationBot.Core.Conversations;
using DeEscalationBot.Core.Escalation;
using DeEscalationBot.Core.Scoring;

namespace DeEscalationBot.Host.Tests.Pages;

/// <summary>Events that tests build conversations from.</summary>
internal static class Samples
{
    public static readonly DateTimeOffset Morning = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    public static readonly ConversationId Id = ConversationId.Create("c-1");

    public static TurnTaken CustomerSays(int index, string text, FrustrationLevel level, double tension, params (SignalType Type, string Words)[] signals)
    {
        var score = new UtteranceScore(
            MessageLanguage.English,
            new Probability(0.5),
            level,
            [.. signals.Select(s => new Signal(s.Type, new Probability(0.9), [EvidenceSpan.Of(text, text.IndexOf(s.Words, StringComparison.Ordinal), s.Words.Length)]))],
            ScoreOrigin.Model);
        return Taken(index, SpeakerRole.Customer, text, score, tension, "Maya");
    }

    public static TurnTaken AgentSays(int index, string text) => Taken(index, SpeakerRole.Agent, text, null, 0.5, "Sam");

    public static SuggestionMade Suggested(int turn, string text) =>
        new(Morning, turn, new Suggestion("A1", "Say it back", text, ["Tell me more?"], "They want to be heard first."));

    public static AlertRaised Raised(string id, EscalationTrigger trigger, AlertUrgency urgency) =>
        new(Morning, 0, new Alert(id, trigger, urgency, AlertState.Raised, $"{trigger}: because.", Morning, []));

    private static TurnTaken Taken(int index, SpeakerRole speaker, string text, UtteranceScore? score, double tension, string author) =>
        new(Morning, new Turn(index, MessageId.Create($"m{index}"), speaker, text, Morning, MessageLanguage.English, score, new Probability(tension), TensionTrend.Rising, [], [], [], author));
}
