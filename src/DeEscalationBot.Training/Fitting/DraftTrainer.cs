using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Coaching.DraftReview;
using DeEscalationBot.Core.Scoring.Text;
using DeEscalationBot.Plugin.Scoring.MlNet;
using DeEscalationBot.Plugin.Scoring.MlNet.Drafts;
using DeEscalationBot.Training.Data;
using DeEscalationBot.Training.Evaluation;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DeEscalationBot.Training.Fitting;

/// <summary>A fitted model of drafts: what is saved, what stands beside it, and how it did on drafts of writers whom it had not read.</summary>
/// <param name="Archive">The bytes of the archive.</param>
/// <param name="Metadata">What stands beside it.</param>
/// <param name="CrossValidated">By language, the drafts as judged by models that had read the other writers only.</param>
public sealed record FittedDrafts(byte[] Archive, ModelMetadata Metadata, IReadOnlyDictionary<string, IReadOnlyList<JudgedDraft>> CrossValidated);

/// <summary>Fits the judge of drafts: heads over n-grams, then final heads over their logits and what the rules see, then calibration and thresholds.</summary>
/// <remarks>
/// The final heads, the calibration and the thresholds are fitted on logits of drafts whose writer the n-gram heads had not read: a fold is
/// a writer, because a writer's drafts are told by his turns of phrase, and a desk's agents are strangers. The rules were written without these drafts in
/// sight, so that what they find in them tells how far to trust them.
/// </remarks>
/// <param name="reviewer">The rules, without a judge.</param>
/// <param name="examples">By language, the playbook's example sentences: further lines for the n-gram heads.</param>
/// <param name="notes">The rules that only hint: a good draft may carry them.</param>
/// <param name="seed">Makes the fit repeatable.</param>
/// <param name="progress">Hears what is being done, from more than one thread.</param>
/// <param name="translate">Whether each language also learns from the other's drafts, machine-translated; needs <see cref="Translator"/>'s program.</param>
public sealed class DraftTrainer(
    DraftReviewer reviewer, IReadOnlyDictionary<string, DraftExampleSet> examples, IReadOnlySet<string> notes, int seed, Action<string> progress, bool translate = false)
{
    // A rule that has fewer drafts than this in a language cannot be learnt from words: what the rules see decides alone.
    private const int LeastPositives = 8;

    // What an example sentence of another rule counts as a counterexample: many a sentence breaks two rules.
    private const float ExampleOfAnotherRule = 0.25f;

    // What a clause counts beside its sentence, and a machine-translated passage beside one in its own language.
    private const float Clause = 0.5f;
    private const float Translated = 0.3f;

    // The last head's chance is taken as it is: whether a draft is sound or faulty has bounds of its own.
    private const double Even = 0.5;

    // Outweighs the logit of a head that learnt nothing.
    private const double SurelyFaulty = 30;

    private static readonly Regularization NgramHead = new(L1: 0.02f, L2: 0.1f, Iterations: 60);
    private static readonly Regularization FinalHead = new(L1: 0, L2: 2, Iterations: 80);

    private readonly DraftReviewer _reviewer = reviewer;
    private readonly IReadOnlyDictionary<string, DraftExampleSet> _examples = examples;
    private readonly IReadOnlySet<string> _notes = notes;
    private readonly Action<string> _progress = progress;
    private readonly bool _translate = translate;

    /// <summary>Fits a model of both languages, each on a thread of its own.</summary>
    /// <param name="lines">Drafts of at least two writers a language.</param>
    /// <exception cref="InvalidDataException">A language has drafts of fewer writers.</exception>
    public FittedDrafts Fit(IReadOnlyList<DraftLine> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        var fitted = new FittedLanguage[ModelHeads.Languages.Count];
        Parallel.For(0, fitted.Length, i =>
        {
            var code = ModelHeads.Languages[i];
            var language = code == "es" ? MessageLanguage.Spanish : MessageLanguage.English;
            fitted[i] = new LanguageFit(this, code, language, new LinearTrainer(new MLContext(seed), ModelLayout.Drafts)).Fit([.. lines.Where(l => l.Language == language)], [.. lines.Where(l => l.Language != language)]);
        });
        var archive = ModelArchive.Save(
            new MLContext(seed), ModelLayout.Drafts, [.. fitted.SelectMany(f => f.Heads)], ModelHeads.Languages.Zip(fitted).ToDictionary(p => p.First, p => p.Second.Scale, StringComparer.Ordinal));
        var metadata = new ModelMetadata
        {
            FeatureVersion = DraftHeads.CurrentFeatureVersion,
            ArchiveSha256 = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(archive)),
            Seed = seed,
            Lines = new SortedDictionary<string, int>(lines.GroupBy(l => $"{l.Writer} ({l.Language.Code()})").ToDictionary(g => g.Key, g => g.Count()), StringComparer.Ordinal),
            Languages = ModelHeads.Languages.Zip(fitted).ToDictionary(p => p.First, p => p.Second.Calibration, StringComparer.Ordinal),
            HeldOut = ModelHeads.Languages.Zip(fitted).ToDictionary(p => p.First, p => JudgedDraft.Measure(p.Second.Judged, _notes), StringComparer.Ordinal),
        };
        return new FittedDrafts(archive, metadata, ModelHeads.Languages.Zip(fitted).ToDictionary(p => p.First, p => p.Second.Judged, StringComparer.Ordinal));
    }

    private sealed record FittedLanguage(BucketScale Scale, IReadOnlyList<TrainedHead> Heads, LanguageCalibration Calibration, IReadOnlyList<JudgedDraft> Judged);

    /// <summary>A text that heads over n-grams learn from.</summary>
    /// <param name="Fold">The writer that it is of, or nothing when it is of none that is asked about.</param>
    /// <param name="Ngrams">Its n-grams.</param>
    /// <param name="Marks">By head, what it says of it; heads that are not named learn nothing from it.</param>
    private sealed record Text(int? Fold, VBuffer<float> Ngrams, IReadOnlyDictionary<int, Mark> Marks);

    /// <summary>A draft with what the rules see in it.</summary>
    /// <param name="Line">The draft.</param>
    /// <param name="Fold">Its writer.</param>
    /// <param name="Evidence">What a judge weighs.</param>
    /// <param name="Findings">The rules that the review finds without a judge: by phrases, code and examples.</param>
    private sealed record Prepared(DraftLine Line, int Fold, DraftEvidence Evidence, IReadOnlySet<string> Findings)
    {
        /// <summary>For each sentence, the rules that it breaks.</summary>
        public IReadOnlyList<HashSet<string>> Sentences { get; } = [.. Evidence.Sentences.Select(s => RulesIn(Line, Evidence.Reading, s.First, s.Last))];

        /// <summary>The rules that phrases and code find.</summary>
        public IReadOnlySet<string> ByPhrases { get; } = JudgedRules.All.Where((_, r) => Evidence.Whole.Marks[r] > 0).ToHashSet(StringComparer.Ordinal);

        /// <summary>The rules that only examples find.</summary>
        public IReadOnlySet<string> ByExamples => Findings.Except(ByPhrases, StringComparer.Ordinal).ToHashSet(StringComparer.Ordinal);

        /// <summary>What heads that had not read its writer make of each sentence, and of the draft behind them.</summary>
        public float[][] Stacks { get; set; } = [];

        public static HashSet<string> RulesIn(DraftLine line, MessageReading reading, int first, int last) =>
            line.Passages.Where(p => p.Start < reading.Words[last].End && reading.Words[first].Start < p.End).SelectMany(p => p.Rules).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The fit of one language.</summary>
    private sealed class LanguageFit(DraftTrainer owner, string code, MessageLanguage language, LinearTrainer trainer)
    {
        private static readonly int Passages = JudgedRules.OfPassages.Length;
        private static readonly int Rules = DraftHeads.Rules.Count;

        private BucketScale _scale = null!;

        public FittedLanguage Fit(DraftLine[] lines, DraftLine[] foreign)
        {
            var writers = lines.Select(l => l.Writer).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
            if (writers.Length < 2)
            {
                throw new InvalidDataException($"Drafts of {writers.Length} writers in '{code}' are too few: two are needed, so that one can be asked about what the other taught.");
            }

            owner._progress($"{code}: reading {lines.Length} drafts of {writers.Length} writers");
            Prepared[] drafts = [.. lines.Select(l => new Prepared(l, Array.IndexOf(writers, l.Writer), owner._reviewer.Read(l.Request), owner._reviewer.Review(l.Request).Findings.Select(f => f.Rule).ToHashSet(StringComparer.Ordinal)))];
            var others = OtherTexts().ToArray();
            _scale = BucketScale.Of(lines.Select(l => l.Text).Concat(others.Select(o => o.Text)).Select(t => NgramHasher.Of(MessageReading.Of(t))));
            Text[] texts = [.. drafts.SelectMany(TextsOf), .. others.Select(o => new Text(null, NgramsOf(o.Text), o.Marks)), .. owner._translate ? TranslatedTexts(foreign) : []];
            for (var fold = 0; fold < writers.Length; fold++)
            {
                owner._progress($"{code}: n-grams without {writers[fold]}");
                var weights = new NgramWeights([.. FitNgrams([.. texts.Where(t => t.Fold != fold)]).Select(h => h.Weights)], _scale);
                foreach (var draft in drafts.Where(d => d.Fold == fold))
                {
                    draft.Stacks = DraftInputs.Of(weights, draft.Evidence);
                }
            }

            owner._progress($"{code}: n-grams of all writers");
            var ngramHeads = FitNgrams(texts);
            owner._progress($"{code}: final heads");
            var (finalHeads, calibration, judged) = FitFinal(drafts, writers.Length);
            return new FittedLanguage(_scale, [.. ngramHeads, .. finalHeads], calibration, judged);
        }

        private VBuffer<float> NgramsOf(string text) => _scale.Vector(NgramHasher.Of(MessageReading.Of(text)));

        // The sentences and clauses of a draft for the rules of passages, and the draft as a whole for the others.
        private IEnumerable<Text> TextsOf(Prepared draft)
        {
            var reading = draft.Evidence.Reading;
            foreach (var sentence in draft.Evidence.Sentences)
            {
                yield return new Text(draft.Fold, NgramsOf(DraftInputs.TextOf(reading, sentence.First, sentence.Last)), MarksOf(draft.Line, Prepared.RulesIn(draft.Line, reading, sentence.First, sentence.Last), 1));
                foreach (var (first, last, text) in DraftInputs.ClausesOf(reading, sentence.First, sentence.Last))
                {
                    yield return new Text(draft.Fold, NgramsOf(text), MarksOf(draft.Line, Prepared.RulesIn(draft.Line, reading, first, last), Clause));
                }
            }

            yield return new Text(draft.Fold, NgramsOf(draft.Line.Text), MarksOfWhole(draft.Line, 1));
        }

        private static Dictionary<int, Mark> MarksOf(DraftLine line, HashSet<string> broken, float weight)
        {
            var marks = Enumerable.Range(0, Passages).Where(r => JudgedRules.AppliesTo(JudgedRules.OfPassages[r], line.Kind))
                .ToDictionary(r => r, r => new Mark(broken.Contains(JudgedRules.OfPassages[r]), weight));
            marks[Passages] = new Mark(broken.Count > 0, weight);
            return marks;
        }

        private static Dictionary<int, Mark> MarksOfWhole(DraftLine line, float weight) =>
            Enumerable.Range(0, JudgedRules.OfWholeDrafts.Length).Where(r => JudgedRules.AppliesTo(JudgedRules.OfWholeDrafts[r], line.Kind))
                .ToDictionary(r => Passages + 1 + r, r => new Mark(line.Whole.Contains(JudgedRules.OfWholeDrafts[r]), weight));

        // The playbook's examples, and what the review itself puts into drafts: none of that may be found.
        private IEnumerable<(string Text, IReadOnlyDictionary<int, Mark> Marks)> OtherTexts()
        {
            var heads = Enumerable.Range(0, Passages + 1).ToArray();
            var harmless = heads.ToDictionary(r => r, _ => new Mark(false, 1));
            var set = owner._examples[code];
            foreach (var (rule, text) in set.Rules.OrderBy(r => r.Key, StringComparer.Ordinal).Where(r => JudgedRules.OfPassages.Contains(r.Key)))
            {
                var own = JudgedRules.OfPassages.IndexOf(rule);
                var marks = heads.ToDictionary(r => r, r => r == own || r == Passages ? new Mark(true, 1) : new Mark(false, ExampleOfAnotherRule));
                foreach (var line in Lines(text))
                {
                    yield return (line, marks);
                }
            }

            foreach (var line in Lines(set.Harmless).Concat(owner._reviewer.OwnSentences(language)))
            {
                yield return (line, harmless);
            }
        }

        private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

        // Sentence by sentence, because a translation keeps no marks.
        private Text[] TranslatedTexts(DraftLine[] foreign)
        {
            owner._progress($"{code}: translating the other language's drafts");
            var pieces = new List<(string Text, Dictionary<int, Mark> Marks)>();
            foreach (var line in foreign)
            {
                var reading = MessageReading.Of(line.Text);
                for (var s = 0; s < reading.SentenceCount; s++)
                {
                    var (first, end) = reading.WordsOfSentence(s);
                    if (end > first)
                    {
                        pieces.Add((DraftInputs.TextOf(reading, first, end - 1), MarksOf(line, Prepared.RulesIn(line, reading, first, end - 1), Translated)));
                    }
                }

                pieces.Add((line.Text.ReplaceLineEndings(" "), MarksOfWhole(line, Translated)));
            }

            return [.. pieces.Zip(Translator.Translate([.. pieces.Select(p => p.Text)], language)).Where(p => p.Second is not null).Select(p => new Text(null, NgramsOf(p.Second!), p.First.Marks))];
        }

        private TrainedHead[] FitNgrams(Text[] texts) =>
        [
            .. Enumerable.Range(0, DraftHeads.Ngram.Count).Select(head =>
            {
                ModelRow[] rows = [.. texts.Where(t => t.Marks.ContainsKey(head)).Select(t => new ModelRow { Ngrams = t.Ngrams, Label = t.Marks[head].Label, Weight = t.Marks[head].Weight })];
                return rows.Count(r => r.Label) >= LeastPositives ? trainer.FitNgrams(rows, NgramHead) : trainer.Silent(ModelRow.NgramColumn, rows);
            }),
        ];

        private (TrainedHead[] Heads, LanguageCalibration Calibration, IReadOnlyList<JudgedDraft> Judged) FitFinal(Prepared[] drafts, int folds)
        {
            var heads = new TrainedHead[Rules + 1];
            var scales = new PlattScale[Rules + 1];
            var chances = drafts.Select(_ => new double[Rules + 1]).ToArray();
            for (var rule = 0; rule <= Rules; rule++)
            {
                var rows = drafts.SelectMany((d, i) => RowsOf(d, rule).Select(r => (Draft: i, d.Fold, Row: r))).ToArray();
                if (rows.Count(r => r.Row.Label) < LeastPositives)
                {
                    heads[rule] = trainer.Silent(ModelRow.StackColumn, [.. rows.Select(r => r.Row)]);
                    scales[rule] = new PlattScale(1, rule == Rules ? SurelyFaulty : 0);
                    if (rule == Rules)
                    {
                        // Who has seen hardly any faulty draft calls none sound: then nothing is taken back.
                        Array.ForEach(chances, c => c[Rules] = 1);
                    }

                    continue;
                }

                LinearHead[] unseen = [.. Enumerable.Range(0, folds).Select(fold => trainer.FitStack([.. rows.Where(r => r.Fold != fold).Select(r => r.Row)], FinalHead).Weights)];
                heads[rule] = trainer.FitStack([.. rows.Select(r => r.Row)], FinalHead);
                var logits = rows.Select(r => ((double)unseen[r.Fold].Logit(r.Row.Stack), r.Row.Label)).ToArray();
                scales[rule] = PlattFit.Of(logits);
                for (var i = 0; i < rows.Length; i++)
                {
                    // A draft breaks a rule when one of its sentences does.
                    var chance = scales[rule].Apply(logits[i].Item1);
                    chances[rows[i].Draft][rule] = Math.Max(chances[rows[i].Draft][rule], chance);
                }
            }

            var samples = drafts.Select((d, i) => new DraftThresholds.Sample(d.Line, chances[i][..Rules], chances[i][Rules], d.ByPhrases, d.ByExamples)).ToArray();
            owner._progress($"{code}: mean average precision of rules over unread writers {DraftThresholds.MeanAveragePrecision(samples):0.000}");
            var thresholds = DraftThresholds.Best(samples, owner._notes);
            return (heads, new LanguageCalibration { Scales = scales, Thresholds = [.. thresholds, Even] }, [.. samples.Select(s => DraftThresholds.Judge(s, thresholds))]);
        }

        private IEnumerable<ModelRow> RowsOf(Prepared draft, int rule)
        {
            if (rule == Rules)
            {
                return [new ModelRow { Stack = draft.Stacks[^1], Label = !draft.Line.Rules.All(owner._notes.Contains) }];
            }

            if (!JudgedRules.AppliesTo(DraftHeads.Rules[rule], draft.Line.Kind))
            {
                return [];
            }

            return rule < Passages
                ? draft.Sentences.Select((broken, s) => new ModelRow { Stack = draft.Stacks[s], Label = broken.Contains(DraftHeads.Rules[rule]) })
                : [new ModelRow { Stack = draft.Stacks[^1], Label = draft.Line.Whole.Contains(DraftHeads.Rules[rule]) }];
        }
    }
}
