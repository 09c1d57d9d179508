using System.Globalization;
using System.Text;
using System.Text.Json;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Coaching.DraftReview;

namespace DeEscalationBot.Core.Tests.Coaching.DraftReview;

/// <summary>What the review found in drafts and what their labels say: right, wrong (found, not labelled), missed (labelled, not found).</summary>
internal readonly record struct FindingCount(int Right, int Wrong, int Missed)
{
    public double Precision => Right + Wrong == 0 ? 1 : (double)Right / (Right + Wrong);

    public double Recall => Right + Missed == 0 ? 1 : (double)Right / (Right + Missed);

    public int Labelled => Right + Missed;

    public static FindingCount operator +(FindingCount a, FindingCount b) => new(a.Right + b.Right, a.Wrong + b.Wrong, a.Missed + b.Missed);
}

/// <summary>How well the review finds what the labels of a set of drafts say: counts only, so that a set can stay unseen.</summary>
internal sealed class DraftMeasure
{
    private DraftMeasure(IReadOnlyDictionary<string, FindingCount> rules, int drafts, int good, int flagged)
    {
        Rules = rules;
        Drafts = drafts;
        Good = good;
        Flagged = flagged;
    }

    /// <summary>The counts of each rule that was labelled or found.</summary>
    public IReadOnlyDictionary<string, FindingCount> Rules { get; }

    public int Drafts { get; }

    /// <summary>How many drafts a support lead would send as they are.</summary>
    public int Good { get; }

    /// <summary>How many of the good ones get a warning or a block nevertheless.</summary>
    public int Flagged { get; }

    public FindingCount All => Rules.Values.Aggregate(default(FindingCount), (sum, count) => sum + count);

    public static string PathOf(string file) => Path.Combine(AppContext.BaseDirectory, "Coaching", "DraftReview", file);

    public static DraftMeasure Of(string file, string language)
    {
        var rules = new SortedDictionary<string, FindingCount>(StringComparer.Ordinal);
        var (drafts, good, flagged) = (0, 0, 0);
        foreach (var draft in Read(file, language))
        {
            var review = DraftSamples.Reviewer.Review(draft.Request);
            var found = review.Findings.Select(f => f.Rule).ToHashSet(StringComparer.Ordinal);
            foreach (var rule in found.Union(draft.Rules))
            {
                var (isFound, isLabelled) = (found.Contains(rule), draft.Rules.Contains(rule));
                rules[rule] = rules.GetValueOrDefault(rule) + new FindingCount(isFound && isLabelled ? 1 : 0, isLabelled ? 0 : 1, isFound ? 0 : 1);
            }

            drafts++;
            good += draft.Rules.Count == 0 ? 1 : 0;
            flagged += draft.Rules.Count == 0 && !review.IsGood ? 1 : 0;
        }

        return new DraftMeasure(rules, drafts, good, flagged);
    }

    /// <summary>The drafts of a file with the rules that their labels name.</summary>
    public static IEnumerable<(DraftRequest Request, HashSet<string> Rules)> Read(string file, string language)
    {
        foreach (var line in File.ReadLines(PathOf(file)))
        {
            var draft = JsonDocument.Parse(line).RootElement;
            var customer = draft.TryGetProperty("customerText", out var text) ? new[] { text.GetString()! } : null;
            var kind = draft.TryGetProperty("kind", out var named) && named.GetString() == "farewell" ? DraftKind.Farewell : DraftKind.Reply;
            yield return (
                new DraftRequest(draft.GetProperty("text").GetString()!, language == "es" ? MessageLanguage.Spanish : MessageLanguage.English, Kind: kind, CustomerTexts: customer),
                [.. draft.GetProperty("rules").EnumerateArray().Select(r => r.GetString()!)]);
        }
    }

    /// <summary>A line for each rule and one for all.</summary>
    public override string ToString()
    {
        var table = new StringBuilder();
        table.AppendLine(CultureInfo.InvariantCulture, $"{"rule",-26}{"labelled",9}{"right",7}{"wrong",7}{"missed",8}{"precision",11}{"recall",8}");
        foreach (var (rule, count) in Rules.Append(new("all", All)))
        {
            table.AppendLine(CultureInfo.InvariantCulture, $"{rule,-26}{count.Labelled,9}{count.Right,7}{count.Wrong,7}{count.Missed,8}{count.Precision,11:0.00}{count.Recall,8:0.00}");
        }

        table.Append(CultureInfo.InvariantCulture, $"good drafts flagged: {Flagged} of {Good}");
        return table.ToString();
    }
}
