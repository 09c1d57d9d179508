using System.Globalization;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Host.Access;
using DeEscalationBot.Host.Access.SignIn;
using DeEscalationBot.Host.Channels.DirectLine;
using DeEscalationBot.Host.Channels.Http;
using DeEscalationBot.Host.Conversations;
using DeEscalationBot.Host.Pages.Texts;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;

namespace DeEscalationBot.Host.Channels.WebChat;

/// <summary>The page <c>/chat</c>: a customer's chat in Microsoft's Web Chat, for trying out on this machine.</summary>
/// <remarks>
/// In local mode only: with <c>DirectLine:Secret</c> the pages are those of your site, whose server asks for tokens, and with
/// <c>BotFramework:AppId</c> the host is one that others reach. Web Chat is a file of
/// ours (docs/decisions/0007), of which browsers run nothing when it is not exactly the one that is named here.
/// </remarks>
public static class WebChatEndpoints
{
    /// <summary>Web Chat 4.18.1 of npm, <c>dist/webchat.js</c>, by its SHA-384.</summary>
    public const string Integrity = "sha384-AHFvk4Hi30kPlGug5u1RCA9gNO18GRKqhYcFtulI9sUUUp3HBpyjyTUf2/GVUHHb";

    /// <summary>Where the script lies.</summary>
    public const string Script = "/lib/botframework-webchat/webchat.js";

    /// <summary>What the ids of the demo's conversations begin with.</summary>
    public const string DemoPrefix = "demo-";

    // Web Chat writes its styles into the page, and speaks to this host alone.
    private const string PageSecurity =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

    /// <summary>Maps it, in local mode.</summary>
    /// <param name="app">Where to map.</param>
    public static void MapWebChat(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        if (app.Services.GetRequiredService<IOptions<DirectLineOptions>>().Value is { Enabled: true, HasSecret: false } && app.Services.GetRequiredService<LocalMode>().IsOn)
        {
            app.MapGet("/chat", Page).ExcludeFromDescription().RequireAuthorization(AccessRule.TryOut);
            app.MapPost("/chat/token", TokenAsync).ExcludeFromDescription().DisableAntiforgery().AllowAnonymous();
        }
    }

    private static ContentHttpResult Page(HttpContext context, IStringLocalizer<PageTexts> texts)
    {
        context.Response.Headers.ContentSecurityPolicy = PageSecurity;
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers["Referrer-Policy"] = "same-origin";

        // In the demo it stands in a frame, below a head of its own.
        var language = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;
        return TypedResults.Content(
            $"""
            <!DOCTYPE html>
            <html lang="{language}">
            <head>
              <meta charset="utf-8" />
              <meta name="viewport" content="width=device-width, initial-scale=1" />
              <meta name="color-scheme" content="light dark" />
              <title>{Say("WebChat.Title")}</title>
              <link rel="icon" type="image/svg+xml" href="/icon.svg" />
              <link rel="stylesheet" href="/chat.css" />
            </head>
            <body>
              <header{(context.Request.Query.ContainsKey("framed") ? " hidden" : "")}>
                <h1>{Say("WebChat.Title")}</h1>
                <p>{Say("WebChat.Note")} <a id="agent" target="_blank" rel="noopener" hidden>{Say("WebChat.OpenSidebar")}</a></p>
              </header>
              <main id="chat" data-lang="{(language == "es" ? "es-ES" : "en-US")}"></main>
              <p id="failed" role="alert" hidden>{Say("WebChat.Failed")}</p>
              <noscript><p>{Say("Page.NeedsScript")}</p></noscript>
              <script src="{Script}" integrity="{Integrity}" crossorigin="anonymous"></script>
              <script src="/chat.js"></script>
            </body>
            </html>
            """,
            "text/html; charset=utf-8");

        string Say(string key) => HtmlEncoder.Default.Encode(texts[key]);
    }

    // A token for the conversation of the address and its customer, or for a new one. Conversations of other channels are not to be spoken in from here.
    private static async Task<IResult> TokenAsync(string? c, HttpRequest request, DirectLineTokens tokens, DirectLineOrigins origins, [FromKeyedServices(ConversationDesk.Unguarded)] IConversationDesk desk)
    {
        if (!ThisMachine.Sent(request.HttpContext) || !origins.MayUse(request, null))
        {
            return TypedResults.Unauthorized();
        }

        var isNamed = ConversationId.TryCreate(c, out var id);
        if (isNamed && !DirectLineEndpoints.IsChat(id) && !id.Value.StartsWith(DemoPrefix, StringComparison.Ordinal))
        {
            return TypedResults.NotFound();
        }

        var conversation = isNamed ? id : DirectLineEndpoints.NewConversation();
        var known = (await desk.ReadAsync(conversation, request.HttpContext.RequestAborted))?.CustomerId;
        var user = known ?? "dl_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6));
        return TypedResults.Ok(new ChatToken(conversation.Value, tokens.Issue(new DirectLineGrant(conversation, user, [])), user));
    }

    private sealed record ChatToken(string Conversation, string Token, string User);
}
