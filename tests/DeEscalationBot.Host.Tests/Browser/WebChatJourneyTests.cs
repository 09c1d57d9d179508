using System.Security.Cryptography;
using System.Text.RegularExpressions;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Escalation;
using DeEscalationBot.Host.Channels.WebChat;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DeEscalationBot.Host.Tests.Browser;

/// <summary>A customer in Microsoft's Web Chat, an agent in the sidebar.</summary>
[Collection(BrowserJourneys.Name)]
public partial class WebChatJourneyTests(BrowserFixture browser)
{
    [Fact]
    public async Task AngryCustomer_IsAnsweredFromTheSidebarAndCalmsDown()
    {
        await using var customer = await browser.OpenAsync("/chat", "es-ES", 480, 800);
        await SayAsync(customer, "Buenos días, mi pedido 88213 no ha llegado");
        await Expect(customer.Page).ToHaveURLAsync(new Regex(@"\?c=dl-"));
        var id = System.Web.HttpUtility.ParseQueryString(new Uri(customer.Page.Url).Query)["c"]!;
        await using var agent = await browser.OpenAsync("/sidebar/" + id, "es-ES", 420, 1100);
        await Expect(agent.Find(".said blockquote")).ToHaveTextAsync("Buenos días, mi pedido 88213 no ha llegado");

        await SayAsync(customer, "Es la TERCERA vez que escribo y nadie me da una solución!!! Quiero hablar con su jefe ahora mismo");
        await Expect(agent.Find(".suggestion .technique")).ToBeVisibleAsync();
        await agent.Button("Insertar").First.ClickAsync();
        await Expect(agent.Find("#draft-text")).Not.ToHaveValueAsync("");
        var said = await agent.Find("#draft-text").InputValueAsync();
        await agent.Find("fluent-button", new() { HasTextRegex = new("^\\s*Enviar( tal cual)?\\s*$") }).ClickAsync();
        await Expect(agent.Find("#draft-text")).ToHaveValueAsync("");
        await Expect(customer.Page.GetByText(said).First).ToBeVisibleAsync();

        await SayAsync(customer, "<img src=x onerror=\"document.title='owned'\"> **gracias**, ahora sí me siento escuchado, muchas gracias");
        await Expect(agent.Find(".heat .level-word")).ToHaveTextAsync("Calma");
        Assert.NotEqual("owned", await agent.Page.TitleAsync());
        Assert.NotEqual("owned", await customer.Page.TitleAsync());
        await Expect(customer.Page.GetByText("**gracias**").First).ToBeVisibleAsync(); // Letter by letter, no Markdown.

        var conversation = await browser.Host.Desk.ReadAsync(ConversationId.Create(id), TestContext.Current.CancellationToken);
        Assert.Equal(4, conversation!.Turns.Count);
        Assert.Contains(conversation.Alerts, a => a.Trigger == EscalationTrigger.T10);
        var tension = conversation.CustomerTurns.Select(t => t.Tension.Value).ToArray();
        Assert.True(tension[1] > tension[0] && tension[2] < tension[1], string.Join(' ', tension));

        // The page again: the whole chat is still there, each message once.
        await customer.Page.ReloadAsync();
        await Expect(customer.Page.GetByText(said).First).ToBeVisibleAsync();
        await Expect(customer.Page.Locator(".webchat__bubble__content")).ToHaveCountAsync(4);

        var own = browser.Host.Client.BaseAddress!.Authority;
        Assert.All(customer.Requests.Where(r => !r.StartsWith("data:", StringComparison.Ordinal) && !r.StartsWith("blob:", StringComparison.Ordinal)), r => Assert.Equal(own, new Uri(r).Authority));
        Assert.Empty(customer.Errors);
        await customer.Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Path.GetTempPath(), "deescalation-pictures", "chat.png") });
        await agent.Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Path.GetTempPath(), "deescalation-pictures", "chat-sidebar.png") });
    }

    [Theory]
    [InlineData("en-GB", ColorScheme.Dark, "Chat with support")]
    [InlineData("es-MX", ColorScheme.Light, "Chat con atención al cliente")]
    public async Task Page_SpeaksTheBrowsersLanguage(string language, ColorScheme scheme, string title)
    {
        await using var window = await browser.OpenAsync("/chat", language, 420, 700, scheme);
        await Expect(window.Find("h1")).ToHaveTextAsync(title);
        await Expect(SendBox(window)).ToBeVisibleAsync();
        await SayAsync(window, "Hello?");
        await window.Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Path.GetTempPath(), "deescalation-pictures", $"chat-{language}.png") });
        Assert.Empty(window.Errors);
    }

    [Fact]
    public async Task Demo_AndWebChat_ShowTheSameConversation()
    {
        await using var demo = await browser.OpenAsync("/demo?script=outage");
        await demo.Find("#step").ClickAsync();
        await Expect(demo.Find(".bubbles .bubble")).ToHaveCountAsync(1);
        var id = System.Web.HttpUtility.ParseQueryString(new Uri(demo.Page.Url).Query)["c"]!;
        await using var chat = await browser.OpenAsync("/chat?c=" + id);
        await Expect(chat.Page.Locator(".webchat__bubble__content")).ToHaveCountAsync(1);
        await SayAsync(chat, "Are you still there?");
        await Expect(demo.Find(".bubbles .bubble")).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task Demo_AsTheCustomerSeesIt_IsWebChatAndTheAgentAnswersBelow()
    {
        await using var demo = await browser.OpenAsync("/demo?script=outage");
        await demo.Find("#step").ClickAsync();
        await demo.Find("#as-customer").ClickAsync();
        var chat = demo.Page.FrameLocator("iframe.webchat");
        await Expect(chat.Locator(".webchat__bubble__content")).ToHaveCountAsync(1);
        await Expect(chat.GetByText(ConnectedWords()).First).ToBeAttachedAsync(new() { Timeout = 30_000 });
        await demo.Find("#composer").FillAsync("I am looking into it now");
        await demo.Find("#send").ClickAsync();
        await Expect(chat.Locator(".webchat__bubble__content").Last).ToContainTextAsync("I am looking into it now");
        await chat.Locator("[data-id=webchat-sendbox-input]").FillAsync("You said that an hour ago. This is useless!");
        await chat.Locator("[data-id=webchat-sendbox-input]").PressAsync("Enter");
        await Expect(demo.Find(".said blockquote")).ToHaveTextAsync("You said that an hour ago. This is useless!");
        await demo.Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Path.GetTempPath(), "deescalation-pictures", "demo-webchat.png") });
        await demo.Find("#as-customer").ClickAsync();
        await Expect(demo.Find(".bubbles .bubble")).ToHaveCountAsync(3);
        Assert.Empty(demo.Errors);
    }

    [Fact]
    public void Script_IsTheOneThatThePageNames()
    {
        var file = Path.Combine(Repository.Root, "src", "DeEscalationBot.Host", "wwwroot" + WebChatEndpoints.Script);
        Assert.Equal(WebChatEndpoints.Integrity, "sha384-" + Convert.ToBase64String(SHA384.HashData(File.ReadAllBytes(file))));
    }

    private static ILocator SendBox(Window window) => window.Page.Locator("[data-id=webchat-sendbox-input]");

    // Sent means: the host has it, and the stream has brought it back. Before Web Chat is connected its box takes words, and sends none.
    private static async Task SayAsync(Window window, string text)
    {
        await Expect(window.Page.GetByText(ConnectedWords()).First).ToBeAttachedAsync(new() { Timeout = 30_000 });
        await SendBox(window).FillAsync(text);
        await SendBox(window).PressAsync("Enter");
        await Expect(window.Page.Locator(".webchat__bubble__content").Last).ToContainTextAsync(text);
        await Expect(window.Page.GetByText(SendingWords())).ToHaveCountAsync(0);
    }

    [GeneratedRegex("Conectado|Connected")]
    private static partial Regex ConnectedWords();

    [GeneratedRegex("^(Enviando|Sending)$")]
    private static partial Regex SendingWords();
}
