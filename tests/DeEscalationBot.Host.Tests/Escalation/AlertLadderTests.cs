using System.Net;
using DeEscalationBot.Core.Escalation;
using DeEscalationBot.Host.Conversations;
using DeEscalationBot.Host.Tests.Fixtures;
using Microsoft.Extensions.Time.Testing;

namespace DeEscalationBot.Host.Tests.Escalation;

/// <summary>The ladder in the real host, with a fake clock. Two minutes are the default for an immediate alert.</summary>
public class AlertLadderTests
{
    private const string Insult = "Eres un inútil, no sirves para nada.";

    private static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private static readonly string[] Rungs = ["--Escalation:Ladder:Rungs:0:Name=shift", "--Escalation:Ladder:Rungs:1:Name=lead", "--Escalation:Ladder:Rungs:1:People:0:Person=Ana"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Unanswered_ClimbsAndIsToldAgain_AlsoAcrossARestart_UntilItIsAcknowledged()
    {
        using var data = new TemporaryDirectory();
        var clock = new FakeTimeProvider(Start);
        string id;
        await using (var host = await RunningHost.StartAsync(data.Path, clock, Rungs))
        {
            await host.SayAsync("c1", "m1", "customer", Insult);
            await host.SayAsync("c1", "m2", "agent", "Le escucho, ahora mismo lo miro.");
            id = (await host.Desk.ListOpenAlertsAsync(cancellationToken: Token)).Single(a => a.Alert.Trigger == EscalationTrigger.T1).Alert.Id;
            clock.Advance(TimeSpan.FromMinutes(2.1));
            await UntilAsync(host, id, a => a is { Rung: 1, Repeats: 0 });
        }

        // Down for an hour: told again as soon as it is back.
        clock.Advance(TimeSpan.FromHours(1));
        await using var after = await RunningHost.StartAsync(data.Path, clock, Rungs);
        clock.Advance(TimeSpan.FromSeconds(5));
        await UntilAsync(after, id, a => a is { Rung: 1, Repeats: 1 });
        await after.Desk.AcknowledgeAsync(id, "eva", Token);
        clock.Advance(TimeSpan.FromHours(5));
        await UntilAsync(after, id, a => a is { Repeats: 1, AcknowledgedBy: "eva", DueAt: null });
    }

    [Fact]
    public async Task ClockSetBack_StillTellsSomebody()
    {
        using var data = new TemporaryDirectory();
        string id;
        await using (var before = await RunningHost.StartAsync(data.Path, new FakeTimeProvider(Start), Rungs))
        {
            await before.SayAsync("c1", "m1", "customer", Insult);
            id = (await before.Desk.ListOpenAlertsAsync(cancellationToken: Token)).Single(a => a.Alert.Trigger == EscalationTrigger.T1).Alert.Id;
        }

        var clock = new FakeTimeProvider(Start.AddDays(-1));
        await using var host = await RunningHost.StartAsync(data.Path, clock, Rungs);
        clock.Advance(TimeSpan.FromSeconds(5));
        await UntilAsync(host, id, a => a.Rung == 1);
    }

    [Fact]
    public async Task Shifts_SetByTheApi_SayWhoIsOnDuty_AndThatNobodyIs()
    {
        using var data = new TemporaryDirectory();
        await using var host = await RunningHost.StartAsync(data.Path, new FakeTimeProvider(Start), Rungs);
        Assert.Equal("Ana", (string?)(await host.GetAsync("/api/v1/on-call")).Body!["rungs"]![1]!["onDuty"]![0]);

        async Task<(HttpStatusCode, string)> SetAsync(string id, string body)
        {
            using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
            using var response = await host.Client.PutAsync(new Uri("/api/v1/on-call/" + id, UriKind.Relative), content, Token);
            return (response.StatusCode, await response.Content.ReadAsStringAsync(Token));
        }

        var (status, _) = await SetAsync("s1", """{"person":"Luis","rung":1,"from":"2026-03-02T10:00:00Z","until":"2026-03-02T18:00:00Z","email":"luis@example.com"}""");
        Assert.Equal(HttpStatusCode.OK, status);
        var rung = (await host.GetAsync("/api/v1/on-call")).Body!["rungs"]![1]!;
        Assert.Equal((0, true), (rung["onDuty"]!.AsArray().Count, (bool)rung["nobody"]!));
        await SetAsync("s1", """{"person":"Luis","rung":1,"from":"2026-03-02T09:00:00Z","until":"2026-03-02T18:00:00Z"}""");
        Assert.Equal("Luis", (string?)(await host.GetAsync("/api/v1/on-call")).Body!["rungs"]![1]!["onDuty"]![0]);
        Assert.Equal(HttpStatusCode.BadRequest, (await SetAsync("s2", """{"person":"Luis","from":"2026-03-02T18:00:00Z","until":"2026-03-02T18:00:00Z"}""")).Item1);
        Assert.Equal(HttpStatusCode.BadRequest, (await SetAsync("s2", "{}")).Item1);
        using var removed = await host.Client.DeleteAsync(new Uri("/api/v1/on-call/s1", UriKind.Relative), Token);
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        Assert.Equal("Ana", (string?)(await host.GetAsync("/api/v1/on-call")).Body!["rungs"]![1]!["onDuty"]![0]);
    }

    private static Task<ConversationAlert?> UntilAsync(RunningHost host, string id, Func<Alert, bool> isIt) =>
        Eventually.GetsAsync<ConversationAlert?>(() => host.Desk.FindAlertAsync(id, Token), a => a is not null && isIt(a.Alert), "the alert's rung");
}
