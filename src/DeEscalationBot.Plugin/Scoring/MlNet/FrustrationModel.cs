using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Scoring;
using DeEscalationBot.Core.Scoring.Text;

namespace DeEscalationBot.Plugin.Scoring.MlNet;

/// <summary>The calibrated chances that a message is at least annoyed, frustrated, angry, hostile; never rising.</summary>
/// <param name="AtLeastAnnoyed">Level 1 or more, 0 to 1.</param>
/// <param name="AtLeastFrustrated">Level 2 or more, 0 to 1.</param>
/// <param name="AtLeastAngry">Level 3 or more, 0 to 1.</param>
/// <param name="Hostile">Level 4, 0 to 1.</param>
/// <param name="Level">The level by the thresholds of the language.</param>
public readonly record struct LevelChances(double AtLeastAnnoyed, double AtLeastFrustrated, double AtLeastAngry, double Hostile, FrustrationLevel Level);

/// <summary>The weights of one linear head.</summary>
/// <param name="Weights">One for each input.</param>
/// <param name="Bias">What is added.</param>
public sealed record LinearHead(float[] Weights, float Bias);

/// <summary>What an archive holds for one language.</summary>
/// <param name="Scale">What each bucket of n-grams counts.</param>
/// <param name="Heads">The heads of <see cref="ModelHeads.Ngram"/>, then those of <see cref="ModelHeads.Final"/>.</param>
public sealed record ArchivedLanguage(BucketScale Scale, IReadOnlyList<LinearHead> Heads);

/// <summary>The weights of a trained model, laid out for scoring: equal to what the archive's transformers compute, without their cost.</summary>
/// <remarks>
/// ML.NET's prediction engine is made for one thread and spends most of its time outside the dot product; here the heads of one
/// bucket lie side by side in memory. A test holds the two to the same outputs. Immutable and safe for concurrent use.
/// </remarks>
public sealed class FrustrationModel
{
    private readonly LanguageWeights _spanish;
    private readonly LanguageWeights _english;

    /// <summary>Lays out the weights.</summary>
    /// <param name="archive">For each language of <see cref="ModelHeads.Languages"/>, what the archive holds.</param>
    /// <param name="metadata">Calibration and thresholds.</param>
    /// <exception cref="ArgumentException">A head is missing or has another number of inputs.</exception>
    public FrustrationModel(IReadOnlyDictionary<string, ArchivedLanguage> archive, ModelMetadata metadata)
    {
        ArgumentNullException.ThrowIfNull(archive);
        ArgumentNullException.ThrowIfNull(metadata);
        _spanish = new LanguageWeights(archive["es"], metadata.Languages["es"]);
        _english = new LanguageWeights(archive["en"], metadata.Languages["en"]);
    }

    /// <summary>Measures one message.</summary>
    /// <param name="reading">The message.</param>
    /// <param name="findings">What the rules found in it; its language decides which weights are asked, both when it is undetermined.</param>
    public LevelChances Measure(MessageReading reading, SignalFindings findings)
    {
        ArgumentNullException.ThrowIfNull(reading);
        ArgumentNullException.ThrowIfNull(findings);
        Span<double> chances = stackalloc double[ModelHeads.Final.Count];
        Span<double> thresholds = stackalloc double[ModelHeads.Final.Count];
        if (findings.Language != MessageLanguage.Undetermined)
        {
            var weights = findings.Language == MessageLanguage.Spanish ? _spanish : _english;
            weights.Measure(reading, findings, chances, thresholds);
            return Judge(chances, thresholds);
        }

        Span<double> otherChances = stackalloc double[ModelHeads.Final.Count];
        Span<double> otherThresholds = stackalloc double[ModelHeads.Final.Count];
        _spanish.Measure(reading, findings, chances, thresholds);
        _english.Measure(reading, findings, otherChances, otherThresholds);
        for (var i = 0; i < chances.Length; i++)
        {
            chances[i] = (chances[i] + otherChances[i]) / 2;
            thresholds[i] = (thresholds[i] + otherThresholds[i]) / 2;
        }

        return Judge(chances, thresholds);
    }

    /// <summary>The inputs of the final heads for one message in one language, as the trainer and the tests need them.</summary>
    /// <param name="reading">The message.</param>
    /// <param name="findings">What the rules found in it.</param>
    /// <param name="language">Spanish or English.</param>
    public float[] StackOf(MessageReading reading, SignalFindings findings, MessageLanguage language)
    {
        var stack = new float[ModelHeads.StackSize];
        (language == MessageLanguage.Spanish ? _spanish : _english).WriteStack(reading, findings, stack);
        return stack;
    }

    /// <summary>Makes chances never rise, and finds the level: the highest whose chance reaches its threshold.</summary>
    /// <remarks>The chance of at least frustrated is the calibrated product; the others give way to it where they contradict it.</remarks>
    /// <param name="chances">Of at least level 1, 2, 3, 4; each 0 to 1.</param>
    /// <param name="thresholds">For the same levels.</param>
    public static LevelChances Judge(ReadOnlySpan<double> chances, ReadOnlySpan<double> thresholds)
    {
        var frustrated = chances[1];
        var annoyed = Math.Max(chances[0], frustrated);
        var angry = Math.Min(chances[2], frustrated);
        var hostile = Math.Min(chances[3], angry);
        var level = LevelOf(annoyed, frustrated, angry, hostile, thresholds);
        return new LevelChances(annoyed, frustrated, angry, hostile, level);
    }

    private static FrustrationLevel LevelOf(double annoyed, double frustrated, double angry, double hostile, ReadOnlySpan<double> thresholds) =>
        hostile >= thresholds[3] ? FrustrationLevel.Hostile
        : angry >= thresholds[2] ? FrustrationLevel.Angry
        : frustrated >= thresholds[1] ? FrustrationLevel.Frustrated
        : annoyed >= thresholds[0] ? FrustrationLevel.Annoyed
        : FrustrationLevel.Calm;

    private sealed class LanguageWeights
    {
        private static readonly int NgramHeads = ModelHeads.Ngram.Count;

        private readonly NgramWeights _ngrams;
        private readonly LinearHead[] _final;
        private readonly PlattScale[] _scales;
        private readonly double[] _thresholds;

        public LanguageWeights(ArchivedLanguage archive, LanguageCalibration calibration)
        {
            var heads = archive.Heads;
            if (heads.Count != NgramHeads + ModelHeads.Final.Count
                || heads.Take(NgramHeads).Any(h => h.Weights.Length != NgramHasher.BucketCount)
                || heads.Skip(NgramHeads).Any(h => h.Weights.Length != ModelHeads.StackSize))
            {
                throw new ArgumentException("The heads are not those that the features of this program feed.", nameof(archive));
            }

            _ngrams = new NgramWeights([.. heads.Take(NgramHeads)], archive.Scale);
            _final = [.. heads.Skip(NgramHeads)];
            _scales = [.. calibration.Scales];
            _thresholds = [.. calibration.Thresholds];
        }

        public void Measure(MessageReading reading, SignalFindings findings, Span<double> chances, Span<double> thresholds)
        {
            Span<float> stack = stackalloc float[ModelHeads.StackSize];
            WriteStack(reading, findings, stack);
            for (var k = 0; k < _final.Length; k++)
            {
                chances[k] = _scales[k].Apply(Logit(_final[k], stack));
                thresholds[k] = _thresholds[k];
            }
        }

        public void WriteStack(MessageReading reading, SignalFindings findings, Span<float> stack)
        {
            _ngrams.WriteLogits(reading, stack);
            DenseFeatures.Write(reading, findings, stack[(2 * NgramHeads)..]);
        }

        private static float Logit(LinearHead head, ReadOnlySpan<float> stack)
        {
            var sum = head.Bias;
            for (var i = 0; i < stack.Length; i++)
            {
                sum += head.Weights[i] * stack[i];
            }

            return sum;
        }
    }
}
