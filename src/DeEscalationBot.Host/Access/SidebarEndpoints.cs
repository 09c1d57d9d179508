using DeEscalationBot.Host.Channels.Http;
using DeEscalationBot.Host.Conversations.Storage;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;

namespace DeEscalationBot.Host.Access;

/// <summary>How a desk's frame gets in: the desk's server asks for a token with its key, and the desk's page posts it into the frame.</summary>
public static class SidebarEndpoints
{
    /// <summary>Where a frame shows its token.</summary>
    public const string EnterPath = "/sidebar-session";

    private static readonly string[] Passed = ["desk", "lang", "theme"];

    /// <summary>Maps the addresses.</summary>
    /// <param name="app">Where to map.</param>
    public static void MapSidebarTokens(this IEndpointRouteBuilder app)
    {
        app.MapPost("/api/v1/conversations/{conversationId}/sidebar-tokens", IssueAsync).WithTags("Sidebar")
            .WithName("issueSidebarToken").WithSummary("A token for an agent's sidebar in a conversation")
            .WithDescription("For the server of a desk, which gives it to the agent's page: embed.js takes it as data-token, or fetches it where data-token-url says. Valid for 15 minutes; the sidebar is renewed by another.")
            .TakesJson<SidebarTokenBody>().Produces<SidebarToken>().ProblemsAre(400, 401, 403, 404, 413, 415).RequireAuthorization(AccessRule.IssueSidebars);

        // The token is what lets in: whoever posts it has it from the desk.
        app.MapPost(EnterPath, EnterAsync).ExcludeFromDescription().DisableAntiforgery().AllowAnonymous();
    }

    private static async Task<IResult> IssueAsync(AddressedConversation conversation, HttpRequest request, SidebarSession sidebars, CurrentCaller caller, ConversationIndex index)
    {
        if (conversation.Id is not { } id)
        {
            return Problems.BadConversationId();
        }

        var (agent, problem) = await JsonBody.ReadAsync(request, fields =>
        {
            var named = fields.OptionalIdentifier("agentId");
            if (named is null)
            {
                fields.Complain("agentId", "is missing: whose sidebar is it?");
            }

            return named;
        });
        if (agent is null)
        {
            return problem!;
        }

        // A key of some teams opens no other's sidebar; a conversation of theirs is there before its sidebar.
        if (caller.Value is { Teams.Count: > 0, Sight: var sight } && !await index.IsSeenAsync(id, sight, request.HttpContext.RequestAborted))
        {
            return Problems.NoConversation();
        }

        var (token, until) = sidebars.Issue(agent, id);
        return TypedResults.Ok(new SidebarToken(token, until));
    }

    private static async Task<Results<RedirectHttpResult, ProblemHttpResult, NoContent>> EnterAsync(HttpContext context, SidebarSession sidebars, TimeProvider clock)
    {
        if (!context.Request.HasFormContentType)
        {
            return Problems.BadRequest("Post the token as a form field 'token'.");
        }

        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        if (sidebars.Read(form["token"].ToString()) is not { } grant)
        {
            return Problems.Unauthorized("The sidebar's token is none of ours, or too old. The desk's server gets a new one at /api/v1/conversations/{conversationId}/sidebar-tokens.");
        }

        var before = Caller.Of((await context.AuthenticateAsync(SidebarSession.SchemeName)).Principal, clock.GetUtcNow());
        var caller = SidebarSession.Join(grant, before);
        await context.SignInAsync(SidebarSession.SchemeName, caller.ToPrincipal(SidebarSession.SchemeName), new AuthenticationProperties { IssuedUtc = clock.GetUtcNow(), ExpiresUtc = caller.Until });
        return form.ContainsKey("renew") ? TypedResults.NoContent() : TypedResults.LocalRedirect($"/sidebar/{Uri.EscapeDataString(grant.Conversation)}{QueryOf(form)}");
    }

    // What embed.js says about the frame goes on to the page.
    private static QueryString QueryOf(IFormCollection form) =>
        QueryString.Create(Passed.Where(form.ContainsKey).Select(n => KeyValuePair.Create(n, (string?)form[n].ToString())));
}

/// <summary>Asks for a sidebar's token.</summary>
/// <param name="AgentId">The agent as the desk knows them.</param>
public sealed record SidebarTokenBody(string AgentId);

/// <summary>A sidebar's token.</summary>
/// <param name="Token">The token.</param>
/// <param name="ExpiresAt">When it ends.</param>
public sealed record SidebarToken(string Token, DateTimeOffset ExpiresAt);
