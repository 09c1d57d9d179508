using System.Diagnostics;
using System.Globalization;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Conversations;
using DeEscalationBot.Core.Escalation;
using DeEscalationBot.Core.Pipeline;
using DeEscalationBot.Host.Conversations.Storage;
using DeEscalationBot.Host.Conversations.Storage.Sealing;
using DeEscalationBot.Host.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace DeEscalationBot.Load;

/// <summary>Makes a large record: conversations of a year, with messages of the training corpus, by the product's own pipeline and writer, so that scores, alerts, sealing and lists are real.</summary>
/// <remarks>Not by way of HTTP, and a conversation a transaction, so that a million messages take minutes. Repeatable but for keys and ids.</remarks>
internal static class Program
{
    private const string SealVerb = "seal";
    private const int TurnsEach = 20;
    private const int Customers = 15_000;
    private const int Agents = 40;
    private const int AtOnce = 4;

    private static readonly string[] Answers =
    [
        "Buenos días, soy Ana. Siento la espera: ahora mismo miro su pedido.", "Entiendo que lleva tres semanas sin respuesta. Lo compruebo y le digo algo en cinco minutos.",
        "Good morning, I am sorry about the delay. I am looking at your order right now.", "The refund was sent today; it arrives within two working days. Is there anything else?",
    ];

    public static async Task<int> Main(string[] args)
    {
        if (args is [SealVerb])
        {
            MeasureSealing();
            return 0;
        }

        if (args.Length == 0 || !int.TryParse(args[0], NumberStyles.None, CultureInfo.InvariantCulture, out var turns))
        {
            await Console.Error.WriteLineAsync($"How many messages? The other arguments are settings of the host, such as --Storage:DataDirectory=data. Or '{SealVerb}': what sealing costs.");
            return 2;
        }

        await using var app = CoachHost.Build(["--urls", "http://127.0.0.1:0", "--Logging:LogLevel:Default=Warning", "--Logging:LogLevel:Microsoft.Hosting.Lifetime=Warning", "--Logging:LogLevel:Orleans=Error", .. args[1..]]);
        await app.StartAsync();
        var (log, pipeline) = (app.Services.GetRequiredService<ConversationLog>(), app.Services.GetRequiredService<ConversationTurnPipeline>());
        var now = app.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        var texts = ReadTexts();
        var began = Stopwatch.GetTimestamp();
        var done = 0;
        await Parallel.ForEachAsync(Enumerable.Range(0, turns / TurnsEach), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (number, _) =>
        {
            var (after, events) = Converse(number, turns / TurnsEach, pipeline, texts, now);
            await log.AppendAsync(after, events, waitingDueAt: null);
            var sofar = Interlocked.Increment(ref done);
            if (sofar % 5_000 == 0)
            {
                await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{sofar * TurnsEach} messages, {sofar * TurnsEach / Stopwatch.GetElapsedTime(began).TotalSeconds:0} a second"));
            }
        });
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{done * TurnsEach} messages in {done} conversations, {Stopwatch.GetElapsedTime(began).TotalSeconds:0} s"));
        await app.StopAsync();
        return 0;
    }

    // Customer and agent in turn; every alert is answered in the end, so that a host which starts on the record has nobody to call.
    private static (Conversation After, List<ConversationEvent> Events) Converse(int number, int count, ConversationTurnPipeline pipeline, string[] texts, DateTimeOffset now)
    {
        var at = now - TimeSpan.FromDays(365) + (TimeSpan.FromDays(364) * (number / (double)count));
        var conversation = Conversation.Start(ConversationId.Create(string.Create(CultureInfo.InvariantCulture, $"load-{number:D7}")));
        var events = new List<ConversationEvent>();
        for (var turn = 0; turn < TurnsEach; turn++)
        {
            var isCustomer = turn % 2 == 0;
            at += TimeSpan.FromSeconds(40);
            var message = new InboundMessage(
                MessageId.Create(string.Create(CultureInfo.InvariantCulture, $"m{turn}")),
                isCustomer ? SpeakerRole.Customer : SpeakerRole.Agent,
                isCustomer ? texts[(number * 31 + turn) % texts.Length] : Answers[(number + turn) % Answers.Length],
                at,
                CustomerId: string.Create(CultureInfo.InvariantCulture, $"customer-{number % Customers}"),
                AgentId: string.Create(CultureInfo.InvariantCulture, $"agent-{number % Agents}"));
            var taken = pipeline.Take(conversation, message, at);
            conversation = taken.Conversation;
            events.AddRange(taken.Events);
        }

        foreach (var alert in conversation.Alerts.Where(a => a.IsOpen).ToArray())
        {
            if (AlertLifeCycle.Resolve(alert, "supervisor-1", "Solved", at) is { } resolved)
            {
                conversation = conversation.Apply(resolved);
                events.Add(resolved);
            }
        }

        return (conversation, events);
    }

    // In processor time: what others do on the machine hardly moves it.
    private static void MeasureSealing()
    {
        const int Warm = 20_000;
        const int Times = 200_000;
        var key = RecordKey.Of(KeyOwner.Conversation("load"), new byte[RecordKey.Length]);
        using var process = Process.GetCurrentProcess();
        Console.WriteLine("| an event of | sealed, µs | opened, µs | longer by |\n|---|---|---|---|");
        foreach (var length in new[] { 300, 1_000, 3_000 })
        {
            var place = RecordPlace.Event("load-0001234", 17);
            var text = new string('x', length);
            var sealedText = key.Seal(place, text);
            var (seal, open) = (Cost(() => key.Seal(place, text)), Cost(() => key.Open(place, sealedText)));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {length} characters | {seal:0.0} | {open:0.0} | {(sealedText.Length - length) * 100.0 / length:0} % |"));
        }

        double Cost(Func<string> what)
        {
            Repeat(Warm);
            process.Refresh();
            var before = process.TotalProcessorTime;
            Repeat(Times);
            process.Refresh();
            return (process.TotalProcessorTime - before).TotalMicroseconds / Times;

            void Repeat(int times)
            {
                for (var i = 0; i < times; i++)
                {
                    what();
                }
            }
        }
    }

    private static string[] ReadTexts() =>
        [.. Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "corpus"), "train-*.tsv", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .SelectMany(f => File.ReadLines(f).Skip(1).Take(300).Select(l => l.Split('\t'))).Where(c => c.Length > 3).Select(columns => columns[^1])];
}
