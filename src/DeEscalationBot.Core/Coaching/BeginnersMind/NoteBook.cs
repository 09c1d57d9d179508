namespace DeEscalationBot.Core.Coaching.BeginnersMind;

/// <summary>What somebody is said to have had to do, by what an open question about it sounds like.</summary>
public enum ExpectedAct
{
    /// <summary>To know or understand something: how could they have?</summary>
    Knowing,

    /// <summary>To read or look at something: what would have helped them?</summary>
    Reading,

    /// <summary>To do something: what made it hard?</summary>
    Doing,
}

/// <summary>A verb of expectation.</summary>
public sealed class ExpectedVerb
{
    /// <summary>Which question it gets.</summary>
    public required ExpectedAct Act { get; init; }

    /// <summary>Its plain form: "read", "leer".</summary>
    public required string Plain { get; init; }

    /// <summary>The forms that stand behind the phrase of expectation, separated by spaces: "read", "leído leer".</summary>
    public required string Forms { get; init; }
}

/// <summary>How "should" thoughts about a customer are found and reframed (A3): <c>notes.yaml</c> of each language.</summary>
public sealed class NoteBook
{
    /// <summary>Why, one sentence for the agent.</summary>
    public required string Why { get; init; }

    /// <summary>Phrases of expectation that looks back ("should have"): the verb stands right behind them.</summary>
    public required IReadOnlyList<string> LooksBack { get; init; }

    /// <summary>Phrases of expectation in the present ("should"); only for what somebody is expected to know.</summary>
    public required IReadOnlyList<string> Present { get; init; }

    /// <summary>Phrases of a thing that should not have been done ("should not have").</summary>
    public required IReadOnlyList<string> Forbids { get; init; }

    /// <summary>Words before the phrase in the same clause that make it somebody else's matter: ourselves, or a thing.</summary>
    public required IReadOnlyList<string> NotTheCustomer { get; init; }

    /// <summary>Words that end what was expected: conjunctions.</summary>
    public required IReadOnlyList<string> Ends { get; init; }

    /// <summary>The verbs.</summary>
    public required IReadOnlyList<ExpectedVerb> Verbs { get; init; }

    /// <summary>The open question for each act; <c>{verb}</c> is the plain form, <c>{rest}</c> what follows it, with a space before it.</summary>
    public required IReadOnlyDictionary<ExpectedAct, string> Asks { get; init; }

    /// <summary>The open question for what should not have been done.</summary>
    public required string AsksForbidden { get; init; }
}
