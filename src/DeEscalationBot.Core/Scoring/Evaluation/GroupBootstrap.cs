namespace DeEscalationBot.Core.Scoring.Evaluation;

/// <summary>How far a measure could have come out otherwise: an interval by drawing whole groups of messages with replacement.</summary>
/// <remarks>
/// Messages of one conversation resemble each other, so they are drawn together; drawing them apart would make the interval too narrow
/// (Efron and Tibshirani, An Introduction to the Bootstrap, 1993: percentile interval of the cluster bootstrap). Safe for concurrent use.
/// </remarks>
public static class GroupBootstrap
{
    /// <summary>How many draws are made unless said otherwise: 500.</summary>
    public const int Draws = 500;

    /// <summary>The 95 % interval of a measure.</summary>
    /// <typeparam name="T">A judged message.</typeparam>
    /// <param name="items">The messages, at least one.</param>
    /// <param name="groupOf">Messages of one group are drawn together.</param>
    /// <param name="measure">The measure. Draws of which it is not a number, for want of a positive for instance, are passed over.</param>
    /// <param name="seed">Of the draws: the same seed gives the same interval.</param>
    /// <param name="draws">How many, at least 40 (so that there is a value beyond each end).</param>
    /// <returns>The ends; not numbers when the measure was none in half of the draws.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Too few draws.</exception>
    public static (double Low, double High) Interval<T>(
        IReadOnlyCollection<T> items,
        Func<T, string> groupOf,
        Func<IReadOnlyList<T>, double> measure,
        int seed,
        int draws = Draws)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(groupOf);
        ArgumentNullException.ThrowIfNull(measure);
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 40);
        var groups = items.GroupBy(groupOf, StringComparer.Ordinal).Select(g => g.ToArray()).ToArray();
        var random = new Random(seed);
        var values = new List<double>(draws);
        var drawn = new List<T>(items.Count + 16);
        for (var d = 0; d < draws; d++)
        {
            drawn.Clear();
            for (var g = 0; g < groups.Length; g++)
            {
                drawn.AddRange(groups[random.Next(groups.Length)]);
            }

            if (measure(drawn) is var value && !double.IsNaN(value))
            {
                values.Add(value);
            }
        }

        if (values.Count * 2 < draws)
        {
            return (double.NaN, double.NaN);
        }

        values.Sort();
        return (values[(int)(values.Count * 0.025)], values[(int)(values.Count * 0.975)]);
    }
}
