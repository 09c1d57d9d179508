namespace DeEscalationBot.Core.Scoring;

/// <summary>What a rule does with words that are negated or quoted.</summary>
public enum ScopeTreatment
{
    /// <summary>They do not count: the normal case.</summary>
    Skip,

    /// <summary>They count all the same.</summary>
    Count,
}

/// <summary>One rule of the playbook that recognises a signal, as it stands in <c>prompts/playbook/{language}/signals.yaml</c>.</summary>
public sealed class SignalRule
{
    /// <summary>Names the rule in explanations and error messages; unique in its file.</summary>
    public required string Id { get; init; }

    /// <summary>What it recognises.</summary>
    public required SignalType Type { get; init; }

    /// <summary>How sure a single match is, above 0 and at most 1. Several rules of one type add up (noisy or).</summary>
    public double Confidence { get; init; } = 0.8;

    /// <summary>The phrases, any of which matches; see <see cref="Text.PhraseAutomaton"/> for their language.</summary>
    public required IReadOnlyList<string> Phrases { get; init; }

    /// <summary>Phrases that take the match back when they stand in the same sentence.</summary>
    public IReadOnlyList<string> Unless { get; init; } = [];

    /// <summary>Phrases that take the match back when they stand anywhere in the message.</summary>
    public IReadOnlyList<string> UnlessAnywhere { get; init; } = [];

    /// <summary>Phrases of which one must stand somewhere in the message; none by default.</summary>
    public IReadOnlyList<string> Requires { get; init; } = [];

    /// <summary>What happens when a negation governs the match ("no pienso cancelar").</summary>
    public ScopeTreatment Negated { get; init; } = ScopeTreatment.Skip;

    /// <summary>What happens when the match stands between quotation marks.</summary>
    public ScopeTreatment Quoted { get; init; } = ScopeTreatment.Skip;

    /// <summary>Whether the phrases say it outright: then the signal is given though a model's words disagree. False by default.</summary>
    public bool Outright { get; init; }

    /// <summary>Whether the sentence of the match must speak to us ("you", "usted", "tú", "vos"). False by default.</summary>
    public bool Addressed { get; init; }

    /// <summary>Whether the phrases say in so many words that it is not so ("you are not stupid"): the rule then gives no signal, takes back what is found inside the match, and words alone give none either. False by default.</summary>
    /// <remarks>No rule denies threats, blackmail or despair, and none that denies is <see cref="Outright"/>.</remarks>
    public bool Denies { get; init; }
}

/// <summary>Words that shift how angry a message sounds without being a signal, as in <c>tone.yaml</c>.</summary>
public sealed class ToneRule
{
    /// <summary>Names the rule in explanations; unique in its file.</summary>
    public required string Id { get; init; }

    /// <summary>How much it adds to the heat in log-odds, about −3 (grateful) to 3 (furious).</summary>
    public required double Weight { get; init; }

    /// <summary>The phrases, any of which matches.</summary>
    public required IReadOnlyList<string> Phrases { get; init; }

    /// <summary>Phrases that take the match back when they stand in the same sentence.</summary>
    public IReadOnlyList<string> Unless { get; init; } = [];

    /// <summary>What happens when a negation governs the match.</summary>
    public ScopeTreatment Negated { get; init; } = ScopeTreatment.Skip;
}

/// <summary>The words of one language that several rules share, as in <c>lexicon.yaml</c>.</summary>
public sealed class LanguageLexicon
{
    /// <summary>Named lists for <c>%name</c> in phrases.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Lists { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Names of those lists whose words people hide behind asterisks ("m**rda"); <c>insult</c> and <c>swear</c> by default. A list that is not there hides nothing.</summary>
    public IReadOnlyList<string> MaskedLists { get; init; } = ["insult", "swear"];

    /// <summary>Abbreviations and what they stand for.</summary>
    public IReadOnlyDictionary<string, string> Aliases { get; init; } = new Dictionary<string, string>();

    /// <summary>Phrases that negate what follows them in their clause.</summary>
    public required IReadOnlyList<string> Negators { get; init; }

    /// <summary>Phrases in which such a word does not negate ("no solo", "not only").</summary>
    public IReadOnlyList<string> NotNegators { get; init; } = [];

    /// <summary>Phrases between negator and match that end its reach ("pero", "but").</summary>
    public IReadOnlyList<string> NegationEnds { get; init; } = [];

    /// <summary>Phrases that begin a clause of their own, so that a negation further back does not reach them even where nobody typed a comma ("nobody answers i will kill you").</summary>
    /// <remarks>Not so right behind the negator itself ("no voy a pagar"), nor behind one of <see cref="ClauseLinks"/>.</remarks>
    public IReadOnlyList<string> ClauseStarts { get; init; } = [];

    /// <summary>Phrases behind which a clause still hangs on what stands before ("nobody says i will sue").</summary>
    public IReadOnlyList<string> ClauseLinks { get; init; } = [];

    /// <summary>How many words a negation reaches, 1 to 9.</summary>
    public int NegationReachWords { get; init; } = 4;

    /// <summary>Phrases that show that a sentence speaks to us.</summary>
    public required IReadOnlyList<string> Addressing { get; init; }
}

/// <summary>Everything that recognises signals in one language.</summary>
/// <param name="Lexicon">The shared words.</param>
/// <param name="Rules">The signal rules.</param>
/// <param name="Tone">The tone rules.</param>
public sealed record SignalRuleSet(LanguageLexicon Lexicon, IReadOnlyList<SignalRule> Rules, IReadOnlyList<ToneRule> Tone);
