using System.Text.Json;
using System.Text.Json.Nodes;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace DeEscalationBot.Plugin.Scoring.AzureLanguage;

/// <summary>Speaks the service's REST protocol (<c>/language/:analyze-text</c>, 2023-04-01) through a pipeline of Azure.Core.</summary>
/// <remarks>Offsets are asked for in UTF-16 units, and the service is asked to keep no log of the texts. Safe for concurrent use.</remarks>
internal sealed class RestLanguageService : ILanguageService
{
    private const string KeyHeader = "Ocp-Apim-Subscription-Key";
    private const string ApiVersion = "2023-04-01";
    private const string Scope = "https://cognitiveservices.azure.com/.default";

    private readonly HttpPipeline _pipeline;
    private readonly Uri _address;
    private readonly string _modelVersion;

    /// <summary>Makes it. Sends nothing.</summary>
    /// <param name="options">Address, key and model.</param>
    /// <param name="transport">Carries the requests.</param>
    /// <param name="credential">Vouches for us; nothing with a key.</param>
    public RestLanguageService(AzureLanguageOptions options, HttpPipelineTransport transport, TokenCredential? credential)
    {
        _address = new Uri($"{options.Endpoint.TrimEnd('/')}/language/:analyze-text?api-version={ApiVersion}");
        _modelVersion = options.ModelVersion;
        HttpPipelinePolicy authentication = credential is null ? new KeyPolicy(new AzureKeyCredential(options.Key)) : new BearerTokenAuthenticationPolicy(credential, Scope);
        _pipeline = HttpPipelineBuilder.Build(new ServiceClientOptions(transport), authentication);
    }

    /// <inheritdoc/>
    public async Task<BatchResult<ServiceLanguage>> DetectLanguageAsync(IReadOnlyList<LanguageDocument> documents, CancellationToken cancellationToken)
    {
        // "none" keeps the service from taking the texts to be of the United States.
        var sent = documents.Select(d => new JsonObject { ["id"] = d.Id, ["text"] = d.Text, ["countryHint"] = "none" });
        using var answer = await AskAsync("LanguageDetection", sent, Parameters(), cancellationToken).ConfigureAwait(false);
        return LanguageAnswers.ReadLanguages(answer, documents);
    }

    /// <inheritdoc/>
    public async Task<BatchResult<ServiceSentiment>> AnalyzeSentimentAsync(IReadOnlyList<LanguageDocument> documents, CancellationToken cancellationToken)
    {
        var parameters = Parameters();
        parameters["opinionMining"] = true;
        parameters["stringIndexType"] = "Utf16CodeUnit";
        var sent = documents.Select(d => new JsonObject { ["id"] = d.Id, ["text"] = d.Text, ["language"] = d.Language });
        using var answer = await AskAsync("SentimentAnalysis", sent, parameters, cancellationToken).ConfigureAwait(false);
        return LanguageAnswers.ReadSentiments(answer, documents);
    }

    private JsonObject Parameters() => new() { ["modelVersion"] = _modelVersion, ["loggingOptOut"] = true };

    private async Task<JsonDocument> AskAsync(string kind, IEnumerable<JsonObject> documents, JsonObject parameters, CancellationToken cancellationToken)
    {
        var body = new JsonObject
        {
            ["kind"] = kind,
            ["analysisInput"] = new JsonObject { ["documents"] = new JsonArray([.. documents]) },
            ["parameters"] = parameters,
        };
        using var message = _pipeline.CreateMessage();
        message.Request.Method = RequestMethod.Post;
        message.Request.Uri.Reset(_address);
        message.Request.Headers.Add("Accept", "application/json");
        message.Request.Headers.Add("Content-Type", "application/json");
        message.Request.Content = RequestContent.Create(JsonSerializer.SerializeToUtf8Bytes(body));
        await _pipeline.SendAsync(message, cancellationToken).ConfigureAwait(false);
        if (message.Response.Status != 200)
        {
            throw new RequestFailedException(message.Response);
        }

        try
        {
            return JsonDocument.Parse(message.Response.Content.ToMemory());
        }
        catch (JsonException e)
        {
            throw new UnreadableAnswerException("It is not JSON.", e);
        }
    }

    private sealed class ServiceClientOptions : ClientOptions
    {
        public ServiceClientOptions(HttpPipelineTransport transport)
        {
            Transport = transport;

            // Whether and when to repeat is decided for both clients in one place; and no text is ever logged.
            Retry.MaxRetries = 0;
            Diagnostics.IsLoggingContentEnabled = false;
            Diagnostics.IsTelemetryEnabled = false;
        }
    }

    private sealed class KeyPolicy(AzureKeyCredential key) : HttpPipelineSynchronousPolicy
    {
        public override void OnSendingRequest(HttpMessage message) => message.Request.Headers.SetValue(KeyHeader, key.Key);
    }
}
