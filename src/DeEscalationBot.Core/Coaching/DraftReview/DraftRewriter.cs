using DeEscalationBot.Core.Scoring.Text;

namespace DeEscalationBot.Core.Coaching.DraftReview;

/// <summary>Mends a whole draft: applies suggestions, drops what only hurts, and answers nothing when the result is not clean.</summary>
internal sealed class DraftRewriter(DraftReviewer.Readers readers)
{
    // One fault can hide another; a draft that is not clean after so many passes is left to the agent.
    private const int MostPasses = 8;

    // Fewer words than these are a greeting or a stub, not an answer.
    private const int WordsOfAnAnswer = 3;

    // What these ask for cannot be made up; dropping the sentence would not help either.
    private static readonly HashSet<string> NeedsTheAgent = new(StringComparer.Ordinal) { "vague-reason", "untouched-template" };

    // After these the customer has been hurt or brushed off: the rewrite begins by taking up what they said.
    private static readonly HashSet<string> WantsAcknowledgement = new(StringComparer.Ordinal)
    {
        "hostile-tone", "blame", "calm-down", "dismissive", "defensive-justification", "condescension", "personal-attack", "policy-shield", "should-statement", "pushing-ahead",
    };

    // A reproach is best left out; the stock sentence stands in only where nothing else would be left to say.
    private static readonly HashSet<string> BetterLeftOut = new(StringComparer.Ordinal) { "should-statement", "blame", "condescension", "defensive-justification", "calm-down" };

    // So many words outside of the findings are enough of an answer.
    private const int WordsThatStandAlone = 4;

    private string _draft = string.Empty;

    public string? Rewrite(string draft, IReadOnlyList<DraftFinding> findings)
    {
        var text = draft;
        _draft = draft;
        var wantsAcknowledgement = findings.Any(f => WantsAcknowledgement.Contains(f.Rule));
        for (var pass = 0; pass < MostPasses; pass++)
        {
            var open = findings.Where(f => f.Severity != FindingSeverity.Note).ToArray();
            if (open.Length == 0)
            {
                return pass == 0 ? null : Finish(text, wantsAcknowledgement);
            }

            if (Array.Exists(open, f => NeedsTheAgent.Contains(f.Rule)))
            {
                return null;
            }

            var mended = Mend(text, open);
            if (mended is null || mended == text)
            {
                return null;
            }

            text = mended;
            findings = readers.FindingsOf(MessageReading.Of(text));
        }

        return null;
    }

    private string? Mend(string text, DraftFinding[] open)
    {
        var reading = MessageReading.Of(text);
        var draft = new DraftReading(readers.Main, reading);
        var edits = new List<DraftEdit>();
        var standing = reading.Words.Count(w => !Array.Exists(open, f => f.Evidence.Start < w.End && w.Start < f.Evidence.End));
        var standsAlone = standing >= WordsThatStandAlone;
        foreach (var finding in open)
        {
            // The way on is offered once, behind the last sentence that hides behind a rule.
            var comesAgain = finding.Rule == "policy-shield" && Array.Exists(open, f => f.Rule == finding.Rule && f.Evidence.Start > finding.Evidence.Start);
            var edit = finding.Rule == "register-slip" || comesAgain ? null : EditOf(draft, finding, text, standsAlone);
            if (edit is { } e && !edits.Exists(o => o.Start < e.End && e.Start < o.End))
            {
                edits.Add(e);
            }
        }

        // The form of address is made one in a pass of its own, once nothing else is open.
        if (edits.Count == 0)
        {
            var done = -1;
            foreach (var slip in draft.Register.Slips.Where(s => s > done))
            {
                (done, var counterpart) = draft.Register.Counterpart(slip);
                if (counterpart is null)
                {
                    return null;
                }

                edits.Add(new DraftEdit(reading.Words[slip].Start, reading.Words[done].End, counterpart));
            }
        }

        JoinNeighbours(edits);
        foreach (var edit in edits.OrderByDescending(e => e.Start))
        {
            text = string.Concat(text.AsSpan(0, edit.Start), edit.Replacement, text.AsSpan(edit.End));
        }

        return DropRepeated(text).Trim();
    }

    // "Rest assured, it will be fixed": an opening that ends in a comma has nothing to open when the clause behind it is replaced too.
    private static void JoinNeighbours(List<DraftEdit> edits)
    {
        edits.Sort((a, b) => a.Start.CompareTo(b.Start));
        for (var i = 0; i + 1 < edits.Count; i++)
        {
            if (edits[i].End == edits[i + 1].Start && edits[i].Replacement.EndsWith(','))
            {
                edits[i] = edits[i] with { Replacement = string.Empty };
                edits[i + 1] = edits[i + 1] with { Replacement = edits[i + 1].Replacement.TrimStart('.', ' ') };
            }
        }
    }

    private DraftEdit? EditOf(DraftReading draft, DraftFinding finding, string text, bool standsAlone)
    {
        if (!(standsAlone && (BetterLeftOut.Contains(finding.Rule) || readers.Main.Kind == DraftKind.Farewell) && finding.Suggestion is { } stock && draft.IsStock(finding.Rule, stock)) && finding.Suggestion is { } suggestion && suggestion != finding.Evidence.Text)
        {
            return new DraftEdit(finding.Evidence.Start, finding.Evidence.End, suggestion);
        }

        var words = draft.Text.Reading.Words;
        var first = -1;
        var last = -1;
        for (var i = 0; i < words.Count; i++)
        {
            if (words[i].End > finding.Evidence.Start && words[i].Start < finding.Evidence.End)
            {
                first = first < 0 ? i : first;
                last = i;
            }
        }

        return first < 0 ? new DraftEdit(finding.Evidence.Start, finding.Evidence.End, string.Empty) : draft.Text.ReplaceClauses(draft.Text.ClauseOf(new WordRange(first, last)), string.Empty);
    }

    private string? Finish(string text, bool wantsAcknowledgement)
    {
        var reading = MessageReading.Of(text);
        var draft = new DraftReading(readers.Main, reading);
        if (wantsAcknowledgement && draft.Acknowledge(DraftSentence.Acknowledgement) is { } acknowledgement && !(TakesUp(reading) && draft.Matches.Affirmed(DraftRole.Regret)))
        {
            text = InsertAfterGreeting(text, draft, acknowledgement);
        }

        if (MessageReading.Of(text).Words.Count < WordsOfAnAnswer || IsOnlyGreeting(draft))
        {
            var more = draft.Acknowledge(DraftSentence.TellMore);
            text = text.Length == 0 ? more ?? string.Empty : $"{text} {more}";
        }

        return text.Length > 0 && KeepsTheFacts(text) && !text.Contains(",.", StringComparison.Ordinal) && !text.EndsWith(',') && readers.FindingsOf(MessageReading.Of(text)).All(f => f.Severity == FindingSeverity.Note) ? text : null;
    }

    // Numbers, links and times are the agent's: a rewrite that lost one would not say what the agent wanted to say.
    private bool KeepsTheFacts(string rewrite)
    {
        var kept = MessageReading.Of(rewrite).Words.Where(IsFact).Select(w => w.Form).ToHashSet(StringComparer.Ordinal);
        return MessageReading.Of(_draft).Words.Where(IsFact).All(w => kept.Contains(w.Form));
    }

    private bool IsFact(Word word) => word.Kind is WordKind.Number or WordKind.Link || readers.Main.Rules.Words(DraftWords.DateWords).Contains(word.Form);

    private bool TakesUp(MessageReading reading) => reading.Words.Any(w => w.Kind is WordKind.Letters && readers.Main.Facts.Mentions(w) && readers.Main.Facts.Topic?.Contains(w.Form, StringComparison.OrdinalIgnoreCase) == true);

    private static bool IsOnlyGreeting(DraftReading draft)
    {
        var greetings = draft.Matches.Of(DraftRole.Greeting);
        var greeted = 0;
        for (var i = 0; i < draft.Text.Reading.Words.Count; i++)
        {
            var index = i;
            greeted += greetings.Exists(g => g.First <= index && index <= g.Last) ? 1 : 0;
        }

        return draft.Text.Reading.Words.Count - greeted <= 1;
    }

    private static string InsertAfterGreeting(string text, DraftReading draft, string sentence)
    {
        if (draft.Text.Reading.Words.Count == 0)
        {
            return sentence;
        }

        var first = draft.Text.SentenceOf(0);
        if (draft.Matches.Of(DraftRole.Greeting) is not [{ First: 0 } greeting, ..])
        {
            return $"{sentence} {text}";
        }

        // "Hello Ana," may be a sentence or the beginning of one.
        var words = draft.Text.Reading.Words;
        var last = greeting.Last;
        while (last < first.Last && char.IsUpper(text[words[last + 1].Start]))
        {
            last++;
        }

        if (last == first.Last)
        {
            var end = draft.Text.EndWithMarks(last);
            var greeted = text[..end];
            var dot = greeted.Length > 0 && char.IsLetterOrDigit(greeted[^1]) ? "." : string.Empty;
            var rest = text[end..];
            return rest.StartsWith('\n') ? $"{greeted}{rest[..^rest.TrimStart().Length]}{sentence} {rest.TrimStart()}" : $"{greeted}{dot} {sentence} {rest.TrimStart()}".TrimEnd();
        }

        var next = words[last + 1];
        var opening = draft.Text.StartWithMarks(last + 1);
        return $"{text[..words[last].End]}. {sentence} {text[opening..next.Start]}{DraftText.Capitalise(text[next.Start..])}";
    }

    // Two faults may be mended by the same sentence: once is enough.
    private static string DropRepeated(string text)
    {
        var reading = MessageReading.Of(text);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var drop = new List<(int Start, int End)>();
        for (var s = 0; s < reading.SentenceCount; s++)
        {
            var (first, end) = reading.WordsOfSentence(s);
            if (end - first < 3)
            {
                continue;
            }

            var start = first == 0 ? 0 : reading.Words[first - 1].End;
            var sentence = string.Join(' ', reading.Words.Skip(first).Take(end - first).Select(w => w.Form));
            if (!seen.Add(sentence))
            {
                // From behind the mark of the sentence before to behind its own mark.
                while (start < text.Length && text[start] is '.' or '!' or '?' or '…')
                {
                    start++;
                }

                var stop = reading.Words[end - 1].End;
                while (stop < text.Length && text[stop] is '.' or '!' or '?' or '…')
                {
                    stop++;
                    if (stop == text.Length)
                    {
                        break;
                    }
                }

                drop.Add((start, stop));
            }
        }

        for (var i = drop.Count - 1; i >= 0; i--)
        {
            text = text.Remove(drop[i].Start, drop[i].End - drop[i].Start);
        }

        return text;
    }
}
