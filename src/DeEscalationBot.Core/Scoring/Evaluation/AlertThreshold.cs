namespace DeEscalationBot.Core.Scoring.Evaluation;

/// <summary>From which chance on to alert, when a missed customer and a false alarm have a price.</summary>
/// <remarks>Stateless and safe for concurrent use.</remarks>
public static class AlertThreshold
{
    /// <summary>The thresholds that are tried: 0.05 to 0.95 in steps of 0.05.</summary>
    public static IReadOnlyList<double> Candidates { get; } = [.. Enumerable.Range(1, 19).Select(k => k / 20.0)];

    /// <summary>The threshold that is best when the chances hold: alert where the expected miss costs more than the expected false alarm.</summary>
    /// <param name="missCost">How many false alarms a miss costs, above 0.</param>
    /// <returns>1/(1 + cost), between 0 and 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The cost is not above 0.</exception>
    public static double ForCalibratedChances(double missCost)
    {
        if (!(missCost > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(missCost), missCost, "A miss must cost something.");
        }

        return 1 / (1 + missCost);
    }

    /// <summary>What comes of each candidate.</summary>
    /// <param name="scored">The messages.</param>
    /// <returns>In the order of <see cref="Candidates"/>.</returns>
    public static IReadOnlyList<DetectionCounts> Sweep(IReadOnlyList<LabelledChance> scored)
    {
        ArgumentNullException.ThrowIfNull(scored);
        return Cumulate(CountByStep(scored));
    }

    /// <summary>The candidate whose mistakes cost least; of equally cheap ones the one nearest to <see cref="ForCalibratedChances"/>.</summary>
    /// <param name="scored">The messages.</param>
    /// <param name="missCost">How many false alarms a miss costs, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The cost is not above 0.</exception>
    public static double Cheapest(IReadOnlyList<LabelledChance> scored, double missCost)
    {
        var ideal = ForCalibratedChances(missCost);
        var sweep = Sweep(scored);
        return Enumerable.Range(0, Candidates.Count)
            .OrderBy(k => sweep[k].Cost(missCost))
            .ThenBy(k => Math.Abs(Candidates[k] - ideal))
            .Select(k => Candidates[k])
            .First();
    }

    // By how many candidates a message passes: one walk over the messages instead of one for each candidate.
    private static (int Positive, int Negative)[] CountByStep(IReadOnlyList<LabelledChance> scored)
    {
        var steps = new (int Positive, int Negative)[Candidates.Count + 1];
        foreach (var (chance, isPositive, _) in scored)
        {
            var passed = 0;
            while (passed < Candidates.Count && chance >= Candidates[passed])
            {
                passed++;
            }

            if (isPositive)
            {
                steps[passed].Positive++;
            }
            else
            {
                steps[passed].Negative++;
            }
        }

        return steps;
    }

    private static DetectionCounts[] Cumulate((int Positive, int Negative)[] steps)
    {
        var result = new DetectionCounts[Candidates.Count];
        var (positives, negatives) = (steps.Sum(s => s.Positive), steps.Sum(s => s.Negative));
        int missed = 0, left = 0;
        for (var k = 0; k < result.Length; k++)
        {
            missed += steps[k].Positive;
            left += steps[k].Negative;
            result[k] = new DetectionCounts(positives - missed, negatives - left, missed, left);
        }

        return result;
    }
}
