using DeEscalationBot.Core.Scoring;

namespace DeEscalationBot.Core.Coaching.DraftReview;

/// <summary>How much a finding matters.</summary>
public enum FindingSeverity
{
    /// <summary>A hint; a good draft may have it.</summary>
    Note,

    /// <summary>Likely to make things worse.</summary>
    Warning,

    /// <summary>Should not be sent.</summary>
    Block,
}

/// <summary>One thing in a draft that would make matters worse.</summary>
/// <param name="Rule">The rule's id, as in the contract.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Evidence">The exact words.</param>
/// <param name="Why">One sentence for the agent, in the draft's language.</param>
/// <param name="Playbook">Id of the practice behind the rule.</param>
/// <param name="Suggestion">What to write in place of the words, or nothing where no replacement is sure.</param>
public sealed record DraftFinding(string Rule, FindingSeverity Severity, EvidenceSpan Evidence, string Why, string Playbook, string? Suggestion);
