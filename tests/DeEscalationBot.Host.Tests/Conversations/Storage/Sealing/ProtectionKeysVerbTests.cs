using System.Net;
using DeEscalationBot.Host.Conversations.Storage;
using DeEscalationBot.Host.Conversations.Storage.Sealing;
using DeEscalationBot.Host.Hosting;
using DeEscalationBot.Host.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DeEscalationBot.Host.Tests.Conversations.Storage.Sealing;

/// <summary>From one host with its keys in a folder to several nodes that share them: what was written before is read after.</summary>
public sealed class ProtectionKeysVerbTests(PostgresCluster postgres) : IDisposable
{
    private readonly TemporaryDirectory _data = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task Moved_TheyOpenWhatWasWrittenBefore_OnAnotherNode_AndLieThereEncrypted()
    {
        TestCertificate.Write(_data["coach.pfx"]);
        string[] database = ["--Storage:Provider=Postgres", $"--ConnectionStrings:Coach={await postgres.NewDatabaseAsync()}"];
        string[] certificate = [$"--DataProtection:CertificatePath={_data["coach.pfx"]}", $"--DataProtection:CertificatePassword={TestCertificate.Password}"];
        await using (var before = await RunningHost.StartAsync(_data["one"], null, database))
        {
            await before.SayAsync("c", "m1", "customer", "Palabra de antes");
        }

        var (code, said, wrong) = await MoveAsync([.. database, .. certificate, $"--Storage:DataDirectory={_data["one"]}"]);
        Assert.True(code == RecordVerb.Done, wrong);
        Assert.Contains("1 keys of", said, StringComparison.Ordinal);
        Assert.Contains("From there they open the record", said, StringComparison.Ordinal);

        // Again: nothing is doubled.
        (code, said, wrong) = await MoveAsync([.. database, .. certificate, $"--Storage:DataDirectory={_data["one"]}"]);
        Assert.True(code == RecordVerb.Done, wrong);
        Assert.Contains("0 keys of", said, StringComparison.Ordinal);

        await using var after = await RunningHost.StartAsync(_data["two"], null, [.. database, .. certificate, "--DataProtection:KeyStore=Database"]);
        var (status, body) = await after.GetAsync("/api/v1/conversations/c");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("Palabra de antes", body!.ToJsonString(), StringComparison.Ordinal);
        await using var db = await after.Services.GetRequiredService<IDbContextFactory<CoachDbContext>>().CreateDbContextAsync(Token);
        var key = Assert.Single(await db.ProtectionKeys.AsNoTracking().ToListAsync(Token));
        Assert.Contains("EncryptedData", key.Xml, StringComparison.Ordinal);
        Assert.DoesNotContain("<value>", key.Xml, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithoutACertificate_OrWithOtherKeys_NothingIsMoved_AndItSaysWhatToDo()
    {
        TestCertificate.Write(_data["coach.pfx"]);
        string[] database = ["--Storage:Provider=Postgres", $"--ConnectionStrings:Coach={await postgres.NewDatabaseAsync()}"];
        await using (var before = await RunningHost.StartAsync(_data["one"], null, database))
        {
            await before.SayAsync("c", "m1", "customer", "Hola");
        }

        var (code, _, wrong) = await MoveAsync([.. database, $"--Storage:DataDirectory={_data["one"]}"]);
        Assert.Equal(RecordVerb.Failed, code);
        Assert.Contains("DataProtection:CertificatePath is missing", wrong, StringComparison.Ordinal);

        (code, _, wrong) = await MoveAsync([.. database, $"--Storage:DataDirectory={_data["elsewhere"]}", $"--DataProtection:CertificatePath={_data["coach.pfx"]}", $"--DataProtection:CertificatePassword={TestCertificate.Password}"]);
        Assert.Equal(RecordVerb.Failed, code);
        Assert.Contains("the keys of this host do not open it", wrong, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Said, string Wrong)> MoveAsync(string[] settings)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var code = await ProtectionKeysVerb.RunAsync(["protection-keys", "move", .. settings], output, errors);
        return (code, output.ToString(), errors.ToString());
    }
}
