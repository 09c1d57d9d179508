using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Coaching.DraftReview;

namespace DeEscalationBot.Core.Cases.Dismissal;

/// <summary>Reads a farewell by the draft rules, as the sidebar and the <c>review</c> verb do: a hint does not stand in the way, everything else does.</summary>
/// <param name="reviewer">The draft rules.</param>
/// <remarks>Safe for concurrent use.</remarks>
public sealed class DraftFarewellReader(DraftReviewer reviewer) : IFarewellReader
{
    /// <inheritdoc/>
    public IReadOnlyList<string> BrokenRules(string text, MessageLanguage language) =>
    [
        .. reviewer.Review(new DraftRequest(text, language, MessageLanguage.Undetermined, DraftKind.Farewell, []))
            .Findings.Where(f => f.Severity >= FindingSeverity.Warning).Select(f => f.Rule).Distinct().Order(StringComparer.Ordinal),
    ];
}
