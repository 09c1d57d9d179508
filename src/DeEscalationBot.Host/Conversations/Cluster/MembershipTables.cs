using System.Globalization;
using System.Net;
using DeEscalationBot.Host.Conversations.Storage;
using DeEscalationBot.Host.Hosting;
using Microsoft.Extensions.Options;
using Npgsql;

namespace DeEscalationBot.Host.Conversations.Cluster;

/// <summary>A node that said lately that it lives.</summary>
/// <param name="At">Where the others reach it.</param>
/// <param name="Machine">The name of its machine.</param>
/// <param name="Alive">When it said so last, by its clock.</param>
internal sealed record LivingNode(IPEndPoint At, string Machine, DateTimeOffset Alive);

/// <summary>Makes the tables in which nodes find each other, before this one looks for the others.</summary>
/// <remarks>
/// Not by migrations, and no part of a backup: what is in them is true for seconds. Orleans brings no tables; it reads from <c>orleansquery</c> by which statements it is
/// to work, so that names and forms are ours. Each changes the version and a row in one statement, or neither.
/// </remarks>
/// <param name="directory">How the database is reached.</param>
/// <param name="options">Where the other nodes are to reach this one.</param>
/// <param name="clock">The product's clock.</param>
public sealed class MembershipTables(DataDirectory directory, IOptions<ClusterOptions> options, TimeProvider clock) : IHostedService
{
    /// <summary>The statements, by the names under which Orleans asks for them.</summary>
    internal static readonly IReadOnlyDictionary<string, string> Statements = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["InsertMembershipVersionKey"] =
            """
            WITH made AS (INSERT INTO cluster_versions (cluster, version) VALUES (@DeploymentId, 0) ON CONFLICT DO NOTHING RETURNING 1)
            SELECT count(*) FROM made
            """,
        ["InsertMembershipKey"] =
            """
            WITH raised AS (
                UPDATE cluster_versions SET version = version + 1 WHERE cluster = @DeploymentId AND version = @Version
                    AND NOT EXISTS (SELECT 1 FROM cluster_nodes WHERE cluster = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation)
                RETURNING 1),
            made AS (
                INSERT INTO cluster_nodes (cluster, address, port, generation, name, host, status, gateway_port, started, alive)
                SELECT @DeploymentId, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime FROM raised
                RETURNING 1)
            SELECT count(*) FROM made
            """,
        ["UpdateMembershipKey"] =
            """
            WITH raised AS (
                UPDATE cluster_versions SET version = version + 1 WHERE cluster = @DeploymentId AND version = @Version
                    AND EXISTS (SELECT 1 FROM cluster_nodes WHERE cluster = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation)
                RETURNING 1),
            changed AS (
                UPDATE cluster_nodes SET status = @Status, suspected = @SuspectTimes, alive = @IAmAliveTime
                WHERE cluster = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation AND EXISTS (SELECT 1 FROM raised)
                RETURNING 1)
            SELECT count(*) FROM changed
            """,
        ["UpdateIAmAlivetimeKey"] =
            "UPDATE cluster_nodes SET alive = @IAmAliveTime WHERE cluster = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation",
        ["MembershipReadRowKey"] = Reading + " AND n.address = @Address AND n.port = @Port AND n.generation = @Generation WHERE v.cluster = @DeploymentId",
        ["MembershipReadAllKey"] = Reading + " WHERE v.cluster = @DeploymentId",
        ["GatewaysQueryKey"] =
            "SELECT address AS Address, gateway_port AS ProxyPort, generation AS Generation FROM cluster_nodes WHERE cluster = @DeploymentId AND status = @Status AND gateway_port > 0",
        ["DeleteMembershipTableEntriesKey"] =
            "DELETE FROM cluster_nodes WHERE cluster = @DeploymentId; DELETE FROM cluster_versions WHERE cluster = @DeploymentId",
        ["CleanupDefunctSiloEntriesKey"] = "DELETE FROM cluster_nodes WHERE cluster = @DeploymentId AND alive < @IAmAliveTime AND status <> " + Active,
        ["CleanupDefunctSiloEntryKey"] =
            """
            DELETE FROM cluster_nodes WHERE cluster = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation
                AND started = @StartTime AND alive = @IAmAliveTime AND suspected IS NOT DISTINCT FROM @SuspectTimes AND status <> 
            """ + Active,
    };

    private const string Active = "3";

    private const string Reading =
        """
        SELECT n.address AS Address, n.port AS Port, n.generation AS Generation, n.name AS SiloName, n.host AS HostName, n.status AS Status, n.gateway_port AS ProxyPort,
            n.suspected AS SuspectTimes, n.started AS StartTime, n.alive AS IAmAliveTime, v.version AS Version
        FROM cluster_versions v LEFT JOIN cluster_nodes n ON n.cluster = v.cluster
        """;

    private const string Tables =
        """
        CREATE TABLE IF NOT EXISTS orleansquery (querykey text PRIMARY KEY, querytext text NOT NULL);
        CREATE TABLE IF NOT EXISTS cluster_versions (cluster text PRIMARY KEY, version integer NOT NULL);
        CREATE TABLE IF NOT EXISTS cluster_nodes (
            cluster text NOT NULL, address text NOT NULL, port integer NOT NULL, generation integer NOT NULL,
            name text NOT NULL, host text NOT NULL, status integer NOT NULL, gateway_port integer NOT NULL, suspected text,
            started timestamptz NOT NULL, alive timestamptz NOT NULL,
            PRIMARY KEY (cluster, address, port, generation));
        """;

    private const string Living =
        "SELECT DISTINCT ON (address, port, host) address, port, host, alive FROM cluster_nodes WHERE cluster = $1 AND status = " + Active + " AND alive > now() - interval '30 seconds' ORDER BY address, port, host, alive DESC";

    private const string StatementOfOurs = "INSERT INTO orleansquery (querykey, querytext) VALUES ($1, $2) ON CONFLICT (querykey) DO UPDATE SET querytext = excluded.querytext WHERE orleansquery.querytext <> excluded.querytext";

    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await MakeAsync(directory.ConnectionString, cancellationToken);
        }
        catch (NpgsqlException e)
        {
            throw new StartRefusedException(ErrorCodes.RecordNotOpened, $"The tables of the cluster cannot be made: {e.Message} The database's user must be allowed to make tables.", e);
        }

        await RefuseATakenAddressAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Where the nodes are that said lately that they live; none where no node has ever started.</summary>
    /// <param name="connectionString">The database.</param>
    /// <param name="cluster">The cluster's name.</param>
    /// <param name="cancellationToken">Stops.</param>
    internal static async Task<IReadOnlyList<LivingNode>> ListLivingAsync(string connectionString, string cluster, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(Living, connection) { Parameters = { new NpgsqlParameter { Value = cluster } } };
        var nodes = new List<LivingNode>();
        try
        {
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                nodes.Add(new LivingNode(new IPEndPoint(IPAddress.Parse(reader.GetString(0)), reader.GetInt32(1)), reader.GetString(2), reader.GetFieldValue<DateTimeOffset>(3)));
            }
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            // The first node makes it.
        }

        return nodes;
    }

    /// <summary>Why a node of another machine and one at an address of this machine cannot both be nodes; nothing where they can.</summary>
    /// <param name="own">Where the other nodes are to reach this one.</param>
    /// <param name="other">The other node.</param>
    internal static string? ConflictOf(IPEndPoint own, LivingNode other) => other switch
    {
        _ when string.Equals(other.Machine, Dns.GetHostName(), StringComparison.OrdinalIgnoreCase) => null,
        _ when other.At.Equals(own) => $"The machine {other.Machine} is a living node of this cluster at {own}, the address and port of this one: each would take the other for itself before a restart, and end it. Set Cluster:Address to an address of this machine alone.",
        _ when IPAddress.IsLoopback(own.Address) => $"Cluster:Address {own.Address} is reached from this machine alone, and a node of this cluster lives on the machine {other.Machine}. Set Cluster:Address to the address at which that one reaches this machine.",
        _ when IPAddress.IsLoopback(other.At.Address) => $"A node of this cluster lives on the machine {other.Machine} with Cluster:Address {other.At.Address}, at which only that machine reaches it. Set there the address at which this machine reaches it.",
        _ => null,
    };

    // A node would end the other "one before its restart" otherwise, which is started again and ends this one, for ever. One that was killed just now is in the table as well: it does not go on to say that it lives.
    private async Task RefuseATakenAddressAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Reached is not { } reached)
        {
            return;
        }

        var own = new IPEndPoint(reached, options.Value.SiloPort);
        var begun = clock.GetTimestamp();
        try
        {
            var first = await ConflictsAsync(cancellationToken);
            while (first.Length > 0 && clock.GetElapsedTime(begun) < ClusterServices.IsGoneAfter)
            {
                await Task.Delay(LookAgain, clock, cancellationToken);
                var now = await ConflictsAsync(cancellationToken);
                if (now.FirstOrDefault(n => first.Any(f => f.At.Equals(n.At) && f.Machine == n.Machine && f.Alive < n.Alive)) is { } lives)
                {
                    throw new StartRefusedException(ErrorCodes.BadSetting, ConflictOf(own, lives)!);
                }
            }
        }
        catch (NpgsqlException e)
        {
            throw new StartRefusedException(ErrorCodes.RecordNotOpened, $"It cannot be seen which nodes there are: {e.Message}", e);
        }

        async Task<LivingNode[]> ConflictsAsync(CancellationToken token) =>
            [.. (await ListLivingAsync(directory.ConnectionString, options.Value.Name, token)).Where(n => ConflictOf(own, n) is not null)];
    }

    /// <summary>Makes them, or leaves them as they are.</summary>
    /// <param name="connectionString">The database.</param>
    /// <param name="cancellationToken">Stops.</param>
    public static async Task MakeAsync(string connectionString, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);

        // Nodes that begin at the same time would both find nothing, and both make it.
        await ExecuteAsync(string.Create(CultureInfo.InvariantCulture, $"SELECT pg_advisory_xact_lock({RecordStorage.OpeningLock})"));
        await ExecuteAsync(Tables);
        foreach (var (key, text) in Statements)
        {
            await ExecuteAsync(StatementOfOurs, key, text);
        }

        await transaction.CommitAsync(cancellationToken);

        async Task ExecuteAsync(string sql, params string[] values)
        {
            await using var command = new NpgsqlCommand(sql, connection, transaction);
            Array.ForEach(values, v => command.Parameters.Add(new NpgsqlParameter { Value = v }));
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
