using DeEscalationBot.Core.Scoring;

namespace DeEscalationBot.Plugin.Scoring.AzureLanguage;

/// <summary>A text as it is sent: without personal data, within the service's limits.</summary>
/// <param name="Id">Its id within the request.</param>
/// <param name="Text">The text.</param>
/// <param name="Language">Its ISO 639 code; empty where the language is what is asked.</param>
internal sealed record LanguageDocument(string Id, string Text, string Language = "");

/// <summary>What the service says of one document, or the code of its error.</summary>
/// <typeparam name="T">What it says.</typeparam>
/// <param name="Value">What it says; nothing with an error.</param>
/// <param name="Error">The code of the error; nothing with a value.</param>
internal sealed record DocumentResult<T>(T? Value, string? Error)
    where T : class;

/// <summary>What the service says of a request's documents, by their ids.</summary>
/// <typeparam name="T">What it says of one.</typeparam>
/// <param name="ByDocument">One entry for each document that was sent, and no other.</param>
/// <param name="ModelVersion">The service's model.</param>
internal sealed record BatchResult<T>(IReadOnlyDictionary<string, DocumentResult<T>> ByDocument, string ModelVersion)
    where T : class;

/// <summary>Some units of a document.</summary>
/// <param name="Offset">The first, UTF-16 units from 0, as the service says: not checked yet.</param>
/// <param name="Length">How many, as the service says.</param>
internal readonly record struct ServiceSpan(int Offset, int Length);

/// <summary>An opinion, as the service says it.</summary>
/// <param name="Words">The judging words.</param>
/// <param name="About">What they judge, or nothing.</param>
/// <param name="Sentiment">How.</param>
internal sealed record ServiceOpinion(ServiceSpan Words, ServiceSpan? About, Sentiment Sentiment);

/// <summary>A document's sentiment, as the service says it.</summary>
/// <param name="Sentiment">Of the whole.</param>
/// <param name="Shares">How sure it is.</param>
/// <param name="SharpestNegative">How sure it is of the most negative sentence.</param>
/// <param name="Opinions">All opinions.</param>
internal sealed record ServiceSentiment(Sentiment Sentiment, SentimentShares Shares, Probability SharpestNegative, IReadOnlyList<ServiceOpinion> Opinions);

/// <summary>A document's language, as the service says it.</summary>
/// <param name="Code">Its ISO 639 code; empty when it cannot tell.</param>
internal sealed record ServiceLanguage(string Code);

/// <summary>The two questions that are put to Azure AI Language, whichever client carries them. One request a call, never repeated: that is decided above.</summary>
/// <remarks>
/// A request that fails is an <see cref="Azure.RequestFailedException"/> with the service's status (0 without an answer), what is no answer a
/// <see cref="UnreadableAnswerException"/>. Safe for concurrent use.
/// </remarks>
internal interface ILanguageService
{
    /// <summary>Asks in which language documents are.</summary>
    /// <param name="documents">At most <see cref="DocumentBatches.MostDocuments"/>.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    Task<BatchResult<ServiceLanguage>> DetectLanguageAsync(IReadOnlyList<LanguageDocument> documents, CancellationToken cancellationToken);

    /// <summary>Asks for the sentiment of documents, with opinions.</summary>
    /// <param name="documents">At most <see cref="DocumentBatches.MostDocuments"/>, each with its language.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    Task<BatchResult<ServiceSentiment>> AnalyzeSentimentAsync(IReadOnlyList<LanguageDocument> documents, CancellationToken cancellationToken);
}

/// <summary>What came back is not an answer to what was asked. Says which part, never what stood there.</summary>
/// <param name="message">Which part.</param>
/// <param name="innerException">What the reader reported.</param>
internal sealed class UnreadableAnswerException(string message, Exception? innerException = null) : Exception(message, innerException);
