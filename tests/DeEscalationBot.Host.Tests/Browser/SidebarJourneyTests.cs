using System.Net;
using System.Net.Sockets;
using DeEscalationBot.Host.Tests.Fixtures;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using static Microsoft.Playwright.Assertions;

namespace DeEscalationBot.Host.Tests.Browser;

[Collection(BrowserJourneys.Name)]
public class SidebarJourneyTests(BrowserFixture browser)
{
    private const string Angry = "Llevo tres semanas esperando el reembolso y nadie me contesta. Es una vergüenza.";

    [Fact]
    public async Task MessageByHttp_AppearsLive()
    {
        await using var window = await browser.OpenAsync("/sidebar/live/1", "es-ES", 400);
        await Expect(window.Find(".sidebar")).ToContainTextAsync("A la espera del primer mensaje");
        await browser.Host.SayAsync("live/1", "m1", "customer", Angry);
        await Expect(window.Find(".suggestion .technique")).ToBeVisibleAsync();
        await Expect(window.Find(".said blockquote")).ToHaveTextAsync(Angry);
        Assert.NotEqual(0, await window.Find(".said mark").CountAsync());
        Assert.Empty(window.Errors);
    }

    [Theory]
    [InlineData("/sidebar/reasons", "es-ES", 320, ".said")]
    [InlineData("/console?c=reasons", "en-GB", 1280, ".timeline")]
    public async Task WhyThisScore_OpenedByKeyboard_NamesWordsAndDirection(string address, string language, int width, string around)
    {
        await browser.Host.SayAsync("reasons", "m1", "customer", Angry);
        await using var window = await browser.OpenAsync(address, language, width);
        var reasons = window.Find(around + " .reasons");
        await Expect(reasons.Locator(".reason")).ToHaveCountAsync(0);

        await reasons.Locator("summary").PressAsync("Enter");

        await Expect(reasons.Locator(".reason q").First).ToBeVisibleAsync();
        await Expect(reasons.Locator(".reason").First).ToContainTextAsync(language == "es-ES" ? "sube la puntuación" : "raises the score");
        Assert.InRange(await reasons.Locator(".reason").CountAsync(), 1, 6);
        await window.AssertNoSidewaysScrollingAsync();
        await window.AssertAccessibleAsync();
        Assert.Empty(window.Errors);

        await reasons.Locator("summary").PressAsync("Enter");
        await Expect(reasons.Locator(".reason").First).Not.ToBeVisibleAsync();
    }

    // Whoever reads the reasons of a message keeps them before their eyes while the conversation goes on.
    [Fact]
    public async Task WhyThisScore_NextMessageArrives_StaysOpen()
    {
        await browser.Host.SayAsync("reasons-stay", "m1", "customer", Angry);
        await using var window = await browser.OpenAsync("/console?c=reasons-stay");
        var first = window.Find(".timeline .turn.customer").First;
        await first.Locator(".reasons summary").ClickAsync();
        await Expect(first.Locator(".reason q").First).ToBeVisibleAsync();

        await browser.Host.SayAsync("reasons-stay", "m2", "customer", "¿Me van a devolver el dinero o no?");
        await Expect(window.Find(".timeline .turn.customer")).ToHaveCountAsync(2);

        await Expect(first.Locator(".reason q").First).ToBeVisibleAsync();
    }

    // Before and after, with reasons; and a draft that goes out as it is by one click, after which the advice is silent.
    [Theory]
    [InlineData(Microsoft.Playwright.ColorScheme.Light)]
    [InlineData(Microsoft.Playwright.ColorScheme.Dark)]
    public async Task DraftThatHeats_ShowsBeforeAndAfter_AndGoesOutAsItIsByOneClick(Microsoft.Playwright.ColorScheme scheme)
    {
        const string Draft = "Como ya le dije, el reembolso tarda diez días. Es culpa suya por no leer las condiciones.";
        var id = $"heat-{scheme}".ToLowerInvariant();
        await browser.Host.SayAsync(id, "m1", "customer", Angry);
        await using var window = await browser.OpenAsync($"/sidebar/{id}", "es-ES", 360, 1400, scheme);
        await window.Find("#draft-text").PressSequentiallyAsync(Draft);
        await Expect(window.Find(".draft > .effect .effect-band")).ToContainTextAsync("suba la tensión");
        await Expect(window.Find(".rewrite .effect-band")).ToBeVisibleAsync();
        Assert.True(await window.Page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= 360);
        await window.AssertAccessibleAsync();

        await window.Find(".draft .actions").GetByText("Insertar tal cual").ClickAsync();
        await Expect(window.Find(".draft .actions").GetByText("Insertar tal cual")).ToBeVisibleAsync();
        await window.Find("#draft-text").FillAsync("");
        await window.Find("#draft-text").PressSequentiallyAsync("Como ya le dije, son diez días.");

        await Expect(window.Find(".draft .good")).ToContainTextAsync("Nada que cambiar");
        Assert.Empty(window.Errors);
    }

    [Fact]
    public async Task DraftWithAFault_IsUnderlinedAndFixedByOneClick()
    {
        const string Draft = "Entiendo el problema, pero tiene que esperar.";
        await browser.Host.SayAsync("draft", "m1", "customer", Angry);
        await using var window = await browser.OpenAsync("/sidebar/draft", "es-ES", 400);
        await window.Find("#draft-text").PressSequentiallyAsync(Draft);
        await Expect(window.Find(".draft-mirror mark").First).ToBeAttachedAsync();
        await Expect(window.Find(".finding").First).ToContainTextAsync("A1");

        // The underline lies exactly under the words: the copy breaks its lines where the box does.
        var box = (await window.Find("#draft-text").BoundingBoxAsync())!;
        var mirror = (await window.Find(".draft-mirror").BoundingBoxAsync())!;
        Assert.Equal((box.X, box.Y, box.Width, box.Height), (mirror.X, mirror.Y, mirror.Width, mirror.Height));

        await window.Find(".finding fluent-button").First.ClickAsync();
        await Expect(window.Find("#draft-text")).Not.ToHaveValueAsync(Draft);
        await Expect(window.Find("#draft-text")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Rewrite_UsedByOneClick_LeavesNothingToChange()
    {
        await browser.Host.SayAsync("rewrite", "m1", "customer", Angry);
        await using var window = await browser.OpenAsync("/sidebar/rewrite", "es-ES", 400);
        await window.Find("#draft-text").FillAsync("Usted debería haber leído las condiciones. Le garantizo que no volverá a pasar.");
        await window.Button("Usar esta versión").ClickAsync();
        await Expect(window.Find(".section-head .good")).ToHaveTextAsync("Nada que cambiar");
    }

    [Fact]
    public async Task Copy_PutsTheSuggestionOnTheClipboard()
    {
        await browser.Host.SayAsync("copy", "m1", "customer", Angry);
        await using var window = await browser.OpenAsync("/sidebar/copy", "es-ES", 400);
        var words = await window.Find(".suggestion .says").TextContentAsync();
        await window.Button("Copiar").ClickAsync();
        await Expect(window.Find(".suggestion [role=status]")).ToHaveTextAsync("Copiado.");
        Assert.Equal(words, await window.Page.EvaluateAsync<string>("navigator.clipboard.readText()"));
    }

    [Fact]
    public async Task KeyboardAlone_DoesEverything()
    {
        await browser.Host.SayAsync("keys", "m1", "customer", Angry);
        await using var window = await browser.OpenAsync("/sidebar/keys", "es-ES", 400);
        await Expect(window.Find(".suggestion .technique")).ToBeVisibleAsync();

        // Tab comes to every control in reading order.
        var seen = new List<string>();
        for (var i = 0; i < 20; i++)
        {
            await window.Page.Keyboard.PressAsync("Tab");
            seen.Add(await window.Page.EvaluateAsync<string>("(document.activeElement.getAttribute('aria-label') || document.activeElement.id || document.activeElement.textContent).trim()"));
        }

        string[] order = ["Insertar", "Copiar", "De otra forma", "draft-text", "Pedir ayuda a un supervisor"];
        var places = order.Select(o => seen.IndexOf(o)).ToArray();
        Assert.True(places.All(p => p >= 0) && places.SequenceEqual(places.Order()), string.Join(" | ", seen));

        var words = await window.Find(".suggestion .says").TextContentAsync();
        await window.Page.Keyboard.PressAsync("Alt+n");
        await Expect(window.Find(".suggestion .says")).Not.ToHaveTextAsync(words!);
        await window.Page.Keyboard.PressAsync("Alt+i");
        await Expect(window.Find(".suggestion [role=status]")).ToHaveTextAsync("Copiado.");
        await window.Page.Keyboard.PressAsync("Alt+d");
        await Expect(window.Find("#draft-text")).ToBeFocusedAsync();
        await window.Page.Keyboard.PressAsync("Alt+h");
        await Expect(window.Find(".help-state")).ToContainTextAsync("A la espera de un supervisor");
    }

    [Fact]
    public async Task EmbeddedInADesk_InsertsIntoItsComposerAndReviewsWhatIsTypedThere()
    {
        await browser.Host.SayAsync("desk 7", "m1", "customer", Angry);
        var coach = browser.Host.Client.BaseAddress!;

        // A desk of another origin, as small as one can be.
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        await using var desk = builder.Build();
        desk.MapGet("/", () => Results.Text(
            $"<textarea id=reply></textarea><div id=coach style='height:800px'></div><script src='{coach}embed.js' data-conversation='desk 7' data-target='#coach' data-composer='#reply' data-lang='es'></script>",
            "text/html; charset=utf-8"));
        await desk.StartAsync(TestContext.Current.CancellationToken);
        await using var window = await browser.OpenAsync(desk.Urls.Single(), "es-ES", 1100);
        var frame = window.Page.FrameLocator("iframe");
        await frame.Locator("[data-key=i]").ClickAsync();
        await Expect(window.Find("#reply")).Not.ToHaveValueAsync("");
        Assert.Equal(await frame.Locator(".suggestion .says").TextContentAsync(), await window.Find("#reply").InputValueAsync());
        await window.Find("#reply").FillAsync("Cálmese, por favor.");
        await Expect(frame.Locator("#draft-text")).ToHaveValueAsync("Cálmese, por favor.");
        await Expect(frame.Locator(".finding").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task DeskThatIsNotAllowed_GetsNoText()
    {
        await browser.Host.SayAsync("stranger", "m1", "customer", Angry);
        await using var window = await browser.OpenAsync("/sidebar/stranger?desk=https://evil.example.com", "es-ES", 400);
        await window.Button("Insertar").First.ClickAsync();
        await Expect(window.Find(".suggestion [role=status]")).ToHaveTextAsync("Copiado.");
    }

    [Fact]
    public async Task HintSwitchedOff_StaysOffInThisBrowser()
    {
        await browser.Host.SayAsync("off", "m1", "customer", Angry);
        await using var window = await browser.OpenAsync("/sidebar/off", "es-ES", 400);
        await Expect(window.Find(".suggestion")).ToBeVisibleAsync();
        await window.Find("fluent-button[aria-label=Ajustes]").ClickAsync();
        await window.Page.GetByLabel("Sugerir qué decir").UncheckAsync();
        await Expect(window.Find(".suggestion")).ToHaveCountAsync(0);
        await window.Page.ReloadAsync();
        await Expect(window.Find(".sidebar")).ToContainTextAsync("Las sugerencias están desactivadas");
    }

    [Fact]
    public async Task ServerGoesAwayAndComesBack_SaysSoAndGoesOn()
    {
        using var data = new TemporaryDirectory();
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        var address = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}";
        probe.Stop();
        string[] settings = ["--urls", address, "--Storage:DataDirectory", data["record"]];
        await using var first = HostProcess.Start(data.Path, null, settings);
        await first.AddressAsync();
        await using var window = await browser.OpenAsync(address + "/sidebar/away", "es-ES", 400);
        await Expect(window.Find(".sidebar")).ToContainTextAsync("A la espera del primer mensaje");
        await Expect(window.Find("#components-reconnect-modal")).ToBeHiddenAsync();

        await first.KillAsync();
        await Expect(window.Find("#components-reconnect-modal")).ToContainTextAsync("El chat sigue sin sugerencias", new() { Timeout = 30_000 });
        await Expect(window.Find("#components-reconnect-modal")).ToBeVisibleAsync();

        await using var second = HostProcess.Start(data.Path, null, settings);
        await second.AddressAsync();
        await Expect(window.Find("#components-reconnect-modal")).ToBeHiddenAsync(new() { Timeout = 30_000 });
        await Expect(window.Find(".sidebar")).ToContainTextAsync("A la espera del primer mensaje");
    }
}
