using System.Net;
using System.Text.Json.Nodes;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Escalation;
using DeEscalationBot.Host.Channels.BotFramework.Chats;
using DeEscalationBot.Host.Conversations;
using DeEscalationBot.Host.Conversations.Storage;
using DeEscalationBot.Host.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;

namespace DeEscalationBot.Host.Tests.Channels.BotFramework.Chats;

/// <summary>A customer in Web Chat and an agent in Teams: the real host, a connector on this machine, Direct Line as its clients speak it.</summary>
public class ChatJourneyTests(LocalBotFixture fixture) : IClassFixture<LocalBotFixture>
{
    private const string Angry = "Es la TERCERA vez que escribo por el reembolso del pedido 88213 y nadie me responde. ¡Esto es una vergüenza!";
    private const string Upset = "This is the THIRD time I write about the refund of order 88213 and nobody answers me. This is a disgrace!";
    private const string Good = "Gracias por decírmelo. Reviso el reembolso del pedido 88213 y le escribo hoy antes de las 15:00.";
    private const string Kind = "Thank you for telling me. I am checking the refund of order 88213 and will write to you today before 3 pm.";
    private const string Heating = "Entiendo su problema, pero usted debería haber leído las condiciones.";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("es-ES", Angry, Good, "chats en espera", "atender chat", "Su respuesta", "le dice", "se ocupa", "soltar chat", "ya no es suyo")]
    [InlineData("en-GB", Upset, Kind, "waiting chats", "take chat", "Your answer", "tells you", "is looking after it", "release chat", "no longer yours")]
    public async Task Chat_TakenInTeams_GoesOnThere(string locale, string said, string answer, string list, string take, string box, string whispers, string comes, string release, string released)
    {
        await using var bot = await BotHost.StartAsync(); // Of its own, for a list that others write into shows the longest waiting.
        bot.Begin();
        var customer = await ChatCustomer.StartAsync(bot, said);

        // The list says who waits, and not a word of theirs: the chat is nobody's yet.
        var waiting = await bot.AskAsync(list, locale);
        Assert.Contains(customer.Code, waiting, StringComparison.Ordinal);
        Assert.DoesNotContain("88213", bot.Messages[^1].ToJsonString(), StringComparison.Ordinal);

        var taken = await bot.AskAsync($"{take} {customer.Code.ToLowerInvariant()}", locale);
        var card = bot.Messages[^1];
        Assert.Contains("88213", taken, StringComparison.Ordinal);
        Assert.Contains(box, Labels(card), StringComparison.Ordinal);
        Assert.DoesNotContain("88213", (string)card["summary"]!, StringComparison.Ordinal); // It may appear on a locked telephone.
        Assert.Equal(bot.DirectoryId, await OwnerAsync(bot, customer.Id));

        // The answer is sent, reviewed and recorded, and the customer reads it; a second click of the same sends nothing.
        var data = BotHost.DataOf(card, "chat.send");
        data["draft"] = answer;
        var sent = await bot.PressAsync("chat.send", data);
        var again = await bot.PressAsync("chat.send", data);
        Assert.Contains(answer, WordsOf(sent), StringComparison.Ordinal);
        Assert.DoesNotContain("Input.Text", sent.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(sent.ToJsonString(), again.ToJsonString());
        Assert.Equal([answer], await customer.AnswersAsync());
        var turn = (await bot.Host.Desk.ReadAsync(customer.Id, Token))!.Turns[^1];
        Assert.Equal((SpeakerRole.Agent, bot.DirectoryId), (turn.Speaker, turn.AuthorId));

        // What the customer writes now comes by itself, with its box; so do the supervisor's words, and who is coming.
        var before = bot.Messages.Count;
        await customer.SayAsync(said.Replace("88213", "88214", StringComparison.Ordinal));
        Assert.Contains("88214", await CardAsync(bot, before, "88214"), StringComparison.Ordinal);
        await bot.Host.Desk.RequestHandoverAsync(customer.Id, bot.DirectoryId, Token);
        var alert = (await bot.Host.Desk.ReadAsync(customer.Id, Token))!.Alerts.Last(a => a.IsOpen && a.Urgency >= AlertUrgency.Supervisor);
        await bot.Host.Desk.MoveAsync(alert.Id, new AlertMove(AlertMoveKind.Acknowledge, "Marta"), Token);
        await bot.Host.Desk.MoveAsync(alert.Id, new AlertMove(AlertMoveKind.Whisper, "Marta", "Ofrezca el reembolso."), Token);
        await HearsAsync(bot, "Marta", comes);
        Assert.Contains("Ofrezca el reembolso.", await HearsAsync(bot, "Marta", whispers), StringComparison.Ordinal);

        // Whoever gives it back is shown nothing more, and the next can take it.
        Assert.Contains(released, await AskForAsync(bot, release, locale, released), StringComparison.Ordinal);
        Assert.Null(await OwnerAsync(bot, customer.Id));
        Assert.Null(await bot.Host.Services.GetRequiredService<HeldChats>().FindAsync(customer.Id, Token));
    }

    [Fact]
    public async Task Chat_WithWordsThatHeat_IsHeldBackOnce()
    {
        var bot = fixture.Bot.Begin();
        var (customer, card) = await TakenAsync(bot);
        var data = BotHost.DataOf(card, "chat.send");
        data["draft"] = Heating;

        var held = await bot.PressAsync("chat.send", data);

        Assert.Empty(await customer.AnswersAsync());
        Assert.Contains("Aún no se ha enviado", WordsOf(held), StringComparison.Ordinal);
        Assert.Contains(Heating, Inputs(held), StringComparison.Ordinal); // What was typed is still there.

        // Other words are reviewed anew; the same ones go.
        var changed = BotHost.DataOf(held, "chat.send");
        changed["draft"] = Heating + " Debe calmarse.";
        await bot.PressAsync("chat.send", changed);
        Assert.Empty(await customer.AnswersAsync());
        var same = BotHost.DataOf(held, "chat.send");
        same["draft"] = Heating;
        await bot.PressAsync("chat.send", same);
        Assert.Equal([Heating], await customer.AnswersAsync());
        Assert.NotEmpty((await bot.Host.Desk.ReadAsync(customer.Id, Token))!.SetAside);
    }

    [Fact]
    public async Task Review_ShowsWhatHeats_AndSendsNothing()
    {
        var bot = fixture.Bot.Begin();
        var (customer, card) = await TakenAsync(bot);
        var data = BotHost.DataOf(card, "chat.review");
        data["draft"] = Heating;

        var reviewed = await bot.PressAsync("chat.review", data);
        data["draft"] = "";
        var missing = await bot.PressAsync("chat.review", data);

        Assert.Contains("pero", WordsOf(reviewed), StringComparison.Ordinal);
        Assert.Equal("Escriba primero su respuesta.", (string?)missing);
        Assert.Empty(await customer.AnswersAsync());
    }

    [Fact]
    public async Task Buttons_SentAsMessages_SendOnceAndChangeTheCard()
    {
        var bot = fixture.Bot.Begin();
        var (customer, card) = await TakenAsync(bot);
        var pressed = BotHost.DataOf(card, "chat.send");
        (pressed["verb"], pressed["draft"]) = ("chat.send", Good);
        var shown = bot.SentId;
        for (var i = 0; i < 2; i++)
        {
            var submit = bot.NewActivity("message");
            submit["value"] = pressed.DeepClone();
            submit["replyToId"] = shown;
            await bot.PostAsync(submit);
        }

        await Eventually.HoldsAsync(() => bot.Connector.CallsIn(bot.Conversation).Count(c => c.Method == "PUT") >= 2, "the card changed by both");
        Assert.Equal([Good], await customer.AnswersAsync());
        Assert.All(bot.Connector.CallsIn(bot.Conversation).Where(c => c.Method == "PUT"), c => Assert.EndsWith("/" + shown, c.Path, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Take_ByTwoAgentsAtOnce_GivesItToOne()
    {
        var bot = fixture.Bot.Begin();
        var customer = await ChatCustomer.StartAsync(bot, Angry);
        await bot.AskAsync("ayuda");
        var (first, firstId) = (Press(), bot.DirectoryId);
        bot.Begin();
        await bot.AskAsync("ayuda");
        var (second, secondId) = (Press(), bot.DirectoryId);

        var answers = await Task.WhenAll(bot.PostAsync(first), bot.PostAsync(second));

        var owner = await OwnerAsync(bot, customer.Id);
        Assert.Contains(owner, new[] { firstId, secondId });
        Assert.Single(answers, a => WordsOf(a.Body!["value"]!).Contains("88213", StringComparison.Ordinal));
        Assert.Single(answers, a => ((string?)(a.Body!["value"] as JsonValue))?.StartsWith("Otra persona atiende el chat " + customer.Code, StringComparison.Ordinal) == true);
        Assert.Equal(owner, (await bot.Host.Services.GetRequiredService<HeldChats>().FindAsync(customer.Id, Token))!.Agent);

        JsonObject Press() => bot.Invoke("adaptiveCard/action", new JsonObject
        {
            ["action"] = new JsonObject { ["type"] = "Action.Execute", ["verb"] = "chat.take", ["data"] = new JsonObject { ["conversation"] = customer.Id.Value } },
        });
    }

    [Fact]
    public async Task Chat_OfSomebodyElse_IsRefused()
    {
        var bot = fixture.Bot.Begin();
        var (customer, card) = await TakenAsync(bot);
        var data = BotHost.DataOf(card, "chat.send");
        data["draft"] = Good;
        bot.Begin();

        Assert.Contains("No hay ningún chat", await bot.AskAsync("atender chat " + customer.Code), StringComparison.Ordinal);
        foreach (var verb in new[] { "chat.take", "chat.send", "chat.review", "chat.more", "chat.another", "chat.help", "chat.release" })
        {
            var answer = await bot.PressAsync(verb, data);
            Assert.Contains(verb == "chat.take" ? "Otra persona atiende" : "no es suyo", (string)answer!, StringComparison.Ordinal);
        }

        // A conversation of another kind is none of these chats, whoever names it.
        data["conversation"] = "somebody-elses";
        await bot.Host.SayAsync("somebody-elses", "m1", "customer", "Quiero mi dinero del pedido 4711.");
        Assert.Equal("Ese chat ya no existe.", (string?)await bot.PressAsync("chat.take", data));
        Assert.Empty(await customer.AnswersAsync());
        Assert.Null((await bot.Host.Desk.ReadAsync(customer.Id, Token))!.HandoverRequestedAt);
    }

    [Fact]
    public async Task Chat_OwnedByTheDesksAgent_CannotBeTakenAndIsNotListed()
    {
        var bot = fixture.Bot.Begin();
        var customer = await ChatCustomer.StartAsync(bot, Angry);
        await bot.Host.Desk.ReceiveAsync(customer.Id, new InboundMessage(MessageId.Create("s1"), SpeakerRole.Agent, Good, TimeProvider.System.GetUtcNow(), AgentId: "lucia"), Token);
        await customer.SayAsync("¿Y bien?");

        Assert.DoesNotContain(customer.Code, await bot.AskAsync("chats en espera"), StringComparison.Ordinal);
        Assert.Contains("Otra persona", (string)(await bot.PressAsync("chat.take", new JsonObject { ["conversation"] = customer.Id.Value }))!, StringComparison.Ordinal);
        Assert.Equal("lucia", await OwnerAsync(bot, customer.Id));
    }

    [Fact]
    public async Task Chat_InAChannel_IsNeverShown()
    {
        const string Team = "19:chats@thread.tacv2";
        var bot = fixture.Bot.Begin();
        var customer = await ChatCustomer.StartAsync(bot, Angry);
        await bot.AskAsync("ayuda");
        foreach (var words in new[] { "chats en espera", "atender chat " + customer.Code, "soltar chat" })
        {
            var activity = bot.NewActivity("message", words, conversation: Team);
            (activity["conversation"]!["conversationType"], activity["conversation"]!["isGroup"]) = ("channel", true);
            await bot.PostAsync(activity);
        }

        var pressed = bot.Invoke("adaptiveCard/action", new JsonObject
        {
            ["action"] = new JsonObject { ["type"] = "Action.Execute", ["verb"] = "chat.take", ["data"] = new JsonObject { ["conversation"] = customer.Id.Value } },
        }, Team);
        (pressed["conversation"]!["conversationType"], pressed["conversation"]!["isGroup"]) = ("channel", true);
        var (_, answer) = await bot.PostAsync(pressed);

        await bot.SaidAsync(3, Team);
        Assert.All(bot.Connector.MessagesIn(Team), m => Assert.Contains("en su propio chat conmigo", (string)m["text"]!, StringComparison.Ordinal));
        Assert.Contains("en su propio chat conmigo", (string)answer!["value"]!, StringComparison.Ordinal);
        Assert.Null(await OwnerAsync(bot, customer.Id));
    }

    [Fact]
    public async Task BareWords_WhileAChatIsHeld_AreWrittenInItsBox()
    {
        var bot = fixture.Bot.Begin();
        var (customer, _) = await TakenAsync(bot);

        await bot.AskAsync(Good);

        Assert.Contains("88213", Inputs(bot.Messages[^1]), StringComparison.Ordinal);
        Assert.Empty(await customer.AnswersAsync());
        Assert.Null(await bot.Host.Desk.ReadAsync(await bot.CaseAsync(), Token)); // No case of its own began.

        // With two, nobody guesses which one is meant; and a customer's words are still coached on.
        var (other, _) = await TakenAsync(bot);
        var which = await bot.AskAsync(Good);
        Assert.Contains(customer.Code, which, StringComparison.Ordinal);
        Assert.Contains(other.Code, which, StringComparison.Ordinal);
        Assert.Contains(customer.Code, await bot.AskAsync("soltar chat"), StringComparison.Ordinal);
        Assert.Contains("88213", await bot.AskAsync("cliente: " + Angry), StringComparison.Ordinal);
        Assert.NotNull(await bot.Host.Desk.ReadAsync(await bot.CaseAsync(), Token));
    }

    [Fact]
    public async Task Customer_WhoLeaves_IsToldOf_AndReadsTheAnswerLater()
    {
        var bot = fixture.Bot.Begin();
        var (customer, card) = await TakenAsync(bot);

        await customer.LeaveAsync();
        await customer.LeaveAsync();
        await HearsAsync(bot, customer.Code, "se ha ido");
        var data = BotHost.DataOf(card, "chat.send");
        data["draft"] = Good;
        var sent = await bot.PressAsync("chat.send", data);

        Assert.Contains("se ha ido", WordsOf(sent), StringComparison.Ordinal);
        Assert.Equal([Good], await customer.AnswersAsync());

        // Who comes back is heard again.
        var before = bot.Messages.Count;
        await customer.SayAsync("Ya estoy aquí. El pedido 99117 tampoco ha llegado y nadie me dice nada.");
        Assert.DoesNotContain("se ha ido", await CardAsync(bot, before, "99117"), StringComparison.Ordinal);
        Assert.Single(bot.Messages, m => ((string?)m["text"])?.Contains("se ha ido", StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task Answer_FromTheSidebar_IsShownInTeams_AndAnotherAgentTakesTheChatAway()
    {
        var bot = fixture.Bot.Begin();
        var (customer, _) = await TakenAsync(bot);

        await bot.Host.Desk.ReceiveAsync(customer.Id, new InboundMessage(MessageId.Create("sidebar-1"), SpeakerRole.Agent, Good, TimeProvider.System.GetUtcNow(), AgentId: bot.DirectoryId), Token);
        Assert.Contains(Good, await HearsAsync(bot, customer.Code, "en otro lugar"), StringComparison.Ordinal);

        // The desk gives it to somebody else.
        await bot.Host.Desk.ReceiveAsync(customer.Id, new InboundMessage(MessageId.Create("sidebar-2"), SpeakerRole.Agent, "Sigo yo.", TimeProvider.System.GetUtcNow(), AgentId: "lucia"), Token);
        var told = await HearsAsync(bot, customer.Code, "otra persona");
        Assert.DoesNotContain("Sigo yo.", told, StringComparison.Ordinal);
        await customer.SayAsync("¿Y el pedido 77001?");
        Assert.Null(await bot.Host.Services.GetRequiredService<HeldChats>().FindAsync(customer.Id, Token));
    }

    [Fact]
    public async Task Chat_AfterARestart_GoesOn()
    {
        await using var bot = await BotHost.StartAsync();
        bot.Begin();
        var (customer, card) = await TakenAsync(bot);

        await bot.RestartAsync();
        var before = bot.Messages.Count;
        await customer.SayAsync("¿Alguien me dice algo del pedido 99118? Llevo tres semanas esperando.");
        await CardAsync(bot, before, "99118");
        var data = BotHost.DataOf(card, "chat.send");
        data["draft"] = Good;
        await bot.PressAsync("chat.send", data);

        Assert.Equal([Good], await customer.AnswersAsync());
        Assert.Single(bot.Messages.Skip(before), m => m.ToJsonString().Contains("99118", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Connector_Away_TheChatGoesOnInTheSidebar_AndTheAgentIsToldWhenItIsBack()
    {
        await using var bot = await BotHost.StartAsync();
        bot.Begin();
        var (customer, _) = await TakenAsync(bot);
        var held = bot.Host.Services.GetRequiredService<HeldChats>();
        bot.Connector.Behave = (_, _) => (503, "{}");

        await customer.SayAsync("El pedido 99119 tampoco ha llegado.");
        await Eventually.GetsAsync(() => held.FindAsync(customer.Id, Token), c => c!.AwaySince is not null, "that Teams is away is noted");
        await bot.Host.Desk.ReceiveAsync(customer.Id, new InboundMessage(MessageId.Create("sidebar-1"), SpeakerRole.Agent, Good, TimeProvider.System.GetUtcNow(), AgentId: bot.DirectoryId), Token);
        Assert.Equal([Good], await customer.AnswersAsync());

        bot.Connector.Behave = (_, _) => null;
        var before = bot.Messages.Count;
        await customer.SayAsync("Y el pedido 99120 llegó roto, llevo semanas así.");
        await CardAsync(bot, before, "99120");

        // First that it is back, then what happened, in order; what was answered meanwhile needs no coaching.
        var said = bot.Messages.Skip(before).Select(ConnectorServer.WordsOf).ToArray();
        Assert.StartsWith("Teams no ha admitido nada", said[0], StringComparison.Ordinal);
        Assert.Contains(Good, said[1], StringComparison.Ordinal);
        Assert.Contains("99120", said[2], StringComparison.Ordinal);
        Assert.Equal(3, said.Length);
        Assert.Null((await held.FindAsync(customer.Id, Token))!.AwaySince);
    }

    [Fact]
    public async Task Bot_RemovedByTheAgent_LeavesTheirChatsToOthers()
    {
        var bot = fixture.Bot.Begin();
        var (customer, _) = await TakenAsync(bot);
        var removed = bot.NewActivity("installationUpdate");
        removed["action"] = "remove";

        await bot.PostAsync(removed);

        await Eventually.GetsAsync(() => OwnerAsync(bot, customer.Id), o => o is null, "the chat is free");
        bot.Begin();
        Assert.Contains("88213", await bot.AskAsync("atender chat " + customer.Code), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Agents_OfTheSettings_AndNobodyElse_MayTakeChats()
    {
        await using var bot = await BotHost.StartAsync(false, "--BotFramework:ChatAgents:0=0A0A0A0A-0000-4000-8000-000000000001");
        var customer = await ChatCustomer.StartAsync(bot, Angry);
        bot.Begin();
        Assert.Contains(customer.Code, await bot.AskAsync("chats en espera"), StringComparison.Ordinal);
        bot.Begin();

        Assert.Contains("No está autorizado", await bot.AskAsync("chats en espera"), StringComparison.Ordinal);
        Assert.Contains("No está autorizado", await bot.AskAsync("atender chat"), StringComparison.Ordinal);
        Assert.Contains("No está autorizado", (string)(await bot.PressAsync("chat.take", new JsonObject { ["conversation"] = customer.Id.Value }))!, StringComparison.Ordinal);
        Assert.Null(await OwnerAsync(bot, customer.Id));
    }

    // A chat of a new customer, and the card by which the present agent has it.
    private static async Task<(ChatCustomer Customer, JsonNode Card)> TakenAsync(BotHost bot)
    {
        var customer = await ChatCustomer.StartAsync(bot, Angry);
        var before = bot.Messages.Count;
        Assert.Equal(HttpStatusCode.OK, (await bot.PostAsync(bot.NewActivity("message", "atender chat " + customer.Code))).Status);
        await CardAsync(bot, before, "Chat " + customer.Code);
        return (customer, bot.Messages.Skip(before).First(m => ConnectorServer.WordsOf(m).Contains("Chat " + customer.Code, StringComparison.Ordinal)));
    }

    private static async Task<string?> OwnerAsync(BotHost bot, ConversationId id) => (await bot.Host.Services.GetRequiredService<ConversationIndex>().FindOwnerAsync(id, Token))?.AgentId;

    // The card that comes by itself after some messages, with a word of the customer's on it.
    private static async Task<string> CardAsync(BotHost bot, int before, string word)
    {
        string? Found() => bot.Messages.Skip(before).Where(m => m["attachments"] is not null).Select(ConnectorServer.WordsOf).FirstOrDefault(w => w.Contains(word, StringComparison.Ordinal));
        await Eventually.HoldsAsync(() => Found() is not null, $"a card with {word}");
        return Found()!;
    }

    // A sentence that comes by itself, whenever.
    private static async Task<string> HearsAsync(BotHost bot, string who, string what)
    {
        string? Found() => bot.Messages.Select(m => (string?)m["text"]).FirstOrDefault(t => t?.Contains(who, StringComparison.Ordinal) == true && t.Contains(what, StringComparison.Ordinal));
        await Eventually.HoldsAsync(() => Found() is not null, $"{who} … {what}");
        return Found()!;
    }

    // A question whose answer may come behind others.
    private static async Task<string> AskForAsync(BotHost bot, string text, string locale, string answer)
    {
        Assert.Equal(HttpStatusCode.OK, (await bot.PostAsync(bot.NewActivity("message", text, locale: locale))).Status);
        return await HearsAsync(bot, "", answer);
    }

    private static string WordsOf(JsonNode card) => ConnectorServer.WordsOf(new JsonObject { ["attachments"] = new JsonArray(card.DeepClone()) });

    private static string Labels(JsonNode? node) => node switch
    {
        JsonObject o => string.Concat(o.Select(p => p is { Key: "label", Value: JsonValue label } ? (string)label! : Labels(p.Value))),
        JsonArray a => string.Concat(a.Select(Labels)),
        _ => "",
    };

    private static string Inputs(JsonNode? node) => node switch
    {
        JsonObject o when (string?)o["type"] == "Input.Text" => (string?)o["value"] ?? "",
        JsonObject o => string.Concat(o.Select(p => Inputs(p.Value))),
        JsonArray a => string.Concat(a.Select(Inputs)),
        _ => "",
    };
}
