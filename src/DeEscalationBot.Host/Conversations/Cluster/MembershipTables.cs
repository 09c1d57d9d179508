using System.Globalization;
using System.Net;
using DeEscalationBot.Host.Conversations.Storage;
using DeEscalationBot.Host.Hosting;
using Npgsql;

namespace DeEscalationBot.Host.Conversations.Cluster;

/// <summary>Makes the tables in which nodes find each other, before this one looks for the others.</summary>
/// <remarks>
/// Not by migrations, and no part of a backup: what is in them is true for seconds. Orleans brings no tables; it reads from <c>orleansquery</c> by which statements it is
/// to work, so that names and forms are ours. Each changes the version and a row in one statement, or neither.
/// </remarks>
/// <param name="directory">How the database is reached.</param>
public sealed class MembershipTables(DataDirectory directory) : IHostedService
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

    private const string Living = "SELECT DISTINCT address, port FROM cluster_nodes WHERE cluster = $1 AND status = " + Active + " AND alive > now() - interval '30 seconds'";

    private const string StatementOfOurs = "INSERT INTO orleansquery (querykey, querytext) VALUES ($1, $2) ON CONFLICT (querykey) DO UPDATE SET querytext = excluded.querytext WHERE orleansquery.querytext <> excluded.querytext";

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
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Where the nodes are that said lately that they live; none where no node has ever started.</summary>
    /// <param name="connectionString">The database.</param>
    /// <param name="cluster">The cluster's name.</param>
    /// <param name="cancellationToken">Stops.</param>
    internal static async Task<IReadOnlyList<IPEndPoint>> ListLivingAsync(string connectionString, string cluster, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(Living, connection) { Parameters = { new NpgsqlParameter { Value = cluster } } };
        var nodes = new List<IPEndPoint>();
        try
        {
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                nodes.Add(new IPEndPoint(IPAddress.Parse(reader.GetString(0)), reader.GetInt32(1)));
            }
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            // The first node makes it.
        }

        return nodes;
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
