using DeEscalationBot.Plugin.Scoring.MlNet;
using DeEscalationBot.Training.Fitting;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DeEscalationBot.Host.Tests.Training;

/// <summary>Trees on values drawn by a fixed seed; what is to be learnt is an "either, or" that no weighted sum can tell.</summary>
public sealed class TreeTrainerTests
{
    private const int Inputs = 4;

    private static readonly ModelRow[] Rows = Draw(3_000);

    [Fact]
    public void Fit_EitherOr_IsLearntAndIgnoresWhatStandsBehindTheInputs()
    {
        var trees = Fit();

        Assert.True(trees.Count > 0);
        Assert.True(trees.Logit([0.5f, -0.5f, 0, 0]) > 2);
        Assert.True(trees.Logit([-0.5f, 0.5f, 0, 0]) > 2);
        Assert.True(trees.Logit([0.5f, 0.5f, 0, 0]) < -2);
        Assert.True(trees.Logit([-0.5f, -0.5f, 0, 0]) < -2);
    }

    [Fact]
    public void Fit_GivesTheChancesThatMlNetGives()
    {
        var trees = Fit();
        var ml = new MLContext(seed: 1);
        var schema = SchemaDefinition.Create(typeof(Row));
        schema[nameof(Row.Inputs)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, Inputs);
        var outputs = new TreeTrainer(ml, Inputs, seed: 1).Transformer(Rows).Transform(ml.Data.LoadFromEnumerable(Rows.Select(r => new Row { Inputs = r.Stack[..Inputs] }), schema));

        var expected = outputs.GetColumn<float>("Probability").ToArray();

        for (var i = 0; i < Rows.Length; i++)
        {
            Assert.Equal(expected[i], 1 / (1 + MathF.Exp(-trees.Logit(Rows[i].Stack))), 1e-4f);
        }
    }

    [Fact]
    public void Fit_Twice_GivesTheSameBytes()
    {
        Assert.Equal(Bytes(), Bytes());

        static byte[] Bytes() => TreeBlend.ToBytes([new TreeBlend(Fit(), Elsewhere: null)]);
    }

    [Fact]
    public void Fit_RowsThatWeighNothing_AreNotHeard()
    {
        // As many rows again that say the opposite.
        var denied = Rows.Select(r => new ModelRow { Stack = r.Stack, Label = !r.Label, Weight = 1e-6f });

        var trees = new TreeTrainer(new MLContext(seed: 1), Inputs, seed: 1).Fit([.. Rows, .. denied]);

        Assert.True(trees.Logit([0.5f, -0.5f, 0, 0]) > 2);
        Assert.True(trees.Logit([0.5f, 0.5f, 0, 0]) < -2);
    }

    private static BoostedTrees Fit() => new TreeTrainer(new MLContext(seed: 1), Inputs, seed: 1).Fit(Rows);

    private static ModelRow[] Draw(int count)
    {
        var random = new Random(7);
        return
        [
            .. Enumerable.Range(0, count).Select(_ =>
            {
                var values = Enumerable.Range(0, Inputs).Select(_ => (random.NextSingle() * 2) - 1).ToArray();
                var label = values[0] > 0 != values[1] > 0;

                // The last value tells all, and lies beyond what the trees may ask for.
                return new ModelRow { Stack = [.. values, label ? 1 : 0], Label = label };
            }),
        ];
    }

    private sealed class Row
    {
        public float[] Inputs { get; set; } = [];
    }
}
