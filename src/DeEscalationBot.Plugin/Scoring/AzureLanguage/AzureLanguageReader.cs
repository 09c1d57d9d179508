using System.Globalization;
using Azure;
using Azure.Identity;
using DeEscalationBot.Core.Scoring;
using DeEscalationBot.Plugin.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace DeEscalationBot.Plugin.Scoring.AzureLanguage;

/// <summary>Asks Azure AI Language for sentiments: takes personal data out, keeps to the service's limits, and gives a reason where there is no answer.</summary>
/// <remarks>
/// The language is asked for only where we do not know it: the service charges for each question. One service, one breaker; where it asks for a
/// pause it gets one, for all messages. Logs when the service begins to fail and when it answers again, never a text. Safe for concurrent use.
/// </remarks>
internal sealed partial class AzureLanguageReader : ISentimentReader
{
    private const string ServiceName = "Azure AI Language";

    // A pause beyond this is a mistake of the service, or means that somebody should look.
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(10);

    private readonly ILanguageService _service;
    private readonly AzureLanguageOptions _options;
    private readonly AzureLanguageMetrics _metrics;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly ResiliencePipeline _pipeline;
    private readonly long _origin;

    // Ticks since the origin, by the clock that nobody sets.
    private long _quietUntil;
    private int _lastFailure = Answers;

    // No failure is numbered so.
    private const int Answers = -1;

    public AzureLanguageReader(ILanguageService service, IOptions<AzureLanguageOptions> options, AzureLanguageMetrics metrics, TimeProvider clock, ILogger<AzureLanguageReader> logger)
    {
        (_service, _options, _metrics, _clock, _logger) = (service, options.Value, metrics, clock, logger);
        _origin = clock.GetTimestamp();
        Use = _options.Mode == AzureLanguageMode.Replacement ? OpinionUse.Instead : OpinionUse.Beside;
        _pipeline = BuildPipeline(_options, Use, clock);
    }

    /// <inheritdoc/>
    public string Source => ServiceName;

    /// <inheritdoc/>
    public OpinionUse Use { get; }

    private TimeSpan Patience => Use == OpinionUse.Instead ? _options.ReplacementDeadline : _options.TotalTimeout;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<SentimentAnswer>> ReadAsync(IReadOnlyList<SentimentQuestion> questions, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(questions);
        using var patience = new CancellationTokenSource(Patience, _clock);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        AskedMessage[] asked = [.. questions.Select((q, i) => new AskedMessage(q, i))];
        await FindLanguagesAsync([.. asked.Where(a => a.Language.Length == 0)], deadline.Token, cancellationToken).ConfigureAwait(false);
        await FindSentimentsAsync([.. asked.Where(a => a.Failure is null)], deadline.Token, cancellationToken).ConfigureAwait(false);
        return [.. asked.Select(AnswerOf)];
    }

    // For a long message its first part tells.
    private async Task FindLanguagesAsync(IReadOnlyList<AskedMessage> asked, CancellationToken deadline, CancellationToken caller)
    {
        foreach (var request in DocumentBatches.Pack(asked.Select(a => a.Documents().First())))
        {
            var (result, failure) = await CallAsync("LanguageDetection", t => _service.DetectLanguageAsync(request, t), deadline, caller).ConfigureAwait(false);
            foreach (var message in asked.Where(a => request.Any(a.Owns)))
            {
                var found = result?.ByDocument[message.Documents().First().Id];
                message.Settle(found?.Value?.Code, failure ?? (found?.Error is { } error ? FailureOf(error) : null));
            }
        }
    }

    private async Task FindSentimentsAsync(IReadOnlyList<AskedMessage> asked, CancellationToken deadline, CancellationToken caller)
    {
        foreach (var request in DocumentBatches.Pack(asked.SelectMany(a => a.Documents())))
        {
            var (result, failure) = await CallAsync("SentimentAnalysis", t => _service.AnalyzeSentimentAsync(request, t), deadline, caller).ConfigureAwait(false);
            foreach (var document in request)
            {
                var message = asked.First(a => a.Owns(document));
                if (result is null)
                {
                    message.Failure ??= failure;
                }
                else if (result.ByDocument[document.Id] is { Value: { } sentiment })
                {
                    message.Parts.Add((document, sentiment));
                    message.ModelVersion = result.ModelVersion;
                }
                else
                {
                    message.Failure ??= FailureOf(result.ByDocument[document.Id].Error!);
                }
            }
        }
    }

    private SentimentAnswer AnswerOf(AskedMessage message)
    {
        if (message.Failure is { } failure)
        {
            return SentimentAnswer.None(failure);
        }

        try
        {
            return SentimentAnswer.Of(message.Read());
        }
        catch (UnreadableAnswerException e)
        {
            Note(OpinionFailure.Unreadable, e);
            return SentimentAnswer.None(OpinionFailure.Unreadable);
        }
    }

    private async Task<(BatchResult<T>? Result, OpinionFailure? Failure)> CallAsync<T>(
        string operation, Func<CancellationToken, Task<BatchResult<T>>> call, CancellationToken deadline, CancellationToken caller)
        where T : class
    {
        if (_clock.GetElapsedTime(_origin).Ticks < Interlocked.Read(ref _quietUntil))
        {
            return (null, OpinionFailure.Throttled);
        }

        try
        {
            var result = await _pipeline.ExecuteAsync(t => new ValueTask<BatchResult<T>>(TryAsync(operation, call, t, deadline, caller)), deadline).ConfigureAwait(false);
            if (Interlocked.Exchange(ref _lastFailure, Answers) != Answers)
            {
                LogBack();
            }

            return (result, null);
        }
        catch (Exception e) when (!caller.IsCancellationRequested)
        {
            var failure = FailureOf(e);
            Note(failure, e);
            return (null, failure);
        }
    }

    private async Task<BatchResult<T>> TryAsync<T>(
        string operation, Func<CancellationToken, Task<BatchResult<T>>> call, CancellationToken token, CancellationToken deadline, CancellationToken caller)
        where T : class
    {
        var began = _clock.GetTimestamp();
        try
        {
            var result = await call(token).ConfigureAwait(false);
            _metrics.Requested(operation, null, _clock.GetElapsedTime(began));
            return result;
        }
        catch (Exception e) when (!caller.IsCancellationRequested)
        {
            var failure = FailureOf(e);
            _metrics.Requested(operation, failure, _clock.GetElapsedTime(began));
            if (PauseOf(e, _clock) is { } pause && failure is OpinionFailure.Throttled or OpinionFailure.Unavailable)
            {
                Interlocked.Exchange(ref _quietUntil, (_clock.GetElapsedTime(_origin) + (pause < LongestPause ? pause : LongestPause)).Ticks);
            }

            // That a message cannot wait any longer says of the service that it is slow: the breaker is to hear of it.
            if (e is OperationCanceledException && deadline.IsCancellationRequested)
            {
                throw new TimeoutRejectedException("No answer came in time.", e);
            }

            throw;
        }
    }

    private void Note(OpinionFailure failure, Exception e)
    {
        if (Interlocked.Exchange(ref _lastFailure, (int)failure) != (int)failure)
        {
            LogFailing(failure, (e as RequestFailedException)?.Status ?? 0, e is UnreadableAnswerException ? e.Message : e.GetType().Name, AdviceOn(failure));
        }
    }

    private static string AdviceOn(OpinionFailure failure) => failure switch
    {
        OpinionFailure.Refused => "Look at AzureLanguage:Key, or at the role of the identity.",
        OpinionFailure.Rejected => "Look at AzureLanguage:Endpoint and ModelVersion.",
        OpinionFailure.Throttled => "The resource's tier allows fewer requests than there are messages.",
        _ => "'doctor' looks at the service.",
    };

    // Codes of single documents.
    private static OpinionFailure FailureOf(string error) =>
        error is "InternalServerError" or "ServiceUnavailable" or "Timeout" ? OpinionFailure.Unavailable : OpinionFailure.Rejected;

    // What a client library throws besides must not cost a message either; its name is in the log.
    private static OpinionFailure FailureOf(Exception e) => e switch
    {
        BrokenCircuitException => OpinionFailure.LeftAlone,
        TimeoutRejectedException or OperationCanceledException => OpinionFailure.TooLate,
        UnreadableAnswerException or AnswerTooLongException => OpinionFailure.Unreadable,
        RequestFailedException { InnerException: AnswerTooLongException } => OpinionFailure.Unreadable,
        RequestFailedException failed => FailureOf(failed.Status),
        AuthenticationFailedException => OpinionFailure.Refused,
        IOException or HttpRequestException => OpinionFailure.Unavailable,
        _ => OpinionFailure.Unreadable,
    };

    private static OpinionFailure FailureOf(int status) => status switch
    {
        401 or 403 => OpinionFailure.Refused,
        408 => OpinionFailure.TooLate,
        429 => OpinionFailure.Throttled,
        0 or >= 500 => OpinionFailure.Unavailable,
        >= 400 => OpinionFailure.Rejected,
        _ => OpinionFailure.Unreadable, // A redirection is not followed: neither the key nor the text goes anywhere else.
    };

    private static TimeSpan? PauseOf(Exception? e, TimeProvider clock)
    {
        if ((e as RequestFailedException)?.GetRawResponse() is not { } response || !response.Headers.TryGetValue("Retry-After", out var value))
        {
            return null;
        }

        return int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(seconds)
            : DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var until) && until > clock.GetUtcNow() ? until - clock.GetUtcNow()
            : null;
    }

    private static ResiliencePipeline BuildPipeline(AzureLanguageOptions options, OpinionUse use, TimeProvider clock)
    {
        var builder = new ResiliencePipelineBuilder { TimeProvider = clock };
        if (use == OpinionUse.Beside && options.Retries > 0)
        {
            builder.AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = options.Retries,
                Delay = options.RetryPause,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                ShouldHandle = arguments => ValueTask.FromResult(MayPass(arguments.Outcome.Exception) && !(PauseOf(arguments.Outcome.Exception, clock) >= options.TotalTimeout)),
                DelayGenerator = arguments => ValueTask.FromResult(PauseOf(arguments.Outcome.Exception, clock)),
            });
        }

        return builder
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                FailureRatio = options.BreakerFailureRatio,
                MinimumThroughput = options.BreakerMinimumRequests,
                SamplingDuration = options.BreakerWindow,
                BreakDuration = options.BreakerPause,

                // A single request that the service cannot take says nothing about the next one; nor does somebody who no longer waits.
                ShouldHandle = arguments => ValueTask.FromResult(
                    arguments.Outcome.Exception is { } e and not OperationCanceledException && FailureOf(e) != OpinionFailure.Rejected),
            })
            .AddTimeout(new TimeoutStrategyOptions { Timeout = use == OpinionUse.Instead ? options.ReplacementDeadline : options.AttemptTimeout })
            .Build();
    }

    private static bool MayPass(Exception? e) =>
        e is not (null or BrokenCircuitException) && FailureOf(e) is OpinionFailure.TooLate or OpinionFailure.Throttled or OpinionFailure.Unavailable;

    [LoggerMessage(2101, LogLevel.Warning, "Azure AI Language gives no opinion: {Failure} (status {Status}, {What}). Messages are scored by our own model, and each says so. {Advice}")]
    private partial void LogFailing(OpinionFailure failure, int status, string what, string advice);

    [LoggerMessage(2102, LogLevel.Information, "Azure AI Language answers again.")]
    private partial void LogBack();
}
