using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Scoring.Text;

namespace DeEscalationBot.Core.Coaching.DraftReview;

/// <summary>Reads from one draft what a judge weighs.</summary>
internal sealed class DraftEvidenceReading(DraftReading.Context context, MessageReading reading, CompiledDraftRules.Matches matches, IReadOnlyList<DraftFinding> findings, bool hasSlip)
{
    // A likeness is a log-odds; beyond this it says no more, and a quarter of it is of the size of the other marks.
    private const double SurestLikeness = 8;
    private const double LikenessScale = 4;

    private readonly HashSet<(string Rule, int Sentence)> _excused = matches.Excused();

    // What holds for the draft as a whole is read once, not at every sentence.
    private readonly WordRange[][] _parts = [.. DraftMarks.Roles.Select(r => matches.Of(r).Where(m => !matches.IsNegated(m)).ToArray())];
    private readonly bool _mentionsCustomer = reading.Words.Any(context.Facts.Mentions);

    private IReadOnlyList<Word> Words => reading.Words;

    public DraftEvidence Read()
    {
        var sentences = new List<PassageEvidence>();
        var likeness = new List<double[]>();
        for (var s = 0; s < reading.SentenceCount; s++)
        {
            var (first, end) = reading.WordsOfSentence(s);
            if (end > first)
            {
                likeness.Add(LikenessOf(first, end - 1));
                sentences.Add(new PassageEvidence(first, end - 1, MarksOf(first, end - 1, likeness[^1])));
            }
        }

        var likest = Enumerable.Range(0, JudgedRules.OfPassages.Length + 1).Select(r => likeness.Select(l => l[r]).DefaultIfEmpty(-SurestLikeness).Max()).ToArray();
        return new DraftEvidence(
            reading,
            context.IsEnglish ? MessageLanguage.English : MessageLanguage.Spanish,
            context.Kind,
            sentences,
            new PassageEvidence(0, Words.Count - 1, MarksOf(0, Words.Count - 1, likest)));
    }

    private double[] LikenessOf(int first, int last)
    {
        var logits = new double[JudgedRules.OfPassages.Length + 1];
        Array.Fill(logits, -SurestLikeness);
        context.Rules.Examples?.Measure(reading, first, last, logits);
        return logits;
    }

    private IReadOnlyList<float> MarksOf(int first, int last, double[] likeness)
    {
        var marks = new DraftMarks.Writer();
        var (from, to) = (Words[first].Sentence, Words[last].Sentence);
        var (start, end) = (first == 0 ? 0 : Words[first].Start, EndOf(last));
        bool Here(DraftFinding f) => f.Evidence.Start < end && start < f.Evidence.End;
        marks.AddAll(JudgedRules.All.Select(r => findings.Any(f => f.Rule == r && Here(f))));
        marks.AddAll(JudgedRules.All.Select(r => findings.Any(f => f.Rule == r && !Here(f))));
        marks.AddAll(JudgedRules.All.Select(r => _excused.Any(e => e.Rule == r && e.Sentence >= from && e.Sentence <= to)));
        foreach (var logit in likeness)
        {
            marks.Add(Math.Clamp(logit, -SurestLikeness, SurestLikeness) / LikenessScale);
        }

        marks.AddAll(_parts.Select(p => Array.Exists(p, m => m.First >= first && m.Last <= last)));
        marks.AddAll(_parts.Select(p => p.Length > 0));
        AddLooks(marks, first, last);
        return marks.Done();
    }

    // With the marks behind the last word.
    private int EndOf(int last) => last + 1 < Words.Count ? Words[last + 1].Start : reading.Text.Length;

    private void AddLooks(DraftMarks.Writer marks, int first, int last)
    {
        var facts = context.Facts;
        var (content, mentioned, numbers, customersNumbers, quoted) = (0, 0, 0, 0, 0);
        for (var i = first; i <= last; i++)
        {
            var isContent = facts.IsContent(Words[i]);
            content += isContent ? 1 : 0;
            mentioned += isContent && facts.Mentions(Words[i]) ? 1 : 0;
            numbers += Words[i].Kind == WordKind.Number ? 1 : 0;
            customersNumbers += Words[i].Kind == WordKind.Number && facts.Mentions(Words[i]) ? 1 : 0;
            quoted += Words[i].IsQuoted ? 1 : 0;
        }

        marks.Add(Math.Log(1 + last - first) / 4);
        marks.Add(Enumerable.Range(Words[first].Sentence, Words[last].Sentence - Words[first].Sentence + 1).Any(s => reading.AsksQuestion[s]));
        marks.Add(reading.Text.AsSpan(Words[first].Start, EndOf(last) - Words[first].Start).Contains('!'));
        marks.Add((double)quoted / (last - first + 1));
        marks.Add(first == 0);
        marks.Add(last == Words.Count - 1);
        marks.Add(reading.SentenceCount == 1);
        marks.Add(numbers > 0);
        marks.Add(context.Kind == DraftKind.Farewell);
        marks.Add(facts.Known);
        marks.Add((double)mentioned / Math.Max(1, content));
        marks.Add(mentioned > 0);
        marks.Add(_mentionsCustomer);
        marks.Add(Math.Log(1 + content) / 4);
        marks.Add(customersNumbers > 0);
        var asked = Enumerable.Range(0, context.Rules.Set.Asked.Count).Where(a => matches.Asked(a).Exists(m => m.First >= first && m.Last <= last)).ToArray();
        marks.Add(asked.Any(a => facts.ValueOf(context.Rules.Set.Asked[a].Kind) is not null));
        marks.Add(asked.Any(a => facts.ValueOf(context.Rules.Set.Asked[a].Kind) is null));
        marks.Add(facts.HasTried);
        marks.Add(facts.Doubts);
        marks.Add(hasSlip);
    }
}
