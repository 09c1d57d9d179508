using DeEscalationBot.Host.Access;
using DeEscalationBot.Host.Tests.Fixtures;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DeEscalationBot.Host.Tests.Browser;

/// <summary>A host that people sign in to, in a real browser: their pages, the others' that are not there, and a desk's frame.</summary>
[Collection(BrowserJourneys.Name)]
public class SignedInJourneyTests(BrowserFixture browser)
{
    private const string Complaint = "Llevo tres semanas esperando el reembolso y nadie me responde. Esto es una vergüenza.";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Supervisor_SignsInAndSeesTheirTeamAlone()
    {
        await using var desk = await DeskOfPeople.StartAsync();
        await desk.SayAsync("of-blue", "m1", "customer", Complaint, DeskOfPeople.Agent, DeskOfPeople.Team);
        await desk.SayAsync("of-red", "m1", "customer", Complaint, DeskOfPeople.OtherAgent, DeskOfPeople.OtherTeam);
        await using var window = await SignInAsync(desk, "/console", DeskOfPeople.Supervisor);

        await Expect(window.Find(".row")).ToHaveCountAsync(1);
        await Expect(window.Find(".row")).ToContainTextAsync("of-blue");
        await Expect(window.Find("header .local")).ToContainTextAsync("Sara");
        await Expect(window.Page.GetByRole(AriaRole.Link, new() { Name = "Sign out" })).ToBeVisibleAsync();
        await window.AssertAccessibleAsync();
        await window.Page.GotoAsync(new Uri(desk.Address, "/console?c=of-red").ToString());
        await Expect(window.Find(".pane-conversation .quiet")).ToBeVisibleAsync();
        await window.Page.GotoAsync(new Uri(desk.Address, "/keys").ToString());
        await Expect(window.Find("h1")).ToHaveTextAsync("This page is not for you");
        Assert.DoesNotContain(window.Errors, e => e.Contains("Content Security Policy", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Administrator_MakesAKeyThatIsShownOnceAndRevokesIt()
    {
        await using var desk = await DeskOfPeople.StartAsync();
        await using var window = await SignInAsync(desk, "/keys", DeskOfPeople.Administrator);
        await window.Find("#key-name").FillAsync("the desk's server");
        await window.Find("input[value='conversations:read']").CheckAsync();
        await window.Button("Make the key").ClickAsync();
        await Expect(window.Find("#new-key")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("^deb_"));
        using var client = desk.WithKey(await window.Find("#new-key").InnerTextAsync());
        Assert.True((await client.GetAsync("/api/v1/conversations", Token)).IsSuccessStatusCode);
        await window.AssertAccessibleAsync();
        await window.TakePictureAsync("keys");

        await window.Button("I have it").ClickAsync();
        await Expect(window.Find("#new-key")).ToHaveCountAsync(0);
        await window.Find("fluent-button[aria-label='Revoke “the desk\\'s server”']").ClickAsync();
        await Expect(window.Find("td", new() { HasText = "revoked" })).ToHaveCountAsync(1);
        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, (await client.GetAsync("/api/v1/conversations", Token)).StatusCode);
        Assert.DoesNotContain(window.Errors, e => e.Contains("Content Security Policy", StringComparison.Ordinal));
    }

    [Fact]
    public async Task DeskWithATokenUrl_ShowsTheSidebarOfItsAgentInAFrame()
    {
        await using var page = WebApplicationOfTheDesk();
        await page.StartAsync(Token);
        var origin = page.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        await using var desk = await DeskOfPeople.StartAsync(null, $"--Pages:Desks:0={origin}");
        await desk.SayAsync("framed", "m1", "customer", Complaint, DeskOfPeople.Agent);
        using var server = await desk.WithKeyAsync([AccessRule.IssueSidebars]);
        _html = $"<!DOCTYPE html><title>Desk</title><div id=coach style='height:800px'></div><script src='{desk.Address}embed.js' data-conversation='framed' data-target='#coach' data-token-url='/token?c={{conversation}}' data-lang='es'></script>";
        _token = async conversation =>
        {
            using var answer = await server.PostAsync($"/api/v1/conversations/{conversation}/sidebar-tokens", DeskOfPeople.Json($$"""{"agentId":"{{DeskOfPeople.Agent}}"}"""), Token);
            return await answer.Content.ReadAsStringAsync(Token);
        };

        await using var window = await browser.OpenAsync(origin);
        var frame = window.Page.FrameLocator("iframe");
        await Expect(frame.Locator(".suggestion")).ToBeVisibleAsync();
        await Expect(frame.Locator(".said blockquote")).ToContainTextAsync("tres semanas");
        Assert.DoesNotContain(window.Errors, e => e.Contains("Content Security Policy", StringComparison.Ordinal));
        Assert.All(window.Requests, r => Assert.DoesNotContain("token=", r, StringComparison.Ordinal));
    }

    private string _html = "";
    private Func<string, Task<string>> _token = _ => Task.FromResult("{}");

    private WebApplication WebApplicationOfTheDesk()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapGet("/", () => Results.Content(_html, "text/html"));
        app.MapGet("/token", async (string c) => Results.Content(await _token(c), "application/json"));
        return app;
    }

    private async Task<Window> SignInAsync(DeskOfPeople desk, string path, string person)
    {
        var window = await browser.OpenAsync(new Uri(desk.Address, path).ToString());
        await window.Page.GetByRole(AriaRole.Link, new() { Name = person }).ClickAsync();
        await Expect(window.Find("h1")).ToBeVisibleAsync();
        return window;
    }
}
