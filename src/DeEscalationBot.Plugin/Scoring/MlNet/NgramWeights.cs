using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using DeEscalationBot.Core.Scoring.Text;

namespace DeEscalationBot.Plugin.Scoring.MlNet;

/// <summary>The heads over n-grams of one language, laid out so that the weights of a bucket share a cache line.</summary>
/// <remarks>Immutable and safe for concurrent use.</remarks>
public sealed class NgramWeights
{
    // Heads of one bucket side by side, padded to eight.
    private const int Stride = 8;

    // Buffers longer than this are given back after a huge message.
    private const int LargestKeptBuffer = 1 << 16;

    [ThreadStatic]
    private static List<int>? _sentenceBuffer;

    [ThreadStatic]
    private static List<int>? _messageBuffer;

    private readonly float[] _weights = new float[NgramHasher.BucketCount * Stride];
    private readonly float[] _bias = new float[Stride];
    private readonly int _heads;

    /// <summary>Lays out heads.</summary>
    /// <param name="heads">One to eight heads of <see cref="NgramHasher.BucketCount"/> weights.</param>
    /// <param name="scale">What each bucket counts.</param>
    public NgramWeights(IReadOnlyList<LinearHead> heads, BucketScale scale)
    {
        ArgumentNullException.ThrowIfNull(scale);
        ArgumentNullException.ThrowIfNull(heads);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(heads.Count, Stride);
        _heads = heads.Count;
        for (var h = 0; h < heads.Count; h++)
        {
            _bias[h] = heads[h].Bias;
            for (var b = 0; b < NgramHasher.BucketCount; b++)
            {
                _weights[(b * Stride) + h] = heads[h].Weights[b] * scale[b];
            }
        }
    }

    /// <summary>Writes the scaled logits of each head: first for the message as a whole, then for the sentence that is hottest in it.</summary>
    /// <param name="reading">The message.</param>
    /// <param name="into">At least twice the number of heads.</param>
    public void WriteLogits(MessageReading reading, Span<float> into)
    {
        ArgumentNullException.ThrowIfNull(reading);
        var sentence = _sentenceBuffer ??= [];
        var message = _messageBuffer ??= [];
        message.Clear();
        Span<float> logits = stackalloc float[Stride];
        Span<float> hottest = stackalloc float[Stride];
        hottest.Fill(float.NegativeInfinity);
        for (var s = 0; s < reading.SentenceCount; s++)
        {
            sentence.Clear();
            NgramHasher.AddSentence(reading, s, sentence);
            if (sentence.Count == 0)
            {
                continue;
            }

            message.AddRange(sentence);
            Score(sentence, logits);
            for (var h = 0; h < _heads; h++)
            {
                hottest[h] = Math.Max(hottest[h], logits[h]);
            }
        }

        Score(message, logits);
        for (var h = 0; h < _heads; h++)
        {
            into[h] = ModelHeads.Scale(logits[h]);
            into[_heads + h] = ModelHeads.Scale(float.IsNegativeInfinity(hottest[h]) ? logits[h] : hottest[h]);
        }

        if (message.Capacity > LargestKeptBuffer)
        {
            _messageBuffer = null;
            _sentenceBuffer = null;
        }
    }

    private void Score(List<int> buckets, Span<float> logits)
    {
        var words = NgramHasher.Distinct(buckets);
        var (wordValue, characterValue) = BucketScale.Norms(buckets.Count, words);
        var ofWords = Vector256<float>.Zero;
        var ofCharacters = Vector256<float>.Zero;
        var all = CollectionsMarshal.AsSpan(buckets);
        for (var i = 0; i < all.Length; i++)
        {
            var weights = Vector256.Create<float>(_weights.AsSpan(all[i] * Stride, Stride));
            if (i < words)
            {
                ofWords += weights;
            }
            else
            {
                ofCharacters += weights;
            }
        }

        for (var h = 0; h < _heads; h++)
        {
            logits[h] = _bias[h] + (ofWords[h] * wordValue) + (ofCharacters[h] * characterValue);
        }
    }
}
