using DeEscalationBot.Core.Scoring;
using DeEscalationBot.Core.Scoring.Evaluation;
using DeEscalationBot.Plugin.Scoring.MlNet;
using DeEscalationBot.Training.Data;
using DeEscalationBot.Training.Evaluation;

namespace DeEscalationBot.Training.Fitting;

/// <summary>Chooses from which chances on levels and signals are given, on lines that no head had seen.</summary>
/// <remarks>
/// Signals first, each by itself: the highest F-measure, in which a miss counts as much as a false alarm, and more for those where a miss
/// hurts most; of nearly equal thresholds the highest. Then the levels with those signals: the highest macro F1, less a penalty for every line that is off by more than one
/// level: to call a furious customer calm costs more than to be a neighbour off. Grids of 0.02.
/// </remarks>
internal static class ThresholdChoice
{
    // Abuse, threat, vulnerability: recall counts this much as precision in their F-measure.
    private const double HarmBeta = 1.5;

    // Our lines are rich in signals and in hard cases of them; what a desk hears is not. Of thresholds that are nearly as good on our
    // lines as the best one, the highest gives the fewest false alarms there.
    private const double NearlyAsGood = 0.03;

    private const double FarOffPenalty = 0.5;

    // In steps of 0.02. To call somebody hostile wrongly wrongs a person: never on less than a chance of one in three.
    private const int LeastStep = 10;
    private const int LeastHostileStep = 17;
    private const int LeastSignalStep = 5;
    private const int MostStep = 45;

    /// <summary>A line with its calibrated chances, and what makes frustration of them.</summary>
    public sealed record Sample(CorpusLine Line, double[] Chances, PlattScale Frustration)
    {
        /// <summary>The chances as the scorer would take them with these thresholds.</summary>
        public ModelChances With(IReadOnlyList<double> thresholds) => new(Chances, thresholds, Frustration);
    }

    /// <summary>The best thresholds, in the order of the final heads.</summary>
    public static IReadOnlyList<double> Best(IReadOnlyList<Sample> samples)
    {
        var best = Enumerable.Repeat(0.5, ModelHeads.Final.Count).ToArray();
        for (var signal = 0; signal < ModelHeads.Signals.Length; signal++)
        {
            best[ModelHeads.LevelCount + signal] = BestOf(samples, signal);
        }

        var bestValue = LevelValue(samples, best);
        for (var round = 0; round < 3; round++)
        {
            for (var k = 0; k < ModelHeads.LevelCount; k++)
            {
                for (var step = k == ModelHeads.LevelCount - 1 ? LeastHostileStep : LeastStep; step <= MostStep; step++)
                {
                    var candidate = (double[])best.Clone();
                    candidate[k] = step / 50.0;
                    var value = LevelValue(samples, candidate);
                    if (value > bestValue + 1e-9)
                    {
                        (best, bestValue) = (candidate, value);
                    }
                }
            }
        }

        return best;
    }

    /// <summary>The lines as the scorer would judge them.</summary>
    public static JudgedLines Judge(IReadOnlyList<Sample> samples, IReadOnlyList<double> thresholds) => new(
        [.. samples.Select(s => JudgeLevel(s, thresholds))],
        [.. samples.Select(s =>
        {
            var chances = s.With(thresholds);
            return new JudgedSignals(s.Line.Scenario, s.Line.Signals, s.Line.Decoys, [.. ModelHeads.Signals.Where((_, i) => chances.ConfidenceOf(i).Value >= LevelPolicy.Given)]);
        })]);

    private static Judged JudgeLevel(Sample sample, IReadOnlyList<double> thresholds)
    {
        var chances = sample.With(thresholds);
        var harm = new HarmConfidence(Confidence(chances, SignalType.Abuse), Confidence(chances, SignalType.Threat), Confidence(chances, SignalType.Blackmail));
        var level = LevelPolicy.Bound(chances.Level, harm);
        var frustration = LevelPolicy.Bound(Probability.Clamp(chances.Frustration), level, harm);
        return new Judged(sample.Line.Id, sample.Line.Scenario, sample.Line.Level, (int)level, frustration.Value);
    }

    private static double Confidence(ModelChances chances, SignalType type) => chances.ConfidenceOf(ModelHeads.Signals.IndexOf(type)).Value;

    private static double BestOf(IReadOnlyList<Sample> samples, int signal)
    {
        var type = ModelHeads.Signals[signal];
        var weight = type is SignalType.Abuse or SignalType.Threat or SignalType.Vulnerability ? HarmBeta * HarmBeta : 1;
        var values = Enumerable.Range(LeastSignalStep, MostStep - LeastSignalStep + 1).Select(step => (Threshold: step / 50.0, Value: FMeasure(samples, signal, step / 50.0, weight))).ToArray();
        var enough = values.Max(v => v.Value) - NearlyAsGood;
        return values.Any(v => v.Value > 0) ? values.Last(v => v.Value >= enough).Threshold : 0.5;
    }

    private static double FMeasure(IReadOnlyList<Sample> samples, int signal, double threshold, double weight)
    {
        var type = ModelHeads.Signals[signal];
        var (hits, missed, wrong) = (0, 0, 0);
        foreach (var sample in samples)
        {
            var given = sample.Chances[ModelHeads.LevelCount + signal] >= threshold;
            var there = sample.Line.Signals.Contains(type);
            hits += given && there ? 1 : 0;
            missed += !given && there ? 1 : 0;
            wrong += given && !there ? 1 : 0;
        }

        return hits == 0 ? 0 : (1 + weight) * hits / (((1 + weight) * hits) + (weight * missed) + wrong);
    }

    private static double LevelValue(IReadOnlyList<Sample> samples, double[] thresholds)
    {
        var judged = samples.Select(s => JudgeLevel(s, thresholds)).ToArray();
        return Metrics.MacroF1(judged) - (FarOffPenalty * (1 - Metrics.WithinOne(judged)));
    }
}
