using DeEscalationBot.Host.Conversations.Cluster;
using Npgsql;

namespace DeEscalationBot.Host.Tests.Conversations.Cluster;

/// <summary>A node on another machine, as the table of the cluster shows it.</summary>
internal sealed class NodeElsewhere(string database, string cluster, string address, int port) : IAsyncDisposable
{
    public const string Machine = "another-machine";

    private readonly NpgsqlDataSource _source = NpgsqlDataSource.Create(database);

    /// <summary>As nodes do every few seconds; the first time, it joins.</summary>
    public async Task SayThatItLivesAsync(string machine = Machine)
    {
        await MembershipTables.MakeAsync(database, TestContext.Current.CancellationToken);
        await using var command = _source.CreateCommand(
            """
            INSERT INTO cluster_nodes (cluster, address, port, generation, name, host, status, gateway_port, started, alive) VALUES ($1, $2, $3, 1, 'node', $4, 3, 0, now(), clock_timestamp())
            ON CONFLICT (cluster, address, port, generation) DO UPDATE SET alive = clock_timestamp()
            """);
        foreach (var value in (object[])[cluster, address, port, machine])
        {
            command.Parameters.AddWithValue(value);
        }

        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync() => _source.DisposeAsync();
}
