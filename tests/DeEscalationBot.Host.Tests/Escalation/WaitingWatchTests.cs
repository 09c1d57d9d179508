using DeEscalationBot.Core.Escalation;
using DeEscalationBot.Host.Conversations;
using DeEscalationBot.Host.Tests.Fixtures;
using Microsoft.Extensions.Time.Testing;

namespace DeEscalationBot.Host.Tests.Escalation;

// 5 and 15 minutes are the defaults of the settings.
public class WaitingWatchTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Customer_WaitingLonger_IsShownToTheAgentAndThenToASupervisor()
    {
        using var data = new TemporaryDirectory();
        var clock = new FakeTimeProvider(Start);
        await using var host = await RunningHost.StartAsync(data.Path, clock);
        await host.SayAsync("waits", "m1", "customer", "Hola, ¿a qué hora abren mañana?");
        await host.SayAsync("answered", "m1", "customer", "Hola, ¿a qué hora abren mañana?");
        await host.SayAsync("answered", "m2", "agent", "Abrimos a las nueve.");

        clock.Advance(TimeSpan.FromMinutes(4.9));
        Assert.Empty(await host.Desk.ListOpenAlertsAsync(cancellationToken: TestContext.Current.CancellationToken));

        clock.Advance(TimeSpan.FromMinutes(0.2));
        var first = await OpenAlert(host, AlertUrgency.Advise);
        Assert.Equal((EscalationTrigger.T12, "waits"), (first.Alert.Trigger, first.Conversation.Value));

        clock.Advance(TimeSpan.FromMinutes(10));
        var second = await OpenAlert(host, AlertUrgency.Supervisor);
        Assert.Equal(first.Alert.Id, second.Alert.Id);
    }

    [Fact]
    public async Task Customer_WhoWaitedWhileTheHostWasDown_IsNotForgotten()
    {
        using var data = new TemporaryDirectory();
        await using (var before = await RunningHost.StartAsync(data.Path, new FakeTimeProvider(Start)))
        {
            await before.SayAsync("waits", "m1", "customer", "Hola, ¿a qué hora abren mañana?");
        }

        var clock = new FakeTimeProvider(Start.AddHours(8));
        await using var after = await RunningHost.StartAsync(data.Path, clock);
        clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal("waits", (await OpenAlert(after, AlertUrgency.Supervisor)).Conversation.Value);
    }

    private static async Task<ConversationAlert> OpenAlert(RunningHost host, AlertUrgency urgency)
    {
        var alerts = await Eventually.GetsAsync(
            () => host.Desk.ListOpenAlertsAsync(cancellationToken: TestContext.Current.CancellationToken), found => found.Any(a => a.Alert.Urgency == urgency), $"an alert of urgency {urgency}");
        return Assert.Single(alerts);
    }
}
