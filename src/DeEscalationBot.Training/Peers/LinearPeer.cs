using DeEscalationBot.Core.Channels;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using Microsoft.ML.Transforms.Text;

namespace DeEscalationBot.Training.Peers;

/// <summary>The plain linear model that one would write in an afternoon: TF-IDF of word 1–2 and character 2–5 grams, logistic regression.</summary>
/// <param name="seed">Makes the fit repeatable.</param>
/// <param name="lessons">What there is to learn.</param>
/// <param name="progress">Hears what is being done.</param>
internal sealed class LinearPeer(int seed, Func<PeerTarget, MessageLanguage, IReadOnlyList<Lesson>> lessons, Action<string> progress) : IContender
{
    private const int MostNgrams = 3_000_000;

    private readonly Dictionary<(PeerTarget, MessageLanguage), ITransformer> _models = [];
    private readonly MLContext _ml = new(seed);

    /// <inheritdoc/>
    public string Name => "linear";

    /// <inheritdoc/>
    public IReadOnlyList<Verdict> Judge(Question question)
    {
        var model = ModelOf(question.Target, question.Language);
        var judged = model.Transform(_ml.Data.LoadFromEnumerable(question.Texts.Select(t => new Row { Text = t.Text })));
        return [.. judged.GetColumn<float>("Probability").Select(chance => new Verdict(chance, chance >= 0.5))];
    }

    private ITransformer ModelOf(PeerTarget target, MessageLanguage language)
    {
        if (!_models.TryGetValue((target, language), out var model))
        {
            var known = lessons(target, language);
            progress($"linear: {target}, {language.Code()}, {known.Count} texts");
            var view = _ml.Data.LoadFromEnumerable(known.Select(l => new Row { Text = l.Text, Label = l.Label, Weight = l.Weight }).ToArray());
            model = _models[(target, language)] = Pipeline().Fit(view);
        }

        return model;
    }

    private EstimatorChain<ITransformer> Pipeline()
    {
        var text = _ml.Transforms.Text;
        var words = text.NormalizeText("Lower", nameof(Row.Text), TextNormalizingEstimator.CaseMode.Lower)
            .Append(text.TokenizeIntoWords("Words", "Lower", [' ', '\n', '\r', '\t', '.', ',', ';', ':', '(', ')', '"']))
            .Append(_ml.Transforms.Conversion.MapValueToKey("WordKeys", "Words", maximumNumberOfKeys: MostNgrams))
            .Append(text.ProduceNgrams("WordGrams", "WordKeys", 2, 0, useAllLengths: true, MostNgrams, NgramExtractingEstimator.WeightingCriteria.TfIdf))
            .Append(text.TokenizeIntoCharactersAsKeys("Characters", "Lower"));
        return words
            .Append(CharacterGrams(2))
            .Append(CharacterGrams(3))
            .Append(CharacterGrams(4))
            .Append(CharacterGrams(5))
            .Append(_ml.Transforms.NormalizeLpNorm("WordNorm", "WordGrams"))
            .Append(_ml.Transforms.Concatenate("CharacterGrams", "Characters2", "Characters3", "Characters4", "Characters5"))
            .Append(_ml.Transforms.NormalizeLpNorm("CharacterNorm", "CharacterGrams"))
            .Append(_ml.Transforms.Concatenate("Features", "WordNorm", "CharacterNorm"))
            .AppendCacheCheckpoint(_ml)
            .Append((IEstimator<ITransformer>)_ml.BinaryClassification.Trainers.LbfgsLogisticRegression(new LbfgsLogisticRegressionBinaryTrainer.Options
            {
                ExampleWeightColumnName = nameof(Row.Weight),
                L1Regularization = 0,
                L2Regularization = 0.5f,
                NumberOfThreads = 1,
                MaximumNumberOfIterations = 100,
            }));
    }

    private NgramExtractingEstimator CharacterGrams(int length) =>
        _ml.Transforms.Text.ProduceNgrams($"Characters{length}", "Characters", length, 0, useAllLengths: false, MostNgrams, NgramExtractingEstimator.WeightingCriteria.TfIdf);

    private sealed class Row
    {
        public string Text { get; set; } = string.Empty;

        public bool Label { get; set; }

        public float Weight { get; set; } = 1;
    }
}
