using System.Text.RegularExpressions;
using DeEscalationBot.Core.Coaching.DraftReview;
using DeEscalationBot.Core.Scoring.Text;

namespace DeEscalationBot.Core.Tests.Coaching.DraftReview;

/// <summary>Holds <c>models/corpus/drafts</c> to its description in <c>models/corpus/README.md</c>.</summary>
public sealed partial class DraftCorpusTests
{
    // Two drafts that share this much of their word triples are one draft written twice.
    private const double NearDuplicate = 0.6;

    // Shorter drafts ("Done, it's on its way.") may be near one another.
    private const int LeastTriples = 4;

    private static readonly string Folder = Repository.PathTo("models", "corpus", "drafts");

    private static readonly Line[] Lines =
    [
        .. from language in (string[])["es", "en"]
           from file in Directory.GetFiles(Path.Combine(Folder, language), "*.tsv").Order(StringComparer.Ordinal)
           from line in File.ReadLines(file).Select((text, i) => (text, number: i + 1))
           select new Line($"{language}/{Path.GetFileName(file)}:{line.number}", language, line.text.Split('\t')),
    ];

    public static TheoryData<string> Languages => ["es", "en"];

    [Theory]
    [MemberData(nameof(Languages))]
    public void Lines_EachLanguage_HasSeveralWritersAndAsManyGoodDraftsAsAnyRule(string language)
    {
        var lines = Lines.Where(l => l.Language == language).ToArray();

        Assert.True(lines.Select(l => l.Place.Split(':')[0]).Distinct().Count() >= 3);
        Assert.True(lines.Count(l => !l.Rules.Any()) * 3 >= lines.Length, "Fewer than a third of the drafts are good ones.");
        Assert.All(JudgedRules.All, r => Assert.True(lines.Count(l => l.Rules.Contains(r)) >= 20, $"Fewer than 20 drafts break {r}."));
    }

    [Fact]
    public void Lines_Columns_AreLegal() => Assert.Empty(Lines.Select(FaultOf).OfType<string>());

    [Theory]
    [MemberData(nameof(Languages))]
    public void Lines_Drafts_AreNotNearDuplicates(string language)
    {
        var sets = Lines.Where(l => l.Language == language).Select(l => (l.Place, Triples: TriplesOf(l.Text))).Where(l => l.Triples.Count >= LeastTriples).ToArray();
        var index = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        var found = new List<string>();
        for (var i = 0; i < sets.Length; i++)
        {
            var shared = sets[i].Triples.SelectMany(t => index.GetValueOrDefault(t, [])).CountBy(o => o);
            found.AddRange(shared.Where(s => s.Value > NearDuplicate * Math.Min(sets[i].Triples.Count, sets[s.Key].Triples.Count)).Select(s => $"{sets[s.Key].Place} ~ {sets[i].Place}"));
            foreach (var triple in sets[i].Triples)
            {
                (index.TryGetValue(triple, out var list) ? list : index[triple] = []).Add(i);
            }
        }

        Assert.Empty(found);
    }

    // The sets that the review is measured on stay strangers to what it learns from.
    [Theory]
    [MemberData(nameof(Languages))]
    public void Lines_Drafts_StandInNoMeasuredSet(string language)
    {
        var measured = ((string[])["drafts", "check", "tuning", "development"]).SelectMany(s => DraftMeasure.Read($"{s}.{language}.jsonl", language)).Select(d => FormOf(d.Request.Text)).ToHashSet(StringComparer.Ordinal);

        Assert.Empty(Lines.Where(l => l.Language == language && TriplesOf(l.Text).Count >= LeastTriples && measured.Contains(FormOf(l.Text))).Select(l => l.Place));
    }

    private static string FormOf(string text) => string.Join(' ', MessageReading.Of(text).Words.Select(w => w.Form));

    private static HashSet<string> TriplesOf(string text)
    {
        var words = MessageReading.Of(text).Words;
        return [.. Enumerable.Range(0, Math.Max(0, words.Count - 2)).Select(i => $"{words[i].Form} {words[i + 1].Form} {words[i + 2].Form}")];
    }

    private static string? FaultOf(Line line) =>
        line.Cells.Length != 4 ? $"{line.Place}: {line.Cells.Length} columns"
        : line.Cells[0] is not ("reply" or "farewell") ? $"{line.Place}: kind {line.Cells[0]}"
        : line.Whole.FirstOrDefault(r => !JudgedRules.OfWholeDrafts.Contains(r) && !JudgedRules.OfRulesAlone.Contains(r)) is { } whole ? $"{line.Place}: {whole} is no rule of whole drafts"
        : line.Marked.FirstOrDefault(r => !JudgedRules.OfPassages.Contains(r)) is { } passage ? $"{line.Place}: {passage} is no rule of passages"
        : line.Whole.Contains("asks-again") && line.Cells[2] == "-" ? $"{line.Place}: asks again for what no customer said"
        : string.IsNullOrWhiteSpace(line.Text) ? $"{line.Place}: empty"
        : Mark().Replace(line.Cells[3], string.Empty).Contains("{{", StringComparison.Ordinal) ? $"{line.Place}: a mark is not closed"
        : null;

    [GeneratedRegex(@"\{\{([a-z+-]+): ([^{}]*)\}\}", RegexOptions.NonBacktracking)]
    private static partial Regex Mark();

    private sealed record Line(string Place, string Language, string[] Cells)
    {
        public IEnumerable<string> Whole => Cells[1] == "-" ? [] : Cells[1].Split('+');

        public IEnumerable<string> Marked => Mark().Matches(Cells[3]).SelectMany(m => m.Groups[1].Value.Split('+'));

        public IEnumerable<string> Rules => Whole.Concat(Marked);

        public string Text => Mark().Replace(Cells[3], m => m.Groups[2].Value);
    }
}
