using System.Collections.Frozen;
using DeEscalationBot.Core.Scoring.Text;

namespace DeEscalationBot.Plugin.Scoring.MlNet;

/// <summary>Turns words into numbers: word 1- and 2-grams, words once more where they are negated, and character 3- to 5-grams, hashed. The trainer and the scorer share it.</summary>
/// <remarks>
/// "You are not stupid" is made of what insults are made of: so each word in the reach of a negator counts under a name of its own besides.
/// Only hashes are kept, so that a model holds no readable vocabulary of what people wrote. Word n-grams fall into the lower half of
/// the buckets, character n-grams into the upper half. Each language has weights of its own over the same buckets. A change here
/// is a change of <see cref="ModelMetadata.CurrentFeatureVersion"/> and of <see cref="Drafts.DraftHeads.CurrentFeatureVersion"/>. Stateless and safe for concurrent use.
/// </remarks>
public static class NgramHasher
{
    /// <summary>Number of buckets.</summary>
    public const int BucketCount = 1 << 18;

    /// <summary>The first bucket of the character n-grams; those below are of words.</summary>
    public const int FirstCharacterBucket = BucketCount / 2;

    private const int ShortestCharacters = 3;
    private const int LongestCharacters = 5;

    // Of a longer "word" (a key, a line without spaces) the rest says nothing about tone.
    private const int LongestWord = 40;

    // How many words of the clause a negator may speak for: "I'm not saying you are an idiot".
    private const int NegationReach = 6;

    private static readonly FrozenSet<string> Negators = FrozenSet.Create(
        StringComparer.Ordinal,
        "aint", "arent", "cannot", "cant", "couldnt", "didnt", "doesnt", "dont", "hadnt", "hardly", "hasnt", "havent", "isnt", "jamas", "neither", "never", "ni", "ningun", "ninguna", "ninguno", "no",
        "nadie", "nobody", "none", "nor", "not", "nunca", "shouldnt", "sin", "tampoco", "wasnt", "werent", "without", "wont", "wouldnt");

    private static readonly FrozenSet<string> NegationEnds = FrozenSet.Create(StringComparer.Ordinal, "because", "but", "just", "only", "pero", "porque", "sino", "so", "solo");

    private const uint Offset = 2_166_136_261;
    private const uint Prime = 16_777_619;
    private const char Gap = '\u0001';
    private const string Negated = "\u0002";

    /// <summary>The buckets of a message, one for each time that an n-gram stands in it.</summary>
    /// <param name="reading">The message.</param>
    public static List<int> Of(MessageReading reading)
    {
        ArgumentNullException.ThrowIfNull(reading);
        var sink = new BucketList([]);
        for (var s = 0; s < reading.SentenceCount; s++)
        {
            AddSentence(reading, s, ref sink);
        }

        return sink.Buckets;
    }

    /// <summary>Names the n-grams of one sentence.</summary>
    /// <typeparam name="TSink">A structure, so that the call costs nothing.</typeparam>
    /// <param name="reading">The message.</param>
    /// <param name="sentence">Index of the sentence.</param>
    /// <param name="sink">Is told each n-gram.</param>
    internal static void AddSentence<TSink>(MessageReading reading, int sentence, ref TSink sink)
        where TSink : struct, INgramSink, allows ref struct
    {
        var (first, end) = reading.WordsOfSentence(sentence);
        if (first == end)
        {
            return;
        }

        var before = "^";
        var negation = new Negation(Left: 0, Clause: -1);
        for (var i = first; i < end; i++)
        {
            var word = reading.Words[i];
            var token = TokenOf(word);
            negation = negation.Before(word);
            if (negation.Left > 0)
            {
                sink.Add(WordBucket(Hash(Hash(Offset, Negated), token)), i, withPrevious: false);
            }

            negation = negation.After(word);
            sink.Add(WordBucket(Hash(Offset, token)), i, withPrevious: false);
            sink.Add(WordBucket(Hash(Hash(Hash(Offset, before), Gap), token)), i, withPrevious: i > first);
            if (word.Kind is WordKind.Letters)
            {
                AddCharacters(token, i, ref sink);
            }

            before = token;
        }

        var close = reading.AsksQuestion[sentence] ? "$?" : "$";
        sink.Add(WordBucket(Hash(Hash(Hash(Offset, before), Gap), close)), end - 1, withPrevious: false);
    }

    private static string TokenOf(Word word) => word.Kind switch
    {
        WordKind.Number => "#",
        WordKind.Link => "@",
        WordKind.Letters or WordKind.Emoji => word.Form.Length <= LongestWord ? word.Form : word.Form[..LongestWord],
        _ => throw new ArgumentOutOfRangeException(nameof(word), word.Kind, null),
    };

    private static void AddCharacters<TSink>(string form, int word, ref TSink sink)
        where TSink : struct, INgramSink, allows ref struct
    {
        var padded = form.Length + 2;
        for (var start = 0; start + ShortestCharacters <= padded; start++)
        {
            var hash = Offset;
            for (var length = 1; length <= LongestCharacters && start + length <= padded; length++)
            {
                var at = start + length - 1;
                hash = Hash(hash, at == 0 || at == padded - 1 ? '_' : form[at - 1]);
                if (length >= ShortestCharacters)
                {
                    sink.Add(FirstCharacterBucket + Fold(hash), word, withPrevious: false);
                }
            }
        }
    }

    private static int WordBucket(uint hash) => Fold(hash);

    private static uint Hash(uint hash, string text)
    {
        foreach (var c in text)
        {
            hash = Hash(hash, c);
        }

        return hash;
    }

    // FNV-1a over UTF-16 units.
    private static uint Hash(uint hash, char c) => (hash ^ c) * Prime;

    // MurmurHash3's finaliser spreads what FNV leaves in the low bits.
    private static int Fold(uint hash)
    {
        hash ^= hash >> 16;
        hash *= 0x85EBCA6B;
        hash ^= hash >> 13;
        hash *= 0xC2B2AE35;
        hash ^= hash >> 16;
        return (int)(hash & (FirstCharacterBucket - 1));
    }

    // How many more words of which clause are negated.
    private readonly record struct Negation(int Left, int Clause)
    {
        public Negation Before(Word word) => word.Clause != Clause || NegationEnds.Contains(word.Form) ? default : this;

        public Negation After(Word word) => Negators.Contains(word.Form) ? new Negation(NegationReach, word.Clause) : this with { Left = Math.Max(0, Left - 1) };
    }

    private readonly record struct BucketList(List<int> Buckets) : INgramSink
    {
        public void Add(int bucket, int word, bool withPrevious) => Buckets.Add(bucket);
    }
}

/// <summary>Is told the n-grams of a sentence, in the order in which they stand there.</summary>
internal interface INgramSink
{
    /// <summary>Takes one n-gram.</summary>
    /// <param name="bucket">Its bucket.</param>
    /// <param name="word">Index in the message of the word in which it ends.</param>
    /// <param name="withPrevious">Whether the word before belongs to it too.</param>
    void Add(int bucket, int word, bool withPrevious);
}
