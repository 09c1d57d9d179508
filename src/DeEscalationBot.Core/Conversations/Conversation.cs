using System.Collections.Immutable;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Coaching;
using DeEscalationBot.Core.Coaching.DraftReview;
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

    /// <summary>What would have raised an alert while the desk calibrates, oldest first.</summary>
    public ImmutableList<EscalationDecision> Withheld { get; private init; } = [];

    /// <summary>All proposed reviews (T8), oldest first.</summary>
    public ImmutableList<ProposedReview> Reviews { get; private init; } = [];

    /// <summary>The small steps of a big problem (A5), in order; empty when nobody made a list.</summary>
    public ImmutableList<ChecklistItem> Checklist { get; private init; } = [];

    /// <summary>What was promised for later (A12), oldest first.</summary>
    public ImmutableList<FollowUp> FollowUps { get; private init; } = [];

    /// <summary>What was given of the goodwill allowance (B12), oldest first; also what was taken back.</summary>
    public ImmutableList<GoodwillGesture> Goodwill { get; private init; } = [];

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

    /// <summary>Advice on drafts that the agent set aside, in order: it is not given again here.</summary>
    public ImmutableList<SetAsideAdvice> SetAside { get; private init; } = [];

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
            SecondOpinionGiven given => WithOpinion(given),
            SuggestionMade made => this with { Suggestions = Suggestions.SetItem(made.TurnIndex, made.Suggestion) },
            StepsCompleted completed => this with { StepsDone = StepsDone.Union(completed.Steps) },
            AlertRaised raised => WithDecision(raised.TurnIndex, new EscalationDecision(raised.Alert.Trigger, raised.Alert.Urgency, raised.Alert.Reason)) with { Alerts = Alerts.Add(raised.Alert) },
            AlertJoined joined => WithDecision(joined.TurnIndex, joined.Decision).WithAlert(joined.AlertId, a => Join(a, joined)),
            AlertReleased released => WithAlert(released.AlertId, a => a with { State = AlertState.Raised, ReleasedAt = released.At, ToldAt = released.At, DueAt = released.DueAt }),
            AlertWithdrawn withdrawn => WithAlert(withdrawn.AlertId, a => Closed(a, AlertState.Resolved, withdrawn.At)),
            AlertWithheld withheld => WithDecision(withheld.TurnIndex, withheld.Decision) with { Withheld = Withheld.Add(withheld.Decision) },
            AlertDelivered delivered => WithAlert(delivered.AlertId, a => a with
            {
                State = a.State == AlertState.Raised ? AlertState.Delivered : a.State,
                DeliveredAt = a.DeliveredAt ?? delivered.At,
            }),
            AlertEscalated escalated => WithAlert(escalated.AlertId, a => a with { Rung = escalated.Rung, Repeats = escalated.Repeats, ToldAt = escalated.At, DueAt = escalated.DueAt }),
            AlertAcknowledged acknowledged => WithAlert(acknowledged.AlertId, a => Answered(a, AlertState.Acknowledged, acknowledged.By, acknowledged.At)),
            AlertTakenOver taken => WithAlert(taken.AlertId, a => Answered(a, AlertState.TakenOver, taken.By, taken.At) with { TakenOverBy = taken.By }),
            AlertCoached coached => WithAlert(coached.AlertId, a =>
                Answered(a, a.State == AlertState.TakenOver ? a.State : AlertState.Coached, coached.By, coached.At) with
                {
                    Notes = [.. a.Notes, new AlertNote(coached.At, coached.By, coached.Text, IsWhisper: true)],
                }),
            AlertNoted noted => WithAlert(noted.AlertId, a => a with { Notes = [.. a.Notes, new AlertNote(noted.At, noted.By, noted.Text, IsWhisper: false)] }),
            AlertDismissed dismissed => WithAlert(dismissed.AlertId, a =>
                Closed(Answered(a, a.State, dismissed.By, dismissed.At), AlertState.Dismissed, dismissed.At) with { Dismissal = dismissed.Reason, Resolution = dismissed.Note }),
            AlertResolved resolved => WithAlert(resolved.AlertId, a => Closed(Answered(a, a.State, resolved.By, resolved.At), AlertState.Resolved, resolved.At) with { Resolution = resolved.Note }),
            HandoverRequested requested => this with { HandoverRequestedAt = requested.At },
            AdviceSetAside aside => this with { SetAside = SetAside.AddRange(aside.Advice.Except(SetAside)) },
            ChecklistEdited edited => this with { Checklist = [.. edited.Items] },
            ChecklistTicked ticked => WithTick(ticked),
            FollowUpPlanned planned => this with { FollowUps = FollowUps.Add(planned.FollowUp) },
            FollowUpMoved moved => WithFollowUp(moved.FollowUpId, f => f with
            {
                Reason = moved.Reason,
                PromisedFor = moved.PromisedFor,
                RemindAt = moved.RemindAt,
                Moves = f.Moves + 1,
                RemindedAt = null,
                MissedAt = null,
            }),
            FollowUpReminded reminded => WithFollowUp(reminded.FollowUpId, f => f with { RemindedAt = reminded.At, WasTold = true }),
            FollowUpMissed missed => WithFollowUp(missed.FollowUpId, f => f with { RemindedAt = f.RemindedAt ?? missed.At, MissedAt = missed.At, WasTold = true }),
            FollowUpRewound rewound => WithFollowUp(rewound.FollowUpId, f => f with { RemindedAt = null, MissedAt = null }),
            FollowUpClosed closed => WithFollowUp(closed.FollowUpId, f => f with { State = closed.State, ClosedBy = closed.By, ClosedAt = closed.At }),
            GoodwillGiven given => this with { Goodwill = Goodwill.Add(given.Gesture) },
            GoodwillTakenBack back => WithGesture(back.GestureId, g => g with { TakenBackAt = back.At }),
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
            Goodwill = Goodwill.TrueForAll(g => g.AnsweredByTurn is not null) ? Goodwill : [.. Goodwill.Select(g => WithTurn(g, turn))],
        };
    }

    private Conversation WithOpinion(SecondOpinionGiven given) =>
        given.TurnIndex >= 0 && given.TurnIndex < Turns.Count && Turns[given.TurnIndex] is { Score: { } score } turn
            ? this with { Turns = Turns.SetItem(given.TurnIndex, turn with { Score = score with { Opinion = given.Opinion } }) }
            : throw new InvalidOperationException($"The second opinion is on turn {given.TurnIndex}, which is no customer's: the record of {Id} is damaged.");

    private static GoodwillGesture WithTurn(GoodwillGesture gesture, Turn turn)
    {
        var followed = gesture with { FollowedByTurn = gesture.FollowedByTurn ?? turn.Index };
        return turn.Speaker == SpeakerRole.Agent || gesture.AnsweredByTurn is not null ? followed : followed with { AnsweredByTurn = turn.Index, TensionAfter = turn.Tension.Value };
    }

    private Conversation WithFollowUp(string id, Func<FollowUp, FollowUp> change)
    {
        var index = FollowUps.FindIndex(f => f.Id == id);
        return index < 0
            ? throw new InvalidOperationException($"The follow-up {id} was never promised: the record of {Id} is damaged.")
            : this with { FollowUps = FollowUps.SetItem(index, change(FollowUps[index])) };
    }

    private Conversation WithGesture(string id, Func<GoodwillGesture, GoodwillGesture> change)
    {
        var index = Goodwill.FindIndex(g => g.Id == id);
        return index < 0
            ? throw new InvalidOperationException($"The gesture {id} was never made: the record of {Id} is damaged.")
            : this with { Goodwill = Goodwill.SetItem(index, change(Goodwill[index])) };
    }

    private Conversation WithTick(ChecklistTicked ticked)
    {
        var index = Checklist.FindIndex(i => i.Id == ticked.ItemId);
        return index < 0
            ? throw new InvalidOperationException($"The checklist has no step {ticked.ItemId}: the record of {Id} is damaged.")
            : this with { Checklist = Checklist.SetItem(index, Checklist[index] with { IsDone = ticked.IsDone, DoneBy = ticked.IsDone ? ticked.By : null, DoneAt = ticked.IsDone ? ticked.At : null }) };
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

    private static Alert Join(Alert alert, AlertJoined joined)
    {
        var decision = joined.Decision;
        var isWorse = decision.Urgency > alert.Urgency;
        var with = alert with
        {
            Urgency = isWorse ? decision.Urgency : alert.Urgency,
            JoinedTriggers = decision.Trigger == alert.Trigger || alert.JoinedTriggers.Contains(decision.Trigger)
                ? alert.JoinedTriggers
                : [.. alert.JoinedTriggers, decision.Trigger],
            Reason = isWorse ? decision.Reason : alert.Reason,
        };

        // More urgent than what a person answered for: it is open for everybody again, from the first rung on.
        return isWorse && alert.State != AlertState.Waiting
            ? with with { State = AlertState.Raised, ToldAt = joined.At, DueAt = joined.DueAt, Rung = 0, Repeats = 0 }
            : with;
    }

    // Whoever acts first answers for it; from then on no ladder runs.
    private static Alert Answered(Alert alert, AlertState state, string by, DateTimeOffset at) => alert with
    {
        State = state,
        AcknowledgedBy = alert.AcknowledgedBy ?? by,
        AcknowledgedAt = alert.AcknowledgedAt ?? at,
        DueAt = null,
    };

    private static Alert Closed(Alert alert, AlertState state, DateTimeOffset at) => alert with { State = state, ClosedAt = at, DueAt = null };
}
