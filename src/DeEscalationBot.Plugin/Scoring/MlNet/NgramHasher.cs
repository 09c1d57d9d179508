using DeEscalationBot.Core.Scoring.Text;

namespace DeEscalationBot.Plugin.Scoring.MlNet;

/// <summary>Turns words into numbers: word 1- and 2-grams and character 3- to 5-grams, hashed. The trainer and the scorer share it.</summary>
/// <remarks>
/// Only hashes are kept, so that a model holds no readable vocabulary of what people wrote. Word n-grams fall into the lower half of
/// the buckets, character n-grams into the upper half. Each language has weights of its own over the same buckets. A change here
/// is a change of <see cref="ModelMetadata.CurrentFeatureVersion"/>. Stateless and safe for concurrent use.
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

    private const uint Offset = 2_166_136_261;
    private const uint Prime = 16_777_619;
    private const char Gap = '\u0001';

    /// <summary>The distinct buckets of a message, sorted.</summary>
    /// <param name="reading">The message.</param>
    /// <returns>The buckets, and how many of them, at the front, are of words.</returns>
    public static (List<int> Buckets, int Words) Of(MessageReading reading)
    {
        ArgumentNullException.ThrowIfNull(reading);
        var buckets = new List<int>();
        for (var s = 0; s < reading.SentenceCount; s++)
        {
            AddSentence(reading, s, buckets);
        }

        var words = Distinct(buckets);
        return (buckets, words);
    }

    /// <summary>Adds the buckets of one sentence; a bucket may be added more than once.</summary>
    /// <param name="reading">The message.</param>
    /// <param name="sentence">Index of the sentence.</param>
    /// <param name="buckets">Where they are added.</param>
    public static void AddSentence(MessageReading reading, int sentence, List<int> buckets)
    {
        ArgumentNullException.ThrowIfNull(reading);
        ArgumentNullException.ThrowIfNull(buckets);
        var (first, end) = reading.WordsOfSentence(sentence);
        if (first == end)
        {
            return;
        }

        var before = "^";
        for (var i = first; i < end; i++)
        {
            var word = reading.Words[i];
            var token = TokenOf(word);
            buckets.Add(WordBucket(Hash(Offset, token)));
            buckets.Add(WordBucket(Hash(Hash(Hash(Offset, before), Gap), token)));
            if (word.Kind is WordKind.Letters)
            {
                AddCharacters(token, buckets);
            }

            before = token;
        }

        var close = reading.AsksQuestion[sentence] ? "$?" : "$";
        buckets.Add(WordBucket(Hash(Hash(Hash(Offset, before), Gap), close)));
    }

    /// <summary>Sorts buckets, drops repetitions, and counts how many are of words.</summary>
    /// <param name="buckets">The buckets; shortened.</param>
    /// <returns>How many of them, at the front, are of words.</returns>
    public static int Distinct(List<int> buckets)
    {
        ArgumentNullException.ThrowIfNull(buckets);
        buckets.Sort();
        var kept = 0;
        var words = 0;
        for (var i = 0; i < buckets.Count; i++)
        {
            if (kept > 0 && buckets[kept - 1] == buckets[i])
            {
                continue;
            }

            buckets[kept++] = buckets[i];
            words += buckets[i] < FirstCharacterBucket ? 1 : 0;
        }

        buckets.RemoveRange(kept, buckets.Count - kept);
        return words;
    }

    private static string TokenOf(Word word) => word.Kind switch
    {
        WordKind.Number => "#",
        WordKind.Link => "@",
        WordKind.Letters or WordKind.Emoji => word.Form.Length <= LongestWord ? word.Form : word.Form[..LongestWord],
        _ => throw new ArgumentOutOfRangeException(nameof(word), word.Kind, null),
    };

    private static void AddCharacters(string form, List<int> buckets)
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
                    buckets.Add(FirstCharacterBucket + Fold(hash));
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
}
