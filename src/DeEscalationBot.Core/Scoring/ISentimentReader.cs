using DeEscalationBot.Core.Channels;

namespace DeEscalationBot.Core.Scoring;

/// <summary>A message about which a sentiment service is asked.</summary>
/// <param name="Text">The text as it came in.</param>
/// <param name="Language">Its language as far as we know; undetermined lets the service find it out.</param>
/// <param name="Fallback">The language to assume when the service finds none either: the conversation's.</param>
public sealed record SentimentQuestion(string Text, MessageLanguage Language, MessageLanguage Fallback = MessageLanguage.Undetermined);

/// <summary>A reading, or why there is none: exactly one of the two.</summary>
/// <param name="Reading">What the service said.</param>
/// <param name="Failure">Why it said nothing.</param>
public sealed record SentimentAnswer(SentimentReading? Reading, OpinionFailure? Failure)
{
    /// <summary>A reading.</summary>
    /// <param name="reading">What the service said.</param>
    public static SentimentAnswer Of(SentimentReading reading) => new(reading, null);

    /// <summary>No reading.</summary>
    /// <param name="failure">Why.</param>
    public static SentimentAnswer None(OpinionFailure failure) => new(null, failure);
}

/// <summary>Asks a general sentiment service, on another machine. Nothing is asked unless the settings switch it on.</summary>
/// <remarks>
/// Unlike <see cref="IUtteranceScorer"/> it reaches a network, takes its time and may fail; so it is never on the way of a message unless the
/// settings say so, and then for a limited time. Implementations take personal data out before anything is sent, and are safe for concurrent use.
/// </remarks>
public interface ISentimentReader
{
    /// <summary>The service's name, as it is recorded and shown.</summary>
    string Source { get; }

    /// <summary>What its opinions are used for.</summary>
    OpinionUse Use { get; }

    /// <summary>Asks about messages.</summary>
    /// <param name="questions">The messages, at least one.</param>
    /// <param name="cancellationToken">Nobody wants to know any more.</param>
    /// <returns>One answer for each, in their order. What goes wrong is an answer, too.</returns>
    /// <exception cref="OperationCanceledException">By <paramref name="cancellationToken"/> only.</exception>
    Task<IReadOnlyList<SentimentAnswer>> ReadAsync(IReadOnlyList<SentimentQuestion> questions, CancellationToken cancellationToken);
}
