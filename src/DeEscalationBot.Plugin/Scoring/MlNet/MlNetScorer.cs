using System.Globalization;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Scoring;
using DeEscalationBot.Core.Scoring.Text;

namespace DeEscalationBot.Plugin.Scoring.MlNet;

/// <summary>Scores a message by the trained model and the signals together: the product's normal scorer.</summary>
/// <remarks>
/// Deterministic, without network, safe for concurrent use. Without a model use <see cref="SignalOnlyScorer"/>. An empty text, or one
/// of nothing but white space and characters that nobody sees, is calm.
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
        if (!HasVisible(text))
        {
            // The model has an opinion on nothing at all, too: what the average message is like.
            return new UtteranceScore(findings.Language, Probability.Zero, FrustrationLevel.Calm, findings.Signals, ScoreOrigin.Model);
        }

        var chances = model.Measure(reading, findings);
        var level = LevelPolicy.Bound(chances.Level, findings);
        var frustration = LevelPolicy.Bound(Probability.Clamp(chances.AtLeastFrustrated), level, findings);
        return new UtteranceScore(findings.Language, frustration, level, findings.Signals, ScoreOrigin.Model);
    }

    private static bool HasVisible(string text)
    {
        foreach (var unit in text)
        {
            if (!char.IsWhiteSpace(unit) && !char.IsControl(unit) && char.GetUnicodeCategory(unit) != UnicodeCategory.Format)
            {
                return true;
            }
        }

        return false;
    }
}
