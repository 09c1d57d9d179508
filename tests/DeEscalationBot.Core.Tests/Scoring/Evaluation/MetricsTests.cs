using DeEscalationBot.Core.Scoring.Evaluation;

namespace DeEscalationBot.Core.Tests.Scoring.Evaluation;

/// <summary>Expected values are worked out by hand beside each case.</summary>
public sealed class MetricsTests
{
    [Fact]
    public void MacroF1_OneLevelConfused_IsTheMeanOverFiveLevels()
    {
        // Level 0: 1 of 1, one wrong guess → 2·1/(1+2) = 2/3. Level 1: none of 1 → 0. Levels 2–4: 1 each. Mean (2/3 + 0 + 3)/5.
        Judged[] judged = [J(0, 0), J(1, 0), J(2, 2), J(3, 3), J(4, 4)];

        Assert.Equal(((2.0 / 3) + 3) / 5, Metrics.MacroF1(judged), 9);
    }

    [Fact]
    public void WithinOne_CountsNeighbours()
    {
        Judged[] judged = [J(0, 0), J(0, 1), J(0, 2), J(4, 1)];

        Assert.Equal(0.5, Metrics.WithinOne(judged));
        Assert.Equal(0.25, Metrics.Exact(judged));
    }

    [Fact]
    public void Auc_OneOfFourPairsWrong_IsThreeQuarters()
    {
        // Frustrated: 0.9, 0.4; not: 0.5, 0.1. Pairs: 0.9 wins both, 0.4 wins one of two.
        Judged[] judged = [J(2, 2, 0.9), J(3, 2, 0.4), J(0, 2, 0.5), J(1, 0, 0.1)];

        Assert.Equal(0.75, Metrics.Auc(judged));
    }

    [Fact]
    public void Auc_AllTied_IsAHalf() => Assert.Equal(0.5, Metrics.Auc([J(2, 2, 0.3), J(0, 0, 0.3)]));

    [Fact]
    public void Ece_ChancesThatHold_AreZero()
    {
        // Four lines at 0.75, three of them frustrated.
        Judged[] judged = [J(2, 2, 0.75), J(2, 2, 0.75), J(3, 2, 0.75), J(0, 2, 0.75)];

        Assert.Equal(0, Metrics.Ece(judged), 9);
        Assert.Equal(((3 * 0.0625) + 0.5625) / 4, Metrics.Brier(judged), 9);
    }

    [Fact]
    public void Ece_AlwaysSureAndWrong_IsOne() => Assert.Equal(1, Metrics.Ece([J(0, 4, 1), J(1, 4, 1)]), 9);

    [Fact]
    public void Spearman_SameOrder_IsOne() => Assert.Equal(1, Metrics.Spearman([J(0, 0, 0.1), J(1, 0, 0.2), J(3, 0, 0.25), J(4, 0, 0.9)]), 9);

    [Fact]
    public void Interval_OneGroup_HasNoWidth()
    {
        Judged[] judged = [J(0, 0), J(2, 2, 0.9), J(1, 2, 0.6)];

        var (low, high) = Metrics.Interval(judged, Metrics.Exact, seed: 1);

        Assert.Equal(2.0 / 3, low, 9);
        Assert.Equal(2.0 / 3, high, 9);
    }

    [Fact]
    public void Spearman_TiedLevels_ShareTheirRanks() =>
        // Chances rank 1 2 3; levels 0 0 4 rank 1.5 1.5 3. Deviations −1 0 1 and −0.5 −0.5 1: 1.5/√(2 · 1.5).
        Assert.Equal(1.5 / Math.Sqrt(3), Metrics.Spearman([J(0, 0, 0.1), J(0, 0, 0.2), J(4, 0, 0.9)]), 9);

    [Fact]
    public void Confusion_RowsAreThePersonsLevels()
    {
        var confusion = Metrics.Confusion([J(0, 0), J(0, 1), J(0, 1), J(4, 3)]);

        Assert.Equal([1, 2, 0, 0, 0], confusion[0]);
        Assert.Equal([0, 0, 0, 1, 0], confusion[4]);
        Assert.Equal(4, confusion.Sum(r => r.Sum()));
    }

    private static Judged J(int truth, int given, double frustration = 0.1) => new("id", "story", truth, given, frustration);
}
