using DeEscalationBot.Core.Escalation;
using DeEscalationBot.Host.Pages;
using Microsoft.Extensions.Options;

namespace DeEscalationBot.Host.Tests.Pages;

/// <summary>In Madrid the clocks go from 2:00 to 3:00 on 29 March 2026, and from 3:00 to 2:00 on 25 October.</summary>
public class PageZoneTests
{
    [Fact]
    public void Zone_IsTheDesks_UntilTheBrowserNamesOneThatIsKnown()
    {
        var zone = new PageZone(Options.Create(new EscalationSettings { Calendar = new CalendarSettings { TimeZone = "Europe/Madrid" } }));
        foreach (var unknown in new[] { null, "", "Mars/Phobos", "../etc/passwd" })
        {
            zone.Learn(unknown);
            Assert.Equal("Europe/Madrid", zone.Info.Id);
        }

        zone.Learn("America/Bogota");
        Assert.Equal(new DateTime(2026, 3, 2, 4, 0, 0), zone.WallClock(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero)));
    }

    [Theory]
    [InlineData("2026-03-02T10:00", "2026-03-02T09:00:00Z")]
    [InlineData("2026-03-29T02:30", "2026-03-29T01:30:00Z")]
    [InlineData("2026-07-01T10:00", "2026-07-01T08:00:00Z")]
    [InlineData("2026-10-25T02:30", "2026-10-25T00:30:00Z")]
    public void Instant_OfAWallClock_IsThatOfItsSeason(string wall, string instant)
    {
        var zone = new PageZone(Options.Create(new EscalationSettings()));
        zone.Learn("Europe/Madrid");

        Assert.Equal(DateTimeOffset.Parse(instant, null), zone.Instant(DateTime.Parse(wall, null)));
    }
}
