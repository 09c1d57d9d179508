using DeEscalationBot.Core.Delivery;
using DeEscalationBot.Host.Channels.BotFramework.Turns;
using DeEscalationBot.Host.Delivery.Outbox;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace DeEscalationBot.Host.Channels.BotFramework.Alerts;

/// <summary>Registers alerts in Teams: a sink for each place of the settings and one for the places that supervisors choose, and what the cards' buttons do.</summary>
public static class TeamsAlertsServices
{
    /// <summary>Registers it. Needs the bot and the record.</summary>
    /// <param name="services">Where to register.</param>
    /// <param name="configuration">The host's configuration, from its root.</param>
    /// <exception cref="InvalidOperationException">A setting has the wrong type; the message names it.</exception>
    public static IServiceCollection AddTeamsAlerts(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);
        var section = configuration.GetSection(TeamsAlertsOptions.Section);
        services.AddOptions<TeamsAlertsOptions>().Bind(section).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<TeamsAlertsOptions>, TeamsAlertsOptionsCheck>());
        services.AddOptions<OutboxOptions>().Validate<IOptions<TeamsAlertsOptions>>(
            (o, teams) => !teams.Value.Enabled || o.Lease > teams.Value.Timeout, "Outbox:Lease must be longer than TeamsAlerts:Timeout, or a card would be sent twice while Teams thinks.");
        services.TryAddSingleton<ISupervisorDirectory, SettingsSupervisors>();
        services.TryAddSingleton<ChosenPlaces>();
        services.TryAddSingleton<PlacesInForce>();
        services.TryAddSingleton<SentCards>();
        services.TryAddSingleton<AlertChoice>();
        services.TryAddSingleton<AlertCards>();
        services.TryAddSingleton(p => new Lazy<AlertCards>(p.GetRequiredService<AlertCards>));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ICardActions, AlertActions>());
        return services.AddTeamsSinks(section.Get<TeamsAlertsOptions>() ?? new TeamsAlertsOptions());
    }

    private static IServiceCollection AddTeamsSinks(this IServiceCollection services, TeamsAlertsOptions options)
    {
        if (!options.Enabled)
        {
            return services;
        }

        foreach (var ((name, place), set) in AlertPlace.OfSettings(options).Zip(options.Places))
        {
            services.AddSingleton<IDeliverySink>(p => SinkOf(p, new TeamsSinkPlaces(name, [.. set.Teams], _ => Task.FromResult<IReadOnlyList<AlertPlace>>([place]))));
        }

        return services.AddSingleton<IDeliverySink>(p => SinkOf(p, new TeamsSinkPlaces(
            TeamsSink.ChosenName, [.. options.Teams], async stopping => [.. (await p.GetRequiredService<PlacesInForce>().ReadAsync(stopping)).Select(i => i.Chosen.Place)])));
    }

    private static TeamsSink SinkOf(IServiceProvider services, TeamsSinkPlaces places) => ActivatorUtilities.CreateInstance<TeamsSink>(services, places);
}
