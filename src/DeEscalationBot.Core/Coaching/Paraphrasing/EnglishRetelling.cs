namespace DeEscalationBot.Core.Coaching.Paraphrasing;

/// <summary>Turns English clauses from the customer's side to the agent's: I becomes you, the company's you becomes we. Immutable once built.</summary>
internal sealed partial class EnglishRetelling : IRetelling
{
    private const int LongestClauseWords = 28;

    // A subject that is named in more words than these is none, and so is what explains it between commas.
    private const int LongestOpenSubject = 6;
    private const int LongestApposition = 5;

    private static readonly HashSet<string> Opening = Set("when if while whenever once unless until because since as although though after before");
    private static readonly HashSet<string> Stripped = Set("and but so because also plus then though although now yet however");
    private static readonly HashSet<string> Auxiliaries = Set(
        "am is are was were be been do does did have has had will would can could should must might may shall ve ll wont wouldnt cant cannot couldnt shouldnt dont doesnt didnt isnt arent wasnt werent havent hasnt hadnt mustnt");
    private static readonly HashSet<string> Adverbs = Set("nearly almost never still just already also always even only ever really actually finally now then keep all both both clearly apparently simply again repeatedly constantly recently originally suddenly specifically");
    private static readonly HashSet<string> PeopleOfCompany = Set("guys people lot folks all");
    private static readonly HashSet<string> Prepositions = Set("to for with from at of by about against on in without into through like than between behind near");
    private static readonly HashSet<string> Determiners = Set("the a an my your our their his her its this that these those every each any some no another all both one");
    private static readonly HashSet<string> Subordinators = Set(
        "prove proves proved demonstrate remember notice that if when because since while after before until as than what which who where how why whether though although once think said say says know knows believe hope sure guess wish mean means so and but or unless whenever thought assume swore swear hoped promised confirmed claimed assured noticed realised realized found saw see shows show explained wish reckon felt feel like everything all anything something nothing someone anyone everyone thing time times way day reason first second third last to not i we you they he she it is was are were do did does have has had can could will would should may might must told asked be been only never even just still also always already");
    // Verbs whose "I" people leave out: "think I'll wait", "need a refund".
    private static readonly HashSet<string> ElidedStates = Set("think guess hope reckon wish suppose appreciate need want");
    // "Don't have one", "don't need it": the missing subject is the customer, not the company.
    private static readonly HashSet<string> OwnDoings = Set("have need want know think understand like see get use live work remember believe mean feel own hear find expect speak read recognise drive agree be do go say");

    // What only customers do to a company: "the bag came broken, asked for an exchange".
    private static readonly HashSet<string> CustomerDoings = Set("paid bought ordered called rang phoned emailed messaged texted wrote booked tried asked waited signed applied returned spoke reported requested contacted complained rebooted restarted unplugged subscribed joined chased rented reinstalled");

    // Those who may be the subject of the next verb too, so that "asked" is theirs.
    private static readonly HashSet<string> People = Set("he she they agent agents guy guys man woman girl lady rep reps representative technician technicians engineer engineers driver drivers someone somebody person people manager supervisor doctor nurse receptionist clerk advisor adviser operator staff colleague team shop store bank company support insurance insurer installer plumber landlord seller buyer neighbour neighbor courier host waiter police");

    // Where nobody is named, these were done to the customer: "charged in full", "told 15 days".
    private static readonly HashSet<string> DoneToCustomer = Set("charged billed overcharged told promised given offered refused denied blocked locked banned ignored transferred passed fobbed invoiced assured advised quoted mugged robbed");

    private static readonly HashSet<string> Currencies = Set("euros euro pounds pound quid dollars dollar bucks rupees pesos grand cents pence usd eur gbp inr");

    // What is said after these belongs to them: "they told me it was fine".
    private static readonly HashSet<string> Reporting = Set("told tell telling tells said say says saying informed inform advised promised promise assured swore explained claimed claims texted emailed know knew think thought believe hope saying see mean means confirmed");

    private static readonly HashSet<string> ReferenceNouns = Set("order case ticket invoice booking reservation reference ref account policy claim flight parcel tracking serial complaint request contract quote file job incident");

    // Verbs whose missing subject may be a thing: "took a month", "broke again".
    private static readonly HashSet<string> Impersonal = Set("took came broke arrived died failed stopped crashed worked happened cost went turned said started kept made fell showed looked seemed appeared fixed sorted stood");
    // What only a thing does: "bought a kettle, broke on day two".
    private static readonly HashSet<string> ThingDoings = Set("broke died failed crashed leaked cracked exploded expired melted snapped");
    private static readonly HashSet<string> RelativeOpeners = Set("the a an every each any all only which your their");
    private static readonly HashSet<string> SubjectPronouns = Set("theyll itll i im ive id ill we weve were wed well nobody noone it its they theyre theyve this theres there he she hes shes");
    private static readonly HashSet<string> QuestionWords = Set("what when where why who whom which how");
    private static readonly HashSet<string> SmallNumbers = Set("a an one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty forty fifty sixty thirty several many few");
    private static readonly HashSet<string> TimeNouns = Set("minute minutes min mins hour hours hr hrs day days week weeks month months year years");

    private readonly Dictionary<string, (string Base, string Past, string Participle)> _verbs = new(StringComparer.Ordinal);
    private readonly HashSet<string> _pasts = new(StringComparer.Ordinal);
    private readonly HashSet<string> _bases = new(StringComparer.Ordinal);
    private readonly HashSet<string> _participles = new(StringComparer.Ordinal);
    private readonly HashSet<string> _requestVerbs;
    private readonly HashSet<string> _companyVerbs;
    private readonly HashSet<string> _notOurs;
    private readonly HashSet<string> _privateNouns;
    private readonly HashSet<string> _bareNouns;
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
            if (!_verbs.TryAdd(parts[0], (parts[0], past, participle)))
            {
                continue;
            }

            _bases.Add(parts[0]);
            _pasts.Add(past);
            _participles.Add(participle);
        }

        _requestVerbs = Set(grammar.RequestVerbs);
        _privateNouns = Set(grammar.PrivateNouns);
        _notOurs = Forms(grammar.NotOurs);
        _bareNouns = Set(grammar.BareNouns);
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

    public IReadOnlyList<string> WishLeads => [];

    public bool TellsPast(IReadOnlyList<MessageToken> tokens) => tokens.Any(t => t.Form is "was" or "were" or "did" or "didnt" or "had" || (IsPast(t.Form) && !_bases.Contains(t.Form)));

    public bool NamesOthers(IReadOnlyList<MessageToken> tokens) => true;

    public bool BeginsRequest(MessageToken token) => _requestVerbs.Contains(token.Form);

    public bool SetsAccents(IReadOnlyList<MessageToken> tokens) => true;

    public IReadOnlyList<MessageClause> Split(IReadOnlyList<MessageToken> tokens, RetellingContext context) => Merge(Cut(tokens));

    public Retold? Retell(MessageClause clause, RetellingContext context)
    {
        var tokens = clause.Tokens;
        while (tokens.Count > 1 && Stripped.Contains(tokens[0].Form) && !(tokens[0].Form == "so" && tokens[1].Form is "far" or "many" or "much") && !(tokens[0].Form == "because" && tokens[1].Form == "of"))
        {
            tokens = [.. tokens.Skip(1)];
        }

        if (clause.IsUltimatum)
        {
            return new Telling(this, tokens, isQuestion: false, clause.Inherited, context).TellUltimatum();
        }

        // "either send somebody or cancel it", "or I want my money": what is wanted, this way or that.
        if (tokens.Count > 3 && ((tokens[0].Form == "either" && _bases.Contains(tokens[1].Form)) || (tokens[0].Form == "or" && tokens[1].Form is "i" or "we" && tokens[2].Form is "want" or "need")))
        {
            var wish = tokens[0].Form == "either";
            return new Telling(this, [.. tokens.Skip(1)], isQuestion: false, clause.Inherited, context) { IsCommand = wish }.Tell();
        }

        // "either the console turns up or you give me another"
        if (tokens.Count > 5 && tokens[0].Form == "either" && tokens.Any(t => t.Form == "or"))
        {
            return new Telling(this, tokens, isQuestion: false, ClauseSubject.Other, context).Tell() is { } either ? either with { IsWant = true } : null;
        }

        tokens = IRetelling.Shortened(tokens, LongestClauseWords);
        if (tokens.Count > LongestClauseWords || tokens.Count == 0 || tokens[0].Form is "or" or "either"
            || (Opening.Contains(tokens[0].Form) && !(tokens[0].Form is "because" && tokens.Count > 1 && tokens[1].Form == "of") && !clause.IsQuestion && !tokens.Skip(1).Any(t => t.Break == TokenBreak.Comma) && !TryDivideOpening(ref tokens)))
        {
            return null;
        }

        return new Telling(this, tokens, AsksHere(clause, tokens), clause.Inherited, context).Tell();
    }

    // "since you changed my meter in January my bill went up": the main clause begins at "my bill", and a comma belongs before it.
    private bool TryDivideOpening(ref IReadOnlyList<MessageToken> tokens)
    {
        var verbBefore = false;
        for (var i = 1; i + 1 < tokens.Count; i++)
        {
            var form = tokens[i].Form;
            var starts = i > 1 && !Subordinators.Contains(tokens[i - 1].Form) && !Prepositions.Contains(tokens[i - 1].Form) && (!Determiners.Contains(tokens[i - 1].Form) || (tokens[i - 1].Form is "her" or "this" or "these" or "those" && SubjectPronouns.Contains(form)))
                && (verbBefore || tokens[0].Form is "since" or "after" or "before" or "until" or "as")
                && ((SubjectPronouns.Contains(form) && (form != "there" || tokens[i + 1].Form is "is" or "was" or "are" or "were" or "has")) || form is "you" or "youve" or "youre" || ((verbBefore || (tokens[0].Form is "since" or "after" or "before" or "until" && !Auxiliaries.Contains(tokens[i - 1].Form) && !_pasts.Contains(tokens[i - 1].Form))) && form is "my" or "our" or "the" or "your" or "nothing" or "everything" or "nobody" or "someone"
                    && (verbBefore || tokens[1].Form is not ("i" or "we" or "you" or "they" or "he" or "she" or "it"))));
            if (starts && HasVerbSoon(tokens, i))
            {
                var divided = new List<MessageToken>(tokens);
                divided[i] = divided[i] with { Break = TokenBreak.Comma };
                tokens = divided;
                return true;
            }

            verbBefore |= IsFinite(form, IsVerb) && !Determiners.Contains(tokens[i - 1].Form);
        }

        return false;
    }

    // A finite verb within a few words, before anything else begins.
    private bool HasVerbSoon(IReadOnlyList<MessageToken> tokens, int from)
    {
        if (tokens[from].Form is "theyll" or "itll" or "im" or "ive" or "weve" or "youve" or "youre" or "its" or "theyre" or "theyve" or "id" or "ill")
        {
            return true;
        }

        // "the street lamp outside number 40 flashes": a noun may be long.
        var isNoun = Determiners.Contains(tokens[from].Form);
        for (var i = from + 1; i < tokens.Count && i <= from + (isNoun ? 7 : 4); i++)
        {
            if (isNoun && i > from + 1 && tokens[i].Form is "my" or "our" or "your" or "the" or "i" or "we" or "you" or "it" && tokens[i - 1].Form != "of")
            {
                return false;
            }

            if (tokens[i].Break != TokenBreak.None || (!isNoun && Prepositions.Contains(tokens[i].Form)))
            {
                return false;
            }

            if (Auxiliaries.Contains(tokens[i].Form) || (IsVerb(tokens[i].Form) && (SubjectPronouns.Contains(tokens[from].Form) || tokens[from].Form == "you" || i > from + 1)))
            {
                return true;
            }
        }

        return false;
    }

    // With one mark at its end a sentence may tell first and ask last; "what do I do" asks without any.
    private bool AsksHere(MessageClause clause, IReadOnlyList<MessageToken> tokens)
    {
        var first = tokens[0].Form;
        // "what turned up was a smaller van" asks nothing.
        if (!clause.IsQuestion && first == "what" && tokens.Count > 3 && IsPast(tokens[1].Form) && !Auxiliaries.Contains(tokens[1].Form))
        {
            return false;
        }

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

    private bool HasVerb(IReadOnlyList<MessageToken> tokens) => tokens.Any(t => IsFinite(t.Form, IsVerb)) || Enumerable.Range(0, tokens.Count).Any(i => HoldsIs(tokens, i));

    // "the mechanism's jammed", "the wire's been loose": a noun with its verb; "my kid's braces" is none.
    private bool HoldsIs(IReadOnlyList<MessageToken> tokens, int i) =>
        tokens[i].Lower.EndsWith("'s", StringComparison.Ordinal) && i + 1 < tokens.Count && tokens[i + 1].Break == TokenBreak.None
        && (tokens[i + 1].Form is "not" or "still" or "been" or "gone" or "down" or "off" or "now" or "already" or "just" or "never" or "always" or "only" or "too" or "so" or "broken" or "dead" or "wrong" or "missing" or "stuck" or "late" or "due" or "ill" or "sick" or "empty" or "closed" or "full" or "out" or "leaking"
            || (tokens[i + 1].Form.EndsWith("ed", StringComparison.Ordinal) && IsPast(tokens[i + 1].Form) && (i + 2 == tokens.Count || tokens[i + 2].Break != TokenBreak.None || Prepositions.Contains(tokens[i + 2].Form)))
            || (Gerunds(tokens[i + 1].Form) && i + 2 < tokens.Count));
}
