using DeEscalationBot.Core.Scoring.Text;

namespace DeEscalationBot.Core.Coaching.Paraphrasing;

/// <summary>Turns Spanish clauses from the customer's side to the agent's: verbs, pronouns and possessives. Immutable once built.</summary>
internal sealed partial class SpanishRetelling : IRetelling
{
    // Longer runs are cut or left out: nobody says them back.
    private const int LongestClauseWords = 30;

    // A subject that is named in more words than these is none.
    private const int LongestOpenSubject = 6;

    private static readonly HashSet<string> Dependent = SpanishSyntax.Set("que cual cuales cuyo cuya porque");
    private static readonly HashSet<string> Opening = SpanishSyntax.Set("cuando si mientras como al donde");
    private static readonly HashSet<string> Dropping = SpanishSyntax.Set("pero aunque");
    private static readonly HashSet<string> Subordinators = SpanishSyntax.Set(
        "que si cuando como donde porque mientras aunque quien cual cuanto pues hasta para por a de sin con desde y o ni e u tanto tan mas menos segun apenas");
    private static readonly HashSet<string> QuestionWords = SpanishSyntax.Set("que cual cuales cuando donde adonde como cuanto cuanta cuantos cuantas quien quienes");
    private static readonly Dictionary<string, string> QuestionSpelling = new(StringComparer.Ordinal)
    {
        ["que"] = "qué",
        ["cual"] = "cuál",
        ["cuales"] = "cuáles",
        ["cuando"] = "cuándo",
        ["donde"] = "dónde",
        ["adonde"] = "adónde",
        ["como"] = "cómo",
        ["cuanto"] = "cuánto",
        ["cuanta"] = "cuánta",
        ["cuantos"] = "cuántos",
        ["cuantas"] = "cuántas",
        ["quien"] = "quién",
        ["quienes"] = "quiénes",
    };

    private static readonly HashSet<string> WantVerbs = SpanishSyntax.Set("querer necesitar exigir pedir solicitar desear requerir preferir pretender rogar reclamar gustar agradecer");
    private static readonly HashSet<string> TimeNouns = SpanishSyntax.Set("minuto minutos hora horas dia dias semana semanas mes meses año años quincena");
    private static readonly HashSet<string> SmallNumbers = SpanishSyntax.Set("un una dos tres cuatro cinco seis siete ocho nueve diez once doce quince veinte treinta varias varios muchas muchos");
    private static readonly HashSet<string> ReferenceNouns = SpanishSyntax.Set("orden pedido ticket folio caso factura reserva expediente contrato referencia reporte reclamo queja incidencia solicitud cuenta linea numero localizador envio guia poliza tramite reclamacion cita vuelo resguardo recibo albaran boleto lote comprobante");
    private static readonly HashSet<string> FeminineReferences = SpanishSyntax.Set("orden factura reserva referencia queja incidencia solicitud cuenta linea guia poliza reclamacion cita");
    // Whose "su" may be instead of the company's.
    private static readonly HashSet<string> OtherPeople = SpanishSyntax.Set(
        "el ella ellos ellas madre padre mama papa hijo hija hijos hijas esposo esposa marido mujer hermano hermana abuelo abuela suegro suegra tio tia primo prima sobrino sobrina cuñado cuñada nieto nieta novio novia pareja bebe niño niña niños niñas amigo amiga amigos vecino vecina vecinos señor señora señores chico chica jefe jefa compañero compañera alumno alumna alumnos paciente pacientes cliente clienta clientes empleado empleados perro perra gato gata mascota comprador vendedor inquilino dueño dueña persona personas gente anciano anciana ex medico doctor doctora profesor profesora cada").Where(w => w != "el").ToHashSet(StringComparer.Ordinal);

    // "en su momento", "su precio": of the time or the thing.
    private static readonly HashSet<string> OfThings = SpanishSyntax.Set("momento lugar vez totalidad caso mayoria propio propia parte precio valor nombre tamaño color peso contenido caja empaque envase funda cargador defecto dia origen destino tiempo");

    private static readonly HashSet<string> Weekdays = SpanishSyntax.Set("lunes martes miercoles jueves viernes sabado domingo");
    private static readonly HashSet<string> Currencies = SpanishSyntax.Set("euros pesos dolares soles lucas bolivianos quetzales colones guaranies reales libras mil millones centimos lempiras grados megas kilos metros litros");
    // "¿quién puede …?", "¿quién se encarga de …?" ask; "¿quién cambia un disco por una tecla?" does not.
    private static readonly HashSet<string> Answering = SpanishSyntax.Set("poder deber ir ser tener atender responder encargar llamar hacer llevar decidir autorizar firmar venir");

    // Of oneself one asks what one can and must do, and how things stand.
    private static readonly HashSet<string> AskedOfSelf = SpanishSyntax.Set("poder deber tener necesitar haber estar seguir ir");
    private static readonly HashSet<string> Leaving = SpanishSyntax.Set(
        "ir llevar largar marchar cancelar cambiar pasar dar devolver denunciar reclamar demandar poner buscar retirar cerrar borrar rescindir anular bloquear publicar contar subir llamar acudir recurrir presentar");
    private static readonly HashSet<string> Us = SpanishSyntax.Set("ustedes uds ustds vds vosotros vosotras");
    private static readonly HashSet<string> Expected = SpanishSyntax.Set("tener necesitar perder quedar pagar poder llegar estar viajar esperar ser deber salir recibir mudar ir alcanzar casar operar");
    // "en el hospital nos dijeron": who spoke there is not sure to be the company.
    private static readonly HashSet<string> Places = SpanishSyntax.Set("hospital clinica banco taller consulado embajada aeropuerto colegio escuela universidad juzgado ayuntamiento farmacia registro notaria");

    // What may be theirs of whom the message tells as well as the company's.
    private static readonly HashSet<string> OwnedByAnybody = SpanishSyntax.Set("linea cuenta contrato poliza plan seguro tarjeta pension");
    // "que salga de una vez y me llegue": what a thing is to do.
    private static readonly HashSet<string> Arriving = SpanishSyntax.Set("salir llegar aparecer funcionar quedar");
    private static readonly HashSet<string> Months = SpanishSyntax.Set("enero febrero marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre diciembre");
    private static readonly HashSet<string> People = SpanishSyntax.Set("tecnico supervisor supervisora gerente encargado encargada jefe jefa responsable alguien persona repartidor mensajero asesor asesora agente medico abogado operador operadora recepcionista cajero cajera vendedor vendedora chofer conductor encargado camarero mesero azafata señorita señora señor tipo chico chica");

    private readonly SpanishSyntax _syntax;
    private readonly HashSet<string> _companyVerbs;
    private readonly HashSet<string> _tellingVerbs;
    private readonly HashSet<string> _pronominalVerbs;
    private readonly HashSet<string> _companyNouns;
    private readonly HashSet<string> _companyNounsFeminine;
    private readonly HashSet<string> _thirdParties;
    private readonly HashSet<string> _notOurs;
    private readonly HashSet<string> _askingVerbs;
    private readonly HashSet<string> _privateNouns;
    private readonly Dictionary<string, string> _spelling = new(StringComparer.Ordinal);

    public SpanishRetelling(SpanishGrammar grammar)
    {
        _syntax = new SpanishSyntax(grammar);
        _companyVerbs = SpanishSyntax.Set(grammar.CompanyVerbs);
        _tellingVerbs = SpanishSyntax.Set(grammar.TellingVerbs);
        _pronominalVerbs = SpanishSyntax.Set(grammar.PronominalVerbs);
        _companyNouns = SpanishSyntax.Set(grammar.CompanyNouns);
        _companyNounsFeminine = SpanishSyntax.Set(grammar.CompanyNounsFeminine);
        _thirdParties = SpanishSyntax.Set(grammar.ThirdParties);
        _notOurs = SpanishSyntax.Set(grammar.NotOurs);
        _askingVerbs = SpanishSyntax.Set(grammar.AskingVerbs);
        _privateNouns = SpanishSyntax.Set(grammar.PrivateNouns);
        foreach (var word in grammar.Spelling.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries))
        {
            _spelling[MessageReading.FormOf(word)] = word;
        }
    }

    private enum Doer
    {
        Customer,
        Customers,
        Company,
        Other,
    }

    public bool AddressesUs(IReadOnlyList<MessageToken> tokens) => tokens.Any(t =>
        Us.Contains(t.Form) || t.Form is "vuestro" or "vuestra" or "vuestros" or "vuestras" or "os" or "tu" or "vos" or "contigo"
        || (_syntax.Verbs.WithEnclitics(t.Form) is { } bare && bare.Readings.Any(r => r.Tense == SpanishTense.Imperative && r.Person == SpanishPerson.Ellos)));

    public IReadOnlyList<string> WishLeads { get; } = ["quiere que", "quieren que", "quieres que", "querés que"];

    public bool TellsPast(IReadOnlyList<MessageToken> tokens) => _syntax.HasPast(tokens);

    public bool NamesOthers(IReadOnlyList<MessageToken> tokens) => tokens.Any(t => OtherPeople.Contains(t.Form));

    public bool BeginsRequest(MessageToken token) => _syntax.Verbs.WithEnclitics(token.Form) is { } bare && bare.Readings.Any(r => r.Tense == SpanishTense.Imperative);

    public bool SetsAccents(IReadOnlyList<MessageToken> tokens)
    {
        var set = tokens.Count(t => t.Lower.AsSpan().IndexOfAny("áéíóú") >= 0);
        var left = tokens.Count(t => t.Lower == t.Form && (_spelling.TryGetValue(t.Form, out var right) ? right != t.Form && !right.Contains('ñ', StringComparison.Ordinal) : t.Form.Length > 5 && t.Form.EndsWith("cion", StringComparison.Ordinal)));
        return set > left || (set == left && tokens.Count > 0 && tokens[0].IsCapitalised);
    }

    public IReadOnlyList<MessageClause> Split(IReadOnlyList<MessageToken> tokens, RetellingContext context)
    {
        var clauses = Merge(Cut(tokens, context), context);
        for (var i = 1; i < clauses.Count; i++)
        {
            if (clauses[i].Sentence == clauses[i - 1].Sentence)
            {
                clauses[i] = clauses[i] with { GoesOn = OwnTellingOf(clauses[i - 1], context) };
            }
        }

        return clauses;
    }

    private OwnTelling OwnTellingOf(MessageClause clause, RetellingContext context)
    {
        var analyses = _syntax.Analyse(clause.Tokens, context with { GoesOn = clause.GoesOn });
        var verb = Enumerable.Range(0, analyses.Length).LastOrDefault(k => analyses[k].Role == SpanishRole.Finite && !SpanishSyntax.IsDependent(clause.Tokens, analyses, k));
        return analyses[verb].Reading switch
        {
            { Person: SpanishPerson.Yo, Tense: SpanishTense.Present } => OwnTelling.WhatTheyDo,
            { Person: SpanishPerson.Yo, Tense: SpanishTense.Preterite } => OwnTelling.WhatTheyDid,
            _ => OwnTelling.None,
        };
    }

    public string JoinFacts(IReadOnlyList<string> facts)
    {
        if (facts.Count == 1)
        {
            return facts[0];
        }

        var last = facts[^1];
        var form = MessageReading.FormOf(last.Split(' ')[0]);
        var sound = form.StartsWith('i') || (form.StartsWith("hi", StringComparison.Ordinal) && !form.StartsWith("hie", StringComparison.Ordinal));
        var and = sound ? "e" : "y";
        var comma = facts.Any(f => f.Contains(',', StringComparison.Ordinal) || f.Contains(" y ", StringComparison.Ordinal)) ? "," : string.Empty;
        return $"{string.Join(", ", facts.Take(facts.Count - 1))}{comma} {and} {last}";
    }

    public Retold? Retell(MessageClause clause, RetellingContext context)
    {
        var tokens = clause.Tokens;
        if (tokens.Count == 0)
        {
            return null;
        }

        context = context with { GoesOn = clause.GoesOn };
        // "o me lo cambian o me lo pagan": this or that is wanted. What stands before a threat is no fact.
        var form = tokens[0].Form;
        if (form is "o" or "u")
        {
            return clause.Break == TokenBreak.Sentence && tokens.Skip(1).Any(t => t.Form is "o" or "u") ? new Telling(this, [.. tokens.Skip(1)], isQuestion: false, context).TellAlternatives() : null;
        }

        if (form is "porque" or "pues" or "entonces" or "y" or "o" or "e" or "ademas" or "encima" or "asi" && tokens.Count > 2)
        {
            tokens = [.. tokens.Skip(form == "asi" && tokens[1].Form == "que" ? 2 : 1)];
            form = tokens[0].Form;
        }

        // "que sigo igual": said so in speech, and the same without.
        if (form == "que" && tokens.Count > 2 && !clause.IsQuestion)
        {
            var verb = tokens[1].Form is "no" or "ya" or "nunca" or "me" or "nos" ? 2 : 1;
            if (!HasVerb(clause, context) || TellsOfThing(tokens, context) || _syntax.Analyse([.. tokens.Skip(1)], context)[verb - 1] is { Role: SpanishRole.Finite, Reading: { Person: SpanishPerson.Yo or SpanishPerson.Nosotros, Tense: SpanishTense.Present or SpanishTense.Preterite or SpanishTense.Imperfect } }
                && !(context.AccentsReliable && IsWritten(tokens[verb], r => r.Tense == SpanishTense.SubjunctivePresent)))
            {
                tokens = [.. tokens.Skip(1)];
                form = tokens[0].Form;
            }
        }

        if (clause.IsUltimatum)
        {
            return new Telling(this, tokens, isQuestion: false, context).TellUltimatum();
        }

        // "fui en persona y que por teléfono": what they said lacks its verb.
        var elided = Enumerable.Range(1, tokens.Count - 1).FirstOrDefault(k => tokens[k].Form == "que" && tokens[k - 1].Form == "y" && k > 1 && !tokens.Take(k).Any(t => t.Form == "que") && !_syntax.Analyse([.. tokens.Skip(k + 1)], context).Any(a => a.Role is not SpanishRole.Other));
        tokens = elided > 0 && tokens.Count > elided + 1 ? [.. tokens.Take(elided - 1)] : tokens;
        tokens = IRetelling.Shortened(tokens, LongestClauseWords);
        if (tokens.Count > LongestClauseWords || (Opening.Contains(form) && !clause.IsQuestion && !tokens.Skip(1).Any(t => t.Break == TokenBreak.Comma) && !HasMainVerb(tokens, context)))
        {
            return null;
        }

        return new Telling(this, tokens, AsksHere(clause, tokens) && !ComplainsOfPlan(tokens, context), context).Tell();
    }

    // "que el horno llegó": a noun and what happened to it.
    private bool TellsOfThing(IReadOnlyList<MessageToken> tokens, RetellingContext context) =>
        tokens.Count > 3 && tokens[0].Lower == "que" && tokens[1].Form is "el" or "la" or "los" or "las"
        && _syntax.Analyse([.. tokens.Skip(1)], context) is var analyses && Array.Find(analyses, a => a.Role == SpanishRole.Finite) is { Reading.Tense: SpanishTense.Preterite } && analyses[0].Role == SpanishRole.Other;

    // "¿me quieren cobrar 35 por retirarlo?": what we mean to do to the customer is told, however it is marked.
    private bool ComplainsOfPlan(IReadOnlyList<MessageToken> tokens, RetellingContext context)
    {
        var verb = tokens.Count > 2 && tokens[0].Form is "y" or "ahora" or "encima" ? 1 : 0;
        return tokens.Count > verb + 2 && tokens[verb].Form is "me" or "nos"
            && _syntax.Analyse(tokens, context) is var analyses && analyses[verb + 1].Reading is { Verb.Infinitive: "querer" or "pretender", Tense: SpanishTense.Present, Person: SpanishPerson.Ellos or SpanishPerson.Vosotros }
            && analyses[verb + 2].Role == SpanishRole.Infinitive;
    }

    // With one mark at its end a sentence may tell first and ask last; without any, "donde pido …" asks all the same.
    private static bool AsksHere(MessageClause clause, IReadOnlyList<MessageToken> tokens)
    {
        var asks = QuestionWords.Contains(tokens[0].Form) || (SpanishSyntax.IsPreposition(tokens[0].Form) && tokens.Count > 1 && QuestionWords.Contains(tokens[1].Form));
        if (clause.IsQuestion)
        {
            return (clause.IsLastOfSentence && clause.Tokens[^1] is { ClosesQuestion: true } last && (last.Marks & TokenMarks.Quoted) == 0) || clause.IsOpenedQuestion || (asks && tokens[0].Form is not ("que" or "cuando" or "como" or "donde"));
        }

        return tokens.Count > 2 && tokens[0].Form is "donde" or "cuanto" or "como" or "cuando" && tokens.Count > 1
            && tokens[1].Form is "puedo" or "hago" or "pido" or "cancelo" or "pago" or "veo" or "cuesta" or "vale" or "sale" or "llega" or "abren" or "tengo" or "consigo" or "encuentro" or "va";
    }
}
