using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Conversations;
using DeEscalationBot.Core.Scoring;
using DeEscalationBot.Plugin.Playbook;

namespace DeEscalationBot.Core.Tests.Conversations;

/// <summary>The context rules on the playbook as it ships. Expected confidences: docs of <see cref="SignalsInContext"/>'s rules (A8, T4, T12).</summary>
public sealed class SignalsInContextTests
{
    private const string Complaint = "La línea de casa no funciona desde ayer";
    private const string EnglishComplaint = "The line at home stopped working yesterday";

    private static readonly SignalsInContext Context = PlaybookCoaching.ReadContext(ThePlaybook.Files);

    [Theory]
    [InlineData("es", "Puedo ofrecerle un cupón de 10 euros.", "no")]
    [InlineData("es", "¿Quiere que le mandemos un técnico el martes?", "No gracias.")]
    [InlineData("es", "¿Te serviría un módem de reemplazo?", "ni hablar")]
    [InlineData("es", "Si querés te reembolso la mitad.", "nop")]
    [InlineData("es", "La entrega puede ser mañana por la tarde. Puedo agendarla ya.", "No, mañana no")]
    [InlineData("es", "¿Qué tal si le llamo el viernes?", "El viernes no!!")]
    [InlineData("en", "I can offer you a 10% voucher.", "No.")]
    [InlineData("en", "Would you like me to book an engineer for Tuesday?", "nope")]
    [InlineData("en", "Shall I send you a replacement?", "No thanks")]
    [InlineData("en", "How about Friday at 9?", "not Friday")]
    public void Read_BareRefusalOfOneOffer_IsAHint(string language, string offer, string answer) =>
        Assert.Equal(0.4, ConfidenceOf(SignalType.Objection, After(language, offer), answer));

    [Theory]
    [InlineData("es", "Puedo ofrecerle un cupón.", "no", "¿Prefiere que le devuelva la cuota?", "no")]
    [InlineData("en", "I can offer you a voucher.", "no", "Would you prefer a refund of the fee?", "nope")]
    public void Read_MoreOffersRefused_IsSurer(string language, string first, string no, string second, string again)
    {
        var talk = After(language, first);
        Refuse(talk, language, no, 0.4);
        talk.Agent(second);

        Assert.Equal(0.55, ConfidenceOf(SignalType.Objection, talk, again));

        Refuse(talk, language, again, 0.55);
        talk.Agent(first);
        Assert.Equal(0.75, ConfidenceOf(SignalType.Objection, talk, no));

        Refuse(talk, language, no, 0.75);
        talk.Agent(second);
        Assert.Equal(0.75, ConfidenceOf(SignalType.Objection, talk, again));
    }

    [Theory]
    [InlineData("es", "Puedo ofrecerle un cupón o un mes gratis.", "tampoco")]
    [InlineData("en", "I can offer you a voucher or a free month.", "neither")]
    public void Read_RefusalThatTellsOfAnEarlierOne_CountsTwo(string language, string offer, string answer) =>
        Assert.Equal(0.55, ConfidenceOf(SignalType.Objection, After(language, offer), answer));

    [Theory]
    [InlineData("es", "¿Tiene el cable conectado?", "no")]
    [InlineData("es", "¿Reiniciaste el módem?", "No.")]
    [InlineData("es", "Confirmame si tenés la luz roja", "no")]
    [InlineData("es", "Puedo mandarle un técnico. ¿Tiene el cable conectado?", "no")]
    [InlineData("es", "Perfecto. ¿Algo más en lo que le pueda ayudar?", "no gracias")]
    [InlineData("en", "Did you restart it?", "no")]
    [InlineData("en", "did you restart the router", "nope")]
    [InlineData("en", "Is the light on the box green?", "No.")]
    [InlineData("en", "I can send an engineer. Is the cable plugged in?", "no")]
    [InlineData("en", "Great. Is there anything else I can help with?", "no thanks")]
    public void Read_NoToAPlainQuestion_IsAnAnswer(string language, string question, string answer)
    {
        var talk = After(language, question);

        Assert.Null(ConfidenceOf(SignalType.Objection, talk, answer));
        Assert.Null(ConfidenceOf(SignalType.Objection, talk, answer, (SignalType.Objection, 0.99, answer.TrimEnd('.'))));
    }

    [Theory]
    [InlineData("es", "Lamento lo ocurrido.", "no")]
    [InlineData("en", "I'm sorry to hear that.", "no")]
    public void Read_NoWithoutOfferOrQuestion_IsLeftToTheScorer(string language, string agent, string answer)
    {
        Assert.Null(ConfidenceOf(SignalType.Objection, After(language, agent), answer));
        Assert.Equal(0.6, ConfidenceOf(SignalType.Objection, After(language, agent), answer, (SignalType.Objection, 0.6, answer)));
    }

    [Theory]
    [InlineData("es", "¿Tiene el cable conectado?", "No, y no me sirve otro técnico", "no me sirve")]
    [InlineData("en", "Is the cable plugged in?", "No, and I don't want another engineer", "don't want another engineer")]
    public void Read_ObjectionInWordsOfItsOwn_Stays(string language, string question, string answer, string words) =>
        Assert.Equal(0.8, ConfidenceOf(SignalType.Objection, After(language, question), answer, (SignalType.Objection, 0.8, words)));

    [Theory]
    [InlineData("es", "Puedo ofrecerle un cupón.", "no sé, ¿de cuánto es?")]
    [InlineData("es", "Puedo ofrecerle un cupón.", "No hay problema, lo acepto")]
    [InlineData("en", "I can offer you a voucher.", "no problem, thank you")]
    [InlineData("en", "I can offer you a voucher.", "No idea what that is, how much?")]
    public void Read_NoThatRefusesNothing_IsNoObjection(string language, string offer, string answer) =>
        Assert.Null(ConfidenceOf(SignalType.Objection, After(language, offer), answer));

    [Fact]
    public void Read_OneOfferRefused_TakesAScorersCertaintyDown() =>
        Assert.Equal(0.4, ConfidenceOf(SignalType.Objection, After("en", "I can offer you a voucher."), "no", (SignalType.Objection, 0.99, "no")));

    [Theory]
    [InlineData("es", "Listo, ya está solucionado.", "se cayó otra vez la conexión de la oficina", 0.75)]
    [InlineData("es", "Lo reviso ahora.", "otra vez", 0.6)]
    [InlineData("es", "Lo reviso ahora.", "pues se fue la línea de nuevo y así no hay quien trabaje", 0.6)]
    [InlineData("es", "Lo reviso ahora.", "pues me cambiaron el asiento de nuevo y sin decirme nada", null)]
    [InlineData("es", "Lo reviso ahora.", "ahora tampoco funciona la otra, se cortó de nuevo mientras hablaba", 0.6)]
    [InlineData("en", "That's been fixed on our side.", "and it has dropped again while I was on a call", 0.75)]
    [InlineData("en", "I'm looking into it.", "it dropped again", 0.6)]
    [InlineData("en", "I'm looking into it.", "it stopped again while I was on a call with them", 0.6)]
    [InlineData("en", "I'm looking into it.", "so they moved my seat again without a word to me", null)]
    public void Read_Again_NeedsTroubleBefore(string language, string agent, string text, double? expected) =>
        Assert.Equal(expected, ConfidenceOf(SignalType.RepeatContact, After(language, agent), text));

    [Theory]
    [InlineData("es", "gracias otra vez")]
    [InlineData("es", "lo intento de nuevo")]
    [InlineData("es", "¿me lo puede mandar de nuevo?")]
    [InlineData("es", "ya funciona otra vez")]
    [InlineData("es", "¿Y si mañana otra vez lo mismo?")]
    [InlineData("es", "como la otra vez")]
    [InlineData("en", "thanks again")]
    [InlineData("en", "can you send it again?")]
    [InlineData("en", "I'll try again")]
    [InlineData("en", "it's working again")]
    [InlineData("en", "what if it drops again?")]
    public void Read_AgainThatTellsOfNoTrouble_IsTakenBack(string language, string text)
    {
        var again = Array.Find(["otra vez", "de nuevo", "again"], w => text.Contains(w, StringComparison.Ordinal))!;
        var talk = After(language, language == "es" ? "Listo, ya está solucionado." : "That's been fixed now.");

        Assert.Null(ConfidenceOf(SignalType.RepeatContact, talk, text));
        Assert.Null(ConfidenceOf(SignalType.RepeatContact, talk, text, (SignalType.RepeatContact, 0.86, again)));
    }

    [Theory]
    [InlineData("es", "ya no funciona otra vez")]
    [InlineData("en", "it's not working again")]
    public void Read_AgainUnderNegation_IsTroubleStill(string language, string text) =>
        Assert.Equal(0.6, ConfidenceOf(SignalType.RepeatContact, After(language, language == "es" ? "Lo reviso ahora." : "I'm looking into it."), text));

    [Fact]
    public void Read_AgainBeforeAnybodyAnswered_IsLeftToTheScorer()
    {
        var talk = new ScriptedConversation(MessageLanguage.Spanish).Customer(Complaint, FrustrationLevel.Annoyed);

        Assert.Null(ConfidenceOf(SignalType.RepeatContact, talk, "otra vez"));
    }

    [Theory]
    [InlineData("es", "No me ha llegado el pedido 88213 de la semana pasada", "Su pedido está en tránsito, por favor espere.", "¡No me ha llegado el pedido 88213 de la semana pasada!")]
    [InlineData("en", "My parcel 88213 from last week has not arrived", "Your parcel is in transit, please wait.", "MY PARCEL 88213 from last week has NOT arrived")]
    public void Read_SameMessageAfterAnAnswer_IsRepeatContactAndAHintOfUnheard(string language, string text, string answer, string again)
    {
        var talk = Talk(language).Customer(text, FrustrationLevel.Calm).Agent(answer);

        Assert.Equal(0.7, ConfidenceOf(SignalType.RepeatContact, talk, again));
        Assert.Equal(0.45, ConfidenceOf(SignalType.Unheard, talk, again));

        talk.Customer(again, FrustrationLevel.Annoyed).Agent(answer);
        Assert.Equal(0.6, ConfidenceOf(SignalType.Unheard, talk, again));
    }

    [Theory]
    [InlineData("es", "No me ha llegado el pedido 88213 de ayer", "Su pedido está en camino.", "No me ha llegado el pedido 90001 de ayer")] // another matter
    [InlineData("es", "No me ha llegado el pedido 88213 de ayer", "un momento", "No me ha llegado el pedido 88213 de ayer")] // no answer yet
    [InlineData("es", "No me ha llegado el pedido 88213 de ayer", "¿Me lo repite, por favor? Se cortó el chat.", "No me ha llegado el pedido 88213 de ayer")] // was asked to
    [InlineData("es", "ok gracias", "De nada, que tenga buen día.", "ok gracias")] // a stock phrase
    [InlineData("en", "My parcel 88213 has not arrived", "Your parcel is on its way.", "My parcel 90001 has not arrived")]
    [InlineData("en", "My parcel 88213 has not arrived", "Could you say that again, please? We were cut off.", "My parcel 88213 has not arrived")]
    [InlineData("en", "My parcel 88213 has not arrived", "Your parcel is on its way.", "When will it be here then, roughly?")]
    public void Read_OtherMessages_AreNotSaidTwice(string language, string text, string answer, string next)
    {
        var talk = Talk(language).Customer(text, FrustrationLevel.Calm).Agent(answer);

        Assert.Null(ConfidenceOf(SignalType.RepeatContact, talk, next));
        Assert.Null(ConfidenceOf(SignalType.Unheard, talk, next));
    }

    [Theory]
    [InlineData("es", "¿Hola??")]
    [InlineData("es", "sigo aquí")]
    [InlineData("es", "hola, ¿hay alguien?")]
    [InlineData("es", "¿seguís ahí?")]
    [InlineData("en", "hello??")]
    [InlineData("en", "still here")]
    [InlineData("en", "hi, are you there?")]
    [InlineData("en", "??")]
    public void Read_CallIntoSilence_IsWaitingByTheClock(string language, string text)
    {
        // The marks of T12 (escalation settings): 5 and 15 minutes, and a second too early.
        var talk = Talk(language).Customer(language == "es" ? Complaint : EnglishComplaint, FrustrationLevel.Calm);

        Assert.Null(ConfidenceOf(SignalType.Waiting, talk, text, waited: TimeSpan.FromMinutes(5) - TimeSpan.FromSeconds(1)));
        Assert.Equal(0.6, ConfidenceOf(SignalType.Waiting, talk, text, waited: TimeSpan.FromMinutes(5)));
        Assert.Equal(0.75, ConfidenceOf(SignalType.Waiting, talk, text, waited: TimeSpan.FromMinutes(15)));
    }

    [Theory]
    [InlineData("es", "hola, quería preguntar otra cosa")]
    [InlineData("es", "¿y mañana?")]
    [InlineData("en", "hello, one more question about the bill")]
    [InlineData("en", "ok")]
    public void Read_OtherWordsAfterSilence_AreNotWaiting(string language, string text) =>
        Assert.Null(ConfidenceOf(SignalType.Waiting, After(language, "ok"), text, waited: TimeSpan.FromHours(1)));

    [Fact]
    public void Read_ClockRunsBackwards_CountsAsNoTime() =>
        Assert.Null(ConfidenceOf(SignalType.Waiting, After("en", "One moment."), "hello??", waited: TimeSpan.FromHours(-2)));

    [Theory]
    [InlineData("es", "¿Desde cuándo está sin luz?", "desde las seis de la mañana", null)]
    [InlineData("es", "¿Cuánto tiempo lleva esperando?", "desde las seis de la mañana", 0.7)]
    [InlineData("es", "Lo reviso ahora.", "desde las seis de la mañana", 0.7)]
    [InlineData("en", "Since when has it been down?", "since six this morning", null)]
    [InlineData("en", "How long have you been waiting?", "since six this morning", 0.7)]
    public void Read_TimeThatWasAskedFor_IsNotWaiting(string language, string question, string answer, double? expected) =>
        Assert.Equal(expected, ConfidenceOf(SignalType.Waiting, After(language, question), answer, (SignalType.Waiting, 0.7, answer)));

    [Theory]
    [InlineData("no")]
    [InlineData("¿Hola??")]
    [InlineData("again")]
    [InlineData("")]
    public void Read_FirstMessage_StaysAsScored(string text)
    {
        var score = ScriptedConversation.Score(MessageLanguage.Spanish, text, FrustrationLevel.Calm);

        Assert.Same(score, Context.Read(Conversation.Start(ConversationId.Create("new")), text, ScriptedConversation.Morning, score));
    }

    [Theory]
    [InlineData("es", "Puedo ofrecerle un cupón.", "Mire…  NO, gracias.  No.")]
    [InlineData("en", "I can offer you a voucher.", "\u200bno \ud83d\ude21")]
    public void Read_WhateverItGives_HasEvidenceCutFromTheText(string language, string offer, string text)
    {
        var score = ScriptedConversation.Score(LanguageOf(language), text, FrustrationLevel.Calm);
        var read = Context.Read(After(language, offer).Now, text, ScriptedConversation.Morning, score);

        var signal = Assert.Single(read.Signals);
        Assert.All(signal.Evidence, e => Assert.Equal(text.Substring(e.Start, e.Length), e.Text));
        Assert.Equal((score.Level, score.Frustration), (read.Level, read.Frustration));
    }

    [Fact]
    public void Read_WallOfText_IsReadInReasonableTime()
    {
        var talk = Talk("en");
        for (var i = 0; i < SignalsInContext.TurnsLookedBack; i++)
        {
            talk.Customer(string.Concat(Enumerable.Repeat("no again hello ", 500)), FrustrationLevel.Calm).Agent("I can offer you a voucher. " + new string('?', 2000));
        }

        var text = string.Concat(Enumerable.Repeat("no no again ?? ", MessageText.MaxLength / 15));
        var read = Context.Read(talk.Now, text, ScriptedConversation.Morning.AddDays(1), ScriptedConversation.Score(MessageLanguage.English, text, FrustrationLevel.Calm));

        Assert.All(read.Signals, s => Assert.NotEmpty(s.Evidence));
    }

    private static MessageLanguage LanguageOf(string code) => code == "es" ? MessageLanguage.Spanish : MessageLanguage.English;

    private static ScriptedConversation Talk(string language) => new(LanguageOf(language));

    private static ScriptedConversation After(string language, string agent) =>
        Talk(language).Customer(language == "es" ? Complaint : EnglishComplaint, FrustrationLevel.Annoyed).Agent(agent);

    private static void Refuse(ScriptedConversation talk, string language, string text, double confidence)
    {
        Assert.Equal(confidence, ConfidenceOf(SignalType.Objection, talk, text));
        talk.Customer(text, FrustrationLevel.Calm, (SignalType.Objection, confidence, text));
        Assert.Equal(LanguageOf(language), talk.Now.Language);
    }

    private static double? ConfidenceOf(SignalType type, ScriptedConversation talk, string text, params (SignalType Type, double Confidence, string Words)[] scored) =>
        ConfidenceOf(type, talk, text, TimeSpan.FromMinutes(1), scored);

    private static double? ConfidenceOf(SignalType type, ScriptedConversation talk, string text, TimeSpan waited, params (SignalType Type, double Confidence, string Words)[] scored)
    {
        var score = ScriptedConversation.Score(talk.Now.Language, text, FrustrationLevel.Calm, scored);
        return Context.Read(talk.Now, text, talk.Now.Turns[^1].At + waited, score).Find(type)?.Confidence.Value;
    }
}
