using System.Globalization;

namespace DeEscalationBot.Host.Reports;

/// <summary>A time that the page of reports offers: the last days, or a month of the desk's calendar.</summary>
/// <param name="Name">Its name in the page's address: a number of days, or a month such as <c>2026-03</c>.</param>
/// <param name="From">From then on.</param>
/// <param name="Until">Before then.</param>
public sealed record ReportPeriod(string Name, DateTimeOffset From, DateTimeOffset Until)
{
    private const int MonthsBack = 12;
    private const string MonthFormat = "yyyy-MM";

    /// <summary>The spans of days that are offered: 7, 30 and 90.</summary>
    public static IReadOnlyList<int> Days { get; } = [7, 30, 90];

    /// <summary>The first day of the month; nothing for the last days.</summary>
    public DateOnly? Month => MonthOf(Name);

    /// <summary>The last months that are over and the one that runs, latest first.</summary>
    /// <param name="calendar">The place whose calendar counts.</param>
    /// <param name="now">The product's clock.</param>
    public static IReadOnlyList<DateOnly> Months(TimeZoneInfo calendar, DateTimeOffset now)
    {
        var today = TimeZoneInfo.ConvertTime(now, calendar);
        var first = new DateOnly(today.Year, today.Month, 1);
        return [.. Enumerable.Range(0, MonthsBack + 1).Select(i => first.AddMonths(-i))];
    }

    /// <summary>The name of a month in the page's address.</summary>
    /// <param name="month">Its first day.</param>
    public static string NameOf(DateOnly month) => month.ToString(MonthFormat, CultureInfo.InvariantCulture);

    /// <summary>Reads a name; what makes no sense counts as the usual 30 days.</summary>
    /// <param name="name">The name, from the page's address.</param>
    /// <param name="calendar">The place whose calendar counts.</param>
    /// <param name="now">The product's clock.</param>
    public static ReportPeriod Read(string? name, TimeZoneInfo calendar, DateTimeOffset now)
    {
        if (MonthOf(name) is { } month && month.Year is > 1 and < 9999)
        {
            return new ReportPeriod(name!, BeginningOf(month, calendar), BeginningOf(month.AddMonths(1), calendar));
        }

        var days = Days.FirstOrDefault(d => d.ToString(CultureInfo.InvariantCulture) == name, (int)ReportReader.Usual.TotalDays);
        return new ReportPeriod(days.ToString(CultureInfo.InvariantCulture), now - TimeSpan.FromDays(days), now);
    }

    private static DateOnly? MonthOf(string? name) =>
        DateOnly.TryParseExact(name, MonthFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var month) ? month : null;

    // Where the clocks are put forward at midnight, the day begins an hour later.
    private static DateTimeOffset BeginningOf(DateOnly day, TimeZoneInfo calendar)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        while (calendar.IsInvalidTime(local))
        {
            local = local.AddMinutes(15);
        }

        return new DateTimeOffset(local, calendar.GetUtcOffset(local)).ToUniversalTime();
    }
}
