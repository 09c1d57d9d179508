using CsCheck;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Scoring;

namespace DeEscalationBot.Core.Tests.Scoring;

/// <summary>What a sentiment is worth: decision 0008 states the scale and its limits.</summary>
public class SentimentScaleTests
{
    private static readonly UtteranceScore Ours = new(MessageLanguage.English, new Probability(0.2), FrustrationLevel.Annoyed, [], ScoreOrigin.Model);

    // By hand from the formula: log-odds of -3 + 4·h - p, then 1 / (1 + e^-x).
    [Theory]
    [InlineData(0, 0, 0, 0.0474, FrustrationLevel.Calm)]
    [InlineData(0, 0, 1, 0.018, FrustrationLevel.Calm)]
    [InlineData(0.5, 0.9, 0.4, 0.3543, FrustrationLevel.Annoyed)]
    [InlineData(0.95, 0.95, 0.01, 0.6878, FrustrationLevel.Frustrated)]
    [InlineData(1, 1, 0, 0.7311, FrustrationLevel.Frustrated)]
    public void ScoreOf_ToneAlone_FollowsTheFormula_AndIsNeverAngry(double negative, double sharpest, double positive, double frustration, FrustrationLevel level)
    {
        var score = SentimentScale.ScoreOf(Ours, Reading(negative, sharpest, positive));
        Assert.Equal(frustration, score.Frustration.Value, 4);
        Assert.Equal((level, ScoreOrigin.Sentiment, MessageLanguage.English), (score.Level, score.Origin, score.Language));
    }

    [Fact]
    public void ScoreOf_SignalsStayOurs()
    {
        Signal Of(SignalType type, double confidence) => new(type, new Probability(confidence), [new EvidenceSpan(0, 1, "x")]);
        var pleased = Reading(0, 0, 1);

        // An insult is hostile in the friendliest tone; blackmail at least angry; and without either the sharpest tone is not.
        Assert.Equal(FrustrationLevel.Hostile, SentimentScale.ScoreOf(Ours with { Signals = [Of(SignalType.Abuse, 0.9)] }, pleased).Level);
        Assert.Equal(FrustrationLevel.Hostile, SentimentScale.ScoreOf(Ours with { Signals = [Of(SignalType.Threat, 0.6)] }, pleased).Level);
        Assert.True(SentimentScale.ScoreOf(Ours with { Signals = [Of(SignalType.Blackmail, 0.9)] }, pleased).Level >= FrustrationLevel.Angry);
        Assert.Equal(FrustrationLevel.Angry, SentimentScale.ScoreOf(Ours with { Signals = [Of(SignalType.Unheard, 0.9)] }, Reading(1, 1, 0)).Level);
        var vulnerable = Ours with { Signals = [Of(SignalType.Vulnerability, 0.9)] };
        Assert.Same(vulnerable.Signals, SentimentScale.ScoreOf(vulnerable, pleased).Signals);
    }

    [Fact]
    public void ScoreOf_MoreNegative_IsNeverCalmer_AndMorePositiveNeverHotter() =>
        Gen.Select(Gen.Double[0, 1], Gen.Double[0, 1], Gen.Double[0, 1], Gen.Double[0, 1]).Sample((a, b, sharpest, positive) =>
        {
            var (less, more) = (Math.Min(a, b), Math.Max(a, b));
            return SentimentScale.ScoreOf(Ours, Reading(less, sharpest, positive)).Frustration <= SentimentScale.ScoreOf(Ours, Reading(more, sharpest, positive)).Frustration
                && SentimentScale.ScoreOf(Ours, Reading(sharpest, sharpest, more)).Frustration <= SentimentScale.ScoreOf(Ours, Reading(sharpest, sharpest, less)).Frustration;
        });

    [Fact]
    public void Join_Beside_KeepsOurs_Instead_KeepsTheirs_AndEachNotesTheOther()
    {
        var answer = SentimentAnswer.Of(Reading(1, 1, 0));
        var beside = SentimentScale.Join(Ours, "service", OpinionUse.Beside, answer);
        Assert.Equal(Ours, beside with { Opinion = null });
        Assert.Equal((FrustrationLevel.Frustrated, "service"), (beside.Opinion!.Uncounted!.Level, beside.Opinion.Source));

        var instead = SentimentScale.Join(Ours, "service", OpinionUse.Instead, answer);
        Assert.Equal((FrustrationLevel.Frustrated, ScoreOrigin.Sentiment), (instead.Level, instead.Origin));
        Assert.Equal(new UncountedScore(Ours.Frustration, Ours.Level), instead.Opinion!.Uncounted);
    }

    [Theory]
    [InlineData(OpinionUse.Beside)]
    [InlineData(OpinionUse.Instead)]
    public void Join_Failure_KeepsOurs_WithTheReason(OpinionUse use)
    {
        var joined = SentimentScale.Join(Ours, "service", use, SentimentAnswer.None(OpinionFailure.Throttled));
        Assert.Equal(Ours with { Opinion = new SecondOpinion("service", use, null, OpinionFailure.Throttled) }, joined);
    }

    private static SentimentReading Reading(double negative, double sharpest, double positive) => new(
        Sentiment.Mixed, new SentimentShares(new Probability(positive), Probability.Zero, new Probability(negative)), new Probability(sharpest), [], "en", "");
}
