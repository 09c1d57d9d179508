using DeEscalationBot.Host.Conversations;
using DeEscalationBot.Host.Conversations.Grains;
using DeEscalationBot.Host.Conversations.Storage;
using Microsoft.Extensions.Options;

namespace DeEscalationBot.Host.Escalation;

/// <summary>Looks at the clock for customers who wait too long (T12).</summary>
/// <remarks>
/// Due times are in the record, so that a restart forgets none. Each conversation decides for itself and at most once, so
/// several nodes may look at the same time.
/// </remarks>
/// <param name="index">Who is due.</param>
/// <param name="grains">Who decides.</param>
/// <param name="options">How often.</param>
/// <param name="clock">The product's clock.</param>
/// <param name="logger">Ids only.</param>
public sealed partial class WaitingWatch(
    ConversationIndex index, IGrainFactory grains, IOptions<ConversationOptions> options, TimeProvider clock, ILogger<WaitingWatch> logger) : BackgroundService
{
    private const int AtOnce = 200;

    /// <summary>Looks once.</summary>
    /// <param name="cancellationToken">Stops between two conversations.</param>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        foreach (var conversation in await index.ListWaitingAsync(clock.GetUtcNow(), AtOnce, cancellationToken))
        {
            try
            {
                await grains.GetGrain<IConversationGrain>(conversation.Value).CheckWaitingAsync().WaitAsync(cancellationToken);
            }
            catch (Exception e) when (e is ConversationRecordDamagedException or RecordUnavailableException or OrleansException or TimeoutException)
            {
                LogNotChecked(e, conversation.Value);
            }
        }
    }

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
                    LogNotLooked(e);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    [LoggerMessage(LogLevel.Warning, "Conversation {Conversation} could not be checked for waiting; it is tried again.")]
    private partial void LogNotChecked(Exception e, string conversation);

    [LoggerMessage(LogLevel.Warning, "Nobody could be checked for waiting; it is tried again.")]
    private partial void LogNotLooked(Exception e);
}
