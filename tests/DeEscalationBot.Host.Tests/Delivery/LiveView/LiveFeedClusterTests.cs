using System.Net;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Host.Conversations;
using DeEscalationBot.Host.Conversations.Cluster;
using DeEscalationBot.Host.Delivery.LiveView;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
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

        // When each node's feed is known to the hub cannot be seen: it is told again until both have heard.
        var heard = Task.WhenAll(onOne.MoveNextAsync().AsTask(), onTwo.MoveNextAsync().AsTask()).WaitAsync(Patience, Token);
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

    private static IAsyncEnumerator<ConversationChange> Follow(IHost node) =>
        node.Services.GetRequiredService<LiveFeed>().SubscribeAsync(null, Token).GetAsyncEnumerator(Token);

    private static async Task<(IHost Node, IPEndPoint Endpoint)> StartNodeAsync(IPEndPoint? first)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.SetMinimumLevel(LogLevel.None);
        builder.Services.AddSingleton(TimeProvider.System);
        var endpoint = builder.UseLocalCluster(first);
        builder.Services.AddLiveView();
        var node = builder.Build();
        await node.StartAsync(Token);
        return (node, endpoint);
    }
}
