using DeEscalationBot.Core.Channels;
using DeEscalationBot.Host.Conversations;
using DeEscalationBot.Host.Conversations.Grains;
using DeEscalationBot.Host.Conversations.Storage;
using DeEscalationBot.Host.Conversations.Storage.Sealing;
using DeEscalationBot.Host.Delivery.LiveView;
using Microsoft.EntityFrameworkCore;
using Orleans.Concurrency;

namespace DeEscalationBot.Host.Privacy;

/// <summary>Lets the conversations that were erased leave the memory of the cluster, and the pages that show them.</summary>
/// <param name="grains">The conversations.</param>
/// <param name="cipher">The keys that this node remembers.</param>
/// <param name="logger">Ids only.</param>
public sealed partial class ErasedFromMemory(IGrainFactory grains, RecordCipher cipher, ILogger<ErasedFromMemory> logger) : IErasureListener
{
    /// <inheritdoc/>
    public async Task ErasedAsync(IReadOnlyList<ConversationId> conversations, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(conversations);
        foreach (var conversation in conversations)
        {
            cipher.Forget(KeyOwner.Conversation(conversation.Value));
            try
            {
                await grains.GetGrain<IConversationGrain>(conversation.Value).ForgetAsync().WaitAsync(cancellationToken);
                await grains.GetGrain<ILiveFeedHub>(ILiveFeedHub.TheOne)
                    .PublishAsync(new ConversationChange(ConversationChangeKind.Appended, conversation, 0, AlertsChanged: true).AsImmutable());
            }
            catch (Exception e) when (e is OrleansException or TimeoutException or RecordUnavailableException or RecordKeyException or ConversationClosedException)
            {
                LogNotForgotten(e, conversation.Value);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "Conversation {Conversation} was erased, but a node could not be told; it forgets what it holds when it next writes to it, or when the conversation has been idle.")]
    private partial void LogNotForgotten(Exception e, string conversation);
}

/// <summary>Looks for erasures by others than this node, a verb in a terminal or another node, and forgets what this one holds of them.</summary>
/// <param name="contexts">The database.</param>
/// <param name="listeners">Who holds something.</param>
/// <param name="clock">The product's clock.</param>
/// <param name="logger">No text.</param>
public sealed partial class ErasureWatch(IDbContextFactory<CoachDbContext> contexts, IEnumerable<IErasureListener> listeners, TimeProvider clock, ILogger<ErasureWatch> logger) : BackgroundService
{
    /// <summary>How often it looks: 30 seconds.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(30);

    // The clocks of two machines may be this far apart.
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(5);

    private readonly HashSet<string> _told = new(StringComparer.Ordinal);
    private DateTimeOffset _since = clock.GetUtcNow();

    /// <summary>Looks once.</summary>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="RecordUnavailableException">The database is away.</exception>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        List<(string Id, DateTimeOffset At)> erased;
        var since = _since - Overlap;
        try
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            var rows = await db.Summaries.AsNoTracking().Where(s => s.ErasedAt >= since).OrderBy(s => s.ErasedAt).Select(s => new { s.ConversationId, s.ErasedAt }).ToListAsync(cancellationToken);
            erased = [.. rows.Select(r => (r.ConversationId, r.ErasedAt!.Value))];
        }
        catch (Exception e) when (DatabaseFailure.IsBehind(e))
        {
            throw new RecordUnavailableException("The record cannot be read now.", e);
        }

        ConversationId[] news = [.. erased.Where(e => !_told.Contains(e.Id)).Select(e => ConversationId.Create(e.Id))];
        if (news.Length > 0)
        {
            foreach (var listener in listeners)
            {
                await listener.ErasedAsync(news, cancellationToken);
            }
        }

        // Only what the next look finds again has to be known.
        _told.Clear();
        _told.UnionWith(erased.Select(e => e.Id));
        _since = erased.Count == 0 ? _since : erased[^1].At;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    await LookAsync(stoppingToken);
                }
                catch (Exception e) when (e is RecordUnavailableException or RecordKeyException)
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

    [LoggerMessage(LogLevel.Warning, "It cannot be seen now what was erased elsewhere; it is tried again.")]
    private partial void LogNotLooked(Exception e);
}
