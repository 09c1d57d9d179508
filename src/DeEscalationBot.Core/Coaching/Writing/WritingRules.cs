namespace DeEscalationBot.Core.Coaching.Writing;

/// <summary>What a claim needs so that it may stand in a text.</summary>
public enum ClaimSupport
{
    /// <summary>Somebody on our side said it: the same rule matches in the agent's messages, the draft or what a person confirmed.</summary>
    OurSide,

    /// <summary>Anybody in the conversation spoke of it: one of the rule's topics, or the same rule, matches.</summary>
    Anybody,

    /// <summary>Nothing can support it.</summary>
    Nobody,
}

/// <summary>Something that a language model likes to say without knowing it.</summary>
public sealed class ClaimRule
{
    /// <summary>Tells a reader what matched; unique in the file.</summary>
    public required string Id { get; init; }

    /// <summary>The fault that it is; <c>UnsupportedClaim</c> when left out.</summary>
    public WritingFault Fault { get; init; } = WritingFault.UnsupportedClaim;

    /// <summary>What supports it.</summary>
    public ClaimSupport Support { get; init; }

    /// <summary>How it is worded.</summary>
    public required IReadOnlyList<string> Phrases { get; init; }

    /// <summary>Words that take it back within the sentence.</summary>
    public IReadOnlyList<string> Unless { get; init; } = [];

    /// <summary>What somebody who speaks of it says.</summary>
    public IReadOnlyList<string> Topics { get; init; } = [];
}

/// <summary>How the texts of a language model are checked in one language: <c>generated-text.yaml</c>.</summary>
public sealed class WritingRules
{
    /// <summary>Word lists for the phrases.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Lists { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Number words with their figures.</summary>
    public required IReadOnlyDictionary<string, string> Numbers { get; init; }

    /// <summary>Units by class, with all their words: a number may not change its unit.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Units { get; init; }

    /// <summary>Classes of units that are a length of time: such a word needs one of its class in the conversation.</summary>
    public required IReadOnlyList<string> TimeUnits { get; init; }

    /// <summary>Words before a unit of time that make a greeting of it.</summary>
    public IReadOnlyList<string> Greetings { get; init; } = [];

    /// <summary>Words that deny what follows within four words: what was denied supports no claim.</summary>
    public required IReadOnlyList<string> Negators { get; init; }

    /// <summary>Days, months and other times that the conversation must have named in these words.</summary>
    public required IReadOnlyList<string> Times { get; init; }

    /// <summary>Words with a capital letter that are no names.</summary>
    public IReadOnlyList<string> Capitals { get; init; } = [];

    /// <summary>Given names: at the beginning of a sentence every word has a capital letter.</summary>
    public required IReadOnlyList<string> GivenNames { get; init; }

    /// <summary>Words of other languages; two of them make a text foreign.</summary>
    public IReadOnlyList<string> ForeignWords { get; init; } = [];

    /// <summary>Phrases that speak to a friend; a fault when usted is wanted. Spanish only.</summary>
    public IReadOnlyList<string> Informal { get; init; } = [];

    /// <summary>Phrases that keep a distance; a fault when tú or vos is wanted. Spanish only.</summary>
    public IReadOnlyList<string> Formal { get; init; } = [];

    /// <summary>Beginnings of words with which an agent talks about any matter.</summary>
    public required IReadOnlyList<string> Talk { get; init; }

    /// <summary>What must be known to be said.</summary>
    public required IReadOnlyList<ClaimRule> Claims { get; init; }

    /// <summary>For each fault, the sentence that tells a language model what to mend.</summary>
    public required IReadOnlyDictionary<WritingFault, string> Mend { get; init; }
}
