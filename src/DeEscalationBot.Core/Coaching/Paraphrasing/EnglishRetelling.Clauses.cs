namespace DeEscalationBot.Core.Coaching.Paraphrasing;

/// <content>Cuts a message into clauses.</content>
internal sealed partial class EnglishRetelling
{
    private List<MessageClause> Cut(IReadOnlyList<MessageToken> tokens)
    {
        var clauses = new List<MessageClause>();
        var current = new List<MessageToken>();
        var connector = (string?)null;
        var currentBreak = TokenBreak.Sentence;
        var subject = ClauseSubject.None;
        for (var i = 0; i < tokens.Count; i++)
        {
            var token = tokens[i];
            if (token.Break != TokenBreak.None)
            {
                Close();
                currentBreak = token.Break;
                subject = token.Break == TokenBreak.Sentence ? ClauseSubject.None : subject;
            }

            // "the meter is wrong cause i live alone"
            if (token.Form == "cause" && i > 0 && token.Break == TokenBreak.None && i + 1 < tokens.Count && SubjectPronouns.Contains(tokens[i + 1].Form) && !Determiners.Contains(tokens[i - 1].Form))
            {
                token = token with { Text = "because", Lower = "because", Form = "because" };
            }

            if (token.Form is "but" or "though" or "although" or "however" || (token.Form == "even" && i + 1 < tokens.Count && tokens[i + 1].Form is "though"))
            {
                Close();
                currentBreak = currentBreak == TokenBreak.None ? TokenBreak.Comma : currentBreak;
                continue;
            }

            var follows = i + 1 < tokens.Count && tokens[i + 1].Break == TokenBreak.None;
            // "I complained on 2 August and, 40 days later, …": it joins what comes behind the comma.
            if (token.Form == "and" && !follows && current.Count > 0)
            {
                continue;
            }

            if (token.Form is "and" or "so" or "plus" && follows && (current.Count == 0 || ((HasVerb(current) || StandsAlone(current)) && StartsClause(tokens, i + 1)) || (token.Form == "and" && (WantsMoney(current) || current.Exists(t => t.Form == "owe")) && _requestVerbs.Contains(tokens[i + 1].Form))) && !(token.Form == "so" && current.Count > 0 && (tokens[i + 1].Form is "that" or "many" or "much" or "far" || IsPurpose(tokens, i + 1))))
            {
                if (current.Count > 0)
                {
                    Close();
                    currentBreak = TokenBreak.None;
                }

                connector = clauses.Count > 0 && token.Form == "and" ? "and" : null;
                continue;
            }

            if (token.Break == TokenBreak.None && HasVerb(current) && ((current.Count >= 3 && StartsUnmarked(tokens, i)) || (current.Count >= 2 && StartsUltimatum(tokens, i)) || (current.Count >= 3 && current[0].Form is "if" or "unless" && StartsThreat(tokens, i))))
            {
                Close();
                currentBreak = TokenBreak.Comma;
            }

            current.Add(token);
        }

        Close();
        return clauses;

        void Close()
        {
            if (current.Count > 0)
            {
                clauses.Add(new MessageClause([.. current], connector, clauses.Count == 0 ? TokenBreak.Sentence : currentBreak, subject));
                subject = SubjectOf(current, subject);
                current.Clear();
                currentBreak = TokenBreak.None;
            }

            connector = null;
        }
    }

    // Whose verb may follow without a subject of its own: "I called Thursday, was told …", "you take it but haven't answered".
    private ClauseSubject SubjectOf(List<MessageToken> clause, ClauseSubject before)
    {
        // "the builders you sent dug in the wrong place": theirs is the second verb.
        var relative = clause.FindIndex(t => t.Form is "you" or "i" or "we" or "youve" or "ive" or "weve");
        if (relative > 1 && Determiners.Contains(clause[0].Form) && clause[relative].Break == TokenBreak.None && !Subordinators.Contains(clause[relative - 1].Form) && !Prepositions.Contains(clause[relative - 1].Form) && !Adverbs.Contains(clause[relative - 1].Form)
            && !clause.Take(relative).Any(t => IsFinite(t.Form, IsVerb)) && clause.Skip(relative + 1).Count(t => IsPast(t.Form) || Auxiliaries.Contains(t.Form)) > 1)
        {
            return ClauseSubject.Other;
        }

        var found = ClauseSubject.None;
        foreach (var token in clause)
        {
            var subject = token.Form switch
            {
                "i" or "we" or "im" or "ive" or "weve" or "id" or "ill" => ClauseSubject.Customer,
                "you" or "youre" or "youve" or "u" when found != ClauseSubject.Customer || token.Form is not ("you" or "u") || IsSubjectYou(clause, token) => ClauseSubject.Company,
                _ => ClauseSubject.None,
            };
            if (subject != ClauseSubject.None)
            {
                if (found is ClauseSubject.Customer or ClauseSubject.Company && found != subject)
                {
                    return ClauseSubject.Several;
                }

                found = subject;
            }
            else if (found == ClauseSubject.None && IsFinite(token.Form, IsVerb))
            {
                return clause[0] == token ? before : ClauseSubject.Other;
            }
        }

        if (found != ClauseSubject.None)
        {
            return found;
        }

        return before;
    }

    // "I wrote to you" has one who acts, "I left because you charged me" two.
    private bool IsSubjectYou(List<MessageToken> clause, MessageToken you)
    {
        var i = clause.IndexOf(you);
        return i > 0 && i + 1 < clause.Count && !Prepositions.Contains(clause[i - 1].Form) && IsFinite(clause[i + 1].Form, IsVerb);
    }

    // "and" begins a clause when a subject of its own follows: a pronoun, or a noun and its verb.
    private bool StartsClause(IReadOnlyList<MessageToken> tokens, int from)
    {
        if (SubjectPronouns.Contains(tokens[from].Form) || tokens[from].Form is "you" or "youre" or "youve" or "please" || (tokens[from].Form is "no" or "now" or "still" or "then" or "today" or "yesterday" or "tonight" && from + 1 < tokens.Count && (tokens[from + 1].Form is "one" || SubjectPronouns.Contains(tokens[from + 1].Form) || tokens[from + 1].Form is "you")))
        {
            return true;
        }

        // "and can you delete my address"
        if (tokens[from].Form is "can" or "could" or "will" or "would" && from + 1 < tokens.Count && tokens[from + 1].Form is "you" or "i" or "we" or "someone")
        {
            return true;
        }

        // "and still paying 35 quid", "and all I hear is …"
        var next = from + 1 < tokens.Count && tokens[from + 1].Break == TokenBreak.None ? tokens[from + 1].Form : null;
        if ((tokens[from].Form is "still" or "now" or "then" && next is not null && (IsPast(next) || Gerunds(next) || next is "no" or "nothing" or "nobody"))
            || (tokens[from].Form == "all" && next is "i" or "we")
            || (tokens[from].Form is "never" && next is not null && IsPast(next)))
        {
            return true;
        }

        // "and when I got there it had left"
        if (tokens[from].Form is "when" or "while" or "if" or "once" or "whenever" && next is not null && (SubjectPronouns.Contains(next) || next is "you" or "my" or "the" or "our" or "your"))
        {
            return true;
        }

        // "and at the counter they told us", "and since version 5.2 it's been …"
        if (Prepositions.Contains(tokens[from].Form) || tokens[from].Form is "since" or "after" or "before" or "until")
        {
            for (var i = from + 1; i + 1 < tokens.Count && i <= from + 6 && tokens[i].Break == TokenBreak.None; i++)
            {
                if ((SubjectPronouns.Contains(tokens[i].Form) || tokens[i].Form is "you" or "youve" or "youre") && !Prepositions.Contains(tokens[i - 1].Form) && !IsFinite(tokens[i - 1].Form, IsVerb) && HasVerbSoon(tokens, i))
                {
                    return true;
                }
            }

            return false;
        }

        if (!Determiners.Contains(tokens[from].Form) && !tokens[from].IsCapitalised && !PluralOrMass(tokens[from].Form))
        {
            return false;
        }

        for (var i = from + 1; i < tokens.Count && i < from + 5 && tokens[i].Break == TokenBreak.None; i++)
        {
            if (tokens[i].Form is "that" or "which" or "who" or "and" or "i" or "you" or "we" or "of" or "to")
            {
                return tokens[i].Form == "of" && false;
            }

            // "a scratched frame": behind its article a participle is none.
            if (Auxiliaries.Contains(tokens[i].Form) || (i > from + 1 && (IsVerb(tokens[i].Form) || IsPast(tokens[i].Form))))
            {
                return true;
            }
        }

        return false;
    }

    // "no power for two days", "still no water", "three weeks": whole although without a verb.
    private static bool StandsAlone(List<MessageToken> piece) => piece[0].Form is "no" or "without" or "still" or "not" || (piece.Count > 1 && (piece[0].HasDigit || SmallNumbers.Contains(piece[0].Form)) && TimeNouns.Contains(piece[1].Form));

    // "money back | and take the listing down"
    private static bool WantsMoney(List<MessageToken> piece) => piece[0].Form is "money" or "refund" or "full" or "partial" && piece.Count <= 3;

    // "so it would get here before his birthday" belongs to what was done for it.
    private static bool IsPurpose(IReadOnlyList<MessageToken> tokens, int i) => i + 1 < tokens.Count && SubjectPronouns.Contains(tokens[i].Form) && tokens[i + 1].Form is "would" or "could" or "can" or "might";

    private static bool Gerunds(string form) => form.Length > 5 && form.EndsWith("ing", StringComparison.Ordinal) && form is not ("nothing" or "anything" or "something" or "everything");

    // "I want it replaced or I'm going elsewhere": what is threatened is no part of what is wanted.
    private static bool StartsUltimatum(IReadOnlyList<MessageToken> tokens, int i) =>
        tokens[i].Form is "or" && i + 2 < tokens.Count && tokens[i + 1].Form is "i" or "im" or "ill" or "we" or "well" or "were" or "else" or "ive" or "id";

    // "if it isn't fixed by Friday | I'm cancelling"
    private static bool StartsThreat(IReadOnlyList<MessageToken> tokens, int i) =>
        !Prepositions.Contains(tokens[i - 1].Form) && !Determiners.Contains(tokens[i - 1].Form) && IsThreatening(tokens, i);

    // What a customer says they are going to do about it.
    private static bool IsThreatening(IReadOnlyList<MessageToken> tokens, int i)
    {
        i += i + 1 < tokens.Count && tokens[i].Form is "then" ? 1 : 0;
        var next = i + 1 < tokens.Count ? tokens[i + 1].Form : null;
        return tokens[i].Form switch
        {
            "ill" or "well" => tokens[i].Lower.Contains('\'', StringComparison.Ordinal),
            "im" or "were" => next is "off" or "out" or "done" or "going" or "leaving" or "cancelling" or "canceling" or "switching" or "moving" or "taking" or "disputing" or "reporting" or "sending" or "closing" or "stopping" or "finished",
            "i" or "we" => next is "will" or "shall" or "cancel" or "leave" or "switch" or "walk" or "dispute" or "am" or "want",
            _ => false,
        };
    }

    private static bool PluralOrMass(string form) => form is "support" or "billing" or "everyone" or "everybody" or "someone" or "nothing" or "everything" or "today" or "yesterday";

    // Messages without marks: "i bought a phone on march 3 | it hasnt arrived | i want my money".
    private bool StartsUnmarked(IReadOnlyList<MessageToken> tokens, int i)
    {
        var form = tokens[i].Form;
        var previous = tokens[i - 1].Form;
        // "… for two weeks | where is it going": an asking order of words.
        if (form is "where" or "why" or "how" && i + 2 < tokens.Count && tokens[i + 1].Form is "is" or "are" or "was" or "do" or "did" or "does" or "can" or "am" && tokens[i + 2].Form is "it" or "i" or "you" or "we" or "they" or "he" or "she" or "my" or "the")
        {
            return true;
        }

        // "… urgent help | my daughter has a fever"
        if (form is "my" or "our" && !IsFinite(previous, IsVerb) && !Subordinators.Contains(previous) && !Prepositions.Contains(previous) && !Determiners.Contains(previous) && !Adverbs.Contains(previous)
            && !Reporting.Contains(previous) && !SubjectPronouns.Contains(previous) && previous is not ("us" or "me" or "you" or "him" or "her" or "them" or "both" or "all") && !Gerunds(previous)
            && i + 2 < tokens.Count && tokens[i + 1].Break == TokenBreak.None && tokens[i + 2].Break == TokenBreak.None && (Auxiliaries.Contains(tokens[i + 2].Form) || (i + 3 < tokens.Count && tokens[i + 3].Break == TokenBreak.None && Auxiliaries.Contains(tokens[i + 3].Form) && !Prepositions.Contains(tokens[i + 2].Form))))
        {
            return true;
        }

        if (!(SubjectPronouns.Contains(form) || form == "please" || (form == "no" && i + 1 < tokens.Count && tokens[i + 1].Form == "one")) || Subordinators.Contains(previous) || Prepositions.Contains(previous) || Determiners.Contains(previous) || Adverbs.Contains(previous))
        {
            return false;
        }

        // "when we arrived we were told": the clause that "when" opened is not over.
        for (var k = i - 1; k >= 0 && k >= i - 6 && tokens[k + 1].Break == TokenBreak.None; k--)
        {
            if (Opening.Contains(tokens[k].Form))
            {
                return false;
            }
        }

        // "I told your advisor I'm allergic": what is told goes on.
        for (var k = i - 1; k >= 0 && k >= i - 4 && tokens[k + 1].Break == TokenBreak.None; k--)
        {
            if (Reporting.Contains(tokens[k].Form))
            {
                return false;
            }
        }

        if (form is "this" or "it" or "its" or "well" or "were" or "there" or "he" or "she")
        {
            // Objects as often as subjects: only with a verb behind them.
            return form is not ("this" or "well" or "were") && i + 1 < tokens.Count && tokens[i + 1].Break == TokenBreak.None && Auxiliaries.Contains(tokens[i + 1].Form) && !(form is "it" && previous is "make" or "let");
        }

        // "the order I placed", "every email I send": a relative clause, not a new sentence.
        var wants = i + 1 < tokens.Count && tokens[i + 1].Form is "want" or "need" or "am" or "still" or "cant" or "cannot" or "demand" or "called" or "dont" or "will" or "just" or "expect";
        wants &= !(i + 1 < tokens.Count && tokens[i + 1].Form is "cant" or "cannot" or "dont" or "want" or "need" && ((i >= 2 && tokens[i - 2].Form is "a" or "an") || (i >= 3 && tokens[i - 3].Form is "a" or "an" && !tokens[i - 2].HasDigit))); // "for a tv i cant watch"
        var relative = form is "i" or "we" or "ive" or "weve" or "id" && !wants && !(i + 2 < tokens.Count && tokens[i + 1].Form is "have" or "had" && tokens[i + 2].Form is "been" or "to" or "no")
            && ((i >= 2 && RelativeOpeners.Contains(tokens[i - 2].Form)) || (i >= 3 && RelativeOpeners.Contains(tokens[i - 3].Form) && !tokens[i - 1].HasDigit && tokens[i - 2].Break == TokenBreak.None && tokens[i - 1].Break == TokenBreak.None)
                || (i >= 4 && RelativeOpeners.Contains(tokens[i - 4].Form) && i + 1 < tokens.Count && tokens[i + 1].Form is "was" or "got" or "bought" or "ordered" or "paid" or "had" or "booked"));
        return !relative && !(form is "i" or "we" or "ive" or "weve" && EndsWithoutObject(tokens, i));
    }

    // "antivirus I never asked for", "broadband I already have": what a verb at the end lacks stands before it.
    private static bool EndsWithoutObject(IReadOnlyList<MessageToken> tokens, int from)
    {
        var end = from + 1;
        while (end < tokens.Count && tokens[end].Break == TokenBreak.None && tokens[end].Form is not ("and" or "but" or "so" or "because"))
        {
            end++;
        }

        return end - from is > 1 and <= 5 && !Subordinators.Contains(tokens[from - 1].Form)
            && (tokens[end - 1].Form is "for" or "with" or "have" or "use" or "wanted" or "ordered" or "requested" || (end - from > 2 && tokens[end - 1].Form is "need" or "to" or "asked" or "bought" or "touch" or "access" or "reach" or "open" or "afford" or "claim"));
    }

    private List<MessageClause> Merge(List<MessageClause> pieces)
    {
        const TokenMarks Gone = TokenMarks.DropsClause | TokenMarks.DropsSentence;
        pieces = WithSubjectsReunited(pieces);
        var merged = new List<MessageClause>();
        MessageClause? waiting = null;
        for (var i = 0; i < pieces.Count; i++)
        {
            var piece = pieces[i];
            if (waiting is not null && waiting.Tokens[0].Form is "if" or "unless" && waiting.Sentence == piece.Sentence && ((piece.Marks() & TokenMarks.Threat) != 0 || IsThreatening(piece.Tokens, 0)))
            {
                // "if it isn't fixed by Friday, I'm off": what would avert the threat is what is wanted.
                merged.Add(waiting with { IsUltimatum = true });
                waiting = null;
                continue;
            }

            if ((piece.Marks() & Gone) != 0)
            {
                waiting = null;
                merged.Add(piece);
                continue;
            }

            // "unreal", "cero estrellas": a piece that tells nothing joins nothing.
            var threat = i + 1 < pieces.Count && pieces[i + 1].Sentence == piece.Sentence ? pieces[i + 1] : null;
            if (waiting is null && piece.Tokens[0].Form is "if" or "unless" && threat is not null && ((threat.Marks() & (Gone | TokenMarks.Threat)) != 0 || IsThreatening(threat.Tokens, 0)))
            {
                merged.Add(piece with { IsUltimatum = true });
                continue;
            }

            var leads = i == 0 || pieces[i - 1].Sentence != piece.Sentence;
            var telling = piece.HasSubstance && (!leads || piece.HasStrictSubstance || Prepositions.Contains(piece.Tokens[0].Form) || Determiners.Contains(piece.Tokens[0].Form) || ReferenceNouns.Contains(piece.Tokens[0].Form) || piece.Tokens[0].Form is "no" or "still");
            if (!telling && !HasVerb(piece.Tokens) && pieces.Count > 1 && !Opening.Contains(piece.Tokens[0].Form))
            {
                continue;
            }

            if (waiting is not null)
            {
                piece = piece.Sentence == waiting.Sentence ? waiting.Join(piece) : piece;
                waiting = null;
            }

            var last = merged.Count > 0 && merged[^1].Sentence == piece.Sentence && piece.Break != TokenBreak.Sentence && (merged[^1].Marks() & Gone) == 0 ? merged[^1] : null;
            var next = i + 1 < pieces.Count && pieces[i + 1].Sentence == piece.Sentence && pieces[i + 1].Break != TokenBreak.Sentence ? pieces[i + 1] : null;
            var first = piece.Tokens[0].Form;
            var leans = !piece.IsQuestion && (!HasVerb(piece.Tokens) || first is "which" or "who" or "that" or "because" or "since" or "where" or "as" or "like" or "except" or "which's");
            // "two technicians came and both said …", "the person who helped me, a certain Lorraine, hung up": the same subject.
            leans |= !piece.IsQuestion && last is not null && (SharesSubject(piece, last) || IsPassivePiece(piece) || (piece.Connector is null && IsFinite(first, IsVerb) && i > 0 && IsParenthesis(pieces[i - 1])));
            // "…, but since Monday I have no internet" stands by itself.
            var divided = piece.Tokens;
            var standsByItself = Opening.Contains(first) && first is not ("because" or "as") && TryDivideOpening(ref divided);
            piece = standsByItself ? piece with { Tokens = divided } : piece;
            leans &= !IsReference(piece);
            var opens = Opening.Contains(first) && !piece.IsQuestion && i == FirstOfSentence(pieces, i);
            if (piece.Connector is not null && next is not null && i + 2 < pieces.Count && pieces[i + 2].Sentence == piece.Sentence && pieces[i + 2].Connector is null && Determiners.Contains(first) && !HasVerb(piece.Tokens)
                && next.Tokens[0].Form is "all" or "both" or "who" or "which" && IsFinite(pieces[i + 2].Tokens[0].Form, IsVerb))
            {
                waiting = piece.Join(next); // "…, and my students, all 14 of them, start late"
                i++;
                continue;
            }

            if (standsByItself || IsReference(piece))
            {
                merged.Add(piece);
            }
            else if (opens && next is not null)
            {
                waiting = piece;
            }
            else if ((leans || (Opening.Contains(first) && !piece.IsQuestion)) && last is not null && last.Tokens.Count + piece.Tokens.Count <= LongestClauseWords)
            {
                merged[^1] = last.Join(piece);
            }
            else if (leans && next is not null && piece.Connector is null && !HasVerb(piece.Tokens))
            {
                waiting = piece;
            }
            else
            {
                merged.Add(piece);
            }
        }

        if (waiting is not null)
        {
            merged.Add(waiting);
        }

        return merged;
    }

    // "… because your salesman, a chap called Roy, swore it was covered": the subject's verb stands behind what is said between commas. Without one what it began goes.
    private List<MessageClause> WithSubjectsReunited(List<MessageClause> pieces)
    {
        var whole = new List<MessageClause>(pieces.Count);
        for (var i = 0; i < pieces.Count; i++)
        {
            var piece = pieces[i];
            var open = i + 1 < pieces.Count && pieces[i + 1].Sentence == piece.Sentence && pieces[i + 1].Break == TokenBreak.Comma && pieces[i + 1].Connector is null ? OpenSubject(piece.Tokens) : -1;
            if (open >= 0 && i + 2 < pieces.Count && pieces[i + 2].Sentence == piece.Sentence && pieces[i + 2].Break == TokenBreak.Comma && pieces[i + 2].Connector is null
                && pieces[i + 1].Tokens.Count <= LongestApposition && IsFinite(pieces[i + 2].Tokens[0].Form, IsVerb)
                && piece.Tokens.Count + pieces[i + 1].Tokens.Count + pieces[i + 2].Tokens.Count <= LongestClauseWords)
            {
                whole.Add(piece.Join(pieces[i + 1]).Join(pieces[i + 2]));
                i += 2;
                continue;
            }

            whole.Add(open > 0 && !IsFinite(pieces[i + 1].Tokens[0].Form, IsVerb) ? piece with { Tokens = [.. piece.Tokens.Take(open)] } : piece);
        }

        return whole;
    }

    // Where a subject without its verb begins, behind the conjunction that opens it: "… because | your salesman".
    private int OpenSubject(IReadOnlyList<MessageToken> tokens)
    {
        for (var i = tokens.Count - 2; i > 0 && i >= tokens.Count - LongestOpenSubject; i--)
        {
            if (IsFinite(tokens[i + 1].Form, IsVerb) || tokens[i + 1].HasDigit || (tokens[i + 1].Marks & TokenMarks.Time) != 0)
            {
                return -1;
            }

            if (tokens[i].Form == "and" && i + 2 < tokens.Count && Determiners.Contains(tokens[i + 1].Form) && People.Contains(tokens[i + 2].Form))
            {
                return i; // "… and the guy at the desk: no, hotel policy"
            }

            if (tokens[i].Form == "because" || (tokens[i].Form is "say" or "says" or "said" or "and" && i == tokens.Count - 2 && tokens[i + 1].Form is "you"))
            {
                return tokens[i + 1].Form == "you" || Determiners.Contains(tokens[i + 1].Form) ? i : -1;
            }
        }

        return -1;
    }

    // "the hoist, which I was paying for by the hour, came to £410": behind it the sentence goes on.
    private static bool IsParenthesis(MessageClause piece) => piece.Break == TokenBreak.Comma && piece.Tokens[0].Form is "which" or "who" or "whose";

    // "invoice F-2209": told by itself.
    private bool IsReference(MessageClause piece) => IsReference(piece.Tokens);

    private bool IsReference(IReadOnlyList<MessageToken> tokens) => tokens.Count <= 4 && tokens[^1].HasDigit && (ReferenceNouns.Contains(tokens[0].Form) || NamesCode(tokens));

    // "lot L3381", "receipt 5561-88": a noun with what only an id looks like.
    private bool NamesCode(IReadOnlyList<MessageToken> tokens) =>
        tokens.Count == 2 && tokens[1].IsCode && tokens[0].Form.Length > 2 && tokens[0].Form.All(char.IsLetter)
        && !IsPast(tokens[0].Form) && !Auxiliaries.Contains(tokens[0].Form) && !Prepositions.Contains(tokens[0].Form) && !Determiners.Contains(tokens[0].Form) && !Subordinators.Contains(tokens[0].Form) && !Adverbs.Contains(tokens[0].Form);

    private bool SharesSubject(MessageClause piece, MessageClause last)
    {
        var i = 0;
        while (i + 1 < piece.Tokens.Count && (Adverbs.Contains(piece.Tokens[i].Form) || piece.Tokens[i].Form is "then" or "both"))
        {
            i++;
        }

        var form = piece.Tokens[i].Form;
        var isFinite = (IsPast(form) && !_bases.Contains(form)) || form is "was" or "were" or "is" or "has" or "had" or "did" or "said" or "says" or "put" or "cut" or "hit" or "left"
            || (form.Length > 3 && form[^1] == 's' && _bases.Contains(form[..^1]));
        if (!isFinite || piece.Inherited != ClauseSubject.Other)
        {
            return false;
        }

        return !CustomerDoings.Contains(form) || last.Tokens.Any(t => People.Contains(t.Form));
    }

    // ", confirmed by Luca in person"
    private bool IsPassivePiece(MessageClause piece) =>
        piece.Tokens.Count > 2 && IsPast(piece.Tokens[0].Form) && piece.Tokens[1].Form == "by";

    private static int FirstOfSentence(List<MessageClause> pieces, int i)
    {
        while (i > 0 && pieces[i - 1].Sentence == pieces[i].Sentence && pieces[i].Break != TokenBreak.Sentence)
        {
            i--;
        }

        return i;
    }
}
