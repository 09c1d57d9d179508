using DeEscalationBot.Host.Access.SignIn;
using DeEscalationBot.Host.Channels.Http;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.Extensions.Options;

namespace DeEscalationBot.Host.Access;

/// <summary>What somebody gets who is not let in: a person at a page the way to sign in, or a page that says why not; a program 401 or 403 with a sentence.</summary>
/// <param name="signIn">Whether people sign in.</param>
/// <param name="local">Whether it is local mode.</param>
internal sealed class AccessAnswers(IOptions<SignInOptions> signIn, LocalMode local) : IAuthorizationMiddlewareResultHandler
{
    private const string NotLocal =
        "No sign-in is configured, so only a program or a browser at this machine gets in: by a loopback address, without a proxy, and from no other site's page. See docs/security.md.";

    private const string NoKey = "Show an API key as 'Authorization: Bearer KEY'. It may be mistyped, revoked or past its end; the verb 'keys list' tells.";

    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        ArgumentNullException.ThrowIfNull(next);
        ArgumentNullException.ThrowIfNull(authorizeResult);
        return authorizeResult switch
        {
            { Succeeded: true } => next(context),
            { Challenged: true } when IsPage(context) && signIn.Value.IsConfigured => context.ChallengeAsync(
                PersonSchemes.Provider, new AuthenticationProperties { RedirectUri = BackTo(context.Request) }),
            { Challenged: true } => UnknownAsync(context),
            _ when IsPage(context) => NotForYouAsync(context),
            _ => Problems.Forbidden($"This is not for you here: it takes {TakesOf(policy)}. See docs/security.md.").ExecuteAsync(context),
        };
    }

    private static string ServesOthers(string setting) =>
        $"By {setting} this host serves others, and no sign-in is configured: so nobody is let in as the person at this machine, whom a proxy would make of everybody. Configure SignIn, or show an API key. See docs/security.md.";

    private Task UnknownAsync(HttpContext context)
    {
        context.Response.Headers.WWWAuthenticate = "Bearer";
        return Problems.Unauthorized(signIn.Value.IsConfigured ? NoKey : local.ServesOthersBy is { } setting ? ServesOthers(setting) : NotLocal).ExecuteAsync(context);
    }

    // To where they wanted, on this host: "//" begins the address of another.
    private static string BackTo(HttpRequest request) => request.Path.Value is { Length: > 1 } path && path[1] is '/' or '\\' ? "/" : request.Path + request.QueryString;

    private static Task NotForYouAsync(HttpContext context)
    {
        context.Response.Redirect(SignInEndpoints.NoAccessPath);
        return Task.CompletedTask;
    }

    private static string TakesOf(AuthorizationPolicy policy) => policy.Requirements.OfType<AccessRule>().LastOrDefault() is not { } rule
        ? "somebody who is known"
        : string.Join(" or ", rule.Roles.Select(r => $"the role {r}").Concat(rule.IsScope ? [$"a key with the scope '{rule.Id}'"] : []).DefaultIfEmpty("local mode"));

    private static bool IsPage(HttpContext context) =>
        HttpMethods.IsGet(context.Request.Method) && !context.Request.Path.StartsWithSegments("/api")
        && context.Request.Headers.Authorization.Count == 0
        && context.Request.GetTypedHeaders().Accept.Any(a => a.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase));
}
