using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using DeEscalationBot.Core.Delivery;
using DeEscalationBot.Host.Channels.BotFramework.Activities;
using DeEscalationBot.Host.Channels.BotFramework.Alerts;
using DeEscalationBot.Host.Conversations.Storage;
using DeEscalationBot.Host.Conversations.Storage.Sealing;
using DeEscalationBot.Host.Delivery.SelfTest;
using DeEscalationBot.Host.Hosting;
using DeEscalationBot.Host.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace DeEscalationBot.Host.Tests.Channels.BotFramework.Alerts;

/// <summary>Alerts in Teams: the real host, a connector on this machine. Conversations have names of their own, by which everything is counted.</summary>
public class TeamsAlertTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Alert_InAChannel_IsOneCardThatChangesWithTheAlert_WithoutACustomersWord()
    {
        await using var desk = await TeamsDesk.StartAsync(null, TeamsDesk.InChannel);
        await desk.InstallAsync();
        var alert = await desk.AlertAsync("one-card");

        var message = await desk.CardAsync("one-card");
        var card = message["attachments"]![0]!["content"]!;
        var words = ConnectorServer.WordsOf(message);
        Assert.All(new[] { "Insultos", "T1", "Nadie ha respondido", "Me ocupo", "Tomar el relevo", "Susurrar", "Resolver", "Descartar", "no se muestran" }, w => Assert.Contains(w, words, StringComparison.Ordinal));
        Assert.All(new[] { "inútil", "ana@example.com" }, w => Assert.DoesNotContain(w, words + message["summary"] + card["fallbackText"], StringComparison.Ordinal));
        Assert.Contains("data:image/png;base64,", card.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(("high", true), ((string?)message["importance"], (bool?)message["channelData"]!["notification"]!["alert"]));
        Assert.Null(card["refresh"]!["userIds"]); // Whoever looks.
        Assert.Equal(TeamsDesk.Channel, (string?)desk.Cards("one-card")[0].Body!["channelData"]!["channel"]!["id"]);
        await desk.IsAsync("one-card", "delivered");

        // Somebody acts on the console; the card follows, in its thread.
        Assert.Equal(HttpStatusCode.OK, (await desk.Host.PostAsync($"/api/v1/alerts/{alert}/acknowledge", """{"by":"eva"}""")).Status);
        Assert.DoesNotContain("Me ocupo", await desk.ShowsAsync("one-card", "\u2068eva\u2069 se ocupa"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await desk.Host.PostAsync($"/api/v1/alerts/{alert}/resolve", """{"by":"eva","text":"called back"}""")).Status);
        Assert.DoesNotContain("Susurrar", await desk.ShowsAsync("one-card", "Resuelta por"), StringComparison.Ordinal);
        Assert.Single(desk.Cards("one-card"));
        Assert.StartsWith(TeamsDesk.Channel + ";messageid=1", desk.ThreadOf("one-card"), StringComparison.Ordinal);
        Assert.Empty(await desk.DeliveriesAsync("dead", "one-card"));
    }

    [Fact]
    public async Task Buttons_DoWhatTheConsoleDoes_AndTellWhoWasFirst()
    {
        // A clock that stands still: no invoke is late, however busy the machine is.
        await using var desk = await TeamsDesk.StartAsync(new FakeTimeProvider(Start), TeamsDesk.InChannel);
        await desk.InstallAsync();
        var alert = await desk.AlertAsync("buttons");
        await desk.CardAsync("buttons");
        await desk.IsAsync("buttons", "delivered");

        desk.Name = "Marta";
        var acknowledged = await desk.PressAsync("alert.acknowledge", alert);
        Assert.Equal("application/vnd.microsoft.card.adaptive", (string?)acknowledged["type"]);
        Assert.Contains("\u2068Marta\u2069 se ocupa", Words(acknowledged), StringComparison.Ordinal);
        await desk.ShowsAsync("buttons", "\u2068Marta\u2069 se ocupa"); // Everybody else's, by the outbox.

        desk.Name = "Leo";
        Assert.Contains("Marta llegó antes", (string?)(await desk.PressAsync("alert.acknowledge", alert))["value"], StringComparison.Ordinal);
        Assert.Contains("Marta was first", (string?)(await desk.PressAsync("alert.acknowledge", alert, locale: "en-GB"))["value"], StringComparison.Ordinal);
        Assert.Contains("Escriba lo que", (string?)(await desk.PressAsync("alert.whisper", alert, new JsonObject { ["words"] = "  " }))["value"], StringComparison.Ordinal);
        Assert.Contains("Elija un motivo", (string?)(await desk.PressAsync("alert.dismiss", alert, new JsonObject { ["reason"] = "NoReason" }))["value"], StringComparison.Ordinal);
        Assert.Contains("\u2068Leo\u2069 ha escrito", Words(await desk.PressAsync("alert.whisper", alert, new JsonObject { ["words"] = "Ofrezca el reembolso" })), StringComparison.Ordinal);
        Assert.Contains("\u2068Leo\u2069 ha tomado el relevo", Words(await desk.PressAsync("alert.takeOver", alert)), StringComparison.Ordinal);
        await desk.PressAsync("alert.dismiss", alert, new JsonObject { ["reason"] = "FalseAlarm", ["remark"] = "Al final no era nada" });
        await desk.IsAsync("buttons", "dismissed");
        Assert.Contains("Al final no era nada", (await desk.Host.GetAsync("/api/v1/alerts/" + alert)).Body!.ToJsonString(), StringComparison.Ordinal);
        await desk.ShowsAsync("buttons", "Descartada por \u2068Marta\u2069: Falsa alarma");

        // Too late for what needs an open alert; what is done already is shown.
        Assert.Contains("ya está cerrada: descartada por Marta", (string?)(await desk.PressAsync("alert.takeOver", alert))["value"], StringComparison.Ordinal);
        Assert.Contains("Descartada", Words(await desk.PressAsync("alert.resolve", alert)), StringComparison.Ordinal);
        Assert.Equal(["Ofrezca el reembolso"], await WhispersOf(desk, "buttons"));
    }

    [Fact]
    public async Task Submit_OfAClientThatDoesNotKnowExecute_DoesTheSame()
    {
        await using var desk = await TeamsDesk.StartAsync(null, TeamsDesk.InChannel);
        await desk.InstallAsync();
        var alert = await desk.AlertAsync("submit");
        await desk.CardAsync("submit");
        await desk.IsAsync("submit", "delivered");

        await SubmitAsync(desk, alert, "Marta");
        await desk.IsAsync("submit", "acknowledged");
        await desk.ShowsAsync("submit", "\u2068Marta\u2069 se ocupa");
        await SubmitAsync(desk, alert, "Leo");
        await Eventually.HoldsAsync(() => desk.Bot.Connector.Calls.Any(c => ((string?)c.Body?["text"])?.Contains("Marta llegó antes", StringComparison.Ordinal) == true), "the second is told who was first");

        static async Task SubmitAsync(TeamsDesk desk, string alert, string name)
        {
            var message = TeamsDesk.InTeam(desk.Bot.NewActivity("message"), TeamsDesk.Channel + ";messageid=1000");
            message["from"]!["name"] = name;
            message["value"] = new JsonObject { ["verb"] = "alert.acknowledge", ["alert"] = alert };
            Assert.Equal(HttpStatusCode.OK, (await desk.Bot.PostAsync(message)).Status);
        }
    }

    [Fact]
    public async Task WhoIsNoSupervisor_SeesTheAlertInTheirLanguageAndIsRefusedPolitely()
    {
        await using var desk = await TeamsDesk.StartAsync(
            new FakeTimeProvider(Start), [.. TeamsDesk.InChannel, "--TeamsAlerts:Supervisors:0:Id=0a0a0a0a-0000-4000-8000-000000000001", "--TeamsAlerts:Supervisors:0:Name=Inés Calvo"]);
        await desk.InstallAsync();
        var alert = await desk.AlertAsync("who-may");
        await desk.CardAsync("who-may");
        await desk.IsAsync("who-may", "delivered"); // The card is written down.

        // Agent 0 is none of them; agent 1 is.
        Assert.Contains("Solo los supervisores", (string?)(await desk.PressAsync("alert.acknowledge", alert))["value"], StringComparison.Ordinal);
        var seen = Words(await desk.PressAsync("alert.refresh", alert, locale: "en-US", isAutomatic: true));
        Assert.Contains("Nobody has answered yet", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("I will look after it", seen, StringComparison.Ordinal);
        desk.Bot.Begin();
        Assert.Contains("I will look after it", Words(await desk.PressAsync("alert.refresh", alert, locale: "en-US", isAutomatic: true)), StringComparison.Ordinal);
        Assert.Contains("\u2068Inés Calvo\u2069", Words(await desk.PressAsync("alert.acknowledge", alert)), StringComparison.Ordinal); // As the settings call them.

        // A card counts where it was sent, and nowhere else; what a client makes up counts nowhere.
        Assert.Contains("ya no conozco", (string?)(await desk.PressAsync("alert.resolve", alert, conversation: "19:elsewhere@thread.tacv2"))["value"], StringComparison.Ordinal);
        Assert.Contains("ya no conozco", (string?)(await desk.PressAsync("alert.resolve", "alr_nothing"))["value"], StringComparison.Ordinal);
        Assert.Equal("acknowledged", (string?)(await desk.NowAsync("who-may"))["state"]);
    }

    [Fact]
    public async Task AlertsHere_SaidByASupervisor_ChoosesThePlace_AndStopEndsIt()
    {
        await using var desk = await TeamsDesk.StartAsync(null, "--TeamsAlerts:Enabled=true", "--TeamsAlerts:Supervisors:0:Id=0a0a0a0a-0000-4000-8000-000000000001");
        await desk.InstallAsync();
        var (_, test) = await desk.Host.PostAsync("/api/v1/self-test", "{}");
        Assert.Contains("TeamsAlerts:Places", (string?)test!["sinks"]![0]!["detail"], StringComparison.Ordinal); // Nobody would be told.

        Assert.Contains("Solo los supervisores", await SayAsync(desk, "avisos aquí", personal: false), StringComparison.Ordinal);
        desk.Bot.Begin();
        Assert.Contains("Desde ahora", await SayAsync(desk, "Avisos aquí", personal: false), StringComparison.Ordinal);
        Assert.Contains("Desde ahora", await SayAsync(desk, "alertas aquí", personal: true), StringComparison.Ordinal);
        await desk.AlertAsync("chosen");
        await desk.CardAsync("chosen", 2);
        Assert.Equal(2, desk.Cards("chosen").Count);
        var inChannel = TeamsDesk.Says(desk.Cards("chosen").Single(c => c.Path.EndsWith("/v3/conversations", StringComparison.Ordinal)));
        var alone = TeamsDesk.Activity(desk.Cards("chosen").Single(c => c.Path.Contains("activities", StringComparison.Ordinal)));
        Assert.DoesNotContain("inútil", inChannel, StringComparison.Ordinal);
        Assert.Contains("inútil", ConnectorServer.WordsOf(alone), StringComparison.Ordinal); // Alone with a supervisor, as a mail would.
        Assert.DoesNotContain("ana@example.com", ConnectorServer.WordsOf(alone), StringComparison.Ordinal);
        Assert.NotNull(alone["attachments"]![0]!["content"]!["refresh"]!["userIds"]![0]);

        Assert.Contains("no llegan más", await SayAsync(desk, "parar avisos", personal: false), StringComparison.Ordinal);
        Assert.Contains("no llegaba", await SayAsync(desk, "stop alerts", personal: false), StringComparison.Ordinal);
        Assert.Contains("no llegan más", await SayAsync(desk, "stop alerts", personal: true), StringComparison.Ordinal);
        await desk.AlertAsync("nobody-asked");
        await Eventually.GetsAsync(() => desk.DeliveriesAsync("delivered", "nobody-asked"), d => d.Length == 1, "it is over");
        Assert.Equal("raised", (string?)(await desk.NowAsync("nobody-asked"))["state"]); // Nobody was told: the record does not say so.
        Assert.Empty(desk.Cards("nobody-asked"));
    }

    [Fact]
    public async Task ChosenPlace_ThatFails_HoldsBackNoOther_AndGetsItsCardWhenItWorks()
    {
        var clock = new FakeTimeProvider(Start);
        await using var desk = await TeamsDesk.StartAsync(clock, "--TeamsAlerts:Enabled=true");
        await desk.InstallAsync();
        await SayAsync(desk, "avisos aquí", personal: false);
        await SayAsync(desk, "avisos aquí", personal: true);
        var fails = true;
        desk.Fails = context => Volatile.Read(ref fails) && context.Request.Path.Value!.Contains("a:personal", StringComparison.Ordinal) ? (503, "{}") : null;

        // While the chat fails, the channel gets its card, each change of it, and the next alert: also a change that comes after a try that failed.
        var alert = await desk.AlertAsync("one-fails");
        await desk.CardAsync("one-fails");
        await desk.IsAsync("one-fails", "delivered");
        await Eventually.GetsAsync(() => desk.DeliveriesAsync("pending", "one-fails"), d => d.Any(m => ((string?)m["lastResult"])?.Contains("a:personal", StringComparison.Ordinal) == true), "what is left is written down");
        await desk.Host.PostAsync($"/api/v1/alerts/{alert}/whisper", """{"by":"eva","text":"Ofrezca el reembolso"}""");
        await desk.ShowsAsync("one-fails", "\u2068eva\u2069 ha escrito");
        await desk.AlertAsync("one-fails-2");
        await desk.CardAsync("one-fails-2");
        var sink = (await desk.Host.GetAsync("/api/v1/sinks")).Body!["sinks"]!.AsArray().Single(s => (string?)s!["name"] == "teams")!;
        Assert.False((bool)sink["isLeftAlone"]!);
        Assert.Contains("a:personal", (string?)sink["warnings"]![0], StringComparison.Ordinal);
        Assert.True((int)sink["pending"]! >= 2);
        var (_, test) = await desk.Host.PostAsync("/api/v1/self-test", "{}");
        Assert.False((bool)test!["passed"]!, "one of two places is closed");

        Volatile.Write(ref fails, false);
        await AdvanceUntilAsync(desk, clock, TimeSpan.FromMinutes(10), () => desk.Cards("one-fails").Count == 2 && desk.Cards("one-fails-2").Count == 2);
        await Eventually.GetsAsync(() => desk.DeliveriesAsync("pending", "one-fails"), d => d.Length == 0, "nothing waits");
        Assert.Equal((2, 2), (desk.Cards("one-fails").Count, desk.Cards("one-fails-2").Count));
        Assert.Empty(await desk.DeliveriesAsync("dead", "one-fails"));
    }

    [Fact]
    public async Task Place_ThatIsSetAndChosen_GetsOneCard_AndIdsOfPeopleMayBeInCapitals()
    {
        await using var desk = await TeamsDesk.StartAsync(null, "--TeamsAlerts:Enabled=true", "--TeamsAlerts:Places:0:Person=0A0A0A0A-0000-4000-8000-000000000000");
        await SayAsync(desk, "ayuda", personal: true); // Known from here on.
        var places = desk.Host.Services.GetRequiredService<ChosenPlaces>();
        Assert.True(await places.AddAsync(desk.Bot.NewActivity("message").Deserialize<Activity>(ActivityJson.Options)!, Core.Channels.MessageLanguage.Spanish)); // As if before the settings named it.

        await desk.AlertAsync("set-and-chosen");
        await desk.CardAsync("set-and-chosen");
        await Eventually.GetsAsync(() => desk.DeliveriesAsync("pending", "set-and-chosen"), d => d.Length == 0, "nothing waits");
        Assert.Single(desk.Cards("set-and-chosen"));
    }

    [Fact]
    public async Task PlaceOfSomebody_WhoIsNoSupervisorAnyMore_GetsNothing()
    {
        await using var desk = await TeamsDesk.StartAsync(null, "--TeamsAlerts:Enabled=true", "--TeamsAlerts:Supervisors:0:Id=0a0a0a0a-0000-4000-8000-000000000001");
        await desk.InstallAsync();
        var places = desk.Host.Services.GetRequiredService<ChosenPlaces>();
        await SayAsync(desk, "ayuda", personal: true); // Agent 0, who was a supervisor when they chose.
        Assert.True(await places.AddAsync(desk.Bot.NewActivity("message").Deserialize<Activity>(ActivityJson.Options)!, Core.Channels.MessageLanguage.Spanish));
        desk.Bot.Begin();
        await SayAsync(desk, "avisos aquí", personal: true);
        await SayAsync(desk, "avisos aquí", personal: false);
        Assert.Equal(3, (await places.ReadAsync(Token)).Count);

        await desk.AlertAsync("former");
        await desk.CardAsync("former", 2);
        await Eventually.GetsAsync(() => desk.DeliveriesAsync("pending", "former"), d => d.Length == 0, "nothing waits");

        Assert.Equal(2, desk.Cards("former").Count);
        Assert.DoesNotContain(desk.Cards("former"), c => c.Path.Contains("a:personal", StringComparison.Ordinal));
        var inForce = await desk.Host.Services.GetRequiredService<PlacesInForce>().ReadAsync(Token);
        Assert.Equal([("a:agent-1", "Ana"), (TeamsDesk.Channel, null)], inForce.Select(p => (p.Chosen.Place.Id, p.Person)));
        Assert.Equal(3, (await places.ReadAsync(Token)).Count); // Not forgotten: settings may be put right.
    }

    [Fact]
    public async Task Place_OfATeamOfTheDesk_GetsThatTeamsAlertsOnly()
    {
        await using var desk = await TeamsDesk.StartAsync(null, [.. TeamsDesk.InChannel, "--TeamsAlerts:Places:0:Teams:0=blue"]);
        await desk.InstallAsync();
        foreach (var team in new[] { "red", "blue" })
        {
            var body = new JsonObject { ["id"] = "m1", ["speaker"] = "customer", ["text"] = TeamsDesk.Insult, ["team"] = team };
            Assert.Equal(HttpStatusCode.OK, (await desk.Host.PostAsync($"/api/v1/conversations/of-{team}/messages", body.ToJsonString())).Status);
        }

        await desk.CardAsync("of-blue");
        Assert.DoesNotContain([.. await desk.DeliveriesAsync("pending", "of-red"), .. await desk.DeliveriesAsync("delivered", "of-red")], d => (string?)d["sink"] == "teams-0");
        Assert.Empty(desk.Cards("of-red"));
    }

    [Theory]
    [InlineData(404, """{"error":{"code":"ConversationNotFound"}}""", "Install the app there again")]
    [InlineData(403, """{"error":{"code":"BotNotInConversationRoster"}}""", "Install the app there again")]
    [InlineData(403, """{"error":{"code":"Forbidden","message":"MessageWritesBlocked"}}""", "blocked the bot")]
    public async Task Place_ThatIsClosedToTheBot_IsADeadLetterThatSaysWhatToDo_AndCanBeSentAgain(int status, string body, string says)
    {
        await using var desk = await TeamsDesk.StartAsync(null, TeamsDesk.InChannel);
        await desk.InstallAsync();
        desk.Fails = _ => (status, body);
        await desk.AlertAsync("closed");

        var dead = await Eventually.GetsAsync(() => desk.DeliveriesAsync("dead", "closed"), d => d.Length == 1, "a dead letter");
        Assert.Contains(says, (string?)dead[0]["lastResult"], StringComparison.Ordinal);
        Assert.Equal("raised", (string?)(await desk.NowAsync("closed"))["state"]);
        var sinks = (await desk.Host.GetAsync("/api/v1/sinks")).Body!["sinks"]!.AsArray();
        Assert.Contains(says, (string?)sinks.Single(s => (string?)s!["name"] == "teams-0")!["warnings"]![0], StringComparison.Ordinal);

        desk.Fails = _ => null;
        Assert.Equal(HttpStatusCode.Accepted, (await desk.Host.PostAsync($"/api/v1/deliveries/{dead[0]["id"]}/resend", "{}")).Status);
        await desk.CardAsync("closed");
        await desk.IsAsync("closed", "delivered");
    }

    // A reminder is for the agent: it must not stand in the way of the alerts that come after it.
    [Fact]
    public async Task Message_OfAnotherKind_IsDeliveredWithoutACard()
    {
        await using var desk = await TeamsDesk.StartAsync(null, TeamsDesk.InChannel);
        await desk.InstallAsync();
        var sink = desk.Host.Services.GetServices<IDeliverySink>().Single(s => s.Name == "teams-0");

        var receipt = await sink.DeliverAsync(new OutboxMessage("msg_1", "followUp.reminded", "promised", "", """{"type":"followUp.reminded","data":{"state":"open"}}""", 1), Token);

        Assert.Equal(DeliveryOutcome.Delivered, receipt.Outcome);
        Assert.Empty(desk.Cards("promised"));
    }

    [Fact]
    public async Task Place_CalledAsAReceiverOfWebhooks_IsRefusedAtTheStart()
    {
        var secret = "whsec_" + Convert.ToBase64String(new byte[32]);

        var e = await Assert.ThrowsAsync<StartRefusedException>(() => TeamsDesk.StartAsync(
            null, [.. TeamsDesk.InChannel, "--TeamsAlerts:Places:0:Name=desk", "--Webhooks:0:Name=desk", "--Webhooks:0:Url=https://hooks.example.com/", "--Webhooks:0:Secret=" + secret]));

        Assert.Contains("'desk'", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Place_WhereTheBotWasNeverInstalled_IsADeadLetter()
    {
        await using var desk = await TeamsDesk.StartAsync(null, "--TeamsAlerts:Enabled=true", "--TeamsAlerts:Places:0:Person=0b0b0b0b-0000-4000-8000-000000000009");
        await desk.AlertAsync("nowhere");

        var dead = await Eventually.GetsAsync(() => desk.DeliveriesAsync("dead", "nowhere"), d => d.Length == 1, "a dead letter");
        Assert.Contains("not installed", (string?)dead[0]["lastResult"], StringComparison.Ordinal);
        Assert.Empty(desk.Bot.Connector.Calls);
    }

    [Theory]
    [InlineData(503, null, 2)]
    [InlineData(401, null, 2)]
    [InlineData(429, "60", 60)]
    public async Task Teams_ThatIsAwayOrBusy_IsTriedAgainWhenItSays(int status, string? retryAfter, int seconds)
    {
        var clock = new FakeTimeProvider(Start);
        await using var desk = await TeamsDesk.StartAsync(clock, TeamsDesk.InChannel);
        await desk.InstallAsync();
        var tries = 0;
        desk.Fails = context =>
        {
            if (Interlocked.Increment(ref tries) > 1)
            {
                return null;
            }

            context.Response.Headers.RetryAfter = retryAfter;
            return (status, "{}");
        };
        await desk.AlertAsync("away");

        var waiting = await Eventually.GetsAsync(
            () => desk.DeliveriesAsync("pending", "away"), d => d.Length == 1 && d[0]["lastResult"] is not null && (DateTimeOffset?)d[0]["nextTryAt"] > Start, "a try that is written down");
        Assert.Contains($"answered {status}", (string?)waiting[0]["lastResult"], StringComparison.Ordinal);
        Assert.InRange((DateTimeOffset)waiting[0]["nextTryAt"]!, Start.AddSeconds(1), Start.AddSeconds(seconds));
        Assert.True(retryAfter is null || (DateTimeOffset?)waiting[0]["nextTryAt"] == Start.AddSeconds(seconds));
        await AdvanceUntilAsync(desk, clock, TimeSpan.FromSeconds(seconds + 60), () => desk.Cards("away").Count > 0);
        Assert.Single(desk.Cards("away"));
        await desk.IsAsync("away", "delivered");
    }

    [Fact]
    public async Task HostThatEndsWhileItSendsACard_SendsItAgain_AndSaysThatItMayStandThereTwice()
    {
        await using var desk = await TeamsDesk.StartAsync(new FakeTimeProvider(Start), TeamsDesk.InChannel);
        await desk.InstallAsync();
        desk.Fails = _ => (503, "{}");
        var alert = await desk.AlertAsync("ends");
        await Eventually.GetsAsync(() => desk.DeliveriesAsync("pending", "ends"), d => d.Length == 1 && d[0]["lastResult"] is not null, "a try that is written down");
        var (sink, message) = await DeliveryAsync(desk, "alert.raised");
        var sent = desk.Host.Services.GetRequiredService<SentCards>();
        Assert.Empty(await sent.OfAsync(alert, Token)); // Teams said that it did not take it: nothing is in doubt.

        // The card stands there, and the host ends before it knows.
        using var ends = new CancellationTokenSource();
        desk.Fails = _ =>
        {
            ends.Cancel();
            return null;
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sink.DeliverAsync(message, ends.Token));
        Assert.True(Assert.Single(await sent.OfAsync(alert, Token)).IsInDoubt);
        await Eventually.HoldsAsync(() => desk.Cards("ends").Count == 1, "the card that the host knows nothing of");

        // Between the two, a try that surely did not arrive changes nothing of the doubt.
        desk.Fails = _ => (503, "{}");
        Assert.Equal(DeliveryOutcome.RetryLater, (await sink.DeliverAsync(message, Token)).Outcome);
        desk.Fails = _ => null;
        var receipt = await sink.DeliverAsync(message, Token);
        Assert.Equal(DeliveryOutcome.Delivered, receipt.Outcome);
        Assert.Contains("may stand there twice", receipt.Detail, StringComparison.Ordinal);
        Assert.Contains(desk.Host.Log.Lines, l => l.Contains($"The card of alert {alert} may stand twice", StringComparison.Ordinal));
        Assert.Equal(2, desk.Cards("ends").Count);
        Assert.False(Assert.Single(await sent.OfAsync(alert, Token)).IsInDoubt);

        // From now on there is one to change, and none to send.
        Assert.DoesNotContain("twice", (await sink.DeliverAsync(message, Token)).Detail, StringComparison.Ordinal);
        Assert.Equal(2, desk.Cards("ends").Count);
    }

    [Theory]
    [InlineData(503, false)]
    [InlineData(429, false)]
    [InlineData(500, true)] // It may have been taken and the answer lost.
    public async Task Card_OfWhichTeamsSaidNothing_IsInDoubt(int status, bool isInDoubt)
    {
        await using var desk = await TeamsDesk.StartAsync(new FakeTimeProvider(Start), TeamsDesk.InChannel);
        await desk.InstallAsync();
        desk.Fails = context =>
        {
            context.Response.Headers.RetryAfter = "600";
            return (status, "{}");
        };
        var alert = await desk.AlertAsync("doubt");
        await Eventually.GetsAsync(() => desk.DeliveriesAsync("pending", "doubt"), d => d.Length == 1 && d[0]["lastResult"] is not null, "a try that is written down");
        Assert.Equal(isInDoubt, (await desk.Host.Services.GetRequiredService<SentCards>().OfAsync(alert, Token)).Any(c => c.IsInDoubt));
    }

    [Fact]
    public async Task Ladder_ThatTellsTheNext_ChangesTheCardAndCallsUnderIt_OnceADelivery()
    {
        var clock = new FakeTimeProvider(Start);
        await using var desk = await TeamsDesk.StartAsync(
            clock,
            [.. TeamsDesk.InChannel, "--Escalation:Ladder:Rungs:0:Name=mesa", "--Escalation:Ladder:Rungs:1:Name=jefatura", "--Escalation:Ladder:Rungs:1:People:0:Person=Eva"]);
        await desk.InstallAsync();
        var alert = await desk.AlertAsync("ladder");
        await desk.CardAsync("ladder");
        await desk.IsAsync("ladder", "delivered");
        await Eventually.GetsAsync(() => desk.DeliveriesAsync("pending", "ladder"), d => d.Length == 0, "nothing waits");

        // An immediate alert that nobody answers is told to the next after 2 minutes (docs/alerts.md).
        await AdvanceUntilAsync(desk, clock, TimeSpan.FromMinutes(4), () => Calls(desk).Count > 0);
        var call = Calls(desk)[0];
        Assert.Contains("Nadie ha respondido todavía. Se avisa ahora a: jefatura. De guardia: Eva.", call, StringComparison.Ordinal);
        Assert.Contains("jefatura", await desk.ShowsAsync("ladder", "Se avisa ahora a"), StringComparison.Ordinal);
        Assert.Single(desk.Cards("ladder"));

        await Eventually.GetsAsync(() => desk.DeliveriesAsync("pending", "ladder"), d => d.Length == 0, "the call is written down");

        // The same delivery once more: nothing is sent twice.
        var (sink, message) = await DeliveryAsync(desk, "alert.escalated");
        var before = desk.Bot.Connector.Calls.Count;
        Assert.Equal(DeliveryOutcome.Delivered, (await sink.DeliverAsync(message, Token)).Outcome);
        Assert.Equal(DeliveryOutcome.Delivered, (await sink.DeliverAsync((await DeliveryAsync(desk, "alert.raised")).Message, Token)).Outcome);
        Assert.Equal(before, desk.Bot.Connector.Calls.Count);

        // Somebody deletes the card: who only acts needs none, who is called gets a new one.
        desk.Fails = context => context.Request.Method == "PUT" ? (404, "{}") : null;
        await AdvanceUntilAsync(desk, clock, TimeSpan.FromMinutes(70), () => desk.Cards("ladder").Count == 2);
        await desk.Host.PostAsync($"/api/v1/alerts/{alert}/acknowledge", """{"by":"eva"}""");
        await Eventually.GetsAsync(() => desk.DeliveriesAsync("pending", "ladder"), d => d.Length == 0, "nothing waits");
        Assert.Equal(2, desk.Cards("ladder").Count);
        Assert.Empty(await desk.DeliveriesAsync("dead", "ladder"));
    }

    [Fact]
    public async Task SelfTest_SendsAMarkedMessage_OverHttpAndBesideAHostThatRuns()
    {
        await using var desk = await TeamsDesk.StartAsync(null, TeamsDesk.InChannel);
        await desk.InstallAsync();

        var (_, answer) = await desk.Host.PostAsync("/api/v1/self-test", "{}");
        Assert.True((bool?)answer!["passed"], answer.ToJsonString());
        Assert.Single(Tests(desk));

        using var output = new StringWriter();
        using var errors = new StringWriter();
        var code = await SelfTestVerb.RunAsync([SelfTestVerb.Name, .. TeamsDesk.InChannel, "--Storage:DataDirectory=" + desk.Bot.DataDirectory], output, errors);
        Assert.True(code == SelfTestVerb.AllPassed, output.ToString() + errors);
        Assert.Equal(2, Tests(desk).Length);

        static string[] Tests(TeamsDesk desk) => [.. desk.Bot.Connector.Calls.Where(c => c.Method == "POST").Select(TeamsDesk.Says).Where(s => s.StartsWith("[TEST]", StringComparison.Ordinal))];
    }

    [Fact]
    public async Task RemovedFromTheTeam_ForgetsItsPlacesAndThreads()
    {
        await using var desk = await TeamsDesk.StartAsync(null, "--TeamsAlerts:Enabled=true");
        await desk.InstallAsync();
        Assert.Contains("Desde ahora", await SayAsync(desk, "avisos aquí", personal: false), StringComparison.Ordinal); // In local mode anybody may choose.
        Assert.Equal((1, 2), await KnownAsync(desk));

        var removed = TeamsDesk.InTeam(desk.Bot.NewActivity("installationUpdate"), "19:team@thread.tacv2");
        removed["action"] = "remove";
        await desk.Bot.PostAsync(removed);

        await Eventually.GetsAsync(() => KnownAsync(desk), k => k == (0, 0), "all of the team is forgotten");

        static async Task<(int Places, int References)> KnownAsync(TeamsDesk desk)
        {
            await using var db = await desk.Host.Services.GetRequiredService<IDbContextFactory<CoachDbContext>>().CreateDbContextAsync(Token);
            return (await db.BotAlertPlaces.CountAsync(Token), await db.BotConversations.CountAsync(Token));
        }
    }

    private static string Words(JsonNode answer)
    {
        Assert.Equal("application/vnd.microsoft.card.adaptive", (string?)answer["type"]);
        return ConnectorServer.WordsOf(new JsonObject { ["attachments"] = new JsonArray(answer["value"]!.DeepClone()) });
    }

    private static async Task<string[]> WhispersOf(TeamsDesk desk, string conversation)
    {
        var read = await desk.Host.Desk.ReadAsync(Core.Channels.ConversationId.Create(conversation), Token);
        return [.. read!.Alerts[0].Notes.Where(n => n.IsWhisper).Select(n => n.Text)];
    }

    // What is called under cards.
    private static IReadOnlyList<string> Calls(TeamsDesk desk) =>
        [.. desk.Bot.Connector.Calls.Select(c => (string?)c.Body?["text"]).OfType<string>().Where(t => t.Contains("Nadie ha respondido", StringComparison.Ordinal))];

    private static async Task<string> SayAsync(TeamsDesk desk, string text, bool personal)
    {
        var activity = desk.Bot.NewActivity("message", text);
        activity = personal ? activity : TeamsDesk.InTeam(activity);
        var conversation = (string)activity["conversation"]!["id"]!;
        var before = desk.Bot.Connector.CallsIn(conversation).Count;
        Assert.Equal(HttpStatusCode.OK, (await desk.Bot.PostAsync(activity)).Status);
        await Eventually.HoldsAsync(() => desk.Bot.Connector.CallsIn(conversation).Count > before, $"an answer to '{text}'");
        return TeamsDesk.Says(desk.Bot.Connector.CallsIn(conversation)[before]);
    }

    private static async Task<(IDeliverySink Sink, OutboxMessage Message)> DeliveryAsync(TeamsDesk desk, string type)
    {
        await using var db = await desk.Host.Services.GetRequiredService<IDbContextFactory<CoachDbContext>>().CreateDbContextAsync(Token);
        var row = await db.Outbox.AsNoTracking().Where(r => r.Sink == "teams-0" && r.Type == type).OrderBy(r => r.Sequence).FirstAsync(Token);
        var key = await desk.Host.Services.GetRequiredService<RecordCipher>().FindAsync(KeyOwner.Conversation(row.ConversationId), Token);
        var body = key.Open(RecordPlace.Outbox(row.DeliveryId), row.Body);
        return (desk.Host.Services.GetServices<IDeliverySink>().Single(s => s.Name == "teams-0"), new OutboxMessage(row.DeliveryId, row.Type, row.ConversationId, row.AlertId, body, row.Attempts + 1));
    }

    // The clock goes on only while nothing is being delivered: a try that is under way sees one step of it, which is less than any time that it has.
    private static async Task AdvanceUntilAsync(TeamsDesk desk, FakeTimeProvider clock, TimeSpan most, Func<bool> holds)
    {
        var end = clock.GetUtcNow() + most;
        while (!holds() && clock.GetUtcNow() < end)
        {
            await Eventually.GetsAsync(() => UnderWayAsync(desk), n => n == 0, "nothing is being delivered");
            clock.Advance(TimeSpan.FromSeconds(5));
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Token);
        }

        await Eventually.HoldsAsync(holds, $"within {most} of the product's clock");
    }

    private static async Task<int> UnderWayAsync(TeamsDesk desk)
    {
        await using var db = await desk.Host.Services.GetRequiredService<IDbContextFactory<CoachDbContext>>().CreateDbContextAsync(Token);
        return await db.Outbox.CountAsync(m => m.State == OutboxState.Pending && m.LeaseUntil != null, Token);
    }
}
