using DeEscalationBot.Host.Channels.BotFramework;
using DeEscalationBot.Host.Channels.BotFramework.Activities;
using DeEscalationBot.Host.Channels.BotFramework.Connector;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace DeEscalationBot.Host.Tests.Channels.BotFramework.Connector;

/// <summary>Routes as in Microsoft's ConnectorAPI description; retries as its documentation asks for.</summary>
public sealed class ConnectorClientTests : IAsyncLifetime, IDisposable
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private ConnectorServer _server = null!;
    private ServiceProvider _services = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ConnectorClient Client => _services.GetRequiredService<ConnectorClient>();

    private ConversationReference Here => new("1", new ChannelAccount("29:a"), new ChannelAccount("28:b"), new ConversationAccount("a:1|x;messageid=2", TenantId: "t"), "msteams", _server.ServiceUrl);

    public async ValueTask InitializeAsync()
    {
        _server = await ConnectorServer.StartAsync();
        var configuration = new ConfigurationBuilder().Build();
        _services = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(_clock).AddBotFramework(configuration).BuildServiceProvider();
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _server.DisposeAsync();
    }

    // The analyser wants both.
    public void Dispose() => GC.SuppressFinalize(this);

    [Fact]
    public async Task EveryCall_GoesToItsRouteWithEscapedIds()
    {
        var message = new Activity { Type = "message", Text = "hola" };

        Assert.Equal("sent-0", (await Client.SendAsync(Here, message, Token)).Value?.Id);
        await Client.SendAsync(Here, message with { ReplyToId = "7|0" }, Token);
        await Client.UpdateAsync(Here, "9", message, Token);
        await Client.DeleteAsync(Here, "9", Token);
        await Client.GetMemberAsync(Here, "29:a", Token);
        await Client.GetMembersAsync(Here, "next/1", 50, Token);
        await Client.OpenPersonalAsync(_server.ServiceUrl + "/", "t", new ChannelAccount("28:b"), new ChannelAccount("29:a"), Token);
        await Client.PostToChannelAsync(_server.ServiceUrl, "t", "19:c@thread.tacv2", new ChannelAccount("28:b"), message, Token);

        const string conversation = "/connector/v3/conversations/a%3A1%7Cx%3Bmessageid%3D2";
        Assert.Equal(
            [
                $"POST {conversation}/activities", $"POST {conversation}/activities/7%7C0", $"PUT {conversation}/activities/9", $"DELETE {conversation}/activities/9",
                $"GET {conversation}/members/29%3Aa", $"GET {conversation}/pagedmembers?pageSize=50&continuationToken=next%2F1",
                "POST /connector/v3/conversations", "POST /connector/v3/conversations",
            ],
            _server.Calls.Select(c => $"{c.Method} {c.Path}"));
        Assert.All(_server.Calls, c => Assert.Null(c.Authorization)); // Local mode has no token to give away.
        Assert.Equal("""{"isGroup":false,"bot":{"id":"28:b"},"members":[{"id":"29:a"}],"tenantId":"t","channelData":{"tenant":{"id":"t"}}}""", _server.Calls[6].Body!.ToJsonString());
        Assert.Equal("19:c@thread.tacv2", (string?)_server.Calls[7].Body!["channelData"]!["channel"]!["id"]);
        Assert.Equal("9", (string?)_server.Calls[2].Body!["id"]);
    }

    [Fact]
    public async Task Ids_CannotClimbOutOfTheirPlace()
    {
        await Client.SendAsync(Here with { Conversation = new ConversationAccount("../../admin?x#y") }, new Activity { Type = "message", ReplyToId = "a/.." }, Token);

        Assert.Equal("/connector/v3/conversations/..%2F..%2Fadmin%3Fx%23y/activities/a%2F..", _server.Calls.Single().Path);
        foreach (var id in new[] { "..", ".", "", null })
        {
            Assert.Equal(ConnectorFailure.Refused, (await Client.SendAsync(Here with { Conversation = new ConversationAccount(id) }, new Activity { Type = "message" }, Token)).Failure);
        }

        Assert.Equal(ConnectorFailure.Refused, (await Client.UpdateAsync(Here, "..", new Activity { Type = "message" }, Token)).Failure);
        Assert.Single(_server.Calls);
    }

    [Fact]
    public async Task Busy_IsTriedAgainWhenItSays()
    {
        _server.Behave = (n, context) =>
        {
            context.Response.Headers.RetryAfter = "7";
            return n == 0 ? (429, """{"error":{"code":"TooManyRequests"}}""") : null;
        };

        var (answer, took) = await ElapseAsync(Client.SendAsync(Here, new Activity { Type = "message" }, Token));

        Assert.True(answer.IsDone);
        Assert.Equal(2, _server.Calls.Count);
        Assert.InRange(took, TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(9));
    }

    [Fact]
    public async Task Busy_UntilAnInstant_IsTriedAgainThen()
    {
        var until = _clock.GetUtcNow().AddSeconds(7);
        _server.Behave = (n, context) =>
        {
            context.Response.Headers.RetryAfter = until.ToString("R", System.Globalization.CultureInfo.InvariantCulture);
            return n == 0 ? (429, "") : null;
        };

        var (answer, took) = await ElapseAsync(Client.SendAsync(Here, new Activity { Type = "message" }, Token));

        Assert.True(answer.IsDone);
        Assert.Equal(2, _server.Calls.Count);
        Assert.InRange(took, TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(9));
    }

    [Fact]
    public async Task ConnectionThatBreaksAfterTheMessage_IsNotSentAgain_ButAQuestionIsAskedAgain()
    {
        _server.Behave = (_, _) => (ConnectorServer.Broken, "");

        var (sent, _) = await ElapseAsync(Client.SendAsync(Here, new Activity { Type = "message" }, Token));
        Assert.Equal((ConnectorFailure.Away, 1), (sent.Failure, _server.Calls.Count));

        await ElapseAsync(Client.GetMemberAsync(Here, "29:a", Token));
        Assert.Equal(5, _server.Calls.Count);
    }

    [Theory]
    [InlineData(412)]
    [InlineData(502)]
    [InlineData(504)]
    public async Task AwayForLong_IsTriedThreeTimesMoreAndThenSaid(int status)
    {
        _server.Behave = (_, _) => (status, "<html>");

        var (answer, took) = await ElapseAsync(Client.SendAsync(Here, new Activity { Type = "message" }, Token));

        Assert.Equal((ConnectorFailure.Away, true), (answer.Failure, answer.IsWorthRetrying));
        Assert.Equal(4, _server.Calls.Count);
        Assert.True(took > TimeSpan.FromSeconds(2), $"{took}"); // Exponential with jitter from 2 s: never at once.
    }

    [Theory]
    [InlineData(400, "{}", ConnectorFailure.Refused)]
    [InlineData(401, "{}", ConnectorFailure.Refused)]
    [InlineData(403, """{"error":{"code":"Forbidden","innerHttpError":{"body":{"subCode":"MessageWritesBlocked"}}}}""", ConnectorFailure.Blocked)]
    [InlineData(403, """{"error":{"code":"BotNotInConversationRoster","message":"x"}}""", ConnectorFailure.Gone)]
    [InlineData(404, "not json", ConnectorFailure.Gone)]
    [InlineData(413, """{"error":{"code":"MessageSizeTooBig"}}""", ConnectorFailure.TooLarge)]
    [InlineData(500, "", ConnectorFailure.Away)]
    [InlineData(503, "", ConnectorFailure.Away)]
    public async Task OtherFailures_AreSaidAndNotTriedAgain(int status, string body, ConnectorFailure failure)
    {
        _server.Behave = (_, _) => (status, body);

        var answer = await Client.SendAsync(Here, new Activity { Type = "message" }, Token);

        Assert.Equal((failure, 1), (answer.Failure, _server.Calls.Count));
    }

    [Fact]
    public async Task LongRetryAfter_IsLeftToTheCaller()
    {
        _server.Behave = (_, context) =>
        {
            context.Response.Headers.RetryAfter = "3600";
            return (429, "");
        };

        var answer = await Client.SendAsync(Here, new Activity { Type = "message" }, Token);

        Assert.Equal((ConnectorFailure.Away, TimeSpan.FromHours(1), 1), (answer.Failure, answer.RetryAfter, _server.Calls.Count));
    }

    [Fact]
    public async Task RetryAfterAFarInstant_IsLeftToTheCaller()
    {
        _server.Behave = (_, context) =>
        {
            context.Response.Headers.RetryAfter = _clock.GetUtcNow().AddHours(1).ToString("R", System.Globalization.CultureInfo.InvariantCulture);
            return (429, "");
        };

        var answer = await Client.SendAsync(Here, new Activity { Type = "message" }, Token);

        Assert.Equal((ConnectorFailure.Away, TimeSpan.FromHours(1), 1), (answer.Failure, answer.RetryAfter, _server.Calls.Count));
    }

    [Fact]
    public async Task NobodyThere_IsAway()
    {
        var (answer, _) = await ElapseAsync(Client.SendAsync(Here with { ServiceUrl = "http://127.0.0.1:1/" }, new Activity { Type = "message" }, Token));

        Assert.Equal(ConnectorFailure.Away, answer.Failure);
    }

    [Theory]
    [InlineData("""{"id":5}""")]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("ok")]
    public async Task OddAnswer_CountsAsSentWithoutAnId(string body)
    {
        _server.Behave = (_, _) => (200, body);

        var answer = await Client.SendAsync(Here, new Activity { Type = "message" }, Token);

        Assert.Equal((true, null), (answer.IsDone, answer.Value?.Id));
    }

    [Theory]
    [InlineData("https://smba.trafficmanager.net/emea/")] // Without an app id nothing leaves this machine.
    [InlineData("http://10.0.0.1/")]
    [InlineData("http://localhost:1@evil.example/")]
    [InlineData("http://localhost.evil.example/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("")]
    [InlineData(null)]
    public async Task ConnectorThatIsNotAllowed_IsNotCalled(string? url)
    {
        var answer = await Client.SendAsync(Here with { ServiceUrl = url }, new Activity { Type = "message" }, Token);

        Assert.Equal((ConnectorFailure.NotAllowed, 0), (answer.Failure, _server.Calls.Count));
    }

    [Fact]
    public async Task ManyToOneConversation_WaitForTheLimitOfTeams()
    {
        // 7 in a second, 8 in two: the eighth goes after one second, the ninth after two.
        var all = Task.WhenAll(Enumerable.Range(0, 9).Select(_ => Client.SendAsync(Here, new Activity { Type = "message" }, Token)));
        await Fixtures.Eventually.HoldsAsync(() => _server.Calls.Count == 7, "seven at once");

        _clock.Advance(TimeSpan.FromSeconds(1));
        await Fixtures.Eventually.HoldsAsync(() => _server.Calls.Count == 8, "the eighth");
        _clock.Advance(TimeSpan.FromSeconds(1));
        await all;
    }

    // Lets the product's clock go on until it is done, and says how far it went.
    private async Task<(T Result, TimeSpan Took)> ElapseAsync<T>(Task<T> work)
    {
        var began = _clock.GetUtcNow();
        while (!work.IsCompleted)
        {
            var calls = _server.Calls.Count;
            await Task.WhenAny(work, Task.Delay(TimeSpan.FromMilliseconds(30), TimeProvider.System, Token));
            if (!work.IsCompleted && calls == _server.Calls.Count)
            {
                _clock.Advance(TimeSpan.FromMilliseconds(500));
            }
        }

        return (await work, _clock.GetUtcNow() - began);
    }
}
