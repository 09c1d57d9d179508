using DeEscalationBot.Core.Scoring.Text;

namespace DeEscalationBot.Core.Coaching.Paraphrasing;

/// <summary>What part a word plays in its clause.</summary>
internal enum SpanishRole
{
    Other,
    Finite,
    Unsure,
    Infinitive,
    Gerund,
    Command,
}

/// <summary>A word with its part and, for a verb, the reading that fits.</summary>
internal sealed record SpanishAnalysis(SpanishRole Role, SpanishVerbReading? Reading = null, string Enclitics = "", string? Guess = null);

/// <summary>Decides, word by word, what is a verb and whose: the customer's, the company's, somebody else's, or not to be told.</summary>
internal sealed partial class SpanishSyntax(SpanishGrammar grammar)
{
    public static readonly HashSet<string> Clitics = Set("me te se nos os le les lo la los las");
    private static readonly HashSet<string> SureClitics = Set("me te se nos os le les lo");
    private static readonly HashSet<string> VerbOpeners = Set(
        "yo no ni ya y e o que si cuando siempre nunca jamas tambien tampoco todavia aun donde como porque pues ahora hoy ayer entonces aunque mientras luego despues ademas asi casi quien nadie encima hasta igual usted ustedes vos tu nosotros nosotras ellos ellas el apenas solamente incluso ahi aqui alli aca alla anoche anteayer manana recien");
    private static readonly HashSet<string> Determiners = Set(
        "el la los las un una unos unas este esta estos estas ese esa esos esas aquel aquella mi mis su sus tu tus nuestro nuestra nuestros nuestras vuestro vuestra vuestros vuestras cada ningun ninguna algun alguna otro otra otros otras todo todos toda todas cierto dicho mucho mucha muchos muchas poco tanto varios varias al del");
    private static readonly HashSet<string> Prepositions = Set("a ante bajo con contra de desde en entre hacia hasta para por segun sin sobre tras del al durante mediante");
    private static readonly HashSet<string> NounSubjects = Set("nadie esto eso todo ninguno ninguna alguien nada ella ello ellos ellas aquello esta ese cual quien");
    private static readonly HashSet<string> PastMarkers = Set("ayer anoche anteayer antier hace pasado pasada entonces luego despues vez veces el en");
    private static readonly HashSet<string> PresentMarkers = Set("siempre cada todos todas ahora actualmente desde mensualmente mientras normalmente puntualmente");
    private static readonly HashSet<string> NotSecondPerson = Set("este triste existe chiste contraste insiste consiste desgaste traste viste ajuste coste gastes antes meses lunes viernes jueves martes miercoles seis mes tres pais gratis crisis interes despues ademas jamas demas atras quizas mas detras a tras estas");
    private static readonly HashSet<string> CustomerDoings = Set("pedir pagar comprar contratar reservar solicitar cancelar enviar llamar hablar avisar hacer esperar intentar trabajar reclamar escribir devolver dejar elegir encargar confirmar acordar quedar viajar dormir leer usar tener ver ir");
    private static readonly HashSet<string> ThingVerbs = Set("decir poner marcar indicar incluir traer figurar apestar oler funcionar gotear sonar costar durar fallar caducar valer faltar aparecer romper caber enfriar calentar prender encender apagar venir pesar medir doler caducar vencer salir");
    private static readonly HashSet<string> Happenings = Set("llegar tardar durar explotar terminar acabar demorar aumentar colapsar quemar apagar parar");
    private static readonly HashSet<string> FirstPersonLookAlikes = Set("cafe asi aqui alli ahi si mi bebe que porque jose ti ole casi allI comite cache carne pure rubi esqui maniqui colibri juli peru tabu menu");

    private readonly HashSet<string> _homographs = Set(grammar.Homographs);
    private readonly HashSet<string> _notVerbs = Set(grammar.NotVerbs);
    private readonly HashSet<string> _stateVerbs = Set(grammar.StateVerbs);
    private readonly HashSet<string> _requestVerbs = Set(grammar.RequestVerbs);

    /// <summary>Whether a verb of a clause belongs to a relative or dependent clause: "una empleada que se esconde …" tells nothing by itself.</summary>
    public static bool IsDependent(IReadOnlyList<MessageToken> tokens, SpanishAnalysis[] analyses, int verb)
    {
        var start = GroupStart(tokens, verb);
        for (var i = start - 1; i >= 0 && i >= start - 4 && tokens[i + 1].Break == TokenBreak.None; i--)
        {
            // "la grúa que mandaron no encontraba": the relative clause has its verb already.
            if (analyses[i].Role == SpanishRole.Finite)
            {
                return false;
            }

            if (tokens[i].Form is "que" or "donde" or "quien" or "cuando" or "porque" or "si" or "como" or "quienes" or "cual")
            {
                return true;
            }
        }

        return false;
    }

    public SpanishVerbTable Verbs { get; } = new(grammar.Verbs);

    public static HashSet<string> Set(string words) =>
        new(words.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).Select(MessageReading.FormOf), StringComparer.Ordinal);

    public bool IsRequestVerb(SpanishVerb verb) => _requestVerbs.Contains(MessageReading.FormOf(verb.Infinitive));

    public bool IsCommonWord(string form) => _notVerbs.Contains(form) || _homographs.Contains(form);

    public static bool IsPreposition(string form) => Prepositions.Contains(form);

    public static bool IsDeterminer(string form) => Determiners.Contains(form);

    /// <summary>Reads every word of a clause.</summary>
    public SpanishAnalysis[] Analyse(IReadOnlyList<MessageToken> tokens, RetellingContext context)
    {
        var analyses = new SpanishAnalysis[tokens.Count];
        for (var i = 0; i < tokens.Count; i++)
        {
            analyses[i] = Analyse(tokens, i, context);
        }

        return analyses;
    }

    private SpanishAnalysis Analyse(IReadOnlyList<MessageToken> tokens, int i, RetellingContext context)
    {
        var token = tokens[i];
        var form = token.Form;
        if (token.HasDigit || form.Length == 0 || !token.Form.All(char.IsLetter) || MessageTokenizer.IsAcronym(token))
        {
            return new SpanishAnalysis(SpanishRole.Other);
        }

        if (form == "se" && IsKnow(tokens, i))
        {
            return new SpanishAnalysis(SpanishRole.Finite, new SpanishVerbReading(Verbs["saber"], SpanishTense.Present, SpanishPerson.Yo, "sé"));
        }

        // "en lo que va de mes" holds no verb; "vino" is one, save where a noun must stand.
        if (form == "va" && i > 1 && tokens[i - 1].Form == "que" && tokens[i - 2].Form == "lo")
        {
            return new SpanishAnalysis(SpanishRole.Other);
        }

        if (form == "vino" && !(PreviousForm(tokens, i) is { } beforeWine && (Determiners.Contains(beforeWine) || Prepositions.Contains(beforeWine) || beforeWine is "buen" or "mal" or "o")))
        {
            return new SpanishAnalysis(SpanishRole.Finite, new SpanishVerbReading(Verbs["venir"], SpanishTense.Preterite, SpanishPerson.El, "vino"));
        }

        // "gotea hacia mi techo", unlike "hacía tres años".
        if (form == "hacia" && i + 1 < tokens.Count && token.Lower == form && (tokens[i + 1].IsCapitalised || Determiners.Contains(tokens[i + 1].Form)))
        {
            return new SpanishAnalysis(SpanishRole.Other);
        }

        if (form == "ve" && PreviousForm(tokens, i) is "se")
        {
            return new SpanishAnalysis(SpanishRole.Finite, new SpanishVerbReading(Verbs["ver"], SpanishTense.Present, SpanishPerson.El, "ve"));
        }

        if (Clitics.Contains(form) && token.Lower != "sé")
        {
            return new SpanishAnalysis(SpanishRole.Other);
        }

        // "él" and "tú" apart, an accent makes a verb of many a noun.
        var written = token.Lower;
        var previous = PreviousForm(tokens, i);
        if (_notVerbs.Contains(form) && (written == form || form.Length <= 2 || written == "cómo") && !(previous is "me" or "te" or "le" or "nos" or "les" && form.Length > 2))
        {
            return new SpanishAnalysis(SpanishRole.Other);
        }

        var readings = Verbs.Readings(written, form, context.AccentsReliable);
        var finite = readings.Where(r => r.Tense < SpanishTense.Imperative).ToArray();
        if (form == "esta" && written == form && !IsStateOfBeing(tokens, i))
        {
            return new SpanishAnalysis(SpanishRole.Other);
        }

        // "me siento ignorado" feels; "me siento en la sala" sits.
        if (form == "siento" && previous is "me" && !(i + 1 < tokens.Count && tokens[i + 1].Form == "en"))
        {
            finite = [.. finite.Where(r => r.Verb.Infinitive == "sentir")];
        }

        if (finite.Length > 0)
        {
            // "número": no form of the verb bears that accent.
            if (_homographs.Contains(form) && written != form && Array.TrueForAll(finite, r => r.Spelling != written))
            {
                return new SpanishAnalysis(SpanishRole.Other);
            }

            if (_homographs.Contains(form) && !CarriesVerbAccent(written, form, finite) && !IsVerbPlace(tokens, i, previous))
            {
                var may = previous is null or "y" or "e" or "ni" or "que" or "no" && finite.Any(r => r.Person == SpanishPerson.Yo) && !IsNounByNext(tokens, i);
                return new SpanishAnalysis(may ? SpanishRole.Unsure : SpanishRole.Other);
            }

            // After an article nothing is a verb, save where "la", "los", "las" are pronouns of one ("la compré").
            if (previous is not null && Determiners.Contains(previous) && previous is not ("la" or "los" or "las" or "esto" or "eso" or "todo" or "todos" or "mucho" or "poco")
                && !(previous is "el" or "tu" or "este" or "otra" && finite.All(r => r.Person is not (SpanishPerson.Yo or SpanishPerson.Nosotros))))
            {
                return new SpanishAnalysis(SpanishRole.Other);
            }

            // "en las duchas": behind a preposition "la", "los", "las" are articles.
            if (previous is "la" or "los" or "las" && i > 1 && tokens[i - 1].Break == TokenBreak.None && Prepositions.Contains(tokens[i - 2].Form) && written == form)
            {
                return new SpanishAnalysis(SpanishRole.Other);
            }

            // No preposition stands before a verb that has a person.
            if (previous is not null && Prepositions.Contains(previous) && previous is not ("segun" or "hasta") && form is not ("he" or "voy" or "soy"))
            {
                return new SpanishAnalysis(SpanishRole.Other);
            }

            // "¡qué descanso!" is a noun; "qué hago" a verb; the rest cannot be told.
            if (i > 0 && previous == "que" && tokens[i - 1].Lower == "qué" && finite.Any(r => r is { Tense: SpanishTense.Present, Person: SpanishPerson.Yo }) && form[^1] == 'o'
                && !finite.Any(r => _stateVerbs.Contains(MessageReading.FormOf(r.Verb.Infinitive))))
            {
                return new SpanishAnalysis(SpanishRole.Unsure);
            }

            return Choose(tokens, i, finite, readings, context);
        }

        if (readings.Any(r => r.Tense == SpanishTense.Imperative) && (i == 0 || tokens[i].Break != TokenBreak.None || (previous is "y" or "e" or "o" && readings.All(r => r is { Tense: SpanishTense.Imperative, Person: SpanishPerson.Vosotros }))))
        {
            var command = readings.First(r => r.Tense == SpanishTense.Imperative);
            return new SpanishAnalysis(SpanishRole.Command, command);
        }

        if (readings.Length > 0)
        {
            var role = readings[0].Tense switch
            {
                SpanishTense.Infinitive => SpanishRole.Infinitive,
                SpanishTense.Gerund => SpanishRole.Gerund,
                _ => SpanishRole.Other,
            };
            return new SpanishAnalysis(role, readings[0]);
        }

        if (form.Length > 3 && Verbs.WithEnclitics(form) is { } bare)
        {
            var reading = bare.Readings.OrderBy(r => r.Tense == SpanishTense.Imperative ? 1 : 0).First();
            var role = reading.Tense switch
            {
                SpanishTense.Infinitive => SpanishRole.Infinitive,
                SpanishTense.Gerund => SpanishRole.Gerund,
                _ => SpanishRole.Command,
            };

            // "los pocos", "la tele": nouns that end like a verb with its pronoun stand after articles and prepositions.
            if (role == SpanishRole.Command && (written == form || !Carries(written, bare.Enclitics)) && (previous is not null && tokens[i].Break == TokenBreak.None && previous is not ("que" or "favor" or "y" or "no") && !(previous is "o" or "e" && (bare.Enclitics.StartsWith("me", StringComparison.Ordinal) || bare.Enclitics.StartsWith("nos", StringComparison.Ordinal)))))
            {
                return new SpanishAnalysis(SpanishRole.Other);
            }

            return new SpanishAnalysis(role, reading, bare.Enclitics);
        }

        return Unknown(tokens, i, previous);
    }

    // "llámenlo", "recójanla": so stressed, with its pronoun, nothing but a command is.
    private static bool Carries(string written, string enclitics) => written.Length > enclitics.Length + 2 && written[..^(enclitics.Length + 1)].AsSpan().IndexOfAny("áéíóú") >= 0;

    // Verbs that the table does not hold: endings that only "I" has are turned by rule, those that may be "I" are left alone.
    private SpanishAnalysis Unknown(IReadOnlyList<MessageToken> tokens, int i, string? previous)
    {
        var token = tokens[i];
        var (form, written) = (token.Form, token.Lower);
        if (form.Length < 4 || form.EndsWith("ado", StringComparison.Ordinal) || form.EndsWith("ido", StringComparison.Ordinal) || FirstPersonLookAlikes.Contains(form) || _homographs.Contains(form) || _notVerbs.Contains(form) || (token.IsCapitalised && i > 0 && token.Break == TokenBreak.None))
        {
            return new SpanishAnalysis(SpanishRole.Other);
        }

        var afterArticle = previous is not null && (Determiners.Contains(previous) || Prepositions.Contains(previous)) && previous is not ("la" or "los" or "las");
        if (afterArticle)
        {
            return new SpanishAnalysis(SpanishRole.Other);
        }

        if (written.EndsWith("qué", StringComparison.Ordinal))
        {
            return Guess(written[..^3] + "có");
        }

        if (written.EndsWith("gué", StringComparison.Ordinal))
        {
            return Guess(written[..^3] + "gó");
        }

        if (written.EndsWith("cé", StringComparison.Ordinal))
        {
            return Guess(written[..^2] + "zó");
        }

        if (written.EndsWith('é'))
        {
            return written.EndsWith("ré", StringComparison.Ordinal) ? new SpanishAnalysis(SpanishRole.Unsure) : Guess(written[..^1] + "ó");
        }

        if (written.EndsWith('í'))
        {
            return Guess(written[..^1] + "ió");
        }

        // "no pilla nada", "se atascó": a third person's ending where only a verb can stand.
        if (written.EndsWith('ó') || form.EndsWith("aron", StringComparison.Ordinal) || form.EndsWith("ieron", StringComparison.Ordinal)
            || (previous is "no" or "nunca" or "nadie" or "se" && (form[^1] is 'a' or 'e' || form.EndsWith("an", StringComparison.Ordinal) || form.EndsWith("en", StringComparison.Ordinal)) && written == form))
        {
            return new SpanishAnalysis(SpanishRole.Finite);
        }

        var suspicious = form.EndsWith("amos", StringComparison.Ordinal) || form.EndsWith("emos", StringComparison.Ordinal)
            || (form.EndsWith("imos", StringComparison.Ordinal) && form is not ("ultimos" or "proximos" or "mismos" or "maximos" or "minimos" or "animos" or "legitimos"))
            || form.EndsWith("aste", StringComparison.Ordinal) || form.EndsWith("steis", StringComparison.Ordinal)
            || written.EndsWith("áis", StringComparison.Ordinal) || written.EndsWith("éis", StringComparison.Ordinal)
            || (form[^1] == 'o' && previous is "yo" or "no" or "me" or "te" or "os" or "nunca" or "lo" or "le" or "les" && form is not ("mismo" or "solo" or "unico" or "primero" or "ultimo" or "segundo" or "bueno" or "malo" or "cierto" or "minimo" or "maximo"))
            || (form[^1] == 'o' && i == 0 && !Determiners.Contains(form) && form is not ("cuatro" or "ocho" or "cinco" or "numero") && i + 1 < tokens.Count && (Determiners.Contains(tokens[1].Form) || tokens[1].Form is "con" or "a" or "en" or "mucho"))
            || (form[^1] is 'e' or 'i' && previous is "yo" or "me" or "lo");
        return new SpanishAnalysis(suspicious ? SpanishRole.Unsure : SpanishRole.Other);

        static SpanishAnalysis Guess(string spelling) => new(SpanishRole.Finite, null, string.Empty, spelling);
    }

    private SpanishVerbReading ByTime(IReadOnlyList<MessageToken> tokens, SpanishVerbReading[] readings, RetellingContext context)
    {
        var preterite = readings.FirstOrDefault(r => r.Tense == SpanishTense.Preterite);
        var present = readings.FirstOrDefault(r => r.Tense == SpanishTense.Present);
        if (preterite is null || present is null)
        {
            return readings[0];
        }

        // "pagamos un taxi de 48 €" was paid; "solicitamos poda urgente" is asked now.
        var once = present.Verb.Infinitive is "pagar" or "gastar" or "comprar" && tokens.Any(t => t.HasDigit) && !SaysRate(tokens) && !tokens.Any(t => PresentMarkers.Contains(t.Form));
        if (once)
        {
            return preterite;
        }

        var asks = present.Verb.Infinitive is "solicitar" or "exigir" or "reclamar" or "rogar" && !tokens.Any(t => t.HasDigit || (t.Marks & (TokenMarks.Time | TokenMarks.Frequency)) != 0);
        // "llegamos desde Monterrey" tells from where.
        var marked = Enumerable.Range(0, tokens.Count).Any(k => PresentMarkers.Contains(tokens[k].Form) && !(tokens[k].Form == "desde" && k + 1 < tokens.Count && tokens[k + 1].IsCapitalised && (tokens[k + 1].Marks & TokenMarks.Time) == 0));
        asks |= present.Verb.Infinitive is "pedir" or "querer" or "necesitar" or "exigir" && Enumerable.Range(1, tokens.Count - 1).Any(k => tokens[k].Form == "que" && MessageReading.FormOf(present.Spelling) == tokens[k - 1].Form);
        var isPresent = asks || marked || SaysRate(tokens)
            || (_stateVerbs.Contains(MessageReading.FormOf(present.Verb.Infinitive)) && !HasPast(tokens) && !(context.TellsPast && present.Verb.Infinitive is "pagar" or "solicitar" or "reclamar" or "exigir" or "pedir" or "intentar" or "gastar" or "trabajar" or "viajar" or "esperar"));
        return isPresent ? present : preterite;
    }

    // "290 al mes": what is paid so is paid still.
    private static bool SaysRate(IReadOnlyList<MessageToken> tokens)
    {
        for (var i = 1; i < tokens.Count; i++)
        {
            if ((tokens[i].Form is "mes" or "año" && tokens[i - 1].Form is "al" or "por") || tokens[i].Form is "mensuales" or "anuales")
            {
                return true;
            }
        }

        return false;
    }

    public bool HasPast(IReadOnlyList<MessageToken> tokens)
    {
        for (var i = 0; i < tokens.Count; i++)
        {
            // Another verb that can only be past.
            if (i > 0 && Verbs.Readings(tokens[i].Lower, tokens[i].Form, accentsReliable: true) is { Length: > 0 } readings && readings.All(r => r.Tense is SpanishTense.Preterite or SpanishTense.Imperfect))
            {
                return true;
            }

            if (PastMarkers.Contains(tokens[i].Form) && (tokens[i].Form is not ("el" or "en") || (i + 1 < tokens.Count && (tokens[i + 1].HasDigit
                || tokens[i + 1].Form is "lunes" or "martes" or "miercoles" or "jueves" or "viernes" or "sabado" or "domingo" or "dia" or "mes" or "enero" or "febrero" or "marzo" or "abril" or "mayo" or "junio" or "julio" or "agosto" or "septiembre" or "octubre" or "noviembre" or "diciembre"))))
            {
                return true;
            }
        }

        return false;
    }

    // "no se que pasa", "ya no se como hacer": the verb "sé" without its accent.
    private static bool IsKnow(IReadOnlyList<MessageToken> tokens, int i)
    {
        if (tokens[i].Lower == "sé")
        {
            return true;
        }

        return i + 1 < tokens.Count && tokens[i + 1].Break == TokenBreak.None
            && tokens[i + 1].Form is "que" or "si" or "como" or "por" or "cuando" or "donde" or "cual" or "cuanto" or "quien" or "nada"
            && i > 0 && tokens[i - 1].Form is "no" or "yo" or "ya";
    }

    // "esta" is the verb "está" before a state, the article before a noun.
    private bool IsStateOfBeing(IReadOnlyList<MessageToken> tokens, int i)
    {
        var next = i + 1 < tokens.Count && tokens[i + 1].Break == TokenBreak.None ? tokens[i + 1].Form : null;
        var previous = PreviousForm(tokens, i);
        if (next is not null && IsTimeNoun(next))
        {
            return false;
        }

        return previous is "no" or "ya" or "todavia" or "aun" or "me" or "nos" or "se" or "donde" or "como"
            || (i > 1 && tokens[i].Break == TokenBreak.None && tokens[i - 1].Break == TokenBreak.None && Determiners.Contains(tokens[i - 2].Form) && next is not null && next.Length > 3 && next[^1] is 'o' or 'a')
            || next is null or "en" or "mal" or "bien" or "muy" or "sin" or "todo" or "a" or "con" or "por"
            || Verbs.Readings(next, next, accentsReliable: false).Any(r => r.Tense is SpanishTense.Gerund or SpanishTense.Participle)
            || (next.Length > 4 && (next.EndsWith("ada", StringComparison.Ordinal) || next.EndsWith("ida", StringComparison.Ordinal)) && previous is not null && !Prepositions.Contains(previous));
    }

    private static bool CarriesVerbAccent(string written, string form, SpanishVerbReading[] finite) =>
        written != form && finite.All(r => r.Tense != SpanishTense.Present);

    // Where a word that is a noun as often must be a verb.
    private static bool IsVerbPlace(IReadOnlyList<MessageToken> tokens, int i, string? previous)
    {
        var next = i + 1 < tokens.Count && tokens[i + 1].Break == TokenBreak.None ? tokens[i + 1] : null;
        if (previous is null)
        {
            return next is not null && (next.HasDigit || Determiners.Contains(next.Form) || next.Form is "siempre" or "puntual" or "puntualmente" or "mas" or "cada" or "mensualmente"
                || (tokens[i].Form is "trabajo" or "uso" or "pago" or "viajo" or "vivo" or "reclamo" or "limpio" or "manejo" && next.Form is "con" or "en" or "desde" or "para" or "por" or "como" or "de" or "solo" or "sola" or "lejos" or "aqui" or "ya")
                || (tokens[i].Form is "tomo" or "vivo" or "saco" or "quito" or "subo" && next.Form is not ("de" or "y" or "e" or "o" or "que"))) && next.Form is not ("del" or "al");
        }

        if (SureClitics.Contains(previous))
        {
            return true;
        }

        if (previous is "la" or "los" or "las")
        {
            // "la pago", "los uso": a noun would agree with its article.
            return tokens[i].Form[^1] == 'o' || (previous == "la" && tokens[i].Form[^1] == 's') || (previous is "los" or "las" && tokens[i].Form[^1] != 's');
        }

        if (previous is "el" or "todo" or "tu")
        {
            return false;
        }

        if (IsDay(tokens, i) && next is not null && (next.Form == "que" || Determiners.Contains(next.Form)))
        {
            return true;
        }

        // "expensas pago 210.000": what is paid for may come first.
        if (tokens[i].Form == "pago" && next?.HasDigit == true && !Determiners.Contains(previous) && !Prepositions.Contains(previous) && previous is not ("primer" or "ultimo" or "segundo" or "doble"))
        {
            return true;
        }

        // "a las 20:05 recibo un SMS", "y vivo con mi madre"
        if (i > 0 && next is not null && tokens[i].Form[^1] == 'o' && !Determiners.Contains(previous) && !Prepositions.Contains(previous)
            && ((next.Form is "un" or "una" or "el" or "la" or "los" or "las" or "mi" or "mis" && (tokens[i - 1].HasDigit || previous is "y" or "e" or "pero" or "ni"))
                || (tokens[i].Form is "trabajo" or "uso" or "pago" or "viajo" or "vivo" && previous is "y" or "e" or "pero" or "ni" or "yo" && next.Form is "con" or "en" or "desde" or "para" or "por" or "solo" or "sola" or "lejos" or "aqui")))
        {
            return true;
        }

        return VerbOpeners.Contains(previous) && !(previous is "y" or "e" or "o" or "ni" or "sin" or "hasta" or "como" or "entre" && next?.Form is not ("el" or "la" or "los" or "las" or "un" or "una" or "mi" or "mis" or "todo" or "todos") && next?.HasDigit != true);
    }

    // "Pedido de ayer", "cargo no reconocido": a noun that opens a clause.
    private bool IsNounByNext(IReadOnlyList<MessageToken> tokens, int i) =>
        i + 1 >= tokens.Count || tokens[i + 1].Break != TokenBreak.None || tokens[i + 1].HasDigit
        || (i + 2 < tokens.Count && SureClitics.Contains(tokens[i + 1].Form) && IsThirdPerson(tokens[i + 2]))
        || tokens[i + 1].Form is "de" or "del" or "no" or "que" or "sin" or "numero" or "y" or "duplicado" or "doble" or "mal" or "roto" or "es" or "fue" or "llego" or "incorrecto" or "equivocado" or "pendiente" or "en" or "hecho" or "realizado" or "con";

    // Where a word may begin a verb that nobody is named for: at the start, after a pronoun, a conjunction, an adverb.
    private static bool MayOpenVerb(IReadOnlyList<MessageToken> tokens, int i)
    {
        var previous = PreviousForm(tokens, i);
        return previous is null || SureClitics.Contains(previous) || previous is "la" or "los" or "las" || VerbOpeners.Contains(previous) || IsTimeNoun(previous) || IsDay(tokens, i);
    }

    // "el 3 reporté": a day stands before.
    private static bool IsDay(IReadOnlyList<MessageToken> tokens, int i) => i > 1 && tokens[i].Break == TokenBreak.None && tokens[i - 1].HasDigit && tokens[i - 2].Form is "el" or "dia";

    private static string? PreviousForm(IReadOnlyList<MessageToken> tokens, int i) =>
        i > 0 && tokens[i].Break == TokenBreak.None ? tokens[i - 1].Form : null;

    /// <summary>The clitics that stand directly before a verb, in order.</summary>
    public static List<string> CliticsBefore(IReadOnlyList<MessageToken> tokens, int verb)
    {
        var clitics = new List<string>();
        for (var i = verb - 1; i >= 0 && tokens[i + 1].Break == TokenBreak.None && Clitics.Contains(tokens[i].Form) && clitics.Count < 3; i--)
        {
            clitics.Insert(0, tokens[i].Form);
        }

        return clitics;
    }

    /// <summary>Where the group of a verb begins: its negation and pronouns.</summary>
    public static int GroupStart(IReadOnlyList<MessageToken> tokens, int verb)
    {
        var start = verb;
        while (start > 0 && tokens[start].Break == TokenBreak.None
            && (Clitics.Contains(tokens[start - 1].Form) || tokens[start - 1].Form is "no" or "ya" or "nunca" or "jamas" or "tampoco" or "todavia" or "aun" or "siempre" or "tambien" or "solo" or "casi" or "apenas" or "ni" or "siquiera"))
        {
            start--;
        }

        return start;
    }

    /// <summary>Whether a noun, not the object of a preposition, stands before the verb in its clause.</summary>
    public bool HasNounSubject(IReadOnlyList<MessageToken> tokens, int groupStart)
    {
        // "mi beba, de cinco meses, estaba en brazos": what stands between commas parts no subject from its verb.
        if (groupStart > 3 && groupStart < tokens.Count && tokens[groupStart].Break == TokenBreak.Comma && Determiners.Contains(tokens[0].Form) && tokens[0].Form is not ("al" or "del")
            && Enumerable.Range(1, groupStart - 1).Count(k => tokens[k].Break == TokenBreak.Comma) == 1)
        {
            return true;
        }

        for (var i = groupStart - 1; i >= 0; i--)
        {
            // "el curso que compré decía": what stands before a relative clause may be the subject behind it.
            if (tokens[i].Form == "que" && i > 0 && tokens[i + 1].Break == TokenBreak.None && HoldsVerb(tokens, i + 1, groupStart))
            {
                continue;
            }

            if (tokens[i + 1].Break != TokenBreak.None || tokens[i].Form is "y" or "que" or "porque" or "si" or "cuando" or "pero" or "aunque")
            {
                return false;
            }

            if (NounSubjects.Contains(tokens[i].Form) && !(i > 0 && Prepositions.Contains(tokens[i - 1].Form)))
            {
                return true;
            }

            // "por tercera ocasión", "a los veinte minutos" are no subjects.
            var free = i == 0 || tokens[i].Break != TokenBreak.None || !Prepositions.Contains(tokens[i - 1].Form);
            if (Determiners.Contains(tokens[i].Form) && tokens[i].Form is not ("al" or "del") && free && i + 1 < groupStart && !IsTimeNoun(tokens[i + 1].Form) && !tokens[i + 1].HasDigit)
            {
                return !Verbs.Readings(tokens[i + 1].Lower, tokens[i + 1].Form, true).Any(r => r.Person is SpanishPerson.Yo or SpanishPerson.Nosotros && r.Tense < SpanishTense.Imperative) || _homographs.Contains(tokens[i + 1].Form);
            }
        }

        return false;
    }

    // "soporte me dice …"
    private bool IsThirdPerson(MessageToken token) => Verbs.Readings(token.Lower, token.Form, accentsReliable: false).Any(r => r.Tense is SpanishTense.Present or SpanishTense.Preterite or SpanishTense.Imperfect && r.Person is SpanishPerson.El or SpanishPerson.Ellos);

    private bool HoldsVerb(IReadOnlyList<MessageToken> tokens, int from, int to)
    {
        for (var k = from; k < to; k++)
        {
            if (!Clitics.Contains(tokens[k].Form) && !_notVerbs.Contains(tokens[k].Form) && !_homographs.Contains(tokens[k].Form)
                && Verbs.Readings(tokens[k].Lower, tokens[k].Form, accentsReliable: false).Any(r => r.Tense < SpanishTense.Imperative))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsTimeNoun(string form) => form is "lunes" or "martes" or "miercoles" or "jueves" or "viernes" or "sabado" or "domingo" or "dia" or "dias" or "mes" or "meses" or "semana" or "semanas" or "ano" or "anos" or "hora" or "horas" or "noche" or "noches" or "manana" or "tarde" or "vez" or "veces" or "verdad";
}
