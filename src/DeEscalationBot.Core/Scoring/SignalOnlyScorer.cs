using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Scoring.Text;

namespace DeEscalationBot.Core.Scoring;

/// <summary>Scores a message by its signals, tone words and surface cues alone.</summary>
/// <remarks>
/// What runs when there is no trained model and the settings allow that. Its frustration is a hand-set logistic, plausible but
/// not calibrated: use the model's scorer whenever there is one. Safe for concurrent use.
/// </remarks>
/// <param name="detector">The rules.</param>
public sealed class SignalOnlyScorer(SignalDetector detector) : IUtteranceScorer
{
    // Log-odds of "frustrated or worse" for a message in which nothing was found: about 5 in 100.
    private const double Base = -3;

    /// <inheritdoc/>
    public UtteranceScore Score(string text, MessageLanguage language = MessageLanguage.Undetermined, MessageLanguage fallback = MessageLanguage.Undetermined)
    {
        var findings = detector.Detect(MessageReading.Of(text), language, fallback);
        return ScoreOf(findings.Language, findings.Signals, findings.Tone.Sum(t => t.Weight), ScoreOrigin.SignalsOnly);
    }

    /// <inheritdoc/>
    public ScoreExplanation Explain(string text, MessageLanguage language = MessageLanguage.Undetermined, MessageLanguage fallback = MessageLanguage.Undetermined)
    {
        var findings = detector.Detect(MessageReading.Of(text), language, fallback);
        return ScoreExplanation.Strongest(
        [
            .. findings.Signals.Select(s => new ScoreContribution(s.Confidence.Value * HeatOf(s.Type), s.Evidence[0], Signal: s.Type)),
            .. findings.Tone.Select(t => new ScoreContribution(t.Weight, t.Evidence)),
        ]);
    }

    /// <summary>The heat of what was found, in log-odds of "frustrated or worse".</summary>
    /// <param name="findings">What the rules found.</param>
    public static double HeatOf(SignalFindings findings)
    {
        ArgumentNullException.ThrowIfNull(findings);
        return HeatOf(findings.Signals, findings.Tone.Sum(t => t.Weight));
    }

    /// <summary>The score of a message on the hand-set scale.</summary>
    /// <param name="language">The language that it was read in.</param>
    /// <param name="signals">Its signals.</param>
    /// <param name="tone">What its tone adds, in log-odds.</param>
    /// <param name="origin">Where the tone comes from.</param>
    internal static UtteranceScore ScoreOf(MessageLanguage language, IReadOnlyList<Signal> signals, double tone, ScoreOrigin origin)
    {
        var heat = HeatOf(signals, tone);
        var frustration = Probability.Clamp(1 / (1 + Math.Exp(-heat)));
        var harm = HarmConfidence.Of(signals);
        var level = LevelPolicy.Bound(LevelOf(heat), harm);
        return new UtteranceScore(language, LevelPolicy.Bound(frustration, level, harm), level, signals, origin);
    }

    private static double HeatOf(IReadOnlyList<Signal> signals, double tone) => Base + signals.Sum(s => s.Confidence.Value * HeatOf(s.Type)) + tone;

    private static FrustrationLevel LevelOf(double heat) => heat switch
    {
        < -1.2 => FrustrationLevel.Calm,
        < 0 => FrustrationLevel.Annoyed,
        < 2.2 => FrustrationLevel.Frustrated,
        _ => FrustrationLevel.Angry,
    };

    // How much each signal heats a message on its own: judged, not fitted; the fitted weights are the model's.
    private static double HeatOf(SignalType type) => type switch
    {
        SignalType.Abuse or SignalType.Threat => 8,
        SignalType.Blackmail => 5,
        SignalType.Distrust => 3,
        SignalType.Unheard or SignalType.RepeatContact or SignalType.ReputationThreat => 2.6,
        SignalType.LegalThreat => 2.4,
        SignalType.Shouting => 2,
        SignalType.ManagerRequest or SignalType.Waiting => 1.6,
        SignalType.Impact or SignalType.ChurnIntent or SignalType.Objection => 1.3,
        SignalType.Curtness or SignalType.Misfit or SignalType.Urgency => 1,
        SignalType.Postponement or SignalType.Misuse or SignalType.HumanRequest => 0.6,
        SignalType.Relief => -3.5,
        SignalType.Vulnerability or SignalType.SafetyHazard or SignalType.AccountSecurity or SignalType.Hardship or SignalType.Minor
            or SignalType.PrivacyRequest or SignalType.BehaviourChange => 0,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, null),
    };
}
