using DeEscalationBot.Core.Cases;
using DeEscalationBot.Core.Cases.Customers;
using DeEscalationBot.Core.Cases.Departure;
using DeEscalationBot.Core.Cases.Dismissal;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Conversations;
using DeEscalationBot.Core.Scoring;
using DeEscalationBot.Host.Cases;
using DeEscalationBot.Host.Cases.Storage;
using DeEscalationBot.Host.Conversations.Storage;
using DeEscalationBot.Host.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace DeEscalationBot.Host.Tests.Cases;

/// <summary>A customer with a case, played on a desk step by step: what is done must succeed.</summary>
internal sealed class TheCase
{
    public const string CustomerId = "acme";
    public const string CustomerName = "Acme, S. L.";

    private const string Reason = "abuses-team";
    private static readonly CaseActor Supervisor = new("ana", CaseRole.Supervisor);
    private static readonly CaseActor Manager = new("marta", CaseRole.Manager);
    private static readonly CaseActor OtherManager = new("vera", CaseRole.Manager);

    private TheCase(CaseDesk desk, FakeTimeProvider clock) => (Desk, Clock) = (desk, clock);

    public static DateTimeOffset Now { get; } = new(2026, 6, 1, 9, 0, 0, TimeSpan.Zero);

    public static DateOnly EndsOn { get; } = new(2026, 8, 31);

    public CaseDesk Desk { get; }

    public FakeTimeProvider Clock { get; }

    public string CaseId { get; private set; } = "";

    public static CaseDesk DeskOn(RecordDatabase database, TimeProvider clock, CaseLog? log = null, CaseSight? sight = null) =>
        new(log ?? database.Cases, database.Log, database.Index, new PlainReader(), new CaseSettings(), clock, () => sight ?? CaseSight.Everything, new CaseReportCache());

    public static Task<TheCase> BeginAsync(RecordDatabase database)
    {
        var clock = new FakeTimeProvider(Now);
        return BeginAsync(DeskOn(database, clock), clock);
    }

    /// <summary>Begins in the record of a running host, by a clock of its own: cases take months.</summary>
    public static Task<TheCase> BeginAsync(RunningHost host)
    {
        var clock = new FakeTimeProvider(Now);
        var services = host.Services;
        return BeginAsync(
            new CaseDesk(
                services.GetRequiredService<CaseLog>(), services.GetRequiredService<ConversationLog>(), services.GetRequiredService<ConversationIndex>(), new PlainReader(), new CaseSettings(), clock, () => CaseSight.Everything, new CaseReportCache()),
            clock);
    }

    private static async Task<TheCase> BeginAsync(CaseDesk desk, FakeTimeProvider clock)
    {
        var added = await desk.ChangeCustomerAsync(
            CustomerId,
            [
                new AddCustomer(CustomerName, new DateOnly(2024, 1, 15)),
                new AgreeContract(new ContractTerms(new DateOnly(2024, 2, 1), null, new Money(12_000, "EUR"), TimeSpan.FromDays(60))),
                new RecordRevenue(new RevenueEntry("r1", new DateOnly(2026, 1, 10), new Money(9_000, "EUR"))),
                new RecordContact(new ContactEntry("c1", new DateOnly(2026, 2, 10), TimeSpan.FromHours(10))),
            ],
            Supervisor,
            "blue",
            TestContext.Current.CancellationToken);
        Assert.Null(added.Refusal);
        return new TheCase(desk, clock);
    }

    /// <summary>Runs a dismissal until it is at a stage.</summary>
    public async Task DismissUntilAsync(DismissalStage stage)
    {
        if (CaseId.Length == 0)
        {
            CaseId = (await Desk.OpenAsync(new OpenDismissal(CustomerId, "Insultos"), Supervisor, TestContext.Current.CancellationToken)).File!.Case.Id;
        }

        const string message = "Terminamos el 31 de agosto de 2026 porque el 3 de mayo se insultó a nuestro equipo después del aviso del 20 de abril.";
        var warned = new DateTimeOffset(2026, 4, 20, 10, 0, 0, TimeSpan.Zero);
        (DismissalStage Until, DismissalCommand Command, CaseActor By)[] steps =
        [
            (DismissalStage.Reasons, new AssessCustomer(CustomerAssessment.Bad, "Siguió después del aviso"), Supervisor),
            (DismissalStage.Reasons, new HearConcerns(WasHeld: true, "Nos ven lentos"), Supervisor),
            (DismissalStage.Reasons, new MoveOn(), Supervisor),
            (DismissalStage.Dossier, new ChooseReason(Reason), Supervisor),
            (DismissalStage.Dossier, new RecordWarning(new CustomerWarning(Reason, warned, FarewellChannel.Phone, "Sin insultos, por favor")), Supervisor),
            (DismissalStage.Dossier, new AddEvidence(Reason, new Evidence("e1", EvidenceNature.Abuse, warned.AddDays(13), "«¡Inútil!», por teléfono")), Supervisor),
            (DismissalStage.Dossier, new MoveOn(), Supervisor),
            (DismissalStage.Options, new CompileDossier(new Dossier([], [], [], [], [])), Supervisor),
            (DismissalStage.Options, new MoveOn(), Supervisor),
            (DismissalStage.Money, new AnswerOptions("Otra persona", [new WorkingOption("Otra persona", OptionResult.TriedInVain, "También")]), Supervisor),
            (DismissalStage.Money, new MoveOn(), Supervisor),
            (DismissalStage.Decision, new ReckonMoney(new Money(500, "EUR")), Supervisor),
            (DismissalStage.Decision, new MoveOn(), Supervisor),
            (DismissalStage.Telling, new AgreeToDismissal(1, "No queda otra"), OtherManager),
            (DismissalStage.Telling, new AgreeToDismissal(1, "No queda otra"), Manager),
            (DismissalStage.Message, new PlanTelling(new TellingPlan("marta", CaseRole.Manager, FarewellChannel.Phone, null, EndsOn, "nora")), Supervisor),
            (DismissalStage.Message, new MoveOn(), Supervisor),
            (DismissalStage.Ending, new WriteMessage(message, MessageLanguage.Spanish), Supervisor),
            (DismissalStage.Ending, new ApproveMessage(FarewellMessage.HashOf(message)), Manager),
            (DismissalStage.Ending, new TellCustomer(FarewellChannel.Phone, message), Manager),
            (DismissalStage.Closed, new CloseDismissal(), Supervisor),
        ];
        foreach (var (_, command, by) in steps.Where(s => s.Until <= stage))
        {
            if (command is CloseDismissal)
            {
                Clock.SetUtcNow(new DateTimeOffset(2026, 9, 1, 9, 0, 0, TimeSpan.Zero));
            }

            var outcome = await Desk.ChangeAsync(CaseId, command, by, TestContext.Current.CancellationToken);
            Assert.True(outcome.Refusal is null, $"{command.GetType().Name}: {outcome.Refusal?.Rule.Id}");
        }

        Assert.Equal(stage, (await Desk.ReadDismissalAsync(CaseId, TestContext.Current.CancellationToken))!.Case.Stage);
    }

    /// <summary>Runs a whole departure.</summary>
    public async Task DepartAsync()
    {
        CaseId = (await Desk.OpenAsync(new OpenDeparture(CustomerId, "Queremos cancelar"), Supervisor, TestContext.Current.CancellationToken)).File!.Case.Id;
        DepartureCommand[] steps =
        [
            new EvaluateRelation(new RelationEvaluation(RelationAnswer.Yes, RelationAnswer.Unknown, RelationAnswer.Yes, RelationAnswer.Partly, "Dos años")),
            new MoveDepartureOn(),
            new HoldExitTalk(ExitTalk.InPerson, [new StatedMotive(DepartureMotive.ChangedNeeds, "Cerramos la tienda")], "Un café"),
            new MoveDepartureOn(),
            new AgreeEnd(EndsOn),
            new MoveDepartureOn(),
            new FillMatrix([new MotiveRow(DepartureMotive.ChangedNeeds, MotiveResponsibility.OutsideControl, Renegotiation.None, "Desearles suerte")]),
            new MoveDepartureOn(),
            new ListHandover(new HandoverItem("data", HandoverKind.OwnData, "Sus contactos")),
            new ListHandover(new HandoverItem("report", HandoverKind.FinalReport, "Informe final")),
            new SetReportFigures([new ReportFigure("Visitas", 1_200, "")]),
            new OfferSurvey("https://survey.example.org/1"),
            new MoveDepartureOn(),
            new CompleteHandover("data", "SFTP"),
            new CompleteHandover("report", "PDF"),
            new VerifyKeys(),
            new ChangeKeys(),
            new RevokeAccess("tienda"),
            new CloseDeparture(),
        ];
        foreach (var command in steps)
        {
            if (command is CloseDeparture)
            {
                Clock.SetUtcNow(new DateTimeOffset(2026, 9, 1, 9, 0, 0, TimeSpan.Zero));
            }

            var outcome = await Desk.ChangeAsync(CaseId, command, Supervisor, TestContext.Current.CancellationToken);
            Assert.True(outcome.Refusal is null, $"{command.GetType().Name}: {outcome.Refusal?.Rule.Id}");
        }
    }

    /// <summary>A conversation of a customer: an answer after 10 minutes, another after a night.</summary>
    public static async Task SayAsync(RecordDatabase database, string conversation, string customer, params ConversationEvent[] more)
    {
        var at = Now.AddDays(-3);
        ConversationEvent[] events =
        [
            new TurnTaken(at, TurnOf(0, SpeakerRole.Customer, at, customer)),
            new TurnTaken(at, TurnOf(1, SpeakerRole.Agent, at.AddMinutes(10), "luis")),
            new TurnTaken(at, TurnOf(2, SpeakerRole.Agent, at.AddHours(12), "luis")),
            .. more,
        ];
        await database.Log.AppendAsync(Conversation.Start(ConversationId.Create(conversation)).Apply(events), events, null);
    }

    /// <summary>What somebody writes as a customer, a day after <see cref="SayAsync"/> began.</summary>
    public static TurnTaken WordsOf(int index, string customer) => new(Now.AddDays(-2), TurnOf(index, SpeakerRole.Customer, Now.AddDays(-2), customer));

    private static Turn TurnOf(int index, SpeakerRole speaker, DateTimeOffset when, string? author)
    {
        var score = new UtteranceScore(MessageLanguage.Spanish, new Probability(0.4), FrustrationLevel.Annoyed, [], ScoreOrigin.Model);
        return new(index, MessageId.Create($"m{index}"), speaker, "¿Dónde está mi pedido?", when, MessageLanguage.Spanish, speaker == SpeakerRole.Customer ? score : null, new Probability(0.4), TensionTrend.Steady, [], [], [], author);
    }

    private sealed class PlainReader : IFarewellReader
    {
        public IReadOnlyList<string> BrokenRules(string text, MessageLanguage language) => [];
    }
}
