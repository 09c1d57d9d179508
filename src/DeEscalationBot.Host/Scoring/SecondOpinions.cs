using System.Threading.Channels;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Scoring;
using DeEscalationBot.Core.Scoring.Text;
using DeEscalationBot.Host.Conversations.Grains;
using DeEscalationBot.Plugin.Scoring.AzureLanguage;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;

namespace DeEscalationBot.Host.Scoring;

/// <summary>Lets conversations ask a sentiment service: before a message is judged, for a limited time, or after it was answered. Does nothing where none is switched on.</summary>
/// <remarks>
/// What is asked after an answer waits in memory. A host that stops asks what waits, for <see cref="FlushFor"/> at most, before its conversations stop; one that is killed forgets it: it is an opinion. Messages that wait together are asked about
/// together. Safe for concurrent use.
/// </remarks>
public sealed partial class SecondOpinions : BackgroundService, IHostedLifecycleService
{
    /// <summary>How long a host that stops waits for the opinions that are still wanted: 10 seconds.</summary>
    public static readonly TimeSpan FlushFor = TimeSpan.FromSeconds(10);

    // As many as the service takes in one request.
    private const int MostTogether = 10;

    private readonly ISentimentReader? _reader;
    private readonly IGrainFactory _grains;
    private readonly AzureLanguageMetrics _metrics;
    private readonly ILogger<SecondOpinions> _logger;
    private readonly int _atOnce;
    private readonly int _mostWaiting;
    private readonly Channel<Waiting> _waiting;

    /// <summary>Makes it.</summary>
    /// <param name="services">Gives the <see cref="ISentimentReader"/>, when one is switched on.</param>
    /// <param name="grains">The conversations, which record what was said.</param>
    /// <param name="options">How many may wait.</param>
    /// <param name="metrics">What is counted.</param>
    /// <param name="logger">Ids only.</param>
    public SecondOpinions(IServiceProvider services, IGrainFactory grains, IOptions<AzureLanguageOptions> options, AzureLanguageMetrics metrics, ILogger<SecondOpinions> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        _reader = services.GetService<ISentimentReader>();
        (_grains, _metrics, _logger) = (grains, metrics, logger);
        (_atOnce, _mostWaiting) = (options.Value.MaxConcurrent, options.Value.QueueLength);
        _waiting = Channel.CreateBounded<Waiting>(new BoundedChannelOptions(_mostWaiting) { FullMode = BoundedChannelFullMode.Wait });
    }

    /// <summary>How a message's score is to be joined with an opinion before it counts; nothing where none is asked for now.</summary>
    /// <remarks>Takes at most <see cref="AzureLanguageOptions.ReplacementDeadline"/>; without a replacement, no time.</remarks>
    /// <param name="message">A customer's message.</param>
    /// <param name="fallback">The conversation's language.</param>
    public async Task<Func<UtteranceScore, UtteranceScore>?> AskBeforeAsync(InboundMessage message, MessageLanguage fallback)
    {
        ArgumentNullException.ThrowIfNull(message);
        switch (_reader)
        {
            case { Use: OpinionUse.Instead } reader:
                var answer = (await reader.ReadAsync([QuestionOf(message, fallback)], CancellationToken.None))[0];
                return score => SentimentScale.Join(score, reader.Source, OpinionUse.Instead, answer);
            case { Use: OpinionUse.Beside } reader when _waiting.Reader.Count >= _mostWaiting:
                return score => SentimentScale.Join(score, reader.Source, OpinionUse.Beside, SentimentAnswer.None(OpinionFailure.Busy));
            default:
                return null;
        }
    }

    /// <summary>Has a second opinion asked for, unless one was, or none is wanted. Waits for nothing; the conversation records it when it comes.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="turn">The message's place in it.</param>
    /// <param name="message">The message.</param>
    /// <param name="score">Its score.</param>
    public void AskAfter(ConversationId conversation, int turn, InboundMessage message, UtteranceScore score)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(score);
        if (score.Opinion is not null)
        {
            _metrics.Joined(score);
        }
        else if (_reader is { Use: OpinionUse.Beside })
        {
            _waiting.Writer.TryWrite(new Waiting(conversation, turn, QuestionOf(message, score.Language)));
        }
    }

    /// <summary>Notes an answer with a score that counts already.</summary>
    /// <param name="score">The score.</param>
    /// <param name="answer">The answer.</param>
    public SecondOpinion Note(UtteranceScore score, SentimentAnswer answer)
    {
        var joined = SentimentScale.Join(score, _reader?.Source ?? "", OpinionUse.Beside, answer);
        _metrics.Joined(joined);
        return joined.Opinion!;
    }

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>The host is about to stop, and its conversations are still there: what waits is asked now.</summary>
    /// <param name="cancellationToken">The host waits no longer.</param>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        _waiting.Writer.TryComplete();
        if (ExecuteTask is not { } asking)
        {
            return;
        }

        // By the machine's time: what a host may take to stop is measured by it.
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        late.CancelAfter(FlushFor);
        try
        {
            await asking.WaitAsync(late.Token);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested)
        {
            LogLost(_waiting.Reader.Count);
        }
    }

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        _reader is { Use: OpinionUse.Beside } reader ? Task.WhenAll(Enumerable.Range(0, _atOnce).Select(_ => RunAsync(reader, stoppingToken))) : Task.CompletedTask;

    // A guess by the rest of the conversation is no knowledge: the service is asked for the language of what we cannot tell.
    private static SentimentQuestion QuestionOf(InboundMessage message, MessageLanguage fallback) => new(
        message.Text, message.LanguageHint != MessageLanguage.Undetermined ? message.LanguageHint : LanguageDetector.Detect(MessageReading.Of(message.Text)).Language, fallback);

    private async Task RunAsync(ISentimentReader reader, CancellationToken stoppingToken)
    {
        try
        {
            while (await _waiting.Reader.WaitToReadAsync(stoppingToken))
            {
                var together = new List<Waiting>(MostTogether);
                while (together.Count < MostTogether && _waiting.Reader.TryRead(out var one))
                {
                    together.Add(one);
                }

                if (together.Count > 0)
                {
                    await AskAsync(reader, together, stoppingToken);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task AskAsync(ISentimentReader reader, List<Waiting> together, CancellationToken stoppingToken)
    {
        var answers = await reader.ReadAsync([.. together.Select(w => w.Question)], stoppingToken);
        foreach (var (asked, answer) in together.Zip(answers))
        {
            try
            {
                await _grains.GetGrain<IConversationGrain>(asked.Conversation.Value).NoteOpinionAsync(asked.Turn, answer.AsImmutable()).WaitAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                // An opinion that is lost must not stop the next one, and never the host.
                LogNotNoted(e, asked.Conversation.Value, asked.Turn);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "Conversation {Conversation}: the second opinion on turn {Turn} could not be recorded, and is lost.")]
    private partial void LogNotNoted(Exception e, string conversation, int turn);

    [LoggerMessage(LogLevel.Warning, "The host stops before the sentiment service answered: {Count} second opinions that waited are lost.")]
    private partial void LogLost(int count);

    private sealed record Waiting(ConversationId Conversation, int Turn, SentimentQuestion Question);
}
