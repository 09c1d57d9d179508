using CsCheck;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Conversations;
using DeEscalationBot.Core.Scoring;

namespace DeEscalationBot.Core.Tests.Conversations;

public sealed class TensionTests
{
    private static readonly Gen<UtteranceScore> Scores =
        from frustration in Gen.Double[0, 1]
        from level in Gen.Enum<FrustrationLevel>()
        from relief in Gen.Bool
        select new UtteranceScore(
            MessageLanguage.Spanish,
            new Probability(frustration),
            level,
            relief ? [new Signal(SignalType.Relief, new Probability(0.9), [new EvidenceSpan(0, 1, "a")])] : [],
            ScoreOrigin.Model);

    private static readonly Gen<TimeSpan> Pauses = Gen.Double[-86_400, 864_000].Select(TimeSpan.FromSeconds);

    [Fact]
    public void After_AnyMessages_StaysBetweenZeroAndOne() =>
        Gen.Select(Scores, Pauses).List[1, 30].Sample(messages =>
        {
            var tension = Probability.Zero;
            foreach (var (score, pause) in messages)
            {
                tension = Tension.After(tension, pause, score);
                Assert.InRange(tension.Value, 0, 1);
            }
        });

    [Fact]
    public void After_MessageNoHotterThanTheTension_NeverRaisesIt() =>
        Gen.Select(Gen.Double[0, 1], Scores).Sample((before, score) =>
        {
            if (Tension.IntensityOf(score).Value <= before)
            {
                Assert.True(Tension.After(new Probability(before), TimeSpan.Zero, score).Value <= before + 1e-12);
            }
        });

    [Fact]
    public void After_SameMessageAgain_ApproachesItsIntensityAndNeverPassesIt() =>
        Gen.Select(Gen.Double[0, 1], Scores).Sample((before, score) =>
        {
            var intensity = Tension.IntensityOf(score).Value;
            var tension = new Probability(before);
            for (var i = 0; i < 40; i++)
            {
                var next = Tension.After(tension, TimeSpan.Zero, score);
                Assert.True(Math.Abs(next.Value - intensity) <= Math.Abs(tension.Value - intensity) + 1e-12);
                Assert.True((next.Value - intensity) * (tension.Value - intensity) >= -1e-12);
                tension = next;
            }

            Assert.InRange(tension.Value, intensity - 0.001, intensity + 0.001);
        });

    [Fact]
    public void After_HotterMessage_NeverGivesLessTension() =>
        Gen.Select(Gen.Double[0, 1], Gen.Double[0, 1], Gen.Double[0, 1]).Sample((before, a, b) =>
        {
            var (cooler, hotter) = a <= b ? (a, b) : (b, a);
            Assert.True(Tension.After(new Probability(before), TimeSpan.Zero, Plain(cooler)).Value <= Tension.After(new Probability(before), TimeSpan.Zero, Plain(hotter)).Value + 1e-12);
        });

    [Fact]
    public void Decay_OneHalfLife_HalvesIt() =>
        Assert.Equal(0.4, Tension.Decay(new Probability(0.8), Tension.HalfLife).Value, 12);

    [Fact]
    public void Decay_ClockGoesBackwards_ChangesNothing() =>
        Assert.Equal(0.8, Tension.Decay(new Probability(0.8), TimeSpan.FromDays(-3)).Value);

    [Fact]
    public void After_ReliefBesideSameIntensity_FallsFurther()
    {
        var calm = ScriptedConversation.Score(MessageLanguage.Spanish, "gracias", FrustrationLevel.Calm);
        var relieved = ScriptedConversation.Score(MessageLanguage.Spanish, "gracias", FrustrationLevel.Calm, (SignalType.Relief, 0.9, "gracias"));

        Assert.True(Tension.After(new Probability(0.8), TimeSpan.Zero, relieved) < Tension.After(new Probability(0.8), TimeSpan.Zero, calm));
    }

    // The figures follow from the formula in Tension's documentation, by hand: x = (0.92 + 3/4) / 2 = 0.835; 0.7·0.835 = 0.5845.
    [Fact]
    public void After_AngryFirstMessage_IsSeventyPercentOfItsIntensity() =>
        Assert.Equal(0.5845, Tension.After(Probability.Zero, TimeSpan.Zero, ScriptedConversation.Score(MessageLanguage.English, "x", FrustrationLevel.Angry)).Value, 10);

    [Theory]
    [InlineData(new double[0], 0.5, TensionTrend.Rising)]
    [InlineData(new double[0], 0.1, TensionTrend.Steady)]
    [InlineData(new[] { 0.2 }, 0.5, TensionTrend.Rising)]
    [InlineData(new[] { 0.5 }, 0.52, TensionTrend.Steady)]
    [InlineData(new[] { 0.8, 0.6 }, 0.45, TensionTrend.Falling)]
    [InlineData(new[] { 0.2, 0.8 }, 0.5, TensionTrend.Falling)] // up, then clearly down: what happened last wins
    [InlineData(new[] { 0.8, 0.3 }, 0.6, TensionTrend.Rising)]
    public void TrendOf_LooksTwoCustomerTurnsBack(double[] earlier, double now, TensionTrend expected) =>
        Assert.Equal(expected, Tension.TrendOf([.. earlier.Select(t => new Probability(t))], new Probability(now)));

    private static UtteranceScore Plain(double intensity) =>
        new(MessageLanguage.English, new Probability(intensity), FrustrationLevel.Calm, [], ScoreOrigin.Model);
}
