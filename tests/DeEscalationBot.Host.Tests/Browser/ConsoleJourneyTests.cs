using static Microsoft.Playwright.Assertions;

namespace DeEscalationBot.Host.Tests.Browser;

[Collection(BrowserJourneys.Name)]
public class ConsoleJourneyTests(BrowserFixture browser)
{
    [Fact]
    public async Task Alert_AppearsLiveIsAcknowledgedAndResolvedAndTheOthersSeeIt()
    {
        await using var marta = await browser.OpenAsync("/console");
        await using var david = await browser.OpenAsync("/console");
        await david.Page.GetByLabel("You are").SelectOptionAsync("David Okafor");
        await browser.Host.SayAsync("console-1", "m1", "customer", "This is outrageous. I want to speak to your manager right now!");

        // The alert comes to both without a reload, and is said to screen readers.
        var row = marta.Find(".alert-row", new() { HasText = "console-1" });
        await Expect(row).ToBeVisibleAsync();
        await Expect(david.Find(".alert-row", new() { HasText = "console-1" })).ToBeVisibleAsync();
        await Expect(marta.Find("[role=alert]")).ToContainTextAsync("New alert");

        await row.ClickAsync();
        await Expect(marta.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("c=console-1"));
        await Expect(marta.Find(".turns .bubble")).ToContainTextAsync("your manager");
        await Expect(marta.Find(".turns .chip", new() { HasText = "Asks for a manager" })).ToBeVisibleAsync();
        await marta.Button("Acknowledge").ClickAsync();
        await Expect(david.Find(".alert-row", new() { HasText = "console-1" })).ToContainTextAsync("Marta Ruiz is on it");

        // The agent sees who is coming.
        await using var agent = await browser.OpenAsync("/sidebar/console-1", width: 400);
        await Expect(agent.Find(".help-state")).ToContainTextAsync("Marta Ruiz is taking care of it");

        await david.Find(".alert-row", new() { HasText = "console-1" }).ClickAsync();
        await david.Page.GetByLabel("What was done").FillAsync("Called the customer back.");
        await david.Button("Resolve").ClickAsync();
        await Expect(marta.Find(".alert-row", new() { HasText = "console-1" })).ToHaveCountAsync(0);
        await Expect(marta.Find(".settled")).ToContainTextAsync("Called the customer back.");
        await Expect(agent.Find(".help-state")).ToContainTextAsync("Called the customer back.");
        Assert.Empty(marta.Errors);
        Assert.Empty(david.Errors);
    }

    [Fact]
    public async Task Filter_IsKeptInTheAddress()
    {
        await browser.Host.SayAsync("filter-hot", "m1", "customer", "You are a useless idiot and I hate this!");
        await browser.Host.SayAsync("filter-calm", "m1", "customer", "Good morning, what are your opening hours?");
        await using var window = await browser.OpenAsync("/console?find=filter-");
        await Expect(window.Find(".row")).ToHaveCountAsync(2);
        await Expect(window.Find(".row").First).ToContainTextAsync("filter-hot"); // hottest first
        await window.Page.GetByLabel("Heat").SelectOptionAsync("Tense");
        await Expect(window.Find(".row")).ToHaveCountAsync(1);
        Assert.Contains("heat=tense", window.Page.Url, StringComparison.Ordinal);
        await window.Page.ReloadAsync();
        await Expect(window.Find(".row")).ToHaveCountAsync(1);
        await Expect(window.Page.GetByLabel("Heat")).ToHaveValueAsync("Tense");
    }

    [Fact]
    public async Task ManyConversations_OnlyThoseOnTheScreenAreDrawn()
    {
        for (var i = 0; i < 60; i++)
        {
            await browser.Host.SayAsync($"many-{i:00}", "m1", "customer", "Where is my order? It is late again.");
        }

        await using var window = await browser.OpenAsync("/console?find=many-");
        await Expect(window.Find("#queue-title + .count")).ToHaveTextAsync("60");
        await Expect(window.Find(".row").Nth(3)).ToBeVisibleAsync();

        // Between two drawings there may be none for a moment; all of them there must never be.
        Assert.InRange(await window.Find(".row").CountAsync(), 0, 40);
    }

    [Fact]
    public async Task KeyboardAlone_OpensAndAcknowledges()
    {
        await browser.Host.SayAsync("console-keys", "m1", "customer", "I want to speak to your manager, please.");
        await using var window = await browser.OpenAsync("/console");
        await window.Find(".alert-row", new() { HasText = "console-keys" }).FocusAsync();
        await window.Page.Keyboard.PressAsync("Enter");
        await Expect(window.Find("#timeline-title")).ToHaveTextAsync("console-keys");
        await window.Button("Acknowledge").FocusAsync();
        await window.Page.Keyboard.PressAsync("Enter");
        await Expect(window.Find(".alert-row", new() { HasText = "console-keys" })).ToContainTextAsync("Marta Ruiz");
    }

    [Fact]
    public async Task UnknownConversation_SaysSo()
    {
        await using var window = await browser.OpenAsync("/console?c=no-such");
        await Expect(window.Find(".pane-conversation")).ToContainTextAsync("There is no such conversation");
    }
}
