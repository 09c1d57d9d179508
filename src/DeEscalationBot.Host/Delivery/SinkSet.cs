using DeEscalationBot.Core.Delivery;
using DeEscalationBot.Host.Delivery.Mail;
using DeEscalationBot.Host.Delivery.Webhooks;
using DeEscalationBot.Host.Hosting;
using Microsoft.Extensions.Options;

namespace DeEscalationBot.Host.Delivery;

/// <summary>Every place that alerts are sent to: those of the settings, and those that were registered.</summary>
/// <remarks>The live console is none of them: a page looks at the record, and says itself when it shows an alert.</remarks>
public sealed class SinkSet
{
    /// <summary>Makes the sinks of the settings.</summary>
    /// <param name="webhooks">The webhooks.</param>
    /// <param name="mail">The mail server.</param>
    /// <param name="registered">Further sinks.</param>
    /// <param name="services">What they are made with.</param>
    public SinkSet(IOptions<WebhookOptions> webhooks, IOptions<MailOptions> mail, IEnumerable<IDeliverySink> registered, IServiceProvider services)
    {
        ArgumentNullException.ThrowIfNull(webhooks);
        ArgumentNullException.ThrowIfNull(mail);
        All =
        [
            .. webhooks.Value.Endpoints.Select(e => ActivatorUtilities.CreateInstance<WebhookSink>(services, e)),
            .. mail.Value.IsConfigured ? [ActivatorUtilities.CreateInstance<MailSink>(services)] : Array.Empty<IDeliverySink>(),
            .. registered,
        ];
        if (All.GroupBy(s => s.Name, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { Key: var twice })
        {
            throw new StartRefusedException(
                ErrorCodes.BadSetting, $"Two places that alerts go to are called '{twice}'. Receivers of Webhooks, places of TeamsAlerts and the mail server ('mail') each need a Name of their own.");
        }
    }

    /// <summary>All of them.</summary>
    public IReadOnlyList<IDeliverySink> All { get; }
}
