using DeEscalationBot.Core.Channels;
using DeEscalationBot.Host.Conversations;
using DeEscalationBot.Host.Pages.Demo;
using DeEscalationBot.Host.Tests.Fixtures;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DeEscalationBot.Host.Tests.Browser;

/// <summary>What holds for every page: accessible, in two languages, nothing from other hosts, no room lost; and its picture.</summary>
[Collection(BrowserJourneys.Name)]
public class EveryPageTests(BrowserFixture browser)
{
    public static TheoryData<string, string, ColorScheme, int> Views
    {
        get
        {
            var views = new TheoryData<string, string, ColorScheme, int>();
            foreach (var page in new[] { "demo", "console", "sidebar", "alerts", "reports", "cases", "customers" })
            {
                views.Add(page, "en-GB", ColorScheme.Light, 1280);
                views.Add(page, "es-ES", ColorScheme.Dark, 360);
            }

            return views;
        }
    }

    [Theory]
    [MemberData(nameof(Views))]
    public async Task Page_HasNoSeriousAccessibilityFault(string page, string language, ColorScheme scheme, int width)
    {
        await using var window = await OpenPlayedAsync(page, language, scheme, width);
        await window.AssertAccessibleAsync();
    }

    [Theory]
    [InlineData("demo", 360)]
    [InlineData("console", 360)]
    [InlineData("sidebar", 320)]
    [InlineData("demo", 640)] // 1280 pixels at 200 % zoom
    [InlineData("console", 640)]
    [InlineData("alerts", 360)]
    [InlineData("reports", 360)]
    [InlineData("cases", 360)]
    [InlineData("customers", 360)]
    public async Task NarrowWindow_NeedsNoSidewaysScrolling(string page, int width)
    {
        await using var window = await OpenPlayedAsync(page, "es-ES", ColorScheme.Light, width);
        await window.AssertNoSidewaysScrollingAsync();
    }

    [Theory]
    [InlineData("demo")]
    [InlineData("console")]
    [InlineData("sidebar")]
    public async Task Page_AsksNoOtherHost(string page)
    {
        await using var window = await OpenPlayedAsync(page, "en-GB", ColorScheme.Light, 1280);
        var own = browser.Host.Client.BaseAddress!.Authority;
        Assert.NotEmpty(window.Requests);
        Assert.All(window.Requests.Where(r => !r.StartsWith("data:", StringComparison.Ordinal)), r => Assert.Equal(own, new Uri(r).Authority));
        Assert.Empty(window.Errors);
    }

    [Theory]
    [InlineData("en-GB", "There is nothing at this address")]
    [InlineData("es-ES", "No hay nada en esta dirección")]
    public async Task AddressThatIsNoPage_SaysSo_AndHasAWayOn(string language, string said)
    {
        await using var window = await browser.OpenAsync("/consola", language);
        await Expect(window.Find("h1")).ToHaveTextAsync(said);
        await window.Find("main a").ClickAsync();
        await Expect(window.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/demo"));
    }

    [Fact]
    public async Task Language_FollowsTheBrowserAndTheSwitchAndIsKept()
    {
        await using var window = await browser.OpenAsync("/console", "es-MX");
        await Expect(window.Find("h1")).ToHaveTextAsync("Consola de supervisión");
        await window.Page.GetByRole(AriaRole.Link, new() { Name = "English" }).ClickAsync();
        await Expect(window.Find("h1")).ToHaveTextAsync("Supervisor console");
        Assert.Equal("en", await window.Page.GetAttributeAsync("html", "lang"));
        await window.Page.GotoAsync("/demo");
        await Expect(window.Find("h1")).ToHaveTextAsync("See it live");
    }

    [Theory]
    [InlineData("//evil.example.com")]
    [InlineData("https://evil.example.com/")]
    [InlineData("/\\evil.example.com")]
    public async Task LanguageSwitch_ForeignWayBack_StaysHere(string back)
    {
        await using var window = await browser.OpenAsync("/language/es?back=" + Uri.EscapeDataString(back));
        Assert.Equal(browser.Host.Client.BaseAddress!.Authority, new Uri(window.Page.Url).Authority);
    }

    [Fact]
    public async Task Theme_SwitchIsKept()
    {
        await using var window = await browser.OpenAsync("/console");
        await Expect(window.Find("h1")).ToBeVisibleAsync();
        await window.Find("fluent-button[aria-label='Switch between light and dark']").ClickAsync();
        await Expect(window.Find("body")).ToHaveAttributeAsync("data-theme", "dark");
        await window.Page.ReloadAsync();
        await Expect(window.Find("h1")).ToBeVisibleAsync();
        await Expect(window.Find("body")).ToHaveAttributeAsync("data-theme", "dark");
    }

    [Theory]
    [InlineData("demo", 1280, 860)]
    [InlineData("console", 1280, 860)]
    [InlineData("sidebar", 400, 900)]
    [InlineData("alerts", 1280, 860)]
    [InlineData("reports", 1280, 1100)]
    public async Task Picture_IsTaken(string page, int width, int height)
    {
        // A host of its own, with a desk's morning in it: every script, some of them not over.
        using var data = new TemporaryDirectory();
        await using var host = await RunningHost.StartAsync(data.Path);
        foreach (var (script, turns) in new[] { ("reembolso", 12), ("averia", 9), ("cobro", 6), ("outage", 7), ("cancel", 9), ("delivery", 7) })
        {
            await PlayAsync(host.Desk, script, script, turns);
        }

        await using var window = await OpenAsync(new Uri(host.Client.BaseAddress!, PathTo(page, "delivery")).ToString(), page, "en-GB", ColorScheme.Light, width, height);
        var picture = await window.TakePictureAsync(page, fullPage: page == "sidebar");
        Assert.True(picture.Length > 20_000, $"The picture of {page} is nearly empty: {picture.Length} bytes.");
    }

    // A conversation at its height: levels, signals, a suggestion, an alert.
    private async Task<Window> OpenPlayedAsync(string page, string language, ColorScheme scheme, int width, int height = 900)
    {
        await PlayAsync(browser.Host.Desk, "delivery", "played", 7);
        return await OpenAsync(PathTo(page, "played"), page, language, scheme, width, height);
    }

    private static async Task PlayAsync(IConversationDesk desk, string scriptId, string conversation, int turns)
    {
        var script = new DemoLibrary().Find(scriptId, MessageLanguage.English);
        for (var i = 0; i < turns; i++)
        {
            await desk.ReceiveAsync(
                ConversationId.Create(conversation),
                new InboundMessage(
                    MessageId.Create($"script-{i}"), script.Turns[i].Speaker, script.Turns[i].Text, TimeProvider.System.GetUtcNow(), MessageLanguage.Undetermined,
                    script.Turns[i].Speaker == SpeakerRole.Customer ? script.Customer : null, script.Turns[i].Speaker == SpeakerRole.Agent ? "Lucía Vega" : null),
                TestContext.Current.CancellationToken);
        }

    }

    private static string PathTo(string page, string conversation) => page switch
    {
        "demo" => $"/demo?script=delivery&c={conversation}",
        "console" => $"/console?c={conversation}",
        "alerts" => "/alerts",
        "reports" or "cases" or "customers" => "/" + page,
        _ => $"/sidebar/{conversation}",
    };

    private async Task<Window> OpenAsync(string address, string page, string language, ColorScheme scheme, int width, int height)
    {
        var window = await browser.OpenAsync(address, language, width, height, scheme);
        await Expect(window.Find(page switch { "console" => ".alert-card", "alerts" => "td a", "reports" or "cases" => ".chart", "customers" => "details.step", _ => ".suggestion" })).Not.ToHaveCountAsync(0);
        if (page == "sidebar")
        {
            await window.Find("#draft-text").FillAsync("I understand your frustration, but you should have checked the estimate.");
            await Expect(window.Find(".finding").First).ToBeVisibleAsync();
        }

        return window;
    }
}
