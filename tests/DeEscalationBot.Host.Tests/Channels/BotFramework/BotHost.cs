using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Host.Channels.BotFramework.Activities;
using DeEscalationBot.Host.Channels.BotFramework.Connector;
using DeEscalationBot.Host.Channels.BotFramework.References;
using DeEscalationBot.Host.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;

namespace DeEscalationBot.Host.Tests.Channels.BotFramework;

/// <summary>The real host with a connector on this machine; with an authority of channels, or in local mode without an app id.</summary>
internal sealed class BotHost : IAsyncDisposable
{
    private const string Tenant = "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee";

    private readonly TemporaryDirectory _data;
    private readonly Func<Task<RunningHost>> _start;
    private int _agents;

    private BotHost(TemporaryDirectory data, RunningHost host, Func<Task<RunningHost>> start, ConnectorServer connector, ChannelAuthority? authority)
    {
        _data = data;
        _start = start;
        Host = host;
        Connector = connector;
        Authority = authority;
    }

    public RunningHost Host { get; private set; }

    /// <summary>Where its record is.</summary>
    public string DataDirectory => _data.Path;

    public ConnectorServer Connector { get; }

    public ChannelAuthority? Authority { get; }

    /// <summary>The channel that activities come from: Teams, which shows cards. One that does not is answered in words.</summary>
    public string ChannelId { get; set; } = "msteams";

    /// <summary>The personal conversation of the present agent.</summary>
    public string Conversation { get; private set; } = "a:personal";

    /// <summary>The present agent's id in the directory.</summary>
    public string DirectoryId { get; private set; } = "0a0a0a0a-0000-4000-8000-000000000000";

    /// <summary>What was said to the present agent, in order.</summary>
    public IReadOnlyList<JsonNode> Messages => Connector.MessagesIn(Conversation);

    /// <summary>The id that the channel gave the last message to the present agent.</summary>
    public string SentId => Connector.CallsIn(Conversation).Last(c => c.Id is not null).Id!;

    private string UserId => "29:" + DirectoryId;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Another agent comes, who was never seen here: tests that share a host begin with it.</summary>
    public BotHost Begin()
    {
        _agents++;
        Conversation = $"a:agent-{_agents}";
        DirectoryId = $"0a0a0a0a-0000-4000-8000-{_agents:D12}";
        ChannelId = "msteams";
        return this;
    }

    /// <summary>Waits for the n-th message to the present agent, from 1, and gives what it says.</summary>
    public Task<string> SaidAsync(int count) => SaidAsync(count, Conversation);

    /// <summary>Waits for the n-th message to a conversation, from 1, and gives what it says.</summary>
    public async Task<string> SaidAsync(int count, string conversation)
    {
        await Eventually.HoldsAsync(() => Connector.MessagesIn(conversation).Count >= count, $"message {count} in {conversation}");
        return ConnectorServer.WordsOf(Connector.MessagesIn(conversation)[count - 1]);
    }

    /// <summary>The present agent's running case.</summary>
    public async Task<ConversationId> CaseAsync() => (await Host.Services.GetRequiredService<AgentMemory>().ReadAsync(
        new Activity { ChannelId = ChannelId, Conversation = new ConversationAccount(Conversation, TenantId: Tenant), From = new ChannelAccount(UserId) }, Token)).CaseId;

    public static Task<BotHost> StartAsync(bool withAppId = false, params string[] settings) => StartAsync(null, withAppId, settings);

    public static async Task<BotHost> StartAsync(TimeProvider? clock, bool withAppId = false, params string[] settings)
    {
        var data = new TemporaryDirectory();
        var connector = await ConnectorServer.StartAsync();
        var authority = withAppId ? await ChannelAuthority.StartAsync() : null;
        Task<RunningHost> StartHostAsync() => RunningHost.StartAsync(
            [$"--Storage:DataDirectory={data.Path}", .. authority?.SettingsWith(connector.ServiceUrl) ?? [], .. settings],
            clock,
            services => services.AddSingleton<IConnectorTokens>(new FixedTokens(withAppId ? "bot-token" : null)));
        return new BotHost(data, await StartHostAsync(), StartHostAsync, connector, authority);
    }

    /// <summary>Stops the host, and starts it anew on the same record.</summary>
    public async Task RestartAsync()
    {
        await Host.DisposeAsync();
        Host = await _start();
    }

    /// <summary>Presses a button of a card, as Teams sends it, and gives what comes back.</summary>
    /// <param name="verb">The button's verb.</param>
    /// <param name="data">What it brings along, with what was typed.</param>
    public async Task<JsonNode> PressAsync(string verb, JsonObject data)
    {
        var (status, body) = await PostAsync(Invoke(
            "adaptiveCard/action", new JsonObject { ["action"] = new JsonObject { ["type"] = "Action.Execute", ["verb"] = verb, ["data"] = data.DeepClone() }, ["trigger"] = "manual" }));
        Assert.Equal((HttpStatusCode.OK, 200), (status, (int)body!["statusCode"]!));
        return body["value"]!;
    }

    /// <summary>What the first button of a card with a verb brings along.</summary>
    public static JsonObject DataOf(JsonNode card, string verb) =>
        Objects(card).First(o => (string?)o["type"] == "Action.Execute" && (string?)o["verb"] == verb)["data"]!.DeepClone().AsObject();

    private static IEnumerable<JsonObject> Objects(JsonNode? node) => node switch
    {
        JsonObject o => [o, .. o.SelectMany(p => Objects(p.Value))],
        JsonArray a => a.SelectMany(Objects),
        _ => [],
    };

    /// <summary>An activity that Teams could send.</summary>
    public JsonObject NewActivity(string type, string? text = null, string? id = null, string? conversation = null, string locale = "es-ES") => new()
    {
        ["type"] = type,
        ["id"] = id ?? Guid.NewGuid().ToString("N"),
        ["timestamp"] = "2026-03-01T14:30:00.123Z",
        ["serviceUrl"] = Connector.ServiceUrl,
        ["channelId"] = ChannelId,
        ["from"] = new JsonObject { ["id"] = UserId, ["name"] = "Ana", ["aadObjectId"] = DirectoryId },
        ["conversation"] = new JsonObject { ["id"] = conversation ?? Conversation, ["conversationType"] = "personal", ["tenantId"] = Tenant },
        ["recipient"] = new JsonObject { ["id"] = "28:coach", ["name"] = "Coach" },
        ["locale"] = locale,
        ["text"] = text,
    };

    /// <summary>An invoke.</summary>
    public JsonObject Invoke(string name, JsonNode? value, string? conversation = null)
    {
        var activity = NewActivity("invoke", conversation: conversation);
        activity["name"] = name;
        activity["value"] = value;
        return activity;
    }

    /// <summary>Posts to <c>/api/messages</c>.</summary>
    public Task<(HttpStatusCode Status, JsonNode? Body)> PostAsync(JsonNode activity, string? authorization = null) => PostAsync(activity.ToJsonString(), authorization);

    public async Task<(HttpStatusCode Status, JsonNode? Body)> PostAsync(string body, string? authorization = null, string contentType = "application/json")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/api/messages", UriKind.Relative)) { Content = new StringContent(body, Encoding.UTF8) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        using var response = await Host.Client.SendAsync(request, Token);
        var text = await response.Content.ReadAsStringAsync(Token);
        return (response.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text));
    }

    /// <summary>Sends a message of the agent, and gives the bot's next answer.</summary>
    public async Task<string> AskAsync(string text, string locale = "es-ES")
    {
        var before = Messages.Count;
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(NewActivity("message", text, locale: locale))).Status);
        return await SaidAsync(before + 1);
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Connector.DisposeAsync();
        if (Authority is not null)
        {
            await Authority.DisposeAsync();
        }

        _data.Dispose();
    }

    private sealed class FixedTokens(string? token) : IConnectorTokens
    {
        public ValueTask<string?> GetAsync(CancellationToken cancellationToken) => ValueTask.FromResult(token);
    }
}

/// <summary>One bot for all tests of a class, in local mode.</summary>
public sealed class LocalBotFixture : IAsyncLifetime
{
    internal BotHost Bot { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Bot = await BotHost.StartAsync();

    public ValueTask DisposeAsync() => Bot.DisposeAsync();
}

/// <summary>One bot for all tests of a class, with an app id.</summary>
public sealed class RegisteredBotFixture : IAsyncLifetime
{
    internal BotHost Bot { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Bot = await BotHost.StartAsync(withAppId: true);

    public ValueTask DisposeAsync() => Bot.DisposeAsync();
}

/// <summary>What tests take from the host's registrations.</summary>
internal static class BotParts
{
    public static ConversationReferences GetRequiredReferences(this IServiceProvider services) =>
        services.GetRequiredService<ConversationReferences>();
}
