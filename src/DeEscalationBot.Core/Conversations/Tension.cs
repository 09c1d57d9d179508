using DeEscalationBot.Core.Scoring;

namespace DeEscalationBot.Core.Conversations;

/// <summary>How heated a conversation is: what the customer's messages add up to.</summary>
/// <remarks>
/// <para>
/// Each customer message has an intensity x = ½·frustration + ½·level/4. Before it, the tension that is left has decayed with
/// the time since the last message, T₀ = T·2^(−Δt/h) with h = <see cref="HalfLife"/>; a clock that runs backwards counts as no
/// time. Then the tension moves towards x: by 70 % of the way when the message is hotter than what is left, by 35 % when it is
/// cooler, and by 65 % when the customer shows relief. Anger therefore shows at once and trust returns over several turns, as
/// support leads describe it; a thank-you counts for more than silence.
/// </para>
/// <para>
/// Properties that tests hold: it stays in [0, 1]; a message no hotter than the tension never raises it; the same message
/// repeated never moves past its own intensity; the agent's messages do not move it. Pure and safe for concurrent use.
/// </para>
/// </remarks>
public static class Tension
{
    /// <summary>Time in which tension halves when nobody writes: 12 hours.</summary>
    public static readonly TimeSpan HalfLife = TimeSpan.FromHours(12);

    private const double RiseShare = 0.7;
    private const double FallShare = 0.35;
    private const double ReliefShare = 0.65;

    // A change of the tension smaller than this over the window is noise, not a trend.
    private const double TrendNoise = 0.06;

    /// <summary>How many customer turns back the trend looks: 2.</summary>
    public const int TrendWindowTurns = 2;

    /// <summary>How hot one message is, 0 to 1.</summary>
    /// <param name="score">Its score.</param>
    public static Probability IntensityOf(UtteranceScore score)
    {
        ArgumentNullException.ThrowIfNull(score);
        return Probability.Clamp((0.5 * score.Frustration.Value) + (0.5 * (int)score.Level / 4.0));
    }

    /// <summary>The tension after a customer's message.</summary>
    /// <param name="before">The tension after the message before it, 0 at the start.</param>
    /// <param name="elapsed">Time since that message; negative counts as zero.</param>
    /// <param name="score">The message's score.</param>
    public static Probability After(Probability before, TimeSpan elapsed, UtteranceScore score)
    {
        ArgumentNullException.ThrowIfNull(score);
        var left = Decay(before, elapsed).Value;
        var intensity = IntensityOf(score).Value;
        var share = intensity > left ? RiseShare : score.Has(SignalType.Relief) ? ReliefShare : FallShare;
        return Probability.Clamp(left + (share * (intensity - left)));
    }

    /// <summary>What is left of a tension after a time.</summary>
    /// <param name="tension">The tension.</param>
    /// <param name="elapsed">The time; negative counts as zero.</param>
    public static Probability Decay(Probability tension, TimeSpan elapsed) =>
        elapsed <= TimeSpan.Zero ? tension : Probability.Clamp(tension.Value * Math.Pow(2, -(elapsed / HalfLife)));

    /// <summary>The trend after a customer's message.</summary>
    /// <param name="earlier">The tensions after the customer's earlier messages, oldest first.</param>
    /// <param name="now">The tension now.</param>
    public static TensionTrend TrendOf(IReadOnlyList<Probability> earlier, Probability now)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        if (earlier.Count == 0)
        {
            // Somebody who arrives upset is on the rise from a calm that we did not see.
            return now.Value >= 0.3 ? TensionTrend.Rising : TensionTrend.Steady;
        }

        var change = now.Value - earlier[Math.Max(0, earlier.Count - TrendWindowTurns)].Value;
        var last = now.Value - earlier[^1].Value;

        // The window says where it is heading, the last step may not contradict it.
        return change > TrendNoise && last > -TrendNoise / 2 ? TensionTrend.Rising
            : change < -TrendNoise && last < TrendNoise / 2 ? TensionTrend.Falling
            : last > TrendNoise ? TensionTrend.Rising
            : last < -TrendNoise ? TensionTrend.Falling
            : TensionTrend.Steady;
    }
}
