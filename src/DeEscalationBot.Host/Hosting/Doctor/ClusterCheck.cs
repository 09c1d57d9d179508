using System.Globalization;
using System.Net;
using System.Net.Sockets;
using DeEscalationBot.Host.Conversations.Cluster;
using DeEscalationBot.Host.Conversations.Storage;
using Microsoft.Extensions.Options;
using Npgsql;

namespace DeEscalationBot.Host.Hosting.Doctor;

/// <summary>Whether this host is a node among others, and whether it reaches those that live. Its settings are looked at with all others.</summary>
/// <param name="options">The settings.</param>
/// <param name="configuration">Where the database is.</param>
internal sealed class ClusterCheck(IOptions<ClusterOptions> options, IConfiguration configuration) : IDoctorCheck
{
    // For those who look at the database besides: tools, backups, superusers.
    private const int Spare = 10;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public string Name => "cluster";

    public async Task<IReadOnlyList<DoctorFinding>> LookAsync(CancellationToken cancellationToken)
    {
        var settings = options.Value;
        if (!settings.Enabled)
        {
            return [DoctorFinding.Ok("this host is a node of its own.")];
        }

        var findings = new List<DoctorFinding>();
        if (!settings.HasCertificate && settings.Reached is { } address && !IPAddress.IsLoopback(address))
        {
            findings.Add(DoctorFinding.Warning($"nodes speak without a certificate (Cluster:TrustNetwork): whoever reaches port {settings.SiloPort} is believed. Let the network keep others from it, or set Cluster:CertificatePath."));
        }

        try
        {
            var own = new IPEndPoint(settings.Reached!, settings.SiloPort);
            var database = configuration.GetConnectionString(StorageOptions.ConnectionName)!;
            var living = await MembershipTables.ListLivingAsync(database, settings.Name, cancellationToken);
            var others = living.Select(n => n.At).Where(at => !at.Equals(own)).Distinct().ToArray();
            findings.AddRange(living.Select(n => MembershipTables.ConflictOf(own, n)).OfType<string>().Select(DoctorFinding.Failed));
            findings.Add(DoctorFinding.Ok(string.Create(CultureInfo.InvariantCulture, $"a node of '{settings.Name}', besides {others.Length} that live now.")));
            findings.AddRange((await Task.WhenAll(others.Select(o => ReachAsync(o, cancellationToken)))).OfType<DoctorFinding>());
            if (await ConnectionsAsync(database, others.Length + 1, cancellationToken) is { } tooMany)
            {
                findings.Add(tooMany);
            }
        }
        catch (NpgsqlException e)
        {
            findings.Add(DoctorFinding.Failed($"it cannot be seen which nodes there are: {e.Message} Look at ConnectionStrings:Coach."));
        }

        return findings;
    }

    // What all nodes may open at once, against what PostgreSQL lets in: beyond it a burst takes the room of what says that a node lives.
    private static async Task<DoctorFinding?> ConnectionsAsync(string database, int nodes, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand("SELECT current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int", connection);
        var room = (int)(await command.ExecuteScalarAsync(cancellationToken))!;
        var pool = new NpgsqlConnectionStringBuilder(database).MaxPoolSize;
        var each = pool + ClusterServices.ConnectionsForMembership;
        var fits = (room / nodes) - ClusterServices.ConnectionsForMembership - 1;
        return nodes * each <= room ? null : DoctorFinding.Warning(string.Create(
            CultureInfo.InvariantCulture,
            $"with this one {nodes} nodes may open {nodes * each} connections to the database ({pool} of Maximum Pool Size and {ClusterServices.ConnectionsForMembership} for the cluster, each), and PostgreSQL lets in {room}. {(fits > 0 ? $"Set Maximum Pool Size={fits} in ConnectionStrings:Coach of every node, or" : "Set")} max_connections of PostgreSQL to more than {(nodes * each) + Spare}."));
    }

    private static async Task<DoctorFinding?> ReachAsync(IPEndPoint node, CancellationToken cancellationToken)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        late.CancelAfter(Patience);
        try
        {
            using var client = new TcpClient(node.AddressFamily);
            await client.ConnectAsync(node, late.Token);
            return null;
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return DoctorFinding.Failed($"the node at {node} lives, and cannot be reached from here. Let the network pass Cluster:SiloPort between all nodes: one that the others do not reach is left out.");
        }
    }
}
