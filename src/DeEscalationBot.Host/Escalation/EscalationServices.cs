using DeEscalationBot.Core.Escalation;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace DeEscalationBot.Host.Escalation;

/// <summary>Registers who watches the clock, and who is on duty.</summary>
public static class EscalationServices
{
    /// <summary>Registers the watch over waiting customers, the watches over alerts and follow-ups, the ladder and the rota.</summary>
    /// <param name="services">Where to register.</param>
    public static IServiceCollection AddEscalation(this IServiceCollection services)
    {
        services.TryAddSingleton(p => new AlertLadder(p.GetRequiredService<IOptions<EscalationSettings>>().Value.Ladder));
        services.TryAddSingleton<DutyRota>();
        services.TryAddSingleton<IDutyRota>(p => p.GetRequiredService<DutyRota>());
        services.TryAddSingleton<IDutyContacts>(p => p.GetRequiredService<DutyRota>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, WaitingWatch>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, AlertWatch>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, FollowUpWatch>());
        return services;
    }
}
