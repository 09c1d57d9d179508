using DeEscalationBot.Host.Conversations.Cluster;
using DeEscalationBot.Host.Hosting;
using Microsoft.Extensions.Configuration;

namespace DeEscalationBot.Host.Tests.Conversations.Cluster;

/// <summary>Which settings make a node, and what is said of those that do not.</summary>
public sealed class ClusterOptionsTests
{
    private static readonly Dictionary<string, string?> Good = new(StringComparer.Ordinal)
    {
        ["Cluster:Enabled"] = "true",
        ["Cluster:Address"] = "127.0.0.1",
        ["Storage:Provider"] = "Postgres",
        ["DataProtection:KeyStore"] = "Database",
        ["DirectLine:Secret"] = new string('s', 40),
    };

    [Fact]
    public void AHostOfItsOwn_NeedsNothing() => Assert.Empty(Problems([]));

    [Fact]
    public void NodesOnOneMachine_NeedNoCertificate() => Assert.Empty(Problems(Good));

    [Theory]
    [InlineData("Storage:Provider", "Sqlite", "Cluster:Enabled needs Storage:Provider=Postgres")]
    [InlineData("DataProtection:KeyStore", "DataDirectory", "Cluster:Enabled needs DataProtection:KeyStore=Database")]
    [InlineData("DirectLine:Secret", "", "Cluster:Enabled needs DirectLine:Secret, or DirectLine:Enabled=false")]
    [InlineData("Cluster:Name", "", "Cluster:Name must have 1 to 100 characters")]
    [InlineData("Cluster:Address", "", "Cluster:Address '' is no IP address")]
    [InlineData("Cluster:Address", "0.0.0.0", "Cluster:Address '0.0.0.0' is no IP address of one machine")]
    [InlineData("Cluster:Address", "coach-1", "Cluster:Address 'coach-1' is no IP address")]
    [InlineData("Cluster:Address", "10.0.0.11", "Set Cluster:CertificatePath to the cluster's certificate")]
    [InlineData("Cluster:SiloPort", "0", "Cluster:SiloPort must lie between 1 and 65535")]
    [InlineData("Cluster:ProbeEvery", "00:00:00.5", "Cluster:ProbeEvery must lie between")]
    [InlineData("Cluster:DrainFor", "01:00:00", "Cluster:DrainFor must lie between")]
    [InlineData("Cluster:AlsoAccepted:0", "12:34", "Cluster:AlsoAccepted must hold SHA-256 thumbprints")]
    public void AWrongSetting_IsOneSentence(string setting, string value, string sentence)
    {
        var problem = Assert.Single(Problems(new Dictionary<string, string?>(Good, StringComparer.Ordinal) { [setting] = value }));
        Assert.Contains(sentence, problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Cluster:TrustNetwork", "true")]
    [InlineData("Cluster:CertificatePath", "cluster.pfx")]
    public void BeyondOneMachine_ACertificateOrTrustIsSaid(string setting, string value) =>
        Assert.Empty(Problems(new Dictionary<string, string?>(Good, StringComparer.Ordinal) { ["Cluster:Address"] = "10.0.0.11", [setting] = value }));

    [Fact]
    public void TheStart_IsRefused_WithAllSentences()
    {
        var refused = Assert.Throws<StartRefusedException>(() => CoachHost.Build(["--Cluster:Enabled=true", "--urls=http://127.0.0.1:0"]));
        Assert.Equal(ErrorCodes.BadSetting, refused.Code);
        Assert.Equal(4, refused.Message.Split(Environment.NewLine).Length); // Database, keys, chats, address.
    }

    private static IReadOnlyList<string> Problems(Dictionary<string, string?> settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        return ClusterOptions.Read(configuration).Problems(configuration);
    }
}
