using DeEscalationBot.Core.Cases.Customers;
using DeEscalationBot.Core.Cases.Dismissal;
using DeEscalationBot.Core.Cases.Reports;
using DeEscalationBot.Core.Tests.Cases.Dismissal;

namespace DeEscalationBot.Core.Tests.Cases.Reports;

public sealed class ReportTests
{
    private static readonly DateOnly March = new(2026, 3, 1);

    // LEAVING: 12 at the start of the month and 2 left: 16.67 %, above the 7 % of the document.
    [Fact]
    public void Churn_TwoOfTwelve_IsTheDocumentsFigure()
    {
        var customers = Enumerable.Range(0, 12).Select(i => i < 2 ? Left($"c{i}", new DateOnly(2026, 3, 1 + (30 * i))) : At($"c{i}")).ToArray();
        var month = Assert.Single(ChurnReport.ByMonth(customers, March, March, new()));
        Assert.Equal(new ChurnMonth(March, 12, 2, 2, 16.67m, IsAboveLine: true), month);
    }

    [Fact]
    public void Churn_MonthsWithoutCustomers_HaveNoRate()
    {
        var months = ChurnReport.ByMonth([Left("c", new DateOnly(2024, 3, 5), since: new DateOnly(2024, 2, 1))], new DateOnly(2024, 1, 31), new DateOnly(2024, 4, 1), new());
        Assert.Equal([null, null, 100m, null], months.Select(m => m.RatePercent));
        Assert.Equal([0, 0, 1, 0], months.Select(m => m.AtStart));
        Assert.Empty(ChurnReport.ByMonth([], March, March.AddDays(-1), new()));
    }

    // 7 of 100 is on the line and not above it; 8 of 100 is above.
    [Theory]
    [InlineData(7, false)]
    [InlineData(8, true)]
    public void Churn_OnTheLine_IsNotAboveIt(int left, bool isAbove)
    {
        var customers = Enumerable.Range(0, 100).Select(i => i < left ? Left($"c{i}", new DateOnly(2026, 3, 9)) : At($"c{i}")).ToArray();
        Assert.Equal((left, isAbove), Assert.Single(ChurnReport.ByMonth(customers, March, March, new())) is var m ? ((int)m.RatePercent!, m.IsAboveLine) : default);
    }

    [Fact]
    public void Churn_ReturnedErasedAndDismissed_CountByTheirDays()
    {
        var back = TheRecord.Play(Left("back", new DateOnly(2026, 3, 5)), [new MarkReturned(new DateOnly(2026, 4, 5))]);
        var erased = TheRecord.Erased(Left("erased", new DateOnly(2026, 3, 6), CustomerEnding.Dismissed));
        var months = ChurnReport.ByMonth([back, erased, At("stays")], March, new DateOnly(2026, 5, 1), new());
        Assert.Equal([(3, 2, 1), (1, 0, 0), (2, 0, 0)], months.Select(m => (m.AtStart, m.Left, m.LeftOfOwnWill)));
    }

    // Whoever is erased is counted as before: told, kept, undone, and by the catalogue's reasons.
    [Fact]
    public void Dismissals_OfErasedCustomers_CountTheSame()
    {
        DismissalCase[] cases =
        [
            TheDismissal.PlayedTo(DismissalStage.Closed).State,
            TheDismissal.PlayedTo(DismissalStage.Ending).State,
            TheDismissal.PlayedTo(DismissalStage.Dossier).State,
            new TheDismissal().Do(new OpenDismissal(TheRecord.CustomerId, "x")).Do(new KeepCustomer("It works again")).State,
            TheDismissal.PlayedTo(DismissalStage.Closed).Do(new UndoDismissal("We were wrong"), TheRecord.Manager).State,
        ];
        var today = DateOnly.FromDateTime(TheRecord.Now.UtcDateTime);
        var before = DismissalReport.Of(cases, today);
        var after = DismissalReport.Of(cases.Select(c => c.Apply(new DismissalErased(TheRecord.Now, "ana"))), today);
        Assert.Equal((5, 2, 1, 1), (after.Opened, after.Dismissed, after.Kept, after.Undone));
        Assert.Equal((before.Opened, before.Dismissed, before.Kept, before.Undone), (after.Opened, after.Dismissed, after.Kept, after.Undone));
        Assert.Equal(before.ByReason, after.ByReason);
    }

    [Fact]
    public void Dismissals_FromTheSecondOn_SayThatItMayLieDeeper()
    {
        var today = Answer(TheDismissal.PlayedTo(DismissalStage.Closed).Now);
        var one = TheDismissal.PlayedTo(DismissalStage.Closed).State;
        var kept = new TheDismissal().Do(new OpenDismissal(TheRecord.CustomerId, "x")).Do(new KeepCustomer("It works again")).State;
        var undone = TheDismissal.PlayedTo(DismissalStage.Closed).Do(new UndoDismissal("We were wrong"), TheRecord.Manager).State;
        Assert.False(DismissalReport.Of([one, kept, undone, DismissalCase.Start("new")], today).MayLieDeeper);

        var told = TheDismissal.PlayedTo(DismissalStage.Ending).State;
        var report = DismissalReport.Of([one, told, kept, undone], today);
        Assert.Equal((4, 2, 1, 1, true), (report.Opened, report.Dismissed, report.Kept, report.Undone, report.MayLieDeeper));
        Assert.Equal(KeyValuePair.Create("abuses-team", 2), Assert.Single(report.ByReason));
        Assert.Empty(report.ReviewsDue);
        Assert.Equal([one.Id], DismissalReport.Of([one], one.ReviewDueOn!.Value).ReviewsDue);
        Assert.Empty(DismissalReport.Of([one], one.ReviewDueOn!.Value.AddDays(-1)).ReviewsDue);

        static DateOnly Answer(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime);
    }

    // Three within 180 days; the fourth lies a day too far back.
    [Fact]
    public void Generosity_RepeatedWithinThePeriod_IsSurfaced()
    {
        CustomerRecord With(string id, params int[] daysAgo) => TheRecord.Play(
            At(id), daysAgo.Select((d, i) => new RecordGoodwill(new GoodwillClaim($"g{i}", TheRecord.Today.AddDays(-d), TheRecord.Euros(10.5m), i != 0, "late"))));
        var found = Assert.Single(GenerosityReport.Of([With("three", 0, 5, 179, 180), With("two", 0, 179, 180), At("none")], TheRecord.Today, new()));
        Assert.Equal(new RepeatedClaims("three", 3, 2, TheRecord.Euros(31.5m), TheRecord.Euros(21m), TheRecord.Today), found);
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("2025-12-03", true)]
    [InlineData("2025-12-04", false)]
    public void CriteriaReview_OnItsDay_IsDue(string? reviewedOn, bool isDue) =>
        Assert.Equal(isDue, CriteriaReview.Of(new() { CriteriaReviewedOn = reviewedOn is null ? null : DateOnly.Parse(reviewedOn, System.Globalization.CultureInfo.InvariantCulture) }, TheRecord.Today).IsDue);

    private static CustomerRecord At(string id, DateOnly? since = null) => TheRecord.Play(CustomerRecord.Start(id), [new AddCustomer(id, since ?? new DateOnly(2025, 1, 1))]);

    private static CustomerRecord Left(string id, DateOnly on, CustomerEnding ending = CustomerEnding.Left, DateOnly? since = null) => TheRecord.Play(At(id, since), [new MarkLeft(on, ending)]);
}
