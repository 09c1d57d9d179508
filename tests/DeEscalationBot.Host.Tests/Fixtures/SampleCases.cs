using DeEscalationBot.Core.Cases;
using DeEscalationBot.Core.Cases.Customers;
using DeEscalationBot.Core.Cases.Departure;
using DeEscalationBot.Core.Cases.Dismissal;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Scoring;
using DeEscalationBot.Host.Cases.Storage;

namespace DeEscalationBot.Host.Tests.Fixtures;

/// <summary>Made-up events of customers and cases, each kind once, with something in every field and in an order that a case can have.</summary>
public static class SampleCases
{
    public const string CustomerId = "cliente/ñandú";

    public static readonly DateTimeOffset At = new(2026, 3, 1, 14, 30, 0, 125, TimeSpan.Zero);

    private static readonly DateOnly Day = new(2026, 2, 3);
    private static readonly Money Euros = new(1234.5m, "EUR");

    public static IReadOnlyList<CustomerEvent> Customer { get; } =
    [
        new CustomerAdded(At, "ana", "Ñandú, S. A. \0 \uFFFD", Day),
        new ContractAgreed(At, "ana", new ContractTerms(Day, Day.AddYears(1), Euros, TimeSpan.FromDays(60))),
        new ObligationAdded(At, "ana", new Obligation("o1", ObligationSide.Theirs, ObligationKind.Payment, "La última factura", Day.AddDays(3), Euros)),
        new ObligationClosed(At, "ana", "o1", "Transferencia"),
        new RevenueRecorded(At, "ana", new RevenueEntry("r1", Day, Euros)),
        new ContactRecorded(At, "ana", new ContactEntry("c1", Day, TimeSpan.FromMinutes(12.5))),
        new GoodwillClaimed(At, "ana", new GoodwillClaim("g1", Day, Euros, WasGranted: true, "Por el retraso")),
        new ObligationCorrected(At, "ana", new Obligation("o1", ObligationSide.Theirs, ObligationKind.Payment, "La penúltima factura", Day.AddDays(4), Euros), "Otra factura"),
        new RevenueCorrected(At, "ana", new RevenueEntry("r1", Day.AddDays(1), Euros), "Otro día"),
        new ContactCorrected(At, "ana", new ContactEntry("c1", Day, TimeSpan.FromMinutes(13)), "Medio minuto más"),
        new GoodwillCorrected(At, "ana", new GoodwillClaim("g1", Day, Euros, WasGranted: false, "Por el retraso"), "No se concedió"),
        new EntryStruck(At, "ana", RecordEntryKind.Contact, "c1", "Era de otro cliente"),
        new CustomerMoved(At, "ana", "rojo", "Cambió de proyecto"),
        new CustomerLeft(At, "ana", Day.AddDays(20), CustomerEnding.Dismissed),
        new CustomerReturned(At, "ana", Day.AddDays(25)),
        new CustomerErased(At, "ana"),
    ];

    public static IReadOnlyList<DismissalEvent> Dismissal { get; } =
    [
        new DismissalOpened(At, "ana", CustomerId, "Insultos"),
        new CustomerAssessed(At, "ana", CustomerAssessment.Bad, "Siguió"),
        new MeetingOffered(At, "ana", FarewellChannel.Video),
        new ConcernsHeard(At, "ana", WasHeld: true, "Nos ven lentos"),
        new ReasonChosen(At, "ana", "abuses-team"),
        new ReasonChosen(At, "ana", "never-content"),
        new ReasonDropped(At, "ana", "never-content"),
        new EvidenceAdded(At, "ana", "abuses-team", new Evidence("e1", EvidenceNature.Abuse, At, "«¡Inútil!»", "c/1", 3, [SignalType.Abuse, SignalType.Threat], ArisesFromOurFailure: true, WhatIsUntrue: "nada")),
        new EvidenceStruck(At, "ana", "e1", "dismissal.evidence.our-failure"),
        new WarningRecorded(At, "ana", new CustomerWarning("abuses-team", At, FarewellChannel.Phone, "Sin insultos, por favor")),
        new DossierCompiled(At, "ana", new Dossier(
            [new DossierConversation("c/1", At, At.AddHours(1), 3, 2, 0.9, 0.25, 1)],
            [new DossierComplaint("c/1#3", "c/1", 3, At, [SignalType.Abuse], [4, 5], WasRelieved: true)],
            [new PatternMonth(Day, 3, 1, new Dictionary<SignalType, int> { [SignalType.Abuse] = 2, [SignalType.RepeatContact] = 1 })],
            [new TensionPoint(At, "c/1", 0.625)],
            ["luis"])),
        new CommentAsked(At, "ana", "luis"),
        new CommentGiven(At, "luis", "Lo intenté tres veces"),
        new ComplaintTold(At, "ana", "c/1#3", "Un reembolso", IsOurUnsolvedFailure: true),
        new OptionsAnswered(At, "ana", "Otra persona", [new WorkingOption("Otra persona", OptionResult.TriedInVain, "También la insultó")]),
        new MoneyReckoned(At, "ana", new DismissalMoney(Day, Day.AddDays(364), Euros, TimeSpan.FromHours(10.5), Euros, Euros, Euros, Euros with { Amount = -3 }, Euros)),
        new LegalAdviceNoted(At, "ana", "Bufete", "Adelante"),
        new StageEntered(At, "ana", DismissalStage.Decision),
        new DismissalAgreed(At, "marta", CaseRole.Manager, WasInvolved: true, "No queda otra"),
        new DismissalDecided(At, "marta"),
        new CaseSentBack(At, "marta", DismissalStage.Reasons, "Falta algo"),
        new TellingPlanned(At, "ana", new TellingPlan("marta", CaseRole.Executive, FarewellChannel.Email, "Vive lejos", Day.AddDays(90), "nora")),
        new MessageWritten(At, "ana", "Terminamos.", MessageLanguage.Spanish, FarewellMessage.HashOf("Terminamos."), ["vague-reason"]),
        new MessageApproved(At, "marta", FarewellMessage.HashOf("Terminamos.")),
        new CustomerTold(At, "marta", FarewellChannel.Email, FarewellMessage.HashOf("Terminamos."), At.AddDays(14)),
        new ObligationAccepted(At, "ana", "o1", "Así se queda", "«De acuerdo»", new ObligationTerms(ObligationSide.Ours, ObligationKind.Agreement, null)),
        new AppealLodged(At, "ana", "No lo acepto"),
        new AppealDecided(At, "nora", IsUpheld: true, "Se mantiene"),
        new DismissalClosed(At, "ana", Day.AddDays(180)),
        new DismissalReviewed(At, "marta", "Bien hecho"),
        new DismissalUndone(At, "marta", "Se disculparon"),
        new CustomerKept(At, "ana", "Se queda"),
        new DismissalErased(At, "ana"),
    ];

    public static IReadOnlyList<DepartureEvent> Departure { get; } =
    [
        new DepartureOpened(At, "ana", CustomerId, "Queremos cancelar", "c/1"),
        new RelationEvaluated(At, "ana", new RelationEvaluation(RelationAnswer.Yes, RelationAnswer.Partly, RelationAnswer.No, RelationAnswer.Unknown, "Dos años")),
        new ExitTalkHeld(At, "ana", ExitTalk.InPerson, [new StatedMotive(DepartureMotive.PriceAgainstValue, "«Es caro»")], "Un café"),
        new EndAgreed(At, "ana", Day.AddDays(60)),
        new MatrixFilled(At, "ana", [new MotiveRow(DepartureMotive.PriceAgainstValue, MotiveResponsibility.Shared, Renegotiation.LowerPrice, "No bajar", IsPriceWarningRead: true)]),
        new HandoverListed(At, "ana", new HandoverItem("h1", HandoverKind.OwnData, "Sus contactos", At, "Por SFTP")),
        new HandoverListed(At, "ana", new HandoverItem("h2", HandoverKind.Files, "Las fotos")),
        new HandoverDropped(At, "ana", "h2", "No las quieren"),
        new HandoverDone(At, "ana", "h1", "Por SFTP"),
        new ReportFiguresSet(At, "ana", [new ReportFigure("Visitas", 1200.5m, "u.")]),
        new TestimonialAsked(At, "ana"),
        new TestimonialGiven(At, "ana", "Fue un placer"),
        new SurveyOffered(At, "ana", "https://survey.example.org/1"),
        new SurveyAnswered(At, "ana", new SurveyAnswer(9, "Bien")),
        new DepartureMovedOn(At, "ana", DepartureStage.Closing),
        new CommitmentAccepted(At, "ana", "o1", "Así se queda", null),
        new KeysVerified(At, "ana"),
        new KeysChanged(At, "ana"),
        new AccessRevoked(At, "ana", "tienda"),
        new DepartureClosed(At, "ana"),
        new ImprovementPlanned(At, "ana", new ImprovementAction("i1", "Revisar precios", "iker", Day.AddDays(30), At)),
        new ImprovementDone(At, "iker", "i1"),
        new FitJudged(At, "ana", CustomerFit.NotIdeal, "Poco margen"),
        new CustomerStayed(At, "ana", "Se queda"),
        new DepartureErased(At, "ana"),
    ];

    public static ProposalSetAside SetAside { get; } = new(At, "ana", CaseProposalKind.Departure, "c/1", At.AddDays(-1), "Bromeaba");

    /// <summary>Records all of them: a customer and two cases that are over.</summary>
    public static async Task FillAsync(CaseLog log)
    {
        var customer = CustomerRecord.Start(CustomerId);
        Assert.True(await log.TryAppendAsync(customer, [
            new CaseAppend(Customer, Row(CaseKind.Customer, CustomerId, CustomerId, Customer.Count, isOpen: false)),
            new CaseAppend(Dismissal, Row(CaseKind.Dismissal, "dis-1", CustomerId, Dismissal.Count, isOpen: false)),
            new CaseAppend(Departure, Row(CaseKind.Departure, "dep-1", CustomerId, Departure.Count, isOpen: false)),
        ]));
    }

    public static CaseIndexRow Row(CaseKind kind, string id, string customer, long sequence, bool isOpen, string team = "blue") => new()
    {
        Kind = kind,
        CaseId = id,
        CustomerId = customer,
        Team = team,
        Owner = "ana",
        Sequence = sequence,
        Stage = "Any",
        Outcome = null,
        IsOpen = isOpen,
        OpenedAt = At,
        ClosedAt = isOpen ? null : At.AddDays(1),
        DueAt = At.AddDays(2),
    };
}
