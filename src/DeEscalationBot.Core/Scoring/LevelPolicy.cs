namespace DeEscalationBot.Core.Scoring;

/// <summary>How sure the signals are on which the rulings on levels rest, each 0 to 1, 0 when absent.</summary>
/// <param name="Abuse">Of <see cref="SignalType.Abuse"/>.</param>
/// <param name="Threat">Of <see cref="SignalType.Threat"/>.</param>
/// <param name="Blackmail">Of <see cref="SignalType.Blackmail"/>.</param>
public readonly record struct HarmConfidence(double Abuse, double Threat, double Blackmail)
{
    /// <summary>The surer of an insult and a threat.</summary>
    public double AbuseOrThreat => Math.Max(Abuse, Threat);

    /// <summary>Takes the confidences out of signals.</summary>
    /// <param name="signals">At most one per type.</param>
    public static HarmConfidence Of(IReadOnlyList<Signal> signals)
    {
        ArgumentNullException.ThrowIfNull(signals);
        double abuse = 0, threat = 0, blackmail = 0;
        foreach (var signal in signals)
        {
            switch (signal.Type)
            {
                case SignalType.Abuse:
                    abuse = signal.Confidence.Value;
                    break;
                case SignalType.Threat:
                    threat = signal.Confidence.Value;
                    break;
                case SignalType.Blackmail:
                    blackmail = signal.Confidence.Value;
                    break;
                default:
                    break;
            }
        }

        return new HarmConfidence(abuse, threat, blackmail);
    }
}

/// <summary>Holds a level to the rulings of the contract, whatever a model says.</summary>
/// <remarks>Stateless and safe for concurrent use.</remarks>
public static class LevelPolicy
{
    /// <summary>From this confidence on a signal may raise a level on its own.</summary>
    public const double SureEnough = 0.6;

    /// <summary>From this confidence on a signal is there.</summary>
    public const double Given = 0.5;

    /// <summary>Bounds a level by the signals: insults and threats are hostile, and nothing else is; blackmail is at least angry.</summary>
    /// <param name="level">The level as scored.</param>
    /// <param name="harm">What the signals say.</param>
    public static FrustrationLevel Bound(FrustrationLevel level, HarmConfidence harm)
    {
        if (harm.AbuseOrThreat >= SureEnough)
        {
            return FrustrationLevel.Hostile;
        }

        if (level == FrustrationLevel.Hostile && harm.AbuseOrThreat < Given)
        {
            return FrustrationLevel.Angry;
        }

        return harm.Blackmail >= SureEnough && level < FrustrationLevel.Angry ? FrustrationLevel.Angry : level;
    }

    /// <summary>Keeps the frustration from contradicting a level that the signals decided.</summary>
    /// <param name="frustration">The frustration as scored.</param>
    /// <param name="level">The bounded level.</param>
    /// <param name="harm">What the signals say.</param>
    public static Probability Bound(Probability frustration, FrustrationLevel level, HarmConfidence harm) => level switch
    {
        FrustrationLevel.Hostile when harm.AbuseOrThreat >= SureEnough => Probability.Clamp(Math.Max(frustration.Value, 0.97)),
        FrustrationLevel.Angry when harm.Blackmail >= SureEnough => Probability.Clamp(Math.Max(frustration.Value, 0.85)),
        _ => frustration,
    };
}
