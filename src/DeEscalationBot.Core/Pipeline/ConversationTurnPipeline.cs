using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Coaching;
using DeEscalationBot.Core.Coaching.DraftReview;
using DeEscalationBot.Core.Conversations;
using DeEscalationBot.Core.Escalation;
using DeEscalationBot.Core.Scoring;
using DeEscalationBot.Core.Scoring.Text;

namespace DeEscalationBot.Core.Pipeline;

/// <summary>What a message led to.</summary>
/// <param name="Conversation">The conversation after it.</param>
/// <param name="Events">What is to be recorded, in order, before anybody is answered; empty for a repeated message.</param>
/// <param name="Outcome">The answer.</param>
public sealed record TurnResult(Conversation Conversation, IReadOnlyList<ConversationEvent> Events, TurnOutcome Outcome);

/// <summary>The way of a message: Channels → Scoring → Conversations → Coaching → Escalation → Delivery.</summary>
/// <remarks>The only type that knows the whole order. Holds no state; safe for concurrent use.</remarks>
/// <param name="scorer">Scoring.</param>
/// <param name="context">Conversations: what the signals mean after what was said before.</param>
/// <param name="reviewer">Coaching: what an agent's message does wrong.</param>
/// <param name="steps">Coaching: which of the seven steps it does.</param>
/// <param name="coach">Coaching: what to say next.</param>
/// <param name="policy">Escalation.</param>
public sealed class ConversationTurnPipeline(
    IUtteranceScorer scorer,
    SignalsInContext context,
    DraftReviewer reviewer,
    StepRecognizer steps,
    TechniqueCoach coach,
    EscalationPolicy policy)
{
    /// <summary>Takes in one message.</summary>
    /// <param name="conversation">The conversation as it stands.</param>
    /// <param name="message">The message, checked by its channel.</param>
    /// <param name="now">The product's clock, for the record; the message carries its own time.</param>
    /// <param name="opine">Joins a sentiment service's answer to the score of a customer's message; nothing when none was asked.</param>
    /// <returns>A message id that is known already changes nothing and gives the first outcome again.</returns>
    public TurnResult Take(Conversation conversation, InboundMessage message, DateTimeOffset now, Func<UtteranceScore, UtteranceScore>? opine = null)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        ArgumentNullException.ThrowIfNull(message);
        if (conversation.FindTurn(message.Id) is { } known)
        {
            return new TurnResult(conversation, [], TurnOutcome.Of(conversation, known));
        }

        // Where no clock looked in between (a replay, a host that was down), the wait shows with the message that ends or prolongs it.
        var draft = new Draft(conversation, now);
        if (policy.DecideWaiting(conversation, now) is { } waited)
        {
            Escalate(draft, conversation.Turns.Count, [waited]);
        }

        if (message.Speaker == SpeakerRole.Customer)
        {
            TakeCustomerTurn(draft, message, opine);
        }
        else
        {
            TakeAgentTurn(draft, message);
        }

        return new TurnResult(draft.Conversation, draft.Events, TurnOutcome.Of(draft.Conversation, draft.Conversation.Turns[^1]));
    }

    /// <summary>Looks at a conversation by the clock (T12): has the customer waited too long for an answer?</summary>
    /// <param name="conversation">The conversation as it stands.</param>
    /// <param name="now">The product's clock.</param>
    /// <returns>What is to be recorded; mostly nothing.</returns>
    public IReadOnlyList<ConversationEvent> CheckWaiting(Conversation conversation, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        var draft = new Draft(conversation, now);
        if (policy.DecideWaiting(conversation, now) is { } decision)
        {
            Escalate(draft, turnIndex: -1, [decision]);
        }

        return draft.Events;
    }

    /// <summary>Looks at a conversation's alerts by the clock: waits that are over, and rungs of the ladder.</summary>
    /// <param name="conversation">The conversation as it stands.</param>
    /// <param name="rota">Who is on duty.</param>
    /// <param name="now">The product's clock.</param>
    /// <returns>What is to be recorded; mostly nothing.</returns>
    public IReadOnlyList<ConversationEvent> CheckAlerts(Conversation conversation, IDutyRota rota, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        return policy.Intake.Look(conversation, rota, now);
    }

    /// <summary>Records that the agent asks for a person's help; raises an alert unless one for the same reason is open.</summary>
    /// <param name="conversation">The conversation as it stands.</param>
    /// <param name="by">Who asks.</param>
    /// <param name="now">The product's clock.</param>
    /// <returns>What is to be recorded.</returns>
    public IReadOnlyList<ConversationEvent> RequestHandover(Conversation conversation, string by, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        var draft = new Draft(conversation, now);
        draft.Record(new HandoverRequested(now, by));
        Escalate(draft, turnIndex: -1, [policy.DecideHandover(conversation, by)], isAskedFor: true);
        return draft.Events;
    }

    /// <summary>Records that the agent sends a draft in spite of advice, unless all of it was set aside before.</summary>
    /// <param name="conversation">The conversation as it stands.</param>
    /// <param name="advice">What is set aside.</param>
    /// <param name="now">The product's clock.</param>
    /// <returns>What is to be recorded; nothing when there is nothing new.</returns>
    public static IReadOnlyList<ConversationEvent> SetAside(Conversation conversation, IEnumerable<SetAsideAdvice> advice, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        var fresh = advice.Distinct().Except(conversation.SetAside).ToArray();
        return fresh.Length == 0 ? [] : [new AdviceSetAside(now, fresh)];
    }

    private void TakeCustomerTurn(Draft draft, InboundMessage message, Func<UtteranceScore, UtteranceScore>? opine)
    {
        var before = draft.Conversation;
        var score = context.Read(before, message.Text, message.At, scorer.Score(message.Text, message.LanguageHint, before.Language));
        score = opine?.Invoke(score) ?? score;
        var index = before.Turns.Count;
        var signs = EarlySigns.Of(before.Turns, index, message.Text, score);
        score = WithBehaviourChange(score, signs, message.Text);
        var elapsed = before.Turns.IsEmpty ? TimeSpan.Zero : message.At - before.Turns[^1].At;
        var tension = Tension.After(before.Tension, elapsed, score);
        var trend = Tension.TrendOf([.. before.CustomerTurns.Select(t => t.Tension)], tension);
        draft.Record(new TurnTaken(draft.Now, new Turn(
            index, message.Id, SpeakerRole.Customer, message.Text, message.At, score.Language, score, tension, trend, [], [.. before.StepsDone], signs, message.CustomerId)));

        if (coach.Propose(draft.Conversation) is { } suggestion)
        {
            draft.Record(new SuggestionMade(draft.Now, index, suggestion));
        }

        if (policy.ProposeReview(draft.Conversation) is { } reason)
        {
            draft.Record(new ReviewProposed(draft.Now, index, reason));
        }

        // What waited for a recovery is judged by this turn first: what the turn raises anew may wait in its turn.
        draft.Record(policy.Intake.AfterCustomerTurn(draft.Conversation, draft.Now));
        Escalate(draft, index, policy.Decide(draft.Conversation));
    }

    private void TakeAgentTurn(Draft draft, InboundMessage message)
    {
        var before = draft.Conversation;
        var reading = MessageReading.Of(message.Text);
        var language = message.LanguageHint != MessageLanguage.Undetermined ? message.LanguageHint : LanguageDetector.Detect(reading).Language;
        language = language == MessageLanguage.Undetermined ? before.Language : language;
        var review = reviewer.Review(new DraftRequest(message.Text, language, before.Language, DraftKind.Reply, [.. before.CustomerTurns.Select(t => t.Text)], before.SetAside, before.Tension.Value));
        var done = steps.Recognize(before, reading, language, review.Findings);
        var index = before.Turns.Count;
        draft.Record(new TurnTaken(draft.Now, new Turn(
            index, message.Id, SpeakerRole.Agent, message.Text, message.At, language, null, before.Tension, before.Trend, review.Findings, [.. before.StepsDone.Union(done)], [], message.AgentId)));
        var added = done.Where(s => !before.StepsDone.Contains(s)).Order().ToArray();
        if (added.Length > 0)
        {
            draft.Record(new StepsCompleted(draft.Now, index, added));
        }
    }

    private static UtteranceScore WithBehaviourChange(UtteranceScore score, IReadOnlyList<EarlySign> signs, string text)
    {
        if (text.Length == 0 || !signs.Any(s => s.Kind == EarlySignKind.BehaviourChange))
        {
            return score;
        }

        var signal = new Signal(SignalType.BehaviourChange, new Probability(0.6), [EvidenceSpan.Of(text, 0, text.Length)]);
        return score with { Signals = [.. score.Signals, signal] };
    }

    private void Escalate(Draft draft, int turnIndex, IReadOnlyList<EscalationDecision> decisions, bool isAskedFor = false)
    {
        foreach (var decision in decisions)
        {
            draft.Record(policy.Intake.Take(draft.Conversation, turnIndex, decision, draft.Now, isAskedFor));
        }
    }

    private sealed class Draft(Conversation conversation, DateTimeOffset now)
    {
        public Conversation Conversation { get; private set; } = conversation;

        public DateTimeOffset Now { get; } = now;

        public List<ConversationEvent> Events { get; } = [];

        public void Record(ConversationEvent e)
        {
            Events.Add(e);
            Conversation = Conversation.Apply(e);
        }

        public void Record(IReadOnlyList<ConversationEvent> events)
        {
            foreach (var e in events)
            {
                Record(e);
            }
        }
    }
}
