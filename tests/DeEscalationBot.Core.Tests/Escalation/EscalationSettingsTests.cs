using DeEscalationBot.Core.Escalation;

namespace DeEscalationBot.Core.Tests.Escalation;

/// <summary>Limits come from the documentation of the settings: each with its last legal and its first illegal value.</summary>
public sealed class EscalationSettingsTests
{
    public static TheoryData<string, EscalationSettings> Illegal => new()
    {
        { "Escalation:CalmTension", new() { CalmTension = 1.01 } },
        { "Escalation:DeferAtMost", new() { DeferAtMost = TimeSpan.FromHours(1) + TimeSpan.FromTicks(1) } },
        { "Escalation:DeferAtMost", new() { DeferAtMost = TimeSpan.FromTicks(-1) } },
        { "Escalation:Triggers:T13", With("T13", new()) },
        { "Escalation:Triggers:3", With("3", new()) },
        { "Escalation:Triggers:T8", With("T8", new()) },
        { "Escalation:Triggers:T3:Confidence", With("T3", new() { Confidence = 0.3 }) },
        { "Escalation:Triggers:T3:CoolDown", With("T3", new() { CoolDown = TimeSpan.FromDays(1) + TimeSpan.FromTicks(1) }) },
        { "Escalation:Triggers:T1", With("T1", new() { Defer = true }) },
        { "Escalation:Triggers:T2", With("T2", new() { WaitsForHours = true }) },
        { "Escalation:Triggers:T11", With("T11", new() { CoolDown = TimeSpan.FromSeconds(1) }) },
        { "Escalation:Triggers:T11:Urgency", With("T11", new() { Urgency = AlertUrgency.Advise }) },
        { "Escalation:Calendar", new() { Calendar = new() { TimeZone = "Moon/Crater" } } },
        { "Escalation:Calendar", new() { Calendar = new() { Hours = new() { ["Funday"] = "09:00-10:00" } } } },
        { "Escalation:Calendar", new() { Calendar = new() { Hours = new() { ["Monday"] = "18:00-09:00" } } } },
        { "Escalation:Ladder:AcknowledgeImmediateWithin", new() { Ladder = new() { AcknowledgeImmediateWithin = TimeSpan.FromSeconds(9.9) } } },
        { "Escalation:Ladder:RepeatAtMostEvery", new() { Ladder = new() { RepeatAtMostEvery = TimeSpan.FromDays(1.1) } } },
        { "Escalation:Ladder:Rungs:0:Name", new() { Ladder = new() { Rungs = [new()] } } },
        { "Escalation:Ladder:Rungs:0:People:0:Person", new() { Ladder = new() { Rungs = [new() { Name = "x", People = [new()] }] } } },
    };

    [Theory]
    [MemberData(nameof(Illegal))]
    public void Check_Illegal_NamesTheSetting(string named, EscalationSettings settings) =>
        Assert.StartsWith(named, Assert.Single(EscalationSettingsCheck.Check(settings)), StringComparison.Ordinal);

    [Fact]
    public void Check_DefaultsAndLastLegalValues_AreAccepted()
    {
        Assert.Empty(EscalationSettingsCheck.Check(new()));
        Assert.Empty(EscalationSettingsCheck.Check(new()
        {
            CalmTension = 1,
            DeferAtMost = TimeSpan.FromHours(1),
            Triggers = new() { ["T3"] = new() { Confidence = 1, CoolDown = TimeSpan.FromDays(1), Defer = true, WaitsForHours = true, Urgency = AlertUrgency.Immediate }, ["T1"] = new() { Urgency = AlertUrgency.Immediate } },
            Calendar = new() { TimeZone = "America/Mexico_City", Hours = new() { ["monday"] = "00:00-24:00", ["Sunday"] = "" } },
            Ladder = new() { AcknowledgeImmediateWithin = TimeSpan.FromSeconds(10), Rungs = [new() { Name = "x", People = [new() { Person = "y" }] }] },
        }));
    }

    // 29 March 2026: in Madrid the clocks go from 2:00 to 3:00, and 9:00 there is 7:00 UTC; the day before it was 8:00 UTC.
    [Theory]
    [InlineData("2026-03-28T06:00:00Z", "2026-03-28T08:00:00Z")]
    [InlineData("2026-03-28T08:00:00Z", "2026-03-28T08:00:00Z")]
    [InlineData("2026-03-28T17:00:00Z", "2026-03-29T07:00:00Z")]
    [InlineData("2026-03-29T15:59:59Z", "2026-03-29T15:59:59Z")]
    public void Hours_AcrossTheChangeToSummerTime_AreWallClockHours(string at, string next)
    {
        var hours = WeekHours.TryRead("Europe/Madrid", new Dictionary<string, string> { ["Saturday"] = "09:00-18:00", ["Sunday"] = "09:00-18:00" }, out _)!;

        Assert.Equal(Instant(next), hours.NextWithin(Instant(at)));
    }

    [Fact]
    public void Hours_NoneGiven_AreAlwaysOpen_AndClosedDaysNever()
    {
        Assert.True(WeekHours.TryRead("UTC", new Dictionary<string, string>(), out _)!.Contains(Instant("2026-03-28T03:00:00Z")));
        Assert.Null(WeekHours.TryRead("UTC", new Dictionary<string, string> { ["Monday"] = "" }, out _)!.NextWithin(Instant("2026-03-28T03:00:00Z")));
    }

    private static EscalationSettings With(string trigger, TriggerSettings settings) => new() { Triggers = new(StringComparer.OrdinalIgnoreCase) { [trigger] = settings } };

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
