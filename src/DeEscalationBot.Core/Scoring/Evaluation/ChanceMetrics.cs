namespace DeEscalationBot.Core.Scoring.Evaluation;

/// <summary>How well chances agree with yes or no. For levels see <see cref="Metrics"/>.</summary>
/// <remarks>Stateless and safe for concurrent use. What cannot be told, such as a mean of nothing, is not a number.</remarks>
public static class ChanceMetrics
{
    /// <summary>How many stretches of equal width the calibration is looked at in: 10.</summary>
    public const int Bins = 10;

    /// <summary>Chance that a positive is scored above a negative; ties count half. 0.5 is guessing, 1 is perfect.</summary>
    /// <param name="scored">The messages.</param>
    /// <returns>0 to 1; not a number unless there are positives and negatives.</returns>
    public static double Auc(IReadOnlyList<LabelledChance> scored)
    {
        ArgumentNullException.ThrowIfNull(scored);
        var ranks = Metrics.Ranks([.. scored.Select(s => s.Chance)]);
        double positives = 0, rankSum = 0;
        for (var i = 0; i < scored.Count; i++)
        {
            if (scored[i].IsPositive)
            {
                positives++;
                rankSum += ranks[i];
            }
        }

        var negatives = scored.Count - positives;
        return positives == 0 || negatives == 0 ? double.NaN : (rankSum - (positives * (positives + 1) / 2)) / (positives * negatives);
    }

    /// <summary>Precision at each new recall, weighted by what recall grew: the area under the precision-recall curve, without interpolation.</summary>
    /// <remarks>Guessing gives the share of positives. Equal chances are taken together, so that the order of the messages does not matter.</remarks>
    /// <param name="scored">The messages.</param>
    /// <returns>0 to 1; not a number without positives.</returns>
    public static double AveragePrecision(IReadOnlyList<LabelledChance> scored)
    {
        ArgumentNullException.ThrowIfNull(scored);
        var positives = scored.Count(s => s.IsPositive);
        if (positives == 0)
        {
            return double.NaN;
        }

        var ordered = scored.OrderByDescending(s => s.Chance).ToArray();
        double sum = 0;
        int found = 0, hits = 0;
        while (found < ordered.Length)
        {
            var (chance, before) = (ordered[found].Chance, hits);
            for (; found < ordered.Length && ordered[found].Chance == chance; found++)
            {
                hits += ordered[found].IsPositive ? 1 : 0;
            }

            sum += (double)(hits - before) / positives * hits / found;
        }

        return sum;
    }

    /// <summary>Mean squared distance of the chance from what came true (1 or 0). 0 is perfect.</summary>
    /// <param name="scored">The messages.</param>
    /// <returns>0 to 1; not a number without messages.</returns>
    public static double Brier(IReadOnlyList<LabelledChance> scored)
    {
        ArgumentNullException.ThrowIfNull(scored);
        var sum = 0.0;
        foreach (var (chance, isPositive, _) in scored)
        {
            var distance = chance - (isPositive ? 1 : 0);
            sum += distance * distance;
        }

        return sum / scored.Count;
    }

    /// <summary>Expected calibration error: the mean distance between chance and share, over <see cref="Bins"/> stretches by their counts.</summary>
    /// <remarks>With few messages it is above 0 even for chances that hold.</remarks>
    /// <param name="scored">The messages.</param>
    /// <returns>0 to 1; not a number without messages.</returns>
    public static double Ece(IReadOnlyList<LabelledChance> scored)
    {
        ArgumentNullException.ThrowIfNull(scored);
        return Reliability(scored).Sum(b => b.Count * Math.Abs(b.MeanChance - b.Share)) / scored.Count;
    }

    /// <summary>The reliability curve: for each stretch of the scale that has messages, how many, their mean chance and the share that held.</summary>
    /// <param name="scored">The messages.</param>
    /// <returns>By rising chance.</returns>
    public static IReadOnlyList<ReliabilityBin> Reliability(IReadOnlyList<LabelledChance> scored)
    {
        ArgumentNullException.ThrowIfNull(scored);
        var counts = new int[Bins];
        var chances = new double[Bins];
        var positives = new int[Bins];
        foreach (var (chance, isPositive, _) in scored)
        {
            var bin = Math.Clamp((int)(chance * Bins), 0, Bins - 1);
            counts[bin]++;
            chances[bin] += chance;
            positives[bin] += isPositive ? 1 : 0;
        }

        return
        [
            .. Enumerable.Range(0, Bins).Where(b => counts[b] > 0).Select(b =>
                new ReliabilityBin(counts[b], chances[b] / counts[b], (double)positives[b] / counts[b]) { From = (double)b / Bins, To = (double)(b + 1) / Bins }),
        ];
    }

    /// <summary>What comes of alerting from a chance on.</summary>
    /// <param name="scored">The messages.</param>
    /// <param name="threshold">The least chance that alerts.</param>
    public static DetectionCounts At(IEnumerable<LabelledChance> scored, double threshold)
    {
        ArgumentNullException.ThrowIfNull(scored);
        return scored.Aggregate(default(DetectionCounts), (counts, s) => counts.With(s.IsPositive, s.Chance >= threshold));
    }
}
