using DeEscalationBot.Core.Scoring.Text;

namespace DeEscalationBot.Core.Coaching.Paraphrasing;

/// <summary>Turns Spanish clauses from the customer's side to the agent's: verbs, pronouns and possessives. Immutable once built.</summary>
internal sealed class SpanishRetelling : IRetelling
{
    // Longer runs are cut or left out: nobody says them back.
    private const int LongestClauseWords = 26;

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
    private static readonly HashSet<string> Us = SpanishSyntax.Set("ustedes uds ustds vds vosotros vosotras");
    private static readonly HashSet<string> Expected = SpanishSyntax.Set("tener necesitar perder quedar pagar poder llegar estar viajar esperar ser deber salir recibir mudar ir alcanzar casar operar");
    private static readonly HashSet<string> People = SpanishSyntax.Set("tecnico supervisor supervisora gerente encargado encargada jefe jefa responsable alguien persona repartidor mensajero asesor asesora agente medico abogado operador operadora");

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

    public bool TellsPast(IReadOnlyList<MessageToken> tokens) => _syntax.HasPast(tokens);

    public bool SetsAccents(IReadOnlyList<MessageToken> tokens)
    {
        var set = tokens.Count(t => t.Lower.AsSpan().IndexOfAny("áéíóú") >= 0);
        var left = tokens.Count(t => t.Lower == t.Form && (_spelling.TryGetValue(t.Form, out var right) ? right != t.Form && !right.Contains('ñ', StringComparison.Ordinal) : t.Form.Length > 5 && t.Form.EndsWith("cion", StringComparison.Ordinal)));
        return set > left || (set == left && tokens.Count > 0 && tokens[0].IsCapitalised);
    }

    public IReadOnlyList<MessageClause> Split(IReadOnlyList<MessageToken> tokens, RetellingContext context)
    {
        var pieces = Cut(tokens, context);
        return Merge(pieces, context);
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

        // "o me lo devuelven o …": an ultimatum is no fact.
        var form = tokens[0].Form;
        if (form is "o" or "u")
        {
            return null;
        }

        if (form is "porque" or "pues" or "entonces" or "y" or "o" or "e" or "ademas" or "encima" or "asi" && tokens.Count > 2)
        {
            tokens = [.. tokens.Skip(form == "asi" && tokens[1].Form == "que" ? 2 : 1)];
            form = tokens[0].Form;
        }

        if (tokens.Count > LongestClauseWords || (Opening.Contains(form) && !clause.IsQuestion && !tokens.Skip(1).Any(t => t.Break == TokenBreak.Comma) && !HasMainVerb(tokens, context)))
        {
            return null;
        }

        return new Telling(this, tokens, AsksHere(clause, tokens), context).Tell();
    }

    // With one mark at its end a sentence may tell first and ask last; without any, "donde pido …" asks all the same.
    private static bool AsksHere(MessageClause clause, IReadOnlyList<MessageToken> tokens)
    {
        var asks = QuestionWords.Contains(tokens[0].Form) || (SpanishSyntax.IsPreposition(tokens[0].Form) && tokens.Count > 1 && QuestionWords.Contains(tokens[1].Form));
        if (clause.IsQuestion)
        {
            return clause.IsLastOfSentence || clause.IsOpenedQuestion || (asks && tokens[0].Form is not ("que" or "cuando" or "como" or "donde"));
        }

        return tokens.Count > 2 && tokens[0].Form is "donde" or "cuanto" or "como" or "cuando" && tokens.Count > 1
            && tokens[1].Form is "puedo" or "hago" or "pido" or "cancelo" or "pago" or "veo" or "cuesta" or "vale" or "sale" or "llega" or "abren" or "tengo" or "consigo" or "encuentro" or "va";
    }

    private List<MessageClause> Cut(IReadOnlyList<MessageToken> tokens, RetellingContext context)
    {
        var clauses = new List<MessageClause>();
        var analyses = _syntax.Analyse(tokens, context);
        var current = new List<MessageToken>();
        var connector = (string?)null;
        var currentBreak = TokenBreak.Sentence;
        var hasVerb = false;
        var subordinate = false;
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
                continue;
            }

            var follows = i + 1 < tokens.Count && tokens[i + 1].Break == TokenBreak.None;
            if (token.Form is "y" or "e" or "ni" && follows && (current.Count == 0 || (hasVerb && StartsClause(tokens, analyses, i + 1))))
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
            else if (hasVerb && !subordinate && token.Break == TokenBreak.None && (IsConsequence(tokens, i) || StartsUnmarked(tokens, analyses, i)))
            {
                Close();
                currentBreak = TokenBreak.Comma;
            }

            current.Add(token);
            var ago = token.Form is "hace" or "hacia" && follows && (tokens[i + 1].HasDigit || SmallNumbers.Contains(tokens[i + 1].Form) || TimeNouns.Contains(tokens[i + 1].Form));
            hasVerb |= !ago && (analyses[i].Role is SpanishRole.Finite or SpanishRole.Command);
            subordinate = token.Form is "que" or "si" or "cuando" or "donde" or "porque" || (subordinate && analyses[i].Role is not SpanishRole.Finite);
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
            subordinate = false;
        }
    }

    private static bool IsConsequence(IReadOnlyList<MessageToken> tokens, int i) =>
        i + 1 < tokens.Count && tokens[i + 1].Break == TokenBreak.None
        && ((tokens[i].Form == "asi" && tokens[i + 1].Form == "que") || (tokens[i].Form == "sin" && tokens[i + 1].Form == "embargo") || (tokens[i].Form == "por" && tokens[i + 1].Form is "eso" or "tanto"));

    // "y" begins a clause when a verb of its own follows soon.
    private static bool StartsClause(IReadOnlyList<MessageToken> tokens, SpanishAnalysis[] analyses, int from)
    {
        for (var i = from; i < tokens.Count && i < from + 6; i++)
        {
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

    private List<MessageClause> Merge(List<MessageClause> pieces, RetellingContext context)
    {
        var merged = new List<MessageClause>();
        MessageClause? waiting = null;
        for (var i = 0; i < pieces.Count; i++)
        {
            var piece = pieces[i];
            if ((piece.Marks() & (TokenMarks.DropsClause | TokenMarks.DropsSentence)) != 0)
            {
                waiting = null;
                merged.Add(piece);
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
            var leans = LeansOnPrevious(piece, context);
            if (leans && last is not null && last.Tokens.Count + piece.Tokens.Count <= LongestClauseWords)
            {
                merged[^1] = last.Join(piece);
            }
            else if (next is not null && ((Opening.Contains(piece.Tokens[0].Form) && !HasMainVerb(piece.Tokens, context)) || (leans && !HasVerb(piece, context))) && piece.Connector is null && !piece.IsQuestion)
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

    // "cuando llegué me dijeron …" is whole; "cuando llegué" waits for the rest.
    private bool HasMainVerb(IReadOnlyList<MessageToken> tokens, RetellingContext context) =>
        _syntax.Analyse(tokens, context).Count(a => a.Role == SpanishRole.Finite) >= (tokens[0].Form == "al" ? 1 : 2);

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
            return false;
        }

        if (first == "que" && IsWish(clause, context))
        {
            return false;
        }

        if (Dependent.Contains(first) || (first is "lo" or "el" or "la" or "los" or "las" or "para" or "ya" && clause.Tokens.Count > 1 && clause.Tokens[1].Form is "que" or "cual"))
        {
            return true;
        }

        var analyses = _syntax.Analyse(clause.Tokens, context);
        var verb = Array.FindIndex(analyses, a => a.Role is SpanishRole.Finite or SpanishRole.Command or SpanishRole.Unsure);
        if (verb < 0)
        {
            return true;
        }

        // "quiero que me expliquen … y me devuelvan": the second wish leans on the first.
        return clause.Connector is not null && analyses[verb].Reading is { Tense: SpanishTense.SubjunctivePresent or SpanishTense.SubjunctiveRa } && clause.Tokens[0].Form != "que"
            && SpanishSyntax.GroupStart(clause.Tokens, verb) == 0;
    }

    // One clause being said back.
    private sealed class Telling(SpanishRetelling owner, IReadOnlyList<MessageToken> tokens, bool isQuestion, RetellingContext context)
    {
        private readonly List<string> _words = [];
        private readonly SpanishAnalysis[] _analyses = owner._syntax.Analyse(tokens, context);
        private bool _pendingComma;
        private Doer? _first;
        private Doer _last = Doer.Other;
        private bool _lastWasThird;
        private bool _firstIsThirdSingular;
        private bool _customerGoverned;
        private bool _wantOpen;
        private bool _isWant;
        private bool _namesCustomer;
        private int _subjectAt = -1;
        private bool _unsure;
        private bool _isFragment;

        private string Want(bool plural = false) => plural ? "quieren" : context.Address switch
        {
            AddressForm.Usted => "quiere",
            AddressForm.Tu => "quieres",
            AddressForm.Vos => "querés",
            _ => throw new InvalidOperationException("The form of address is unknown."),
        };

        private string You => context.Address switch
        {
            AddressForm.Usted => "usted",
            AddressForm.Tu => "tú",
            AddressForm.Vos => "vos",
            _ => throw new InvalidOperationException("The form of address is unknown."),
        };

        private bool IsUsted => context.Address == AddressForm.Usted;

        public Retold? Tell()
        {
            var from = 0;
            if (isQuestion)
            {
                from = TellQuestionStart();
            }
            else if (TryCommand(out var next))
            {
                from = next;
            }
            else if (tokens[0].Lower == "que")
            {
                return null; // A wish that could not be read, or the rest of something left out.
            }
            else
            {
                TellFragmentStart();
            }

            for (var i = from; i < tokens.Count && !_unsure;)
            {
                i = Step(i);
            }

            if (_unsure || _words.Count == 0)
            {
                return null;
            }

            var text = string.Join(' ', _words).Replace(" ,", ",", StringComparison.Ordinal);
            string? withSubject = null;
            if (_subjectAt >= 0 && IsUsted && !_namesCustomer)
            {
                var named = new List<string>(_words);
                named.Insert(_subjectAt, "usted");
                withSubject = string.Join(' ', named).Replace(" ,", ",", StringComparison.Ordinal);
            }

            return new Retold(text, _first is Doer.Customer or Doer.Customers or Doer.Company || _isWant, _firstIsThirdSingular, _isWant, withSubject, _isFragment);
        }

        private void Say(string word, int at)
        {
            if (word.Length == 0)
            {
                return;
            }

            if (at > 0 && _words.Count > 0 && (tokens[at].Break == TokenBreak.Comma || _pendingComma))
            {
                _words[^1] += ",";
            }

            _pendingComma = false;
            _words.Add(word);
        }

        private void StartWith(params ReadOnlySpan<string> words)
        {
            foreach (var word in words)
            {
                _words.Add(word);
            }
        }

        // "¿Cuándo llega mi pedido?" is said back as what the customer wants to know; "¿me pueden devolver …?" as what they want.
        private int TellQuestionStart()
        {
            var i = 0;
            while (i < tokens.Count && SpanishSyntax.IsPreposition(tokens[i].Form) && i < 2)
            {
                i++;
            }

            if (i < tokens.Count && QuestionWords.Contains(tokens[i].Form) && !(tokens[i].Form == "que" && i == 0 && tokens.Count > 1 && _analyses[1].Reading?.Tense is SpanishTense.SubjunctivePresent))
            {
                // "¿cómo le dan un chip a cualquiera?" asks nothing; "¿cómo puedo …?", "¿cómo se cambia …?" do.
                var how = tokens[i].Form == "como" && !(i + 1 < tokens.Count && (tokens[i + 1].Form is "se" or "va" or "esta" || _analyses[i + 1].Reading?.Person is SpanishPerson.Yo or SpanishPerson.Nosotros));
                if (how || (context.IsHeated && tokens[i].Form is "que" or "quien" or "cual" or "quienes" && i == 0) || (tokens[i].Form == "que" && tokens.Count > i + 1 && tokens[i + 1].Form is "no" or "me" or "les" or "te"))
                {
                    _unsure = true;
                    return 0;
                }

                _isWant = true;
                _first = Doer.Customer;
                StartWith(Want(), "saber");
                for (var k = 0; k < i; k++)
                {
                    _words.Add(tokens[k].Lower);
                }

                _words.Add(QuestionSpelling[tokens[i].Form]);
                return i + 1;
            }

            var verb = 0;
            while (verb < tokens.Count && (SpanishSyntax.Clitics.Contains(tokens[verb].Form) || tokens[verb].Form is "no" or "ustedes" or "usted" or "uds"))
            {
                verb++;
            }

            if (verb + 1 < tokens.Count && _analyses[verb] is { Role: SpanishRole.Finite, Reading: { Verb.Infinitive: "poder" or "querer" or "deber" } modal }
                && modal.Tense is SpanishTense.Present or SpanishTense.Conditional && modal.Person is not (SpanishPerson.Yo or SpanishPerson.Nosotros)
                && !tokens.Take(verb).Any(t => t.Form == "se"))
            {
                var infinitive = verb + 1;
                while (infinitive < tokens.Count && (Us.Contains(tokens[infinitive].Form) || tokens[infinitive].Form is "usted" or "vos" or "tu" or "ya"))
                {
                    infinitive++;
                }

                var named = infinitive + 2 < tokens.Count && SpanishSyntax.IsDeterminer(tokens[infinitive + 1].Form) && People.Contains(tokens[infinitive + 2].Form);
                if (!named && infinitive < tokens.Count && _analyses[infinitive] is { Role: SpanishRole.Infinitive, Reading: { } asked } found)
                {
                    var clitics = tokens.Take(verb).Where(t => SpanishSyntax.Clitics.Contains(t.Form)).Select(t => t.Form).ToList();
                    clitics.AddRange(SplitEnclitics(found.Enclitics));
                    TellRequest(asked.Verb, clitics, negated: false);
                    return infinitive + 1;
                }
            }

            // "¿me dan el número?", "¿nos devolvéis la fianza?"
            if (verb < tokens.Count && verb > 0 && tokens[verb - 1].Form is "me" or "nos" && _analyses[verb] is { Role: SpanishRole.Finite, Reading: { Tense: SpanishTense.Present } asks }
                && asks.Person is not (SpanishPerson.Yo or SpanishPerson.Nosotros) && owner._syntax.IsRequestVerb(asks.Verb) && !tokens.Take(verb).Any(t => t.Form is "no"))
            {
                TellRequest(asks.Verb, [.. tokens.Take(verb).Where(t => SpanishSyntax.Clitics.Contains(t.Form)).Select(t => t.Form)], negated: false);
                return verb + 1;
            }

            var plain = verb < tokens.Count && _analyses[verb] is { Role: SpanishRole.Finite, Reading: { } question }
                && (question.Person is SpanishPerson.Yo or SpanishPerson.Nosotros || owner._askingVerbs.Contains(MessageReading.FormOf(question.Verb.Infinitive)));
            if (!(plain || (verb < tokens.Count && tokens[verb].Form is "hay" or "es" && tokens.Count > 2)) || context.IsHeated)
            {
                _unsure = true;
                return 0;
            }

            _isWant = true;
            _first = Doer.Customer;
            StartWith(Want(), "saber", "si");
            return 0;
        }

        // Commands at the company: "devuélvanme el dinero", "no me cobren más", "cancelen mi cuenta".
        private bool TryCommand(out int next)
        {
            next = 0;
            var that = tokens[0].Form == "que" ? 1 : 0;
            var verb = that;
            while (verb < tokens.Count - 1 && (SpanishSyntax.Clitics.Contains(tokens[verb].Form) || tokens[verb].Form is "no" or "ya") && tokens[verb + 1].Break == TokenBreak.None)
            {
                verb++;
            }

            if (verb >= tokens.Count)
            {
                return false;
            }

            var analysis = _analyses[verb];
            var negated = tokens.Take(verb).Any(t => t.Form == "no");
            var clitics = tokens.Take(verb).Where(t => SpanishSyntax.Clitics.Contains(t.Form)).Select(t => t.Form).ToList();
            if (analysis.Role == SpanishRole.Command && clitics.Count == 0)
            {
                clitics = SplitEnclitics(analysis.Enclitics);
                TellRequest(analysis.Reading!.Verb, clitics, negated);
                next = verb + 1;
                return true;
            }

            if (analysis is not { Role: SpanishRole.Finite, Reading: { } reading })
            {
                return false;
            }

            var wish = reading.Tense == SpanishTense.SubjunctivePresent
                && (reading.Person == SpanishPerson.Ellos || (reading.Person is SpanishPerson.El or SpanishPerson.Tu && (that == 1 || negated || clitics.Count == 0) && (owner._syntax.IsRequestVerb(reading.Verb) || (negated && clitics.Exists(c => c is "me" or "nos")))));
            var familiar = reading is { Tense: SpanishTense.Present, Person: SpanishPerson.El } && verb == 0 && owner._syntax.IsRequestVerb(reading.Verb)
                && tokens.Count > 1 && tokens[1].Form is "mi" or "mis" or "nuestro" or "nuestra";
            // "que baje el supervisor" names who is to come; "que te caiga un rayo" is a curse.
            if (that == 1 && reading.Person == SpanishPerson.El && wish && clitics.Exists(c => c is "te" or "se" or "le" or "os"))
            {
                return false;
            }

            if (that == 1 && reading.Person == SpanishPerson.El && wish && verb + 1 < tokens.Count && SpanishSyntax.IsDeterminer(tokens[verb + 1].Form))
            {
                _isWant = true;
                _first = Doer.Customer;
                StartWith(Want(), "que");
                _wantOpen = true;
                next = 1;
                return true;
            }

            if (!wish && !familiar)
            {
                return false;
            }

            if (that == 0 && !negated && clitics.Count > 0)
            {
                return false; // "me devuelvan" alone is a piece of something longer.
            }

            TellRequest(reading.Verb, clitics, negated);
            next = verb + 1;
            return true;
        }

        private void TellRequest(SpanishVerb verb, List<string> clitics, bool negated)
        {
            if (clitics is ["se"])
            {
                _unsure = true; // "cuídense", "siéntese": nothing is asked of the company.
                return;
            }

            _isWant = true;
            _first = Doer.Customer;
            StartWith(Want(clitics.Contains("nos")), "que");
            if (negated)
            {
                _words.Add("no");
            }

            var mapped = MapClitics(clitics, Doer.Company, verb, -1);
            if (mapped is null)
            {
                _unsure = true;
                return;
            }

            _words.AddRange(mapped);
            _words.Add(verb.Form(SpanishTense.SubjunctivePresent, SpanishPerson.Nosotros));
            _last = Doer.Company;
            _wantOpen = true;
        }

        // "3 semanas sin internet" → "lleva 3 semanas sin internet"; "sin luz desde ayer" → "está sin luz desde ayer".
        private void TellFragmentStart()
        {
            // "tercera vez que me pasa" lacks its verb only.
            if (tokens.Count > 3 && tokens[0].Form is "segunda" or "tercera" or "cuarta" or "quinta" or "sexta" && tokens[1].Form == "vez" && tokens[2].Form == "que")
            {
                StartWith("es", "la");
                return;
            }

            var verbs = Enumerable.Range(0, tokens.Count).Where(k => _analyses[k].Role is SpanishRole.Finite or SpanishRole.Unsure or SpanishRole.Command).ToArray();
            if (verbs.Length > 0)
            {
                // "el mismo instructivo que te dije": a noun with its relative clause tells nothing by itself.
                _unsure = verbs.All(k => SpanishSyntax.IsDependent(tokens, k)) && !Opening.Contains(tokens[0].Form) && tokens[0].Form is not ("que" or "hace" or "a" or "ojala" or "desde" or "cada" or "siempre" or "ni")
                    && !tokens.Any(t => t.Form is "hace" or "hay");
                return;
            }

            _isFragment = true;
            var marks = tokens.Aggregate(TokenMarks.None, (all, t) => all | t.Marks);
            if ((marks & (TokenMarks.Time | TokenMarks.Frequency)) == 0 && !tokens.Any(t => t.HasDigit) && !(tokens[0].Form == "sin" && tokens.Count > 3))
            {
                _unsure = true;
                return;
            }

            if (tokens.Any(t => SpanishSyntax.Clitics.Contains(t.Form) && t.Form is "me" or "te" or "nos" or "os"))
            {
                _unsure = true;
                return;
            }

            var counts = tokens.Count > 2 && (tokens[0].HasDigit || SmallNumbers.Contains(tokens[0].Form)) && TimeNouns.Contains(tokens[1].Form);
            if (counts && (tokens[2].Form == "sin" || _analyses[2].Role == SpanishRole.Gerund))
            {
                _words.Add(context.Address switch { AddressForm.Usted => "lleva", AddressForm.Tu => "llevas", AddressForm.Vos => "llevás", _ => string.Empty });
                _first = Doer.Customer;
                _customerGoverned = true;
            }
            else if (tokens[0].Form == "sin" || (tokens[0].Form == "otra" && tokens.Count > 3 && tokens[2].Form == "sin"))
            {
                if (_analyses.Skip(1).Take(2).Any(a => a.Role == SpanishRole.Infinitive))
                {
                    _unsure = true;
                    return;
                }

                _words.Add(context.Address switch { AddressForm.Usted => "está", AddressForm.Tu => "estás", AddressForm.Vos => "estás", _ => string.Empty });
                _first = Doer.Customer;
            }
            else if (_analyses[0].Role == SpanishRole.Gerund)
            {
                _words.Add(context.Address switch { AddressForm.Usted => "está", AddressForm.Tu => "estás", AddressForm.Vos => "estás", _ => string.Empty });
                _first = Doer.Customer;
                _customerGoverned = true;
            }
            else if (_analyses[0].Role == SpanishRole.Infinitive || tokens.Count < 3)
            {
                _unsure = true;
            }
        }

        private int Step(int i)
        {
            var token = tokens[i];
            var analysis = _analyses[i];
            if ((token.Marks & TokenMarks.Quoted) != 0)
            {
                // Somebody's words stay as they were said; with a person in them it is not sure whose.
                _unsure = analysis.Role is SpanishRole.Command or SpanishRole.Unsure || analysis.Reading?.Person is not (null or SpanishPerson.El or SpanishPerson.Ellos) && analysis.Role == SpanishRole.Finite
                    || token.Form is "me" or "mi" or "te" or "tu" or "nos" or "yo" or "os" or "su" or "le";
                Say(Spelled(token, i), i);
                return i + 1;
            }

            switch (analysis.Role)
            {
                case SpanishRole.Unsure or SpanishRole.Command:
                    _unsure = true;
                    return i + 1;
                case SpanishRole.Finite:
                    TellVerb(i, []);
                    return i + 1;
                case SpanishRole.Infinitive or SpanishRole.Gerund when analysis.Enclitics.Length > 0:
                    TellEnclitics(i);
                    return i + 1;
                default:
                    break;
            }

            if (SpanishSyntax.Clitics.Contains(token.Form) && token.Lower != "té" && TryCliticRun(i, out var next))
            {
                return next;
            }

            return TellWord(i);
        }

        private bool TryCliticRun(int i, out int next)
        {
            var verb = i;
            var clitics = new List<string>();
            while (verb < tokens.Count && SpanishSyntax.Clitics.Contains(tokens[verb].Form) && (verb == i || tokens[verb].Break == TokenBreak.None) && _analyses[verb].Role == SpanishRole.Other)
            {
                clitics.Add(tokens[verb].Form);
                verb++;
            }

            next = verb;
            if (verb < tokens.Count && tokens[verb].Break == TokenBreak.None && _analyses[verb].Role == SpanishRole.Finite)
            {
                TellVerb(verb, clitics);
                next = verb + 1;
                return true;
            }

            if (clitics.TrueForAll(c => c is "lo" or "la" or "los" or "las"))
            {
                next = i;
                return false; // An article.
            }

            // A verb that the table does not hold: with a third person's ending it stays, and only the pronouns turn.
            if (verb < tokens.Count && tokens[verb].Break == TokenBreak.None && _analyses[verb].Role == SpanishRole.Other && LooksThird(tokens[verb].Lower)
                && MapClitics(clitics, Doer.Other, null, i) is { } mapped)
            {
                SayAll(mapped, i);
                Say(tokens[verb].Text, verb);
                Remember(Doer.Other, singular: !tokens[verb].Form.EndsWith('n'));
                next = verb + 1;
                return true;
            }

            _unsure = true;
            return true;
        }

        private static bool LooksThird(string word) =>
            word.Length > 3 && (word.EndsWith('ó') || word.EndsWith("aron", StringComparison.Ordinal) || word.EndsWith("ieron", StringComparison.Ordinal)
                || word.EndsWith("an", StringComparison.Ordinal) || word.EndsWith("en", StringComparison.Ordinal) || word.EndsWith('a'));

        private void SayAll(List<string> words, int at)
        {
            for (var k = 0; k < words.Count; k++)
            {
                Say(words[k], k == 0 ? at : 0);
            }
        }

        private void Remember(Doer doer, bool singular)
        {
            if (_first is null)
            {
                _first = doer;
                _firstIsThirdSingular = doer == Doer.Other && singular;
            }

            _last = doer;
            _lastWasThird = doer == Doer.Other;
            _customerGoverned = doer is Doer.Customer or Doer.Customers;
        }

        private void TellVerb(int verb, List<string> clitics)
        {
            var analysis = _analyses[verb];
            var at = verb - clitics.Count;
            var doer = DoerOf(verb, clitics);
            var mapped = MapClitics(clitics, doer, analysis.Reading?.Verb, verb);
            if (mapped is null || (doer == Doer.Company && (analysis.Reading?.Tense == SpanishTense.Future || owner._notOurs.Contains(MessageReading.FormOf(analysis.Reading!.Verb.Infinitive)))))
            {
                _unsure = true;
                return;
            }

            // "hablemos claro" invites us along: it is neither theirs nor ours.
            // A subjunctive that nothing governs is a piece of something else.
            var invites = analysis.Reading?.Tense == SpanishTense.SubjunctivePresent && _first is null && !_isWant
                && !tokens.Take(at).Any(t => t.Form is "que" or "ojala" or "cuando" or "si" or "para" or "donde" or "quien" or "mientras" or "hasta" or "como" or "quizas" or "vez");
            if (invites || (doer is Doer.Customer or Doer.Customers && Announces(verb)))
            {
                _unsure = true;
                return;
            }

            if (doer == Doer.Customer && _first is null)
            {
                _subjectAt = NegationStart();
            }

            SayAll(mapped, at);
            Say(Conjugated(analysis, doer, tokens[verb]), clitics.Count == 0 ? verb : 0);
            var infinitive = analysis.Reading is null ? null : MessageReading.FormOf(analysis.Reading.Verb.Infinitive);
            var wants = doer is Doer.Customer or Doer.Customers && infinitive is not null && WantVerbs.Contains(infinitive);
            var likes = doer == Doer.Other && infinitive == "gustar" && clitics.Count > 0;
            _isWant |= _first is null && (wants || likes);
            _wantOpen = wants || likes || (_wantOpen && doer == Doer.Company);
            Remember(doer, analysis.Reading?.Person == SpanishPerson.El || (analysis is { Reading: null, Guess: null } && !tokens[verb].Form.EndsWith('n')));
        }

        // What somebody announces is a threat, a plan or a promise; what they expect to happen to them is a fact.
        private bool Announces(int verb)
        {
            var reading = _analyses[verb].Reading;
            if (reading?.Tense == SpanishTense.Future)
            {
                return !Expected.Contains(MessageReading.FormOf(reading.Verb.Infinitive));
            }

            return reading is { Verb.Infinitive: "ir", Tense: SpanishTense.Present } && verb + 2 < tokens.Count && tokens[verb + 1].Form == "a" && _analyses[verb + 2].Role == SpanishRole.Infinitive
                && !Expected.Contains(MessageReading.FormOf(_analyses[verb + 2].Reading!.Verb.Infinitive));
        }

        // Before the "no" that was already said: "usted no puede", not "no usted puede".
        private int NegationStart()
        {
            var at = _words.Count;
            while (at > 0 && _words[at - 1] is "ni" or "no" or "ya" or "nunca" or "todavía" or "también" or "tampoco" or "siempre" or "aún")
            {
                at--;
            }

            return at;
        }

        private string Conjugated(SpanishAnalysis analysis, Doer doer, MessageToken token)
        {
            if (analysis.Reading is not { } reading)
            {
                if (analysis.Guess is not { } guess)
                {
                    return token.Lower;
                }

                return IsUsted ? guess : guess.EndsWith("ió", StringComparison.Ordinal) ? guess[..^2] + "iste" : guess[..^1] + "aste";
            }

            return doer switch
            {
                Doer.Customer => reading.Verb.Form(reading.Tense, context.Address switch
                {
                    AddressForm.Usted => SpanishPerson.El,
                    AddressForm.Tu => SpanishPerson.Tu,
                    AddressForm.Vos => SpanishPerson.Vos,
                    _ => throw new InvalidOperationException("The form of address is unknown."),
                }),
                Doer.Customers => reading.Verb.Form(reading.Tense, SpanishPerson.Ellos),
                Doer.Company => reading.Verb.Form(reading.Tense, SpanishPerson.Nosotros),
                _ => token.Lower == token.Form && MessageReading.FormOf(reading.Spelling) == token.Form ? reading.Spelling : token.Lower,
            };
        }

        private Doer DoerOf(int verb, List<string> clitics)
        {
            if (_analyses[verb].Reading is not { } reading)
            {
                return _analyses[verb].Guess is null ? Doer.Other : Doer.Customer;
            }

            switch (reading.Person)
            {
                case SpanishPerson.Yo:
                    return Doer.Customer;
                case SpanishPerson.Nosotros:
                    return Doer.Customers;
                case SpanishPerson.Tu or SpanishPerson.Vos or SpanishPerson.Vosotros:
                    return Doer.Company;
                default:
                    break;
            }

            var start = verb - clitics.Count;
            var subject = owner._syntax.HasNounSubject(tokens, SpanishSyntax.GroupStart(tokens, verb));
            var usBefore = -1;
            for (var i = 0; i < tokens.Count; i++)
            {
                var isUs = reading.Person == SpanishPerson.Ellos ? Us.Contains(tokens[i].Form) : tokens[i].Form is "usted" or "ud";
                if (isUs && (i < start || i == verb + 1) && (i == 0 || !SpanishSyntax.IsPreposition(tokens[i - 1].Form)))
                {
                    usBefore = i;
                }
            }

            if (usBefore >= 0 && !Enumerable.Range(usBefore + 1, Math.Max(0, start - usBefore - 1)).Any(k => _analyses[k].Role == SpanishRole.Finite && _analyses[k].Reading?.Person == reading.Person && tokens[k].Form != "es") && !SubjectBetween(usBefore, start))
            {
                return Doer.Company;
            }

            if (subject || reading.Person != SpanishPerson.Ellos || clitics.Contains("se") || tokens.Any(t => owner._thirdParties.Contains(t.Form)))
            {
                return Doer.Other;
            }

            if (_wantOpen && reading.Tense is SpanishTense.SubjunctivePresent or SpanishTense.SubjunctiveRa or SpanishTense.SubjunctiveSe
                && !(verb + 2 < tokens.Count && tokens[verb + 1].Form != "a" && People.Contains(tokens[verb + 2].Form)))
            {
                return Doer.Company;
            }

            var selfish = clitics.Count > 0 && clitics[0] is "me" or "nos";
            var infinitive = MessageReading.FormOf(reading.Verb.Infinitive);
            if (selfish && reading.Tense != SpanishTense.Future && !tokens.Take(start).Any(t => Us.Contains(t.Form)))
            {
                if (infinitive is "cobrar" or "facturar" || (context.AddressesUs && owner._companyVerbs.Contains(infinitive)))
                {
                    return Doer.Company;
                }

                // "me han cobrado", "me siguen cobrando", "me van a cobrar": the doer is the company by its second verb.
                if (infinitive is "haber" or "seguir" or "estar" or "volver" && SecondVerb(verb) is { } second
                    && (second is "cobrar" or "facturar" || (context.AddressesUs && owner._companyVerbs.Contains(second))))
                {
                    return Doer.Company;
                }
            }

            return Doer.Other;
        }

        private bool SubjectBetween(int from, int to)
        {
            for (var i = from + 1; i < to; i++)
            {
                if (tokens[i].Form is "que" or "porque" or "si" or "cuando")
                {
                    return owner._syntax.HasNounSubject(tokens, to);
                }
            }

            return false;
        }

        private string? SecondVerb(int verb)
        {
            for (var i = verb + 1; i < tokens.Count && i <= verb + 2; i++)
            {
                var readings = owner._syntax.Verbs.Readings(tokens[i].Lower, tokens[i].Form, context.AccentsReliable);
                var bare = readings.FirstOrDefault(r => r.Tense is SpanishTense.Participle or SpanishTense.Gerund or SpanishTense.Infinitive);
                if (bare is not null)
                {
                    return MessageReading.FormOf(bare.Verb.Infinitive);
                }
            }

            return null;
        }

        /// <summary>The pronouns before a verb, from the agent's side; nothing when it cannot be told whom they mean.</summary>
        private List<string>? MapClitics(List<string> clitics, Doer doer, SpanishVerb? verb, int at)
        {
            var mapped = new List<string>(clitics.Count);
            for (var k = 0; k < clitics.Count; k++)
            {
                var beforeDirect = k + 1 < clitics.Count && clitics[k + 1] is "lo" or "la" or "los" or "las";
                var afterSe = k > 0 && clitics[k - 1] == "se";
                string? word;
                switch (clitics[k])
                {
                    case "me":
                        word = !IsUsted ? "te" : afterSe ? "le" : doer == Doer.Customer || beforeDirect ? "se" : "le";
                        break;
                    case "nos":
                        word = afterSe ? "les" : doer == Doer.Customers || beforeDirect ? "se" : "les";
                        break;
                    case "te" or "os":
                        word = doer is Doer.Customer or Doer.Customers ? "nos" : null;
                        break;
                    case "les" when doer is Doer.Customer or Doer.Customers && at >= 0 && IsTelling(verb, at) && !NamesRecipient(at):
                        word = "nos";
                        break;
                    case "los" when k == 0 && doer is Doer.Customer or Doer.Customers && verb?.Infinitive is "llamar" or "contactar" && context.AddressesUs:
                        word = "nos";
                        break;
                    default:
                        word = clitics[k];
                        break;
                }

                if (word is null)
                {
                    return null;
                }

                mapped.Add(word);
            }

            return mapped;
        }

        private bool IsTelling(SpanishVerb? verb, int at)
        {
            var infinitive = verb is null ? null : MessageReading.FormOf(verb.Infinitive);
            infinitive = infinitive is "haber" or "estar" or "llevar" or "volver" or "ir" or "tener" ? SecondVerb(at) : infinitive;
            return infinitive is not null && owner._tellingVerbs.Contains(infinitive);
        }

        // "les dije a los técnicos" speaks of technicians.
        private bool NamesRecipient(int at)
        {
            for (var i = at + 1; i + 1 < tokens.Count; i++)
            {
                if (tokens[i].Form is "a" && (SpanishSyntax.IsDeterminer(tokens[i + 1].Form) || tokens[i + 1].IsCapitalised) || tokens[i].Form == "al")
                {
                    return !Us.Contains(tokens[i + 1].Form);
                }
            }

            return false;
        }

        private static List<string> SplitEnclitics(string enclitics)
        {
            var list = new List<string>();
            var rest = enclitics;
            while (rest.Length > 0)
            {
                var next = rest.StartsWith("nos", StringComparison.Ordinal) || rest.StartsWith("les", StringComparison.Ordinal) || rest.StartsWith("los", StringComparison.Ordinal) || rest.StartsWith("las", StringComparison.Ordinal) ? rest[..3] : rest[..2];
                list.Add(next);
                rest = rest[next.Length..];
            }

            return list;
        }

        private void TellEnclitics(int i)
        {
            var analysis = _analyses[i];
            var clitics = SplitEnclitics(analysis.Enclitics);
            var infinitive = MessageReading.FormOf(analysis.Reading!.Verb.Infinitive);
            var governed = _customerGoverned && (analysis.Role == SpanishRole.Gerund ? i > 0 && _analyses[i - 1].Role == SpanishRole.Finite : !(i > 0 && tokens[i - 1].Form == "para"));
            var own = governed || owner._pronominalVerbs.Contains(infinitive) && !(_last is Doer.Company);
            var plural = clitics.Contains("nos");
            var doer = own ? (plural ? Doer.Customers : Doer.Customer) : Doer.Other;
            if (own && clitics.Count == 1 && clitics[0] == "les" && owner._tellingVerbs.Contains(infinitive) && !NamesRecipient(i))
            {
                clitics[0] = "os"; // "pedirles" to the company, like "pediros".
            }

            var mapped = MapClitics(clitics, doer, analysis.Reading.Verb, -1);
            if (mapped is null)
            {
                _unsure = true;
                return;
            }

            var written = tokens[i].Lower;
            Say(string.Concat(written.AsSpan(0, written.Length - analysis.Enclitics.Length), string.Concat(mapped)), i);
        }

        private int TellWord(int i)
        {
            var token = tokens[i];
            if (token.Form is "o" && i + 1 < tokens.Count && Enumerable.Range(i + 1, Math.Min(4, tokens.Count - i - 1)).Any(k => _analyses[k].Reading?.Person is SpanishPerson.Yo or SpanishPerson.Nosotros && _analyses[k].Role == SpanishRole.Finite))
            {
                _unsure = true; // "… o pongo una reseña": a condition, not a fact.
                return i + 1;
            }

            var previous = i > 0 && token.Break == TokenBreak.None ? tokens[i - 1].Form : null;
            var next = i + 1 < tokens.Count && tokens[i + 1].Break == TokenBreak.None ? tokens[i + 1] : null;
            var nextIsVerb = next is not null && (_analyses[i + 1].Role == SpanishRole.Finite || next.Form is "no" or "me" or "nos" or "te" or "se" or "le" or "les" or "ya" or "nunca");
            switch (token.Form)
            {
                case "yo":
                    _namesCustomer = true;
                    Say(You, i);
                    return i + 1;
                case "mi" when token.Lower == "mí" || next is null || (previous is not null && SpanishSyntax.IsPreposition(previous) && (nextIsVerb || next.Form is "lo" or "eso" or "esto" or "que" or "y" or "tambien" or "tampoco" or "solo" or "nadie")):
                    Say(context.Address == AddressForm.Tu ? "ti" : You, i);
                    _namesCustomer |= previous == "a" && nextIsVerb;
                    return i + 1;
                case "mi":
                    Say(IsUsted ? "su" : "tu", i);
                    return i + 1;
                case "mis":
                    Say(IsUsted ? "sus" : "tus", i);
                    return i + 1;
                case "mio" or "mia" or "mios" or "mias":
                    Say((IsUsted ? "suy" : "tuy") + token.Form[2..], i);
                    return i + 1;
                case "conmigo":
                    Say(context.Address switch { AddressForm.Usted => "con usted", AddressForm.Tu => "contigo", _ => "con vos" }, i);
                    return i + 1;
                case "nosotros" or "nosotras":
                    _namesCustomer = true;
                    Say("ustedes", i);
                    return i + 1;
                case "nuestro" or "nuestra" or "nuestros" or "nuestras":
                    var standsAlone = next is null || previous is "el" or "la" or "los" or "las" or "lo";
                    Say(standsAlone ? "suy" + token.Form[6..] : token.Form[^1] == 's' ? "sus" : "su", i);
                    return i + 1;
                case "vuestro" or "vuestra" or "vuestros" or "vuestras":
                    Say("n" + token.Form[1..], i);
                    return i + 1;
                case "tu" when token.Lower == "tú" || next is null || nextIsVerb:
                    return i + 1;
                case "tu" or "tus" when owner._privateNouns.Contains(Singular(next!.Form)):
                    _unsure = true;
                    return i + 1;
                case "tu" or "tus":
                    Say(Our(next!.Form, plural: token.Form == "tus"), i);
                    return i + 1;
                case "su" or "sus" when next is not null && IsCompanyNoun(next.Form):
                    Say(Our(next.Form, plural: token.Form == "sus"), i);
                    return i + 1;
                case "contigo":
                    Say("con nosotros", i);
                    return i + 1;
                case "usted" or "ud" or "vos" or "ti" or "ustedes" or "uds" or "ustds" or "vds" or "vosotros" or "vosotras":
                    if (previous == "a" && next?.Form is "les" or "os" or "te" or "le")
                    {
                        _unsure = true;
                    }
                    else if (previous is "ni" or "y" or "o" or "como" or "que" && !nextIsVerb)
                    {
                        Say("nosotros", i);
                    }
                    else if (previous is not null && SpanishSyntax.IsPreposition(previous))
                    {
                        TellOurs(i, previous);
                    }

                    return i + 1;
                default:
                    Say(Spelled(token, i), i);
                    return i + 1;
            }
        }

        // "la farmacia de ustedes" → "nuestra farmacia".
        private void TellOurs(int i, string previous)
        {
            var count = _words.Count;
            if (previous == "de" && count >= 3 && _words[^1] == "de" && _words[^3] is "el" or "la" or "los" or "las" && tokens[i].Form != "ti")
            {
                _words[^3] = _words[^3] switch { "el" => "nuestro", "la" => "nuestra", "los" => "nuestros", _ => "nuestras" };
                _words.RemoveAt(count - 1);
                return;
            }

            Say("nosotros", i);
        }

        private bool IsCompanyNoun(string form) => owner._companyNouns.Contains(Singular(form)) || owner._companyNounsFeminine.Contains(Singular(form))
            || owner._companyNouns.Contains(form) || owner._companyNounsFeminine.Contains(form);

        private static string Singular(string form) => form.Length > 3 && form[^1] == 's' ? (form.EndsWith("es", StringComparison.Ordinal) && form[^3] is 'r' or 'n' or 'd' or 'l' ? form[..^2] : form[..^1]) : form;

        private string Our(string noun, bool plural)
        {
            var singular = Singular(noun);
            var feminine = owner._companyNounsFeminine.Contains(singular) || owner._companyNounsFeminine.Contains(noun)
                || (!owner._companyNouns.Contains(singular) && (singular[^1] == 'a' || singular.EndsWith("ion", StringComparison.Ordinal) || singular.EndsWith("dad", StringComparison.Ordinal)));
            return "nuestr" + (feminine ? "a" : "o") + (plural ? "s" : string.Empty);
        }

        private string Spelled(MessageToken token, int i)
        {
            if (token.HasDigit)
            {
                return token.Text;
            }

            var isStart = i == 0 || tokens[i].Sentence != tokens[i - 1].Sentence || tokens[i].Start < tokens[i - 1].Start;
            var text = token.IsCapitalised && isStart && !IsName(token, i) ? char.ToLowerInvariant(token.Text[0]) + token.Text[1..] : token.Text;
            if (token.Lower != token.Form || token.IsCapitalised && text == token.Text)
            {
                return text;
            }

            if (owner._spelling.TryGetValue(token.Form, out var spelled))
            {
                return spelled;
            }

            return token.Form.Length > 5 && (token.Form.EndsWith("cion", StringComparison.Ordinal) || token.Form.EndsWith("sion", StringComparison.Ordinal)) ? text[..^2] + "ón" : text;
        }

        // At the start of a sentence a word without an article that a verb follows is a name: "Correos dice …".
        private bool IsName(MessageToken token, int i)
        {
            if (token.Text.Length > 1 && token.Text.Skip(1).Any(char.IsUpper))
            {
                return true;
            }

            if (token.Form.Length < 3 || token.Form.EndsWith("cion", StringComparison.Ordinal) || token.Form.EndsWith("mente", StringComparison.Ordinal) || owner._syntax.IsCommonWord(token.Form) || owner._spelling.ContainsKey(token.Form) || SpanishSyntax.IsDeterminer(token.Form) || SpanishSyntax.IsPreposition(token.Form) || _analyses[i].Reading is not null || Subordinators.Contains(token.Form))
            {
                return false;
            }

            return i + 1 < tokens.Count && (_analyses[i + 1].Role == SpanishRole.Finite || tokens[i + 1].Form is "me" or "no" or "nos" or "ya" or "se" or "todavia")
                && token.Form is not ("nadie" or "ya" or "todavia" or "aun" or "nunca" or "siempre" or "hoy" or "ayer" or "anoche" or "ahora" or "tambien" or "tampoco" or "encima" or "ademas" or "luego" or "aqui" or "aca" or "alguien" or "ninguno" or "todo" or "nada" or "solo" or "mañana" or "manana" or "despues" or "antes" or "quien" or "internet" or "entonces" or "asi" or "jamas");
        }
    }
}

/// <summary>Reads the marks of a whole clause.</summary>
internal static class MessageClauseMarks
{
    public static TokenMarks Marks(this MessageClause clause)
    {
        var marks = TokenMarks.None;
        foreach (var token in clause.Tokens)
        {
            marks |= token.Marks;
        }

        return marks;
    }
}
