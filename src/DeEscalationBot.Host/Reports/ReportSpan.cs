using DeEscalationBot.Host.Channels.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace DeEscalationBot.Host.Reports;

/// <summary>The time of a report.</summary>
/// <param name="From">From then on.</param>
/// <param name="Until">Before then.</param>
public readonly record struct ReportSpan(DateTimeOffset From, DateTimeOffset Until)
{
    /// <summary>Reads the parameters <c>since</c> and <c>until</c>.</summary>
    /// <param name="since">ISO 8601; <see cref="ReportReader.Usual"/> ago when left out.</param>
    /// <param name="until">ISO 8601; now when left out.</param>
    /// <param name="now">The product's clock.</param>
    /// <returns>The time, or what is wrong with the parameters.</returns>
    public static (ReportSpan? Span, ProblemHttpResult? Problem) Read(string? since, string? until, DateTimeOffset now)
    {
        var (from, to) = (now - ReportReader.Usual, now);
        return !string.IsNullOrEmpty(since) && !IsoInstant.TryParse(since, out from) ? (null, Problems.BadParameter("since", IsoInstant.Explanation))
            : !string.IsNullOrEmpty(until) && !IsoInstant.TryParse(until, out to) ? (null, Problems.BadParameter("until", IsoInstant.Explanation))
            : to < from ? (null, Problems.BadParameter("until", "must not lie before 'since'."))
            : (new ReportSpan(from.ToUniversalTime(), to.ToUniversalTime()), null);
    }
}
