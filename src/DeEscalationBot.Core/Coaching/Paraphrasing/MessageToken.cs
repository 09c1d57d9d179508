namespace DeEscalationBot.Core.Coaching.Paraphrasing;

/// <summary>What divides a word from the one before it.</summary>
internal enum TokenBreak
{
    None,
    Comma,
    Sentence,
}

/// <summary>What the phrases of the playbook say about a word.</summary>
[Flags]
internal enum TokenMarks
{
    None = 0,

    /// <summary>Greeting, filler, swearing: the word goes, the rest may stay.</summary>
    Dropped = 1,

    /// <summary>The clause that holds the word goes: insult, threat, mere judgement.</summary>
    DropsClause = 2,

    /// <summary>The sentence that holds the word goes.</summary>
    DropsSentence = 4,

    Want = 8,
    Problem = 16,
    Impact = 32,
    Time = 64,
    Frequency = 128,

    /// <summary>A name to call somebody by ("señorita", "mate"): goes when it stands alone between commas.</summary>
    Vocative = 256,

    /// <summary>Somebody's words, given between quotation marks.</summary>
    Quoted = 512,

    /// <summary>What somebody says about themselves or their message beside the matter: said back only when nothing else is there.</summary>
    Aside = 1024,

    /// <summary>An insult: called after a whole clause it goes alone, else the clause goes with it.</summary>
    Insult = 2048,

    /// <summary>A danger to somebody's health: told gently, but told, unlike despair.</summary>
    Danger = 4096,

    /// <summary>A filler that divides what stands on both sides of it.</summary>
    Pause = 8192,

    /// <summary>A word with which one talks about anything and nothing.</summary>
    Talk = 16384,

    /// <summary>A threat, or a bargain with one: the whole sentence goes.</summary>
    Threat = 32768,

    /// <summary>What makes a clause more than talk.</summary>
    Substance = Time | Frequency | Impact | Danger,
}

/// <summary>A word of a message with what stands around it, as the paraphrase needs it.</summary>
/// <param name="Start">Offset in the message.</param>
/// <param name="End">Offset after its last unit.</param>
/// <param name="Text">As it is to be written: shouting undone, numbers and codes untouched.</param>
/// <param name="Lower">In lower case with accents.</param>
/// <param name="Form">In lower case without accents and apostrophes.</param>
/// <param name="Break">What divides it from the word before.</param>
/// <param name="Sentence">Index of its sentence.</param>
/// <param name="IsQuestion">Whether its sentence asks.</param>
/// <param name="Marks">What the playbook's phrases say about it.</param>
internal sealed record MessageToken(
    int Start,
    int End,
    string Text,
    string Lower,
    string Form,
    TokenBreak Break,
    int Sentence,
    bool IsQuestion,
    TokenMarks Marks)
{
    private static readonly HashSet<string> NumberWords = new(
        "dos tres cuatro cinco seis siete ocho nueve diez once doce quince veinte treinta cuarenta cincuenta cien mil two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty hundred thousand".Split(' '), StringComparer.Ordinal);

    /// <summary>Whether it is a number written out; "one" is none.</summary>
    public bool IsNumberWord => NumberWords.Contains(Form);

    /// <summary>Whether it looks like nothing but an id: letters or hyphens among digits, or many digits without a sign.</summary>
    public bool IsCode { get; } = Text.Count(char.IsAsciiDigit) is var digits && ((digits >= 3 && Text.Any(c => char.IsAsciiLetterUpper(c) || c == '-')) || digits >= 5) && Text.AsSpan().IndexOfAny("$€£%:") < 0;

    public bool HasDigit { get; } = Text.AsSpan().IndexOfAnyInRange('0', '9') >= 0;

    /// <summary>Whether "¿" stands before it.</summary>
    public bool IsOpenedQuestion { get; init; }

    /// <summary>Whether a question mark follows it.</summary>
    public bool ClosesQuestion { get; init; }

    public bool IsCapitalised => Text.Length > 0 && char.IsUpper(Text[0]);
}

/// <summary>Who does what a clause tells.</summary>
internal enum ClauseSubject
{
    None,
    Customer,
    Company,
    Other,

    /// <summary>Several act in the clause, so that whose verb follows cannot be told.</summary>
    Several,
}

/// <summary>A run of words that is said back, or left out, as a whole.</summary>
/// <param name="Tokens">Its words.</param>
/// <param name="Connector">The word that joined it to what came before (in its plain form), or nothing.</param>
/// <param name="Break">What stood before it.</param>
/// <param name="Inherited">Who the subject is when the clause names none because it shares that of the clause before; nothing at the start of a sentence.</param>
internal sealed record MessageClause(IReadOnlyList<MessageToken> Tokens, string? Connector, TokenBreak Break, ClauseSubject Inherited = ClauseSubject.None)
{
    // Shorter words are mostly articles, pronouns and the like.
    private const int LeastContentLetters = 4;

    public int Sentence => Tokens[0].Sentence;

    public bool IsQuestion => Tokens[0].IsQuestion;

    /// <summary>Whether a question mark may close this clause: it is the last of its sentence.</summary>
    public bool IsLastOfSentence { get; init; }

    /// <summary>Whether what it names comes with a threat behind it: then it tells what is wanted.</summary>
    public bool IsUltimatum { get; init; }

    /// <summary>Whether it begins its sentence after "¿".</summary>
    public bool IsOpenedQuestion { get; init; }

    /// <summary>What the clause before it, of the same sentence, told of the customer.</summary>
    public OwnTelling GoesOn { get; init; }

    /// <summary>Whether it tells something of the matter.</summary>
    public bool HasSubstance => Tokens.Any(t => t.HasDigit || (t.Marks & TokenMarks.Substance) != 0 || (t.Form.Length >= LeastContentLetters && (t.Marks & TokenMarks.Talk) == 0));

    /// <summary>Whether it tells a number, a time, a loss or a danger.</summary>
    public bool HasStrictSubstance => Tokens.Any(t => t.HasDigit || t.IsNumberWord || (t.Marks & TokenMarks.Substance) != 0);

    public bool Has(TokenMarks mark) => Tokens.Any(t => (t.Marks & mark) != 0);

    public MessageClause Join(MessageClause next)
    {
        var joined = new List<MessageToken>(Tokens);
        if (next.Connector is { Length: > 0 } connector)
        {
            var first = next.Tokens[0];
            joined.Add(first with { Text = connector, Lower = connector, Form = connector, Break = next.Break, Marks = TokenMarks.None });
            joined.Add(first with { Break = TokenBreak.None });
            joined.AddRange(next.Tokens.Skip(1));
        }
        else
        {
            joined.Add(next.Tokens[0] with { Break = next.Break });
            joined.AddRange(next.Tokens.Skip(1));
        }

        return this with { Tokens = joined };
    }
}
