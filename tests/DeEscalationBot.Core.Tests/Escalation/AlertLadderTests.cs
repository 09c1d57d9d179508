using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Conversations;
using DeEscalationBot.Core.Escalation;

namespace DeEscalationBot.Core.Tests.Escalation;

/// <summary>Two minutes, ten minutes and one hour are the defaults of <see cref="LadderSettings"/>.</summary>
public sealed class AlertLadderTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly LadderSettings ThreeRungs = new() { Rungs = [new() { Name = "shift" }, new() { Name = "lead" }, new() { Name = "head" }] };

    [Fact]
    public void Unanswered_ClimbsToTheLastRungAndIsToldAgainAtGrowingIntervals()
    {
        var ladder = new AlertLadder(ThreeRungs);
        var state = Begin(AlertUrgency.Immediate, ladder);
        var told = new List<(int Rung, int Repeats, double Minutes)>();
        for (var i = 0; i < 9; i++)
        {
            var alert = state.Alerts[0];
            var due = alert.DueAt!.Value;
            Assert.False(AlertLadder.IsDue(alert, due.AddTicks(-1)));
            Assert.True(AlertLadder.IsDue(alert, due));
            var next = ladder.Next(alert, Nobody.Named, due);
            told.Add((next.Rung, next.Repeats, (next.DueAt - due).TotalMinutes));
            state = state.Apply(next);
        }

        Assert.Equal([(1, 0, 2), (2, 0, 2), (2, 1, 4), (2, 2, 8), (2, 3, 16), (2, 4, 32), (2, 5, 60), (2, 6, 60), (2, 7, 60)], told);
    }

    [Fact]
    public void Acknowledged_IsNeverDueAgain()
    {
        var state = Begin(AlertUrgency.Supervisor, new AlertLadder(ThreeRungs)).Apply(new AlertAcknowledged(Start, "alr_1", "eva"));

        Assert.False(AlertLadder.IsDue(state.Alerts[0], Start.AddYears(1)));
    }

    [Theory]
    [InlineData(-60, false)]
    [InlineData(-61, true)]
    public void ClockSetBack_TellsTooEarlyRatherThanNobody(int seconds, bool isDue) =>
        Assert.Equal(isDue, AlertLadder.IsDue(Begin(AlertUrgency.Supervisor, new AlertLadder(ThreeRungs)).Alerts[0], Start.AddSeconds(seconds)));

    [Fact]
    public void Hint_CallsNobody() => Assert.Null(new AlertLadder(ThreeRungs).FirstDue(AlertUrgency.Advise, Start));

    [Fact]
    public void NoRungs_IsOneThatIsToldAgain()
    {
        var ladder = new AlertLadder(new LadderSettings());
        var next = ladder.Next(Begin(AlertUrgency.Supervisor, ladder).Alerts[0], Nobody.Named, Start.AddMinutes(10));

        Assert.Equal((0, AlertLadder.OnlyRung, 1), (next.Rung, next.Name, next.Repeats));
    }

    [Fact]
    public void RungWithNobodyOnDuty_IsPassedOverForOneThatHasSomebody()
    {
        var rota = new SettingsRota(new EscalationSettings
        {
            Ladder = new LadderSettings
            {
                Rungs =
                [
                    new() { Name = "shift" },
                    new() { Name = "lead", People = [new() { Person = "Ana", Email = "ana@example.com", Hours = new() { ["Tuesday"] = "00:00-24:00" } }] },
                    new() { Name = "head", People = [new() { Person = "Luis", Email = "luis@example.com" }] },
                ],
            },
        });
        var ladder = new AlertLadder(ThreeRungs);
        var alert = Begin(AlertUrgency.Supervisor, ladder).Alerts[0];

        // Start is a Monday.
        Assert.Equal((2, "head", "Luis"), Of(ladder.Next(alert, rota, Start)));
        Assert.Equal((1, "lead", "Ana"), Of(ladder.Next(alert, rota, Start.AddDays(1))));
        Assert.Null(rota.OnDuty(0, Start));
        Assert.Empty(rota.OnDuty(1, Start)!);
        Assert.Equal(["ana@example.com"], rota.EmailsOf(1, Start.AddDays(1)));

        static (int, string, string) Of(AlertEscalated e) => (e.Rung, e.Name, Assert.Single(e.OnDuty));
    }

    private static Conversation Begin(AlertUrgency urgency, AlertLadder ladder) => Conversation.Start(ConversationId.Create("c")).Apply(new AlertRaised(
        Start, -1, new Alert("alr_1", EscalationTrigger.T10, urgency, AlertState.Raised, "because", Start, []) { ToldAt = Start, DueAt = ladder.FirstDue(urgency, Start) }));
}
