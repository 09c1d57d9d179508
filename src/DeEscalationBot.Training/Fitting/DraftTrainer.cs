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
    private static readonly float Clause = Env("CLAUSE", 0.5f);
    private static readonly float Translated = Env("TRANSLATED", 0.3f);
    private static readonly float Example = Env("EXAMPLE", 1f);

    private static readonly Regularization NgramHead = new(L1: Env("L1", 0.02f), L2: Env("L2", 0.1f), Iterations: 60);
    private static readonly Regularization FinalHead = new(L1: Env("FL1", 0), L2: Env("FL2", 2), Iterations: 80);

    private readonly DraftReviewer _reviewer = reviewer;
    private readonly IReadOnlyDictionary<string, DraftExampleSet> _examples = examples;
    private readonly IReadOnlySet<string> _notes = notes;
    private readonly Action<string> _progress = progress;
    private readonly bool _translate = translate;

    internal static float Env(string name, float usual) => Environment.GetEnvironmentVariable("X_" + name) is { } v ? float.Parse(v, System.Globalization.CultureInfo.InvariantCulture) : usual;

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
    private sealed record Prepared(DraftLine Line, int Fold, DraftEvidence Evidence)
    {
        /// <summary>For each sentence, the rules that it breaks.</summary>
        public IReadOnlyList<HashSet<string>> Sentences { get; } = [.. Evidence.Sentences.Select(s => RulesIn(Line, Evidence.Reading, s.First, s.Last))];

        /// <summary>What heads that had not read its writer make of each sentence, and of the draft behind them.</summary>
        public float[][] Stacks { get; set; } = [];

        public static HashSet<string> RulesIn(DraftLine line, MessageReading reading, int first, int last) =>
            line.Passages.Where(p => p.Start < reading.Words[last].End && reading.Words[first].Start < p.End).SelectMany(p => p.Rules).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The fit of one language.</summary>
    private sealed class LanguageFit(DraftTrainer owner, string code, MessageLanguage language, LinearTrainer trainer)
    {
        private static readonly int Passages = JudgedRules.OfPassages.Length;
        private static readonly int Rules = DraftHeads.Final.Count;

        private BucketScale _scale = null!;

        public FittedLanguage Fit(DraftLine[] lines, DraftLine[] foreign)
        {
            var writers = lines.Select(l => l.Writer).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
            if (writers.Length < 2)
            {
                throw new InvalidDataException($"Drafts of {writers.Length} writers in '{code}' are too few: two are needed, so that one can be asked about what the other taught.");
            }

            owner._progress($"{code}: reading {lines.Length} drafts of {writers.Length} writers");
            Prepared[] drafts = [.. lines.Select(l => new Prepared(l, Array.IndexOf(writers, l.Writer), owner._reviewer.Read(l.Request)))];
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
                yield return Passage(draft, sentence.First, sentence.Last, DraftInputs.TextOf(reading, sentence.First, sentence.Last), 1);
                foreach (var (first, last, text) in DraftInputs.ClausesOf(reading, sentence.First, sentence.Last))
                {
                    yield return Passage(draft, first, last, text, Clause);
                }
            }

            yield return new Text(
                draft.Fold,
                NgramsOf(draft.Line.Text),
                Enumerable.Range(0, JudgedRules.OfWholeDrafts.Length).Where(r => JudgedRules.AppliesTo(JudgedRules.OfWholeDrafts[r], draft.Line.Kind))
                    .ToDictionary(r => Passages + 1 + r, r => new Mark(draft.Line.Whole.Contains(JudgedRules.OfWholeDrafts[r]), 1)));
        }

        private Text Passage(Prepared draft, int first, int last, string text, float weight)
        {
            var broken = Prepared.RulesIn(draft.Line, draft.Evidence.Reading, first, last);
            var marks = Enumerable.Range(0, Passages).Where(r => JudgedRules.AppliesTo(JudgedRules.OfPassages[r], draft.Line.Kind))
                .ToDictionary(r => r, r => new Mark(broken.Contains(JudgedRules.OfPassages[r]), weight));
            marks[Passages] = new Mark(broken.Count > 0, weight);
            return new Text(draft.Fold, NgramsOf(text), marks);
        }

        // The playbook's examples, and what the review itself puts into drafts: none of that may be found.
        private IEnumerable<(string Text, IReadOnlyDictionary<int, Mark> Marks)> OtherTexts()
        {
            var set = owner._examples[code];
            foreach (var (rule, text) in set.Rules.OrderBy(r => r.Key, StringComparer.Ordinal))
            {
                var own = JudgedRules.OfPassages.IndexOf(rule);
                var marks = Enumerable.Range(0, Passages + 1).ToDictionary(r => r, r => r == own || r == Passages ? new Mark(true, Example) : new Mark(false, ExampleOfAnotherRule * Example));
                foreach (var line in Lines(text).Where(_ => own >= 0 && Example > 0))
                {
                    yield return (line, marks);
                }
            }

            var none = Enumerable.Range(0, Passages + 1).ToDictionary(r => r, _ => new Mark(false, Math.Max(0.01f, Example)));
            foreach (var line in Lines(set.Harmless).Where(_ => Example > 0))
            {
                yield return (line, none);
            }
            var clean = Enumerable.Range(0, Passages + 1).ToDictionary(r => r, _ => new Mark(false, 1));
            foreach (var line in owner._reviewer.OwnSentences(language))
            {
                yield return (line, clean);
            }
        }

        private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

        // Passages one by one, because a translation does not keep marks; the harmless rest by sentences.
        private Text[] TranslatedTexts(DraftLine[] foreign)
        {
            owner._progress($"{code}: translating the other language's drafts");
            var pieces = new List<(string Text, IReadOnlyDictionary<int, Mark> Marks)>();
            foreach (var line in foreign)
            {
                var reading = MessageReading.Of(line.Text);
                for (var s = 0; s < reading.SentenceCount; s++)
                {
                    var (first, end) = reading.WordsOfSentence(s);
                    if (end > first)
                    {
                        var broken = Prepared.RulesIn(line, reading, first, end - 1);
                        var marks = Enumerable.Range(0, Passages).Where(r => JudgedRules.AppliesTo(JudgedRules.OfPassages[r], line.Kind))
                            .ToDictionary(r => r, r => new Mark(broken.Contains(JudgedRules.OfPassages[r]), Translated));
                        marks[Passages] = new Mark(broken.Count > 0, Translated);
                        pieces.Add((DraftInputs.TextOf(reading, first, end - 1), marks));
                    }
                }

                pieces.Add((line.Text.ReplaceLineEndings(" "), Enumerable.Range(0, JudgedRules.OfWholeDrafts.Length).Where(r => JudgedRules.AppliesTo(JudgedRules.OfWholeDrafts[r], line.Kind))
                    .ToDictionary(r => Passages + 1 + r, r => new Mark(line.Whole.Contains(JudgedRules.OfWholeDrafts[r]), Translated))));
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
            if (Env("EXP", 0) > 0)
            {
                Experiments(drafts, folds);
            }

            var heads = new TrainedHead[Rules];
            var scales = new PlattScale[Rules];
            var chances = drafts.Select(_ => new double[Rules]).ToArray();
            for (var rule = 0; rule < Rules; rule++)
            {
                var rows = drafts.SelectMany((d, i) => RowsOf(d, rule).Select(r => (Draft: i, d.Fold, Row: r))).ToArray();
                if (rows.Count(r => r.Row.Label) < LeastPositives)
                {
                    heads[rule] = trainer.Silent(ModelRow.StackColumn, [.. rows.Select(r => r.Row)]);
                    scales[rule] = new PlattScale(1, 0);
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

            var samples = drafts.Select((d, i) => new DraftThresholds.Sample(d.Line, chances[i], FoundByRules(d))).ToArray();
            owner._progress($"{code}: mean average precision of rules over unread writers {DraftThresholds.MeanAveragePrecision(samples):0.000}");
            var thresholds = DraftThresholds.Best(samples, owner._notes);
            return (heads, new LanguageCalibration { Scales = scales, Thresholds = thresholds }, [.. samples.Select(s => DraftThresholds.Judge(s, thresholds))]);
        }

        private void Experiments(Prepared[] drafts, int folds)
        {
            var names = DraftInputs.Names;
            (string Name, Regularization Reg, Func<string, bool> Keep)[] all =
            [
                ("FL2=2", new(0, 2, 80), _ => true),
                ("FL2=4", new(0, 4, 80), _ => true),
                ("FL2=8", new(0, 8, 80), _ => true),
                ("1 no roles", new(0, 1, 80), n => !n.StartsWith("role", StringComparison.Ordinal)),
                ("1 no like", new(0, 1, 80), n => !n.StartsWith("like:", StringComparison.Ordinal)),
                ("1 no neighbours", new(0, 1, 80), n => !n.StartsWith("before", StringComparison.Ordinal) && !n.StartsWith("behind", StringComparison.Ordinal)),
                ("L1=1 FL2=1", new(1, 1, 80), _ => true),
            ];
            foreach (var (name, reg, keep) in all)
            {
                var mask = names.Select(keep).ToArray();
                var chances = drafts.Select(_ => new double[Rules]).ToArray();
                for (var rule = 0; rule < Rules; rule++)
                {
                    var rows = drafts.SelectMany((d, i) => RowsOf(d, rule).Select(r => (Draft: i, d.Fold, Row: new ModelRow { Label = r.Label, Stack = [.. r.Stack.Select((v, k) => mask[k] ? v : 0)] }))).ToArray();
                    LinearHead[] unseen = [.. Enumerable.Range(0, folds).Select(fold => trainer.FitStack([.. rows.Where(r => r.Fold != fold).Select(r => r.Row)], reg).Weights)];
                    foreach (var r in rows)
                    {
                        chances[r.Draft][rule] = Math.Max(chances[r.Draft][rule], 1 / (1 + Math.Exp(-unseen[r.Fold].Logit(r.Row.Stack))));
                    }
                }

                owner._progress($"{code}: EXP {name}: {DraftThresholds.MeanAveragePrecision([.. drafts.Select((d, i) => new DraftThresholds.Sample(d.Line, chances[i], new HashSet<string>()))]):0.0000}");
            }
        }

        private static IEnumerable<ModelRow> RowsOf(Prepared draft, int rule)
        {
            if (!JudgedRules.AppliesTo(DraftHeads.Final[rule], draft.Line.Kind))
            {
                return [];
            }

            return rule < Passages
                ? draft.Sentences.Select((broken, s) => new ModelRow { Stack = draft.Stacks[s], Label = broken.Contains(DraftHeads.Final[rule]) })
                : [new ModelRow { Stack = draft.Stacks[^1], Label = draft.Line.Whole.Contains(DraftHeads.Final[rule]) }];
        }

        private static HashSet<string> FoundByRules(Prepared draft) =>
            JudgedRules.All.Where((_, r) => draft.Evidence.Whole.Marks[r] > 0).ToHashSet(StringComparer.Ordinal);
    }
}
