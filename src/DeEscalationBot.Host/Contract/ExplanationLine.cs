using System.Text.Json.Serialization;
using DeEscalationBot.Core.Scoring;

namespace DeEscalationBot.Host.Contract;

/// <summary>One thing that moved a score, as it leaves the product. What does not apply is left out.</summary>
/// <param name="LogOdds">How far it moved the frustration, in log-odds: 0.7 doubles the odds, −0.7 halves them.</param>
/// <param name="Start">Offset of the words, UTF-16 units; left out for a cue.</param>
/// <param name="Length">Their length.</param>
/// <param name="Text">Exactly that slice.</param>
/// <param name="Signal">The signal that they carry.</param>
/// <param name="Cue">How the message looks.</param>
public sealed record ExplanationLine(
    double LogOdds,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Start,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Length,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Text,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] SignalType? Signal,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ScoreCue? Cue)
{
    /// <summary>Writes an explanation, strongest first.</summary>
    /// <param name="explanation">The explanation, or nothing when nobody asked.</param>
    public static IReadOnlyList<ExplanationLine>? From(ScoreExplanation? explanation) =>
        explanation is null ? null : [.. explanation.Contributions.Select(c =>
            new ExplanationLine(Rounded.To4(c.LogOdds), c.Evidence?.Start, c.Evidence?.Length, c.Evidence?.Text, c.Signal, c.Cue))];
}
