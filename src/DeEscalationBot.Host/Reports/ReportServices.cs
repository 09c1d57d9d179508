using Microsoft.Extensions.DependencyInjection.Extensions;

namespace DeEscalationBot.Host.Reports;

/// <summary>Registers the reports.</summary>
public static class ReportServices
{
    /// <summary>Registers who reads them.</summary>
    /// <param name="services">Where to register.</param>
    public static IServiceCollection AddReports(this IServiceCollection services)
    {
        services.TryAddSingleton<ReportReader>();
        return services;
    }
}
