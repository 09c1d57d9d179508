using DeEscalationBot.Core.Scoring.Text;

namespace DeEscalationBot.Core.Coaching.Paraphrasing;

/// <summary>The playbook's phrases of one language, compiled: what each word of a message counts for.</summary>
internal sealed class PhraseBook
{
    private const int Soft = 0;
    private const int Relief = 1;
    private const int Insult = 2;
    private const int Swear = 3;
    private const int FirstMark = 4;
    private const int Death = 18;
    private const int Hardship = 19;
    private const int FirstFeeling = 20;

    // The first of the marks drop words, clauses and sentences.
    private const int Dropping = 3;
    private const int FirstOpener = 1000;
    private const int FirstOpenerVeto = 2000;
    private const int FirstRewrite = 3000;

    private static readonly TokenMarks[] Marks =
    [
        TokenMarks.Dropped, TokenMarks.DropsClause, TokenMarks.DropsSentence, TokenMarks.Want, TokenMarks.Problem,
        TokenMarks.Impact, TokenMarks.Time, TokenMarks.Frequency, TokenMarks.Vocative,
        TokenMarks.Aside, TokenMarks.Danger, TokenMarks.Pause, TokenMarks.Talk,
    ];

    private readonly PhraseAutomaton _automaton;

    public PhraseBook(ParaphraseWording wording)
    {
        var builder = new PhraseAutomaton.Builder();
        foreach (var (name, entries) in wording.Phrases.Lists)
        {
            builder.AddLexicon(name, entries);
        }

        foreach (var (written, meant) in wording.Aliases)
        {
            builder.AddAlias(written, meant);
        }

        Add(Soft, wording.Soft);
        Add(Relief, wording.Relief);
        Add(Death, wording.Deaths);
        Add(Hardship, wording.Hardships);
        Add(Insult, wording.Phrases.Insults);
        Add(Swear, wording.Phrases.Swearing);
        var groups = new[]
        {
            wording.Phrases.DropWords, wording.Phrases.DropClauses, wording.Phrases.DropSentences, wording.Phrases.Wants,
            wording.Phrases.Problems, wording.Phrases.Impacts, wording.Phrases.Times, wording.Phrases.Frequencies, wording.Phrases.Vocatives,
            wording.Phrases.Asides, wording.Phrases.Dangers, wording.Phrases.Pauses, wording.Phrases.Talk,
        };
        for (var i = 0; i < groups.Length; i++)
        {
            Add(FirstMark + i, groups[i]);
        }

        for (var i = 0; i < wording.Rewrites.Count; i++)
        {
            Add(FirstRewrite + i, wording.Rewrites[i].Phrases);
        }

        for (var i = 0; i < wording.Feelings.Count; i++)
        {
            Add(FirstFeeling + i, wording.Feelings[i].Phrases);
        }

        for (var i = 0; i < wording.Openers.Count; i++)
        {
            Add(FirstOpener + i, wording.Openers[i].Phrases);
            Add(FirstOpenerVeto + i, wording.Openers[i].Unless);
        }

        _automaton = builder.Build();

        void Add(int number, IReadOnlyList<string> phrases)
        {
            foreach (var phrase in phrases)
            {
                builder.AddPhrase(number, phrase);
            }
        }
    }

    // "soy un poco inútil con esto", "I'm an idiot, I forgot": nobody is insulted.
    private static bool SpeaksOfSelf(MessageReading reading, int firstWord)
    {
        for (var i = Math.Max(0, firstWord - 4); i < firstWord; i++)
        {
            if (reading.Words[i].Sentence == reading.Words[firstWord].Sentence && reading.Words[i].Form is "soy" or "siento" or "im" or "am" or "being" or "feel" or "fui")
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsPartOfName(MessageReading reading, int word)
    {
        return IsCapitalised(word) && ((IsCapitalised(word - 1) && word > 1 && IsInside(word - 1)) || (IsInside(word) && IsCapitalised(word + 1)));

        bool IsCapitalised(int i) => i >= 0 && i < reading.Words.Count && reading.Words[i].Sentence == reading.Words[word].Sentence && char.IsUpper(reading.Text[reading.Words[i].Start]) && !reading.Words[i].IsCapitals;

        bool IsInside(int i) => i > 0 && reading.Words[i - 1].Sentence == reading.Words[i].Sentence;
    }

    public Found Find(MessageReading reading)
    {
        var found = new Found();
        foreach (var match in _automaton.Find(reading))
        {
            var start = reading.Words[match.FirstWord].Start;
            var end = reading.Words[match.LastWord].End;

            // Forms have no apostrophes: "he'll" is no "hell", "we'll" no "well".
            if (match.FirstWord == match.LastWord && match.Phrase is Swear or Insult or FirstMark && reading.Text.AsSpan(start, end - start).IndexOfAny('\'', '’') >= 0)
            {
                continue;
            }

            // "calle Bravo Murillo": part of a name, whatever it would mean alone.
            if (match.FirstWord == match.LastWord && match.Phrase is >= FirstMark and < FirstMark + Dropping && IsPartOfName(reading, match.FirstWord))
            {
                continue;
            }

            switch (match.Phrase)
            {
                case Soft:
                    found.IsSoft = true;
                    break;
                case Relief:
                    found.IsRelief = true;
                    break;
                case Death:
                    found.IsMourning = true;
                    found.Deaths.Add((start, end));
                    found.Spans.Add((start, end, TokenMarks.DropsClause));
                    break;
                case Hardship:
                    found.IsMourning = true;
                    break;
                case Insult when SpeaksOfSelf(reading, match.FirstWord):
                    break;
                case Insult:
                    found.HasInsult = true;
                    found.Spans.Add((start, end, TokenMarks.DropsClause | TokenMarks.Insult));
                    break;
                case Swear:
                    found.HasSwearing = true;
                    found.Spans.Add((start, end, TokenMarks.Dropped));
                    break;
                case >= FirstRewrite:
                    found.Rewrites.Add((start, end, match.Phrase - FirstRewrite));
                    break;
                case >= FirstOpenerVeto:
                    found.VetoedOpeners.Add(match.Phrase - FirstOpenerVeto);
                    break;
                case >= FirstOpener:
                    found.Openers.Add(match.Phrase - FirstOpener);
                    break;
                case >= FirstFeeling:
                    found.Feelings.Add(match.Phrase - FirstFeeling);
                    break;
                default:
                    found.Spans.Add((start, end, Marks[match.Phrase - FirstMark]));
                    break;
            }
        }

        return found;
    }

    /// <summary>What was found in one message.</summary>
    internal sealed class Found
    {
        public bool IsSoft { get; set; }

        public bool IsGrave { get; set; }

        /// <summary>Whether somebody died or is gravely ill: the facts are said gently, the loss itself is not.</summary>
        public bool IsMourning { get; set; }

        public bool IsRelief { get; set; }

        public bool HasInsult { get; set; }

        public bool HasSwearing { get; set; }

        public SortedSet<int> Feelings { get; } = [];

        public SortedSet<int> Openers { get; } = [];

        public SortedSet<int> VetoedOpeners { get; } = [];

        /// <summary>Where a death or a grave illness is told.</summary>
        public List<(int Start, int End)> Deaths { get; } = [];

        public List<(int Start, int End, TokenMarks Marks)> Spans { get; } = [];

        public List<(int Start, int End, int Rule)> Rewrites { get; } = [];

        /// <summary>The longest rewritten phrase that begins at a place; nothing when none does.</summary>
        public (int End, int Rule)? RewriteAt(int start)
        {
            (int End, int Rule)? best = null;
            foreach (var rewrite in Rewrites)
            {
                if (rewrite.Start == start && (best is null || rewrite.End > best.Value.End))
                {
                    best = (rewrite.End, rewrite.Rule);
                }
            }

            return best;
        }

        public void Add(int start, int end, TokenMarks marks) => Spans.Add((start, end, marks));

        public TokenMarks MarksAt(int start, int end)
        {
            var marks = TokenMarks.None;
            foreach (var span in Spans)
            {
                if (span.Start < end && start < span.End)
                {
                    marks |= span.Marks;
                }
            }

            return marks;
        }
    }
}
