using Microsoft.Extensions.DependencyInjection.Extensions;

namespace DeEscalationBot.Host.Delivery.LiveView;

/// <summary>Registers what is live.</summary>
public static class LiveViewServices
{
    /// <summary>Registers the live feed of this host.</summary>
    /// <param name="services">Where to register.</param>
    public static IServiceCollection AddLiveView(this IServiceCollection services)
    {
        services.TryAddSingleton<LiveFeed>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, LiveFeed>(p => p.GetRequiredService<LiveFeed>()));
        return services;
    }
}
