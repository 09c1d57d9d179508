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
        new SecondOpinionGiven(At, 0, new SecondOpinion(
            "Azure AI Language",
            OpinionUse.Beside,
            new SentimentReading(
                Sentiment.Negative,
                new SentimentShares(new Probability(0.01), new Probability(0.04), new Probability(0.95)),
                new Probability(0.97),
                [new SentimentOpinion(new EvidenceSpan(1, 5, "Nadie"), new EvidenceSpan(7, 8, "responde"), Sentiment.Negative)],
                "es",
                "2022-11-01"),
            null,
            new UncountedScore(new Probability(0.7), FrustrationLevel.Frustrated))),
        new SuggestionMade(At, 0, new Suggestion("A1", "Dígalo de vuelta", "Lleva tres semanas esperando. ¿Es así?", ["¿Qué pasó después?"], "Nadie le ha escuchado.")),
        new ReviewProposed(At, 0, "T8: “nadie”"),
        new AlertRaised(At, 0, new Alert("alr_1", EscalationTrigger.T10, AlertUrgency.Supervisor, AlertState.Waiting, "T10: “nadie”", At, [])
        {
            Brief = new AlertBrief(
                [new AlertSign(SignalType.Unheard, 0.9, ["nadie"])], 0.625, TensionTrend.Rising, "T10", ["Empezó así: “¡Nadie responde!”", "…", "…"], [ConversationStep.Calm], ["A1"]),
            Wait = new AlertWait(AlertWaitCause.Recovery, At.AddMinutes(3)),
            DueAt = At.AddMinutes(3),
        }),
        new AlertJoined(At, 0, "alr_1", new EscalationDecision(EscalationTrigger.T9, AlertUrgency.Supervisor, "T9: …"), At.AddMinutes(2)),
        new AlertReleased(At.AddSeconds(1), "alr_1", At.AddMinutes(2)),
        new AlertDelivered(At.AddSeconds(2), "alr_1", "console"),
        new AlertEscalated(At.AddMinutes(2), "alr_1", 1, "turno", ["Ana"], 0, At.AddMinutes(4)),
        new TurnTaken(At.AddMinutes(1), AgentTurn(1, "m2", "Entiendo el problema, pero…")),
        new StepsCompleted(At.AddMinutes(1), 1, [ConversationStep.Calm, ConversationStep.FollowUp]),
        new AdviceSetAside(At.AddMinutes(2), [new SetAsideAdvice("empathy-but"), new SetAsideAdvice("hostile-tone", "¡calle!")]),
        new HandoverRequested(At.AddMinutes(2), "ana"),
        new ChecklistEdited(At.AddMinutes(2), "ana", [new ChecklistItem("step-9-0", "Localizar el pago"), new ChecklistItem("step-9-1", "Pedir la devolución", true, "ana", At)]),
        new ChecklistTicked(At.AddMinutes(2), "ana", "step-9-0", IsDone: true),
        new FollowUpPlanned(At.AddMinutes(2), new FollowUp("followup-15", "El almacén responde mañana", At.AddDays(1), At.AddHours(23), "ana", At.AddMinutes(2))),
        new FollowUpReminded(At.AddHours(23), "followup-15"),
        new FollowUpMissed(At.AddDays(1), "followup-15"),
        new FollowUpRewound(At.AddHours(1), "followup-15"),
        new FollowUpMoved(At.AddDays(1), "ana", "followup-15", "Sigue pendiente", At.AddDays(2), At.AddDays(2).AddHours(-1)),
        new FollowUpClosed(At.AddDays(2), "ana", "followup-15", FollowUpState.Done),
        new GoodwillGiven(At.AddMinutes(2), new GoodwillGesture("goodwill-20", "click-1", 12.5m, "EUR", "Por la espera", "ana", At.AddMinutes(2), "2026-03", 0.625)),
        new GoodwillTakenBack(At.AddMinutes(3), "goodwill-20", "ana"),
        new AlertAcknowledged(At.AddMinutes(3), "alr_1", "luis"),
        new AlertCoached(At.AddMinutes(3), "alr_1", "luis", "Ofrézcale una llamada"),
        new AlertTakenOver(At.AddMinutes(3), "alr_1", "luis"),
        new AlertNoted(At.AddMinutes(4), "alr_1", "eva", "La segunda esta semana"),
        new AlertResolved(At.AddMinutes(4), "alr_1", "luis", null),
        new AlertWithheld(At.AddMinutes(5), 0, new EscalationDecision(EscalationTrigger.T3, AlertUrgency.Supervisor, "T3: …")),
        new AlertRaised(At.AddMinutes(5), 0, new Alert("alr_2", EscalationTrigger.T4, AlertUrgency.Supervisor, AlertState.Waiting, "T4", At.AddMinutes(5), [])
        {
            Wait = new AlertWait(AlertWaitCause.Recovery, At.AddMinutes(8)),
        }),
        new AlertWithdrawn(At.AddMinutes(6), "alr_2"),
        new AlertRaised(At.AddMinutes(7), 0, new Alert("alr_3", EscalationTrigger.T4, AlertUrgency.Supervisor, AlertState.Raised, "T4", At.AddMinutes(7), [])),
        new AlertDismissed(At.AddMinutes(8), "alr_3", "eva", AlertDismissal.FalseAlarm, "Ironía entre amigos"),
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
