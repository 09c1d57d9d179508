using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Coaching.DraftReview;

namespace DeEscalationBot.Core.Cases.Dismissal;

/// <summary>Reads a farewell by the draft rules, as the sidebar and the <c>review</c> verb do: a hint does not stand in the way, everything else does.</summary>
/// <param name="reviewer">The draft rules.</param>
/// <remarks>Safe for concurrent use.</remarks>
public sealed class DraftFarewellReader(DraftReviewer reviewer) : IFarewellReader
{
    /// <summary>What stands in the way of approving a text, in its order.</summary>
    /// <param name="text">The text; any string.</param>
    /// <param name="language">Its language.</param>
    public IReadOnlyList<DraftFinding> Read(string text, MessageLanguage language) => string.IsNullOrWhiteSpace(text)
        ? []
        : [.. reviewer.Review(new DraftRequest(text, language, Kind: DraftKind.Farewell, CustomerTexts: [])).Findings.Where(f => f.Severity >= FindingSeverity.Warning)];

    /// <inheritdoc/>
    public IReadOnlyList<string> BrokenRules(string text, MessageLanguage language) => [.. Read(text, language).Select(f => f.Rule).Distinct().Order(StringComparer.Ordinal)];
}
