using DeEscalationBot.Plugin.Scoring.MlNet;
using Microsoft.ML;
using Microsoft.ML.Trainers;

namespace DeEscalationBot.Training.Fitting;

/// <summary>Fits logistic regressions by L-BFGS, on one thread, so that a fit can be repeated to the last bit.</summary>
/// <param name="ml">The context with the seed.</param>
/// <param name="layout">Which model the heads are for.</param>
internal sealed class LinearTrainer(MLContext ml, ModelLayout layout)
{
    private const float SilentOdds = 200;

    /// <summary>Fits a head over n-grams. L1 makes it sparse: the archive stays small, and rare n-grams have no say.</summary>
    public TrainedHead FitNgrams(IReadOnlyCollection<ModelRow> rows, Regularization regularization) => Fit(rows, ModelRow.NgramColumn, regularization);

    /// <summary>Fits a final head.</summary>
    public TrainedHead FitStack(IReadOnlyCollection<ModelRow> rows, Regularization regularization) => Fit(rows, ModelRow.StackColumn, regularization);

    /// <summary>A head that has no lines to learn from: it always says the same, and that it is unlikely.</summary>
    /// <param name="column">The column that it reads.</param>
    /// <param name="rows">What there is: too little to learn from, but its number tells how unlikely a hit is.</param>
    public TrainedHead Silent(string column, IReadOnlyCollection<ModelRow> rows)
    {
        // One hit in so many lines: the weight of the made-up lines sets the bias.
        var without = new ModelRow { Stack = new float[layout.StackSize], Label = false, Weight = Math.Max(rows.Count, SilentOdds) };
        return Fit([without, new ModelRow { Stack = new float[layout.StackSize], Label = true }], column, new Regularization(L1: 0, L2: 0));
    }

    private TrainedHead Fit(IReadOnlyCollection<ModelRow> rows, string column, Regularization regularization)
    {
        var view = ml.Data.LoadFromEnumerable(rows, ModelRow.Schema(layout));
        var fitted = ml.BinaryClassification.Trainers.LbfgsLogisticRegression(new LbfgsLogisticRegressionBinaryTrainer.Options
        {
            FeatureColumnName = column,
            LabelColumnName = nameof(ModelRow.Label),
            ExampleWeightColumnName = nameof(ModelRow.Weight),
            L1Regularization = regularization.L1,
            L2Regularization = regularization.L2,
            NumberOfThreads = 1,
            MaximumNumberOfIterations = regularization.Iterations,
            OptimizationTolerance = 1e-5f,
        }).Fit(view);
        return new TrainedHead(fitted, ModelLoader.HeadOf(fitted.Model));
    }
}

/// <summary>A head that was fitted, or lent from an earlier model.</summary>
/// <param name="Transformer">As ML.NET saves it.</param>
/// <param name="Weights">What it holds.</param>
public sealed record TrainedHead(ITransformer Transformer, LinearHead Weights);

/// <summary>What public sets taught an earlier model of one language.</summary>
/// <param name="Scale">The scale of n-grams that the heads were fitted with.</param>
/// <param name="Heads">The heads of <see cref="ModelHeads.Public"/>.</param>
public sealed record LentHeads(BucketScale Scale, IReadOnlyList<TrainedHead> Heads);

/// <summary>How strongly weights are held down.</summary>
/// <param name="L1">Of the sum of magnitudes.</param>
/// <param name="L2">Of the sum of squares.</param>
/// <param name="Iterations">The most passes.</param>
internal sealed record Regularization(float L1, float L2, int Iterations = 150);
