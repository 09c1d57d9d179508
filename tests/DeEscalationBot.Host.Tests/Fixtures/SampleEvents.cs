using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Coaching;
using DeEscalationBot.Core.Coaching.DraftReview;
using DeEscalationBot.Core.Conversations;
using DeEscalationBot.Core.Escalation;
using DeEscalationBot.Core.Scoring;

namespace DeEscalationBot.Host.Tests.Fixtures;

/// <summary>Made-up events with something in every field.</summary>
public static class SampleEvents
{
    public static readonly DateTimeOffset At = new(2026, 3, 1, 14, 30, 0, 125, TimeSpan.Zero);

    /// <summary>A legal conversation in which every kind of event happens once.</summary>
    public static IReadOnlyList<ConversationEvent> OneOfEach { get; } =
    [
        new TurnTaken(At, CustomerTurn(0, "m1", "¡Nadie responde! \0 \uFFFD 👩‍🚀 \u202E")),
        new SuggestionMade(At, 0, new Suggestion("A1", "Dígalo de vuelta", "Lleva tres semanas esperando. ¿Es así?", ["¿Qué pasó después?"], "Nadie le ha escuchado.")),
        new ReviewProposed(At, 0, "T8: “nadie”"),
        new AlertRaised(At, 0, new Alert("alr_1", EscalationTrigger.T10, AlertUrgency.Supervisor, AlertState.Raised, "T10: “nadie”", At, [])),
        new AlertJoined(At, 0, "alr_1", new EscalationDecision(EscalationTrigger.T9, AlertUrgency.Supervisor, "T9: …")),
        new TurnTaken(At.AddMinutes(1), AgentTurn(1, "m2", "Entiendo el problema, pero…")),
        new StepsCompleted(At.AddMinutes(1), 1, [ConversationStep.Calm, ConversationStep.FollowUp]),
        new HandoverRequested(At.AddMinutes(2), "ana"),
        new AlertAcknowledged(At.AddMinutes(3), "alr_1", "luis"),
        new AlertResolved(At.AddMinutes(4), "alr_1", "luis", null),
    ];

    public static Turn CustomerTurn(int index, string id, string text, double tension = 0.625) => new(
        index,
        MessageId.Create(id),
        SpeakerRole.Customer,
        text,
        At.ToOffset(TimeSpan.FromHours(-3)),
        MessageLanguage.Spanish,
        new UtteranceScore(
            MessageLanguage.Spanish,
            new Probability(0.75),
            FrustrationLevel.Frustrated,
            [new Signal(SignalType.Unheard, new Probability(0.9), [EvidenceSpan.Of(text, 0, 3), EvidenceSpan.Of(text, 1, 2)])],
            ScoreOrigin.Model),
        new Probability(tension),
        TensionTrend.Rising,
        [],
        [],
        [new EarlySign(EarlySignKind.Coldness, [0])],
        "customer/7");

    public static Turn AgentTurn(int index, string id, string text) => new(
        index,
        MessageId.Create(id),
        SpeakerRole.Agent,
        text,
        At.AddMinutes(1),
        MessageLanguage.Spanish,
        null,
        new Probability(0.625),
        TensionTrend.Rising,
        [new DraftFinding("empathy-but", FindingSeverity.Warning, EvidenceSpan.Of(text, 0, 4), "El «pero» lo deshace.", "A1", null)],
        [ConversationStep.Calm, ConversationStep.FollowUp],
        [],
        null);

    /// <summary>A conversation with one customer turn of that tension.</summary>
    public static (Conversation After, IReadOnlyList<ConversationEvent> Events) Begun(string conversation, double tension = 0.625)
    {
        IReadOnlyList<ConversationEvent> events = [new TurnTaken(At, CustomerTurn(0, "m1", "Nadie responde", tension))];
        return (Conversation.Start(ConversationId.Create(conversation)).Apply(events), events);
    }
}
