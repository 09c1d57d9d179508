using System.Net;
using System.Net.Sockets;
using DeEscalationBot.Host.Conversations.Storage;
using DeEscalationBot.Host.Hosting;
using Npgsql;
using Orleans.Configuration;
using Orleans.Serialization;

namespace DeEscalationBot.Host.Conversations.Cluster;

/// <summary>Makes the host a node: one of its own, or one of several that share a database.</summary>
public static class ClusterServices
{
    /// <summary>How many connections to the database a node has for the cluster itself: what looks for other nodes must not wait behind what writes messages.</summary>
    internal const int ConnectionsForMembership = 4;

    private const int SecondsForMembership = 5;

    // How often a node writes that it lives, and how many times it may be missing before a node that starts believes that it does not: what a cold start after a power cut waits for.
    private static readonly TimeSpan TellsThatItLives = TimeSpan.FromSeconds(5);
    private const int MissedBeforeItIsGone = 3;

    /// <summary>A node that has said for so long no more that it lives is gone: 15 seconds.</summary>
    internal static readonly TimeSpan IsGoneAfter = TellsThatItLives * MissedBeforeItIsGone;

    // Longer than a cold start waits for nodes that are no more; then a node that reaches not all of the others says so instead of trying on.
    private static readonly TimeSpan JoinsWithin = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan KeepsTheDeadFor = TimeSpan.FromDays(1);

    /// <summary>Lets conversations live in this host, and in the other nodes when the settings name a cluster.</summary>
    /// <param name="builder">The host.</param>
    /// <exception cref="StartRefusedException">The settings of the cluster cannot be used.</exception>
    public static void UseCluster(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddOptions<ClusterOptions>().Bind(builder.Configuration.GetSection(ClusterOptions.Section));
        var options = ClusterOptions.Read(builder.Configuration);
        if (!options.Enabled)
        {
            builder.UseLocalCluster();
            return;
        }

        if (options.Problems(builder.Configuration) is { Count: > 0 } problems)
        {
            throw new StartRefusedException(ErrorCodes.BadSetting, string.Join(Environment.NewLine, problems));
        }

        // Before the node itself, which reads them.
        builder.Services.AddHostedService<MembershipTables>();
        builder.UseNodes(options, builder.Configuration.GetConnectionString(StorageOptions.ConnectionName) ?? "");
    }

    /// <summary>Lets conversations live in this process: nothing to install, ports of its own.</summary>
    /// <param name="builder">The host.</param>
    /// <param name="first">The first node of a cluster on this machine that this one joins; nothing for a node of its own.</param>
    /// <returns>Where other nodes on this machine reach it.</returns>
    public static IPEndPoint UseLocalCluster(this IHostApplicationBuilder builder, IPEndPoint? first = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var (silo, gateway) = FreePorts();

        // On the default ports a second host on the machine would start silently and own "its" conversations.
        builder.UseOrleans(node => node.UseLocalhostClustering(silo, gateway, first, serviceId: ServiceId, clusterId: "local").UseWhatAllNodesUse());
        return new IPEndPoint(IPAddress.Loopback, silo);
    }

    /// <summary>Makes this host a node of a cluster whose tables are there.</summary>
    /// <param name="builder">The host.</param>
    /// <param name="options">The settings, checked.</param>
    /// <param name="connectionString">The database.</param>
    public static void UseNodes(this IHostApplicationBuilder builder, ClusterOptions options, string connectionString)
    {
        var membership = MembershipConnection(connectionString);
        var certificates = options.HasCertificate ? new NodeCertificates(NodeCertificates.Load(options), options.AlsoAccepted) : null;
        builder.UseOrleans(node =>
        {
            node.UseAdoNetClustering(o => (o.Invariant, o.ConnectionString) = ("Npgsql", membership.ConnectionString));
            node.Configure<Orleans.Configuration.ClusterOptions>(o => (o.ClusterId, o.ServiceId) = (options.Name, ServiceId));

            // Nobody but nodes calls a node: there is no gateway for others.
            node.Configure<EndpointOptions>(o => (o.AdvertisedIPAddress, o.SiloPort, o.GatewayPort) = (options.Reached!, options.SiloPort, 0));
            node.Configure<ClusterMembershipOptions>(o =>
            {
                o.ProbeTimeout = options.ProbeEvery;
                o.TableRefreshTimeout = options.ProbeEvery * 5;
                o.IAmAliveTablePublishTimeout = TellsThatItLives;
                o.NumMissedTableIAmAliveLimit = MissedBeforeItIsGone;
                o.MaxJoinAttemptTime = JoinsWithin;
                o.DefunctSiloExpiration = KeepsTheDeadFor;
            });
            if (certificates is not null)
            {
                node.Configure<SiloConnectionOptions>(o =>
                {
                    o.ConfigureSiloInboundConnection(c => c.Use(next => connection => certificates.AcceptAsync(connection, next)));
                    o.ConfigureSiloOutboundConnection(c => c.Use(next => connection => certificates.CallAsync(connection, next)));
                });
            }

            node.UseWhatAllNodesUse();
        });
    }

    private const string ServiceId = "deescalation";

    private static NpgsqlConnectionStringBuilder MembershipConnection(string connectionString)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(connectionString)
            {
                ApplicationName = "deescalation cluster",
                MaxPoolSize = ConnectionsForMembership,

                // One is kept, so that what says that this node lives finds room where others have taken the rest.
                MinPoolSize = 1,
                CommandTimeout = SecondsForMembership,
                Timeout = SecondsForMembership,
            };
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            throw new StartRefusedException(ErrorCodes.BadSetting, $"ConnectionStrings:{StorageOptions.ConnectionName} cannot be read: {e.Message} Write for instance Host=db;Database=coach;Username=coach;Password=….", e);
        }
    }

    private static void UseWhatAllNodesUse(this ISiloBuilder node)
    {
        // Orleans stamps its members by the system's clock: judged by another, a node that is just joining looks hours old and is told to die.
        node.Services.AddKeyedSingleton(TimeProviderNames.Membership, TimeProvider.System);

        // A trace goes on from the request into its conversation.
        node.AddActivityPropagation();
        node.Services.AddSerializer(serializer => serializer.AddJsonSerializer(IsOurs, CoreJson.Options));

        // What is behind a failure goes with it to the node that asked, or that one would get a failure of another kind.
        node.Services.Configure<ExceptionSerializationOptions>(exceptions => exceptions.SupportedNamespacePrefixes.Add(nameof(Npgsql)));
        node.Services.AddOptions<GrainCollectionOptions>().Configure<Microsoft.Extensions.Options.IOptions<ConversationOptions>>((collection, ours) => collection.CollectionAge = ours.Value.IdleAfter);
    }

    private static bool IsOurs(Type type) =>
        type.Namespace?.StartsWith("DeEscalationBot.", StringComparison.Ordinal) == true && !typeof(IAddressable).IsAssignableFrom(type) && !typeof(Exception).IsAssignableFrom(type);

    // Port 0 is refused by the cluster, so free ports are looked for; both are held until both are known.
    private static (int Silo, int Gateway) FreePorts()
    {
        using var first = new TcpListener(IPAddress.Loopback, 0);
        using var second = new TcpListener(IPAddress.Loopback, 0);
        first.Start();
        second.Start();
        return (((IPEndPoint)first.LocalEndpoint).Port, ((IPEndPoint)second.LocalEndpoint).Port);
    }
}
