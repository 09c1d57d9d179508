using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Conversations;
using DeEscalationBot.Core.Scoring;

namespace DeEscalationBot.Core.Tests.Conversations;

public sealed class EarlySignsTests
{
    private const string Chatty = "Hola, muy buenas, les cuento con detalle lo que me pasa con la tablet nueva que compré";
    private const string Chatty2 = "Pues mire, la enciendo, aparece el logo y se queda ahí un buen rato sin hacer nada";

    [Fact]
    public void Of_TalkativeCustomerTurnsCurt_IsAChangeOfBehaviour()
    {
        var talk = new ScriptedConversation(MessageLanguage.Spanish).Customer(Chatty, FrustrationLevel.Calm).Customer(Chatty2, FrustrationLevel.Calm).Agent("Le he enviado una guía.").Customer("Ya.", FrustrationLevel.Calm);

        Assert.Contains(talk.Now.Turns[^1].EarlySigns, s => s.Kind == EarlySignKind.BehaviourChange);
    }

    [Fact]
    public void Of_CustomerWasAlwaysTerse_IsNoChange()
    {
        var talk = new ScriptedConversation(MessageLanguage.English).Customer("no signal", FrustrationLevel.Calm).Customer("iPhone", FrustrationLevel.Calm).Agent("Noted.").Customer("ok", FrustrationLevel.Calm);

        Assert.Empty(talk.Now.Turns[^1].EarlySigns);
    }

    [Fact]
    public void Of_ShortAnswerToAQuestion_IsAnAnswer()
    {
        var talk = new ScriptedConversation(MessageLanguage.Spanish).Customer(Chatty, FrustrationLevel.Calm).Customer(Chatty2, FrustrationLevel.Calm).Agent("¿Tiene el número de serie?").Customer("Sí.", FrustrationLevel.Calm);

        Assert.Empty(talk.Now.Turns[^1].EarlySigns);
    }

    [Fact]
    public void Of_FirstMessages_HaveNoBaseline()
    {
        var talk = new ScriptedConversation(MessageLanguage.English).Customer("A fairly long first message with quite a lot of words in it", FrustrationLevel.Calm).Customer("Hm.", FrustrationLevel.Calm);

        Assert.Empty(talk.Now.Turns[^1].EarlySigns);
    }

    [Theory]
    [InlineData(SignalType.Objection, EarlySignKind.RepeatedObjection)]
    [InlineData(SignalType.Postponement, EarlySignKind.RepeatedPostponement)]
    [InlineData(SignalType.Curtness, EarlySignKind.Coldness)]
    public void Of_SameSignOnTwoTurns_Counts(SignalType type, EarlySignKind kind)
    {
        var talk = new ScriptedConversation(MessageLanguage.English)
            .Customer("not that one", FrustrationLevel.Calm, (type, 0.8, "not"))
            .Agent("How about this?")
            .Customer("no, not that", FrustrationLevel.Calm, (type, 0.8, "not"));

        var sign = Assert.Single(talk.Now.Turns[^1].EarlySigns);
        Assert.Equal(kind, sign.Kind);
        Assert.Equal([0, 2], sign.Turns);
    }

    [Theory]
    [InlineData(SignalType.Objection)]
    [InlineData(SignalType.Postponement)]
    public void Of_SignOnOneTurn_IsNotYetOne(SignalType type)
    {
        var talk = new ScriptedConversation(MessageLanguage.Spanish).Customer("mejor otro día", FrustrationLevel.Calm, (type, 0.8, "mejor"));

        Assert.Empty(talk.Now.Turns[^1].EarlySigns);
    }
}
