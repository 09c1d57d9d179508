using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DeEscalationBot.Host.Tests.Channels.BotFramework;

/// <summary>What came to a connector.</summary>
/// <param name="Path">The path as it was sent, with its escapes.</param>
internal sealed record ConnectorCall(string Method, string Path, string? Authorization, JsonNode? Body, int Status, string? Id = null);

/// <summary>Stands for a channel's connector on this machine. Answers as a test wants; by default as Teams does.</summary>
internal sealed class ConnectorServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<ConnectorCall> _calls = new();
    private int _count;

    private ConnectorServer(WebApplication app) => _app = app;

    /// <summary>The status that breaks the connection instead of answering, once the call is counted.</summary>
    public const int Broken = 0;

    /// <summary>Answers the n-th call, from 0, when it gives something.</summary>
    public Func<int, HttpContext, (int Status, string Body)?> Behave { get; set; } = (_, _) => null;

    public IReadOnlyList<ConnectorCall> Calls => [.. _calls];

    /// <summary>What came for one conversation. Tests that share a bot count by this: an answer to an earlier test may come late.</summary>
    public IReadOnlyList<ConnectorCall> CallsIn(string conversation) => [.. _calls.Where(c => c.Path.Contains($"/conversations/{Uri.EscapeDataString(conversation)}/", StringComparison.Ordinal))];

    /// <summary>The messages that were sent to a conversation and taken, in order.</summary>
    public IReadOnlyList<JsonNode> MessagesIn(string conversation) => [.. CallsIn(conversation).Where(c => c is { Method: "POST", Status: < 300 } && (string?)c.Body?["type"] == "message").Select(c => c.Body!)];

    /// <summary>Without a slash at its end, as some channels write it.</summary>
    public string ServiceUrl => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single() + "/connector";

    public static async Task<ConnectorServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var server = new ConnectorServer(app);
        app.Run(server.TakeAsync);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    /// <summary>What a person reads of a message: its text, or the words on its cards.</summary>
    public static string WordsOf(JsonNode message) => (string?)message["text"] ?? string.Join('\n', Words(message["attachments"]));

    private static IEnumerable<string> Words(JsonNode? node) => node switch
    {
        JsonObject o => o.SelectMany(p => p is { Key: "text" or "title" or "altText", Value: JsonValue text } && text.TryGetValue<string>(out var words) ? [words] : Words(p.Value)),
        JsonArray a => a.SelectMany(Words),
        _ => [],
    };

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
    }

    private async Task TakeAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var text = await reader.ReadToEndAsync();
        var number = Interlocked.Increment(ref _count) - 1;
        var (status, body) = Behave(number, context) ?? (201, $$"""{"id":"sent-{{number}}"}""");
        _calls.Enqueue(new ConnectorCall(
            context.Request.Method,
            context.Features.Get<IHttpRequestFeature>()!.RawTarget,
            context.Request.Headers.Authorization.ToString() is { Length: > 0 } header ? header : null,
            text.Length == 0 ? null : JsonNode.Parse(text),
            status,
            status == 201 ? $"sent-{number}" : null));
        if (status == Broken)
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(body);
    }
}
