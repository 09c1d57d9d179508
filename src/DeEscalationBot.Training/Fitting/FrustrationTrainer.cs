using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Scoring;
using DeEscalationBot.Core.Scoring.Text;
using DeEscalationBot.Plugin.Scoring.MlNet;
using DeEscalationBot.Training.Data;
using DeEscalationBot.Training.Evaluation;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DeEscalationBot.Training.Fitting;

/// <summary>A fitted model: what is saved, what stands beside it, and how it did on lines that it had not seen.</summary>
/// <param name="Archive">The bytes of the archive.</param>
/// <param name="Metadata">What stands beside it.</param>
/// <param name="CrossValidated">By language, our fresh lines as judged by models that had not seen their industries.</param>
public sealed record FittedModel(byte[] Archive, ModelMetadata Metadata, IReadOnlyDictionary<string, JudgedLines> CrossValidated);

/// <summary>Fits the model: heads over n-grams, then final heads (weighted sums, and trees for the levels) over their logits, the rules' findings, tone and cues, then calibration and thresholds.</summary>
/// <remarks>
/// The final heads, the calibration and the thresholds are fitted on logits of lines that the n-gram heads had not seen: our lines are
/// cut into folds by industry, so that a fold never knows the scenarios, nor even the business, that it is asked about. And only on
/// lines that the writers of the rules had not seen either: in the others the rules find more than they find in a stranger's words.
/// Final heads of which public sets know something learn from those, too, for talk that is not to a desk (<see cref="FinalInputs"/>);
/// calibration and thresholds are of our lines alone.
/// </remarks>
/// <param name="detector">The rules.</param>
/// <param name="seed">Makes the fit repeatable.</param>
/// <param name="progress">Hears what is being done, from more than one thread.</param>
/// <param name="translate">Whether each language also learns from the other's lines, machine-translated; needs <see cref="Translator"/>'s program.</param>
public sealed class FrustrationTrainer(SignalDetector detector, int seed, Action<string> progress, bool translate = false)
{
    /// <summary>What public lines that are all as sure as ours would count in a final head, together, beside all of ours; less by how unsure they are.</summary>
    public const float PublicInFinal = 0.8f;

    /// <summary>What they count in the trees for talk to a desk, which are asked about such talk only.</summary>
    public const float PublicAtDesk = 0.1f;

    private const int Folds = 4;

    // Index of "at least frustrated" among the level heads.
    private const int FrustratedTarget = 1;

    // A signal that has fewer lines than this in a language cannot be learnt from words: its rules decide alone.
    private const int LeastPositives = 8;

    // What a machine-translated line counts beside the same line in its own language.
    private const float TranslatedOurs = 0.3f;
    private const float TranslatedPublic = 0.7f;

    // How many of them are enough.
    private const int MostPublicRows = 20_000;

    private static readonly Regularization LevelHead = new(L1: 0.02f, L2: 0.2f);
    private static readonly Regularization SignalHead = new(L1: 0.02f, L2: 0.1f, Iterations: 60);
    private static readonly Regularization PublicHead = new(L1: 0.1f, L2: 0.2f);
    private static readonly Regularization FinalSum = new(L1: 0, L2: 1, Iterations: 80);

    /// <summary>Fits a model of both languages, each on a thread of its own.</summary>
    /// <param name="corpus">Our lines; some of them fresh.</param>
    /// <param name="weak">Lines of public sets; not looked at for what <paramref name="lent"/> brings.</param>
    /// <param name="lent">What public sets taught an earlier model, for those who do not have the sets; nothing to learn it anew.</param>
    /// <exception cref="InvalidDataException">A language has no fresh lines.</exception>
    public FittedModel Fit(IReadOnlyList<CorpusLine> corpus, IReadOnlyList<WeakLine> weak, IReadOnlyDictionary<string, LentHeads>? lent = null)
    {
        ArgumentNullException.ThrowIfNull(corpus);
        ArgumentNullException.ThrowIfNull(weak);
        var fitted = new FittedLanguage[ModelHeads.Languages.Count];
        Parallel.For(0, fitted.Length, i =>
        {
            var code = ModelHeads.Languages[i];
            var language = code == "es" ? MessageLanguage.Spanish : MessageLanguage.English;
            var foreign = translate ? Translated(corpus, weak, language) : ([], []);
            fitted[i] = new LanguageFit(code, language, detector, new LinearTrainer(new MLContext(seed), ModelLayout.Frustration), new TreeTrainer(new MLContext(seed), FinalInputs.MessageSize, seed), progress)
                .Fit([.. corpus.Concat(LinesWithBesides.Of(corpus)).Where(l => l.Language == language)], [.. weak.Where(l => l.Language == language)], foreign, lent?[code]);
        });
        var archive = ModelArchive.Save(
            new MLContext(seed), ModelLayout.Frustration, [.. fitted.SelectMany(f => f.Heads)], ModelHeads.Languages.Zip(fitted).ToDictionary(p => p.First, p => p.Second.Scale, StringComparer.Ordinal),
            ModelHeads.Languages.Zip(fitted).ToDictionary(p => p.First, p => p.Second.Trees, StringComparer.Ordinal));
        var metadata = new ModelMetadata
        {
            FeatureVersion = ModelMetadata.CurrentFeatureVersion,
            ArchiveSha256 = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(archive)),
            Seed = seed,
            Lines = new SortedDictionary<string, int>(
                weak.GroupBy(l => $"{l.Set} ({l.Language.Code()})").Concat<IGrouping<string, object>>(corpus.GroupBy(l => $"our corpus ({l.Language.Code()})")).ToDictionary(g => g.Key, g => g.Count()),
                StringComparer.Ordinal),
            Languages = ModelHeads.Languages.Zip(fitted).ToDictionary(p => p.First, p => p.Second.Calibration, StringComparer.Ordinal),
        };
        return new FittedModel(archive, metadata, ModelHeads.Languages.Zip(fitted).ToDictionary(p => p.First, p => p.Second.Judged, StringComparer.Ordinal));
    }

    /// <summary>The other language's lines in this one; public ones only where they carry an emotion, which is what this language lacks.</summary>
    private (CorpusLine[] Ours, WeakLine[] Weak) Translated(IReadOnlyList<CorpusLine> corpus, IReadOnlyList<WeakLine> weak, MessageLanguage into)
    {
        progress($"{into.Code()}: translating the other language's lines");
        var ours = corpus.Where(l => l.Language != into).ToArray();
        var emotions = weak.Where(l => l.Language != into && l.Levels is null && l.Text.Contains(' ', StringComparison.Ordinal)).ToArray();
        var texts = Translator.Translate([.. ours.Select(l => l.Text), .. emotions.Select(l => l.Text)], into);
        Mark? Less(Mark? mark) => mark is { } m ? m with { Weight = m.Weight * TranslatedPublic } : null;
        return (
            [.. ours.Zip(texts).Where(p => p.Second is not null).Select(p => p.First with { Language = into, Text = p.Second! })],
            [
                .. emotions.Zip(texts.Skip(ours.Length)).Where(p => p.Second is not null).Select(p => p.First with
                {
                    Language = into, Text = p.Second!, Anger = Less(p.First.Anger), Insult = Less(p.First.Insult), Pleased = Less(p.First.Pleased),

                    // A translated line sounds foreign because it is one.
                    Elsewhere = null,
                }),
            ]);
    }

    private sealed record PublicRow(WeakLine Line, VBuffer<float> Ngrams)
    {
        public int Fold { get; } = FoldOf(Line);
    }

    /// <summary>A line that a final head learns from.</summary>
    private sealed record FinalRow(int Fold, bool IsOurs, ModelRow Row)
    {
        /// <summary>As it counts for a weighted sum. The trees elsewhere speak of strangers; the sum need only hear those who sound like it.</summary>
        public ModelRow ForSum() => IsOurs ? Row : Weighted(MathF.Pow(FinalInputs.ForeignShare(Row.Stack), 2));

        /// <summary>As it counts for trees.</summary>
        public ModelRow ForTrees(float publicShare) => IsOurs ? Row : Weighted(publicShare / PublicInFinal);

        private ModelRow Weighted(float factor) => new() { Stack = Row.Stack, Label = Row.Label, Weight = Row.Weight * factor };
    }

    private sealed record FittedLanguage(BucketScale Scale, IReadOnlyList<TrainedHead> Heads, IReadOnlyList<TreeBlend> Trees, LanguageCalibration Calibration, JudgedLines Judged);

    // By the text: the same words never stand on both sides.
    private static int FoldOf(WeakLine line) => TextHash.Of(line.Text) % Folds;

    /// <summary>A public line that a final head can learn from.</summary>
    private sealed record Stranger(WeakLine Line)
    {
        public int Fold { get; } = FoldOf(Line);

        public bool KnowsFinal => Enumerable.Range(0, ModelHeads.Final.Count).Any(t => Says(t) is not null);

        /// <summary>What heads that had not seen the line make of it.</summary>
        public float[] Stack { get; set; } = [];

        /// <summary>What the line says of a final head. Anger is no measure of more than frustration, and a set's calm lines say nothing of people elsewhere.</summary>
        public Mark? Says(int target) =>
            Line.Elsewhere is not { Label: true } ? null
            : target <= FrustratedTarget ? Line.Anger
            : target < ModelHeads.LevelCount ? null
            : ModelHeads.Signals[target - ModelHeads.LevelCount] == SignalType.Abuse ? Line.Insult
            : Line.Signals.TryGetValue(ModelHeads.Signals[target - ModelHeads.LevelCount], out var mark) ? mark
            : null;
    }

    /// <summary>A line with what its words and the rules make of it.</summary>
    private sealed record Prepared(CorpusLine Line, MessageReading Reading, SignalFindings Findings, VBuffer<float> Ngrams)
    {
        private static readonly string[] Industries =
            ["airline", "banking", "delivery", "games", "health", "hotel", "insurance", "public", "retail", "saas", "telecom", "utilities"];

        /// <summary>What heads that had not seen the line make of it; only fresh lines have it.</summary>
        public float[] Stack { get; set; } = [];

        // A desk's own lines are of no industry that we know: their conversations are spread over the folds.
        public int Fold { get; } = Array.IndexOf(Industries, Line.Industry) is >= 0 and var industry ? industry % Folds : TextHash.Of(Line.Scenario) % Folds;

        /// <summary>What the line says of a level head (0 to 3) or, after those, of a signal; nothing when its labels leave that open.</summary>
        public bool? Says(int target)
        {
            if (target >= ModelHeads.LevelCount)
            {
                return Line.KnowsSignals ? Line.Signals.Contains(ModelHeads.Signals[target - ModelHeads.LevelCount]) : null;
            }

            // "Frustrated" tells of levels 1 and 2 that they are reached, "not frustrated" of levels 2 to 4 that they are not.
            return Line.KnowsLevel ? Line.Level > target
                : Line.IsFrustrated && target <= FrustratedTarget ? true
                : !Line.IsFrustrated && target >= FrustratedTarget ? false
                : null;
        }
    }

    /// <summary>The fit of one language.</summary>
    private sealed class LanguageFit(string code, MessageLanguage language, SignalDetector detector, LinearTrainer trainer, TreeTrainer treeTrainer, Action<string> progress)
    {
        private static readonly int Targets = ModelHeads.Final.Count;

        private BucketScale _scale = null!;

        public FittedLanguage Fit(CorpusLine[] corpus, WeakLine[] weak, (CorpusLine[] Ours, WeakLine[] Weak) foreign, LentHeads? lent)
        {
            if (!corpus.Any(l => l.IsFresh))
            {
                throw new InvalidDataException($"The corpus has no fresh lines for '{code}': nothing tells how far to trust the rules. Add a fresh-*.tsv.");
            }

            progress($"{code}: reading {corpus.Length} lines of ours and {weak.Length} public ones, {foreign.Ours.Length} and {foreign.Weak.Length} translated");
            var desk = weak.Where(l => l.Levels is not null || l.Signals.Count > 0).ToArray();
            _scale = lent?.Scale ?? BucketScale.Of(corpus.Select(l => l.Text).Concat(weak.Where(l => l.Levels is not null).Select(l => l.Text)).Select(t => NgramHasher.Of(MessageReading.Of(t))));
            var lines = corpus.Select(Prepare).ToArray();
            var deskRows = desk.Select(l => (Line: l, Ngrams: NgramsOf(l.Text))).ToArray();
            var foreignOurs = foreign.Ours.Select(Prepare).ToArray();
            var strangers = weak.Where(l => l.Text.Contains(' ', StringComparison.Ordinal)).Select(l => new Stranger(l)).Where(s => s.KnowsFinal).ToArray();
            var publicRows = lent is null ? (PublicRow[])[.. weak.Concat(foreign.Weak).Select(l => new PublicRow(l, NgramsOf(l.Text)))] : [];
            for (var fold = 0; fold < Folds; fold++)
            {
                progress($"{code}: levels, public sets and signals, fold {fold + 1} of {Folds}");
                Prepared[] known = [.. lines.Where(l => l.Fold != fold)];
                var weights = new NgramWeights(
                    [
                        .. InOrder(
                            FitTargets(known, [.. foreignOurs.Where(l => l.Fold != fold)], deskRows),
                            lent?.Heads ?? FitPublicHeads([.. publicRows.Where(r => r.Fold != fold)], known)).Select(h => h.Weights),
                    ],
                    _scale);
                foreach (var line in lines.Where(l => l.Fold == fold && l.Line.IsFresh))
                {
                    FinalInputs.Write(weights, line.Reading, line.Findings, line.Stack = new float[FinalInputs.Count]);
                }

                foreach (var stranger in strangers.Where(l => l.Fold == fold))
                {
                    var reading = MessageReading.Of(stranger.Line.Text);
                    FinalInputs.Write(weights, reading, detector.Detect(reading, language), stranger.Stack = new float[FinalInputs.Count]);
                }
            }

            progress($"{code}: levels, public sets and signals, all folds");
            var ngramHeads = InOrder(FitTargets(lines, foreignOurs, deskRows), lent?.Heads ?? FitPublicHeads(publicRows, lines));
            var (finalHeads, trees, calibration, judged) = FitFinalHeads([.. lines.Where(l => l.Line.IsFresh)], strangers);
            return new FittedLanguage(_scale, [.. ngramHeads, .. finalHeads], trees, calibration, judged);
        }

        private Prepared Prepare(CorpusLine line)
        {
            var reading = MessageReading.Of(line.Text);
            return new Prepared(line, reading, detector.Detect(reading, language), _scale.Vector(NgramHasher.Of(reading)));
        }

        private VBuffer<float> NgramsOf(string text) => _scale.Vector(NgramHasher.Of(MessageReading.Of(text)));

        private static IEnumerable<TrainedHead> InOrder(IReadOnlyList<TrainedHead> targets, IReadOnlyList<TrainedHead> publicHeads) =>
            [.. targets.Take(ModelHeads.LevelCount), .. publicHeads, .. targets.Skip(ModelHeads.LevelCount)];

        private TrainedHead[] FitPublicHeads(PublicRow[] weak, Prepared[] lines)
        {
            Func<WeakLine, Mark?>[] marks = [l => l.Anger, l => l.Insult, l => l.Pleased, l => l.Elsewhere];
            var toADesk = lines.Select(l => Row(l.Ngrams, new Mark(false, 1)));
            return
            [
                .. marks.Select((mark, i) =>
                {
                    ModelRow[] rows =
                    [
                        .. weak.Where(r => mark(r.Line) is not null).Select(r => Row(r.Ngrams, mark(r.Line)!.Value)),
                        .. ModelHeads.Public[i] == ModelHeads.Elsewhere ? toADesk : [],
                    ];
                    return rows.Count(r => r.Label) >= LeastPositives ? trainer.FitNgrams(rows, PublicHead) : trainer.Silent(ModelRow.NgramColumn, rows);
                }),
            ];
        }

        private TrainedHead[] FitTargets(Prepared[] lines, Prepared[] foreign, (WeakLine Line, VBuffer<float> Ngrams)[] desk)
        {
            var heads = new TrainedHead[Targets];
            for (var target = 0; target < Targets; target++)
            {
                var isLevel = target < ModelHeads.LevelCount;
                Mark? MarkOf(WeakLine line) => isLevel ? line.Levels
                    : line.Signals.TryGetValue(ModelHeads.Signals[target - ModelHeads.LevelCount], out var mark) ? mark
                    : null;
                var rows = lines.Where(l => l.Says(target) is not null).Select(l => Row(l.Ngrams, new Mark(l.Says(target)!.Value, l.Line.Weight)))
                    .Concat(foreign.Where(l => l.Says(target) is not null).Select(l => Row(l.Ngrams, new Mark(l.Says(target)!.Value, l.Line.Weight * TranslatedOurs))))
                    .Concat(desk.Where(d => MarkOf(d.Line) is not null).Select(d => Row(d.Ngrams, MarkOf(d.Line)!.Value))).ToArray();
                heads[target] = rows.Count(r => r.Label) >= LeastPositives
                    ? trainer.FitNgrams(rows, isLevel ? LevelHead : SignalHead)
                    : trainer.Silent(ModelRow.NgramColumn, rows);
            }

            return heads;
        }

        private (TrainedHead[] Heads, TreeBlend[] Trees, LanguageCalibration Calibration, JudgedLines Judged) FitFinalHeads(Prepared[] lines, Stranger[] strangers)
        {
            progress($"{code}: final heads");
            var heads = new TrainedHead[Targets];
            var trees = new List<TreeBlend>();
            var scales = new PlattScale[Targets];
            var chances = lines.Select(_ => new double[Targets]).ToArray();
            for (var target = 0; target < Targets; target++)
            {
                FinalRow[] ours =
                [
                    .. lines.Where(l => l.Says(target) is not null)
                        .Select(l => new FinalRow(l.Fold, IsOurs: true, new ModelRow { Stack = l.Stack, Label = l.Says(target)!.Value, Weight = l.Line.Weight })),
                ];
                if (ours.Count(r => r.Row.Label) < LeastPositives)
                {
                    heads[target] = trainer.Silent(ModelRow.StackColumn, [.. ours.Select(r => r.Row)]);
                    scales[target] = new PlattScale(1, 0);
                    continue;
                }

                FinalRow[] rows = [.. ours, .. RowsOf(strangers, target, ours)];
                var unseen = new FinalHead[Folds];
                for (var fold = 0; fold < Folds; fold++)
                {
                    var (known, knownTrees) = FitFinalHead([.. rows.Where(r => r.Fold != fold)], target);
                    unseen[fold] = new FinalHead(known.Weights, knownTrees);
                }

                (heads[target], var all) = FitFinalHead(rows, target);
                if (all is not null)
                {
                    trees.Add(all);
                }

                scales[target] = PlattFit.Of([.. ours.Select(r => ((double)unseen[r.Fold].Logit(r.Row.Stack), r.Row.Label))]);
                for (var i = 0; i < lines.Length; i++)
                {
                    chances[i][target] = scales[target].Apply(unseen[lines[i].Fold].Logit(lines[i].Stack));
                }
            }

            var frustration = PlattFit.Of([.. lines.Select((l, i) => (Line: l, Leaning: ModelChances.Leaning(chances[i]))).Where(l => l.Line.Says(FrustratedTarget) is not null).Select(l => (l.Leaning, l.Line.Says(FrustratedTarget)!.Value))]);
            var samples = lines.Select((l, i) => new ThresholdChoice.Sample(l.Line, chances[i], frustration)).Where(s => s.Line is { KnowsLevel: true, KnowsSignals: true, IsVariant: false }).ToArray();
            var thresholds = ThresholdChoice.Best(samples);
            return (heads, [.. trees], new LanguageCalibration { Scales = scales, Thresholds = thresholds, Frustration = frustration }, ThresholdChoice.Judge(samples, thresholds));
        }

        // The levels are what most is known about; of signals the rules find most, and trees gain little.
        private (TrainedHead Sum, TreeBlend? Trees) FitFinalHead(FinalRow[] rows, int target)
        {
            if (target >= ModelHeads.LevelCount)
            {
                return (trainer.FitStack([.. rows.Select(r => r.Row)], FinalSum), null);
            }

            progress($"{code}: trees of {ModelHeads.Final[target]}");
            var sum = trainer.FitStack([.. rows.Select(r => r.ForSum())], FinalSum);
            BoostedTrees Trees(float publicShare) => treeTrainer.Fit([.. rows.Select(r => r.ForTrees(publicShare))]);
            return (sum, new TreeBlend(Trees(PublicAtDesk), rows.All(r => r.IsOurs) ? null : Trees(PublicInFinal)));
        }

        /// <summary>What public sets say of a final head. In each set that says both yes and no, as large a share says yes as in our lines: how often people are angry elsewhere is no news.</summary>
        private static IEnumerable<FinalRow> RowsOf(Stranger[] strangers, int target, FinalRow[] ours)
        {
            var sets = strangers.Where(s => s.Says(target) is not null).GroupBy(s => s.Line.Set, StringComparer.Ordinal)
                .Where(set => set.Count(s => s.Says(target)!.Value.Label) >= LeastPositives && set.Any(s => !s.Says(target)!.Value.Label)).ToArray();
            var number = sets.Sum(set => set.Count());
            var perLine = PublicInFinal * ours.Sum(r => r.Row.Weight) / number;
            var share = ours.Where(r => r.Row.Label).Sum(r => r.Row.Weight) / ours.Sum(r => r.Row.Weight);
            foreach (var set in sets)
            {
                var all = set.ToArray();
                var kept = all.Where((_, i) => number <= MostPublicRows || (long)i * MostPublicRows / number != (long)(i + 1) * MostPublicRows / number).ToArray();
                foreach (var label in (bool[])[true, false])
                {
                    var marked = kept.Where(s => s.Says(target)!.Value.Label == label).ToArray();
                    var factor = perLine * all.Sum(s => s.Says(target)!.Value.Weight) * (label ? share : 1 - share) / marked.Sum(s => s.Says(target)!.Value.Weight);
                    foreach (var stranger in marked)
                    {
                        yield return new FinalRow(stranger.Fold, IsOurs: false, new ModelRow { Stack = stranger.Stack, Label = label, Weight = factor * stranger.Says(target)!.Value.Weight });
                    }
                }
            }
        }

        private static ModelRow Row(VBuffer<float> ngrams, Mark mark) => new() { Ngrams = ngrams, Label = mark.Label, Weight = mark.Weight };
    }
}
