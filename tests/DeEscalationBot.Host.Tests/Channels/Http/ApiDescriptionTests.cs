using System.Net;
using System.Text.RegularExpressions;
using DeEscalationBot.Host.Tests.Fixtures;

namespace DeEscalationBot.Host.Tests.Channels.Http;

public partial class ApiDescriptionTests(HostFixture fixture) : IClassFixture<HostFixture>
{
    private RunningHost Host => fixture.Host;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task OpenApi_Document_IsOfVersion31AndHoldsEveryAddressWithASummary()
    {
        var (_, document) = await Host.GetAsync("/openapi/v1.json");

        Assert.StartsWith("3.1", (string?)document!["openapi"], StringComparison.Ordinal);
        var paths = document["paths"]!.AsObject();
        Assert.Superset(
            new HashSet<string>
            {
                "/api/v1/conversations/{conversationId}/messages", "/api/v1/conversations/{conversationId}", "/api/v1/conversations", "/api/v1/conversations/{conversationId}/events",
                "/api/v1/conversations/{conversationId}/handover", "/api/v1/analyze", "/api/v1/paraphrase", "/api/v1/drafts/review", "/api/v1/reviews",
                "/api/v1/alerts", "/api/v1/alerts/{alertId}/acknowledge", "/api/v1/alerts/{alertId}/resolve",
                "/api/v1/alerts/{alertId}", "/api/v1/alerts/{alertId}/take-over", "/api/v1/alerts/{alertId}/whisper", "/api/v1/alerts/{alertId}/note", "/api/v1/alerts/{alertId}/dismiss",
                "/api/v1/deliveries", "/api/v1/deliveries/{deliveryId}/resend", "/api/v1/sinks", "/api/v1/self-test", "/api/v1/on-call", "/api/v1/on-call/{shiftId}", "/api/v1/reports/alerts", "/api/v1/reports/alerts.csv",
            },
            paths.Select(p => p.Key).ToHashSet());
        foreach (var operation in paths.SelectMany(p => p.Value!.AsObject()).Select(o => o.Value!))
        {
            Assert.False(string.IsNullOrEmpty((string?)operation["summary"]), operation.ToJsonString());
            Assert.False(string.IsNullOrEmpty((string?)operation["operationId"]), operation.ToJsonString());
        }
    }

    [Fact]
    public async Task OpenApi_AddressOfAConversation_TakesItsIdAsText()
    {
        var (_, document) = await Host.GetAsync("/openapi/v1.json");

        var parameter = Assert.Single(document!["paths"]!["/api/v1/conversations/{conversationId}/messages"]!["post"]!["parameters"]!.AsArray())!;
        Assert.Equal(("conversationId", "path", "string"), ((string?)parameter["name"], (string?)parameter["in"], (string?)parameter["schema"]!["type"]));
    }

    [Fact]
    public async Task Page_AndItsScript_ComeFromThisHostAlone()
    {
        using var response = await Host.Client.GetAsync(new Uri("/scalar/", UriKind.Relative), Token);
        var page = await response.Content.ReadAsStringAsync(Token);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.DoesNotMatch(OtherHost(), page);
        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.DoesNotContain("http", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("*", policy, StringComparison.Ordinal);
        var script = Regex.Match(page, "src=\"(?<script>[^\"]+)\"").Groups["script"].Value;
        using var loaded = await Host.Client.GetAsync(new Uri(new Uri(Host.Client.BaseAddress!, "/scalar/"), script), Token);
        Assert.Equal(HttpStatusCode.OK, loaded.StatusCode);
    }

    [Theory]
    [InlineData("GET", "/api/v1/nothing", 404)]
    [InlineData("GET", "/api", 404)]
    [InlineData("DELETE", "/api/v1/conversations", 405)]
    [InlineData("GET", "/api/v1/conversations/x/messages", 405)]
    [InlineData("PUT", "/api/v1/alerts/x/resolve", 405)]
    public async Task Address_WithoutAnAnswer_SaysWhereTheAddressesAre(string method, string path, int status)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var response = await Host.Client.SendAsync(request, Token);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Contains("/openapi/v1.json", await response.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.Equal(status == 405, response.Content.Headers.Allow.Count > 0);
    }

    // What a browser is shown has a way on; a script or a picture that is missing gets no page in its place.
    [Theory]
    [InlineData("/consola", "text/html,application/xhtml+xml,*/*;q=0.8", "text/html")]
    [InlineData("/language/xx", "text/html", "text/html")]
    [InlineData("/consola", "*/*", null)]
    [InlineData("/lib/nothing.js", "*/*", null)]
    public async Task Address_ThatIsNoPage_IsAPageForWhoReads(string path, string accept, string? type)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "Accept", accept } } };
        using var response = await Host.Client.SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal(type, response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(type is not null, (await response.Content.ReadAsStringAsync(Token)).Contains("blazor.web", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Host_CalledByAnotherName_IsRefused()
    {
        // A page of another site that has its name point here (DNS rebinding) must not be served.
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/conversations") { Headers = { Host = "evil.example" } };
        using var response = await Host.Client.SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [GeneratedRegex("(src|href|url)\\s*[=(:]\\s*[\"']?(https?:)?//", RegexOptions.NonBacktracking)]
    private static partial Regex OtherHost();
}
