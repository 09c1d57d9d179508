namespace DeEscalationBot.Core.Scoring;

/// <summary>Holds a level to the rulings of the contract, whatever a model says.</summary>
/// <remarks>Stateless and safe for concurrent use.</remarks>
public static class LevelPolicy
{
    /// <summary>From this confidence on a signal may raise a level on its own.</summary>
    public const double SureEnough = 0.6;

    /// <summary>Bounds a level by the signals: insults and threats are hostile, blackmail is at least angry.</summary>
    /// <param name="level">The level as scored.</param>
    /// <param name="findings">What the rules found.</param>
    public static FrustrationLevel Bound(FrustrationLevel level, SignalFindings findings)
    {
        ArgumentNullException.ThrowIfNull(findings);
        if (IsHostile(findings))
        {
            return FrustrationLevel.Hostile;
        }

        if (findings.ConfidenceOf(SignalType.Blackmail) >= SureEnough && level < FrustrationLevel.Angry)
        {
            return FrustrationLevel.Angry;
        }

        return level;
    }

    /// <summary>Keeps the frustration from contradicting a level that the signals decided.</summary>
    /// <param name="frustration">The frustration as scored.</param>
    /// <param name="level">The bounded level.</param>
    /// <param name="findings">What the rules found.</param>
    public static Probability Bound(Probability frustration, FrustrationLevel level, SignalFindings findings)
    {
        ArgumentNullException.ThrowIfNull(findings);
        return level switch
        {
            FrustrationLevel.Hostile when IsHostile(findings) => Probability.Clamp(Math.Max(frustration.Value, 0.97)),
            FrustrationLevel.Angry when findings.ConfidenceOf(SignalType.Blackmail) >= SureEnough => Probability.Clamp(Math.Max(frustration.Value, 0.85)),
            _ => frustration,
        };
    }

    private static bool IsHostile(SignalFindings findings) =>
        findings.ConfidenceOf(SignalType.Abuse) >= SureEnough || findings.ConfidenceOf(SignalType.Threat) >= SureEnough;
}
