using System.Net;
using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using DeEscalationBot.Host.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace DeEscalationBot.Host.Tests.Channels.DirectLine;

/// <summary>Status codes and error bodies as the clients of Direct Line 3.0 read them (directline-3.0.json of microsoft/botframework-sdk).</summary>
public class DirectLineEndpointTests(HostFixture fixture) : IClassFixture<HostFixture>
{
    private const string Secret = "a-secret-of-forty-characters-or-a-few-more";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private RunningHost Host => fixture.Host;

    [Fact]
    public async Task Start_First201ThenOnceSpokenIn200()
    {
        var token = await GenerateAsync(Host);
        var (created, start) = await SendAsync(Host, HttpMethod.Post, "conversations", token);
        var id = (string)start!["conversationId"]!;
        Assert.Equal(HttpStatusCode.Created, created);
        Assert.Equal(1800, (int)start["expires_in"]!);
        Assert.StartsWith("ws://127.0.0.1", (string)start["streamUrl"]!, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await SayAsync(Host, id, token, "Hello?")).Status);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(Host, HttpMethod.Post, "conversations", token)).Status);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(Host, HttpMethod.Get, $"conversations/{id}?watermark=1", token)).Status);
    }

    [Theory]
    [InlineData("{\"user\":{\"id\":\"ana\"}}")]
    [InlineData("{\"trustedOrigins\":[\"https://a.example.com/\"]}")]
    [InlineData("{\"trustedOrigins\":[null]}")]
    [InlineData("[]")]
    [InlineData("{")]
    public async Task Generate_WithWhatCannotBeUsed_Is400WithAReason(string body)
    {
        var (status, answer) = await SendAsync(Host, HttpMethod.Post, "tokens/generate", null, body);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal("BadArgument", (string)answer!["error"]!["code"]!);
        Assert.NotEmpty((string)answer["error"]!["message"]!);
    }

    [Fact]
    public async Task Post_WithWhatCannotBeUsed_SaysSo()
    {
        var (id, token) = await OpenAsync(Host);
        foreach (var (body, status, code) in new[]
        {
            ("{}", HttpStatusCode.BadRequest, "BadArgument"),
            ("{\"type\":\"message\"}", HttpStatusCode.BadRequest, "BadArgument"),
            ("{\"type\":\"message\",\"text\":\"  \",\"value\":{\"a\":1}}", HttpStatusCode.BadRequest, "BadArgument"),
            ("not json", HttpStatusCode.BadRequest, "BadArgument"),
            ($"{{\"type\":\"message\",\"text\":\"{new string('x', 65_537)}\"}}", HttpStatusCode.RequestEntityTooLarge, "MessageSizeTooBig"),
            ($"{{\"type\":\"message\",\"text\":\"{new string('x', 1_100_000)}\"}}", HttpStatusCode.RequestEntityTooLarge, "MessageSizeTooBig"),
        })
        {
            var (answered, answer) = await SendAsync(Host, HttpMethod.Post, $"conversations/{id}/activities", token, body);
            Assert.Equal((status, code), (answered, (string)answer!["error"]!["code"]!));
        }

        Assert.Equal(HttpStatusCode.OK, (await SayAsync(Host, id, token, new string('x', 65_536))).Status); // The longest legal one.
        foreach (var type in new[] { "typing", "event", "conversationUpdate", "unheardOf" })
        {
            Assert.Equal(HttpStatusCode.OK, (await SendAsync(Host, HttpMethod.Post, $"conversations/{id}/activities", token, $$"""{"type":"{{type}}","name":"webchat/join"}""")).Status);
        }

        Assert.Single((await PollAsync(Host, id, token, ""))["activities"]!.AsArray());
    }

    [Theory]
    [InlineData("\\ud800")]
    [InlineData("\\udc00 y luego")]
    public async Task Post_WithHalfACharacter_IsTakenInMended(string escape)
    {
        var (id, token) = await OpenAsync(Host);

        var (status, _) = await SendAsync(Host, HttpMethod.Post, $"conversations/{id}/activities", token, $"{{\"type\":\"message\",\"text\":\"Hola {escape}\",\"from\":{{\"id\":\"x\"}}}}");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains('\uFFFD', (string)(await PollAsync(Host, id, token, ""))["activities"]![0]!["text"]!);
    }

    [Fact]
    public async Task Upload_IsRefusedAndSaysWhy()
    {
        var (id, token) = await OpenAsync(Host);
        var (status, answer) = await SendAsync(Host, HttpMethod.Post, $"conversations/{id}/upload?userId=x", token, "bytes");
        Assert.Equal((HttpStatusCode.UnsupportedMediaType, "AttachmentsNotSupported"), (status, (string)answer!["error"]!["code"]!));
    }

    [Fact]
    public async Task Message_SentAgain_IsTakenInOnce()
    {
        var (id, token) = await OpenAsync(Host);
        var (_, first) = await SayAsync(Host, id, token, "Nobody answers me", "c-1");
        var (_, again) = await SayAsync(Host, id, token, "Nobody answers me", "c-1");
        Assert.Equal((string)first!["id"]!, (string)again!["id"]!);
        Assert.Single((await PollAsync(Host, id, token, ""))["activities"]!.AsArray());
    }

    [Theory]
    [InlineData("", 2)]
    [InlineData("0", 2)]
    [InlineData("1", 1)]
    [InlineData("2", 0)]
    [InlineData("99", 0)]
    public async Task Poll_FromAWatermark_GivesWhatCameSince(string watermark, int expected)
    {
        var (id, token) = await OpenAsync(Host);
        await SayAsync(Host, id, token, "One");
        await Host.SayAsync(id, "a1", "agent", "Two");
        var answer = await PollAsync(Host, id, token, watermark);
        Assert.Equal(expected, answer["activities"]!.AsArray().Count);
        Assert.True(int.Parse((string)answer["watermark"]!, System.Globalization.CultureInfo.InvariantCulture) >= 2);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("abc")]
    [InlineData("1.5")]
    [InlineData("99999999999999")]
    public async Task Poll_FromAStrangeWatermark_Is400(string watermark)
    {
        var (id, token) = await OpenAsync(Host);
        Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync(Host, HttpMethod.Get, $"conversations/{id}/activities?watermark={watermark}", token)).Status);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("eyJhbGciOiJub25lIn0.eyJjb252IjoiZGwteCJ9.")] // alg none
    public async Task WithoutAToken_Is401(string? token)
    {
        foreach (var (method, path) in new[] { (HttpMethod.Post, "conversations"), (HttpMethod.Post, "tokens/refresh"), (HttpMethod.Get, "conversations/dl-x/activities"), (HttpMethod.Post, "conversations/dl-x/activities"), (HttpMethod.Get, "session/getsessionid") })
        {
            var (status, answer) = await SendAsync(Host, method, path, token);
            Assert.Equal((HttpStatusCode.Unauthorized, "Unauthorized"), (status, (string)answer!["error"]!["code"]!));
        }
    }

    [Fact]
    public async Task TokenOfOneChat_OpensNoOther()
    {
        var (mine, token) = await OpenAsync(Host);
        var (theirs, _) = await OpenAsync(Host);
        await SayAsync(Host, mine, token, "Mine");
        Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync(Host, HttpMethod.Get, $"conversations/{theirs}/activities", token)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await SayAsync(Host, theirs, token, "Not mine")).Status);
    }

    [Fact]
    public async Task ChangedToken_Is401()
    {
        var (id, token) = await OpenAsync(Host);
        var parts = token.Split('.');
        var changed = Encoding.UTF8.GetString(Microsoft.IdentityModel.Tokens.Base64UrlEncoder.DecodeBytes(parts[1])).Replace(id, "dl-somebody-else", StringComparison.Ordinal);
        var forged = $"{parts[0]}.{Microsoft.IdentityModel.Tokens.Base64UrlEncoder.Encode(changed)}.{parts[2]}";
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(Host, HttpMethod.Get, "conversations/dl-somebody-else/activities", forged)).Status);
    }

    [Fact]
    public async Task ExpiredToken_Is403AndOneThatWasRenewedInTimeGoesOn()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
        using var data = new TemporaryDirectory();
        await using var host = await RunningHost.StartAsync(data.Path, clock);
        var (id, token) = await OpenAsync(host);
        clock.Advance(TimeSpan.FromMinutes(29));
        var (refreshed, renewed) = await SendAsync(host, HttpMethod.Post, "tokens/refresh", token);
        Assert.Equal(HttpStatusCode.OK, refreshed);
        Assert.Equal(id, (string)renewed!["conversationId"]!);
        clock.Advance(TimeSpan.FromMinutes(2));

        foreach (var (method, path) in new[] { (HttpMethod.Post, "tokens/refresh"), (HttpMethod.Get, $"conversations/{id}"), (HttpMethod.Get, $"conversations/{id}/activities") })
        {
            var (status, answer) = await SendAsync(host, method, path, token);
            Assert.Equal((HttpStatusCode.Forbidden, "TokenExpired"), (status, (string)answer!["error"]!["code"]!));
        }

        Assert.Equal(HttpStatusCode.OK, (await SayAsync(host, id, (string)renewed["token"]!, "Still here")).Status);
    }

    [Fact]
    public async Task TokenOfBeforeARestart_IsStillGood()
    {
        using var data = new TemporaryDirectory();
        string id, token;
        await using (var host = await RunningHost.StartAsync(data.Path))
        {
            (id, token) = await OpenAsync(host);
            await SayAsync(host, id, token, "Before");
        }

        await using var again = await RunningHost.StartAsync(data.Path);
        Assert.Single((await PollAsync(again, id, token, ""))["activities"]!.AsArray());
    }

    [Fact]
    public async Task WithASecret_OnlyWhoShowsItGetsTokens()
    {
        using var data = new TemporaryDirectory();
        await using var host = await RunningHost.StartAsync(data.Path, null, $"--DirectLine:Secret={Secret}", "--DirectLine:PublicAddress=https://chat.example.com/coach");
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(host, HttpMethod.Post, "tokens/generate", null)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(host, HttpMethod.Post, "tokens/generate", Secret + "x")).Status);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(host, HttpMethod.Post, "tokens/generate", Secret)).Status);

        // The secret itself opens conversations, as tools of the site's server do.
        var (status, start) = await SendAsync(host, HttpMethod.Post, "conversations", Secret, "{\"user\":{\"id\":\"ana\"}}");
        Assert.Equal(HttpStatusCode.Created, status);
        Assert.StartsWith("wss://chat.example.com/coach/v3/directline/", (string)start!["streamUrl"]!, StringComparison.Ordinal);
        var id = (string)start["conversationId"]!;
        Assert.Empty((await PollAsync(host, id, Secret, ""))["activities"]!.AsArray());
        await SayAsync(host, id, (string)start["token"]!, "Hello");
        Assert.Equal("ana", (string)(await PollAsync(host, id, Secret, ""))["activities"]![0]!["from"]!["id"]!);
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(host, HttpMethod.Get, "conversations/desk-7/activities", Secret)).Status);
    }

    [Theory]
    [InlineData("--DirectLine:Secret=short", "DirectLine:Secret")]
    [InlineData("--DirectLine:OtherSecret=a-secret-of-forty-characters-or-a-few-more", "DirectLine:OtherSecret")]
    [InlineData("--DirectLine:TrustedOrigins:0=https://a.example.com/chat", "DirectLine:TrustedOrigins")]
    [InlineData("--DirectLine:TokenLifetime=00:00:59", "DirectLine:TokenLifetime")]
    [InlineData("--DirectLine:TokenLifetime=1.00:00:01", "DirectLine:TokenLifetime")]
    [InlineData("--DirectLine:PublicAddress=chat.example.com", "DirectLine:PublicAddress")]
    public async Task BadSetting_StopsTheStartAndIsNamed(string setting, string named)
    {
        using var data = new TemporaryDirectory();
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => RunningHost.StartAsync(data.Path, null, setting));
        Assert.Contains(named, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SwitchedOff_IsNotThere()
    {
        using var data = new TemporaryDirectory();
        await using var host = await RunningHost.StartAsync(data.Path, null, "--DirectLine:Enabled=false");
        var (status, _) = await SendAsync(host, HttpMethod.Post, "tokens/generate", null);
        Assert.Contains(status, new[] { HttpStatusCode.NotFound, HttpStatusCode.MethodNotAllowed });
    }

    [Theory]
    [InlineData("http://localhost:3000", true)]
    [InlineData("https://evil.example.com", false)]
    [InlineData("null", false)]
    public async Task Pages_OfThisMachineOnly_WithoutASecret(string origin, bool isLetIn)
    {
        using var preflight = new HttpRequestMessage(HttpMethod.Options, "/v3/directline/tokens/generate");
        preflight.Headers.Add("Origin", origin);
        preflight.Headers.Add("Access-Control-Request-Method", "POST");
        preflight.Headers.Add("Access-Control-Request-Headers", "authorization,content-type,x-ms-bot-agent,x-requested-with");
        using var answer = await Host.Client.SendAsync(preflight, Token);
        Assert.Equal(isLetIn, answer.Headers.TryGetValues("Access-Control-Allow-Origin", out var allowed) && allowed.Single() == origin);

        var (status, _) = await SendAsync(Host, HttpMethod.Post, "tokens/generate", null, null, origin);
        Assert.Equal(isLetIn ? HttpStatusCode.OK : HttpStatusCode.Unauthorized, status);
    }

    [Fact]
    public async Task TokenWithOrigins_IsOfNoUseElsewhere()
    {
        using var data = new TemporaryDirectory();
        await using var host = await RunningHost.StartAsync(data.Path, null, $"--DirectLine:Secret={Secret}");
        var (_, made) = await SendAsync(host, HttpMethod.Post, "tokens/generate", Secret, "{\"trustedOrigins\":[\"https://shop.example.com\"]}");
        var token = (string)made!["token"]!;
        Assert.Equal(HttpStatusCode.Created, (await SendAsync(host, HttpMethod.Post, "conversations", token, null, "https://shop.example.com")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync(host, HttpMethod.Post, "conversations", token, null, "https://evil.example.com")).Status);

        var (_, start) = await SendAsync(host, HttpMethod.Post, "conversations", token, null, "https://shop.example.com");
        await Assert.ThrowsAsync<WebSocketException>(() => ConnectAsync((string)start!["streamUrl"]!, "https://evil.example.com"));
        using var socket = await ConnectAsync((string)start!["streamUrl"]!, "https://shop.example.com");
        Assert.Equal(WebSocketState.Open, socket.State);
    }

    [Fact]
    public async Task Stream_TellsWhatIsSaidAndIgnoresEmptyFrames()
    {
        var (id, token) = await OpenAsync(Host);
        var (_, start) = await SendAsync(Host, HttpMethod.Post, "conversations", token);
        using var socket = await ConnectAsync((string)start!["streamUrl"]!, null);
        await socket.SendAsync(ReadOnlyMemory<byte>.Empty, WebSocketMessageType.Text, true, Token);
        await SayAsync(Host, id, token, "¿Hola?", "c-1");
        var first = await ReadAsync(socket);
        Assert.Equal("c-1", (string)first["activities"]![0]!["channelData"]!["clientActivityID"]!);
        await Host.SayAsync(id, "a-1", "agent", "Hola, le leo");
        var second = await ReadAsync(socket);
        Assert.Equal(("Hola, le leo", "plain", "2"), ((string)second["activities"]![0]!["text"]!, (string)second["activities"]![0]!["textFormat"]!, (string)second["watermark"]!));
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, Token);
        Assert.Equal(WebSocketState.Closed, socket.State);
    }

    [Theory]
    [InlineData(true)] // The host stops.
    [InlineData(false)] // The token that it was opened with is too old.
    public async Task Stream_WhoseTimeIsOver_IsClosedProperly(bool stops)
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
        using var data = new TemporaryDirectory();
        await using var host = await RunningHost.StartAsync(data.Path, clock);
        var (id, token) = await OpenAsync(host);
        var (_, start) = await SendAsync(host, HttpMethod.Post, "conversations", token);
        using var socket = await ConnectAsync((string)start!["streamUrl"]!, null);
        await SayAsync(host, id, token, "Hola");
        await ReadAsync(socket);

        if (stops)
        {
            // As the program stops when it is asked to; it waits for this socket.
            _ = host.Services.GetRequiredService<IHost>().StopAsync(Token);
        }
        else
        {
            clock.Advance(TimeSpan.FromMinutes(30));
        }

        using var late = CancellationTokenSource.CreateLinkedTokenSource(Token);
        late.CancelAfter(TimeSpan.FromSeconds(20));
        var last = await socket.ReceiveAsync(new byte[1024], late.Token);
        Assert.Equal((WebSocketMessageType.Close, WebSocketCloseStatus.EndpointUnavailable), (last.MessageType, socket.CloseStatus));
    }

    [Fact]
    public async Task Streams_OfOneChat_AreLimited()
    {
        var (_, token) = await OpenAsync(Host);
        var sockets = new List<ClientWebSocket>();
        async Task OpenStreamAsync() => sockets.Add(await ConnectAsync((string)(await SendAsync(Host, HttpMethod.Post, "conversations", token)).Body!["streamUrl"]!, null));

        for (var i = 0; i < 8; i++)
        {
            await OpenStreamAsync();
        }

        await Assert.ThrowsAsync<WebSocketException>(OpenStreamAsync);
        Assert.Equal(8, sockets.Count);
        sockets.ForEach(s => s.Dispose());
    }

    [Theory]
    [InlineData("t=")]
    [InlineData("t=nonsense")]
    [InlineData("watermark=-")]
    public async Task Stream_WithoutItsToken_IsRefused(string query)
    {
        var (id, _) = await OpenAsync(Host);
        await Assert.ThrowsAsync<WebSocketException>(() => ConnectAsync($"ws://{Host.Client.BaseAddress!.Authority}/v3/directline/conversations/{id}/stream?{query}", null));
    }

    [Fact]
    public async Task StreamToken_OpensNothingElse()
    {
        var (id, token) = await OpenAsync(Host);
        var (_, start) = await SendAsync(Host, HttpMethod.Post, "conversations", token);
        var stream = System.Web.HttpUtility.ParseQueryString(new Uri((string)start!["streamUrl"]!).Query)["t"];
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(Host, HttpMethod.Get, $"conversations/{id}/activities", stream)).Status);
        await Assert.ThrowsAsync<WebSocketException>(() => ConnectAsync(((string)start["streamUrl"]!).Replace(stream!, token, StringComparison.Ordinal), null));
    }

    [Theory]
    [InlineData("dl_ana", false)] // Reserved: only a token may give it.
    [InlineData("ana", true)]
    public async Task TokenWithoutAUser_TakesNoReservedNameFromTheClient(string name, bool isTaken)
    {
        var (_, made) = await SendAsync(Host, HttpMethod.Post, "tokens/generate", null);
        var (id, token) = ((string)made!["conversationId"]!, (string)made["token"]!);

        var (status, _) = await SendAsync(Host, HttpMethod.Post, $"conversations/{id}/activities", token, $$$"""{"type":"message","text":"Hola","from":{"id":"{{{name}}}"}}""");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(isTaken ? name : null, (await Host.Desk.ReadAsync(Core.Channels.ConversationId.Create(id), Token))!.CustomerId);
    }

    [Theory]
    [InlineData("X-Forwarded-For", "203.0.113.7")]
    [InlineData("Forwarded", "for=203.0.113.7")]
    [InlineData("Via", "1.1 proxy")]
    public async Task WithoutASecret_NoTokenGoesToWhatAProxyPassesOn(string header, string value)
    {
        foreach (var path in new[] { "/v3/directline/tokens/generate", "/chat/token" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path);
            request.Headers.TryAddWithoutValidation(header, value);
            using var answer = await Host.Client.SendAsync(request, Token);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        }
    }

    [Fact]
    public async Task WithAnAppId_ButNoSecret_NobodyGetsATokenAndThereIsNoPage()
    {
        await using var bot = await BotFramework.BotHost.StartAsync(withAppId: true);

        var (status, answer) = await SendAsync(bot.Host, HttpMethod.Post, "tokens/generate", null);

        Assert.Equal(HttpStatusCode.Unauthorized, status);
        Assert.Contains("DirectLine:Secret", (string)answer!["error"]!["message"]!, StringComparison.Ordinal);
        using var page = await bot.Host.Client.GetAsync(new Uri("/chat", UriKind.Relative), Token);
        using var token = await bot.Host.Client.PostAsync(new Uri("/chat/token", UriKind.Relative), null, Token);
        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
        Assert.Contains(token.StatusCode, new[] { HttpStatusCode.NotFound, HttpStatusCode.MethodNotAllowed });
    }

    [Theory]
    [InlineData("desk-7", HttpStatusCode.NotFound)]
    [InlineData("bot-0123456789abcdef0123456789abcdef-1", HttpStatusCode.NotFound)]
    [InlineData("demo-20260302-090000-ab12", HttpStatusCode.OK)]
    [InlineData("dl-of-before", HttpStatusCode.OK)]
    [InlineData("", HttpStatusCode.OK)]
    public async Task PageToken_IsForChatsAndTheDemoOnly(string conversation, HttpStatusCode expected)
    {
        using var answer = await Host.Client.PostAsync(new Uri("/chat/token?c=" + conversation, UriKind.Relative), null, Token);
        Assert.Equal(expected, answer.StatusCode);
    }

    private static async Task<string> GenerateAsync(RunningHost host)
    {
        var (status, made) = await SendAsync(host, HttpMethod.Post, "tokens/generate", null);
        Assert.Equal(HttpStatusCode.OK, status);
        return (string)made!["token"]!;
    }

    private static async Task<(string Conversation, string Token)> OpenAsync(RunningHost host)
    {
        var (status, made) = await SendAsync(host, HttpMethod.Post, "tokens/generate", null, "{\"user\":{\"id\":\"dl_ana\"}}");
        Assert.Equal(HttpStatusCode.OK, status);
        return ((string)made!["conversationId"]!, (string)made["token"]!);
    }

    private static Task<(HttpStatusCode Status, JsonNode? Body)> SayAsync(RunningHost host, string conversation, string token, string text, string? clientId = null) => SendAsync(
        host, HttpMethod.Post, $"conversations/{conversation}/activities", token,
        new JsonObject { ["type"] = "message", ["text"] = text, ["from"] = new JsonObject { ["id"] = "x" }, ["channelData"] = clientId is null ? null : new JsonObject { ["clientActivityID"] = clientId } }.ToJsonString());

    private static async Task<JsonNode> PollAsync(RunningHost host, string conversation, string token, string watermark)
    {
        var (status, body) = await SendAsync(host, HttpMethod.Get, $"conversations/{conversation}/activities?watermark={watermark}", token);
        Assert.Equal(HttpStatusCode.OK, status);
        return body!;
    }

    private static async Task<(HttpStatusCode Status, JsonNode? Body)> SendAsync(RunningHost host, HttpMethod method, string path, string? token, string? body = null, string? origin = null)
    {
        using var request = new HttpRequestMessage(method, "/v3/directline/" + path);
        if (token is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
        }

        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        }

        using var response = await host.Client.SendAsync(request, Token);
        var text = await response.Content.ReadAsStringAsync(Token);
        return (response.StatusCode, text.Length > 0 && response.Content.Headers.ContentType?.MediaType == "application/json" ? JsonNode.Parse(text) : null);
    }

    private static async Task<ClientWebSocket> ConnectAsync(string address, string? origin)
    {
        var socket = new ClientWebSocket();
        if (origin is not null)
        {
            socket.Options.SetRequestHeader("Origin", origin);
        }

        await socket.ConnectAsync(new Uri(address), Token);
        return socket;
    }

    private static async Task<JsonNode> ReadAsync(ClientWebSocket socket)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(Token);
        late.CancelAfter(TimeSpan.FromSeconds(20));
        var buffer = new byte[16 * 1024];
        var read = await socket.ReceiveAsync(buffer, late.Token);
        Assert.True(read.EndOfMessage);
        return JsonNode.Parse(buffer.AsSpan(0, read.Count))!;
    }
}
