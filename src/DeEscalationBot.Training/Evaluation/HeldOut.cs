using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Scoring;
using DeEscalationBot.Core.Scoring.Evaluation;
using DeEscalationBot.Training.Data;

namespace DeEscalationBot.Training.Evaluation;

/// <summary>Judges lines of the corpus by a scorer, as the product would: the language given as a hint.</summary>
public static class HeldOut
{
    /// <summary>Judges lines.</summary>
    /// <param name="scorer">The scorer.</param>
    /// <param name="lines">The lines.</param>
    /// <returns>By language code.</returns>
    public static IReadOnlyDictionary<string, JudgedLines> Judge(IUtteranceScorer scorer, IReadOnlyList<CorpusLine> lines)
    {
        ArgumentNullException.ThrowIfNull(scorer);
        return lines.GroupBy(l => l.Language).ToDictionary(g => g.Key.Code(), g => Judge(scorer, (IEnumerable<CorpusLine>)g), StringComparer.Ordinal);
    }

    /// <summary>The measures that a later model is held to, to three digits.</summary>
    /// <param name="judged">Lines of one language.</param>
    public static IReadOnlyDictionary<string, double> Measure(JudgedLines judged)
    {
        ArgumentNullException.ThrowIfNull(judged);
        return new SortedDictionary<string, double>(StringComparer.Ordinal)
        {
            ["auc"] = Math.Round(Metrics.Auc(judged.Levels), 3),
            ["ece"] = Math.Round(Metrics.Ece(judged.Levels), 3),
            ["macroF1"] = Math.Round(Metrics.MacroF1(judged.Levels), 3),
            ["withinOne"] = Math.Round(Metrics.WithinOne(judged.Levels), 3),
            ["signalMacroF1"] = Math.Round(JudgedLines.MacroF1(judged.Signals), 3),
            ["decoyAlarms"] = Math.Round(JudgedLines.DecoyAlarms(judged.Signals), 3),
        };
    }

    private static JudgedLines Judge(IUtteranceScorer scorer, IEnumerable<CorpusLine> lines)
    {
        var levels = new List<Judged>();
        var signals = new List<JudgedSignals>();
        foreach (var line in lines)
        {
            var score = scorer.Score(line.Text, line.Language);
            levels.Add(new Judged(line.Id, line.Scenario, line.Level, (int)score.Level, score.Frustration.Value));
            signals.Add(new JudgedSignals(line.Scenario, line.Signals, line.Decoys, [.. score.Signals.Where(s => s.Confidence.Value >= LevelPolicy.Given).Select(s => s.Type)]));
        }

        return new JudgedLines(levels, signals);
    }
}
