namespace DeEscalationBot.Core.Conversations;

/// <summary>Where a follow-up stands.</summary>
public enum FollowUpState
{
    /// <summary>Promised; left when it is done or cancelled.</summary>
    Open,

    /// <summary>The customer was written to. Final.</summary>
    Done,

    /// <summary>Not needed any more. Final.</summary>
    Cancelled,
}

/// <summary>A promise to come back to the customer (A12): why it cannot be solved now, and by when they hear of us.</summary>
/// <remarks>Immutable. Changed only by the events of its conversation; <see cref="FollowUps"/> holds the rules.</remarks>
/// <param name="Id">Names it within its conversation.</param>
/// <param name="Reason">Why it cannot be solved now; one line, 1 to <see cref="FollowUps.LongestReason"/> UTF-16 units.</param>
/// <param name="PromisedFor">By when the customer hears of us, UTC.</param>
/// <param name="RemindAt">When the agent is reminded, UTC; before <paramref name="PromisedFor"/>.</param>
/// <param name="By">Who promised it.</param>
/// <param name="PlannedAt">When it was promised, UTC.</param>
public sealed record FollowUp(string Id, string Reason, DateTimeOffset PromisedFor, DateTimeOffset RemindAt, string By, DateTimeOffset PlannedAt)
{
    /// <summary>Where it stands.</summary>
    public FollowUpState State { get; init; }

    /// <summary>How often it was given another date: the revision of its appointment.</summary>
    public int Moves { get; init; }

    /// <summary>When the agent was reminded of the present date, UTC, or nothing.</summary>
    public DateTimeOffset? RemindedAt { get; init; }

    /// <summary>When the present date was found to have passed, by a clock that could be relied on, UTC, or nothing.</summary>
    public DateTimeOffset? MissedAt { get; init; }

    /// <summary>Whether anybody was told of it, of this date or an earlier one: then they are told of its end.</summary>
    public bool WasTold { get; init; }

    /// <summary>Who closed it, or nothing.</summary>
    public string? ClosedBy { get; init; }

    /// <summary>When it was closed, UTC, or nothing.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>When the clock has to look at it again, UTC; nothing when no clock runs.</summary>
    public DateTimeOffset? DueAt => State != FollowUpState.Open || MissedAt is not null ? null : RemindedAt is null ? RemindAt : PromisedFor;

    /// <summary>Whether the date has passed and nobody has written. Both have to say so, the record and the clock: either may be wrong for a while.</summary>
    /// <param name="now">The product's clock.</param>
    public bool IsOverdue(DateTimeOffset now) => State == FollowUpState.Open && MissedAt is not null && PromisedFor <= now;

    /// <summary>Whether what the clock was taken for when this was said lies ahead of it: it was set back, and what was said does not count.</summary>
    /// <param name="now">The product's clock.</param>
    public bool IsAhead(DateTimeOffset now)
    {
        var behind = now + FollowUps.ClockTolerance;
        return State == FollowUpState.Open && (RemindedAt > behind || MissedAt > behind);
    }
}
