using DeEscalationBot.Core.Scoring.Evaluation;

namespace DeEscalationBot.Core.Tests.Scoring.Evaluation;

/// <summary>Expected values follow from the draws that are possible, said beside each case.</summary>
public sealed class GroupBootstrapTests
{
    [Fact]
    public void Interval_SameSeed_GivesTheSame()
    {
        var items = Enumerable.Range(0, 50).ToArray();

        Assert.Equal(Of(items, i => $"{i}", 3), Of(items, i => $"{i}", 3));
    }

    [Fact]
    public void Interval_TwoGroups_DrawsThemWhole()
    {
        // Ones and zeros in two groups of 50: a draw is all zeros, half, or all ones; drawn apart the mean would stay within 0.35–0.65.
        var items = Enumerable.Range(0, 100).Select(i => i < 50 ? 0 : 1).ToArray();

        Assert.Equal((0, 1), Of(items, i => $"{i}", 1));
    }

    [Fact]
    public void Interval_FairCoinTossedAThousandTimes_IsTheBinomialOne()
    {
        // Mean 0.5, standard error 0.0158: 1.96 of them is 0.031.
        var items = Enumerable.Range(0, 1000).ToArray();

        var (low, high) = GroupBootstrap.Interval(items, i => $"{i}", drawn => drawn.Average(i => i % 2), seed: 5);

        Assert.InRange(low, 0.459, 0.479);
        Assert.InRange(high, 0.521, 0.541);
    }

    [Fact]
    public void Interval_MeasureIsMostlyNotANumber_IsNone()
    {
        var (low, high) = GroupBootstrap.Interval([1, 2], i => $"{i}", _ => double.NaN, seed: 1);

        Assert.True(double.IsNaN(low) && double.IsNaN(high));
    }

    [Fact]
    public void Interval_TooFewDraws_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => GroupBootstrap.Interval([1, 2], i => $"{i}", d => d.Average(), seed: 1, draws: 39));

    private static (double Low, double High) Of(IReadOnlyCollection<int> items, Func<int, string> groupOf, int seed) =>
        GroupBootstrap.Interval(items, groupOf, drawn => drawn.Average(), seed);
}
