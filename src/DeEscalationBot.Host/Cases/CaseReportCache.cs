using DeEscalationBot.Host.Cases.Storage;
using Microsoft.Extensions.Caching.Memory;

namespace DeEscalationBot.Host.Cases;

/// <summary>Keeps reports of cases as long as nothing has changed that is in them: a page that is looked at often does not read every customer each time.</summary>
/// <remarks>What it holds has ids and figures, no words. A report is used only while the stamp of the rows and the day are the same, and for ten minutes at most. Safe for concurrent use.</remarks>
public sealed class CaseReportCache : IDisposable
{
    private const int Most = 64;
    private static readonly TimeSpan Oldest = TimeSpan.FromMinutes(10);

    private readonly MemoryCache _reports = new(new MemoryCacheOptions { SizeLimit = Most });

    /// <summary>A report.</summary>
    /// <param name="sight">What is seen.</param>
    /// <param name="from">A day of the first month.</param>
    /// <param name="until">A day of the last month.</param>
    /// <param name="today">The day by the product's clock.</param>
    /// <param name="stamp">How the rows stand, read before the report is reckoned.</param>
    /// <param name="reckon">Reckons it.</param>
    public async Task<CaseReports> ReadAsync(CaseSight sight, DateOnly from, DateOnly until, DateOnly today, CaseStamp stamp, Func<Task<CaseReports>> reckon)
    {
        ArgumentNullException.ThrowIfNull(sight);
        ArgumentNullException.ThrowIfNull(reckon);
        var key = (sight.All ? null : string.Join('\n', sight.Teams.Order(StringComparer.Ordinal)), from, until);
        if (_reports.TryGetValue(key, out Kept? kept) && kept!.Stamp == stamp && kept.Today == today)
        {
            return kept.Reports;
        }

        var reports = await reckon();
        _reports.Set(key, new Kept(stamp, today, reports), new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = Oldest });
        return reports;
    }

    /// <inheritdoc/>
    public void Dispose() => _reports.Dispose();

    private sealed record Kept(CaseStamp Stamp, DateOnly Today, CaseReports Reports);
}
