using DeEscalationBot.Host.Channels.BotFramework.Turns;
using DeEscalationBot.Host.Conversations.Cluster;
using DeEscalationBot.Host.Delivery.Outbox;
using DeEscalationBot.Host.Hosting;
using DeEscalationBot.Host.Tests.Fixtures;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Moq;

namespace DeEscalationBot.Host.Tests.Hosting;

/// <summary>How a node leaves. The way of a whole node is <see cref="Journeys.NodeRunTests"/>.</summary>
public class DrainingTests
{
    [Fact]
    public async Task Page_OfANode_EndsWhenItHasDrained_AndNoneBeginsAfter()
    {
        using var draining = new Draining(Mock.Of<IHostApplicationLifetime>(), Options.Create(new ClusterOptions { Enabled = true }));
        var end = new Mock<IHttpRequestLifetimeFeature>();
        var page = new DefaultHttpContext();
        page.Features.Set(end.Object);
        await draining.ServeAsync(page, async _ =>
        {
            end.Verify(e => e.Abort(), Times.Never);
            await draining.StoppingAsync(TestContext.Current.CancellationToken);
            end.Verify(e => e.Abort(), Times.Once);
        });

        var late = new DefaultHttpContext();
        await draining.ServeAsync(late, _ => throw new InvalidOperationException("Nobody begins now."));
        Assert.Equal(StatusCodes.Status503ServiceUnavailable, late.Response.StatusCode);
    }

    [Fact]
    public async Task Page_OfAHostOfItsOwn_IsLeftToTheServer()
    {
        using var draining = new Draining(Mock.Of<IHostApplicationLifetime>(), Options.Create(new ClusterOptions()));
        await draining.StoppingAsync(TestContext.Current.CancellationToken);
        var isServed = false;
        await draining.ServeAsync(new DefaultHttpContext(), _ =>
        {
            isServed = true;
            return Task.CompletedTask;
        });

        Assert.True(isServed);
    }

    // Services stop in the opposite order: conversations are there until those who ask them for something have ended.
    [Fact]
    public async Task Conversations_StartBefore_AndStopAfter_AllThatAsksThemForSomething()
    {
        using var data = new TemporaryDirectory();
        await using var app = CoachHost.Build(["--urls", "http://127.0.0.1:0", $"--Storage:DataDirectory={data.Path}"]);
        var services = app.Services.GetServices<IHostedService>().ToList();

        var conversations = services.FindIndex(s => s.GetType().Namespace == "Orleans.Hosting");
        Assert.InRange(conversations, 0, services.Count);
        Assert.True(conversations < services.FindIndex(s => s is OutboxWorker));
        Assert.True(conversations < services.FindIndex(s => s is ActivityLanes));
    }
}
