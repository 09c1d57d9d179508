using Microsoft.Extensions.DependencyInjection.Extensions;

namespace DeEscalationBot.Host.Scoring;

/// <summary>Registers what conversations need for scoring besides the scorer.</summary>
public static class ScoringServices
{
    /// <summary>Registers <see cref="SecondOpinions"/>. Idempotent.</summary>
    /// <param name="services">Where to register.</param>
    public static IServiceCollection AddSecondOpinions(this IServiceCollection services)
    {
        services.TryAddSingleton<SecondOpinions>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, SecondOpinions>(p => p.GetRequiredService<SecondOpinions>()));
        return services;
    }
}
