using DeEscalationBot.Host.Escalation;
using DeEscalationBot.Host.Tests.Fixtures;

namespace DeEscalationBot.Host.Tests.Escalation;

/// <summary>A clock is believed after five minutes without a jump, see <see cref="SteadyClock.Settling"/>.</summary>
public class SteadyClockTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(2)]
    [InlineData(-2)]
    public void Read_AfterAJump_GivesNothingUntilTheClockHasSettled(int days)
    {
        var clock = new SettableClock(Start);
        var steady = new SteadyClock(clock);
        Assert.Null(steady.Read());
        clock.Advance(SteadyClock.Settling);
        Assert.Equal(clock.GetUtcNow(), steady.Read());

        clock.Set(TimeSpan.FromDays(days));
        Assert.Null(steady.Read());
        clock.Advance(SteadyClock.Settling - TimeSpan.FromTicks(1));
        Assert.Null(steady.Read());
        clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(clock.GetUtcNow(), steady.Read());
    }

    // Time servers move a clock by little and little.
    [Fact]
    public void Read_OfAClockThatIsSlewed_GivesTheTime()
    {
        var clock = new SettableClock(Start);
        var steady = new SteadyClock(clock);
        clock.Advance(SteadyClock.Settling);
        for (var i = 0; i < 10; i++)
        {
            clock.Set(TimeSpan.FromSeconds(30));
            Assert.NotNull(steady.Read());
        }
    }
}
