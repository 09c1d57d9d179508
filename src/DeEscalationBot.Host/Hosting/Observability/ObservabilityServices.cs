using DeEscalationBot.Core.Scoring;
using DeEscalationBot.Host.Access;
using DeEscalationBot.Host.Channels.BotFramework.References;
using DeEscalationBot.Plugin.LanguageModel;
using DeEscalationBot.Plugin.Scoring.AzureLanguage;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace DeEscalationBot.Host.Hosting.Observability;

/// <summary>Registers what the host tells about itself.</summary>
public static class ObservabilityServices
{
    /// <summary>Where Prometheus reads.</summary>
    public const string MetricsPath = "/metrics";

    private static readonly TimeSpan ShortestCount = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestCount = TimeSpan.FromMinutes(10);

    /// <summary>Registers metrics, traces and where they go. Call it after everything that it measures.</summary>
    /// <param name="services">Where to register.</param>
    /// <param name="configuration">The host's configuration, from its root.</param>
    public static IServiceCollection AddObservability(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddOptions<ObservabilityOptions>().Bind(configuration.GetSection(ObservabilityOptions.Section))
            .Validate(o => o.OtlpEndpoint.Length == 0 || AddressOf(o) is not null, "Observability:OtlpEndpoint must be an http or https address such as http://collector:4318, or empty.")
            .Validate(o => Enum.IsDefined(o.OtlpTransport), "Observability:OtlpTransport may be Http or Grpc.")
            .Validate(o => o.TraceShare is >= 0 and <= 1, "Observability:TraceShare must lie between 0 and 1.")
            .Validate(o => o.CountEvery >= ShortestCount && o.CountEvery <= LongestCount, "Observability:CountEvery must lie between 00:00:01 and 00:10:00.")
            .ValidateOnStart();
        services.TryAddSingleton<CoachMetrics>();
        services.AddHostedService<RecordGauges>();
        Measure(services);

        // Wrong values are named when the host starts; here they only must not break its building.
        var settings = configuration.GetSection(ObservabilityOptions.Section).Get<ObservabilityOptions>() ?? new();
        var collector = AddressOf(settings);
        services.AddOpenTelemetry()
            .ConfigureResource(r => r.AddService("deescalationbot", serviceVersion: typeof(CoachHost).Assembly.GetName().Version?.ToString(3)))
            .WithMetrics(metrics =>
            {
                metrics.AddMeter(CoachMetrics.SourceName, LanguageModelMetrics.MeterName, AzureLanguageMetrics.MeterName, AnswerFeedback.MeterName, "Polly", "Npgsql", "System.Runtime", "Microsoft.AspNetCore.Server.Kestrel")
                    .AddAspNetCoreInstrumentation()
                    .AddHttpClientInstrumentation();
                if (settings.Prometheus)
                {
                    metrics.AddPrometheusExporter();
                }

                if (collector is not null)
                {
                    metrics.AddOtlpExporter(o => Export(o, settings, collector, "v1/metrics"));
                }
            })
            .WithTracing(traces =>
            {
                // A conversation's id may be a customer's telephone number, and a webhook's address its secret: routes and hosts are told, addresses are not.
                if (collector is null)
                {
                    return;
                }

                traces.AddSource(CoachMetrics.SourceName)
                    .SetSampler(new ParentBasedSampler(new TraceIdRatioBasedSampler(Math.Clamp(settings.TraceShare, 0, 1))))
                    .AddAspNetCoreInstrumentation(o =>
                    {
                        o.Filter = http => !IsProbe(http.Request.Path);
                        o.EnrichWithHttpRequest = (activity, _) => activity.SetTag("url.path", null).SetTag("url.query", null);
                        o.EnrichWithHttpResponse = (activity, response) => activity.SetTag("url.path", (response.HttpContext.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText);
                    })
                    .AddHttpClientInstrumentation(o =>
                    {
                        o.FilterHttpRequestMessage = request => request.RequestUri?.Host != collector.Host || request.RequestUri.Port != collector.Port;
                        o.EnrichWithHttpRequestMessage = (activity, request) => activity.SetTag("url.full", request.RequestUri?.GetLeftPart(UriPartial.Authority));
                    })
                    .AddOtlpExporter(o => Export(o, settings, collector, "v1/traces"));
            });
        return services;
    }

    /// <summary>Maps <see cref="MetricsPath"/> when the settings say so.</summary>
    /// <param name="app">Where to map.</param>
    public static void MapMetrics(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        if (app.Services.GetRequiredService<IOptions<ObservabilityOptions>>().Value.Prometheus)
        {
            app.MapPrometheusScrapingEndpoint(MetricsPath).RequireAuthorization(AccessRule.ReadMetrics);
        }
    }

    // The scorer that is registered stays what it is; the host's conversations get it with a watch in hand.
    private static void Measure(IServiceCollection services)
    {
        var scorer = services.Last(d => d.ServiceType == typeof(IUtteranceScorer));
        services.Replace(ServiceDescriptor.Singleton<IUtteranceScorer>(p => new MeasuredScorer(
            (IUtteranceScorer)(scorer.ImplementationInstance ?? scorer.ImplementationFactory?.Invoke(p) ?? ActivatorUtilities.CreateInstance(p, scorer.ImplementationType!)),
            p.GetRequiredService<CoachMetrics>(),
            p.GetRequiredService<TimeProvider>())));
    }

    private static Uri? AddressOf(ObservabilityOptions options) =>
        Uri.TryCreate(options.OtlpEndpoint, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? address : null;

    // With gRPC the exporter appends the path itself; over HTTP an address that is set in code is taken as it stands.
    private static void Export(OtlpExporterOptions exporter, ObservabilityOptions settings, Uri collector, string path)
    {
        exporter.Protocol = settings.OtlpTransport == OtlpTransport.Grpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;
        exporter.Endpoint = settings.OtlpTransport == OtlpTransport.Grpc ? collector : new Uri(collector.ToString().TrimEnd('/') + "/" + path);
    }

    private static bool IsProbe(PathString path) => path.StartsWithSegments("/health") || path.StartsWithSegments(MetricsPath);
}
