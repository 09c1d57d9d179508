using Azure;
using Azure.AI.TextAnalytics;
using Azure.Core;
using Azure.Core.Pipeline;
using DeEscalationBot.Core.Scoring;

namespace DeEscalationBot.Plugin.Scoring.AzureLanguage.TextAnalyticsSdk;

/// <summary>Asks Azure AI Language by the package <c>Azure.AI.TextAnalytics</c>. Compiled only with <c>-p:TextAnalyticsSdk=true</c>.</summary>
/// <remarks>Offsets are UTF-16 units by the package's default. An opinion that judges nothing by name is not told of by the package. Safe for concurrent use.</remarks>
internal sealed class SdkLanguageService : ILanguageService
{
    private readonly TextAnalyticsClient _client;
    private readonly string _modelVersion;

    /// <summary>Makes it. Sends nothing.</summary>
    /// <param name="options">Address, key and model.</param>
    /// <param name="transport">Carries the requests.</param>
    /// <param name="credential">Vouches for us; nothing with a key.</param>
    public SdkLanguageService(AzureLanguageOptions options, HttpPipelineTransport transport, TokenCredential? credential)
    {
        _modelVersion = options.ModelVersion;
        var settings = new TextAnalyticsClientOptions { Transport = transport, DefaultCountryHint = DetectLanguageInput.None };
        settings.Retry.MaxRetries = 0;
        settings.Diagnostics.IsLoggingContentEnabled = false;
        settings.Diagnostics.IsTelemetryEnabled = false;
        var address = new Uri(options.Endpoint);
        _client = credential is null ? new TextAnalyticsClient(address, new AzureKeyCredential(options.Key), settings) : new TextAnalyticsClient(address, credential, settings);
    }

    /// <inheritdoc/>
    public async Task<BatchResult<ServiceLanguage>> DetectLanguageAsync(IReadOnlyList<LanguageDocument> documents, CancellationToken cancellationToken)
    {
        var sent = documents.Select(d => new DetectLanguageInput(d.Id, d.Text));
        var wish = new TextAnalyticsRequestOptions { ModelVersion = _modelVersion, DisableServiceLogs = true };
        DetectLanguageResultCollection answer = await ReadAsync(() => _client.DetectLanguageBatchAsync(sent, wish, cancellationToken)).ConfigureAwait(false);
        return Gather(documents, answer, r => new ServiceLanguage(LanguageAnswers.Plain(r.PrimaryLanguage.Iso6391Name)), answer.ModelVersion);
    }

    /// <inheritdoc/>
    public async Task<BatchResult<ServiceSentiment>> AnalyzeSentimentAsync(IReadOnlyList<LanguageDocument> documents, CancellationToken cancellationToken)
    {
        var sent = documents.Select(d => new TextDocumentInput(d.Id, d.Text) { Language = d.Language });
        var wish = new AnalyzeSentimentOptions { IncludeOpinionMining = true, ModelVersion = _modelVersion, DisableServiceLogs = true };
        AnalyzeSentimentResultCollection answer = await ReadAsync(() => _client.AnalyzeSentimentBatchAsync(sent, wish, cancellationToken)).ConfigureAwait(false);
        return Gather(documents, answer, r => SentimentOf(r.DocumentSentiment), answer.ModelVersion);
    }

    private static ServiceSentiment SentimentOf(DocumentSentiment sentiment) => new(
        LanguageAnswers.ToneOf(sentiment.Sentiment.ToString()),
        new SentimentShares(
            LanguageAnswers.ChanceOf(sentiment.ConfidenceScores.Positive), LanguageAnswers.ChanceOf(sentiment.ConfidenceScores.Neutral), LanguageAnswers.ChanceOf(sentiment.ConfidenceScores.Negative)),
        sentiment.Sentences.Select(s => LanguageAnswers.ChanceOf(s.ConfidenceScores.Negative)).DefaultIfEmpty(Probability.Zero).Max(),
        [
            .. from sentence in sentiment.Sentences
               from opinion in sentence.Opinions
               from assessment in opinion.Assessments
               select new ServiceOpinion(
                   new ServiceSpan(assessment.Offset, assessment.Length),
                   new ServiceSpan(opinion.Target.Offset, opinion.Target.Length),
                   LanguageAnswers.ToneOf(assessment.Sentiment.ToString())),
        ]);

    // The package reports what it cannot read by exceptions of the runtime.
    private static async Task<T> ReadAsync<T>(Func<Task<Response<T>>> ask)
    {
        try
        {
            return (await ask().ConfigureAwait(false)).Value;
        }
        catch (Exception e) when (e is System.Text.Json.JsonException or InvalidOperationException or KeyNotFoundException or ArgumentException or FormatException)
        {
            throw new UnreadableAnswerException("The package cannot read it.", e);
        }
    }

    private static BatchResult<TOut> Gather<TIn, TOut>(IReadOnlyList<LanguageDocument> sent, IEnumerable<TIn> results, Func<TIn, TOut> read, string modelVersion)
        where TIn : TextAnalyticsResult
        where TOut : class
    {
        var found = new Dictionary<string, DocumentResult<TOut>>(StringComparer.Ordinal);
        foreach (var result in results)
        {
            var entry = result.HasError ? new DocumentResult<TOut>(null, result.Error.ErrorCode.ToString()) : new DocumentResult<TOut>(read(result), null);
            if (!sent.Any(d => d.Id == result.Id) || !found.TryAdd(result.Id, entry))
            {
                throw new UnreadableAnswerException("A document was not sent, or is there twice.");
            }
        }

        return found.Count == sent.Count
            ? new BatchResult<TOut>(found, LanguageAnswers.Plain(modelVersion))
            : throw new UnreadableAnswerException("A document that was sent is missing.");
    }
}
