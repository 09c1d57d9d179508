using DeEscalationBot.Core.Channels;

namespace DeEscalationBot.Core.Conversations;

/// <summary>What somebody does to a follow-up.</summary>
public enum FollowUpMove
{
    /// <summary>Promises one.</summary>
    Plan,

    /// <summary>Gives it another date, and another reason where one is said.</summary>
    Move,

    /// <summary>The customer was written to.</summary>
    Done,

    /// <summary>It is not needed any more.</summary>
    Cancel,
}

/// <summary>One change of the follow-ups.</summary>
/// <param name="Kind">What is done.</param>
/// <param name="Id">The follow-up; nothing for <see cref="FollowUpMove.Plan"/>.</param>
/// <param name="Reason">Why it cannot be solved now; needed for a plan.</param>
/// <param name="PromisedFor">By when the customer hears of us; needed for a plan and a move.</param>
/// <param name="RemindBefore">How long before the agent is reminded; nothing for what the settings say.</param>
public sealed record FollowUpChange(FollowUpMove Kind, string? Id = null, string? Reason = null, DateTimeOffset? PromisedFor = null, TimeSpan? RemindBefore = null);

/// <summary>Why a change of the follow-ups was not made.</summary>
public enum FollowUpProblem
{
    /// <summary>It was made, or it was so already.</summary>
    None,

    /// <summary>There is no such follow-up, or no such conversation.</summary>
    NotFound,

    /// <summary>It is done or cancelled: its date cannot be moved.</summary>
    Closed,

    /// <summary>The reason is missing, or longer than <see cref="FollowUps.LongestReason"/>.</summary>
    Reason,

    /// <summary>The date is missing, has passed, or is more than <see cref="FollowUps.Farthest"/> away.</summary>
    Date,

    /// <summary>The reminder is not between zero and <see cref="FollowUps.Farthest"/>.</summary>
    Reminder,

    /// <summary>The conversation has <see cref="FollowUps.MostOpen"/> open ones already.</summary>
    TooMany,
}

/// <summary>How agents are reminded of follow-ups (section <c>FollowUps</c>).</summary>
public sealed class FollowUpSettings
{
    /// <summary>The section's name.</summary>
    public const string Section = "FollowUps";

    /// <summary>How long before its date an agent is reminded, where they do not say it themselves: 1 hour by default, from zero to <see cref="FollowUps.Farthest"/>.</summary>
    public TimeSpan RemindBefore { get; set; } = TimeSpan.FromHours(1);
}

/// <summary>The rules of follow-ups (A12): a reason, a date, a reminder before it.</summary>
/// <remarks>Pure and safe for concurrent use.</remarks>
public static class FollowUps
{
    /// <summary>The longest reason, in UTF-16 units: 300.</summary>
    public const int LongestReason = 300;

    /// <summary>The most open follow-ups of one conversation: 10.</summary>
    public const int MostOpen = 10;

    /// <summary>The longest time to a date: 366 days.</summary>
    public static readonly TimeSpan Farthest = TimeSpan.FromDays(366);

    /// <summary>A clock that is behind what was recorded by more than this was set back: 1 minute.</summary>
    public static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(1);

    /// <summary>A clock that was set back by no more than this, so that what was said holds still, takes nothing back: 1 hour.</summary>
    public static readonly TimeSpan SmallStep = TimeSpan.FromHours(1);

    /// <summary>What a change leads to.</summary>
    /// <param name="conversation">The conversation as it stands.</param>
    /// <param name="change">The change.</param>
    /// <param name="by">Who makes it.</param>
    /// <param name="settings">When to remind where the change does not say it.</param>
    /// <param name="now">The product's clock.</param>
    /// <returns>What is to be recorded (nothing when it is so already), and why not.</returns>
    public static (IReadOnlyList<ConversationEvent> Events, FollowUpProblem Problem) Decide(
        Conversation conversation, FollowUpChange change, string by, FollowUpSettings settings, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        ArgumentNullException.ThrowIfNull(change);
        ArgumentNullException.ThrowIfNull(settings);
        var before = change.RemindBefore ?? settings.RemindBefore;
        if (change.Kind == FollowUpMove.Plan)
        {
            return Plan(conversation, change, by, before, now);
        }

        if (conversation.FollowUps.Find(f => f.Id == change.Id) is not { } found)
        {
            return ([], FollowUpProblem.NotFound);
        }

        switch (change.Kind)
        {
            case FollowUpMove.Move:
                if (found.State != FollowUpState.Open)
                {
                    return ([], FollowUpProblem.Closed);
                }

                var reason = change.Reason is null ? found.Reason : SingleLine.Of(change.Reason, LongestReason);
                var problem = ProblemOf(reason, change.PromisedFor, before, now);
                return problem != FollowUpProblem.None ? ([], problem)
                    : change.PromisedFor == found.PromisedFor && reason == found.Reason && change.RemindBefore is null ? ([], FollowUpProblem.None)
                    : ([new FollowUpMoved(now, by, found.Id, reason!, change.PromisedFor!.Value.ToUniversalTime(), RemindAt(change.PromisedFor.Value, before, now))], FollowUpProblem.None);
            case FollowUpMove.Done:
            case FollowUpMove.Cancel:
                var state = change.Kind == FollowUpMove.Done ? FollowUpState.Done : FollowUpState.Cancelled;
                return found.State == state ? ([], FollowUpProblem.None)
                    : found.State != FollowUpState.Open ? ([], FollowUpProblem.Closed)
                    : ([new FollowUpClosed(now, by, found.Id, state)], FollowUpProblem.None);
            case FollowUpMove.Plan:
            default:
                throw new ArgumentOutOfRangeException(nameof(change), change.Kind, null);
        }
    }

    /// <summary>The open follow-up that a plan leads, or has led, to: that of the same reason and date.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="change">The plan.</param>
    /// <returns>Nothing when there is none.</returns>
    public static FollowUp? PlannedBy(Conversation conversation, FollowUpChange change)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        ArgumentNullException.ThrowIfNull(change);
        var reason = SingleLine.Of(change.Reason ?? "", LongestReason);
        return conversation.FollowUps.Find(f => f.State == FollowUpState.Open && f.Reason == reason && f.PromisedFor == change.PromisedFor);
    }

    /// <summary>What the clock does to the follow-ups of a conversation: reminds once before each date, and says once that it has passed.</summary>
    /// <remarks>
    /// A clock may be wrong. A reminder that comes too early costs little, one that never comes costs a customer: it follows any clock, and
    /// comes again when the clock was set back behind it. That a promise was broken is a grave thing to say: only a clock that is vouched for
    /// says it, and what was said by one that ran ahead is taken back.
    /// </remarks>
    /// <param name="conversation">The conversation.</param>
    /// <param name="now">The product's clock.</param>
    /// <param name="vouchedFor">What time it is for certain; nothing when that is not known, as after a jump of the clock.</param>
    public static IReadOnlyList<ConversationEvent> Look(Conversation conversation, DateTimeOffset now, DateTimeOffset? vouchedFor)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        var events = new List<ConversationEvent>();
        foreach (var followUp in conversation.FollowUps.Where(f => f.State == FollowUpState.Open))
        {
            var isAhead = followUp.IsAhead(now);
            if (isAhead && StillHolds(followUp, now))
            {
                continue;
            }

            if (isAhead)
            {
                events.Add(new FollowUpRewound(now, followUp.Id));
            }

            if (followUp.MissedAt is not null && !isAhead)
            {
                continue;
            }

            if (followUp.PromisedFor <= now && followUp.PromisedFor <= vouchedFor)
            {
                events.Add(new FollowUpMissed(now, followUp.Id));
            }
            else if (followUp.RemindAt <= now && (followUp.RemindedAt is null || isAhead))
            {
                events.Add(new FollowUpReminded(now, followUp.Id));
            }
        }

        return events;
    }

    // A clock is set right by seconds or minutes every day: what was said a little too early, and would be said again now, was no mistake.
    private static bool StillHolds(FollowUp followUp, DateTimeOffset now) => followUp.MissedAt is { } missed
        ? followUp.PromisedFor <= now && missed - now <= SmallStep
        : followUp.RemindAt <= now && followUp.RemindedAt - now <= SmallStep;

    /// <summary>The follow-up that an event is about, or nothing.</summary>
    /// <param name="e">The event.</param>
    public static string? IdOf(ConversationEvent e) => e switch
    {
        FollowUpPlanned x => x.FollowUp.Id,
        FollowUpMoved x => x.FollowUpId,
        FollowUpReminded x => x.FollowUpId,
        FollowUpMissed x => x.FollowUpId,
        FollowUpRewound x => x.FollowUpId,
        FollowUpClosed x => x.FollowUpId,
        _ => null,
    };

    private static (IReadOnlyList<ConversationEvent> Events, FollowUpProblem Problem) Plan(Conversation conversation, FollowUpChange change, string by, TimeSpan before, DateTimeOffset now)
    {
        if (conversation.Turns.IsEmpty)
        {
            return ([], FollowUpProblem.NotFound);
        }

        var reason = SingleLine.Of(change.Reason ?? "", LongestReason);
        var problem = ProblemOf(reason, change.PromisedFor, before, now);
        if (problem != FollowUpProblem.None)
        {
            return ([], problem);
        }

        // Two clicks on the same button are one promise.
        if (PlannedBy(conversation, change) is not null)
        {
            return ([], FollowUpProblem.None);
        }

        var at = change.PromisedFor!.Value.ToUniversalTime();
        var open = conversation.FollowUps.Where(f => f.State == FollowUpState.Open).ToArray();
        var id = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"followup-{conversation.Sequence + 1}");
        return open.Length >= MostOpen ? ([], FollowUpProblem.TooMany)
            : ([new FollowUpPlanned(now, new FollowUp(id, reason!, at, RemindAt(at, before, now), by, now))], FollowUpProblem.None);
    }

    private static FollowUpProblem ProblemOf(string? reason, DateTimeOffset? at, TimeSpan before, DateTimeOffset now) =>
        reason is null ? FollowUpProblem.Reason
        : at is not { } date || date <= now || date - now > Farthest ? FollowUpProblem.Date
        : before < TimeSpan.Zero || before > Farthest ? FollowUpProblem.Reminder
        : FollowUpProblem.None;

    // A date that is nearer than the reminder leaves room for one at half of the time.
    private static DateTimeOffset RemindAt(DateTimeOffset at, TimeSpan before, DateTimeOffset now) =>
        (at - before > now ? at - before : now + ((at - now) / 2)).ToUniversalTime();
}
