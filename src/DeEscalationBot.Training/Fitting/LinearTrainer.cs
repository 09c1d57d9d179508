global using FittedHead = Microsoft.ML.Data.BinaryPredictionTransformer<Microsoft.ML.Calibrators.CalibratedModelParametersBase<Microsoft.ML.Trainers.LinearBinaryModelParameters, Microsoft.ML.Calibrators.PlattCalibrator>>;

using DeEscalationBot.Plugin.Scoring.MlNet;
using Microsoft.ML;
using Microsoft.ML.Trainers;

namespace DeEscalationBot.Training.Fitting;

/// <summary>Fits logistic regressions by L-BFGS, on one thread, so that a fit can be repeated to the last bit.</summary>
/// <param name="ml">The context with the seed.</param>
internal sealed class LinearTrainer(MLContext ml)
{
    private const float SilentOdds = 200;

    /// <summary>Fits a head over n-grams. L1 makes it sparse: the archive stays small, and rare n-grams have no say.</summary>
    public FittedHead FitNgrams(IReadOnlyCollection<ModelRow> rows, Regularization regularization) => Fit(rows, ModelRow.NgramColumn, regularization);

    /// <summary>Fits a final head.</summary>
    public FittedHead FitStack(IReadOnlyCollection<ModelRow> rows, Regularization regularization) => Fit(rows, ModelRow.StackColumn, regularization);

    /// <summary>A head that has no lines to learn from: it always says the same, and that it is unlikely.</summary>
    /// <param name="column">The column that it reads.</param>
    /// <param name="rows">What there is: too little to learn from, but its number tells how unlikely a hit is.</param>
    public FittedHead Silent(string column, IReadOnlyCollection<ModelRow> rows)
    {
        // One hit in so many lines: the weight of the made-up lines sets the bias.
        var without = new ModelRow { Stack = new float[ModelHeads.StackSize], Label = false, Weight = Math.Max(rows.Count, SilentOdds) };
        return Fit([without, new ModelRow { Stack = new float[ModelHeads.StackSize], Label = true }], column, new Regularization(L1: 0, L2: 0));
    }

    /// <summary>The weights of a fitted head.</summary>
    public static LinearHead HeadOf(FittedHead fitted) => ModelLoader.HeadOf(fitted.Model);

    private FittedHead Fit(IReadOnlyCollection<ModelRow> rows, string column, Regularization regularization)
    {
        var view = ml.Data.LoadFromEnumerable(rows, ModelRow.Schema());
        return ml.BinaryClassification.Trainers.LbfgsLogisticRegression(new LbfgsLogisticRegressionBinaryTrainer.Options
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
    }
}

/// <summary>How strongly weights are held down.</summary>
/// <param name="L1">Of the sum of magnitudes.</param>
/// <param name="L2">Of the sum of squares.</param>
/// <param name="Iterations">The most passes.</param>
internal sealed record Regularization(float L1, float L2, int Iterations = 150);
