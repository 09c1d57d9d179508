using DeEscalationBot.Core.Scoring;

namespace DeEscalationBot.Core.Tests.Scoring;

/// <summary>The rulings of the contract on levels.</summary>
public sealed class LevelPolicyTests
{
    [Theory]
    [InlineData(SignalType.Abuse, 0.6, FrustrationLevel.Hostile)]
    [InlineData(SignalType.Abuse, 0.59, FrustrationLevel.Calm)]
    [InlineData(SignalType.Threat, 0.6, FrustrationLevel.Hostile)]
    [InlineData(SignalType.Blackmail, 0.6, FrustrationLevel.Angry)]
    [InlineData(SignalType.Blackmail, 0.59, FrustrationLevel.Calm)]
    [InlineData(SignalType.Vulnerability, 0.99, FrustrationLevel.Calm)]
    [InlineData(SignalType.LegalThreat, 0.99, FrustrationLevel.Calm)]
    public void Bound_CalmLevelWithASignal_RisesOnlyAsRuled(SignalType type, double confidence, FrustrationLevel expected) =>
        Assert.Equal(expected, LevelPolicy.Bound(FrustrationLevel.Calm, Harm(type, confidence)));

    [Theory]
    [InlineData(0.49, FrustrationLevel.Angry)]
    [InlineData(0.5, FrustrationLevel.Hostile)]
    public void Bound_HostileLevel_NeedsAnInsultOrAThreat(double abuse, FrustrationLevel expected) =>
        Assert.Equal(expected, LevelPolicy.Bound(FrustrationLevel.Hostile, Harm(SignalType.Abuse, abuse)));

    [Fact]
    public void Bound_FrustrationOfSureHostility_IsNearlySure() =>
        Assert.Equal(0.97, LevelPolicy.Bound(Probability.Zero, FrustrationLevel.Hostile, Harm(SignalType.Abuse, 0.6)).Value);

    [Fact]
    public void Bound_FrustrationOfHostilityThatIsNotSure_StaysCalibrated() =>
        Assert.Equal(0.7, LevelPolicy.Bound(new Probability(0.7), FrustrationLevel.Hostile, Harm(SignalType.Abuse, 0.55)).Value);

    private static HarmConfidence Harm(SignalType type, double confidence) =>
        HarmConfidence.Of([new Signal(type, new Probability(confidence), [new EvidenceSpan(0, 1, "x")])]);
}
