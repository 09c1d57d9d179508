namespace DeEscalationBot.Host.Cases.Storage;

/// <summary>Whose events they are.</summary>
public enum CaseKind
{
    /// <summary>A customer's record.</summary>
    Customer,

    /// <summary>A dismissal case.</summary>
    Dismissal,

    /// <summary>A departure.</summary>
    Departure,

    /// <summary>What a conversation proposes, when somebody set it aside.</summary>
    Proposal,
}

/// <summary>One event of a customer's record or of a case: the record itself. Never changed, never reordered.</summary>
public sealed class CaseEventRow
{
    /// <summary>Whose event it is.</summary>
    public required CaseKind Kind { get; init; }

    /// <summary>The customer's id, or the case's.</summary>
    public required string StreamId { get; init; }

    /// <summary>The event's place, from 1, without gaps.</summary>
    public required long Sequence { get; init; }

    /// <summary>The customer that it is about: what is kept under a customer's own key is found by it.</summary>
    public required string CustomerId { get; init; }

    /// <summary>When it was recorded, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Who did it.</summary>
    public required string By { get; init; }

    /// <summary>The event's type, a name of <see cref="CaseFormat"/>.</summary>
    public required string Type { get; init; }

    /// <summary>The event, sealed with the customer's key.</summary>
    public required string Payload { get; init; }
}

/// <summary>What lists show of one customer or case. Follows from the events and is written with them in one transaction; of the customer it holds ids and days, no words.</summary>
public sealed class CaseIndexRow
{
    /// <summary>What it is.</summary>
    public required CaseKind Kind { get; init; }

    /// <summary>The customer's id, or the case's.</summary>
    public required string CaseId { get; init; }

    /// <summary>The customer.</summary>
    public required string CustomerId { get; init; }

    /// <summary>The team whose supervisors run it: a case that of its customer. Beside the events, as with conversations.</summary>
    public required string Team { get; init; }

    /// <summary>Who opened it.</summary>
    public required string Owner { get; init; }

    /// <summary>The last event that is counted in.</summary>
    public required long Sequence { get; init; }

    /// <summary>Where it is: the name of a stage, or of the customer's standing.</summary>
    public required string Stage { get; init; }

    /// <summary>How it ended, or nothing.</summary>
    public required string? Outcome { get; init; }

    /// <summary>Whether it is open: of a customer at most one case of a kind is, and the database holds to it.</summary>
    public required bool IsOpen { get; init; }

    /// <summary>When it was opened, UTC.</summary>
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>When it was closed, UTC, or nothing.</summary>
    public required DateTimeOffset? ClosedAt { get; init; }

    /// <summary>When something is due next (the end, the last day of an appeal, the review), UTC, or nothing.</summary>
    public required DateTimeOffset? DueAt { get; init; }
}
