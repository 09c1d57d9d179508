using DeEscalationBot.Host.Conversations.Storage;
using DeEscalationBot.Host.Delivery.Mail;
using DeEscalationBot.Host.Delivery.Outbox;
using DeEscalationBot.Host.Delivery.SelfTest;
using DeEscalationBot.Host.Delivery.Webhooks;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace DeEscalationBot.Host.Delivery;

/// <summary>Registers what goes out: outbox, webhooks, mail.</summary>
public static class DeliveryServices
{
    private static readonly TimeSpan ShortestLook = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestLook = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan ShortestLease = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestLease = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan LongestGiveUp = TimeSpan.FromDays(30);
    private static readonly TimeSpan LongestKeep = TimeSpan.FromDays(3653);

    /// <summary>Registers the outbox and its workers. A further sink is registered as <see cref="Core.Delivery.IDeliverySink"/>.</summary>
    /// <param name="services">Where to register.</param>
    /// <param name="configuration">The host's configuration, from its root.</param>
    public static IServiceCollection AddDelivery(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSinks(configuration);
        services.AddOptions<OutboxOptions>().Bind(configuration.GetSection(OutboxOptions.Section))
            .Validate(o => o.LookEvery >= ShortestLook && o.LookEvery <= LongestLook, "Outbox:LookEvery must lie between 00:00:00.1 and 00:01:00.")
            .Validate(o => o.Lease >= ShortestLease && o.Lease <= LongestLease, "Outbox:Lease must lie between 00:00:05 and 00:10:00.")
            .Validate<IOptions<WebhookOptions>, IOptions<MailOptions>>(
                (o, webhooks, mail) => o.Lease > webhooks.Value.Timeout && (!mail.Value.IsConfigured || o.Lease > mail.Value.Timeout),
                "Outbox:Lease must be longer than Webhooks:Timeout and Mail:Timeout, or a message would be sent twice while a receiver thinks.")
            .Validate(o => o.GiveUpAfter >= LongestLook && o.GiveUpAfter <= LongestGiveUp, "Outbox:GiveUpAfter must lie between 00:01:00 and 30.00:00:00.")
            .Validate(o => o.AtOnce is >= 1 and <= 64, "Outbox:AtOnce must lie between 1 and 64.")
            .Validate(o => o.KeepDelivered >= TimeSpan.FromHours(1) && o.KeepDelivered <= LongestKeep, "Outbox:KeepDelivered must lie between 01:00:00 and 3653.00:00:00.")
            .ValidateOnStart();
        services.TryAddSingleton<OutboxSignal>();
        services.TryAddSingleton<OutboxStore>();
        services.TryAddSingleton<AlertMessages>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IRecordCompanion, OutboxEntry>());
        services.TryAddSingleton<OutboxWorker>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, OutboxWorker>(p => p.GetRequiredService<OutboxWorker>()));
        return services;
    }

    /// <summary>Registers the places that alerts are sent to, without the outbox.</summary>
    /// <param name="services">Where to register.</param>
    /// <param name="configuration">The host's configuration, from its root.</param>
    public static IServiceCollection AddSinks(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<WebhookOptions>().Configure(o => o.Read(configuration.GetSection(WebhookOptions.Section))).ValidateOnStart();
        services.AddOptions<MailOptions>().Bind(configuration.GetSection(MailOptions.Section)).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<WebhookOptions>, WebhookOptionsCheck>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<MailOptions>, MailOptionsCheck>());
        services.TryAddSingleton<WebhookClient>();
        services.TryAddSingleton<SinkSet>();
        services.TryAddSingleton<SinkSelfTest>();
        return services;
    }
}
