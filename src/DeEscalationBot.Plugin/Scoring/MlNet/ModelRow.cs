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

    /// <summary>Inputs of the final heads, <see cref="ModelLayout.StackSize"/> places.</summary>
    public float[] Stack { get; set; } = [];

    /// <summary>What is learnt.</summary>
    public bool Label { get; set; }

    /// <summary>How much the row counts.</summary>
    public float Weight { get; set; } = 1;

    /// <summary>The columns with their sizes.</summary>
    /// <param name="layout">Which model they are for; that of customers' messages by default.</param>
    public static SchemaDefinition Schema(ModelLayout? layout = null)
    {
        var schema = SchemaDefinition.Create(typeof(ModelRow));
        schema[NgramColumn].ColumnType = new VectorDataViewType(NumberDataViewType.Single, NgramHasher.BucketCount);
        schema[StackColumn].ColumnType = new VectorDataViewType(NumberDataViewType.Single, (layout ?? ModelLayout.Frustration).StackSize);
        return schema;
    }
}
