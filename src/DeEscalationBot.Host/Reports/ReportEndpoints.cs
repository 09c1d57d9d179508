using System.ComponentModel;
using System.Globalization;
using DeEscalationBot.Core.Conversations;
using DeEscalationBot.Core.Reports;
using DeEscalationBot.Host.Access;
using DeEscalationBot.Host.Channels.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace DeEscalationBot.Host.Reports;

/// <summary>Whether conversations recover, and what goodwill does.</summary>
public static class ReportEndpoints
{
    private const string Since = "Since then (ISO 8601); 30 days ago when left out.";
    private const string Until = "Before then (ISO 8601); now when left out.";
    private const string Own = "An agent who asks for their own, else 403: only their conversations count, and alerts and goodwill are left out.";

    private const string DeskOnly = "This report is of the desk. An agent asks for their own: 'own' with their own id.";

    /// <summary>Maps the addresses.</summary>
    /// <param name="app">Where to map.</param>
    public static void MapReports(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/v1/reports").WithTags("Reports");
        group.MapGet("/recovery", RecoveryAsync)
            .WithName("reportRecovery").WithSummary("Heated conversations: how many calmed down, how fast, and what came before")
            .WithDescription("By technique (A1–A12), step (A10) and trigger, never by person; an agent may ask for their own.").ProblemsAre(400, 403, 503).RequireAuthorization(AccessRule.ReadReports);
        group.MapGet("/desk.csv", (string? since, string? until, string? own, ReportReader reader, CurrentCaller caller, TimeProvider clock, CancellationToken cancellationToken) =>
                FileAsync(since, until, own, reader, caller, clock, ReportFiles.Csv, ReportFiles.CsvType, "report.csv", cancellationToken))
            .WithName("reportDeskCsv").WithSummary("All tables of the reports: table, row, column, value").Produces<string>(StatusCodes.Status200OK, "text/csv").ProblemsAre(400, 403, 503).RequireAuthorization(AccessRule.ReadReports);
        group.MapGet("/desk.xlsx", (string? since, string? until, string? own, ReportReader reader, CurrentCaller caller, TimeProvider clock, CancellationToken cancellationToken) =>
                FileAsync(since, until, own, reader, caller, clock, ReportFiles.Workbook, ReportFiles.WorkbookType, "report.xlsx", cancellationToken))
            .WithName("reportDeskWorkbook").WithSummary("The same as a workbook, a sheet for each table").Produces<byte[]>(StatusCodes.Status200OK, ReportFiles.WorkbookType).ProblemsAre(400, 403, 503).RequireAuthorization(AccessRule.ReadReports);
        group.MapGet("/goodwill", GoodwillAsync)
            .WithName("reportGoodwill").WithSummary("What was given of the goodwill allowance in a month, in sum").WithDescription("Never by person.").ProblemsAre(400, 403, 503).RequireAuthorization(AccessRule.ReadReports);
    }

    private static async Task<Results<Ok<RecoveryReport>, ProblemHttpResult>> RecoveryAsync(
        [Description(Since)] string? since, [Description(Until)] string? until, [Description(Own)] string? own, ReportReader reader, CurrentCaller caller, TimeProvider clock, CancellationToken cancellationToken)
    {
        var (report, problem) = await ReadAsync(since, until, own, reader, caller, clock, cancellationToken);
        return report is null ? problem! : TypedResults.Ok(report.Recovery);
    }

    private static async Task<Results<Ok<GoodwillReport>, ProblemHttpResult>> GoodwillAsync(
        [Description("The month, such as 2026-03; this month when left out.")] string? month, ReportReader reader, CurrentCaller caller, GoodwillAllowance allowance, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (!caller.Value.SeesTheDesk)
        {
            return Problems.Forbidden(DeskOnly);
        }

        month = string.IsNullOrEmpty(month) ? allowance.MonthOf(clock.GetUtcNow()) : month;
        return DateOnly.TryParseExact(month, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
            ? TypedResults.Ok(await reader.ReadGoodwillAsync(caller.Value.Sight, month, cancellationToken))
            : Problems.BadParameter("month", "must be a year and a month, such as 2026-03.");
    }

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> FileAsync(
        string? since, string? until, string? own, ReportReader reader, CurrentCaller caller, TimeProvider clock, Func<IEnumerable<ReportTable>, byte[]> write, string type, string name, CancellationToken cancellationToken)
    {
        var (report, problem) = await ReadAsync(since, until, own, reader, caller, clock, cancellationToken);
        return report is null ? problem! : TypedResults.File(write(ReportTables.Of(report)), type, name);
    }

    private static async Task<(DeskReport? Report, ProblemHttpResult? Problem)> ReadAsync(
        string? since, string? until, string? own, ReportReader reader, CurrentCaller caller, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (!string.IsNullOrEmpty(own) && !caller.Value.MayAskAbout(own))
        {
            return (null, Problems.Forbidden("A person's report is for their own eyes. Leave 'own' out, or give your own name."));
        }

        if (string.IsNullOrEmpty(own) && !caller.Value.SeesTheDesk)
        {
            return (null, Problems.Forbidden(DeskOnly));
        }

        var (span, problem) = ReportSpan.Read(since, until, clock.GetUtcNow());
        return span is not { } s ? (null, problem)
            : (string.IsNullOrEmpty(own) ? await reader.ReadAsync(caller.Value.Sight, s.From, s.Until, cancellationToken) : await reader.ReadOwnAsync(own, s.From, s.Until, cancellationToken), null);
    }
}
