using System.ComponentModel;
using System.Net.Mime;
using DeEscalationBot.Host.Access;
using DeEscalationBot.Host.Channels.Http;
using DeEscalationBot.Host.Conversations;
using Microsoft.AspNetCore.Http.HttpResults;

namespace DeEscalationBot.Host.Privacy;

/// <summary>What is kept of a customer: to have it, and to have it erased. The customer is named in the body, so that no log of addresses names them.</summary>
public static class SubjectEndpoints
{
    /// <summary>Maps the addresses.</summary>
    /// <param name="app">Where to map.</param>
    public static void MapSubjects(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/v1/subjects").WithTags("Privacy");
        group.MapPost("/erase", EraseAsync)
            .WithName("eraseSubject").WithSummary("Erases what is kept of a customer")
            .WithDescription("All conversations that were ever theirs, their record and their cases, whole, also when alerts are open or messages to sinks have not left. Cannot be undone. Somebody unknown is no error: the receipt says that nothing was found. The receipt holds nothing of the customer.")
            .TakesJson<SubjectBody>().ProblemsAre(400, 403, 413, 415, 503).RequireAuthorization(AccessRule.ServeSubjects);
        group.MapPost("/export", ExportAsync)
            .WithName("exportSubject").WithSummary("What is kept of a customer, for them to have")
            .WithDescription("JSON, or Markdown to read with 'format=markdown'. Their conversations, record and cases. Without what supervisors wrote to each other, and without names of agents.")
            .TakesJson<SubjectBody>().ProblemsAre(400, 403, 413, 415, 503).RequireAuthorization(AccessRule.ServeSubjects);
        group.MapGet("/erasures", ListAsync)
            .WithName("listErasures").WithSummary("The receipts of what was erased, newest first").ProblemsAre(400, 503).RequireAuthorization(AccessRule.ServeSubjects);
    }

    private static async Task<Results<Ok<ErasureReceipt>, ProblemHttpResult>> EraseAsync(HttpRequest request, SubjectEraser eraser, CurrentCaller caller)
    {
        var (customer, problem) = await ReadAsync(request, caller);
        return customer is null ? problem! : TypedResults.Ok(await eraser.EraseCustomerAsync(customer, caller.Value.ActsAs(ConversationEndpoints.LocalActor)));
    }

    private static async Task<Results<ContentHttpResult, ProblemHttpResult>> ExportAsync(
        [Description("json (default) or markdown.")] string? format, HttpRequest request, SubjectReader reader, CurrentCaller caller, CancellationToken cancellationToken)
    {
        if (format is not (null or "" or "json" or "markdown"))
        {
            return Problems.BadParameter("format", "must be 'json' or 'markdown'.");
        }

        var (customer, problem) = await ReadAsync(request, caller);
        if (customer is null)
        {
            return problem!;
        }

        var export = await reader.ReadAsync(customer, caller.Value.ActsAs(ConversationEndpoints.LocalActor), cancellationToken);
        return format == "markdown"
            ? TypedResults.Text(export.ToMarkdown(), MediaTypeNames.Text.Markdown, System.Text.Encoding.UTF8)
            : TypedResults.Text(export.ToJson(), MediaTypeNames.Application.Json, System.Text.Encoding.UTF8);
    }

    private static async Task<Results<Ok<ErasureList>, ProblemHttpResult>> ListAsync(
        [Description("How many, 1 to 500; 50 by default.")] string? limit, SubjectEraser eraser, CancellationToken cancellationToken) =>
        ConversationEndpoints.TryReadLimit(limit, out var most) ? TypedResults.Ok(new ErasureList(await eraser.ListReceiptsAsync(most, cancellationToken))) : ConversationEndpoints.BadLimit();

    private static async Task<(string? Customer, ProblemHttpResult? Problem)> ReadAsync(HttpRequest request, CurrentCaller caller)
    {
        // A customer may have conversations in every team.
        if (caller.Value is { Kind: CallerKind.Key, Teams.Count: > 0 })
        {
            return (null, Problems.Forbidden("This key is kept to teams, and a customer may have written to others, too. Use a key without teams."));
        }

        return await JsonBody.ReadAsync(request, fields =>
        {
            var customer = fields.OptionalIdentifier("customerId");
            if (customer is null)
            {
                fields.Complain("customerId", "is missing. It is the id that the desk sends with the customer's messages.");
            }

            return customer ?? "";
        });
    }
}

/// <summary>Names a customer.</summary>
/// <param name="CustomerId">As the desk sends it with their messages.</param>
public sealed record SubjectBody(string CustomerId);

/// <summary>What was erased.</summary>
/// <param name="Erasures">The receipts, newest first.</param>
public sealed record ErasureList(IReadOnlyList<ErasureReceipt> Erasures);
