using DeEscalationBot.Core.Escalation;
using Microsoft.Extensions.Options;

namespace DeEscalationBot.Host.Pages;

/// <summary>The time zone in which a window shows and reads times: that of its browser; where that is not known, the desk's (<c>Escalation:Calendar:TimeZone</c>). Never the server's.</summary>
/// <remarks>One for each window, known before its page is shown; used by one thread at a time.</remarks>
/// <param name="settings">The desk's calendar, checked.</param>
public sealed class PageZone(IOptions<EscalationSettings> settings)
{
    /// <summary>The zone.</summary>
    public TimeZoneInfo Info { get; private set; } = TimeZoneInfo.FindSystemTimeZoneById(settings.Value.Calendar.TimeZone);

    /// <summary>Takes the browser's zone.</summary>
    /// <param name="id">An IANA name, from the browser; one that is not known changes nothing.</param>
    public void Learn(string? id)
    {
        if (!string.IsNullOrEmpty(id) && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone))
        {
            Info = zone;
        }
    }

    /// <summary>What the clock on the wall shows at an instant.</summary>
    /// <param name="at">The instant.</param>
    public DateTime WallClock(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, Info).DateTime;

    /// <summary>The instant at which the clock on the wall shows a time. An hour that is skipped in spring is the one after it; of one that comes twice in autumn the first is meant.</summary>
    /// <param name="wall">What the clock shows.</param>
    public DateTimeOffset Instant(DateTime wall)
    {
        var local = DateTime.SpecifyKind(wall, DateTimeKind.Unspecified);
        local = Info.IsInvalidTime(local) ? local.AddHours(1) : local;
        return new DateTimeOffset(local, Info.IsAmbiguousTime(local) ? Info.GetAmbiguousTimeOffsets(local).Max() : Info.GetUtcOffset(local));
    }
}
