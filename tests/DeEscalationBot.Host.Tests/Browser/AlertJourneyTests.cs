using System.Diagnostics;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DeEscalationBot.Host.Tests.Browser;

/// <summary>Two supervisors and an agent: each sees the others' moves within a second of the record having them.</summary>
[Collection(BrowserJourneys.Name)]
public class AlertJourneyTests(BrowserFixture browser)
{
    // Of the product; the machine that tests it is shared, and a browser on it takes its time.
    private static readonly LocatorAssertionsToContainTextOptions Soon = new() { Timeout = 5000 };

    [Fact]
    public async Task RaiseAcknowledgeWhisperTakeOverResolve_AreSeenByEverybody()
    {
        await using var marta = await browser.OpenAsync("/console?c=alert-1");
        await using var david = await browser.OpenAsync("/console?c=alert-1");
        await using var agent = await browser.OpenAsync("/sidebar/alert-1", width: 400);
        await david.Page.GetByLabel("You are").SelectOptionAsync("David Okafor");
        await browser.Host.SayAsync("alert-1", "m1", "customer", "This is outrageous. I want to speak to your manager right now!");
        await Expect(marta.Find(".alert-card .state")).ToContainTextAsync("nobody yet");
        await Expect(david.Find(".alert-card .state")).ToContainTextAsync("Delivered"); // it is on a screen

        var watch = Stopwatch.StartNew();
        await marta.Page.Keyboard.PressAsync("Alt+A");
        await Expect(david.Find(".alert-card .state")).ToContainTextAsync("Marta Ruiz is on it", Soon);
        await Expect(agent.Find(".help-state")).ToContainTextAsync("Marta Ruiz", Soon);
        TestContext.Current.TestOutputHelper?.WriteLine($"Acknowledged in one window, seen in the two others after {watch.ElapsedMilliseconds} ms.");

        await david.Page.GetByLabel("Words to the agent").FillAsync("Offer a call at three.");
        watch.Restart();
        await david.Button("Whisper").ClickAsync();
        await Expect(agent.Find(".whispers")).ToContainTextAsync("Offer a call at three.", Soon);
        await Expect(marta.Find(".said-by")).ToContainTextAsync("David Okafor", Soon);
        TestContext.Current.TestOutputHelper?.WriteLine($"Whispered, read by the agent after {watch.ElapsedMilliseconds} ms.");

        await marta.Button("Take over").ClickAsync();
        await Expect(david.Find(".alert-card .state .tag")).ToContainTextAsync("Taken over", Soon);
        await marta.Page.GetByLabel("What was done").FillAsync("Called back.");
        await marta.Button("Resolve").ClickAsync();
        await Expect(david.Find(".settled")).ToContainTextAsync("Called back.", Soon);
        await Expect(agent.Find(".help-state")).ToContainTextAsync("Called back.", Soon);
        Assert.Empty(marta.Errors);
        Assert.Empty(david.Errors);
        Assert.Empty(agent.Errors);
    }

    [Fact]
    public async Task Dismissed_WithAReason_IsInTheHistory()
    {
        await browser.Host.SayAsync("alert-2", "m1", "customer", "I want to speak to your manager, please.");
        await using var window = await browser.OpenAsync("/console?c=alert-2");
        await window.Find(".alert-card summary", new() { HasText = "dismiss" }).ClickAsync();
        await window.Page.GetByLabel("Why it is dismissed").SelectOptionAsync("AgentHadIt");
        await window.Button("Dismiss").ClickAsync();
        await Expect(window.Find(".settled")).ToContainTextAsync("The agent had it in hand");
        await window.Page.GotoAsync("/alerts");
        await Expect(window.Find("tr", new() { HasText = "alert-2" })).ToContainTextAsync("The agent had it in hand");
        await Expect(window.Find("#duty-title")).ToBeVisibleAsync();
    }
}
