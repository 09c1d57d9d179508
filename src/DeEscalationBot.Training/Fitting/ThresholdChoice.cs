using DeEscalationBot.Core.Scoring;
using DeEscalationBot.Core.Scoring.Evaluation;
using DeEscalationBot.Plugin.Scoring.MlNet;
using DeEscalationBot.Training.Data;

namespace DeEscalationBot.Training.Fitting;

/// <summary>Chooses from which chances on the levels are given.</summary>
/// <remarks>
/// What is sought is the highest macro F1, less a penalty for every line that is off by more than one level: to call a furious customer
/// calm costs more than to be a neighbour off. Coordinate search over a grid of 0.02, on lines that no head had seen.
/// </remarks>
internal static class ThresholdChoice
{
    private const double FarOffPenalty = 0.5;

    // In steps of 0.02. To call somebody hostile wrongly wrongs a person: never on less than a chance of one in three.
    private const int LeastStep = 10;
    private const int LeastHostileStep = 17;

    /// <summary>A line with its calibrated chances.</summary>
    public sealed record Sample(CorpusLine Line, double[] Chances, SignalFindings Findings)
    {
        /// <summary>The line as the scorer would judge it.</summary>
        public Judged Judge(IReadOnlyList<double> thresholds)
        {
            var chances = FrustrationModel.Judge(Chances, [.. thresholds]);
            var level = LevelPolicy.Bound(chances.Level, Findings);
            var frustration = LevelPolicy.Bound(Probability.Clamp(chances.AtLeastFrustrated), level, Findings);
            return new Judged(Line.Id, Line.Scenario, Line.Level, (int)level, frustration.Value);
        }
    }

    /// <summary>The best thresholds.</summary>
    public static IReadOnlyList<double> Best(IReadOnlyList<Sample> samples)
    {
        double[] best = [0.5, 0.5, 0.5, 0.5];
        var bestValue = Value(samples, best);
        for (var round = 0; round < 3; round++)
        {
            for (var k = 0; k < best.Length; k++)
            {
                for (var step = k == best.Length - 1 ? LeastHostileStep : LeastStep; step <= 45; step++)
                {
                    var candidate = (double[])best.Clone();
                    candidate[k] = step / 50.0;
                    var value = Value(samples, candidate);
                    if (value > bestValue + 1e-9)
                    {
                        (best, bestValue) = (candidate, value);
                    }
                }
            }
        }

        return best;
    }

    private static double Value(IReadOnlyList<Sample> samples, double[] thresholds)
    {
        var judged = samples.Select(s => s.Judge(thresholds)).ToArray();
        return Metrics.MacroF1(judged) - (FarOffPenalty * (1 - Metrics.WithinOne(judged)));
    }
}
