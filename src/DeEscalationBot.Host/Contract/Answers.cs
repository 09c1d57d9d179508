using System.Text.Json;
using System.Text.Json.Serialization;
using DeEscalationBot.Core.Scoring;

namespace DeEscalationBot.Host.Contract;

/// <summary>What <c>POST /api/v1/analyze</c> answers: an <see cref="AnalyzeLine"/> with the id that came in.</summary>
/// <param name="Id">The id as it came in, or null.</param>
/// <param name="Language">es, en or und.</param>
/// <param name="Frustration">Calibrated chance of "frustrated or worse", 0 to 1.</param>
/// <param name="Level">The level.</param>
/// <param name="Signals">The signals, surest first.</param>
/// <param name="Explanation">What moved the frustration most, strongest first; left out unless <c>explain</c> asks for it.</param>
public sealed record AnalyzeAnswer(
    JsonElement? Id,
    string Language,
    double Frustration,
    FrustrationLevel Level,
    IReadOnlyList<SignalLine> Signals,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<ExplanationLine>? Explanation)
{
    /// <summary>Adds the id to a line.</summary>
    /// <param name="id">The id as it came in, or nothing.</param>
    /// <param name="line">The line.</param>
    public static AnalyzeAnswer From(JsonElement? id, AnalyzeLine line)
    {
        ArgumentNullException.ThrowIfNull(line);
        return new AnalyzeAnswer(id, line.Language, line.Frustration, line.Level, line.Signals, line.Explanation);
    }
}

/// <summary>What <c>POST /api/v1/paraphrase</c> answers: a <see cref="ParaphraseLine"/> with the id that came in.</summary>
/// <param name="Id">The id as it came in, or null.</param>
/// <param name="Language">es, en or und.</param>
/// <param name="Paraphrase">What the agent can say back.</param>
/// <param name="Openers">Questions that invite the customer to tell more.</param>
public sealed record ParaphraseAnswer(JsonElement? Id, string Language, string Paraphrase, IReadOnlyList<string> Openers)
{
    /// <summary>Adds the id to a line.</summary>
    /// <param name="id">The id as it came in, or nothing.</param>
    /// <param name="line">The line.</param>
    public static ParaphraseAnswer From(JsonElement? id, ParaphraseLine line)
    {
        ArgumentNullException.ThrowIfNull(line);
        return new ParaphraseAnswer(id, line.Language, line.Paraphrase, line.Openers);
    }
}

/// <summary>What <c>POST /api/v1/drafts/review</c> answers: a <see cref="ReviewLine"/> with the id that came in.</summary>
/// <param name="Id">The id as it came in, or null.</param>
/// <param name="Language">es, en or und.</param>
/// <param name="Findings">What was found, in the order of the text.</param>
/// <param name="Rewrite">One whole rewrite, or null.</param>
/// <param name="Effect">What the draft and its rewrite are likely to do to the tension, or null for an empty draft.</param>
public sealed record ReviewAnswer(JsonElement? Id, string Language, IReadOnlyList<FindingLine> Findings, string? Rewrite, EffectLine? Effect)
{
    /// <summary>Adds the id to a line.</summary>
    /// <param name="id">The id as it came in, or nothing.</param>
    /// <param name="line">The line.</param>
    public static ReviewAnswer From(JsonElement? id, ReviewLine line)
    {
        ArgumentNullException.ThrowIfNull(line);
        return new ReviewAnswer(id, line.Language, line.Findings, line.Rewrite, line.Effect);
    }
}
