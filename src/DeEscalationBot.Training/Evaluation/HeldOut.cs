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
    public static IReadOnlyDictionary<string, IReadOnlyList<Judged>> Judge(IUtteranceScorer scorer, IReadOnlyList<CorpusLine> lines)
    {
        ArgumentNullException.ThrowIfNull(scorer);
        return lines.GroupBy(l => l.Language).ToDictionary(
            g => g.Key.Code(),
            g => (IReadOnlyList<Judged>)[.. g.Select(l => Judge(scorer, l))],
            StringComparer.Ordinal);
    }

    /// <summary>The measures that a later model is held to, to three digits.</summary>
    /// <param name="judged">Lines of one language.</param>
    public static IReadOnlyDictionary<string, double> Measure(IReadOnlyCollection<Judged> judged) => new SortedDictionary<string, double>(StringComparer.Ordinal)
    {
        ["auc"] = Math.Round(Metrics.Auc(judged), 3),
        ["ece"] = Math.Round(Metrics.Ece(judged), 3),
        ["macroF1"] = Math.Round(Metrics.MacroF1(judged), 3),
        ["withinOne"] = Math.Round(Metrics.WithinOne(judged), 3),
    };

    private static Judged Judge(IUtteranceScorer scorer, CorpusLine line)
    {
        var score = scorer.Score(line.Text, line.Language);
        return new Judged(line.Id, line.Scenario, line.Level, (int)score.Level, score.Frustration.Value);
    }
}
