using System.Net;
using DeEscalationBot.Host.Access;
using DeEscalationBot.Host.Tests.Fixtures;
using Microsoft.Extensions.Time.Testing;

namespace DeEscalationBot.Host.Tests.Access;

/// <summary>The sidebar in a desk's frame, by tokens that the desk's server asks for.</summary>
public class SidebarTokenTests(DeskOfPeopleFixture fixture) : IClassFixture<DeskOfPeopleFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Token_OpensOneConversationForOneAgent_UntilItEndsOrIsRenewed()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var desk = await DeskOfPeople.StartAsync(clock);
        await desk.SayAsync("framed", "m1", "customer", "Hola, llevo tres semanas esperando.", DeskOfPeople.Agent);
        await desk.SayAsync("other", "m1", "customer", "Hola", DeskOfPeople.Agent);
        using var server = await desk.WithKeyAsync([AccessRule.IssueSidebars]);
        var issued = await IssueAsync(server, "framed");
        Assert.Equal(clock.GetUtcNow() + SidebarSession.Lifetime, (DateTimeOffset)issued["expiresAt"]!, TimeSpan.FromSeconds(1));

        using var frame = desk.NewClient();
        Assert.Equal("/sidebar/framed?desk=https%3A%2F%2Fdesk.example.com&lang=es", (await EnterAsync(frame, (string)issued["token"]!)).Headers.Location?.ToString());
        Assert.Equal(HttpStatusCode.OK, await ReadAsync(frame, "framed"));
        Assert.Equal(HttpStatusCode.NotFound, await ReadAsync(frame, "other"));
        Assert.Equal(HttpStatusCode.Forbidden, (await frame.GetAsync("/api/v1/reports/recovery", Token)).StatusCode);
        using (var promised = await frame.PostAsync("/api/v1/conversations/framed/goodwill", DeskOfPeople.Json("""{"id":"c","amount":1,"reason":"sorry","by":"boss"}"""), Token))
        {
            Assert.Equal(DeskOfPeople.Agent, (string?)(await DeskOfPeople.BodyOf(promised))["by"]);
        }

        // A second conversation of the same agent joins; another agent's takes its place.
        await EnterAsync(frame, (string)(await IssueAsync(server, "other"))["token"]!);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (await ReadAsync(frame, "framed"), await ReadAsync(frame, "other")));
        clock.Advance(TimeSpan.FromMinutes(14));
        await EnterAsync(frame, (string)(await IssueAsync(server, "framed"))["token"]!, isRenewal: true);
        clock.Advance(TimeSpan.FromMinutes(14));

        // One that was renewed does not keep the other, whose token has ended.
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound), (await ReadAsync(frame, "framed"), await ReadAsync(frame, "other")));
        clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(HttpStatusCode.Unauthorized, await ReadAsync(frame, "framed"));
        Assert.Equal(HttpStatusCode.Unauthorized, (await EnterAsync(frame, (string)issued["token"]!)).StatusCode);
        Assert.DoesNotContain(desk.Host.Log.Lines, l => l.Contains((string)issued["token"]!, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Token_OfAnotherAgent_TakesThePlaceOfTheFirst()
    {
        var desk = fixture.Desk;
        await desk.SayAsync("first", "m1", "customer", "Hola", DeskOfPeople.Agent);
        await desk.SayAsync("second", "m1", "customer", "Hola", DeskOfPeople.OtherAgent);
        using var server = await desk.WithKeyAsync([AccessRule.IssueSidebars]);
        using var frame = desk.NewClient();
        await EnterAsync(frame, (string)(await IssueAsync(server, "first"))["token"]!);
        await EnterAsync(frame, (string)(await IssueAsync(server, "second", DeskOfPeople.OtherAgent))["token"]!);
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.OK), (await ReadAsync(frame, "first"), await ReadAsync(frame, "second")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("made-up")]
    [InlineData("CfDJ8AAAA")]
    public async Task Token_ThatIsNone_OpensNothing(string token)
    {
        var desk = fixture.Desk;
        using var frame = desk.NewClient();
        using var answer = await EnterAsync(frame, token);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    private static async Task<System.Text.Json.Nodes.JsonNode> IssueAsync(HttpClient server, string conversation, string agent = DeskOfPeople.Agent)
    {
        using var answer = await server.PostAsync($"/api/v1/conversations/{conversation}/sidebar-tokens", DeskOfPeople.Json($$"""{"agentId":"{{agent}}"}"""), Token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await DeskOfPeople.BodyOf(answer);
    }

    private static async Task<HttpResponseMessage> EnterAsync(HttpClient frame, string token, bool isRenewal = false)
    {
        var fields = new Dictionary<string, string> { ["token"] = token, ["desk"] = "https://desk.example.com", ["lang"] = "es" };
        if (isRenewal)
        {
            fields["renew"] = "1";
        }

        using var form = new FormUrlEncodedContent(fields);
        return await frame.PostAsync(SidebarEndpoints.EnterPath, form, Token);
    }

    private static async Task<HttpStatusCode> ReadAsync(HttpClient frame, string conversation)
    {
        using var answer = await frame.GetAsync($"/api/v1/conversations/{conversation}", Token);
        return answer.StatusCode;
    }
}
