using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Scoring;

namespace DeEscalationBot.Core.Coaching.DraftReview;

/// <summary>How much a finding weighs.</summary>
public enum FindingSeverity
{
    /// <summary>A hint; a good draft may carry it.</summary>
    Note,

    /// <summary>Likely to make things worse; the agent should look at it before sending.</summary>
    Warning,

    /// <summary>Must not be sent as it stands: an insult, hostility, a legal admission, an unfilled template.</summary>
    Block,
}

/// <summary>What the draft is for.</summary>
public enum DraftKind
{
    /// <summary>An answer within a conversation.</summary>
    Reply,

    /// <summary>The message that ends the relationship with a customer, where the rules of B7 apply besides.</summary>
    Farewell,
}

/// <summary>One thing in a draft that the agent may want to change.</summary>
/// <param name="Rule">The rule, as the contract names it, for instance <c>empathy-but</c>.</param>
/// <param name="Severity">How much it weighs.</param>
/// <param name="Evidence">The words, as they stand in the draft; exactly what <paramref name="Suggestion"/> replaces.</param>
/// <param name="Why">One sentence for the agent, in the language of the draft.</param>
/// <param name="Playbook">The id of the practice that the rule comes from.</param>
/// <param name="Suggestion">What to put in place of the evidence, or nothing when no replacement is sure to fit.</param>
public sealed record DraftFinding(string Rule, FindingSeverity Severity, EvidenceSpan Evidence, string Why, string Playbook, string? Suggestion);

/// <summary>A draft to be reviewed.</summary>
/// <param name="Text">The draft; any string, also an empty one.</param>
/// <param name="Language">Wins over detection; undetermined for none.</param>
/// <param name="FallbackLanguage">Assumed when the draft is too short to tell, for instance the conversation's language.</param>
/// <param name="Kind">What the draft is for.</param>
/// <param name="CustomerTexts">The customer's messages of this conversation, oldest first, or nothing when they are not known.</param>
/// <param name="SetAside">Advice of this conversation that the agent set aside and does not want to read again, or nothing.</param>
/// <param name="Tension">The conversation's present tension, 0 to 1, or nothing when it is not known.</param>
public sealed record DraftRequest(
    string Text,
    MessageLanguage Language = MessageLanguage.Undetermined,
    MessageLanguage FallbackLanguage = MessageLanguage.Undetermined,
    DraftKind Kind = DraftKind.Reply,
    IReadOnlyList<string>? CustomerTexts = null,
    IReadOnlyList<SetAsideAdvice>? SetAside = null,
    double? Tension = null);

/// <summary>What the review of a draft found.</summary>
/// <param name="Language">The language that the draft was read in.</param>
/// <param name="Findings">The findings in the order of the text.</param>
/// <param name="Rewrite">
/// The whole draft with the findings mended and the agent's facts kept. It has no finding of warning or block itself. Nothing
/// when there is no such finding to mend, or when the draft cannot be mended without facts that only the agent knows.
/// </param>
/// <param name="Effect">What the draft is likely to do to the tension, or nothing for an empty draft.</param>
/// <param name="RewriteEffect">What the rewrite is likely to do to it, or nothing where there is no rewrite.</param>
public sealed record DraftReviewResult(
    MessageLanguage Language,
    IReadOnlyList<DraftFinding> Findings,
    string? Rewrite,
    DraftEffect? Effect = null,
    DraftEffect? RewriteEffect = null)
{
    /// <summary>Whether the draft can go out as it stands: no finding of warning or block.</summary>
    public bool IsGood => Findings.All(f => f.Severity == FindingSeverity.Note);
}
