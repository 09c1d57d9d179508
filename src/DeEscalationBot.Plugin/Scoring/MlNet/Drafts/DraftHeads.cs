using DeEscalationBot.Core.Coaching.DraftReview;

namespace DeEscalationBot.Plugin.Scoring.MlNet.Drafts;

/// <summary>The linear heads of which the model of drafts is made for one language, in the order in which they stand in the archive.</summary>
public static class DraftHeads
{
    /// <summary>The features and heads that this program computes.</summary>
    public const int CurrentFeatureVersion = 1;

    /// <summary>The head that tells any fault of a passage from none.</summary>
    public const string AnyFault = "textAnyFault";

    /// <summary>The heads over n-grams: of sentences for the rules of passages and for any fault, of whole drafts for the others.</summary>
    public static IReadOnlyList<string> Ngram { get; } =
        [.. JudgedRules.OfPassages.Select(r => "text:" + r), AnyFault, .. JudgedRules.OfWholeDrafts.Select(r => "text:" + r)];

    /// <summary>The final heads: one for each rule, those of passages first.</summary>
    public static IReadOnlyList<string> Final { get; } = [.. JudgedRules.OfPassages, .. JudgedRules.OfWholeDrafts];
}
