using DeEscalationBot.Host.Hosting;
using DeEscalationBot.Host.Hosting.Settings;
using DeEscalationBot.Host.Tests.Fixtures;

namespace DeEscalationBot.Host.Tests.Hosting.Settings;

public sealed class HostSettingsTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    private string Secrets => _folder["secrets"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task SecretInAFile_IsTheSettingOfItsName_WithoutTheEndOfTheLine()
    {
        await WriteAsync("SignIn__ClientSecret", "s3cret\n");
        await WriteAsync("Webhooks__0__Secret", "whsec_x");
        await WriteAsync("..data", "what Kubernetes puts there");
        var settings = HostSettings.Read([$"--{HostSettings.SecretsDirectory}={Secrets}"]);

        Assert.Equal("s3cret", settings["SignIn:ClientSecret"]);
        Assert.Equal("whsec_x", settings["Webhooks:0:Secret"]);
        Assert.Empty(SettingNames.Complaints(settings));
    }

    [Fact]
    public async Task Order_FileBeforeAppSettings_CommandLineBeforeFile()
    {
        await WriteAsync("Storage__DataDirectory", "/of/the/file");
        await WriteAsync("Mail__Host", "of.the.file");
        var settings = HostSettings.Read([$"--{HostSettings.SecretsDirectory}={Secrets}", "--Mail:Host=of.the.line"]);

        Assert.Equal("/of/the/file", settings["Storage:DataDirectory"]);
        Assert.Equal("of.the.line", settings["Mail:Host"]);
    }

    [Fact]
    public void FolderThatIsNotThere_RefusesTheStart_OfHostAndVerbs()
    {
        var args = new[] { $"--{HostSettings.SecretsDirectory}={_folder["nowhere"]}" };
        Assert.All(
            new Action[] { () => HostSettings.Read(args), () => CoachHost.Build(args) },
            start => Assert.Contains("Secrets:Directory", Assert.Throws<StartRefusedException>(start).Message, StringComparison.Ordinal));
    }

    // As systemd does for LoadCredential; a process of its own, because the environment is one for all tests.
    [Fact]
    public async Task CredentialsOfSystemd_AreFoundByThemselves()
    {
        await WriteAsync("SignIn__Provider", "NobodyKnown");
        await using var host = HostProcess.Start(_folder.Path, new Dictionary<string, string> { ["CREDENTIALS_DIRECTORY"] = Secrets }, "doctor", "--urls=http://127.0.0.1:0");
        Assert.Equal(1, await host.ExitCodeAsync());
        Assert.Contains("NobodyKnown", host.Output, StringComparison.Ordinal);
    }

    private async Task WriteAsync(string name, string text)
    {
        Directory.CreateDirectory(Secrets);
        await File.WriteAllTextAsync(Path.Combine(Secrets, name), text, TestContext.Current.CancellationToken);
    }
}
