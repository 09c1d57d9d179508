using System.Buffers;
using DeEscalationBot.Core.Scoring.Text;

namespace DeEscalationBot.Core.Scoring;

/// <summary>How a message looks, whatever its words: the marks of a raised voice.</summary>
/// <param name="CapitalsShare">Share of the letters that stand in words written in capitals, 0 to 1; 0 for a message of fewer than six letters. Short acronyms do not count.</param>
/// <param name="Exclamations">Number of exclamation marks.</param>
/// <param name="LongestMarkRun">Length of the longest run of exclamation and question marks.</param>
/// <param name="StretchedWords">Number of words with letters stretched.</param>
/// <param name="WordCount">Number of words.</param>
/// <param name="Evidence">Where the voice is raised, in order.</param>
public sealed record SurfaceCues(
    double CapitalsShare,
    int Exclamations,
    int LongestMarkRun,
    int StretchedWords,
    int WordCount,
    IReadOnlyList<EvidenceSpan> Evidence)
{
    // Words of up to this many capitals are taken for acronyms (SIM, URL, IBAN) unless more capitals stand beside them.
    private const int LongestAcronym = 4;

    // Stretched on purpose in friendly talk too.
    private static readonly HashSet<string> FriendlyStretches = new(StringComparer.Ordinal)
    {
        "hola", "gracias", "hi", "hey", "so", "aw", "yay", "jaja", "haha", "hm", "mm", "ah", "oh", "porfa", "please", "thanks", "thx", "bye", "ok", "si", "yes", "wow", "www", "hmm", "eh", "uf", "x",
    };

    private static readonly SearchValues<char> LaughterLetters = SearchValues.Create("jhaekxds");
    private static readonly SearchValues<char> LaughterBursts = SearchValues.Create("jhkx");

    /// <summary>How sure one can be that the customer shouts, 0 to 1.</summary>
    public double ShoutingConfidence
    {
        get
        {
            var capitals = CapitalsShare >= 0.6 ? 0.9 : CapitalsShare >= 0.25 ? 0.75 : CapitalsShare > 0 ? 0.6 : 0;
            var marks = LongestMarkRun >= 3 ? 0.85 : LongestMarkRun == 2 ? 0.6 : Exclamations >= 4 ? 0.55 : 0;
            var stretched = StretchedWords >= 2 ? 0.75 : StretchedWords == 1 ? 0.6 : 0;
            return Math.Max(capitals, Math.Max(marks, stretched));
        }
    }

    /// <summary>Reads the cues of a message.</summary>
    /// <param name="reading">The message.</param>
    public static SurfaceCues Of(MessageReading reading)
    {
        ArgumentNullException.ThrowIfNull(reading);
        var evidence = new PooledList<EvidenceSpan>(8);
        try
        {
            var (letters, shouted) = ReadCapitals(reading, ref evidence);
            var stretched = ReadStretches(reading, ref evidence);
            var (exclamations, longestRun) = ReadMarks(reading.Text, ref evidence);
            evidence.Items.Sort(static (a, b) => a.Start.CompareTo(b.Start));
            return new SurfaceCues(letters < 6 ? 0 : (double)shouted / letters, exclamations, longestRun, stretched, reading.WordSpan.Length, evidence.Items.ToArray());
        }
        finally
        {
            evidence.Dispose();
        }
    }

    private static (int Letters, int Shouted) ReadCapitals(MessageReading reading, ref PooledList<EvidenceSpan> evidence)
    {
        var words = reading.WordSpan;
        var letters = 0;
        var shouted = 0;
        var i = 0;
        while (i < words.Length)
        {
            if (words[i].Kind != WordKind.Letters)
            {
                i++;
                continue;
            }

            var first = i;
            var runLetters = 0;
            var longest = 0;
            var last = i;
            while (i < words.Length && (words[i].IsCapitals || (i > first && (words[i].Form.Length == 1 || words[i].Kind == WordKind.Number))))
            {
                if (words[i].IsCapitals)
                {
                    runLetters += words[i].Form.Length;
                    longest = Math.Max(longest, words[i].Form.Length);
                    last = i;
                }

                i++;
            }

            if (i == first)
            {
                letters += words[i].Form.Length;
                i++;
                continue;
            }

            letters += runLetters;
            i = last + 1;
            var wordsInRun = last - first + 1;
            if (longest > LongestAcronym || (wordsInRun >= 2 && runLetters > 5) || IsEmphaticShortWord(words[first].Form))
            {
                shouted += runLetters;
                evidence.Add(reading.Span(first, last));
            }
        }

        return (letters, shouted);
    }

    // Short words that are never acronyms: NO, YA, NOW, STOP.
    private static bool IsEmphaticShortWord(string form) =>
        form is "ya" or "no" or "now" or "not" or "nada" or "stop" or "never" or "nunca" or "hoy" or "all" or "why" or "mal" or "dos" or "tres" or "que" or "help" or "still" or "today" or "day" or "zero";

    private static int ReadStretches(MessageReading reading, ref PooledList<EvidenceSpan> evidence)
    {
        var count = 0;
        var words = reading.WordSpan;
        for (var i = 0; i < words.Length; i++)
        {
            var word = words[i];
            if (word.IsStretched && word.Kind == WordKind.Letters && !FriendlyStretches.Contains(word.Form) && !IsLaughter(word.Form))
            {
                count++;
                evidence.Add(reading.Span(i, i));
            }
        }

        return count;
    }

    private static bool IsLaughter(ReadOnlySpan<char> form) => !form.ContainsAnyExcept(LaughterLetters) && form.ContainsAny(LaughterBursts);

    private static (int Exclamations, int LongestRun) ReadMarks(string text, ref PooledList<EvidenceSpan> evidence)
    {
        var exclamations = 0;
        var longest = 0;
        var i = text.AsSpan().IndexOfAny('!', '?');
        while (i >= 0 && i < text.Length)
        {
            if (text[i] is not ('!' or '?'))
            {
                i++;
                continue;
            }

            var start = i;
            while (i < text.Length && text[i] is '!' or '?')
            {
                exclamations += text[i] == '!' ? 1 : 0;
                i++;
                if (i == text.Length)
                {
                    break;
                }
            }

            longest = Math.Max(longest, i - start);
            if (i - start >= 2)
            {
                evidence.Add(EvidenceSpan.Of(text, start, i - start));
            }
        }

        return (exclamations, longest);
    }
}
