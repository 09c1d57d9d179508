using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Scoring;
using DeEscalationBot.Core.Scoring.Text;

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
        Assert.Equal(expected, LevelPolicy.Bound(FrustrationLevel.Calm, Findings(type, confidence)));

    [Fact]
    public void Bound_FrustrationOfHostilityThatARuleFound_IsNearlySure() =>
        Assert.Equal(0.97, LevelPolicy.Bound(Probability.Zero, FrustrationLevel.Hostile, Findings(SignalType.Abuse, 0.6)).Value);

    [Fact]
    public void Bound_FrustrationOfHostilityThatOnlyTheModelSees_StaysCalibrated() =>
        Assert.Equal(0.7, LevelPolicy.Bound(new Probability(0.7), FrustrationLevel.Hostile, Findings(SignalType.Impact, 0.9)).Value);

    private static SignalFindings Findings(SignalType type, double confidence) => new(
        MessageLanguage.English,
        [new Signal(type, new Probability(confidence), [new EvidenceSpan(0, 1, "x")])],
        [],
        SurfaceCues.Of(MessageReading.Of("x")));
}
