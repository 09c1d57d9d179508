using System.Net;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Host.Conversations;
using DeEscalationBot.Host.Conversations.Cluster;
using DeEscalationBot.Host.Delivery.LiveView;
using DeEscalationBot.Host.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Orleans.Concurrency;
using Orleans.Core.Internal;

namespace DeEscalationBot.Host.Tests.Delivery.LiveView;

/// <summary>Two nodes of one cluster in this process, with nothing but the live feed.</summary>
public class LiveFeedClusterTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Change_PublishedOnOneNode_WakesReadersOfBoth()
    {
        var (first, endpoint) = await StartNodeAsync(null);
        using var one = first;
        var (second, _) = await StartNodeAsync(endpoint);
        using var two = second;
        await using var onOne = Follow(one);
        await using var onTwo = Follow(two);
        Assert.True(await onOne.MoveNextAsync());
        Assert.True(await onTwo.MoveNextAsync());

        // When each node's feed is known to the hub cannot be seen: it is told again until both have heard. The hub may move when the second node joins, which makes readers reload.
        var heard = Task.WhenAll(HearsAsync(onOne), HearsAsync(onTwo)).WaitAsync(Patience, Token);
        var change = new ConversationChange(ConversationChangeKind.Appended, ConversationId.Create("across/nodes"), 7, true);
        while (!heard.IsCompleted)
        {
            await two.Services.GetRequiredService<IGrainFactory>().GetGrain<ILiveFeedHub>(ILiveFeedHub.TheOne).PublishAsync(change.AsImmutable());
            await Task.WhenAny(heard, Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, Token));
        }

        Assert.All(await heard, Assert.True);
        Assert.Equal((change, change), (onOne.Current, onTwo.Current));
        await two.StopAsync(Token);
        await one.StopAsync(Token);

        static async Task<bool> HearsAsync(IAsyncEnumerator<ConversationChange> reader)
        {
            while (await reader.MoveNextAsync())
            {
                if (reader.Current.Kind != ConversationChangeKind.Reload)
                {
                    return true;
                }
            }

            return false;
        }
    }

    [Fact]
    public async Task Hub_ThatBeginsAnew_MakesReadersReload()
    {
        var (node, _) = await StartNodeAsync(null);
        using var one = node;
        await using var readers = Follow(one);
        Assert.True(await readers.MoveNextAsync());
        var next = readers.MoveNextAsync().AsTask().WaitAsync(Patience, Token);

        // As when the hub's node dies: its next life knows nobody. Whether the feed knows this one already cannot be seen, so that it is ended again and again.
        var hub = one.Services.GetRequiredService<IGrainFactory>().GetGrain<ILiveFeedHub>(ILiveFeedHub.TheOne);
        while (!next.IsCompleted)
        {
            await hub.Cast<IGrainManagementExtension>().DeactivateOnIdle(Token);
            await Task.WhenAny(next, Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, Token));
        }

        Assert.True(await next);
        Assert.Equal(ConversationChangeKind.Reload, readers.Current.Kind);
        await one.StopAsync(Token);
    }

    [Fact]
    public async Task Change_LostOnTheWayToANodeThatLives_MakesReadersReload()
    {
        var way = new Way();
        var clock = new FakeTimeProvider();
        var (node, _) = await StartNodeAsync(null, way);
        using var one = node;
        var grains = one.Services.GetRequiredService<IGrainFactory>();
        var hub = grains.GetGrain<ILiveFeedHub>(ILiveFeedHub.TheOne);
        using var feed = new LiveFeed(grains, clock, NullLogger<LiveFeed>.Instance);
        await feed.StartAsync(Token);
        await using var readers = feed.SubscribeAsync(null, Token).GetAsyncEnumerator(Token);
        Assert.True(await readers.MoveNextAsync());

        // When the hub knows the feed cannot be seen: it is told until it has heard, and then to the end of what was told.
        for (var next = readers.MoveNextAsync().AsTask(); !next.IsCompleted; await Task.WhenAny(next, Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, Token)))
        {
            await PublishAsync(1);
        }

        await PublishAsync(2);
        while (readers.Current.Sequence != 2)
        {
            Assert.True(await readers.MoveNextAsync().AsTask().WaitAsync(Patience, Token));
        }

        // One is lost, and another comes: the reader is told at once, though it is not time to ask the hub.
        await LoseAsync(3);
        await PublishAsync(4);
        Assert.True(await readers.MoveNextAsync().AsTask().WaitAsync(Patience, Token));
        Assert.Equal(ConversationChangeKind.Reload, readers.Current.Kind);
        await PublishAsync(5);
        Assert.True(await readers.MoveNextAsync().AsTask().WaitAsync(Patience, Token));
        Assert.Equal((ConversationChangeKind.Appended, 5), (readers.Current.Kind, readers.Current.Sequence));

        // One is lost, and none comes after it.
        await LoseAsync(6);
        var told = readers.MoveNextAsync().AsTask();
        await Eventually.HoldsAsync(
            () =>
            {
                clock.Advance(LiveFeed.RenewEvery);
                return told.IsCompleted;
            },
            "the reader is told to reload");
        Assert.True(await told);
        Assert.Equal(ConversationChangeKind.Reload, readers.Current.Kind);
        await feed.StopAsync(Token);
        await one.StopAsync(Token);

        Task PublishAsync(long sequence) => hub.PublishAsync(new ConversationChange(ConversationChangeKind.Appended, ConversationId.Create("lost/one"), sequence, true).AsImmutable());

        async Task LoseAsync(long sequence)
        {
            way.LosesOf = sequence;
            await PublishAsync(sequence);
            await Eventually.HoldsAsync(() => way.HasLost(sequence), $"change {sequence} is lost");
        }
    }

    // Numbers: the hub's places, in one life unless another is named; what is expected follows from the sentences of LiveFeedProgress.
    [Fact]
    public void Progress_KnowsWhatIsMissing_AndWaitsForWhatIsOnItsWay()
    {
        var (life, another) = (Guid.NewGuid(), Guid.NewGuid());
        var progress = new LiveFeedProgress();
        Assert.True(progress.Renewed(new(life, 7)));
        Assert.True(progress.Came(new(life, 8)));
        Assert.True(progress.Renewed(new(life, 10))); // 9 and 10 may be on their way,
        Assert.True(progress.Came(new(life, 9)));
        Assert.True(progress.Came(new(life, 10)));
        Assert.True(progress.Renewed(new(life, 11))); // and came.
        Assert.False(progress.Renewed(new(life, 12))); // 11 did not, for a whole turn.
        Assert.True(progress.Came(new(life, 12)));
        Assert.False(progress.Came(new(life, 14)));
        Assert.True(progress.Came(new(life, 13))); // Overtaken.
        Assert.True(progress.Renewed(new(life, 14)));
        Assert.False(progress.Renewed(new(another, 0)));
        Assert.True(progress.Came(new(another, 1)));
        Assert.False(progress.Came(new(life, 1))); // Yet another one, before it was asked.
    }

    private static IAsyncEnumerator<ConversationChange> Follow(IHost node) =>
        node.Services.GetRequiredService<LiveFeed>().SubscribeAsync(null, Token).GetAsyncEnumerator(Token);

    private static async Task<(IHost Node, IPEndPoint Endpoint)> StartNodeAsync(IPEndPoint? first, IOutgoingGrainCallFilter? way = null)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.SetMinimumLevel(LogLevel.None);
        builder.Services.AddSingleton(TimeProvider.System);
        var endpoint = builder.UseLocalCluster(first);
        if (way is null)
        {
            builder.Services.AddLiveView();
        }
        else
        {
            builder.Services.AddSingleton(way);
        }

        var node = builder.Build();
        await node.StartAsync(Token);
        return (node, endpoint);
    }

    /// <summary>The way from the hub to the nodes, on which changes are lost as when a connection breaks.</summary>
    private sealed class Way : IOutgoingGrainCallFilter
    {
        private long _lost;

        /// <summary>The change that is lost.</summary>
        public long LosesOf { get; set; }

        public bool HasLost(long sequence) => Interlocked.Read(ref _lost) == sequence;

        public async Task Invoke(IOutgoingGrainCallContext context)
        {
            if (context.MethodName == nameof(ILiveFeedObserver.ChangedAsync) && ((Immutable<ConversationChange>)context.Request.GetArgument(0)!).Value.Sequence == LosesOf)
            {
                Interlocked.Exchange(ref _lost, LosesOf);
                context.Result = null;
                return;
            }

            await context.Invoke();
        }
    }
}
