using System.ComponentModel;
using System.Globalization;
using DeEscalationBot.Host.Access;
using DeEscalationBot.Host.Channels.Http;
using DeEscalationBot.Host.Contract;
using DeEscalationBot.Host.Conversations.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace DeEscalationBot.Host.Conversations;

/// <summary>Messages in, conversations out.</summary>
public static class ConversationEndpoints
{
    /// <summary>Who acts when a call names nobody: in local mode there is no sign-in that would tell.</summary>
    public const string LocalActor = "local";

    private const string Path = "/api/v1/conversations";

    /// <summary>Maps the addresses.</summary>
    /// <param name="app">Where to map.</param>
    public static void MapConversations(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup(Path).WithTags("Conversations");
        group.MapPost("/{conversationId}/messages", PostMessageAsync)
            .WithName("postMessage").WithSummary("Takes in a message of the customer or the agent")
            .WithDescription("Answers when the message is on the disk. A message id that is known already changes nothing and gives the first outcome again.")
            .TakesJson<MessageBody>().ProblemsAre(400, 401, 403, 404, 413, 415, 429, 503).RequireAuthorization(AccessRule.WriteTurns);
        group.MapGet("/{conversationId}", GetAsync)
            .WithName("getConversation").WithSummary("One conversation with its messages and alerts").ProblemsAre(400, 404, 503).RequireAuthorization(AccessRule.ReadConversations);
        group.MapGet("/", ListAsync)
            .WithName("listConversations").WithSummary("Conversations, hottest first").ProblemsAre(400, 503).RequireAuthorization(AccessRule.ReadConversations);
        group.MapPost("/{conversationId}/handover", RequestHandoverAsync)
            .WithName("requestHandover").WithSummary("The agent asks for a supervisor")
            .WithDescription("While the alert that it raises is open, asking again changes nothing.")
            .TakesJson<ActorBody>(isOptional: true).ProblemsAre(400, 404, 413, 415, 503).RequireAuthorization(AccessRule.WorkConversations);
        app.MapGet("/api/v1/reviews", ListReviewsAsync).WithTags("Conversations")
            .WithName("listReviews").WithSummary("Reviews that patterns over time ask for (T8), newest first").ProblemsAre(400, 503).RequireAuthorization(AccessRule.ReadConversations);
    }

    private static async Task<Results<Ok<TurnLine>, ProblemHttpResult>> PostMessageAsync(
        AddressedConversation conversation, HttpRequest request, IConversationDesk desk, TimeProvider clock)
    {
        if (conversation.Id is not { } id)
        {
            return Problems.BadConversationId();
        }

        var (message, problem) = await JsonBody.ReadAsync(request, fields => MessageInput.Read(fields, clock.GetUtcNow()));
        return message is null
            ? problem!
            : TypedResults.Ok(TurnLine.From(await desk.ReceiveAsync(id, message, request.HttpContext.RequestAborted)));
    }

    private static async Task<Results<Ok<ConversationView>, ProblemHttpResult>> GetAsync(
        AddressedConversation conversation, IConversationDesk desk, CancellationToken cancellationToken)
    {
        if (conversation.Id is not { } id)
        {
            return Problems.BadConversationId();
        }

        return await desk.ReadAsync(id, cancellationToken) is { } found ? TypedResults.Ok(ConversationView.From(found)) : Problems.NoConversation();
    }

    private static async Task<Results<Ok<ConversationList>, ProblemHttpResult>> ListAsync(
        [Description("Only conversations at least this tense, 0 to 1.")] string? minTension,
        [Description("How many on a page, 1 to 500; 50 by default.")] string? limit,
        [Description("The nextCursor of the page before.")] string? cursor,
        [Description("Only conversations in which something was recorded since then (ISO 8601).")] string? activeSince,
        IConversationDesk desk,
        CancellationToken cancellationToken)
    {
        var query = new ConversationQuery();
        if (!TryReadLimit(limit, out var most))
        {
            return BadLimit();
        }

        query = query with { Limit = most };
        if (!string.IsNullOrEmpty(minTension))
        {
            if (!double.TryParse(minTension, NumberStyles.Float, CultureInfo.InvariantCulture, out var tension) || tension is not (>= 0 and <= 1))
            {
                return Problems.BadParameter("minTension", "must be a number from 0 to 1, with a point.");
            }

            query = query with { MinTension = tension };
        }

        if (!string.IsNullOrEmpty(cursor))
        {
            if (!HeatCursor.TryParse(cursor, out var after))
            {
                return Problems.BadParameter("cursor", "is not one that this list gave out. Send the 'nextCursor' of the page before, or leave it out for the first page.");
            }

            query = query with { After = after };
        }

        if (!string.IsNullOrEmpty(activeSince))
        {
            if (!IsoInstant.TryParse(activeSince, out var since))
            {
                return Problems.BadParameter("activeSince", IsoInstant.Explanation);
            }

            query = query with { ActiveSince = since };
        }

        return TypedResults.Ok(ConversationList.From(await desk.ListAsync(query, cancellationToken)));
    }

    private static async Task<Results<Ok<ConversationView>, ProblemHttpResult>> RequestHandoverAsync(
        AddressedConversation conversation, HttpRequest request, IConversationDesk desk)
    {
        if (conversation.Id is not { } id)
        {
            return Problems.BadConversationId();
        }

        var (by, problem) = await JsonBody.ReadOptionalAsync(request, fields => fields.OptionalIdentifier("by") ?? LocalActor);
        if (by is null)
        {
            return problem!;
        }

        return await desk.RequestHandoverAsync(id, by, request.HttpContext.RequestAborted) is { } after
            ? TypedResults.Ok(ConversationView.From(after))
            : Problems.NoConversation();
    }

    private static async Task<Results<Ok<ReviewList>, ProblemHttpResult>> ListReviewsAsync(
        [Description("How many, 1 to 500; 50 by default.")] string? limit, IConversationDesk desk, CancellationToken cancellationToken) =>
        TryReadLimit(limit, out var most)
            ? TypedResults.Ok(new ReviewList([.. (await desk.ListReviewsAsync(most, cancellationToken)).Select(ReviewView.From)]))
            : BadLimit();

    /// <summary>Reads how many a list may hold.</summary>
    /// <param name="text">The parameter, or nothing.</param>
    /// <param name="limit">How many; 50 by default.</param>
    /// <returns>False when it cannot be used.</returns>
    internal static bool TryReadLimit(string? text, out int limit)
    {
        limit = new ConversationQuery().Limit;
        return string.IsNullOrEmpty(text)
            || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) && limit is >= 1 and <= ConversationQuery.MaxLimit);
    }

    /// <summary>The answer when <see cref="TryReadLimit"/> fails.</summary>
    internal static ProblemHttpResult BadLimit() => Problems.BadParameter("limit", $"must be a whole number from 1 to {ConversationQuery.MaxLimit}.");
}
