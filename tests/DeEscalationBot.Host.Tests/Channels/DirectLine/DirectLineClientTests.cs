using System.Text.Json.Nodes;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Host.Tests.Fixtures;

namespace DeEscalationBot.Host.Tests.Channels.DirectLine;

/// <summary>Microsoft's own client, the npm package botframework-directlinejs (tests/directline), chats with the real host.</summary>
public class DirectLineClientTests(HostFixture fixture) : IClassFixture<HostFixture>
{
    [Theory]
    [InlineData("websocket", 2)]
    [InlineData("polling", 0)]
    public async Task RealClient_ChatsAndComesBackAfterABreak(string mode, int sockets)
    {
        using var package = await NodePackage.InstallAsync("directline");
        var output = await package.RunAsync("chat.js", [fixture.Host.Client.BaseAddress!.ToString().TrimEnd('/'), mode]);
        var told = JsonNode.Parse(output[^1])!;
        var id = (string)told["conversation"]!;

        // In order, each once, numbered by their places; who writes is who the token says, whatever the client says.
        Assert.Equal(
            [
                $"{id}|0000000 dl_ana user: Llevo tres semanas esperando y nadie me responde (c1)",
                $"{id}|0000001 agent bot: Lo miro ahora mismo ()",
                $"{id}|0000002 agent bot: Ya lo he encontrado ()",
                $"{id}|0000003 dl_ana user: Por fin, gracias (c2)",
            ],
            told["seen"]!.AsArray().Select(a => $"{a!["id"]} {a["from"]} {a["role"]}: {a["text"]} ({a["client"]})"));
        Assert.Equal(($"{id}|0000000", $"{id}|0000003"), ((string)told["firstId"]!, (string)told["secondId"]!));
        Assert.Equal("4", (string)told["watermark"]!);
        Assert.Equal("dl_ana", (string)told["user"]!);
        Assert.Equal(sockets, (int)told["sockets"]!);
        Assert.True((bool)told["online"]!);
        Assert.NotEmpty((string)told["session"]!);

        // It went the way of every message: scored, and coached on.
        var conversation = await fixture.Host.Desk.ReadAsync(ConversationId.Create(id), TestContext.Current.CancellationToken);
        Assert.Equal(4, conversation!.Turns.Count);
        Assert.NotNull(conversation.Turns[0].Score);
        Assert.Equal("dl_ana", conversation.CustomerId);
        Assert.NotEmpty(conversation.Suggestions);
    }
}
