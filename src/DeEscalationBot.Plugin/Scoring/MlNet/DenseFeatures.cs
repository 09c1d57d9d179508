using DeEscalationBot.Core.Scoring;
using DeEscalationBot.Core.Scoring.Text;

namespace DeEscalationBot.Plugin.Scoring.MlNet;

/// <summary>What a message shows beside its words: surface cues, signals and tone. The trainer and the scorer share it.</summary>
/// <remarks>All values lie between −2 and 2, so that one regularisation suits them all. Stateless and safe for concurrent use.</remarks>
public static class DenseFeatures
{
    // Words from which a message is no longer the clipped answer that says nothing of a mood.
    private const int ShortMessageWords = 3;

    private const int ToneValues = 3;

    // What a person would call the first values.
    private static readonly ScoreCue[] CueOf =
    [
        ScoreCue.Length, ScoreCue.Length, ScoreCue.Capitals, ScoreCue.Exclamations, ScoreCue.Exclamations, ScoreCue.StretchedLetters, ScoreCue.Questions,
        ScoreCue.Ellipses, ScoreCue.Brevity, ScoreCue.Brevity, ScoreCue.Numbers, ScoreCue.Quotation,
    ];

    private static readonly int FirstTone = CueOf.Length;

    private static System.Collections.Immutable.ImmutableArray<SignalType> SignalTypes => ModelHeads.Signals;

    /// <summary>The names of the values, in order, for explanations.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "words", "sentences", "capitals", "exclamations", "markRun", "stretched", "questions", "ellipses", "shortWithFullStop", "short",
        "numbers", "quoted", "toneUp", "toneDown", "toneMost", "signals",
        .. SignalTypes.Select(t => "signal:" + t),
        .. SignalTypes.Select(t => "denied:" + t),
    ];

    /// <summary>Number of values.</summary>
    public static int Count => Names.Count;

    /// <summary>Writes the values of one message.</summary>
    /// <param name="reading">The message.</param>
    /// <param name="findings">What the rules found in it.</param>
    /// <param name="into">At least <see cref="Count"/> places.</param>
    public static void Write(MessageReading reading, SignalFindings findings, Span<float> into)
    {
        ArgumentNullException.ThrowIfNull(reading);
        ArgumentNullException.ThrowIfNull(findings);
        var cues = findings.Cues;
        var words = reading.Words.Count;
        var (numbers, quoted) = CountWords(reading);
        var questions = 0;
        foreach (var asks in reading.AsksQuestion)
        {
            questions += asks ? 1 : 0;
        }

        var (up, down, most) = ToneOf(findings);
        var isShort = words is > 0 and <= ShortMessageWords;
        var at = 0;
        into[at++] = (float)(Math.Log(1 + words) / 4);
        into[at++] = (float)(Math.Log(1 + reading.SentenceCount) / 3);
        into[at++] = (float)cues.CapitalsShare;
        into[at++] = Math.Min(cues.Exclamations, 5) / 5f;
        into[at++] = Math.Min(cues.LongestMarkRun, 6) / 6f;
        into[at++] = Math.Min(cues.StretchedWords, 3) / 3f;
        into[at++] = (float)questions / Math.Max(1, reading.SentenceCount);
        into[at++] = Math.Min(CountEllipses(reading.Text), 3) / 3f;
        into[at++] = isShort && reading.Text.AsSpan().TrimEnd().EndsWith(".") ? 1 : 0;
        into[at++] = isShort ? 1 : 0;
        into[at++] = (float)numbers / Math.Max(1, words);
        into[at++] = (float)quoted / Math.Max(1, words);
        into[at++] = (float)Math.Min(up, 6) / 3f;
        into[at++] = (float)Math.Max(down, -6) / 3f;
        into[at++] = (float)Math.Min(most, 4) / 2f;
        var sure = 0;
        var firstSignal = at + 1;
        foreach (var type in SignalTypes)
        {
            var confidence = findings.ConfidenceOf(type);
            into[firstSignal++] = (float)confidence;
            sure += confidence >= 0.5 ? 1 : 0;
        }

        into[at] = Math.Min(sure, 6) / 3f;
        var firstDenied = FirstTone + ToneValues + 1 + SignalTypes.Length;
        into.Slice(firstDenied, SignalTypes.Length).Clear();
        foreach (var type in findings.Denied)
        {
            // Signals of a conversation are none of a message.
            if (SignalTypes.IndexOf(type) is >= 0 and var signal)
            {
                into[firstDenied + signal] = 1;
            }
        }
    }

    /// <summary>Names what the values contributed: cues by their kind, tone and signals by their words.</summary>
    /// <param name="findings">What the rules found.</param>
    /// <param name="shares">What each value brought, in log-odds, in the order of <see cref="Names"/>.</param>
    internal static IEnumerable<ScoreContribution> Contributions(SignalFindings findings, IReadOnlyList<double> shares)
    {
        foreach (var cue in CueOf.Select((cue, i) => (cue, i)).GroupBy(c => c.cue))
        {
            yield return new ScoreContribution(cue.Sum(c => shares[c.i]), Cue: cue.Key);
        }

        var (up, down, _) = ToneOf(findings);
        foreach (var tone in findings.Tone)
        {
            var share = tone.Weight > 0 ? (shares[FirstTone] + shares[FirstTone + 2]) / up : shares[FirstTone + 1] / down;
            yield return new ScoreContribution(share * tone.Weight, tone.Evidence);
        }

        yield return new ScoreContribution(shares[FirstTone + ToneValues], Cue: ScoreCue.ManySignals);
        for (var i = 0; i < SignalTypes.Length; i++)
        {
            if (findings.Find(SignalTypes[i]) is { } signal)
            {
                yield return new ScoreContribution(shares[FirstTone + ToneValues + 1 + i], signal.Evidence[0], signal.Type);
            }
        }

        yield return new ScoreContribution(shares.Skip(FirstTone + ToneValues + 1 + SignalTypes.Length).Sum(), Cue: ScoreCue.Denial);
    }

    private static (int Numbers, int Quoted) CountWords(MessageReading reading)
    {
        var numbers = 0;
        var quoted = 0;
        foreach (var word in reading.Words)
        {
            numbers += word.Kind == WordKind.Number ? 1 : 0;
            quoted += word.IsQuoted ? 1 : 0;
        }

        return (numbers, quoted);
    }

    private static (double Up, double Down, double Most) ToneOf(SignalFindings findings)
    {
        double up = 0;
        double down = 0;
        double most = 0;
        foreach (var tone in findings.Tone)
        {
            up += Math.Max(0, tone.Weight);
            down += Math.Min(0, tone.Weight);
            most = Math.Max(most, tone.Weight);
        }

        return (up, down, most);
    }

    private static int CountEllipses(string text)
    {
        var count = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '…' || (text[i] == '.' && i + 1 < text.Length && text[i + 1] == '.'))
            {
                count++;
                while (i + 1 < text.Length && text[i + 1] == '.')
                {
                    i++;
                }
            }
        }

        return count;
    }
}
