using System.Collections.Concurrent;
using System.Threading.Channels;
using DeEscalationBot.Host.Channels.BotFramework.Activities;
using Microsoft.Extensions.Options;

namespace DeEscalationBot.Host.Channels.BotFramework.Turns;

/// <summary>Takes activities one after the other in each conversation, and several conversations at a time, while the channel has its answer already.</summary>
/// <remarks>When the host stops it still takes what waits, as long as the host lets it. Safe for concurrent use.</remarks>
public sealed partial class ActivityLanes : BackgroundService
{
    /// <summary>How many activities of one conversation may wait: 50. One that floods the bot is told to come again, and the others have their places.</summary>
    public const int MostOfOneConversation = 50;

    private const int Count = 32;
    private readonly ConcurrentDictionary<(string Channel, string Conversation), int> _ofOne = new();
    private readonly int _most;
    private readonly Channel<Activity>[] _lanes;
    private readonly ActivityDispatcher _dispatcher;
    private readonly ILogger<ActivityLanes> _logger;
    private int _waiting;

    /// <summary>Makes the lanes.</summary>
    /// <param name="options">How many may wait.</param>
    /// <param name="dispatcher">Takes the activities.</param>
    /// <param name="logger">Types and failures only.</param>
    public ActivityLanes(IOptions<BotFrameworkOptions> options, ActivityDispatcher dispatcher, ILogger<ActivityLanes> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        _most = options.Value.QueueLength;
        _lanes = [.. Enumerable.Range(0, Count).Select(_ => Channel.CreateUnbounded<Activity>(new UnboundedChannelOptions { SingleReader = true }))];
        _dispatcher = dispatcher;
        _logger = logger;
    }

    /// <summary>How many activities wait or are being taken.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>Puts an activity at the end of its conversation's lane.</summary>
    /// <param name="activity">The activity.</param>
    /// <returns>False when too many wait, of all or of its conversation, or the host stops: the channel may come again.</returns>
    public bool TryAdd(Activity activity)
    {
        ArgumentNullException.ThrowIfNull(activity);
        var lane = (uint)(activity.Conversation?.Id ?? "").GetHashCode(StringComparison.Ordinal) % Count;
        var mine = _ofOne.AddOrUpdate(KeyOf(activity), 1, (_, n) => n + 1);
        if (Interlocked.Increment(ref _waiting) <= _most && mine <= MostOfOneConversation && _lanes[lane].Writer.TryWrite(activity))
        {
            return true;
        }

        Leave(activity);
        return false;
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        foreach (var lane in _lanes)
        {
            lane.Writer.TryComplete();
        }

        if (ExecuteTask is { } running)
        {
            await running.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await base.StopAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(_lanes.Select(lane => WorkAsync(lane.Reader, stoppingToken)));

    private static (string Channel, string Conversation) KeyOf(Activity activity) => (activity.ChannelId ?? "", activity.Conversation?.Id ?? "");

    // A conversation of which nothing waits is not remembered.
    private void Leave(Activity activity)
    {
        Interlocked.Decrement(ref _waiting);
        var key = KeyOf(activity);
        if (_ofOne.AddOrUpdate(key, 0, (_, n) => n - 1) <= 0)
        {
            _ofOne.TryRemove(KeyValuePair.Create(key, 0));
        }
    }

    private async Task WorkAsync(ChannelReader<Activity> lane, CancellationToken stoppingToken)
    {
        // Off the thread that starts the host.
        await Task.Yield();
        await foreach (var activity in lane.ReadAllAsync(CancellationToken.None))
        {
            try
            {
                await _dispatcher.TakeAsync(activity, stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                // One activity must not stop those behind it.
                LogFailed(e, activity.Type ?? "", activity.ChannelId ?? "");
            }
            finally
            {
                Leave(activity);
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "An activity of type {Type} from {Channel} was not taken.")]
    private partial void LogFailed(Exception e, string type, string channel);
}
