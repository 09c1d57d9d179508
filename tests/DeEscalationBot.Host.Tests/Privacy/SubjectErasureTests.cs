using System.Net;
using System.Text.Json.Nodes;
using DeEscalationBot.Host.Conversations.Storage;
using DeEscalationBot.Host.Conversations.Storage.Archive;
using DeEscalationBot.Host.Conversations.Storage.Sealing;
using DeEscalationBot.Host.Hosting;
using DeEscalationBot.Host.Privacy;
using DeEscalationBot.Host.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace DeEscalationBot.Host.Tests.Privacy;

/// <summary>Erasure of a customer, at the real host, on both databases. The marks are words that nothing else says.</summary>
public sealed class SubjectErasureTests(PostgresCluster postgres) : IDisposable
{
    private const string Customer = "ana.zurriaga@correo.example";
    private const string Mark = "Zurriagazo";

    // The clock stands still, and reports count what was before their end.
    private const string Until = "?until=2026-03-03T00:00:00Z";

    private static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private readonly TemporaryDirectory _data = new();

    public static TheoryData<StorageProvider> Providers => [StorageProvider.Sqlite, StorageProvider.Postgres];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _data.Dispose();

    [Theory]
    [InlineData(StorageProvider.Sqlite, true)]
    [InlineData(StorageProvider.Sqlite, false)]
    [InlineData(StorageProvider.Postgres, true)]
    public async Task Erase_LeavesNoByteInTableFileOrBackup_AndTheOthersAndTheCountsStay(StorageProvider provider, bool encrypt)
    {
        // Nobody answers at the sink's address: what goes out stays in the outbox.
        await using var host = await StartAsync(provider, $"--Storage:Encrypt={encrypt}", "--Webhooks:0:Url=http://127.0.0.1:9/", $"--Webhooks:0:Secret={WebhookReceiver.Secret}", "--Webhooks:AllowPrivateNetworks=true");
        await SayAsync(host, "ana/1", "m1", $"Quiero hablar con su encargado, {Mark}. Eres un inútil, no sirves para nada.", Customer);
        await SayAsync(host, "ana/1", "m2", $"Otra vez {Mark}", "ana-of-later");
        await SayAsync(host, "ana/2", "m1", $"Hola, {Mark}", Customer);
        await SayAsync(host, "bea/1", "m1", "Eres un inútil, no sirves para nada.", "bea");
        var (_, planned) = await host.PostAsync("/api/v1/conversations/ana%2F1/follow-ups/", $$"""{"id":"click-1","reason":"{{Mark}} lo mira","promisedFor":"2026-03-05T09:00:00Z","by":"luis"}""");
        Assert.NotNull(planned);
        var contexts = host.Services.GetRequiredService<IDbContextFactory<CoachDbContext>>();
        var before = await RecordText.OfAsync(contexts);
        Assert.Equal(encrypt, !before.Contains(Mark, StringComparison.Ordinal) && !before.Contains(Customer, StringComparison.Ordinal));
        var wrapped = await WrappedAsync(contexts);
        var (_, report) = await host.GetAsync("/api/v1/reports/alerts" + Until);
        var (_, recovery) = await host.GetAsync("/api/v1/reports/recovery" + Until);
        Assert.Equal(3, (int)recovery!["conversations"]!);

        var (status, receipt) = await host.PostAsync("/api/v1/subjects/erase", new JsonObject { ["customerId"] = Customer }.ToJsonString());

        Assert.Equal(HttpStatusCode.OK, status);
        var erased = receipt!["erased"]!;
        Assert.Equal((2, 3, 1), ((int)erased["conversations"]!, (int)erased["messages"]!, (int)erased["followUps"]!));
        Assert.True((int)erased["openAlerts"]! > 0 && (int)erased["undelivered"]! > 0, erased.ToJsonString());
        Assert.Equal((encrypt ? 2 : 0, true), ((int)erased["keys"]!, (bool)receipt["filesCleared"]!));
        Assert.DoesNotContain("ana", receipt.ToJsonString(), StringComparison.OrdinalIgnoreCase);

        // In no table, no file, no backup.
        string[] gone = [Mark, Customer, "ana-of-later", .. wrapped];
        var after = await RecordText.OfAsync(contexts);
        Assert.All(gone, word => Assert.DoesNotContain(word, after, StringComparison.Ordinal));
        Assert.All(gone, word => Assert.Empty(DataFiles.With(_data.Path, word)));
        Assert.NotEmpty(DataFiles.With(_data.Path, provider == StorageProvider.Sqlite ? "bea/1" : "key id"));
        await using (var db = await contexts.CreateDbContextAsync(Token))
        {
            await new RecordArchive(TimeProvider.System).WriteAsync(db, _data["after.zip"], cancellationToken: Token);
        }

        System.IO.Compression.ZipFile.ExtractToDirectory(_data["after.zip"], _data["after"]);
        Assert.All(gone, word => Assert.Empty(DataFiles.With(_data["after"], word)));

        // Nobody sees it any more, and its id is not used again.
        Assert.Equal(HttpStatusCode.NotFound, (await host.GetAsync("/api/v1/conversations/ana%2F1")).Status);
        Assert.Equal(["bea/1"], (await host.GetAsync("/api/v1/conversations/")).Body!["conversations"]!.AsArray().Select(c => (string?)c!["id"]));
        Assert.Equal(["bea/1"], (await host.GetAsync("/api/v1/alerts/")).Body!["alerts"]!.AsArray().Select(a => (string?)a!["conversation"]).Distinct());
        Assert.Empty((await host.GetAsync("/api/v1/follow-ups")).Body!["followUps"]!.AsArray());
        foreach (var conversation in (string[])["ana/1", "ana/2"])
        {
            var (refused, problem) = await PostAsync(host, conversation, "m9", "¿Hola?", Customer);
            Assert.Equal((HttpStatusCode.Gone, ErrorCodes.ConversationErased), (refused, (string?)problem!["code"]));
        }

        // The customer may come back, in a new conversation; what is counted stays.
        await SayAsync(host, "ana/3", "m1", "Hola de nuevo", Customer);
        Assert.Equal((int)report!["raised"]!, (int)(await host.GetAsync("/api/v1/reports/alerts" + Until)).Body!["raised"]!);
        Assert.Equal((int)recovery["conversations"]! + 1, (int)(await host.GetAsync("/api/v1/reports/recovery" + Until)).Body!["conversations"]!);

        // Twice, and somebody unknown: nothing is found, and that is a receipt.
        var (_, third) = await host.PostAsync("/api/v1/subjects/erase", """{"customerId":"ana-of-later"}""");
        var (_, unknown) = await host.PostAsync("/api/v1/subjects/erase", """{"customerId":"nobody"}""");
        Assert.All([third, unknown], r => Assert.Equal(0, (int)r!["erased"]!["conversations"]!));
        string?[] receipts = [(string?)unknown!["id"], (string?)third!["id"], (string?)receipt["id"]];
        Assert.Equal(receipts.Order(StringComparer.Ordinal), (await host.GetAsync("/api/v1/subjects/erasures")).Body!["erasures"]!.AsArray().Select(e => (string?)e!["id"]).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(host.Log.Lines, l => l.Contains(Mark, StringComparison.Ordinal) || l.Contains(Customer, StringComparison.Ordinal));
    }

    // Whatever was acknowledged is erased with the rest; what comes later is refused.
    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Erase_WhileMessagesArrive_EndsWithNothingLeft(StorageProvider provider)
    {
        await using var host = await StartAsync(provider);
        await SayAsync(host, "busy", "m0", $"Hola, {Mark}", Customer);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var writing = Task.Run(async () =>
        {
            for (var i = 1; !over.IsCancellationRequested;)
            {
                // 503 says that it may be sent again: the database ended it because the erasure was at the same rows.
                var (status, _) = await PostAsync(host, "busy", $"m{i}", $"Sigo aquí, {Mark} {i}", Customer);
                if (status == HttpStatusCode.Gone)
                {
                    return true;
                }

                Assert.True(status is HttpStatusCode.OK or HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests, status.ToString());
                i += status == HttpStatusCode.OK ? 1 : 0;
                if (i == 4)
                {
                    begun.TrySetResult();
                }
            }

            return false;
        }, Token);
        await Task.WhenAny(begun.Task, writing);

        var (erased, problem) = await host.PostAsync("/api/v1/subjects/erase", new JsonObject { ["customerId"] = Customer }.ToJsonString());
        if (erased != HttpStatusCode.OK)
        {
            await over.CancelAsync();
            Assert.Fail($"{erased}: {problem}");
        }

        over.CancelAfter(TimeSpan.FromMinutes(1));
        Assert.True(await writing);
        await using var db = await host.Services.GetRequiredService<IDbContextFactory<CoachDbContext>>().CreateDbContextAsync(Token);
        Assert.False(await db.Events.AnyAsync(e => e.ConversationId == "busy", Token));
        Assert.False(await db.RecordKeys.AnyAsync(k => k.Owner == "conversation:busy", Token));
        Assert.False(await db.RecordSubjects.AnyAsync(s => s.ConversationId == "busy", Token));
        Assert.True(await db.Summaries.AnyAsync(s => s.ConversationId == "busy" && s.ErasedAt != null, Token));
    }

    [Fact]
    public async Task EraseVerb_BesideARunningHost_IsHeardByIt()
    {
        await using var host = await StartAsync(StorageProvider.Sqlite);
        await SayAsync(host, "ana/1", "m1", $"Hola, {Mark}", Customer);
        using var output = new StringWriter();
        using var errors = new StringWriter();

        var code = await PrivacyVerbs.RunAsync(["erase", "--customer", Customer, $"--Storage:DataDirectory={_data.Path}"], output, errors);

        Assert.True(code == RecordVerb.Done, errors.ToString());
        Assert.Equal(1, (int)JsonNode.Parse(output.ToString())!["erased"]!["conversations"]!);
        await host.Services.GetServices<IHostedService>().OfType<ErasureWatch>().Single().LookAsync(Token);
        Assert.Equal(HttpStatusCode.Gone, (await PostAsync(host, "ana/1", "m2", "¿Hola?", Customer)).Status);
        Assert.Equal(RecordVerb.NotStarted, await PrivacyVerbs.RunAsync(["erase", "--customer", " ", $"--Storage:DataDirectory={_data.Path}"], output, errors));
        Assert.Equal(RecordVerb.NotStarted, await PrivacyVerbs.RunAsync(["erase"], output, errors));
    }

    [Theory]
    [InlineData("erase")]
    [InlineData("export")]
    public async Task Verb_WithTheKeysOfAnotherDirectory_DoesNothing_AndSaysWhatToDo(string verb)
    {
        string[] database = ["--Storage:Provider=Postgres", $"--ConnectionStrings:Coach={await postgres.NewDatabaseAsync()}"];
        await using var host = await RunningHost.StartAsync(_data["host"], new FakeTimeProvider(Start), database);
        await SayAsync(host, "ana/1", "m1", $"Hola, {Mark}", Customer);
        using var output = new StringWriter();
        using var errors = new StringWriter();

        var code = await PrivacyVerbs.RunAsync([verb, "--customer", Customer, $"--Storage:DataDirectory={_data["elsewhere"]}", .. database], output, errors);

        Assert.True(code == RecordVerb.Failed, output.ToString());
        Assert.Contains("the keys of this host do not open it", errors.ToString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await host.GetAsync("/api/v1/conversations/ana%2F1")).Status);
        var (_, receipt) = await host.PostAsync("/api/v1/subjects/erase", new JsonObject { ["customerId"] = Customer }.ToJsonString());
        Assert.Equal(1, (int)receipt!["erased"]!["conversations"]!);
    }

    [Fact]
    public async Task Erase_DamagedRecord_IsErasedAllTheSame()
    {
        await using var host = await StartAsync(StorageProvider.Sqlite);
        await SayAsync(host, "ana/1", "m1", $"Quiero hablar con su encargado, {Mark}", Customer);
        await using (var db = await host.Services.GetRequiredService<IDbContextFactory<CoachDbContext>>().CreateDbContextAsync(Token))
        {
            await db.RecordKeys.Where(k => k.Owner == "conversation:ana/1").ExecuteUpdateAsync(s => s.SetProperty(k => k.Wrapped, "damaged"), Token);
        }

        host.Services.GetRequiredService<RecordCipher>().Forget(KeyOwner.Conversation("ana/1"));
        var (status, receipt) = await host.PostAsync("/api/v1/subjects/erase", new JsonObject { ["customerId"] = Customer }.ToJsonString());
        Assert.Equal((HttpStatusCode.OK, 1), (status, (int)receipt!["erased"]!["conversations"]!));
        Assert.Equal(HttpStatusCode.Gone, (await PostAsync(host, "ana/1", "m2", "¿Hola?", Customer)).Status);
    }

    [Fact]
    public async Task Export_HoldsWhatIsTheirs_AndNothingElse()
    {
        await using var host = await StartAsync(StorageProvider.Sqlite);
        await SayAsync(host, "ana/1", "m1", $"Quiero hablar con su encargado, {Mark}", Customer);
        await SayAsync(host, "ana/1", "m2", "Cosa de Bea, que escribe ahora", "bea");
        await SayAsync(host, "bea/1", "m1", "Cosa de Bea", "bea");
        var (_, alerts) = await host.GetAsync("/api/v1/alerts/");
        var alert = (string?)alerts!["alerts"]!.AsArray().First(a => (string?)a!["conversation"] == "ana/1")!["id"];
        Assert.Equal(HttpStatusCode.OK, (await host.PostAsync($"/api/v1/alerts/{alert}/note", """{"by":"sara","text":"Entre nosotros"}""")).Status);

        var (status, export) = await host.PostAsync("/api/v1/subjects/export", new JsonObject { ["customerId"] = Customer }.ToJsonString());

        Assert.Equal(HttpStatusCode.OK, status);
        var conversation = Assert.Single(export!["conversations"]!.AsArray())!;
        Assert.Equal($"Quiero hablar con su encargado, {Mark}", (string?)conversation["messages"]![0]!["text"]);
        Assert.Single(conversation["messages"]!.AsArray());
        Assert.NotEmpty(conversation["alerts"]!.AsArray());
        Assert.All(["Bea", "bea", "Entre nosotros", "sara"], (string word) => Assert.DoesNotContain(word, export.ToJsonString(), StringComparison.Ordinal));

        using var output = new StringWriter();
        using var errors = new StringWriter();
        string[] verb = ["export", "--customer", Customer, "--to", _data["ana.md"], $"--Storage:DataDirectory={_data.Path}"];
        Assert.True(await PrivacyVerbs.RunAsync(verb, output, errors) == RecordVerb.Done, errors.ToString());
        var text = await File.ReadAllTextAsync(_data["ana.md"], Token);
        Assert.Contains($"> Quiero hablar con su encargado, {Mark}", text, StringComparison.Ordinal);
        Assert.Contains("aviso", text, StringComparison.Ordinal);
        Assert.Equal(RecordVerb.Failed, await PrivacyVerbs.RunAsync(verb, output, errors));
        Assert.Contains("there already", errors.ToString(), StringComparison.Ordinal);

        var (_, unknown) = await host.PostAsync("/api/v1/subjects/export", """{"customerId":"nobody"}""");
        Assert.Empty(unknown!["conversations"]!.AsArray());
        Assert.Equal(HttpStatusCode.BadRequest, (await host.PostAsync("/api/v1/subjects/export", "{}")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await host.PostAsync("/api/v1/subjects/export?format=pdf", """{"customerId":"bea"}""")).Status);
    }

    private async Task<RunningHost> StartAsync(StorageProvider provider, params string[] settings) => await RunningHost.StartAsync(
        _data.Path, new FakeTimeProvider(Start), provider == StorageProvider.Sqlite ? settings : [.. settings, "--Storage:Provider=Postgres", $"--ConnectionStrings:Coach={await postgres.NewDatabaseAsync()}"]);

    private static Task<(HttpStatusCode Status, JsonNode? Body)> PostAsync(RunningHost host, string conversation, string id, string text, string customer) => host.PostAsync(
        $"/api/v1/conversations/{Uri.EscapeDataString(conversation)}/messages", new JsonObject { ["id"] = id, ["speaker"] = "customer", ["text"] = text, ["customerId"] = customer }.ToJsonString());

    private static async Task SayAsync(RunningHost host, string conversation, string id, string text, string customer)
    {
        var (status, body) = await PostAsync(host, conversation, id, text, customer);
        Assert.True(status == HttpStatusCode.OK, $"{status}: {body}");
    }

    private static async Task<string[]> WrappedAsync(IDbContextFactory<CoachDbContext> contexts)
    {
        await using var db = await contexts.CreateDbContextAsync(Token);
        return await db.RecordKeys.AsNoTracking().Where(k => k.Owner.StartsWith("conversation:ana")).Select(k => k.Wrapped).ToArrayAsync(Token);
    }
}
