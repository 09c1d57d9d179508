using DeEscalationBot.Core.Cases;
using DeEscalationBot.Core.Cases.Customers;
using DeEscalationBot.Core.Cases.Dismissal;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Coaching.DraftReview;

namespace DeEscalationBot.Core.Tests.Cases.Dismissal;

/// <summary>Each forbidden shortcut is tried and refused with its reason; the ids are those of the playbook's rows B1 to B10.</summary>
public sealed class DismissalRulesTests
{
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    [Fact]
    public void Decide_WholeCase_EndsInADismissalThatIsToBeReviewed()
    {
        var play = TheDismissal.PlayedTo(DismissalStage.Closed);
        Assert.Equal((DismissalOutcome.Dismissed, new DateOnly(2026, 11, 30)), (play.State.Outcome, play.State.ReviewDueOn));
        Assert.Equal("case.not-permitted", play.Try(new ReviewDismissal("It was right")));
        play.Do(new ReviewDismissal("It was right"), TheRecord.Manager);
        Assert.Equal("It was right", play.State.ReviewFindings);
        Assert.Equal(TheRecord.Read(play.State), TheRecord.Read(DismissalCase.Start("case-1").Apply(TheRecord.Stored(play.Events))));
    }

    // B1: every command before its stage is refused, from every stage.
    [Fact]
    public void Decide_CommandOfALaterStage_IsRefusedEverywhere()
    {
        DismissalCommand[] inOrder =
        [
            new AssessCustomer(CustomerAssessment.Bad, "x"), new ChooseReason("unethical"), new CompileDossier(TheDismissal.Dossier), new AnswerOptions("x", [new WorkingOption("x", OptionResult.Declined, "x")]),
            new ReckonMoney(TheRecord.Euros(0)), new AgreeToDismissal(1, "x"), new PlanTelling(TheDismissal.Plan), new WriteMessage("x", MessageLanguage.English), new CloseDismissal(),
        ];
        for (var stage = DismissalStage.New; stage < DismissalStage.Ending; stage++)
        {
            foreach (var command in inOrder.Skip((int)stage))
            {
                Assert.Equal("case.wrong-stage", TheDismissal.PlayedTo(stage).Try(command, TheRecord.Executive));
            }
        }

        Assert.All(inOrder, c => Assert.Equal("case.closed", TheDismissal.PlayedTo(DismissalStage.Closed).Try(c, TheRecord.Executive)));
    }

    [Fact]
    public void Open_ErasedGoneUnknownOtherOrTwice_IsRefused()
    {
        var open = new OpenDismissal(TheRecord.CustomerId, "Insults");
        Assert.Equal("case.customer-erased", new TheDismissal(TheRecord.Erased(TheRecord.Customer())).Try(open));
        Assert.Equal("dismissal.customer-gone", new TheDismissal(TheRecord.Customer(new MarkLeft(TheRecord.Today, CustomerEnding.Left))).Try(open));
        Assert.Equal("customer.unknown", new TheDismissal(CustomerRecord.Start(TheRecord.CustomerId)).Try(open));
        Assert.Equal("case.other-customer", new TheDismissal().Try(open with { CustomerId = "other" }));
        Assert.Equal("dismissal.other-case-open", new TheDismissal().Try(open, hasOther: true));
        Assert.Equal("case.not-permitted", new TheDismissal().Try(open, TheRecord.Agent));
        Assert.Equal("case.text-missing", new TheDismissal().Try(open with { Why = "…" }));
        Assert.Equal("case.already-open", new TheDismissal().Do(open).Try(open));
    }

    [Fact]
    public void MoveOn_DemandingOrUnheardCustomer_IsRefused()
    {
        var play = TheDismissal.PlayedTo(DismissalStage.Concerns);
        Assert.Equal(["dismissal.not-assessed", "dismissal.concerns-not-heard"], play.Missing);
        play.Do(new AssessCustomer(CustomerAssessment.Demanding, "Asks a lot"));
        Assert.Equal("dismissal.merely-demanding", play.Try(new MoveOn()));
        play.Do(new AssessCustomer(CustomerAssessment.Bad, "Insults"));
        Assert.Equal("dismissal.concerns-not-heard", play.Try(new MoveOn()));

        // Two offers, and seven days to answer the last one.
        play.Do(new OfferMeeting(FarewellChannel.Phone)).Do(new OfferMeeting(FarewellChannel.Email));
        play.Now += TimeSpan.FromDays(7) - Tick;
        Assert.Equal("dismissal.concerns-not-heard", play.Try(new MoveOn()));
        play.Now += Tick;
        play.Do(new MoveOn());
    }

    [Fact]
    public void MoveOn_ReasonsWithoutEnough_IsRefused()
    {
        var play = TheDismissal.PlayedTo(DismissalStage.Reasons);
        Assert.Equal("dismissal.no-reason", play.Try(new MoveOn()));
        Assert.Equal("dismissal.unknown-reason", play.Try(new ChooseReason("ugly-shoes")));
        play.Do(new ChooseReason("dreaded-by-team"));
        Assert.Equal(["dismissal.dread-alone", "dismissal.reason-without-evidence"], play.Missing);
        play.Do(new DropReason("dreaded-by-team")).Do(new ChooseReason("does-not-communicate"));
        Evidence Silence(int i) => new($"s{i}", EvidenceNature.Silence, TheDismissal.Warned.AddDays(i), "No answer to our question");
        play.Do(new AddEvidence("does-not-communicate", Silence(-2))).Do(new AddEvidence("does-not-communicate", Silence(-1)));
        Assert.Equal(["dismissal.no-pattern", "dismissal.not-warned"], play.Missing);
        play.Do(new RecordWarning(new CustomerWarning("does-not-communicate", TheDismissal.Warned, FarewellChannel.Email, "Por favor, contéstenos")));
        play.Do(new AddEvidence("does-not-communicate", Silence(0)));
        Assert.Equal(["dismissal.warning-helped"], play.Missing);
        play.Do(new AddEvidence("does-not-communicate", Silence(1))).Do(new MoveOn());
    }

    [Fact]
    public void AddEvidence_BadInput_IsRefused()
    {
        var play = TheDismissal.PlayedTo(DismissalStage.Reasons).Do(new ChooseReason(TheDismissal.Reason));
        var insult = TheDismissal.Insult;
        Assert.Equal("case.date-in-future", play.Try(new AddEvidence(TheDismissal.Reason, insult with { OccurredAt = play.Now + Tick })));
        Assert.Equal("case.date-before-contract", play.Try(new AddEvidence(TheDismissal.Reason, insult with { OccurredAt = new DateTimeOffset(2024, 1, 14, 23, 59, 0, TimeSpan.Zero) })));
        Assert.Equal("case.not-found", play.Try(new AddEvidence("unethical", insult)));
        Assert.Equal("case.unknown-choice", play.Try(new AddEvidence(TheDismissal.Reason, insult with { Nature = (EvidenceNature)99 })));
        Assert.Equal("dismissal.evidence.our-failure", play.Try(new AddEvidence(TheDismissal.Reason, insult with { Nature = EvidenceNature.OurUnsolvedFailure })));
        play.Do(new AddEvidence(TheDismissal.Reason, insult));
        Assert.Equal("customer.id-taken", play.Try(new AddEvidence(TheDismissal.Reason, insult)));
        Assert.Equal("case.date-before-contract", play.Try(new RecordWarning(new CustomerWarning(TheDismissal.Reason, new DateTimeOffset(2023, 1, 1, 0, 0, 0, TimeSpan.Zero), FarewellChannel.Phone, "x"))));
    }

    [Fact]
    public void Dossier_CommentsAndComplaints_AreAllNeeded()
    {
        var play = TheDismissal.PlayedTo(DismissalStage.Dossier);
        Assert.Equal("dismissal.no-dossier", play.Try(new MoveOn()));
        Assert.Equal("dismissal.no-dossier", play.Try(new TellComplaint("conv-1#0", "x", false)));
        play.Do(new CompileDossier(TheDismissal.Dossier));
        Assert.Equal(["dismissal.comment-not-asked", "dismissal.complaint-untold"], play.Missing);
        play.Do(new AskForComment("luis")).Do(new TellComplaint("conv-1#0", "A refund", IsOurUnsolvedFailure: false));
        Assert.Equal("case.already-done", play.Try(new AskForComment("luis")));
        Assert.Equal("dismissal.comment-of-another", play.Try(new GiveComment("I say"), TheRecord.Manager));
        play.Now += TimeSpan.FromDays(5) - Tick;
        Assert.Equal(["dismissal.comment-outstanding"], play.Missing);
        play.Now += Tick;
        Assert.Empty(play.Missing);
        play.Do(new GiveComment("Le ayudé tres veces"), TheRecord.Agent);
        Assert.Equal("case.already-done", play.Try(new GiveComment("again"), TheRecord.Agent));
    }

    // T4: what turns out to be our unsolved failure counts no more; an insult stays one.
    [Fact]
    public void TellComplaint_OurUnsolvedFailure_StrikesTheEvidenceThatRestsOnIt()
    {
        var play = TheDismissal.PlayedTo(DismissalStage.Reasons);
        var repeated = new Evidence("n1", EvidenceNature.AnsweredRequestRepeated, TheDismissal.Warned.AddDays(13), "Again!", "conv-1", 0, [Core.Scoring.SignalType.RepeatContact]);
        play.Do(new ChooseReason("never-content")).Do(new AddEvidence("never-content", repeated));
        foreach (var i in new[] { 1, 2 })
        {
            play.Do(new AddEvidence("never-content", repeated with { Id = $"other{i}", ConversationId = "conv-2", TurnIndex = i }));
        }

        play.Do(new RecordWarning(new CustomerWarning("never-content", TheDismissal.Warned, FarewellChannel.Phone, "This was answered")));
        play.Do(new ChooseReason(TheDismissal.Reason)).Do(new RecordWarning(new CustomerWarning(TheDismissal.Reason, TheDismissal.Warned, FarewellChannel.Phone, "No insults"))).Do(new AddEvidence(TheDismissal.Reason, TheDismissal.Insult));
        play.Do(new MoveOn()).Do(new CompileDossier(TheDismissal.Dossier)).Do(new AskForComment("luis")).Do(new GiveComment("It was our bug"), TheRecord.Agent);
        play.Do(new TellComplaint("conv-1#0", "The bug is still open", IsOurUnsolvedFailure: true));
        Assert.Equal("n1", Assert.Single(play.Events.OfType<EvidenceStruck>()).EvidenceId);
        Assert.Equal("dismissal.no-pattern", play.Try(new MoveOn()));

        // Back to the reasons, the same turn is refused from now on.
        play.Do(new SendBack(1, DismissalStage.Reasons, "The pattern is gone"));
        Assert.Equal("dismissal.evidence.our-failure", play.Try(new AddEvidence("never-content", repeated)));
        play.Do(new DropReason("never-content")).Do(new MoveOn());
        Assert.Equal(2, play.State.Round);
    }

    [Fact]
    public void Options_UnansweredOrUntried_IsRefused()
    {
        var play = TheDismissal.PlayedTo(DismissalStage.Options);
        Assert.Equal("dismissal.options-unanswered", play.Try(new MoveOn()));
        Assert.Equal("dismissal.options-unanswered", play.Try(new AnswerOptions("Nothing", [])));
        play.Do(new AnswerOptions("Perhaps a call", [new WorkingOption("A call", OptionResult.Untried, "Next week")]));
        Assert.Equal("dismissal.option-untried", play.Try(new MoveOn()));
    }

    // By hand: 10 h at 35 € are 350 €; 9,000 € came in, so they brought 8,650 €; without them and with 1,000 € back it is 350 - 9,000 - 1,000.
    [Fact]
    public void Money_OneCurrency_IsReckonedFromTheRecord()
    {
        var play = TheDismissal.PlayedTo(DismissalStage.Money);
        Assert.Equal("dismissal.money-missing", play.Try(new MoveOn()));
        Assert.Equal("case.mixed-currencies", play.Try(new ReckonMoney(new Money(1, "USD"))));
        Assert.Equal("case.amount-illegal", play.Try(new ReckonMoney(TheRecord.Euros(-1))));
        Assert.Equal("dismissal.refund-too-high", play.Try(new ReckonMoney(TheRecord.Euros(9_000.01m))));
        play.Do(new ReckonMoney(TheRecord.Euros(1_000)));
        var money = play.State.Money!;
        Assert.Equal((350m, 8_650m, -9_650m, 12_000m), (money.CostToServe.Amount, money.Margin.Amount, money.NetOfEnding.Amount, money.ContractValue.Amount));

        Assert.Equal("dismissal.no-hourly-cost", TheDismissal.PlayedTo(DismissalStage.Money, settings: new() { Currencies = new() { ["USD"] = new() } }).Try(new ReckonMoney(TheRecord.Euros(0))));
        var without = TheRecord.Play(CustomerRecord.Start(TheRecord.CustomerId), [new AddCustomer("Acme", new DateOnly(2024, 1, 15))]);
        Assert.Equal("dismissal.no-amounts", TheDismissal.PlayedTo(DismissalStage.Money, without).Try(new ReckonMoney(TheRecord.Euros(0))));
    }

    [Fact]
    public void Agree_TwiceStaleOrAlone_IsRefusedOrNotEnough()
    {
        var play = TheDismissal.PlayedTo(DismissalStage.Decision);
        Assert.Equal("dismissal.not-decided", play.Try(new MoveOn()));
        Assert.Equal("dismissal.not-a-decision-maker", play.Try(new AgreeToDismissal(1, "x"), TheRecord.Agent));
        Assert.Equal("dismissal.not-a-decision-maker", play.Try(new AgreeToDismissal(1, "x"), TheRecord.Supervisor));
        play.Do(new AgreeToDismissal(1, "Nothing is left"), TheRecord.Executive);
        Assert.Equal("dismissal.decided-twice", play.Try(new AgreeToDismissal(1, "Again"), TheRecord.Executive));
        Assert.Equal("dismissal.round-passed", play.Try(new AgreeToDismissal(2, "x"), TheRecord.Manager));
        Assert.Equal(DismissalStage.Decision, play.State.Stage);

        // Two at once: the one who stores second decides again on the new state. Sent back meanwhile: the old round counts no more.
        play.Do(new SendBack(1, DismissalStage.Options, "Try a call"), TheRecord.OtherManager);
        Assert.Empty(play.State.Agreements);
        play.Do(new MoveOn()).Do(new MoveOn());
        Assert.Equal("dismissal.round-passed", play.Try(new AgreeToDismissal(1, "Nothing is left"), TheRecord.Manager));
        play.Do(new AgreeToDismissal(2, "Nothing is left"), TheRecord.Manager).Do(new AgreeToDismissal(2, "Nothing is left"), TheRecord.OtherManager);
        Assert.Equal("case.wrong-stage", play.Try(new AgreeToDismissal(2, "Late"), TheRecord.Executive));
    }

    [Fact]
    public void Agree_OnlyInvolved_IsNotEnough()
    {
        // Ana prepared the case and Luis answered the customer: decision makers both, and neither looks at it from outside.
        var play = TheDismissal.PlayedTo(DismissalStage.Decision);
        play.Do(new AgreeToDismissal(1, "x"), new CaseActor("ana", CaseRole.Manager)).Do(new AgreeToDismissal(1, "x"), new CaseActor("luis", CaseRole.Manager));
        Assert.Equal(["dismissal.nobody-uninvolved"], play.Missing);
        Assert.Equal("dismissal.not-backwards", play.Try(new SendBack(1, DismissalStage.Decision, "x")));
        Assert.Equal("dismissal.not-backwards", play.Try(new SendBack(1, DismissalStage.Message, "x")));
        play.Do(new AgreeToDismissal(1, "x"), TheRecord.Manager);
        Assert.Equal(DismissalStage.Telling, play.State.Stage);
    }

    [Fact]
    public void Agree_SupervisorsOfAnOlderRecord_CountForNothing()
    {
        var play = TheDismissal.PlayedTo(DismissalStage.Decision);
        play.Recorded(new DismissalAgreed(play.Now, "ana", CaseRole.Supervisor, WasInvolved: true, "x"), new DismissalAgreed(play.Now, "pia", CaseRole.Supervisor, WasInvolved: false, "x"));
        play.Do(new AgreeToDismissal(1, "x"), TheRecord.Manager);
        Assert.Equal(["dismissal.not-decided"], play.Missing);
    }

    [Fact]
    public void Agree_LargeContract_NeedsLegalNoteAndExecutive()
    {
        var play = TheDismissal.PlayedTo(DismissalStage.Decision, Large());
        Assert.Equal("dismissal.legal-note-missing", play.Try(new AgreeToDismissal(1, "x"), TheRecord.Manager));
        play.Do(new NoteLegalAdvice("Lex & Co", "Sixty days of notice are binding"));
        play.Do(new AgreeToDismissal(1, "x"), TheRecord.Manager).Do(new AgreeToDismissal(1, "x"), TheRecord.OtherManager);
        Assert.Equal(["dismissal.no-executive"], play.Missing);
        play.Do(new AgreeToDismissal(1, "x"), TheRecord.Executive);
        Assert.Equal(DismissalStage.Telling, play.State.Stage);
        Assert.Equal("dismissal.too-junior", play.Try(new PlanTelling(TheDismissal.Plan)));
        play.Do(new PlanTelling(TheDismissal.Plan with { Teller = "vera", TellerRole = CaseRole.Executive })).Do(new MoveOn());
        play.Do(new WriteMessage(TheDismissal.Message, MessageLanguage.English)).Do(new ApproveMessage(FarewellMessage.HashOf(TheDismissal.Message)), TheRecord.OtherManager);
        Assert.Equal("dismissal.too-junior", play.Try(new TellCustomer(FarewellChannel.Phone, TheDismissal.Message), new CaseActor("vera", CaseRole.Manager)));
        play.Do(new TellCustomer(FarewellChannel.Phone, TheDismissal.Message), TheRecord.Executive);
    }

    [Fact]
    public void Plan_ChannelTellerNoticeAndReader_FollowTheRules()
    {
        var play = TheDismissal.PlayedTo(DismissalStage.Telling);
        var plan = TheDismissal.Plan;
        Assert.Equal("dismissal.not-planned", play.Try(new MoveOn()));
        Assert.Equal("dismissal.call-needed", play.Try(new PlanTelling(plan with { Channel = FarewellChannel.Email, WhyInWriting = "They never pick up" })));
        Assert.Equal("dismissal.too-junior", play.Try(new PlanTelling(plan with { TellerRole = CaseRole.Supervisor })));
        Assert.Equal("case.date-before-contract", play.Try(new PlanTelling(plan with { EndsOn = new DateOnly(2023, 12, 31) })));
        Assert.Equal("dismissal.reader-involved", play.Try(new PlanTelling(plan with { SecondReader = "luis" })));
        Assert.Equal("dismissal.reader-involved", play.Try(new PlanTelling(plan with { SecondReader = plan.Teller })));

        // The contract asks for 60 days, the settings for 30: 31 July is the 60th day after 1 June.
        Assert.Equal("dismissal.notice-too-short", play.Try(new PlanTelling(plan with { EndsOn = new DateOnly(2026, 7, 30) })));
        play.Do(new PlanTelling(plan with { EndsOn = new DateOnly(2026, 7, 31) }));

        // Agreements are kept: a term that was agreed is ended sooner only with legal advice, and a contract never before it starts.
        var term = TheDismissal.PlayedTo(DismissalStage.Telling, TheRecord.Customer(new AgreeContract(new ContractTerms(new DateOnly(2026, 1, 1), new DateOnly(2026, 12, 31), TheRecord.Euros(12_000), TimeSpan.Zero))));
        Assert.Equal("dismissal.before-contract-end", term.Try(new PlanTelling(plan)));
        term.Do(new PlanTelling(plan with { EndsOn = new DateOnly(2026, 12, 31) })).Do(new NoteLegalAdvice("Lex & Co", "Insults allow it")).Do(new PlanTelling(plan));
        var ahead = TheDismissal.PlayedTo(DismissalStage.Telling, TheRecord.Customer(new AgreeContract(new ContractTerms(new DateOnly(2026, 9, 1), null, TheRecord.Euros(12_000), TimeSpan.Zero))));
        Assert.Equal("case.date-before-contract", ahead.Try(new PlanTelling(plan)));

        var small = TheDismissal.PlayedTo(DismissalStage.Telling, settings: new() { Currencies = new() { ["EUR"] = new() { CallFrom = 12_000.01m } } });
        Assert.Equal("dismissal.writing-unexplained", small.Try(new PlanTelling(plan with { Channel = FarewellChannel.Chat })));
        small.Do(new PlanTelling(plan with { Channel = FarewellChannel.Chat, WhyInWriting = "Deaf; asked for writing", TellerRole = CaseRole.Supervisor }));
    }

    [Fact]
    public void Plan_AfterAThreat_SendsNobodyToMeetThem()
    {
        var play = TheDismissal.PlayedTo(DismissalStage.Reasons);
        var threat = TheDismissal.Insult with { Id = "t", Nature = EvidenceNature.ThreatOrBlackmail, Signals = [Core.Scoring.SignalType.Threat] };
        play.Do(new ChooseReason("threatens-or-blackmails")).Do(new AddEvidence("threatens-or-blackmails", threat));
        while (play.State.Stage < DismissalStage.Telling)
        {
            play.NextGoodStep();
        }

        Assert.Equal("dismissal.meeting-unsafe", play.Try(new PlanTelling(TheDismissal.Plan with { Channel = FarewellChannel.InPerson })));
        play.Do(new PlanTelling(TheDismissal.Plan with { Channel = FarewellChannel.Video }));
        var brief = FarewellBrief.Of(play.State, new());
        Assert.True(brief is { Tone: FarewellTone.Severe, RecommendsOther: true, MayStartFromTemplate: false });
        Assert.Equal(["threatens-or-blackmails", TheDismissal.Reason], brief.ReasonIds);
    }

    [Fact]
    public void Message_ChangedAfterApproval_NeedsAnotherApproval()
    {
        var play = TheDismissal.PlayedTo(DismissalStage.Message);
        Assert.Equal("dismissal.no-message", play.Try(new ApproveMessage("x"), TheRecord.OtherManager));
        play.Do(new WriteMessage("perhaps we can talk again", MessageLanguage.English));
        Assert.Equal("dismissal.message-not-clean", play.Try(new ApproveMessage(play.State.Message!.Hash), TheRecord.OtherManager));
        play.Do(new WriteMessage(TheDismissal.Message, MessageLanguage.English), TheRecord.Manager);
        Assert.Equal("dismissal.not-approved", play.Try(new TellCustomer(FarewellChannel.Phone, TheDismissal.Message), TheRecord.Manager));
        Assert.Equal("dismissal.message-changed", play.Try(new ApproveMessage(FarewellMessage.HashOf("other")), TheRecord.OtherManager));
        Assert.Equal("dismissal.reader-involved", play.Try(new ApproveMessage(play.State.Message!.Hash), TheRecord.Reader));
        Assert.Equal("dismissal.reader-involved", play.Try(new WriteMessage(TheDismissal.Message, MessageLanguage.English), TheRecord.Reader));
        Assert.Equal("dismissal.reader-involved", play.Try(new PlanTelling(TheDismissal.Plan with { SecondReader = "ana" })));
        Assert.Equal("dismissal.own-message", play.Try(new ApproveMessage(play.State.Message!.Hash), TheRecord.Manager));
        play.Do(new ApproveMessage(play.State.Message!.Hash), TheRecord.OtherManager);
        Assert.Equal("dismissal.message-changed", play.Try(new TellCustomer(FarewellChannel.Phone, TheDismissal.Message + " "), TheRecord.Manager));
        Assert.Equal("dismissal.told-otherwise", play.Try(new TellCustomer(FarewellChannel.Email, TheDismissal.Message), TheRecord.Manager));
        Assert.Equal("dismissal.told-otherwise", play.Try(new TellCustomer(FarewellChannel.Phone, TheDismissal.Message), TheRecord.Executive));

        play.Do(new WriteMessage(TheDismissal.Message + "!", MessageLanguage.English), TheRecord.Manager);
        Assert.Equal("dismissal.approval-lost", play.Try(new TellCustomer(FarewellChannel.Phone, TheDismissal.Message + "!"), TheRecord.Manager));
        play.Do(new ApproveMessage(play.State.Message!.Hash), TheRecord.OtherManager).Do(new PlanTelling(TheDismissal.Plan with { EndsOn = new DateOnly(2026, 9, 30) }));
        Assert.Equal("dismissal.approval-lost", play.Try(new TellCustomer(FarewellChannel.Phone, TheDismissal.Message + "!"), TheRecord.Manager));
    }

    // Today's notice may be gone tomorrow.
    [Fact]
    public void Tell_TooLateForTheNotice_IsRefused()
    {
        var play = TheDismissal.PlayedTo(DismissalStage.Message);
        play.Do(new WriteMessage(TheDismissal.Message, MessageLanguage.English)).Do(new ApproveMessage(FarewellMessage.HashOf(TheDismissal.Message)), TheRecord.OtherManager);
        play.Now = new DateTimeOffset(2026, 7, 3, 0, 0, 0, TimeSpan.Zero);
        Assert.Equal("dismissal.notice-too-short", play.Try(new TellCustomer(FarewellChannel.Phone, TheDismissal.Message), TheRecord.Manager));
        play.Now = new DateTimeOffset(2026, 7, 2, 23, 59, 59, TimeSpan.Zero);
        play.Do(new TellCustomer(FarewellChannel.Phone, TheDismissal.Message), TheRecord.Manager);
    }

    [Fact]
    public void Close_ObligationsAppealAndEnd_AreAwaited()
    {
        var play = TheDismissal.PlayedTo(DismissalStage.Ending, TheRecord.Customer(
            new AddObligation(new Obligation("ours", ObligationSide.Ours, ObligationKind.Deliverable, "Export of the data")),
            new AddObligation(new Obligation("theirs", ObligationSide.Theirs, ObligationKind.Payment, "Factura 9", new DateOnly(2026, 7, 1), TheRecord.Euros(80)))));
        Assert.Equal(["dismissal.obligation-open", "dismissal.obligation-open", "dismissal.appeal-open", "dismissal.end-not-reached"], play.Missing);
        Assert.Equal("dismissal.ours-not-waived-by-us", play.Try(new AcceptObligation("ours", "Too much work")));
        play.Do(new AcceptObligation("theirs", "A closing gesture"));
        Assert.Equal("case.already-done", play.Try(new AcceptObligation("theirs", "Again")));
        Assert.Equal("case.not-found", play.Try(new AcceptObligation("none", "x")));
        play.Customer = TheRecord.Play(play.Customer, [new CloseObligation("ours", "Sent")]);
        play.Now = play.State.AppealUntil!.Value;
        Assert.Equal(["dismissal.appeal-open", "dismissal.end-not-reached"], play.Missing);
        play.Now += Tick;
        Assert.Equal("dismissal.appeal-too-late", play.Try(new LodgeAppeal("Please read it again")));
        Assert.Equal("dismissal.end-not-reached", play.Try(new CloseDismissal()));
        play.Now = new DateTimeOffset(2026, 8, 31, 0, 0, 0, TimeSpan.Zero);
        play.Do(new CloseDismissal());
    }

    [Fact]
    public void Appeal_ReadByTheSecondReader_StandsOrIsUndone()
    {
        var play = TheDismissal.PlayedTo(DismissalStage.Ending);
        Assert.Equal("dismissal.no-appeal", play.Try(new DecideAppeal(true, "x"), TheRecord.Reader));
        play.Do(new LodgeAppeal("It was my brother who wrote that"));
        Assert.Equal("case.already-done", play.Try(new LodgeAppeal("Once more")));
        Assert.Equal("dismissal.not-second-reader", play.Try(new DecideAppeal(true, "x"), TheRecord.Manager));
        play.Now = new DateTimeOffset(2026, 9, 1, 0, 0, 0, TimeSpan.Zero);
        Assert.Equal("dismissal.appeal-open", play.Try(new CloseDismissal()));
        play.Do(new DecideAppeal(false, "It is true"), TheRecord.Reader);
        Assert.Equal(DismissalOutcome.Undone, play.State.Outcome);

        var upheld = TheDismissal.PlayedTo(DismissalStage.Ending).Do(new LodgeAppeal("No"));
        upheld.Do(new DecideAppeal(true, "The record is clear"), TheRecord.Reader);
        upheld.NextGoodStep();
        Assert.Equal(DismissalOutcome.Dismissed, upheld.State.Outcome);
    }

    [Fact]
    public void KeepAndUndo_AreForBeforeAndAfterTheCustomerKnows()
    {
        var before = TheDismissal.PlayedTo(DismissalStage.Message);
        Assert.Equal("dismissal.nothing-to-undo", before.Try(new UndoDismissal("x"), TheRecord.Manager));
        before.Do(new KeepCustomer("They apologised"));
        Assert.Equal("dismissal.nothing-to-undo", before.Try(new UndoDismissal("x"), TheRecord.Manager));

        var after = TheDismissal.PlayedTo(DismissalStage.Ending);
        Assert.Equal("dismissal.already-told", after.Try(new KeepCustomer("x")));
        Assert.Equal("case.not-permitted", after.Try(new UndoDismissal("x")));
        after.Do(new UndoDismissal("We were wrong"), TheRecord.Manager);
        Assert.Equal("dismissal.nothing-to-undo", after.Try(new UndoDismissal("x"), TheRecord.Manager));
        Assert.Equal("dismissal.nothing-to-undo", after.Try(new ReviewDismissal("x"), TheRecord.Manager));
    }

    [Fact]
    public void Erase_Customer_EndsTheCaseAndForgetsTheWords()
    {
        var play = TheDismissal.PlayedTo(DismissalStage.Message);
        play.Customer = TheRecord.Erased(play.Customer);
        Assert.Equal("case.customer-erased", play.Try(new WriteMessage("x", MessageLanguage.English)));
        play.Recorded(new DismissalErased(play.Now, "erasure"));
        Assert.DoesNotContain("useless", TheRecord.Read(play.State), StringComparison.Ordinal);
        Assert.Equal(DismissalOutcome.Erased, play.State.Outcome);
        Assert.Equal("case.customer-erased", play.Try(new MoveOn()));
    }

    [Fact]
    public void Apply_EventThatDoesNotFollow_IsADamagedRecord()
    {
        Assert.Throws<InvalidOperationException>(() => DismissalCase.Start("x").Apply(new EvidenceAdded(TheRecord.Now, "ana", "unethical", TheDismissal.Insult)));
        Assert.Throws<InvalidOperationException>(() => DismissalCase.Start("x").Apply(new MessageApproved(TheRecord.Now, "ana", "hash")));
        Assert.Throws<InvalidOperationException>(() => DismissalCase.Start("x").Apply(new CommentGiven(TheRecord.Now, "ana", "text")));
    }

    // The rules of the farewell as they ship (B7): a door left open, and no reason, in both languages.
    [Theory]
    [InlineData(MessageLanguage.Spanish, "Hemos decidido terminar el contrato. Si cambia de actitud, podemos reconsiderarlo.")]
    [InlineData(MessageLanguage.English, "We have decided to end the contract. If you change your attitude we can reconsider it.")]
    public void DraftFarewellReader_DoorLeftOpen_IsBroken(MessageLanguage language, string text) =>
        Assert.Contains("reconsideration-opening", new DraftFarewellReader(Reviewer()).BrokenRules(text, language));

    private static DraftReviewer Reviewer() => ThePlaybook.Drafts;

    // Two people with the same form open: the second one is told, and decides what becomes of theirs.
    [Fact]
    public void WriteAndPlan_ByTwoAtOnce_TheSecondIsToldThatItChanged()
    {
        var play = TheDismissal.PlayedTo(DismissalStage.Telling);
        Assert.Equal(0, play.State.PlanVersion);
        play.Do(new PlanTelling(TheDismissal.Plan, 0));
        Assert.Equal("dismissal.changed-meanwhile", play.Try(new PlanTelling(TheDismissal.Plan with { Channel = FarewellChannel.Video }, 0)));
        play.Do(new PlanTelling(TheDismissal.Plan with { Channel = FarewellChannel.Video }, play.State.PlanVersion)).Do(new MoveOn());

        play.Do(new WriteMessage("First", MessageLanguage.English, 0));
        Assert.Equal("dismissal.changed-meanwhile", play.Try(new WriteMessage("Second", MessageLanguage.English, 0)));
        Assert.Equal("First", play.State.Message!.Text);
        play.Do(new WriteMessage("Second", MessageLanguage.English, play.State.MessageVersion));

        // Whoever says nothing of versions replaces what stands there, as before.
        play.Do(new WriteMessage(TheDismissal.Message, MessageLanguage.English));
    }

    [Fact]
    public void Approval_CoversMessageAndPlan_AndIsLostWithEither()
    {
        var play = TheDismissal.PlayedTo(DismissalStage.Message).Do(new WriteMessage(TheDismissal.Message, MessageLanguage.English));
        var approve = new ApproveMessage(FarewellMessage.HashOf(TheDismissal.Message), play.State.PlanVersion);
        Assert.Equal(["dismissal.not-approved"], play.Missing);
        play.Do(approve, TheRecord.OtherManager);

        // The same plan and the same words again cost nobody's approval.
        play.Do(new PlanTelling(TheDismissal.Plan)).Do(new WriteMessage(TheDismissal.Message, MessageLanguage.English));
        Assert.Empty(play.Missing);

        play.Do(new PlanTelling(TheDismissal.Plan with { EndsOn = new DateOnly(2026, 9, 15) }));
        Assert.Equal(["dismissal.approval-lost"], play.Missing);
        Assert.Equal("dismissal.approval-lost", play.Try(new TellCustomer(FarewellChannel.Phone, TheDismissal.Message), TheRecord.Manager));
        Assert.Equal("dismissal.plan-changed", play.Try(approve, TheRecord.OtherManager));
        play.Do(approve with { PlanVersion = play.State.PlanVersion }, TheRecord.OtherManager);
        Assert.Empty(play.Missing);

        play.Do(new WriteMessage(TheDismissal.Message + " Thank you.", MessageLanguage.English));
        Assert.Equal(["dismissal.approval-lost"], play.Missing);
        play.Do(new SendBack(1, DismissalStage.Options, "x"), TheRecord.Manager);
        Assert.False(play.State.IsApprovalLost);
    }

    // 600 was typed in place of 60,000, and is put right when the money has been reckoned with it: what a large contract asks for is asked for all the same.
    [Fact]
    public void Money_CorrectedAfterItWasReckoned_SkipsNothing()
    {
        AgreeContract right = new(new ContractTerms(new DateOnly(2025, 2, 1), null, TheRecord.Euros(60_000), TimeSpan.FromDays(60)));
        var play = TheDismissal.PlayedTo(DismissalStage.Decision);
        play.Customer = TheRecord.Play(play.Customer, [right]);
        Assert.Equal("dismissal.legal-note-missing", play.Try(new AgreeToDismissal(1, "x"), TheRecord.Manager));
        Assert.Equal(["dismissal.legal-note-missing", "dismissal.not-decided", "dismissal.nobody-uninvolved", "dismissal.no-executive"], play.Missing);

        // Sent back, it does not pass the money again with the old figures.
        play.Do(new SendBack(1, DismissalStage.Options, "x"), TheRecord.Manager).Do(new MoveOn());
        Assert.Equal("dismissal.money-missing", play.Try(new MoveOn()));
        play.Do(new ReckonMoney(TheRecord.Euros(0))).Do(new MoveOn());
        Assert.Equal(60_000m, play.State.Money!.ContractValue.Amount);

        // Decided before it was put right.
        var decided = TheDismissal.PlayedTo(DismissalStage.Telling);
        decided.Customer = TheRecord.Play(decided.Customer, [right]);
        Assert.Equal(["dismissal.not-planned", "dismissal.legal-note-missing", "dismissal.no-executive"], decided.Missing);
        var written = TheDismissal.PlayedTo(DismissalStage.Message);
        written.Do(new WriteMessage(TheDismissal.Message, MessageLanguage.English)).Do(new ApproveMessage(FarewellMessage.HashOf(TheDismissal.Message)), TheRecord.OtherManager);
        written.Customer = TheRecord.Play(written.Customer, [right]);
        Assert.Equal("dismissal.no-executive", written.Try(new TellCustomer(FarewellChannel.Phone, TheDismissal.Message), TheRecord.Manager));
    }

    // 10 euros were let go, not the 10,000 that they are corrected to.
    [Fact]
    public void Accepted_CorrectedSince_IsAcceptedAnew()
    {
        Obligation invoice = new("theirs", ObligationSide.Theirs, ObligationKind.Payment, "Factura 9", new DateOnly(2026, 7, 1), TheRecord.Euros(10));
        var play = TheDismissal.PlayedTo(DismissalStage.Ending, TheRecord.Customer(new AddObligation(invoice)));
        play.Do(new AcceptObligation("theirs", "A closing gesture"));
        play.Customer = TheRecord.Play(play.Customer, [new CorrectObligation(invoice with { Text = "Factura 10" }, "Another number")]);
        Assert.DoesNotContain("dismissal.obligation-open", play.Missing);
        play.Customer = TheRecord.Play(play.Customer, [new CorrectObligation(invoice with { Amount = TheRecord.Euros(10_000) }, "Three zeros")]);
        Assert.Contains("dismissal.obligation-open", play.Missing);
        play.Do(new AcceptObligation("theirs", "That, too"));
        Assert.DoesNotContain("dismissal.obligation-open", play.Missing);

        // What an earlier version recorded counts as it did.
        var old = TheDismissal.PlayedTo(DismissalStage.Ending, play.Customer).Recorded(new ObligationAccepted(play.Now, "ana", "theirs", "x", null));
        Assert.DoesNotContain("dismissal.obligation-open", old.Missing);
    }

    private static CustomerRecord Large() => TheRecord.Customer(new AgreeContract(new ContractTerms(new DateOnly(2025, 2, 1), null, TheRecord.Euros(50_000), TimeSpan.FromDays(60))));
}
