using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Scoring;

namespace DeEscalationBot.Host.Hosting.Observability;

/// <summary>Times the scoring of every message and changes nothing. Safe for concurrent use.</summary>
/// <param name="scorer">Scores.</param>
/// <param name="metrics">Gets the times.</param>
/// <param name="clock">The product's clock.</param>
internal sealed class MeasuredScorer(IUtteranceScorer scorer, CoachMetrics metrics, TimeProvider clock) : IUtteranceScorer
{
    public UtteranceScore Score(string text, MessageLanguage language = MessageLanguage.Undetermined, MessageLanguage fallback = MessageLanguage.Undetermined)
    {
        var began = clock.GetTimestamp();
        var score = scorer.Score(text, language, fallback);
        metrics.Scored(clock.GetElapsedTime(began), score.Language);
        return score;
    }

    public ScoreExplanation Explain(string text, MessageLanguage language = MessageLanguage.Undetermined, MessageLanguage fallback = MessageLanguage.Undetermined) =>
        scorer.Explain(text, language, fallback);
}
