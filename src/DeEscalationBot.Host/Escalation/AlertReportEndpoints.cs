using System.ComponentModel;
using System.Globalization;
using System.Text;
using DeEscalationBot.Core.Escalation;
using DeEscalationBot.Host.Access;
using DeEscalationBot.Host.Channels.Http;
using DeEscalationBot.Host.Conversations.Storage;
using DeEscalationBot.Host.Reports;
using Microsoft.AspNetCore.Http.HttpResults;

namespace DeEscalationBot.Host.Escalation;

/// <summary>Whether alerts were answered, and whether they were worth it.</summary>
public static class AlertReportEndpoints
{
    /// <summary>Maps the addresses.</summary>
    /// <param name="app">Where to map.</param>
    public static void MapAlertReports(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/v1/reports/alerts", ReportAsync).WithTags("Reports")
            .WithName("reportAlerts").WithSummary("Alerts answered, missed, withdrawn; time to answer; false alarms").WithDescription("By trigger and reason, never by person.").ProblemsAre(400, 403, 503).RequireAuthorization(AccessRule.ReadReports);
        app.MapGet("/api/v1/reports/alerts.csv", CsvAsync).WithTags("Reports")
            .WithName("reportAlertsCsv").WithSummary("The same by trigger, for a spreadsheet").Produces<string>(StatusCodes.Status200OK, "text/csv").ProblemsAre(400, 403, 503).RequireAuthorization(AccessRule.ReadReports);
    }

    private static async Task<Results<Ok<AlertReport>, ProblemHttpResult>> ReportAsync(
        [Description("Alerts raised since then (ISO 8601); 30 days ago when left out.")] string? since,
        [Description("Alerts raised before then (ISO 8601); now when left out.")] string? until,
        ConversationIndex index,
        CurrentCaller caller,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        var (report, problem) = await ReadAsync(since, until, index, caller.Value, clock, cancellationToken);
        return report is null ? problem! : TypedResults.Ok(report);
    }

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> CsvAsync(
        [Description("Alerts raised since then (ISO 8601); 30 days ago when left out.")] string? since,
        [Description("Alerts raised before then (ISO 8601); now when left out.")] string? until,
        ConversationIndex index,
        CurrentCaller caller,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        var (report, problem) = await ReadAsync(since, until, index, caller.Value, clock, cancellationToken);
        return report is null ? problem! : TypedResults.File(Encoding.UTF8.GetBytes(Csv(report)), "text/csv; charset=utf-8", "alerts.csv");
    }

    private static async Task<(AlertReport? Report, ProblemHttpResult? Problem)> ReadAsync(
        string? since, string? until, ConversationIndex index, Caller caller, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (!caller.SeesTheDesk)
        {
            return (null, Problems.Forbidden("This report is of the desk. An agent's own is at /api/v1/reports/recovery."));
        }

        var now = clock.GetUtcNow();
        var (span, problem) = ReportSpan.Read(since, until, now);
        return span is { } s ? (AlertReport.Of(await index.ListAlertsRaisedAsync(s.From, s.Until, caller.Sight, cancellationToken), now), null) : (null, problem);
    }

    // Numbers and words of ours only: nothing that a spreadsheet would run.
    private static string Csv(AlertReport report)
    {
        var csv = new StringBuilder("trigger,raised,withdrawn,missed,falseAlarmRate,medianSecondsToAnswer\r\n");
        foreach (var t in report.ByTrigger)
        {
            csv.Append(CultureInfo.InvariantCulture, $"{t.Trigger},{t.Raised},{t.Withdrawn},{t.Missed},{t.FalseAlarmRate:0.####},{t.MedianToAnswer?.TotalSeconds:0.#}\r\n");
        }

        return csv.ToString();
    }
}
