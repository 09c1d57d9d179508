using DeEscalationBot.Host.Channels.BotFramework.Turns;
using Microsoft.Extensions.Time.Testing;

namespace DeEscalationBot.Host.Tests.Channels.BotFramework.Turns;

public class SeenActivitiesTests
{
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void Add_TheSameInTheSamePlace_IsSeenForTenMinutes()
    {
        var seen = new SeenActivities(_clock);

        Assert.True(seen.Add("msteams", "c", "1"));
        Assert.False(seen.Add("msteams", "c", "1"));
        Assert.True(seen.Add("webchat", "c", "1"));
        Assert.True(seen.Add("msteams", "d", "1"));
        _clock.Advance(SeenActivities.For);
        Assert.False(seen.Add("msteams", "c", "1"));
        _clock.Advance(TimeSpan.FromTicks(1));
        Assert.True(seen.Add("msteams", "c", "1"));
    }

    [Fact]
    public void Remove_WhatCouldNotBeTaken_MayComeAgain()
    {
        var seen = new SeenActivities(_clock);
        seen.Add("msteams", "c", "1");

        seen.Remove("msteams", "c", "1");

        Assert.True(seen.Add("msteams", "c", "1"));
    }
}
