namespace DeEscalationBot.Core.Scoring.Evaluation;

/// <summary>How well levels and chances agree with what people said: the measures of the model card and of the <c>evaluate</c> verb.</summary>
/// <remarks>Stateless and safe for concurrent use. At least one message is needed: of none at all a mean is an <see cref="InvalidOperationException"/> or not a number.</remarks>
public static class Metrics
{
    private const int Levels = 5;

    /// <summary>Mean over the five levels of the harmonic mean of precision and recall; a level that neither has nor gets any counts 0.</summary>
    public static double MacroF1(IReadOnlyCollection<Judged> judged) => Enumerable.Range(0, Levels).Average(level => F1(judged, level));

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
    public static double Auc(IReadOnlyCollection<Judged> judged) => ChanceMetrics.Auc(Chances(judged));

    /// <summary>The same for any score and label.</summary>
    public static double Auc(IReadOnlyList<(double Score, bool Label)> scored) =>
        ChanceMetrics.Auc([.. scored.Select(s => new LabelledChance(s.Score, s.Label, string.Empty))]);

    /// <summary>Expected calibration error over ten bins of equal width.</summary>
    public static double Ece(IReadOnlyCollection<Judged> judged) => ChanceMetrics.Ece(Chances(judged));

    /// <summary>Mean squared error of the chance.</summary>
    public static double Brier(IReadOnlyCollection<Judged> judged) => ChanceMetrics.Brier(Chances(judged));

    /// <summary>Rank correlation of the chance with the level.</summary>
    public static double Spearman(IReadOnlyCollection<Judged> judged) =>
        Pearson(Ranks([.. judged.Select(j => j.Frustration)]), Ranks([.. judged.Select(j => (double)j.Truth)]));

    /// <summary>The reliability curve: for each tenth, how many, their mean chance, and the share that was frustrated.</summary>
    public static IReadOnlyList<ReliabilityBin> Reliability(IReadOnlyCollection<Judged> judged) => ChanceMetrics.Reliability(Chances(judged));

    /// <summary>How many messages of each level that a person gave (first index, 0 to 4) were given which level (second index).</summary>
    public static IReadOnlyList<IReadOnlyList<int>> Confusion(IReadOnlyCollection<Judged> judged) =>
        [.. Enumerable.Range(0, Levels).Select(truth => (IReadOnlyList<int>)[.. Enumerable.Range(0, Levels).Select(given => judged.Count(j => j.Truth == truth && j.Given == given))])];

    /// <summary>The 95 % interval of a measure by drawing whole groups with replacement.</summary>
    /// <param name="judged">The messages.</param>
    /// <param name="measure">The measure.</param>
    /// <param name="seed">Of the draws.</param>
    /// <param name="draws">How many.</param>
    public static (double Low, double High) Interval(
        IReadOnlyCollection<Judged> judged,
        Func<IReadOnlyCollection<Judged>, double> measure,
        int seed,
        int draws = GroupBootstrap.Draws) => GroupBootstrap.Interval(judged, j => j.Group, measure, seed, draws);

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

    private static LabelledChance[] Chances(IReadOnlyCollection<Judged> judged) => [.. judged.Select(j => new LabelledChance(j.Frustration, j.IsFrustrated, j.Group))];
}
