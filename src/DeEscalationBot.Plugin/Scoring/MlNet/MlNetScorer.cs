using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Scoring;
using DeEscalationBot.Core.Scoring.Text;

namespace DeEscalationBot.Plugin.Scoring.MlNet;

/// <summary>Scores a message by the trained model and the signals together: the product's normal scorer.</summary>
/// <remarks>
/// Deterministic, without network, safe for concurrent use. Without a model use <see cref="SignalOnlyScorer"/>. An empty text, or one
/// without any word, is calm unless its marks say otherwise.
/// </remarks>
/// <param name="model">The trained model.</param>
/// <param name="detector">The signals.</param>
public sealed class MlNetScorer(FrustrationModel model, SignalDetector detector) : IUtteranceScorer
{
    /// <inheritdoc/>
    public UtteranceScore Score(string text, MessageLanguage language = MessageLanguage.Undetermined, MessageLanguage fallback = MessageLanguage.Undetermined)
    {
        ArgumentNullException.ThrowIfNull(text);
        var reading = MessageReading.Of(text);
        var findings = detector.Detect(reading, language, fallback);
        var chances = model.Measure(reading, findings);
        var level = LevelPolicy.Bound(chances.Level, findings);
        var frustration = LevelPolicy.Bound(Probability.Clamp(chances.AtLeastFrustrated), level, findings);
        return new UtteranceScore(findings.Language, frustration, level, findings.Signals, ScoreOrigin.Model);
    }
}
