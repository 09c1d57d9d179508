using DeEscalationBot.Plugin.Scoring.MlNet.Drafts;

namespace DeEscalationBot.Plugin.Scoring.MlNet;

/// <summary>Of which heads an archive is made, and how it is told about.</summary>
/// <param name="FeatureVersion">The features and heads that this program computes; an archive made for others cannot be used.</param>
/// <param name="Ngram">The heads over n-grams of each language, in the order in which they stand in the archive.</param>
/// <param name="Final">The final heads behind them.</param>
/// <param name="StackSize">Number of inputs of the final heads.</param>
/// <param name="Setting">The setting that names the archive.</param>
public sealed record ModelLayout(int FeatureVersion, IReadOnlyList<string> Ngram, IReadOnlyList<string> Final, int StackSize, string Setting)
{
    /// <summary>The model that scores customers' messages.</summary>
    public static ModelLayout Frustration { get; } = new(ModelMetadata.CurrentFeatureVersion, ModelHeads.Ngram, ModelHeads.Final, FinalInputs.Count, "Model:Path");

    /// <summary>The model that judges agents' drafts.</summary>
    public static ModelLayout Drafts { get; } = new(DraftHeads.CurrentFeatureVersion, DraftHeads.Ngram, DraftHeads.Final, DraftInputs.Count, "Model:DraftsPath");

    /// <summary>Whether its levels make a frustration together.</summary>
    internal bool TellsFrustration => ReferenceEquals(Final, ModelHeads.Final);

    /// <summary>Number of heads of one language.</summary>
    public int HeadCount => Ngram.Count + Final.Count;

    /// <summary>What to do about a model that cannot be used.</summary>
    internal string Mend =>
        $"Restore both files from the product's models folder, train them again, or set {Setting} to a model of this version; "
        + "Model:AllowSignalsOnly=true runs without a model, on signals alone.";
}
