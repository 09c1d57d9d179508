using BenchmarkDotNet.Attributes;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Scoring;
using DeEscalationBot.Plugin;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace DeEscalationBot.Benchmarks;

/// <summary>What the whole scorer costs for one message on one core: reading, language, signals, model, level.</summary>
[MemoryDiagnoser]
[HideColumns("Error", "StdDev", "Median", "RatioSD")]
public class ScoringBenchmarks
{
    // Of 3, 17 and about 105 words; chat messages have 15 to 20. The lengthy ones are like e-mails, with several grievances in a row.
    private static readonly Dictionary<(MessageLanguage, MessageSize), string> Messages = new()
    {
        [(MessageLanguage.Spanish, MessageSize.Brief)] = "ok, muchas gracias",
        [(MessageLanguage.Spanish, MessageSize.Typical)] = "Es la tercera vez que escribo por el pedido 88213 y todavía nadie me da una solución!!",
        [(MessageLanguage.Spanish, MessageSize.Lengthy)] =
            """
            Buenas tardes. El lunes pasado pedí dos lámparas y me llegó una sola, con la pantalla rota. Llamé el martes y me dijeron que en 48 horas
            pasaban a buscarla; no vino nadie. El jueves volví a llamar, esperé cuarenta minutos y se cortó. Hoy reviso la cuenta y veo que me cobraron
            dos veces el envío. No entiendo cómo puede ser tan difícil, de verdad. Si mañana no tengo una respuesta, voy a reclamar el cargo con el
            banco y a contar en las redes lo que me pasó con ustedes. Quiero hablar con un responsable, por favor, y que me digan una fecha.
            """,
        [(MessageLanguage.English, MessageSize.Brief)] = "ok, thank you",
        [(MessageLanguage.English, MessageSize.Typical)] = "This is the third time I have written about order 88213 and nobody has fixed it yet!!",
        [(MessageLanguage.English, MessageSize.Lengthy)] =
            """
            Good afternoon. Last Monday I ordered two lamps and only one came, with a broken shade. I called on Tuesday and was told that somebody
            would collect it within 48 hours; nobody did. On Thursday I called again, waited for forty minutes and the line dropped. Today I look at
            my account and see that you charged me twice for the delivery. I honestly don't understand how this can be so hard. If I have no answer by
            tomorrow I will dispute the charge with my bank and tell everyone online. I want to speak to a manager, please, and to get a date.
            """,
    };

    private readonly IUtteranceScorer _scorer = TheScorer.Create();
    private string _message = string.Empty;

    /// <summary>How long a message is.</summary>
    public enum MessageSize
    {
        Brief,
        Typical,
        Lengthy,
    }

    [Params(MessageLanguage.Spanish, MessageLanguage.English)]
    public MessageLanguage Language { get; set; }

    [Params(MessageSize.Brief, MessageSize.Typical, MessageSize.Lengthy)]
    public MessageSize Size { get; set; }

    /// <summary>The message of a language and size.</summary>
    public static string MessageOf(MessageLanguage language, MessageSize size) => Messages[(language, size)];

    [GlobalSetup]
    public void Choose() => _message = MessageOf(Language, Size);

    [Benchmark]
    public UtteranceScore Score() => _scorer.Score(_message);
}

/// <summary>The same for a batch of many different messages, one after another on one core: nothing stays warm for long.</summary>
[MemoryDiagnoser]
[HideColumns("Error", "StdDev", "Median", "RatioSD")]
public class BatchBenchmarks
{
    private const int Size = 500;

    private readonly IUtteranceScorer _scorer = TheScorer.Create();
    private string[] _messages = [];

    [Params("es", "en")]
    public string Language { get; set; } = string.Empty;

    /// <summary>Takes lines from all over the training part of the corpus, short and long.</summary>
    [GlobalSetup]
    public void Read()
    {
        var texts = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "corpus", Language), "train-*.tsv")
            .Order(StringComparer.Ordinal)
            .SelectMany(f => File.ReadLines(f).Skip(1))
            .Select(l => l[(l.LastIndexOf('\t') + 1)..])
            .ToArray();
        _messages = [.. Enumerable.Range(0, Size).Select(i => texts[i * texts.Length / Size])];
    }

    [Benchmark(OperationsPerInvoke = Size)]
    public double ScoreEach()
    {
        var sum = 0.0;
        foreach (var message in _messages)
        {
            sum += _scorer.Score(message).Frustration.Value;
        }

        return sum;
    }
}

/// <summary>The scorer as a host gets it.</summary>
internal static class TheScorer
{
    public static IUtteranceScorer Create() =>
        new ServiceCollection().AddDeEscalation(new ConfigurationBuilder().Build()).BuildServiceProvider().GetRequiredService<IUtteranceScorer>();
}
