using System.Net;
using System.Text.Json.Nodes;
using DeEscalationBot.Host.Channels.BotFramework.References;
using DeEscalationBot.Host.Conversations;
using DeEscalationBot.Host.Conversations.Storage;
using DeEscalationBot.Host.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DeEscalationBot.Host.Tests.Channels.BotFramework.Agent;

/// <summary>An agent in Teams, from the installation to the supervisor: the real host, a connector on this machine.</summary>
public class AgentJourneyTests(LocalBotFixture fixture) : IClassFixture<LocalBotFixture>
{
    private const string Team = "19:team@thread.tacv2";

    private const string Angry = "Es la TERCERA vez que escribo por el reembolso del pedido 88213 y nadie me responde. ¡Esto es una vergüenza!";

    // When the message was written on which the message extension is called: no other one here was.
    private static readonly DateTimeOffset At = new(2026, 3, 2, 8, 15, 0, TimeSpan.Zero);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("es-ES", "cliente")]
    [InlineData("en-GB", "customer")]
    [InlineData("de-DE", "customer")]
    public async Task Installed_GreetsOnceInTheLanguageOfTheClient(string locale, string says)
    {
        var bot = fixture.Bot.Begin();
        var installed = bot.NewActivity("installationUpdate", locale: locale);
        installed["action"] = "add";
        var joined = bot.NewActivity("conversationUpdate", locale: locale);
        joined["membersAdded"] = new JsonArray(new JsonObject { ["id"] = "28:coach" });

        // Teams tells of it twice, in either order.
        await bot.PostAsync(joined);
        await bot.PostAsync(installed);
        var greeting = await bot.SaidAsync(1);
        await bot.AskAsync("ayuda", locale);

        Assert.Contains(says, greeting, StringComparison.Ordinal);
        Assert.Equal(2, bot.Messages.Count);
    }

    [Fact]
    public async Task Agent_InTeams_GetsCards()
    {
        await using var bot = await BotHost.StartAsync(false, "--BotFramework:PublicUrl=https://localhost:5443");

        var coached = await bot.AskAsync(Angry);

        var message = bot.Messages.Single();
        var card = message["attachments"]!.AsArray().Single()!;
        Assert.Equal(("application/vnd.microsoft.card.adaptive", "1.5"), ((string)card["contentType"]!, (string)card["content"]!["version"]!));
        Assert.Contains("88213", coached, StringComparison.Ordinal);
        Assert.DoesNotContain("88213", (string)message["summary"]!, StringComparison.Ordinal); // It may appear on a locked telephone.
        Assert.True((bool?)message["channelData"]!["feedbackLoopEnabled"]);
        foreach (var verb in new[] { "coach.another", "coach.review", "coach.help", "coach.feedback" })
        {
            Assert.Contains($"\"verb\":\"{verb}\"", card.ToJsonString(), StringComparison.Ordinal);
        }

        Assert.Contains("https://localhost:5443/sidebar/bot-", card.ToJsonString(), StringComparison.Ordinal);

        // Each button of the card does what it says, as Teams sends it back.
        var sent = bot.SentId;
        var answers = new List<string>();
        foreach (var action in Actions(card["content"]!).Where(a => (string?)a["type"] == "Action.Execute"))
        {
            var data = action["data"]!.DeepClone().AsObject();
            data["draft"] = "Lamento el retraso, pero debe calmarse.";
            var invoke = bot.Invoke("adaptiveCard/action", new JsonObject { ["action"] = new JsonObject { ["type"] = "Action.Execute", ["verb"] = action["verb"]!.DeepClone(), ["data"] = data }, ["trigger"] = "manual" });
            invoke["replyToId"] = sent;
            var (status, body) = await bot.PostAsync(invoke);
            Assert.Equal((HttpStatusCode.OK, 200), (status, (int)body!["statusCode"]!));
            answers.Add($"{action["verb"]}: {body["type"]}");
        }

        Assert.Equal(
            [
                "coach.another: application/vnd.microsoft.card.adaptive", "coach.feedback: application/vnd.microsoft.activity.message", "coach.feedback: application/vnd.microsoft.activity.message",
                "coach.help: application/vnd.microsoft.activity.message", "coach.review: application/vnd.microsoft.card.adaptive",
            ],
            answers.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Agent_WithAnAngryCustomer_IsCoachedThroughIt()
    {
        var bot = fixture.Bot.Begin();
        bot.ChannelId = "sms"; // In words alone.

        // A customer's message: level, their words, what to say, why with the playbook's id.
        var coached = await bot.AskAsync(Angry);
        Assert.Contains("tensión", coached, StringComparison.Ordinal);
        Assert.Contains("«", coached, StringComparison.Ordinal);
        Assert.Contains("88213", coached, StringComparison.Ordinal);
        Assert.Matches(@"Por qué: .+ \(A\d+\)", coached);
        Assert.Equal("plain", (string?)bot.Messages[^1]["textFormat"]);

        var other = await bot.AskAsync("otra forma");
        Assert.NotEqual(coached, other);

        // The draft, asked for and sent; its own words are pointed at.
        Assert.Contains("Envíeme ahora su borrador", await bot.AskAsync("revisa mi borrador"), StringComparison.Ordinal);
        var reviewed = await bot.AskAsync("Entiendo su problema, pero usted debería haber leído las condiciones.");
        Assert.Contains("pero", reviewed, StringComparison.Ordinal);
        Assert.Contains("Antes de enviarlo", reviewed, StringComparison.Ordinal);

        // What was sent belongs to the case, and so does the next message of the customer.
        Assert.StartsWith("Anotado", await bot.AskAsync("respondí: Gracias por decírmelo. Reviso el reembolso del pedido 88213 y le escribo hoy antes de las 15:00."), StringComparison.Ordinal);
        await bot.AskAsync("cliente: Ya veremos.");
        Assert.StartsWith("3 mensajes", await bot.AskAsync("estado"), StringComparison.Ordinal);

        // A supervisor sees the conversation.
        Assert.Contains("supervisor", await bot.AskAsync("llama a un supervisor"), StringComparison.Ordinal);
        var conversation = (await bot.Host.Desk.ReadAsync(await bot.CaseAsync(), Token))!;
        Assert.Contains(await bot.Host.Desk.ListOpenAlertsAsync(cancellationToken: Token), a => a.Conversation == conversation.Id);
        Assert.Equal([Angry, "Ya veremos."], conversation.CustomerTurns.Select(t => t.Text));
        Assert.Equal(bot.DirectoryId, conversation.AgentId);

        // Another customer begins anew.
        await bot.AskAsync("otro cliente");
        Assert.Contains("todavía no hay ningún mensaje", await bot.AskAsync("estado"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Language_ChosenByTheAgent_IsKeptOverARestart()
    {
        await using var bot = await BotHost.StartAsync();
        bot.Begin();
        Assert.Contains("I speak English", await bot.AskAsync("habla inglés"), StringComparison.Ordinal);
        Assert.Contains("customer", await bot.AskAsync("ayuda"), StringComparison.Ordinal);

        await bot.RestartAsync();

        Assert.Contains("customer", await bot.AskAsync("ayuda"), StringComparison.Ordinal);
        Assert.Contains("le hablo en español", await bot.AskAsync("speak spanish"), StringComparison.Ordinal);
    }

    // What is for the agent is in the agent's language, what is for the customer in theirs: title and reason are those that the books have for one practice.
    [Theory]
    [InlineData("en-GB", "Quiero hablar con un encargado ahora mismo, no con usted.", "Por qué", "Why")]
    [InlineData("es-ES", "I want to speak to a manager right now, not to you.", "Why", "Por qué")]
    public async Task Agent_WithACustomerOfAnotherLanguage_IsExplainedThingsInTheirOwn(string locale, string said, string notThis, string butThis)
    {
        var bot = fixture.Bot.Begin();

        var told = "";
        foreach (var channel in new[] { "msteams", "sms" }) // On a card, and in words.
        {
            bot.ChannelId = channel;
            told = await bot.AskAsync(said, locale);
            var made = (await bot.Host.Desk.ReadAsync(await bot.CaseAsync(), Token))!.Suggestions[0];
            var explained = bot.Host.Services.GetRequiredService<Core.Coaching.TechniqueCoach>().Explain(made, locale[..2] == "es" ? Core.Channels.MessageLanguage.Spanish : Core.Channels.MessageLanguage.English);
            Assert.All(new[] { explained.Title, explained.Why, made.Text }, w => Assert.Contains(w, told, StringComparison.Ordinal));
            Assert.All(new[] { made.Title, made.Why }, w => Assert.DoesNotContain(w, told, StringComparison.Ordinal));
            Assert.Contains(explained.Why, await bot.AskAsync("why", locale), StringComparison.Ordinal);
        }

        Assert.Contains(butThis, told, StringComparison.Ordinal);
        Assert.DoesNotContain(notThis, told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Insult_InAPastedMessage_RaisesAnAlertWithItsReason()
    {
        var bot = fixture.Bot.Begin();
        bot.ChannelId = "sms";

        var coached = await bot.AskAsync("Eres un inútil, no sirves para nada.", "en-US");

        Assert.Contains("T1", coached, StringComparison.Ordinal);
        Assert.Equal("T1", (await bot.Host.Desk.ReadAsync(await bot.CaseAsync(), Token))!.Alerts.Single().Trigger.ToString());
    }

    [Fact]
    public async Task Group_ShowsNothingOfACustomer_AndAnswersTheAgentAlone()
    {
        var bot = fixture.Bot.Begin();
        JsonObject InChannel(string text)
        {
            var activity = bot.NewActivity("message", "<at>Coach</at> " + text, conversation: Team);
            activity["conversation"]!["conversationType"] = "channel";
            activity["conversation"]!["isGroup"] = true;
            activity["entities"] = JsonNode.Parse("""[{"type":"mention","text":"<at>Coach</at>","mentioned":{"id":"28:coach"}}]""");
            return activity;
        }

        // A button that sends a message says no more to the others than words do.
        JsonObject PressedInChannel()
        {
            var activity = InChannel("");
            activity["value"] = new JsonObject { ["verb"] = "coach.review", ["draft"] = "Lamento lo del pedido 88213, pero debe calmarse." };
            return activity;
        }

        // Not in touch alone yet: nothing is said, and nothing recorded.
        await bot.PostAsync(InChannel(Angry));
        Assert.Contains("Abra un chat personal", await bot.SaidAsync(1, Team), StringComparison.Ordinal);
        Assert.Null(await bot.Host.Desk.ReadAsync(await bot.CaseAsync(), Token));

        await bot.AskAsync("ayuda");
        await bot.PostAsync(InChannel(Angry));
        await bot.SaidAsync(2);
        await bot.SaidAsync(2, Team);

        var toAll = bot.Connector.MessagesIn(Team)[^1].ToJsonString();
        Assert.Contains("88213", bot.Messages[^1].ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain("88213", toAll, StringComparison.Ordinal);
        Assert.DoesNotContain("«", toAll, StringComparison.Ordinal);

        // What was coached there is the agent's running case.
        Assert.StartsWith("1 mensajes", await bot.AskAsync("estado"), StringComparison.Ordinal);

        await bot.PostAsync(PressedInChannel());
        await bot.SaidAsync(4);
        await bot.SaidAsync(3, Team);

        toAll = bot.Connector.MessagesIn(Team)[^1].ToJsonString();
        Assert.Contains("calmarse", bot.Messages[^1].ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain("calmarse", toAll, StringComparison.Ordinal);
        Assert.DoesNotContain("88213", toAll, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Group_WhereTheSettingSaysSo_AnswersInPlace()
    {
        await using var bot = await BotHost.StartAsync(false, "--BotFramework:ShowCustomerTextInChannels=true");
        var activity = bot.NewActivity("message", Angry, conversation: Team);
        activity["conversation"]!["conversationType"] = "channel";

        await bot.PostAsync(activity);

        Assert.Contains("88213", await bot.SaidAsync(1, Team), StringComparison.Ordinal);
    }

    [Fact]
    public async Task MessageExtension_OnAMessage_CoachesInADialogOnceForEachMessage()
    {
        var bot = fixture.Bot.Begin();
        var value = new JsonObject
        {
            ["commandId"] = "coachMessage",
            ["commandContext"] = "message",
            ["messagePayload"] = new JsonObject { ["id"] = "77", ["createdDateTime"] = "2026-03-02T08:15:00Z", ["body"] = new JsonObject { ["contentType"] = "html", ["content"] = $"<p>{Angry}</p><script>x</script>" } },
        };

        var (status, first) = await bot.PostAsync(bot.Invoke("composeExtension/fetchTask", value.DeepClone(), "19:chat"));
        var (_, again) = await bot.PostAsync(bot.Invoke("composeExtension/fetchTask", value.DeepClone(), "19:chat"));

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("88213", first!["task"]!["value"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(first.ToJsonString(), again!.ToJsonString());
        var coached = (await bot.Host.Desk.ListAsync(new ConversationQuery(Limit: 500), Token)).Conversations.Where(c => c.LastTextAt == At).ToArray();
        Assert.Equal(1, Assert.Single(coached).Turns);
        var (_, nothing) = await bot.PostAsync(bot.Invoke("composeExtension/fetchTask", new JsonObject { ["commandId"] = "coachMessage" }, "19:chat"));
        Assert.Contains("Solo leo palabras", nothing!["task"]!["value"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task MessageExtension_OnWhatNoCustomerWrote_SaysSo()
    {
        var bot = fixture.Bot.Begin();
        await bot.AskAsync(Angry);
        await bot.PostAsync(bot.NewActivity("message", "respondí: Gracias por decírmelo. Le escribo hoy antes de las 15:00.", id: "own-1"));
        await bot.SaidAsync(2);
        async Task<string> CoachAsync(string id, JsonObject? from) => (await bot.PostAsync(bot.Invoke("composeExtension/fetchTask", new JsonObject
        {
            ["commandId"] = "coachMessage",
            ["messagePayload"] = new JsonObject { ["id"] = id, ["from"] = from, ["body"] = new JsonObject { ["contentType"] = "text", ["content"] = "Gracias por decírmelo." } },
        }))).Body!["task"]!["value"]!.ToJsonString();

        Assert.Contains("no es de un cliente", await CoachAsync("own-1", null), StringComparison.Ordinal);
        Assert.Contains("no es de un cliente", await CoachAsync("bots-1", new JsonObject { ["application"] = new JsonObject { ["id"] = "28:coach", ["applicationIdentityType"] = "bot" } }), StringComparison.Ordinal);

        Assert.Equal(2, (await bot.Host.Desk.ReadAsync(await bot.CaseAsync(), Token))!.Turns.Count);
    }

    [Fact]
    public async Task MessageExtension_InTheComposeBox_PutsTheRewriteThere()
    {
        var bot = fixture.Bot.Begin();
        var (_, form) = await bot.PostAsync(bot.Invoke("composeExtension/fetchTask", new JsonObject { ["commandId"] = "reviewDraft", ["commandContext"] = "compose" }));
        Assert.Equal("continue", (string?)form!["task"]!["type"]);
        Assert.Contains("\"draft\"", form["task"]!["value"]!["card"]!["content"]!.ToJsonString(), StringComparison.Ordinal);

        async Task<JsonNode> SubmitAsync(string draft) => (await bot.PostAsync(bot.Invoke(
            "composeExtension/submitAction",
            new JsonObject { ["commandId"] = "reviewDraft", ["data"] = new JsonObject { ["verb"] = "coach.review", ["draft"] = draft } }))).Body!;

        var bad = await SubmitAsync("Lamento el retraso del pedido 88213, pero debe calmarse. Sale hoy a las 15:00.");
        var good = await SubmitAsync("Gracias por avisar. El pedido 88213 sale hoy a las 15:00 y le escribo en cuanto salga.");

        // The good one goes as it is; of the other the agent sees what heats, and better words with their own facts in them.
        Assert.Equal("result", (string?)good["composeExtension"]!["type"]);
        Assert.Contains("sale hoy a las 15:00", good.ToJsonString(), StringComparison.Ordinal);
        var insert = Actions(bad["task"]!["value"]!["card"]!["content"]!).Single(a => (string?)a["data"]?["verb"] == "coach.insert");
        var rewrite = (string)insert["data"]!["text"]!;
        Assert.Contains("88213", rewrite, StringComparison.Ordinal);
        Assert.DoesNotContain("calmarse", rewrite, StringComparison.Ordinal);
        var inserted = (await bot.PostAsync(bot.Invoke("composeExtension/submitAction", new JsonObject { ["commandId"] = "reviewDraft", ["data"] = insert["data"]!.DeepClone() }))).Body!;
        Assert.Equal(rewrite, ConnectorServer.WordsOf(new JsonObject { ["attachments"] = new JsonArray(inserted["composeExtension"]!["attachments"]![0]!["content"]!.DeepClone()) }));
        Assert.Equal("{}", (await bot.PostAsync(bot.Invoke("composeExtension/submitAction", new JsonObject { ["commandId"] = "coachMessage" }))).Body!.ToJsonString());
    }

    [Fact]
    public async Task Buttons_OfACard_SpeakOfTheAgentsOwnCasesOnly()
    {
        var bot = fixture.Bot.Begin();
        await bot.AskAsync(Angry);
        await bot.Host.SayAsync("somebody-elses", "m1", "customer", "Quiero mi dinero del pedido 4711 y nadie responde desde hace tres semanas.");

        var (_, reworded) = await bot.PostAsync(bot.Invoke(
            "adaptiveCard/action", JsonNode.Parse("""{"action":{"type":"Action.Execute","verb":"coach.another","data":{"conversation":"somebody-elses","variant":"2"}}}""")));
        var (_, helped) = await bot.PostAsync(bot.Invoke(
            "adaptiveCard/action", JsonNode.Parse("""{"action":{"type":"Action.Execute","verb":"coach.help","data":{"conversation":"somebody-elses"}}}""")));

        Assert.DoesNotContain("4711", reworded!.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(200, (int)helped!["statusCode"]!);
        Assert.Null((await bot.Host.Desk.ReadAsync(Core.Channels.ConversationId.Create("somebody-elses"), Token))!.HandoverRequestedAt);
    }

    [Fact]
    public async Task Buttons_SentAsMessages_AreAnswered()
    {
        var bot = fixture.Bot.Begin();
        await bot.AskAsync(Angry);
        var pressed = bot.NewActivity("message");
        pressed["value"] = JsonNode.Parse("""{"verb":"coach.another","variant":1}""");

        await bot.PostAsync(pressed);

        Assert.Contains("88213", await bot.SaidAsync(2), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Feedback_ByReactionAndByButton_IsKeptWithTheAnswer()
    {
        var bot = fixture.Bot.Begin();
        await bot.AskAsync(Angry);
        var answer = bot.SentId;
        var key = AnswerFeedback.KeyOf(bot.ChannelId, bot.Conversation, answer);

        async Task<bool?> JudgedAsync()
        {
            await using var db = await bot.Host.Services.GetRequiredService<IDbContextFactory<CoachDbContext>>().CreateDbContextAsync(Token);
            return (await db.BotAnswers.AsNoTracking().SingleOrDefaultAsync(r => r.AnswerKey == key, Token))?.WasUseful;
        }

        var reaction = bot.NewActivity("messageReaction");
        reaction["replyToId"] = answer;
        reaction["reactionsAdded"] = JsonNode.Parse("""[{"type":"like"},{"type":"somethingNew"},null]""");
        await bot.PostAsync(reaction);
        await Eventually.GetsAsync(JudgedAsync, j => j == true, "a thumb up");

        var feedback = bot.Invoke("message/submitAction", JsonNode.Parse("""{"actionName":"feedback","actionValue":{"reaction":"dislike","feedback":"{\"feedbackText\":\"no\"}"}}"""));
        feedback["replyToId"] = answer;
        Assert.Equal((HttpStatusCode.OK, null), await bot.PostAsync(feedback));
        Assert.False(await JudgedAsync());
    }

    [Fact]
    public async Task Upgraded_ForgetsNothing()
    {
        var bot = fixture.Bot.Begin();
        await bot.AskAsync("habla inglés");
        var upgraded = bot.NewActivity("installationUpdate");
        upgraded["action"] = "remove-upgrade";

        await bot.PostAsync(upgraded);

        // Activities of one conversation are taken one after the other.
        Assert.Contains("customer", await bot.AskAsync("ayuda"), StringComparison.Ordinal);
        Assert.NotNull(await bot.Host.Services.GetRequiredReferences().FindAsync("msteams", bot.Conversation, Token));
    }

    [Fact]
    public async Task Removed_ForgetsWhereAndWhom()
    {
        var bot = fixture.Bot.Begin();
        await bot.AskAsync("habla inglés");
        await bot.AskAsync(Angry);
        var before = await bot.CaseAsync();
        Assert.NotNull(await bot.Host.Services.GetRequiredReferences().FindAsync("msteams", bot.Conversation, Token));
        var removed = bot.NewActivity("installationUpdate");
        removed["action"] = "remove";

        await bot.PostAsync(removed);

        await Eventually.GetsAsync(() => bot.Host.Services.GetRequiredReferences().FindAsync("msteams", bot.Conversation, Token), r => r is null, "forgotten");
        Assert.Contains("cliente", await bot.AskAsync("ayuda"), StringComparison.Ordinal);
        Assert.NotEqual(before, await bot.CaseAsync());
        Assert.Contains("todavía no hay ningún mensaje", await bot.AskAsync("estado"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Message_WhoseConversationCannotBeRemembered_IsAnsweredNevertheless()
    {
        await using var bot = await BotHost.StartAsync();
        await using (var db = await bot.Host.Services.GetRequiredService<IDbContextFactory<CoachDbContext>>().CreateDbContextAsync(Token))
        {
            // Writing there fails from now on, and nowhere else.
            await db.Database.ExecuteSqlRawAsync("ALTER TABLE bot_conversations RENAME TO away", Token);
        }

        Assert.Contains("cliente", await bot.AskAsync("ayuda"), StringComparison.Ordinal);
        Assert.Contains(bot.Host.Log.Lines, l => l.Contains("was not remembered", StringComparison.Ordinal));
    }

    [Fact]
    public async Task NoWordsAndTooManyWords_AreAnsweredInWords()
    {
        var bot = fixture.Bot.Begin();

        Assert.Contains("Solo leo palabras", await bot.AskAsync(" "), StringComparison.Ordinal);
        Assert.Contains("demasiado largo", await bot.AskAsync(new string('a', 65_537)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Log_HoldsNoWordsOfACustomer()
    {
        var bot = fixture.Bot.Begin();
        await bot.AskAsync(Angry);

        Assert.DoesNotContain(bot.Host.Log.Lines, l => l.Contains("88213", StringComparison.Ordinal) || l.Contains("vergüenza", StringComparison.Ordinal));
    }

    // All buttons of a card, those of its forms included; the fallback of a button is the same button.
    private static IEnumerable<JsonNode> Actions(JsonNode? node) => node switch
    {
        JsonObject o when ((string?)o["type"])?.StartsWith("Action.", StringComparison.Ordinal) == true && o["card"] is null => [o],
        JsonObject o => o.SelectMany(p => Actions(p.Value)),
        JsonArray a => a.SelectMany(Actions),
        _ => [],
    };
}
