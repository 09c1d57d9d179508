using DeEscalationBot.Core.Cases;
using DeEscalationBot.Core.Cases.Departure;
using DeEscalationBot.Core.Cases.Dismissal;
using DeEscalationBot.Core.Cases.Reports;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Escalation;
using DeEscalationBot.Host.Cases.Files;
using Microsoft.Extensions.Options;

namespace DeEscalationBot.Host.Cases;

/// <summary>Gathers what files and reports of cases are made of: whoever sees a case may have its file, and a report holds what its reader sees.</summary>
/// <remarks>One caller's, as the desk is.</remarks>
/// <param name="desk">The cases, as the caller sees them.</param>
/// <param name="settings">The numbers.</param>
/// <param name="escalation">The desk's calendar, whose days count.</param>
/// <param name="clock">The product's clock.</param>
public sealed class CaseExports(ICaseDesk desk, IOptions<CaseSettings> settings, IOptions<EscalationSettings> escalation, TimeProvider clock)
{
    private DateOnly Today => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);

    private TimeZoneInfo Zone => TimeZoneInfo.FindSystemTimeZoneById(escalation.Value.Calendar.TimeZone);

    /// <summary>The record of a dismissal (B9); nothing when there is no such one.</summary>
    /// <param name="caseId">The case.</param>
    /// <param name="language">The reader's language.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task<CaseFile?> WriteRecordAsync(string caseId, MessageLanguage language, CancellationToken cancellationToken)
    {
        if (await desk.ReadDismissalAsync(caseId, cancellationToken) is not { } file || await desk.ReadRecordAsync(caseId, cancellationToken) is not { } record)
        {
            return null;
        }

        // Of the same moment: somebody may have done a step between the two readings.
        var events = record.Select(r => r.Event).Cast<DismissalEvent>().ToArray();
        return DismissalRecordDocument.Write(DismissalCase.Start(caseId).Apply(events), events, file.Customer, Zone, language);
    }

    /// <summary>The matrix of motives of a departure (E4); nothing when there is no such one.</summary>
    /// <inheritdoc cref="WriteRecordAsync"/>
    public async Task<CaseFile?> WriteMatrixAsync(string caseId, MessageLanguage language, CancellationToken cancellationToken) =>
        await desk.ReadDepartureAsync(caseId, cancellationToken) is { } file ? MotiveMatrixFile.Workbook([file.Case], _ => file.Customer.Name, language) : null;

    /// <summary>The final report for a customer who leaves (E5); nothing when there is no such departure.</summary>
    /// <inheritdoc cref="WriteRecordAsync"/>
    public async Task<CaseFile?> WriteFinalReportAsync(string caseId, MessageLanguage language, CancellationToken cancellationToken) =>
        await desk.ReadDepartureAsync(caseId, cancellationToken) is { } file ? FinalReportDocument.Write(file.Case, file.Customer, Today, Zone, language) : null;

    /// <summary>The matrices of all departures (E4).</summary>
    /// <param name="language">The reader's language.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task<CaseFile> WriteMotivesAsync(MessageLanguage language, CancellationToken cancellationToken)
    {
        var files = await ReadDeparturesAsync(isOpen: null, cancellationToken);
        var names = files.DistinctBy(f => f.Customer.Id).ToDictionary(f => f.Customer.Id, f => f.Customer.Name, StringComparer.Ordinal);
        return MotiveMatrixFile.Workbook(files.Select(f => f.Case), id => names.GetValueOrDefault(id), language);
    }

    /// <summary>The churn rate by month with the motives behind it (E8), as a workbook.</summary>
    /// <param name="from">A day of the first month.</param>
    /// <param name="until">A day of the last month.</param>
    /// <param name="language">The reader's language.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task<CaseFile> WriteChurnAsync(DateOnly from, DateOnly until, MessageLanguage language, CancellationToken cancellationToken)
    {
        var reports = await desk.ReadReportsAsync(from, until, cancellationToken);
        var departures = await ReadDeparturesAsync(isOpen: false, cancellationToken);
        return ChurnFiles.Workbook(reports.Churn, settings.Value.ChurnLinePercent, departures.Select(f => f.Case), language);
    }

    /// <summary>The same as CSV.</summary>
    /// <param name="from">A day of the first month.</param>
    /// <param name="until">A day of the last month.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task<CaseFile> WriteChurnCsvAsync(DateOnly from, DateOnly until, CancellationToken cancellationToken) =>
        ChurnFiles.Csv((await desk.ReadReportsAsync(from, until, cancellationToken)).Churn);

    /// <summary>What became of dismissals (B10), as a workbook.</summary>
    /// <param name="language">The reader's language.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task<CaseFile> WriteDismissalsAsync(MessageLanguage language, CancellationToken cancellationToken)
    {
        var reports = await desk.ReadReportsAsync(Today, Today, cancellationToken);
        return DismissalReportFiles.Workbook(reports.Dismissals, reports.Criteria, language);
    }

    /// <summary>The same as CSV.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task<CaseFile> WriteDismissalsCsvAsync(CancellationToken cancellationToken) =>
        DismissalReportFiles.Csv((await desk.ReadReportsAsync(Today, Today, cancellationToken)).Dismissals);

    /// <summary>Kinds of customers side by side (B11, E9), as a workbook.</summary>
    /// <param name="language">The reader's language.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task<CaseFile> WriteKindsAsync(MessageLanguage language, CancellationToken cancellationToken) => CustomerKindFiles.Workbook(await ReadKindsAsync(cancellationToken), language);

    /// <summary>The same as CSV.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task<CaseFile> WriteKindsCsvAsync(CancellationToken cancellationToken) => CustomerKindFiles.Csv(await ReadKindsAsync(cancellationToken));

    /// <summary>Claims on our generosity, and who repeats them (B13), as a workbook.</summary>
    /// <param name="language">The reader's language.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task<CaseFile> WriteClaimsAsync(MessageLanguage language, CancellationToken cancellationToken) =>
        GenerosityFiles.Workbook([.. (await desk.ListCustomersAsync(null, int.MaxValue, cancellationToken)).Select(c => c.Record)], Today, settings.Value, language);

    /// <summary>Who repeats claims, as CSV.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task<CaseFile> WriteClaimsCsvAsync(CancellationToken cancellationToken) =>
        GenerosityFiles.Csv((await desk.ReadReportsAsync(Today, Today, cancellationToken)).RepeatedClaims);

    private async Task<CustomerKindReport> ReadKindsAsync(CancellationToken cancellationToken) => (await desk.ReadReportsAsync(Today, Today, cancellationToken)).Kinds;

    private async Task<IReadOnlyList<DepartureFile>> ReadDeparturesAsync(bool? isOpen, CancellationToken cancellationToken)
    {
        var files = new List<DepartureFile>();
        foreach (var found in await desk.ListCasesAsync(new CaseFilter(Storage.CaseKind.Departure, isOpen, Limit: int.MaxValue), cancellationToken))
        {
            // One that was erased has no motives any more.
            if (await desk.ReadDepartureAsync(found.Id, cancellationToken) is { Case.Outcome: not DepartureOutcome.Erased } file)
            {
                files.Add(file);
            }
        }

        return files;
    }
}
