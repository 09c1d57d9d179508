using DeEscalationBot.Core.Conversations;
using DeEscalationBot.Core.Escalation;
using DeEscalationBot.Host.Escalation;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace DeEscalationBot.Host.Conversations;

/// <summary>Registers conversations: grains, desk and the clock that watches them.</summary>
public static class ConversationServices
{
    private static readonly TimeSpan LongestCheck = TimeSpan.FromHours(1);

    /// <summary>Registers the desk and the clock.</summary>
    /// <param name="services">Where to register.</param>
    /// <param name="configuration">The host's configuration, from its root.</param>
    public static IServiceCollection AddConversations(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddOptions<ConversationOptions>().Bind(configuration.GetSection(ConversationOptions.Section))
            .Validate(o => o.IdleAfter >= ConversationOptions.LeastIdle, "Conversations:IdleAfter must be at least 00:02:00.")
            .Validate(o => o.WaitingCheckEvery > TimeSpan.Zero && o.WaitingCheckEvery <= LongestCheck, "Conversations:WaitingCheckEvery must be more than zero and at most 01:00:00.")
            .ValidateOnStart();
        services.AddOptions<FollowUpSettings>().Bind(configuration.GetSection(FollowUpSettings.Section))
            .Validate(o => o.RemindBefore >= TimeSpan.Zero && o.RemindBefore <= FollowUps.Farthest, "FollowUps:RemindBefore must lie between zero and 366.00:00:00.")
            .ValidateOnStart();
        services.AddOptions<GoodwillSettings>().Bind(configuration.GetSection(GoodwillSettings.Section)).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<GoodwillSettings>, GoodwillCheck>());
        services.TryAddSingleton(p => new GoodwillAllowance(
            p.GetRequiredService<IOptions<GoodwillSettings>>().Value, TimeZoneInfo.FindSystemTimeZoneById(p.GetRequiredService<IOptions<EscalationSettings>>().Value.Calendar.TimeZone)));
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddKeyedSingleton<IConversationDesk, ConversationDesk>(ConversationDesk.Unguarded);
        services.AddEscalation();
        return services;
    }

    private sealed class GoodwillCheck : IValidateOptions<GoodwillSettings>
    {
        public ValidateOptionsResult Validate(string? name, GoodwillSettings options) =>
            options.Problems() is { Count: > 0 } problems ? ValidateOptionsResult.Fail(problems) : ValidateOptionsResult.Success;
    }
}
