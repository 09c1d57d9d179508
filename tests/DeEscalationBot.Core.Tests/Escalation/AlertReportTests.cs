using DeEscalationBot.Core.Escalation;

namespace DeEscalationBot.Core.Tests.Escalation;

/// <summary>Expected values are counted by hand from the alerts below.</summary>
public sealed class AlertReportTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Of_CountsWhatCalledSomebody()
    {
        Alert[] alerts =
        [
            Settled(EscalationTrigger.T1, 1),
            Settled(EscalationTrigger.T1, 2) with { State = AlertState.Dismissed, Dismissal = AlertDismissal.FalseAlarm },
            Settled(EscalationTrigger.T4, 9) with { Rung = 1 },
            Settled(EscalationTrigger.T4, 4) with { State = AlertState.Dismissed, Dismissal = AlertDismissal.Test },
            Raised(EscalationTrigger.T10) with { DueAt = At.AddMinutes(30) },
            Raised(EscalationTrigger.T10) with { DueAt = At.AddMinutes(90) },
            Raised(EscalationTrigger.T3) with { State = AlertState.Resolved, Wait = new AlertWait(AlertWaitCause.Recovery, At), ClosedAt = At },
            Raised(EscalationTrigger.T3) with { State = AlertState.Waiting },
            Raised(EscalationTrigger.T7) with { Urgency = AlertUrgency.Advise },
        ];

        var report = AlertReport.Of(alerts, At.AddHours(1));

        Assert.Equal((6, 1, 4, 2), (report.Raised, report.Withdrawn, report.Answered, report.Missed));
        Assert.Equal((TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(9)), (report.MedianToAnswer, report.NineInTenToAnswer));
        Assert.Equal(1.0 / 3, report.FalseAlarmRate!.Value, 9); // the test is no judgement
        Assert.Equal((1, 1), (report.Dismissals[AlertDismissal.FalseAlarm], report.Dismissals[AlertDismissal.Test]));
        Assert.Equal([EscalationTrigger.T1, EscalationTrigger.T3, EscalationTrigger.T4, EscalationTrigger.T10], report.ByTrigger.Select(t => t.Trigger));
        Assert.Equal(0.5, report.ByTrigger[0].FalseAlarmRate);
    }

    [Fact]
    public void Of_Nothing_SaysNothing()
    {
        var report = AlertReport.Of([], At);

        Assert.Equal((0, null, null), (report.Raised, report.MedianToAnswer, report.FalseAlarmRate));
    }

    private static Alert Raised(EscalationTrigger trigger) => new("alr_1", trigger, AlertUrgency.Supervisor, AlertState.Raised, "because", At, []);

    private static Alert Settled(EscalationTrigger trigger, int minutes) =>
        Raised(trigger) with { State = AlertState.Resolved, AcknowledgedBy = "eva", AcknowledgedAt = At.AddMinutes(minutes), ClosedAt = At.AddMinutes(minutes + 5) };
}
