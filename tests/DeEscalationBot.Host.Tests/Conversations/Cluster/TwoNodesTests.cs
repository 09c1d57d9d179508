using System.Net;
using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Text.Json.Nodes;
using DeEscalationBot.Host.Access;
using DeEscalationBot.Host.Channels.BotFramework.Alerts;
using DeEscalationBot.Host.Hosting.Doctor;
using DeEscalationBot.Host.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;

namespace DeEscalationBot.Host.Tests.Conversations.Cluster;

/// <summary>Two nodes in this process on one PostgreSQL: what one does, the other knows.</summary>
public sealed class TwoNodesTests(TwoNodes nodes) : IClassFixture<TwoNodes>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AChat_GetsWhatAnAgentAnswers_OnAnotherNode()
    {
        var (id, stream) = await ChatAsync(nodes.One);
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(stream, Token);
        var key = await nodes.Two.Services.GetRequiredService<Host.Access.Keys.ApiKeys>().AddAsync(
            new Host.Access.Keys.ApiKeyWish("desk", [AccessRule.WriteTurns], [], TimeSpan.FromDays(1), "tests"));
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/conversations/{id}/messages");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key.Key);
        request.Content = new StringContent("""{"id":"a1","speaker":"agent","text":"Lo miro ahora mismo."}""", System.Text.Encoding.UTF8, "application/json");
        using var answer = await nodes.Two.Client.SendAsync(request, Token);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(Token));

        var heard = "";
        while (!heard.Contains("Lo miro ahora mismo.", StringComparison.Ordinal))
        {
            using var late = CancellationTokenSource.CreateLinkedTokenSource(Token);
            late.CancelAfter(TimeSpan.FromSeconds(60));
            var buffer = new byte[16 * 1024];
            var read = await socket.ReceiveAsync(buffer, late.Token);
            Assert.Equal(WebSocketMessageType.Text, read.MessageType);
            heard += System.Text.Encoding.UTF8.GetString(buffer, 0, read.Count);
        }
    }

    [Fact]
    public async Task WhoSignsOutOnOneNode_IsOutOnTheOther()
    {
        var person = new Caller(CallerKind.Person, "ana", "Ana", [CoachRole.Agent], [], [], [], DateTimeOffset.MaxValue) { Credential = Guid.NewGuid().ToString("N") };
        await nodes.One.Services.GetRequiredService<CallerStanding>().EndAsync(person);
        Assert.False(await nodes.Two.Services.GetRequiredService<CallerStanding>().HoldsAsync(person));
        Assert.True(await nodes.Two.Services.GetRequiredService<CallerStanding>().HoldsAsync(person with { Credential = "another session" }));
    }

    [Fact]
    public async Task ACard_IsShownByOneNodeAtATime()
    {
        var (first, second) = (nodes.One.Services.GetRequiredService<SentCards>(), nodes.Two.Services.GetRequiredService<SentCards>());
        var held = await first.BeAloneAsync("alert", "place", Token);
        await using (await second.BeAloneAsync("alert", "elsewhere", Token))
        {
            var waits = second.BeAloneAsync("alert", "place", Token);
            await Assert.ThrowsAsync<TimeoutException>(() => waits.WaitAsync(TimeSpan.FromMilliseconds(300), Token));
            await held!.DisposeAsync();
            await using var now = await waits.WaitAsync(TimeSpan.FromSeconds(60), Token);
            Assert.NotNull(now);
        }
    }

    [Fact]
    public async Task Doctor_SeesTheNodesThatLive_AndReachesThem()
    {
        using var output = new StringWriter();
        await DoctorVerb.RunAsync(["doctor", .. nodes.SettingsOf("doctor"), "--urls=http://127.0.0.1:0"], output, Token);
        Assert.Contains("ok      cluster: a node of 'deescalation', besides 2 that live now.", output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("FAILED  cluster", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Node_OfAnotherMachineAtItsAddress_IsToldByDoctor()
    {
        var settings = nodes.SettingsOf("doctor");
        var port = int.Parse(settings.Single(s => s.StartsWith("--Cluster:SiloPort=", StringComparison.Ordinal)).Split('=')[1], System.Globalization.CultureInfo.InvariantCulture);
        await using var elsewhere = new NodeElsewhere(nodes.Database, "elsewhere", "127.0.0.1", port);
        await elsewhere.SayThatItLivesAsync();
        using var output = new StringWriter();
        Assert.Equal(DoctorVerb.Ill, await DoctorVerb.RunAsync(["doctor", .. settings, "--Cluster:Name=elsewhere", "--urls=http://127.0.0.1:0"], output, Token));
        Assert.Contains($"FAILED  cluster: The machine {NodeElsewhere.Machine} is a living node of this cluster at 127.0.0.1:{port}", output.ToString(), StringComparison.Ordinal);
    }

    // PostgreSQL lets in 100 unless it is told otherwise, 3 of them superusers; three nodes with the cluster's 4 each: 97 / 3 - 4 - 1 = 27.
    [Fact]
    public async Task NodesThatMayOpenMoreConnectionsThanThereAre_AreWarnedOf()
    {
        using var output = new StringWriter();
        var database = new Npgsql.NpgsqlConnectionStringBuilder(nodes.Database) { MaxPoolSize = 200 };
        await DoctorVerb.RunAsync(["doctor", .. nodes.SettingsOf("doctor"), $"--ConnectionStrings:Coach={database.ConnectionString}", "--urls=http://127.0.0.1:0"], output, Token);
        Assert.Contains(
            "warning cluster: with this one 3 nodes may open 612 connections to the database (200 of Maximum Pool Size and 4 for the cluster, each), and PostgreSQL lets in 497. Set Maximum Pool Size=160",
            output.ToString(),
            StringComparison.Ordinal);
    }

    private static async Task<(string Id, Uri Stream)> ChatAsync(RunningHost host)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v3/directline/conversations");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", TwoNodes.Secret);
        using var answer = await host.Client.SendAsync(request, Token);
        var chat = JsonNode.Parse(await answer.Content.ReadAsStringAsync(Token))!;
        return ((string)chat["conversationId"]!, new Uri((string)chat["streamUrl"]!));
    }
}

/// <summary>The nodes, for all tests of the class: each starts a host.</summary>
public sealed class TwoNodes(PostgresCluster postgres) : IAsyncLifetime
{
    public const string Secret = "a secret of the tests, which is long enough";

    private readonly TemporaryDirectory _data = new();

    public string Database { get; private set; } = "";

    public RunningHost One { get; private set; } = null!;

    public RunningHost Two { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        TestCertificate.Write(_data["cluster.pfx"]);
        Database = await postgres.NewDatabaseAsync();
        One = await RunningHost.StartAsync(SettingsOf("one"));
        Two = await RunningHost.StartAsync(SettingsOf("two"));
    }

    /// <summary>The settings of a node with a port and a folder of its own.</summary>
    public string[] SettingsOf(string name) =>
    [
        "--Storage:Provider=Postgres", $"--ConnectionStrings:Coach={Database}", $"--Storage:DataDirectory={_data[name]}",
        "--DataProtection:KeyStore=Database", $"--DataProtection:CertificatePath={_data["cluster.pfx"]}", $"--DataProtection:CertificatePassword={TestCertificate.Password}",
        "--Cluster:Enabled=true", "--Cluster:Address=127.0.0.1", $"--Cluster:SiloPort={FreePorts.Next()}", "--Cluster:DrainFor=00:00:00", "--Cluster:ProbeEvery=00:00:30",
        $"--Cluster:CertificatePath={_data["cluster.pfx"]}", $"--Cluster:CertificatePassword={TestCertificate.Password}", $"--DirectLine:Secret={Secret}",
    ];

    public async ValueTask DisposeAsync()
    {
        await Two.DisposeAsync();
        await One.DisposeAsync();
        _data.Dispose();
    }
}
