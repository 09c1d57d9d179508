using DeEscalationBot.Core.Cases.Customers;

namespace DeEscalationBot.Core.Cases.Reports;

/// <summary>A customer who asked of our generosity again and again (B13). A reason to look, never to judge: claims may all be justified.</summary>
/// <param name="CustomerId">The customer.</param>
/// <param name="Claims">How many claims in the period.</param>
/// <param name="Granted">How many of them were granted.</param>
/// <param name="AmountAsked">What they asked together.</param>
/// <param name="AmountGranted">What was granted together.</param>
/// <param name="LastOn">The day of the last one.</param>
public sealed record RepeatedClaims(string CustomerId, int Claims, int Granted, Money AmountAsked, Money AmountGranted, DateOnly LastOn);

/// <summary>Surfaces repeated claims on our generosity (B13).</summary>
/// <remarks>Pure; safe for concurrent use.</remarks>
public static class GenerosityReport
{
    /// <summary>The customers with at least <see cref="CaseSettings.RepeatedClaims"/> claims within <see cref="CaseSettings.ClaimPeriod"/>; most claims first.</summary>
    /// <param name="customers">All customers.</param>
    /// <param name="today">The day by the product's clock; the period's last day.</param>
    /// <param name="settings">The numbers.</param>
    public static IReadOnlyList<RepeatedClaims> Of(IEnumerable<CustomerRecord> customers, DateOnly today, CaseSettings settings)
    {
        ArgumentNullException.ThrowIfNull(customers);
        ArgumentNullException.ThrowIfNull(settings);
        var from = today.AddDays(-(int)settings.ClaimPeriod.TotalDays + 1);
        return
        [
            .. customers.Select(c => (Customer: c, Claims: c.Claims.Where(x => x.On >= from && x.On <= today).ToArray()))
                .Where(x => x.Claims.Length >= settings.RepeatedClaims)
                .OrderByDescending(x => x.Claims.Length)
                .ThenBy(x => x.Customer.Id, StringComparer.Ordinal)
                .Select(x => Entry(x.Customer, x.Claims)),
        ];
    }

    private static RepeatedClaims Entry(CustomerRecord customer, GoodwillClaim[] claims)
    {
        var granted = claims.Where(c => c.WasGranted).ToArray();
        Money Sum(IEnumerable<GoodwillClaim> some) => some.Aggregate(Money.Zero(customer.Currency!), (sum, c) => sum.Plus(c.Amount));
        return new RepeatedClaims(customer.Id, claims.Length, granted.Length, Sum(claims), Sum(granted), claims.Max(c => c.On));
    }
}
