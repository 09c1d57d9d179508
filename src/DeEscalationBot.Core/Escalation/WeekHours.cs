using System.Globalization;

namespace DeEscalationBot.Core.Escalation;

/// <summary>Hours of a week in a time zone: when a desk is open, or when a person is on duty.</summary>
/// <remarks>Immutable and safe for concurrent use. Hours are wall-clock hours of the zone, also across a change to summer time.</remarks>
public sealed class WeekHours
{
    private const int DaysAhead = 8;

    private readonly TimeZoneInfo _zone;
    private readonly Dictionary<DayOfWeek, (TimeOnly From, TimeSpan Length)[]> _hours;

    private WeekHours(TimeZoneInfo zone, Dictionary<DayOfWeek, (TimeOnly, TimeSpan)[]> hours) => (_zone, _hours) = (zone, hours);

    /// <summary>Whether no hours are given, so that it is always open.</summary>
    public bool IsAlways => _hours.Count == 0;

    /// <summary>Reads hours as the settings write them.</summary>
    /// <param name="timeZone">An IANA name.</param>
    /// <param name="hours">By day of the week in English: <c>09:00-14:00, 15:00-18:00</c>; <c>00:00-24:00</c> is a whole day.</param>
    /// <param name="problem">What is wrong, the end of a sentence, when the answer is nothing.</param>
    public static WeekHours? TryRead(string timeZone, IReadOnlyDictionary<string, string> hours, out string? problem)
    {
        ArgumentNullException.ThrowIfNull(hours);
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out var zone))
        {
            problem = $"the time zone '{timeZone}' is not known. Write an IANA name, for instance Europe/Madrid.";
            return null;
        }

        var read = new Dictionary<DayOfWeek, (TimeOnly, TimeSpan)[]>();
        foreach (var (day, spans) in hours)
        {
            if (!Enum.TryParse<DayOfWeek>(day, ignoreCase: true, out var dayOfWeek) || char.IsDigit(day[0]))
            {
                problem = $"'{day}' is no day of the week. Write Monday to Sunday.";
                return null;
            }

            var ofDay = new List<(TimeOnly, TimeSpan)>();
            foreach (var span in spans.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                var ends = span.Split('-', StringSplitOptions.TrimEntries);
                if (ends.Length != 2 || !TryReadTime(ends[0], out var from) || !TryReadTime(ends[1], out var until) || until <= from)
                {
                    problem = $"'{span}' on {dayOfWeek} is no span of hours. Write for instance 09:00-18:00; hours past midnight belong to the next day.";
                    return null;
                }

                ofDay.Add((TimeOnly.FromTimeSpan(from), until - from));
            }

            read[dayOfWeek] = [.. ofDay.OrderBy(s => s.Item1)];
        }

        problem = null;
        return new WeekHours(zone, read);
    }

    /// <summary>Whether an instant lies within the hours.</summary>
    /// <param name="at">The instant.</param>
    public bool Contains(DateTimeOffset at)
    {
        var local = TimeZoneInfo.ConvertTime(at, _zone);
        return IsAlways || _hours.GetValueOrDefault(local.DayOfWeek, []).Any(s => local.TimeOfDay >= s.From.ToTimeSpan() && local.TimeOfDay < s.From.ToTimeSpan() + s.Length);
    }

    /// <summary>The first instant at or after another that lies within the hours; nothing when there is none.</summary>
    /// <param name="at">The instant.</param>
    public DateTimeOffset? NextWithin(DateTimeOffset at)
    {
        if (Contains(at))
        {
            return at;
        }

        var today = TimeZoneInfo.ConvertTime(at, _zone).Date;
        for (var i = 0; i < DaysAhead; i++)
        {
            var day = today.AddDays(i);
            foreach (var (from, _) in _hours.GetValueOrDefault(day.DayOfWeek, []))
            {
                // An hour that the change to summer time leaves out begins when the clocks have moved.
                var local = DateTime.SpecifyKind(day + from.ToTimeSpan(), DateTimeKind.Unspecified);
                while (_zone.IsInvalidTime(local))
                {
                    local = local.AddMinutes(15);
                }

                var opens = new DateTimeOffset(local, _zone.GetUtcOffset(local)).ToUniversalTime();
                if (opens > at)
                {
                    return opens;
                }
            }
        }

        return null;
    }

    private static bool TryReadTime(string text, out TimeSpan time)
    {
        if (text == "24:00")
        {
            time = TimeSpan.FromDays(1);
            return true;
        }

        var isTime = TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var read);
        time = read.ToTimeSpan();
        return isTime;
    }
}
