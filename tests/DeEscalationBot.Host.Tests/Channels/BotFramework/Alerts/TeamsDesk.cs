using System.Net;
using System.Text.Json.Nodes;
using DeEscalationBot.Host.Tests.Fixtures;
using Microsoft.AspNetCore.Http;

namespace DeEscalationBot.Host.Tests.Channels.BotFramework.Alerts;

/// <summary>A host whose bot is installed in a team of Teams, with a connector that opens threads as Teams does.</summary>
internal sealed class TeamsDesk : IAsyncDisposable
{
    public const string Channel = "19:alerts@thread.tacv2";
    public const string Insult = "Eres un inútil, no sirves para nada. Mi correo es ana@example.com.";

    private const string Team = "19:team@thread.tacv2";
    private const string Tenant = "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee";

    private TeamsDesk(BotHost bot) => Bot = bot;

    public BotHost Bot { get; }

    public RunningHost Host => Bot.Host;

    /// <summary>What the connector does instead of taking a call, when it gives something.</summary>
    public Func<HttpContext, (int Status, string Body)?> Fails { get; set; } = _ => null;

    public static string[] InChannel => ["--TeamsAlerts:Enabled=true", "--TeamsAlerts:Places:0:Channel=" + Channel, "--TeamsAlerts:Places:0:Language=es"];

    public static async Task<TeamsDesk> StartAsync(TimeProvider? clock, params string[] settings)
    {
        var desk = new TeamsDesk(await BotHost.StartAsync(clock, false, settings));
        desk.Bot.Connector.Behave = (n, context) => desk.Fails(context)
            ?? (context.Request.Method == "POST" && context.Request.Path.Value!.EndsWith("/v3/conversations", StringComparison.Ordinal)
                ? (201, $$"""{"id":"{{Channel}};messageid={{1000 + n}}","activityId":"{{1000 + n}}"}""")
                : null);
        return desk;
    }

    /// <summary>An activity from the team's channel, or one of its threads.</summary>
    public static JsonObject InTeam(JsonObject activity, string conversation = Channel + ";messageid=1")
    {
        activity["conversation"] = new JsonObject { ["id"] = conversation, ["conversationType"] = "channel", ["isGroup"] = true, ["tenantId"] = Tenant };
        activity["channelData"] = new JsonObject { ["team"] = new JsonObject { ["id"] = Team }, ["channel"] = new JsonObject { ["id"] = Channel }, ["tenant"] = new JsonObject { ["id"] = Tenant } };
        return activity;
    }

    /// <summary>The app is installed in the team, which Teams tells of in its general channel; the greeting has been said.</summary>
    public async Task InstallAsync()
    {
        var before = Bot.Connector.CallsIn(Team).Count;
        var installed = InTeam(Bot.NewActivity("installationUpdate"), Team);
        installed["action"] = "add";
        Assert.Equal(HttpStatusCode.OK, (await Bot.PostAsync(installed)).Status);
        await Eventually.HoldsAsync(() => Bot.Connector.CallsIn(Team).Count > before, "the greeting");
    }

    /// <summary>A customer's message that calls somebody; gives the alert's id.</summary>
    public async Task<string> AlertAsync(string conversation, string text = Insult)
    {
        await Host.SayAsync(conversation, "m1", "customer", text);
        return (string)(await NowAsync(conversation))["id"]!;
    }

    /// <summary>The conversation's alert.</summary>
    public async Task<JsonNode> NowAsync(string conversation) => (await Host.GetAsync("/api/v1/conversations/" + conversation)).Body!["alerts"]![0]!;

    /// <summary>Waits for the state of the conversation's alert.</summary>
    public Task<JsonNode> IsAsync(string conversation, string state) => Eventually.GetsAsync(() => NowAsync(conversation), a => (string?)a["state"] == state, $"{conversation} is {state}");

    /// <summary>The cards that were sent about a conversation: threads in a channel, and messages.</summary>
    public IReadOnlyList<ConnectorCall> Cards(string conversation) => [.. Calls("POST", conversation).Where(c => c.Body!.ToJsonString().Contains("AdaptiveCard", StringComparison.Ordinal))];

    /// <summary>The changes of cards about a conversation.</summary>
    public IReadOnlyList<ConnectorCall> Changes(string conversation) => Calls("PUT", conversation);

    /// <summary>Waits for the n-th card about a conversation, from 1; gives the activity.</summary>
    public async Task<JsonNode> CardAsync(string conversation, int count = 1)
    {
        await Eventually.HoldsAsync(() => Cards(conversation).Count >= count, $"card {count} of {conversation}");
        return Activity(Cards(conversation)[count - 1]);
    }

    /// <summary>Waits until a changed card of a conversation says something; gives what it says.</summary>
    public async Task<string> ShowsAsync(string conversation, string words)
    {
        await Eventually.HoldsAsync(() => Changes(conversation).Any(c => Says(c).Contains(words, StringComparison.Ordinal)), $"a card that says '{words}'; the last says: {Changes(conversation).Select(Says).LastOrDefault()}");
        return Says(Changes(conversation).Last(c => Says(c).Contains(words, StringComparison.Ordinal)));
    }

    public static string Says(ConnectorCall call) => ConnectorServer.WordsOf(Activity(call));

    public static JsonNode Activity(ConnectorCall call) => call.Body!["activity"] ?? call.Body!;

    /// <summary>The thread that a card about a conversation began.</summary>
    public string ThreadOf(string conversation)
    {
        var change = Changes(conversation) is [var first, ..] ? first.Path : null;
        return change is null ? Channel + ";messageid=?" : Uri.UnescapeDataString(change.Split("/conversations/")[1].Split('/')[0]);
    }

    /// <summary>Somebody presses a button of a card in the channel.</summary>
    public async Task<JsonNode> PressAsync(string verb, string alert, JsonObject? data = null, string? locale = null, bool isAutomatic = false, string conversation = Channel + ";messageid=1000")
    {
        var fields = data ?? [];
        fields["alert"] = alert;
        var invoke = InTeam(
            Bot.Invoke("adaptiveCard/action", new JsonObject { ["action"] = new JsonObject { ["type"] = "Action.Execute", ["verb"] = verb, ["data"] = fields }, ["trigger"] = isAutomatic ? "automatic" : "manual" }), conversation);
        invoke["locale"] = locale ?? "es-ES";
        invoke["from"]!["name"] = Name;
        var (status, body) = await Bot.PostAsync(invoke);
        Assert.Equal(HttpStatusCode.OK, status);
        return body!;
    }

    /// <summary>What the present person is called in Teams.</summary>
    public string Name { get; set; } = "Ana";

    /// <summary>Deliveries in a state about a conversation.</summary>
    public async Task<JsonNode[]> DeliveriesAsync(string state, string conversation) =>
        [.. (await Host.GetAsync("/api/v1/deliveries?limit=500&state=" + state)).Body!["deliveries"]!.AsArray().Where(d => (string?)d!["conversationId"] == conversation).Select(d => d!)];

    public ValueTask DisposeAsync() => Bot.DisposeAsync();

    private ConnectorCall[] Calls(string method, string conversation) =>
        [.. Bot.Connector.Calls.Where(c => c.Method == method && c.Status < 300 && c.Body is not null && Says(c).Contains($"\u2068{conversation}\u2069", StringComparison.Ordinal))];
}
