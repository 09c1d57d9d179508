using System.ComponentModel;
using DeEscalationBot.Host.Access;
using DeEscalationBot.Host.Cases.Files;
using DeEscalationBot.Host.Channels.Http;
using DeEscalationBot.Host.Coaching.Letters;
using DeEscalationBot.Host.Reports;
using Microsoft.AspNetCore.Http.HttpResults;

namespace DeEscalationBot.Host.Cases;

/// <summary>The files of cases and of their reports, in the caller's language.</summary>
public static class CaseFileEndpoints
{
    private const string Csv = "text/csv";
    private const string NoDismissal = "There is no such dismissal, or it is not yours. Dismissals are listed at /api/v1/cases?kind=dismissal&state=all.";
    private const string NoDeparture = "There is no such departure, or it is not yours. Departures are listed at /api/v1/cases?kind=departure&state=all.";

    /// <summary>Maps the addresses.</summary>
    /// <param name="app">Where to map.</param>
    public static void MapCaseFiles(this IEndpointRouteBuilder app)
    {
        var cases = app.MapGroup("/api/v1/cases/{caseId}").WithTags("Cases");
        Gives(
            cases.MapGet("/record.docx", async (string caseId, CaseExports exports, CancellationToken stop) => Answer(await exports.WriteRecordAsync(caseId, CaseWordingLanguage.Now, stop), NoDismissal)),
            "getCaseRecordDocument", "The record of a dismissal with its evidence, as a Word document (B9)", WordDocument.ContentType, 404);
        Gives(
            cases.MapGet("/matrix.xlsx", async (string caseId, CaseExports exports, CancellationToken stop) => Answer(await exports.WriteMatrixAsync(caseId, CaseWordingLanguage.Now, stop), NoDeparture)),
            "getCaseMatrix", "The matrix of motives of a departure, as a workbook (E4)", ReportFiles.WorkbookType, 404);
        Gives(
            cases.MapGet("/final-report.docx", async (string caseId, CaseExports exports, CancellationToken stop) => Answer(await exports.WriteFinalReportAsync(caseId, CaseWordingLanguage.Now, stop), NoDeparture)),
            "getCaseFinalReport", "The final report for a customer who leaves, as a Word document (E5)", WordDocument.ContentType, 404);

        var reports = app.MapGroup("/api/v1/reports").WithTags("Reports");
        Gives(
            reports.MapGet("/motives.xlsx", async (CaseExports exports, CancellationToken stop) => FileOf(await exports.WriteMotivesAsync(CaseWordingLanguage.Now, stop))),
            "reportMotives", "The matrices of motives of all departures, as a workbook (E4)", ReportFiles.WorkbookType);
        Gives(reports.MapGet("/churn.xlsx", ChurnAsync), "reportChurnWorkbook", "Churn by month with its formula, and the motives, as a workbook (E8)", ReportFiles.WorkbookType, 400);
        Gives(reports.MapGet("/churn.csv", ChurnCsvAsync), "reportChurnCsv", "Churn by month (E8)", Csv, 400);
        Gives(
            reports.MapGet("/dismissals.xlsx", async (CaseExports exports, CancellationToken stop) => FileOf(await exports.WriteDismissalsAsync(CaseWordingLanguage.Now, stop))),
            "reportDismissalsWorkbook", "What became of dismissals, as a workbook (B10)", ReportFiles.WorkbookType);
        Gives(
            reports.MapGet("/dismissals.csv", async (CaseExports exports, CancellationToken stop) => FileOf(await exports.WriteDismissalsCsvAsync(stop))),
            "reportDismissalsCsv", "What became of dismissals (B10)", Csv);
        Gives(
            reports.MapGet("/customer-kinds.xlsx", async (CaseExports exports, CancellationToken stop) => FileOf(await exports.WriteKindsAsync(CaseWordingLanguage.Now, stop))),
            "reportCustomerKindsWorkbook", "Ideal customers and others side by side, as a workbook (B11, E9)", ReportFiles.WorkbookType);
        Gives(
            reports.MapGet("/customer-kinds.csv", async (CaseExports exports, CancellationToken stop) => FileOf(await exports.WriteKindsCsvAsync(stop))),
            "reportCustomerKindsCsv", "Ideal customers and others side by side (B11, E9)", Csv);
        Gives(
            reports.MapGet("/claims.xlsx", async (CaseExports exports, CancellationToken stop) => FileOf(await exports.WriteClaimsAsync(CaseWordingLanguage.Now, stop))),
            "reportClaimsWorkbook", "Claims on our generosity, and who repeats them, as a workbook (B13)", ReportFiles.WorkbookType);
        Gives(
            reports.MapGet("/claims.csv", async (CaseExports exports, CancellationToken stop) => FileOf(await exports.WriteClaimsCsvAsync(stop))),
            "reportClaimsCsv", "Who repeats claims on our generosity (B13)", Csv);
    }

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> ChurnAsync(
        [Description(CaseEndpoints.FirstMonth)] string? from, [Description(CaseEndpoints.LastMonth)] string? until, CaseExports exports, TimeProvider clock, CancellationToken cancellationToken)
    {
        var (first, last, problem) = CaseEndpoints.ReadMonths(from, until, clock);
        return problem is not null ? problem : FileOf(await exports.WriteChurnAsync(first, last, CaseWordingLanguage.Now, cancellationToken));
    }

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> ChurnCsvAsync(
        [Description(CaseEndpoints.FirstMonth)] string? from, [Description(CaseEndpoints.LastMonth)] string? until, CaseExports exports, TimeProvider clock, CancellationToken cancellationToken)
    {
        var (first, last, problem) = CaseEndpoints.ReadMonths(from, until, clock);
        return problem is not null ? problem : FileOf(await exports.WriteChurnCsvAsync(first, last, cancellationToken));
    }

    private static Results<FileContentHttpResult, ProblemHttpResult> Answer(CaseFile? file, string missing) => file is null ? Problems.Missing(missing) : FileOf(file);

    private static FileContentHttpResult FileOf(CaseFile file) => TypedResults.File(file.Content, file.ContentType, file.Name);

    private static void Gives(RouteHandlerBuilder endpoint, string name, string summary, string type, params int[] problems) => endpoint
        .WithName(name).WithSummary(summary).Produces<byte[]>(StatusCodes.Status200OK, type).ProblemsAre([.. problems, 403, 503]).RequireAuthorization(AccessRule.ReadCases);
}
