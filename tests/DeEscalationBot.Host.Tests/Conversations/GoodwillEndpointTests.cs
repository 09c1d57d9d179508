using System.Net;
using System.Text.Json.Nodes;
using DeEscalationBot.Host.Pages;
using DeEscalationBot.Host.Tests.Fixtures;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace DeEscalationBot.Host.Tests.Conversations;

/// <summary>The allowance over HTTP in the real host. Limits are the defaults: 20 a conversation, 200 an agent and month; or as set.</summary>
public class GoodwillEndpointTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Give_IsShownWithItsEffect_AndTakenBackWithinTheRule()
    {
        using var data = new TemporaryDirectory();
        await using (var host = await RunningHost.StartAsync(data.Path, new FakeTimeProvider(Start)))
        {
            await host.SayAsync("c1", "m1", "customer", "Llevo tres semanas esperando y nadie me responde, es una vergüenza.");
            var (status, given) = await GiveAsync(host, "c1", "k1", "12.50");
            Assert.Equal(HttpStatusCode.OK, status);
            Assert.Equal((12.5m, "EUR", LocalPeople.Agent), ((decimal)given!["amount"]!, (string?)given["currency"], (string?)given["by"]));
            Assert.Null(given["tensionAfter"]);

            await host.SayAsync("c1", "m2", "agent", "Le abono 12,50 euros por la espera.");
            await host.SayAsync("c1", "m3", "customer", "Muchas gracias, muy amable.");
            var state = (await host.GetAsync("/api/v1/conversations/c1/goodwill")).Body!;
            Assert.Equal((7.5m, 7.5m, 187.5m), ((decimal)state["leftNow"]!, (decimal)state["leftInConversation"]!, (decimal)state["leftOfAgent"]!));
            Assert.True((double)state["given"]![0]!["tensionAfter"]! < (double)state["given"]![0]!["tensionBefore"]!);
            Assert.Equal(HttpStatusCode.Conflict, (await TakeBackAsync(host, "c1", (string)given["id"]!, LocalPeople.Agent)).Status);

            var (_, second) = await GiveAsync(host, "c1", "k2", "7.5");
            Assert.Equal(HttpStatusCode.Conflict, (await TakeBackAsync(host, "c1", (string)second!["id"]!, "luis")).Status);
            Assert.Equal(HttpStatusCode.OK, (await TakeBackAsync(host, "c1", (string)second["id"]!, LocalPeople.Agent)).Status);
            Assert.Equal(HttpStatusCode.OK, (await TakeBackAsync(host, "c1", (string)second["id"]!, LocalPeople.Agent)).Status);
            Assert.Equal(187.5m, (decimal)(await host.GetAsync("/api/v1/conversations/c1/goodwill")).Body!["leftOfAgent"]!);
            Assert.Equal(HttpStatusCode.Forbidden, (await host.GetAsync("/api/v1/conversations/c1/goodwill?by=luis")).Status);
            Assert.Equal(2, (await host.GetAsync("/api/v1/conversations/c1")).Body!["goodwill"]!.AsArray().Count);
        }

        // A new month is a new allowance. (Not by the same clock: it would strike every second of a month.)
        await using var later = await RunningHost.StartAsync(data.Path, new FakeTimeProvider(Start.AddDays(31)));
        Assert.Equal(200m, (decimal)(await later.GetAsync("/api/v1/conversations/c1/goodwill")).Body!["leftOfAgent"]!);
    }

    // 6 into 20 goes three times; 6 into the agent's 25 goes four times, wherever the clicks come from.
    [Fact]
    public async Task Clicks_AtOnce_NeverOverdraw_AndTheSameClickGivesOnce()
    {
        using var data = new TemporaryDirectory();
        await using var host = await RunningHost.StartAsync(data.Path, new FakeTimeProvider(Start), "--Goodwill:PerAgent=25");
        for (var i = 0; i < 6; i++)
        {
            await host.SayAsync($"c{i}", "m1", "customer", "Hola, mi pedido no llega.");
        }

        var same = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => GiveAsync(host, "c0", "one", "6")));
        Assert.All(same, r => Assert.Equal(HttpStatusCode.OK, r.Status));
        Assert.Single(same.Select(r => (string?)r.Body!["id"]).Distinct());
        Assert.Equal(HttpStatusCode.Conflict, (await GiveAsync(host, "c0", "one", "5")).Status);

        var one = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => GiveAsync(host, "c0", $"k{i}", "6")));
        Assert.Equal(2, one.Count(r => r.Status == HttpStatusCode.OK));
        Assert.All(one.Where(r => r.Status != HttpStatusCode.OK), r => Assert.Equal(HttpStatusCode.Conflict, r.Status));

        var others = await Task.WhenAll(Enumerable.Range(1, 5).Select(i => GiveAsync(host, $"c{i}", "k", "6")));
        Assert.Single(others, r => r.Status == HttpStatusCode.OK);
        Assert.Equal(1m, (decimal)(await host.GetAsync("/api/v1/conversations/c5/goodwill")).Body!["leftNow"]!);
    }

    [Fact]
    public async Task Give_WhatCannotBe_IsAProblem()
    {
        using var data = new TemporaryDirectory();
        await using var host = await RunningHost.StartAsync(data.Path, new FakeTimeProvider(Start));
        await host.SayAsync("c1", "m1", "customer", "Hola, mi pedido no llega.");
        string[] bodies =
        [
            """{"amount":1,"reason":"x"}""", """{"id":"k","reason":"x"}""", """{"id":"k","amount":"1","reason":"x"}""", """{"id":"k","amount":0.001,"reason":"x"}""",
            """{"id":"k","amount":-1,"reason":"x"}""", """{"id":"k","amount":1e99,"reason":"x"}""", """{"id":"k","amount":1}""",
        ];
        foreach (var body in bodies)
        {
            Assert.Equal((body, HttpStatusCode.BadRequest), (body, (await host.PostAsync("/api/v1/conversations/c1/goodwill", body)).Status));
        }

        Assert.Equal(HttpStatusCode.NotFound, (await host.PostAsync("/api/v1/conversations/gone/goodwill", """{"id":"k","amount":1,"reason":"x"}""")).Status);
    }

    [Theory]
    [InlineData("--Goodwill:Currency=EURO", "Goodwill:Currency")]
    [InlineData("--Goodwill:PerMonth=-1", "Goodwill:PerMonth")]
    [InlineData("--Goodwill:TakeBackWithin=2.00:00:00", "Goodwill:TakeBackWithin")]
    [InlineData("--FollowUps:RemindBefore=-00:01:00", "FollowUps:RemindBefore")]
    public async Task Settings_ThatCannotBeUsed_StopTheStartByName(string setting, string name)
    {
        using var data = new TemporaryDirectory();
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => RunningHost.StartAsync(data.Path, null, setting));
        Assert.Contains(name, refused.Message, StringComparison.Ordinal);
    }

    private static Task<(HttpStatusCode Status, JsonNode? Body)> GiveAsync(RunningHost host, string conversation, string click, string amount) =>
        host.PostAsync($"/api/v1/conversations/{conversation}/goodwill", $$"""{"id":"{{click}}","amount":{{amount}},"reason":"Por la espera","by":"{{LocalPeople.Agent}}"}""");

    private static Task<(HttpStatusCode Status, JsonNode? Body)> TakeBackAsync(RunningHost host, string conversation, string id, string by) =>
        host.PostAsync($"/api/v1/conversations/{conversation}/goodwill/{id}/take-back", $$"""{"by":"{{by}}"}""");
}
