using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Scoring;
using DeEscalationBot.Core.Scoring.Text;
using DeEscalationBot.Plugin.Scoring.MlNet;
using Microsoft.ML;

namespace DeEscalationBot.Core.Tests.Scoring;

/// <summary>The model as it ships, behind the scorer.</summary>
public sealed class ModelScorerTests
{
    private static readonly string Archive = Path.Combine(AppContext.BaseDirectory, "models", "frustration.zip");
    private static readonly FrustrationModel Model = ModelLoader.Load(Archive);
    private static readonly MlNetScorer Scorer = new(Model, ThePlaybook.Signals);
    private static readonly PlattScale AsItIs = new(1, 0);

    // Our own sentences, of every kind that the scorer may meet.
    private static readonly string[] Samples =
    [
        "", "ok", "El pedido es el 88213.", "¿Hasta cuándo? Llevo tres semanas esperando y nadie contesta.", "great, another outage. fantastic.",
        "I have asked you four times now. FOUR. Is anybody reading this???", "Thanks a lot, it works again!", "😡😡", "sois unos inútiles", "12345 67890",
        "La app se cierra al abrir la factura. Móvil Android 14, versión 8.2. Ya reinstalé.", "x", "¿?", "no sé; whatever, do what you want",
    ];

    [Fact]
    public void Score_EmptyText_IsCalm()
    {
        var score = Scorer.Score(string.Empty);

        Assert.Equal(FrustrationLevel.Calm, score.Level);
        Assert.True(score.Frustration.Value < 0.1, score.Frustration.ToString());
        Assert.Equal(ScoreOrigin.Model, score.Origin);
    }

    [Theory]
    [InlineData("ok")]
    [InlineData("el pedido es el 88213")]
    [InlineData("Mi número de cliente es 4471-0098")]
    [InlineData("My order number is 88213.")]
    [InlineData("yes please")]
    [InlineData("gracias, quedo a la espera")]
    [InlineData("Perfecto, muchas gracias por la ayuda")]
    [InlineData("thanks, that worked")]
    [InlineData("Hola, buenas tardes")]
    public void Score_ShortNeutralReply_IsCalm(string text)
    {
        var score = Scorer.Score(text);

        Assert.Equal(FrustrationLevel.Calm, score.Level);
        Assert.True(score.Frustration.Value < 0.15, score.Frustration.ToString());
    }

    [Theory]
    [InlineData("sí, claro")]
    [InlineData("sure, right")]
    public void Score_AssentThatMayBeIronic_IsNoFrustration(string text)
    {
        // On its own nobody can tell whether it is meant: annoyed at the most.
        var score = Scorer.Score(text);

        Assert.True(score.Level <= FrustrationLevel.Annoyed, score.Level.ToString());
        Assert.True(score.Frustration.Value < 0.3, score.Frustration.ToString());
    }

    [Theory]
    [InlineData("Buenos días. Les escribo por un fallo en el panel. Cuando abro el informe mensual y elijo la fecha, el gráfico se queda en blanco y en la consola aparece el error 500. Pasa con Chrome y con Firefox. He borrado la caché y he probado con otro usuario, y el resultado es el mismo. Les adjunto una captura y el registro. Si necesitan más datos, me dicen. Un saludo.")]
    [InlineData("Hi team, a bug report. After the update the export job dies with exit code 137 when the file has more than 10,000 rows. Steps: open Reports, choose CSV, press Export. Expected: a download. Actual: the spinner runs for a minute and then the page shows error 502. It happens on Linux and on Windows. Killing the worker and starting it again does not change anything. The log is attached. Let me know if you need anything else.")]
    public void Score_LongCalmBugReport_IsNotFrustrated(string text)
    {
        var score = Scorer.Score(text);

        Assert.True(score.Level <= FrustrationLevel.Annoyed, score.Level.ToString());
        Assert.True(score.Frustration.Value < 0.5, score.Frustration.ToString());
    }

    [Theory]
    [InlineData("Es la cuarta vez que llamo por lo mismo y nadie me da una solución. Estoy harta.")]
    [InlineData("Llevo tres semanas esperando y solo recibo respuestas automáticas. Esto es una vergüenza.")]
    [InlineData("This is the fifth time I have had to explain this and nobody has fixed anything. I am fed up.")]
    [InlineData("El servicio es pésimo y estoy furioso")]
    [InlineData("Estoy harto de vosotros, es una vergüenza")]
    [InlineData("Esto es inaceptable, la peor compañía que he tenido")]
    [InlineData("I'm furious, this is unacceptable")]
    [InlineData("Worst airline ever, never flying with you again")]
    [InlineData("Absolutely ridiculous. Two months, six tickets, and still no refund. You people just don't care.")]
    public void Score_PlainFrustration_IsFrustratedOrWorse(string text)
    {
        var score = Scorer.Score(text);

        Assert.True(score.Level >= FrustrationLevel.Frustrated, score.Level.ToString());
        Assert.True(score.Frustration.Value > 0.6, score.Frustration.ToString());
    }

    [Fact]
    public void Score_AnyLegalText_GivesAChanceAndNeverThrows()
    {
        string[] texts =
        [
            .. Samples,
            new string('a', MessageText.MaxLength),
            string.Concat(Enumerable.Repeat("no funciona nada. ", MessageText.MaxLength / 18)),
            string.Concat(Enumerable.Repeat("😡", MessageText.MaxLength / 2)),
            new string('!', MessageText.MaxLength),
            new string('\n', 1000),
            MessageText.Mend("half an emoji \uD83D and \uDE21 the other"),
            "\u202Eesrever\u202C \u0000 \u200B", "𝕳𝖊𝖑𝖑𝖔 𝖋𝖗𝖎𝖊𝖓𝖉", "你好，我的订单在哪里？", "привет", "()[]{}<>|\\^~`",
        ];

        foreach (var text in texts)
        {
            foreach (var language in Enum.GetValues<MessageLanguage>())
            {
                var score = Scorer.Score(text, language);
                Assert.InRange(score.Frustration.Value, 0, 1);
                Assert.True(Enum.IsDefined(score.Level));
                Assert.All(score.Signals.SelectMany(s => s.Evidence), e => Assert.Equal(text.Substring(e.Start, e.Length), e.Text));
            }
        }
    }

    [Fact]
    public void Score_FromManyThreads_GivesWhatOneThreadGives()
    {
        var expected = Samples.Select(t => Scorer.Score(t)).ToArray();

        Parallel.For(0, 2000, i =>
        {
            var score = Scorer.Score(Samples[i % Samples.Length]);
            Assert.Equal(expected[i % Samples.Length].Frustration, score.Frustration);
            Assert.Equal(expected[i % Samples.Length].Level, score.Level);
        });
    }

    [Fact]
    public void Measure_Chances_NeverRiseWithTheLevel()
    {
        foreach (var text in Samples)
        {
            var reading = MessageReading.Of(text);
            var chances = Model.Measure(reading, ThePlaybook.Signals.Detect(reading));

            Assert.True(chances.AtLeastAnnoyed >= chances.AtLeastFrustrated);
            Assert.True(chances.AtLeastFrustrated >= chances.AtLeastAngry);
            Assert.True(chances.AtLeastAngry >= chances.Hostile);
        }
    }

    [Theory]
    [InlineData(MessageLanguage.Spanish)]
    [InlineData(MessageLanguage.English)]
    [InlineData(MessageLanguage.Undetermined)]
    public void MeasureSignals_AnyMessage_SaysWhatMeasureSays(MessageLanguage language)
    {
        foreach (var text in Samples)
        {
            var reading = MessageReading.Of(text);
            var findings = ThePlaybook.Signals.Detect(reading, language);
            var (whole, signals) = (Model.Measure(reading, findings), Model.MeasureSignals(reading, findings));

            for (var i = 0; i < ModelHeads.Signals.Length; i++)
            {
                Assert.Equal(whole.ChanceOf(i), signals.ChanceOf(i));
                Assert.Equal(whole.ConfidenceOf(i), signals.ConfidenceOf(i));
            }
        }
    }

    [Fact]
    public void ConfidenceOf_ChanceAtItsThreshold_IsAHalf()
    {
        // By hand: odds 0.2/0.8 = 1/4 at the threshold; a chance of 0.5 has four times those odds, hence 0.8.
        var at = new ModelChances([.. Enumerable.Repeat(0.2, ModelHeads.Final.Count)], [.. Enumerable.Repeat(0.2, ModelHeads.Final.Count)], AsItIs);
        var above = new ModelChances([.. Enumerable.Repeat(0.5, ModelHeads.Final.Count)], [.. Enumerable.Repeat(0.2, ModelHeads.Final.Count)], AsItIs);

        Assert.Equal(0.5, at.ConfidenceOf(0).Value, 1e-9);
        Assert.Equal(0.8, above.ConfidenceOf(0).Value, 1e-9);
    }

    // By hand: (0.9 + 2 · 0.5 + 0.1) / 4 = 0.5, (0.9 + 2 · 0.1 + 0.1) / 4 = 0.3; where the neighbours contradict the middle they give way: (0.6 + 2 · 0.6 + 0.6) / 4.
    [Theory]
    [InlineData(0.9, 0.5, 0.1, 0.5)]
    [InlineData(0.9, 0.1, 0.1, 0.3)]
    [InlineData(0.2, 0.1, 0.05, 0.1125)]
    [InlineData(0.1, 0.6, 0.9, 0.6)]
    public void Frustration_ChancesOfThreeLevels_IsTheirMeanWithTheMiddleTwice(double annoyed, double frustrated, double angry, double expected)
    {
        double[] chances = [annoyed, frustrated, angry, .. Enumerable.Repeat(0.01, ModelHeads.Final.Count - 3)];

        Assert.Equal(expected, new ModelChances(chances, [.. Enumerable.Repeat(0.5, chances.Length)], AsItIs).Frustration, 1e-9);
    }

    [Fact]
    public void Explain_SharesOfWordsAndFeatures_AddUpToTheWeightedSum()
    {
        // What words and features bring, what the biases of the heads over n-grams bring at the weights that the message met, and a
        // constant make the weighted sum of the head, in the scale of its chance. The archive's weights give the latter two.
        var archive = ModelLoader.ReadArchive(File.ReadAllBytes(Archive), Archive);
        var metadata = ModelLoader.ReadMetadata(ModelMetadata.PathFor(Archive));
        var whole = 0;
        foreach (var text in Samples.Where(t => t.Length > 0))
        {
            var reading = MessageReading.Of(text);
            foreach (var (code, language) in ModelHeads.Languages.Zip([MessageLanguage.Spanish, MessageLanguage.English]))
            {
                var findings = ThePlaybook.Signals.Detect(reading, language);
                var head = archive[code].Heads[ModelHeads.Ngram.Count + 1];
                var stack = Model.StackOf(reading, findings, language);
                var nothing = new float[FinalInputs.Count];
                FinalInputs.Derive(nothing);
                double biases = 0;
                for (var i = 0; i < 2 * ModelHeads.Ngram.Count; i++)
                {
                    biases += FinalInputs.Factor(head.Weights, stack, i) * archive[code].Heads[i % ModelHeads.Ngram.Count].Bias / ModelHeads.ScaleDivisor;
                }

                var (words, features) = Model.Explain(reading, findings, head: 1);

                var scale = metadata.Languages[code].Scales[1];
                var explained = words.Sum() + features.Sum() + (scale.Slope * (biases + head.Logit(nothing))) + scale.Offset;

                // Of a logit that was clipped the words keep their share, and so does the constant, of which nobody is told: a few hundredths of a logit. Else only the order of
                // summing in single precision is another.
                var isClipped = stack.Take(2 * ModelHeads.Ngram.Count).Any(x => Math.Abs(x) >= ModelHeads.Scale(float.MaxValue) - 1e-5f);
                whole += isClipped ? 0 : 1;
                Assert.Equal((scale.Slope * head.Logit(stack)) + scale.Offset, explained, isClipped ? 0.2 : 2e-3);
            }
        }

        Assert.True(whole >= 10, $"Only {whole} messages have no clipped logit.");
    }

    [Theory]
    [InlineData("Es la cuarta vez que llamo por lo mismo y nadie me da una solución. Estoy harta.")]
    [InlineData("This is the fifth time I have had to explain this and nobody has fixed anything. I am fed up.")]
    public void Explain_Frustration_PointsAtWordsOfTheText(string text)
    {
        var contributions = Scorer.Explain(text).Contributions;

        Assert.InRange(contributions.Count, 1, ScoreExplanation.MostContributions);
        Assert.Contains(contributions, c => c.LogOdds > 0 && c.Evidence is not null);
        Assert.All(contributions.Where(c => c.Evidence is not null), c => Assert.Equal(text.Substring(c.Evidence!.Start, c.Evidence.Length), c.Evidence.Text));
        Assert.Equal(contributions.OrderByDescending(c => Math.Abs(c.LogOdds)), contributions);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("\u200B")]
    public void Explain_NothingToSee_ExplainsNothing(string text) => Assert.Empty(Scorer.Explain(text).Contributions);

    [Fact]
    public void Measure_CompiledWeights_GiveWhatTheArchivesTransformersGive()
    {
        // The expected logits come from ML.NET itself, run on the same columns.
        var ml = new MLContext(seed: 1);
        var transformer = ml.Model.Load(Archive, out _);
        var archive = ModelLoader.ReadArchive(File.ReadAllBytes(Archive), Archive);
        foreach (var (language, code) in new[] { (MessageLanguage.Spanish, "es"), (MessageLanguage.English, "en") })
        {
            var metadata = ModelLoader.ReadMetadata(ModelMetadata.PathFor(Archive)).Languages[code];
            var readings = Samples.Select(MessageReading.Of).ToArray();
            var rows = readings.Select(r => new ModelRow { Ngrams = archive[code].Scale.Vector(NgramHasher.Of(r)), Stack = Model.StackOf(r, ThePlaybook.Signals.Detect(r, language), language) }).ToArray();
            var outputs = transformer.Transform(ml.Data.LoadFromEnumerable(rows, ModelRow.Schema()));
            for (var head = 0; head < ModelHeads.Ngram.Count; head++)
            {
                var expected = Logits(outputs, $"{code}.{ModelHeads.Ngram[head]}");
                for (var i = 0; i < rows.Length; i++)
                {
                    Assert.Equal(ModelHeads.Scale(expected[i]), rows[i].Stack[head], 1e-5f);
                }
            }

            // The trees beside the first final heads count twice what the sum counts; TreeTrainerTests holds them to ML.NET's.
            float Whole(int head, float sum, float[] stack) => head < archive[code].Trees.Count ? archive[code].Trees[head].Logit(stack) + (sum / 2) : sum;
            var logits = ModelHeads.Final.Select(h => Logits(outputs, $"{code}.{h}")).ToArray();
            for (var i = 0; i < rows.Length; i++)
            {
                var chances = Model.Measure(readings[i], ThePlaybook.Signals.Detect(readings[i], language));
                var expected = logits.Select((l, head) => metadata.Scales[head].Apply(Whole(head, l[i], rows[i].Stack))).ToArray();
                Assert.Equal(expected[1], chances.AtLeastFrustrated, 1e-5);
                Assert.Equal(Math.Max(expected[1], expected[0]), chances.AtLeastAnnoyed, 1e-5);
                for (var signal = 0; signal < ModelHeads.Signals.Length; signal++)
                {
                    Assert.Equal(expected[ModelHeads.LevelCount + signal], chances.ChanceOf(signal), 1e-5);
                }
            }
        }
    }

    private static float[] Logits(IDataView outputs, string column) =>
        [.. Microsoft.ML.Data.ColumnCursorExtensions.GetColumn<float>(outputs, outputs.Schema[column])];
}
