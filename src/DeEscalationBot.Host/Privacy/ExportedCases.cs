using DeEscalationBot.Core.Cases.Customers;
using DeEscalationBot.Core.Cases.Departure;
using DeEscalationBot.Core.Cases.Dismissal;

namespace DeEscalationBot.Host.Privacy;

/// <summary>What is kept of a customer outside conversations.</summary>
/// <param name="Name">Their name.</param>
/// <param name="Since">Since when they are a customer.</param>
/// <param name="Contract">The contract in force, or nothing.</param>
/// <param name="Obligations">What both sides owe or owed.</param>
/// <param name="Revenue">What they paid.</param>
/// <param name="Contacts">The time that was spent with them.</param>
/// <param name="Claims">What they asked of our generosity.</param>
/// <param name="Stays">When they were with us.</param>
public sealed record ExportedRecord(
    string? Name,
    DateOnly? Since,
    ContractTerms? Contract,
    IReadOnlyList<Obligation> Obligations,
    IReadOnlyList<RevenueEntry> Revenue,
    IReadOnlyList<ContactEntry> Contacts,
    IReadOnlyList<GoodwillClaim> Claims,
    IReadOnlyList<CustomerStay> Stays)
{
    /// <summary>The record as it leaves: without the desk's people.</summary>
    /// <param name="record">The record.</param>
    public static ExportedRecord From(CustomerRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return new ExportedRecord(
            record.Name, record.Since, record.Contract, [.. record.Obligations.Select(o => o with { ClosedBy = null })], record.Revenue, record.Contacts, record.Claims, record.Stays);
    }
}

/// <summary>What was said by a customer, to them, or held against them in a case.</summary>
public enum ExportedEntryKind
{
    /// <summary>What was held against them.</summary>
    Evidence,

    /// <summary>A warning that they were given.</summary>
    Warning,

    /// <summary>What they said about their concerns.</summary>
    Concerns,

    /// <summary>The message with which they were told.</summary>
    Message,

    /// <summary>Their appeal.</summary>
    Appeal,

    /// <summary>What they said when they wanted to leave.</summary>
    Wish,

    /// <summary>A motive, in their words.</summary>
    Motive,

    /// <summary>What else was said in the exit conversation.</summary>
    Talk,

    /// <summary>What is or was handed over to them.</summary>
    Handover,

    /// <summary>Their testimonial.</summary>
    Testimonial,

    /// <summary>Their answer to the survey.</summary>
    Survey,
}

/// <summary>One thing that was said.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="At">When, or nothing when only its case says so.</param>
/// <param name="Text">In words.</param>
public sealed record ExportedEntry(ExportedEntryKind Kind, DateTimeOffset? At, string Text);

/// <summary>One case about a customer. What the desk's people wrote to each other in it (comments, grounds, advice, money) is left out.</summary>
/// <param name="CaseId">Its id.</param>
/// <param name="OpenedAt">When it was opened.</param>
/// <param name="Stage">Where it is.</param>
/// <param name="Outcome">How it ended, or nothing.</param>
/// <param name="EndsOn">The last day of the relationship, or nothing.</param>
/// <param name="Reasons">Of a dismissal: its reasons, by their ids.</param>
/// <param name="Entries">What was said.</param>
public sealed record ExportedCase(string CaseId, DateTimeOffset? OpenedAt, string Stage, string? Outcome, DateOnly? EndsOn, IReadOnlyList<string> Reasons, IReadOnlyList<ExportedEntry> Entries)
{
    /// <summary>A dismissal as it leaves. Its message is the customer's from the day on which they were told.</summary>
    /// <param name="state">The case.</param>
    public static ExportedCase From(DismissalCase state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return new ExportedCase(
            state.Id,
            state.OpenedAt,
            state.Stage.ToString(),
            state.Outcome?.ToString(),
            state.Plan?.EndsOn,
            [.. state.Reasons.Select(r => r.ReasonId)],
            Said([
                .. state.Reasons.SelectMany(r => r.Evidence).Select(e => (ExportedEntryKind.Evidence, (DateTimeOffset?)e.OccurredAt, (string?)e.Text)),
                .. state.Warnings.Select(w => (ExportedEntryKind.Warning, (DateTimeOffset?)w.GivenAt, (string?)w.Text)),
                (ExportedEntryKind.Concerns, null, state.Concerns),
                (ExportedEntryKind.Message, state.ToldAt, state.ToldAt is null ? null : state.Message?.Text),
                (ExportedEntryKind.Appeal, state.Appeal?.LodgedAt, state.Appeal?.Text),
            ]));
    }

    /// <summary>A departure as it leaves.</summary>
    /// <param name="state">The case.</param>
    public static ExportedCase From(DepartureCase state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return new ExportedCase(
            state.Id,
            state.OpenedAt,
            state.Stage.ToString(),
            state.Outcome?.ToString(),
            state.EndsOn,
            [],
            Said([
                (ExportedEntryKind.Wish, state.OpenedAt, state.Why),
                .. state.Motives.Select(m => (ExportedEntryKind.Motive, (DateTimeOffset?)null, (string?)m.Words)),
                (ExportedEntryKind.Talk, null, state.TalkNotes),
                .. state.Handover.Select(h => (ExportedEntryKind.Handover, h.DoneAt, (string?)h.Text)),
                (ExportedEntryKind.Testimonial, null, state.Testimonial),
                .. state.SurveyAnswers.Select(a => (ExportedEntryKind.Survey, (DateTimeOffset?)null, (string?)FormattableString.Invariant($"{a.Score}/10 {a.Text}"))),
            ]));
    }

    private static ExportedEntry[] Said(IEnumerable<(ExportedEntryKind Kind, DateTimeOffset? At, string? Text)> said) =>
        [.. said.Where(s => !string.IsNullOrWhiteSpace(s.Text)).Select(s => new ExportedEntry(s.Kind, s.At, s.Text!.Trim()))];
}
