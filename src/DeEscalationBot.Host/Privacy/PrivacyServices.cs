using DeEscalationBot.Host.Cases;
using DeEscalationBot.Host.Privacy.Audit;
using DeEscalationBot.Host.Privacy.Retention;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace DeEscalationBot.Host.Privacy;

/// <summary>Registers erasure, export and retention.</summary>
public static class PrivacyServices
{
    /// <summary>Registers them.</summary>
    /// <param name="services">Where to register.</param>
    /// <param name="configuration">The host's configuration, from its root.</param>
    public static IServiceCollection AddPrivacy(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddOptions<RetentionOptions>().Bind(configuration.GetSection(RetentionOptions.Section))
            .Validate(
                o => o.EraseAfter == TimeSpan.Zero || (o.EraseAfter >= RetentionOptions.Least && o.EraseAfter <= RetentionOptions.Most),
                "Retention:EraseAfter must be zero (nothing is erased by age) or lie between 1.00:00:00 (one day) and 3650.00:00:00. What was erased does not come back.")
            .Validate(o => o.LookEvery >= TimeSpan.FromMinutes(1) && o.LookEvery <= TimeSpan.FromDays(1), "Retention:LookEvery must lie between 00:01:00 and 1.00:00:00.")
            .ValidateOnStart();
        services.TryAddSingleton<AuditLog>();
        services.TryAddSingleton<CaseEraser>();
        services.TryAddSingleton<SubjectEraser>();
        services.TryAddSingleton<SubjectReader>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IErasureListener, ErasedFromMemory>());
        services.AddHostedService<ErasureWatch>();
        services.AddHostedService<RetentionJob>();
        return services;
    }
}
