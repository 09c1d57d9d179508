using DeEscalationBot.Core.Cases.Customers;

namespace DeEscalationBot.Core.Cases.Reports;

/// <summary>The churn rate of a month (E8).</summary>
/// <param name="Month">The first day of the month.</param>
/// <param name="AtStart">Customers at its start: those who were with us when its first day began.</param>
/// <param name="Left">Customers that left on one of its days, also those who had come in the same month.</param>
/// <param name="LeftOfOwnWill">Of those, how many left by themselves; the others were dismissed.</param>
/// <param name="RatePercent">Left / AtStart × 100, two decimals; nothing when there were no customers at its start.</param>
/// <param name="IsAboveLine">Whether the rate is above <see cref="CaseSettings.ChurnLinePercent"/>.</param>
public sealed record ChurnMonth(DateOnly Month, int AtStart, int Left, int LeftOfOwnWill, decimal? RatePercent, bool IsAboveLine);

/// <summary>The churn rate by month: customers that left in the month / customers at its start × 100 (LEAVING; 2 of 12 are 16.67 %).</summary>
/// <remarks>Pure; safe for concurrent use. Counts days of coming and going, which are kept when a customer is erased: a past month's rate never changes by that.</remarks>
public static class ChurnReport
{
    private const int Decimals = 2;

    /// <summary>The months from one to another, in order, without a gap.</summary>
    /// <param name="customers">All customers.</param>
    /// <param name="from">A day of the first month.</param>
    /// <param name="until">A day of the last month.</param>
    /// <param name="settings">The line.</param>
    /// <returns>None when <paramref name="until"/> lies before <paramref name="from"/>.</returns>
    public static IReadOnlyList<ChurnMonth> ByMonth(IReadOnlyCollection<CustomerRecord> customers, DateOnly from, DateOnly until, CaseSettings settings)
    {
        ArgumentNullException.ThrowIfNull(customers);
        ArgumentNullException.ThrowIfNull(settings);
        var stays = customers.SelectMany(c => c.Stays).ToArray();
        var months = new List<ChurnMonth>();
        for (var month = FirstOf(from); month <= until; month = month.AddMonths(1))
        {
            var next = month.AddMonths(1);
            var atStart = stays.Count(s => s.From < month && (s.Until is null || s.Until >= month));
            var left = stays.Where(s => s.Until >= month && s.Until < next).ToArray();
            var rate = atStart == 0 ? (decimal?)null : left.Length * 100m / atStart;
            months.Add(new ChurnMonth(
                month,
                atStart,
                left.Length,
                left.Count(s => s.Ending == CustomerEnding.Left),
                rate is null ? null : Math.Round(rate.Value, Decimals, MidpointRounding.AwayFromZero),
                rate > settings.ChurnLinePercent));
        }

        return months;
    }

    private static DateOnly FirstOf(DateOnly day) => new(day.Year, day.Month, 1);
}
