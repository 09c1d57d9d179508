using System.Diagnostics.Metrics;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;
using DeEscalationBot.Core.Scoring;
using DeEscalationBot.Plugin.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace DeEscalationBot.Plugin.Scoring.AzureLanguage;

/// <summary>Registers Azure AI Language when the section <c>AzureLanguage</c> switches it on.</summary>
public static partial class AzureLanguageServices
{
    /// <summary>The key of a <see cref="HttpPipelineTransport"/> or a <see cref="TokenCredential"/> that a host registers to be used in place of ours, for instance behind a proxy.</summary>
    public const string ServiceKey = "AzureLanguage";

    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

    /// <summary>Registers an <see cref="ISentimentReader"/> unless <c>AzureLanguage:Mode</c> is <c>Off</c>, and checks the settings. Idempotent; what the caller has registered before stays.</summary>
    /// <remarks>Nothing asks it by itself: a host asks <see cref="ISentimentReader"/>, and joins what it says by <see cref="SentimentScale.Join"/>.</remarks>
    /// <param name="services">Where to register.</param>
    /// <param name="configuration">The host's configuration, from its root.</param>
    public static IServiceCollection AddAzureLanguage(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);
        var section = configuration.GetSection(AzureLanguageOptions.Section);
        services.AddOptions<AzureLanguageOptions>().Bind(section).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<AzureLanguageOptions>, AzureLanguageOptionsValidation>());
        services.TryAddSingleton(p => new AzureLanguageMetrics(p.GetService<IMeterFactory>()));

        // A mode that cannot be read is named at the start, with the other settings; until then nothing is registered for it.
        if (!Enum.TryParse<AzureLanguageMode>(section[nameof(AzureLanguageOptions.Mode)], ignoreCase: true, out var mode) || mode == AzureLanguageMode.Off)
        {
            return services;
        }

        services.TryAddSingleton(TimeProvider.System);
        services.TryAddKeyedSingleton<HttpPipelineTransport>(ServiceKey, (_, _) => Transport());
        services.TryAddKeyedSingleton<TokenCredential>(ServiceKey, (p, _) => CredentialOf(p.GetRequiredService<IOptions<AzureLanguageOptions>>().Value));
        services.TryAddSingleton(CreateService);
        services.TryAddSingleton<ISentimentReader>(p => ActivatorUtilities.CreateInstance<AzureLanguageReader>(p, p.GetService<ILogger<AzureLanguageReader>>() ?? NullLogger<AzureLanguageReader>.Instance));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, Announcement>());
        return services;
    }

    private static ILanguageService CreateService(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<AzureLanguageOptions>>().Value;
        var transport = provider.GetRequiredKeyedService<HttpPipelineTransport>(ServiceKey);
        var credential = options.UseEntra ? provider.GetRequiredKeyedService<TokenCredential>(ServiceKey) : null;
#if TEXT_ANALYTICS_SDK
        return new TextAnalyticsSdk.SdkLanguageService(options, transport, credential);
#else
        return new RestLanguageService(options, transport, credential);
#endif
    }

    // Redirections are not followed: neither the key nor a customer's words go anywhere else.
    private static HttpClientTransport Transport() => new(new HttpClient(new BoundedResponses
    {
        InnerHandler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = ConnectTimeout, PooledConnectionLifetime = ConnectionLifetime },
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    });

    // Managed and workload identities and the environment; a developer's own sign-in, too, but nothing that opens a browser.
    private static DefaultAzureCredential CredentialOf(AzureLanguageOptions options) => new(new DefaultAzureCredentialOptions
    {
        ExcludeInteractiveBrowserCredential = true,
        ManagedIdentityClientId = options.ManagedIdentityClientId.Length > 0 ? options.ManagedIdentityClientId : null,
    });

    /// <summary>Says at the start that customers' words leave the machine, and where they go.</summary>
    private sealed partial class Announcement(IOptions<AzureLanguageOptions> options, ILogger<ISentimentReader>? logger = null) : IHostedService
    {
        private readonly ILogger _logger = logger ?? NullLogger<ISentimentReader>.Instance;

        public Task StartAsync(CancellationToken cancellationToken)
        {
            LogOn(options.Value.Mode, new Uri(options.Value.Endpoint).Authority);
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        [LoggerMessage(2103, LogLevel.Information, "Azure AI Language at {Host} is asked about customers' messages ({Mode}). They are sent there without cards, accounts, addresses, telephone numbers and ids; names stay in them.")]
        private partial void LogOn(AzureLanguageMode mode, string host);
    }
}
