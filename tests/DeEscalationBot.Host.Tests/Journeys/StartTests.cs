using DeEscalationBot.Host.Hosting;
using DeEscalationBot.Host.Tests.Fixtures;

namespace DeEscalationBot.Host.Tests.Journeys;

/// <summary>How the host starts, and how it says why it does not, as a person sees it.</summary>
public sealed class StartTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Start_FromAnyFolder_ReadsTheSettingsBesideTheProgramAndSaysWhereTheDemoIs()
    {
        await using var host = HostProcess.Start(_folder.Path, null, "--urls", "http://127.0.0.1:0");
        var address = await host.AddressAsync();

        await Eventually.HoldsAsync(() => host.Output.Contains($"{address.ToString().TrimEnd('/')}/demo", StringComparison.Ordinal), "the demo page's address");
        Assert.True(File.Exists(_folder["data/coach.db"]));
        Assert.Contains("only this machine", host.Output, StringComparison.Ordinal);

        // The log levels of appsettings.json: without them the cluster talks a lot.
        Assert.DoesNotContain("info: Orleans", host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_SecondHostOnTheSameFolder_EndsWithASentenceAndTheFirstGoesOn()
    {
        await using var first = HostProcess.Start(_folder.Path, null, "--urls", "http://127.0.0.1:0");
        var address = await first.AddressAsync();

        await using var second = HostProcess.Start(_folder.Path, null, "--urls", "http://127.0.0.1:0");

        Assert.Equal(CoachHost.NotStarted, await second.ExitCodeAsync());
        AssertOneSentence(second, ErrorCodes.DataDirectoryInUse, _folder["data"]);
        using var client = new HttpClient();
        Assert.Contains("healthy", await client.GetStringAsync(new Uri(address, "/health/live"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DEB0001", "--urls http://0.0.0.0:5080", "http://0.0.0.0:5080")]
    [InlineData("DEB0001", "--urls http://localhost:0;http://*:5081", "http://*:5081")]
    [InlineData("DEB0001", "--urls nonsense", "nonsense")]
    [InlineData("DEB0001", "--Kestrel:Endpoints:Web:Url=http://192.0.2.1:80", "192.0.2.1")]
    [InlineData("DEB0001", "--Storage:Provider=Oracle", "Storage:Provider")]
    [InlineData("DEB0001", "--Storage:Provider=Postgres", "ConnectionStrings:Coach")]
    [InlineData("DEB0001", "--Storage:DataDirectory=", "Storage:DataDirectory")]
    [InlineData("DEB0003", "--Storage:DataDirectory=/proc/nowhere", "/proc/nowhere")]
    [InlineData("DEB0001", "--Conversations:IdleAfter=00:00:01", "Conversations:IdleAfter")]
    [InlineData("DEB0001", "--Conversations:WaitingCheckEvery=soon", "Conversations:WaitingCheckEvery")]
    [InlineData("DEB0001", "--Escalation:SignalConfidence=2", "Escalation:SignalConfidence")]
    [InlineData("DEB0005", "--Playbook:Directory=/nowhere", "/nowhere")]
    [InlineData("DEB0005", "--Model:Path=/nowhere.zip", "/nowhere.")]
    public async Task Start_SettingThatCannotBeUsed_EndsWithASentenceThatNamesIt(string code, string args, string names)
    {
        await using var host = HostProcess.Start(_folder.Path, null, args.Split(' '));

        Assert.Equal(CoachHost.NotStarted, await host.ExitCodeAsync());
        AssertOneSentence(host, code, names);
    }

    [Fact]
    public async Task Start_DatabaseThatIsNone_EndsWithASentence()
    {
        Directory.CreateDirectory(_folder["data"]);
        await File.WriteAllTextAsync(_folder["data/coach.db"], new string('x', 5000), TestContext.Current.CancellationToken);

        await using var host = HostProcess.Start(_folder.Path, null, "--urls", "http://127.0.0.1:0");

        Assert.Equal(CoachHost.NotStarted, await host.ExitCodeAsync());
        AssertOneSentence(host, ErrorCodes.RecordNotOpened, "not a database");
    }

    [Fact]
    public async Task Start_AddressTaken_EndsWithASentence()
    {
        await using var first = HostProcess.Start(_folder.Path, null, "--urls", "http://127.0.0.1:0", "--Storage:DataDirectory=one");
        var taken = (await first.AddressAsync()).ToString().TrimEnd('/');

        await using var second = HostProcess.Start(_folder.Path, null, "--urls", taken, "--Storage:DataDirectory=two");

        Assert.Equal(CoachHost.NotStarted, await second.ExitCodeAsync());
        AssertOneSentence(second, ErrorCodes.AddressInUse, taken);
    }

    [Fact]
    public async Task Start_EnvironmentThenCommandLine_OverrideTheFile()
    {
        var environment = new Dictionary<string, string>
        {
            ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
            ["ConnectionStrings__Coach"] = $"Data Source={_folder["elsewhere.db"]}",
            ["Storage__DataDirectory"] = _folder["from-environment"],
        };

        await using var host = HostProcess.Start(_folder.Path, environment, $"--Storage:DataDirectory={_folder["from-command-line"]}");
        await host.AddressAsync();

        Assert.True(File.Exists(_folder["elsewhere.db"]));
        Assert.True(Directory.Exists(_folder["from-command-line"]));
        Assert.False(Directory.Exists(_folder["from-environment"]));
    }

    private static void AssertOneSentence(HostProcess host, string code, string names)
    {
        Assert.Contains(code + ": ", host.Output, StringComparison.Ordinal);
        Assert.Contains(names, host.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", host.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Unhandled", host.Output, StringComparison.Ordinal);
    }
}
