using DeEscalationBot.Core.Scoring.Text;

namespace DeEscalationBot.Core.Coaching.Paraphrasing;

/// <content>Chooses among the readings of a verb form: whose it is, and of which time.</content>
internal sealed partial class SpanishSyntax
{
    private SpanishAnalysis Choose(IReadOnlyList<MessageToken> tokens, int i, SpanishVerbReading[] finite, SpanishVerbReading[] all, RetellingContext context)
    {
        var token = tokens[i];
        var groupStart = GroupStart(tokens, i);
        var before = groupStart > 0 && tokens[groupStart].Break == TokenBreak.None ? tokens[groupStart - 1].Form : null;
        // "un audífono que según ustedes era recargable"
        before = before is not null && groupStart > 2 && tokens[groupStart - 2].Form == "segun" ? tokens[groupStart - 3].Form : before;
        var clitics = CliticsBefore(tokens, i);
        var saysYo = before == "yo" || (i > 0 && tokens[i - 1].Form == "yo") || (i + 1 < tokens.Count && tokens[i + 1].Form == "yo");
        var selfish = clitics.Count > 0 && clitics[^1] is "me" or "nos";
        var subject = HasNounSubject(tokens, groupStart);
        var yo = finite.Where(r => r.Person == SpanishPerson.Yo).ToArray();
        var other = finite.Where(r => r.Person is SpanishPerson.El or SpanishPerson.Ellos).ToArray();
        if (yo.Length > 0)
        {
            return ChooseSelf(tokens, i, yo, other, all, context, before, saysYo, selfish, subject, clitics);
        }

        var we = finite.Where(r => r.Person == SpanishPerson.Nosotros).ToArray();
        // "podemos" is of "poder", save where a subjunctive of "podar" may stand.
        if (we.Length > 1 && before is not ("que" or "para" or "cuando" or "ojala") && we.Where(r => r.Tense != SpanishTense.SubjunctivePresent).ToArray() is { Length: > 0 } told)
        {
            we = told;
        }

        if (we.Length > 0)
        {
            return Found(we.Length == 1 ? we[0] : ByTime(tokens, we, context));
        }

        var you = finite.Where(r => r.Person is SpanishPerson.Tu or SpanishPerson.Vos or SpanishPerson.Vosotros).ToArray();
        if (you.Length > 0 && other.Length == 0)
        {
            // "seguís cobrando": of "vosotros" as well as of "vos", whom only some address.
            if (context.Address != AddressForm.Vos && Array.Find(you, r => r.Person == SpanishPerson.Vosotros) is { } plural && token.Lower.EndsWith("ís", StringComparison.Ordinal))
            {
                return Found(plural);
            }

            if (NotSecondPerson.Contains(token.Form) && token.Lower == token.Form)
            {
                return new SpanishAnalysis(SpanishRole.Other);
            }

            // A present of "tú" may be anybody ("llamas y nadie contesta"): only with the customer as its object is it the company.
            var addressed = selfish || before is "tu" or "vos" or "vosotros" or "vosotras" || you.All(r => r.Person == SpanishPerson.Vosotros || r.Tense is SpanishTense.Preterite);
            if (addressed)
            {
                return Found(you[0]);
            }

            var place = i == groupStart && i > 0 && token.Break == TokenBreak.None && !VerbOpeners.Contains(tokens[i - 1].Form);
            return new SpanishAnalysis(place ? SpanishRole.Other : SpanishRole.Unsure);
        }

        return other.Length > 0 ? Found(other[0]) : new SpanishAnalysis(SpanishRole.Other);
    }

    private SpanishAnalysis ChooseSelf(
        IReadOnlyList<MessageToken> tokens,
        int i,
        SpanishVerbReading[] yo,
        SpanishVerbReading[] other,
        SpanishVerbReading[] all,
        RetellingContext context,
        string? before,
        bool saysYo,
        bool selfish,
        bool subject,
        List<string> clitics)
    {
        var token = tokens[i];
        var dependent = before is "que" or "para" or "cuando" or "ojala" or "hasta" or "sin";
        var past = yo.FirstOrDefault(r => r.Tense == SpanishTense.Preterite);
        var present = yo.FirstOrDefault(r => r.Tense == SpanishTense.Present);
        var same = yo.FirstOrDefault(r => other.Any(o => o.Tense == r.Tense && o.Spelling == r.Spelling && o.Verb == r.Verb));
        if (past is not null && same is not null)
        {
            // "llame" without its accent: a wish after "que", else what the customer did; "cancele mi cuenta" may be a command.
            if (saysYo)
            {
                return Found(past);
            }

            if (!MayOpenVerb(tokens, i))
            {
                return new SpanishAnalysis(SpanishRole.Other);
            }

            // "lo congelé en mayo y mande el certificado": it goes on with what the customer did.
            if (context.GoesOn == OwnTelling.WhatTheyDid && clitics.Count == 0 && i == 0)
            {
                return Found(past);
            }

            // "me dicen que pague y luego reclame": the second hangs on the same "que".
            if (GovernedBefore(tokens, i) is { } governor)
            {
                return Found(IsAskedOfCustomer(tokens, governor) ? same : other.First(o => o.Tense == same.Tense));
            }

            if (before == "cuando" && (context.TellsPast || HasPast(tokens)) && !saysYo && token.Lower == token.Form)
            {
                return Found(past); // "cuando llegue ya se había ido"
            }

            // "un correo diciendo que gane un premio": won, or is to win.
            if (before == "que" && GroupStart(tokens, i) is > 1 and var opening && tokens[opening - 2].Form is "diciendo" or "decia" or "decian" or "ponia" && token.Lower == token.Form)
            {
                return new SpanishAnalysis(SpanishRole.Unsure);
            }

            if (dependent)
            {
                return Found(before == "que" && IsAskedOfCustomer(tokens, GroupStart(tokens, i)) ? same : other.First(o => o.Tense == same.Tense));
            }

            var opens = i == 0 && !HasPast(tokens) && (IsRequestVerb(past.Verb) || !context.TellsPast);
            return opens ? new SpanishAnalysis(SpanishRole.Unsure) : Found(past);
        }

        if (same is not null && past is null && present is null)
        {
            var groupStartOfVerb = GroupStart(tokens, i);
            // The form is the same for "I" and for "he": with usted nothing changes, else the subject must be known.
            var third = other.First(o => o.Tense == same.Tense && o.Spelling == same.Spelling);
            if (same.Tense == SpanishTense.SubjunctivePresent && i > 0 && token.Break == TokenBreak.None && tokens[i - 1].Form == "la" && token.Form[^1] == 'a')
            {
                return new SpanishAnalysis(SpanishRole.Other); // "la tienda"
            }

            if (saysYo)
            {
                return Found(same);
            }

            if (same.Tense == SpanishTense.SubjunctivePresent && GovernedBefore(tokens, i) is { } governor)
            {
                return Found(IsAskedOfCustomer(tokens, governor) ? same : third);
            }

            // Somebody who sets accents now and then wrote "compre" for "compré": a main clause has no subjunctive.
            if (same.Tense == SpanishTense.SubjunctivePresent && !dependent && !subject && before != "no" && token.Lower == token.Form)
            {
                if (!MayOpenVerb(tokens, i))
                {
                    return new SpanishAnalysis(SpanishRole.Other);
                }

                var pasts = Verbs.Readings(token.Form, token.Form, accentsReliable: false).Where(r => r is { Person: SpanishPerson.Yo, Tense: SpanishTense.Preterite }).ToArray();
                if (pasts.Length > 0)
                {
                    var did = HasPast(tokens) || (context.TellsPast && context.AddressesUs) || clitics.Count > 0 || (context.TellsPast && !IsRequestVerb(pasts[0].Verb));
                    return did ? Found(pasts[0]) : IsRequestVerb(pasts[0].Verb) ? Command(all, token) : new SpanishAnalysis(SpanishRole.Unsure);
                }
            }

            // "pone 3410 y debería ser 0341" speaks of things.
            if (same.Verb.Infinitive is "deber" or "poder" && !saysYo && i + 1 < tokens.Count && tokens[i + 1].Form is "ser" or "estar" or "haber" or "costar" or "durar" or "llegar" or "venir" or "decir" or "funcionar" or "salir" && tokens[i + 1].Break == TokenBreak.None)
            {
                return Found(third);
            }

            // "apestaba toda la bolsa", "era el bautizo": things do and are that.
            var next = i + 1 < tokens.Count && tokens[i + 1].Break == TokenBreak.None ? tokens[i + 1].Form : null;
            if (!saysYo && same.Tense == SpanishTense.Imperfect && (ThingVerbs.Contains(MessageReading.FormOf(same.Verb.Infinitive)) || (same.Verb.Infinitive == "ser" && next is "el" or "la" or "los" or "las" or "mi" or "su")))
            {
                return Found(third);
            }

            var personal = _stateVerbs.Contains(MessageReading.FormOf(same.Verb.Infinitive)) && !selfish && !subject && !dependent && !clitics.Contains("se");
            if (context.Address == AddressForm.Usted)
            {
                return Found(personal ? same : third);
            }

            if (before == "si" && IsCustomerQuestioned(tokens, groupStartOfVerb))
            {
                return Found(same); // "me preguntaron si era alérgico"
            }

            if (before == "que" && IsAskedOfCustomer(tokens, groupStartOfVerb))
            {
                return Found(same);
            }

            // "se suponía", "se notaba": never "I".
            if (subject || dependent || clitics is ["se"] || FollowsThird(tokens, i))
            {
                return Found(third);
            }

            if (clitics.Count > 0 && clitics[^1] is "me" or "nos")
            {
                return Found(third);
            }

            return personal ? Found(same) : ByCompanion(tokens, i, same, third);
        }

        var pastOfOther = other.FirstOrDefault(o => o.Tense == SpanishTense.Preterite);
        if (present is not null && pastOfOther is not null)
        {
            // "llamo" without an accent is "I call" or "he called".
            if (saysYo)
            {
                return Found(present);
            }

            var state = _stateVerbs.Contains(MessageReading.FormOf(present.Verb.Infinitive));
            var groupStart = GroupStart(tokens, i);
            // "llamo y me dicen …": the same person calls and is told.
            if (!subject && !selfish && (before is null or "y" or "e") && i + 3 < tokens.Count && tokens[i + 1].Form is "y" or "e" && tokens[i + 2].Form is "me" or "nos")
            {
                return Found(present);
            }

            // "tengo dos hijos y cocino en casa de mi madre": it goes on with what the customer does.
            if (context.GoesOn == OwnTelling.WhatTheyDo && !subject && clitics.Count == 0 && !Happenings.Contains(MessageReading.FormOf(present.Verb.Infinitive)) && !ThingVerbs.Contains(MessageReading.FormOf(present.Verb.Infinitive)) && before is not ("que" or "quien" or "nadie"))
            {
                return Found(present);
            }

            if (before == "que" && groupStart > 1 && tokens[groupStart - 2].Form is "vez" or "veces")
            {
                return selfish ? new SpanishAnalysis(SpanishRole.Unsure) : Found(present);
            }

            if (subject || before is "quien" or "nadie" || clitics.Contains("se"))
            {
                return Found(pastOfOther);
            }

            if (before == "que" && !state)
            {
                return new SpanishAnalysis(SpanishRole.Unsure);
            }

            if (state && !(clitics.Count > 0 && clitics[^1] is "me" or "nos" or "le" or "les"))
            {
                return Found(present);
            }

            if (clitics.Count > 0 && clitics[^1] is "me" or "nos")
            {
                return Found(pastOfOther);
            }

            // "… y llego 4 dias despues": in a message that tells of the past nobody says "I arrive".
            var happened = !context.AccentsReliable && (HasPast(tokens) || context.TellsPast) && clitics.Count == 0 && Happenings.Contains(MessageReading.FormOf(present.Verb.Infinitive));
            return happened ? Found(pastOfOther) : new SpanishAnalysis(SpanishRole.Unsure);
        }

        return Found(past is not null && present is null ? past : yo[0]);
    }

    // "volvió caminando porque no tenía para el autobús": the same person's.
    private bool FollowsThird(IReadOnlyList<MessageToken> tokens, int i)
    {
        for (var k = i - 1; k >= 0 && k >= i - 8; k--)
        {
            if (!_notVerbs.Contains(tokens[k].Form) && !_homographs.Contains(tokens[k].Form) && !Clitics.Contains(tokens[k].Form)
                && Verbs.Readings(tokens[k].Lower, tokens[k].Form, accentsReliable: true).Where(r => r.Tense < SpanishTense.Imperative).ToArray() is { Length: > 0 } readings)
            {
                return tokens[k].Break == TokenBreak.None && CliticsBefore(tokens, k).Count == 0 && readings.All(r => r.Tense == SpanishTense.Preterite && r.Person == SpanishPerson.El);
            }
        }

        return false;
    }

    // "había pedido", "estaba esperando" are the customer's; "había reserva", "estaría resuelto" nobody's; the rest cannot be told.
    private SpanishAnalysis ByCompanion(IReadOnlyList<MessageToken> tokens, int i, SpanishVerbReading same, SpanishVerbReading third)
    {
        var next = i + 1 < tokens.Count && tokens[i + 1].Break == TokenBreak.None ? tokens[i + 1] : null;
        var companion = next is null ? null : Verbs.Readings(next.Lower, next.Form, accentsReliable: false).FirstOrDefault(r => r.Tense is SpanishTense.Participle or SpanishTense.Gerund);
        var isOwn = companion is not null && CustomerDoings.Contains(MessageReading.FormOf(companion.Verb.Infinitive));
        return same.Verb.Infinitive switch
        {
            "haber" when companion is null => Found(third),
            "haber" when isOwn => Found(same),
            "estar" when companion?.Tense == SpanishTense.Gerund && isOwn => Found(same),
            "ser" when next?.Form is "para" or "de" => Found(third), // "era para las 15", "era de mi suegra"
            "estar" or "ser" when companion?.Tense == SpanishTense.Participle => Found(third),
            "estar" when next?.Form == "en" && i + 2 < tokens.Count && tokens[i + 2].Form == "casa" => Found(same),
            _ => new SpanishAnalysis(SpanishRole.Unsure),
        };
    }

    // Where the "que" stands, in front of another subjunctive, that governs a verb coordinated with it.
    private int? GovernedBefore(IReadOnlyList<MessageToken> tokens, int i)
    {
        var coordinated = false;
        for (var k = i - 1; k > 0; k--)
        {
            coordinated |= tokens[k].Form is "y" or "e" or "ni";
            if (coordinated && tokens[k - 1].Form == "que" && Verbs.Readings(tokens[k].Lower, tokens[k].Form, accentsReliable: true).Any(r => r.Tense == SpanishTense.SubjunctivePresent))
            {
                return k;
            }
        }

        return null;
    }

    // "para que me digan que llame": what others ask of the customer is the customer's to do.
    private bool IsAskedOfCustomer(IReadOnlyList<MessageToken> tokens, int before)
    {
        for (var i = before - 2; i > 0; i--)
        {
            if (tokens[i - 1].Form is "me" or "nos" && Verbs.Readings(tokens[i].Lower, tokens[i].Form, accentsReliable: false)
                .Any(r => r.Verb.Infinitive is "decir" or "pedir" or "exigir" or "hacer" or "obligar" or "recomendar" or "sugerir" or "indicar" or "permitir" or "dejar" or "aconsejar" or "solicitar"))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsCustomerQuestioned(IReadOnlyList<MessageToken> tokens, int before) =>
        before > 2 && tokens[before - 3].Form is "me" or "nos" && Verbs.Readings(tokens[before - 2].Lower, tokens[before - 2].Form, accentsReliable: false).Any(r => r.Verb.Infinitive == "preguntar");

    private static SpanishAnalysis Command(SpanishVerbReading[] all, MessageToken token)
    {
        var command = all.FirstOrDefault(r => r.Tense == SpanishTense.Imperative);
        return command is null ? new SpanishAnalysis(SpanishRole.Unsure) : new SpanishAnalysis(SpanishRole.Command, command with { Spelling = token.Lower });
    }

    private static SpanishAnalysis Found(SpanishVerbReading reading) => new(SpanishRole.Finite, reading);
}
