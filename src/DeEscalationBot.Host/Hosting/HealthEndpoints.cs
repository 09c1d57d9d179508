using DeEscalationBot.Core.Pipeline;
using DeEscalationBot.Core.Scoring;
using DeEscalationBot.Host.Contract;
using DeEscalationBot.Host.Conversations.Cluster;
using DeEscalationBot.Host.Conversations.Storage;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace DeEscalationBot.Host.Hosting;

/// <summary>Tells whoever watches the host whether it lives and whether it can work.</summary>
public static class HealthEndpoints
{
    private const string Ready = "ready";

    /// <summary>Registers the checks.</summary>
    /// <param name="services">Where to register.</param>
    public static IServiceCollection AddHealth(this IServiceCollection services)
    {
        services.AddHealthChecks()
            .AddCheck<RecordCheck>("database", tags: [Ready])
            .AddCheck<PlaybookCheck>("playbook", tags: [Ready])
            .AddCheck<ModelCheck>("model", tags: [Ready])
            .AddCheck<NodeCheck>("node", tags: [Ready]);
        services.TryAddSingleton<Draining>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, Draining>(p => p.GetRequiredService<Draining>()));

        // Besides what it takes anyway.
        services.AddOptions<HostOptions>().Configure<IOptions<ClusterOptions>>((host, cluster) => host.ShutdownTimeout += cluster.Value.Enabled ? cluster.Value.DrainFor : TimeSpan.Zero);
        return services;
    }

    /// <summary>Maps <c>/health/live</c> (the process answers) and <c>/health/ready</c> (it can do its work, or what keeps it).</summary>
    /// <param name="app">Where to map.</param>
    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false, ResponseWriter = WriteAsync }).AllowAnonymous();
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = c => c.Tags.Contains(Ready), ResponseWriter = WriteAsync }).AllowAnonymous();
    }

    private static Task WriteAsync(HttpContext context, HealthReport report) => context.Response.WriteAsJsonAsync(
        new HealthAnswer(report.Status, [.. report.Entries.Select(e => new CheckAnswer(e.Key, e.Value.Status, e.Value.Description))]),
        ContractJson.Options,
        context.RequestAborted);

    private sealed record HealthAnswer(HealthStatus Status, IReadOnlyList<CheckAnswer> Checks);

    private sealed record CheckAnswer(string Name, HealthStatus Status, string? Description);

    private sealed class RecordCheck(IDbContextFactory<CoachDbContext> contexts) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            try
            {
                await using var db = await contexts.CreateDbContextAsync(cancellationToken);
                await db.Summaries.AsNoTracking().OrderBy(s => s.ConversationId).Select(s => s.Sequence).FirstOrDefaultAsync(cancellationToken);
                return HealthCheckResult.Healthy();
            }
            catch (Exception e) when (DatabaseFailure.IsBehind(e))
            {
                return HealthCheckResult.Unhealthy("The database cannot be read. Look at ConnectionStrings:Coach and at the disk; the log has the details.", e);
            }
        }
    }

    private sealed class NodeCheck(Draining draining, ISiloStatusOracle cluster) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
            draining.HasBegun ? HealthCheckResult.Unhealthy("This node is stopping: send nothing more to it. Others take over.")
            : cluster.CurrentStatus == SiloStatus.Active ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy($"This node is not part of its cluster ({cluster.CurrentStatus}). When that does not pass, look at the Cluster settings, and whether the nodes reach each other's ports."));
    }

    private sealed class PlaybookCheck(IServiceProvider services) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            // The host does not start without a playbook; this holds it to that.
            services.GetRequiredService<ConversationTurnPipeline>();
            return Task.FromResult(HealthCheckResult.Healthy());
        }
    }

    private sealed class ModelCheck(IUtteranceScorer scorer) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
            scorer.Score("ok").Origin == ScoreOrigin.Model
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Degraded("No trained model is in use: scores come from the signals alone and are not calibrated. Restore models/frustration.zip or set Model:Path, and start again."));
    }
}
