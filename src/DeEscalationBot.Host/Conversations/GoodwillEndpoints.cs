using System.ComponentModel;
using DeEscalationBot.Core.Conversations;
using DeEscalationBot.Host.Access;
using DeEscalationBot.Host.Channels.Http;
using DeEscalationBot.Host.Contract;
using Microsoft.AspNetCore.Http.HttpResults;

namespace DeEscalationBot.Host.Conversations;

/// <summary>What an agent gives a customer without asking (B12).</summary>
public static class GoodwillEndpoints
{
    private const int LongestClick = 100;

    /// <summary>Maps the addresses.</summary>
    /// <param name="app">Where to map.</param>
    public static void MapGoodwill(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/v1/conversations/{conversationId}/goodwill").WithTags("Goodwill");
        group.MapGet("/", GetAsync).WithName("getGoodwill").WithSummary("What is left for this conversation, and what was given in it").ProblemsAre(400, 403, 404, 503).RequireAuthorization(AccessRule.ReadConversations);
        group.MapPost("/", GiveAsync)
            .WithName("giveGoodwill").WithSummary("Gives something of the allowance")
            .WithDescription("Answers 409 when not enough is left for the conversation, the agent's month or the desk's month. The same 'id' again gives nothing more; with another amount, reason or person it answers 409. Nothing is paid by it: it is the record.")
            .TakesJson<GoodwillBody>().Produces<GoodwillView>().ProblemsAre(400, 404, 409, 413, 415, 503).RequireAuthorization(AccessRule.WorkConversations);
        group.MapPost("/{gestureId}/take-back", TakeBackAsync)
            .WithName("takeGoodwillBack").WithSummary("Takes a gesture back")
            .WithDescription("For who gave it, within Goodwill:TakeBackWithin and before anybody writes again. Doing it again changes nothing.")
            .TakesJson<ActorBody>(isOptional: true).Produces<GoodwillView>().ProblemsAre(400, 404, 409, 413, 415, 503).RequireAuthorization(AccessRule.WorkConversations);
    }

    private static async Task<Results<Ok<GoodwillStateView>, ProblemHttpResult>> GetAsync(
        AddressedConversation conversation, [Description("The agent whose month counts: only the caller's own, else 403.")] string? by, CurrentCaller caller, IConversationDesk desk, CancellationToken cancellationToken)
    {
        if (conversation.Id is not { } id)
        {
            return Problems.BadConversationId();
        }

        if (!string.IsNullOrEmpty(by) && !caller.Value.MayAskAbout(by))
        {
            return Problems.Forbidden("What an agent has left of a month is for their own eyes. Leave 'by' out, or give your own name.");
        }

        return await desk.ReadAsync(id, cancellationToken) is { } state
            ? TypedResults.Ok(GoodwillStateView.From(await desk.ReadGoodwillLeftAsync(id, string.IsNullOrEmpty(by) ? caller.Value.AgentId : by, cancellationToken), state))
            : Problems.NoConversation();
    }

    private static async Task<IResult> GiveAsync(AddressedConversation conversation, HttpRequest request, IConversationDesk desk)
    {
        if (conversation.Id is not { } id)
        {
            return Problems.BadConversationId();
        }

        var (wish, problem) = await JsonBody.ReadAsync(request, Read);
        return wish is null ? problem! : Answer(await desk.GiveGoodwillAsync(id, wish, request.HttpContext.RequestAborted));
    }

    private static async Task<IResult> TakeBackAsync(AddressedConversation conversation, string gestureId, HttpRequest request, IConversationDesk desk)
    {
        if (conversation.Id is not { } id)
        {
            return Problems.BadConversationId();
        }

        var (by, problem) = await JsonBody.ReadOptionalAsync(request, fields => fields.OptionalIdentifier("by") ?? ConversationEndpoints.LocalActor);
        return by is null ? problem! : Answer(await desk.TakeGoodwillBackAsync(id, gestureId, by, request.HttpContext.RequestAborted));
    }

    private static GoodwillWish Read(FieldReader fields)
    {
        var click = fields.OptionalIdentifier("id", LongestClick);
        if (click is null)
        {
            fields.Complain("id", "is missing. Send a new one for every gesture, and the same one when you try again.");
        }

        return new GoodwillWish(click ?? "", fields.RequiredAmount("amount"), fields.RequiredText("reason", mayBeBlank: false), fields.OptionalIdentifier("by") ?? ConversationEndpoints.LocalActor);
    }

    private static IResult Answer(GoodwillOutcome outcome) => outcome.Problem switch
    {
        GoodwillProblem.None => TypedResults.Ok(GoodwillView.From(outcome.Gesture!)),
        GoodwillProblem.NotFound => Problems.Missing("There is no such gesture, or no such conversation."),
        GoodwillProblem.NoAllowance => Problems.Conflict("No allowance is set. See Goodwill:PerConversation, Goodwill:PerAgent and Goodwill:PerMonth."),
        GoodwillProblem.Amount => Problems.BadRequest("'amount' must be more than zero, with no more decimals than the currency has."),
        GoodwillProblem.Reason => Problems.BadRequest($"'reason' must be one line of 1 to {GoodwillAllowance.LongestReason} characters."),
        GoodwillProblem.ConversationLimit => Problems.Conflict("That is more than what is left for this conversation. Nothing was given."),
        GoodwillProblem.MonthLimit => Problems.Conflict("That is more than what is left for the agent or the desk this month. Nothing was given."),
        GoodwillProblem.NotYours => Problems.Conflict("Only the person who gave it can take it back."),
        GoodwillProblem.TooLate => Problems.Conflict("It is too late: the time is over, or somebody has written since."),
        GoodwillProblem.OtherGesture => Problems.Conflict("This 'id' was used for another amount, reason or person. Nothing more was given. Send a new 'id' for every gesture."),
        _ => throw new InvalidOperationException($"The problem {outcome.Problem} has no answer."),
    };
}
