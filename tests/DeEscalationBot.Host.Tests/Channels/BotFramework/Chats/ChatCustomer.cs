using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Host.Channels.BotFramework.Chats;
using DeEscalationBot.Host.Tests.Fixtures;

namespace DeEscalationBot.Host.Tests.Channels.BotFramework.Chats;

/// <summary>A customer in Web Chat, by Direct Line as its client speaks it.</summary>
internal sealed class ChatCustomer
{
    private readonly Func<RunningHost> _host;
    private readonly string _token;

    private ChatCustomer(Func<RunningHost> host, ConversationId id, string token)
    {
        _host = host;
        Id = id;
        _token = token;
    }

    public ConversationId Id { get; }

    /// <summary>What agents call the chat by.</summary>
    public string Code => ChatCode.Of(Id);

    /// <summary>Opens a chat, and writes in it.</summary>
    /// <param name="bot">The host; asked for anew each time, for it may be another after a restart.</param>
    public static async Task<ChatCustomer> StartAsync(BotHost bot, string text)
    {
        var opened = await SendAsync(bot.Host, HttpMethod.Post, "tokens/generate", null, null);
        var customer = new ChatCustomer(() => bot.Host, ConversationId.Create((string)opened["conversationId"]!), (string)opened["token"]!);
        await customer.SayAsync(text);
        return customer;
    }

    public Task SayAsync(string text) => PostAsync(new JsonObject { ["type"] = "message", ["text"] = text, ["from"] = new JsonObject { ["id"] = "visitor" } });

    public Task LeaveAsync() => PostAsync(new JsonObject { ["type"] = "endOfConversation", ["from"] = new JsonObject { ["id"] = "visitor" } });

    /// <summary>What the agents wrote, as the customer's client shows it.</summary>
    public async Task<string[]> AnswersAsync() =>
        [.. (await SendAsync(_host(), HttpMethod.Get, $"conversations/{Id.Value}/activities", _token, null))["activities"]!.AsArray().Where(a => (string?)a!["from"]!["role"] == "bot").Select(a => (string)a!["text"]!)];

    private Task<JsonNode> PostAsync(JsonObject activity) => SendAsync(_host(), HttpMethod.Post, $"conversations/{Id.Value}/activities", _token, activity);

    private static async Task<JsonNode> SendAsync(RunningHost host, HttpMethod method, string path, string? token, JsonObject? body)
    {
        using var request = new HttpRequestMessage(method, new Uri("/v3/directline/" + path, UriKind.Relative));
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        request.Content = body is null ? null : new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        using var response = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
    }
}
