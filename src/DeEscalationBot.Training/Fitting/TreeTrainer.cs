using DeEscalationBot.Plugin.Scoring.MlNet;
using Microsoft.ML;
using Microsoft.ML.Calibrators;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;

namespace DeEscalationBot.Training.Fitting;

/// <summary>Fits boosted trees with ML.NET's FastTree, on one thread, so that a fit can be repeated to the last bit.</summary>
/// <param name="ml">The context with the seed.</param>
/// <param name="inputs">How many of the first values of a row the trees may ask for.</param>
/// <param name="seed">Draws the values that each tree may ask for.</param>
public sealed class TreeTrainer(MLContext ml, int inputs, int seed)
{
    /// <summary>Number of trees; chosen, as the rest, by cross-validation over industries, see decision 0004.</summary>
    public const int Trees = 200;

    /// <summary>Most leaves of a tree.</summary>
    public const int Leaves = 31;

    private const string Inputs = nameof(TreeRow.Inputs);
    private const double Rate = 0.05;
    private const int LeastLinesInLeaf = 40;
    private const double ShareOfInputs = 0.5;

    private sealed class TreeRow
    {
        public float[] Inputs { get; set; } = [];

        public bool Label { get; set; }

        public float Weight { get; set; }
    }

    /// <summary>Fits trees.</summary>
    /// <param name="rows">What is learnt; of their inputs the first.</param>
    public BoostedTrees Fit(IReadOnlyCollection<ModelRow> rows)
    {
        var model = Transformer(rows).Model;
        var ensemble = model.SubModel.TrainedTreeEnsemble;

        // FastTree's sums are log-odds by a constant, which its calibrator holds: p = 1 / (1 + exp(slope · sum + offset)).
        var toLogOdds = -model.Calibrator.Slope;
        return BoostedTrees.Of(
            inputs,
            (float)((ensemble.Bias * toLogOdds) - model.Calibrator.Offset),
            [.. ensemble.Trees.Select((t, i) => TreeOf(t, ensemble.TreeWeights[i] * toLogOdds))]);
    }

    /// <summary>The same trees as ML.NET holds them; they read the column <c>Inputs</c>.</summary>
    /// <param name="rows">What is learnt; of their inputs the first.</param>
    public BinaryPredictionTransformer<CalibratedModelParametersBase<FastTreeBinaryModelParameters, PlattCalibrator>> Transformer(IReadOnlyCollection<ModelRow> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var schema = SchemaDefinition.Create(typeof(TreeRow));
        schema[Inputs].ColumnType = new VectorDataViewType(NumberDataViewType.Single, inputs);
        var view = ml.Data.LoadFromEnumerable(rows.Select(r => new TreeRow { Inputs = r.Stack[..inputs], Label = r.Label, Weight = r.Weight }), schema);
        return ml.BinaryClassification.Trainers.FastTree(new FastTreeBinaryTrainer.Options
        {
            FeatureColumnName = Inputs,
            LabelColumnName = nameof(TreeRow.Label),
            ExampleWeightColumnName = nameof(TreeRow.Weight),
            NumberOfTrees = Trees,
            LearningRate = Rate,
            NumberOfLeaves = Leaves,
            MinimumExampleCountPerLeaf = LeastLinesInLeaf,
            FeatureFraction = ShareOfInputs,
            NumberOfThreads = 1,
            Seed = seed,
            FeatureSelectionSeed = seed,
        }).Fit(view);
    }

    private static DecisionTree TreeOf(RegressionTree tree, double scale) => new(
        [
            .. tree.NumericalSplitFeatureIndexes.Select((input, i) =>
                new Split(input, (float)tree.NumericalSplitThresholds[i], tree.LeftChild[i], tree.RightChild[i])),
        ],
        [.. tree.LeafValues.Select(v => (float)(v * scale))]);
}
