using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using DeEscalationBot.Core.Delivery;
using DeEscalationBot.Core.Escalation;
using DeEscalationBot.Host.Delivery.Outbox;
using DeEscalationBot.Host.Escalation;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;
using MimeKit;

namespace DeEscalationBot.Host.Delivery.Mail;

/// <summary>Mails alerts to the people on duty on the rung that is told, and to those of the settings; reminders of follow-ups to the agent.</summary>
/// <remarks>
/// Only what calls somebody is mailed (raised, joined, told to the next rung, test; a promise that is due); that somebody acknowledged is news
/// for machines. A reminder goes to the agent, where an address of theirs is known; a promise that was missed to everybody besides. The message's id is the delivery's, so that a mail that comes twice is one to a mail program.
/// </remarks>
/// <param name="options">The server.</param>
/// <param name="rota">Who is on duty.</param>
/// <param name="escalation">The desk's time zone.</param>
/// <param name="clock">The product's clock.</param>
public sealed class MailSink(IOptions<MailOptions> options, IDutyContacts rota, IOptions<EscalationSettings> escalation, TimeProvider clock) : IDeliverySink
{
    private static readonly HashSet<string> Calls = new(StringComparer.Ordinal) { "alert.raised", "alert.joined", "alert.escalated", "alert.test" };
    private static readonly HashSet<string> Reminders = new(StringComparer.Ordinal) { FollowUpMessages.Reminded, FollowUpMessages.Missed, FollowUpMessages.Rewound };

    private readonly FollowUpMail _followUps = new(options.Value, TimeZoneInfo.FindSystemTimeZoneById(escalation.Value.Calendar.TimeZone));
    private DateTimeOffset? _certificateExpires;

    private MailOptions Options => options.Value;

    /// <inheritdoc/>
    public string Name => "mail";

    /// <inheritdoc/>
    public AlertUrgency MinUrgency => Options.MinUrgency;

    /// <inheritdoc/>
    public IReadOnlyList<string> Teams => [.. Options.Teams];

    /// <inheritdoc/>
    public async Task<DeliveryReceipt> DeliverAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (!Calls.Contains(message.Type) && !Reminders.Contains(message.Type))
        {
            return DeliveryReceipt.Delivered("Not mailed: it calls nobody.");
        }

        using var mail = Calls.Contains(message.Type)
            ? MailOf(JsonSerializer.Deserialize<AlertMessage>(message.Body, AlertMessages.Json)!)
            : _followUps.Of(FollowUpMessages.Read(message.Body), Desk(rung: 0));
        if (mail.To.Count == 0)
        {
            return DeliveryReceipt.Refused("Nobody is on duty with an e-mail address, and Mail:To is empty: there is nobody to mail to.");
        }

        mail.MessageId = message.DeliveryId + "@deescalationbot.invalid";
        mail.Date = clock.GetUtcNow();
        mail.From.Add(MailboxAddress.Parse(Options.From));
        return await SendAsync(mail, cancellationToken);
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> WarningsAt(DateTimeOffset now)
    {
        var warnings = new List<string>();
        if (_certificateExpires is { } until && until - now < Webhooks.WebhookSink.WarnBefore)
        {
            warnings.Add(string.Create(CultureInfo.InvariantCulture, $"The certificate of the mail server {Options.Host} {(until <= now ? "expired" : "expires")} on {until:yyyy-MM-dd}."));
        }

        if (Options.To.Count == 0 && rota.EmailsOf(0, now).Count == 0)
        {
            warnings.Add("Mail:To is empty and nobody on duty has an e-mail address: alerts raised now are mailed to nobody.");
        }

        return warnings;
    }

    private async Task<DeliveryReceipt> SendAsync(MimeMessage mail, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(Options.Timeout, clock);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            using var client = new SmtpClient();
            client.ServerCertificateValidationCallback = (_, certificate, _, errors) =>
            {
                _certificateExpires = certificate is System.Security.Cryptography.X509Certificates.X509Certificate2 seen ? new DateTimeOffset(seen.NotAfter.ToUniversalTime(), TimeSpan.Zero) : null;
                return errors == System.Net.Security.SslPolicyErrors.None;
            };
            await client.ConnectAsync(Options.Host!, Options.Port, SecurityOf(Options.Security), ending.Token);
            if (!string.IsNullOrEmpty(Options.User))
            {
                await client.AuthenticateAsync(Options.User, Options.Password ?? "", ending.Token);
            }

            await client.SendAsync(mail, ending.Token);
            await client.DisconnectAsync(quit: true, ending.Token);
            return DeliveryReceipt.Delivered(string.Create(CultureInfo.InvariantCulture, $"Mailed to {mail.To.Count} address(es)."));
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return DeliveryReceipt.RetryLater($"The mail server {Options.Host} did not answer in time (Mail:Timeout).");
        }
        catch (AuthenticationException)
        {
            return DeliveryReceipt.RetryLater("The mail server does not accept Mail:User and Mail:Password.");
        }
        catch (SslHandshakeException)
        {
            return DeliveryReceipt.RetryLater($"The connection to {Options.Host} could not be protected. Look at Mail:Security, Mail:Port and the server's certificate.");
        }
        catch (SmtpCommandException e) when (e.ErrorCode is SmtpErrorCode.RecipientNotAccepted or SmtpErrorCode.SenderNotAccepted)
        {
            return DeliveryReceipt.RetryLater($"The mail server does not accept {(e.ErrorCode == SmtpErrorCode.SenderNotAccepted ? "Mail:From" : "a recipient")}: {(int)e.StatusCode}.");
        }
        catch (Exception e) when (e is CommandException or ProtocolException or IOException or SocketException or NotSupportedException or ServiceNotConnectedException)
        {
            return DeliveryReceipt.RetryLater($"The mail server {Options.Host}:{Options.Port.ToString(CultureInfo.InvariantCulture)} did not take the mail ({e.GetType().Name}). Look at Mail:Host and Mail:Port.");
        }
    }

    private static SecureSocketOptions SecurityOf(MailSecurity security) => security switch
    {
        MailSecurity.StartTls => SecureSocketOptions.StartTls,
        MailSecurity.Tls => SecureSocketOptions.SslOnConnect,
        MailSecurity.None => SecureSocketOptions.None,
        _ => throw new InvalidOperationException($"The protection {security} is not known."),
    };

    private string[] Desk(int rung) => [.. Options.To.Concat(rota.EmailsOf(rung, clock.GetUtcNow())).Distinct(StringComparer.OrdinalIgnoreCase)];

    private MimeMessage MailOf(AlertMessage alert)
    {
        var data = alert.Data;
        var mail = new MimeMessage();
        mail.To.AddRange(Desk(data.Rung ?? 0).Select(MailboxAddress.Parse));
        mail.Subject = (data.Test == true ? "[TEST] " : "") + alert.Type switch
        {
            "alert.escalated" => $"Nobody has answered: {data.Trigger} {data.Urgency} ({data.ConversationId})",
            "alert.joined" => $"Further trigger: {data.Trigger} {data.Urgency} ({data.ConversationId})",
            _ => $"Alert {data.Trigger} {data.Urgency} ({data.ConversationId})",
        };
        if (data.Urgency == AlertUrgency.Immediate)
        {
            mail.Priority = MessagePriority.Urgent;
        }

        var text = new StringBuilder().AppendLine(data.Reason).AppendLine();
        foreach (var line in data.Summary ?? [])
        {
            text.AppendLine(line);
        }

        if (data.OnDuty is { Count: 0 })
        {
            text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"Nobody is on duty on '{data.RungName}'. / Nadie está de guardia en «{data.RungName}».");
        }

        if (Options.ConsoleUrl is { Length: > 0 } console)
        {
            text.AppendLine().Append(console).Append("?c=").AppendLine(Uri.EscapeDataString(data.ConversationId));
        }

        mail.Body = new TextPart("plain") { Text = text.ToString() };
        return mail;
    }
}
