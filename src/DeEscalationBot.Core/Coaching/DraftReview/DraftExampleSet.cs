namespace DeEscalationBot.Core.Coaching.DraftReview;

/// <summary>Sentences of agents, sorted by the rule that they break: what the review learns wordings from that no phrase foresees. <c>draft-examples.yaml</c>.</summary>
/// <remarks>Texts hold one example a line, so that people who edit them need no quotation marks.</remarks>
public sealed class DraftExampleSet
{
    /// <summary>Sentences that break a rule, by the rule's name; one a line.</summary>
    public required IReadOnlyDictionary<string, string> Rules { get; init; }

    /// <summary>Sentences that break none, best those that look as if they did; one a line.</summary>
    public required string Harmless { get; init; }

    /// <summary>
    /// Words that play the same part, by a name of one's own. <c>revis*</c> stands for all words that begin so, <c>*aste</c> for all
    /// that end so. A word belongs to the first sort, by name, that holds it.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Kinds { get; init; } = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);

    /// <summary>From which chance on a sentence counts as breaking a rule, in (0, 1), by rule; the default for rules that are not named.</summary>
    public IReadOnlyDictionary<string, double> Thresholds { get; init; } = new Dictionary<string, double>(StringComparer.Ordinal);

    /// <summary>From which chance on a sentence counts as breaking a rule, in (0, 1), where <see cref="Thresholds"/> names no other.</summary>
    public double Threshold { get; init; } = 0.5;
}
