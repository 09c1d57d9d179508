using System.ComponentModel;
using DeEscalationBot.Host.Channels.Http;
using DeEscalationBot.Host.Contract;
using DeEscalationBot.Host.Conversations;
using Microsoft.AspNetCore.Http.HttpResults;

namespace DeEscalationBot.Host.Escalation;

/// <summary>What supervisors do with alerts.</summary>
public static class AlertEndpoints
{
    /// <summary>Maps the addresses. In local mode whoever reaches the loopback address may call them.</summary>
    /// <param name="app">Where to map.</param>
    public static void MapAlerts(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/v1/alerts").WithTags("Alerts");
        group.MapGet("/", ListAsync)
            .WithName("listAlerts").WithSummary("Open alerts, most urgent first").ProblemsAre(400, 503);
        group.MapPost("/{alertId}/acknowledge", AcknowledgeAsync)
            .WithName("acknowledgeAlert").WithSummary("Somebody answers for an alert")
            .WithDescription("The first one stays; doing it again changes nothing.")
            .TakesJson<ActorBody>(isOptional: true).ProblemsAre(400, 404, 409, 413, 415, 503);
        group.MapPost("/{alertId}/resolve", ResolveAsync)
            .WithName("resolveAlert").WithSummary("The matter behind an alert is settled")
            .WithDescription("Doing it again changes nothing.")
            .TakesJson<ResolutionBody>(isOptional: true).ProblemsAre(400, 404, 413, 415, 503);
    }

    private static async Task<Results<Ok<AlertList>, ProblemHttpResult>> ListAsync(
        [Description("How many, 1 to 500; 50 by default.")] string? limit, IConversationDesk desk, CancellationToken cancellationToken) =>
        ConversationEndpoints.TryReadLimit(limit, out var most)
            ? TypedResults.Ok(new AlertList([.. (await desk.ListOpenAlertsAsync(most, cancellationToken)).Select(a => AlertView.From(a.Alert, a.Conversation))]))
            : ConversationEndpoints.BadLimit();

    private static async Task<Results<Ok<AlertView>, ProblemHttpResult>> AcknowledgeAsync(string alertId, HttpRequest request, IConversationDesk desk)
    {
        var (by, problem) = await JsonBody.ReadOptionalAsync(request, fields => fields.OptionalIdentifier("by") ?? ConversationEndpoints.LocalActor);
        if (by is null)
        {
            return problem!;
        }

        var change = await desk.AcknowledgeAsync(alertId, by, request.HttpContext.RequestAborted);
        return change.Result == AlertChangeResult.AlreadyClosed
            ? Problems.Conflict("This alert is settled already, so nobody needs to answer for it. A new one is raised when the conversation calls for it again.")
            : Answer(change);
    }

    private static async Task<Results<Ok<AlertView>, ProblemHttpResult>> ResolveAsync(string alertId, HttpRequest request, IConversationDesk desk)
    {
        var (body, problem) = await JsonBody.ReadOptionalAsync(
            request, fields => new ResolutionBody(fields.OptionalIdentifier("by") ?? ConversationEndpoints.LocalActor, fields.OptionalText("note")));
        return body is null ? problem! : Answer(await desk.ResolveAsync(alertId, body.By!, body.Note, request.HttpContext.RequestAborted));
    }

    private static Results<Ok<AlertView>, ProblemHttpResult> Answer(AlertChange change) =>
        change.Alert is { } found ? TypedResults.Ok(AlertView.From(found.Alert, found.Conversation)) : Problems.NoAlert();
}
