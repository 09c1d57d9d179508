namespace DeEscalationBot.Core.Scoring.Evaluation;

/// <summary>How well levels and chances agree with what people said: the measures of the model card and of the <c>evaluate</c> verb.</summary>
/// <remarks>Stateless and safe for concurrent use. Of no messages at all every mean is not a number.</remarks>
public static class Metrics
{
    private const int Levels = 5;
    private const int Bins = 10;

    /// <summary>Mean over the five levels of the harmonic mean of precision and recall; a level that neither has nor gets any counts 0.</summary>
    public static double MacroF1(IReadOnlyCollection<Judged> judged)
    {
        var sum = 0.0;
        for (var level = 0; level < Levels; level++)
        {
            var hit = judged.Count(j => j.Truth == level && j.Given == level);
            var all = judged.Count(j => j.Truth == level) + judged.Count(j => j.Given == level);
            sum += all == 0 ? 0 : 2.0 * hit / all;
        }

        return sum / Levels;
    }

    /// <summary>F1 of one level.</summary>
    public static double F1(IReadOnlyCollection<Judged> judged, int level)
    {
        var hit = judged.Count(j => j.Truth == level && j.Given == level);
        var all = judged.Count(j => j.Truth == level) + judged.Count(j => j.Given == level);
        return all == 0 ? 0 : 2.0 * hit / all;
    }

    /// <summary>Share given the very level.</summary>
    public static double Exact(IReadOnlyCollection<Judged> judged) => judged.Average(j => j.Truth == j.Given ? 1.0 : 0);

    /// <summary>Share given the level or a neighbour.</summary>
    public static double WithinOne(IReadOnlyCollection<Judged> judged) => judged.Average(j => Math.Abs(j.Truth - j.Given) <= 1 ? 1.0 : 0);

    /// <summary>Chance that a frustrated message is scored above one that is not; ties count half.</summary>
    public static double Auc(IReadOnlyCollection<Judged> judged) => Auc([.. judged.Select(j => (j.Frustration, j.IsFrustrated))]);

    /// <summary>The same for any score and label.</summary>
    public static double Auc(IReadOnlyList<(double Score, bool Label)> scored)
    {
        var ranks = Ranks([.. scored.Select(s => s.Score)]);
        double positives = 0, rankSum = 0;
        for (var i = 0; i < scored.Count; i++)
        {
            if (scored[i].Label)
            {
                positives++;
                rankSum += ranks[i];
            }
        }

        var negatives = scored.Count - positives;
        return positives == 0 || negatives == 0 ? double.NaN : (rankSum - (positives * (positives + 1) / 2)) / (positives * negatives);
    }

    /// <summary>Expected calibration error over ten bins of equal width.</summary>
    public static double Ece(IReadOnlyCollection<Judged> judged) =>
        Reliability(judged).Sum(b => b.Count * Math.Abs(b.MeanChance - b.Share)) / judged.Count;

    /// <summary>Mean squared error of the chance.</summary>
    public static double Brier(IReadOnlyCollection<Judged> judged) => judged.Average(j => Math.Pow(j.Frustration - (j.IsFrustrated ? 1 : 0), 2));

    /// <summary>Rank correlation of the chance with the level.</summary>
    public static double Spearman(IReadOnlyCollection<Judged> judged) =>
        Pearson(Ranks([.. judged.Select(j => j.Frustration)]), Ranks([.. judged.Select(j => (double)j.Truth)]));

    /// <summary>The reliability curve: for each tenth, how many, their mean chance, and the share that was frustrated.</summary>
    public static IReadOnlyList<(int Count, double MeanChance, double Share)> Reliability(IReadOnlyCollection<Judged> judged) =>
    [
        .. judged.GroupBy(j => Math.Min(Bins - 1, (int)(j.Frustration * Bins))).OrderBy(g => g.Key)
            .Select(g => (g.Count(), g.Average(j => j.Frustration), g.Average(j => j.IsFrustrated ? 1.0 : 0))),
    ];

    /// <summary>The 95 % interval of a measure by drawing whole groups with replacement.</summary>
    /// <param name="judged">The messages.</param>
    /// <param name="measure">The measure.</param>
    /// <param name="seed">Of the draws.</param>
    /// <param name="draws">How many.</param>
    public static (double Low, double High) Interval(IReadOnlyCollection<Judged> judged, Func<IReadOnlyCollection<Judged>, double> measure, int seed, int draws = 500)
    {
        ArgumentNullException.ThrowIfNull(measure);
        var groups = judged.GroupBy(j => j.Group).Select(g => g.ToArray()).ToArray();
        var random = new Random(seed);
        var values = new double[draws];
        for (var d = 0; d < draws; d++)
        {
            var drawn = new List<Judged>(judged.Count + 16);
            for (var g = 0; g < groups.Length; g++)
            {
                drawn.AddRange(groups[random.Next(groups.Length)]);
            }

            values[d] = measure(drawn);
        }

        Array.Sort(values);
        return (values[(int)(draws * 0.025)], values[(int)(draws * 0.975)]);
    }

    /// <summary>Linear correlation.</summary>
    public static double Pearson(IReadOnlyList<double> a, IReadOnlyList<double> b)
    {
        var (meanA, meanB) = (a.Average(), b.Average());
        double ab = 0, aa = 0, bb = 0;
        for (var i = 0; i < a.Count; i++)
        {
            ab += (a[i] - meanA) * (b[i] - meanB);
            aa += (a[i] - meanA) * (a[i] - meanA);
            bb += (b[i] - meanB) * (b[i] - meanB);
        }

        return aa == 0 || bb == 0 ? 0 : ab / Math.Sqrt(aa * bb);
    }

    /// <summary>Ranks from 1; ties share the mean rank.</summary>
    public static double[] Ranks(IReadOnlyList<double> values)
    {
        var order = Enumerable.Range(0, values.Count).OrderBy(i => values[i]).ToArray();
        var ranks = new double[values.Count];
        var i = 0;
        while (i < order.Length)
        {
            var end = i;
            while (end < order.Length && values[order[end]] == values[order[i]])
            {
                end++;
            }

            for (var k = i; k < end; k++)
            {
                ranks[order[k]] = (i + end + 1) / 2.0;
            }

            i = end;
        }

        return ranks;
    }
}
