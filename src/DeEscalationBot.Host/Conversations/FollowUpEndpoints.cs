using System.ComponentModel;
using System.Text;
using DeEscalationBot.Core.Conversations;
using DeEscalationBot.Host.Access;
using DeEscalationBot.Host.Channels.Http;
using DeEscalationBot.Host.Contract;
using DeEscalationBot.Host.Pages.Texts;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Localization;

namespace DeEscalationBot.Host.Conversations;

/// <summary>Promises to come back to the customer (A12): planned, moved, done, cancelled, and as an appointment.</summary>
public static class FollowUpEndpoints
{
    private const int MostMinutes = 366 * 24 * 60;

    /// <summary>Maps the addresses.</summary>
    /// <param name="app">Where to map.</param>
    public static void MapFollowUps(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/v1/conversations/{conversationId}/follow-ups").WithTags("Follow-ups");
        group.MapPost("/", (AddressedConversation conversation, HttpRequest request, IConversationDesk desk) => ChangeAsync(FollowUpMove.Plan, conversation, null, request, desk))
            .WithName("planFollowUp").WithSummary("Promises to come back to the customer")
            .WithDescription("The agent is reminded before the date; a supervisor sees it when the date passes. The same reason and date again change nothing.")
            .TakesJson<FollowUpBody>().Produces<FollowUpView>().ProblemsAre(400, 404, 409, 413, 415, 503).RequireAuthorization(AccessRule.WorkConversations);
        group.MapPost("/{followUpId}/move", (AddressedConversation conversation, string followUpId, HttpRequest request, IConversationDesk desk) => ChangeAsync(FollowUpMove.Move, conversation, followUpId, request, desk))
            .WithName("moveFollowUp").WithSummary("Gives a follow-up another date").TakesJson<FollowUpMoveBody>().Produces<FollowUpView>().ProblemsAre(400, 404, 409, 413, 415, 503).RequireAuthorization(AccessRule.WorkConversations);
        group.MapPost("/{followUpId}/done", (AddressedConversation conversation, string followUpId, HttpRequest request, IConversationDesk desk) => ChangeAsync(FollowUpMove.Done, conversation, followUpId, request, desk))
            .WithName("closeFollowUp").WithSummary("The customer was written to").TakesJson<ActorBody>(isOptional: true).Produces<FollowUpView>().ProblemsAre(400, 404, 409, 413, 415, 503).RequireAuthorization(AccessRule.WorkConversations);
        group.MapPost("/{followUpId}/cancel", (AddressedConversation conversation, string followUpId, HttpRequest request, IConversationDesk desk) => ChangeAsync(FollowUpMove.Cancel, conversation, followUpId, request, desk))
            .WithName("cancelFollowUp").WithSummary("The follow-up is not needed any more").TakesJson<ActorBody>(isOptional: true).Produces<FollowUpView>().ProblemsAre(400, 404, 409, 413, 415, 503).RequireAuthorization(AccessRule.WorkConversations);
        group.MapGet("/{followUpId}.ics", CalendarAsync)
            .WithName("followUpCalendar").WithSummary("The follow-up as an appointment (iCalendar)")
            .WithDescription("The same follow-up is always the same appointment: a later file replaces an earlier one in the calendar. Personal data in the reason are taken out.")
            .Produces<string>(StatusCodes.Status200OK, FollowUpCalendar.MediaType).ProblemsAre(400, 404, 503).RequireAuthorization(AccessRule.ReadConversations);
        app.MapGet("/api/v1/follow-ups", ListAsync).WithTags("Follow-ups")
            .WithName("listFollowUps").WithSummary("Follow-ups, earliest date first").WithDescription("Of the whole desk; an agent may ask for their own.").ProblemsAre(400, 403, 503).RequireAuthorization(AccessRule.ReadConversations);
    }

    private static async Task<Results<Ok<FollowUpList>, ProblemHttpResult>> ListAsync(
        [Description("open (default), done, cancelled or all.")] string? state,
        [Description("An agent who asks for their own, else 403.")] string? by,
        [Description("true: only those whose date was missed.")] string? overdue,
        [Description("How many, 1 to 500; 50 by default.")] string? limit,
        CurrentCaller caller,
        IConversationDesk desk,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        if (!ConversationEndpoints.TryReadLimit(limit, out var most))
        {
            return ConversationEndpoints.BadLimit();
        }

        if (overdue is not (null or "" or "true" or "false"))
        {
            return Problems.BadParameter("overdue", "must be true or false.");
        }

        // A list of what one person promised and missed would be a report on them.
        if (!string.IsNullOrEmpty(by) && !caller.Value.MayAskAbout(by))
        {
            return Problems.Forbidden("A person's promises, counted, are for their own eyes. Leave 'by' out, or give your own name.");
        }

        FollowUpState? wanted = FollowUpState.Open;
        switch (state)
        {
            case null or "" or "open":
                break;
            case "done":
                wanted = FollowUpState.Done;
                break;
            case "cancelled":
                wanted = FollowUpState.Cancelled;
                break;
            case "all":
                wanted = null;
                break;
            default:
                return Problems.BadParameter("state", "must be 'open', 'done', 'cancelled' or 'all'.");
        }

        var found = await desk.ListFollowUpsAsync(new FollowUpQuery(wanted, string.IsNullOrEmpty(by) ? null : by, overdue == "true" ? clock.GetUtcNow() : null, Limit: most), cancellationToken);
        return TypedResults.Ok(FollowUpList.From(found));
    }

    private static async Task<IResult> ChangeAsync(FollowUpMove move, AddressedConversation conversation, string? followUpId, HttpRequest request, IConversationDesk desk)
    {
        if (conversation.Id is not { } id)
        {
            return Problems.BadConversationId();
        }

        var isClosing = move is FollowUpMove.Done or FollowUpMove.Cancel;
        var (read, problem) = isClosing
            ? await JsonBody.ReadOptionalAsync(request, fields => new Wanted(new FollowUpChange(move, followUpId), fields.OptionalIdentifier("by") ?? ConversationEndpoints.LocalActor))
            : await JsonBody.ReadAsync(request, fields => Read(move, followUpId, fields));
        if (read is null)
        {
            return problem!;
        }

        var outcome = await desk.ChangeFollowUpAsync(id, read.Change, read.By, request.HttpContext.RequestAborted);
        return outcome.Problem switch
        {
            FollowUpProblem.None => TypedResults.Ok(FollowUpView.From(outcome.FollowUp!, id)),
            FollowUpProblem.NotFound => Problems.Missing("There is no such follow-up, or no such conversation. Open follow-ups are listed at /api/v1/follow-ups."),
            FollowUpProblem.Closed => Problems.Conflict("This follow-up is done or cancelled. Promise a new one."),
            FollowUpProblem.TooMany => Problems.Conflict($"The conversation has {FollowUps.MostOpen} open follow-ups already. Close one first."),
            FollowUpProblem.Reason => Problems.BadRequest($"'reason' must be one line of 1 to {FollowUps.LongestReason} characters."),
            FollowUpProblem.Date => Problems.BadRequest("'promisedFor' must lie in the future, at most 366 days away."),
            FollowUpProblem.Reminder => Problems.BadRequest("'remindMinutesBefore' must lie between 0 and 366 days."),
            _ => throw new InvalidOperationException($"The problem {outcome.Problem} has no answer."),
        };
    }

    private static Wanted Read(FollowUpMove move, string? followUpId, FieldReader fields)
    {
        var reason = fields.OptionalText("reason");
        if (reason is null && move == FollowUpMove.Plan)
        {
            fields.Complain("reason", "is missing: why can it not be solved now?");
        }

        _ = fields.RequiredString("promisedFor");
        var minutes = fields.Number("remindMinutesBefore", -1, 0, MostMinutes);
        return new Wanted(
            new FollowUpChange(move, followUpId, reason, fields.IsGood ? fields.Instant("promisedFor", DateTimeOffset.MinValue) : null, minutes < 0 ? null : TimeSpan.FromMinutes(minutes)),
            fields.OptionalIdentifier("by") ?? ConversationEndpoints.LocalActor);
    }

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> CalendarAsync(
        AddressedConversation conversation, string followUpId, IConversationDesk desk, IStringLocalizer<DeskTexts> texts, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (conversation.Id is not { } id)
        {
            return Problems.BadConversationId();
        }

        return await desk.ReadAsync(id, cancellationToken) is { } state && state.FollowUps.Find(f => f.Id == followUpId) is { } found
            ? TypedResults.File(Encoding.UTF8.GetBytes(FollowUpCalendar.Of(state, found, texts, clock.GetUtcNow())), FollowUpCalendar.MediaTypeOf(found), FollowUpCalendar.FileName)
            : Problems.Missing("There is no such follow-up. Open follow-ups are listed at /api/v1/follow-ups.");
    }

    private sealed record Wanted(FollowUpChange Change, string By);
}
