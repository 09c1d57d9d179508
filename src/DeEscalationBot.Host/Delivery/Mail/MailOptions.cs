using DeEscalationBot.Core.Escalation;
using DeEscalationBot.Host.Conversations;
using Microsoft.Extensions.Options;
using MimeKit;

namespace DeEscalationBot.Host.Delivery.Mail;

/// <summary>How the connection to the mail server is protected.</summary>
public enum MailSecurity
{
    /// <summary>Begins in the clear and must turn to TLS. The default; port 587.</summary>
    StartTls,

    /// <summary>TLS from the beginning; port 465.</summary>
    Tls,

    /// <summary>In the clear. For a server on this machine only.</summary>
    None,
}

/// <summary>The mail server that alerts are sent through (section <c>Mail</c>). Without a host no mail is sent.</summary>
public sealed class MailOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Mail";

    /// <summary>The server; nothing by default.</summary>
    public string? Host { get; set; }

    /// <summary>Its port: 587; 1 to 65535.</summary>
    public int Port { get; set; } = 587;

    /// <summary>How the connection is protected: <see cref="MailSecurity.StartTls"/>.</summary>
    public MailSecurity Security { get; set; } = MailSecurity.StartTls;

    /// <summary>The user, when the server asks for one.</summary>
    public string? User { get; set; }

    /// <summary>The password.</summary>
    public string? Password { get; set; }

    /// <summary>The sender's address.</summary>
    public string From { get; set; } = "";

    /// <summary>Who gets every alert, besides the people on duty on the rung that is told.</summary>
    public IList<string> To { get; init; } = [];

    /// <summary>Where e-mail reaches agents, by the name that the desk gives them, for reminders of follow-ups. A name that is an address in the domain of <see cref="From"/> needs none; where none is known, a reminder goes to <see cref="To"/> and those on duty.</summary>
    public IDictionary<string, string> Agents { get; init; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Alerts below this urgency are not mailed: <see cref="AlertUrgency.Supervisor"/>. Follow-ups count as that.</summary>
    public AlertUrgency MinUrgency { get; set; } = AlertUrgency.Supervisor;

    /// <summary>The teams whose alerts and follow-ups are mailed; empty for all.</summary>
    public IList<string> Teams { get; init; } = [];

    /// <summary>How long the server may take: 20 seconds; 1 second to 2 minutes.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Where people find the console, for the link in a mail; no link when left out.</summary>
    public string? ConsoleUrl { get; set; }

    /// <summary>Whether mail is sent at all.</summary>
    public bool IsConfigured => !string.IsNullOrWhiteSpace(Host);
}

/// <summary>Checks the mail server's settings before the host starts.</summary>
internal sealed class MailOptionsCheck : IValidateOptions<MailOptions>
{
    private static readonly TimeSpan ShortestTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromMinutes(2);

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, MailOptions options)
    {
        var failures = new List<string>();
        if (options.IsConfigured)
        {
            Must(options.Port is >= 1 and <= 65535, "Mail:Port must lie between 1 and 65535.");
            Must(Enum.IsDefined(options.Security), "Mail:Security may be StartTls, Tls or None.");
            Must(Enum.IsDefined(options.MinUrgency), "Mail:MinUrgency may be Advise, Supervisor or Immediate.");
            Must(options.Teams.All(ConversationTeams.IsLegal), ConversationTeams.Complaint(MailOptions.Section));
            Must(IsAddress(options.From), "Mail:From is no address. Write for instance alerts@example.com.");
            Must(options.Timeout >= ShortestTimeout && options.Timeout <= LongestTimeout, "Mail:Timeout must lie between 00:00:01 and 00:02:00.");
            Must(string.IsNullOrEmpty(options.ConsoleUrl) || Uri.TryCreate(options.ConsoleUrl, UriKind.Absolute, out _), "Mail:ConsoleUrl is no address. Write for instance https://coach.example.com/console.");
            for (var i = 0; i < options.To.Count; i++)
            {
                Must(IsAddress(options.To[i]), $"Mail:To:{i} is no address.");
            }

            foreach (var (agent, address) in options.Agents)
            {
                Must(IsAddress(address), $"Mail:Agents:{agent} is no address.");
            }

            Must(options.Security != MailSecurity.None || options.Host is "localhost" or "127.0.0.1" or "::1", "Mail:Security may be None only for a server on this machine.");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);

        void Must(bool holds, string sentence)
        {
            if (!holds)
            {
                failures.Add(sentence);
            }
        }
    }

    private static bool IsAddress(string text) => MailboxAddress.TryParse(text, out var address) && address.Address.Contains('@', StringComparison.Ordinal);
}
