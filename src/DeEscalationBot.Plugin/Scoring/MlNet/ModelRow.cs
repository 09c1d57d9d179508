using Microsoft.ML.Data;

namespace DeEscalationBot.Plugin.Scoring.MlNet;

/// <summary>The columns that the heads of the archive read.</summary>
public sealed class ModelRow
{
    /// <summary>The name of the column of n-grams.</summary>
    public const string NgramColumn = nameof(Ngrams);

    /// <summary>The name of the column of inputs of the final heads.</summary>
    public const string StackColumn = nameof(Stack);

    /// <summary>Hashed n-grams, <see cref="NgramHasher.BucketCount"/> places.</summary>
    public VBuffer<float> Ngrams { get; set; }

    /// <summary>Inputs of the final heads, <see cref="ModelHeads.StackSize"/> places.</summary>
    public float[] Stack { get; set; } = [];

    /// <summary>What is learnt.</summary>
    public bool Label { get; set; }

    /// <summary>How much the row counts.</summary>
    public float Weight { get; set; } = 1;

    /// <summary>The columns with their sizes.</summary>
    public static SchemaDefinition Schema()
    {
        var schema = SchemaDefinition.Create(typeof(ModelRow));
        schema[NgramColumn].ColumnType = new VectorDataViewType(NumberDataViewType.Single, NgramHasher.BucketCount);
        schema[StackColumn].ColumnType = new VectorDataViewType(NumberDataViewType.Single, ModelHeads.StackSize);
        return schema;
    }

    /// <summary>The n-gram column of one set of buckets: 1 / √n for each, words and characters counted apart, so that length alone moves nothing.</summary>
    /// <param name="buckets">Distinct and sorted.</param>
    /// <param name="words">How many of them are of words.</param>
    public static VBuffer<float> NgramVector(IReadOnlyList<int> buckets, int words)
    {
        ArgumentNullException.ThrowIfNull(buckets);
        var values = new float[buckets.Count];
        var indices = new int[buckets.Count];
        var (word, character) = Values(buckets.Count, words);
        for (var i = 0; i < values.Length; i++)
        {
            indices[i] = buckets[i];
            values[i] = i < words ? word : character;
        }

        return new VBuffer<float>(NgramHasher.BucketCount, values.Length, values, indices);
    }

    internal static (float Word, float Character) Values(int buckets, int words) =>
        (1 / MathF.Sqrt(Math.Max(1, words)), 1 / MathF.Sqrt(Math.Max(1, buckets - words)));
}
