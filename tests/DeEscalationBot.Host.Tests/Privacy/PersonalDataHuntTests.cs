using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using DeEscalationBot.Host.Tests.Channels.BotFramework;
using DeEscalationBot.Host.Tests.Channels.BotFramework.Alerts;
using DeEscalationBot.Host.Tests.Channels.BotFramework.Chats;
using DeEscalationBot.Host.Tests.Fixtures;
using DeEscalationBot.Host.Tests.LanguageModel;

namespace DeEscalationBot.Host.Tests.Privacy;

/// <summary>
/// Marked personal data through the whole product: turns, web chats that are answered from Teams, imports and cases, alerts to webhooks, mail and Teams, follow-ups, texts by a language model, metrics, reports,
/// the audit log; then a search of everything that went out and of every line of the log. The numbers are the issuers' own examples, as in the tests of the redactor.
/// </summary>
public sealed class PersonalDataHuntTests
{
    // What is said, and what of it must be nowhere: parts, so that a number that is cut in pieces is found as well.
    private static readonly (string Text, string[] Gone)[] Said =
    [
        ("Quiero hablar con su encargado ya. Mi tarjeta es 4111 1111 1111 1111 y mi correo zurita.hunt@correo.example", ["4111", "zurita.hunt"]),
        ("Eres un inútil. Mi DNI es 12345678Z, mi IBAN ES91 2100 0418 4502 0005 1332, llámeme al 612 34 56 78", ["12345678", "0418 4502", "612 34", "612345678"]),
        ("Nadie me responde. La contraseña es Verano2024! y el pasaporte ZAB123456", ["Verano2024", "ZAB123456"]),
        ("Me llamo Zenobia Zurita y vivo en la Calle de Alcalá, 219, 3º B. Voy a denunciarles y no pienso esperar más", ["Zenobia", "Alcalá, 219"]),
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EverythingThatLeaves_AndEveryLogLine_HoldsNothingOfTheCustomer()
    {
        const string Conversation = "hunt-1";
        const string Customer = "customer-zurita@correo.example";
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var mails = new MailReceiver();
        using var model = new ModelServer().Answering(ModelAnswer.Says("Siento la espera. ¿Qué le dijeron la última vez?"));
        await using var desk = await TeamsDesk.StartAsync(
            null,
            [
                .. TeamsDesk.InChannel, .. receiver.Settings, .. mails.Settings,
                "--LanguageModel:Enabled=true", $"--LanguageModel:Endpoint={model.Address}", "--LanguageModel:Model=m", "--LanguageModel:AttemptTimeout=00:01:00", "--LanguageModel:TotalTimeout=00:02:00",
            ]);
        await desk.InstallAsync();
        for (var i = 0; i < Said.Length; i++)
        {
            var (status, body) = await desk.Host.PostAsync(
                $"/api/v1/conversations/{Conversation}/messages", new JsonObject { ["id"] = $"m{i}", ["speaker"] = "customer", ["text"] = Said[i].Text, ["customerId"] = Customer }.ToJsonString());
            Assert.True(status == HttpStatusCode.OK, body?.ToJsonString());
        }

        await desk.Host.PostAsync($"/api/v1/conversations/{Conversation}/handover", """{"by":"luis"}""");

        // A case about them: it stays in the record, and nothing of it goes anywhere.
        JsonObject[] cases =
        [
            new() { ["id"] = Customer, ["name"] = "Zenobia Zurita", ["since"] = "2025-01-01" },
            new() { ["customerId"] = Customer, ["why"] = Said[3].Text },
        ];
        foreach (var (path, body) in ((string[])["/api/v1/customers", "/api/v1/cases/dismissals"]).Zip(cases))
        {
            var (status, answer) = await desk.Host.PostAsync(path, body.ToJsonString());
            Assert.True((int)status < 300, answer?.ToJsonString());
        }

        // What a case refuses is about words, too, and what an import does not take.
        foreach (var (path, body) in new (string, JsonObject)[]
        {
            ("/api/v1/cases/departures", new() { ["customerId"] = "nobody-" + Customer, ["why"] = Said[3].Text }),
            ("/api/v1/cases/proposals/set-aside", new() { ["kind"] = "departure", ["conversationId"] = Conversation, ["why"] = Said[1].Text }),
            ($"/api/v1/customers/{Customer}/steps/no-such-step", new() { ["text"] = Said[2].Text }),
        })
        {
            Assert.True((int)(await desk.Host.PostAsync(path, body.ToJsonString())).Status < 500);
        }

        foreach (var file in (string[])[$"record;customerId;name;since\ncustomer;second-{Customer};Zenobia Zurita;2025-01-01\ncustomer;third-{Customer};Zenobia Zurita;no day", "Zenobia;4111 1111 1111 1111\nx"])
        {
            using var content = new StringContent(file, Encoding.UTF8, "text/csv");
            using var answer = await desk.Host.Client.PostAsync(new Uri("/api/v1/customers/import", UriKind.Relative), content, Token);
            Assert.True((int)answer.StatusCode < 500);
        }

        // A web chat that an agent takes in Teams. They read the customer's words there; nobody else does, and no locked telephone shows them.
        desk.Bot.Begin();
        var chat = await ChatCustomer.StartAsync(desk.Bot, Said[3].Text);
        var list = await desk.Bot.AskAsync("chats en espera");
        await desk.Bot.AskAsync($"atender chat {chat.Code}");
        var answered = BotHost.DataOf(desk.Bot.Messages[^1], "chat.send");
        answered["draft"] = "Gracias, Zenobia Zurita. Reviso el reembolso y le escribo hoy a zurita.hunt@correo.example, o le llamo al 612 34 56 78.";
        await desk.Bot.PressAsync("chat.send", answered);
        Assert.Single(await chat.AnswersAsync());
        await chat.SayAsync(Said[1].Text);
        await chat.SayAsync(Said[0].Text); // Asks for a supervisor, who is called.
        await desk.CardAsync(chat.Id.Value);
        var (written, _) = await desk.Host.PostAsync($"/api/v1/conversations/{chat.Id.Value}/texts", """{"kind":"handoverSummary"}""");
        Assert.Equal(HttpStatusCode.OK, written);

        foreach (var kind in (string[])["nextReply", "paraphrase", "handoverSummary"])
        {
            var (status, _) = await desk.Host.PostAsync($"/api/v1/conversations/{Conversation}/texts", $$"""{"kind":"{{kind}}"}""");
            Assert.Equal(HttpStatusCode.OK, status);
        }

        await desk.CardAsync(Conversation);
        await Eventually.HoldsAsync(() => receiver.Taken.Any(r => r.Conversation == Conversation) && receiver.Taken.Any(r => r.Conversation == chat.Id.Value) && mails.Taken.Count > 0 && model.Requests.Count >= 4, "webhooks, mail and prompts");

        var left = new StringBuilder();
        foreach (var hook in receiver.Taken)
        {
            left.AppendLine("webhook: " + hook.Body);
        }

        foreach (var mail in mails.Taken)
        {
            left.AppendLine("mail: " + mail.Subject + mail.TextBody + mail.HtmlBody);
        }

        left.AppendLine("chats: " + list);
        foreach (var message in desk.Bot.Messages)
        {
            left.AppendLine("telephone: " + (string?)message["summary"]);
        }

        foreach (var call in desk.Bot.Connector.Calls.Except(desk.Bot.Connector.CallsIn(desk.Bot.Conversation)).Where(c => c.Body is not null))
        {
            left.AppendLine("card: " + call.Path + call.Body!.ToJsonString(new System.Text.Json.JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
        }

        foreach (var (body, _) in model.Requests)
        {
            left.AppendLine("prompt: " + string.Join(' ', body["messages"]!.AsArray().Select(m => (string?)m!["content"])));
        }

        foreach (var path in (string[])["/metrics", "/api/v1/reports/alerts.csv", "/api/v1/reports/desk.csv", "/api/v1/reports/churn.csv", "/api/v1/reports/customer-kinds.csv", "/api/v1/reports/dismissals.csv", "/api/v1/audit?limit=500", "/api/v1/deliveries?state=delivered", "/api/v1/sinks", "/health/ready"])
        {
            left.AppendLine(path + ": " + await desk.Host.Client.GetStringAsync(new Uri(path, UriKind.Relative), Token));
        }

        foreach (var line in desk.Host.Log.Lines)
        {
            left.AppendLine("log: " + line);
        }

        var all = left.ToString();
        Assert.All(["webhook: ", "mail: ", "chats: ", "telephone: ", "card: ", "prompt: ", "deescalation_turns_total", "log: "], (string kind) => Assert.Contains(kind, all, StringComparison.Ordinal));
        Assert.All([.. Said.SelectMany(s => s.Gone), "customer-zurita"], (string word) => Assert.DoesNotContain(
            word, string.Join('\n', all.Split('\n').Where(l => l.Contains(word, StringComparison.Ordinal))), StringComparison.Ordinal));
    }
}
