using DeEscalationBot.Core.Conversations;
using DeEscalationBot.Core.Scoring;

namespace DeEscalationBot.Core.Escalation;

/// <summary>Makes alerts of decisions: raised at once, joined to one that is open, held back for a while, or none; and looks after them by the clock.</summary>
/// <remarks>
/// <para>
/// <b>Joining.</b> One open alert per conversation and family of triggers (<see cref="AlertFamilies"/>). A danger to life (T11) joins nothing:
/// it is raised anew unless an unanswered one of at least the same urgency stands already.
/// </para>
/// <para>
/// <b>Waiting for a recovery.</b> A trigger that may (<see cref="EscalationSettings.MayDefer"/>) waits when the customer's last turn falls
/// (trend falling, or relief), is not angrier than frustrated, and the tension is below <see cref="EscalationSettings.StubbornTension"/>.
/// It is raised with the first turn of which that does not hold, and at the latest after <see cref="EscalationSettings.DeferAtMost"/>; it is
/// withdrawn when a later turn is at most annoyed and brings relief, or when the tension is down at
/// <see cref="EscalationSettings.CalmTension"/>. An agent's call for help never waits.
/// </para>
/// <para>
/// <b>Quiet after it was settled.</b> For a trigger's cool-down nothing as urgent is raised again by the same trigger, unless the
/// conversation was calm in between: up at one mark, over only below a lower one.
/// </para>
/// <para>Pure; safe for concurrent use.</para>
/// </remarks>
public sealed class AlertIntake
{
    private readonly EscalationSettings _settings;
    private readonly AlertBriefing _briefing;
    private readonly AlertLadder _ladder;
    private readonly WeekHours _hours;

    /// <summary>Makes an intake.</summary>
    /// <param name="settings">The settings, checked.</param>
    /// <param name="briefing">Tells a conversation in three lines.</param>
    /// <exception cref="ArgumentException">The calendar cannot be used.</exception>
    public AlertIntake(EscalationSettings settings, AlertBriefing briefing)
    {
        ArgumentNullException.ThrowIfNull(settings);
        _settings = settings;
        _briefing = briefing;
        _ladder = new AlertLadder(settings.Ladder);
        _hours = WeekHours.TryRead(settings.Calendar.TimeZone, settings.Calendar.Hours, out var problem) ?? throw new ArgumentException("Escalation:Calendar cannot be used: " + problem, nameof(settings));
    }

    private double CalmTension => Math.Min(_settings.CalmTension, _settings.StubbornTension);

    /// <summary>What is to be recorded for a decision; nothing when it changes nothing.</summary>
    /// <param name="conversation">The conversation with the turn applied.</param>
    /// <param name="turnIndex">The turn behind the decision; -1 for the clock and for an agent's call.</param>
    /// <param name="decision">The decision.</param>
    /// <param name="now">The product's clock.</param>
    /// <param name="isAskedFor">Whether a person of the team asked for it: then nothing holds it back.</param>
    public IReadOnlyList<ConversationEvent> Take(Conversation conversation, int turnIndex, EscalationDecision decision, DateTimeOffset now, bool isAskedFor = false)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        ArgumentNullException.ThrowIfNull(decision);
        if (_settings.Calibration && !isAskedFor && decision.Trigger != EscalationTrigger.T11)
        {
            var isKnown = conversation.Withheld.Exists(w => AlertFamilies.Joins(w.Trigger, decision.Trigger) && w.Urgency >= decision.Urgency);
            return isKnown ? [] : [new AlertWithheld(now, turnIndex, decision)];
        }

        if (conversation.Alerts.Find(a => a.IsOpen && AlertFamilies.Joins(a.Trigger, decision.Trigger)) is { } open)
        {
            return Join(conversation, turnIndex, open, decision, now, isAskedFor);
        }

        var isStanding = decision.Trigger == EscalationTrigger.T11
            && conversation.Alerts.Exists(a => a.Trigger == EscalationTrigger.T11 && a.IsUnanswered && a.Urgency >= decision.Urgency);
        if (isStanding || (!isAskedFor && IsQuiet(conversation, decision, now)))
        {
            return [];
        }

        var wait = isAskedFor ? null : WaitFor(conversation, decision, now);
        return
        [
            new AlertRaised(now, turnIndex, new Alert(
                AlertFamilies.IdOf(conversation.Id, conversation.Sequence + 1),
                decision.Trigger,
                decision.Urgency,
                wait is null ? AlertState.Raised : AlertState.Waiting,
                decision.Reason,
                now,
                [])
            {
                Brief = _briefing.Of(conversation, decision),
                Wait = wait,
                ToldAt = wait is null ? now : null,
                DueAt = wait?.Until ?? _ladder.FirstDue(decision.Urgency, now),
            }),
        ];
    }

    /// <summary>What a customer's turn does to alerts that wait for a recovery.</summary>
    /// <param name="conversation">The conversation with the turn applied.</param>
    /// <param name="now">The product's clock.</param>
    public IReadOnlyList<ConversationEvent> AfterCustomerTurn(Conversation conversation, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        var events = new List<ConversationEvent>();
        foreach (var alert in conversation.Alerts.Where(a => a is { State: AlertState.Waiting, Wait.Cause: AlertWaitCause.Recovery }))
        {
            if (HasRecovered(conversation))
            {
                events.Add(new AlertWithdrawn(now, alert.Id));
            }
            else if (!IsRecovering(conversation) || alert.Wait!.Until <= now)
            {
                events.Add(Release(alert, now));
            }
        }

        return events;
    }

    /// <summary>What the clock does to the alerts of a conversation.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="rota">Who is on duty.</param>
    /// <param name="now">The product's clock.</param>
    public IReadOnlyList<ConversationEvent> Look(Conversation conversation, IDutyRota rota, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        var events = new List<ConversationEvent>();
        foreach (var alert in conversation.Alerts.Where(a => AlertLadder.IsDue(a, now)))
        {
            if (alert.State != AlertState.Waiting)
            {
                events.Add(_ladder.Next(alert, rota, now));
            }
            else if (alert.Wait?.Cause == AlertWaitCause.Recovery && conversation.Tension.Value <= CalmTension)
            {
                events.Add(new AlertWithdrawn(now, alert.Id));
            }
            else
            {
                events.Add(Release(alert, now));
            }
        }

        return events;
    }

    private List<ConversationEvent> Join(Conversation conversation, int turnIndex, Alert open, EscalationDecision decision, DateTimeOffset now, bool isAskedFor)
    {
        var isWorse = decision.Urgency > open.Urgency;
        var events = new List<ConversationEvent>();
        if (isWorse || !(open.Trigger == decision.Trigger || open.JoinedTriggers.Contains(decision.Trigger)))
        {
            events.Add(new AlertJoined(now, turnIndex, open.Id, decision, isWorse && open.State != AlertState.Waiting ? _ladder.FirstDue(decision.Urgency, now) : null));
        }

        if (open.State == AlertState.Waiting && (isAskedFor || WaitFor(conversation, decision, now) is null))
        {
            events.Add(Release(open with { Urgency = isWorse ? decision.Urgency : open.Urgency }, now));
        }

        return events;
    }

    private AlertReleased Release(Alert alert, DateTimeOffset now) => new(now, alert.Id, _ladder.FirstDue(alert.Urgency, now));

    private AlertWait? WaitFor(Conversation conversation, EscalationDecision decision, DateTimeOffset now)
    {
        if (_settings.MayDefer(decision.Trigger) && decision.Urgency < AlertUrgency.Immediate && _settings.DeferAtMost > TimeSpan.Zero && IsRecovering(conversation))
        {
            return new AlertWait(AlertWaitCause.Recovery, now + _settings.DeferAtMost);
        }

        return !EscalationSettings.NeverWaits(decision.Trigger) && _settings.For(decision.Trigger).WaitsForHours && _hours.NextWithin(now) is { } opens && opens > now
            ? new AlertWait(AlertWaitCause.Hours, opens)
            : null;
    }

    private bool IsRecovering(Conversation conversation) =>
        conversation.CustomerTurns.LastOrDefault() is { Score: { } score } last
        && (last.Trend == TensionTrend.Falling || score.Has(SignalType.Relief))
        && score.Level <= FrustrationLevel.Frustrated
        && conversation.Tension.Value < _settings.StubbornTension;

    private bool HasRecovered(Conversation conversation) =>
        IsRecovering(conversation)
        && conversation.CustomerTurns.Last().Score is { Level: <= FrustrationLevel.Annoyed } score
        && (score.Has(SignalType.Relief) || conversation.Tension.Value <= CalmTension);

    private bool IsQuiet(Conversation conversation, EscalationDecision decision, DateTimeOffset now)
    {
        var coolDown = _settings.CoolDownFor(decision.Trigger);
        if (coolDown <= TimeSpan.Zero || EscalationSettings.NeverWaits(decision.Trigger))
        {
            return false;
        }

        var settled = conversation.Alerts.FindLast(a => a.ClosedAt is not null && !a.WasWithdrawn && (a.Trigger == decision.Trigger || a.JoinedTriggers.Contains(decision.Trigger)));
        return settled is { ClosedAt: { } closed }
            && decision.Urgency <= settled.Urgency
            && now < closed + coolDown
            && !conversation.CustomerTurns.Any(t => t.At > closed && t.Tension.Value <= CalmTension);
    }
}
