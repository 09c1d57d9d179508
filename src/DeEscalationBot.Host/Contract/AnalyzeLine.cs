using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Scoring;

namespace DeEscalationBot.Host.Contract;

/// <summary>The answer of <c>analyze</c>, without the <c>id</c> that the door adds.</summary>
/// <param name="Language">es, en or und.</param>
/// <param name="Frustration">Calibrated chance of "frustrated or worse", 0 to 1.</param>
/// <param name="Level">The level.</param>
/// <param name="Signals">The signals, surest first.</param>
public sealed record AnalyzeLine(string Language, double Frustration, FrustrationLevel Level, IReadOnlyList<SignalLine> Signals)
{
    /// <summary>Writes a score.</summary>
    /// <param name="score">The score.</param>
    public static AnalyzeLine From(UtteranceScore score)
    {
        ArgumentNullException.ThrowIfNull(score);
        return new AnalyzeLine(score.Language.Code(), Rounded.To4(score.Frustration), score.Level, SignalLine.From(score));
    }
}
