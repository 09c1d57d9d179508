using DeEscalationBot.Core.Cases;
using DeEscalationBot.Core.Cases.Customers;
using DeEscalationBot.Core.Cases.Dismissal;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Scoring;

namespace DeEscalationBot.Core.Tests.Cases.Dismissal;

/// <summary>Plays a dismissal command by command: what is done must succeed, what is tried is answered with the id of its refusal.</summary>
internal sealed class TheDismissal
{
    public const string Message = "We end our contract on 31 August, because our team was insulted on 3 May after our warning of 20 April.";
    public const string Reason = "abuses-team";

    private readonly DismissalRules _rules;

    public TheDismissal(CustomerRecord? customer = null, CaseSettings? settings = null)
    {
        Customer = customer ?? TheRecord.Customer();
        _rules = new DismissalRules(settings ?? new CaseSettings(), new PlainReader());
    }

    public static DateTimeOffset Warned { get; } = new(2026, 4, 20, 10, 0, 0, TimeSpan.Zero);

    public static Evidence Insult { get; } = new("e1", EvidenceNature.Abuse, Warned.AddDays(13), "You useless idiot", "conv-1", 0, [SignalType.Abuse]);

    public static Dossier Dossier { get; } = new(
        [new DossierConversation("conv-1", Warned, Warned.AddDays(13), 2, 1, 0.9, 0.6, 1)],
        [new DossierComplaint("conv-1#0", "conv-1", 0, Warned.AddDays(13), [SignalType.Abuse], [1], false)],
        [],
        [],
        [TheRecord.Agent.Name]);

    public static TellingPlan Plan { get; } = new(TheRecord.Manager.Name, CaseRole.Manager, FarewellChannel.Phone, null, new DateOnly(2026, 8, 31), TheRecord.Reader.Name);

    public DismissalCase State { get; private set; } = DismissalCase.Start("case-1");

    public CustomerRecord Customer { get; set; }

    public DateTimeOffset Now { get; set; } = TheRecord.Now;

    public List<DismissalEvent> Events { get; } = [];

    public IReadOnlyList<string> Missing => [.. _rules.Missing(State, Customer, Now).Select(m => m.Rule.Id)];

    /// <summary>A case on which everything was done until a stage was entered, or closed.</summary>
    public static TheDismissal PlayedTo(DismissalStage stage, CustomerRecord? customer = null, CaseSettings? settings = null)
    {
        var play = new TheDismissal(customer, settings);
        while (play.State.Stage < stage)
        {
            play.NextGoodStep();
        }

        return play;
    }

    /// <summary>What the next good step is, by what is on the case; who does it; and how far the clock has to be.</summary>
    public (DismissalCommand Command, CaseActor By) NextGood() => State.Stage switch
    {
        DismissalStage.New => (new OpenDismissal(TheRecord.CustomerId, "Insults"), TheRecord.Supervisor),
        DismissalStage.Concerns when State.Assessment != CustomerAssessment.Bad => (new AssessCustomer(CustomerAssessment.Bad, "Went on after the warning"), TheRecord.Supervisor),
        DismissalStage.Concerns when State.Concerns is null => (new HearConcerns(WasHeld: true, "They find us slow"), TheRecord.Supervisor),
        DismissalStage.Reasons when State.FindReason(Reason) is null => (new ChooseReason(Reason), TheRecord.Supervisor),
        DismissalStage.Reasons when State.Warnings.IsEmpty => (new RecordWarning(new CustomerWarning(Reason, Warned, FarewellChannel.Phone, "Please speak with us without insults")), TheRecord.Supervisor),
        DismissalStage.Reasons when State.FindReason(Reason)!.Evidence.IsEmpty => (new AddEvidence(Reason, Insult), TheRecord.Supervisor),
        DismissalStage.Dossier when State.Dossier is null => (new CompileDossier(Dossier), TheRecord.Supervisor),
        DismissalStage.Dossier when State.Comments.IsEmpty => (new AskForComment(TheRecord.Agent.Name), TheRecord.Supervisor),
        DismissalStage.Dossier when State.Comments.Exists(c => c.Person == TheRecord.Agent.Name && c.GivenAt is null) => (new GiveComment("I helped three times"), TheRecord.Agent),
        DismissalStage.Dossier when State.Complaints.IsEmpty => (new TellComplaint("conv-1#0", "A refund, a call", IsOurUnsolvedFailure: false), TheRecord.Supervisor),
        DismissalStage.Options when State.Options is null => (new AnswerOptions("Another contact was tried", [new WorkingOption("Another contact", OptionResult.TriedInVain, "Insulted too")]), TheRecord.Supervisor),
        DismissalStage.Money when State.Money is null => (new ReckonMoney(TheRecord.Euros(1_000)), TheRecord.Supervisor),
        DismissalStage.Decision => (new AgreeToDismissal(State.Round, "Nothing else is left"), State.Agreements.Exists(a => a.Person == TheRecord.Manager.Name) ? TheRecord.OtherManager : TheRecord.Manager),
        DismissalStage.Telling when State.Plan is null => (new PlanTelling(Plan), TheRecord.Supervisor),
        DismissalStage.Message when State.Message is null => (new WriteMessage(Message, MessageLanguage.English), TheRecord.Supervisor),
        DismissalStage.Message when State.Message.ApprovedBy is null => (new ApproveMessage(State.Message.Hash), TheRecord.OtherManager),
        DismissalStage.Message => (new TellCustomer(FarewellChannel.Phone, Message), TheRecord.Manager),
        DismissalStage.Ending => (new CloseDismissal(), TheRecord.Supervisor),
        _ => (new MoveOn(), TheRecord.Supervisor),
    };

    public void NextGoodStep()
    {
        var (command, by) = NextGood();
        if (command is CloseDismissal)
        {
            Now = new DateTimeOffset(2026, 9, 1, 9, 0, 0, TimeSpan.Zero);
        }

        Do(command, by);
    }

    /// <summary>Takes over what an earlier version recorded.</summary>
    public TheDismissal Recorded(params DismissalEvent[] events)
    {
        State = State.Apply(events);
        return this;
    }

    public TheDismissal Do(DismissalCommand command, CaseActor? by = null)
    {
        Assert.Null(Try(command, by));
        return this;
    }

    /// <summary>The id of the reason for which it was refused, or nothing when it was done.</summary>
    public string? Try(DismissalCommand command, CaseActor? by = null, bool hasOther = false)
    {
        var answer = _rules.Decide(State, command, by ?? TheRecord.Supervisor, Customer, Now, hasOther);
        Assert.True(answer.Refusal is null || answer.Events.Count == 0);
        Assert.All(answer.Events, e => Assert.Equal((Now, (by ?? TheRecord.Supervisor).Name), (e.At, e.By)));
        Events.AddRange(answer.Events);
        State = State.Apply(answer.Events);
        return answer.Refusal?.Rule.Id;
    }

    private sealed class PlainReader : IFarewellReader
    {
        public IReadOnlyList<string> BrokenRules(string text, MessageLanguage language) => text.Contains("perhaps", StringComparison.Ordinal) ? ["reconsideration-opening"] : [];
    }
}
