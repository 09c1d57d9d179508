using System.Text.Json;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Escalation;
using DeEscalationBot.Host.Channels.BotFramework.Cards;
using DeEscalationBot.Host.Tests.Browser;
using DeEscalationBot.Host.Tests.Fixtures;
using Microsoft.Playwright;
using static DeEscalationBot.Host.Tests.Channels.BotFramework.Cards.CardSamples;

namespace DeEscalationBot.Host.Tests.Channels.BotFramework.Cards;

/// <summary>The cards in a real browser, shown by the npm package adaptivecards in the colours of Teams.</summary>
[Collection(BrowserJourneys.Name)]
public class CardRenderingTests(BrowserFixture browser)
{
    // Shows a card, and keeps what its buttons send. Nothing in a text run may become anything but text.
    private const string Show = """
        ([card, config]) => {
          AdaptiveCards.GlobalSettings.setTabIndexAtCardRoot = false;
          const shown = new AdaptiveCards.AdaptiveCard();
          shown.hostConfig = new AdaptiveCards.HostConfig(JSON.parse(config));
          window.pressed = [];
          shown.onExecuteAction = action => window.pressed.push({ type: action.getJsonTypeName(), verb: action.verb, data: action.data, url: action.url });
          shown.parse(JSON.parse(card), new AdaptiveCards.SerializationContext());
          document.body.replaceChildren(shown.render());
        }
        """;

    // The tests of this class take turns; one installation does for all.
    private static (string Script, string Style)? _package;

    public static TheoryData<string, bool> Looks => new()
    {
        { "coaching", false }, { "coaching", true }, { "draft", false }, { "draft", true }, { "alert", false }, { "alert", true },
        { "settled", true }, { "told", false }, { "read", true }, { "greeting", false }, { "commands", true }, { "hostile", false }, { "rtl", true },
        { "chat", false }, { "chat", true }, { "chat-heats", true }, { "chats", false },
    };

    [Theory]
    [MemberData(nameof(Looks))]
    public async Task Card_IsShownWhole(string which, bool isDark)
    {
        await using var window = await OpenAsync(isDark);
        var audience = new CardAudience(isDark ? MessageLanguage.Spanish : MessageLanguage.English, CardSurface.Teams, Site);
        var card = which switch
        {
            "coaching" => CoachingCard.Build(Advice("Llevo tres semanas esperando y nadie me responde"), audience),
            "draft" => DraftReviewCard.Build(Review("Comprendo el problema, pero no podemos hacer nada"), Conversation, audience),
            "alert" => AlertCard.Build(Alert("Quiero hablar con su jefe"), audience),
            "told" => AlertCard.Build(Told("Quiero hablar con su jefe"), audience),
            "read" => AlertCard.Build(Alert("Quiero hablar con su jefe") with { CanAct = false }, audience),
            "settled" => AlertCard.Build(Alert("Quiero hablar con su jefe", AlertState.Resolved), audience),
            "greeting" => GreetingCard.Build(audience),
            "chat" => ChatCard.Build(Chat("Llevo tres semanas esperando y nadie me responde"), audience),
            "chat-heats" => ChatCard.Build(
                Chat("Nadie me responde") with { Draft = "Comprendo el problema, pero no podemos hacer nada", Review = Review("Comprendo el problema, pero no podemos hacer nada"), HeldBack = "0f" }, audience),
            "chats" => ChatListCard.Build([.. Listed.Take(1)], [.. Listed.Skip(1).Take(2)], audience),
            "commands" => CommandsCard.Build(audience),
            "hostile" => CoachingCard.Build(Advice(Hostile), audience),
            _ => AlertCard.Build(Alert(RightToLeft), audience),
        };
        await window.Page.EvaluateAsync(Show, Parts(card, isDark));

        var hidden = await window.Page.EvaluateAsync<int>("[...document.querySelectorAll('img')].filter(i => !i.complete || i.naturalWidth === 0).length");
        Assert.Equal(0, hidden);
        Assert.True(await window.Page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= 480, "It is wider than the chat.");
        Assert.Empty(window.Errors);
        var folder = Path.Combine(Path.GetTempPath(), "deescalation-pictures");
        var picture = await window.Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"card-{which}-{(isDark ? "dark" : "light")}.png"), FullPage = true });
        Assert.True(picture.Length > 4_000, $"The picture of {which} is nearly empty: {picture.Length} bytes.");
    }

    [Fact]
    public async Task HostileWords_AreShownLetterByLetterAndDoNothing()
    {
        await using var window = await OpenAsync(isDark: false);
        foreach (var surface in Enum.GetValues<CardSurface>())
        {
            var audience = new CardAudience(MessageLanguage.English, surface, Site);
            foreach (var card in new[] { CoachingCard.Build(Advice(Hostile), audience), DraftReviewCard.Build(Review(Hostile), Conversation, audience), AlertCard.Build(Alert(Hostile), audience), ChatCard.Build(Chat(Hostile), audience) })
            {
                await window.Page.EvaluateAsync(Show, Parts(card, isDark: false));
                var text = await window.Page.EvaluateAsync<string>("document.body.innerText");
                Assert.Contains("[click](https://evil.example) **bold** <img src=x onerror=alert(1)><script>alert(1)</script> ${user.name} {\u2060{DATE(2020", text, StringComparison.Ordinal);
                Assert.Equal(0, await window.Page.EvaluateAsync<int>("document.body.querySelectorAll('script, a[href*=evil], [onerror], strong, b, iframe').length"));
                Assert.True(await window.Page.EvaluateAsync<bool>("[...document.querySelectorAll('img')].every(i => i.src.startsWith('data:image/png'))"));
            }
        }

        Assert.Empty(window.Errors);
        Assert.DoesNotContain(window.Requests, r => r.Contains("evil", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Buttons_SendWhatTheyStandForWithWhatWasTyped()
    {
        await using var window = await OpenAsync(isDark: false);
        var card = AlertCard.Build(Alert("x"), new CardAudience(MessageLanguage.English, CardSurface.Teams, Site));
        await window.Page.EvaluateAsync(Show, Parts(card, isDark: false));
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "I will look after it" }).ClickAsync();
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Whisper to the agent" }).ClickAsync();
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Whisper", Exact = true }).ClickAsync(); // Nothing typed: nothing sent.
        await window.Page.GetByLabel("Only the agent reads this").FillAsync("Offer the refund");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Whisper", Exact = true }).ClickAsync();
        await window.Page.GetByRole(AriaRole.Link, new() { Name = "Open the console" }).ClickAsync();

        var pressed = await window.Page.EvaluateAsync<JsonElement>("window.pressed.filter(p => p.type !== 'Action.ShowCard')");
        Assert.Equal(
            ["Action.Execute alert.acknowledge", "Action.Execute alert.whisper", "Action.OpenUrl "],
            pressed.EnumerateArray().Select(p => $"{Field(p, "type")} {Field(p, "verb")}"));
        Assert.Equal("Offer the refund", pressed[1].GetProperty("data").GetProperty("words").GetString());
        Assert.Equal("a-1", pressed[1].GetProperty("data").GetProperty("alert").GetString());
    }

    private static string[] Parts(RenderedCard card, bool isDark) => [JsonSerializer.Serialize(card.Content), JsonSerializer.Serialize(Colours(isDark))];

    private static async Task<(string Script, string Style)> ReadAsync()
    {
        if (_package is null)
        {
            using var package = await NodePackage.InstallAsync("cards");
            _package = (await package.ReadAsync("adaptivecards", "dist", "adaptivecards.min.js"), await package.ReadAsync("adaptivecards", "dist", "adaptivecards.css"));
        }

        return _package.Value;
    }

    private async Task<Window> OpenAsync(bool isDark)
    {
        var (script, style) = await ReadAsync();
        var window = await browser.OpenAsync("about:blank", width: 480);
        await window.Page.SetContentAsync($"<!doctype html><html><body style='margin:12px;font-family:sans-serif;background:{(isDark ? "#292929" : "#fff")}'></body></html>");
        await window.Page.AddScriptTagAsync(new() { Content = script });
        await window.Page.AddStyleTagAsync(new() { Content = style });
        return window;
    }

    // The colours of Teams, as far as they matter to read a card.
    private static object Colours(bool isDark)
    {
        var (text, quiet, back, raised) = isDark ? ("#FFFFFF", "#ADADAD", "#292929", "#3D3D3D") : ("#242424", "#616161", "#FFFFFF", "#F5F5F5");
        object Ink(string colour, string subtle) => new { @default = colour, subtle };
        object Box(string background) => new
        {
            backgroundColor = background,
            foregroundColors = new { @default = new { @default = text, subtle = quiet, highlightColors = new { @default = isDark ? "#5A4A00" : "#FFF3B0", subtle = isDark ? "#5A4A00" : "#FFF3B0" } }, accent = Ink(text, quiet), good = Ink(text, quiet), warning = Ink(text, quiet), attention = Ink(text, quiet) },
        };
        return new
        {
            fontFamily = "DejaVu Sans, sans-serif",
            actions = new { maxActions = 6, actionsOrientation = "horizontal", actionAlignment = "left" },
            containerStyles = new
            {
                @default = Box(back),
                emphasis = Box(raised),
                good = Box(isDark ? "#1E3B20" : "#E7F2DA"),
                warning = Box(isDark ? "#4A3A10" : "#FBF6D9"),
                attention = Box(isDark ? "#4B1C1C" : "#FCF4F6"),
                accent = Box(isDark ? "#1C2F4B" : "#E8EBFA"),
            },
        };
    }
}
