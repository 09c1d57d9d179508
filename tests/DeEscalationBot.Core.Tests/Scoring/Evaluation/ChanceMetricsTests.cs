using CsCheck;
using DeEscalationBot.Core.Scoring.Evaluation;

namespace DeEscalationBot.Core.Tests.Scoring.Evaluation;

/// <summary>Expected values are worked out by hand beside each case.</summary>
public sealed class ChanceMetricsTests
{
    // Chances 0.9 + | 0.8 − | 0.7 + | 0.3 − | 0.1 +
    private static readonly LabelledChance[] Five = [S(0.9, true), S(0.8, false), S(0.7, true), S(0.3, false), S(0.1, true)];

    [Fact]
    public void Auc_ThreeOfSixPairsInOrder_IsAHalf() =>
        // 0.9 beats both, 0.7 beats one, 0.1 none: 3 of 6.
        Assert.Equal(0.5, ChanceMetrics.Auc(Five), 9);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Auc_OneClassOnly_IsNotANumber(bool label) => Assert.True(double.IsNaN(ChanceMetrics.Auc([S(0.2, label), S(0.7, label)])));

    [Fact]
    public void AveragePrecision_PositivesAtPlacesOneThreeAndFive_IsTheMeanOfTheirPrecisions() =>
        // 1/1, 2/3, 3/5.
        Assert.Equal((1 + (2.0 / 3) + (3.0 / 5)) / 3, ChanceMetrics.AveragePrecision(Five), 9);

    [Fact]
    public void AveragePrecision_AllTied_IsTheShareOfPositives() =>
        Assert.Equal(0.25, ChanceMetrics.AveragePrecision([S(0.5, true), S(0.5, false), S(0.5, false), S(0.5, false)]), 9);

    [Fact]
    public void AveragePrecision_NoPositives_IsNotANumber() => Assert.True(double.IsNaN(ChanceMetrics.AveragePrecision([S(0.5, false)])));

    [Fact]
    public void Brier_FiveChances_IsTheMeanSquare() =>
        // 0.1² + 0.8² + 0.3² + 0.3² + 0.9² = 0.01 + 0.64 + 0.09 + 0.09 + 0.81.
        Assert.Equal(1.64 / 5, ChanceMetrics.Brier(Five), 9);

    [Fact]
    public void Ece_TwoBins_IsTheirDistanceByTheirCounts() =>
        // Bin 0.2–0.3: two at 0.25, one positive: |0.25 − 0.5| · 2. Bin 0.9–1: one at 1, positive: 0. One at 0.95, negative: same bin as 1:
        // mean 0.975, share 0.5: 0.475 · 2. Sum 0.5 + 0.95 over 4.
        Assert.Equal(1.45 / 4, ChanceMetrics.Ece([S(0.25, true), S(0.25, false), S(1, true), S(0.95, false)]), 9);

    [Fact]
    public void Reliability_ChancesOnTheEdges_FallIntoTheBinThatBeginsThere()
    {
        var bins = ChanceMetrics.Reliability([S(0, false), S(0.5, true), S(1, true)]);

        Assert.Equal([(0.0, 0.1), (0.5, 0.6), (0.9, 1.0)], bins.Select(b => (b.From, b.To)));
        Assert.Equal([(1, 0.0, 0.0), (1, 0.5, 1.0), (1, 1.0, 1.0)], bins.Select(b => (b.Count, b.MeanChance, b.Share)));
    }

    [Fact]
    public void ShareInterval_FiveOfTen_IsWilsons()
    {
        // z²/10 = 0.38415: centre 0.5; half 1.96/1.38415 · √(0.025 + 0.0096036) = 0.26340.
        var (low, high) = new ReliabilityBin(10, 0.5, 0.5) { From = 0.5, To = 0.6 }.ShareInterval;

        Assert.Equal(0.2366, low, 4);
        Assert.Equal(0.7634, high, 4);
    }

    [Fact]
    public void ShareInterval_NoneOfOne_StaysOnTheScale()
    {
        // z²/(1 + z²) above, and nothing under 0.
        var (low, high) = new ReliabilityBin(1, 0.1, 0) { From = 0.1, To = 0.2 }.ShareInterval;

        Assert.Equal(0, low, 9);
        Assert.Equal(0.7935, high, 4);
    }

    [Fact]
    public void At_ThresholdEqualToAChance_AlertsThere()
    {
        var counts = ChanceMetrics.At(Five, 0.7);

        Assert.Equal(new DetectionCounts(Hits: 2, FalseAlarms: 1, Misses: 1, Rejections: 1), counts);
        Assert.Equal(2.0 / 3, counts.Precision, 9);
        Assert.Equal(2.0 / 3, counts.Recall, 9);
        Assert.Equal(2.0 / 3, counts.F1, 9);
        Assert.Equal(20, counts.FalseAlarmsPer100, 9);
        Assert.Equal(0.6, counts.FoundShare, 9);
        Assert.Equal(1 + (2.5 * 1), counts.Cost(2.5), 9);
    }

    [Fact]
    public void DetectionCounts_Nothing_HasNoPrecisionAndNoRecall()
    {
        Assert.True(double.IsNaN(default(DetectionCounts).Precision));
        Assert.True(double.IsNaN(default(DetectionCounts).Recall));
        Assert.True(double.IsNaN(default(DetectionCounts).F1));
        Assert.Equal(0, new DetectionCounts(0, 0, 3, 1).F1);
    }

    [Fact]
    public void Sweep_AnyChances_AgreesWithCountingAtEachThreshold() =>
        Gen.Select(Gen.Frequency((3, Gen.Double[0, 1]), (1, Gen.Int[0, 20].Select(k => k / 20.0))), Gen.Bool).Select(p => S(p.Item1, p.Item2)).Array[1, 40].Sample(
            scored => Assert.Equal(AlertThreshold.Candidates.Select(t => ChanceMetrics.At(scored, t)), AlertThreshold.Sweep(scored)));

    private static LabelledChance S(double chance, bool isPositive) => new(chance, isPositive, "g");
}
