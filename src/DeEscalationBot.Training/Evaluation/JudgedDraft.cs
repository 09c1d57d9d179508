using DeEscalationBot.Core.Coaching.DraftReview;
using DeEscalationBot.Core.Scoring.Evaluation;

namespace DeEscalationBot.Training.Evaluation;

/// <summary>The rules that were found in a draft, beside what its writer marked.</summary>
/// <param name="Group">Drafts that belong together when intervals are drawn: those that answer the same customer.</param>
/// <param name="Truth">The rules that it breaks.</param>
/// <param name="Found">The rules that the review finds with the judge.</param>
/// <param name="FoundByRules">The rules that it finds without: by phrases, code and examples.</param>
public sealed record JudgedDraft(string Group, IReadOnlySet<string> Truth, IReadOnlySet<string> Found, IReadOnlySet<string> FoundByRules)
{
    /// <summary>The counts of one rule.</summary>
    /// <param name="drafts">The drafts.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="byRules">Whether what the rules found is counted instead of what the judge found.</param>
    public static DetectionCounts CountsOf(IReadOnlyCollection<JudgedDraft> drafts, string rule, bool byRules = false)
    {
        ArgumentNullException.ThrowIfNull(drafts);
        return drafts.Aggregate(default(DetectionCounts), (counts, d) => counts.With(d.Truth.Contains(rule), (byRules ? d.FoundByRules : d.Found).Contains(rule)));
    }

    /// <summary>The counts of all rules together.</summary>
    /// <param name="drafts">The drafts.</param>
    /// <param name="byRules">Whether what the rules found is counted instead of what the judge found.</param>
    public static DetectionCounts AllCounts(IReadOnlyCollection<JudgedDraft> drafts, bool byRules = false) =>
        JudgedRules.All.Select(r => CountsOf(drafts, r, byRules)).Aggregate(
            default(DetectionCounts),
            (sum, c) => new DetectionCounts(sum.Hits + c.Hits, sum.FalseAlarms + c.FalseAlarms, sum.Misses + c.Misses, sum.Rejections + c.Rejections));

    /// <summary>The share of good drafts in which something more than a note is found, 0 to 1.</summary>
    /// <param name="drafts">The drafts; some of them good.</param>
    /// <param name="notes">The rules that only hint.</param>
    /// <param name="byRules">Whether what the rules found is counted instead of what the judge found.</param>
    public static double GoodFlagged(IReadOnlyCollection<JudgedDraft> drafts, IReadOnlySet<string> notes, bool byRules = false)
    {
        ArgumentNullException.ThrowIfNull(drafts);
        var good = drafts.Where(d => d.Truth.Count == 0).ToArray();
        return good.Count(d => (byRules ? d.FoundByRules : d.Found).Any(r => !notes.Contains(r))) / (double)Math.Max(1, good.Length);
    }

    /// <summary>The measures that a later model is held to, to three digits.</summary>
    /// <param name="drafts">Drafts of one language.</param>
    /// <param name="notes">The rules that only hint.</param>
    public static IReadOnlyDictionary<string, double> Measure(IReadOnlyCollection<JudgedDraft> drafts, IReadOnlySet<string> notes)
    {
        var all = AllCounts(drafts);
        return new SortedDictionary<string, double>(StringComparer.Ordinal)
        {
            ["precision"] = Rounded(all.Precision),
            ["recall"] = Rounded(all.Recall),
            ["goodFlagged"] = Rounded(GoodFlagged(drafts, notes)),
        };
    }

    private static double Rounded(double share) => double.IsNaN(share) ? 0 : Math.Round(share, 3);
}
