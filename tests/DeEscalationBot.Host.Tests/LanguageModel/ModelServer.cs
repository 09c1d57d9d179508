using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using WireMock;
using WireMock.Server;
using WireMock.Types;
using WireMock.Util;
using Request = WireMock.RequestBuilders.Request;
using Response = WireMock.ResponseBuilders.Response;

namespace DeEscalationBot.Host.Tests.LanguageModel;

/// <summary>What the server answers to one request.</summary>
internal sealed record ModelAnswer(int Status, string Body, string ContentType = "application/json", IReadOnlyDictionary<string, string>? Headers = null)
{
    /// <summary>A text, in the form that was asked for: whole, or by events of a few words.</summary>
    public static Func<JsonNode, ModelAnswer> Says(string text, string finish = "stop") => request =>
        (bool?)request["stream"] == true ? Streamed(text, finish) : Whole(text, finish);

    public static Func<JsonNode, ModelAnswer> Fails(int status, string? retryAfter = null) => _ => new ModelAnswer(
        status,
        """{"error":{"message":"no","type":"server_error"}}""",
        Headers: retryAfter is null ? null : new Dictionary<string, string> { ["Retry-After"] = retryAfter });

    public static Func<JsonNode, ModelAnswer> Sends(string body, string contentType = "application/json") => _ => new ModelAnswer(200, body, contentType);

    private static ModelAnswer Whole(string text, string finish) => new(
        200,
        new JsonObject
        {
            ["id"] = "c1",
            ["object"] = "chat.completion",
            ["created"] = 1,
            ["model"] = "m",
            ["choices"] = new JsonArray(new JsonObject { ["index"] = 0, ["message"] = new JsonObject { ["role"] = "assistant", ["content"] = text }, ["finish_reason"] = finish }),
            ["usage"] = new JsonObject { ["prompt_tokens"] = 400, ["completion_tokens"] = 50, ["total_tokens"] = 450 },
        }.ToJsonString());

    private static ModelAnswer Streamed(string text, string finish)
    {
        var events = text.Split(' ').Select((word, i) => Chunk(new JsonObject { ["content"] = i == 0 ? word : " " + word }, null)).ToList();
        events.Add(Chunk([], finish));
        events.Add("""{"id":"c1","object":"chat.completion.chunk","created":1,"model":"m","choices":[],"usage":{"prompt_tokens":400,"completion_tokens":50,"total_tokens":450}}""");
        events.Add("[DONE]");
        return new ModelAnswer(200, string.Concat(events.Select(e => $"data: {e}\n\n")), "text/event-stream");
    }

    private static string Chunk(JsonObject delta, string? finish) => new JsonObject
    {
        ["id"] = "c1",
        ["object"] = "chat.completion.chunk",
        ["created"] = 1,
        ["model"] = "m",
        ["choices"] = new JsonArray(new JsonObject { ["index"] = 0, ["delta"] = delta, ["finish_reason"] = finish }),
    }.ToJsonString();
}

/// <summary>A server on this machine that speaks the protocol of OpenAI-compatible services, and answers as a test wants it.</summary>
internal sealed class ModelServer : IDisposable
{
    private readonly WireMockServer _server = WireMockServer.Start();
    private readonly ConcurrentQueue<Func<JsonNode, ModelAnswer>> _answers = new();
    private readonly ConcurrentQueue<(JsonNode Body, string? Authorization)> _requests = new();
    private Func<JsonNode, ModelAnswer> _last = ModelAnswer.Fails(500);

    public ModelServer(TimeSpan? delay = null)
    {
        var response = Response.Create().WithCallback(Answer);
        _server.Given(Request.Create().WithPath("/v1/chat/completions").UsingPost()).RespondWith(delay is { } pause ? response.WithDelay(pause) : response);
    }

    public string Address => _server.Url + "/v1";

    public IReadOnlyList<(JsonNode Body, string? Authorization)> Requests => [.. _requests];

    public int OtherRequests => _server.LogEntries.Count(e => e.RequestMessage?.Path != "/v1/chat/completions");

    /// <summary>The answers, one after the other; the last one stays.</summary>
    public ModelServer Answering(params ReadOnlySpan<Func<JsonNode, ModelAnswer>> answers)
    {
        _answers.Clear();
        foreach (var answer in answers)
        {
            _answers.Enqueue(answer);
            _last = answer;
        }

        return this;
    }

    public void Dispose() => _server.Dispose();

    private ResponseMessage Answer(IRequestMessage request)
    {
        var body = JsonNode.Parse(request.Body ?? "{}")!;
        _requests.Enqueue((body, request.Headers?.TryGetValue("Authorization", out var values) == true ? values.ToString() : null));
        var answer = (_answers.TryDequeue(out var next) ? next : _last)(body);
        var headers = new Dictionary<string, WireMockList<string>> { ["Content-Type"] = new(answer.ContentType) };
        foreach (var (name, value) in answer.Headers ?? new Dictionary<string, string>())
        {
            headers[name] = new(value);
        }

        return new ResponseMessage
        {
            StatusCode = answer.Status,
            Headers = headers,
            BodyData = new BodyData { DetectedBodyType = BodyType.String, BodyAsString = answer.Body },
        };
    }

    /// <summary>The messages of a request by role.</summary>
    public static (string Role, string Content)[] MessagesOf(JsonNode body) =>
        [.. body["messages"]!.AsArray().Select(m => ((string)m!["role"]!, m["content"] is JsonValue v ? v.GetValue<string>() : string.Concat(m["content"]!.AsArray().Select(p => (string?)p!["text"]))))];

    /// <summary>The data that a request carries.</summary>
    public static JsonNode DataOf(JsonNode body) => JsonNode.Parse(MessagesOf(body).Single(m => m.Role == "user").Content) ?? throw new JsonException("no data");
}
