using System.Text.Encodings.Web;
using DeEscalationBot.Host.Access.Keys;
using DeEscalationBot.Host.Access.SignIn;
using DeEscalationBot.Host.Channels.Http;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace DeEscalationBot.Host.Access;

/// <summary>The one way in: a key where one is shown, else the session of a person and of a desk's sidebar, else, in local mode, the person at this machine.</summary>
/// <remarks>
/// A browser sends cookies along whichever page asks it to. So what changes something, and what opens a line, gets in by them only from a page of this host.
/// </remarks>
/// <param name="options">Of the framework.</param>
/// <param name="loggers">Of the framework.</param>
/// <param name="encoder">Of the framework.</param>
/// <param name="signIn">Whether people sign in.</param>
/// <param name="local">Whether it is local mode.</param>
/// <param name="keys">Opens keys.</param>
/// <param name="configuration">For the key of local mode.</param>
/// <param name="clock">The product's clock.</param>
internal sealed class EntryHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, IOptions<SignInOptions> signIn, LocalMode local, ApiKeys keys, IConfiguration configuration, TimeProvider clock)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    /// <summary>The scheme's name.</summary>
    public const string SchemeName = "entry";

    private const string Bearer = "Bearer ";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Request.Headers.Authorization.ToString() is { Length: > 0 } header)
        {
            // Somebody who shows something is not let in for something else that they are.
            return await OfKeyAsync(header) is { } key ? Enter(key) : AuthenticateResult.NoResult();
        }

        if (!signIn.Value.IsConfigured)
        {
            return local.IsOn && ThisMachine.Sent(Context) && (!NeedsOwnPage || ThisMachine.IsOwnPage(Context)) ? Enter(Caller.Local) : AuthenticateResult.NoResult();
        }

        if (NeedsOwnPage && !IsOwnPage)
        {
            return AuthenticateResult.NoResult();
        }

        var person = await OfCookieAsync(PersonSchemes.Session);
        var sidebar = await OfCookieAsync(SidebarSession.SchemeName);
        return person.Kind == CallerKind.Person ? Enter(person with { Conversations = sidebar.Conversations })
            : sidebar.Kind == CallerKind.Sidebar ? Enter(sidebar)
            : AuthenticateResult.NoResult();
    }

    private bool NeedsOwnPage =>
        !(HttpMethods.IsGet(Request.Method) || HttpMethods.IsHead(Request.Method) || HttpMethods.IsOptions(Request.Method)) || Context.WebSockets.IsWebSocketRequest || Request.Headers.Upgrade.Count > 0;

    private bool IsOwnPage => Request.Headers.Origin.ToString() is not { Length: > 0 } origin
        || (Uri.TryCreate(origin, UriKind.Absolute, out var page) && string.Equals(page.Authority, Request.Host.Value, StringComparison.OrdinalIgnoreCase));

    private async Task<Caller?> OfKeyAsync(string header)
    {
        if (!header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var shown = header[Bearer.Length..].Trim();
        return local.IsOn && LocalKey.Opens(configuration, shown) && ThisMachine.Sent(Context)
            ? new Caller(CallerKind.Key, "key:local", "local", [], [], AccessRule.Scopes, [], null)
            : await keys.OpenAsync(shown, Context.RequestAborted);
    }

    private async Task<Caller> OfCookieAsync(string scheme) => Caller.Of((await Context.AuthenticateAsync(scheme)).Principal, clock.GetUtcNow());

    private AuthenticateResult Enter(Caller caller) => AuthenticateResult.Success(new AuthenticationTicket(caller.ToPrincipal(Scheme.Name), Scheme.Name));
}
