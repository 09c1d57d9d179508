using System.Net;
using System.Text.Json.Nodes;
using DeEscalationBot.Host.Conversations.Storage;
using DeEscalationBot.Host.Hosting;
using DeEscalationBot.Host.Privacy.Audit;
using DeEscalationBot.Host.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace DeEscalationBot.Host.Tests.Privacy.Audit;

public sealed class AuditLogTests(PostgresCluster postgres)
{
    private readonly FakeTimeProvider _clock = new(SampleEvents.At);

    public static TheoryData<StorageProvider> Providers => [StorageProvider.Sqlite, StorageProvider.Postgres];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Verify_LineChangedRemovedOrCutOff_SaysWhere(StorageProvider provider)
    {
        await using var database = await RecordDatabase.OpenAsync(provider, postgres);
        var log = LogOf(database);
        Assert.Equal(new AuditVerdict(0, null, "", true), await log.VerifyAsync(cancellationToken: Token));
        for (var i = 1; i <= 5; i++)
        {
            await log.WriteAsync("sara", AuditActions.KeyMade, $"key-{i}");
        }

        var whole = await log.VerifyAsync(cancellationToken: Token);
        Assert.Equal((5, null, true), (whole.Lines, whole.BrokenAt, whole.IsWhole));

        // Cut off at the end: the chain holds, and what was kept elsewhere tells.
        await database.ChangeAsync(db => db.Audit.Where(a => a.Number == 5).ExecuteDeleteAsync(Token));
        var cut = await log.VerifyAsync(whole.Last, Token);
        Assert.Equal((null, false, false), (cut.BrokenAt, cut.HasExpected, cut.IsWhole));
        Assert.True((await log.VerifyAsync(cut.Last, Token)).IsWhole);

        await database.ChangeAsync(db => db.Audit.Where(a => a.Number == 3).ExecuteUpdateAsync(s => s.SetProperty(a => a.Actor, "luis"), Token));
        Assert.Equal(3, (await log.VerifyAsync(cancellationToken: Token)).BrokenAt);
        await database.ChangeAsync(db => db.Audit.Where(a => a.Number == 2).ExecuteDeleteAsync(Token));
        Assert.Equal(2, (await log.VerifyAsync(cancellationToken: Token)).BrokenAt);
    }

    // Two nodes: each with a turn of its own, so that only the database keeps them apart.
    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Write_FromTwoNodesAtOnce_IsOneChainWithoutGaps(StorageProvider provider)
    {
        await using var database = await RecordDatabase.OpenAsync(provider, postgres);
        using var otherWriter = new RecordWriter(Options.Create(new StorageOptions { Provider = provider }));
        AuditLog[] nodes = [LogOf(database), new AuditLog(database.Contexts, otherWriter, database.Cipher, _clock)];
        await nodes[0].WriteAsync("product", AuditActions.Seen, "first");

        await Task.WhenAll(Enumerable.Range(0, 120).Select(i => nodes[i % 2].WriteAsync($"person-{i % 2}", AuditActions.Seen, $"c{i}")));

        var verdict = await nodes[0].VerifyAsync(cancellationToken: Token);
        Assert.Equal((121, true), (verdict.Lines, verdict.IsWhole));
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Seen_IsOneLineAPersonConversationAndHour_OnWhateverNode(StorageProvider provider)
    {
        await using var database = await RecordDatabase.OpenAsync(provider, postgres);
        AuditLog[] nodes = [LogOf(database), LogOf(database)];
        foreach (var node in nodes)
        {
            await node.SeenAsync("luis", "c1");
            await node.SeenAsync("luis", "c1");
            await node.SeenAsync("sara", "c1");
            await node.SeenAsync("luis", "c2");
        }

        Assert.Equal(3, (await nodes[0].ListAsync(100, cancellationToken: Token)).Count);
        _clock.Advance(TimeSpan.FromHours(1));
        await nodes[1].SeenAsync("luis", "c1");
        var lines = await nodes[0].ListAsync(2, cancellationToken: Token);
        Assert.Equal([("luis", "c1", 4), ("luis", "c2", 3)], lines.Select(l => (l.Actor, l.Target, l.Number)));
        Assert.Equal([2, 1], (await nodes[0].ListAsync(10, before: 3, Token)).Select(l => l.Number));
    }

    [Fact]
    public async Task Host_WritesDownWhatPeopleSeeAndDo_WithoutAWordOfCustomers()
    {
        using var data = new TemporaryDirectory();
        await using var host = await RunningHost.StartAsync(data.Path, _clock);
        await host.PostAsync("/api/v1/conversations/c1/messages", """{"id":"m1","speaker":"customer","text":"Eres un inútil, no sirves para nada. Zurriagazo","customerId":"ana@correo.example"}""");
        await host.GetAsync("/api/v1/conversations/c1");
        await host.GetAsync("/api/v1/conversations/c1");
        var alert = (string?)(await host.GetAsync("/api/v1/conversations/c1")).Body!["alerts"]![0]!["id"];
        await host.PostAsync($"/api/v1/alerts/{alert}/acknowledge", """{"by":"sara"}""");
        await host.PostAsync("/api/v1/subjects/export", """{"customerId":"ana@correo.example"}""");
        var (_, receipt) = await host.PostAsync("/api/v1/subjects/erase", """{"customerId":"ana@correo.example"}""");

        var (status, page) = await host.GetAsync("/api/v1/audit?limit=10");

        Assert.Equal(HttpStatusCode.OK, status);
        var lines = page!["lines"]!.AsArray();
        Assert.Equal(["subject.erased", "subject.exported", "alert.acknowledge", "conversation.seen"], lines.Select(l => (string?)l!["action"]));
        Assert.Equal([(string?)receipt!["id"], alert, "c1"], new[] { 0, 2, 3 }.Select(i => (string?)lines[i]!["target"]));
        Assert.Equal("sara", (string?)lines[2]!["actor"]);
        Assert.All(["Zurriagazo", "ana@", "inútil"], (string word) => Assert.DoesNotContain(word, page.ToJsonString(), StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.BadRequest, (await host.GetAsync("/api/v1/audit?before=x")).Status);

        // From a terminal, beside the host.
        var (code, verified, _) = await RunAsync("verify", $"--Storage:DataDirectory={data.Path}");
        Assert.Equal(RecordVerb.Done, code);
        Assert.StartsWith("4 lines, all as they were written. Last: ", verified, StringComparison.Ordinal);
        var (_, exported, _) = await RunAsync("export", $"--Storage:DataDirectory={data.Path}");
        Assert.Equal(["conversation.seen", "alert.acknowledge", "subject.exported", "subject.erased"], exported.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => (string?)JsonNode.Parse(l)!["action"]));
        var (missing, _, why) = await RunAsync("verify", "--expect", "00", $"--Storage:DataDirectory={data.Path}");
        Assert.Equal(RecordVerb.Failed, missing);
        Assert.Contains("not among them", why, StringComparison.Ordinal);
    }

    private AuditLog LogOf(RecordDatabase database) => new(database.Contexts, database.Writer, database.Cipher, _clock);

    private static async Task<(int Code, string Output, string Errors)> RunAsync(params string[] args)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var code = await AuditVerb.RunAsync(["audit", .. args], output, errors);
        return (code, output.ToString(), errors.ToString());
    }
}
