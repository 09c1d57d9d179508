namespace DeEscalationBot.Core.Coaching.DraftReview;

/// <summary>How much of the draft a finding covers, and so what its suggestion replaces.</summary>
public enum FindingScope
{
    /// <summary>The matched words; the suggestion is put in their place inside the sentence.</summary>
    Match,

    /// <summary>The clauses that the match makes up; the suggestion is a sentence of its own.</summary>
    Clause,

    /// <summary>From the match to the end of its clause, which is taken out; the suggestions are not asked.</summary>
    Rest,

    /// <summary>The whole sentence; the suggestion is one or more sentences.</summary>
    Sentence,
}

/// <summary>What a rule says to the agent, whichever of its patterns fired.</summary>
public sealed class DraftRule
{
    /// <summary>How much its findings weigh.</summary>
    public required FindingSeverity Severity { get; init; }

    /// <summary>The id of the practice in the playbook.</summary>
    public required string Playbook { get; init; }

    /// <summary>One kind sentence for the agent.</summary>
    public required string Why { get; init; }

    /// <summary>What may take the place of a whole sentence that breaks the rule, written as in <see cref="DraftPattern.Suggest"/>; best first.</summary>
    public IReadOnlyList<string> Suggest { get; init; } = [];

    /// <summary>Whether a way on elsewhere in the draft takes back what examples find. False by default.</summary>
    public bool UnlessWayOn { get; init; }
}

/// <summary>Phrases that break a rule, with the conditions under which they do.</summary>
public sealed class DraftPattern
{
    /// <summary>The rule, as the contract names it.</summary>
    public required string Rule { get; init; }

    /// <summary>The phrases, in the language of phrases; any of them matches.</summary>
    public required IReadOnlyList<string> Phrases { get; init; }

    /// <summary>Phrases that take the match back when they stand in the same sentence.</summary>
    public IReadOnlyList<string> Unless { get; init; } = [];

    /// <summary>Phrases that take the match back when they stand anywhere in the draft.</summary>
    public IReadOnlyList<string> UnlessAnywhere { get; init; } = [];

    /// <summary>Phrases of which one must stand somewhere in the draft; none for no such condition.</summary>
    public IReadOnlyList<string> Requires { get; init; } = [];

    /// <summary>Whether a negation in front of the match ("no puedo prometer") takes it back. True by default.</summary>
    public bool UnlessNegated { get; init; } = true;

    /// <summary>Whether a way on anywhere in the draft (an offer, an option) takes the match back. False by default.</summary>
    public bool UnlessWayOn { get; init; }

    /// <summary>Whether an acknowledgement of something concrete earlier in the draft takes the match back. False by default.</summary>
    public bool UnlessHeard { get; init; }

    /// <summary>Whether a question takes the match back. False by default.</summary>
    public bool UnlessQuestion { get; init; }

    /// <summary>Whether the match must begin a clause. False by default.</summary>
    public bool ClauseStart { get; init; }

    /// <summary>Weighs differently from its rule; nothing for the rule's own.</summary>
    public FindingSeverity? Severity { get; init; }

    /// <summary>How much a finding covers.</summary>
    public FindingScope Scope { get; init; } = FindingScope.Match;

    /// <summary>
    /// Replacements, best first; the first whose slots can be filled is taken. <c>{usted|tú}</c> or <c>{usted|tú|vos}</c> chooses
    /// by the draft's form of address. Slots: <c>{object}</c> what follows the match when it begins with an article or the like,
    /// <c>{that}</c> the statement that follows "que"/"that", <c>{rest}</c> whatever follows, <c>{self}</c> the covered text itself
    /// without its full stop, <c>{topic}</c> (or <c>{topics}</c> where it is a plural) and
    /// <c>{duration}</c> what the customer wrote about.
    /// An empty text takes the words out.
    /// </summary>
    public IReadOnlyList<string> Suggest { get; init; } = [];
}

/// <summary>A piece of information that agents ask for, to notice that the customer has given it.</summary>
public sealed class AskedFact
{
    /// <summary>What it is: decides how its value is recognised in the customer's messages.</summary>
    public required AskedFactKind Kind { get; init; }

    /// <summary>Phrases that name it in a request.</summary>
    public required IReadOnlyList<string> Phrases { get; init; }

    /// <summary>Whether the phrases are requests in themselves ("¿cómo se llama?"), so that no word of asking is needed beside them.</summary>
    public bool IsRequest { get; init; }

    /// <summary>The sentence that shows that it is known; <c>{value}</c> is what the customer wrote.</summary>
    public required string Known { get; init; }
}

/// <summary>The kinds of information whose value can be recognised.</summary>
public enum AskedFactKind
{
    /// <summary>An order, case or invoice number.</summary>
    Reference,

    /// <summary>An e-mail address.</summary>
    Email,

    /// <summary>A telephone number.</summary>
    Phone,

    /// <summary>The customer's name.</summary>
    Name,

    /// <summary>A date.</summary>
    Date,

    /// <summary>An amount of money.</summary>
    Amount,

    /// <summary>What the matter is.</summary>
    Problem,

    /// <summary>Since when, or for how long.</summary>
    Since,

    /// <summary>A postal address.</summary>
    Address,

    /// <summary>A photo, screenshot or document that the customer has sent.</summary>
    Photo,

    /// <summary>Which thing it is about.</summary>
    Product,
}

/// <summary>Two words that say the same to the customer in different forms of address.</summary>
public sealed class RegisterPair
{
    /// <summary>Addressing with usted.</summary>
    public required string Usted { get; init; }

    /// <summary>Addressing with tú.</summary>
    public required string Tu { get; init; }

    /// <summary>Addressing with vos where it differs from tú.</summary>
    public string? Vos { get; init; }
}

/// <summary>Everything that reviews drafts of one language, as in <c>draft-rules.yaml</c>.</summary>
public sealed class DraftRuleSet
{
    /// <summary>Named lists for <c>%name</c> in phrases.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Lists { get; init; }

    /// <summary>Phrases that negate what follows them in their clause.</summary>
    public required IReadOnlyList<string> Negators { get; init; }

    /// <summary>The rules by name.</summary>
    public required IReadOnlyDictionary<string, DraftRule> Rules { get; init; }

    /// <summary>The phrases that break rules. Where two of the same rule overlap, the first in the file counts.</summary>
    public required IReadOnlyList<DraftPattern> Patterns { get; init; }

    /// <summary>Phrases that code asks for by role, for rules that phrases alone cannot decide.</summary>
    public required IReadOnlyDictionary<DraftRole, IReadOnlyList<string>> Roles { get; init; }

    /// <summary>Words that code asks for by role. A word that ends in an asterisk stands for all that begin so.</summary>
    public required IReadOnlyDictionary<DraftWords, IReadOnlyList<string>> Words { get; init; }

    /// <summary>What agents ask for.</summary>
    public required IReadOnlyList<AskedFact> Asked { get; init; }

    /// <summary>Sentences that a rewrite may need, by name.</summary>
    public required IReadOnlyDictionary<DraftSentence, IReadOnlyList<string>> Sentences { get; init; }

    /// <summary>Forms of address and their counterparts; empty for a language with one.</summary>
    public IReadOnlyList<RegisterPair> Register { get; init; } = [];
}

/// <summary>Roles that phrases play in rules decided by code.</summary>
public enum DraftRole
{
    /// <summary>Understanding in general words ("I understand the problem").</summary>
    GenericEmpathy,

    /// <summary>An apology in general words ("sorry for the inconvenience").</summary>
    GenericApology,

    /// <summary>Any opening of empathy, general or not, that a "but" can undo.</summary>
    Empathy,

    /// <summary>"But", "however".</summary>
    Adversative,

    /// <summary>"While", "although", in front of an empathy that the main clause undoes.</summary>
    Concessive,

    /// <summary>What shows, behind a "but", that good news follow.</summary>
    GoodNews,

    /// <summary>What shows, behind a "but", a refusal, a duty or an excuse.</summary>
    BadNews,

    /// <summary>What shows that an "I understand that … but …" sums up what the customer said.</summary>
    CheckQuestion,

    /// <summary>An offer, an option, somebody who takes care: a way on.</summary>
    WayOn,

    /// <summary>Says what happens next or when, or that nothing is left to do.</summary>
    NextStep,

    /// <summary>Greets.</summary>
    Greeting,

    /// <summary>Asks for something.</summary>
    Request,

    /// <summary>Regrets or owns what happened.</summary>
    Regret,

    /// <summary>Thanks.</summary>
    Thanks,

    /// <summary>Asks for another or a corrected piece of information, so not again.</summary>
    AsksAnew,

    /// <summary>A specific reason for the end of a relationship.</summary>
    SpecificReason,

    /// <summary>A reason that says nothing.</summary>
    VagueReason,

    /// <summary>Announces the end of the relationship.</summary>
    EndOfRelationship,

    /// <summary>Wording of ready-made letters.</summary>
    Stock,

    /// <summary>Shows that the customer is addressed with usted.</summary>
    Usted,

    /// <summary>Looks like <see cref="Usted"/> and speaks of somebody else.</summary>
    NotUsted,

    /// <summary>Shows that the customer is addressed with tú or vos.</summary>
    Tu,

    /// <summary>Shows that the customer is addressed with vos.</summary>
    Vos,

    /// <summary>How long the customer has waited, in the customer's words.</summary>
    Duration,

    /// <summary>A customer's name follows.</summary>
    NameFollows,

    /// <summary>A customer's address follows.</summary>
    AddressFollows,

    /// <summary>The customer has sent a photo or a document.</summary>
    PhotoSent,

    /// <summary>The customer has done or tried something already.</summary>
    Tried,

    /// <summary>The customer has doubts or wants time.</summary>
    Doubts,

    /// <summary>The agent asks or tells the customer to try something.</summary>
    AsksToTry,

    /// <summary>The agent goes on with what a customer may doubt: starts, books, charges, has it signed.</summary>
    Proceeds,

    /// <summary>The agent leaves time or asks for the doubt.</summary>
    GivesTime,

    /// <summary>A reason follows.</summary>
    Because,

    /// <summary>Acknowledges or has something under way, without saying what comes of it.</summary>
    Pending,

    /// <summary>Addresses nobody in particular ("dear customer").</summary>
    AnybodyGreeted,
}

/// <summary>Roles that single words play in rules decided by code.</summary>
public enum DraftWords
{
    /// <summary>Words that say nothing about this customer's case.</summary>
    General,

    /// <summary>Things a case is about (order, invoice, connection).</summary>
    Topics,

    /// <summary>Articles and the like, by which a noun phrase begins.</summary>
    Determiners,

    /// <summary>Words at which a noun phrase taken over into a suggestion ends ("the terms before buying").</summary>
    ObjectEnds,

    /// <summary>Words by which a clause of its own begins behind a comma.</summary>
    ClauseBreakers,

    /// <summary>Words that bind a clause to the next one.</summary>
    Subordinators,

    /// <summary>Words that join a clause to the one before, dropped when that one goes.</summary>
    Joiners,

    /// <summary>"And", "but": in front of a word that opens a clause they divide a sentence where no comma does.</summary>
    Coordinators,

    /// <summary>Openers such as "look", which go with the clause that follows.</summary>
    Openers,

    /// <summary>Units of time.</summary>
    TimeUnits,

    /// <summary>Names of months and days, and words such as yesterday.</summary>
    DateWords,

    /// <summary>Ordinary words that nobody writes in capitals for another reason than stress.</summary>
    Stressed,

    /// <summary>Words behind which a word in capitals is to be typed or pressed as it stands ("reply with STOP").</summary>
    LiteralAfter,

    /// <summary>Number words with their figure, written "three=3".</summary>
    Numbers,

    /// <summary>Currencies.</summary>
    Currencies,

    /// <summary>Forms of address before a name.</summary>
    Titles,

    /// <summary>People among the topics, of whom nobody says "what happened with your …".</summary>
    People,

    /// <summary>Words that end like a verb with tú and are none.</summary>
    NotTu,
}

/// <summary>Sentences that suggestions and rewrites are made of.</summary>
public enum DraftSentence
{
    /// <summary>Acknowledges the customer's own facts.</summary>
    Acknowledgement,

    /// <summary>The same inside a sentence, without full stop; also without any fact at hand.</summary>
    AcknowledgementInline,

    /// <summary>Asks the customer to tell more, when nothing else of a draft is left.</summary>
    TellMore,
}
