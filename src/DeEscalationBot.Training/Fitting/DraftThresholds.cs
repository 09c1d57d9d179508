using DeEscalationBot.Core.Coaching.DraftReview;
using DeEscalationBot.Plugin.Scoring.MlNet.Drafts;
using DeEscalationBot.Training.Data;
using DeEscalationBot.Training.Evaluation;

namespace DeEscalationBot.Training.Fitting;

/// <summary>Chooses from which chance on a rule counts as broken, on drafts of writers whom no head had read.</summary>
/// <remarks>
/// Precision first: agents switch off what flags their good drafts. For each rule the lowest threshold whose precision is <see cref="LeastPrecision"/>;
/// where none is, <see cref="Doubtful"/>. And for all rules a floor, raised until few enough good drafts are flagged: the chances are
/// calibrated, so that the same floor for all costs the fewest findings.
/// </remarks>
internal static class DraftThresholds
{
    /// <summary>Share of what is found that has to be right, at least.</summary>
    public const double LeastPrecision = 0.9;

    /// <summary>Share of the good drafts that may be flagged, at most.</summary>
    public const double MostGoodFlagged = 0.04;

    /// <summary>The threshold of a rule that is never as precise as wanted.</summary>
    public const double Doubtful = 0.6;

    // Under the lowest floor a rule is more often kept than broken, whatever its share among the surer ones is.
    private const double LowestFloor = 0.3;
    private const double HighestFloor = 0.9;
    private const double FloorStep = 0.02;

    /// <summary>A draft with its calibrated chances, and what the rules found in it.</summary>
    public sealed record Sample(DraftLine Line, double[] Chances, IReadOnlySet<string> FoundByRules);

    /// <summary>The best thresholds, in the order of the final heads.</summary>
    public static IReadOnlyList<double> Best(IReadOnlyList<Sample> samples, IReadOnlySet<string> notes)
    {
        double[] precise = [.. Enumerable.Range(0, DraftHeads.Final.Count).Select(r => PreciseFrom(Ranked(samples, r)))];
        for (var floor = LowestFloor; ; floor += FloorStep)
        {
            double[] thresholds = [.. precise.Select(p => Math.Round(Math.Max(p, floor), 4))];
            if (floor >= HighestFloor || JudgedDraft.GoodFlagged([.. samples.Select(s => Judge(s, thresholds))], notes) <= MostGoodFlagged)
            {
                return thresholds;
            }
        }
    }

    /// <summary>The draft as the review would judge it.</summary>
    public static JudgedDraft Judge(Sample sample, IReadOnlyList<double> thresholds) => new(
        sample.Line.Customer ?? sample.Line.Text,
        sample.Line.Rules,
        DraftHeads.Final.Where((_, r) => sample.Chances[r] >= thresholds[r]).Concat(sample.FoundByRules.Where(JudgedRules.OfRulesAlone.Contains)).ToHashSet(StringComparer.Ordinal),
        sample.FoundByRules);

    /// <summary>How well the chances rank drafts, whatever the thresholds: the mean over the rules of the average precision. What changes are chosen by.</summary>
    public static double MeanAveragePrecision(IReadOnlyList<Sample> samples) =>
        Enumerable.Range(0, DraftHeads.Final.Count).Select(r => Ranked(samples, r)).Where(r => r.Any(s => s.IsThere)).Average(AveragePrecision);

    private static double AveragePrecision((double Chance, bool IsThere)[] ranked)
    {
        var (hits, sum) = (0, 0.0);
        for (var i = 0; i < ranked.Length; i++)
        {
            hits += ranked[i].IsThere ? 1 : 0;
            sum += ranked[i].IsThere ? (double)hits / (i + 1) : 0;
        }

        return sum / hits;
    }

    private static (double Chance, bool IsThere)[] Ranked(IReadOnlyList<Sample> samples, int rule) =>
    [
        .. samples.Where(s => JudgedRules.AppliesTo(DraftHeads.Final[rule], s.Line.Kind))
            .Select(s => (Chance: s.Chances[rule], IsThere: s.Line.Rules.Contains(DraftHeads.Final[rule]))).OrderByDescending(s => s.Chance),
    ];

    private static double PreciseFrom((double Chance, bool IsThere)[] ranked)
    {
        var (hits, precise) = (0, Doubtful);
        for (var i = 0; i < ranked.Length; i++)
        {
            hits += ranked[i].IsThere ? 1 : 0;

            // One more false alarm than were seen: of few findings a share is not known better.
            if (hits >= LeastPrecision * (i + 2) && i + 1 < ranked.Length && ranked[i + 1].Chance < ranked[i].Chance)
            {
                precise = (ranked[i].Chance + ranked[i + 1].Chance) / 2;
            }
        }

        return precise;
    }
}
