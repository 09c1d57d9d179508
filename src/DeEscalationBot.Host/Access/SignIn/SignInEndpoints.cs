using System.Globalization;
using System.Text.Encodings.Web;
using DeEscalationBot.Host.Pages.Texts;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;

namespace DeEscalationBot.Host.Access.SignIn;

/// <summary>The few pages around signing in: plain ones, for somebody who may open no other.</summary>
public static class SignInEndpoints
{
    /// <summary>For somebody who is signed in and may not open a page.</summary>
    public const string NoAccessPath = "/no-access";

    /// <summary>For signing out.</summary>
    public const string SignOutPath = "/sign-out";

    /// <summary>After signing out.</summary>
    public const string SignedOutPath = "/signed-out";

    /// <summary>When signing in failed.</summary>
    public const string FailedPath = "/sign-in/failed";

    /// <summary>Maps them, and the way from <c>/</c> to where each role works.</summary>
    /// <param name="app">Where to map.</param>
    public static void MapSignIn(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.MapGet("/", (CurrentCaller caller) => TypedResults.Redirect(HomeOf(caller.Value))).ExcludeFromDescription().RequireAuthorization(AccessRule.OpenPages);
        app.MapGet(NoAccessPath, NoAccess).ExcludeFromDescription().AllowAnonymous();
        if (!app.Services.GetRequiredService<IOptions<SignInOptions>>().Value.IsConfigured)
        {
            return;
        }

        app.MapGet(SignOutPath, SignOutPage).ExcludeFromDescription().AllowAnonymous();
        app.MapPost(SignOutPath, SignOutAsync).ExcludeFromDescription().AllowAnonymous();
        app.MapGet(SignedOutPath, (HttpContext context, IStringLocalizer<AccessTexts> texts) =>
            Page(context, texts["Access.SignedOut"], texts["Access.SignedOutText"], Link("/", texts["Access.SignIn"]))).ExcludeFromDescription().AllowAnonymous();
        app.MapGet(FailedPath, (HttpContext context, IStringLocalizer<AccessTexts> texts) =>
            Page(context, texts["Access.Failed"], texts["Access.FailedText"], Link("/", texts["Access.Again"]))).ExcludeFromDescription().AllowAnonymous();
    }

    /// <summary>Where somebody begins.</summary>
    /// <param name="caller">Who.</param>
    internal static string HomeOf(Caller caller) => caller switch
    {
        { Kind: CallerKind.Local } => "/demo",
        _ when caller.Roles.Contains(CoachRole.Supervisor) => "/console",
        _ when caller.Roles.Contains(CoachRole.DecisionMaker) => "/reports",
        _ when caller.Roles.Contains(CoachRole.Agent) => "/reports/mine",
        _ when caller.Roles.Contains(CoachRole.Administrator) => "/keys",
        _ => NoAccessPath,
    };

    private static ContentHttpResult NoAccess(HttpContext context, CurrentCaller caller, IStringLocalizer<AccessTexts> texts)
    {
        var who = caller.Value;
        return who.Roles.Count == 0 && who.Kind == CallerKind.Person
            ? Page(context, texts["Access.NoRole"], texts["Access.NoRoleText", who.Name], Link(SignOutPath, texts["Access.SignOut"]), StatusCodes.Status403Forbidden)
            : Page(context, texts["Access.NotForYou"], texts["Access.NotForYouText"], Link("/", texts["Access.Home"]), StatusCodes.Status403Forbidden);
    }

    private static ContentHttpResult SignOutPage(HttpContext context, IAntiforgery antiforgery, IStringLocalizer<AccessTexts> texts)
    {
        var token = antiforgery.GetAndStoreTokens(context);
        var form = $"""
            <form method="post" action="{SignOutPath}">
              <input type="hidden" name="{token.FormFieldName}" value="{HtmlEncoder.Default.Encode(token.RequestToken!)}" />
              <button type="submit">{HtmlEncoder.Default.Encode(texts["Access.SignOut"])}</button>
            </form>
            """;
        return Page(context, texts["Access.SignOut"], texts["Access.SignOutText"], form, formsLeave: true);
    }

    private static async Task<IResult> SignOutAsync(HttpContext context, IAntiforgery antiforgery, CurrentCaller caller, CallerStanding standing)
    {
        if (!await antiforgery.IsRequestValidAsync(context))
        {
            return TypedResults.Redirect(SignOutPath);
        }

        await standing.EndAsync(caller.Value);
        await context.SignOutAsync(SidebarSession.SchemeName);
        return TypedResults.SignOut(new AuthenticationProperties { RedirectUri = SignedOutPath }, [PersonSchemes.Session, PersonSchemes.Provider]);
    }

    private static string Link(string address, string words) => $"""<p><a href="{address}">{HtmlEncoder.Default.Encode(words)}</a></p>""";

    /// <summary>A plain page.</summary>
    /// <param name="context">The request.</param>
    /// <param name="title">Its title.</param>
    /// <param name="text">What it says.</param>
    /// <param name="more">What follows, as HTML.</param>
    /// <param name="status">The status.</param>
    /// <param name="formsLeave">Whether a form of it leads to another host.</param>
    /// <param name="ancestors">Who may frame it.</param>
    internal static ContentHttpResult Page(
        HttpContext context, string title, string text, string more, int status = StatusCodes.Status200OK, bool formsLeave = false, string ancestors = PageSecurity.NoFrames)
    {
        PageSecurity.Protect(context, ancestors, formsLeave);
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Content(
            $"""
            <!DOCTYPE html>
            <html lang="{CultureInfo.CurrentUICulture.TwoLetterISOLanguageName}">
            <head>
              <meta charset="utf-8" />
              <meta name="viewport" content="width=device-width, initial-scale=1" />
              <meta name="color-scheme" content="light dark" />
              <title>{HtmlEncoder.Default.Encode(title)}</title>
              <link rel="icon" type="image/svg+xml" href="/icon.svg" />
              <link rel="stylesheet" href="/chat.css" />
            </head>
            <body>
              <main class="plain"><h1>{HtmlEncoder.Default.Encode(title)}</h1><p>{HtmlEncoder.Default.Encode(text)}</p>{more}</main>
            </body>
            </html>
            """,
            "text/html; charset=utf-8", statusCode: status);
    }
}
