using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using DeEscalationBot.Host.Conversations;
using DeEscalationBot.Host.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DeEscalationBot.Host.Tests.Fixtures;

/// <summary>The real host in this process: Kestrel on a free port, the cluster, the database, the model.</summary>
public sealed class RunningHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private RunningHost(WebApplication app, Uri address, LogRecorder log)
    {
        _app = app;
        Log = log;
        Client = new HttpClient { BaseAddress = address };
    }

    public HttpClient Client { get; }

    public LogRecorder Log { get; }

    public IServiceProvider Services => _app.Services;

    public IConversationDesk Desk => Services.GetRequiredKeyedService<IConversationDesk>(ConversationDesk.Unguarded);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static Task<RunningHost> StartAsync(string dataDirectory, TimeProvider? clock = null, params string[] settings) =>
        StartAsync([$"--Storage:DataDirectory={dataDirectory}", .. settings], clock);

    public static async Task<RunningHost> StartAsync(string[] settings, TimeProvider? clock = null, Action<IServiceCollection>? services = null)
    {
        var log = new LogRecorder();
        var app = CoachHost.Build(["--urls", "http://127.0.0.1:0", .. settings], builder =>
        {
            builder.Logging.ClearProviders().AddProvider(log);
            if (clock is not null)
            {
                builder.Services.AddSingleton(clock);
            }

            services?.Invoke(builder.Services);
            SharedRules.AddTo(builder.Services, settings);
        });
        try
        {
            await app.StartAsync(Token);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }

        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return new RunningHost(app, new Uri(address), log);
    }

    /// <summary>Posts JSON as it is written here.</summary>
    public async Task<(HttpStatusCode Status, JsonNode? Body)> PostAsync(string path, string json, string contentType = "application/json")
    {
        using var content = new StringContent(json, Encoding.UTF8, contentType);
        using var response = await Client.PostAsync(new Uri(path, UriKind.Relative), content, Token);
        return (response.StatusCode, await BodyOf(response));
    }

    public async Task<(HttpStatusCode Status, JsonNode? Body)> GetAsync(string path)
    {
        using var response = await Client.GetAsync(new Uri(path, UriKind.Relative), Token);
        return (response.StatusCode, await BodyOf(response));
    }

    /// <summary>Posts a message that has to be taken in.</summary>
    public async Task<JsonNode> SayAsync(string conversation, string id, string speaker, string text)
    {
        var (status, body) = await PostAsync(
            $"/api/v1/conversations/{Uri.EscapeDataString(conversation)}/messages",
            new JsonObject { ["id"] = id, ["speaker"] = speaker, ["text"] = text }.ToJsonString());
        Assert.True(status == HttpStatusCode.OK, $"{status}: {body}");
        return body!;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
    }

    private static async Task<JsonNode?> BodyOf(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync(Token);
        if ((int)response.StatusCode >= 400)
        {
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        }

        return text.Length == 0 ? null : JsonNode.Parse(text);
    }
}

/// <summary>Keeps what was logged.</summary>
public sealed class LogRecorder : ILoggerProvider, ILogger
{
    private readonly System.Collections.Concurrent.ConcurrentQueue<string> _lines = new();

    public IReadOnlyCollection<string> Lines => _lines;

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Enqueue($"{logLevel}: {formatter(state, exception)} {exception}");

    public void Dispose()
    {
        // Nothing is held.
    }
}

/// <summary>One host for all tests of a class, with a database of its own.</summary>
public sealed class HostFixture : IAsyncLifetime
{
    private readonly TemporaryDirectory _data = new();

    public RunningHost Host { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Host = await RunningHost.StartAsync(_data.Path);

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        _data.Dispose();
    }
}
