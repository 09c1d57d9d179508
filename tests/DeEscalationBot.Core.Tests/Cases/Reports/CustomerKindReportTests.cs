using DeEscalationBot.Core.Cases;
using DeEscalationBot.Core.Cases.Customers;
using DeEscalationBot.Core.Cases.Departure;
using DeEscalationBot.Core.Cases.Dismissal;
using DeEscalationBot.Core.Cases.Reports;
using DeEscalationBot.Core.Tests.Cases.Dismissal;

namespace DeEscalationBot.Core.Tests.Cases.Reports;

/// <summary>Expected figures are reckoned by hand from 35 an hour, the default cost of an hour.</summary>
public sealed class CustomerKindReportTests
{
    private static readonly CaseSettings Settings = new();

    [Fact]
    public void Of_NoCustomers_HasARowForEachKindAndNoFigures()
    {
        var report = CustomerKindReport.Of([], [], [], TheRecord.Today, Settings);
        Assert.Equal([CustomerFit.Ideal, CustomerFit.Neutral, CustomerFit.NotIdeal], report.Rows.Select(r => r.Kind));
        Assert.All(report.Rows, r => Assert.Equal((0, null, null, null, null, null), (r.Customers, r.Currency, r.Revenue, r.MarginPercent, r.MeanStay, r.ContactEach)));
        Assert.Equal(0, report.Unjudged);
    }

    // 9,000 and 10 hours; 1,000 and 40 hours, which cost 1,400: the margin is below zero.
    [Fact]
    public void Of_IdealAndNotIdeal_StandSideBySide()
    {
        var ideal = Customer("good", "EUR", 9_000, 10);
        var notIdeal = Customer("hard", "EUR", 1_000, 40);
        var report = CustomerKindReport.Of([ideal, notIdeal, Customer("new", "EUR", 1, 1)], [Left("good", CustomerFit.Ideal), Left("hard", CustomerFit.NotIdeal)], [], TheRecord.Today, Settings);

        Assert.Equal(1, report.Unjudged);
        var (good, none, hard) = (report.Rows[0], report.Rows[1], report.Rows[2]);
        Assert.Equal((9_000m, 350m, 8_650m, 96.11m), (good.Revenue!.Amount, good.CostToServe!.Amount, good.Margin!.Amount, good.MarginPercent!.Value));
        Assert.Equal(0, none.Customers);
        Assert.Equal((1_000m, 1_400m, -400m, -40m), (hard.Revenue!.Amount, hard.CostToServe!.Amount, hard.Margin!.Amount, hard.MarginPercent!.Value));
        Assert.Equal(TimeSpan.FromHours(40), hard.ContactEach);
    }

    [Fact]
    public void Of_SeveralCurrencies_AreNeverAdded()
    {
        var report = CustomerKindReport.Of(
            [Customer("a", "USD", 100, 1), Customer("b", "EUR", 200, 1), Customer("c", "CHF", 300, 1), Customer("d", null, 0, 2)],
            [.. new[] { "a", "b", "c", "d" }.Select(id => Left(id, CustomerFit.Ideal))],
            [],
            TheRecord.Today,
            Settings);
        var ideal = report.Rows.Where(r => r.Kind == CustomerFit.Ideal).ToArray();
        Assert.Equal(["CHF", "EUR", "USD", null], ideal.Select(r => r.Currency));

        // No cost of an hour is set for francs, and none is made up.
        Assert.Equal((300m, null, null, null), (ideal[0].Revenue!.Amount, ideal[0].CostToServe, ideal[0].Margin, ideal[0].MarginPercent));
        Assert.Equal([65m, 165m], ideal[1..3].Select(r => r.Margin!.Amount).Order());
        Assert.Equal((1, TimeSpan.FromHours(2), null), (ideal[3].Customers, ideal[3].Contact, ideal[3].Revenue));
    }

    // Who left in 2024 paid in 2024: their last year with us counts, not ours.
    [Fact]
    public void Of_CustomerWhoLeftLongAgo_IsLookedAtOverTheirOwnLastYear()
    {
        var customer = TheRecord.Play(CustomerRecord.Start("old"),
        [
            new AddCustomer("Old", new DateOnly(2022, 1, 1)),
            new RecordRevenue(new RevenueEntry("before", new DateOnly(2023, 3, 1), TheRecord.Euros(70))),
            new RecordRevenue(new RevenueEntry("within", new DateOnly(2023, 3, 2), TheRecord.Euros(500))),
            new MarkLeft(new DateOnly(2024, 2, 29), CustomerEnding.Left),
        ]);
        var row = CustomerKindReport.Of([customer], [Left("old", CustomerFit.Neutral)], [], TheRecord.Today, Settings).Rows[1];
        Assert.Equal(500m, row.Revenue!.Amount);
        Assert.Equal(TimeSpan.FromDays(789), row.MeanStay);
    }

    [Fact]
    public void Of_NoRevenue_HasNoPercentage()
    {
        var row = CustomerKindReport.Of([Customer("a", "EUR", 0, 2)], [Left("a", CustomerFit.NotIdeal)], [], TheRecord.Today, Settings).Rows[2];
        Assert.Equal((-70m, null), (row.Margin!.Amount, row.MarginPercent));
    }

    // Somebody may be judged ideal once and dismissed later; one that was undone says nothing; an erased customer is not counted.
    [Fact]
    public void Of_Dismissals_CountWhileTheyStand()
    {
        var dismissed = TheDismissal.PlayedTo(DismissalStage.Closed);
        var undone = TheDismissal.PlayedTo(DismissalStage.Closed).Do(new UndoDismissal("We were wrong"), TheRecord.Manager).State;
        var acme = TheRecord.Customer();
        Assert.Equal(1, CustomerKindReport.Of([acme], [Left(acme.Id, CustomerFit.Ideal)], [dismissed.State], TheRecord.Today, Settings).Rows[2].Customers);
        Assert.Equal(1, CustomerKindReport.Of([acme], [], [undone], TheRecord.Today, Settings).Unjudged);
        var erased = TheRecord.Erased(acme);
        var report = CustomerKindReport.Of([erased], [], [dismissed.State], TheRecord.Today, Settings);
        Assert.Equal((0, 0), (report.Unjudged, report.Rows[2].Customers));
    }

    private static CustomerRecord Customer(string id, string? currency, decimal revenue, int hours) => TheRecord.Play(
        CustomerRecord.Start(id),
        [
            new AddCustomer(id, new DateOnly(2025, 1, 1)),
            .. currency is null ? Array.Empty<CustomerCommand>() : [new AgreeContract(new ContractTerms(new DateOnly(2025, 1, 1), null, Money.Zero(currency), TimeSpan.Zero))],
            .. revenue == 0 ? Array.Empty<CustomerCommand>() : [new RecordRevenue(new RevenueEntry("r", new DateOnly(2026, 2, 1), new Money(revenue, currency!)))],
            .. Enumerable.Range(0, (hours + 9) / 10).Select(i => new RecordContact(new ContactEntry($"c{i}", new DateOnly(2026, 2, 1), TimeSpan.FromHours(Math.Min(10, hours - (10 * i)))))),
        ]);

    // A departure that is closed, of another customer than the one that the test's departure is played with.
    private static DepartureCase Left(string customerId, CustomerFit fit) => DepartureCase.Start("dep-" + customerId).Apply(
    [
        new DepartureOpened(TheRecord.Now, "ana", customerId, "x", null),
        new DepartureClosed(TheRecord.Now, "ana"),
        new FitJudged(TheRecord.Now, "ana", fit, "x"),
    ]);
}
