using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Coaching;
using DeEscalationBot.Core.Conversations;
using DeEscalationBot.Core.Escalation;
using DeEscalationBot.Core.Pipeline;
using DeEscalationBot.Core.Scoring;
using DeEscalationBot.Plugin.Playbook;

namespace DeEscalationBot.Core.Tests.Pipeline;

public sealed class ConversationTurnPipelineTests
{
    private static readonly DateTimeOffset Start = ScriptedConversation.Morning;
    private static readonly ConversationTurnPipeline Pipeline = new(
        new SignalOnlyScorer(ThePlaybook.Signals),
        PlaybookCoaching.ReadContext(ThePlaybook.Files),
        PlaybookDraftRules.ReadReviewer(ThePlaybook.Files),
        PlaybookCoaching.ReadSteps(ThePlaybook.Files),
        PlaybookCoaching.ReadCoach(ThePlaybook.Files, PlaybookParaphrase.ReadEngine(ThePlaybook.Files, ThePlaybook.Signals), AddressForm.Usted),
        PlaybookCoaching.ReadPolicy(ThePlaybook.Files, new EscalationSettings()));

    [Fact]
    public void Take_RepeatedMessageId_ChangesNothingAndGivesTheFirstOutcome()
    {
        var first = Pipeline.Take(Empty(), Customer("m1", "I want to speak to your manager"), Start);

        var again = Pipeline.Take(first.Conversation, Customer("m1", "other words entirely"), Start.AddHours(1));

        Assert.Empty(again.Events);
        Assert.Same(first.Conversation, again.Conversation);
        Assert.Equal(first.Outcome.Turn, again.Outcome.Turn);
        Assert.Equal(first.Outcome.Suggestion, again.Outcome.Suggestion);
        Assert.Equal(first.Outcome.Escalations, again.Outcome.Escalations);
    }

    [Fact]
    public void Take_ItsEventsApplied_GiveTheSameConversation()
    {
        var state = Empty();
        var log = new List<ConversationEvent>();
        foreach (var message in new[] { Customer("1", "I want to speak to your manager, third time I ask!!!"), Agent("2", "I'm sorry. I'll check with her and call you by 3 pm."), Customer("3", "you are useless") })
        {
            var result = Pipeline.Take(state, message, Start);
            state = result.Conversation;
            log.AddRange(result.Events);
        }

        var replayed = Empty().Apply(log);

        Assert.Equal(state.Sequence, replayed.Sequence);
        Assert.Equal(state.Tension, replayed.Tension);
        Assert.Equal(state.Alerts.Select(a => a.Id), replayed.Alerts.Select(a => a.Id));
        Assert.Equal(state.StepsDone, replayed.StepsDone);
    }

    [Fact]
    public void Take_SameTriggerAgain_RaisesNoSecondAlertAndNoSecondEscalation()
    {
        var first = Pipeline.Take(Empty(), Customer("1", "I want to speak to your manager"), Start);
        var second = Pipeline.Take(first.Conversation, Customer("2", "I said I want to speak to your manager"), Start);

        Assert.Equal(EscalationTrigger.T10, Assert.Single(first.Outcome.Escalations).Trigger);
        Assert.DoesNotContain(second.Outcome.Escalations, e => e.Trigger == EscalationTrigger.T10);
        Assert.Single(second.Conversation.Alerts, a => a.Trigger == EscalationTrigger.T10);
    }

    [Fact]
    public void Take_DangerToLifeBesideAnOpenAlert_IsAnAlertOfItsOwn()
    {
        var first = Pipeline.Take(Empty(), Customer("1", "I want to speak to your manager"), Start);
        var second = Pipeline.Take(first.Conversation, Customer("2", "I am going to kill myself tonight, I can't go on"), Start);

        Assert.Contains(second.Conversation.Alerts, a => a.Trigger == EscalationTrigger.T11 && a.Urgency == AlertUrgency.Immediate);
        Assert.Equal(2, second.Conversation.Alerts.Count);
    }

    [Fact]
    public void Take_AgentsMessage_MovesNoTension()
    {
        var angry = Pipeline.Take(Empty(), Customer("1", "you are useless idiots"), Start);
        var answered = Pipeline.Take(angry.Conversation, Agent("2", "I'm sorry that you waited. I'll check it now."), Start);

        Assert.Equal(angry.Conversation.Tension, answered.Conversation.Tension);
        Assert.Null(answered.Outcome.Turn.Score);
    }

    [Fact]
    public void Take_AnswerAfterALongWait_ShowsTheWait()
    {
        var asked = Pipeline.Take(Empty(), Customer("1", "Hello, when do you open?"), Start);
        var answered = Pipeline.Take(asked.Conversation, Agent("2", "At nine."), Start.AddMinutes(20));

        Assert.Equal((EscalationTrigger.T12, AlertUrgency.Supervisor), (answered.Outcome.Escalations[0].Trigger, answered.Outcome.Escalations[0].Urgency));
    }

    [Fact]
    public void CheckWaiting_AskedAgain_DoesNotRaiseTwice()
    {
        var asked = Pipeline.Take(Empty(), Customer("1", "Hello?"), Start).Conversation;
        var advised = asked.Apply(Pipeline.CheckWaiting(asked, Start.AddMinutes(6)));

        Assert.Single(advised.Alerts);
        Assert.Empty(Pipeline.CheckWaiting(advised, Start.AddMinutes(7)));
        Assert.Equal(AlertUrgency.Supervisor, advised.Apply(Pipeline.CheckWaiting(advised, Start.AddMinutes(16))).Alerts[0].Urgency);
    }

    [Fact]
    public void RequestHandover_AskedTwice_RaisesOneAlert()
    {
        var asked = Pipeline.Take(Empty(), Customer("1", "Hello?"), Start).Conversation;
        var once = asked.Apply(Pipeline.RequestHandover(asked, "Luis", Start));
        var twice = once.Apply(Pipeline.RequestHandover(once, "Luis", Start));

        Assert.Single(twice.Alerts);
        Assert.Contains("Luis", twice.Alerts[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Take_ShortMessage_TakesTheConversationsLanguage()
    {
        var first = Pipeline.Take(Empty(), Customer("1", "Buenos días, mi pedido no ha llegado"), Start);
        var second = Pipeline.Take(first.Conversation, Customer("2", "88213"), Start);

        Assert.Equal(MessageLanguage.Spanish, second.Outcome.Turn.Language);
    }

    private static Conversation Empty() => Conversation.Start(ConversationId.Create("c-1"));

    private static InboundMessage Customer(string id, string text) => new(MessageId.Create(id), SpeakerRole.Customer, text, Start);

    private static InboundMessage Agent(string id, string text) => new(MessageId.Create(id), SpeakerRole.Agent, text, Start);
}
