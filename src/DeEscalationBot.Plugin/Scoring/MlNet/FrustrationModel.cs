using System.Numerics;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Scoring;
using DeEscalationBot.Core.Scoring.Text;

namespace DeEscalationBot.Plugin.Scoring.MlNet;

/// <summary>The weights of one linear head.</summary>
/// <param name="Weights">One for each input.</param>
/// <param name="Bias">What is added.</param>
public sealed record LinearHead(float[] Weights, float Bias)
{
    /// <summary>The weighted sum of the inputs.</summary>
    /// <param name="inputs">As many as there are weights.</param>
    public float Logit(ReadOnlySpan<float> inputs)
    {
        // Whole vectors first; summing in lanes changes the last digits only.
        var lanes = Vector<float>.Zero;
        var i = 0;
        for (; i <= inputs.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            lanes += new Vector<float>(Weights.AsSpan(i)) * new Vector<float>(inputs[i..]);
        }

        var sum = Bias + Vector.Sum(lanes);
        for (; i < inputs.Length; i++)
        {
            sum += Weights[i] * inputs[i];
        }

        return sum;
    }
}

/// <summary>What an archive holds for one language.</summary>
/// <param name="Scale">What each bucket of n-grams counts.</param>
/// <param name="Heads">The heads of <see cref="ModelHeads.Ngram"/>, then those of <see cref="ModelHeads.Final"/>.</param>
/// <param name="Trees">What stands beside the first final heads; none in an archive without trees.</param>
public sealed record ArchivedLanguage(BucketScale Scale, IReadOnlyList<LinearHead> Heads, IReadOnlyList<TreeBlend> Trees);

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
    public ModelChances Measure(MessageReading reading, SignalFindings findings)
    {
        ArgumentNullException.ThrowIfNull(reading);
        ArgumentNullException.ThrowIfNull(findings);
        if (findings.Language != MessageLanguage.Undetermined)
        {
            return WeightsOf(findings.Language).Measure(reading, findings);
        }

        return ModelChances.Mean(_spanish.Measure(reading, findings), _english.Measure(reading, findings));
    }

    /// <summary>Measures the signals of one message and not its level, whose trees take most of the time.</summary>
    /// <param name="reading">The message.</param>
    /// <param name="findings">As for <see cref="Measure"/>.</param>
    public SignalChances MeasureSignals(MessageReading reading, SignalFindings findings)
    {
        ArgumentNullException.ThrowIfNull(reading);
        ArgumentNullException.ThrowIfNull(findings);
        return findings.Language == MessageLanguage.Undetermined ? Measure(reading, findings).Signals : WeightsOf(findings.Language).MeasureSignals(reading, findings);
    }

    /// <summary>The inputs of the final heads for one message in one language, as the trainer and the tests need them.</summary>
    /// <param name="reading">The message.</param>
    /// <param name="findings">What the rules found in it.</param>
    /// <param name="language">Spanish or English.</param>
    public float[] StackOf(MessageReading reading, SignalFindings findings, MessageLanguage language)
    {
        var stack = new float[FinalInputs.Count];
        WeightsOf(language).WriteStack(reading, findings, stack);
        return stack;
    }

    /// <summary>What made the weighted sum of a final head: the share of each word, and that of each dense feature. Trees tell no shares; they lean the same way.</summary>
    /// <param name="reading">The message.</param>
    /// <param name="findings">What the rules found in it; when its language is undetermined the mean of both languages is explained.</param>
    /// <param name="head">Index in <see cref="ModelHeads.Final"/>.</param>
    /// <returns>Log-odds, one number for each word of the message and one for each of <see cref="DenseFeatures.Names"/>.</returns>
    public (double[] Words, double[] Features) Explain(MessageReading reading, SignalFindings findings, int head)
    {
        ArgumentNullException.ThrowIfNull(reading);
        ArgumentNullException.ThrowIfNull(findings);
        var words = new double[reading.Words.Count];
        var features = new double[DenseFeatures.Count];
        if (findings.Language != MessageLanguage.Undetermined)
        {
            WeightsOf(findings.Language).AddContributions(reading, findings, head, 1, words, features);
        }
        else
        {
            _spanish.AddContributions(reading, findings, head, 0.5f, words, features);
            _english.AddContributions(reading, findings, head, 0.5f, words, features);
        }

        return (words, features);
    }

    private LanguageWeights WeightsOf(MessageLanguage language) => language == MessageLanguage.Spanish ? _spanish : _english;

    private sealed class LanguageWeights
    {
        private static readonly int NgramHeads = ModelHeads.Ngram.Count;

        private readonly NgramWeights _ngrams;
        private readonly FinalHead[] _final;
        private readonly LanguageCalibration _calibration;

        public LanguageWeights(ArchivedLanguage archive, LanguageCalibration calibration)
        {
            var heads = archive.Heads;
            if (heads.Count != NgramHeads + ModelHeads.Final.Count
                || heads.Take(NgramHeads).Any(h => h.Weights.Length != NgramHasher.BucketCount)
                || heads.Skip(NgramHeads).Any(h => h.Weights.Length != FinalInputs.Count))
            {
                throw new ArgumentException("The heads are not those that the features of this program feed.", nameof(archive));
            }

            _ngrams = new NgramWeights([.. heads.Take(NgramHeads)], archive.Scale);
            _final = [.. heads.Skip(NgramHeads).Select((h, i) => new FinalHead(h, archive.Trees.ElementAtOrDefault(i)))];
            _calibration = calibration;
        }

        public ModelChances Measure(MessageReading reading, SignalFindings findings) =>
            new(ChancesFrom(0, reading, findings), _calibration.Thresholds, _calibration.Frustration!);

        public SignalChances MeasureSignals(MessageReading reading, SignalFindings findings) =>
            new(ChancesFrom(ModelHeads.LevelCount, reading, findings), _calibration.Thresholds);

        public void WriteStack(MessageReading reading, SignalFindings findings, Span<float> stack) => FinalInputs.Write(_ngrams, reading, findings, stack);

        // The heads before the first stay at zero.
        private double[] ChancesFrom(int first, MessageReading reading, SignalFindings findings)
        {
            Span<float> stack = stackalloc float[FinalInputs.Count];
            WriteStack(reading, findings, stack);
            var chances = new double[_final.Length];
            for (var k = first; k < _final.Length; k++)
            {
                chances[k] = _calibration.Scales[k].Apply(_final[k].Logit(stack));
            }

            return chances;
        }

        public void AddContributions(MessageReading reading, SignalFindings findings, int head, float factor, double[] words, double[] features)
        {
            Span<float> stack = stackalloc float[FinalInputs.Count];
            WriteStack(reading, findings, stack);
            var scale = (float)_calibration.Scales[head].Slope * factor;
            Span<float> factors = stackalloc float[FinalInputs.MessageSize];
            for (var i = 0; i < factors.Length; i++)
            {
                factors[i] = FinalInputs.Factor(_final[head].Linear.Weights, stack, i) * scale;
            }

            _ngrams.AddContributions(reading, factors[..(2 * NgramHeads)], words);
            for (var i = 0; i < features.Length; i++)
            {
                var at = (2 * NgramHeads) + i;
                features[i] += stack[at] * factors[at];
            }
        }
    }
}
