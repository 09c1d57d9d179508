using System.Text.Json.Serialization;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Scoring;

namespace DeEscalationBot.Host.Contract;

/// <summary>The answer of <c>analyze</c>, without the <c>id</c> that the door adds.</summary>
/// <param name="Language">es, en or und.</param>
/// <param name="Frustration">Calibrated chance of "frustrated or worse", 0 to 1.</param>
/// <param name="Level">The level.</param>
/// <param name="Signals">The signals, surest first.</param>
/// <param name="Explanation">What moved the frustration most, strongest first; left out unless asked for.</param>
public sealed record AnalyzeLine(
    string Language,
    double Frustration,
    FrustrationLevel Level,
    IReadOnlyList<SignalLine> Signals,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<ExplanationLine>? Explanation)
{
    /// <summary>Scores a text and writes what came of it.</summary>
    /// <param name="scorer">The scorer.</param>
    /// <param name="text">The text; may be empty.</param>
    /// <param name="language">The hint.</param>
    /// <param name="explains">Whether to say what made the score, which takes several times as long.</param>
    public static AnalyzeLine Of(IUtteranceScorer scorer, string text, MessageLanguage language, bool explains)
    {
        ArgumentNullException.ThrowIfNull(scorer);
        var score = scorer.Score(text, language);
        var explanation = explains ? scorer.Explain(text, language) : null;
        return new AnalyzeLine(score.Language.Code(), Rounded.To4(score.Frustration), score.Level, SignalLine.From(score), ExplanationLine.From(explanation));
    }
}
