using System.ClientModel;
using System.ClientModel.Primitives;
using System.Globalization;
using System.Text;
using DeEscalationBot.Plugin.Http;
using Microsoft.Extensions.Options;
using Microsoft.SemanticKernel;
using OpenAI;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace DeEscalationBot.Plugin.LanguageModel;

/// <summary>What came back.</summary>
/// <param name="Text">The text as it came; may be broken off.</param>
/// <param name="IsWhole">False when it was cut at the token limit or by a filter, or nobody wanted to read on.</param>
internal sealed record Completion(string Text, bool IsWhole);

/// <summary>Asks the language model through Semantic Kernel, with time limit, retry and circuit breaker.</summary>
/// <remarks>
/// One service, one breaker. The limits hold for the whole answer, since a service may send its first line at once and the rest never.
/// Redirections are not followed: neither the key nor the conversation goes anywhere else. Nothing here logs a text. Safe for concurrent use.
/// </remarks>
internal sealed class LanguageModelClient : IDisposable
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

    // A service that asks for no key is sent this one: the client library wants one.
    private const string NoKey = "none";

    private readonly Kernel _kernel;
    private readonly HttpClient _http;
    private readonly ResiliencePipeline _pipeline;
    private readonly LanguageModelOptions _options;
    private readonly LanguageModelMetrics _metrics;

    public LanguageModelClient(IOptions<LanguageModelOptions> options, LanguageModelMetrics metrics, TimeProvider clock)
    {
        _options = options.Value;
        _metrics = metrics;
        _http = new HttpClient(new BoundedResponses
        {
            InnerHandler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = ConnectTimeout, PooledConnectionLifetime = ConnectionLifetime },
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        var client = new OpenAIClient(
            new ApiKeyCredential(string.IsNullOrWhiteSpace(_options.ApiKey) ? NoKey : _options.ApiKey),
            new OpenAIClientOptions
            {
                Endpoint = new Uri(_options.Endpoint),
                Transport = new HttpClientPipelineTransport(_http),
                RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
                NetworkTimeout = Timeout.InfiniteTimeSpan,
            });
        _kernel = Kernel.CreateBuilder().AddOpenAIChatCompletion(_options.Model, client).Build();
        _pipeline = BuildPipeline(_options, clock);
    }

    /// <summary>Has a text written.</summary>
    /// <param name="prompt">The prompt.</param>
    /// <param name="arguments">What it takes in.</param>
    /// <param name="onText">Sees all that has come so far, from the beginning again after a retry, and says whether to read on; nothing to wait for the whole.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    /// <exception cref="BrokenCircuitException">The service is left alone for a while.</exception>
    /// <exception cref="TimeoutRejectedException">It took too long.</exception>
    public async Task<Completion> CompleteAsync(PromptFunction prompt, KernelArguments arguments, Func<string, bool>? onText, CancellationToken cancellationToken)
    {
        try
        {
            return await _pipeline.ExecuteAsync(
                async token =>
                {
                    try
                    {
                        var completion = onText is null ? await ReadWholeAsync(prompt, arguments, token).ConfigureAwait(false) : await ReadStreamAsync(prompt, arguments, onText, token).ConfigureAwait(false);
                        _metrics.Requested(prompt, "ok");
                        return completion;
                    }
                    catch (Exception e)
                    {
                        _metrics.Requested(prompt, OutcomeOf(e, cancellationToken));
                        throw;
                    }
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch (BrokenCircuitException)
        {
            _metrics.Requested(prompt, "circuit-open");
            throw;
        }
    }

    public void Dispose() => _http.Dispose();

    private static string OutcomeOf(Exception e, CancellationToken caller) => e switch
    {
        _ when caller.IsCancellationRequested => "cancelled",
        OperationCanceledException => "timeout",
        HttpOperationException { StatusCode: { } status } => ((int)status).ToString(CultureInfo.InvariantCulture),
        _ => "broken",
    };

    private async Task<Completion> ReadWholeAsync(PromptFunction prompt, KernelArguments arguments, CancellationToken token)
    {
        var result = await _kernel.InvokeAsync(prompt.Function, arguments, token).ConfigureAwait(false);
        var message = result.GetValue<ChatMessageContent>() ?? throw new InvalidDataException("The service's answer holds no message.");
        Count(prompt, message.Metadata);
        return new Completion(message.Content ?? string.Empty, IsFinished(message.Metadata));
    }

    private async Task<Completion> ReadStreamAsync(PromptFunction prompt, KernelArguments arguments, Func<string, bool> onText, CancellationToken token)
    {
        var text = new StringBuilder();
        var isFinished = false;
        await foreach (var chunk in _kernel.InvokeStreamingAsync<StreamingChatMessageContent>(prompt.Function, arguments, token).ConfigureAwait(false))
        {
            Count(prompt, chunk.Metadata);
            isFinished |= IsFinished(chunk.Metadata);
            if (string.IsNullOrEmpty(chunk.Content))
            {
                continue;
            }

            text.Append(chunk.Content);
            if (!onText(text.ToString()))
            {
                return new Completion(text.ToString(), IsWhole: false);
            }
        }

        return new Completion(text.ToString(), isFinished);
    }

    private void Count(PromptFunction prompt, IReadOnlyDictionary<string, object?>? metadata)
    {
        if (metadata?.GetValueOrDefault("Usage") is OpenAI.Chat.ChatTokenUsage usage)
        {
            _metrics.Counted(prompt, usage.InputTokenCount, usage.OutputTokenCount, _options);
        }
    }

    private static bool IsFinished(IReadOnlyDictionary<string, object?>? metadata) =>
        string.Equals(metadata?.GetValueOrDefault("FinishReason")?.ToString(), "Stop", StringComparison.OrdinalIgnoreCase);

    private static ResiliencePipeline BuildPipeline(LanguageModelOptions options, TimeProvider clock)
    {
        var builder = new ResiliencePipelineBuilder { TimeProvider = clock };
        if (options.Retries > 0)
        {
            builder.AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = options.Retries,
                Delay = options.RetryPause,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                ShouldHandle = arguments => ValueTask.FromResult(MayPass(arguments.Outcome.Exception) && !IsLongPause(arguments.Outcome.Exception, options)),
                DelayGenerator = arguments => ValueTask.FromResult(RetryAfter(arguments.Outcome.Exception)),
            });
        }

        return builder
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                FailureRatio = options.BreakerFailureRatio,
                MinimumThroughput = options.BreakerMinimumRequests,
                SamplingDuration = options.BreakerWindow,
                BreakDuration = options.BreakerPause,

                // Whatever it is, an answer that cannot be used costs the agent's time. Somebody who no longer waits says nothing about the service.
                ShouldHandle = arguments => ValueTask.FromResult(arguments.Outcome.Exception is not (null or OperationCanceledException)),
            })
            .AddTimeout(new TimeoutStrategyOptions { Timeout = options.AttemptTimeout })
            .Build();
    }

    private static bool MayPass(Exception? e) => e switch
    {
        HttpOperationException { StatusCode: { } status } => (int)status is 408 or 429 or >= 500,
        HttpOperationException => true,
        TimeoutRejectedException or HttpRequestException or IOException => true,
        _ => false,
    };

    // A pause that lasts longer than a text may take is no pause but a no.
    private static bool IsLongPause(Exception? e, LanguageModelOptions options) => RetryAfter(e) >= options.TotalTimeout;

    private static TimeSpan? RetryAfter(Exception? e) =>
        (e as HttpOperationException)?.InnerException is ClientResultException result
        && result.GetRawResponse() is { } response
        && response.Headers.TryGetValue("Retry-After", out var value)
        && int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? TimeSpan.FromSeconds(seconds)
            : null;
}
