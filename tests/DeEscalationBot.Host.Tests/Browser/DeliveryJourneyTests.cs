using DeEscalationBot.Host.Tests.Fixtures;
using static Microsoft.Playwright.Assertions;

namespace DeEscalationBot.Host.Tests.Browser;

/// <summary>The page that tells whether alerts arrive, with a real receiver behind it.</summary>
[Collection(BrowserJourneys.Name)]
public class DeliveryJourneyTests(BrowserFixture browser)
{
    [Theory]
    [InlineData("en-GB", "Send a test alert", "webhook-0: arrived. HTTP 200", "webhook-0: failed. HTTP 401", "Send again")]
    [InlineData("es-ES", "Enviar una alerta de prueba", "webhook-0: ha llegado. HTTP 200", "webhook-0: ha fallado. HTTP 401", "Enviar otra vez")]
    public async Task SelfTestIsSent_AndADeadLetterGoesOutAgain(string language, string test, string arrived, string failed, string resend)
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        using var data = new TemporaryDirectory();
        receiver.Behave = (_, _) => Task.FromResult(410); // The receiver is gone: a letter that nobody wants is dead at once.
        var expires = TimeProvider.System.GetUtcNow().AddDays(5);
        await using var host = await RunningHost.StartAsync(data.Path, null, [.. receiver.Settings, $"--Webhooks:0:SecretExpires={expires:O}"]);
        await host.SayAsync("dead-1", "m1", "customer", "I want to speak to your manager right now!");
        await using var window = await browser.OpenAsync(new Uri(host.Client.BaseAddress!, "/alerts").ToString(), language);
        var dead = window.Find("section[aria-labelledby=dead-title] tr", new() { HasText = "dead-1" });
        await Eventually.GetsAsync(async () => (await host.GetAsync("/api/v1/deliveries")).Body!["deliveries"]!.AsArray().Count, count => count == 1, "a dead letter");
        await window.Page.ReloadAsync();
        await Expect(dead).ToContainTextAsync("Webhooks:0:Url");
        await Expect(window.Find("section[aria-labelledby=sinks-title]")).ToContainTextAsync($"Webhooks:0:Secret expires on {expires.UtcDateTime:yyyy-MM-dd}");

        receiver.Behave = (_, _) => Task.FromResult(401);
        await window.Button(test).ClickAsync();
        await Expect(window.Find("section[aria-labelledby=sinks-title] [role=status]")).ToContainTextAsync(failed);
        receiver.Behave = (_, _) => Task.FromResult(200);
        await window.Button(test).ClickAsync();
        await Expect(window.Find("section[aria-labelledby=sinks-title] [role=status]")).ToContainTextAsync(arrived);
        Assert.Equal("alert.test", Assert.Single(receiver.Taken).Type);

        await window.Button(resend).ClickAsync();
        await Expect(dead).ToHaveCountAsync(0);
        await Eventually.HoldsAsync(() => receiver.Taken.Any(r => r.Type == "alert.raised" && r.Conversation == "dead-1"), "the letter at the receiver");
        await window.AssertAccessibleAsync();
        Assert.Empty(window.Errors);
    }
}
