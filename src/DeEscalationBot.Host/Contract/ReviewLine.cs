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

/// <summary>A likely effect as it leaves the product. An estimate in three bands, never a measurement.</summary>
/// <param name="Likely">lowers, keeps or raises.</param>
/// <param name="Sureness">guess or likely.</param>
/// <param name="Reasons">The reasons, weightiest first.</param>
public sealed record EffectOfText(LikelyEffect Likely, EffectSureness Sureness, IReadOnlyList<EffectReason> Reasons)
{
    /// <summary>Writes an effect.</summary>
    /// <param name="effect">The effect, or nothing.</param>
    public static EffectOfText? From(DraftEffect? effect) => effect is null ? null : new EffectOfText(effect.Likely, effect.Sureness, effect.Reasons);
}

/// <summary>Before and after: the likely effects of the draft and of its rewrite.</summary>
/// <param name="Draft">Of the draft.</param>
/// <param name="Rewrite">Of the rewrite, or nothing where there is none.</param>
public sealed record EffectLine(EffectOfText Draft, EffectOfText? Rewrite)
{
    /// <summary>Writes the effects of a review.</summary>
    /// <param name="review">The review.</param>
    public static EffectLine? From(DraftReviewResult review)
    {
        ArgumentNullException.ThrowIfNull(review);
        return EffectOfText.From(review.Effect) is { } draft ? new EffectLine(draft, EffectOfText.From(review.RewriteEffect)) : null;
    }
}

/// <summary>The answer of <c>review</c>, without the <c>id</c> that the door adds.</summary>
/// <param name="Language">es, en or und.</param>
/// <param name="Findings">What was found, in the order of the text.</param>
/// <param name="Rewrite">One whole rewrite, or nothing.</param>
/// <param name="Effect">What the draft and its rewrite are likely to do to the conversation's tension, or nothing for an empty draft.</param>
public sealed record ReviewLine(string Language, IReadOnlyList<FindingLine> Findings, string? Rewrite, EffectLine? Effect)
{
    /// <summary>Writes a review.</summary>
    /// <param name="review">The review.</param>
    public static ReviewLine From(DraftReviewResult review)
    {
        ArgumentNullException.ThrowIfNull(review);
        return new ReviewLine(review.Language.Code(), [.. review.Findings.Select(FindingLine.From)], review.Rewrite, EffectLine.From(review));
    }
}
