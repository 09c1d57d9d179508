using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Coaching;
using DeEscalationBot.Core.Coaching.DraftReview;
using DeEscalationBot.Core.Conversations;
using DeEscalationBot.Core.Scoring;
using DeEscalationBot.Core.Scoring.Text;
using DeEscalationBot.Plugin.Playbook;

namespace DeEscalationBot.Core.Tests.Coaching;

/// <summary>The steps are those of A10; every text is what an agent might write, not what the playbook proposes.</summary>
public sealed class StepRecognizerTests
{
    private static readonly StepRecognizer Steps = PlaybookCoaching.ReadSteps(ThePlaybook.Files);

    [Theory]
    [InlineData(ConversationStep.Listen, "Cuénteme más sobre lo que vio en la pantalla.")]
    [InlineData(ConversationStep.Listen, "¿Podría explicarme desde cuándo le pasa?")]
    [InlineData(ConversationStep.Listen, "Me gustaría entender bien qué ocurrió, ¿me ayuda?")]
    [InlineData(ConversationStep.Repeat, "Si le he entendido bien, el paquete llegó abierto. ¿Es así?")]
    [InlineData(ConversationStep.Repeat, "Entonces lleva dos semanas sin servicio.")]
    [InlineData(ConversationStep.Repeat, "A ver si lo he entendido: la factura sube y nadie avisó.")]
    [InlineData(ConversationStep.Thank, "Gracias por contármelo con tanto detalle.")]
    [InlineData(ConversationStep.Thank, "Le agradezco la paciencia.")]
    [InlineData(ConversationStep.Explain, "Voy a revisar la línea y a abrir una incidencia.")]
    [InlineData(ConversationStep.Explain, "Ya he pedido el reembolso a contabilidad.")]
    [InlineData(ConversationStep.Explain, "Lo siguiente es comprobar la dirección con el mensajero.")]
    [InlineData(ConversationStep.FollowUp, "Le escribo mañana a las 10 con lo que sepa.")]
    [InlineData(ConversationStep.FollowUp, "Mañana le llamo para contarle cómo va.")]
    [InlineData(ConversationStep.FollowUp, "Tendrá una respuesta por correo antes de las 18.")]
    [InlineData(ConversationStep.Sincere, "Siento que se haya quedado sin línea todo el fin de semana.")]
    [InlineData(ConversationStep.Sincere, "Tiene razón, fue un error nuestro.")]
    [InlineData(ConversationStep.Sincere, "Todavía no sé por qué ha pasado, y no le puedo dar una fecha.")]
    public void Recognize_SpanishWords_FindsTheStep(ConversationStep step, string text) => Assert.Contains(step, Of(MessageLanguage.Spanish, text));

    [Theory]
    [InlineData(ConversationStep.Listen, "Could you tell me what you saw on the screen?")]
    [InlineData(ConversationStep.Listen, "I'd like to understand what happened first.")]
    [InlineData(ConversationStep.Repeat, "If I understand correctly, the parcel arrived open. Is that right?")]
    [InlineData(ConversationStep.Repeat, "So you've been without service for two weeks.")]
    [InlineData(ConversationStep.Repeat, "Let me make sure I have it: the bill went up and nobody told you.")]
    [InlineData(ConversationStep.Thank, "Thank you for explaining it in such detail.")]
    [InlineData(ConversationStep.Thank, "I really appreciate your patience.")]
    [InlineData(ConversationStep.Explain, "I'll check the line and open a ticket.")]
    [InlineData(ConversationStep.Explain, "I've already asked billing for the refund.")]
    [InlineData(ConversationStep.FollowUp, "I'll email you by 3 pm with what I find.")]
    [InlineData(ConversationStep.FollowUp, "You'll hear from me tomorrow.")]
    [InlineData(ConversationStep.Sincere, "I'm sorry you were left without a line all weekend.")]
    [InlineData(ConversationStep.Sincere, "You're right, that was our mistake.")]
    [InlineData(ConversationStep.Sincere, "I don't know yet why it happened, and I can't promise a date.")]
    public void Recognize_EnglishWords_FindsTheStep(ConversationStep step, string text) => Assert.Contains(step, Of(MessageLanguage.English, text));

    [Theory]
    [InlineData(MessageLanguage.Spanish, "Buenos días, soy Marta.")]
    [InlineData(MessageLanguage.Spanish, "Gracias por su compra.")]
    [InlineData(MessageLanguage.Spanish, "La oficina abre de 9 a 18.")]
    [InlineData(MessageLanguage.English, "Good morning, this is Marta.")]
    [InlineData(MessageLanguage.English, "Thank you for your order.")]
    [InlineData(MessageLanguage.English, "Our office is open from 9 to 6.")]
    public void Recognize_PlainTalk_DoesNoStep(MessageLanguage language, string text) => Assert.Empty(Of(language, text));

    [Fact]
    public void Recognize_CustomersOwnFactsSaidBack_IsRepeatWithoutAnyFormula()
    {
        var talk = new ScriptedConversation(MessageLanguage.Spanish).Customer("El pedido 88213 no ha llegado y era un regalo de cumpleaños", FrustrationLevel.Frustrated);

        Assert.Contains(ConversationStep.Repeat, Of(MessageLanguage.Spanish, "Vale, el pedido 88213, y además un regalo.", talk.Now));
    }

    [Fact]
    public void Recognize_AnswerToAnUpsetCustomer_IsCalmUnlessItHeats()
    {
        var talk = new ScriptedConversation(MessageLanguage.English).Customer("This is a disgrace", FrustrationLevel.Angry).Now;
        var hostile = new DraftFinding("hostile-tone", FindingSeverity.Warning, new EvidenceSpan(0, 1, "W"), "why", "A7", null);

        Assert.Contains(ConversationStep.Calm, Of(MessageLanguage.English, "I am looking at your account.", talk));
        Assert.DoesNotContain(ConversationStep.Calm, Of(MessageLanguage.English, "Watch your tone.", talk, hostile));
    }

    [Fact]
    public void Recognize_AnswerToACalmCustomer_NeedsNoCalm()
    {
        var talk = new ScriptedConversation(MessageLanguage.English).Customer("When do you open?", FrustrationLevel.Calm).Now;

        Assert.DoesNotContain(ConversationStep.Calm, Of(MessageLanguage.English, "At nine.", talk));
    }

    [Fact]
    public void Next_FollowsTheOrderOfTheStepsAndEnds()
    {
        Assert.Equal(ConversationStep.Calm, Steps.Next(new HashSet<ConversationStep>(), MessageLanguage.Spanish)!.Value.Step);
        Assert.Equal(ConversationStep.Thank, Steps.Next(new HashSet<ConversationStep> { ConversationStep.Calm, ConversationStep.Listen, ConversationStep.Repeat }, MessageLanguage.English)!.Value.Step);
        Assert.Null(Steps.Next(Enum.GetValues<ConversationStep>().ToHashSet(), MessageLanguage.English));
    }

    private static IReadOnlySet<ConversationStep> Of(MessageLanguage language, string text, Conversation? conversation = null, params DraftFinding[] findings) =>
        Steps.Recognize(conversation ?? new ScriptedConversation(language).Now, MessageReading.Of(text), language, findings);
}
