using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Scoring;
using DeEscalationBot.Core.Scoring.Evaluation;
using DeEscalationBot.Core.Scoring.Text;
using DeEscalationBot.Plugin.Scoring.MlNet;
using DeEscalationBot.Training.Data;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DeEscalationBot.Training.Fitting;

/// <summary>A fitted model: what is saved, what stands beside it, and how it did on lines that it had not seen.</summary>
/// <param name="Archive">The bytes of the archive.</param>
/// <param name="Metadata">What stands beside it.</param>
/// <param name="CrossValidated">By language, our lines as judged by models that had not seen their industries.</param>
public sealed record FittedModel(byte[] Archive, ModelMetadata Metadata, IReadOnlyDictionary<string, IReadOnlyList<Judged>> CrossValidated);

/// <summary>Fits the model: heads over n-grams, then final heads over their logits, signals, tone and cues, then calibration and thresholds.</summary>
/// <remarks>
/// The final heads, the calibration and the thresholds are fitted on logits of lines that the n-gram heads had not seen: our lines are
/// cut into folds by industry, so that a fold never knows the scenarios, nor even the business, that it is asked about.
/// </remarks>
/// <param name="detector">The signals.</param>
/// <param name="seed">Makes the fit repeatable.</param>
/// <param name="progress">Hears what is being done.</param>
public sealed class FrustrationTrainer(SignalDetector detector, int seed, Action<string> progress)
{
    private const int Folds = 6;
    private const int LevelCount = 4;

    // The rules were written with our training lines in sight and find more in them than in a stranger's words. The final heads learn
    // how far to trust a signal from lines of which this part of the findings is withheld.
    private const int WithheldPercent = 25;

    private static readonly Regularization CorpusHead = new(L1: 0.02f, L2: 0.2f);
    private static readonly Regularization PublicHead = new(L1: 0.1f, L2: 0.2f);
    private static readonly Regularization FinalHead = new(L1: 0, L2: 0.3f, Iterations: 300);

    private readonly MLContext _ml = new(seed);

    /// <summary>Fits a model of both languages.</summary>
    /// <param name="corpus">Our lines.</param>
    /// <param name="weak">Lines of public sets.</param>
    public FittedModel Fit(IReadOnlyList<CorpusLine> corpus, IReadOnlyList<WeakLine> weak)
    {
        ArgumentNullException.ThrowIfNull(corpus);
        ArgumentNullException.ThrowIfNull(weak);
        var transformers = new List<FittedHead>();
        var calibrations = new Dictionary<string, LanguageCalibration>(StringComparer.Ordinal);
        var judged = new Dictionary<string, IReadOnlyList<Judged>>(StringComparer.Ordinal);
        var scales = new Dictionary<string, BucketScale>(StringComparer.Ordinal);
        foreach (var code in ModelHeads.Languages)
        {
            var language = code == "es" ? MessageLanguage.Spanish : MessageLanguage.English;
            progress($"{code}: reading");
            var ours = corpus.Where(l => l.Language == language).ToArray();
            var weakOnes = weak.Where(l => l.Language == language).ToArray();
            var support = weakOnes.Where(l => l.Levels is not null).ToArray();
            var scale = BucketScale.Of(ours.Select(l => l.Text).Concat(support.Select(l => l.Text)).Select(t => NgramHasher.Of(MessageReading.Of(t)).Buckets));
            var lines = ours.Select(l => Prepare(l, language, scale)).ToArray();
            var calm = support.Select(l => (Ngrams: NgramsOf(l.Text, scale), Mark: l.Levels!.Value)).ToArray();
            var publicHeads = FitPublicHeads(code, weakOnes, scale);
            var (stacks, corpusHeads) = FitCorpusHeads(code, lines, calm, publicHeads, scale);
            var (finalHeads, calibration, crossValidated) = FitFinalHeads(lines, stacks);
            transformers.AddRange([.. corpusHeads, .. publicHeads, .. finalHeads]);
            scales[code] = scale;
            calibrations[code] = calibration;
            judged[code] = crossValidated;
        }

        var archive = ModelArchive.Save(_ml, transformers, scales);
        var metadata = new ModelMetadata
        {
            FeatureVersion = ModelMetadata.CurrentFeatureVersion,
            ArchiveSha256 = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(archive)),
            Seed = seed,
            Lines = new SortedDictionary<string, int>(
                weak.GroupBy(l => $"{l.Set} ({l.Language.Code()})").Concat<IGrouping<string, object>>(corpus.GroupBy(l => $"our corpus ({l.Language.Code()})")).ToDictionary(g => g.Key, g => g.Count()),
                StringComparer.Ordinal),
            Languages = calibrations,
        };
        return new FittedModel(archive, metadata, judged);
    }

    private Prepared Prepare(CorpusLine line, MessageLanguage language, BucketScale scale)
    {
        var reading = MessageReading.Of(line.Text);
        return new Prepared(line, reading, Withhold(line.Id, detector.Detect(reading, language)), NgramsOf(reading, scale));
    }

    /// <summary>Takes a part of the signals and tone words away, always the same ones.</summary>
    private static SignalFindings Withhold(string id, SignalFindings findings) => findings with
    {
        Signals = [.. findings.Signals.Where(s => !IsWithheld(id + s.Type))],
        Tone = [.. findings.Tone.Where(t => !IsWithheld(id + t.Rule))],
    };

    private static bool IsWithheld(string key)
    {
        // FNV-1a: the same on every machine, which string.GetHashCode is not.
        var hash = key.Aggregate(2_166_136_261u, (h, c) => (h ^ c) * 16_777_619u);
        return (hash >> 8) % 100 < WithheldPercent;
    }

    private static VBuffer<float> NgramsOf(string text, BucketScale scale) => NgramsOf(MessageReading.Of(text), scale);

    private static VBuffer<float> NgramsOf(MessageReading reading, BucketScale scale)
    {
        var (buckets, words) = NgramHasher.Of(reading);
        return scale.Vector(buckets, words);
    }

    private List<FittedHead> FitPublicHeads(string code, IReadOnlyList<WeakLine> weak, BucketScale scale)
    {
        var trainer = new LinearTrainer(_ml);
        var prepared = weak.Select(l => (Line: l, Ngrams: NgramsOf(l.Text, scale))).ToArray();
        var fitted = new List<FittedHead>();
        foreach (var mark in (Func<WeakLine, Mark?>[])[l => l.Anger, l => l.Abuse, l => l.Pleased])
        {
            progress($"{code}: head '{ModelHeads.Ngram[LevelCount + fitted.Count]}'");
            var rows = prepared.Where(p => mark(p.Line) is not null).Select(p => Row(p.Ngrams, mark(p.Line)!.Value)).ToArray();
            fitted.Add(trainer.FitNgrams(rows, PublicHead));
        }

        return fitted;
    }

    private (float[][] Stacks, List<FittedHead> Heads) FitCorpusHeads(
        string code, Prepared[] lines, IReadOnlyList<(VBuffer<float> Ngrams, Mark Mark)> calm, List<FittedHead> publicHeads, BucketScale scale)
    {
        var publicWeights = publicHeads.Select(LinearTrainer.HeadOf).ToArray();
        var stacks = new float[lines.Length][];
        for (var fold = 0; fold < Folds; fold++)
        {
            progress($"{code}: our levels, fold {fold + 1} of {Folds}");
            var heads = FitLevels([.. lines.Where(l => l.Fold != fold)], calm);
            var weights = new NgramWeights([.. heads.Select(LinearTrainer.HeadOf), .. publicWeights], scale);
            for (var i = 0; i < lines.Length; i++)
            {
                if (lines[i].Fold == fold)
                {
                    stacks[i] = StackOf(lines[i], weights);
                }
            }
        }

        progress($"{code}: our levels, all folds");
        return (stacks, FitLevels(lines, calm));
    }

    private List<FittedHead> FitLevels(IReadOnlyList<Prepared> lines, IReadOnlyList<(VBuffer<float> Ngrams, Mark Mark)> calm)
    {
        var trainer = new LinearTrainer(_ml);
        var fitted = new List<FittedHead>();
        for (var level = 1; level <= LevelCount; level++)
        {
            var rows = lines.Select(l => Row(l.Ngrams, new Mark(l.Line.Level >= level, 1))).Concat(calm.Select(c => Row(c.Ngrams, c.Mark))).ToArray();
            fitted.Add(trainer.FitNgrams(rows, CorpusHead));
        }

        return fitted;
    }

    private (List<FittedHead> Heads, LanguageCalibration Calibration, IReadOnlyList<Judged> Judged) FitFinalHeads(Prepared[] lines, float[][] stacks)
    {
        var trainer = new LinearTrainer(_ml);
        var logits = new double[LevelCount][];
        var heads = new List<FittedHead>();
        var scales = new List<PlattScale>();
        for (var level = 1; level <= LevelCount; level++)
        {
            var rows = lines.Select((l, i) => new ModelRow { Stack = stacks[i], Label = l.Line.Level >= level }).ToArray();
            var unseen = new double[lines.Length];
            for (var fold = 0; fold < Folds; fold++)
            {
                var head = LinearTrainer.HeadOf(trainer.FitStack([.. rows.Where((_, i) => lines[i].Fold != fold)], FinalHead));
                for (var i = 0; i < lines.Length; i++)
                {
                    if (lines[i].Fold == fold)
                    {
                        unseen[i] = Logit(head, stacks[i]);
                    }
                }
            }

            heads.Add(trainer.FitStack(rows, FinalHead));
            scales.Add(PlattFit.Of([.. unseen.Select((logit, i) => (logit, rows[i].Label))]));
            logits[level - 1] = unseen;
        }

        var samples = new ThresholdChoice.Sample[lines.Length];
        for (var i = 0; i < lines.Length; i++)
        {
            var chances = new double[LevelCount];
            for (var k = 0; k < LevelCount; k++)
            {
                chances[k] = scales[k].Apply(logits[k][i]);
            }

            samples[i] = new ThresholdChoice.Sample(lines[i].Line, chances, lines[i].Findings);
        }

        var thresholds = ThresholdChoice.Best(samples);
        return (heads, new LanguageCalibration { Scales = scales, Thresholds = thresholds }, [.. samples.Select(s => s.Judge(thresholds))]);
    }

    private static float[] StackOf(Prepared line, NgramWeights weights)
    {
        var stack = new float[ModelHeads.StackSize];
        weights.WriteLogits(line.Reading, stack);
        DenseFeatures.Write(line.Reading, line.Findings, stack.AsSpan(2 * ModelHeads.Ngram.Count));
        return stack;
    }

    private static double Logit(LinearHead head, float[] stack)
    {
        double sum = head.Bias;
        for (var i = 0; i < stack.Length; i++)
        {
            sum += head.Weights[i] * stack[i];
        }

        return sum;
    }

    private static ModelRow Row(VBuffer<float> ngrams, Mark mark) => new() { Ngrams = ngrams, Label = mark.Label, Weight = mark.Weight };

    private sealed record Prepared(CorpusLine Line, MessageReading Reading, SignalFindings Findings, VBuffer<float> Ngrams)
    {
        private static readonly string[] Industries =
            ["airline", "banking", "delivery", "games", "health", "hotel", "insurance", "public", "retail", "saas", "telecom", "utilities"];

        public int Fold { get; } = Array.IndexOf(Industries, Line.Industry) % Folds;
    }
}
