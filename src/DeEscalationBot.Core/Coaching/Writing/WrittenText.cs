using DeEscalationBot.Core.Channels;

namespace DeEscalationBot.Core.Coaching.Writing;

/// <summary>Who found the words.</summary>
public enum WritingOrigin
{
    /// <summary>The rules of this product, offline.</summary>
    Offline,

    /// <summary>The language model, at the first try; every check passed.</summary>
    LanguageModel,

    /// <summary>The language model, after one repair; every check passed.</summary>
    Repaired,
}

/// <summary>Why the offline words are shown although a language model is set up.</summary>
public enum OfflineReason
{
    /// <summary>There is no language model, or the words are not the language model's.</summary>
    None,

    /// <summary>No language model is set up.</summary>
    SwitchedOff,

    /// <summary>The conversation is about danger, a child or grief, or there is abuse to be answered: those words are ours alone.</summary>
    Delicate,

    /// <summary>The language model did not answer in time.</summary>
    TooSlow,

    /// <summary>The language model cannot be reached or answers with an error; or it was so often enough that it is left alone for a while.</summary>
    Unavailable,

    /// <summary>As many requests as allowed are under way.</summary>
    Busy,

    /// <summary>What it wrote did not pass the checks, twice.</summary>
    Refused,

    /// <summary>The words to be mended are longer than what a language model is given of them: their end would be lost.</summary>
    TooLong,
}

/// <summary>What is wrong with a text that a language model wrote.</summary>
public enum WritingFault
{
    /// <summary>Nothing, or too little to be an answer.</summary>
    TooShort,

    /// <summary>Longer than an agent would send.</summary>
    TooLong,

    /// <summary>Another language than the customer's.</summary>
    WrongLanguage,

    /// <summary>Mark-up, a list, a placeholder, invisible signs or another script.</summary>
    NotPlainText,

    /// <summary>Another form of address than wanted.</summary>
    WrongAddress,

    /// <summary>One of the rules for an agent's draft, of warning or block.</summary>
    DraftRule,

    /// <summary>A number that nobody in the conversation named, or with another unit.</summary>
    UnknownNumber,

    /// <summary>A name that nobody in the conversation named.</summary>
    UnknownName,

    /// <summary>A day or time that nobody in the conversation named.</summary>
    UnknownTime,

    /// <summary>Says as a fact, as done or as offered what nobody on our side said.</summary>
    UnsupportedClaim,

    /// <summary>An address to click, to write to or to follow that nobody in the conversation named.</summary>
    UnknownLink,

    /// <summary>Personal data that were taken out, or their placeholder.</summary>
    PersonalData,

    /// <summary>Asks for a password, a code or a card.</summary>
    AsksForSecret,

    /// <summary>Speaks of itself, of its instructions or of being a machine.</summary>
    SpeaksOfItself,

    /// <summary>Insults, threatens or bargains.</summary>
    Hostile,

    /// <summary>Has too little to do with the conversation.</summary>
    OffTopic,

    /// <summary>A rewrite that lost a number or name of the draft, or a farewell that lost a part of it.</summary>
    LostFact,

    /// <summary>A farewell whose numbers, days and names stand in another order than in ours, or more often: what is said of each may be another thing.</summary>
    MovedFact,
}

/// <summary>A fault, with the words that show it.</summary>
/// <param name="Fault">What is wrong.</param>
/// <param name="Words">The words, or the name of the draft rule; may be empty. Somebody's text: not for logs.</param>
public sealed record WritingFinding(WritingFault Fault, string Words);

/// <summary>What a letter still needs from a person.</summary>
public enum MissingFact
{
    /// <summary>What the customer complained of could not be told with certainty.</summary>
    Problem,

    /// <summary>What is done about it.</summary>
    Actions,

    /// <summary>The date by which results show.</summary>
    ResultsBy,

    /// <summary>Whom the customer can turn to.</summary>
    Contact,
}

/// <summary>A text for an agent.</summary>
/// <param name="Kind">What was asked for.</param>
/// <param name="Language">The language that it is written in.</param>
/// <param name="Text">The text; can be shown as it is. Empty when there is nothing better to say: no draft to rewrite, no suggestion needed.</param>
/// <param name="Origin">Who found the words.</param>
public sealed record WrittenText(WritingKind Kind, MessageLanguage Language, string Text, WritingOrigin Origin)
{
    /// <summary>Why the words are the offline ones.</summary>
    public OfflineReason Reason { get; init; }

    /// <summary>What was wrong with the language model's last text, when that is the reason; each fault once.</summary>
    public IReadOnlyList<WritingFault> Faults { get; init; } = [];

    /// <summary>What a letter still needs; empty for everything else.</summary>
    public IReadOnlyList<MissingFact> Missing { get; init; } = [];

    /// <summary>The first twelve digits of the SHA-256 of the prompt that the words come from; nothing offline.</summary>
    public string? PromptVersion { get; init; }
}

/// <summary>A step on the way to a text.</summary>
/// <param name="Text">What can be shown now. Every step replaces the one before.</param>
/// <param name="IsFinal">Whether it is the last one.</param>
/// <param name="Result">The result; only with the last step, and with the offline words that come first.</param>
public sealed record WritingStep(string Text, bool IsFinal, WrittenText? Result);

/// <summary>Writes for an agent: offline at once, and with a language model when one is set up.</summary>
/// <remarks>Safe for concurrent use. Nothing that it gives has failed a check. No failure of a language model reaches the caller.</remarks>
public interface ICoachWriter
{
    /// <summary>Whether a language model is set up.</summary>
    bool UsesLanguageModel { get; }

    /// <summary>The offline words, at once.</summary>
    /// <param name="request">What is wanted.</param>
    WrittenText WriteOffline(WritingRequest request);

    /// <summary>The best words that there are: the language model's when they pass every check, else the offline ones.</summary>
    /// <param name="request">What is wanted.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task<WrittenText> WriteAsync(WritingRequest request, CancellationToken cancellationToken = default);

    /// <summary>The same step by step: first the offline words, then what has been written and checked so far, last the result.</summary>
    /// <param name="request">What is wanted.</param>
    /// <param name="cancellationToken">Stops writing.</param>
    IAsyncEnumerable<WritingStep> StreamAsync(WritingRequest request, CancellationToken cancellationToken = default);
}
