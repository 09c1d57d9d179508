using System.Globalization;
using System.Text;
using DeEscalationBot.Host.Delivery.Outbox;
using MimeKit;

namespace DeEscalationBot.Host.Delivery.Mail;

/// <summary>Writes the mail about a promise (A12): to the agent before its date, and to the desk, too, when it was missed.</summary>
/// <remarks>In both languages, as nobody knows which one the reader speaks. Immutable and safe for concurrent use.</remarks>
/// <param name="options">The agents' addresses, and where the pages are.</param>
/// <param name="zone">The desk's time zone, in which dates are told.</param>
internal sealed class FollowUpMail(MailOptions options, TimeZoneInfo zone)
{
    /// <summary>The mail, without sender, date and id.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="desk">Who is told of a promise that was missed, and of everything where the agent's address is not known.</param>
    public MimeMessage Of(FollowUpMessage message, IReadOnlyList<string> desk)
    {
        var data = message.Data;
        var agent = AddressOf(data.By);
        var to = agent is null ? desk : message.Type == FollowUpMessages.Reminded ? [agent] : [.. desk, agent];
        var at = string.Create(CultureInfo.InvariantCulture, $"{TimeZoneInfo.ConvertTime(data.PromisedFor, zone):yyyy-MM-dd HH:mm} {zone.Id}");
        var (subject, english, spanish) = message.Type switch
        {
            FollowUpMessages.Reminded => ("Reminder / Recordatorio", $"{data.By} promised that the customer hears of us by {at}.", $"{data.By} prometió que el cliente tendría noticias antes de {at}."),
            FollowUpMessages.Missed => ("Overdue / Vencido", $"{data.By} promised that the customer hears of us by {at}. That has passed.", $"{data.By} prometió que el cliente tendría noticias antes de {at}. La fecha ha pasado."),
            FollowUpMessages.Rewound => (
                "Correction / Corrección",
                $"The clock of this machine was wrong. What it told of the promise of {data.By} for {at} does not count; a reminder comes when it is time.",
                $"El reloj de esta máquina iba mal. Lo dicho del compromiso de {data.By} para {at} no cuenta; el aviso llegará a su hora."),
            _ => throw new InvalidOperationException($"A message of the type {message.Type} is not mailed."),
        };
        var text = new StringBuilder().AppendLine(english).AppendLine(spanish).AppendLine().AppendLine(data.Reason);
        if (options.ConsoleUrl is { Length: > 0 } console)
        {
            text.AppendLine().Append(new Uri(new Uri(console), "sidebar/" + Uri.EscapeDataString(data.ConversationId))).AppendLine();
        }

        var mail = new MimeMessage { Subject = $"{subject}: {data.ConversationId}", Body = new TextPart("plain") { Text = text.ToString() } };
        mail.To.AddRange(to.Distinct(StringComparer.OrdinalIgnoreCase).Select(MailboxAddress.Parse));
        return mail;
    }

    // A desk may know its agents by their addresses. One of another house is not written to: the name comes from whoever calls the API.
    private string? AddressOf(string agent) => options.Agents.TryGetValue(agent, out var address) ? address
        : MailboxAddress.TryParse(agent, out var own) && own.Address == agent && own.Domain.Length > 0
            && own.Domain.Equals(MailboxAddress.Parse(options.From).Domain, StringComparison.OrdinalIgnoreCase) ? agent
        : null;
}
