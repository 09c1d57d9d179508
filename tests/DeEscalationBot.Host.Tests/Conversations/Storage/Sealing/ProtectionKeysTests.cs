using System.Net;
using DeEscalationBot.Host.Conversations.Storage;
using DeEscalationBot.Host.Conversations.Storage.Sealing;
using DeEscalationBot.Host.Hosting;
using DeEscalationBot.Host.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DeEscalationBot.Host.Tests.Conversations.Storage.Sealing;

/// <summary>The keys of Data Protection: where they are, and what protects them.</summary>
public sealed class ProtectionKeysTests(PostgresCluster postgres) : IDisposable
{
    private readonly TemporaryDirectory _data = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task WithoutACertificate_FilesAreTheirOwnersAlone_AndNothingIsWarnedOf()
    {
        await using var host = await RunningHost.StartAsync(_data["plain"]);
        await host.SayAsync("c", "m1", "customer", "Hola");

        var folder = Path.Combine(_data["plain"], ProtectionKeys.Folder);
        var file = Assert.Single(Directory.GetFiles(folder));
        Assert.DoesNotContain(host.Log.Lines, l => l.Contains("encrypt", StringComparison.OrdinalIgnoreCase));
        if (!OperatingSystem.IsWindows())
        {
            const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
            Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(file) & Others);
            Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(_data["plain"]) & Others);
        }
    }

    [Fact]
    public async Task InTheDatabase_WithACertificate_OpenOnAnotherNode_AlsoAfterTheCertificateIsRenewed()
    {
        var database = await postgres.NewDatabaseAsync();
        string[] shared = ["--Storage:Provider=Postgres", $"--ConnectionStrings:Coach={database}", "--DataProtection:KeyStore=Database"];
        var (old, renewed) = (NewCertificate("old.pfx"), NewCertificate("new.pfx"));
        await using (var first = await RunningHost.StartAsync(_data["one"], null, [.. shared, $"--DataProtection:CertificatePath={old}", $"--DataProtection:CertificatePassword={TestCertificate.Password}"]))
        {
            await first.SayAsync("c", "m1", "customer", "Palabra sellada");
            await using var db = await first.Services.GetRequiredService<IDbContextFactory<CoachDbContext>>().CreateDbContextAsync(Token);
            var key = Assert.Single(await db.ProtectionKeys.AsNoTracking().ToListAsync(Token)).Xml;
            Assert.Contains("EncryptedData", key, StringComparison.Ordinal);
            Assert.DoesNotContain("<value>", key, StringComparison.Ordinal);
        }

        Assert.False(Directory.Exists(Path.Combine(_data["one"], ProtectionKeys.Folder)));
        await using var second = await RunningHost.StartAsync(
            _data["two"], null,
            [.. shared, $"--DataProtection:CertificatePath={renewed}", $"--DataProtection:CertificatePassword={TestCertificate.Password}", $"--DataProtection:PreviousCertificates:0:Path={old}", $"--DataProtection:PreviousCertificates:0:Password={TestCertificate.Password}"]);
        var (status, body) = await second.GetAsync("/api/v1/conversations/c");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("Palabra sellada", body!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SettingsThatCannotBeUsed_RefuseTheStart_AndSayWhatToDo()
    {
        var certificate = NewCertificate("good.pfx");
        await File.WriteAllTextAsync(_data["bad.pfx"], "no certificate", Token);
        var inDatabase = await Assert.ThrowsAsync<OptionsValidationException>(() => RunningHost.StartAsync(_data["three"], null, "--DataProtection:KeyStore=Database"));
        Assert.Contains("DataProtection:CertificatePath is missing", inDatabase.Message, StringComparison.Ordinal);
        foreach (var (path, password) in ((string, string)[])[(_data["missing.pfx"], ""), (_data["bad.pfx"], ""), (certificate, "wrong")])
        {
            var refused = await Assert.ThrowsAsync<StartRefusedException>(() => RunningHost.StartAsync(_data["three"], null, $"--DataProtection:CertificatePath={path}", $"--DataProtection:CertificatePassword={password}"));
            Assert.Contains($"DataProtection:CertificatePath: '{path}'", refused.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("wrong'", refused.Message, StringComparison.Ordinal);
        }
    }

    private string NewCertificate(string name)
    {
        TestCertificate.Write(_data[name]);
        return _data[name];
    }
}
