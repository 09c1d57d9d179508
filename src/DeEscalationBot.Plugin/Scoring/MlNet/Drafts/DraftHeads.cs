using DeEscalationBot.Core.Coaching.DraftReview;

namespace DeEscalationBot.Plugin.Scoring.MlNet.Drafts;

/// <summary>The linear heads of which the model of drafts is made for one language, in the order in which they stand in the archive.</summary>
public static class DraftHeads
{
    /// <summary>The features and heads that this program computes.</summary>
    public const int CurrentFeatureVersion = 2;

    /// <summary>The head that tells any fault of a passage from none.</summary>
    public const string AnyFault = "textAnyFault";

    /// <summary>The heads over n-grams: of sentences for the rules of passages and for any fault, of whole drafts for the others.</summary>
    public static IReadOnlyList<string> Ngram { get; } =
        [.. JudgedRules.OfPassages.Select(r => "text:" + r), AnyFault, .. JudgedRules.OfWholeDrafts.Select(r => "text:" + r)];

    /// <summary>The rules that have a final head, in its order: those of passages first.</summary>
    public static IReadOnlyList<string> Rules { get; } = [.. JudgedRules.OfPassages, .. JudgedRules.OfWholeDrafts];

    /// <summary>The final heads: one for each rule, and last the one that tells a draft with any fault from a sound one.</summary>
    public static IReadOnlyList<string> Final { get; } = [.. Rules, "faulty"];
}
