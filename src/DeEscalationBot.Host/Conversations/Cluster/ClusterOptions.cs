using System.Net;
using DeEscalationBot.Host.Channels.DirectLine;
using DeEscalationBot.Host.Conversations.Storage;
using DeEscalationBot.Host.Conversations.Storage.Sealing;

namespace DeEscalationBot.Host.Conversations.Cluster;

/// <summary>Several nodes that do the work of one, on one PostgreSQL (section <c>Cluster</c>).</summary>
public sealed class ClusterOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Cluster";

    /// <summary>The longest name, in characters: 100.</summary>
    public const int LongestName = 100;

    private const int LargestPort = 65535;
    private static readonly TimeSpan ShortestProbe = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestProbe = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestDrain = TimeSpan.FromMinutes(2);

    /// <summary>Whether this host is a node among others; off by default: it is one of its own.</summary>
    public bool Enabled { get; set; }

    /// <summary>The cluster's name: nodes of one name on one database work together.</summary>
    public string Name { get; set; } = "deescalation";

    /// <summary>The IP address at which the other nodes reach this one, and where it listens for them.</summary>
    public string Address { get; set; } = "";

    /// <summary>The port at which the other nodes reach this one: 11111.</summary>
    public int SiloPort { get; set; } = 11111;

    /// <summary>The certificate of the cluster (PKCS#12 with its private key), the same on every node: nodes encrypt what they say to each other, and let in nobody who does not have it.</summary>
    public string CertificatePath { get; set; } = "";

    /// <summary>The certificate's password; empty when it has none.</summary>
    public string CertificatePassword { get; set; } = "";

    /// <summary>SHA-256 thumbprints, in hexadecimal, of other certificates that are let in, too, while the certificate is changed node by node.</summary>
    public IList<string> AlsoAccepted { get; } = [];

    /// <summary>Lets nodes speak without a certificate beyond this machine: the network lets nobody but nodes reach their ports, and nobody listen.</summary>
    public bool TrustNetwork { get; set; }

    /// <summary>How often nodes look whether the others live: every 2 seconds; 1 to 30 seconds. One that misses three looks is left out.</summary>
    public TimeSpan ProbeEvery { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a node that is asked to stop goes on while <c>/health/ready</c> says no, so that load balancers send no more to it: 5 seconds; at most 2 minutes.</summary>
    public TimeSpan DrainFor { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Whether a certificate is set.</summary>
    public bool HasCertificate => CertificatePath.Length > 0;

    /// <summary>The address, where it is one.</summary>
    public IPAddress? Reached => IPAddress.TryParse(Address, out var address) && !IsAny(address) ? address : null;

    /// <summary>Reads the settings.</summary>
    /// <param name="configuration">The host's configuration, from its root.</param>
    public static ClusterOptions Read(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return configuration.GetSection(Section).Get<ClusterOptions>() ?? new ClusterOptions();
    }

    /// <summary>What forbids a start as a node, a sentence each; nothing where the host is no node.</summary>
    /// <param name="configuration">The host's configuration, from its root.</param>
    public IReadOnlyList<string> Problems(IConfiguration configuration)
    {
        if (!Enabled)
        {
            return [];
        }

        var storage = configuration.GetSection(StorageOptions.Section).Get<StorageOptions>() ?? new StorageOptions();
        var keys = configuration.GetSection(ProtectionOptions.Section).Get<ProtectionOptions>() ?? new ProtectionOptions();
        var chat = configuration.GetSection(DirectLineOptions.Section).Get<DirectLineOptions>() ?? new DirectLineOptions();
        var sentences = new List<string>();
        void Must(bool holds, string sentence)
        {
            if (!holds)
            {
                sentences.Add(sentence);
            }
        }

        Must(storage.Provider == StorageProvider.Postgres, "Cluster:Enabled needs Storage:Provider=Postgres: nodes work on one database, and a file of SQLite is one host's alone. 'backup' and 'restore' move a record (docs/operations.md).");
        Must(keys.KeyStore == ProtectionKeyStore.Database, "Cluster:Enabled needs DataProtection:KeyStore=Database with a certificate: with keys of its own a node reads neither the record nor the sessions of the others. 'protection-keys move' takes those of the data directory along.");
        Must(!chat.Enabled || chat.HasSecret, "Cluster:Enabled needs DirectLine:Secret, or DirectLine:Enabled=false: without a secret each node would sign chats with a key of its own, which the others refuse.");
        Must(Name.Length is > 0 and <= LongestName && !Name.Any(char.IsControl), $"Cluster:Name must have 1 to {LongestName} characters. All nodes have the same.");
        Must(Reached is not null, $"Cluster:Address '{Address}' is no IP address of one machine. Set the one at which the other nodes reach this one, for instance 10.0.0.11.");
        Must(SiloPort is > 0 and <= LargestPort, $"Cluster:SiloPort must lie between 1 and {LargestPort}.");
        Must(ProbeEvery >= ShortestProbe && ProbeEvery <= LongestProbe, "Cluster:ProbeEvery must lie between 00:00:01 and 00:00:30.");
        Must(DrainFor >= TimeSpan.Zero && DrainFor <= LongestDrain, "Cluster:DrainFor must lie between 00:00:00 and 00:02:00.");
        Must(AlsoAccepted.All(NodeCertificates.IsThumbprint), "Cluster:AlsoAccepted must hold SHA-256 thumbprints: 64 hexadecimal digits each, as `openssl x509 -fingerprint -sha256` prints them, with or without colons.");
        Must(
            Reached is not { } address || IPAddress.IsLoopback(address) || HasCertificate || TrustNetwork,
            $"Cluster:Address {Address} can be reached from other machines, and nodes believe whoever reaches their port. Set Cluster:CertificatePath to the cluster's certificate, the same on every node; or Cluster:TrustNetwork=true, if the network lets nobody but nodes reach port {SiloPort} and nobody listen (docs/security.md).");
        return sentences;
    }

    private static bool IsAny(IPAddress address) => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);
}
