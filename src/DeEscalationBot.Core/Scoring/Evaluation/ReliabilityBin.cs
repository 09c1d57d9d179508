namespace DeEscalationBot.Core.Scoring.Evaluation;

/// <summary>The messages whose chance fell into one stretch of the scale: one point of the reliability curve.</summary>
/// <param name="Count">How many, at least 1.</param>
/// <param name="MeanChance">The mean of their chances, 0 to 1.</param>
/// <param name="Share">The share of which a person says that it holds, 0 to 1. Equal to the mean chance when the chances hold.</param>
public readonly record struct ReliabilityBin(int Count, double MeanChance, double Share)
{
    /// <summary>Where the stretch begins, 0 to 1, included.</summary>
    public required double From { get; init; }

    /// <summary>Where the stretch ends, 0 to 1; left out, but for the last.</summary>
    public required double To { get; init; }
}
