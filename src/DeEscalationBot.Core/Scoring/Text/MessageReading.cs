using System.Buffers;
using System.Globalization;
using System.Text;

namespace DeEscalationBot.Core.Scoring.Text;

/// <summary>A message cut into words, clauses and sentences: the one reading that every text rule shares.</summary>
/// <remarks>
/// Linear in the length of the text. Invisible characters (zero width, bidirectional controls) are skipped inside words, so
/// that they hide nothing; look-alike letters of other scripts are read as the Latin letters that they imitate. Immutable.
/// </remarks>
public sealed class MessageReading
{
    // A quotation that runs longer than this is more likely a stray mark than somebody's words.
    private const int LongestQuotation = 300;

    // How many letters may stand before and behind an exclamation mark that stands for one, and on the shorter side.
    private const int LongestHalf = 8;
    private const int LongestShorterHalf = 4;

    private static readonly SearchValues<char> OpeningQuotes = SearchValues.Create("\"“„«‘'");

    private static readonly SearchValues<char> Vowels = SearchValues.Create("aeiouy");

    private readonly int[] _sentenceFirstWord;
    private readonly Word[] _words;

    private MessageReading(string text, Word[] words, int sentences, bool[] asksQuestion)
    {
        Text = text;
        _words = words;
        SentenceCount = sentences;
        _sentenceFirstWord = new int[sentences + 1];
        Array.Fill(_sentenceFirstWord, words.Length);
        for (var i = words.Length - 1; i >= 0; i--)
        {
            _sentenceFirstWord[words[i].Sentence] = i;
        }

        for (var s = sentences - 1; s >= 0; s--)
        {
            if (_sentenceFirstWord[s] == words.Length)
            {
                _sentenceFirstWord[s] = _sentenceFirstWord[s + 1];
            }
        }

        AsksQuestion = asksQuestion;
    }

    /// <summary>The text as it came in.</summary>
    public string Text { get; }

    /// <summary>Its words in order; punctuation is not among them.</summary>
    public IReadOnlyList<Word> Words => _words;

    /// <summary>The same words, for loops that must be fast.</summary>
    internal ReadOnlySpan<Word> WordSpan => _words;

    /// <summary>How many sentences were told apart.</summary>
    public int SentenceCount { get; }

    /// <summary>For each sentence, whether it ends (or in Spanish begins) with a question mark.</summary>
    public IReadOnlyList<bool> AsksQuestion { get; }

    /// <summary>The words of one sentence, as indexes into <see cref="Words"/>: first included, last excluded.</summary>
    /// <param name="sentence">Index of the sentence.</param>
    public (int First, int End) WordsOfSentence(int sentence) => (_sentenceFirstWord[sentence], _sentenceFirstWord[sentence + 1]);

    /// <summary>The exact text of a run of words.</summary>
    /// <param name="firstWord">Index of the first word.</param>
    /// <param name="lastWord">Index of the last word, included.</param>
    public EvidenceSpan Span(int firstWord, int lastWord)
    {
        var start = Words[firstWord].Start;
        return EvidenceSpan.Of(Text, start, Words[lastWord].End - start);
    }

    /// <summary>Reads a message.</summary>
    /// <param name="text">The text; any string, also an empty one.</param>
    public static MessageReading Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var reader = new Reader(text);
        try
        {
            return reader.Read();
        }
        finally
        {
            reader.Dispose();
        }
    }

    /// <summary>The form in which rules compare words: lower case, no accents, no apostrophes, look-alikes folded.</summary>
    /// <param name="word">One word.</param>
    public static string FormOf(string word)
    {
        var reading = Of(word);
        return reading.Words.Count == 1 ? reading.Words[0].Form : string.Join(' ', reading.Words.Select(w => w.Form));
    }

    private ref struct Reader(string text)
    {
        private readonly string _text = text;
        private readonly bool[]? _quoted = MarkQuotations(text);
        private readonly bool _mayHoldLinks = text.Contains('@', StringComparison.Ordinal) || text.Contains("http", StringComparison.OrdinalIgnoreCase) || text.Contains("www.", StringComparison.OrdinalIgnoreCase);
        private PooledList<Word> _words = new(64);
        private PooledList<bool> _asksQuestion = new(16);
        private int _sentence;
        private int _clause;
        private bool _sentenceHasWord;
        private bool _clauseHasWord;
        private bool _questionOpened;
        private int _noLinkBefore;

        public MessageReading Read()
        {
            var i = 0;
            while (i < _text.Length)
            {
                var c = _text[i];
                if (IsInvisible(c))
                {
                    i++;
                }
                else if (IsWordStart(i))
                {
                    i = ReadWord(i);
                }
                else if (TryEmoji(i, out var end))
                {
                    AddEmoji(i, end);
                    i = end;
                }
                else
                {
                    i = ReadMark(i);
                }
            }

            EndSentence(_questionOpened);
            return new MessageReading(_text, _words.Items.ToArray(), _sentence, _asksQuestion.Items.ToArray());
        }

        public void Dispose()
        {
            _words.Dispose();
            _asksQuestion.Dispose();
        }

        private readonly bool IsWordStart(int i) =>
            char.IsLetterOrDigit(_text[i]) || (_text[i] is '@' or '#' && i + 1 < _text.Length && char.IsLetterOrDigit(_text[i + 1]));

        private int ReadMark(int i)
        {
            switch (_text[i])
            {
                case '.' or '!' or '?' or '…' or '\n' or '\u2028' or '\u2029':
                    var question = false;
                    while (i < _text.Length && (_text[i] is '.' or '!' or '?' or '…' or '\n' or '\r' or '\u2028' or '\u2029' || IsInvisible(_text[i])))
                    {
                        question |= _text[i] == '?';
                        i++;
                    }

                    EndSentence(question || _questionOpened);
                    return i;
                case '¿':
                    EndClause();
                    _questionOpened = true;
                    return i + 1;
                case ',' or ';' or ':' or '(' or ')' or '[' or ']' or '—' or '–':
                    EndClause();
                    return i + 1;
                case '-' when i > 0 && char.IsWhiteSpace(_text[i - 1]):
                    EndClause();
                    return i + 1;
                default:
                    return i + 1;
            }
        }

        private void EndClause()
        {
            if (_clauseHasWord)
            {
                _clause++;
                _clauseHasWord = false;
            }
        }

        private void EndSentence(bool question)
        {
            if (_sentenceHasWord)
            {
                _asksQuestion.Add(question);
                _sentence++;
                _sentenceHasWord = false;
                _questionOpened = false;
            }

            EndClause();
        }

        private void Add(int start, int end, string form, string doubled, WordKind kind, bool capitals)
        {
            _words.Add(new Word(start, end - start, form, doubled, kind, _sentence, _clause, _quoted is not null && _quoted[start], capitals));
            _sentenceHasWord = true;
            _clauseHasWord = true;
        }

        private int ReadWord(int start)
        {
            if (TryLink(start, out var linkEnd))
            {
                var link = _text[start..linkEnd].ToLowerInvariant();
                Add(start, linkEnd, link, link, WordKind.Link, capitals: false);
                return linkEnd;
            }

            var number = char.IsDigit(_text[start]);
            var end = start + 1;
            while (end < _text.Length && Continues(start, end, number))
            {
                end++;
            }

            while (end > start + 1 && !char.IsLetterOrDigit(_text[end - 1]) && !IsCombining(_text[end - 1]) && _text[end - 1] is not ('*' or '$'))
            {
                end--;
            }

            var (form, doubled, letters, capitals) = Fold(start, end);
            Add(start, end, form, doubled, number ? WordKind.Number : WordKind.Letters, letters >= 2 && capitals == letters);
            return end;
        }

        private readonly bool Continues(int start, int i, bool number)
        {
            var c = _text[i];
            if (char.IsLetterOrDigit(c) || IsCombining(c) || IsInvisible(c))
            {
                return true;
            }

            var followed = i + 1 < _text.Length && char.IsLetterOrDigit(_text[i + 1]);
            return c switch
            {
                '\'' or '’' => followed && char.IsLetter(_text[i - 1]),
                // f**k, p*ta: asterisks mask letters; a single trailing one is emphasis and is cut off by the caller's rule.
                '*' => char.IsLetter(_text[start]) && (followed || (i + 1 < _text.Length && _text[i + 1] == '*') || _text[i - 1] == '*'),
                '.' or ',' or ':' or '/' or '-' => number && i + 1 < _text.Length && char.IsDigit(_text[i + 1]),
                '@' => !number && followed && char.IsLetter(_text[i + 1]),
                '$' => !number && IsDollarForLetter(i),
                '!' => !number && IsMarkForLetter(start, i),
                _ => false,
            };
        }

        // "pa$$word" and "a$$", but not "US$50" or "boss$".
        private readonly bool IsDollarForLetter(int i)
        {
            var before = i;
            while (_text[before - 1] == '$')
            {
                before--;
            }

            var end = i;
            while (end < _text.Length && _text[end] == '$')
            {
                end++;
            }

            return char.IsLetter(_text[before - 1]) && end - before <= 2 && (end == _text.Length || !char.IsLetterOrDigit(_text[end]) ? end - before == 2 : char.IsLetter(_text[end]));
        }

        // "sh!t", but not "ok!thanks": people leave out the space behind a mark more often than they write a letter as one.
        private readonly bool IsMarkForLetter(int start, int i)
        {
            if (i + 1 == _text.Length || !char.IsLetter(_text[i - 1]) || !char.IsLetter(_text[i + 1]) || (char.IsLower(_text[i - 1]) && char.IsUpper(_text[i + 1])))
            {
                return false;
            }

            var end = i + 1;
            while (end < _text.Length && end <= i + LongestHalf + 1 && char.IsLetter(_text[end]))
            {
                end++;
            }

            var before = i - start;
            var after = end - i - 1;
            if (Math.Max(before, after) > LongestHalf || Math.Min(before, after) > LongestShorterHalf)
            {
                return false;
            }

            Span<char> folded = stackalloc char[2 * LongestHalf];
            var half = folded[..FoldInto(start, i, folded).Length];
            if (EverydayWords.Contains(half))
            {
                return false;
            }

            // "p!to": what has no vowel is no word, whatever follows.
            return !half.ContainsAny(Vowels) || !EverydayWords.Contains(folded[..FoldInto(i + 1, end, folded).Length]);
        }

        private bool TryLink(int start, out int end)
        {
            end = start;
            if (!_mayHoldLinks || start < _noLinkBefore)
            {
                return false; // Looked at with the first word of this run: keeps the reading linear.
            }

            while (end < _text.Length && !char.IsWhiteSpace(_text[end]) && _text[end] is not ('"' or '»' or '”' or ')' or '>' or ',' or ';'))
            {
                end++;
            }

            var chunk = _text.AsSpan(start, end - start).TrimEnd(".,!?…");
            end = start + chunk.Length;
            if (chunk.StartsWith("@") || chunk.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || chunk.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
                || chunk.StartsWith("www.", StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }

            var at = chunk.IndexOf('@');
            if (at > 0 && chunk[at..].Contains('.'))
            {
                return true;
            }

            _noLinkBefore = end;
            return false;
        }

        private void AddEmoji(int start, int end)
        {
            var form = _text[start..end].Replace("\uFE0F", string.Empty, StringComparison.Ordinal);
            Add(start, end, form, form, WordKind.Emoji, capitals: false);
        }

        private readonly bool TryEmoji(int i, out int end)
        {
            end = i;
            if (!Rune.TryGetRuneAt(_text, i, out var rune) || !IsPictograph(rune.Value))
            {
                return false;
            }

            end = i + rune.Utf16SequenceLength;
            while (end < _text.Length)
            {
                if (_text[end] is '\uFE0F' or '\u200D')
                {
                    end++;
                }
                else if (Rune.TryGetRuneAt(_text, end, out var next) && (next.Value is >= 0x1F3FB and <= 0x1F3FF || (_text[end - 1] == '\u200D' && IsPictograph(next.Value))))
                {
                    end += next.Utf16SequenceLength;
                }
                else
                {
                    break;
                }
            }

            return true;
        }

        private readonly (string Form, string Doubled, int Letters, int Capitals) Fold(int start, int end)
        {
            Span<char> folded = end - start <= 128 ? stackalloc char[(end - start) * 2] : new char[(end - start) * 2];
            var (length, letters, capitals) = FoldInto(start, end, folded);
            var plain = folded[..length];
            if (!HasRunOfThree(plain))
            {
                var form = plain.ToString();
                return (form, form, letters, capitals);
            }

            return (Squeeze(plain, 1), Squeeze(plain, 2), letters, capitals);
        }

        private readonly (int Length, int Letters, int Capitals) FoldInto(int start, int end, Span<char> folded)
        {
            var length = 0;
            var letters = 0;
            var capitals = 0;
            for (var i = start; i < end; i++)
            {
                var c = _text[i];
                if (char.IsAsciiLetterOrDigit(c))
                {
                    letters++; // A digit is no capital: order ids do not shout.
                    capitals += char.IsAsciiLetterUpper(c) ? 1 : 0;
                    folded[length++] = char.ToLowerInvariant(c);
                    continue;
                }

                if (IsInvisible(c) || IsCombining(c) || c is '\'' or '’')
                {
                    continue;
                }

                if (char.IsLetterOrDigit(c))
                {
                    letters++;
                    capitals += char.IsUpper(c) ? 1 : 0;
                }

                foreach (var letter in LetterFolding.Fold(c))
                {
                    folded[length++] = letter;
                }
            }

            return (length, letters, capitals);
        }

        private static bool HasRunOfThree(ReadOnlySpan<char> form)
        {
            for (var i = 2; i < form.Length; i++)
            {
                if (form[i] == form[i - 1] && form[i] == form[i - 2] && char.IsLetter(form[i]))
                {
                    return true;
                }
            }

            return false;
        }

        private static string Squeeze(ReadOnlySpan<char> form, int keep)
        {
            var squeezed = new StringBuilder(form.Length);
            var i = 0;
            while (i < form.Length)
            {
                var run = i;
                while (run < form.Length && form[run] == form[i])
                {
                    run++;
                }

                var count = run - i;
                squeezed.Append(form[i], count >= 3 && char.IsLetter(form[i]) ? keep : count);
                i = run;
            }

            return squeezed.ToString();
        }

        private static bool[]? MarkQuotations(string text)
        {
            bool[]? quoted = null;
            var i = text.AsSpan().IndexOfAny(OpeningQuotes);
            while (i >= 0 && i < text.Length)
            {
                var close = text[i] switch
                {
                    '"' => '"',
                    '“' or '„' => '”',
                    '«' => '»',
                    '‘' => '’',
                    '\'' when (i == 0 || !char.IsLetterOrDigit(text[i - 1])) && i + 1 < text.Length && char.IsLetter(text[i + 1]) => '\'',
                    _ => '\0',
                };
                var end = close == '\0' ? -1 : FindClose(text, i, close);
                if (end < 0)
                {
                    i++;
                    continue;
                }

                quoted ??= new bool[text.Length];
                Array.Fill(quoted, true, i, end - i);
                i = end + 1;
            }

            return quoted;
        }

        private static int FindClose(string text, int open, char close)
        {
            var limit = Math.Min(text.Length, open + LongestQuotation);
            for (var i = open + 1; i < limit; i++)
            {
                // A single quote closes only at the end of a word: the one in "don't" does not.
                if (text[i] == close && (close is not ('\'' or '’') || i + 1 == text.Length || !char.IsLetterOrDigit(text[i + 1])))
                {
                    return i > open + 1 ? i : -1;
                }
            }

            return -1;
        }

        private static bool IsInvisible(char c) => !char.IsAscii(c) && CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.Format;

        private static bool IsCombining(char c) => !char.IsAscii(c) && CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark;

        private static bool IsPictograph(int rune) =>
            rune is (>= 0x1F000 and <= 0x1FAFF) or (>= 0x2600 and <= 0x27BF) or 0x2B50 or 0x2B55 or 0x203C or 0x2049;
    }
}
