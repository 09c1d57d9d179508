using DeEscalationBot.Core.Scoring.Text;

namespace DeEscalationBot.Core.Coaching.Paraphrasing;

/// <content>Cuts a message into clauses.</content>
internal sealed partial class SpanishRetelling
{
    private List<MessageClause> Cut(IReadOnlyList<MessageToken> tokens, RetellingContext context)
    {
        var clauses = new List<MessageClause>();
        var analyses = _syntax.Analyse(tokens, context);
        var current = new List<MessageToken>();
        var connector = (string?)null;
        var currentBreak = TokenBreak.Sentence;
        var hasVerb = false;
        var hasMainVerb = false;
        var waitsForMain = false;
        var subordinate = false;
        var subordinateAt = 0;
        for (var i = 0; i < tokens.Count; i++)
        {
            var token = tokens[i];
            if (token.Break != TokenBreak.None)
            {
                Close();
                currentBreak = token.Break;
            }

            if (Dropping.Contains(token.Form))
            {
                Close();
                currentBreak = currentBreak == TokenBreak.None ? TokenBreak.Comma : currentBreak;
                // "pero si fueron ustedes": this "si" is no condition.
                i += token.Form == "pero" && i + 2 < tokens.Count && tokens[i + 1].Form == "si" && (Us.Contains(tokens[i + 2].Form) || tokens[i + 2].Form is "yo" or "ya" or "fueron" or "fue" or "son" or "es") ? 1 : 0;
                continue;
            }

            var follows = i + 1 < tokens.Count && tokens[i + 1].Break == TokenBreak.None;
            // "presenté el reclamo y, transcurridos 40 días, …": it joins what comes behind the comma.
            if (token.Form is "y" or "e" && !follows && current.Count > 0)
            {
                continue;
            }

            if (token.Form is "y" or "e" or "ni" && follows && (current.Count == 0 || ((hasVerb || StandsAlone(current)) && !(subordinate && i - subordinateAt <= 5) && !Subordinators.Contains(current[^1].Form) && StartsClause(tokens, analyses, i + 1))))
            {
                if (current.Count > 0)
                {
                    Close();
                    currentBreak = TokenBreak.None;
                }

                if (token.Form != "ni")
                {
                    connector = clauses.Count > 0 ? "y" : null;
                    continue;
                }
            }
            else if (hasVerb && !subordinate && token.Break == TokenBreak.None
                && (IsConsequence(tokens, i) || (current[0].Form == "si" && StartsThreat(tokens, analyses, i)) || ((hasMainVerb || !waitsForMain && !Opening.Contains(current[0].Form)) && StartsUnmarked(tokens, analyses, i)) || StartsUltimatum(tokens, analyses, i) || (hasMainVerb && (StartsOther(tokens, analyses, i, i - current.Count) || StartsSubject(tokens, analyses, i, i - current.Count)))))
            {
                Close();
                currentBreak = TokenBreak.Comma;
            }

            // "la grúa que mandaron no encontraba …", "cuando llegué me dijeron …": the first verb is not the main one.
            waitsForMain |= !hasMainVerb && ((current.Count == 0 && Opening.Contains(token.Form)) || (current.Count > 0 && token.Form is "que" or "donde" or "quien"));
            current.Add(token);
            var isVerb = !IsAgo(tokens, i) && (analyses[i].Role is SpanishRole.Finite or SpanishRole.Command);
            hasVerb |= isVerb;
            if (isVerb)
            {
                hasMainVerb |= !waitsForMain;
                waitsForMain = false;
            }

            subordinateAt = token.Form is "que" or "si" or "cuando" or "donde" or "porque" ? i : subordinateAt;
            subordinate = token.Form is "que" or "si" or "cuando" or "donde" or "porque" || (subordinate && analyses[i].Role is not (SpanishRole.Finite or SpanishRole.Infinitive));
        }

        Close();
        return clauses;

        void Close()
        {
            if (current.Count > 0)
            {
                clauses.Add(new MessageClause([.. current], connector, clauses.Count == 0 ? TokenBreak.Sentence : currentBreak));
                current.Clear();
                currentBreak = TokenBreak.None;
            }

            connector = null;
            hasVerb = false;
            hasMainVerb = false;
            waitsForMain = false;
            subordinate = false;
        }
    }

    // "sin televisión desde el martes", "en enero": no subject of the verb that follows "y".
    private static bool StandsAlone(List<MessageToken> piece) =>
        SpanishSyntax.IsPreposition(piece[0].Form) || piece[0].HasDigit || SmallNumbers.Contains(piece[0].Form) && piece.Count > 1 && TimeNouns.Contains(piece[1].Form);

    private static bool IsConsequence(IReadOnlyList<MessageToken> tokens, int i) =>
        i + 1 < tokens.Count && tokens[i + 1].Break == TokenBreak.None
        && ((tokens[i].Form == "asi" && tokens[i + 1].Form == "que") || (tokens[i].Form == "sin" && tokens[i + 1].Form == "embargo") || (tokens[i].Form == "por" && tokens[i + 1].Form is "eso" or "tanto"));

    // "y" begins a clause when a verb of its own follows soon.
    private static bool StartsClause(IReadOnlyList<MessageToken> tokens, SpanishAnalysis[] analyses, int from)
    {
        for (var i = from; i < tokens.Count && i < from + 10; i++)
        {
            // "y la silla que pedí no aparece": behind the relative clause the noun has a verb of its own.
            if (i > from + 1 && tokens[i].Form is "que" && tokens[i].Break == TokenBreak.None && SpanishSyntax.IsDeterminer(tokens[from].Form))
            {
                return CountVerbs(tokens, analyses, i + 1) > 1;
            }

            if (i > from && (tokens[i].Break != TokenBreak.None || tokens[i].Form is "que" or "y" or "si" or "donde" or "cuando" or "porque"))
            {
                return false;
            }

            if (analyses[i].Role is SpanishRole.Finite or SpanishRole.Command or SpanishRole.Unsure)
            {
                return true;
            }
        }

        return false;
    }

    private static int CountVerbs(IReadOnlyList<MessageToken> tokens, SpanishAnalysis[] analyses, int from)
    {
        var count = 0;
        for (var i = from; i < tokens.Count && i < from + 12 && tokens[i].Break == TokenBreak.None && tokens[i].Form is not ("y" or "e" or "que" or "porque"); i++)
        {
            count += analyses[i].Role == SpanishRole.Finite && !IsAgo(tokens, i) ? 1 : 0;
        }

        return count;
    }

    // "hace tres semanas": no verb.
    private static bool IsAgo(IReadOnlyList<MessageToken> tokens, int i) =>
        tokens[i].Form is "hace" or "hacia" && i + 1 < tokens.Count && tokens[i + 1].Break == TokenBreak.None
        && (tokens[i + 1].HasDigit || SmallNumbers.Contains(tokens[i + 1].Form) || TimeNouns.Contains(tokens[i + 1].Form));

    // Messages without marks: "… no me ha llegado | llevo 3 semanas llamando | quiero mi dinero".
    private static bool StartsUnmarked(IReadOnlyList<MessageToken> tokens, SpanishAnalysis[] analyses, int i)
    {
        if (i == 0 || Subordinators.Contains(tokens[i - 1].Form) || SpanishSyntax.Clitics.Contains(tokens[i - 1].Form)
            || tokens[i - 1].Form is "no" or "ya" or "nunca" or "yo" or "tampoco" or "siempre" or "todavia" or "aun" or "lo" or "nadie" or "nosotros" or "tambien" or "vez" or "dia"
            || SpanishSyntax.IsDeterminer(tokens[i - 1].Form)
            || analyses[i - 1] is { Role: SpanishRole.Finite, Reading: null or { Person: SpanishPerson.Yo or SpanishPerson.Nosotros } }
            || analyses[i - 1] is { Role: SpanishRole.Finite, Reading.Verb.Infinitive: "hacer" or "ser" or "estar" or "haber" })
        {
            return false;
        }

        if (i > 1 && tokens[i - 1].Form is "aca" or "alla" or "aqui" or "ahi" or "alli" or "hoy" or "ayer" or "ahora" or "anoche" or "luego" or "despues" or "mañana" or "manana" && (Subordinators.Contains(tokens[i - 2].Form) || tokens[i - 1].Break != TokenBreak.None))
        {
            return false;
        }

        if (tokens[i].Form is "nadie" or "ustedes" or "yo" or "uds")
        {
            return StartsClause(tokens, analyses, i);
        }

        var verb = i;
        while (verb < tokens.Count && verb < i + 4 && (verb == i || tokens[verb].Break == TokenBreak.None)
            && (SpanishSyntax.Clitics.Contains(tokens[verb].Form) || tokens[verb].Form is "no" or "ya" or "nunca"))
        {
            verb++;
        }

        return verb < tokens.Count && (verb == i || tokens[verb].Break == TokenBreak.None)
            && analyses[verb] is { Role: SpanishRole.Finite, Reading.Person: SpanishPerson.Yo or SpanishPerson.Nosotros };
    }

    // "si no me lo resuelven esta semana | me voy con otra compañía"
    private static bool StartsThreat(IReadOnlyList<MessageToken> tokens, SpanishAnalysis[] analyses, int i)
    {
        if (Subordinators.Contains(tokens[i - 1].Form) || SpanishSyntax.Clitics.Contains(tokens[i - 1].Form) || tokens[i - 1].Form is "no" or "ya" or "yo")
        {
            return false;
        }

        var verb = i;
        while (verb + 1 < tokens.Count && tokens[verb + 1].Break == TokenBreak.None && (SpanishSyntax.Clitics.Contains(tokens[verb].Form) || tokens[verb].Form is "yo"))
        {
            verb++;
        }

        return IsThreatening(tokens, analyses, verb);
    }

    // What a customer says they are going to do about it.
    private static bool IsThreatening(IReadOnlyList<MessageToken> tokens, SpanishAnalysis[] analyses, int verb) =>
        analyses[verb] is { Role: SpanishRole.Finite, Reading: { Person: SpanishPerson.Yo or SpanishPerson.Nosotros } reading }
        && (Leaving.Contains(MessageReading.FormOf(reading.Verb.Infinitive))
            ? reading.Tense is SpanishTense.Present or SpanishTense.Future
            : reading.Tense == SpanishTense.Future && !Expected.Contains(MessageReading.FormOf(reading.Verb.Infinitive)));

    // "… o me voy con otra compañía": what is threatened is no part of what is wanted.
    private static bool StartsUltimatum(IReadOnlyList<MessageToken> tokens, SpanishAnalysis[] analyses, int i)
    {
        if (tokens[i].Form is not ("o" or "u"))
        {
            return false;
        }

        for (var k = i + 1; k < tokens.Count && k <= i + 4 && tokens[k].Break == TokenBreak.None; k++)
        {
            if (analyses[k] is { Role: SpanishRole.Finite, Reading.Person: SpanishPerson.Yo or SpanishPerson.Nosotros })
            {
                return true;
            }
        }

        return false;
    }

    // "tengo contratado el plan | mi hijo no puede entrar": a noun behind a whole clause with a verb of its own.
    private static bool StartsSubject(IReadOnlyList<MessageToken> tokens, SpanishAnalysis[] analyses, int i, int start)
    {
        if (!SpanishSyntax.IsDeterminer(tokens[i].Form) || tokens[i].Form is "al" or "del" or "todo" or "toda" or "otro" or "otra" or "mucho" or "poco" or "tanto"
            || analyses[i - 1].Role is SpanishRole.Finite or SpanishRole.Infinitive or SpanishRole.Gerund || SpanishSyntax.IsPreposition(tokens[i - 1].Form) || SpanishSyntax.IsDeterminer(tokens[i - 1].Form)
            || Subordinators.Contains(tokens[i - 1].Form) || SpanishSyntax.Clitics.Contains(tokens[i - 1].Form) || tokens[i - 1].Form is "no" or "todo" or "todos" or "todas" or "toda" or "es")
        {
            return false;
        }

        var verb = i + 1;
        while (verb < tokens.Count && verb <= i + 3 && tokens[verb].Break == TokenBreak.None && analyses[verb].Role == SpanishRole.Other && !SpanishSyntax.Clitics.Contains(tokens[verb].Form)
            && !Subordinators.Contains(tokens[verb].Form) && !SpanishSyntax.IsPreposition(tokens[verb].Form) && tokens[verb].Form is not ("no" or "ya" or "nunca"))
        {
            verb++;
        }

        var behind = verb;
        while (verb < tokens.Count && tokens[verb].Break == TokenBreak.None && (SpanishSyntax.Clitics.Contains(tokens[verb].Form) || tokens[verb].Form is "no" or "ya" or "nunca" or "tambien"))
        {
            verb++;
        }

        if (behind == i + 1 || verb >= tokens.Count || tokens[verb].Break != TokenBreak.None || analyses[verb] is not { Role: SpanishRole.Finite, Reading: null or { Person: SpanishPerson.El or SpanishPerson.Ellos } })
        {
            return false;
        }

        for (var k = i - 1; k > start && analyses[k].Role != SpanishRole.Finite; k--)
        {
            if (Subordinators.Contains(tokens[k].Form) && !SpanishSyntax.IsPreposition(tokens[k].Form) && tokens[k].Form is not ("mas" or "menos" or "tan" or "tanto"))
            {
                return false;
            }
        }

        return true;
    }

    // "… en la tienda en línea | me llegó a los 5 días": behind a whole clause, pronouns and a verb begin another.
    private static bool StartsOther(IReadOnlyList<MessageToken> tokens, SpanishAnalysis[] analyses, int i, int start)
    {
        var verb = i;
        while (verb < tokens.Count && verb < i + 4 && (verb == i || tokens[verb].Break == TokenBreak.None)
            && ((SpanishSyntax.Clitics.Contains(tokens[verb].Form) && analyses[verb].Role == SpanishRole.Other) || tokens[verb].Form is "no" or "ya" or "nunca" or "todavia" or "ni"))
        {
            verb++;
        }

        if (verb == i || verb >= tokens.Count || tokens[verb].Break != TokenBreak.None || analyses[verb].Role != SpanishRole.Finite
            || (verb == i + 1 && tokens[i].Form is "la" or "los" or "las" or "ni")
            || Subordinators.Contains(tokens[i - 1].Form) || SpanishSyntax.IsPreposition(tokens[i - 1].Form) || SpanishSyntax.IsDeterminer(tokens[i - 1].Form)
            || SpanishSyntax.Clitics.Contains(tokens[i - 1].Form) || analyses[i - 1].Role == SpanishRole.Finite || tokens[i - 1].Form is "no" or "ya" or "nadie" or "nunca" or "todavia" or "aun" or "siempre" or "tampoco" or "tambien")
        {
            return false;
        }

        // Between the main verb and here nothing may open a clause whose verb this would be.
        for (var k = i - 1; k > start; k--)
        {
            if (analyses[k].Role == SpanishRole.Finite)
            {
                return true;
            }

            if (Subordinators.Contains(tokens[k].Form) && !SpanishSyntax.IsPreposition(tokens[k].Form) && tokens[k].Form is not ("mas" or "menos" or "tan" or "tanto"))
            {
                return false;
            }
        }

        return true;
    }

    private List<MessageClause> Merge(List<MessageClause> pieces, RetellingContext context)
    {
        pieces = WithSubjectsReunited(pieces, context);
        var merged = new List<MessageClause>();
        MessageClause? waiting = null;
        for (var i = 0; i < pieces.Count; i++)
        {
            var piece = pieces[i];
            if (waiting is not null && waiting.Tokens[0].Form == "si" && waiting.Sentence == piece.Sentence && ((piece.Marks() & TokenMarks.DropsClause) != 0 || IsThreat(piece, context)))
            {
                // "si no me lo resuelven el lunes, cancelo": what would avert the threat is what is wanted.
                merged.Add(waiting with { IsUltimatum = true });
                waiting = null;
                continue;
            }

            if ((piece.Marks() & (TokenMarks.DropsClause | TokenMarks.DropsSentence)) != 0)
            {
                waiting = null;
                merged.Add(piece);
                continue;
            }

            // "unreal", "cero estrellas": a piece that tells nothing joins nothing.
            var leads = i == 0 || pieces[i - 1].Sentence != piece.Sentence;
            var telling = piece.HasSubstance && (!leads || piece.HasStrictSubstance || SpanishSyntax.IsPreposition(piece.Tokens[0].Form) || SpanishSyntax.IsDeterminer(piece.Tokens[0].Form) || ReferenceNouns.Contains(piece.Tokens[0].Form));
            if (!telling && !HasVerb(piece, context) && pieces.Count > 1 && !Opening.Contains(piece.Tokens[0].Form))
            {
                // "y la empresa, o sea ustedes, me pasa un presupuesto": who does it is no verb's subject without its noun.
                var names = waiting is null && piece.Tokens.Count <= LongestOpenSubject && SpanishSyntax.IsDeterminer(piece.Tokens[0].Form) && i + 1 < pieces.Count && pieces[i + 1].Sentence == piece.Sentence && BeginsWithVerb(pieces[i + 1], context);
                waiting = names ? piece : waiting;
                continue;
            }

            if (waiting is not null)
            {
                piece = piece.Sentence == waiting.Sentence ? waiting.Join(piece) : piece;
                waiting = null;
            }

            var last = merged.Count > 0 && merged[^1].Sentence == piece.Sentence && piece.Break != TokenBreak.Sentence
                && (merged[^1].Marks() & (TokenMarks.DropsClause | TokenMarks.DropsSentence)) == 0 ? merged[^1] : null;
            var next = i + 1 < pieces.Count && pieces[i + 1].Sentence == piece.Sentence && pieces[i + 1].Break != TokenBreak.Sentence ? pieces[i + 1] : null;
            var leans = (LeansOnPrevious(piece, context) && !(last is not null && AsksAnew(piece, last, context))) || (last is not null && (ContinuesWish(piece, last) || ContinuesSaying(piece, last)));
            if (next is not null && !piece.IsQuestion && piece.Connector is not null && next.Break == TokenBreak.Comma && next.Tokens[0].Form is "que" or "quien" && SpanishSyntax.IsDeterminer(piece.Tokens[0].Form) && !HasVerb(piece, context))
            {
                waiting = piece; // "…, y mis alumnos, que son 14, entran tarde"
            }
            else if (leans && last is not null && last.Tokens.Count + piece.Tokens.Count <= LongestClauseWords)
            {
                merged[^1] = last.Join(piece);
            }
            else if (next is not null && !piece.IsQuestion && IsNounWithRelative(piece, context))
            {
                waiting = piece; // "la persona que me atendió, una tal Lorena, me colgó": the subject of what follows.
            }
            else if (next is null && merged.Count > 0 && piece.Tokens[0].Form is "cuando" or "mientras" && !piece.IsQuestion && !merged[^1].IsQuestion && !HasMainVerb(piece.Tokens, context)
                && (merged[^1].Marks() & (TokenMarks.DropsClause | TokenMarks.DropsSentence)) == 0 && merged[^1].Tokens.Count + piece.Tokens.Count <= LongestClauseWords)
            {
                merged[^1] = merged[^1].Join(piece with { Break = TokenBreak.None }); // "El asesor colgó. Cuando le pedí el número."
            }
            else if (last is not null && piece.Tokens[0].Form == "como" && piece.Connector is null && !HasMainVerb(piece.Tokens, context))
            {
                merged[^1] = last.Join(piece); // "… dentro del plazo, como pone en la web"
            }
            else if (next is not null && ((Opening.Contains(piece.Tokens[0].Form) && !HasMainVerb(piece.Tokens, context)) || (leans && !HasVerb(piece, context) && !(next.Connector is not null && StandsAlone([.. piece.Tokens])))) && piece.Connector is null && !piece.IsQuestion)
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

    // "… porque el comercial, un tal Ramón, me aseguró que …": the subject's verb stands behind what is said between commas. Without one what it began goes.
    private List<MessageClause> WithSubjectsReunited(List<MessageClause> pieces, RetellingContext context)
    {
        var whole = new List<MessageClause>(pieces.Count);
        for (var i = 0; i < pieces.Count; i++)
        {
            var piece = pieces[i];
            var open = i + 1 < pieces.Count && pieces[i + 1].Sentence == piece.Sentence && pieces[i + 1].Break == TokenBreak.Comma && pieces[i + 1].Connector is null ? OpenSubject(piece, context) : -1;
            if (open >= 0 && i + 2 < pieces.Count && pieces[i + 2].Sentence == piece.Sentence && pieces[i + 2].Break == TokenBreak.Comma && pieces[i + 2].Connector is null
                && (!HasVerb(pieces[i + 1], context) || SpanishSyntax.IsPreposition(pieces[i + 1].Tokens[0].Form)) && BeginsWithVerb(pieces[i + 2], context)
                && piece.Tokens.Count + pieces[i + 1].Tokens.Count + pieces[i + 2].Tokens.Count <= LongestClauseWords)
            {
                whole.Add(piece.Join(pieces[i + 1]).Join(pieces[i + 2]));
                i += 2;
                continue;
            }

            if (open <= 0 || BeginsWithVerb(pieces[i + 1], context))
            {
                whole.Add(piece);
                continue;
            }

            // "no me parece bien que yo pague y ustedes, por dos días, me multen": half of it says the contrary.
            var head = piece.Tokens.Take(open).ToList();
            if (head.Exists(t => t.Form == "que") && piece.Tokens[open].Form == "y")
            {
                head[0] = head[0] with { Marks = head[0].Marks | TokenMarks.DropsClause };
            }

            whole.Add(piece with { Tokens = head });
            // "… y el recepcionista: que no, que política del hotel"
            while (i + 1 < pieces.Count && pieces[i + 1].Sentence == piece.Sentence && pieces[i + 1].Tokens[0].Form == "que" && !HasVerb(pieces[i + 1], context))
            {
                i++;
            }
        }

        return whole;
    }

    // Where a subject without its verb begins, behind the conjunction that opens it: "… porque | el comercial".
    private int OpenSubject(MessageClause piece, RetellingContext context)
    {
        var tokens = piece.Tokens;
        var analyses = _syntax.Analyse(tokens, context);
        for (var i = tokens.Count - 2; i > 0 && i >= tokens.Count - LongestOpenSubject; i--)
        {
            if (analyses[i + 1].Role is not SpanishRole.Other || tokens[i + 1].HasDigit || (tokens[i + 1].Marks & TokenMarks.Time) != 0)
            {
                return -1;
            }

            var pronoun = i == tokens.Count - 2 && (Us.Contains(tokens[i + 1].Form) || tokens[i + 1].Form is "yo" or "nosotros" or "nosotras");
            if (tokens[i].Form is "porque" or "y" && pronoun)
            {
                return i;
            }

            if (tokens[i].Form == "y" && i + 2 < tokens.Count && SpanishSyntax.IsDeterminer(tokens[i + 1].Form) && People.Contains(tokens[i + 2].Form))
            {
                return i;
            }

            if (tokens[i].Form == "porque")
            {
                return SpanishSyntax.IsDeterminer(tokens[i + 1].Form) ? i : -1;
            }
        }

        return -1;
    }

    private bool BeginsWithVerb(MessageClause piece, RetellingContext context)
    {
        var verb = 0;
        while (verb + 1 < piece.Tokens.Count && (SpanishSyntax.Clitics.Contains(piece.Tokens[verb].Form) || piece.Tokens[verb].Form is "no" or "ya" or "nunca"))
        {
            verb++;
        }

        return _syntax.Analyse(piece.Tokens, context)[verb].Role is SpanishRole.Finite or SpanishRole.Unsure or SpanishRole.Command;
    }

    // "me deben 4 bolsas y cambien las abiertas": where nothing was wished before, a subjunctive asks.
    private bool AsksAnew(MessageClause piece, MessageClause last, RetellingContext context) =>
        piece.Connector is not null && IsWritten(piece.Tokens[0], r => r is { Tense: SpanishTense.SubjunctivePresent, Person: SpanishPerson.Ellos } && _syntax.IsRequestVerb(r.Verb))
        && _syntax.Analyse(last.Tokens, context).All(a => a.Reading is not { Tense: SpanishTense.SubjunctivePresent } && a.Role != SpanishRole.Command && !(a.Reading is { } wish && WantVerbs.Contains(MessageReading.FormOf(wish.Verb.Infinitive))));

    private bool IsThreat(MessageClause piece, RetellingContext context)
    {
        if ((piece.Marks() & TokenMarks.Threat) != 0)
        {
            return true;
        }

        var analyses = _syntax.Analyse(piece.Tokens, context);
        var verb = Array.FindIndex(analyses, a => a.Role == SpanishRole.Finite);
        return verb >= 0 && verb <= 4 && IsThreatening(piece.Tokens, analyses, verb);
    }

    // "me dicen que pague y luego reclame": the second subjunctive hangs on the same "que".
    private bool ContinuesWish(MessageClause piece, MessageClause last)
    {
        if (piece.Connector is null)
        {
            return false;
        }

        var i = 0;
        while (i + 1 < piece.Tokens.Count && (SpanishSyntax.Clitics.Contains(piece.Tokens[i].Form) || piece.Tokens[i].Form is "luego" or "despues" or "tambien" or "no" or "ya"))
        {
            i++;
        }

        return IsWritten(piece.Tokens[i], r => r.Tense == SpanishTense.SubjunctivePresent)
            && Enumerable.Range(1, last.Tokens.Count - 1).Any(k => last.Tokens[k - 1].Form is "que" && IsWritten(last.Tokens[k], r => r.Tense == SpanishTense.SubjunctivePresent));
    }

    // "el técnico dice que es la conexión, el fontanero que es el tanque": the second says so, too.
    private bool ContinuesSaying(MessageClause piece, MessageClause last)
    {
        var that = Enumerable.Range(0, piece.Tokens.Count).FirstOrDefault(k => piece.Tokens[k].Form == "que");
        return that is 2 or 3 && that + 2 < piece.Tokens.Count && SpanishSyntax.IsDeterminer(piece.Tokens[0].Form) && !SpanishSyntax.IsPreposition(piece.Tokens[that - 1].Form)
            && Enumerable.Range(1, last.Tokens.Count - 1).Any(k => last.Tokens[k].Form == "que" && IsWritten(last.Tokens[k - 1], r => r.Verb.Infinitive is "decir" or "contestar" or "responder" or "asegurar" && r.Tense < SpanishTense.SubjunctivePresent));
    }

    private bool IsWritten(MessageToken token, Func<SpanishVerbReading, bool> reading) => _syntax.Verbs.Readings(token.Lower, token.Form, accentsReliable: true).Any(reading);

    // A noun with a relative clause and no verb of its own.
    private bool IsNounWithRelative(MessageClause clause, RetellingContext context)
    {
        if (!SpanishSyntax.IsDeterminer(clause.Tokens[0].Form) || IsReference(clause))
        {
            return false;
        }

        var analyses = _syntax.Analyse(clause.Tokens, context);
        var verbs = Enumerable.Range(0, analyses.Length).Where(k => analyses[k].Role is SpanishRole.Finite or SpanishRole.Unsure).ToArray();
        return verbs.Length > 0 && verbs.All(k => SpanishSyntax.IsDependent(clause.Tokens, analyses, k));
    }

    // "factura F-2209": told by itself.
    private bool IsReference(MessageClause clause) => clause.Tokens.Count <= 5 && clause.Tokens[^1].HasDigit && (ReferenceNouns.Contains(clause.Tokens[0].Form) || NamesCode(clause.Tokens));

    // "lote L3381", "afiliado 20-33458812-7": a noun with what only an id looks like.
    private bool NamesCode(IReadOnlyList<MessageToken> tokens) =>
        tokens.Count == 2 && tokens[1].IsCode && tokens[0].Form.Length > 2 && tokens[0].Form.All(char.IsLetter) && !Subordinators.Contains(tokens[0].Form) && !SpanishSyntax.IsDeterminer(tokens[0].Form)
        && tokens[0].Form is not ("el" or "la" or "son" or "era" or "eran") && !_syntax.Verbs.Readings(tokens[0].Lower, tokens[0].Form, accentsReliable: true).Any(r => r.Tense < SpanishTense.Imperative && !_syntax.IsCommonWord(tokens[0].Form));

    // "cuando llegué me dijeron …" is whole; "cuando llegué" waits for the rest.
    private bool HasMainVerb(IReadOnlyList<MessageToken> tokens, RetellingContext context)
    {
        var analyses = _syntax.Analyse(tokens, context);
        var verbs = Enumerable.Range(0, tokens.Count).Where(k => analyses[k].Role == SpanishRole.Finite && !IsAgo(tokens, k)).Skip(tokens[0].Form == "al" ? 0 : 1);
        return verbs.Any(k => !SpanishSyntax.IsDependent(tokens, analyses, k));
    }

    private bool HasVerb(MessageClause clause, RetellingContext context) =>
        _syntax.Analyse(clause.Tokens, context).Any(a => a.Role is SpanishRole.Finite or SpanishRole.Command or SpanishRole.Unsure);

    // ", que me llame un asesor": a wish of its own.
    private bool IsWish(MessageClause clause, RetellingContext context)
    {
        var verb = 1;
        while (verb < clause.Tokens.Count && (SpanishSyntax.Clitics.Contains(clause.Tokens[verb].Form) || clause.Tokens[verb].Form == "no"))
        {
            verb++;
        }

        return verb < clause.Tokens.Count && _syntax.Analyse(clause.Tokens, context)[verb].Reading?.Tense == SpanishTense.SubjunctivePresent;
    }

    private bool LeansOnPrevious(MessageClause clause, RetellingContext context)
    {
        var first = clause.Tokens[0].Form;
        if (clause.IsQuestion)
        {
            return !QuestionWords.Contains(first) && !HasVerb(clause, context);
        }

        if (first == "que" && IsWish(clause, context))
        {
            return false;
        }

        if (Dependent.Contains(first) || (first is "lo" or "el" or "la" or "los" or "las" or "para" or "ya" && clause.Tokens.Count > 1 && clause.Tokens[1].Form is "que" or "cual"))
        {
            return true;
        }

        if (IsReference(clause))
        {
            return false;
        }

        var analyses = _syntax.Analyse(clause.Tokens, context);
        var verb = Array.FindIndex(analyses, a => a.Role is SpanishRole.Finite or SpanishRole.Command or SpanishRole.Unsure);
        if (verb < 0)
        {
            return true;
        }

        // "…, para una cita con el especialista que ustedes confirmaron": its verb belongs to the relative clause.
        if (clause.Connector is null && clause.Break == TokenBreak.Comma && first is "para" or "con" or "de" or "por" && Enumerable.Range(0, analyses.Length).All(k => analyses[k].Role is not (SpanishRole.Finite or SpanishRole.Command or SpanishRole.Unsure) || SpanishSyntax.IsDependent(clause.Tokens, analyses, k))
            && clause.Tokens.Count > 2 && analyses[1].Role == SpanishRole.Other && SpanishSyntax.IsDeterminer(clause.Tokens[1].Form))
        {
            return true;
        }

        // "quiero que me expliquen … y me devuelvan": the second wish leans on the first.
        return clause.Connector is not null && analyses[verb].Reading is { Tense: SpanishTense.SubjunctivePresent or SpanishTense.SubjunctiveRa } && clause.Tokens[0].Form != "que"
            && SpanishSyntax.GroupStart(clause.Tokens, verb) == 0;
    }
}
