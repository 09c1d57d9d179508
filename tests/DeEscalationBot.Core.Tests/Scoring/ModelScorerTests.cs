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
    [InlineData("sí, claro")]
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
            var rows = readings.Select(r => new ModelRow { Ngrams = NgramsOf(r, archive[code].Scale), Stack = Model.StackOf(r, ThePlaybook.Signals.Detect(r, language), language) }).ToArray();
            var outputs = transformer.Transform(ml.Data.LoadFromEnumerable(rows, ModelRow.Schema()));
            for (var head = 0; head < ModelHeads.Ngram.Count; head++)
            {
                var expected = Logits(outputs, $"{code}.{ModelHeads.Ngram[head]}");
                for (var i = 0; i < rows.Length; i++)
                {
                    Assert.Equal(ModelHeads.Scale(expected[i]), rows[i].Stack[head], 1e-5f);
                }
            }

            var annoyed = Logits(outputs, code + ".atLeast1");
            var frustrated = Logits(outputs, code + ".atLeast2");
            for (var i = 0; i < rows.Length; i++)
            {
                var chances = Model.Measure(readings[i], ThePlaybook.Signals.Detect(readings[i], language));
                var expected = metadata.Scales[1].Apply(frustrated[i]);
                Assert.Equal(expected, chances.AtLeastFrustrated, 1e-5);
                Assert.Equal(Math.Max(expected, metadata.Scales[0].Apply(annoyed[i])), chances.AtLeastAnnoyed, 1e-5);
            }
        }
    }

    private static Microsoft.ML.Data.VBuffer<float> NgramsOf(MessageReading reading, BucketScale scale)
    {
        var (buckets, words) = NgramHasher.Of(reading);
        return scale.Vector(buckets, words);
    }

    private static float[] Logits(IDataView outputs, string column) =>
        [.. Microsoft.ML.Data.ColumnCursorExtensions.GetColumn<float>(outputs, outputs.Schema[column])];
}
