namespace DeEscalationBot.Core.Coaching.Paraphrasing;

/// <summary>Sentences in each form of address. Spanish files fill <c>usted</c>, <c>tu</c> and <c>vos</c>; English files fill <c>you</c>.</summary>
public sealed class AddressedSentences
{
    /// <summary>For usted.</summary>
    public IReadOnlyList<string> Usted { get; init; } = [];

    /// <summary>For tú.</summary>
    public IReadOnlyList<string> Tu { get; init; } = [];

    /// <summary>For vos.</summary>
    public IReadOnlyList<string> Vos { get; init; } = [];

    /// <summary>For English.</summary>
    public IReadOnlyList<string> You { get; init; } = [];

    /// <summary>The sentences for a form of address; a missing form falls back to the one that is there.</summary>
    /// <param name="address">How the agent speaks to the customer.</param>
    public IReadOnlyList<string> For(AddressForm address)
    {
        var own = address switch
        {
            AddressForm.Usted => Usted,
            AddressForm.Tu => Tu,
            AddressForm.Vos => Vos,
            _ => throw new ArgumentOutOfRangeException(nameof(address), address, null),
        };
        return own.Count > 0 ? own : You.Count > 0 ? You : Usted;
    }
}

/// <summary>Phrases by which the engine sorts what a customer says; see <see cref="Scoring.Text.PhraseAutomaton"/> for their language.</summary>
public sealed class ParaphrasePhrases
{
    /// <summary>Named lists for <c>%name</c> in the phrases.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Lists { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Greetings, fillers, swearing between other words: they go, the rest of the clause stays.</summary>
    public required IReadOnlyList<string> DropWords { get; init; }

    /// <summary>Fillers that divide what stands on both sides of them ("es que", "the thing is"); they stand among the words to drop too.</summary>
    public required IReadOnlyList<string> Pauses { get; init; }

    /// <summary>Names to call somebody by: they go when they stand alone between commas.</summary>
    public required IReadOnlyList<string> Vocatives { get; init; }

    /// <summary>Thanks, threats, judgements: the clause that holds them goes.</summary>
    public required IReadOnlyList<string> DropClauses { get; init; }

    /// <summary>Rhetorical questions: the whole sentence goes.</summary>
    public required IReadOnlyList<string> DropSentences { get; init; }

    /// <summary>Insults: the clause goes, and no paraphrase may ever hold one.</summary>
    public required IReadOnlyList<string> Insults { get; init; }

    /// <summary>Swear words: they go where they are mere colour, and no paraphrase may ever hold one.</summary>
    public required IReadOnlyList<string> Swearing { get; init; }

    /// <summary>What somebody wants.</summary>
    public required IReadOnlyList<string> Wants { get; init; }

    /// <summary>What went wrong.</summary>
    public required IReadOnlyList<string> Problems { get; init; }

    /// <summary>What it costs them.</summary>
    public required IReadOnlyList<string> Impacts { get; init; }

    /// <summary>Since when, by when, for how long.</summary>
    public required IReadOnlyList<string> Times { get; init; }

    /// <summary>How often.</summary>
    public required IReadOnlyList<string> Frequencies { get; init; }

    /// <summary>Words with which one talks about anything and nothing: a clause of these alone, without a number, a time or a loss, tells no fact.</summary>
    public required IReadOnlyList<string> Talk { get; init; }

    /// <summary>What somebody says of themselves or their message beside the matter ("I don't like complaining"): said back last, if at all.</summary>
    public required IReadOnlyList<string> Asides { get; init; }

    /// <summary>Dangers to health that are said back as facts, gently, unlike despair ("respirador").</summary>
    public required IReadOnlyList<string> Dangers { get; init; }
}

/// <summary>A feeling and how to name it without judging, one notch lower than shown.</summary>
public sealed class FeelingRule
{
    /// <summary>Names the rule.</summary>
    public required string Id { get; init; }

    /// <summary>The phrases that show it; none for the feeling that shouting and swearing show.</summary>
    public IReadOnlyList<string> Phrases { get; init; } = [];

    /// <summary>Whether shouting and swearing show it too.</summary>
    public bool Heat { get; init; }

    /// <summary>Whether a danger to somebody's health shows it too.</summary>
    public bool Grave { get; init; }

    /// <summary>Whole sentences that name it.</summary>
    public required AddressedSentences Says { get; init; }
}

/// <summary>Questions that invite somebody to tell more about one topic.</summary>
public sealed class OpenerRule
{
    /// <summary>Names the topic.</summary>
    public required string Topic { get; init; }

    /// <summary>The phrases that show the topic; none for questions that suit any message.</summary>
    public IReadOnlyList<string> Phrases { get; init; } = [];

    /// <summary>Phrases after which the questions would ask for what was already said.</summary>
    public IReadOnlyList<string> Unless { get; init; } = [];

    /// <summary>The questions.</summary>
    public required AddressedSentences Asks { get; init; }
}

/// <summary>What to say when no fact can be given back with certainty.</summary>
public sealed class FallbackSentences
{
    /// <summary>To anybody.</summary>
    public required AddressedSentences Open { get; init; }

    /// <summary>To a plain question or request, which nobody wants to hear repeated.</summary>
    public required AddressedSentences Question { get; init; }

    /// <summary>To abuse: calm, no thanks, no reproach.</summary>
    public required AddressedSentences Calm { get; init; }

    /// <summary>To grief, illness or despair: a human sentence, no list of facts.</summary>
    public required AddressedSentences Soft { get; init; }

    /// <summary>To a short calm answer ("yes", "two adults") that says nothing to give back.</summary>
    public required AddressedSentences Brief { get; init; }

    /// <summary>To thanks, or a problem that is over.</summary>
    public required AddressedSentences Relief { get; init; }
}

/// <summary>Phrases with the words that take their place before the message is read, from the customer's side.</summary>
public sealed class RewriteRule
{
    /// <summary>The words instead ("no me parece bien que"); empty to leave the phrase out.</summary>
    public required string Say { get; init; }

    /// <summary>The phrases.</summary>
    public required IReadOnlyList<string> Phrases { get; init; }
}

/// <summary>What the engine says and looks for in one language, whatever its grammar.</summary>
public sealed class ParaphraseWording
{
    /// <summary>Abbreviations and what they stand for, as people type them.</summary>
    public IReadOnlyDictionary<string, string> Aliases { get; init; } = new Dictionary<string, string>();

    /// <summary>Openings of a clause that are said otherwise: "lo único que pido es que", "es una vergüenza que".</summary>
    public IReadOnlyList<RewriteRule> Rewrites { get; init; } = [];

    /// <summary>Openings; <c>{facts}</c> stands for the facts.</summary>
    public required AddressedSentences Frames { get; init; }

    /// <summary>Openings beside a death or a grave illness; <c>{facts}</c> stands for the facts.</summary>
    public required AddressedSentences GentleFrames { get; init; }

    /// <summary>Check questions, each with its marks.</summary>
    public required AddressedSentences Checks { get; init; }

    /// <summary>The phrases that sort what is said.</summary>
    public required ParaphrasePhrases Phrases { get; init; }

    /// <summary>Feelings, strongest first.</summary>
    public required IReadOnlyList<FeelingRule> Feelings { get; init; }

    /// <summary>Phrases of despair, which call for a human sentence instead of facts.</summary>
    public required IReadOnlyList<string> Soft { get; init; }

    /// <summary>Phrases that tell of a death: that clause is never said back, and with little else to say a human sentence takes the place of facts.</summary>
    public required IReadOnlyList<string> Deaths { get; init; }

    /// <summary>Phrases of mourning, grave illness and losing one's home, beside which facts are said gently.</summary>
    public required IReadOnlyList<string> Hardships { get; init; }

    /// <summary>Phrases of relief: thanks for a problem solved.</summary>
    public required IReadOnlyList<string> Relief { get; init; }

    /// <summary>What to say without facts.</summary>
    public required FallbackSentences Fallbacks { get; init; }

    /// <summary>Questions that invite to tell more.</summary>
    public required IReadOnlyList<OpenerRule> Openers { get; init; }

    /// <summary>Words that no fact may hold in the end: the customer's own pronouns, "but".</summary>
    public required IReadOnlyList<string> NeverInFacts { get; init; }
}

/// <summary>The Spanish words that turning persons needs beside the verbs: lists separated by spaces.</summary>
public sealed class SpanishGrammar
{
    /// <summary>The verbs.</summary>
    public required SpanishVerbLists Verbs { get; init; }

    /// <summary>Verb forms that are nouns as often (pago, cargo, compras): read as a verb only where a verb must stand.</summary>
    public required string Homographs { get; init; }

    /// <summary>Verb forms that are practically never verbs (para, como, nada).</summary>
    public required string NotVerbs { get; init; }

    /// <summary>Words with their accents, for writers who set none.</summary>
    public required string Spelling { get; init; }

    /// <summary>Nouns of the company: "su página" of a customer is ours. Masculine ones.</summary>
    public required string CompanyNouns { get; init; }

    /// <summary>Feminine nouns of the company.</summary>
    public required string CompanyNounsFeminine { get; init; }

    /// <summary>Verbs of which a company is the subject when a customer says "me cobraron".</summary>
    public required string CompanyVerbs { get; init; }

    /// <summary>Others who may be meant by "they": with one of them in the sentence nothing is said of the company.</summary>
    public required string ThirdParties { get; init; }

    /// <summary>Verbs with which a command at the start of a clause is a request to the company.</summary>
    public required string RequestVerbs { get; init; }

    /// <summary>Verbs by which a customer judges the company ("no entienden", "mienten"): never said of ourselves.</summary>
    public required string NotOurs { get; init; }

    /// <summary>Verbs of which a plain yes-or-no question is made ("¿tienen …?", "¿se puede …?"); others are mostly rhetoric.</summary>
    public required string AskingVerbs { get; init; }

    /// <summary>People and places of an agent's private life: "tu hija" is no fact to say back.</summary>
    public required string PrivateNouns { get; init; }

    /// <summary>Verbs of telling and giving, whose "les" is the company: "les escribí".</summary>
    public required string TellingVerbs { get; init; }

    /// <summary>Verbs that are used with a pronoun of their own subject: quejarse, conectarse.</summary>
    public required string PronominalVerbs { get; init; }

    /// <summary>Verbs whose present stands for a habit or a state, so that an unaccented -o form is "I".</summary>
    public required string StateVerbs { get; init; }
}

/// <summary>The English words that turning persons needs: lists separated by spaces.</summary>
public sealed class EnglishGrammar
{
    /// <summary>Verbs: base form, past, participle, joined by slashes.</summary>
    public required string Verbs { get; init; }

    /// <summary>Base forms with which a clause that starts with them is a request.</summary>
    public required string RequestVerbs { get; init; }

    /// <summary>What companies do to customers, in base form: with one of them "you" is the company.</summary>
    public required string CompanyVerbs { get; init; }

    /// <summary>Verbs by which a customer judges the company, in base form: never said of ourselves.</summary>
    public required string NotOurs { get; init; }

    /// <summary>People and places of an agent's private life: "your daughter" is no fact to say back.</summary>
    public required string PrivateNouns { get; init; }

    /// <summary>Nouns that people write without their article at the start of a clause ("engineer never came"): they get it back.</summary>
    public required string BareNouns { get; init; }

    /// <summary>Words that are always written with a capital: days, months.</summary>
    public required string Capitals { get; init; }
}
