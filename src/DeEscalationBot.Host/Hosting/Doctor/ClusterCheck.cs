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
            var others = (await MembershipTables.ListLivingAsync(configuration.GetConnectionString(StorageOptions.ConnectionName)!, settings.Name, cancellationToken))
                .Where(n => !n.Equals(new IPEndPoint(settings.Reached!, settings.SiloPort))).ToArray();
            findings.Add(DoctorFinding.Ok(string.Create(CultureInfo.InvariantCulture, $"a node of '{settings.Name}', besides {others.Length} that live now.")));
            findings.AddRange((await Task.WhenAll(others.Select(o => ReachAsync(o, cancellationToken)))).OfType<DoctorFinding>());
        }
        catch (NpgsqlException e)
        {
            findings.Add(DoctorFinding.Failed($"it cannot be seen which nodes there are: {e.Message} Look at ConnectionStrings:Coach."));
        }

        return findings;
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
