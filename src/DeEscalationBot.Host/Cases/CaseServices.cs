using DeEscalationBot.Core.Cases;
using DeEscalationBot.Core.Cases.Dismissal;
using DeEscalationBot.Host.Access;
using DeEscalationBot.Host.Cases.Storage;
using DeEscalationBot.Host.Cases.Texts;
using DeEscalationBot.Host.Conversations.Storage;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace DeEscalationBot.Host.Cases;

/// <summary>Registers customers and their cases.</summary>
public static class CaseServices
{
    /// <summary>Registers it.</summary>
    /// <param name="services">Where to register.</param>
    /// <param name="configuration">The host's configuration, from its root.</param>
    public static IServiceCollection AddCases(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddOptions<CaseSettings>().Bind(configuration.GetSection(CasePeopleOptions.Section)).ValidateOnStart();
        services.AddOptions<CasePeopleOptions>().Bind(configuration.GetSection(CasePeopleOptions.Section));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<CaseSettings>, Check>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ICaseWording, CaseWording>();
        services.TryAddSingleton<CaseReportCache>();
        services.TryAddSingleton<DraftFarewellReader>();
        services.TryAddSingleton<IFarewellReader>(p => p.GetRequiredService<DraftFarewellReader>());
        services.TryAddSingleton<FarewellWording>();
        services.TryAddKeyedSingleton<ICaseDesk>(CaseDesk.Unguarded, (p, _) => DeskOf(p, () => CaseSight.Everything));
        services.TryAddScoped(p => new GuardedCaseDesk(
            DeskOf(p, () => GuardedCaseDesk.SightOf(p.GetRequiredService<CurrentCaller>().Value)), p.GetRequiredService<CurrentCaller>(), p.GetRequiredService<IOptions<CasePeopleOptions>>()));
        services.TryAddSingleton<IExitConversations, ExitConversations>();
        services.TryAddScoped<CustomerImport>();
        services.TryAddScoped<CaseExports>();
        services.TryAddScoped<ICaseDesk>(p => p.GetRequiredService<GuardedCaseDesk>());
        return services;
    }

    private static CaseDesk DeskOf(IServiceProvider services, Func<CaseSight> sight) => new(
        services.GetRequiredService<CaseLog>(),
        services.GetRequiredService<ConversationLog>(),
        services.GetRequiredService<ConversationIndex>(),
        services.GetRequiredService<IFarewellReader>(),
        services.GetRequiredService<IOptions<CaseSettings>>().Value,
        services.GetRequiredService<TimeProvider>(),
        sight,
        services.GetRequiredService<CaseReportCache>());

    private sealed class Check : IValidateOptions<CaseSettings>
    {
        public ValidateOptionsResult Validate(string? name, CaseSettings options) =>
            CaseSettingsCheck.Check(options, CasePeopleOptions.Section) is { Count: > 0 } problems ? ValidateOptionsResult.Fail(problems) : ValidateOptionsResult.Success;
    }
}
