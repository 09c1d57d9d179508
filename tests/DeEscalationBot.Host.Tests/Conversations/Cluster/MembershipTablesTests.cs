using DeEscalationBot.Host.Conversations.Cluster;
using DeEscalationBot.Host.Conversations.Storage;
using DeEscalationBot.Host.Hosting;
using DeEscalationBot.Host.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using ClusterOptions = DeEscalationBot.Host.Conversations.Cluster.ClusterOptions;

namespace DeEscalationBot.Host.Tests.Conversations.Cluster;

/// <summary>What Orleans demands of the table in which nodes find each other, on our tables and statements. Its contract is that of <see cref="IMembershipTable"/>.</summary>
public sealed class MembershipTablesTests(PostgresCluster postgres)
{
    private static readonly DateTime Noon = new(2026, 3, 2, 12, 0, 0, DateTimeKind.Utc);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ANodeThatJoins_IsThereOnce_AndRaisesTheVersion()
    {
        using var node = await BuildAsync();
        var table = await TableOf(node);
        var first = await table.ReadAllAsync(Token);
        Assert.Equal((0, 0), (first.Version.Version, first.Members.Count));

        var entry = Entry(11111, 1);
        Assert.True(await table.InsertRowAsync(entry, first.Version.Next(), Token));
        var second = await table.ReadAllAsync(Token);
        var member = Assert.Single(second.Members).Item1;
        Assert.Equal(1, second.Version.Version);
        Assert.Equal((entry.SiloAddress, entry.SiloName, entry.HostName, entry.Status, entry.StartTime, entry.IAmAliveTime), (member.SiloAddress, member.SiloName, member.HostName, member.Status, member.StartTime, member.IAmAliveTime));

        // Again, and by who has seen an older table: nothing happens.
        Assert.False(await table.InsertRowAsync(entry, second.Version.Next(), Token));
        Assert.False(await table.InsertRowAsync(Entry(11112, 1), first.Version.Next(), Token));
        Assert.Equal((1, 1), ((await table.ReadAllAsync(Token)).Version.Version, (await table.ReadAllAsync(Token)).Members.Count));
    }

    [Fact]
    public async Task AChange_CountsOnlyOnTheNewestTable_AndOfWhoIsThere()
    {
        using var node = await BuildAsync();
        var table = await TableOf(node);
        var empty = (await table.ReadAllAsync(Token)).Version;
        var (entry, other) = (Entry(11111, 1), Entry(11112, 2));
        Assert.True(await table.InsertRowAsync(entry, empty.Next(), Token));
        var (seen, etag) = Seen(await table.ReadRowAsync(entry.SiloAddress, Token));

        entry.Status = SiloStatus.Dead;
        entry.SuspectTimes = [Tuple.Create(other.SiloAddress, Noon)];
        Assert.False(await table.UpdateRowAsync(entry, etag, empty.Next(), Token));
        Assert.False(await table.UpdateRowAsync(other, etag, seen.Next(), Token));
        Assert.True(await table.UpdateRowAsync(entry, etag, seen.Next(), Token));
        var now = await table.ReadRowAsync(entry.SiloAddress, Token);
        Assert.Equal(2, now.Version.Version);
        var member = Assert.Single(now.Members).Item1;
        Assert.Equal(SiloStatus.Dead, member.Status);
        Assert.Equal(Tuple.Create(other.SiloAddress, Noon), Assert.Single(member.SuspectTimes!));
        Assert.Empty((await table.ReadRowAsync(other.SiloAddress, Token)).Members);
    }

    [Fact]
    public async Task SayingThatOneLives_ChangesNoVersion()
    {
        using var node = await BuildAsync();
        var table = await TableOf(node);
        var entry = Entry(11111, 1);
        Assert.True(await table.InsertRowAsync(entry, (await table.ReadAllAsync(Token)).Version.Next(), Token));
        entry.IAmAliveTime = Noon.AddMinutes(5);
        await table.UpdateIAmAliveAsync(entry, Token);
        var now = await table.ReadRowAsync(entry.SiloAddress, Token);
        Assert.Equal((1, Noon.AddMinutes(5)), (now.Version.Version, Assert.Single(now.Members).Item1.IAmAliveTime));
    }

    [Fact]
    public async Task OfManyWhoJoinAtOnce_EachVersionIsOnes()
    {
        using var node = await BuildAsync();
        var table = await TableOf(node);
        var next = (await table.ReadAllAsync(Token)).Version.Next();
        var joined = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => table.InsertRowAsync(Entry(12000 + i, 1), next, Token)));
        Assert.Single(joined, j => j);
        Assert.Equal((1, 1), ((await table.ReadAllAsync(Token)).Version.Version, (await table.ReadAllAsync(Token)).Members.Count));
    }

    [Fact]
    public async Task TheLongDead_AreTidiedAway_AndOneClusterDoesNotSeeAnother()
    {
        var database = await postgres.NewDatabaseAsync();
        using var node = await BuildAsync(database);
        using var elsewhere = await BuildAsync(database, "another");
        var (table, others) = (await TableOf(node), await TableOf(elsewhere));
        var (dead, alive) = (Entry(11111, 1), Entry(11112, 1));
        dead.Status = SiloStatus.Dead;
        Assert.True(await table.InsertRowAsync(dead, (await table.ReadAllAsync(Token)).Version.Next(), Token));
        Assert.True(await table.InsertRowAsync(alive, (await table.ReadAllAsync(Token)).Version.Next(), Token));
        Assert.Empty((await others.ReadAllAsync(Token)).Members);

        await table.CleanupDefunctSiloEntriesAsync(Noon.AddMinutes(-1), Token);
        Assert.Equal(2, (await table.ReadAllAsync(Token)).Members.Count);
        await table.CleanupDefunctSiloEntriesAsync(Noon.AddMinutes(1), Token);
        Assert.Equal(alive.SiloAddress, Assert.Single((await table.ReadAllAsync(Token)).Members).Item1.SiloAddress);

        await table.DeleteMembershipTableEntriesAsync("deescalation", Token);
        Assert.Equal(0, (await others.ReadAllAsync(Token)).Version.Version);
    }

    [Fact]
    public async Task TablesAreMadeOnce_HoweverManyBegin()
    {
        var database = await postgres.NewDatabaseAsync();
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => MembershipTables.MakeAsync(database, Token)));
        await MembershipTables.MakeAsync(database, Token);
        using var node = await BuildAsync(database);
        Assert.Empty((await (await TableOf(node)).ReadAllAsync(Token)).Members);
    }

    // The same address and port, an address of this machine alone, and one of the other's: none can work, and the first two would end each other in turns.
    [Theory]
    [InlineData("10.0.0.11", "10.0.0.11", 11111, "the address and port of this one")]
    [InlineData("127.0.0.1", "127.0.0.1", 11111, "the address and port of this one")]
    [InlineData("127.0.0.1", "10.0.0.12", 11111, "Cluster:Address 127.0.0.1 is reached from this machine alone")]
    [InlineData("10.0.0.11", "127.0.0.1", 11112, "at which only that machine reaches it")]
    public async Task ANodeThatCannotBeReachedBesideOneElsewhere_DoesNotStart(string own, string theirs, int port, string says)
    {
        var (tables, clock, database) = await TablesAsync(own);
        await using var elsewhere = new NodeElsewhere(database, "deescalation", theirs, port);
        await elsewhere.SayThatItLivesAsync();
        var starts = tables.StartAsync(Token);
        await Eventually.GetsAsync(
            async () =>
            {
                await elsewhere.SayThatItLivesAsync();
                clock.Advance(TimeSpan.FromMilliseconds(100));
                return starts.IsCompleted;
            },
            ended => ended,
            "the node has seen that the other lives");
        var refused = await Assert.ThrowsAsync<StartRefusedException>(() => starts);
        Assert.Contains(says, refused.Message, StringComparison.Ordinal);
        Assert.Contains(NodeElsewhere.Machine, refused.Message, StringComparison.Ordinal);
        Assert.Equal(ErrorCodes.BadSetting, refused.Code);
    }

    [Fact]
    public async Task ANodeElsewhere_ThatDoesNotGoOnToLive_IsNotWaitedForLonger()
    {
        var (tables, clock, database) = await TablesAsync("10.0.0.11");
        await using var elsewhere = new NodeElsewhere(database, "deescalation", "10.0.0.11", 11111);
        await elsewhere.SayThatItLivesAsync();
        var starts = tables.StartAsync(Token);
        await Eventually.HoldsAsync(
            () =>
            {
                clock.Advance(TimeSpan.FromSeconds(1));
                return starts.IsCompleted;
            },
            "it starts in the place of a container that was killed");
        await starts;
    }

    [Fact]
    public async Task NodesThatReachEachOther_AndANodeThatIsStartedAgain_StartAtOnce()
    {
        var (tables, _, database) = await TablesAsync("10.0.0.11");
        await using var elsewhere = new NodeElsewhere(database, "deescalation", "10.0.0.12", 11111);
        await using var before = new NodeElsewhere(database, "deescalation", "10.0.0.11", 11111);
        await using var others = new NodeElsewhere(database, "another cluster", "10.0.0.11", 11111);
        await elsewhere.SayThatItLivesAsync();
        await before.SayThatItLivesAsync(System.Net.Dns.GetHostName());
        await others.SayThatItLivesAsync();
        await tables.StartAsync(Token); // The clock stands still: whoever waits would wait for ever.
    }

    private static (TableVersion Version, string ETag) Seen(MembershipTableData data) => (data.Version, Assert.Single(data.Members).Item2);

    private static MembershipEntry Entry(int port, int generation) => new()
    {
        SiloAddress = SiloAddress.New(System.Net.IPAddress.Loopback, port, generation),
        SiloName = "node",
        HostName = "machine",
        Status = SiloStatus.Active,
        StartTime = Noon,
        IAmAliveTime = Noon,
    };

    private async Task<(MembershipTables Tables, FakeTimeProvider Clock, string Database)> TablesAsync(string address)
    {
        var database = await postgres.NewDatabaseAsync();
        var clock = new FakeTimeProvider();
        var directory = DataDirectory.Beside(new StorageOptions { Provider = StorageProvider.Postgres, DataDirectory = Path.GetTempPath() }, database);
        return (new MembershipTables(directory, Options.Create(new ClusterOptions { Enabled = true, Address = address }), clock), clock, database);
    }

    private async Task<IHost> BuildAsync(string? database = null, string name = "deescalation")
    {
        database ??= await postgres.NewDatabaseAsync();
        await MembershipTables.MakeAsync(database, Token);
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.SetMinimumLevel(LogLevel.None);
        builder.UseNodes(new ClusterOptions { Enabled = true, Name = name, Address = "127.0.0.1" }, database);
        return builder.Build();
    }

    private static async Task<IMembershipTable> TableOf(IHost node)
    {
        var table = node.Services.GetRequiredService<IMembershipTable>();
        await table.InitializeMembershipTableAsync(tryInitTableVersion: true, Token);
        return table;
    }
}
