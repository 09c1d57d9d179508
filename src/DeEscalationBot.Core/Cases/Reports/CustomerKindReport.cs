using DeEscalationBot.Core.Cases.Customers;
using DeEscalationBot.Core.Cases.Departure;
using DeEscalationBot.Core.Cases.Dismissal;

namespace DeEscalationBot.Core.Cases.Reports;

/// <summary>What customers of one kind were like, in one currency (B11, E9).</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Currency">The currency; nothing for customers without any amount, and where there are none.</param>
/// <param name="Customers">How many.</param>
/// <param name="Contact">The time that we spent with them together.</param>
/// <param name="Claims">How often they asked of our generosity together.</param>
/// <param name="MeanStay">How long they have been with us on average, all stays together; nothing when there are none of them.</param>
/// <param name="Revenue">What they paid together; nothing without a currency.</param>
/// <param name="CostToServe">The time at the hourly cost; nothing without a currency, or when none is set for it.</param>
/// <param name="Margin">Revenue less cost; nothing when either is unknown.</param>
/// <param name="MarginPercent">The margin of the revenue, percent, two decimals; nothing when unknown, or without revenue.</param>
public sealed record CustomerKindRow(
    CustomerFit Kind,
    string? Currency,
    int Customers,
    TimeSpan Contact,
    int Claims,
    TimeSpan? MeanStay,
    Money? Revenue,
    Money? CostToServe,
    Money? Margin,
    decimal? MarginPercent)
{
    /// <summary>The time that we spent with one of them on average; nothing when there are none.</summary>
    public TimeSpan? ContactEach => Customers == 0 ? null : Contact / Customers;
}

/// <summary>Ideal customers and those that are not, side by side, with what they cost and bring (B11).</summary>
/// <remarks>
/// A kind is never guessed: it is what somebody said of a customer who left (E9), and a dismissal that stands counts as not ideal. Each customer is looked at over
/// their own last <see cref="CaseSettings.MoneyPeriod"/> with us, so that one who left long ago can be compared. Amounts of two currencies are never added.
/// Pure; safe for concurrent use.
/// </remarks>
/// <param name="Rows">Ideal, neither, not ideal; within a kind by currency, those without amounts last. A kind that nobody is of has one row.</param>
/// <param name="Unjudged">Customers of whom nobody has said what kind they are; erased ones are not counted.</param>
public sealed record CustomerKindReport(IReadOnlyList<CustomerKindRow> Rows, int Unjudged)
{
    private const int Decimals = 2;

    /// <summary>Puts them side by side.</summary>
    /// <param name="customers">All customers.</param>
    /// <param name="departures">All departures, as they stand.</param>
    /// <param name="dismissals">All dismissals, as they stand.</param>
    /// <param name="today">The day by the product's clock.</param>
    /// <param name="settings">Costs and the period.</param>
    public static CustomerKindReport Of(
        IEnumerable<CustomerRecord> customers, IEnumerable<DepartureCase> departures, IEnumerable<DismissalCase> dismissals, DateOnly today, CaseSettings settings)
    {
        ArgumentNullException.ThrowIfNull(customers);
        ArgumentNullException.ThrowIfNull(departures);
        ArgumentNullException.ThrowIfNull(dismissals);
        ArgumentNullException.ThrowIfNull(settings);

        // The last word on a customer who came and went more than once counts.
        var kinds = new Dictionary<string, CustomerFit>(StringComparer.Ordinal);
        foreach (var departure in departures.Where(d => d.Fit is not null).OrderBy(d => d.ClosedAt))
        {
            kinds[departure.CustomerId] = departure.Fit!.Value;
        }

        foreach (var dismissal in dismissals.Where(d => d.Outcome == DismissalOutcome.Dismissed))
        {
            kinds[dismissal.CustomerId] = CustomerFit.NotIdeal;
        }

        var known = customers.Where(c => c is { IsKnown: true, IsErased: false }).ToArray();
        var judged = known.Where(c => kinds.ContainsKey(c.Id)).ToArray();
        return new CustomerKindReport(
            [.. Enum.GetValues<CustomerFit>().SelectMany(kind => RowsOf(kind, [.. judged.Where(c => kinds[c.Id] == kind)], today, settings))],
            known.Length - judged.Length);
    }

    private static IEnumerable<CustomerKindRow> RowsOf(CustomerFit kind, CustomerRecord[] customers, DateOnly today, CaseSettings settings) => customers.Length == 0
        ? [new CustomerKindRow(kind, null, 0, TimeSpan.Zero, 0, null, null, null, null, null)]
        : customers.GroupBy(c => c.Currency).OrderBy(g => g.Key is null).ThenBy(g => g.Key, StringComparer.Ordinal).Select(g => Row(kind, g.Key, [.. g], today, settings));

    private static CustomerKindRow Row(CustomerFit kind, string? currency, CustomerRecord[] customers, DateOnly today, CaseSettings settings)
    {
        var contact = TimeSpan.Zero;
        var claims = 0;
        var stay = TimeSpan.Zero;
        var revenue = currency is null ? null : Money.Zero(currency);
        foreach (var customer in customers)
        {
            var until = customer.LeftOn < today ? customer.LeftOn.Value : today;
            var from = until.AddDays(-(int)settings.MoneyPeriod.TotalDays + 1);
            contact += customer.ContactBetween(from, until);
            claims += customer.Claims.Count(c => c.On >= from && c.On <= until);
            stay += TimeSpan.FromDays(customer.Stays.Sum(s => Math.Max(0, (s.Until ?? today).DayNumber - s.From.DayNumber)));
            revenue = revenue?.Plus(customer.RevenueBetween(from, until)!);
        }

        var cost = currency is not null && settings.Currencies.TryGetValue(currency, out var values) ? new Money(values.HourlyCost, currency).Times((decimal)contact.TotalHours).Rounded() : null;
        var margin = cost is null ? null : revenue?.Minus(cost);
        return new CustomerKindRow(
            kind,
            currency,
            customers.Length,
            contact,
            claims,
            stay / customers.Length,
            revenue,
            cost,
            margin,
            margin is null || revenue is not { Amount: > 0 } ? null : Math.Round(margin.Amount / revenue.Amount * 100, Decimals, MidpointRounding.AwayFromZero));
    }
}
