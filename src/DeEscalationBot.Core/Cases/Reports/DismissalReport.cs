using DeEscalationBot.Core.Cases.Dismissal;

namespace DeEscalationBot.Core.Cases.Reports;

/// <summary>What became of dismissal cases (B10).</summary>
/// <param name="Opened">Cases that were opened.</param>
/// <param name="Dismissed">Customers that were told and whose dismissal stands.</param>
/// <param name="Kept">Cases that ended with the customer staying.</param>
/// <param name="Undone">Dismissals that were undone.</param>
/// <param name="MayLieDeeper">Whether dismissals repeat, from the second on: the problem may lie deeper than in a customer.</param>
/// <param name="ByReason">How often each reason stood on a dismissal that stands, most often first.</param>
/// <param name="ReviewsDue">Closed dismissals that are due to be looked at again, by id of the case, the longest due first.</param>
public sealed record DismissalReport(
    int Opened,
    int Dismissed,
    int Kept,
    int Undone,
    bool MayLieDeeper,
    IReadOnlyList<KeyValuePair<string, int>> ByReason,
    IReadOnlyList<string> ReviewsDue)
{
    private const int FirstRepetition = 2;

    /// <summary>Counts cases.</summary>
    /// <param name="cases">All cases that count, as they stand; those in which nothing happened are left out.</param>
    /// <param name="today">The day by the product's clock.</param>
    public static DismissalReport Of(IEnumerable<DismissalCase> cases, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(cases);
        var opened = cases.Where(c => c.Stage != DismissalStage.New).ToArray();

        // Whoever was told is dismissed, also before the case is closed, and also when they are erased later.
        var dismissed = opened.Where(c => c.ToldAt is not null && c.Outcome is not DismissalOutcome.Undone).ToArray();
        return new DismissalReport(
            opened.Length,
            dismissed.Length,
            opened.Count(c => c.Outcome == DismissalOutcome.Kept),
            opened.Count(c => c.Outcome == DismissalOutcome.Undone),
            dismissed.Length >= FirstRepetition,
            [
                .. dismissed.SelectMany(c => c.Reasons).GroupBy(r => r.ReasonId).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal)
                    .Select(g => KeyValuePair.Create(g.Key, g.Count())),
            ],
            [.. opened.Where(c => c.Outcome == DismissalOutcome.Dismissed && c.ReviewDueOn <= today && c.ReviewFindings is null).OrderBy(c => c.ReviewDueOn).ThenBy(c => c.Id, StringComparer.Ordinal).Select(c => c.Id)]);
    }
}
