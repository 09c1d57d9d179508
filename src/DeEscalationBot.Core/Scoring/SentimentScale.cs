namespace DeEscalationBot.Core.Scoring;

/// <summary>What a general sentiment means for frustration. The signals, the levels' rulings and all that follows from them stay ours.</summary>
/// <remarks>
/// <para>
/// The sentiment takes the place of the playbook's tone words on the scale of <see cref="SignalOnlyScorer"/>: log-odds of −3, plus each signal
/// as it is sure, plus <see cref="NegativeHeat"/> × h − <see cref="PositiveRelief"/> × p, where h is the mean of the chances that the message and
/// that its most negative sentence are negative, and p the chance that the message is positive. Judged, not calibrated: see decision 0008.
/// </para>
/// <para>
/// A sentiment alone therefore never exceeds "frustrated": a broken product makes sad words without any anger at the desk. Angry needs a signal
/// besides; hostile an insult or a threat (<see cref="LevelPolicy"/>). More negative never scores lower, more positive never higher. Stateless.
/// </para>
/// </remarks>
public static class SentimentScale
{
    /// <summary>Log-odds that a wholly negative message adds: 4.</summary>
    public const double NegativeHeat = 4;

    /// <summary>Log-odds that a wholly positive message takes away: 1.</summary>
    public const double PositiveRelief = 1;

    /// <summary>The score of a message by a service's reading and our signals.</summary>
    /// <param name="ours">Our score of the message, which brings language and signals.</param>
    /// <param name="reading">What the service said.</param>
    public static UtteranceScore ScoreOf(UtteranceScore ours, SentimentReading reading)
    {
        ArgumentNullException.ThrowIfNull(ours);
        ArgumentNullException.ThrowIfNull(reading);
        var heat = (NegativeHeat * (reading.Shares.Negative.Value + reading.SharpestNegative.Value) / 2) - (PositiveRelief * reading.Shares.Positive.Value);
        return SignalOnlyScorer.ScoreOf(ours.Language, ours.Signals, heat, ScoreOrigin.Sentiment);
    }

    /// <summary>Notes a service's answer with our score, which it replaces or stands beside.</summary>
    /// <param name="ours">Our score of the message.</param>
    /// <param name="source">The service's name.</param>
    /// <param name="use">What its opinion is used for.</param>
    /// <param name="answer">What it said, or why it said nothing.</param>
    public static UtteranceScore Join(UtteranceScore ours, string source, OpinionUse use, SentimentAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(ours);
        ArgumentNullException.ThrowIfNull(answer);
        if (answer.Reading is not { } reading)
        {
            return ours with { Opinion = new SecondOpinion(source, use, null, answer.Failure) };
        }

        var theirs = ScoreOf(ours, reading);
        var (counted, other) = use == OpinionUse.Instead ? (theirs, ours) : (ours, theirs);
        return counted with { Opinion = new SecondOpinion(source, use, reading, null, new UncountedScore(other.Frustration, other.Level)) };
    }
}
