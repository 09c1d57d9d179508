using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using DeEscalationBot.Core.Scoring.Text;

namespace DeEscalationBot.Plugin.Scoring.MlNet;

/// <summary>The heads over n-grams of one language, laid out so that the weights of a bucket lie side by side.</summary>
/// <remarks>Buckets that weigh nothing in any head have no row: most have none. Immutable and safe for concurrent use.</remarks>
public sealed class NgramWeights
{
    private const int NoRow = -1;

    private readonly int[] _rowOf = new int[NgramHasher.BucketCount];
    private readonly float[] _weights;
    private readonly float[] _bias;
    private readonly int _heads;

    // Heads of one row, padded to whole vectors.
    private readonly int _stride;

    /// <summary>Lays out heads.</summary>
    /// <param name="heads">Heads of <see cref="NgramHasher.BucketCount"/> weights.</param>
    /// <param name="scale">What each bucket counts.</param>
    public NgramWeights(IReadOnlyList<LinearHead> heads, BucketScale scale)
    {
        ArgumentNullException.ThrowIfNull(scale);
        ArgumentNullException.ThrowIfNull(heads);
        _heads = heads.Count;
        _stride = (_heads + Vector256<float>.Count - 1) / Vector256<float>.Count * Vector256<float>.Count;
        _bias = [.. heads.Select(h => h.Bias)];
        Array.Fill(_rowOf, NoRow);
        var rows = 0;
        foreach (var head in heads)
        {
            for (var b = 0; b < NgramHasher.BucketCount; b++)
            {
                if (_rowOf[b] == NoRow && head.Weights[b] != 0)
                {
                    _rowOf[b] = rows++;
                }
            }
        }

        _weights = new float[rows * _stride];
        for (var h = 0; h < _heads; h++)
        {
            for (var b = 0; b < NgramHasher.BucketCount; b++)
            {
                if (_rowOf[b] != NoRow)
                {
                    _weights[(_rowOf[b] * _stride) + h] = heads[h].Weights[b] * scale[b];
                }
            }
        }
    }

    /// <summary>Writes the scaled logits of each head: first for the message as a whole, then for the sentence that is hottest in it.</summary>
    /// <param name="reading">The message.</param>
    /// <param name="into">At least twice the number of heads.</param>
    public void WriteLogits(MessageReading reading, Span<float> into)
    {
        ArgumentNullException.ThrowIfNull(reading);
        Measure(reading, into[.._heads], into.Slice(_heads, _heads), []);
        for (var i = 0; i < 2 * _heads; i++)
        {
            into[i] = ModelHeads.Scale(into[i]);
        }
    }

    /// <summary>Adds, for each word, what it brings to a weighted sum of the scaled logits.</summary>
    /// <remarks>An n-gram of two words is shared between them. Where a logit is clipped, its words share what is left of it.</remarks>
    /// <param name="reading">The message.</param>
    /// <param name="factors">The weight of each value that <see cref="WriteLogits"/> writes.</param>
    /// <param name="words">One place for each word of the message; added to.</param>
    public void AddContributions(MessageReading reading, ReadOnlySpan<float> factors, Span<double> words)
    {
        ArgumentNullException.ThrowIfNull(reading);
        Span<float> message = stackalloc float[_heads];
        Span<float> hottest = stackalloc float[_heads];
        Span<int> hottestAt = stackalloc int[_heads];
        var counts = Measure(reading, message, hottest, hottestAt);
        Span<float> perWord = stackalloc float[_stride];
        Span<float> perCharacters = stackalloc float[_stride];
        perWord.Clear();
        perCharacters.Clear();
        for (var s = 0; s < reading.SentenceCount; s++)
        {
            var ofSentence = default(Counts);
            NgramHasher.AddSentence(reading, s, ref ofSentence);
            for (var h = 0; h < _heads; h++)
            {
                var whole = factors[h] * Unclipped(message[h]);
                var here = hottestAt[h] == s ? factors[_heads + h] * Unclipped(hottest[h]) : 0;
                perWord[h] = (whole * BucketScale.Norm(counts.Words)) + (here * BucketScale.Norm(ofSentence.Words));
                perCharacters[h] = (whole * BucketScale.Norm(counts.Characters)) + (here * BucketScale.Norm(ofSentence.Characters));
            }

            var shares = new Shares(this, perWord, perCharacters, words);
            NgramHasher.AddSentence(reading, s, ref shares);
        }
    }

    // What of a logit's unit is left after clipping and scaling.
    private static float Unclipped(float logit) =>
        Math.Min(1, ModelHeads.LargestLogit / Math.Max(Math.Abs(logit), ModelHeads.LargestLogit)) / ModelHeads.ScaleDivisor;

    private (int Words, int Characters) Measure(MessageReading reading, Span<float> message, Span<float> hottest, Span<int> hottestAt)
    {
        Span<float> ofWords = stackalloc float[_stride];
        Span<float> ofCharacters = stackalloc float[_stride];
        Span<float> allWords = stackalloc float[_stride];
        Span<float> allCharacters = stackalloc float[_stride];
        allWords.Clear();
        allCharacters.Clear();
        hottest.Fill(float.NegativeInfinity);
        var (words, characters) = (0, 0);
        for (var s = 0; s < reading.SentenceCount; s++)
        {
            ofWords.Clear();
            ofCharacters.Clear();
            var sums = new Sums(this, ofWords, ofCharacters);
            NgramHasher.AddSentence(reading, s, ref sums);
            if (sums.Words == 0)
            {
                continue;
            }

            words += sums.Words;
            characters += sums.Characters;
            Add(ofWords, allWords);
            Add(ofCharacters, allCharacters);
            var (wordNorm, characterNorm) = (BucketScale.Norm(sums.Words), BucketScale.Norm(sums.Characters));
            for (var h = 0; h < _heads; h++)
            {
                var logit = _bias[h] + (ofWords[h] * wordNorm) + (ofCharacters[h] * characterNorm);
                if (logit > hottest[h])
                {
                    hottest[h] = logit;
                    if (h < hottestAt.Length)
                    {
                        hottestAt[h] = s;
                    }
                }
            }
        }

        for (var h = 0; h < _heads; h++)
        {
            message[h] = _bias[h] + (allWords[h] * BucketScale.Norm(words)) + (allCharacters[h] * BucketScale.Norm(characters));
            hottest[h] = float.IsNegativeInfinity(hottest[h]) ? message[h] : hottest[h];
        }

        return (words, characters);
    }

    private static void Add(ReadOnlySpan<float> values, Span<float> into)
    {
        ref var from = ref MemoryMarshal.GetReference(values);
        ref var to = ref MemoryMarshal.GetReference(into);
        for (nuint i = 0; i < (nuint)into.Length; i += (nuint)Vector256<float>.Count)
        {
            (Vector256.LoadUnsafe(ref from, i) + Vector256.LoadUnsafe(ref to, i)).StoreUnsafe(ref to, i);
        }
    }

    /// <summary>Counts n-grams, words and characters apart.</summary>
    private struct Counts : INgramSink
    {
        public int Words { get; private set; }

        public int Characters { get; private set; }

        public void Add(int bucket, int word, bool withPrevious)
        {
            if (bucket < NgramHasher.FirstCharacterBucket)
            {
                Words++;
            }
            else
            {
                Characters++;
            }
        }
    }

    /// <summary>Sums the rows of n-grams, words and characters apart.</summary>
    private ref struct Sums(NgramWeights owner, Span<float> ofWords, Span<float> ofCharacters) : INgramSink
    {
        private readonly Span<float> _ofWords = ofWords;
        private readonly Span<float> _ofCharacters = ofCharacters;
        private Counts _counts;

        public readonly int Words => _counts.Words;

        public readonly int Characters => _counts.Characters;

        public void Add(int bucket, int word, bool withPrevious)
        {
            _counts.Add(bucket, word, withPrevious);
            var row = owner._rowOf[bucket];
            if (row != NoRow)
            {
                NgramWeights.Add(owner._weights.AsSpan(row * owner._stride, owner._stride), bucket < NgramHasher.FirstCharacterBucket ? _ofWords : _ofCharacters);
            }
        }
    }

    /// <summary>Gives each word its share of each n-gram's weight.</summary>
    private readonly ref struct Shares(NgramWeights owner, ReadOnlySpan<float> perWord, ReadOnlySpan<float> perCharacters, Span<double> words) : INgramSink
    {
        private readonly ReadOnlySpan<float> _perWord = perWord;
        private readonly ReadOnlySpan<float> _perCharacters = perCharacters;
        private readonly Span<double> _words = words;

        public void Add(int bucket, int word, bool withPrevious)
        {
            var row = owner._rowOf[bucket];
            if (row == NoRow)
            {
                return;
            }

            var factors = bucket < NgramHasher.FirstCharacterBucket ? _perWord : _perCharacters;
            var weights = owner._weights.AsSpan(row * owner._stride, owner._stride);
            double share = 0;
            for (var h = 0; h < weights.Length; h++)
            {
                share += weights[h] * factors[h];
            }

            if (withPrevious)
            {
                share /= 2;
                _words[word - 1] += share;
            }

            _words[word] += share;
        }
    }
}
