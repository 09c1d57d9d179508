using CsCheck;
using DeEscalationBot.Core.Cases;
using DeEscalationBot.Core.Cases.Customers;
using DeEscalationBot.Core.Cases.Dismissal;
using DeEscalationBot.Core.Channels;

namespace DeEscalationBot.Core.Tests.Cases.Dismissal;

/// <summary>No sequence of commands, by anybody, at any time, dismisses a customer without every step. The audit reads the events alone, by the playbook and not by the code.</summary>
public sealed class DismissalPropertyTests
{
    private static readonly CaseActor[] People = [TheRecord.Supervisor, TheRecord.Manager, TheRecord.OtherManager, TheRecord.Agent, TheRecord.Reader, new("pia", CaseRole.Supervisor)];

    private static readonly Evidence[] Pieces =
    [
        TheDismissal.Insult,
        TheDismissal.Insult with { Id = "review", Nature = EvidenceNature.HonestReview },
        TheDismissal.Insult with { Id = "ours", Nature = EvidenceNature.OurUnsolvedFailure },
        TheDismissal.Insult with { Id = "calm", Signals = [] },
        TheDismissal.Insult with { Id = "early", OccurredAt = TheDismissal.Warned.AddDays(-3) },
    ];

    // Longer than the notice, so that neither hides the other.
    private static readonly TimeSpan AppealWithin = TimeSpan.FromDays(120);

    [Fact]
    public void Decide_AnyCommands_NeverDismissWithoutEveryStep()
    {
        var (dismissed, others) = (0, 0);
        Gen.Select(Gen.Int[0, 99], Gen.Int[0, 29], Gen.Int[0, 5], Gen.Int[0, 200]).Array[20, 90].Sample(
            steps =>
            {
                var play = new TheDismissal(TheRecord.Customer(new AddObligation(new Obligation("theirs", ObligationSide.Theirs, ObligationKind.Agreement, "Return the devices"))), new() { AppealWithin = AppealWithin });
                foreach (var (luck, which, who, hours) in steps)
                {
                    // Mostly what comes next, so that the end is reached; otherwise anything, by anybody.
                    var (command, by) = luck < 65 ? play.NextGood() : (Wild(which, play.State), People[who]);
                    play.Now += TimeSpan.FromHours(luck < 65 && command is not CloseDismissal ? 1 : hours);
                    if (command is CloseDismissal && luck < 30)
                    {
                        play.Try(new AcceptObligation("theirs", "They may keep them"));
                        play.Now += TimeSpan.FromDays(hours);
                    }

                    var before = TheRecord.Read(play.State);
                    if (play.Try(command, by) is not null)
                    {
                        Assert.Equal(before, TheRecord.Read(play.State));
                    }
                }

                Assert.Equal(TheRecord.Read(play.State), TheRecord.Read(DismissalCase.Start("case-1").Apply(play.Events)));
                AuditStages(play.Events);
                if (play.Events.OfType<CustomerTold>().Any())
                {
                    AuditTold(play.Events);
                }

                if (play.Events.OfType<DismissalClosed>().Any())
                {
                    AuditClosed(play.Events, play.State);
                    Interlocked.Increment(ref dismissed);
                }
                else
                {
                    Interlocked.Increment(ref others);
                }
            },
            iter: 3_000);

        // The property would hold for cases that never end, too: some have to.
        Assert.True(dismissed >= 20, $"{dismissed} of {dismissed + others} cases ended in a dismissal");
    }

    private static DismissalCommand Wild(int which, DismissalCase state) => which switch
    {
        // Everybody agrees at once, also those who did.
        _ when state.Stage == DismissalStage.Decision && which % 2 == 0 => new AgreeToDismissal(state.Round, "Yes"),
        0 => new MoveOn(),
        1 => new AssessCustomer(CustomerAssessment.Demanding, "Asks a lot"),
        2 => new OfferMeeting(FarewellChannel.Phone),
        3 => new ChooseReason("dreaded-by-team"),
        4 => new DropReason(TheDismissal.Reason),
        5 => new AddEvidence(TheDismissal.Reason, Pieces[1]),
        6 => new AddEvidence(TheDismissal.Reason, Pieces[2]),
        7 => new AddEvidence(TheDismissal.Reason, Pieces[3]),
        8 => new AddEvidence(TheDismissal.Reason, Pieces[4]),
        9 => new CompileDossier(new Dossier([], [], [], [], ["luis", "eva"])),
        10 => new GiveComment("I say"),
        11 => new TellComplaint("conv-1#0", "Our bug", IsOurUnsolvedFailure: true),
        12 => new AnswerOptions("Something", [new WorkingOption("A call", OptionResult.Untried, "Tomorrow")]),
        13 => new ReckonMoney(TheRecord.Euros(99_999)),
        14 => new NoteLegalAdvice("Lex", "Fine"),
        15 => new AgreeToDismissal(state.Round, "Yes"),
        16 => new AgreeToDismissal(state.Round - 1, "Yes"),
        17 => new SendBack(state.Round, DismissalStage.Reasons, "Look again"),
        18 => new SendBack(state.Round, DismissalStage.Ending, "Hurry"),
        19 => new PlanTelling(TheDismissal.Plan with { EndsOn = TheRecord.Today }),
        20 => new WriteMessage("perhaps", MessageLanguage.English),
        21 => new ApproveMessage(state.Message?.Hash ?? "none"),
        22 => new TellCustomer(FarewellChannel.Phone, "Something else"),
        23 => new TellCustomer(FarewellChannel.Phone, TheDismissal.Message),
        24 => new LodgeAppeal("Please"),
        25 => new DecideAppeal(IsUpheld: true, "It stands"),
        26 => new OpenDismissal(TheRecord.CustomerId, "Again"),
        27 => new CloseDismissal(),
        28 => new WriteMessage(TheDismissal.Message + "!", MessageLanguage.English),
        _ => new AddEvidence(TheDismissal.Reason, TheDismissal.Insult with { Id = "again" }),
    };

    // A step forward is one step, always.
    private static void AuditStages(IEnumerable<DismissalEvent> events)
    {
        var stage = DismissalStage.New;
        foreach (var e in events)
        {
            var next = e switch
            {
                DismissalOpened => DismissalStage.Concerns,
                StageEntered x => x.Stage,
                DismissalDecided => DismissalStage.Telling,
                CustomerTold => DismissalStage.Ending,
                CaseSentBack x => x.To,
                _ => stage,
            };
            Assert.True(next <= stage + 1, $"{stage} to {next}");
            stage = next;
        }
    }

    private static void AuditTold(List<DismissalEvent> events)
    {
        var told = events.FindIndex(e => e is CustomerTold);
        var before = events[..told];
        T Last<T>() => before.OfType<T>().Last();
        Assert.Equal(CustomerAssessment.Bad, Last<CustomerAssessed>().Assessment);
        Assert.True(before.OfType<ConcernsHeard>().Any() || before.OfType<MeetingOffered>().Count() >= 2);
        var struck = before.OfType<EvidenceStruck>().Select(e => e.EvidenceId).ToArray();
        Assert.Contains(before.OfType<EvidenceAdded>(), e => !struck.Contains(e.Evidence.Id));
        Assert.All(before.OfType<EvidenceAdded>(), e => Assert.True(e.Evidence.Nature is not (EvidenceNature.HonestReview or EvidenceNature.OurUnsolvedFailure) && e.Evidence.Signals!.Count > 0));
        Assert.NotEmpty(before.OfType<WarningRecorded>());
        Assert.All(Last<DossierCompiled>().Dossier.Agents, a => Assert.Contains(before.OfType<CommentAsked>(), c => c.Person == a));
        Assert.DoesNotContain(Last<OptionsAnswered>().Options, o => o.Result == OptionResult.Untried);
        Assert.Equal("EUR", Last<MoneyReckoned>().Money.NetOfEnding.Currency);

        var round = before.Skip(before.FindLastIndex(e => e is CaseSentBack) + 1).ToList();
        var agreed = round.OfType<DismissalAgreed>().ToArray();
        Assert.True(agreed.DistinctBy(a => a.By).Count() == agreed.Length && agreed.Length >= 2);
        Assert.Contains(agreed, a => !a.WasInvolved);
        Assert.All(agreed, a => Assert.True(a.Role >= CaseRole.Manager));
        var written = round.FindLastIndex(e => e is MessageWritten);
        var approved = round.FindLastIndex(e => e is MessageApproved);
        Assert.True(approved > written && approved > round.FindLastIndex(e => e is TellingPlanned));
        var message = (MessageWritten)round[written];
        Assert.Empty(message.BrokenRules);
        Assert.True(message.Hash == ((MessageApproved)round[approved]).Hash && message.Hash == ((CustomerTold)events[told]).Hash && message.By != round[approved].By);
    }

    private static void AuditClosed(List<DismissalEvent> events, DismissalCase state)
    {
        var told = Assert.Single(events.OfType<CustomerTold>());
        var closed = Assert.Single(events.OfType<DismissalClosed>());
        Assert.Contains(events.OfType<ObligationAccepted>(), a => a.ObligationId == "theirs");
        var appeals = events.OfType<AppealDecided>().ToArray();
        Assert.True(appeals.Length == 1 ? appeals[0].IsUpheld : closed.At > told.At + AppealWithin);
        Assert.Equal(events.OfType<AppealLodged>().Count(), appeals.Length);
        Assert.True(DateOnly.FromDateTime(closed.At.UtcDateTime) >= state.Plan!.EndsOn);
    }
}
