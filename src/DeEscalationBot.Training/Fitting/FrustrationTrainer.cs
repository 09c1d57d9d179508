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

/// <summary>Fits the model: heads over n-grams, then final heads over their logits, the rules' findings, tone and cues, then calibration and thresholds.</summary>
/// <remarks>
/// The final heads, the calibration and the thresholds are fitted on logits of lines that the n-gram heads had not seen: our lines are
/// cut into folds by industry, so that a fold never knows the scenarios, nor even the business, that it is asked about. And only on
/// lines that the writers of the rules had not seen either: in the others the rules find more than they find in a stranger's words.
/// </remarks>
/// <param name="detector">The rules.</param>
/// <param name="seed">Makes the fit repeatable.</param>
/// <param name="progress">Hears what is being done, from more than one thread.</param>
/// <param name="translate">Whether each language also learns from the other's lines, machine-translated; needs <see cref="Translator"/>'s program.</param>
public sealed class FrustrationTrainer(SignalDetector detector, int seed, Action<string> progress, bool translate = false)
{
    private const int Folds = 4;

    // Index of "at least frustrated" among the level heads.
    private const int FrustratedTarget = 1;

    // A signal that has fewer lines than this in a language cannot be learnt from words: its rules decide alone.
    private const int LeastPositives = 8;

    // What a machine-translated line counts beside the same line in its own language.
    private const float TranslatedOurs = 0.3f;
    private const float TranslatedPublic = 0.7f;

    private static readonly Regularization LevelHead = new(L1: 0.02f, L2: 0.2f);
    private static readonly Regularization SignalHead = new(L1: 0.02f, L2: 0.1f, Iterations: 60);
    private static readonly Regularization PublicHead = new(L1: 0.1f, L2: 0.2f);
    private static readonly Regularization FinalHead = new(L1: 0, L2: 0.3f, Iterations: 300);

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
            fitted[i] = new LanguageFit(code, language, detector, new LinearTrainer(new MLContext(seed)), progress)
                .Fit([.. corpus.Where(l => l.Language == language)], [.. weak.Where(l => l.Language == language)], foreign, lent?[code]);
        });
        var archive = ModelArchive.Save(
            new MLContext(seed), [.. fitted.SelectMany(f => f.Heads)], ModelHeads.Languages.Zip(fitted).ToDictionary(p => p.First, p => p.Second.Scale, StringComparer.Ordinal));
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
                    Language = into, Text = p.Second!, Anger = Less(p.First.Anger), Abuse = Less(p.First.Abuse), Pleased = Less(p.First.Pleased),
                }),
            ]);
    }

    private sealed record FittedLanguage(BucketScale Scale, IReadOnlyList<TrainedHead> Heads, LanguageCalibration Calibration, JudgedLines Judged);

    /// <summary>A line with what its words and the rules make of it.</summary>
    private sealed record Prepared(CorpusLine Line, MessageReading Reading, SignalFindings Findings, VBuffer<float> Ngrams)
    {
        private static readonly string[] Industries =
            ["airline", "banking", "delivery", "games", "health", "hotel", "insurance", "public", "retail", "saas", "telecom", "utilities"];

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
    private sealed class LanguageFit(string code, MessageLanguage language, SignalDetector detector, LinearTrainer trainer, Action<string> progress)
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
            var publicHeads = lent?.Heads ?? FitPublicHeads([.. weak, .. foreign.Weak]);
            var (stacks, targetHeads) = FitTargetHeads(lines, [.. foreign.Ours.Select(Prepare)], deskRows, publicHeads);
            var (finalHeads, calibration, judged) = FitFinalHeads(lines, stacks);
            TrainedHead[] ngramHeads = [.. targetHeads.Take(ModelHeads.LevelCount), .. publicHeads, .. targetHeads.Skip(ModelHeads.LevelCount)];
            return new FittedLanguage(_scale, [.. ngramHeads, .. finalHeads], calibration, judged);
        }

        private Prepared Prepare(CorpusLine line)
        {
            var reading = MessageReading.Of(line.Text);
            return new Prepared(line, reading, detector.Detect(reading, language), _scale.Vector(NgramHasher.Of(reading)));
        }

        private VBuffer<float> NgramsOf(string text) => _scale.Vector(NgramHasher.Of(MessageReading.Of(text)));

        private TrainedHead[] FitPublicHeads(WeakLine[] weak)
        {
            var prepared = weak.Select(l => (Line: l, Ngrams: NgramsOf(l.Text))).ToArray();
            Func<WeakLine, Mark?>[] marks = [l => l.Anger, l => l.Abuse, l => l.Pleased];
            return
            [
                .. marks.Select((mark, i) =>
                {
                    progress($"{code}: public head '{ModelHeads.Public[i]}'");
ModelRow[] rows = [.. prepared.Where(p => mark(p.Line) is not null).Select(p => Row(p.Ngrams, mark(p.Line)!.Value))];
                    return rows.Count(r => r.Label) >= LeastPositives ? trainer.FitNgrams(rows, PublicHead) : trainer.Silent(ModelRow.NgramColumn, rows);
                }),
            ];
        }

        private (float[][] Stacks, TrainedHead[] Heads) FitTargetHeads(Prepared[] lines, Prepared[] foreign, (WeakLine Line, VBuffer<float> Ngrams)[] desk, IReadOnlyList<TrainedHead> publicHeads)
        {
            var publicWeights = publicHeads.Select(h => h.Weights).ToArray();
            var stacks = new float[lines.Length][];
            for (var fold = 0; fold < Folds; fold++)
            {
                progress($"{code}: levels and signals, fold {fold + 1} of {Folds}");
                var heads = FitTargets([.. lines.Where(l => l.Fold != fold)], [.. foreign.Where(l => l.Fold != fold)], desk).Select(h => h.Weights).ToArray();
                var weights = new NgramWeights([.. heads.Take(ModelHeads.LevelCount), .. publicWeights, .. heads.Skip(ModelHeads.LevelCount)], _scale);
                for (var i = 0; i < lines.Length; i++)
                {
                    if (lines[i].Fold == fold && lines[i].Line.IsFresh)
                    {
                        stacks[i] = new float[ModelHeads.StackSize];
                        weights.WriteLogits(lines[i].Reading, stacks[i]);
                        DenseFeatures.Write(lines[i].Reading, lines[i].Findings, stacks[i].AsSpan(2 * ModelHeads.Ngram.Count));
                    }
                }
            }

            progress($"{code}: levels and signals, all folds");
            return (stacks, FitTargets(lines, foreign, desk));
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

        private (TrainedHead[] Heads, LanguageCalibration Calibration, JudgedLines Judged) FitFinalHeads(Prepared[] all, float[][] allStacks)
        {
            progress($"{code}: final heads");
            var lines = all.Where(l => l.Line.IsFresh).ToArray();
            var stacks = allStacks.Where(s => s is not null).ToArray();
            var heads = new TrainedHead[Targets];
            var scales = new PlattScale[Targets];
            var chances = lines.Select(_ => new double[Targets]).ToArray();
            for (var target = 0; target < Targets; target++)
            {
                var rows = lines.Select((l, i) => new ModelRow { Stack = stacks[i], Label = l.Says(target) ?? false, Weight = l.Line.Weight }).ToArray();
                var known = lines.Select(l => l.Says(target) is not null).ToArray();
                if (rows.Count(r => r.Label) < LeastPositives)
                {
                    heads[target] = trainer.Silent(ModelRow.StackColumn, rows);
                    scales[target] = new PlattScale(1, 0);
                    continue;
                }

                var unseen = new float[lines.Length];
                for (var fold = 0; fold < Folds; fold++)
                {
                    var head = trainer.FitStack([.. rows.Where((r, i) => lines[i].Fold != fold && known[i])], FinalHead).Weights;
                    for (var i = 0; i < lines.Length; i++)
                    {
                        if (lines[i].Fold == fold)
                        {
                            unseen[i] = head.Logit(stacks[i]);
                        }
                    }
                }

                heads[target] = trainer.FitStack([.. rows.Where((_, i) => known[i])], FinalHead);
                scales[target] = PlattFit.Of([.. unseen.Select((logit, i) => (Logit: (double)logit, rows[i].Label, i)).Where(u => known[u.i]).Select(u => (u.Logit, u.Label))]);
                for (var i = 0; i < lines.Length; i++)
                {
                    chances[i][target] = scales[target].Apply(unseen[i]);
                }
            }

            var samples = lines.Select((l, i) => new ThresholdChoice.Sample(l.Line, chances[i])).Where(s => s.Line.KnowsLevel && s.Line.KnowsSignals).ToArray();
            var thresholds = ThresholdChoice.Best(samples);
            return (heads, new LanguageCalibration { Scales = scales, Thresholds = thresholds }, ThresholdChoice.Judge(samples, thresholds));
        }

        private static ModelRow Row(VBuffer<float> ngrams, Mark mark) => new() { Ngrams = ngrams, Label = mark.Label, Weight = mark.Weight };
    }
}
