using CsCheck;
using DeEscalationBot.Core.Cases.Customers;
using DeEscalationBot.Core.Cases.Departure;

namespace DeEscalationBot.Core.Tests.Cases.Departure;

/// <summary>Each forbidden shortcut is tried and refused with its reason; the ids are those of the playbook's rows E1 to E9.</summary>
public sealed class DepartureRulesTests
{
    [Fact]
    public void Decide_WholeDeparture_IsFollowedByImprovements()
    {
        var play = TheDeparture.PlayedTo(DepartureStage.Closed);
        Assert.Equal(DepartureOutcome.Left, play.State.Outcome);
        var today = DateOnly.FromDateTime(play.Now.UtcDateTime);
        Assert.Equal("case.id-illegal", play.Try(new PlanImprovement(new ImprovementAction("i1", "Answer within a day", "", today))));
        Assert.Equal("departure.due-in-past", play.Try(new PlanImprovement(new ImprovementAction("i1", "Answer within a day", "eva", today.AddDays(-1)))));
        play.Do(new PlanImprovement(new ImprovementAction("i1", "Answer within a day", "eva", today))).Do(new CompleteImprovement("i1")).Do(new JudgeFit(CustomerFit.Ideal, "Paid and praised"));
        Assert.Equal("case.already-done", play.Try(new CompleteImprovement("i1")));
        Assert.Equal("case.not-found", play.Try(new CompleteImprovement("i2")));
        play.Do(new RecordSurvey(new SurveyAnswer(9, null)));
        Assert.Equal(TheRecord.Read(play.State), TheRecord.Read(DepartureCase.Start("dep-1").Apply(TheRecord.Stored(play.Events))));
    }

    [Fact]
    public void Decide_CommandOfALaterStage_IsRefusedEverywhere()
    {
        (DepartureStage At, DepartureCommand Command)[] commands =
        [
            (DepartureStage.Evaluation, new EvaluateRelation(new RelationEvaluation(RelationAnswer.Yes, RelationAnswer.No, RelationAnswer.Yes, RelationAnswer.Yes, "x"))),
            (DepartureStage.ExitConversation, new HoldExitTalk(ExitTalk.Declined, [], "No time")),
            (DepartureStage.Terms, new AgreeEnd(TheDeparture.EndsOn)),
            (DepartureStage.Matrix, new FillMatrix([])),
            (DepartureStage.Handover, new AskTestimonial()),
            (DepartureStage.Handover, new OfferSurvey("https://x.example.org")),
            (DepartureStage.Closing, new VerifyKeys()),
            (DepartureStage.Closing, new RevokeAccess("shop")),
            (DepartureStage.Closing, new CloseDeparture()),
        ];
        for (var stage = DepartureStage.New; stage < DepartureStage.Closing; stage++)
        {
            Assert.All(commands.Where(c => c.At > stage), c => Assert.Equal("case.wrong-stage", TheDeparture.PlayedTo(stage).Try(c.Command)));
        }

        Assert.All(commands, c => Assert.Equal("case.closed", TheDeparture.PlayedTo(DepartureStage.Closed).Try(c.Command)));
        Assert.Equal("departure.not-left", TheDeparture.PlayedTo(DepartureStage.Closing).Try(new JudgeFit(CustomerFit.Ideal, "x")));
    }

    [Theory]
    [InlineData(DepartureStage.Evaluation, "departure.not-evaluated")]
    [InlineData(DepartureStage.ExitConversation, "departure.not-talked")]
    [InlineData(DepartureStage.Terms, "departure.end-not-agreed")]
    [InlineData(DepartureStage.Matrix, "departure.matrix-missing")]
    [InlineData(DepartureStage.Handover, "departure.handover-incomplete")]
    [InlineData(DepartureStage.Closing, "case.wrong-stage")]
    public void MoveOn_NothingDone_IsRefusedWithWhatIsMissing(DepartureStage stage, string rule) =>
        Assert.Equal(rule, TheDeparture.PlayedTo(stage).Try(new MoveDepartureOn()));

    [Fact]
    public void Open_ErasedGoneOtherOrTwice_IsRefused()
    {
        var open = new OpenDeparture(TheRecord.CustomerId, "Queremos cancelar");
        Assert.Equal("case.customer-erased", new TheDeparture(TheRecord.Erased(TheRecord.Customer())).Try(open));
        Assert.Equal("departure.customer-gone", new TheDeparture(TheRecord.Customer(new MarkLeft(TheRecord.Today, CustomerEnding.Left))).Try(open));
        Assert.Equal("departure.other-case-open", new TheDeparture().Try(open, hasOther: true));
        Assert.Equal("case.not-permitted", new TheDeparture().Try(open, TheRecord.Agent));
        Assert.Equal("case.already-open", new TheDeparture().Do(open).Try(open));
        var other = new TheDeparture().Do(open);
        other.Customer = TheRecord.Play(CustomerRecord.Start("other"), [new AddCustomer("Other", TheRecord.Today)]);
        Assert.Equal("case.other-customer", other.Try(new StayAfterAll("x")));
    }

    [Fact]
    public void ExitTalk_MotivesAndDeclining_DoNotGoTogether()
    {
        var play = TheDeparture.PlayedTo(DepartureStage.ExitConversation);
        Assert.Equal("departure.motives-unclear", play.Try(new HoldExitTalk(ExitTalk.Remote, [], "They said nothing")));
        Assert.Equal("departure.motives-unclear", play.Try(new HoldExitTalk(ExitTalk.Declined, [new StatedMotive(DepartureMotive.NoBudget, "I guess")], "x")));
        Assert.Equal("departure.motives-unclear", play.Try(new HoldExitTalk(ExitTalk.Remote, [new StatedMotive(DepartureMotive.NoBudget, "a"), new StatedMotive(DepartureMotive.NoBudget, "b")], "x")));
        Assert.Equal("case.unknown-choice", play.Try(new HoldExitTalk(ExitTalk.Remote, [new StatedMotive((DepartureMotive)77, "a")], "x")));
        Assert.Equal("case.text-missing", play.Try(new HoldExitTalk(ExitTalk.Remote, [new StatedMotive(DepartureMotive.NoBudget, "  ")], "x")));
        play.Do(new HoldExitTalk(ExitTalk.Declined, [], "No answer to two offers"));
    }

    // E3: all payments before the end, never on it or after it.
    [Theory]
    [InlineData("2026-06-29", null)]
    [InlineData("2026-06-30", "departure.payment-after-end")]
    [InlineData("2026-07-01", "departure.payment-after-end")]
    [InlineData(null, "departure.payment-undated")]
    public void AgreeEnd_PaymentsDue_AreBeforeIt(string? due, string? rule)
    {
        var payment = new Obligation("p", ObligationSide.Theirs, ObligationKind.Payment, "Factura 12", due is null ? null : DateOnly.Parse(due, System.Globalization.CultureInfo.InvariantCulture), TheRecord.Euros(300));
        Assert.Equal(rule, TheDeparture.PlayedTo(DepartureStage.Terms, TheRecord.Customer(new AddObligation(payment))).Try(new AgreeEnd(TheDeparture.EndsOn)));
    }

    [Fact]
    public void AgreeEnd_BeforeTheContractOrWithALaterPayment_IsRefused()
    {
        var play = TheDeparture.PlayedTo(DepartureStage.Terms);
        Assert.Equal("case.date-before-contract", play.Try(new AgreeEnd(new DateOnly(2024, 1, 31))));
        play.Do(new AgreeEnd(TheDeparture.EndsOn));

        // An invoice that is entered after the end was agreed stands in the way of the next step.
        play.Customer = TheRecord.Play(play.Customer, [new AddObligation(new Obligation("late", ObligationSide.Theirs, ObligationKind.Payment, "Invoice", new DateOnly(2026, 7, 15), TheRecord.Euros(1)))]);
        Assert.Equal("departure.payment-after-end", play.Try(new MoveDepartureOn()));
    }

    [Fact]
    public void Matrix_RowsAndPriceWarning_FollowTheMotives()
    {
        var play = TheDeparture.PlayedTo(DepartureStage.ExitConversation);
        play.Do(new HoldExitTalk(ExitTalk.Remote, [new StatedMotive(DepartureMotive.CheaperCompetitor, "Half the price")], "x")).Do(new MoveDepartureOn()).Do(new AgreeEnd(TheDeparture.EndsOn)).Do(new MoveDepartureOn());
        var row = new MotiveRow(DepartureMotive.CheaperCompetitor, MotiveResponsibility.OutsideControl, Renegotiation.LowerPrice, "Ten per cent less");
        Assert.True(row.HasPriceWarning);
        Assert.Equal("departure.matrix-not-of-motives", play.Try(new FillMatrix([])));
        Assert.Equal("departure.matrix-not-of-motives", play.Try(new FillMatrix([row, row])));
        Assert.Equal("departure.matrix-not-of-motives", play.Try(new FillMatrix([row with { Motive = DepartureMotive.NoBudget }])));
        Assert.Equal("departure.price-warning-unread", play.Try(new FillMatrix([row])));
        play.Do(new FillMatrix([row with { IsPriceWarningRead = true }]));
        Assert.False(new MotiveRow(DepartureMotive.ChangedNeeds, MotiveResponsibility.OutsideControl, Renegotiation.Offer, "x").HasPriceWarning);
    }

    // E7: deliverables follow the last payment; the customer's own data does not wait, and nobody takes it from the list.
    [Fact]
    public void Handover_UnpaidInvoice_HoldsBackDeliverablesButNeverTheirData()
    {
        var play = TheDeparture.PlayedTo(DepartureStage.Evaluation, TheRecord.Customer(new AddObligation(
            new Obligation("p", ObligationSide.Theirs, ObligationKind.Payment, "Factura 12", new DateOnly(2026, 6, 10), TheRecord.Euros(300)))));
        play.Do(new ListHandover(new HandoverItem("data", HandoverKind.OwnData, "Sus contactos"))).Do(new CompleteHandover("data", "Descarga cifrada"), TheRecord.Agent);
        Assert.Equal("case.wrong-stage", play.Try(new ListHandover(new HandoverItem("files", HandoverKind.Files, "Designs"))));
        while (play.State.Stage < DepartureStage.Handover)
        {
            play.Do(play.NextGood());
        }

        play.Do(new ListHandover(new HandoverItem("files", HandoverKind.Files, "Designs"))).Do(new ListHandover(new HandoverItem("report", HandoverKind.FinalReport, "Report")));
        Assert.Equal("customer.id-taken", play.Try(new ListHandover(new HandoverItem("files", HandoverKind.Files, "Designs"))));
        Assert.Equal("departure.before-last-payment", play.Try(new CompleteHandover("files", "By link")));
        Assert.Equal("departure.report-without-figures", play.Try(new CompleteHandover("report", "By mail")));
        Assert.Equal("departure.never-withheld", play.Try(new DropHandover("report", "No time")));
        Assert.Equal("case.already-done", play.Try(new DropHandover("data", "x")));
        play.Customer = TheRecord.Play(play.Customer, [new CloseObligation("p", "Paid")]);
        play.Do(new CompleteHandover("files", "By link"));
        Assert.Equal("departure.report-without-figures", play.Try(new SetReportFigures([])));
    }

    [Theory]
    [InlineData(DepartureMotive.ServiceQuality, MotiveResponsibility.Ours, "departure.testimonial-not-asked")]
    [InlineData(DepartureMotive.ProductQuality, MotiveResponsibility.OutsideControl, "departure.testimonial-not-asked")]
    [InlineData(DepartureMotive.NoBudget, MotiveResponsibility.Shared, "departure.testimonial-not-asked")]
    [InlineData(DepartureMotive.NoBudget, MotiveResponsibility.OutsideControl, null)]
    public void Testimonial_OurQuality_IsNotAskedFor(DepartureMotive motive, MotiveResponsibility responsibility, string? rule)
    {
        var play = TheDeparture.PlayedTo(DepartureStage.ExitConversation);
        play.Do(new HoldExitTalk(ExitTalk.InPerson, [new StatedMotive(motive, "Their words")], "x")).Do(new MoveDepartureOn()).Do(new AgreeEnd(TheDeparture.EndsOn)).Do(new MoveDepartureOn());
        play.Do(new FillMatrix([new MotiveRow(motive, responsibility, Renegotiation.None, "x")])).Do(new MoveDepartureOn());
        Assert.Equal(rule, play.Try(new AskTestimonial()));
        Assert.Equal(rule, play.Try(new RecordTestimonial("Muy buen trato")));
    }

    [Fact]
    public void Testimonial_NoMotiveStated_IsNotAskedFor()
    {
        var play = TheDeparture.PlayedTo(DepartureStage.ExitConversation).Do(new HoldExitTalk(ExitTalk.Declined, [], "No answer"));
        while (play.State.Stage < DepartureStage.Handover)
        {
            play.Do(play.NextGood());
        }

        Assert.Equal("departure.testimonial-not-asked", play.Try(new AskTestimonial()));
        Assert.Equal("departure.survey-link-illegal", play.Try(new OfferSurvey("javascript:alert(1)")));
        Assert.Equal("departure.survey-link-illegal", play.Try(new OfferSurvey("http://survey.example.org")));
        Assert.Equal("departure.survey-not-offered", play.Try(new RecordSurvey(new SurveyAnswer(5, null))));
        play.Do(new OfferSurvey("https://survey.example.org"));
        Assert.Equal("departure.score-illegal", play.Try(new RecordSurvey(new SurveyAnswer(11, null))));
        Assert.Equal("departure.score-illegal", play.Try(new RecordSurvey(new SurveyAnswer(-1, null))));
        play.Do(new RecordSurvey(new SurveyAnswer(0, "Mal"))).Do(new RecordSurvey(new SurveyAnswer(10, null)));
    }

    [Fact]
    public void Close_KeysAccessCommitmentsAndEnd_AreAwaited()
    {
        var play = TheDeparture.PlayedTo(DepartureStage.Closing, TheRecord.Customer(new AddObligation(new Obligation("ours", ObligationSide.Ours, ObligationKind.Agreement, "A last training"))));
        Assert.Equal(
            ["departure.commitment-open", "departure.handover-open", "departure.handover-open", "departure.handover-open", "departure.keys-not-verified", "departure.keys-not-changed", "departure.access-not-revoked", "departure.access-not-revoked", "departure.end-not-reached"],
            play.Missing);
        Assert.Equal("departure.keys-not-verified", play.Try(new ChangeKeys()));
        Assert.Equal("dismissal.ours-not-waived-by-us", play.Try(new AcceptCommitment("ours", "No time")));
        play.Do(new AcceptCommitment("ours", "Not needed", "Thanks, we do not need it any more"));
        foreach (var item in play.State.Handover)
        {
            play.Do(new CompleteHandover(item.Id, "By link"));
        }

        play.Do(new VerifyKeys(), TheRecord.Agent).Do(new ChangeKeys()).Do(new RevokeAccess("elsewhere"));
        Assert.Equal(["departure.access-not-revoked", "departure.end-not-reached"], play.Missing);
        play.Do(new RevokeAccess("shop"));
        Assert.Equal("departure.end-not-reached", play.Try(new CloseDeparture()));
        play.Now = new DateTimeOffset(2026, 6, 30, 0, 0, 0, TimeSpan.Zero);
        play.Do(new CloseDeparture());
    }

    [Fact]
    public void StayAndErase_EndTheDeparture()
    {
        var stays = TheDeparture.PlayedTo(DepartureStage.Matrix).Do(new StayAfterAll("A smaller plan fits"));
        Assert.Equal(DepartureOutcome.Stayed, stays.State.Outcome);
        Assert.Equal("departure.not-left", stays.Try(new PlanImprovement(new ImprovementAction("i", "x", "eva", TheRecord.Today))));

        var erased = TheDeparture.PlayedTo(DepartureStage.Matrix);
        erased.Customer = TheRecord.Erased(erased.Customer);
        Assert.Equal("case.customer-erased", erased.Try(new FillMatrix([])));
        Assert.DoesNotContain("close the shop", TheRecord.Read(erased.State.Apply(new DepartureErased(TheRecord.Now, "erasure"))), StringComparison.Ordinal);
    }

    [Fact]
    public void Apply_EventThatDoesNotFollow_IsADamagedRecord() =>
        Assert.Throws<InvalidOperationException>(() => DepartureCase.Start("x").Apply(new HandoverDone(TheRecord.Now, "ana", "none", "how")));

    // The audit reads the events alone, by the playbook and not by the code.
    [Fact]
    public void Decide_AnyCommands_NeverCloseWithoutEveryStep()
    {
        var left = 0;
        Gen.Select(Gen.Int[0, 99], Gen.Int[0, 14], Gen.Bool, Gen.Int[0, 200]).Array[20, 60].Sample(
            steps =>
            {
                var play = new TheDeparture(TheRecord.Customer(new AddObligation(new Obligation("p", ObligationSide.Theirs, ObligationKind.Payment, "Invoice", new DateOnly(2026, 6, 20), TheRecord.Euros(10)))));
                foreach (var (luck, which, isAgent, hours) in steps)
                {
                    var command = luck < 65 ? play.NextGood() : Wild(which);
                    play.Now += TimeSpan.FromHours(hours);
                    if (luck < 10)
                    {
                        play.Try(new AcceptCommitment("p", "A gift"));
                    }

                    var before = TheRecord.Read(play.State);
                    if (play.Try(command, isAgent && luck >= 65 ? TheRecord.Agent : TheRecord.Supervisor) is not null)
                    {
                        Assert.Equal(before, TheRecord.Read(play.State));
                    }
                }

                Assert.Equal(TheRecord.Read(play.State), TheRecord.Read(DepartureCase.Start("dep-1").Apply(play.Events)));
                if (play.Events.OfType<DepartureClosed>().Any())
                {
                    Audit(play.Events[..play.Events.FindIndex(e => e is DepartureClosed)], play.Events.OfType<DepartureClosed>().Single());
                    Interlocked.Increment(ref left);
                }
            },
            iter: 3_000);
        Assert.True(left >= 20, $"{left} departures were closed");
    }

    [Fact]
    public void Accepted_CorrectedSince_IsAcceptedAnew()
    {
        Obligation invoice = new("p", ObligationSide.Theirs, ObligationKind.Payment, "Invoice", new DateOnly(2026, 6, 20), TheRecord.Euros(10));
        var play = TheDeparture.PlayedTo(DepartureStage.Closing, TheRecord.Customer(new AddObligation(invoice)));
        play.Do(new AcceptCommitment("p", "A gift"));
        Assert.DoesNotContain("departure.commitment-open", play.Missing);
        play.Customer = TheRecord.Play(play.Customer, [new CorrectObligation(invoice with { Amount = TheRecord.Euros(10_000) }, "Three zeros")]);
        Assert.Contains("departure.commitment-open", play.Missing);
        play.Do(new AcceptCommitment("p", "That, too"));
        Assert.DoesNotContain("departure.commitment-open", play.Missing);
    }

    private static void Audit(List<DepartureEvent> before, DepartureClosed closed)
    {
        Assert.Contains(before, e => e is RelationEvaluated);
        var talk = before.OfType<ExitTalkHeld>().Last();
        Assert.True((talk.Talk == ExitTalk.Declined) == (talk.Motives.Count == 0));
        Assert.True(before.OfType<EndAgreed>().Last().EndsOn > new DateOnly(2026, 6, 20));
        Assert.True(DateOnly.FromDateTime(closed.At.UtcDateTime) >= before.OfType<EndAgreed>().Last().EndsOn);
        Assert.Equal(talk.Motives.Select(m => m.Motive).Order(), before.OfType<MatrixFilled>().Last().Rows.Select(r => r.Motive).Order());
        var done = before.OfType<HandoverDone>().Select(d => d.ItemId).ToArray();
        var dropped = before.OfType<HandoverDropped>().Select(d => d.ItemId).ToArray();
        Assert.All(before.OfType<HandoverListed>(), l => Assert.True(done.Contains(l.Item.Id) || dropped.Contains(l.Item.Id)));
        Assert.Contains(before.OfType<HandoverListed>(), l => l.Item.Kind == HandoverKind.OwnData && done.Contains(l.Item.Id));
        Assert.Contains(before.OfType<HandoverListed>(), l => l.Item.Kind == HandoverKind.FinalReport && done.Contains(l.Item.Id));
        var accepted = before.FindIndex(e => e is CommitmentAccepted { ObligationId: "p" });
        Assert.True(accepted >= 0);
        Assert.All(before.OfType<HandoverListed>().Where(l => l.Item.Kind == HandoverKind.Files && done.Contains(l.Item.Id)), l => Assert.True(before.FindIndex(e => e is HandoverDone d && d.ItemId == l.Item.Id) > accepted));
        Assert.NotEmpty(before.OfType<SurveyOffered>());
        Assert.True(before.FindIndex(e => e is KeysVerified) is var verified and >= 0 && before.FindIndex(e => e is KeysChanged) > verified);
        Assert.NotEmpty(before.OfType<AccessRevoked>());
        if (before.Exists(e => e is TestimonialAsked))
        {
            Assert.DoesNotContain(talk.Motives, m => m.Motive is DepartureMotive.ServiceQuality or DepartureMotive.ProductQuality);
            Assert.NotEmpty(talk.Motives);
        }

        var stage = DepartureStage.Evaluation;
        Assert.All(before.OfType<DepartureMovedOn>(), m => Assert.Equal(++stage, m.Stage));
    }

    private static DepartureCommand Wild(int which) => which switch
    {
        0 => new MoveDepartureOn(),
        1 => new HoldExitTalk(ExitTalk.Declined, [], "No answer"),
        2 => new HoldExitTalk(ExitTalk.Remote, [new StatedMotive(DepartureMotive.ServiceQuality, "Slow")], "x"),
        3 => new AgreeEnd(new DateOnly(2026, 6, 20)),
        4 => new FillMatrix([new MotiveRow(DepartureMotive.ServiceQuality, MotiveResponsibility.Ours, Renegotiation.LowerPrice, "x")]),
        5 => new ListHandover(new HandoverItem("files", HandoverKind.Files, "Designs")),
        6 => new CompleteHandover("files", "By link"),
        7 => new DropHandover("data", "They owe us"),
        8 => new DropHandover("shop", "They have none"),
        9 => new AskTestimonial(),
        10 => new VerifyKeys(),
        11 => new ChangeKeys(),
        12 => new RevokeAccess("elsewhere"),
        13 => new CloseDeparture(),
        _ => new OpenDeparture(TheRecord.CustomerId, "Again"),
    };
}
