using System.Net;
using System.Text.Json.Nodes;
using DeEscalationBot.Host.Tests.Fixtures;

namespace DeEscalationBot.Host.Tests.Channels.BotFramework;

/// <summary>Statuses and bodies by the golden table of the research, measured on Microsoft's own bots.</summary>
public class MessagesEndpointTests(LocalBotFixture fixture) : IClassFixture<LocalBotFixture>
{
    private readonly BotHost _bot = fixture.Bot;

    [Theory]
    [InlineData("message")]
    [InlineData("messageUpdate")]
    [InlineData("messageDelete")]
    [InlineData("messageReaction")]
    [InlineData("conversationUpdate")]
    [InlineData("installationUpdate")]
    [InlineData("typing")]
    [InlineData("event")]
    [InlineData("endOfConversation")]
    [InlineData("trace")]
    [InlineData("somethingNew")]
    public async Task Post_OfAnyType_Is200WithoutBody(string type)
    {
        var (status, body) = await _bot.PostAsync(_bot.NewActivity(type, conversation: "a:types"));

        Assert.Equal((HttpStatusCode.OK, null), (status, body));
    }

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"text\"")]
    [InlineData("{}")]
    [InlineData("""{"type":5,"channelId":"x","serviceUrl":"http://localhost:1","conversation":{"id":"c"}}""")]
    [InlineData("""{"type":"message","channelId":"x","serviceUrl":"http://localhost:1","conversation":{}}""")]
    [InlineData("""{"type":"message","channelId":"x","serviceUrl":"ftp://localhost:1","conversation":{"id":"c"}}""")]
    [InlineData("""{"type":"message","channelId":"x","serviceUrl":"not an address","conversation":{"id":"c"}}""")]
    [InlineData("""{"type":"","channelId":"x","serviceUrl":"http://localhost:1","conversation":{"id":"c"}}""")]
    public async Task Post_WhatIsNoActivity_Is400WithoutBody(string body) =>
        Assert.Equal((HttpStatusCode.BadRequest, null), await _bot.PostAsync(body));

    [Fact]
    public async Task Post_NestedTooDeep_Is400() =>
        Assert.Equal(HttpStatusCode.BadRequest, (await _bot.PostAsync("{\"type\":\"message\",\"value\":" + new string('[', 5000) + new string(']', 5000) + "}")).Status);

    [Fact]
    public async Task Post_BrokenSurrogates_AreTaken()
    {
        var text = _bot.NewActivity("message", "hola", conversation: "a:broken").ToJsonString().Replace("hola", "ayuda \\ud83d", StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.OK, (await _bot.PostAsync(text)).Status);
    }

    [Fact]
    public async Task Post_LongerThanAMebibyte_Is413() =>
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await _bot.PostAsync(_bot.NewActivity("message", new string('x', 1 << 20)))).Status);

    [Fact]
    public async Task Post_NotDeclaredAsJson_Is415() =>
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await _bot.PostAsync(_bot.NewActivity("typing").ToJsonString(), contentType: "text/plain")).Status);

    [Fact]
    public async Task Get_Is405()
    {
        using var response = await _bot.Host.Client.GetAsync(new Uri("/api/messages", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
    }

    [Theory]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("X-Forwarded-For", "203.0.113.7")]
    [InlineData("Host", "evil.example")]
    public async Task Post_ThroughABrowserOrProxy_IsNotLetIn(string header, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/api/messages", UriKind.Relative)) { Content = new StringContent(_bot.NewActivity("typing").ToJsonString(), null, "application/json") };
        request.Headers.TryAddWithoutValidation(header, value);
        using var response = await _bot.Host.Client.SendAsync(request, TestContext.Current.CancellationToken);

        // A foreign host name is refused before it gets here.
        Assert.Equal(header == "Host" ? HttpStatusCode.BadRequest : HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task Post_ExpectReplies_AnswersInTheResponse()
    {
        var activity = _bot.NewActivity("message", "help", conversation: "a:expect", locale: "en-US");
        activity["deliveryMode"] = "expectReplies";

        var (status, body) = await _bot.PostAsync(activity);

        Assert.Equal(HttpStatusCode.OK, status);
        var reply = body!["activities"]!.AsArray().Single()!;
        Assert.Equal(("message", "28:coach", (string)activity["from"]!["id"]!), ((string)reply["type"]!, (string)reply["from"]!["id"]!, (string)reply["recipient"]!["id"]!));
        Assert.Empty(_bot.Connector.CallsIn("a:expect"));
    }

    [Theory]
    [InlineData(null, "BadRequest", "Missing value property")]
    [InlineData("{}", "BadRequest", "Missing action property")]
    [InlineData("""{"action":null}""", "BadRequest", "Missing action property")]
    [InlineData("""{"action":"x"}""", "BadRequest", "The action property is not properly formed")]
    [InlineData("""{"action":{"type":"Action.Submit","verb":"coach.help"}}""", "NotSupported", "The action 'Action.Submit' is not supported.")]
    public async Task Post_CardActionThatIsWrong_IsAnErrorWith400(string? value, string code, string message)
    {
        var (status, body) = await _bot.PostAsync(_bot.Invoke("adaptiveCard/action", value is null ? null : JsonNode.Parse(value)));

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal((400, "application/vnd.microsoft.error", code, message), ((int)body!["statusCode"]!, (string)body["type"]!, (string)body["value"]!["code"]!, (string)body["value"]!["message"]!));
    }

    [Theory]
    [InlineData("adaptiveCard/action", """{"action":{"type":"Action.Execute","verb":"somebody.else"}}""")]
    [InlineData("composeExtension/fetchTask", """{"commandId":"unknown"}""")]
    [InlineData("composeExtension/query", "{}")]
    [InlineData("composeExtension/selectItem", "{}")]
    [InlineData("composeExtension/queryLink", "{}")]
    [InlineData("fileConsent/invoke", "{}")]
    [InlineData("actionableMessage/executeAction", "{}")]
    [InlineData("signin/verifyState", "{}")]
    [InlineData("config/fetch", "{}")]
    [InlineData("tab/fetch", "{}")]
    [InlineData("task/fetch", """{"data":{"verb":"unknown"}}""")]
    [InlineData("task/fetch", "[]")]
    [InlineData("message/submitAction", """{"actionName":"other"}""")]
    [InlineData("never/heard", null)]
    public async Task Post_InvokeThatIsNotOurs_Is501WithoutBody(string name, string? value) =>
        Assert.Equal((HttpStatusCode.NotImplemented, null), await _bot.PostAsync(_bot.Invoke(name, value is null ? null : JsonNode.Parse(value))));

    [Fact]
    public async Task Post_CardActionThatIsHandled_AnswersWithStatusTypeAndValue()
    {
        var (status, body) = await _bot.PostAsync(_bot.Invoke("adaptiveCard/action", JsonNode.Parse("""{"action":{"type":"Action.Execute","verb":"coach.another","data":{}}}"""), "a:fresh"));

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal((200, "application/vnd.microsoft.activity.message"), ((int)body!["statusCode"]!, (string)body["type"]!));
    }

    [Fact]
    public async Task Post_TheSameActivityAgain_IsTakenOnce()
    {
        var activity = _bot.NewActivity("message", "ayuda", id: "again-1", conversation: "a:again");

        Assert.All(await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => _bot.PostAsync(activity))), a => Assert.Equal(HttpStatusCode.OK, a.Status));
        Assert.Equal(HttpStatusCode.OK, (await _bot.PostAsync(_bot.NewActivity("message", "help", id: "again-2", conversation: "a:again"))).Status);

        // Order holds within a conversation: when the second one is answered, the first had its answers.
        await Eventually.HoldsAsync(() => MessagesTo("a:again") >= 2, "two answers");
        Assert.Equal(2, MessagesTo("a:again"));
    }

    [Fact]
    public async Task Post_WithoutAnAppIdButFromElsewhere_AnswersToLoopbackOnly()
    {
        var activity = _bot.NewActivity("message", "ayuda", conversation: "a:public");
        activity["serviceUrl"] = "https://smba.trafficmanager.net/emea/";

        Assert.Equal(HttpStatusCode.OK, (await _bot.PostAsync(activity)).Status);
        await Eventually.HoldsAsync(() => _bot.Host.Log.Lines.Any(l => l.Contains("https://smba.trafficmanager.net is not one", StringComparison.Ordinal)), "the refusal");
    }

    private int MessagesTo(string conversation) => _bot.Connector.CallsIn(conversation).Count(c => c.Method == "POST");
}
