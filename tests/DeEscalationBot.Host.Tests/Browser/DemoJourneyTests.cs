using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Conversations;
using DeEscalationBot.Core.Escalation;
using DeEscalationBot.Core.Scoring;
using DeEscalationBot.Host.Pages.Demo;
using static Microsoft.Playwright.Assertions;

namespace DeEscalationBot.Host.Tests.Browser;

[Collection(BrowserJourneys.Name)]
public class DemoJourneyTests(BrowserFixture browser)
{
    [Fact]
    public async Task Root_LeadsToTheDemo()
    {
        await using var window = await browser.OpenAsync("/");
        await Expect(window.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/demo\\?"));
        await Expect(window.Find("h1")).ToHaveTextAsync("See it live");
    }

    [Fact]
    public async Task SpanishConversation_RisesAlertsAndRecovers()
    {
        await using var window = await browser.OpenAsync("/demo?script=reembolso", "es-ES");
        await window.Find("#speed").SelectOptionAsync("10");
        await window.Find("#play").ClickAsync();
        await Expect(window.Find(".player .progress")).ToHaveTextAsync("13 de 13", new() { Timeout = 30_000 });
        var conversation = await ConversationOf(window);
        var tension = conversation.CustomerTurns.Select(t => t.Tension.Value).ToArray();

        // It rises to a clear alert, and ends calmer than its height, on the way down.
        Assert.True(tension.Max() >= 0.6, $"It never got tense: {string.Join(' ', tension)}");
        Assert.True(tension[^1] <= tension.Max() - 0.25, $"It did not calm down: {string.Join(' ', tension)}");
        Assert.Equal(TensionTrend.Falling, conversation.Trend);
        Assert.Contains(conversation.Alerts, a => a.Urgency >= AlertUrgency.Supervisor);
        await Expect(window.Find(".heat .level-word")).ToHaveTextAsync("Calma");
        await Expect(window.Find(".heat .trend")).ToHaveTextAsync("a la baja");
        await Expect(window.Find(".help-state")).ToContainTextAsync("supervisor");
        Assert.Empty(window.Errors);
    }

    [Fact]
    public async Task EveryScript_BeginsCalmerThanItsHeightAndEndsOnTheWayDown_AndItsPictureIsTaken()
    {
        foreach (var script in new DemoLibrary().Scripts)
        {
            // Opened first: that skips where there is no browser.
            await using var window = await browser.OpenAsync($"/console?c=played-{script.Id}", script.Language == MessageLanguage.Spanish ? "es-ES" : "en-GB", height: 2800);
            var id = ConversationId.Create("played-" + script.Id);
            for (var i = 0; i < script.Turns.Length; i++)
            {
                await browser.Host.Desk.ReceiveAsync(id, new InboundMessage(MessageId.Create($"m{i}"), script.Turns[i].Speaker, script.Turns[i].Text, DateTimeOffset.UnixEpoch.AddMinutes(i)), TestContext.Current.CancellationToken);
            }

            var conversation = await browser.Host.Desk.ReadAsync(id, TestContext.Current.CancellationToken);
            var tension = conversation!.CustomerTurns.Select(t => t.Tension.Value).ToArray();
            var told = $"{script.Id}: {string.Join(' ', tension.Select(t => t.ToString("0.00", System.Globalization.CultureInfo.InvariantCulture)))}";
            Assert.True(tension.Max() >= 0.4, told);
            Assert.True(tension[^1] < tension.Max() - 0.1, told);
            Assert.True(conversation.CustomerTurns.Last().Score!.Level <= FrustrationLevel.Annoyed, told);
            Assert.True(conversation.Suggestions.Count >= 2, told);
            await Expect(window.Find(".pane-conversation .turn:not(.event)")).ToHaveCountAsync(script.Turns.Length);
            await window.Find(".pane-conversation").ScreenshotAsync(new() { Path = Pictures.PathOf("demo-" + script.Id) });
        }
    }

    [Fact]
    public async Task TypeBothParts_SecondWindowSeesThem()
    {
        await using var window = await browser.OpenAsync("/demo");
        await window.Find("#composer").FillAsync("This is the third time I am asking and nobody answers!");
        await window.Find("#composer").PressAsync("Enter");
        await Expect(window.Find(".suggestion .technique")).ToBeVisibleAsync();
        await Expect(window.Find("#composer")).ToHaveValueAsync("");
        await using var second = await browser.OpenAsync(new Uri(window.Page.Url).PathAndQuery);
        await Expect(second.Find(".bubbles .bubble")).ToHaveCountAsync(1);

        // Insert puts the suggestion into the agent's composer, where it can be sent.
        await window.Button("Insert").First.ClickAsync();
        await Expect(window.Find("#composer")).Not.ToHaveValueAsync("");
        await Expect(window.Find("input[name=speaker]").Nth(1)).ToBeCheckedAsync();
        await window.Find("#send").ClickAsync();
        await Expect(second.Find(".bubbles .turn.agent .bubble")).ToHaveCountAsync(1);
        await Expect(window.Find(".sidebar")).ToContainTextAsync("You have answered");
    }

    [Fact]
    public async Task HostileText_IsShownAndNotRun()
    {
        const string Text = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script> nobody answers me";
        await using var window = await browser.OpenAsync("/demo");
        await window.Find("#composer").FillAsync(Text);
        await window.Find("#send").ClickAsync();
        await Expect(window.Find(".bubbles .bubble")).ToHaveTextAsync(Text);
        await Expect(window.Find(".said blockquote")).ToHaveTextAsync(Text);
        Assert.NotEqual("owned", await window.Page.TitleAsync());
    }

    [Fact]
    public async Task Step_PlaysOneMessageAndRestartBeginsANewConversation()
    {
        await using var window = await browser.OpenAsync("/demo?script=outage");
        await window.Find("#step").ClickAsync();
        await Expect(window.Find(".bubbles .bubble")).ToHaveCountAsync(1);
        var first = window.Page.Url;
        await window.Find("#restart").ClickAsync();
        await Expect(window.Find(".bubbles .bubble")).ToHaveCountAsync(0);
        Assert.NotEqual(first, window.Page.Url);
    }

    private async Task<Conversation> ConversationOf(Window window)
    {
        var query = System.Web.HttpUtility.ParseQueryString(new Uri(window.Page.Url).Query);
        return (await browser.Host.Desk.ReadAsync(ConversationId.Create(query["c"]!), TestContext.Current.CancellationToken))!;
    }
}
