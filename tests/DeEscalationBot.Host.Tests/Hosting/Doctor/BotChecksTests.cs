using System.IO.Compression;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DeEscalationBot.Host.Channels.BotFramework.Connector;
using DeEscalationBot.Host.Channels.BotFramework.TeamsApp;
using DeEscalationBot.Host.Hosting;
using DeEscalationBot.Host.Hosting.Doctor;
using DeEscalationBot.Host.Tests.Channels.BotFramework;
using DeEscalationBot.Host.Tests.Fixtures;
using DeEscalationBot.Host.Tests.Scoring.AzureLanguage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Time.Testing;
using WireMock.ResponseBuilders;
using WireMock.Server;
using Request = WireMock.RequestBuilders.Request;

namespace DeEscalationBot.Host.Tests.Hosting.Doctor;

/// <summary>What the doctor says of a bot, well and ill, with the authority and the endpoint on this machine. Microsoft Entra itself is stood for by what it answers.</summary>
public sealed class BotChecksTests : IDisposable
{
    private const string App = ChannelAuthority.AppId;

    private static readonly string[] Bot =
        [$"--BotFramework:AppId={App}", "--BotFramework:TenantId=aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee", "--BotFramework:AppPassword=s3cret-of-the-bot"];

    private static readonly DateTimeOffset Now = new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);

    private readonly TemporaryDirectory _files = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("bot identity")]
    [InlineData("bot authority")]
    [InlineData("bot endpoint")]
    [InlineData("teams package")]
    [InlineData("azure language")]
    public async Task WithoutABot_AllIsWell_AndNothingIsAsked(string check) =>
        Assert.All(await LookAsync(check), f => Assert.Equal(DoctorVerdict.Ok, f.Verdict));

    // A secret counts until the end of its last day; thirty days before that it is time.
    [Theory]
    [InlineData("2026-02-28", DoctorVerdict.Failed, "ended on 2026-02-28")]
    [InlineData("2026-03-01", DoctorVerdict.Warning, "ends on 2026-03-01, in 1 days")]
    [InlineData("2026-03-30", DoctorVerdict.Warning, "ends on 2026-03-30, in 30 days")]
    [InlineData("2026-03-31", DoctorVerdict.Ok, "lasts until 2026-03-31")]
    [InlineData("", DoctorVerdict.Warning, "Set BotFramework:AppPasswordExpires")]
    public async Task Secret_IsToldOfBeforeItEnds(string expires, DoctorVerdict verdict, string said)
    {
        var findings = await LookAsync("bot identity", Now, [.. Bot, $"--BotFramework:AppPasswordExpires={expires}"]);
        Assert.Contains(findings, f => f.Verdict == verdict && f.Detail.Contains(said, StringComparison.Ordinal));
        Assert.DoesNotContain(findings, f => f.Detail.Contains("s3cret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Certificate_IsReadForItsEnd()
    {
        using var key = RSA.Create(2048);
        using var certificate = new CertificateRequest("CN=bot", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(Now.AddDays(-300), Now.AddDays(10));
        await File.WriteAllBytesAsync(_files["bot.pfx"], certificate.Export(X509ContentType.Pfx, "right"), Token);
        string[] settings = [.. Bot[..2], $"--BotFramework:CertificatePath={_files["bot.pfx"]}"];

        Assert.Contains(await LookAsync("bot identity", Now, [.. settings, "--BotFramework:CertificatePassword=right"]), f => f.Verdict == DoctorVerdict.Warning && f.Detail.Contains("ends on 2026-03-11", StringComparison.Ordinal));
        Assert.Contains(await LookAsync("bot identity", Now, [.. settings, "--BotFramework:CertificatePassword=wrong"]), f => f.Verdict == DoctorVerdict.Failed && f.Detail.Contains("CertificatePassword", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Token_GivenOrNot_IsSaid()
    {
        Assert.Contains(await LookAsync("bot identity", Now, Bot), f => f is { Verdict: DoctorVerdict.Ok } && f.Detail.Contains("gives the bot a token", StringComparison.Ordinal));
        var refused = await LookAsync("bot identity", Now, Bot, new Tokens("The secret has expired. Check BotFramework:AppId."));
        Assert.Contains(refused, f => f is { Verdict: DoctorVerdict.Failed } && f.Detail.Contains("has expired", StringComparison.Ordinal));
        var away = await LookAsync("bot identity", Now, Bot, new Tokens("Retry failed after 4 tries.", new AggregateException(new HttpRequestException("Name or service not known"))));
        Assert.Contains(away, f => f is { Verdict: DoctorVerdict.Failed } && f.Detail.Contains("(login.microsoftonline.com) cannot be reached", StringComparison.Ordinal));
    }

    // By how much this machine is ahead of the authority's Date, which is that of this machine.
    [Theory]
    [InlineData(0, DoctorVerdict.Ok, "goes right")]
    [InlineData(120, DoctorVerdict.Warning, "ahead of")]
    [InlineData(-120, DoctorVerdict.Warning, "behind")]
    [InlineData(400, DoctorVerdict.Failed, "set the clock by NTP")]
    public async Task Authority_KeysAndClock(int secondsAhead, DoctorVerdict verdict, string said)
    {
        await using var authority = await ChannelAuthority.StartAsync();
        var findings = await LookAsync("bot authority", TimeProvider.System.GetUtcNow().AddSeconds(secondsAhead), [.. Bot, $"--BotFramework:MetadataAddress={authority.Metadata}"]);
        Assert.Equal("3 keys of the channels were read.", findings[0].Detail);
        Assert.Equal(verdict, findings[1].Verdict);
        Assert.Contains(said, findings[1].Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://127.0.0.1:9/metadata", "cannot be read")]
    [InlineData("{0}/none", "answers 404")]
    [InlineData("{0}/page", "says nothing of keys")]
    [InlineData("{0}/empty", "says nothing of keys")]
    public async Task Authority_Wrong_IsFailed(string address, string said)
    {
        using var server = WireMockServer.Start();
        server.Given(Request.Create().WithPath("/page").UsingGet()).RespondWith(Response.Create().WithStatusCode(200).WithBody("<html>"));
        server.Given(Request.Create().WithPath("/empty").UsingGet()).RespondWith(Response.Create().WithStatusCode(200).WithBody("{}"));
        var findings = await LookAsync("bot authority", null, [.. Bot, $"--BotFramework:MetadataAddress={address.Replace("{0}", server.Url, StringComparison.Ordinal)}"]);
        Assert.Contains(findings, f => f.Verdict == DoctorVerdict.Failed && f.Detail.Contains(said, StringComparison.Ordinal) && f.Detail.Contains("MetadataAddress", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Endpoint_OfARunningBot_IsWell_ButMustBeHttps()
    {
        await using var bot = await RunningHost.StartAsync(_files["data"], null, Bot);
        var findings = await LookAsync("bot endpoint", null, [.. Bot, $"--BotFramework:PublicUrl={bot.Client.BaseAddress}"]);
        Assert.Equal([DoctorVerdict.Failed, DoctorVerdict.Ok], findings.Select(f => f.Verdict));
        Assert.Contains("is not https", findings[0].Detail, StringComparison.Ordinal);
        Assert.Contains("lets nobody in without a token", findings[1].Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(404, "something else listens there")]
    [InlineData(400, "AllowedHosts")]
    [InlineData(502, "answers 502")]
    public async Task Endpoint_OfSomethingElse_IsFailed(int status, string said)
    {
        using var server = WireMockServer.Start();
        server.Given(Request.Create().WithPath("/api/messages").UsingPost()).RespondWith(Response.Create().WithStatusCode(status));
        Assert.Contains(await LookAsync("bot endpoint", null, [.. Bot, $"--BotFramework:PublicUrl={server.Url}"]), f => f.Verdict == DoctorVerdict.Failed && f.Detail.Contains(said, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Endpoint_NotKnownOrAway_IsSaid()
    {
        Assert.Contains("Set BotFramework:PublicUrl", Assert.Single(await LookAsync("bot endpoint", null, Bot)).Detail, StringComparison.Ordinal);
        Assert.Contains(await LookAsync("bot endpoint", null, [.. Bot, "--BotFramework:PublicUrl=https://127.0.0.1:9"]), f => f.Verdict == DoctorVerdict.Failed && f.Detail.Contains("cannot be reached", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Package_IsComparedWithTheSettings()
    {
        var file = _files["coach.zip"];
        Assert.Equal(TeamsPackageVerb.Written, await TeamsPackageVerb.RunAsync(["teams-package", "--host", "coach.example.com", "--app-id", App, "--privacy", "https://www.example.com/data-protection", "--terms", "https://www.example.com/terms", "--out", file], TextWriter.Null, TextWriter.Null));
        string[] settings = [.. Bot, $"--BotFramework:AppPackage={file}"];

        Assert.Equal(DoctorVerdict.Ok, Assert.Single(await LookAsync("teams package", null, [.. settings, "--BotFramework:PublicUrl=https://coach.example.com"])).Verdict);
        Assert.Contains("not for 'other.example.com'", Assert.Single(await LookAsync("teams package", null, [.. settings, "--BotFramework:PublicUrl=https://other.example.com"])).Detail, StringComparison.Ordinal);
        var ids = await LookAsync("teams package", null, [.. settings, "--BotFramework:AppId=22222222-2222-4333-8444-555555555555"]);
        Assert.Equal(["id is", "bots[0].botId is", "composeExtensions[0].botId is"], ids.Select(f => f.Detail[(f.Detail.IndexOf("': ", StringComparison.Ordinal) + 3)..].Split(" '")[0]));

        await using (var zip = await ZipFile.OpenAsync(file, ZipArchiveMode.Update, Token))
        {
            zip.GetEntry("es.json")!.Delete();
        }

        Assert.Contains("lacks es.json", Assert.Single(await LookAsync("teams package", null, settings)).Detail, StringComparison.Ordinal);
        await File.WriteAllTextAsync(file, "no zip", Token);
        Assert.Equal(DoctorVerdict.Failed, Assert.Single(await LookAsync("teams package", null, settings)).Verdict);
    }

    [Theory]
    [InlineData(null, DoctorVerdict.Ok, "answers (model 2022-11-01)")]
    [InlineData(401, DoctorVerdict.Failed, "refuses the key")]
    [InlineData(404, DoctorVerdict.Failed, "AzureLanguage:Endpoint")]
    [InlineData(429, DoctorVerdict.Failed, "asks for a pause")]
    [InlineData(503, DoctorVerdict.Failed, "cannot be reached, or fails")]
    public async Task AzureLanguage_IsAskedOneSentenceOfOurs(int? status, DoctorVerdict verdict, string said)
    {
        using var server = new LanguageServer();
        server.Answering(status is { } s ? LanguageAnswer.Fails(s) : LanguageServer.Judge);
        var finding = Assert.Single(await LookAsync(
            "azure language", null, ["--AzureLanguage:Mode=SecondOpinion", $"--AzureLanguage:Endpoint={server.Address}", $"--AzureLanguage:Key={LanguageServer.Key}", "--AzureLanguage:Retries=0", "--AzureLanguage:AttemptTimeout=00:01:00", "--AzureLanguage:TotalTimeout=00:02:00"]));
        Assert.Equal(verdict, finding.Verdict);
        Assert.Contains(said, finding.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain(LanguageServer.Key, finding.Detail, StringComparison.Ordinal);
        Assert.Equal(["The parcel has arrived."], server.Texts);
    }

    private static async Task<IReadOnlyList<DoctorFinding>> LookAsync(string check, DateTimeOffset? now = null, string[]? settings = null, IConnectorTokens? tokens = null)
    {
        await using var host = CoachHost.Build(["--urls=http://127.0.0.1:0", .. settings ?? []], builder =>
        {
            builder.Services.AddSingleton(tokens ?? new Tokens(null));

            // What is tested is what is said, not how fast a busy machine is.
            builder.Services.PostConfigureAll<HttpClientFactoryOptions>(o => o.HttpClientActions.Add(c => c.Timeout = TimeSpan.FromMinutes(1)));
            if (now is { } instant)
            {
                builder.Services.AddSingleton<TimeProvider>(new FakeTimeProvider(instant));
            }
        });
        return await host.Services.GetServices<IDoctorCheck>().Single(c => c.Name == check).LookAsync(Token);
    }

    private sealed class Tokens(string? refusal, Exception? inner = null) : IConnectorTokens
    {
        public ValueTask<string?> GetAsync(CancellationToken cancellationToken) => refusal is null ? new("a token") : throw new TokenNotGivenException(refusal, inner);
    }
}
