using DeEscalationBot.Host.Pages;
using Microsoft.Extensions.Options;

namespace DeEscalationBot.Host.Channels.DirectLine;

/// <summary>How customers' chats reach us by Direct Line 3.0 (section <c>DirectLine</c>).</summary>
public sealed class DirectLineOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "DirectLine";

    /// <summary>The shortest secret, in characters: 32.</summary>
    public const int LeastSecret = 32;

    /// <summary>Whether <c>/v3/directline</c> answers at all: true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>
    /// What the server of your site shows to get tokens for its visitors; at least <see cref="LeastSecret"/> characters. Without one (local mode) whoever is on
    /// this machine gets tokens, and nobody else.
    /// </summary>
    public string Secret { get; set; } = "";

    /// <summary>While the secret is changed, the other one that is valid, too. Nothing otherwise.</summary>
    public string OtherSecret { get; set; } = "";

    /// <summary>
    /// The origins of the pages that may hold a chat, for instance <c>https://www.example.com</c>. Empty: with a secret any page, without one the pages of
    /// this machine. A token may name its own besides, which then count instead.
    /// </summary>
    public IList<string> TrustedOrigins { get; } = [];

    /// <summary>How long a token is valid: 30 minutes; 1 minute to 1 day. Clients renew theirs every 15 minutes, so that less makes them lose the chat.</summary>
    public TimeSpan TokenLifetime { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>Where customers' browsers reach the host, behind a proxy that changes the name. Otherwise the address that was called.</summary>
    public string PublicAddress { get; set; } = "";

    /// <summary>The name under which agents appear to customers; none when empty.</summary>
    public string AgentName { get; set; } = "";

    /// <summary>Whether a secret is set; without one it is local mode.</summary>
    public bool HasSecret => Secret.Length > 0;
}

/// <summary>Checks the settings before the host starts.</summary>
internal sealed class DirectLineOptionsCheck : IValidateOptions<DirectLineOptions>
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, DirectLineOptions options)
    {
        var failures = new List<string>();
        void Must(bool holds, string sentence)
        {
            if (!holds)
            {
                failures.Add(sentence);
            }
        }

        Must(options.Secret.Length is 0 or >= DirectLineOptions.LeastSecret, $"DirectLine:Secret must have at least {DirectLineOptions.LeastSecret} characters; `openssl rand -base64 32` makes one. Leave it out for local mode.");
        Must(options.OtherSecret.Length is 0 or >= DirectLineOptions.LeastSecret, $"DirectLine:OtherSecret must have at least {DirectLineOptions.LeastSecret} characters, or be left out.");
        Must(options.HasSecret || options.OtherSecret.Length == 0, "DirectLine:OtherSecret is set and DirectLine:Secret is not. Set the secret that stays as Secret.");
        Must(options.TrustedOrigins.All(o => PagesOptions.TryReadOrigin(o, out _)), "DirectLine:TrustedOrigins must hold origins such as https://www.example.com, without a path or a slash at the end.");
        Must(options.TokenLifetime >= Shortest && options.TokenLifetime <= Longest, "DirectLine:TokenLifetime must lie between 00:01:00 and 1.00:00:00.");
        Must(
            options.PublicAddress.Length == 0 || (Uri.TryCreate(options.PublicAddress, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"),
            "DirectLine:PublicAddress is no address. Write for instance https://chat.example.com, or leave it out.");
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
