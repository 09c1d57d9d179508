using DeEscalationBot.Host.Conversations;
using Orleans.Concurrency;
using Orleans.Utilities;

namespace DeEscalationBot.Host.Delivery.LiveView;

/// <summary>Tells every host of the cluster that a conversation changed. One grain for the whole cluster.</summary>
[Alias("DeEscalationBot.LiveFeedHub")]
public interface ILiveFeedHub : IGrainWithIntegerKey
{
    /// <summary>The key of the one hub.</summary>
    const long TheOne = 0;

    /// <summary>A host wants to be told; repeated before <see cref="LiveFeedHub.Expiry"/> is over.</summary>
    /// <param name="host">The host's feed.</param>
    /// <returns>Where the hub stands: a host to which not all came until there tells its listeners to reload.</returns>
    [Alias("Subscribe")]
    Task<LiveFeedPlace> SubscribeAsync(ILiveFeedObserver host);

    /// <summary>A host stops listening.</summary>
    /// <param name="host">The host's feed.</param>
    [Alias("Unsubscribe")]
    Task UnsubscribeAsync(ILiveFeedObserver host);

    /// <summary>Passes a change on to all hosts. Nobody waits for it.</summary>
    /// <param name="change">The change.</param>
    [OneWay]
    [Alias("Publish")]
    Task PublishAsync(Immutable<ConversationChange> change);
}

/// <summary>A place in what the hub has passed on.</summary>
/// <param name="Life">The hub's life: another one when it began anew on another node, and may have lost changes on the way.</param>
/// <param name="Number">How many changes it has passed on in this life.</param>
public sealed record LiveFeedPlace(Guid Life, long Number);

/// <summary>The feed of one host, as the hub sees it.</summary>
[Alias("DeEscalationBot.LiveFeedObserver")]
public interface ILiveFeedObserver : IGrainObserver
{
    /// <summary>A conversation changed.</summary>
    /// <param name="change">The change.</param>
    /// <param name="place">Its place: one that is skipped was lost on the way.</param>
    [OneWay]
    [Alias("Changed")]
    Task ChangedAsync(Immutable<ConversationChange> change, LiveFeedPlace place);
}

/// <inheritdoc cref="ILiveFeedHub"/>
/// <param name="logger">For hosts that went away.</param>
public sealed class LiveFeedHub(ILogger<LiveFeedHub> logger) : Grain, ILiveFeedHub
{
    /// <summary>A host that has not renewed for this long is forgotten: 1 minute.</summary>
    public static readonly TimeSpan Expiry = TimeSpan.FromMinutes(1);

    private readonly ObserverManager<ILiveFeedObserver> _hosts = new(Expiry, logger);
    private LiveFeedPlace _place = new(Guid.NewGuid(), 0);

    /// <inheritdoc/>
    public Task<LiveFeedPlace> SubscribeAsync(ILiveFeedObserver host)
    {
        _hosts.Subscribe(host, host);
        return Task.FromResult(_place);
    }

    /// <inheritdoc/>
    public Task UnsubscribeAsync(ILiveFeedObserver host)
    {
        _hosts.Unsubscribe(host);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task PublishAsync(Immutable<ConversationChange> change)
    {
        var place = _place = _place with { Number = _place.Number + 1 };
        return _hosts.Notify(host => host.ChangedAsync(change, place));
    }
}
