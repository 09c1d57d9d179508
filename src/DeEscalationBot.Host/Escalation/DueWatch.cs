using DeEscalationBot.Core.Channels;
using DeEscalationBot.Host.Conversations;
using DeEscalationBot.Host.Conversations.Grains;
using DeEscalationBot.Host.Conversations.Storage;
using Microsoft.Extensions.Options;

namespace DeEscalationBot.Host.Escalation;

/// <summary>Looks at the clock in regular intervals for conversations in which something is due.</summary>
/// <remarks>
/// Due times are in the database, so that a restart forgets none. Each conversation decides for itself; one that cannot be checked is tried
/// again at the next look, and keeps none of the others waiting.
/// </remarks>
/// <param name="grains">Who decides.</param>
/// <param name="options">How often.</param>
/// <param name="clock">The product's clock.</param>
/// <param name="logger">Ids only.</param>
public abstract partial class DueWatch(IGrainFactory grains, IOptions<ConversationOptions> options, TimeProvider clock, ILogger logger) : BackgroundService
{
    /// <summary>The most conversations of one look: 200.</summary>
    protected const int AtOnce = 200;

    /// <summary>How long a node may take to look at what it has claimed: 20 seconds.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(20);

    private readonly ILogger _logger = logger;

    /// <summary>What is looked for, as the log names it.</summary>
    protected abstract string What { get; }

    /// <summary>Looks once.</summary>
    /// <param name="cancellationToken">Stops between two conversations.</param>
    /// <exception cref="RecordUnavailableException">The database is away.</exception>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        foreach (var conversation in await FindDueAsync(clock.GetUtcNow(), cancellationToken))
        {
            try
            {
                await CheckAsync(grains.GetGrain<IConversationGrain>(conversation.Value)).WaitAsync(cancellationToken);
            }
            catch (Exception e) when (e is ConversationClosedException or RecordUnavailableException or OrleansException or TimeoutException)
            {
                LogNotChecked(e, conversation.Value, What);
            }
        }
    }

    /// <summary>The conversations in which something is due, longest due first.</summary>
    /// <param name="now">The product's clock.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    protected abstract Task<IReadOnlyList<ConversationId>> FindDueAsync(DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Lets a conversation decide.</summary>
    /// <param name="conversation">The conversation.</param>
    protected abstract Task CheckAsync(IConversationGrain conversation);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.WaitingCheckEvery, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    await LookAsync(stoppingToken);
                }
                catch (RecordUnavailableException e)
                {
                    LogNotLooked(e, What);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    [LoggerMessage(LogLevel.Warning, "Conversation {Conversation} could not be checked for {What}; it is tried again.")]
    private partial void LogNotChecked(Exception e, string conversation, string what);

    [LoggerMessage(LogLevel.Warning, "Nothing could be checked for {What}; it is tried again.")]
    private partial void LogNotLooked(Exception e, string what);
}
