using Microsoft.Extensions.Time.Testing;

namespace DeEscalationBot.Host.Tests.Fixtures;

/// <summary>A fake clock whose time of day can be set, as a person does it: timers and the time that has passed go on as if nothing had been.</summary>
public sealed class SettableClock(DateTimeOffset start) : FakeTimeProvider(start)
{
    private TimeSpan _ahead;

    /// <summary>Sets the time of day ahead, or back.</summary>
    public void Set(TimeSpan ahead) => _ahead += ahead;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + _ahead;

    public override long GetTimestamp() => base.GetUtcNow().Ticks;
}
