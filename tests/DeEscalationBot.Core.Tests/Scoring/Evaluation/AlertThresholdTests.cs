using DeEscalationBot.Core.Scoring.Evaluation;

namespace DeEscalationBot.Core.Tests.Scoring.Evaluation;

/// <summary>Expected values are worked out by hand beside each case.</summary>
public sealed class AlertThresholdTests
{
    // Negatives at 0.12, 0.42, 0.62; positives at 0.32, 0.52, 0.82.
    private static readonly LabelledChance[] Six = [S(0.12, false), S(0.42, false), S(0.62, false), S(0.32, true), S(0.52, true), S(0.82, true)];

    [Theory]
    [InlineData(1, 0.5)]
    [InlineData(3, 0.25)]
    public void ForCalibratedChances_Cost_IsOneOverOnePlusCost(double cost, double expected) => Assert.Equal(expected, AlertThreshold.ForCalibratedChances(cost), 9);

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    public void ForCalibratedChances_NoCost_IsRefused(double cost) => Assert.Throws<ArgumentOutOfRangeException>(() => AlertThreshold.ForCalibratedChances(cost));

    [Fact]
    public void Candidates_AreTheTwentiethsBetween() => Assert.Equal((0.05, 0.5, 0.95, 19), (AlertThreshold.Candidates[0], AlertThreshold.Candidates[9], AlertThreshold.Candidates[^1], AlertThreshold.Candidates.Count));

    [Theory]
    [InlineData(2, 0.3)] // Up to 0.30: 2 false alarms, none missed: 2. 0.45, 0.50: 1 + 2. From 0.65: 2 missed: 4. Nearest to 1/3 of 0.15–0.30.
    [InlineData(0.25, 0.8)] // From 0.65 to 0.80: two missed, 0.5; 0.45: 1.25. Nearest to 0.8.
    [InlineData(1, 0.5)] // 0.15–0.30: 2; 0.45, 0.50: 1 + 1 = 2; 0.65–0.80: 2. Nearest to 0.5.
    public void Cheapest_CostOfAMiss_MovesTheThreshold(double cost, double expected) => Assert.Equal(expected, AlertThreshold.Cheapest(Six, cost), 9);

    private static LabelledChance S(double chance, bool isPositive) => new(chance, isPositive, "g");
}
