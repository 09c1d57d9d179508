using DeEscalationBot.Host.Hosting.Doctor;
using DeEscalationBot.Host.Tests.Fixtures;
using Npgsql;
using WireMock.ResponseBuilders;
using WireMock.Server;
using Request = WireMock.RequestBuilders.Request;

namespace DeEscalationBot.Host.Tests.Hosting.Doctor;

public sealed class DoctorVerbTests(PostgresCluster postgres) : IDisposable
{
    private readonly TemporaryDirectory _data = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task FreshMachine_IsWell_AndSaysThatNobodyIsTold()
    {
        var (code, said) = await RunAsync($"--Storage:DataDirectory={_data["new"]}");

        Assert.True(code == DoctorVerb.Well, said);
        Assert.Contains("ok      settings", said, StringComparison.Ordinal);
        Assert.Contains("ok      database: there is none yet", said, StringComparison.Ordinal);
        Assert.Contains("ok      knowledge: playbook and model are read.", said, StringComparison.Ordinal);
        Assert.Contains("warning alerts: alerts are shown in the console only", said, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_data["new"]), "It was to change nothing.");
    }

    [Fact]
    public async Task BesideARunningHost_CountsItsConversations()
    {
        await using var host = await RunningHost.StartAsync(_data["running"]);
        await host.SayAsync("one", "m1", "customer", "Hola");
        var (code, said) = await RunAsync($"--Storage:DataDirectory={_data["running"]}", $"--urls={host.Client.BaseAddress}");

        Assert.True(code == DoctorVerb.Well, said);
        Assert.Contains("1 conversations", said, StringComparison.Ordinal);
        Assert.Contains("If that program is this host, all is well", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--Outbox:AtOnce=0", "Outbox:AtOnce")]
    [InlineData("--urls=http://0.0.0.0:5099", "no sign-in is configured")]
    [InlineData("--Storage:Provider=Oracle", "Provider")]
    [InlineData("--Playbook:Directory=nowhere", "nowhere")]
    [InlineData("--Model:Path=nowhere.zip", "nowhere.zip")]
    public async Task WrongSetting_IsNamed(string setting, string named)
    {
        var (code, said) = await RunAsync($"--Storage:DataDirectory={_data["new"]}", setting);
        Assert.Equal(DoctorVerb.Ill, code);
        Assert.Contains(said.Split('\n'), l => l.StartsWith("FAILED", StringComparison.Ordinal) && l.Contains(named, StringComparison.Ordinal));
    }

    [Fact]
    public async Task MistypedName_IsWarnedOf()
    {
        var (code, said) = await RunAsync($"--Storage:DataDirectory={_data["new"]}", "--Storage:Datadirectroy=elsewhere");
        Assert.Equal(DoctorVerb.Well, code);
        Assert.Contains("warning setting names: 'Storage:Datadirectroy' is no setting and has no effect. Did you mean 'Storage:DataDirectory'?", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PostgresAway_IsFailed_AndTheRestIsLookedAtAllTheSame()
    {
        var database = new NpgsqlConnectionStringBuilder(await postgres.NewDatabaseAsync()) { Timeout = 2, CommandTimeout = 2 };
        await PostgresCluster.CloseAsync(database);
        var (code, said) = await RunAsync($"--Storage:DataDirectory={_data["new"]}", "--Storage:Provider=Postgres", $"--ConnectionStrings:Coach={database.ConnectionString}");

        Assert.Equal(DoctorVerb.Ill, code);
        Assert.Contains("FAILED  database: it does not answer", said, StringComparison.Ordinal);
        Assert.Contains("ok      knowledge", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Postgres_OfThisVersion_IsWell()
    {
        var settings = new[] { $"--Storage:DataDirectory={_data["pg"]}", "--Storage:Provider=Postgres", $"--ConnectionStrings:Coach={await postgres.NewDatabaseAsync()}" };
        await using (var host = await RunningHost.StartAsync(settings))
        {
            await host.SayAsync("one", "m1", "customer", "Hello");
        }

        var (code, said) = await RunAsync(settings);
        Assert.True(code == DoctorVerb.Well, said);
        Assert.Contains("is of this version; 1 conversations", said, StringComparison.Ordinal);
    }

    // The status decides: a key that is refused, a service that fails, one that works.
    [Theory]
    [InlineData(401, "FAILED  language model: the service refuses the key (401)")]
    [InlineData(503, "FAILED  language model: the service answers 503")]
    [InlineData(200, "ok      language model")]
    public async Task LanguageModel_IsAskedForItsModels(int status, string expected)
    {
        using var service = WireMockServer.Start();
        service.Given(Request.Create().WithPath("/v1/models").WithHeader("Authorization", "Bearer sk-secret-key").UsingGet()).RespondWith(Response.Create().WithStatusCode(status));
        var (_, said) = await RunAsync(
            $"--Storage:DataDirectory={_data["new"]}", "--LanguageModel:Enabled=true", $"--LanguageModel:Endpoint={service.Url}/v1", "--LanguageModel:Model=any", "--LanguageModel:ApiKey=sk-secret-key");
        Assert.Contains(expected, said, StringComparison.Ordinal);
        Assert.DoesNotContain("sk-secret-key", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FolderThatOthersCanRead_IsWarnedOf()
    {
        if (!OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(_data["open"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherRead);
            var (code, said) = await RunAsync($"--Storage:DataDirectory={_data["open"]}");
            Assert.Equal(DoctorVerb.Well, code);
            Assert.Contains("chmod 700", said, StringComparison.Ordinal);
        }
    }

    private static async Task<(int Code, string Said)> RunAsync(params string[] settings)
    {
        using var output = new StringWriter();
        var code = await DoctorVerb.RunAsync(["doctor", "--urls=http://127.0.0.1:0", .. settings], output, Token);
        return (code, output.ToString());
    }
}
