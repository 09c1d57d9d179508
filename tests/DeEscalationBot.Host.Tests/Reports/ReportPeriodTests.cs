using DeEscalationBot.Host.Reports;

namespace DeEscalationBot.Host.Tests.Reports;

/// <summary>Madrid is an hour ahead of UTC in winter and two in summer; the clocks change on the last Sundays of March and October.</summary>
public class ReportPeriodTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 31, 22, 30, 0, TimeSpan.Zero);
    private static readonly TimeZoneInfo Madrid = TimeZoneInfo.FindSystemTimeZoneById("Europe/Madrid");

    [Theory]
    [InlineData("7", "2026-03-24T22:30:00Z", "2026-03-31T22:30:00Z")]
    [InlineData("2026-03", "2026-02-28T23:00:00Z", "2026-03-31T22:00:00Z")]
    [InlineData("2025-12", "2025-11-30T23:00:00Z", "2025-12-31T23:00:00Z")]
    [InlineData(null, "2026-03-01T22:30:00Z", "2026-03-31T22:30:00Z")]
    [InlineData("31", "2026-03-01T22:30:00Z", "2026-03-31T22:30:00Z")]
    [InlineData("2026-13", "2026-03-01T22:30:00Z", "2026-03-31T22:30:00Z")]
    [InlineData("9999-12", "2026-03-01T22:30:00Z", "2026-03-31T22:30:00Z")]
    public void Read_ANameOfTheAddress_GivesItsTime(string? name, string from, string until)
    {
        var period = ReportPeriod.Read(name, Madrid, Now);

        Assert.Equal((DateTimeOffset.Parse(from, null), DateTimeOffset.Parse(until, null)), (period.From, period.Until));
    }

    // In Madrid it is April already.
    [Fact]
    public void Months_BeginWithTheOneThatRunsThere()
    {
        var months = ReportPeriod.Months(Madrid, Now);

        Assert.Equal((13, "2026-04", "2025-04"), (months.Count, ReportPeriod.NameOf(months[0]), ReportPeriod.NameOf(months[^1])));
    }
}
