using DeEscalationBot.Core.Coaching.DraftReview;
using DeEscalationBot.Plugin.Scoring.MlNet;
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
    public const double LeastPrecision = 0.95;

    /// <summary>Share of the good drafts that may be flagged, at most.</summary>
    public const double MostGoodFlagged = 0.04;

    /// <summary>The threshold of a rule that is never as precise as wanted.</summary>
    public const double Doubtful = 0.78;

    // What a finding at the very threshold has to be worth, whatever the precision of the surer ones is: phrases have found the plain cases already.
    private const double LowestFloor = 0.6;
    private const double HighestFloor = 0.9;
    private const double FloorStep = 0.02;

    /// <summary>A draft with the calibrated chances of the rules and that of any fault, what phrases and code found in it, and what examples found besides.</summary>
    public sealed record Sample(DraftLine Line, double[] Chances, double Faulty, IReadOnlySet<string> ByPhrases, IReadOnlySet<string> ByExamples)
    {
        /// <summary>What the review goes by for the draft as a whole.</summary>
        public DraftVerdict Verdict { get; } = new([], [], [], (float)Faulty);
    }

    /// <summary>The best thresholds of the rules, in the order of their final heads.</summary>
    public static IReadOnlyList<double> Best(IReadOnlyList<Sample> samples, IReadOnlySet<string> notes)
    {
        double[] precise = [.. Enumerable.Range(0, DraftHeads.Rules.Count).Select(r => PreciseFrom(Ranked(samples, r)))];
        for (var floor = LowestFloor; ; floor += FloorStep)
        {
            double[] thresholds = [.. precise.Select(p => Math.Round(Math.Max(p, floor), 4))];
            if (floor >= HighestFloor || GoodFlagged(samples, thresholds, notes) <= MostGoodFlagged)
            {
                return thresholds;
            }
        }
    }

    /// <summary>The draft as the review would judge it: what phrases find stands unless the judge denies it in a sound draft, and what examples find unless it denies it.</summary>
    public static JudgedDraft Judge(Sample sample, IReadOnlyList<double> thresholds)
    {
        var found = sample.ByPhrases.Where(JudgedRules.OfRulesAlone.Contains).ToHashSet(StringComparer.Ordinal);
        for (var r = 0; r < DraftHeads.Rules.Count; r++)
        {
            var rule = DraftHeads.Rules[r];
            if (ModelChances.Confidence(sample.Chances[r], thresholds[r]).Value >= BoundOf(sample, rule))
            {
                found.Add(rule);
            }
        }

        return new JudgedDraft(sample.Line.Customer ?? sample.Line.Text, sample.Line.Rules, found, sample.ByPhrases.Concat(sample.ByExamples).ToHashSet(StringComparer.Ordinal));
    }

    private static double BoundOf(Sample sample, string rule)
    {
        if (sample.ByPhrases.Contains(rule))
        {
            return rule == "vague-reason" ? DraftVerdict.Refuted : sample.Verdict.IsSound && JudgedRules.OfPassages.Contains(rule) ? DraftVerdict.Denied : 0;
        }

        return sample.ByExamples.Contains(rule) && !sample.Verdict.IsSound ? DraftVerdict.Denied : sample.Verdict.Bound;
    }

    // By the judge alone: what phrases find does not hang on the thresholds.
    private static double GoodFlagged(IReadOnlyList<Sample> samples, double[] thresholds, IReadOnlySet<string> notes)
    {
        var good = samples.Where(s => s.Line.Rules.Count == 0).ToArray();
        return good.Count(s => thresholds.Where((t, r) => ModelChances.Confidence(s.Chances[r], t).Value >= s.Verdict.Bound && !notes.Contains(DraftHeads.Rules[r])).Any()) / (double)Math.Max(1, good.Length);
    }

    /// <summary>How well the chances rank drafts, whatever the thresholds: the mean over the rules of the average precision. What changes are chosen by.</summary>
    public static double MeanAveragePrecision(IReadOnlyList<Sample> samples) =>
        Enumerable.Range(0, DraftHeads.Rules.Count).Select(r => Ranked(samples, r)).Where(r => r.Any(s => s.IsThere)).Average(AveragePrecision);

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
        .. samples.Where(s => JudgedRules.AppliesTo(DraftHeads.Rules[rule], s.Line.Kind))
            .Select(s => (Chance: s.Chances[rule], IsThere: s.Line.Rules.Contains(DraftHeads.Rules[rule]))).OrderByDescending(s => s.Chance),
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
