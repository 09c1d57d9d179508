using DeEscalationBot.Core.Scoring;

namespace DeEscalationBot.Plugin.Scoring.MlNet;

/// <summary>What the model says of the signals of one message, whatever its level.</summary>
/// <remarks>Immutable and safe for concurrent use.</remarks>
public readonly struct SignalChances
{
    private readonly double[] _chances;
    private readonly IReadOnlyList<double> _thresholds;

    // Of all final heads; those of the levels are not looked at.
    internal SignalChances(double[] chances, IReadOnlyList<double> thresholds)
    {
        _chances = chances;
        _thresholds = thresholds;
    }

    /// <summary>How sure a signal is: 0.5 where it begins to be given, log-odds counted from there.</summary>
    /// <remarks>
    /// Signals that hurt when missed are given on a lower chance than others. The confidence hides that, so that 0.5 means the same for
    /// all of them to those who act on it.
    /// </remarks>
    /// <param name="signal">Index in <see cref="ModelHeads.Signals"/>.</param>
    public Probability ConfidenceOf(int signal)
    {
        var at = ModelHeads.LevelCount + signal;
        return ModelChances.Confidence(_chances[at], _thresholds[at]);
    }

    /// <summary>The chance of a signal, 0 to 1.</summary>
    /// <param name="signal">Index in <see cref="ModelHeads.Signals"/>.</param>
    public double ChanceOf(int signal) => _chances[ModelHeads.LevelCount + signal];
}
