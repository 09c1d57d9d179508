using DeEscalationBot.Core.Cases;
using DeEscalationBot.Core.Cases.Customers;
using DeEscalationBot.Core.Cases.Departure;

namespace DeEscalationBot.Core.Tests.Cases.Departure;

/// <summary>Plays a departure command by command, as <c>TheDismissal</c> does a dismissal.</summary>
internal sealed class TheDeparture(CustomerRecord? customer = null)
{
    public static readonly DateOnly EndsOn = new(2026, 6, 30);

    public DepartureCase State { get; private set; } = DepartureCase.Start("dep-1");

    public CustomerRecord Customer { get; set; } = customer ?? TheRecord.Customer();

    public DateTimeOffset Now { get; set; } = TheRecord.Now;

    public List<DepartureEvent> Events { get; } = [];

    public IReadOnlyList<string> Missing => [.. DepartureRules.Missing(State, Customer, Now).Select(m => m.Rule.Id)];

    public static TheDeparture PlayedTo(DepartureStage stage, CustomerRecord? customer = null)
    {
        var play = new TheDeparture(customer);
        while (play.State.Stage < stage)
        {
            var command = play.NextGood();
            if (command is CloseDeparture)
            {
                play.Now = new DateTimeOffset(2026, 6, 30, 9, 0, 0, TimeSpan.Zero);
            }

            play.Do(command);
        }

        return play;
    }

    public DepartureCommand NextGood() => State.Stage switch
    {
        DepartureStage.New => new OpenDeparture(TheRecord.CustomerId, "Queremos cancelar", "conv-1"),
        DepartureStage.Evaluation when State.Evaluation is null =>
            new EvaluateRelation(new RelationEvaluation(RelationAnswer.Yes, RelationAnswer.Unknown, RelationAnswer.Yes, RelationAnswer.Partly, "Two years, one fault")),
        DepartureStage.ExitConversation when State.Talk is null => new HoldExitTalk(ExitTalk.InPerson, [new StatedMotive(DepartureMotive.ChangedNeeds, "We close the shop")], "A coffee"),
        DepartureStage.Terms when State.EndsOn is null => new AgreeEnd(EndsOn),
        DepartureStage.Matrix when State.Matrix is null => new FillMatrix([.. State.Motives.Select(m => new MotiveRow(m.Motive, MotiveResponsibility.OutsideControl, Renegotiation.None, "Wish them well"))]),
        DepartureStage.Handover when !Has(HandoverKind.OwnData) => new ListHandover(new HandoverItem("data", HandoverKind.OwnData, "Their contacts")),
        DepartureStage.Handover when !Has(HandoverKind.FinalReport) => new ListHandover(new HandoverItem("report", HandoverKind.FinalReport, "Final report")),
        DepartureStage.Handover when !Has(HandoverKind.Administrator) => new ListHandover(new HandoverItem("shop", HandoverKind.Administrator, "The web shop")),
        DepartureStage.Handover when State.Figures.IsEmpty => new SetReportFigures([new ReportFigure("Visitas", 1_200, "")]),
        DepartureStage.Handover when State.SurveyLink is null => new OfferSurvey("https://survey.example.org/1"),
        DepartureStage.Closing when State.Handover.Find(i => i.DoneAt is null) is { } item => new CompleteHandover(item.Id, "By their password manager"),
        DepartureStage.Closing when State.KeysVerifiedAt is null => new VerifyKeys(),
        DepartureStage.Closing when State.KeysChangedAt is null => new ChangeKeys(),
        DepartureStage.Closing when !State.Revoked.Contains("shop") => new RevokeAccess("shop"),
        DepartureStage.Closing => new CloseDeparture(),
        _ => new MoveDepartureOn(),
    };

    public TheDeparture Do(DepartureCommand command, CaseActor? by = null)
    {
        Assert.Null(Try(command, by));
        return this;
    }

    public string? Try(DepartureCommand command, CaseActor? by = null, bool hasOther = false)
    {
        var answer = DepartureRules.Decide(State, command, by ?? TheRecord.Supervisor, Customer, Now, hasOther);
        Assert.True(answer.Refusal is null || answer.Events.Count == 0);
        Assert.All(answer.Events, e => Assert.Equal((Now, (by ?? TheRecord.Supervisor).Name), (e.At, e.By)));
        Events.AddRange(answer.Events);
        State = State.Apply(answer.Events);
        return answer.Refusal?.Rule.Id;
    }

    private bool Has(HandoverKind kind) => State.Handover.Exists(i => i.Kind == kind);
}
