using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using DeEscalationBot.Plugin.Playbook;
using DeEscalationBot.Plugin.Scoring.MlNet;
using DeEscalationBot.Training.Data;

namespace DeEscalationBot.Training.Peers;

/// <summary>How fast each is on the same messages, one thread each, one after the other, in processes of their own.</summary>
internal static class ScoringSpeed
{
    private const int MessagesOfEach = 1000;
    private const int WarmUps = 3;
    private const int Passes = 5;

    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web);

    /// <summary>What one took.</summary>
    /// <param name="Microseconds">Processor time, mean for a message.</param>
    /// <param name="PeakKilobytes">The most memory of its process, or nothing.</param>
    public sealed record Took(double Microseconds, long? PeakKilobytes)
    {
        /// <summary>Of single messages: half took no longer by the clock, in microseconds.</summary>
        public double? Median { get; init; }
    }

    /// <summary>The messages: lines of ours from all over the training part, both languages.</summary>
    public static IReadOnlyList<CorpusLine> Messages(string models)
    {
        var lines = CorpusReader.ReadTraining(Path.Combine(models, "corpus"));
        return [.. lines.GroupBy(l => l.Language).SelectMany(g => g.ToArray() is var all ? Enumerable.Range(0, MessagesOfEach).Select(i => all[(long)i * all.Length / MessagesOfEach]) : [])];
    }

    /// <summary>Measures ours in this process and writes it as one JSON line each: single messages, then the batch.</summary>
    public static void MeasureOurs(string models, TextWriter output)
    {
        var messages = Messages(models).Select(l => l.Text).ToArray();
        var scorer = new MlNetScorer(ModelLoader.Load(Path.Combine(models, "frustration.zip")), PlaybookSignals.ReadDetector(PlaybookFiles.BesideProgram()));
        for (var i = 0; i < WarmUps; i++)
        {
            Array.ForEach(messages, m => scorer.Score(m));
        }

        var times = new double[messages.Length];
        var single = FastestOf(() => Environment.CpuUsage.TotalTime, () =>
        {
            for (var i = 0; i < messages.Length; i++)
            {
                var start = Stopwatch.GetTimestamp();
                scorer.Score(messages[i]);
                times[i] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
            }
        });
        var batch = FastestOf(() => Environment.CpuUsage.TotalTime, () => Array.ForEach(messages, m => scorer.Score(m)));
        var peak = PeerProcess.PeakMemoryOf(Environment.ProcessId) / 1024;
        output.WriteLine(JsonSerializer.Serialize(new Took(single / messages.Length, peak) { Median = times.Order().ElementAt(messages.Length / 2) }, Format));
        output.WriteLine(JsonSerializer.Serialize(new Took(batch / messages.Length, peak), Format));
    }

    /// <summary>Measures all and writes the table, in Markdown.</summary>
    /// <param name="models">The folder of the model and the corpus.</param>
    /// <param name="fastText">fastText, whose models it is asked for.</param>
    /// <param name="script">The Node script.</param>
    /// <param name="lexicons">The libraries of Node.</param>
    public static string Table(string models, FastTextPeer fastText, string script, IEnumerable<LexiconPeer> lexicons)
    {
        var messages = Messages(models);
        var table = new StringBuilder("| | messages per second of processor time | µs per message | peak memory |\n|---|---|---|---|\n");
        var ours = PeerProcess.Run("dotnet", [typeof(ScoringSpeed).Assembly.Location, "peers", "speed", "--models", models], []).Select(Read).ToArray();
        Append(table, $"ours, one message at a time (half within {Number(ours[0].Median)} µs)", ours[0]);
        Append(table, "ours, the batch", ours[1]);
        Append(table, "fastText, one model: a yes or no", OfFastText(messages, fastText));
        foreach (var lexicon in lexicons)
        {
            var said = PeerProcess.Run(LexiconPeer.Program, [script, lexicon.Key, "--speed"], [.. messages.Select(m => LexiconPeer.Ask(m.Text, m.Language))]);
            Append(table, $"{lexicon.Name}, in Node: a number", Read(said[^1]));
        }

        return table.ToString();
    }

    private static Took OfFastText(IReadOnlyList<CorpusLine> messages, FastTextPeer fastText)
    {
        double sum = 0;
        long? peak = null;
        foreach (var language in messages.GroupBy(m => m.Language))
        {
            string[] plain = [.. language.Select(m => FastTextPeer.Plain(m.Text))];
            using var process = PeerProcess.Start(FastTextPeer.Program, FastTextPeer.Prediction(fastText.ModelOf(PeerTarget.Anger, language.Key)));
            process.Ask(plain);

            // Its processor time is told in hundredths of a second: several passes at once.
            string[] several = [.. Enumerable.Repeat(plain, Passes).SelectMany(p => p)];
            sum += FastestOf(process.ProcessorTime, () => process.Ask(several)) / Passes;
            peak = Math.Max(peak ?? 0, process.PeakMemory() ?? 0) / 1024 is > 0 and var kilobytes ? kilobytes : null;
        }

        return new Took(sum / messages.Count, peak);
    }

    // Processor time, as the machine may have other work; that disturbs caches as well, and the fastest pass is disturbed least.
    private static double FastestOf(Func<TimeSpan> processorTime, Action pass) => Enumerable.Range(0, Passes).Min(_ =>
    {
        var start = processorTime();
        pass();
        return (processorTime() - start).TotalMicroseconds;
    });

    private static Took Read(string line) => JsonSerializer.Deserialize<Took>(line, Format) ?? throw new PeerException($"A measurement of speed is '{line}'. Run it again.");

    private static void Append(StringBuilder table, string name, Took took) => table.Append(
        CultureInfo.InvariantCulture,
        $"| {name} | {1_000_000 / took.Microseconds:#,0} | {took.Microseconds:0.0} | {(took.PeakKilobytes is { } peak ? $"{peak / 1024} MB" : "not known")} |\n");

    private static string Number(double? value) => value is { } number ? number.ToString("0", CultureInfo.InvariantCulture) : "?";
}
