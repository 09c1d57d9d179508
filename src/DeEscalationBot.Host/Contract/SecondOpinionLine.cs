using System.Text.Json.Serialization;
using DeEscalationBot.Core.Scoring;

namespace DeEscalationBot.Host.Contract;

/// <summary>What a sentiment service said of a message, or why it said nothing. What does not apply is left out.</summary>
/// <param name="Source">The service.</param>
/// <param name="Use"><c>beside</c>: it changes nothing; <c>instead</c>: the frustration and the level above follow it.</param>
/// <param name="Failure">Why it said nothing.</param>
/// <param name="Sentiment">The tone that it hears.</param>
/// <param name="Negative">How sure it is that the message is negative, 0 to 1.</param>
/// <param name="Positive">How sure it is that the message is positive, 0 to 1.</param>
/// <param name="Language">The language that it read the message in.</param>
/// <param name="ModelVersion">Its model.</param>
/// <param name="UncountedLevel">The level that does not count: by its tone (<c>beside</c>), or by our own model (<c>instead</c>).</param>
/// <param name="UncountedFrustration">The frustration that does not count.</param>
public sealed record SecondOpinionLine(
    string Source,
    OpinionUse Use,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] OpinionFailure? Failure,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Sentiment? Sentiment,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Negative,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Positive,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Language,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ModelVersion,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] FrustrationLevel? UncountedLevel,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? UncountedFrustration)
{
    /// <summary>Writes an opinion.</summary>
    /// <param name="opinion">The opinion, or nothing when none was asked for.</param>
    public static SecondOpinionLine? From(SecondOpinion? opinion) => opinion is null ? null : new SecondOpinionLine(
        opinion.Source,
        opinion.Use,
        opinion.Failure,
        opinion.Reading?.Sentiment,
        Of(opinion.Reading?.Shares.Negative),
        Of(opinion.Reading?.Shares.Positive),
        opinion.Reading?.Language,
        opinion.Reading?.ModelVersion,
        opinion.Uncounted?.Level,
        Of(opinion.Uncounted?.Frustration));

    private static double? Of(Probability? chance) => chance is { } value ? Rounded.To4(value) : null;
}
