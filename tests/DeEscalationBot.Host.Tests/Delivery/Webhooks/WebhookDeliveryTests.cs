using System.Net;
using System.Text.Json.Nodes;
using DeEscalationBot.Host.Tests.Fixtures;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace DeEscalationBot.Host.Tests.Delivery.Webhooks;

/// <summary>The real host against a receiver on this machine; the clock is a fake one. Types and fields come from the contract.</summary>
public class WebhookDeliveryTests
{
    private const string Insult = "Eres un inútil, no sirves para nada.";

    private static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Alert_ThroughItsLife_IsPostedStepByStepSigned()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        using var data = new TemporaryDirectory();
        await using var host = await RunningHost.StartAsync(data.Path, new FakeTimeProvider(Start), receiver.Settings);
        await host.SayAsync("c1", "m1", "customer", Insult);
        await TakesAsync(receiver, "alert.delivered");
        var alert = await AlertAsync(host, "c1");
        Assert.Equal("delivered", (string?)alert["state"]);
        foreach (var (verb, body) in new[] { ("acknowledge", """{"by":"eva"}"""), ("whisper", """{"by":"eva","text":"secret words"}"""), ("take-over", """{"who":"eva"}"""), ("note", """{"by":"leo","note":"secret too"}"""), ("resolve", """{"by":"eva","text":"called back"}""") })
        {
            Assert.Equal(HttpStatusCode.OK, (await host.PostAsync($"/api/v1/alerts/{alert["id"]}/{verb}", body)).Status);
        }

        await TakesAsync(receiver, "alert.resolved");
        Assert.Equal(["alert.raised", "alert.delivered", "alert.acknowledged", "alert.coached", "alert.takenOver", "alert.noted", "alert.resolved"], receiver.Taken.Select(r => r.Type));
        Assert.All(receiver.Taken, r => Assert.True(WebhookReceiver.IsSigned(r)));
        Assert.Equal(receiver.Taken.Count, receiver.Taken.Select(r => r.Id).Distinct().Count());
        var raised = receiver.Taken[0].Data;
        Assert.Equal(((string?)alert["id"], "c1", "T1", "immediate"), ((string?)raised["alertId"], (string?)raised["conversationId"], (string?)raised["trigger"], (string?)raised["urgency"]));
        Assert.Contains("inútil", (string?)raised["reason"], StringComparison.Ordinal);
        Assert.Equal(3, raised["summary"]!.AsArray().Count);
        Assert.NotNull(receiver.Taken[0].Json["timestamp"]);
        Assert.Equal("eva", (string?)receiver.Taken[2].Data["by"]);
        Assert.All(receiver.Taken, r => Assert.DoesNotContain("secret", r.Body, StringComparison.Ordinal));
    }

    [Fact]
    public async Task ReceiverOfATeam_GetsThatTeamsAlerts_AndHearsHowTheyEndWhoeverHasThemThen()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        using var data = new TemporaryDirectory();
        await using var host = await RunningHost.StartAsync(data.Path, new FakeTimeProvider(Start), [.. receiver.Settings, "--Webhooks:0:Teams:0=blue", "--Webhooks:0:Teams:1=default"]);
        await SayOfAsync("red-1", "m1", Insult, "red");
        await SayOfAsync("blue-1", "m1", Insult, "blue");
        await host.SayAsync("unnamed", "m1", "customer", Insult);
        await TakesAsync(receiver, "alert.raised", 2);
        await SayOfAsync("blue-1", "m2", "Hola", "red"); // Handed on.
        await host.PostAsync($"/api/v1/alerts/{(await AlertAsync(host, "blue-1"))["id"]}/resolve", "{}");
        await TakesAsync(receiver, "alert.resolved");

        Assert.DoesNotContain(receiver.All, r => r.Conversation == "red-1");
        Assert.Equal(["blue-1", "unnamed"], receiver.Taken.Where(r => r.Type == "alert.raised").Select(r => r.Conversation).Order(StringComparer.Ordinal));
        Assert.Equal("blue", (string?)(await host.GetAsync("/api/v1/sinks")).Body!["sinks"]![0]!["teams"]![0]);

        async Task SayOfAsync(string conversation, string id, string text, string team) => Assert.Equal(HttpStatusCode.OK, (await host.PostAsync(
            $"/api/v1/conversations/{conversation}/messages", new JsonObject { ["id"] = id, ["speaker"] = "customer", ["text"] = text, ["team"] = team }.ToJsonString())).Status);
    }

    [Theory]
    [InlineData("Webhooks:0:Teams", "--Webhooks:0:Url=https://hooks.example.com/", "--Webhooks:0:Secret=" + WebhookReceiver.Secret, "--Webhooks:0:Teams:0=\u0007")]
    [InlineData("Mail:Teams", "--Mail:Host=mail.example.com", "--Mail:From=coach@example.com", "--Mail:Teams:0=\u0007")]
    public async Task Team_ThatCannotBeOne_RefusesTheStart(string named, params string[] settings)
    {
        using var data = new TemporaryDirectory();
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => RunningHost.StartAsync(data.Path, null, settings));
        Assert.Contains(named, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Receiver_ThatFails_GetsTheSameMessageAgainWithinSecondsAndTheNextOnlyThen()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Behave = (n, _) => Task.FromResult(n < 2 ? 500 : 200);
        using var data = new TemporaryDirectory();
        var clock = new FakeTimeProvider(Start);
        await using var host = await RunningHost.StartAsync(data.Path, clock, receiver.Settings);
        await host.SayAsync("c1", "m1", "customer", Insult);
        await host.PostAsync($"/api/v1/alerts/{(await AlertAsync(host, "c1"))["id"]}/acknowledge", "{}");
        await Eventually.HoldsAsync(() => receiver.All.Count == 1, "the first try");
        await WaitForPendingAsync(host, 1);

        // The first retry comes after at most 2 seconds, the second after at most 4 more.
        await AdvanceUntilAsync(clock, TimeSpan.FromSeconds(2), () => receiver.All.Count >= 2);
        await WaitForPendingAsync(host, 2);
        await AdvanceUntilAsync(clock, TimeSpan.FromSeconds(4), () => receiver.All.Count >= 3);
        await AdvanceUntilAsync(clock, TimeSpan.FromSeconds(30), () => receiver.Taken.Any(r => r.Type == "alert.acknowledged"));

        Assert.Equal(["alert.raised", "alert.raised", "alert.raised"], receiver.All.Take(3).Select(r => r.Type));
        Assert.Single(receiver.All.Take(3).Select(r => (r.Id, r.Body)).Distinct());
        Assert.Equal(receiver.Taken.OrderBy(r => r.Sequence).Select(r => r.Id), receiver.Taken.Select(r => r.Id));
    }

    [Fact]
    public async Task RetryAfter_IsObeyed()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Behave = (n, context) =>
        {
            context.Response.Headers.RetryAfter = "60";
            return Task.FromResult(n == 0 ? 429 : 200);
        };
        using var data = new TemporaryDirectory();
        var clock = new FakeTimeProvider(Start);
        await using var host = await RunningHost.StartAsync(data.Path, clock, receiver.Settings);
        await host.SayAsync("c1", "m1", "customer", Insult);
        await Eventually.HoldsAsync(() => receiver.All.Count == 1, "the first try");
        await WaitForPendingAsync(host, 1);
        Assert.Equal(Start.AddSeconds(60), (DateTimeOffset?)(await PendingAsync(host))[0]!["nextTryAt"]);

        clock.Advance(TimeSpan.FromSeconds(59));
        Assert.Single(receiver.All);
        await AdvanceUntilAsync(clock, TimeSpan.FromSeconds(10), () => receiver.All.Count >= 2);
    }

    [Fact]
    public async Task Receiver_ThatHangs_IsLeftAfterTheTimeLimit()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        var hang = new TaskCompletionSource();
        receiver.Behave = async (n, _) =>
        {
            if (n == 0)
            {
                await hang.Task;
            }

            return 200;
        };
        using var data = new TemporaryDirectory();
        var clock = new FakeTimeProvider(Start);
        await using var host = await RunningHost.StartAsync(data.Path, clock, receiver.Settings);
        await host.SayAsync("c1", "m1", "customer", Insult);
        await AdvanceUntilAsync(clock, TimeSpan.FromMinutes(1), () => receiver.Taken.Count > 0);
        hang.SetResult();
    }

    [Fact]
    public async Task PrivateNetwork_IsRefusedByName_AndTheDeadLetterCanBeSentAgain()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        using var data = new TemporaryDirectory();
        var settings = receiver.Settings.Where(s => !s.Contains("AllowPrivate", StringComparison.Ordinal)).ToArray();
        string id;
        await using (var host = await RunningHost.StartAsync(data.Path, null, settings))
        {
            await host.SayAsync("c1", "m1", "customer", Insult);
            var dead = await Eventually.GetsAsync(async () => (await host.GetAsync("/api/v1/deliveries")).Body!["deliveries"]!.AsArray(), found => found.Count == 1, "a dead letter");
            Assert.Contains("Webhooks:AllowPrivateNetworks", (string?)dead[0]!["lastResult"], StringComparison.Ordinal);
            Assert.Equal("raised", (string?)(await AlertAsync(host, "c1"))["state"]);
            id = (string)dead[0]!["id"]!;
        }

        Assert.Empty(receiver.All);
        await using var again = await RunningHost.StartAsync(data.Path, null, receiver.Settings);
        Assert.Equal(HttpStatusCode.Accepted, (await again.PostAsync($"/api/v1/deliveries/{id}/resend", "{}")).Status);
        await TakesAsync(receiver, "alert.raised");
        Assert.Equal(id, receiver.Taken[0].Id);
        Assert.Equal(HttpStatusCode.NotFound, (await again.PostAsync($"/api/v1/deliveries/{id}/resend", "{}")).Status);
    }

    [Fact]
    public async Task Secret_WhileItIsChanged_BothSignaturesAreThere()
    {
        const string other = "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";
        await using var receiver = await WebhookReceiver.StartAsync();
        using var data = new TemporaryDirectory();
        await using var host = await RunningHost.StartAsync(data.Path, null, [.. receiver.Settings, $"--Webhooks:0:OtherSecret={other}"]);
        await host.SayAsync("c1", "m1", "customer", Insult);
        await TakesAsync(receiver, "alert.raised");

        Assert.True(WebhookReceiver.IsSigned(receiver.Taken[0]));
        Assert.True(WebhookReceiver.IsSigned(receiver.Taken[0], other));
        Assert.False(WebhookReceiver.IsSigned(receiver.Taken[0], "whsec_" + Convert.ToBase64String(new byte[24])));
    }

    [Fact]
    public async Task Settings_ThatCannotBeUsed_StopTheStartByName()
    {
        using var data = new TemporaryDirectory();
        foreach (var (setting, named) in new[]
        {
            ("--Webhooks:0:Url=nowhere", "Webhooks:0:Url"), ("--Webhooks:0:Url=http://x.example", "Webhooks:0:Secret"), ("--Mail:Host=mail.example", "Mail:From"),
            ("--Outbox:Lease=00:00:05", "Outbox:Lease"), ("--Escalation:Triggers:T11:Urgency=Advise", "Escalation:Triggers:T11:Urgency"),
        })
        {
            var refusal = await Assert.ThrowsAnyAsync<Exception>(() => RunningHost.StartAsync(data.Path, null, setting));
            Assert.Contains(named, refusal.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task SelfTest_SendsAMarkedAlertAndNamesTheBrokenSetting()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Behave = (n, _) => Task.FromResult(n == 0 ? 200 : 401);
        using var data = new TemporaryDirectory();
        await using var host = await RunningHost.StartAsync(data.Path, new FakeTimeProvider(Start), [.. receiver.Settings, "--Webhooks:0:SecretExpires=2026-03-10"]);

        var (_, first) = await host.PostAsync("/api/v1/self-test", "{}");
        Assert.True((bool?)first!["passed"]);
        Assert.Contains("Webhooks:0:Secret expires on 2026-03-10", (string?)first["sinks"]![0]!["warnings"]![0], StringComparison.Ordinal);
        Assert.True((bool?)Assert.Single(receiver.Taken).Data["test"]);

        var (_, second) = await host.PostAsync("/api/v1/self-test", "{}");
        Assert.False((bool?)second!["passed"]);
        Assert.Contains("Webhooks:0:Secret", (string?)second["sinks"]![0]!["detail"], StringComparison.Ordinal);
    }

    private static Task TakesAsync(WebhookReceiver receiver, string type, int count = 1) => Eventually.HoldsAsync(() => receiver.Taken.Count(r => r.Type == type) >= count, $"the receiver takes {type}");

    private static async Task<JsonNode> AlertAsync(RunningHost host, string conversation) => (await host.GetAsync("/api/v1/conversations/" + conversation)).Body!["alerts"]![0]!;

    private static async Task<JsonArray> PendingAsync(RunningHost host) => (await host.GetAsync("/api/v1/deliveries?state=pending")).Body!["deliveries"]!.AsArray();

    // The try has been written down: its result is there.
    private static Task<JsonArray> WaitForPendingAsync(RunningHost host, int attempts) =>
        Eventually.GetsAsync(() => PendingAsync(host), found => found.Any(d => (int?)d!["attempts"] == attempts && d["lastResult"] is not null && (DateTimeOffset?)d["nextTryAt"] > Start), $"{attempts} tries written down");

    private static async Task AdvanceUntilAsync(FakeTimeProvider clock, TimeSpan most, Func<bool> holds)
    {
        var end = clock.GetUtcNow() + most;
        while (!holds() && clock.GetUtcNow() < end)
        {
            clock.Advance(TimeSpan.FromMilliseconds(250));
            await Task.Delay(TimeSpan.FromMilliseconds(25), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        await Eventually.HoldsAsync(holds, $"within {most} of the product's clock");
    }
}
