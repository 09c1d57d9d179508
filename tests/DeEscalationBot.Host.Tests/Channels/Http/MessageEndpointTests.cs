using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Host.Channels.Http;
using DeEscalationBot.Host.Tests.Fixtures;

namespace DeEscalationBot.Host.Tests.Channels.Http;

// Names and shapes are those of the contract.
public class MessageEndpointTests(HostFixture fixture) : IClassFixture<HostFixture>
{
    private const string Angry = "Es la TERCERA vez que escribo y nadie me responde!!! Quiero hablar con su jefe ahora.";

    private static int _last;

    private RunningHost Host => fixture.Host;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Post_CustomerMessage_AnswersTheFieldsOfAReplayLine()
    {
        var answer = (await Host.SayAsync(NewId(), "m1", "customer", Angry)).AsObject();

        foreach (var field in (string[])["conversation", "turn", "speaker", "level", "frustration", "tension", "trend", "signals", "stepsDone", "technique", "suggestion", "findings", "escalation"])
        {
            Assert.True(answer.ContainsKey(field), field);
        }

        Assert.Equal(0, (int)answer["turn"]!);
        Assert.Equal("customer", (string?)answer["speaker"]);
        Assert.InRange((double)answer["tension"]!, 0.01, 1);
        Assert.Equal("rising", (string?)answer["trend"]);
        Assert.Equal(("supervisor", "T10"), ((string?)answer["escalation"]!["urgency"], (string?)answer["escalation"]!["trigger"]));
        foreach (var signal in answer["signals"]!.AsArray())
        {
            Assert.Equal((string?)signal!["text"], Angry.Substring((int)signal["start"]!, (int)signal["length"]!));
        }
    }

    [Fact]
    public async Task Post_AgentMessage_IsReviewedAndNotScored()
    {
        var id = NewId();
        await Host.SayAsync(id, "m1", "customer", Angry);

        var answer = await Host.SayAsync(id, "m2", "agent", "Gracias por contármelo. Le escribo hoy antes de las 15:00 con lo que encuentre.");

        Assert.Null(answer["level"]);
        Assert.Null(answer["frustration"]);
        Assert.Empty(answer["signals"]!.AsArray());
        Assert.Contains("thank", answer["stepsDone"]!.AsArray().Select(s => (string?)s));
    }

    [Fact]
    public async Task Post_SameMessageIdAgain_GivesTheFirstOutcomeAndLogsAConflictWithoutTheText()
    {
        var id = NewId();
        var first = await Host.SayAsync(id, "m1", "customer", Angry);
        await Host.SayAsync(id, "m2", "agent", "Gracias por contármelo.");

        var again = await Host.SayAsync(id, "m1", "customer", Angry);
        var other = await Host.SayAsync(id, "m1", "customer", "ein ganz anderer Text");

        Assert.Equal(first.ToJsonString(), again.ToJsonString());
        Assert.Equal(first.ToJsonString(), other.ToJsonString());
        var (_, conversation) = await Host.GetAsync("/api/v1/conversations/" + id);
        Assert.Equal(2, conversation!["turns"]!.AsArray().Count);
        Assert.Equal(Angry, (string?)conversation["turns"]![0]!["text"]);
        Assert.Single(Host.Log.Lines, l => l.Contains($"Conversation {id}: message id m1 came again", StringComparison.Ordinal));
        Assert.DoesNotContain(Host.Log.Lines, l => l.Contains("anderer", StringComparison.Ordinal) || l.Contains("TERCERA", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"speaker":"customer","text":"hola"}""", "id", "missing")]
    [InlineData("""{"id":null,"speaker":"customer","text":"hola"}""", "id", "missing")]
    [InlineData("""{"id":"","speaker":"customer","text":"hola"}""", "id", "1 to 200")]
    [InlineData("""{"id":7,"speaker":"customer","text":"hola"}""", "id", "a string")]
    [InlineData("""{"id":"a\u0000b","speaker":"customer","text":"hola"}""", "id", "control characters")]
    [InlineData("""{"id":"1","text":"hola"}""", "speaker", "missing")]
    [InlineData("""{"id":"1","speaker":"bot","text":"hola"}""", "speaker", "'customer' or 'agent'")]
    [InlineData("""{"id":"1","speaker":"Customer","text":"hola"}""", "speaker", "'customer' or 'agent'")]
    [InlineData("""{"id":"1","speaker":"customer"}""", "text", "missing")]
    [InlineData("""{"id":"1","speaker":"customer","text":""}""", "text", "empty")]
    [InlineData("""{"id":"1","speaker":"customer","text":" \t\n\u00a0\u2003"}""", "text", "empty")]
    [InlineData("""{"id":"1","speaker":"customer","text":["hola"]}""", "text", "an array")]
    [InlineData("""{"id":"1","speaker":"customer","text":"hola","lang":"fr"}""", "lang", "'es' or 'en'")]
    [InlineData("""{"id":"1","speaker":"customer","text":"hola","at":"yesterday"}""", "at", "ISO 8601")]
    [InlineData("""{"id":"1","speaker":"customer","text":"hola","at":"2026-13-01T00:00:00Z"}""", "at", "ISO 8601")]
    [InlineData("""{"id":"1","speaker":"customer","text":"hola","at":"01/02/2026"}""", "at", "ISO 8601")]
    [InlineData("""{"id":"1","speaker":"customer","text":"hola","at":1767225600}""", "at", "a string")]
    [InlineData("""{"id":"1","speaker":"customer","text":"hola","customerId":" x"}""", "customerId", "white space")]
    public async Task Post_FieldThatCannotBeUsed_Answers400WithASentence(string body, string field, string says)
    {
        var id = NewId();

        var (status, problem) = await Host.PostAsync($"/api/v1/conversations/{id}/messages", body);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(says, (string?)problem!["errors"]![field]![0], StringComparison.Ordinal);
        Assert.Contains($"'{field}'", (string?)problem["detail"], StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await Host.GetAsync("/api/v1/conversations/" + id)).Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("hola")]
    [InlineData("""{"id":"1",""")]
    [InlineData("""{"id":"1"} {"id":"2"}""")]
    [InlineData("[]")]
    [InlineData("\"hola\"")]
    [InlineData("null")]
    public async Task Post_NotOneJsonObject_Answers400(string body)
    {
        var (status, problem) = await Host.PostAsync($"/api/v1/conversations/{NewId()}/messages", body);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("Send one JSON object.", (string?)problem!["detail"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_NestedTooDeep_Answers400()
    {
        var deep = "{\"x\":" + new string('[', 10_000) + new string(']', 10_000) + "}";

        Assert.Equal(HttpStatusCode.BadRequest, (await Host.PostAsync($"/api/v1/conversations/{NewId()}/messages", deep)).Status);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData(null)]
    public async Task Post_NotDeclaredAsJson_Answers415(string? type)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(Body("m1", "hola")));
        content.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);
        using var response = await Host.Client.PostAsync(new Uri($"/api/v1/conversations/{NewId()}/messages", UriKind.Relative), content, Token);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
        Assert.Contains("application/json", await response.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_FieldsNobodyKnows_AreIgnored()
    {
        var (status, _) = await Host.PostAsync($"/api/v1/conversations/{NewId()}/messages", """{"id":"1","speaker":"customer","text":"hola","mood":{"deep":[1]},"Text":7}""");

        Assert.Equal(HttpStatusCode.OK, status);
    }

    [Fact]
    public async Task Post_TextOfTheGreatestLength_IsTakenInAndOneUnitMoreIsNot()
    {
        var id = NewId();
        var longest = string.Concat(Enumerable.Repeat("palabra ", MessageText.MaxLength / 8));
        Assert.Equal(MessageText.MaxLength, longest.Length);

        await Host.SayAsync(id, "m1", "customer", longest);
        var (status, problem) = await Host.PostAsync($"/api/v1/conversations/{id}/messages", Body("m2", longest + "x"));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, status);
        Assert.Contains("65536", (string?)problem!["detail"], StringComparison.Ordinal);
        var (_, conversation) = await Host.GetAsync("/api/v1/conversations/" + id);
        Assert.Equal(longest, (string?)Assert.Single(conversation!["turns"]!.AsArray())!["text"]);
    }

    [Theory]
    [InlineData(1_000_000)]
    [InlineData(JsonBody.MaxBytes + 1)]
    [InlineData(5_000_000)]
    public async Task Post_VeryLongBody_Answers413(int length)
    {
        var (status, _) = await Host.PostAsync($"/api/v1/conversations/{NewId()}/messages", Body("m1", new string('x', length)));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, status);
    }

    [Fact]
    public async Task Post_TenThousandEmoji_IsTakenIn()
    {
        var id = NewId();
        var text = string.Concat(Enumerable.Repeat("😡", 10_000));

        await Host.SayAsync(id, "m1", "customer", text);

        Assert.Equal(text, await TextOf(id, 0));
    }

    [Theory]
    [InlineData("\\ud83d¡Nadie responde!", "\uFFFD¡Nadie responde!")]
    [InlineData("a\\uDE00\\uD83D b", "a\uFFFD\uFFFD b")]
    [InlineData("\\\\ud83d", "\\ud83d")]
    [InlineData("\\ud83d\\ude00", "😀")]
    [InlineData("\\u0000\\u0007\\u202eabc\\u200b\\ufeff", "\0\u0007\u202Eabc\u200B\uFEFF")]
    [InlineData("\u200E\u2067\u05D0\u2069", "\u200E\u2067\u05D0\u2069")]
    public async Task Post_OddCharacters_AreKeptAndHalvesMendedWithoutMovingOffsets(string written, string kept)
    {
        var id = NewId();

        var (status, answer) = await Host.PostAsync($"/api/v1/conversations/{id}/messages", $$"""{"id":"m1","speaker":"customer","text":"{{written}}"}""");

        Assert.True(status == HttpStatusCode.OK, answer?.ToJsonString());
        Assert.Equal(kept, await TextOf(id, 0));
        foreach (var signal in answer!["signals"]!.AsArray())
        {
            Assert.Equal((string?)signal!["text"], kept.Substring((int)signal["start"]!, (int)signal["length"]!));
        }
    }

    [Fact]
    public async Task Post_BytesThatAreNoUtf8_AreMended()
    {
        var id = NewId();
        byte[] bytes = [.. """{"id":"m1","speaker":"customer","text":"caf"""u8, 0xE9, .. " frío\"}"u8];
        using var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");

        using var response = await Host.Client.PostAsync(new Uri($"/api/v1/conversations/{id}/messages", UriKind.Relative), content, Token);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("caf\uFFFD frío", await TextOf(id, 0));
    }

    [Theory]
    [InlineData("a%2Fb", "a/b")]
    [InlineData("a%252Fb", "a%2Fb")]
    [InlineData("a%2fb%252F", "a/b%2F")]
    [InlineData("two%20words", "two words")]
    [InlineData("%F0%9F%98%A1", "😡")]
    [InlineData("19:abc@thread.tacv2;messageid=1", "19:abc@thread.tacv2;messageid=1")]
    [InlineData("%3Cscript%3E'%22%20OR%201=1%20--", "<script>'\" OR 1=1 --")]
    [InlineData("..%2F..%2Fetc", "../../etc")]
    [InlineData("a+b", "a+b")]
    [InlineData("messages", "messages")]
    public async Task Post_OddConversationId_IsItsOwnConversation(string encoded, string id)
    {
        var (status, answer) = await Host.PostAsync($"/api/v1/conversations/{encoded}/messages", Body("m1", "hola"));
        var (_, conversation) = await Host.GetAsync("/api/v1/conversations/" + encoded);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(id, (string?)answer!["conversation"]);
        Assert.Equal(id, (string?)conversation!["id"]);
        Assert.Single(conversation["turns"]!.AsArray());
    }

    [Theory]
    [InlineData("%20x")]
    [InlineData("a%07b")]
    [InlineData("%0A")]
    public async Task Post_IllegalConversationId_Answers400(string encoded)
    {
        var (status, problem) = await Host.PostAsync($"/api/v1/conversations/{encoded}/messages", Body("m1", "hola"));

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("conversation id", (string?)problem!["detail"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_ConversationIdOfTheGreatestLength_IsTakenInAndOneMoreIsNot()
    {
        var longest = new string('c', ConversationId.MaxLength);

        Assert.Equal(HttpStatusCode.OK, (await Host.PostAsync($"/api/v1/conversations/{longest}/messages", Body("m1", "hola"))).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await Host.PostAsync($"/api/v1/conversations/{longest}c/messages", Body("m1", "hola"))).Status);
    }

    [Fact]
    public async Task Post_ClockGoingBackwards_IsTakenInInOrderOfArrival()
    {
        var id = NewId();
        foreach (var (message, at) in ((string, string)[])[("m1", "2026-03-01T12:00:00Z"), ("m2", "2026-02-01T12:00:00+02:00"), ("m3", "2026-03-01"), ("m4", "2026-02-28T23:59:59.1234567")])
        {
            var (status, _) = await Host.PostAsync($"/api/v1/conversations/{id}/messages", $$"""{"id":"{{message}}","speaker":"customer","text":"hola","at":"{{at}}"}""");
            Assert.Equal(HttpStatusCode.OK, status);
        }

        var (_, conversation) = await Host.GetAsync("/api/v1/conversations/" + id);
        Assert.Equal(["m1", "m2", "m3", "m4"], conversation!["turns"]!.AsArray().Select(t => (string?)t!["id"]));
        Assert.Equal(
            [new DateTimeOffset(2026, 2, 1, 10, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero)],
            conversation["turns"]!.AsArray().Skip(1).Take(2).Select(t => DateTimeOffset.Parse((string)t!["at"]!, CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task Get_UnknownConversation_Answers404ThatSaysHowItBegins()
    {
        var (status, problem) = await Host.GetAsync("/api/v1/conversations/" + NewId());

        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.Contains("/messages", (string?)problem!["detail"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("minTension=2")]
    [InlineData("minTension=-0.1")]
    [InlineData("minTension=NaN")]
    [InlineData("minTension=0,5")]
    [InlineData("limit=0")]
    [InlineData("limit=501")]
    [InlineData("limit=ten")]
    [InlineData("cursor=nonsense")]
    [InlineData("activeSince=today")]
    public async Task List_ParameterThatCannotBeUsed_Answers400(string query)
    {
        var (status, problem) = await Host.GetAsync("/api/v1/conversations?" + query);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains($"'{query.Split('=')[0]}'", (string?)problem!["detail"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_ByPages_IsHottestFirst()
    {
        await Host.SayAsync(NewId(), "m1", "customer", Angry);
        await Host.SayAsync(NewId(), "m1", "customer", "Hola, ¿a qué hora abren mañana?");
        await Host.SayAsync(NewId(), "m1", "customer", "Sois unos inútiles, ladrones, me da asco hablar contigo.");

        var tensions = new List<double>();
        var query = "limit=2";
        while (true)
        {
            var (_, page) = await Host.GetAsync("/api/v1/conversations?" + query);
            tensions.AddRange(page!["conversations"]!.AsArray().Select(c => (double)c!["tension"]!));
            if (page["nextCursor"] is not { } cursor)
            {
                break;
            }

            query = $"limit=2&cursor={cursor}";
        }

        Assert.True(tensions.Count >= 3);
        Assert.Equal(tensions.OrderDescending(), tensions);
        var (_, hot) = await Host.GetAsync("/api/v1/conversations?minTension=0.3&limit=500");
        Assert.All(hot!["conversations"]!.AsArray(), c => Assert.InRange((double)c!["tension"]!, 0.3, 1));
    }

    private static string NewId() => "conversation-" + Interlocked.Increment(ref _last).ToString(CultureInfo.InvariantCulture);

    private static string Body(string id, string text) => new JsonObject { ["id"] = id, ["speaker"] = "customer", ["text"] = text }.ToJsonString();

    private async Task<string?> TextOf(string id, int turn) => (string?)(await Host.GetAsync("/api/v1/conversations/" + id)).Body!["turns"]![turn]!["text"];
}
