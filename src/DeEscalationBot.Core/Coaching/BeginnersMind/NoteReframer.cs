using System.Buffers;
using System.Text;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Scoring;
using DeEscalationBot.Core.Scoring.Text;

namespace DeEscalationBot.Core.Coaching.BeginnersMind;

/// <summary>One "should" thought in a note.</summary>
/// <param name="Evidence">The words, as they stand in the note.</param>
/// <param name="Why">One sentence for the agent.</param>
/// <param name="Playbook">The practice: A3.</param>
/// <param name="Reframed">An open question to put in its place.</param>
public sealed record ShouldThought(EvidenceSpan Evidence, string Why, string Playbook, string Reframed);

/// <summary>What a note says about what the customer should have done, and how a beginner would ask.</summary>
/// <param name="Language">The language that the note was read in.</param>
/// <param name="Thoughts">The thoughts, in the order of the text.</param>
/// <param name="Rewrite">The whole note with open questions in their place; nothing when there is nothing to reframe.</param>
public sealed record ReframedNote(MessageLanguage Language, IReadOnlyList<ShouldThought> Thoughts, string? Rewrite);

/// <summary>Beginner's mind for internal notes (A3): finds what the customer "should have" known, read or done, and asks instead.</summary>
/// <remarks>
/// Notes speak of the customer in the third person and are read by colleagues, so that the draft rules, made for words to the
/// customer, do not fit them. What we or a thing should have done is left alone. Deterministic and safe for concurrent use.
/// </remarks>
public sealed class NoteReframer
{
    private const string Practice = "A3";

    // Marks that part clauses.
    private static readonly SearchValues<char> Marks = SearchValues.Create(",;:()–—\n");

    private readonly Compiled _spanish;
    private readonly Compiled _english;

    /// <summary>Compiles the phrases.</summary>
    /// <param name="spanish">Spanish.</param>
    /// <param name="english">English.</param>
    /// <exception cref="PhraseSyntaxException">A phrase cannot be understood.</exception>
    public NoteReframer(NoteBook spanish, NoteBook english)
    {
        _spanish = new Compiled(spanish);
        _english = new Compiled(english);
    }

    /// <summary>Reframes a note.</summary>
    /// <param name="text">The note; any text.</param>
    /// <param name="language">Wins over detection; undetermined for none. A note of undetermined language is read as Spanish and as English.</param>
    public ReframedNote Reframe(string text, MessageLanguage language = MessageLanguage.Undetermined)
    {
        ArgumentNullException.ThrowIfNull(text);
        var reading = MessageReading.Of(MessageText.Mend(text));
        language = language != MessageLanguage.Undetermined ? language : LanguageDetector.Detect(reading).Language;
        var thoughts = new List<ShouldThought>();
        if (language != MessageLanguage.English)
        {
            thoughts.AddRange(_spanish.ThoughtsIn(reading));
        }

        if (language != MessageLanguage.Spanish)
        {
            thoughts.AddRange(_english.ThoughtsIn(reading));
        }

        thoughts.Sort((a, b) => a.Evidence.Start.CompareTo(b.Evidence.Start));
        return new ReframedNote(language, thoughts, thoughts.Count == 0 ? null : Rewrite(reading.Text, thoughts));
    }

    private static string Rewrite(string text, List<ShouldThought> thoughts)
    {
        var note = new StringBuilder();
        var from = 0;
        foreach (var thought in thoughts.Where(t => t.Evidence.Start >= from))
        {
            note.Append(text, from, thought.Evidence.Start - from).Append(thought.Reframed);
            from = thought.Evidence.End;

            // The question brings its own mark.
            while (from < text.Length && text[from] is '.' or '!' or '?' or ',' or ';')
            {
                from++;
            }
        }

        return note.Append(text, from, text.Length - from).ToString();
    }

    private sealed class Compiled
    {
        private const int LooksBack = 0;
        private const int Present = 1;
        private const int Forbids = 2;
        private const int Other = 3;
        private const int End = 4;

        private readonly NoteBook _book;
        private readonly PhraseAutomaton _automaton;
        private readonly Dictionary<string, ExpectedVerb> _verbs = new(StringComparer.Ordinal);

        public Compiled(NoteBook book)
        {
            ArgumentNullException.ThrowIfNull(book);
            _book = book;
            var builder = new PhraseAutomaton.Builder();
            foreach (var (number, phrases) in new[] { (LooksBack, book.LooksBack), (Present, book.Present), (Forbids, book.Forbids), (Other, book.NotTheCustomer), (End, book.Ends) })
            {
                foreach (var phrase in phrases)
                {
                    builder.AddPhrase(number, phrase);
                }
            }

            foreach (var verb in book.Verbs)
            {
                foreach (var form in verb.Forms.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                {
                    _verbs.TryAdd(MessageReading.FormOf(form), verb);
                }
            }

            _automaton = builder.Build();
        }

        public IEnumerable<ShouldThought> ThoughtsIn(MessageReading reading)
        {
            var matches = _automaton.Find(reading);
            var last = -1;

            // The longest phrase at a place knows best: "should not have" is no "should".
            foreach (var match in matches.Where(m => m.Phrase <= Forbids).OrderBy(m => m.FirstWord).ThenByDescending(m => m.LastWord).ThenByDescending(m => m.Phrase))
            {
                var verbAt = match.LastWord + 1;
                if (match.FirstWord <= last || verbAt >= reading.Words.Count || reading.Words[verbAt].Sentence != reading.Words[match.FirstWord].Sentence
                    || !_verbs.TryGetValue(reading.Words[verbAt].Form, out var verb)
                    || (match.Phrase == Present && verb.Act != ExpectedAct.Knowing))
                {
                    continue;
                }

                var sentence = reading.Words[match.FirstWord].Sentence;
                var (first, sentenceEnd) = reading.WordsOfSentence(sentence);
                var begin = ClauseBegin(reading, matches, first, match.FirstWord);
                if (matches.Any(m => m.Phrase == Other && m.FirstWord >= begin && m.LastWord < match.FirstWord))
                {
                    continue;
                }

                last = ClauseEnd(reading, matches, verbAt, sentenceEnd - 1);
                var rest = last > verbAt ? " " + reading.Text[reading.Words[verbAt + 1].Start..reading.Words[last].End] : "";
                var question = (match.Phrase == Forbids ? _book.AsksForbidden : _book.Asks[verb.Act])
                    .Replace("{verb}", verb.Plain, StringComparison.Ordinal).Replace("{rest}", rest, StringComparison.Ordinal);
                yield return new ShouldThought(reading.Span(begin, last), _book.Why, Practice, question);
            }
        }

        // Back to a comma or a conjunction: the clause with its subject.
        private static int ClauseBegin(MessageReading reading, IReadOnlyList<PhraseMatch> matches, int first, int word)
        {
            var begin = word;
            while (begin > first && !IsApart(reading, begin - 1) && !matches.Any(m => m.Phrase == End && m.LastWord == begin - 1))
            {
                begin--;
            }

            return begin;
        }

        private static int ClauseEnd(MessageReading reading, IReadOnlyList<PhraseMatch> matches, int verb, int lastOfSentence)
        {
            var end = verb;
            while (end < lastOfSentence && !IsApart(reading, end) && !matches.Any(m => m.Phrase == End && m.FirstWord == end + 1))
            {
                end++;
            }

            return end;
        }

        // Whether a mark stands between a word and the next.
        private static bool IsApart(MessageReading reading, int word) =>
            reading.Text.AsSpan(reading.Words[word].End, reading.Words[word + 1].Start - reading.Words[word].End).IndexOfAny(Marks) >= 0;
    }
}
