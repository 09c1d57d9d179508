namespace DeEscalationBot.Core.Coaching.DraftReview;

/// <summary>Advice that an agent read and sent the draft in spite of: it is not given again in the conversation.</summary>
/// <remarks>
/// A note or a warning is set aside as advice: its rule is silent from then on. What must not be sent (a block) is set aside for its
/// own words only: another insult is another matter. Says nothing about who did it and is never counted.
/// </remarks>
/// <param name="Rule">The rule, as the contract names it.</param>
/// <param name="Words">The words, or nothing for whatever the rule finds.</param>
public sealed record SetAsideAdvice(string Rule, string? Words = null)
{
    /// <summary>What is set aside with a finding.</summary>
    /// <param name="finding">The finding.</param>
    public static SetAsideAdvice Of(DraftFinding finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        return new SetAsideAdvice(finding.Rule, finding.Severity == FindingSeverity.Block ? finding.Evidence.Text : null);
    }

    /// <summary>Whether a finding repeats this advice.</summary>
    /// <param name="finding">The finding.</param>
    public bool Covers(DraftFinding finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        return finding.Rule == Rule && (Words is null ? finding.Severity != FindingSeverity.Block : string.Equals(finding.Evidence.Text, Words, StringComparison.OrdinalIgnoreCase));
    }
}
