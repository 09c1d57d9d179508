using DeEscalationBot.Core.Conversations;

namespace DeEscalationBot.Host.Escalation;

/// <summary>Says what time it is for certain: nothing while the time of day was set only lately, or the host has only just started.</summary>
/// <remarks>
/// A wrong time of day is mostly put right within minutes, by the machine or by the person who set it. It is noticed where the time of day and
/// the time that has passed disagree. A machine that slept looks the same, and is believed after the same while. Not safe for concurrent use.
/// </remarks>
public sealed class SteadyClock
{
    /// <summary>How long the time of day has to go on without a jump to be believed: 5 minutes.</summary>
    public static readonly TimeSpan Settling = TimeSpan.FromMinutes(5);

    private readonly TimeProvider _clock;
    private TimeSpan _ahead;
    private long _since;

    /// <summary>Begins to watch a clock.</summary>
    /// <param name="clock">The clock.</param>
    public SteadyClock(TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        _clock = clock;
        _since = clock.GetTimestamp();
        _ahead = AheadAt(clock.GetUtcNow(), _since);
    }

    /// <summary>What time it is, UTC; nothing when that is not certain.</summary>
    public DateTimeOffset? Read()
    {
        var now = _clock.GetUtcNow();
        var passed = _clock.GetTimestamp();
        var ahead = AheadAt(now, passed);
        if ((ahead - _ahead).Duration() > FollowUps.ClockTolerance)
        {
            _since = passed;
        }

        _ahead = ahead;
        return _clock.GetElapsedTime(_since, passed) >= Settling ? now : null;
    }

    // The time of day less the time that has passed: it stays the same until somebody sets the clock.
    private TimeSpan AheadAt(DateTimeOffset now, long passed) => now - DateTimeOffset.UnixEpoch - _clock.GetElapsedTime(0, passed);
}
