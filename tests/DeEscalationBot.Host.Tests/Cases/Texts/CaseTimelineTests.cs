using DeEscalationBot.Core.Cases;
using DeEscalationBot.Core.Cases.Customers;
using DeEscalationBot.Core.Cases.Departure;
using DeEscalationBot.Core.Cases.Dismissal;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Host.Cases.Storage;
using DeEscalationBot.Host.Cases.Texts;

namespace DeEscalationBot.Host.Tests.Cases.Texts;

public class CaseTimelineTests
{
    // Every sort of event, with each of the forms that its line takes.
    public static TheoryData<CaseEvent, string, string> Lines
    {
        get
        {
            var at = new DateTimeOffset(2026, 5, 3, 22, 30, 0, TimeSpan.Zero);
            var day = new DateOnly(2026, 5, 3);
            var euros = new Money(1_200, "EUR");
            var evidence = new Evidence("e1", EvidenceNature.Abuse, at, "You idiot {0}");
            return new()
            {
                { new CustomerAdded(at, "ana", "Acme", day), "Cliente creado: Acme, con nosotros desde el 3 may 2026", "Customer added: Acme, with us since 3 May 2026" },
                { new ContractAgreed(at, "ana", new ContractTerms(day, null, euros, TimeSpan.Zero)), "Contrato desde el 3 may 2026, por 1.200,00 EUR", "Contract from 3 May 2026, worth 1,200.00 EUR" },
                { new ContractAgreed(at, "ana", new ContractTerms(day, day.AddDays(1), euros, TimeSpan.Zero)), "Contrato del 3 may 2026 al 4 may 2026, por 1.200,00 EUR", "Contract from 3 May 2026 to 4 May 2026, worth 1,200.00 EUR" },
                { new ObligationAdded(at, "ana", new Obligation("o", ObligationSide.Ours, ObligationKind.Deliverable, "the logo")), "Compromiso (entrega, nuestro): the logo", "Obligation (deliverable, ours): the logo" },
                { new ObligationClosed(at, "ana", "o", "sent"), "Compromiso cumplido: sent", "Obligation fulfilled: sent" },
                { new RevenueRecorded(at, "ana", new RevenueEntry("r", day, euros)), "Cobro de 1.200,00 EUR el 3 may 2026", "Payment of 1,200.00 EUR on 3 May 2026" },
                { new ContactRecorded(at, "ana", new ContactEntry("c", day, TimeSpan.FromHours(1.5))), "Atención el 3 may 2026: 90 min", "Contact on 3 May 2026: 90 min" },
                { new GoodwillClaimed(at, "ana", new GoodwillClaim("g", day, euros, true, "late")), "Cortesía de 1.200,00 EUR pedida el 3 may 2026 y concedida: late", "Goodwill of 1,200.00 EUR asked on 3 May 2026 and granted: late" },
                { new GoodwillClaimed(at, "ana", new GoodwillClaim("g", day, euros, false, "late")), "Cortesía de 1.200,00 EUR pedida el 3 may 2026 y no concedida: late", "Goodwill of 1,200.00 EUR asked on 3 May 2026 and not granted: late" },
                { new ObligationCorrected(at, "ana", new Obligation("o", ObligationSide.Ours, ObligationKind.Deliverable, "the map"), "another one"), "Compromiso corregido (entrega, nuestro): the map. Por qué: another one", "Obligation corrected (deliverable, ours): the map. Why: another one" },
                { new RevenueCorrected(at, "ana", new RevenueEntry("r", day, euros), "a zero"), "Cobro r corregido: 1.200,00 EUR el 3 may 2026. Por qué: a zero", "Payment r corrected: 1,200.00 EUR on 3 May 2026. Why: a zero" },
                { new ContactCorrected(at, "ana", new ContactEntry("c", day, TimeSpan.FromHours(1)), "less"), "Atención c corregida: 60 min el 3 may 2026. Por qué: less", "Contact c corrected: 60 min on 3 May 2026. Why: less" },
                { new GoodwillCorrected(at, "ana", new GoodwillClaim("g", day, euros, true, "late"), "given"), "Petición de cortesía g corregida: 1.200,00 EUR el 3 may 2026. Por qué: given", "Goodwill request g corrected: 1,200.00 EUR on 3 May 2026. Why: given" },
                { new EntryStruck(at, "ana", RecordEntryKind.Revenue, "r", "theirs"), "Entrada tachada: cobro r. Por qué: theirs", "Entry struck: payment r. Why: theirs" },
                { new CustomerMoved(at, "ana", "red", "closer"), "Entregado al equipo red: closer", "Given to the team red: closer" },
                { new ProposalSetAside(at, "ana", CaseProposalKind.Review, "c1", at, "a joke"), "Visto, nada que hacer: a joke", "Seen, nothing to do: a joke" },
                { new CustomerLeft(at, "ana", day, CustomerEnding.Left), "El cliente se fue el 3 may 2026", "The customer left on 3 May 2026" },
                { new CustomerLeft(at, "ana", day, CustomerEnding.Dismissed), "El cliente quedó despedido el 3 may 2026", "The customer was dismissed as of 3 May 2026" },
                { new CustomerReturned(at, "ana", day), "El cliente vuelve a estar con nosotros desde el 3 may 2026", "The customer is with us again since 3 May 2026" },
                { new CustomerErased(at, "ana"), "Se borraron los datos del cliente", "The customer's data was erased" },

                { new DismissalOpened(at, "ana", "acme", "insults"), "Caso abierto: insults", "Case opened: insults" },
                { new CustomerAssessed(at, "ana", CustomerAssessment.Demanding, "asks a lot"), "Valorado como un cliente exigente: asks a lot", "Judged as a demanding customer: asks a lot" },
                { new MeetingOffered(at, "ana", FarewellChannel.Phone), "Se propuso por teléfono una reunión sobre sus preocupaciones", "A meeting about their concerns was offered by phone" },
                { new ConcernsHeard(at, "ana", true, "slow"), "La reunión tuvo lugar: slow", "The meeting took place: slow" },
                { new ConcernsHeard(at, "ana", false, "no time"), "El cliente no quiso reunirse: no time", "The customer declined a meeting: no time" },
                { new ReasonChosen(at, "ana", "does-not-pay"), "Motivo elegido: No paga", "Reason chosen: Does not pay" },
                { new ReasonDropped(at, "ana", "does-not-pay"), "Motivo retirado: No paga", "Reason dropped: Does not pay" },
                // The calendar of Madrid, where it was the 4th already; and braces of a customer's are words.
                { new EvidenceAdded(at, "ana", "abuses-team", evidence), "Prueba de «Insulta a personas del equipo», del 4 may 2026: You idiot {0}", "Evidence for “Insults people of the team”, of 4 May 2026: You idiot {0}" },
                { new EvidenceStruck(at, "ana", "e1", DismissalRule.OurFailure.Id), "Se descartó una prueba. Esto nace de un fallo nuestro sin resolver y no cuenta contra el cliente. Déjelo fuera y resuelva el fallo.", "A piece of evidence was struck. This grew from a fault of ours that is not solved, so it does not count against the customer. Leave it out, and solve the fault." },
                { new WarningRecorded(at, "ana", new CustomerWarning("abuses-team", at, FarewellChannel.Email, "please")), "Advertencia del 4 may 2026 por correo sobre «Insulta a personas del equipo»: please", "Warned on 4 May 2026 by e-mail about “Insults people of the team”: please" },
                { new DossierCompiled(at, "ana", new Dossier([], [], [], [], [])), "Expediente reunido: conversaciones, 0; quejas, 0", "Dossier compiled: 0 conversations, 0 complaints" },
                { new CommentAsked(at, "ana", "luis"), "Comentario pedido a luis", "Comment asked of luis" },
                { new CommentGiven(at, "luis", "I helped"), "Comentario: I helped", "Comment: I helped" },
                { new ComplaintTold(at, "ana", "c", "a call", false), "Qué se intentó con una queja: a call", "What was tried about a complaint: a call" },
                { new ComplaintTold(at, "ana", "c", "a call", true), "Qué se intentó con una queja por un fallo nuestro aún sin resolver: a call", "What was tried about a complaint that is our own fault and still open: a call" },
                { new OptionsAnswered(at, "ana", "nothing", []), "Qué más podría funcionar (opciones: 0): nothing", "What else could make it work (0 options): nothing" },
                { new MoneyReckoned(at, "ana", new DismissalMoney(day, day, euros, TimeSpan.Zero, euros, euros, euros, euros, euros)), "Cuentas hechas: aportó 1.200,00 EUR, costó 1.200,00 EUR, devolución de cierre 1.200,00 EUR", "Money reckoned: brought 1,200.00 EUR, cost 1,200.00 EUR, closing refund 1,200.00 EUR" },
                { new LegalAdviceNoted(at, "ana", "Ruiz", "fine"), "Consejo jurídico de Ruiz: fine", "Legal advice of Ruiz: fine" },
                { new StageEntered(at, "ana", DismissalStage.Dossier), "Paso siguiente: Expediente y comentarios", "Next step: Dossier and comments" },
                { new DismissalAgreed(at, "marta", CaseRole.Manager, true, "yes"), "De acuerdo con la despedida: yes", "Agreed to the dismissal: yes" },
                { new DismissalAgreed(at, "marta", CaseRole.Manager, false, "yes"), "De acuerdo con la despedida, sin haber estado en el caso: yes", "Agreed to the dismissal without having been involved: yes" },
                { new CaseSentBack(at, "marta", DismissalStage.Reasons, "thin"), "Devuelto a «Motivos y pruebas»: thin", "Sent back to “Reasons and evidence”: thin" },
                { new DismissalDecided(at, "marta"), "Decidido: la relación termina", "Decided: the relationship ends" },
                { new TellingPlanned(at, "ana", new TellingPlan("marta", CaseRole.Manager, FarewellChannel.Video, null, day, "nora")), "marta hablará con el cliente por videollamada; último día, 3 may 2026; segunda lectura, nora", "marta tells the customer by video; last day 3 May 2026; second reader nora" },
                { new MessageWritten(at, "ana", "text", MessageLanguage.Spanish, "h", []), "Mensaje escrito", "Message written" },
                { new MessageWritten(at, "ana", "text", MessageLanguage.Spanish, "h", ["vague-reason"]), "Mensaje escrito; incumple reglas de las despedidas: 1", "Message written; it breaks rules for farewells: 1" },
                { new MessageApproved(at, "iker", "h"), "Mensaje aprobado", "Message approved" },
                { new CustomerTold(at, "marta", FarewellChannel.InPerson, "h", at), "El cliente lo supo en persona; puede recurrir hasta el 4 may 2026", "The customer was told in person; appeal until 4 May 2026" },
                { new ObligationAccepted(at, "ana", "o", "small", null), "Se aceptó como está un compromiso abierto: small", "An open obligation was accepted as it is: small" },
                { new ObligationAccepted(at, "ana", "o", "small", "ok"), "Se aceptó como está un compromiso abierto: small. Palabras del cliente: «ok»", "An open obligation was accepted as it is: small. The customer's words: “ok”" },
                { new AppealLodged(at, "ana", "unfair"), "El cliente recurrió: unfair", "The customer appealed: unfair" },
                { new AppealDecided(at, "nora", true, "clear"), "Recurso leído; la despedida se mantiene: clear", "Appeal read; the dismissal stands: clear" },
                { new AppealDecided(at, "nora", false, "thin"), "Recurso leído; la despedida se revoca: thin", "Appeal read; the dismissal is overturned: thin" },
                { new DismissalClosed(at, "ana", day), "Caso cerrado con la despedida; se revisará el 3 may 2026", "Case closed with the dismissal; to be looked at again on 3 May 2026" },
                { new CustomerKept(at, "ana", "works"), "El cliente se queda: works", "The customer stays: works" },
                { new DismissalUndone(at, "marta", "wrong"), "La despedida se deshizo: wrong", "The dismissal was undone: wrong" },
                { new DismissalReviewed(at, "marta", "calm"), "Revisión posterior: calm", "Looked at again: calm" },
                { new DismissalErased(at, "ana"), "Caso terminado: se borraron los datos del cliente", "Case ended: the customer's data was erased" },

                { new DepartureOpened(at, "ana", "acme", "we leave", null), "Salida abierta: we leave", "Departure opened: we leave" },
                { new RelationEvaluated(at, "ana", new RelationEvaluation(RelationAnswer.Yes, RelationAnswer.Unknown, RelationAnswer.Partly, RelationAnswer.No, "notes")), "Relación valorada: dio fruto, sí; hubo tropiezos, no se sabe; cumplimos, en parte; cumplieron, no. notes", "Relationship evaluated: fruitful, yes; setbacks, nobody knows; we kept our word, in part; they kept theirs, no. notes" },
                { new ExitTalkHeld(at, "ana", ExitTalk.InPerson, [new StatedMotive(DepartureMotive.NoBudget, "w"), new StatedMotive(DepartureMotive.ChangedNeeds, "w")], "coffee"), "Conversación de salida en persona. Motivos: Sin presupuesto, Cambiaron sus necesidades. coffee", "Exit conversation in person. Motives: No budget left, Needs changed. coffee" },
                { new ExitTalkHeld(at, "ana", ExitTalk.Declined, [], "no time"), "El cliente no quiso una conversación de salida. no time", "The customer did not want an exit conversation. no time" },
                { new EndAgreed(at, "ana", day), "Último día acordado: 3 may 2026", "Last day agreed: 3 May 2026" },
                { new MatrixFilled(at, "ana", [new MotiveRow(DepartureMotive.NoBudget, MotiveResponsibility.OutsideControl, Renegotiation.None, "n")]), "Matriz de motivos completada: Sin presupuesto (Fuera de nuestro control)", "Matrix of motives filled: No budget left (Outside our control)" },
                { new MatrixFilled(at, "ana", []), "Matriz de motivos: el cliente no dio ninguno", "Matrix of motives: the customer stated none" },
                { new HandoverListed(at, "ana", new HandoverItem("i", HandoverKind.OwnData, "contacts")), "Por entregar (Datos propios del cliente): contacts", "To be handed over (The customer's own data): contacts" },
                { new HandoverDropped(at, "ana", "i", "not needed"), "Quitado de la entrega: not needed", "Taken off the handover: not needed" },
                { new HandoverDone(at, "ana", "i", "by link"), "Entregado: by link", "Handed over: by link" },
                { new ReportFiguresSet(at, "ana", [new ReportFigure("Visits", 1_200.5m, "a month"), new ReportFigure("Sales", 3, "")]), "Cifras del informe final: Visits 1.200,5 a month, Sales 3", "Figures of the final report: Visits 1,200.5 a month, Sales 3" },
                { new TestimonialAsked(at, "ana"), "Testimonio solicitado", "Testimonial asked for" },
                { new TestimonialGiven(at, "ana", "great"), "Testimonio: great", "Testimonial: great" },
                { new SurveyOffered(at, "ana", "https://x.example"), "Encuesta ofrecida: https://x.example", "Survey offered: https://x.example" },
                { new SurveyAnswered(at, "ana", new SurveyAnswer(9, null)), "Encuesta respondida con 9 de 10", "Survey answered with 9 of 10" },
                { new SurveyAnswered(at, "ana", new SurveyAnswer(9, "good")), "Encuesta respondida con 9 de 10: good", "Survey answered with 9 of 10: good" },
                { new DepartureMovedOn(at, "ana", DepartureStage.Matrix), "Paso siguiente: Matriz de motivos", "Next step: Matrix of motives" },
                { new CommitmentAccepted(at, "ana", "o", "small", null), "Se aceptó como está un compromiso abierto: small", "An open commitment was accepted as it is: small" },
                { new CommitmentAccepted(at, "ana", "o", "small", "ok"), "Se aceptó como está un compromiso abierto: small. Palabras del cliente: «ok»", "An open commitment was accepted as it is: small. The customer's words: “ok”" },
                { new KeysVerified(at, "ana"), "El cliente confirma que las claves funcionan", "The customer says that the keys work" },
                { new KeysChanged(at, "ana"), "El cliente cambió las claves", "The customer changed the keys" },
                { new AccessRevoked(at, "ana", "the shop"), "Retiramos nuestro acceso: the shop", "Our access was given up: the shop" },
                { new DepartureClosed(at, "ana"), "Salida cerrada", "Departure closed" },
                { new CustomerStayed(at, "ana", "new offer"), "El cliente se queda: new offer", "The customer stays: new offer" },
                { new ImprovementPlanned(at, "ana", new ImprovementAction("i", "answer sooner", "luis", day)), "Mejora a cargo de luis hasta el 3 may 2026: answer sooner", "Improvement by luis until 3 May 2026: answer sooner" },
                { new ImprovementDone(at, "luis", "i"), "Una mejora quedó hecha", "An improvement was done" },
                { new FitJudged(at, "ana", CustomerFit.Ideal, "they grew"), "Tipo de cliente: Ideal. they grew", "Kind of customer: Ideal. they grew" },
                { new DepartureErased(at, "ana"), "Salida terminada: se borraron los datos del cliente", "Departure ended: the customer's data was erased" },
            };
        }
    }

    private static TimeZoneInfo Madrid { get; } = TimeZoneInfo.FindSystemTimeZoneById("Europe/Madrid");

    // A correction names an id: beside it stands what the entry said until then, so that somebody can tell what was corrected from what.
    [Fact]
    public void WithWhatItSaid_CorrectedAndStruck_HaveTheEntryBefore()
    {
        var at = new DateTimeOffset(2026, 5, 3, 12, 0, 0, TimeSpan.Zero);
        var day = new DateOnly(2026, 5, 3);
        Money Euros(decimal amount) => new(amount, "EUR");
        CaseEvent[] events =
        [
            new CustomerAdded(at, "ana", "Acme", day),
            new RevenueRecorded(at, "ana", new RevenueEntry("r1", day, Euros(9_000))),
            new RevenueCorrected(at, "ana", new RevenueEntry("r1", day, Euros(90)), "zeros"),
            new RevenueCorrected(at, "ana", new RevenueEntry("r1", day, Euros(95)), "five"),
            new EntryStruck(at, "ana", RecordEntryKind.Revenue, "r1", "theirs"),
        ];

        var told = CaseTimeline.WithWhatItSaid("acme", events.Select((e, i) => new RecordedCaseEvent(i + 1, e)));

        Assert.Equal(
            [null, null, "r1: 3 may 2026 · 9.000,00 EUR", "r1: 3 may 2026 · 90,00 EUR", "r1: 3 may 2026 · 95,00 EUR"],
            told.Select(t => t.Before is { } before ? CaseTimeline.Tell(before, MessageLanguage.Spanish) : null));
    }

    [Fact]
    public void Tell_EntriesOfEachKind_SayWhatTheyAre()
    {
        var day = new DateOnly(2026, 5, 3);
        Money euros = new(20, "EUR");
        RecordEntry[] entries =
        [
            new Obligation("o1", ObligationSide.Theirs, ObligationKind.Payment, "invoice 7", day, euros), new Obligation("o2", ObligationSide.Ours, ObligationKind.Deliverable, "the map"),
            new ContactEntry("c1", day, TimeSpan.FromHours(1.5)), new GoodwillClaim("g1", day, euros, true, "late"),
        ];

        Assert.Equal(
            ["o1: the customer's · invoice 7 · 20.00 EUR", "o2: ours · the map", "c1: 3 May 2026 · 90 min", "g1: 3 May 2026 · 20.00 EUR · late"],
            entries.Select(e => CaseTimeline.Tell(e, MessageLanguage.English)));
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public void Tell_AnyEvent_IsALineInBothLanguages(CaseEvent e, string spanish, string english)
    {
        Assert.Equal(spanish, CaseTimeline.Tell(e, MessageLanguage.Spanish, Madrid));
        Assert.Equal(english, CaseTimeline.Tell(e, MessageLanguage.English, Madrid));
    }

    [Fact]
    public void Lines_HoldEverySortOfEvent() => Assert.Equal(
        typeof(CaseEvent).Assembly.GetTypes().Where(t => !t.IsAbstract && t.IsAssignableTo(typeof(CaseEvent))).Select(t => t.Name).Order(StringComparer.Ordinal),
        Lines.Select(l => l.Data.Item1.GetType().Name).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void Tell_EventOfALaterVersion_SaysSo() => Assert.Throws<ArgumentOutOfRangeException>(() => CaseTimeline.Tell(new LaterEvent(), MessageLanguage.English, Madrid));

    private sealed record LaterEvent() : CaseEvent(DateTimeOffset.UnixEpoch, "ana");
}
