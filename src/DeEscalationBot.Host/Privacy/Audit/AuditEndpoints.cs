using System.ComponentModel;
using System.Globalization;
using DeEscalationBot.Host.Access;
using DeEscalationBot.Host.Channels.Http;
using DeEscalationBot.Host.Conversations;
using Microsoft.AspNetCore.Http.HttpResults;

namespace DeEscalationBot.Host.Privacy.Audit;

/// <summary>The audit log over HTTP.</summary>
public static class AuditEndpoints
{
    /// <summary>Maps the address.</summary>
    /// <param name="app">Where to map.</param>
    public static void MapAudit(this IEndpointRouteBuilder app) => app.MapGet("/api/v1/audit", ListAsync).WithTags("Privacy")
        .WithName("listAudit").WithSummary("Who saw and did what, newest first")
        .WithDescription("Whether the lines are as they were written is told by the verb 'audit verify'.").ProblemsAre(400, 503).RequireAuthorization(AccessRule.Administer);

    private static async Task<Results<Ok<AuditPage>, ProblemHttpResult>> ListAsync(
        [Description("How many, 1 to 500; 50 by default.")] string? limit,
        [Description("Only lines before this number: the last one of the page before.")] string? before,
        AuditLog log,
        CancellationToken cancellationToken)
    {
        if (!ConversationEndpoints.TryReadLimit(limit, out var most))
        {
            return ConversationEndpoints.BadLimit();
        }

        var number = 0L;
        if (!string.IsNullOrEmpty(before) && !long.TryParse(before, NumberStyles.None, CultureInfo.InvariantCulture, out number))
        {
            return Problems.BadParameter("before", "must be a whole number: that of the last line of the page before.");
        }

        return TypedResults.Ok(new AuditPage([.. (await log.ListAsync(most, string.IsNullOrEmpty(before) ? null : number, cancellationToken)).Select(AuditLine.From)]));
    }
}

/// <summary>Lines of the audit log.</summary>
/// <param name="Lines">Newest first.</param>
public sealed record AuditPage(IReadOnlyList<AuditLine> Lines);

/// <summary>One line of the audit log.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="At">When.</param>
/// <param name="Actor">Who.</param>
/// <param name="Action">What.</param>
/// <param name="Target">To what.</param>
/// <param name="Hash">What binds it to the line before.</param>
public sealed record AuditLine(long Number, DateTimeOffset At, string Actor, string Action, string Target, string Hash)
{
    /// <summary>The line of a row.</summary>
    /// <param name="row">The row.</param>
    public static AuditLine From(AuditRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return new AuditLine(row.Number, row.At, row.Actor, row.Action, row.Target, row.Hash);
    }
}
