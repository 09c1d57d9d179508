namespace DeEscalationBot.Plugin.Scoring.MlNet;

/// <summary>How much a bucket of n-grams counts before anything is learnt: the rarer in the training lines, the more.</summary>
/// <remarks>
/// log((1 + N)/(1 + n)) over the same for n = 5, where N is the number of lines and n that of lines with the bucket: inverse document
/// frequency, scaled so that an n-gram of five lines counts 1. One byte a bucket, in steps of 0.01. It stands in the archive
/// beside the heads, one entry for each language. Immutable and safe for concurrent use.
/// </remarks>
public sealed class BucketScale
{
    private const float Step = 0.01f;
    private const int Familiar = 5;

    private readonly byte[] _steps;

    private BucketScale(byte[] steps) => _steps = steps;

    /// <summary>What the bucket counts, 0 to 2.55.</summary>
    /// <param name="bucket">The bucket.</param>
    public float this[int bucket] => _steps[bucket] * Step;

    /// <summary>Where the scale of a language stands in the archive.</summary>
    /// <param name="language"><c>es</c> or <c>en</c>.</param>
    public static string EntryName(string language) => $"BucketScale.{language}";

    /// <summary>Counts lines.</summary>
    /// <param name="lines">The buckets of each line; at least one line more than the frequency that counts 1.</param>
    public static BucketScale Of(IEnumerable<IReadOnlyList<int>> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        var counts = new int[NgramHasher.BucketCount];
        var all = 0;
        foreach (var line in lines)
        {
            all++;
            foreach (var bucket in line.Distinct())
            {
                counts[bucket]++;
            }
        }

        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(all, Familiar);
        var one = Math.Log((1.0 + all) / (1 + Familiar));
        return new BucketScale([.. counts.Select(n => (byte)Math.Clamp(Math.Round(Math.Log((1.0 + all) / (1 + n)) / one / Step), 0, byte.MaxValue))]);
    }

    /// <summary>Reads a scale.</summary>
    /// <param name="steps">What <see cref="ToBytes"/> gave.</param>
    /// <exception cref="InvalidDataException">It has another number of buckets.</exception>
    public static BucketScale Parse(byte[] steps)
    {
        ArgumentNullException.ThrowIfNull(steps);
        return steps.Length == NgramHasher.BucketCount
            ? new BucketScale(steps)
            : throw new InvalidDataException($"A scale has {steps.Length} buckets, {NgramHasher.BucketCount} are expected.");
    }

    /// <summary>Writes the scale.</summary>
    public byte[] ToBytes() => [.. _steps];

    /// <summary>The column of n-grams of a message: scale · times / √n for each, words and characters counted apart, so that length alone moves little.</summary>
    /// <param name="buckets">One for each time that an n-gram stands in the message.</param>
    public Microsoft.ML.Data.VBuffer<float> Vector(IReadOnlyCollection<int> buckets)
    {
        ArgumentNullException.ThrowIfNull(buckets);
        var words = buckets.Count(b => b < NgramHasher.FirstCharacterBucket);
        var (word, character) = (Norm(words), Norm(buckets.Count - words));
        var counted = new SortedDictionary<int, int>();
        foreach (var bucket in buckets)
        {
            counted[bucket] = counted.GetValueOrDefault(bucket) + 1;
        }

        float[] values = [.. counted.Select(c => this[c.Key] * c.Value * (c.Key < NgramHasher.FirstCharacterBucket ? word : character))];
        return new Microsoft.ML.Data.VBuffer<float>(NgramHasher.BucketCount, values.Length, values, [.. counted.Keys]);
    }

    /// <summary>What a message of so many n-grams of one kind is divided by.</summary>
    /// <param name="count">Their number.</param>
    internal static float Norm(int count) => 1 / MathF.Sqrt(Math.Max(1, count));
}
