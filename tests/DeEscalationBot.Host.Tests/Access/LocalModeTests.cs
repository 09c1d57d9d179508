using System.Net;
using DeEscalationBot.Host.Access;
using DeEscalationBot.Host.Access.Keys;
using DeEscalationBot.Host.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DeEscalationBot.Host.Tests.Access;

/// <summary>Without sign-in: the person at this machine, and nobody else.</summary>
public sealed class LocalModeTests(HostFixture fixture) : IClassFixture<HostFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("GET", "X-Forwarded-For", "203.0.113.7")]
    [InlineData("GET", "Forwarded", "for=203.0.113.7")]
    [InlineData("POST", "Origin", "https://evil.example.com")]
    [InlineData("GET", "Authorization", "Bearer deb_0_wrong")]
    [InlineData("GET", "Authorization", "Basic eDp5")]
    public async Task Request_ThatIsNotOfThePersonAtThisMachine_IsRefusedWithASentence(string method, string header, string value)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), method == "GET" ? "/api/v1/conversations" : "/api/v1/conversations/none/handover");
        request.Headers.TryAddWithoutValidation(header, value);
        using var answer = await fixture.Host.Client.SendAsync(request, Token);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Contains("this machine", await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--BotFramework:AppId=11111111-2222-4333-8444-555555555555", "--BotFramework:TenantId=aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee", "--BotFramework:AppPassword=x")]
    [InlineData("--DirectLine:Secret=a secret of the site, which is long enough")]
    [InlineData("--BotFramework:PublicUrl=https://coach.example.com")]
    [InlineData("--Mail:ConsoleUrl=https://coach.example.com/console")]
    [InlineData("--AllowedHosts=127.0.0.1;coach.example.com")]
    [InlineData("--AllowedHosts=*")]
    public async Task HostThatServesOthers_TakesNobodyForThePersonAtThisMachine(params string[] settings)
    {
        using var data = new TemporaryDirectory();
        await using var host = await RunningHost.StartAsync(data.Path, null, settings);

        // As nginx passes on what comes from elsewhere when nobody told it more: from this machine, by its name, without a word about itself.
        foreach (var path in new[] { "/api/v1/conversations", "/console", "/demo", "/" })
        {
            using var answer = await DeskOfPeople.OpenAsync(host.Client, path);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
            var said = await answer.Content.ReadAsStringAsync(Token);
            Assert.Contains("By " + settings[0][2..].Split('=')[0], said, StringComparison.Ordinal);
            Assert.Contains("SignIn", said, StringComparison.Ordinal);
        }

        using (var activity = await host.Client.PostAsync("/api/messages", DeskOfPeople.Json("{}"), Token))
        {
            Assert.Equal(HttpStatusCode.Unauthorized, activity.StatusCode);
        }

        using (var token = await host.Client.PostAsync("/v3/directline/tokens/generate", null, Token))
        {
            Assert.NotEqual(HttpStatusCode.OK, token.StatusCode);
        }

        // Programs have keys.
        var key = await host.Services.GetRequiredService<ApiKeys>().AddAsync(new ApiKeyWish("tests", [AccessRule.ReadConversations], [], TimeSpan.FromDays(1), "tests"));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/conversations");
        request.Headers.Authorization = new("Bearer", key.Key);
        Assert.Equal(HttpStatusCode.OK, (await host.Client.SendAsync(request, Token)).StatusCode);
        Assert.Contains(host.Log.Lines, l => l.Contains("pages are closed to everybody", StringComparison.Ordinal));
    }

    [Fact]
    public async Task LocalKey_OfAHostThatServesOthers_RefusesTheStart()
    {
        using var data = new TemporaryDirectory();
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => RunningHost.StartAsync(data.Path, null, "--Auth:LocalKey=k", "--AllowedHosts=coach.example.com"));
        Assert.Contains("AllowedHosts", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RequestByHttp10_IsOfAProxy()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/conversations") { Version = HttpVersion.Version10 };
        using var answer = await fixture.Host.Client.SendAsync(request, Token);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task LocalKey_OpensEverything()
    {
        using var data = new TemporaryDirectory();
        await using var host = await RunningHost.StartAsync(data.Path, null, "--Auth:LocalKey=a key for trying");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/sinks");
        request.Headers.Authorization = new("Bearer", "a key for trying");
        Assert.Equal(HttpStatusCode.OK, (await host.Client.SendAsync(request, Token)).StatusCode);
        using var wrong = new HttpRequestMessage(HttpMethod.Get, "/api/v1/sinks");
        wrong.Headers.Authorization = new("Bearer", "another");
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.Client.SendAsync(wrong, Token)).StatusCode);
    }

    [Fact]
    public async Task Headers_AreWithEveryAnswer()
    {
        foreach (var path in new[] { "/health/live", "/api/v1/nothing", "/demo", "/embed.js", "/openapi/v1.json", "/api/v1/conversations?limit=x" })
        {
            using var answer = await fixture.Host.Client.GetAsync(path, Token);
            Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.Equal("same-origin", answer.Headers.GetValues("Referrer-Policy").Single());
            Assert.Contains("frame-ancestors 'none'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
            Assert.False(answer.Headers.Contains("Strict-Transport-Security")); // Only where TLS is.
            Assert.False(answer.Headers.Contains("Server"));
        }

        // What people and customers wrote is kept by no browser.
        foreach (var path in new[] { "/api/v1/conversations", "/v3/directline/session/getsessionid" })
        {
            using var answer = await fixture.Host.Client.GetAsync(path, Token);
            Assert.True(answer.Headers.CacheControl?.NoStore);
        }
    }

    [Theory]
    [InlineData("/console", "frame-ancestors 'none'")]
    [InlineData("/sidebar/c", "frame-ancestors 'self' http://localhost:*")]
    [InlineData("/scalar/", "frame-ancestors 'none'")]
    [InlineData("/chat", "frame-ancestors 'self'")]
    public async Task Page_RunsNoScriptThatStandsInItAndIsFramedByThoseWhoMay(string path, string ancestors)
    {
        using var answer = await DeskOfPeople.OpenAsync(fixture.Host.Client, path);
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains(ancestors, policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe-inline", policy.Split("script-src")[1].Split(';')[0], StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe-eval", policy, StringComparison.Ordinal);
    }
}
