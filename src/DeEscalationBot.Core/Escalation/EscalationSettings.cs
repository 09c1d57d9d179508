using DeEscalationBot.Core.Scoring;

namespace DeEscalationBot.Core.Escalation;

/// <summary>When the policy escalates; every number is a setting.</summary>
/// <remarks>Read-only once bound. <c>EscalationSettingsCheck</c> says what is wrong with one.</remarks>
public sealed class EscalationSettings
{
    /// <summary>A signal at least this sure raises its trigger: 0.6; above 0.3, at most 1.</summary>
    public double SignalConfidence { get; init; } = LevelPolicy.SureEnough;

    /// <summary>A weaker sign of danger to life or of a threat is still shown to a supervisor from here on: 0.3; above 0, below <see cref="SignalConfidence"/>.</summary>
    public double WeakSignalConfidence { get; init; } = 0.3;

    /// <summary>Tension at which anger counts as not falling (T6), and from which on no alert waits for a recovery: 0.5; 0 to 1.</summary>
    public double StubbornTension { get; init; } = 0.5;

    /// <summary>Tension at which a hot conversation counts as calm again, the lower mark of the hysteresis: 0.25; 0 to 1, and never above <see cref="StubbornTension"/>, whatever is set.</summary>
    public double CalmTension { get; init; } = 0.25;

    /// <summary>Steps that must have been done before anger counts as stubborn (T6): 4; 1 to 7.</summary>
    public int StubbornAfterSteps { get; init; } = 4;

    /// <summary>Unanswered for this long, the agent is advised (T12): 5 minutes; more than zero.</summary>
    public TimeSpan WaitingAdviseAfter { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Unanswered for this long, a supervisor is called (T12): 15 minutes; more than <see cref="WaitingAdviseAfter"/>.</summary>
    public TimeSpan WaitingSupervisorAfter { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Longest wait of an alert for a recovery: 3 minutes; zero (no alert waits) to 1 hour.</summary>
    public TimeSpan DeferAtMost { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>
    /// Calibration: what would have been raised is only recorded, for setting the numbers before anybody is called: false. A danger to
    /// life (T11) and an agent's own call for help are raised all the same.
    /// </summary>
    public bool Calibration { get; init; }

    /// <summary>Settings of single triggers, by name (<c>T1</c> to <c>T12</c>).</summary>
    public Dictionary<string, TriggerSettings> Triggers { get; init; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>When the desk is open; always, when no hours are given.</summary>
    public CalendarSettings Calendar { get; init; } = new();

    /// <summary>Who is told when nobody acknowledges.</summary>
    public LadderSettings Ladder { get; init; } = new();

    /// <summary>The settings of a trigger; those of nobody's choosing where none are given.</summary>
    /// <param name="trigger">The trigger.</param>
    public TriggerSettings For(EscalationTrigger trigger) => Triggers.GetValueOrDefault(trigger.ToString(), TriggerSettings.Default);

    /// <summary>How sure a signal must be to raise a trigger.</summary>
    /// <param name="trigger">The trigger.</param>
    public double ConfidenceFor(EscalationTrigger trigger) => For(trigger).Confidence ?? SignalConfidence;

    /// <summary>How long after it was settled a trigger stays quiet.</summary>
    /// <param name="trigger">The trigger.</param>
    public TimeSpan CoolDownFor(EscalationTrigger trigger) => For(trigger).CoolDown ?? trigger switch
    {
        EscalationTrigger.T6 or EscalationTrigger.T7 => TimeSpan.FromMinutes(10),
        EscalationTrigger.T3 or EscalationTrigger.T4 or EscalationTrigger.T5 => TimeSpan.FromMinutes(2),
        _ => TimeSpan.Zero,
    };

    /// <summary>Whether a trigger may wait while the conversation is likely to recover.</summary>
    /// <remarks>
    /// By default the triggers that a mood makes (T3, T4, T6, T7) may. A fact does not pass with the mood: who leaves in a calm tone still
    /// leaves (T9), a misfit stays one (T5), who asks for a manager waits for one (T10), who waits still waits (T12). T1, T2 and T11 never wait.
    /// </remarks>
    /// <param name="trigger">The trigger.</param>
    public bool MayDefer(EscalationTrigger trigger) =>
        !NeverWaits(trigger) && (For(trigger).Defer ?? trigger is EscalationTrigger.T3 or EscalationTrigger.T4 or EscalationTrigger.T6 or EscalationTrigger.T7);

    /// <summary>Whether nothing may hold a trigger back: abuse, threats, danger to life.</summary>
    /// <param name="trigger">The trigger.</param>
    public static bool NeverWaits(EscalationTrigger trigger) => trigger is EscalationTrigger.T1 or EscalationTrigger.T2 or EscalationTrigger.T11;
}

/// <summary>What is set for one trigger; what is left out follows the playbook.</summary>
public sealed class TriggerSettings
{
    /// <summary>Nothing set.</summary>
    public static TriggerSettings Default { get; } = new();

    /// <summary>Takes the place of the playbook's urgency. Not for T11, which is never lowered; nothing by default.</summary>
    public AlertUrgency? Urgency { get; init; }

    /// <summary>How sure a signal must be, above 0.3 and at most 1; <see cref="EscalationSettings.SignalConfidence"/> when left out.</summary>
    public double? Confidence { get; init; }

    /// <summary>For how long after an alert was settled the same trigger raises none again, unless it is more urgent: zero to 1 day. Not for T1, T2 and T11.</summary>
    public TimeSpan? CoolDown { get; init; }

    /// <summary>Whether it may wait while the conversation is likely to recover. Not for T1, T2 and T11.</summary>
    public bool? Defer { get; init; }

    /// <summary>Whether it waits for the desk to open when nobody works: false. Not for T1, T2 and T11.</summary>
    public bool WaitsForHours { get; init; }
}

/// <summary>When the desk is open.</summary>
public sealed class CalendarSettings
{
    /// <summary>The time zone of the hours, an IANA name such as <c>Europe/Madrid</c>: UTC.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>Hours by day of the week in English, such as <c>Monday: 09:00-14:00, 15:00-18:00</c>. Empty: always open. A day left out is closed.</summary>
    public Dictionary<string, string> Hours { get; init; } = new(StringComparer.OrdinalIgnoreCase);
}

/// <summary>Who is told when nobody acknowledges an alert.</summary>
public sealed class LadderSettings
{
    /// <summary>An immediate alert is acknowledged within this time, or the next rung is told: 2 minutes; 10 seconds to 1 day.</summary>
    public TimeSpan AcknowledgeImmediateWithin { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>A supervisor's alert is acknowledged within this time, or the next rung is told: 10 minutes; 10 seconds to 1 day.</summary>
    public TimeSpan AcknowledgeSupervisorWithin { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The last rung is told again until somebody acknowledges, each time after twice as long, at most this: 1 hour; 10 seconds to 1 day.</summary>
    public TimeSpan RepeatAtMostEvery { get; init; } = TimeSpan.FromHours(1);

    /// <summary>The rungs, first to last; one that is called <c>supervisors</c> when none are given.</summary>
    public List<RungSettings> Rungs { get; init; } = [];
}

/// <summary>One rung of the ladder: a person or a group.</summary>
public sealed class RungSettings
{
    /// <summary>Its name.</summary>
    public string Name { get; init; } = "";

    /// <summary>Who is on it; nobody by name when empty, which means that everybody who looks is meant.</summary>
    public List<DutySettings> People { get; init; } = [];
}

/// <summary>A person's duty on a rung.</summary>
public sealed class DutySettings
{
    /// <summary>Who.</summary>
    public string Person { get; init; } = "";

    /// <summary>Where e-mail reaches them, or nothing.</summary>
    public string? Email { get; init; }

    /// <summary>Hours by day of the week, in the calendar's time zone, written as in <see cref="CalendarSettings.Hours"/>; always when empty.</summary>
    public Dictionary<string, string> Hours { get; init; } = new(StringComparer.OrdinalIgnoreCase);
}
