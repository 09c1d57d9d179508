using System.Text.RegularExpressions;
using BenchmarkDotNet.Attributes;
using DeEscalationBot.Core.Scoring;
using DeEscalationBot.Core.Scoring.Text;
using DeEscalationBot.Plugin.Playbook;

namespace DeEscalationBot.Benchmarks;

/// <summary>What finding the signals of one message costs, beside a plain regular expression over the same words.</summary>
[MemoryDiagnoser]
public class ReadingBenchmarks
{
    private readonly SignalDetector _detector = PlaybookSignals.ReadDetector(PlaybookFiles.BesideProgram());
    private readonly Regex _alternation;

    public ReadingBenchmarks()
    {
        // What one would write first: the words of the rules as one alternation.
        var files = PlaybookFiles.BesideProgram();
        var words = PlaybookSignals.Read(files, Core.Channels.MessageLanguage.Spanish).Rules
            .SelectMany(r => r.Phrases)
            .SelectMany(p => MessageReading.Of(p).Words)
            .Where(w => w.Kind == WordKind.Letters && w.Form.Length > 3)
            .Select(w => Regex.Escape(w.Form))
            .Distinct();
        _alternation = new Regex(@"\b(" + string.Join('|', words) + @")\b", RegexOptions.IgnoreCase | RegexOptions.Compiled | RegexOptions.CultureInvariant);
    }

    [Params(
        "ok, gracias",
        "Llevo tres semanas esperando el reembolso del pedido 88213, he llamado cuatro veces y nadie me da una respuesta. Quiero hablar con su supervisor ya!!!")]
    public string Message { get; set; } = string.Empty;

    [Benchmark]
    public MessageReading Read() => MessageReading.Of(Message);

    [Benchmark]
    public SignalFindings Detect() => _detector.Detect(MessageReading.Of(Message));

    [Benchmark(Baseline = true)]
    public int PlainRegex() => _alternation.Count(Message);
}
