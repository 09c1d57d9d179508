using System.Text.Json;
using DeEscalationBot.Core.Channels;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;

namespace DeEscalationBot.Host.Access;

/// <summary>What a sidebar's token allows.</summary>
/// <param name="Agent">The agent who works in it.</param>
/// <param name="Conversation">The conversation.</param>
/// <param name="Until">When it ends.</param>
public sealed record SidebarGrant(string Agent, string Conversation, DateTimeOffset Until);

/// <summary>The tokens by which a desk's frame gets in, and the session that they open: bound to one agent, and to the conversations that tokens name.</summary>
/// <remarks>Tokens are encrypted and signed by Data Protection. Safe for concurrent use.</remarks>
/// <param name="protection">Encrypts and signs.</param>
/// <param name="clock">The product's clock.</param>
public sealed class SidebarSession(IDataProtectionProvider protection, TimeProvider clock)
{
    /// <summary>The scheme's name.</summary>
    public const string SchemeName = "sidebar";

    /// <summary>The session's cookie.</summary>
    public const string CookieName = "coach.sidebar";

    /// <summary>How long a token is valid: 15 minutes. Renewed by another.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    private const int MostConversations = 20;

    private readonly IDataProtector _protector = protection.CreateProtector("DeEscalationBot.Sidebar.v1");

    /// <summary>Makes a token.</summary>
    /// <param name="agent">The agent.</param>
    /// <param name="conversation">The conversation.</param>
    public (string Token, DateTimeOffset Until) Issue(string agent, ConversationId conversation)
    {
        // Whole seconds, as the session's own claim.
        var until = DateTimeOffset.FromUnixTimeSeconds((clock.GetUtcNow() + Lifetime).ToUnixTimeSeconds());
        return (_protector.Protect(JsonSerializer.Serialize(new SidebarGrant(agent, conversation.Value, until))), until);
    }

    /// <summary>Reads a token.</summary>
    /// <param name="token">What was shown.</param>
    /// <returns>Nothing when it is none of ours, or too old.</returns>
    public SidebarGrant? Read(string token)
    {
        try
        {
            return JsonSerializer.Deserialize<SidebarGrant>(_protector.Unprotect(token)) is { } grant && grant.Until > clock.GetUtcNow() ? grant : null;
        }
        catch (Exception e) when (e is System.Security.Cryptography.CryptographicException or JsonException or FormatException)
        {
            return null;
        }
    }

    /// <summary>Who a grant makes of somebody who may have one already: the same agent keeps the other conversations, each as long as its own token says.</summary>
    /// <param name="grant">The grant.</param>
    /// <param name="before">Who they were.</param>
    public static Caller Join(SidebarGrant grant, Caller before)
    {
        ArgumentNullException.ThrowIfNull(grant);
        ArgumentNullException.ThrowIfNull(before);
        var others = before.Kind == CallerKind.Sidebar && before.Id == grant.Agent ? before.Conversations.Where(c => c.Id != grant.Conversation) : [];
        HeldConversation[] held = [new(grant.Conversation, grant.Until), .. others.OrderByDescending(c => c.Until).Take(MostConversations - 1)];
        return new Caller(CallerKind.Sidebar, grant.Agent, grant.Agent, [], [], [], held, held.Max(c => c.Until));
    }

    /// <summary>Registers the session. Its cookie works in a frame of another site's page, where alone it is needed, and is kept apart for each such site.</summary>
    /// <param name="authentication">Where to register.</param>
    /// <param name="isSecure">Whether the host is reached by TLS; without, browsers send the cookie to frames of the same site only.</param>
    internal static void Add(AuthenticationBuilder authentication, bool isSecure) => authentication.AddCookie(SchemeName, cookie =>
    {
        cookie.Cookie.Name = CookieName;
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.IsEssential = true;
        cookie.Cookie.SameSite = isSecure ? SameSiteMode.None : SameSiteMode.Lax;
        cookie.Cookie.SecurePolicy = isSecure ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
        cookie.SlidingExpiration = false;
        if (isSecure)
        {
            cookie.Cookie.Extensions.Add("Partitioned");
        }
    });
}
