namespace DeEscalationBot.Core.Coaching.Letters;

/// <summary>The words of apology letters (A13): <c>letters.yaml</c> of each language.</summary>
/// <remarks>Places are filled by name: <c>{name}</c>, <c>{facts}</c>, <c>{actions}</c>, <c>{date}</c>, <c>{contact}</c>.</remarks>
public sealed class LetterBook
{
    /// <summary>The subject, for a file's title.</summary>
    public required string Subject { get; init; }

    /// <summary>The salutation, with <c>{name}</c>.</summary>
    public required string Salutation { get; init; }

    /// <summary>The salutation of a letter that goes out without a name.</summary>
    public required string Greeting { get; init; }

    /// <summary>What shows that the problem was understood, with <c>{facts}</c>.</summary>
    public required IReadOnlyList<Wording> Understanding { get; init; }

    /// <summary>The same in a letter that goes out although nobody said what happened.</summary>
    public required Wording Unnamed { get; init; }

    /// <summary>The apology: regret for the fact, no legal words.</summary>
    public required IReadOnlyList<Wording> Apology { get; init; }

    /// <summary>What introduces the actions: one follows on the line, several stand below each other.</summary>
    public required string Actions { get; init; }

    /// <summary>By when results show, with <c>{date}</c>.</summary>
    public required Wording Results { get; init; }

    /// <summary>How to reach somebody, with <c>{contact}</c>.</summary>
    public required Wording Contact { get; init; }

    /// <summary>The thanks.</summary>
    public required IReadOnlyList<Wording> Thanks { get; init; }

    /// <summary>The end of the letter.</summary>
    public required Wording Closing { get; init; }

    /// <summary>How a date is written, in .NET's format language.</summary>
    public required string DateFormat { get; init; }

    /// <summary>What is asked for each missing part.</summary>
    public required IReadOnlyDictionary<LetterPart, string> Asks { get; init; }
}

/// <summary>What a letter or a call needs and only a person knows.</summary>
public enum LetterPart
{
    /// <summary>The customer's name.</summary>
    Name,

    /// <summary>What happened.</summary>
    Facts,

    /// <summary>What is done about it, or offered.</summary>
    Actions,

    /// <summary>The date by which results show, confirmed by a person (A4).</summary>
    Date,

    /// <summary>How to reach somebody.</summary>
    Contact,

    /// <summary>Who signs.</summary>
    Signature,

    /// <summary>When to call back.</summary>
    CallBack,
}

/// <summary>What the agent gives for a letter or a call. Nothing is made up: what is empty is asked for.</summary>
/// <param name="Name">How the customer is addressed.</param>
/// <param name="Facts">What happened, from our side ("you have been waiting …"), beginning in lower case.</param>
/// <param name="Actions">What is done about it or offered, one thing a line.</param>
/// <param name="Date">By when results show.</param>
/// <param name="IsDateConfirmed">Whether a person has confirmed that date; without it the date stays out (A4).</param>
/// <param name="Contact">How to reach somebody: a telephone number, an address.</param>
/// <param name="Signature">Who signs or calls, and for whom.</param>
/// <param name="CallBack">When to call back.</param>
/// <param name="ConfirmedTime">By when results show, in the words of a person who has confirmed it, where it is no single date.</param>
public sealed record LetterFacts(
    string? Name = null,
    string? Facts = null,
    string? Actions = null,
    DateOnly? Date = null,
    bool IsDateConfirmed = false,
    string? Contact = null,
    string? Signature = null,
    DateTimeOffset? CallBack = null,
    string? ConfirmedTime = null)
{
    /// <summary>The actions, one each.</summary>
    public IReadOnlyList<string> ActionLines => [.. (Actions ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(l => l.TrimEnd('.', ';'))];

    /// <summary>The date, when a person has confirmed it.</summary>
    public DateOnly? ConfirmedDate => IsDateConfirmed ? Date : null;
}

/// <summary>A part that is missing.</summary>
/// <param name="Part">The part.</param>
/// <param name="Asks">What to ask the agent.</param>
public sealed record MissingPart(LetterPart Part, string Asks);

/// <summary>One paragraph of a letter or a script.</summary>
/// <param name="Text">The words; several lines for a list.</param>
/// <param name="IsHeading">Whether it is a heading.</param>
/// <param name="Missing">What it waits for; then <paramref name="Text"/> is the question. Nothing for a paragraph that is written.</param>
/// <param name="Without">What can be said without the missing part, or nothing.</param>
public sealed record LetterParagraph(string Text, bool IsHeading = false, LetterPart? Missing = null, string? Without = null);
