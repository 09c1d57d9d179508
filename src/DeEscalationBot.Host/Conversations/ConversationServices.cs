using System.Net;
using System.Net.Sockets;
using DeEscalationBot.Core.Conversations;
using DeEscalationBot.Core.Escalation;
using DeEscalationBot.Host.Escalation;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Serialization;

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

    /// <summary>Lets conversations live in this process: nothing to install, ports of its own.</summary>
    /// <param name="builder">The host.</param>
    /// <param name="first">The first node of a cluster on this machine that this one joins; nothing for a node of its own.</param>
    /// <returns>Where other nodes on this machine reach it.</returns>
    public static IPEndPoint UseLocalCluster(this IHostApplicationBuilder builder, IPEndPoint? first = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var (silo, gateway) = FreePorts();
        builder.UseOrleans(node =>
        {
            // On the default ports a second host on the machine would start silently and own "its" conversations.
            node.UseLocalhostClustering(silo, gateway, first, serviceId: "deescalation", clusterId: "local");

            // Orleans stamps its members by the system's clock: judged by another, a node that is just joining looks hours old and is told to die.
            node.Services.AddKeyedSingleton(TimeProviderNames.Membership, TimeProvider.System);

            // A trace goes on from the request into its conversation.
            node.AddActivityPropagation();
            node.Services.AddSerializer(serializer => serializer.AddJsonSerializer(IsOurs, CoreJson.Options));
            node.Services.AddOptions<GrainCollectionOptions>().Configure<IOptions<ConversationOptions>>((collection, ours) => collection.CollectionAge = ours.Value.IdleAfter);
        });
        return new IPEndPoint(IPAddress.Loopback, silo);
    }

    private static bool IsOurs(Type type) =>
        type.Namespace?.StartsWith("DeEscalationBot.", StringComparison.Ordinal) == true && !typeof(IAddressable).IsAssignableFrom(type) && !typeof(Exception).IsAssignableFrom(type);

    private sealed class GoodwillCheck : IValidateOptions<GoodwillSettings>
    {
        public ValidateOptionsResult Validate(string? name, GoodwillSettings options) =>
            options.Problems() is { Count: > 0 } problems ? ValidateOptionsResult.Fail(problems) : ValidateOptionsResult.Success;
    }

    // Port 0 is refused by the cluster, so free ports are looked for; both are held until both are known.
    private static (int Silo, int Gateway) FreePorts()
    {
        using var first = new TcpListener(IPAddress.Loopback, 0);
        using var second = new TcpListener(IPAddress.Loopback, 0);
        first.Start();
        second.Start();
        return (((IPEndPoint)first.LocalEndpoint).Port, ((IPEndPoint)second.LocalEndpoint).Port);
    }
}
