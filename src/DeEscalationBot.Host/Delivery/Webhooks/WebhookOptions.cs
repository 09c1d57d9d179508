using System.Globalization;
using DeEscalationBot.Core.Delivery;
using DeEscalationBot.Core.Escalation;
using DeEscalationBot.Host.Conversations;
using Microsoft.Extensions.Options;

namespace DeEscalationBot.Host.Delivery.Webhooks;

/// <summary>Where alerts are posted (section <c>Webhooks</c>: <c>Webhooks:0:Url</c>, <c>Webhooks:0:Secret</c>, … beside <c>Webhooks:AllowPrivateNetworks</c>).</summary>
public sealed class WebhookOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Webhooks";

    /// <summary>Whether a receiver may be in a private network or on this machine: false. Otherwise an address there is refused when it is called, whatever its name says.</summary>
    public bool AllowPrivateNetworks { get; set; }

    /// <summary>How long a receiver may take to answer: 10 seconds; 100 ms to 1 minute.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The receivers, by their numbers in the section.</summary>
    public IList<WebhookEndpoint> Endpoints { get; } = [];

    /// <summary>Reads the section.</summary>
    /// <param name="section">The section.</param>
    /// <exception cref="InvalidOperationException">A value has the wrong type; the message names it.</exception>
    public void Read(IConfigurationSection section)
    {
        ArgumentNullException.ThrowIfNull(section);
        section.Bind(this);
        Endpoints.Clear();
        foreach (var child in section.GetChildren().Where(c => int.TryParse(c.Key, NumberStyles.None, CultureInfo.InvariantCulture, out _)).OrderBy(c => int.Parse(c.Key, CultureInfo.InvariantCulture)))
        {
            var endpoint = child.Get<WebhookEndpoint>() ?? new WebhookEndpoint();
            endpoint.Setting = $"{Section}:{child.Key}";
            endpoint.Name = string.IsNullOrWhiteSpace(endpoint.Name) ? "webhook-" + child.Key : endpoint.Name;
            Endpoints.Add(endpoint);
        }
    }
}

/// <summary>One receiver.</summary>
public sealed class WebhookEndpoint
{
    /// <summary>Its name, stable: delivery ids are made of it. <c>webhook-0</c>, by its number, when left out.</summary>
    public string Name { get; set; } = "";

    /// <summary>Where to post: http or https.</summary>
    public string Url { get; set; } = "";

    /// <summary>The secret: <c>whsec_</c> and 24 to 64 bytes in base64.</summary>
    public string Secret { get; set; } = "";

    /// <summary>While a secret is changed, the other one that is valid, too: each message carries a signature for both. Nothing otherwise.</summary>
    public string? OtherSecret { get; set; }

    /// <summary>When the secret expires (ISO 8601); it is warned before. Nothing when it does not.</summary>
    public DateTimeOffset? SecretExpires { get; set; }

    /// <summary>Alerts below this urgency are not posted: <see cref="AlertUrgency.Supervisor"/>.</summary>
    public AlertUrgency MinUrgency { get; set; } = AlertUrgency.Supervisor;

    /// <summary>The teams whose conversations are told of here; empty for all.</summary>
    public IList<string> Teams { get; init; } = [];

    /// <summary>Its path in the settings, for messages.</summary>
    internal string Setting { get; set; } = "";

    /// <summary>The keys of its secrets.</summary>
    internal byte[][] Keys => [.. new[] { Secret, OtherSecret }.Select(WebhookSignature.TryReadSecret).OfType<byte[]>()];
}

/// <summary>Checks the receivers before the host starts.</summary>
internal sealed class WebhookOptionsCheck : IValidateOptions<WebhookOptions>
{
    private static readonly TimeSpan ShortestTimeout = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, WebhookOptions options)
    {
        var failures = new List<string>();
        void Must(bool holds, string sentence)
        {
            if (!holds)
            {
                failures.Add(sentence);
            }
        }

        Must(options.Timeout >= ShortestTimeout && options.Timeout <= LongestTimeout, "Webhooks:Timeout must lie between 00:00:00.1 and 00:01:00.");
        foreach (var e in options.Endpoints)
        {
            Must(Uri.TryCreate(e.Url, UriKind.Absolute, out var url) && url.Scheme is "http" or "https", $"{e.Setting}:Url is no address. Write for instance https://hooks.example.com/alerts.");
            Must(WebhookSignature.TryReadSecret(e.Secret) is not null, $"{e.Setting}:Secret is no secret. It must be '{WebhookSignature.SecretPrefix}' and {WebhookSignature.LeastBytes} to {WebhookSignature.MostBytes} bytes in base64; `openssl rand -base64 32` makes them.");
            Must(string.IsNullOrEmpty(e.OtherSecret) || WebhookSignature.TryReadSecret(e.OtherSecret) is not null, $"{e.Setting}:OtherSecret is no secret. It must be written as Secret, or left out.");
            Must(Enum.IsDefined(e.MinUrgency), $"{e.Setting}:MinUrgency may be Advise, Supervisor or Immediate.");
            Must(e.Teams.All(ConversationTeams.IsLegal), ConversationTeams.Complaint(e.Setting));
            Must(e.Name.Length <= 100, $"{e.Setting}:Name may have at most 100 characters.");
        }

        foreach (var twice in options.Endpoints.GroupBy(e => e.Name, StringComparer.Ordinal).Where(g => g.Count() > 1))
        {
            failures.Add($"Two receivers of the section Webhooks are called '{twice.Key}'. Each needs a Name of its own.");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
