using DeEscalationBot.Core.Scoring;
using DeEscalationBot.Core.Scoring.Text;

namespace DeEscalationBot.Core.Coaching.DraftReview;

/// <summary>A stretch of a draft and what to put in its place.</summary>
internal readonly record struct DraftEdit(int Start, int End, string Replacement);

/// <summary>The words of a draft that belong together, first and last included.</summary>
internal readonly record struct WordRange(int First, int Last);

/// <summary>A draft seen as sentences and clauses that can be taken out or replaced so that the rest stays well written.</summary>
internal sealed class DraftText(MessageReading reading, CompiledDraftRules rules)
{
    public MessageReading Reading => reading;

    private string Text => reading.Text;

    private IReadOnlyList<Word> Words => reading.Words;

    public WordRange SentenceOf(int word)
    {
        var (first, end) = reading.WordsOfSentence(Words[word].Sentence);
        return new WordRange(first, end - 1);
    }

    /// <summary>The clauses that a match makes up, with what hangs on them.</summary>
    public WordRange ClauseOf(WordRange match)
    {
        var sentence = SentenceOf(match.First);
        var first = match.First;
        var divided = false;
        while (first > sentence.First && Words[first - 1].Clause == Words[first].Clause && !divided)
        {
            divided = first - 1 > sentence.First && rules.Words(DraftWords.Coordinators).Contains(Words[first - 1].Form)
                && rules.Words(DraftWords.ClauseBreakers).Contains(Words[first].Form);
            first--;
        }

        first = divided ? first : BackOverWhatHangsOn(first, sentence);
        var last = EndOfClauses(match.Last, sentence);
        if (last < sentence.Last && rules.Words(DraftWords.Subordinators).Contains(Words[first].Form))
        {
            // "If you had read it, …": what follows makes no sense alone.
            last = EndOfClauses(last + 1, sentence);
        }

        return new WordRange(first, last);
    }

    /// <summary>Takes out what stands from a match to the end of its clause; nothing when no words of the sentence would stay before it.</summary>
    public DraftEdit? CutFrom(WordRange match)
    {
        var sentence = SentenceOf(match.First);
        var range = ClauseOf(match);
        if (match.First == sentence.First || range.First == sentence.First && Words[match.First - 1].Clause != Words[match.First].Clause)
        {
            return null;
        }

        var before = match.First - 1;
        return new DraftEdit(Words[before].Start, Words[EndOfClauses(match.Last, sentence)].End, Text[Words[before].Start..Words[before].End]);
    }

    /// <summary>Whether the word opens a clause of the draft.</summary>
    public bool OpensClause(int word)
    {
        var first = word;
        while (first > 0 && Words[first - 1].Clause == Words[first].Clause && Words[first - 1].Sentence == Words[first].Sentence
            && (rules.Words(DraftWords.Joiners).Contains(Words[first - 1].Form) || rules.Words(DraftWords.Openers).Contains(Words[first - 1].Form)))
        {
            first--;
        }

        return first == 0 || Words[first - 1].Clause != Words[first].Clause || Words[first - 1].Sentence != Words[first].Sentence;
    }

    /// <summary>The exact text of whole sentences or clauses, marks included when they end a sentence.</summary>
    public (int Start, int End) Extent(WordRange range)
    {
        var sentence = SentenceOf(range.First);
        var start = range.First == sentence.First ? StartWithMarks(range.First) : Words[range.First].Start;
        var end = range.Last == SentenceOf(range.Last).Last ? EndWithMarks(range.Last) : Words[range.Last].End;
        return (start, end);
    }

    /// <summary>Replaces whole clauses by sentences (or by nothing) and mends the seams.</summary>
    public DraftEdit ReplaceClauses(WordRange range, string replacement)
    {
        var sentence = SentenceOf(range.First);
        var (start, end) = Extent(range);
        if (range.First != sentence.First)
        {
            start = Words[range.First - 1].End + TrailingSign(range.First - 1);
            replacement = replacement.Length == 0 ? string.Empty : ". " + replacement;
        }

        if (range.Last < SentenceOf(range.Last).Last)
        {
            var next = range.Last + 1;
            while (next < sentence.Last && rules.Words(DraftWords.Joiners).Contains(Words[next].Form))
            {
                next++;
            }

            var gap = Text[Words[range.Last].End..Words[next].Start];
            var question = gap.Contains('¿', StringComparison.Ordinal) ? "¿" : string.Empty;
            end = Words[next].End;
            var joint = range.First != sentence.First && replacement.Length == 0 ? ". " : replacement.Length > 0 ? " " : string.Empty;
            return new DraftEdit(start, end, replacement + joint + question + Capitalise(Text[Words[next].Start..Words[next].End]));
        }

        if (replacement.Length == 0 && range.First != sentence.First)
        {
            // What stays of the sentence keeps its own full stop.
            return new DraftEdit(start, end, ".");
        }

        if (replacement.Length == 0)
        {
            while (end < Text.Length && Text[end] is ' ' or '\n' or '\r')
            {
                end++;
                if (end == Text.Length)
                {
                    break;
                }
            }
        }

        return new DraftEdit(start, end, replacement);
    }

    /// <summary>Replaces words inside a sentence (or takes them out) and mends capitals and commas.</summary>
    public DraftEdit ReplaceWords(WordRange range, string replacement)
    {
        var sentence = SentenceOf(range.First);
        var opens = range.First == sentence.First;
        var start = Words[range.First].Start;
        var end = Words[range.Last].End;
        if (replacement.Length > 0)
        {
            return new DraftEdit(start, end, opens ? Capitalise(replacement) : Decapitalise(replacement));
        }

        if (range.Last < sentence.Last)
        {
            var next = Words[range.Last + 1];
            return new DraftEdit(start, next.End, opens ? Capitalise(Text[next.Start..next.End]) : Text[next.Start..next.End]);
        }

        if (!opens)
        {
            var before = Words[range.First - 1];
            return new DraftEdit(before.Start, end, Text[before.Start..before.End]);
        }

        return ReplaceClauses(range, string.Empty);
    }

    public int StartWithMarks(int word)
    {
        var start = Words[word].Start;
        while (start > 0 && Text[start - 1] is '¿' or '¡' or '"' or '«' or '“' or '(')
        {
            start--;
            if (start == 0)
            {
                break;
            }
        }

        return start;
    }

    public int EndWithMarks(int word)
    {
        var end = word + 1 < Words.Count ? StartWithMarks(word + 1) : Text.Length;
        while (end > Words[word].End && char.IsWhiteSpace(Text[end - 1]))
        {
            end--;
        }

        return end;
    }

    /// <summary>The draft's own text of some words, with a currency or per cent sign behind them.</summary>
    public string TextOf(int first, int last) => Text[Words[first].Start..(Words[last].End + TrailingSign(last))];

    public EvidenceSpan Span(DraftEdit edit) => EvidenceSpan.Of(Text, edit.Start, edit.End - edit.Start);

    public static string Capitalise(string text)
    {
        var at = 0;
        while (at < text.Length && text[at] is '¿' or '¡' or '"' or '«' or '“' or '(')
        {
            at++;
            if (at == text.Length)
            {
                return text;
            }
        }

        return text.Length == 0 ? text : string.Concat(text.AsSpan(0, at), char.ToUpperInvariant(text[at]).ToString(), text.AsSpan(at + 1));
    }

    public static string Decapitalise(string text)
    {
        if (text.Length == 0 || !char.IsUpper(text[0]) || (text[0] == 'I' && (text.Length == 1 || !char.IsLetter(text[1]))) || (text.Length > 1 && char.IsUpper(text[1])))
        {
            return text;
        }

        return char.ToLowerInvariant(text[0]) + text[1..];
    }

    private int TrailingSign(int word)
    {
        var at = Words[word].End;
        var probe = at;
        if (probe < Text.Length && Text[probe] == ' ')
        {
            probe++;
        }

        return probe < Text.Length && Text[probe] is '€' or '$' or '£' or '%' ? probe + 1 - at : 0;
    }

    private int EndOfClauses(int last, WordRange sentence)
    {
        while (last < sentence.Last && (Words[last + 1].Clause == Words[last].Clause || !BreaksClause(last + 1, sentence)))
        {
            last++;
        }

        return last;
    }

    // A clause of its own: not "no el nuestro", which hangs on the one before, nor a mere "please".
    private bool BreaksClause(int word, WordRange sentence)
    {
        if (!rules.Words(DraftWords.ClauseBreakers).Contains(Words[word].Form))
        {
            return false;
        }

        if (Words[word].Form == "no" && word < sentence.Last && rules.Words(DraftWords.Determiners).Contains(Words[word + 1].Form))
        {
            return false;
        }

        var i = word;
        while (i <= sentence.Last && Words[i].Clause == Words[word].Clause)
        {
            if (!rules.Words(DraftWords.Openers).Contains(Words[i].Form))
            {
                return true;
            }

            i++;
        }

        return false;
    }

    private int BackOverWhatHangsOn(int first, WordRange sentence)
    {
        while (first > sentence.First)
        {
            var before = first - 1;
            while (before > sentence.First && Words[before - 1].Clause == Words[first - 1].Clause)
            {
                before--;
            }

            var isOpener = true;
            for (var i = before; i < first; i++)
            {
                isOpener &= rules.Words(DraftWords.Openers).Contains(Words[i].Form);
            }

            if (!isOpener && !rules.Words(DraftWords.Subordinators).Contains(Words[before].Form))
            {
                break;
            }

            first = before;
        }

        return first;
    }
}
