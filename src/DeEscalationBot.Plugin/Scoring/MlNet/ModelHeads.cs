namespace DeEscalationBot.Plugin.Scoring.MlNet;

/// <summary>The linear heads of which a model of one language is made, in the order in which they stand in the archive.</summary>
/// <remarks>
/// First come heads over hashed n-grams: the four cumulative levels as our own corpus marks them, then what the public sets teach.
/// Their logits, for the message as a whole and for its hottest sentence, go with the dense features into the final heads.
/// </remarks>
public static class ModelHeads
{
    /// <summary>The languages, in order.</summary>
    public static IReadOnlyList<string> Languages { get; } = ["es", "en"];

    /// <summary>The heads over n-grams.</summary>
    public static IReadOnlyList<string> Ngram { get; } = ["text1", "text2", "text3", "text4", "anger", "abuse", "pleased"];

    /// <summary>The final heads: the chance of a level of at least 1, 2, 3, 4.</summary>
    public static IReadOnlyList<string> Final { get; } = ["atLeast1", "atLeast2", "atLeast3", "atLeast4"];

    /// <summary>Number of inputs of a final head.</summary>
    public static int StackSize => (2 * Ngram.Count) + DenseFeatures.Count;

    /// <summary>Brings a logit of an n-gram head to the scale of the dense features.</summary>
    /// <param name="logit">The logit.</param>
    public static float Scale(float logit) => Math.Clamp(logit, -8, 8) / 4;
}
