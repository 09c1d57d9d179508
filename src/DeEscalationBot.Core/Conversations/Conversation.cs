using System.Collections.Immutable;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Coaching;
using DeEscalationBot.Core.Escalation;
using DeEscalationBot.Core.Scoring;

namespace DeEscalationBot.Core.Conversations;

/// <summary>A review that a pattern over time asks for (T8).</summary>
/// <param name="TurnIndex">The turn that showed it.</param>
/// <param name="Reason">What was seen.</param>
/// <param name="At">When.</param>
public sealed record ProposedReview(int TurnIndex, string Reason, DateTimeOffset At);

/// <summary>Everything known of one conversation: what follows from its events, and nothing else.</summary>
/// <remarks>Immutable. Applying the same events to <see cref="Start"/> always gives the same state.</remarks>
public sealed record Conversation
{
    private Conversation(ConversationId id) => Id = id;

    /// <summary>The conversation's id.</summary>
    public ConversationId Id { get; }

    /// <summary>How many events were applied; also the sequence number of the last one, counted from 1.</summary>
    public long Sequence { get; private init; }

    /// <summary>All messages, in order of arrival.</summary>
    public ImmutableList<Turn> Turns { get; private init; } = [];

    /// <summary>The suggestion made for a customer turn, by the turn's index.</summary>
    public ImmutableDictionary<int, Suggestion> Suggestions { get; private init; } = ImmutableDictionary<int, Suggestion>.Empty;

    /// <summary>The decisions that each turn led to, by the turn's index; most urgent first.</summary>
    public ImmutableDictionary<int, ImmutableList<EscalationDecision>> Decisions { get; private init; } = ImmutableDictionary<int, ImmutableList<EscalationDecision>>.Empty;

    /// <summary>All alerts, oldest first.</summary>
    public ImmutableList<Alert> Alerts { get; private init; } = [];

    /// <summary>All proposed reviews (T8), oldest first.</summary>
    public ImmutableList<ProposedReview> Reviews { get; private init; } = [];

    /// <summary>The steps done so far (A10), in the order of the steps.</summary>
    public ImmutableSortedSet<ConversationStep> StepsDone { get; private init; } = [];

    /// <summary>The language of the last message that had one.</summary>
    public MessageLanguage Language { get; private init; }

    /// <summary>The tension after the last customer turn, 0 to 1.</summary>
    public Probability Tension { get; private init; }

    /// <summary>Where the tension is heading.</summary>
    public TensionTrend Trend { get; private init; } = TensionTrend.Steady;

    /// <summary>Since when the customer waits for an answer, or nothing when the last word is ours.</summary>
    public DateTimeOffset? UnansweredSince { get; private init; }

    /// <summary>When the agent asked for help, or nothing.</summary>
    public DateTimeOffset? HandoverRequestedAt { get; private init; }

    private ImmutableDictionary<MessageId, int> TurnsByMessage { get; init; } = ImmutableDictionary<MessageId, int>.Empty;

    /// <summary>The customer's turns, in order.</summary>
    public IEnumerable<Turn> CustomerTurns => Turns.Where(t => t.Speaker == SpeakerRole.Customer);

    /// <summary>The customer as the desk knows them, from the last customer turn that named them.</summary>
    public string? CustomerId => CustomerTurns.LastOrDefault(t => t.AuthorId is not null)?.AuthorId;

    /// <summary>The agent as the desk knows them, from the last agent turn that named them.</summary>
    public string? AgentId => Turns.LastOrDefault(t => t.Speaker == SpeakerRole.Agent && t.AuthorId is not null)?.AuthorId;

    /// <summary>A conversation in which nothing happened yet.</summary>
    /// <param name="id">Its id.</param>
    public static Conversation Start(ConversationId id) => new(id);

    /// <summary>The turn that a message became, or nothing when the message is new.</summary>
    /// <param name="id">The message's id.</param>
    public Turn? FindTurn(MessageId id) => TurnsByMessage.TryGetValue(id, out var index) ? Turns[index] : null;

    /// <summary>The alert with an id, or nothing.</summary>
    /// <param name="alertId">The id.</param>
    public Alert? FindAlert(string alertId) => Alerts.Find(a => a.Id == alertId);

    /// <summary>The state after several events.</summary>
    /// <param name="events">The events, in order.</param>
    public Conversation Apply(IEnumerable<ConversationEvent> events) => events.Aggregate(this, (state, e) => state.Apply(e));

    /// <summary>The state after an event.</summary>
    /// <param name="e">The event.</param>
    /// <exception cref="InvalidOperationException">The event does not follow from this state: the record is damaged.</exception>
    public Conversation Apply(ConversationEvent e)
    {
        var next = e switch
        {
            TurnTaken taken => WithTurn(taken),
            SuggestionMade made => this with { Suggestions = Suggestions.SetItem(made.TurnIndex, made.Suggestion) },
            StepsCompleted completed => this with { StepsDone = StepsDone.Union(completed.Steps) },
            AlertRaised raised => WithDecision(raised.TurnIndex, new EscalationDecision(raised.Alert.Trigger, raised.Alert.Urgency, raised.Alert.Reason)) with { Alerts = Alerts.Add(raised.Alert) },
            AlertJoined joined => WithDecision(joined.TurnIndex, joined.Decision).WithAlert(joined.AlertId, a => Join(a, joined.Decision)),
            AlertAcknowledged acknowledged => WithAlert(acknowledged.AlertId, a => a with { State = AlertState.Acknowledged, AcknowledgedBy = acknowledged.By }),
            AlertResolved resolved => WithAlert(resolved.AlertId, a => a with { State = AlertState.Resolved, Resolution = resolved.Note, AcknowledgedBy = a.AcknowledgedBy ?? resolved.By }),
            HandoverRequested requested => this with { HandoverRequestedAt = requested.At },
            ReviewProposed proposed => this with { Reviews = Reviews.Add(new ProposedReview(proposed.TurnIndex, proposed.Reason, proposed.At)) },
            _ => throw new InvalidOperationException($"The event {e.GetType().Name} is not known to this version."),
        };
        return next with { Sequence = Sequence + 1 };
    }

    private Conversation WithTurn(TurnTaken taken)
    {
        var turn = taken.Turn;
        if (turn.Index != Turns.Count)
        {
            throw new InvalidOperationException($"Turn {turn.Index} does not follow {Turns.Count} turns: the record of {Id} is damaged.");
        }

        return this with
        {
            Turns = Turns.Add(turn),
            TurnsByMessage = TurnsByMessage.SetItem(turn.MessageId, turn.Index),
            Language = turn.Language == MessageLanguage.Undetermined ? Language : turn.Language,
            Tension = turn.Tension,
            Trend = turn.Trend,
            UnansweredSince = turn.Speaker == SpeakerRole.Agent ? null : UnansweredSince ?? taken.At,
        };
    }

    private Conversation WithDecision(int turn, EscalationDecision decision)
    {
        var decisions = Decisions.GetValueOrDefault(turn, []).Add(decision);
        return this with { Decisions = Decisions.SetItem(turn, [.. decisions.OrderByDescending(d => d.Urgency)]) };
    }

    private Conversation WithAlert(string alertId, Func<Alert, Alert> change)
    {
        var index = Alerts.FindIndex(a => a.Id == alertId);
        return index < 0
            ? throw new InvalidOperationException($"The alert {alertId} was never raised: the record of {Id} is damaged.")
            : this with { Alerts = Alerts.SetItem(index, change(Alerts[index])) };
    }

    private static Alert Join(Alert alert, EscalationDecision decision) => alert with
    {
        Urgency = decision.Urgency > alert.Urgency ? decision.Urgency : alert.Urgency,
        JoinedTriggers = decision.Trigger == alert.Trigger || alert.JoinedTriggers.Contains(decision.Trigger)
            ? alert.JoinedTriggers
            : [.. alert.JoinedTriggers, decision.Trigger],
        Reason = decision.Urgency > alert.Urgency ? decision.Reason : alert.Reason,

        // More urgent than what a person answered for: it is open for everybody again.
        State = decision.Urgency > alert.Urgency ? AlertState.Raised : alert.State,
    };
}
