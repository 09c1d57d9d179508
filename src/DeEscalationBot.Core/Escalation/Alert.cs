using DeEscalationBot.Core.Coaching;
using DeEscalationBot.Core.Conversations;
using DeEscalationBot.Core.Scoring;

namespace DeEscalationBot.Core.Escalation;

/// <summary>One alert of one conversation, as it stands.</summary>
/// <remarks>Immutable. Changed only by the events of its conversation; <see cref="AlertLifeCycle"/> says which step may follow which.</remarks>
/// <param name="Id">Names it within the product.</param>
/// <param name="Trigger">The trigger that raised it.</param>
/// <param name="Urgency">The highest urgency so far.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Reason">Why it was raised.</param>
/// <param name="RaisedAt">When.</param>
/// <param name="JoinedTriggers">Further triggers since.</param>
/// <param name="AcknowledgedBy">Who answers for it, or nothing.</param>
/// <param name="Resolution">How it ended, or nothing.</param>
public sealed record Alert(
    string Id,
    EscalationTrigger Trigger,
    AlertUrgency Urgency,
    AlertState State,
    string Reason,
    DateTimeOffset RaisedAt,
    IReadOnlyList<EscalationTrigger> JoinedTriggers,
    string? AcknowledgedBy = null,
    string? Resolution = null)
{
    /// <summary>What a person needs to know who has not read the conversation; nothing on alerts of the first version.</summary>
    public AlertBrief? Brief { get; init; }

    /// <summary>Why it is, or was, held back, and until when at most; nothing when it was raised at once.</summary>
    public AlertWait? Wait { get; init; }

    /// <summary>When the wait ended and it was raised; nothing when it was raised at once, still waits, or was never raised.</summary>
    public DateTimeOffset? ReleasedAt { get; init; }

    /// <summary>When somebody was last told: raised, or a rung of the ladder; nothing while it waits.</summary>
    public DateTimeOffset? ToldAt { get; init; }

    /// <summary>When the clock has to look at it again (the end of a wait, or the next rung of the ladder), UTC; nothing when no clock runs.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>The rung of the ladder that was told last, from 0.</summary>
    public int Rung { get; init; }

    /// <summary>How often the last rung was told again.</summary>
    public int Repeats { get; init; }

    /// <summary>When it reached its first sink or screen, or nothing.</summary>
    public DateTimeOffset? DeliveredAt { get; init; }

    /// <summary>When somebody first answered for it, or nothing.</summary>
    public DateTimeOffset? AcknowledgedAt { get; init; }

    /// <summary>Who took the conversation over, or nothing.</summary>
    public string? TakenOverBy { get; init; }

    /// <summary>Why it was dismissed, or nothing.</summary>
    public AlertDismissal? Dismissal { get; init; }

    /// <summary>When it was settled, or nothing.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>What supervisors wrote: notes, and words to the agent; oldest first.</summary>
    public IReadOnlyList<AlertNote> Notes { get; init; } = [];

    /// <summary>Whether somebody still has to settle it.</summary>
    public bool IsOpen => State is not (AlertState.Resolved or AlertState.Dismissed);

    /// <summary>Whether the conversation recovered while it waited, so that nobody was called.</summary>
    public bool WasWithdrawn => State == AlertState.Resolved && Wait is not null && ReleasedAt is null && AcknowledgedBy is null;

    /// <summary>Whether the ladder waits for a person to answer for it.</summary>
    public bool IsUnanswered => State is AlertState.Raised or AlertState.Delivered;
}

/// <summary>What an alert tells a person who has not read the conversation.</summary>
/// <param name="Signs">The signals of the turn, with the exact words.</param>
/// <param name="Tension">The tension when it was raised, 0 to 1.</param>
/// <param name="Trend">Where it was heading.</param>
/// <param name="Playbook">The trigger's id in the playbook, <c>T1</c> to <c>T12</c>.</param>
/// <param name="Summary">The conversation in three lines.</param>
/// <param name="Tried">Which of the seven steps (A10) the agent had done.</param>
/// <param name="Techniques">The playbook ids of what had been suggested to the agent, oldest first.</param>
public sealed record AlertBrief(
    IReadOnlyList<AlertSign> Signs,
    double Tension,
    TensionTrend Trend,
    string Playbook,
    IReadOnlyList<string> Summary,
    IReadOnlyList<ConversationStep> Tried,
    IReadOnlyList<string> Techniques);

/// <summary>One signal behind an alert.</summary>
/// <param name="Type">The signal.</param>
/// <param name="Confidence">How sure, 0 to 1.</param>
/// <param name="Words">The exact words.</param>
public sealed record AlertSign(SignalType Type, double Confidence, IReadOnlyList<string> Words);

/// <summary>Why an alert is held back.</summary>
public enum AlertWaitCause
{
    /// <summary>The conversation is likely to recover on its own.</summary>
    Recovery,

    /// <summary>Nobody works at this hour, and the settings let this trigger wait for the desk to open.</summary>
    Hours,
}

/// <summary>That an alert is held back.</summary>
/// <param name="Cause">Why.</param>
/// <param name="Until">Until when at most, UTC.</param>
public sealed record AlertWait(AlertWaitCause Cause, DateTimeOffset Until);

/// <summary>Why a supervisor dismisses an alert. The answers count towards the rate of false alarms.</summary>
public enum AlertDismissal
{
    /// <summary>There was nothing to see: what was read as a sign was none.</summary>
    FalseAlarm,

    /// <summary>True, but not worth a person's attention.</summary>
    NotUrgent,

    /// <summary>The agent had it in hand already.</summary>
    AgentHadIt,

    /// <summary>The same matter is handled elsewhere.</summary>
    Duplicate,

    /// <summary>A test.</summary>
    Test,

    /// <summary>Something else; the note says what.</summary>
    Other,
}

/// <summary>Something that a supervisor wrote on an alert.</summary>
/// <param name="At">When, UTC.</param>
/// <param name="By">Who.</param>
/// <param name="Text">The words.</param>
/// <param name="IsWhisper">Whether it was said to the agent; otherwise it is a note among supervisors. The customer never sees either.</param>
public sealed record AlertNote(DateTimeOffset At, string By, string Text, bool IsWhisper);
