using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Conversations;
using DeEscalationBot.Core.Escalation;

namespace DeEscalationBot.Core.Tests.Escalation;

/// <summary>The states and their names come from the contract.</summary>
public sealed class AlertLifeCycleTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void WholeLife_EachStepLeavesItsTraceAndItsTime()
    {
        var c = Step(Begin(), a => AlertLifeCycle.Deliver(a, "console", At.AddMinutes(1)));
        Assert.Equal((AlertState.Delivered, At.AddMinutes(1)), (Only(c).State, Only(c).DeliveredAt));
        c = Step(c, a => AlertLifeCycle.Acknowledge(a, "eva", At.AddMinutes(2)));
        Assert.Equal((AlertState.Acknowledged, "eva", At.AddMinutes(2), null), (Only(c).State, Only(c).AcknowledgedBy, Only(c).AcknowledgedAt, Only(c).DueAt));
        c = Step(c, a => AlertLifeCycle.Whisper(a, "eva", "offer a call", At.AddMinutes(3)));
        Assert.Equal(AlertState.Coached, Only(c).State);
        c = Step(c, a => AlertLifeCycle.TakeOver(a, "eva", At.AddMinutes(4)));
        Assert.Equal((AlertState.TakenOver, "eva"), (Only(c).State, Only(c).TakenOverBy));
        c = Step(c, a => AlertLifeCycle.Whisper(a, "eva", "I am on it", At.AddMinutes(5)));
        Assert.Equal(AlertState.TakenOver, Only(c).State);
        c = Step(c, a => AlertLifeCycle.Note(a, "leo", "third this week", At.AddMinutes(6)));
        c = Step(c, a => AlertLifeCycle.Resolve(a, "eva", "refunded", At.AddMinutes(7)));
        Assert.Equal((AlertState.Resolved, "refunded", At.AddMinutes(7)), (Only(c).State, Only(c).Resolution, Only(c).ClosedAt));
        Assert.Equal([("offer a call", true), ("I am on it", true), ("third this week", false)], Only(c).Notes.Select(n => (n.Text, n.IsWhisper)));
    }

    [Fact]
    public void Settled_TakesNoStepButANote()
    {
        var alert = Only(Step(Begin(), a => AlertLifeCycle.Dismiss(a, "eva", AlertDismissal.FalseAlarm, "irony", At)));

        Assert.Equal((AlertState.Dismissed, AlertDismissal.FalseAlarm, "irony", "eva"), (alert.State, alert.Dismissal, alert.Resolution, alert.AcknowledgedBy));
        Assert.Null(AlertLifeCycle.Deliver(alert, "console", At));
        Assert.Null(AlertLifeCycle.Acknowledge(alert, "leo", At));
        Assert.Null(AlertLifeCycle.TakeOver(alert, "leo", At));
        Assert.Null(AlertLifeCycle.Whisper(alert, "leo", "x", At));
        Assert.Null(AlertLifeCycle.Dismiss(alert, "leo", AlertDismissal.Other, null, At));
        Assert.Null(AlertLifeCycle.Resolve(alert, "leo", null, At));
        Assert.NotNull(AlertLifeCycle.Note(alert, "leo", "x", At));
    }

    [Fact]
    public void Acknowledge_TheFirstStays()
    {
        var c = Step(Begin(), a => AlertLifeCycle.Acknowledge(a, "eva", At));

        Assert.Null(AlertLifeCycle.Acknowledge(Only(c), "leo", At));
        Assert.Null(AlertLifeCycle.Deliver(Only(c), "console", At));
    }

    [Fact]
    public void MoreUrgentTrigger_OpensAnAcknowledgedAlertForEverybodyAgain()
    {
        var c = Step(Begin(), a => AlertLifeCycle.Acknowledge(a, "eva", At));
        c = c.Apply(new AlertJoined(At.AddMinutes(1), -1, "alr_1", new EscalationDecision(EscalationTrigger.T9, AlertUrgency.Immediate, "worse"), At.AddMinutes(3)));

        Assert.Equal((AlertState.Raised, AlertUrgency.Immediate, "worse", At.AddMinutes(3)), (Only(c).State, Only(c).Urgency, Only(c).Reason, Only(c).DueAt));
    }

    private static Alert Only(Conversation c) => Assert.Single(c.Alerts);

    private static Conversation Begin() => Conversation.Start(ConversationId.Create("c")).Apply(new AlertRaised(
        At, -1, new Alert("alr_1", EscalationTrigger.T10, AlertUrgency.Supervisor, AlertState.Raised, "because", At, []) { ToldAt = At, DueAt = At.AddMinutes(10) }));

    private static Conversation Step(Conversation c, Func<Alert, ConversationEvent?> step) => c.Apply(step(Only(c))!);
}
