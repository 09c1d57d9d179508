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

    /// <summary>The 95 % interval of the share for so few messages.</summary>
    /// <remarks>E. B. Wilson, Probable inference, the law of succession, and statistical inference (1927).</remarks>
    public (double Low, double High) ShareInterval
    {
        get
        {
            const double z = 1.959964;
            var correction = 1 + (z * z / Count);
            var centre = (Share + (z * z / (2 * Count))) / correction;
            var half = z / correction * Math.Sqrt((Share * (1 - Share) / Count) + (z * z / (4.0 * Count * Count)));
            return (Math.Max(0, centre - half), Math.Min(1, centre + half));
        }
    }
}
