using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Host.Conversations;
using Orleans.Concurrency;

namespace DeEscalationBot.Host.Delivery.LiveView;

/// <summary>The live feed of this host: pages and event streams listen here to the changes of the whole cluster.</summary>
/// <remarks>
/// A feed of hints: it may lose one when a node dies, or when a connection between two that live breaks. The hub counts what it passes on, so that a host knows: it says
/// <see cref="ConversationChangeKind.Reload"/> to everybody as soon as the next change comes or it is connected anew, and within twice <see cref="RenewEvery"/> where nothing comes.
/// Event streams look at the record at every keep-alive besides. Safe for concurrent use.
/// </remarks>
/// <param name="grains">The cluster.</param>
/// <param name="clock">The product's clock.</param>
/// <param name="logger">For a hub that cannot be reached.</param>
public sealed partial class LiveFeed(IGrainFactory grains, TimeProvider clock, ILogger<LiveFeed> logger) : BackgroundService, ILiveFeedObserver
{
    /// <summary>How many changes wait for one slow reader before it is told to reload: 256.</summary>
    public const int MostPending = 256;

    /// <summary>How often the hub is asked where it stands: every 5 seconds. Only so does a host learn that the hub began anew, or that the last change was lost.</summary>
    public static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<Listener, byte> _listeners = new();
    private readonly LiveFeedProgress _progress = new();

    /// <summary>Follows one conversation or all; see <see cref="IConversationDesk.SubscribeAsync"/>.</summary>
    /// <param name="conversation">The conversation, or nothing for all.</param>
    /// <param name="cancellationToken">Ends the subscription quietly.</param>
    public async IAsyncEnumerable<ConversationChange> SubscribeAsync(ConversationId? conversation, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var listener = new Listener(conversation);
        _listeners.TryAdd(listener, 0);
        try
        {
            // After the listener is in place: what the reader now reads and what it is told later overlap and leave no gap.
            yield return listener.Reload;
            while (true)
            {
                try
                {
                    if (!await listener.WaitAsync(cancellationToken))
                    {
                        yield break;
                    }
                }
                catch (OperationCanceledException)
                {
                    yield break;
                }

                foreach (var change in listener.Drain())
                {
                    yield return change;
                }
            }
        }
        finally
        {
            _listeners.TryRemove(listener, out _);
        }
    }

    /// <inheritdoc/>
    public Task ChangedAsync(Immutable<ConversationChange> change, LiveFeedPlace place)
    {
        if (_progress.Came(place))
        {
            foreach (var (listener, _) in _listeners)
            {
                listener.Tell(change.Value);
            }
        }
        else
        {
            TellToReload();
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        foreach (var (listener, _) in _listeners)
        {
            listener.End();
        }

        await base.StopAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var hub = grains.GetGrain<ILiveFeedHub>(ILiveFeedHub.TheOne);
        var self = grains.CreateObjectReference<ILiveFeedObserver>(this);
        using var timer = new PeriodicTimer(RenewEvery, clock);
        var lost = false;
        try
        {
            do
            {
                try
                {
                    var isWhole = _progress.Renewed(await hub.SubscribeAsync(self));
                    if (lost || !isWhole)
                    {
                        TellToReload();
                    }

                    lost = false;
                }
                catch (Exception e) when (e is OrleansException or TimeoutException)
                {
                    lost = true;
                    LogLost(e);
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
        finally
        {
            grains.DeleteObjectReference<ILiveFeedObserver>(self);
        }
    }

    private void TellToReload()
    {
        foreach (var (listener, _) in _listeners)
        {
            listener.Tell(listener.Reload);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The live feed's hub cannot be reached now; live views are told to reload when it is back.")]
    private partial void LogLost(Exception e);

    private sealed class Listener(ConversationId? conversation)
    {
        private readonly Channel<ConversationChange> _pending = Channel.CreateBounded<ConversationChange>(MostPending);
        private int _missed;

        public ConversationChange Reload { get; } = new(ConversationChangeKind.Reload, conversation, 0, AlertsChanged: true);

        public void Tell(ConversationChange change)
        {
            if (conversation is { } only && change.Conversation is { } changed && changed != only)
            {
                return;
            }

            if (!_pending.Writer.TryWrite(change))
            {
                Volatile.Write(ref _missed, 1);
            }
        }

        public void End() => _pending.Writer.TryComplete();

        public ValueTask<bool> WaitAsync(CancellationToken cancellationToken) => _pending.Reader.WaitToReadAsync(cancellationToken);

        public IEnumerable<ConversationChange> Drain()
        {
            // What was missed makes everything that waits pointless: the reader reads anew.
            if (Interlocked.Exchange(ref _missed, 0) == 1)
            {
                while (_pending.Reader.TryRead(out _))
                {
                }

                yield return Reload;
                yield break;
            }

            while (_pending.Reader.TryRead(out var change))
            {
                yield return change;
            }
        }
    }
}
