using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Conversations;
using DeEscalationBot.Core.Scoring;

namespace DeEscalationBot.Core.Tests.Conversations;

/// <summary>Limits are those of the documentation of <see cref="FollowUps"/>; the reminder comes one hour before by default.</summary>
public sealed class FollowUpsTests
{
    private static readonly DateTimeOffset Now = ScriptedConversation.Morning;
    private static readonly FollowUpSettings Defaults = new();

    [Fact]
    public void Life_PlannedRemindedMissedMovedDone()
    {
        var c = Apply(Begun(), Plan("  el almacén\n responde mañana ", Now.AddHours(5)), Now);
        var planned = Assert.Single(c.FollowUps);
        Assert.Equal(("el almacén responde mañana", Now.AddHours(4), "ana", FollowUpState.Open), (planned.Reason, planned.RemindAt, planned.By, planned.State));
        Assert.Equal(Now.AddHours(4), planned.DueAt);

        Assert.Empty(Look(c, Now.AddHours(4).AddTicks(-1)));
        c = c.Apply(Look(c, Now.AddHours(4)));
        Assert.Equal((Now.AddHours(4), Now.AddHours(5)), (c.FollowUps[0].RemindedAt, c.FollowUps[0].DueAt));
        Assert.Empty(Look(c, Now.AddHours(5).AddTicks(-1)));
        Assert.False(c.FollowUps[0].IsOverdue(Now.AddHours(5).AddTicks(-1)));
        c = c.Apply(Look(c, Now.AddHours(5)));
        Assert.True(c.FollowUps[0].IsOverdue(Now.AddHours(5)));
        Assert.Null(c.FollowUps[0].DueAt);
        Assert.Empty(Look(c, Now.AddDays(9)));

        c = Apply(c, new FollowUpChange(FollowUpMove.Move, planned.Id, null, Now.AddDays(2)), Now.AddHours(6));
        Assert.Equal(("el almacén responde mañana", 1, Now.AddDays(2).AddHours(-1)), (c.FollowUps[0].Reason, c.FollowUps[0].Moves, c.FollowUps[0].DueAt));
        c = Apply(c, new FollowUpChange(FollowUpMove.Done, planned.Id), Now.AddDays(1));
        Assert.Equal((FollowUpState.Done, "ana"), (c.FollowUps[0].State, c.FollowUps[0].ClosedBy));
        Assert.Null(c.FollowUps[0].DueAt);
        Assert.False(c.FollowUps[0].IsOverdue(Now.AddDays(3)));
    }

    // While the host was down the reminder and the date both passed: it is said once that the date has.
    [Fact]
    public void Look_WhenBothHavePassed_SaysItOnce()
    {
        var c = Apply(Begun(), Plan("later", Now.AddHours(5)), Now);

        Assert.IsType<FollowUpMissed>(Assert.Single(Look(c, Now.AddDays(1))));
        Assert.Empty(Look(c.Apply(Look(c, Now.AddDays(1))), Now.AddDays(2)));
    }

    // Nobody knows whether the clock is right: the agent is reminded, and nothing is called missed.
    [Fact]
    public void Look_ByAClockThatNobodyVouchesFor_RemindsAndCallsNothingMissed()
    {
        var c = Apply(Begun(), Plan("later", Now.AddHours(5)), Now);

        c = c.Apply(FollowUps.Look(c, Now.AddDays(2), vouchedFor: null));
        Assert.Equal((Now.AddDays(2), null), (c.FollowUps[0].RemindedAt, c.FollowUps[0].MissedAt));
        Assert.False(c.FollowUps[0].IsOverdue(Now.AddDays(2)));
        Assert.Empty(FollowUps.Look(c, Now.AddDays(2), vouchedFor: null));

        // A node whose clock is right asks one whose clock is not: the earlier of the two counts.
        Assert.Empty(FollowUps.Look(c, Now.AddDays(2), vouchedFor: Now.AddHours(1)));
        Assert.IsType<FollowUpMissed>(Assert.Single(FollowUps.Look(c, Now.AddDays(2), vouchedFor: Now.AddDays(2))));
    }

    // The clock jumps ahead by two days, everything is said, and it is put right: nothing of it counts, and both come when it is time.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Look_WhenTheClockIsSetBack_TakesBackWhatItSaid_AndSaysItWhenItIsTime(bool isVouchedFor)
    {
        var c = Apply(Begun(), Plan("later", Now.AddHours(5)), Now);
        c = c.Apply(FollowUps.Look(c, Now.AddDays(2), isVouchedFor ? Now.AddDays(2) : null));

        Assert.False(c.FollowUps[0].IsOverdue(Now.AddMinutes(1)));
        Assert.IsType<FollowUpRewound>(Assert.Single(Look(c, Now.AddMinutes(1))));
        c = c.Apply(Look(c, Now.AddMinutes(1)));
        Assert.Equal((null, null, Now.AddHours(4)), (c.FollowUps[0].RemindedAt, c.FollowUps[0].MissedAt, c.FollowUps[0].DueAt));
        Assert.Empty(Look(c, Now.AddMinutes(2)));

        c = c.Apply(Look(c, Now.AddHours(4)));
        Assert.Equal(Now.AddHours(4), c.FollowUps[0].RemindedAt);
        c = c.Apply(Look(c, Now.AddHours(5)));
        Assert.True(c.FollowUps[0].IsOverdue(Now.AddHours(5)));
    }

    // Set back to a time at which it is true all the same.
    [Fact]
    public void Look_WhenTheClockIsSetBackABit_SaysAgainWhatIsStillTrue()
    {
        var c = Apply(Begun(), Plan("later", Now.AddHours(5)), Now);
        c = c.Apply(Look(c, Now.AddDays(2)));

        Assert.Equal([typeof(FollowUpRewound), typeof(FollowUpMissed)], Look(c, Now.AddDays(1)).Select(e => e.GetType()));
        c = c.Apply(Look(c, Now.AddDays(1)));
        Assert.Empty(Look(c, Now.AddDays(1)));
        Assert.Empty(Look(c, Now.AddDays(1) - FollowUps.ClockTolerance));
    }

    // A clock is set right by minutes: nobody is told that what was right was wrong.
    [Theory]
    [InlineData(4, 2)]
    [InlineData(4, 30)]
    [InlineData(5, 2)]
    [InlineData(5, 60)]
    public void Look_WhenTheClockIsSetBackByLittle_AndWhatItSaidHolds_TakesNothingBack(int hours, int minutesBack)
    {
        var c = Apply(Begun(), Plan("later", Now.AddHours(5)), Now);
        var said = Now.AddHours(hours).AddMinutes(minutesBack);
        c = c.Apply(Look(c, said));

        Assert.Empty(Look(c, said.AddMinutes(-minutesBack)));
        Assert.True(c.FollowUps[0].WasTold);
    }

    [Fact]
    public void Look_WhenTheClockIsSetBackByLittle_BehindTheDate_TakesItBack()
    {
        var c = Apply(Begun(), Plan("later", Now.AddHours(5)), Now);
        c = c.Apply(Look(c, Now.AddHours(5)));

        Assert.Equal([typeof(FollowUpRewound), typeof(FollowUpReminded)], Look(c, Now.AddHours(5).AddMinutes(-2)).Select(e => e.GetType()));
    }

    [Fact]
    public void Plan_NearerThanTheReminder_RemindsAtHalfOfTheTime() =>
        Assert.Equal(Now.AddMinutes(10), Apply(Begun(), Plan("soon", Now.AddMinutes(20)), Now).FollowUps[0].RemindAt);

    [Fact]
    public void Plan_TwiceTheSame_IsOnePromise()
    {
        var c = Apply(Begun(), Plan("later", Now.AddHours(5)), Now);

        Assert.Equal(([], FollowUpProblem.None), Decide(c, Plan("later", Now.AddHours(5))));
    }

    // Several promises may be due at the same time, and one of them may be closed.
    [Fact]
    public void PlannedBy_OfSeveralWithTheSameDate_IsTheOpenOneOfThatReason()
    {
        var at = Now.AddHours(5);
        var c = Apply(Apply(Apply(Begun(), Plan("bank", at), Now), Plan("warehouse", at), Now), Plan("courier", at), Now);

        Assert.Equal(c.FollowUps[1].Id, FollowUps.PlannedBy(c, Plan(" warehouse ", at))?.Id);
        c = Apply(c, new FollowUpChange(FollowUpMove.Cancel, c.FollowUps[1].Id), Now);
        Assert.Null(FollowUps.PlannedBy(c, Plan("warehouse", at)));
        c = Apply(c, Plan("warehouse", at.ToOffset(TimeSpan.FromHours(1))), Now);
        Assert.Equal(c.FollowUps[3].Id, FollowUps.PlannedBy(c, Plan("warehouse", at))!.Id);
    }

    [Theory]
    [InlineData(300, 1, 0, FollowUpProblem.None)]
    [InlineData(301, 1, 0, FollowUpProblem.Reason)]
    [InlineData(0, 1, 0, FollowUpProblem.Reason)]
    [InlineData(5, 0, 0, FollowUpProblem.Date)]
    [InlineData(5, 366L * 24 * 3600, 0, FollowUpProblem.None)]
    [InlineData(5, (366L * 24 * 3600) + 1, 0, FollowUpProblem.Date)]
    [InlineData(5, 60, -1, FollowUpProblem.Reminder)]
    [InlineData(5, 60, 366L * 24 * 3600, FollowUpProblem.None)]
    [InlineData(5, 60, (366L * 24 * 3600) + 1, FollowUpProblem.Reminder)]
    public void Plan_AtTheLimits(int letters, long seconds, long remindSeconds, FollowUpProblem problem) => Assert.Equal(
        problem,
        Decide(Begun(), new FollowUpChange(FollowUpMove.Plan, null, new string('x', letters), Now.AddSeconds(seconds), TimeSpan.FromSeconds(remindSeconds))).Problem);

    [Fact]
    public void Plan_OneMoreThanTheMost_IsRefused()
    {
        var c = Begun();
        for (var i = 0; i < FollowUps.MostOpen; i++)
        {
            c = Apply(c, Plan($"r{i}", Now.AddHours(5)), Now);
        }

        Assert.Equal(FollowUpProblem.TooMany, Decide(c, Plan("one more", Now.AddHours(5))).Problem);
        c = Apply(c, new FollowUpChange(FollowUpMove.Cancel, c.FollowUps[3].Id), Now);
        Assert.Equal(FollowUpProblem.None, Decide(c, Plan("one more", Now.AddHours(5))).Problem);
    }

    [Fact]
    public void Change_OfWhatIsClosedOrGone_SaysSo()
    {
        var c = Apply(Begun(), Plan("later", Now.AddHours(5)), Now);
        var id = c.FollowUps[0].Id;
        Assert.Equal(FollowUpProblem.NotFound, Decide(c, new FollowUpChange(FollowUpMove.Done, "gone")).Problem);
        Assert.Equal(FollowUpProblem.NotFound, Decide(Conversation.Start(ConversationId.Create("empty")), Plan("later", Now.AddHours(1))).Problem);

        c = Apply(c, new FollowUpChange(FollowUpMove.Cancel, id), Now);
        Assert.Equal(FollowUpProblem.Closed, Decide(c, new FollowUpChange(FollowUpMove.Move, id, null, Now.AddHours(9))).Problem);
        Assert.Equal(FollowUpProblem.Closed, Decide(c, new FollowUpChange(FollowUpMove.Done, id)).Problem);
        Assert.Equal(([], FollowUpProblem.None), Decide(c, new FollowUpChange(FollowUpMove.Cancel, id)));
    }

    // By a clock that is certain.
    private static IReadOnlyList<ConversationEvent> Look(Conversation c, DateTimeOffset now) => FollowUps.Look(c, now, now);

    private static FollowUpChange Plan(string reason, DateTimeOffset at) => new(FollowUpMove.Plan, null, reason, at);

    private static (IReadOnlyList<ConversationEvent> Events, FollowUpProblem Problem) Decide(Conversation c, FollowUpChange change) => FollowUps.Decide(c, change, "ana", Defaults, Now);

    private static Conversation Apply(Conversation c, FollowUpChange change, DateTimeOffset now)
    {
        var (events, problem) = FollowUps.Decide(c, change, "ana", Defaults, now);
        Assert.Equal(FollowUpProblem.None, problem);
        return c.Apply(events);
    }

    private static Conversation Begun() => new ScriptedConversation(MessageLanguage.Spanish).Customer("no llega", FrustrationLevel.Annoyed).Now;
}
