namespace DeEscalationBot.Core.Coaching.Paraphrasing;

/// <summary>Turns English clauses from the customer's side to the agent's: I becomes you, the company's you becomes we. Immutable once built.</summary>
internal sealed class EnglishRetelling : IRetelling
{
    private const int LongestClauseWords = 28;

    private static readonly HashSet<string> Opening = Set("when if while whenever once unless until because since as although though after before");
    private static readonly HashSet<string> Stripped = Set("and but so because also plus then though although now or yet however");
    private static readonly HashSet<string> Auxiliaries = Set(
        "am is are was were be been do does did have has had will would can could should must might may shall ve ll wont wouldnt cant cannot couldnt shouldnt dont doesnt didnt isnt arent wasnt werent havent hasnt hadnt mustnt");
    private static readonly HashSet<string> Adverbs = Set("never still just already also always even only ever really actually finally now then keep all both both clearly apparently simply again repeatedly constantly recently originally suddenly specifically");
    private static readonly HashSet<string> PeopleOfCompany = Set("guys people lot folks all");
    private static readonly HashSet<string> Prepositions = Set("to for with from at of by about against on in without into through like than between behind near");
    private static readonly HashSet<string> Determiners = Set("the a an my your our their his her its this that these those every each any some no another all both one");
    private static readonly HashSet<string> Subordinators = Set(
        "that if when because since while after before until as than what which who where how why whether though although once think said say says know knows believe hope sure guess wish mean means so and but or unless whenever thought assume swore swear hoped promised confirmed claimed assured noticed realised realized found saw see shows show explained wish reckon felt feel like everything all anything something nothing someone anyone everyone thing time times way day reason first second third last to not i we you they he she it is was are were do did does have has had can could will would should may might must told asked be been only never even just still also always already");
    // Verbs whose "I" people leave out: "think I'll wait", "need a refund".
    private static readonly HashSet<string> ElidedStates = Set("think guess hope reckon wish suppose appreciate need want");
    // "Don't have one", "don't need it": the missing subject is the customer, not the company.
    private static readonly HashSet<string> OwnDoings = Set("have need want know think understand like see get use live work remember believe mean feel own hear find expect speak read recognise drive agree be do go say");

    // Verbs whose missing subject may be a thing: "took a month", "broke again".
    private static readonly HashSet<string> Impersonal = Set("took came broke arrived died failed stopped crashed worked happened cost went turned said started kept made fell showed looked seemed appeared fixed sorted");
    private static readonly HashSet<string> RelativeOpeners = Set("the a an every each any all only which your their");
    private static readonly HashSet<string> SubjectPronouns = Set("i im ive id ill we weve were wed well nobody noone it its they theyre theyve this theres there he she hes shes");
    private static readonly HashSet<string> QuestionWords = Set("what when where why who whom which how");
    private static readonly HashSet<string> SmallNumbers = Set("a an one two three four five six seven eight nine ten eleven twelve fifteen twenty thirty several many few");
    private static readonly HashSet<string> TimeNouns = Set("minute minutes min mins hour hours hr hrs day days week weeks month months year years");

    private readonly Dictionary<string, (string Base, string Past, string Participle)> _verbs = new(StringComparer.Ordinal);
    private readonly HashSet<string> _pasts = new(StringComparer.Ordinal);
    private readonly HashSet<string> _bases = new(StringComparer.Ordinal);
    private readonly HashSet<string> _participles = new(StringComparer.Ordinal);
    private readonly HashSet<string> _requestVerbs;
    private readonly HashSet<string> _companyVerbs;
    private readonly HashSet<string> _notOurs;
    private readonly HashSet<string> _privateNouns;
    private readonly Dictionary<string, string> _capitals = new(StringComparer.Ordinal);

    public EnglishRetelling(EnglishGrammar grammar)
    {
        foreach (var entry in Words(grammar.Verbs))
        {
            var parts = entry.Split('/');
            var (past, participle) = parts.Length switch
            {
                1 => (Regular(parts[0]), Regular(parts[0])),
                2 => (parts[1], parts[1]),
                3 => (parts[1], parts[2]),
                _ => throw new FormatException($"The verb '{entry}' has more than three forms."),
            };
            _verbs[parts[0]] = (parts[0], past, participle);
            _bases.Add(parts[0]);
            _pasts.Add(past);
            _participles.Add(participle);
        }

        _requestVerbs = Set(grammar.RequestVerbs);
        _privateNouns = Set(grammar.PrivateNouns);
        _notOurs = Forms(grammar.NotOurs);
        _companyVerbs = Forms(grammar.CompanyVerbs);

        foreach (var word in Words(grammar.Capitals))
        {
            _capitals[word.ToLowerInvariant()] = word;
        }
    }

    public bool AddressesUs(IReadOnlyList<MessageToken> tokens) => tokens.Any(t => t.Form is "you" or "your" or "youre" or "youve" or "yours");

    public string JoinFacts(IReadOnlyList<string> facts) => facts.Count switch
    {
        1 => facts[0],
        2 => facts[0].Contains(" and ", StringComparison.Ordinal) || facts[0].Contains(',', StringComparison.Ordinal) ? $"{facts[0]}, and {facts[1]}" : $"{facts[0]} and {facts[1]}",
        _ => $"{string.Join(", ", facts.Take(facts.Count - 1))}, and {facts[^1]}",
    };

    public bool TellsPast(IReadOnlyList<MessageToken> tokens) => false;

    public bool SetsAccents(IReadOnlyList<MessageToken> tokens) => true;

    public IReadOnlyList<MessageClause> Split(IReadOnlyList<MessageToken> tokens, RetellingContext context) => Merge(Cut(tokens));

    public Retold? Retell(MessageClause clause, RetellingContext context)
    {
        var tokens = clause.Tokens;
        while (tokens.Count > 1 && Stripped.Contains(tokens[0].Form) && !(tokens[0].Form == "so" && tokens[1].Form is "far" or "many" or "much"))
        {
            tokens = [.. tokens.Skip(1)];
        }

        if (tokens.Count > LongestClauseWords || tokens.Count == 0 || tokens[0].Form is "or" or "either"
            || (Opening.Contains(tokens[0].Form) && !clause.IsQuestion && !tokens.Skip(1).Any(t => t.Break == TokenBreak.Comma)))
        {
            return null;
        }

        return new Telling(this, tokens, AsksHere(clause, tokens), clause.Inherited, context).Tell();
    }

    // With one mark at its end a sentence may tell first and ask last; "what do I do" asks without any.
    private static bool AsksHere(MessageClause clause, IReadOnlyList<MessageToken> tokens)
    {
        var first = tokens[0].Form;
        var inverted = tokens.Count > 2 && QuestionWords.Contains(first) && (Auxiliaries.Contains(tokens[1].Form) || (tokens.Count > 3 && first is "what" or "how" or "which" && (Auxiliaries.Contains(tokens[2].Form) || Auxiliaries.Contains(tokens[3].Form)) && !Auxiliaries.Contains(tokens[1].Form) && !SubjectPronouns.Contains(tokens[1].Form)));
        return inverted || first is "whats" or "wheres" or "hows" or "whos" or "whens"
            || (clause.IsQuestion && (QuestionWords.Contains(first) || Auxiliaries.Contains(first)))
            || (first is "could" or "can" or "would" or "may" && tokens.Count > 2 && tokens[1].Form is "you" or "someone" or "somebody" or "anyone" or "i" or "we" or "u");
    }

    private static HashSet<string> Set(string words) => new(Words(words), StringComparer.Ordinal);

    private static string[] Words(string words) => words.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries);

    private static string Regular(string verb) =>
        verb[^1] == 'e' ? verb + "d"
        : verb[^1] == 'y' && verb[^2] is not ('a' or 'e' or 'o' or 'u') ? verb[..^1] + "ied"
        : verb + "ed";

    private static string Gerund(string verb) => verb[^1] == 'e' && !verb.EndsWith("ee", StringComparison.Ordinal) ? verb[..^1] + "ing" : verb + "ing";

    private HashSet<string> Forms(string list)
    {
        var forms = new HashSet<string>(StringComparer.Ordinal);
        foreach (var verb in Words(list))
        {
            forms.Add(verb);
            forms.Add(Gerund(verb));
            if (_verbs.TryGetValue(verb, out var known))
            {
                forms.Add(known.Past);
                forms.Add(known.Participle);
            }
        }

        return forms;
    }

    private bool IsVerb(string form) => _bases.Contains(form) || IsPast(form) || Auxiliaries.Contains(form)
        || (form.Length > 3 && form.EndsWith('s') && _bases.Contains(form[..^1])) || (form.EndsWith("es", StringComparison.Ordinal) && _bases.Contains(form[..^2]));

    private bool IsPast(string form) => _pasts.Contains(form) || (form.Length > 4 && form.EndsWith("ed", StringComparison.Ordinal) && form is not ("need" or "speed" or "indeed" or "exceed" or "hundred" or "proceed" or "succeed"));

    private static bool IsFinite(string form, Func<string, bool> verb) =>
        Auxiliaries.Contains(form) || verb(form) || form is "im" or "ive" or "youre" or "youve" or "its" or "theyre" or "theyve" or "theres" or "weve" or "hes" or "shes" or "id" or "ill";

    private bool HasVerb(IReadOnlyList<MessageToken> tokens) => tokens.Any(t => IsFinite(t.Form, IsVerb));

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

            if (token.Form is "but" or "though" or "although" or "however" || (token.Form == "even" && i + 1 < tokens.Count && tokens[i + 1].Form is "though"))
            {
                Close();
                currentBreak = currentBreak == TokenBreak.None ? TokenBreak.Comma : currentBreak;
                continue;
            }

            var follows = i + 1 < tokens.Count && tokens[i + 1].Break == TokenBreak.None;
            if (token.Form is "and" or "so" or "plus" && follows && (current.Count == 0 || (HasVerb(current) && StartsClause(tokens, i + 1))) && !(token.Form == "so" && current.Count > 0 && tokens[i + 1].Form is "that" or "many" or "much" or "far"))
            {
                if (current.Count > 0)
                {
                    Close();
                    currentBreak = TokenBreak.None;
                }

                connector = clauses.Count > 0 && token.Form == "and" ? "and" : null;
                continue;
            }

            if (current.Count >= 3 && token.Break == TokenBreak.None && HasVerb(current) && StartsUnmarked(tokens, i))
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
        foreach (var token in clause)
        {
            switch (token.Form)
            {
                case "i" or "we" or "im" or "ive" or "weve" or "id" or "ill":
                    return ClauseSubject.Customer;
                case "you" or "youre" or "youve" or "u":
                    return ClauseSubject.Company;
                default:
                    if (IsFinite(token.Form, IsVerb))
                    {
                        return clause[0] == token ? before : ClauseSubject.Other;
                    }

                    break;
            }
        }

        return before;
    }

    // "and" begins a clause when a subject of its own follows: a pronoun, or a noun and its verb.
    private bool StartsClause(IReadOnlyList<MessageToken> tokens, int from)
    {
        if (SubjectPronouns.Contains(tokens[from].Form) || tokens[from].Form is "you" or "youre" or "youve" or "please" || (tokens[from].Form is "no" or "now" or "still" or "then" && from + 1 < tokens.Count && (tokens[from + 1].Form is "one" || SubjectPronouns.Contains(tokens[from + 1].Form) || tokens[from + 1].Form is "you")))
        {
            return true;
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

            if (Auxiliaries.Contains(tokens[i].Form) || (i > from + 1 && IsVerb(tokens[i].Form)) || IsPast(tokens[i].Form))
            {
                return true;
            }
        }

        return false;
    }

    private static bool PluralOrMass(string form) => form is "support" or "billing" or "everyone" or "everybody" or "someone" or "nothing" or "everything" or "today" or "yesterday";

    // Messages without marks: "i bought a phone on march 3 | it hasnt arrived | i want my money".
    private static bool StartsUnmarked(IReadOnlyList<MessageToken> tokens, int i)
    {
        var form = tokens[i].Form;
        var previous = tokens[i - 1].Form;
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

        if (form is "this" or "it" or "its" or "well" or "were" or "there" or "he" or "she")
        {
            // Objects as often as subjects: only with a verb behind them.
            return form is not ("this" or "well" or "were") && i + 1 < tokens.Count && tokens[i + 1].Break == TokenBreak.None && Auxiliaries.Contains(tokens[i + 1].Form) && !(form is "it" && previous is "make" or "let");
        }

        // "the order I placed", "every email I send": a relative clause, not a new sentence.
        var relative = form is "i" or "we" or "ive" or "weve" or "id"
            && ((i >= 2 && RelativeOpeners.Contains(tokens[i - 2].Form)) || (i >= 3 && RelativeOpeners.Contains(tokens[i - 3].Form) && !tokens[i - 1].HasDigit && tokens[i - 2].Break == TokenBreak.None && tokens[i - 1].Break == TokenBreak.None));
        return !relative;
    }

    private List<MessageClause> Merge(List<MessageClause> pieces)
    {
        const TokenMarks Gone = TokenMarks.DropsClause | TokenMarks.DropsSentence;
        var merged = new List<MessageClause>();
        MessageClause? waiting = null;
        for (var i = 0; i < pieces.Count; i++)
        {
            var piece = pieces[i];
            if ((piece.Marks() & Gone) != 0)
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

            var last = merged.Count > 0 && merged[^1].Sentence == piece.Sentence && piece.Break != TokenBreak.Sentence && (merged[^1].Marks() & Gone) == 0 ? merged[^1] : null;
            var next = i + 1 < pieces.Count && pieces[i + 1].Sentence == piece.Sentence && pieces[i + 1].Break != TokenBreak.Sentence ? pieces[i + 1] : null;
            var first = piece.Tokens[0].Form;
            var leans = !piece.IsQuestion && (!HasVerb(piece.Tokens) || first is "which" or "who" or "that" or "because" or "since" or "where" or "as" or "except" or "which's");
            var opens = Opening.Contains(first) && !piece.IsQuestion && i == FirstOfSentence(pieces, i);
            if (opens && next is not null)
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

    private static int FirstOfSentence(List<MessageClause> pieces, int i)
    {
        while (i > 0 && pieces[i - 1].Sentence == pieces[i].Sentence && pieces[i].Break != TokenBreak.Sentence)
        {
            i--;
        }

        return i;
    }

    // One clause being said back.
    private sealed class Telling(EnglishRetelling owner, IReadOnlyList<MessageToken> tokens, bool isQuestion, ClauseSubject inherited, RetellingContext context)
    {
        private readonly bool _isFragment = !owner.HasVerb(tokens);
        private readonly List<string> _words = [];
        private bool _customerIsSubject;
        private bool _companyIsSubject;
        private bool _speaksOfCustomer;
        private bool _isWant;
        private bool _unsure;

        public Retold? Tell()
        {
            var from = isQuestion ? TellQuestion() : TellStart();
            for (var i = from; i < tokens.Count && !_unsure;)
            {
                i = Step(i);
            }

            if (_unsure || _words.Count == 0)
            {
                return null;
            }

            return new Retold(string.Join(' ', _words), _speaksOfCustomer || _isWant, EndsInThirdPerson: false, _isWant, IsFragment: _isFragment);
        }

        private string? Form(int i) => i >= 0 && i < tokens.Count ? tokens[i].Form : null;

        private void Say(string word, int at)
        {
            if (at > 0 && _words.Count > 0 && tokens[at].Break == TokenBreak.Comma)
            {
                _words[^1] += ",";
            }

            _words.Add(word);
        }

        private void Start(string words)
        {
            _words.AddRange(words.Split(' '));
            _speaksOfCustomer = true;
        }

        private int TellStart()
        {
            var first = tokens[0].Form;
            var second = Form(1);

            // Commands: "refund me", "don't charge me again", "stop calling".
            if (owner._requestVerbs.Contains(first) && !IsNounHere(0))
            {
                _isWant = true;
                Start("you'd like us to");
                return 0;
            }

            // Another command ("drop it", "go cry"): to whom and whether it is meant cannot be told.
            if (owner._bases.Contains(first) && !owner._pasts.Contains(first) && second is "the" or "a" or "my" or "me" or "it" or "this" or "that" or "us" or "him" or "her" or "them" or "your" or "our" or "to" or "an"
                && inherited is ClauseSubject.None or ClauseSubject.Other && !ElidedStates.Contains(first))
            {
                _unsure = true;
                return 0;
            }

            if (Adverbs.Contains(first) && second is not null && owner._requestVerbs.Contains(second) && !IsNounHere(1) && inherited == ClauseSubject.None)
            {
                _isWant = true;
                Start("you'd like us to");
                return 1;
            }

            if (first is "dont" or "never" && second is not null && (owner._requestVerbs.Contains(second) || (first == "dont" && owner._bases.Contains(second) && !OwnDoings.Contains(second))))
            {
                _isWant = true;
                Start("you'd like us not to");
                return 1;
            }

            // "you need to fix this" is what they want.
            if (first == "you" && second is "need" or "have" or "must" or "should" or "better" or "gotta" && Form(2) is not null)
            {
                var verb = second is "need" or "have" && Form(2) == "to" ? 3 : second is "must" or "should" or "better" or "gotta" ? 2 : -1;
                if (verb > 0 && Form(verb) is { } asked && owner._requestVerbs.Contains(asked))
                {
                    _isWant = true;
                    Start("you'd like us to");
                    return verb;
                }
            }

            // Subjects that are left out in chat: "been waiting", "still waiting", "called twice", "was told".
            if (second is "your" or "yourself" or "you" or "ur" && !owner.IsVerb(first) && !Prepositions.Contains(first) && !Subordinators.Contains(first) && !Adverbs.Contains(first))
            {
                _unsure = true; // A command that no list knows ("shove your …").
                return 0;
            }

            var skip = Adverbs.Contains(first) && second is not null ? 1 : 0;
            var lead = Form(skip)!;
            if (lead == "been" || (lead.Length > 5 && lead.EndsWith("ing", StringComparison.Ordinal) && lead is not ("nothing" or "anything" or "everything" or "something" or "evening" or "morning" or "billing" or "booking" or "shipping" or "tracking" or "listing" or "meeting" or "parking" or "roaming")))
            {
                Start(lead == "been" ? "you've" : "you're");
                _customerIsSubject = true;
                return 0;
            }

            var elided = inherited is ClauseSubject.None or ClauseSubject.Customer ? "you" : inherited == ClauseSubject.Company ? "we" : null;
            if (lead is "was" or "am" && elided == "you")
            {
                Start(lead == "was" ? "you were" : "you are");
                if (skip == 1)
                {
                    _words.Insert(_words.Count, tokens[0].Lower);
                }

                _customerIsSubject = true;
                return skip + 1;
            }

            if ((lead is "have" or "had" or "havent" or "tried" or "got" or "paid" or "bought" or "sent" or "spent" or "lost" or "need" or "want" or "cant" or "cannot" or "couldnt" or "dont" or "didnt")
                || ElidedStates.Contains(lead) || (owner._pasts.Contains(lead) && !owner._bases.Contains(lead)))
            {
                if (elided is null || tokens.Count < 3 || (inherited == ClauseSubject.None && Impersonal.Contains(lead)))
                {
                    _unsure = true;
                    return 0;
                }

                Start(elided);
                _customerIsSubject = elided == "you";
                _companyIsSubject = elided == "we";
                _isWant |= _customerIsSubject && lead is "want" or "need";
                return 0;
            }

            if (lead is "hasnt" or "doesnt" or "isnt" or "wont" or "keeps" or "wasnt")
            {
                Start("it");
                _speaksOfCustomer = false;
                return 0;
            }

            // "3 weeks without internet": how long it has been so far.
            if (tokens.Count > 2 && (tokens[0].HasDigit || SmallNumbers.Contains(first)) && second is not null && TimeNouns.Contains(second) && Form(2) is "without" or "waiting")
            {
                Start(Form(2) == "without" ? "you've had" : "you've spent");
                return 0;
            }

            if (first == "no" && tokens.Count > 2 && tokens.Any(t => t.Form is "for" or "since") && !owner.HasVerb(tokens))
            {
                Start("you've had");
                return 0;
            }

            if (first is "no" or "without" && !owner.HasVerb(tokens) && tokens.Count < 3)
            {
                _unsure = true;
            }

            var marks = tokens.Aggregate(TokenMarks.None, (all, t) => all | t.Marks);
            if (_isFragment && (tokens.Count < 3 || (tokens.Count < 4 && (marks & (TokenMarks.Frequency | TokenMarks.Problem)) == 0 && !tokens.Any(t => t.HasDigit)) || ((marks & (TokenMarks.Time | TokenMarks.Frequency | TokenMarks.Problem)) == 0 && !tokens.Any(t => t.HasDigit))))
            {
                _unsure = true;
            }

            return 0;
        }

        // "Order 558", "Charge of 30": nouns that could be commands are followed by what no command is.
        private bool IsNounHere(int i) => Form(i + 1) is null or "of" or "number" or "is" or "was" or "has" or "from" or "still" or "keeps" or "came" or "arrived" or "not" or "never" or "hasnt" or "isnt" or "wasnt" or "failed"
            || (i + 1 < tokens.Count && tokens[i + 1].HasDigit);

        private int TellQuestion()
        {
            var first = tokens[0].Form;
            if (first is "can" or "could" or "would" or "will" && Form(1) is "you" or "someone" or "somebody" or "anyone" or "u")
            {
                var verb = 2;
                while (Form(verb) is "please" or "just" or "at" or "least" or "kindly" or "maybe" or "possibly")
                {
                    verb++;
                }

                if (Form(1) is "you" or "u" && Form(verb) is { } blunt && owner._notOurs.Contains(blunt))
                {
                    _unsure = true;
                    return 0;
                }

                if (Form(verb) is { } asked && owner._bases.Contains(asked))
                {
                    _isWant = true;
                    Start(Form(1) is "you" or "u" ? "you'd like us to" : "you'd like someone to");
                    return verb;
                }

                _unsure = true;
                return 0;
            }

            _isWant = true;
            if (QuestionWords.Contains(first))
            {
                if (context.IsHeated && first is "who" or "what" or "how")
                {
                    _unsure = true; // Mostly rhetoric.
                    return 0;
                }

                Start("you'd like to know");
                var end = 1;
                _words.Add(tokens[0].Lower);
                while (first is "how" or "what" or "which" && Form(end) is { } more && !Auxiliaries.Contains(more) && end < 4)
                {
                    _words.Add(tokens[end].Text);
                    end++;
                }

                return Uninvert(end);
            }

            if (first is "can" or "could" or "may" && Form(1) is "i" or "we" && Form(2) is "get" or "have" or "speak" or "talk" or "see")
            {
                Start("you'd like to");
                return 2;
            }

            if (Auxiliaries.Contains(first) && !context.IsHeated && Form(1) is not ("you" or "u"))
            {
                Start("you'd like to know if");
                return Uninvert(0);
            }

            _unsure = true;
            return 0;
        }

        // "when will my order arrive" → "when your order will arrive".
        private int Uninvert(int at)
        {
            var auxiliary = Form(at);
            if (auxiliary is null || !Auxiliaries.Contains(auxiliary) || auxiliary is "did" or "does")
            {
                _unsure = true;
                return at;
            }

            var subject = at + 1;
            var end = subject;
            if (Form(subject) is "i" or "we" or "it" or "they" or "this" or "there" or "he" or "she" or "someone" or "that")
            {
                end = subject + 1;
            }
            else if (Form(subject) is { } determiner && Determiners.Contains(determiner))
            {
                end = subject + 1;
                while (end < tokens.Count && end < subject + 5 && !(end > subject + 1 && owner.IsVerb(tokens[end].Form)) && !Prepositions.Contains(tokens[end].Form) && !tokens[end].Form.EndsWith("ing", StringComparison.Ordinal) && tokens[end].Form is not ("still" or "not" or "so" or "open" or "available" or "included" or "ready" or "going"))
                {
                    end++;
                }
            }
            else
            {
                _unsure = true;
                return at;
            }

            if (auxiliary is "do" && Form(subject) is not ("i" or "we" or "they"))
            {
                _unsure = true;
                return at;
            }

            for (var i = subject; i < end;)
            {
                i = Step(i);
            }

            if (auxiliary != "do")
            {
                _words.Add(_customerIsSubject && auxiliary is "was" or "am" ? (auxiliary == "was" ? "were" : "are") : auxiliary == "am" ? "are" : Written(at));
            }

            return end;
        }

        private int Step(int i)
        {
            var token = tokens[i];
            var form = token.Form;
            var apostrophe = token.Lower.Contains('\'', StringComparison.Ordinal);
            var next = Form(i + 1);
            if ((token.Marks & TokenMarks.Quoted) != 0)
            {
                // Somebody's words stay as they were said; with a person in them it is not sure whose.
                _unsure |= form is "i" or "im" or "ive" or "me" or "my" or "we" or "our" or "us" or "you" or "your" or "youre" or "mine";
                Say(Written(i), i);
                return i + 1;
            }

            // "drop the fee or I'm telling …": a condition, not a fact.
            if (form == "or" && i > 0 && next is "i" or "im" or "ill" or "we" or "well" or "were" or "it" or "hes" or "he" or "she" or "my" or "else" or "ive" && i + 2 < tokens.Count)
            {
                _unsure = true;
                return i + 1;
            }

            // "you're 13 is it ok": a question without its mark.
            if (!isQuestion && i > 0 && token.Break == TokenBreak.None && form is "is" or "are" or "does" or "did" or "can" or "could" or "would" or "will" && next is "it" or "this" or "there" or "i" or "we" or "you" or "they"
                && tokens[i - 1].Form is not ("what" or "how" or "why" or "where" or "when" or "than" or "as" or "nor" or "neither" or "so" or "all" or "this" or "that" or "it" or "there") && !(form is "is" or "are" && i == tokens.Count - 2))
            {
                _unsure = true;
                return i + 1;
            }

            switch (form)
            {
                case "im" when next == "going" && Form(i + 2) == "to" && !Expected(i + 3):
                    _unsure = true;
                    return i + 1;
                case "ill" or "well" when apostrophe && !Expected(i + 1):
                    _unsure = true;
                    return i + 1;
                case "i" or "we" when next is "will" or "shall" && !Expected(i + 2):
                    _unsure = true;
                    return i + 1;
                case "i" or "we" when !apostrophe:
                    Customer("you", i);
                    return i + 1;
                case "im":
                    Customer("you're", i);
                    return i + 1;
                case "ive" or "weve":
                    Customer("you've", i);
                    return i + 1;
                case "id" when apostrophe || IsElided(i):
                    Customer("you'd", i);
                    return i + 1;
                case "id" when !IsIdentifier(i):
                    _unsure = true;
                    return i + 1;
                case "ill" when apostrophe || (Form(i - 1) is null or "and" or "that" or "then" or "so"):
                    Customer("you'll", i);
                    return i + 1;
                case "were" when apostrophe:
                    Customer("you're", i);
                    return i + 1;
                case "wed" when apostrophe:
                    Customer("you'd", i);
                    return i + 1;
                case "well" when apostrophe:
                    Customer("you'll", i);
                    return i + 1;
                case "me" or "us":
                    Say("you", i);
                    return i + 1;
                case "my" or "our":
                    Say("your", i);
                    Forget(next);
                    return i + 1;
                case "mine" or "ours":
                    Say("yours", i);
                    return i + 1;
                case "myself":
                    Say("yourself", i);
                    return i + 1;
                case "ourselves":
                    Say("yourselves", i);
                    return i + 1;
                case "am":
                    Say("are", i);
                    return i + 1;
                case "was" when _customerIsSubject && IsOwnVerb(i):
                    Say("were", i);
                    return i + 1;
                case "wasnt" when _customerIsSubject && IsOwnVerb(i):
                    Say("weren't", i);
                    return i + 1;
                case "you" or "u":
                    return TellYou(i);
                case "your" or "ur" when next is not null && owner._privateNouns.Contains(next):
                    _unsure = true;
                    return i + 1;
                case "your" or "ur":
                    Say("our", i);
                    Forget(next);
                    return i + 1;
                case "youre" or "youve" or "youd" or "youll":
                    TellYouContracted(i, form);
                    return i + 1;
                case "yours":
                    Say("ours", i);
                    return i + 1;
                case "yourself" or "yourselves":
                    Say("ourselves", i);
                    return i + 1;
                case "it" or "they" or "he" or "she" or "this" or "that" or "there" or "nobody" or "noone" or "someone" or "who" or "which" or "the" or "a" or "an":
                    Forget(next);
                    break;
                default:
                    break;
            }

            Say(Written(i), i);
            return i + 1;
        }

        // What somebody announces is a threat, a plan or a promise; what they expect to happen to them is a fact.
        private bool Expected(int verb) => Form(verb) is "have" or "need" or "lose" or "miss" or "be" or "pay" or "not" or "never" or "get" or "run" or "end" or "still" or "also" or "now" or "probably" or "arrive" or "travel" or null;

        private void Customer(string word, int i)
        {
            if (_words.Count == 0)
            {
                _speaksOfCustomer = true;
            }

            Say(word, i);
            _customerIsSubject = true;
            var next = Form(i + 1);
            var after = Form(i + 2);
            _isWant |= _words.Count == 1 && (next is "want" or "need" or "demand" or "request" || (next is "would" && after is "like") || (word == "you'd" && next is "like" or "appreciate" or "prefer"));
        }

        // Another subject: from here "was" is no longer the customer's.
        private void Forget(string? next)
        {
            if (next is not null)
            {
                _customerIsSubject = _customerIsSubject && !Prior();
            }

            bool Prior() => _words.Count > 1 && _words[^2].TrimEnd(',') is "and" or "that" or "because" or "when" or "if" or "so" or "while" || _words.Count <= 1 || _words[^2].EndsWith(',');
        }

        // "I just was", "I called and was told": the verb is the customer's.
        private bool IsOwnVerb(int i)
        {
            var k = i - 1;
            while (k >= 0 && Adverbs.Contains(tokens[k].Form))
            {
                k--;
            }

            return k < 0 || tokens[k].Form is "i" or "we" or "and" or "but" or "or" || tokens[k + 1].Break == TokenBreak.Comma;
        }

        private bool IsElided(int i) => !IsIdentifier(i) && Form(i + 1) is { } next && (owner._bases.Contains(next) || next is "been" or "be" or "already" or "like");

        private bool IsIdentifier(int i) => Form(i - 1) is "my" or "the" or "an" or "a" or "order" or "user" or "account" or "your" or "no" or "case" or "ticket" or "customer" or "photo" or "tax" or "caller"
            || (i + 1 < tokens.Count && tokens[i + 1].HasDigit);

        private int TellYou(int i)
        {
            var k = i + 1;
            while (Form(k) is { } people && PeopleOfCompany.Contains(people))
            {
                k++;
            }

            var previous = Form(i - 1);
            var verb = k;
            while (Form(verb) is { } adverb && Adverbs.Contains(adverb) && adverb != "keep")
            {
                verb++;
            }

            var isSubject = Form(verb) is { } v && tokens[verb].Break == TokenBreak.None && (owner.IsVerb(v) || v == "keep") && !(previous is not null && Prepositions.Contains(previous) && previous is not "like")
                && !(previous is not null && previous is not ("say" or "says" or "saying" or "said" or "promise" or "promised" or "confirmed") && (owner._companyVerbs.Contains(previous) || previous is "let" or "want" or "tell" or "told" or "asked" or "ask" or "wrote" or "paid" or "sent" or "emailed" or "called"));
            var verbForm = Form(verb);
            if (isSubject && verbForm is "are" or "were" && !IsDoing(verb + 1))
            {
                _unsure = true;
                return k;
            }

            if (isSubject && verbForm is not null && (owner._notOurs.Contains(verbForm) || (Auxiliaries.Contains(verbForm) && Form(verb + 1) is { } main && owner._notOurs.Contains(main))))
            {
                _unsure = true;
                return k;
            }

            // "that you swore on Friday": where only a subject can stand and no known verb follows.
            if (!isSubject && (previous is null or "that" or "when" or "if" or "because" or "and" or "so" or "what" or "which" or "where" or "how" or "why" or "since" or "until" or "while" or "but" or "though" or "or" || tokens[i].Break != TokenBreak.None))
            {
                _unsure = true;
                return k;
            }

            if (!isSubject)
            {
                Say("us", i);
                return k;
            }

            var reported = _companyIsSubject && previous is "say" or "says" or "saying" or "said" or "claim" or "claimed" or "claiming" or "promised" or "that";
            if (!reported && !IsOurDoing(verb))
            {
                _unsure = true;
                return k;
            }

            Say("we", i);
            _companyIsSubject = true;
            _customerIsSubject = false;
            return k;
        }

        // "You can't get through to anyone" is anybody; "you charged me", "you said" is the company.
        private bool IsOurDoing(int verb)
        {
            var form = Form(verb)!;
            if (form is "will" or "shall" && !tokens.Take(verb).Any(t => t.Form is "said" or "told" or "promised" or "say" or "if"))
            {
                return false; // A promise in the agent's mouth.
            }

            for (var i = verb; i < tokens.Count && i < verb + 5; i++)
            {
                var f = tokens[i].Form;
                if (i > verb && f is "i" or "that")
                {
                    return owner._companyVerbs.Contains(Form(i - 1)!);
                }

                if (f is "me" or "us" or "my" or "our")
                {
                    return true;
                }

                if (owner._companyVerbs.Contains(f))
                {
                    return true;
                }
            }

            return false;
        }

        // "you're still billing me" tells what we do, "you're the sort of …" judges.
        private bool IsDoing(int at)
        {
            while (Form(at) is { } adverb && (Adverbs.Contains(adverb) || adverb is "not" or "so" or "very"))
            {
                at++;
            }

            return Form(at) is { } form && (form.EndsWith("ing", StringComparison.Ordinal) || form is "late" or "closed" or "open" or "supposed" or "going") && !owner._notOurs.Contains(form);
        }

        private void TellYouContracted(int i, string form)
        {
            if (form == "youll" && !tokens.Take(i).Any(t => t.Form is "said" or "told" or "promised" or "if"))
            {
                _unsure = true;
                return;
            }

            if (!IsOurDoing(Math.Min(i + 1, tokens.Count - 1)) || (form == "youre" && !IsDoing(i + 1)))
            {
                _unsure = true;
                return;
            }

            Say(form switch { "youre" => "we're", "youve" => "we've", "youd" => "we'd", _ => "we'll" }, i);
            _customerIsSubject = false;
        }

        private string Written(int i)
        {
            var token = tokens[i];
            if (token.HasDigit)
            {
                return token.Text;
            }

            if (owner._capitals.TryGetValue(token.Lower, out var capital))
            {
                return capital;
            }

            // "march" and "may" are months beside a number or after "in", "since", "last".
            if (token.Form is "march" or "may" && ((i + 1 < tokens.Count && tokens[i + 1].HasDigit) || (i > 0 && (tokens[i - 1].HasDigit || tokens[i - 1].Form is "in" or "since" or "last" or "early" or "late" or "of" or "until" or "before" or "after"))))
            {
                return char.ToUpperInvariant(token.Form[0]) + token.Form[1..];
            }

            var contracted = token.Form switch
            {
                "dont" => "don't",
                "doesnt" => "doesn't",
                "didnt" => "didn't",
                "cant" => "can't",
                "couldnt" => "couldn't",
                "isnt" => "isn't",
                "wasnt" => "wasn't",
                "arent" => "aren't",
                "werent" => "weren't",
                "havent" => "haven't",
                "hasnt" => "hasn't",
                "hadnt" => "hadn't",
                "wont" => "won't",
                "wouldnt" => "wouldn't",
                "shouldnt" => "shouldn't",
                "its" when i + 1 < tokens.Count && tokens[i + 1].Form is "a" or "an" or "the" or "not" or "been" or "still" or "too" or "so" or "just" or "now" or "very" or "only" or "already" => "it's",
                "theyre" => "they're",
                "theyve" => "they've",
                "thats" => "that's",
                "theres" => "there's",
                _ => null,
            };
            if (contracted is not null)
            {
                return contracted;
            }

            var starts = i == 0 || tokens[i].Sentence != tokens[i - 1].Sentence;
            return starts && token.IsCapitalised && !IsName(i) ? char.ToLowerInvariant(token.Text[0]) + token.Text[1..] : token.Text;
        }

        // At the start of a sentence: a capital inside the word, or a lone word that a verb follows and no list knows.
        private bool IsName(int i)
        {
            var token = tokens[i];
            if (token.Text.Length > 1 && token.Text.Skip(1).Any(char.IsUpper))
            {
                return true;
            }

            if (token.Lower.Split('\'')[0] is "he" or "she" or "it" or "they" or "that" or "there" or "who" or "what" or "today" or "nothing" or "nobody" or "everything" or "here" or "somebody" or "everybody" or "anybody" or "another")
            {
                return false;
            }

            return !Determiners.Contains(token.Form) && !Subordinators.Contains(token.Form) && !owner.IsVerb(token.Form) && !PluralOrMass(token.Form) && !Adverbs.Contains(token.Form) && !SubjectPronouns.Contains(token.Form) && !Prepositions.Contains(token.Form)
                && Form(i + 1) is { } next && (Auxiliaries.Contains(next) || owner._pasts.Contains(next)) && token.Form is not ("delivery" or "service" or "internet" or "everyone" or "someone" or "something" or "nothing" or "customer" or "payment" or "refund" or "shipping" or "tracking" or "order" or "what" or "wifi" or "half" or "most" or "neither" or "everything" or "one");
        }
    }
}
