using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Conversations;
using DeEscalationBot.Core.Escalation;
using DeEscalationBot.Core.Scoring;

namespace DeEscalationBot.Core.Tests.Conversations;

public sealed class ConversationTests
{
    [Fact]
    public void Apply_TurnOutOfOrder_IsADamagedRecord()
    {
        var talk = new ScriptedConversation(MessageLanguage.Spanish).Customer("hola", FrustrationLevel.Calm);
        var again = new TurnTaken(ScriptedConversation.Morning, talk.Now.Turns[0]);

        Assert.Throws<InvalidOperationException>(() => talk.Now.Apply(again));
    }

    [Fact]
    public void UnansweredSince_SeveralCustomerTurns_IsTheFirstAndEndsWithOurs()
    {
        var talk = new ScriptedConversation(MessageLanguage.English).Customer("hello", FrustrationLevel.Calm).Customer("anyone?", FrustrationLevel.Annoyed);
        Assert.Equal(ScriptedConversation.Morning, talk.Now.UnansweredSince);

        talk.Agent("Good morning.");
        Assert.Null(talk.Now.UnansweredSince);
    }

    [Fact]
    public void Apply_MoreUrgentTriggerJoinsAnAcknowledgedAlert_OpensItForEverybodyAgain()
    {
        var talk = new ScriptedConversation(MessageLanguage.Spanish).Customer("inútil", FrustrationLevel.Hostile).Decided(EscalationTrigger.T1, AlertUrgency.Supervisor);
        var alert = talk.Now.Alerts[0];
        var now = talk.Now
            .Apply(new AlertAcknowledged(ScriptedConversation.Morning, alert.Id, "Marta"))
            .Apply(new AlertJoined(ScriptedConversation.Morning, 0, alert.Id, new EscalationDecision(EscalationTrigger.T2, AlertUrgency.Immediate, "threat")));

        Assert.Equal(AlertState.Raised, now.Alerts[0].State);
        Assert.Equal(AlertUrgency.Immediate, now.Alerts[0].Urgency);
        Assert.Equal([EscalationTrigger.T2], now.Alerts[0].JoinedTriggers);
    }

    [Fact]
    public void Apply_SecondOpinion_StandsWithItsTurn_AndMovesNothing()
    {
        var talk = new ScriptedConversation(MessageLanguage.Spanish).Customer("nadie responde", FrustrationLevel.Frustrated).Agent("Lo siento.");
        var opinion = new SecondOpinion("service", OpinionUse.Beside, null, OpinionFailure.TooLate);
        var now = talk.Now.Apply(new SecondOpinionGiven(ScriptedConversation.Morning, 0, opinion));

        Assert.Equal(talk.Now.Turns[0].Score! with { Opinion = opinion }, now.Turns[0].Score);
        Assert.Equal((talk.Now.Tension, talk.Now.Trend, talk.Now.UnansweredSince), (now.Tension, now.Trend, now.UnansweredSince));
    }

    // An agent's turn has no score, and there is no turn before the first or after the last.
    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    [InlineData(2)]
    public void Apply_SecondOpinionOnNoCustomersTurn_IsADamagedRecord(int turn)
    {
        var talk = new ScriptedConversation(MessageLanguage.Spanish).Customer("hola", FrustrationLevel.Calm).Agent("Hola.");
        Assert.Throws<InvalidOperationException>(() =>
            talk.Now.Apply(new SecondOpinionGiven(ScriptedConversation.Morning, turn, new SecondOpinion("service", OpinionUse.Beside, null, OpinionFailure.Busy))));
    }

    [Fact]
    public void Apply_AlertOfAnotherRecord_IsADamagedRecord() =>
        Assert.Throws<InvalidOperationException>(() =>
            Conversation.Start(ConversationId.Create("c")).Apply(new AlertResolved(ScriptedConversation.Morning, "alr_x", "Marta", null)));
}
