using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Coaching;
using DeEscalationBot.Core.Coaching.Writing;

namespace DeEscalationBot.Core.Tests.Coaching.Writing;

/// <summary>What may be shown and what may not. The texts were written for this test, in the manner of language models; the facts are those of <see cref="WritingSamples"/>.</summary>
public sealed class GeneratedTextReviewerTests
{
    [Theory]
    [InlineData(WritingKind.Paraphrase, "Entonces, Laura, le cobramos 349,90 € dos veces por el pedido 88213 y lleva tres semanas esperando el reembolso sin que nadie le conteste. Es comprensible que esté disgustada por ello. ¿Lo he entendido bien?")]
    [InlineData(WritingKind.Paraphrase, "Si lo he entendido bien, el cobro de la lavadora se hizo dos veces y, después de 3 semanas, sigue sin el reembolso y sin respuesta. ¿Es así?")]
    [InlineData(WritingKind.Paraphrase, "Veo que lleva tres semanas pendiente del reembolso del pedido 88213 y que quiere que le devolvamos lo que es suyo. ¿Me falta algo?")]
    [InlineData(WritingKind.Paraphrase, "Usted pidió una lavadora, se la cobramos dos veces y nadie le contesta desde hace tres semanas. ¿Lo recojo bien?")]
    [InlineData(WritingKind.NextReply, "Gracias por contármelo, Laura. Siento que lleve tres semanas esperando el reembolso sin respuesta. Sigo con la revisión del cobro del pedido 88213 y le escribo hoy antes de las 18:00. ¿Quiere contarme algo más?")]
    [InlineData(WritingKind.NextReply, "Lamento que nadie le haya contestado en estas tres semanas. ¿Qué le dijeron la última vez que preguntó por el reembolso?")]
    [InlineData(WritingKind.NextReply, "Laura, gracias por su paciencia. Tres semanas sin respuesta es mucho tiempo. Estoy revisando el cobro doble de la lavadora y le cuento hoy mismo, antes de las 18:00.")]
    [InlineData(WritingKind.HandoverSummary, "La cliente, Laura, pidió una lavadora con el pedido 88213 y se le cobraron 349,90 € dos veces. Lleva tres semanas esperando el reembolso y dice que nadie le contesta. El agente le dijo que revisa el cobro y que le escribe hoy antes de las 18:00. El tono es de disgusto. Su último mensaje está sin responder.")]
    public void Spanish_FaithfulText_Passes(WritingKind kind, string text) =>
        Assert.Empty(WritingSamples.Reviewer.Review(WritingSamples.Spanish(kind), text));

    [Theory]
    [InlineData(WritingKind.Paraphrase, "So, Maya, your card was charged $219.50 twice for order DX-4471, and you have been waiting three weeks for the refund without an answer. That is upsetting. Did I get that right?")]
    [InlineData(WritingKind.Paraphrase, "Let me check that I understood: your card was charged two times, and after 3 weeks there is no answer about your refund. Is that right?")]
    [InlineData(WritingKind.Paraphrase, "You ordered a desk, we charged you twice, and you want your money back. Am I missing anything?")]
    [InlineData(WritingKind.NextReply, "Thank you for telling me, Maya. I am sorry that you have been waiting three weeks for your refund without an answer. I am checking the charge on order DX-4471 and will write to you today before 6 pm. Is there anything else I should know?")]
    [InlineData(WritingKind.NextReply, "Three weeks without an answer is a long time, Maya. What were you told the last time you asked about the refund?")]
    [InlineData(WritingKind.HandoverSummary, "The customer, Maya, ordered a desk with order DX-4471 and reports that the card was charged $219.50 twice. They have been waiting three weeks for a refund and say that nobody answers. The agent told them that the charge is being checked and that they will get a message today before 6 pm. The tone is upset. The last message is still unanswered.")]
    public void English_FaithfulText_Passes(WritingKind kind, string text) =>
        Assert.Empty(WritingSamples.Reviewer.Review(WritingSamples.English(kind), text));

    [Theory]
    [InlineData(WritingFault.UnknownNumber, "Entonces, Laura, le cobramos 394,90 € dos veces por el pedido 88213 y espera el reembolso. ¿Es así?")]
    [InlineData(WritingFault.UnknownNumber, "Entonces le cobramos 349,90 $ dos veces por el pedido 88213 y espera el reembolso. ¿Es así?")]
    [InlineData(WritingFault.UnknownNumber, "Entonces le cobramos tres veces el pedido 88214 y espera el reembolso. ¿Es así?")]
    [InlineData(WritingFault.UnknownNumber, "Entonces lleva cinco semanas esperando el reembolso y nadie le contesta. ¿Es así?")]
    [InlineData(WritingFault.UnknownNumber, "Entonces lleva tres meses esperando el reembolso y nadie le contesta. ¿Es así?")]
    [InlineData(WritingFault.UnknownTime, "Entonces espera el reembolso desde hace meses y nadie le contesta. ¿Es así?")]
    [InlineData(WritingFault.UnknownTime, "Gracias por contármelo. Reviso el cobro del pedido 88213 y le escribo el martes.")]
    [InlineData(WritingFault.UnknownTime, "Gracias por contármelo. Reviso el cobro del pedido 88213 y le escribo mañana mismo.")]
    [InlineData(WritingFault.UnknownTime, "Gracias por contármelo. Tendrá noticias sobre el reembolso en unos días.")]
    [InlineData(WritingFault.UnknownName, "Gracias, Laura. Mi compañera Beatriz revisa el cobro del pedido 88213.")]
    [InlineData(WritingFault.UnknownName, "Marta, entiendo que lleva tres semanas esperando el reembolso. ¿Es así?")]
    [InlineData(WritingFault.UnknownName, "Entiendo que espera el reembolso de su compra en Electromundo desde hace tres semanas. ¿Es así?")]
    [InlineData(WritingFault.UnsupportedClaim, "Ya hemos procesado el reembolso de los 349,90 € del pedido 88213. Gracias por su paciencia.")]
    [InlineData(WritingFault.UnsupportedClaim, "El reembolso del pedido 88213 ya está aprobado, Laura. Gracias por esperar.")]
    [InlineData(WritingFault.UnsupportedClaim, "Laura, le devolveremos los 349,90 € del pedido 88213. Gracias por esperar.")]
    [InlineData(WritingFault.UnsupportedClaim, "Como gesto le ofrezco un descuento en su próximo pedido, Laura. Gracias por esperar.")]
    [InlineData(WritingFault.UnsupportedClaim, "El cobro doble del pedido 88213 fue un error del sistema. Gracias por esperar, Laura.")]
    [InlineData(WritingFault.UnsupportedClaim, "Según nuestros registros, el reembolso del pedido 88213 está en proceso. Gracias por esperar, Laura.")]
    [InlineData(WritingFault.UnsupportedClaim, "He escalado el cobro del pedido 88213 al departamento de facturación, Laura. Gracias por esperar.")]
    [InlineData(WritingFault.UnknownLink, "Gracias, Laura. Para el reembolso del pedido 88213 entre en www.reembolsos.example y siga los pasos.")]
    [InlineData(WritingFault.UnknownLink, "Gracias, Laura. Haga clic aquí para recibir el reembolso del pedido 88213.")]
    [InlineData(WritingFault.PersonalData, "Gracias, Laura. Le escribimos a laura.perez@correo.example sobre el reembolso del pedido 88213.")]
    [InlineData(WritingFault.PersonalData, "Gracias, Laura. Le llamamos al 612345678 por el reembolso del pedido 88213.")]
    [InlineData(WritingFault.NotPlainText, "Gracias, Laura. Le escribimos a [EMAIL] sobre el reembolso del pedido 88213.")]
    [InlineData(WritingFault.NotPlainText, "- El cobro del pedido 88213 fue doble.\n- Espera el reembolso desde hace tres semanas.")]
    [InlineData(WritingFault.NotPlainText, "**Gracias**, Laura, por contarme lo del reembolso del pedido 88213.")]
    [InlineData(WritingFault.NotPlainText, "Gracias, Laura, por contarme lo del reembolso del pedido 88213 \uD83D\uDE0A")]
    [InlineData(WritingFault.NotPlainText, "Gracias, Lau\u200Bra, por contarme lo del reembolso del pedido 88213.")]
    [InlineData(WritingFault.AsksForSecret, "Gracias, Laura. Para el reembolso del pedido 88213 necesito el número de su tarjeta y el código de seguridad.")]
    [InlineData(WritingFault.AsksForSecret, "Gracias, Laura. Envíeme su contraseña para revisar el cobro del pedido 88213.")]
    [InlineData(WritingFault.SpeaksOfItself, "Como modelo de lenguaje no tengo acceso al reembolso del pedido 88213, Laura.")]
    [InlineData(WritingFault.SpeaksOfItself, "Aquí tiene la paráfrasis: lleva tres semanas esperando el reembolso del pedido 88213.")]
    [InlineData(WritingFault.SpeaksOfItself, "Mis instrucciones dicen que no puedo hablar del reembolso del pedido 88213, Laura.")]
    [InlineData(WritingFault.Hostile, "Laura, usted es una idiota por esperar tres semanas el reembolso del pedido 88213.")]
    [InlineData(WritingFault.WrongLanguage, "Laura, you have been waiting three weeks for the refund of order 88213. Is that right?")]
    [InlineData(WritingFault.WrongLanguage, "Laura, vous attendez le remboursement de votre commande depuis trois semaines. Merci pour votre patience.")]
    [InlineData(WritingFault.WrongAddress, "Entonces, Laura, llevas tres semanas esperando el reembolso y nadie te contesta. ¿Es así?")]
    [InlineData(WritingFault.TooShort, "Gracias, Laura.")]
    [InlineData(WritingFault.OffTopic, "El mar golpea las rocas grises mientras las gaviotas dibujan círculos blancos sobre un barco hundido.")]
    [InlineData(WritingFault.DraftRule, "Entiendo su frustración, pero debería haber revisado las condiciones antes de pedir la lavadora.")]
    [InlineData(WritingFault.DraftRule, "Laura, le garantizo que esto no volverá a pasar nunca con su pedido 88213.")]
    public void Spanish_UnsafeText_IsRefusedForItsFault(WritingFault fault, string text) =>
        Assert.Contains(WritingSamples.Reviewer.Review(WritingSamples.Spanish(WritingKind.NextReply), text), f => f.Fault == fault);

    [Theory]
    [InlineData(WritingFault.UnknownNumber, "So you were charged $291.50 twice for order DX-4471 and want a refund. Is that right?")]
    [InlineData(WritingFault.UnknownNumber, "So you were charged twice for order DX-4417 and want a refund. Is that right?")]
    [InlineData(WritingFault.UnknownNumber, "So you were charged twice for order EX-4471 and want a refund. Is that right?")]
    [InlineData(WritingFault.UnknownNumber, "So you have been waiting six weeks for a refund. Is that right?")]
    [InlineData(WritingFault.UnknownNumber, "So you have been waiting three days for a refund. Is that right?")]
    [InlineData(WritingFault.UnknownNumber, "So you were charged €219.50 twice for order DX-4471. Is that right?")]
    [InlineData(WritingFault.UnknownTime, "Thank you, Maya. I am checking the charge and will write to you on Friday.")]
    [InlineData(WritingFault.UnknownTime, "Thank you, Maya. I am checking the charge and will write to you within a few hours.")]
    [InlineData(WritingFault.UnknownTime, "Thank you, Maya. I am checking the charge and will write to you tomorrow.")]
    [InlineData(WritingFault.UnknownName, "Thank you, Maya. My colleague Brian is checking the charge on order DX-4471.")]
    [InlineData(WritingFault.UnknownName, "Jennifer, you have been waiting three weeks for your refund. Is that right?")]
    [InlineData(WritingFault.UnknownName, "Thank you for waiting for your refund. The team at Deskworld is checking the charge.")]
    [InlineData(WritingFault.UnsupportedClaim, "We have processed your refund for order DX-4471, Maya. Thank you for waiting.")]
    [InlineData(WritingFault.UnsupportedClaim, "We've issued your refund for order DX-4471, Maya. Thank you for waiting.")]
    [InlineData(WritingFault.UnsupportedClaim, "Your refund has been approved, Maya. Thank you for waiting three weeks.")]
    [InlineData(WritingFault.UnsupportedClaim, "Maya, we will refund both charges on order DX-4471. Thank you for waiting.")]
    [InlineData(WritingFault.UnsupportedClaim, "Maya, I can offer you a voucher for the three weeks that you waited.")]
    [InlineData(WritingFault.UnsupportedClaim, "Maya, the second charge on order DX-4471 was due to a system error on our side.")]
    [InlineData(WritingFault.UnsupportedClaim, "Maya, our records show that order DX-4471 was charged once. Thank you for waiting.")]
    [InlineData(WritingFault.UnsupportedClaim, "Maya, your refund is on its way. Thank you for waiting three weeks.")]
    [InlineData(WritingFault.UnsupportedClaim, "Maya, I escalated the charge on order DX-4471 to billing. Thank you for waiting.")]
    [InlineData(WritingFault.UnknownLink, "Maya, please claim your refund at https://refund.example and thank you for waiting.")]
    [InlineData(WritingFault.UnknownLink, "Maya, click here to claim the refund for order DX-4471.")]
    [InlineData(WritingFault.PersonalData, "Maya, we will write to maya.lopez@mail.example about the charge on order DX-4471.")]
    [InlineData(WritingFault.PersonalData, "Maya, the charge on your card 4111-1111-1111-1111 is being checked.")]
    [InlineData(WritingFault.NotPlainText, "Dear [Customer Name], thank you for telling us about the charge on order DX-4471.")]
    [InlineData(WritingFault.NotPlainText, "<b>Maya</b>, thank you for telling us about the charge on order DX-4471.")]
    [InlineData(WritingFault.NotPlainText, "# Refund\nMaya, thank you for telling us about the charge on order DX-4471.")]
    [InlineData(WritingFault.AsksForSecret, "Maya, please send me your card number and the security code so that I can check the charge.")]
    [InlineData(WritingFault.AsksForSecret, "Maya, I need your password to check the charge on order DX-4471.")]
    [InlineData(WritingFault.SpeaksOfItself, "As an AI language model I cannot check the charge on order DX-4471, Maya.")]
    [InlineData(WritingFault.SpeaksOfItself, "Sure, here is the paraphrase: you have been waiting three weeks for your refund.")]
    [InlineData(WritingFault.SpeaksOfItself, "My previous instructions were to check the charge on order DX-4471, Maya.")]
    [InlineData(WritingFault.Hostile, "Maya, you are an idiot for waiting three weeks for the refund.")]
    [InlineData(WritingFault.WrongLanguage, "Maya, lleva tres semanas esperando el reembolso del pedido DX-4471. ¿Es así?")]
    [InlineData(WritingFault.TooShort, "Thank you.")]
    [InlineData(WritingFault.OffTopic, "Grey waves hammer the harbour walls while gulls circle above a sunken trawler full of silver herring.")]
    [InlineData(WritingFault.DraftRule, "I understand your frustration, but you should have read the terms before ordering the desk.")]
    [InlineData(WritingFault.DraftRule, "Maya, I guarantee that this will never happen again with order DX-4471.")]
    public void English_UnsafeText_IsRefusedForItsFault(WritingFault fault, string text) =>
        Assert.Contains(WritingSamples.Reviewer.Review(WritingSamples.English(WritingKind.NextReply), text), f => f.Fault == fault);

    [Fact]
    public void ClaimOfOurs_SaidByTheAgent_Passes()
    {
        var request = WritingSamples.English(WritingKind.NextReply);
        request = request with { Turns = [.. request.Turns, new(SpeakerRole.Agent, "I have cancelled the second charge, and the refund takes 5 days.")] };

        Assert.Empty(WritingSamples.Reviewer.Review(request, "Maya, I have cancelled the second charge on order DX-4471, and the refund takes 5 days. Is there anything else?"));
    }

    [Fact]
    public void ClaimOfOurs_WantedByTheCustomerOnly_IsRefused()
    {
        // "I want a refund" is not "you get a refund".
        var request = new WritingRequest(WritingKind.NextReply, [new(SpeakerRole.Customer, "I want a full refund for my broken kettle.")], MessageLanguage.English);

        Assert.Contains(WritingSamples.Reviewer.Review(request, "Thank you for telling me about the kettle. You will receive a full refund."), f => f.Fault == WritingFault.UnsupportedClaim);
    }

    [Theory]
    [InlineData("Me dijeron que ya me habían reembolsado los 40 €, y no es verdad.", "Entonces le dijimos que ya le habíamos reembolsado los 40 € y no es así. ¿Lo he entendido bien?", true)]
    [InlineData("Quiero que me reembolsen los 40 €.", "Entonces ya le hemos reembolsado los 40 €. ¿Lo he entendido bien?", false)]
    [InlineData("Todavía no me han reembolsado los 40 €.", "Entonces le hemos reembolsado los 40 €. ¿Lo he entendido bien?", false)]
    [InlineData("Quiero mi reembolso de 40 €.", "Entonces le devolveremos los 40 €. ¿Lo he entendido bien?", false)]
    [InlineData("Me prometieron devolver los 40 €.", "Entonces le dijimos que le devolveremos los 40 €. ¿Lo he entendido bien?", true)]
    public void Retelling_OfOurDeeds_NeedsTheCustomerToTellThem(string told, string text, bool passes) => Assert.Equal(
        passes,
        WritingSamples.Reviewer.Review(new WritingRequest(WritingKind.Paraphrase, [new(SpeakerRole.Customer, told)], MessageLanguage.Spanish), text).All(f => f.Fault != WritingFault.UnsupportedClaim));

    [Theory]
    [InlineData("You told me the order was cancelled and it was not.", "So we said that your order has been cancelled, and it was not. Is that right?", true)]
    [InlineData("I want my order cancelled.", "So your order has been cancelled. Is that right?", false)]
    [InlineData("You still have not cancelled my order.", "So we have cancelled your order. Is that right?", false)]
    [InlineData("I want a refund of $40.", "So we will refund you $40. Is that right?", false)]
    [InlineData("Your colleague promised me a refund of $40.", "So my colleague said that you will get a refund of $40. Is that right?", true)]
    public void Retelling_OfOurDeedsInEnglish_NeedsTheCustomerToTellThem(string told, string text, bool passes) => Assert.Equal(
        passes,
        WritingSamples.Reviewer.Review(new WritingRequest(WritingKind.Paraphrase, [new(SpeakerRole.Customer, told)], MessageLanguage.English), text).All(f => f.Fault != WritingFault.UnsupportedClaim));

    [Fact]
    public void TooLong_IsRefused()
    {
        var text = string.Join(' ', Enumerable.Repeat("Lleva tres semanas esperando el reembolso.", 20));

        Assert.Contains(WritingSamples.Reviewer.Review(WritingSamples.Spanish(WritingKind.Paraphrase), text), f => f.Fault == WritingFault.TooLong);
    }

    [Fact]
    public void Rewrite_KeepsTheFactsOfTheDraft()
    {
        var request = WritingSamples.Spanish(WritingKind.RewriteDraft) with { Draft = "Ya le dije que su pedido 88213 se cobró dos veces y que usted debería haber esperado hasta las 18:00." };

        Assert.Empty(WritingSamples.Reviewer.Review(request, "Su pedido 88213 se cobró dos veces. Le escribo hoy antes de las 18:00 con lo que encuentre."));
        Assert.Contains(WritingSamples.Reviewer.Review(request, "Su pedido se cobró dos veces. Le escribo hoy antes de las 18:00 con lo que encuentre."), f => f.Fault == WritingFault.LostFact);
    }

    // B7: every number, day, name and part of ours, in our order; more or another order may say another thing of them.
    [Theory]
    [InlineData(null, "Terminamos el 31 de mayo de 2026, porque el 3 de marzo de 2026 nuestro equipo recibió insultos.\n\nLe entregamos los archivos editables del catálogo Orbalia.")]
    [InlineData(WritingFault.MovedFact, "Terminamos el 3 de mayo de 2026, porque el 31 de marzo de 2026 nuestro equipo recibió insultos.\n\nLe entregamos los archivos editables del catálogo Orbalia.")]
    [InlineData(WritingFault.MovedFact, "Terminamos el 31 de marzo de 2026, porque el 3 de mayo de 2026 nuestro equipo recibió insultos.\n\nLe entregamos los archivos editables del catálogo Orbalia.")]
    [InlineData(WritingFault.MovedFact, "Terminamos el 31 de mayo de 2026, porque el 3 de marzo de 2026 nuestro equipo recibió insultos.\n\nLe entregamos el 31 de mayo de 2026 los archivos editables del catálogo Orbalia.")]
    [InlineData(WritingFault.LostFact, "Terminamos el 31 de mayo de 2026, porque nuestro equipo recibió insultos.\n\nLe entregamos los archivos editables del catálogo Orbalia.")]
    [InlineData(WritingFault.LostFact, "Terminamos el 31 de mayo de 2026, porque el 3 de marzo de 2026 nuestro equipo recibió insultos.\n\nLe entregamos los archivos editables.")]
    [InlineData(WritingFault.LostFact, "Terminamos el 31 de mayo de 2026, porque el 3 de marzo de 2026 nuestro equipo recibió insultos de Orbalia.")]
    public void Farewell_KeepsWhatOursSays(WritingFault? fault, string text)
    {
        var request = new WritingRequest(WritingKind.Farewell, [], MessageLanguage.Spanish)
        {
            Draft = "Hemos decidido terminar el 31 de mayo de 2026. Lo hacemos porque el 3 de marzo de 2026 nuestro equipo recibió insultos.\n\nLe entregaremos los archivos editables del catálogo Orbalia.",
        };

        var faults = WritingSamples.Reviewer.Review(request, text).Select(f => f.Fault).ToArray();
        if (fault is { } expected)
        {
            Assert.Contains(expected, faults);
        }
        else
        {
            Assert.Empty(faults);
        }
    }

    // The reason may stand in a part that is not handed out: ours breaks the rule of the whole as well.
    [Fact]
    public void Farewell_PartWithoutTheReason_IsNotRefusedForIt()
    {
        var request = new WritingRequest(WritingKind.Farewell, [], MessageLanguage.English) { Draft = "We have decided to end our business relationship. Until that day we will keep everything that was agreed." };

        Assert.Empty(WritingSamples.Reviewer.Review(request, "We have decided to end our business relationship, and until that day we will keep all that was agreed."));
    }

    [Theory]
    [InlineData(MessageLanguage.Spanish, "El 31 de mayo le devolvemos 20 EUR.", false)]
    [InlineData(MessageLanguage.Spanish, "El 31 de mayo marta recibió insultos.", true)]
    [InlineData(MessageLanguage.Spanish, "El equipo de Orbalia recibió insultos.", true)]
    [InlineData(MessageLanguage.English, "On 31 May we refund 20 EUR, and on August 3 we close invoice 118.", false)]
    [InlineData(MessageLanguage.English, "On 31 May our team at Orbalia received insults.", true)]
    [InlineData(MessageLanguage.English, "On 31 May Kevin received insults.", true)]
    public void NamesSomebody_TellsNamesFromDaysAndCurrencies(MessageLanguage language, string text, bool expected) => Assert.Equal(expected, WritingSamples.Reviewer.NamesSomebody(language, text));

    [Fact]
    public void Letter_WithConfirmedFacts_MayNameThemAndNothingElse()
    {
        var request = WritingSamples.English(WritingKind.ApologyLetter) with
        {
            Facts = new ConfirmedFacts("a double charge on order DX-4471", "the second charge of $219.50 is being returned", "4 March", "care@desks.example"),
        };
        const string Letter = "Hello,\n\nWe are writing about the double charge on order DX-4471. We are sorry that your card was charged twice and that you waited three weeks without an answer.\n\nThe second charge of $219.50 is being returned, and the planned date is 4 March. For any question you can write to care@desks.example.\n\nThank you for telling us about it.\n\nKind regards";

        Assert.Empty(WritingSamples.Reviewer.Review(request, Letter));
        Assert.Contains(WritingSamples.Reviewer.Review(request, Letter.Replace("4 March", "8 March", StringComparison.Ordinal)), f => f.Fault == WritingFault.UnknownNumber);
        Assert.Contains(WritingSamples.Reviewer.Review(request, Letter.Replace("care@", "help@", StringComparison.Ordinal)), f => f.Fault == WritingFault.UnknownLink);
    }

    [Theory]
    [InlineData(AddressForm.Tu, "Entonces, Laura, llevas tres semanas esperando el reembolso y nadie te contesta. ¿Es así?", true)]
    [InlineData(AddressForm.Tu, "Entonces usted lleva tres semanas esperando el reembolso y nadie contesta. ¿Es así?", false)]
    [InlineData(AddressForm.Vos, "Entonces, Laura, llevás tres semanas esperando el reembolso y nadie te contesta. ¿Es así?", true)]
    public void Address_IsTheOneWanted(AddressForm address, string text, bool passes) =>
        Assert.Equal(passes, WritingSamples.Reviewer.Review(WritingSamples.Spanish(WritingKind.Paraphrase, address), text).Count == 0);

    [Fact]
    public void Beginning_OfAGoodText_Passes() =>
        Assert.Empty(WritingSamples.Reviewer.Review(WritingSamples.Spanish(WritingKind.NextReply), "Gracias por contármelo.", isWhole: false));

    [Fact]
    public void EveryFault_HasASentenceInBothLanguages() =>
        Assert.All(
            Enum.GetValues<WritingFault>(),
            fault => Assert.NotEqual(
                WritingSamples.Reviewer.HowToMend(MessageLanguage.Spanish, new WritingFinding(fault, "")),
                WritingSamples.Reviewer.HowToMend(MessageLanguage.English, new WritingFinding(fault, ""))));
}
