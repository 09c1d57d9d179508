using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Coaching.DraftReview;

namespace DeEscalationBot.Host.Contract;

/// <summary>A finding as it leaves the product.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Severity">note, warning or block.</param>
/// <param name="Start">Offset of the words, UTF-16 units.</param>
/// <param name="Length">Their length.</param>
/// <param name="Text">Exactly that slice.</param>
/// <param name="Why">One sentence for the agent.</param>
/// <param name="Playbook">The practice behind the rule.</param>
/// <param name="Suggestion">A replacement for the words, or nothing.</param>
public sealed record FindingLine(string Rule, FindingSeverity Severity, int Start, int Length, string Text, string Why, string Playbook, string? Suggestion)
{
    /// <summary>Writes a finding.</summary>
    /// <param name="finding">The finding.</param>
    public static FindingLine From(DraftFinding finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        var evidence = finding.Evidence;
        return new FindingLine(finding.Rule, finding.Severity, evidence.Start, evidence.Length, evidence.Text, finding.Why, finding.Playbook, finding.Suggestion);
    }
}

/// <summary>The answer of <c>review</c>, without the <c>id</c> that the door adds.</summary>
/// <param name="Language">es, en or und.</param>
/// <param name="Findings">What was found, in the order of the text.</param>
/// <param name="Rewrite">One whole rewrite, or nothing.</param>
public sealed record ReviewLine(string Language, IReadOnlyList<FindingLine> Findings, string? Rewrite)
{
    /// <summary>Writes a review.</summary>
    /// <param name="review">The review.</param>
    public static ReviewLine From(DraftReviewResult review)
    {
        ArgumentNullException.ThrowIfNull(review);
        return new ReviewLine(review.Language.Code(), [.. review.Findings.Select(FindingLine.From)], review.Rewrite);
    }
}
