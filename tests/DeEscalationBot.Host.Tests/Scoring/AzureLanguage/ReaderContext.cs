using Azure.Core;
using Azure.Core.Pipeline;
using DeEscalationBot.Core.Scoring;
using DeEscalationBot.Host.Tests.Fixtures;
using DeEscalationBot.Plugin.Scoring.AzureLanguage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DeEscalationBot.Host.Tests.Scoring.AzureLanguage;

/// <summary>A reader as a host has it, with a server of the test's own. Nothing is repeated unless a test says so.</summary>
internal sealed class ReaderContext : IDisposable
{
    private readonly ServiceProvider _services;

    public ReaderContext(string address, TimeProvider? clock = null, Action<IServiceCollection>? configure = null, params (string Setting, string Value)[] settings)
    {
        var values = new Dictionary<string, string?>
        {
            ["AzureLanguage:Mode"] = "SecondOpinion",
            ["AzureLanguage:Endpoint"] = address,
            ["AzureLanguage:Key"] = LanguageServer.Key,
            ["AzureLanguage:Retries"] = "0",
            ["AzureLanguage:RetryPause"] = "00:00:00.001",
            ["AzureLanguage:AttemptTimeout"] = "00:00:30",
            ["AzureLanguage:TotalTimeout"] = "00:01:00",
        };
        foreach (var (setting, value) in settings)
        {
            values["AzureLanguage:" + setting] = value;
        }

        var services = new ServiceCollection().AddMetrics().AddLogging(l => l.AddProvider(Log));
        if (clock is not null)
        {
            services.AddSingleton(clock);
        }

        configure?.Invoke(services);
        _services = services.AddAzureLanguage(new ConfigurationBuilder().AddInMemoryCollection(values).Build()).BuildServiceProvider();
    }

    public LogRecorder Log { get; } = new();

    public IServiceProvider Services => _services;

    public ISentimentReader Reader => _services.GetRequiredService<ISentimentReader>();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async Task<SentimentAnswer> AskAsync(string text, Core.Channels.MessageLanguage language = Core.Channels.MessageLanguage.English) =>
        (await Reader.ReadAsync([new SentimentQuestion(text, language)], Token))[0];

    public void Dispose() => _services.Dispose();

    /// <summary>Gives the same token to everybody.</summary>
    internal sealed class OneToken : TokenCredential
    {
        public string[]? AskedFor { get; private set; }

        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
        {
            AskedFor = requestContext.Scopes;
            return new AccessToken("token-of-the-test", DateTimeOffset.MaxValue);
        }

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) => new(GetToken(requestContext, cancellationToken));
    }

    /// <summary>Takes the certificate of a server on this machine, which nobody vouches for.</summary>
    internal static HttpPipelineTransport TrustingTransport() => new HttpClientTransport(new HttpClient(new SocketsHttpHandler
    {
        SslOptions = { RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null },
    }));
}
