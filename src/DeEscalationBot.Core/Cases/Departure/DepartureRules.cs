using DeEscalationBot.Core.Cases.Customers;
using DeEscalationBot.Core.Cases.Dismissal;

namespace DeEscalationBot.Core.Cases.Departure;

/// <summary>What may be done in a departure, and the events that record it: a state machine that cannot skip (E1 to E9).</summary>
/// <remarks>Pure; safe for concurrent use. Two people at once: whoever stores the events second decides again on the new state.</remarks>
public static class DepartureRules
{
    private const int HighestScore = 10;

    /// <summary>What a command leads to.</summary>
    /// <param name="state">The departure as it stands.</param>
    /// <param name="command">The command.</param>
    /// <param name="by">Who gives it: a supervisor; an agent records what is handed over and what the customer answered.</param>
    /// <param name="customer">The customer's record as it stands.</param>
    /// <param name="now">The product's clock, UTC.</param>
    /// <param name="hasOtherOpenCase">For <see cref="OpenDeparture"/>: whether another departure of this customer is open.</param>
    public static CaseAnswer<DepartureEvent> Decide(DepartureCase state, DepartureCommand command, CaseActor by, CustomerRecord customer, DateTimeOffset now, bool hasOtherOpenCase = false)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        ArgumentNullException.ThrowIfNull(customer);
        var refusal = Gate(state, command, by, customer) ?? Check(state, command, customer, now, hasOtherOpenCase);
        return refusal is null ? Answer.Of(EventOf(state, command, by.Name, customer, now)) : new CaseAnswer<DepartureEvent>([], refusal);
    }

    /// <summary>What is missing before the departure can go on from where it is; none when nothing is.</summary>
    /// <param name="state">The departure as it stands.</param>
    /// <param name="customer">The customer's record as it stands.</param>
    /// <param name="now">The product's clock, UTC.</param>
    public static IReadOnlyList<CaseRefusal> Missing(DepartureCase state, CustomerRecord customer, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(customer);
        return state.Stage switch
        {
            DepartureStage.Evaluation => Unless(state.Evaluation is not null, DepartureRule.NotEvaluated),
            DepartureStage.ExitConversation => Unless(state.Talk is not null, DepartureRule.NotTalked),
            DepartureStage.Terms => [.. MissingTerms(state, customer)],
            DepartureStage.Matrix => Unless(state.Matrix is not null, DepartureRule.MatrixMissing),
            DepartureStage.Handover => [.. MissingHandover(state)],
            DepartureStage.Closing => [.. MissingClosing(state, customer, Answer.DateOf(now))],
            _ => [],
        };
    }

    private static CaseRefusal? Gate(DepartureCase state, DepartureCommand command, CaseActor by, CustomerRecord customer)
    {
        var least = command is CompleteHandover or RecordSurvey or VerifyKeys or ChangeKeys or RevokeAccess ? CaseRole.Agent : CaseRole.Supervisor;
        var person = Answer.Ids(by.Name) ?? Answer.First((by.Role >= least, CaseRules.NotPermitted));
        if (person is not null || command is OpenDeparture)
        {
            return person ?? Answer.First((state.Stage == DepartureStage.New, CaseRules.AlreadyOpen));
        }

        var isRightTime = command switch
        {
            EvaluateRelation => state.Stage == DepartureStage.Evaluation,
            HoldExitTalk => state.Stage == DepartureStage.ExitConversation,
            AgreeEnd => state.Stage == DepartureStage.Terms,
            FillMatrix => state.Stage == DepartureStage.Matrix,
            // The customer's own data waits for nothing: it can be listed and handed over from the first day on.
            ListHandover { Item.Kind: HandoverKind.OwnData } or CompleteHandover => state.IsOpen,
            ListHandover or DropHandover or SetReportFigures or AskTestimonial or OfferSurvey => state.Stage == DepartureStage.Handover,
            RecordTestimonial or RecordSurvey => state.Stage >= DepartureStage.Handover,
            AcceptCommitment or VerifyKeys or ChangeKeys or RevokeAccess or CloseDeparture => state.Stage == DepartureStage.Closing,
            PlanImprovement or CompleteImprovement or JudgeFit => state.Stage == DepartureStage.Closed,
            _ => state.IsOpen,
        };
        return Answer.First(
            (state.Stage == DepartureStage.New || state.CustomerId == customer.Id, CaseRules.OtherCustomer),
            (!customer.IsErased, CaseRules.CustomerErased),
            (state.Stage != DepartureStage.Closed || isRightTime, CaseRules.Closed),
            (isRightTime || command is not (PlanImprovement or CompleteImprovement or JudgeFit), DepartureRule.NotLeft),
            (isRightTime, CaseRules.WrongStage));
    }

    private static CaseRefusal? Check(DepartureCase state, DepartureCommand command, CustomerRecord customer, DateTimeOffset now, bool hasOtherOpenCase)
    {
        var today = Answer.DateOf(now);
        return command switch
        {
            OpenDeparture x => Answer.Ids(x.CustomerId, state.Id) ?? Answer.Texts(x.Why) ?? Answer.First(
                (x.CustomerId == customer.Id, CaseRules.OtherCustomer),
                (!customer.IsErased, CaseRules.CustomerErased),
                (customer.IsKnown, CustomerRule.Unknown),
                (customer.LeftOn is null, DepartureRule.CustomerGone),
                (!hasOtherOpenCase, DepartureRule.OtherCaseOpen)),
            EvaluateRelation { Evaluation: var e } => Answer.Texts(e.Notes)
                ?? Answer.Choice(e.WasFruitful) ?? Answer.Choice(e.HadSetbacks) ?? Answer.Choice(e.WeKeptCommitments) ?? Answer.Choice(e.TheyKeptCommitments),
            HoldExitTalk x => CheckTalk(x),
            AgreeEnd x => CheckEnd(x.EndsOn, customer),
            FillMatrix x => CheckMatrix(state, x.Rows),
            ListHandover { Item: var i } => Answer.Ids(i.Id) ?? Answer.Texts(i.Text) ?? Answer.Choice(i.Kind) ?? Answer.First((!state.Handover.Exists(h => h.Id == i.Id), CustomerRule.IdTaken)),
            DropHandover x => Answer.Texts(x.Why) ?? CheckItem(state, x.ItemId, i => Answer.First(
                (i.DoneAt is null, CaseRules.AlreadyDone), (i.Kind is not (HandoverKind.OwnData or HandoverKind.FinalReport), DepartureRule.NeverWithheld))),
            CompleteHandover x => Answer.Texts(x.How) ?? CheckItem(state, x.ItemId, i => Answer.First(
                (i.DoneAt is null, CaseRules.AlreadyDone),
                (i.Kind == HandoverKind.OwnData || state.Stage >= DepartureStage.Handover, CaseRules.WrongStage),
                (i.Kind != HandoverKind.FinalReport || !state.Figures.IsEmpty, DepartureRule.ReportWithoutFigures),
                (i.Kind is HandoverKind.OwnData or HandoverKind.FinalReport || !HasOpenPayment(state, customer), DepartureRule.BeforeLastPayment))),
            SetReportFigures x => x.Figures.Count == 0 ? new CaseRefusal(DepartureRule.ReportWithoutFigures) : x.Figures.Select(f => Answer.Texts(f.Name)).FirstOrDefault(r => r is not null),
            AskTestimonial => Answer.First(
                (!state.IsAboutOurQuality && !state.Motives.IsEmpty, DepartureRule.TestimonialNotAsked), (state.TestimonialAskedAt is null, CaseRules.AlreadyDone)),
            RecordTestimonial x => Answer.Texts(x.Text) ?? Answer.First((state.TestimonialAskedAt is not null, DepartureRule.TestimonialNotAsked)),
            OfferSurvey x => Answer.First((Uri.TryCreate(x.Link, UriKind.Absolute, out var link) && link.Scheme == Uri.UriSchemeHttps, DepartureRule.SurveyLinkIllegal)),
            RecordSurvey { Answer: var a } => Answer.First(
                (state.SurveyLink is not null, DepartureRule.SurveyNotOffered), (a.Score is >= 0 and <= HighestScore, DepartureRule.ScoreIllegal), (a.Text is null || CaseText.IsLegal(a.Text), CaseRules.TextMissing)),
            MoveDepartureOn => state.Stage == DepartureStage.Closing ? new CaseRefusal(CaseRules.WrongStage) : FirstMissing(state, customer, now),
            AcceptCommitment x => CheckAcceptance(state, x, customer),
            VerifyKeys => Answer.First((state.KeysVerifiedAt is null, CaseRules.AlreadyDone)),
            ChangeKeys => Answer.First((state.KeysVerifiedAt is not null, DepartureRule.KeysNotVerified), (state.KeysChangedAt is null, CaseRules.AlreadyDone)),
            RevokeAccess x => Answer.Ids(x.Where) ?? Answer.First((!state.Revoked.Contains(x.Where), CaseRules.AlreadyDone)),
            CloseDeparture => FirstMissing(state, customer, now),
            StayAfterAll x => Answer.Texts(x.Why),
            PlanImprovement { Action: var a } => Answer.Ids(a.Id, a.Owner) ?? Answer.Texts(a.Text) ?? Answer.First(
                (state.Outcome == DepartureOutcome.Left, DepartureRule.NotLeft), (a.DueOn >= today, DepartureRule.DueInPast), (!state.Improvements.Exists(i => i.Id == a.Id), CustomerRule.IdTaken)),
            CompleteImprovement x => state.Improvements.Find(i => i.Id == x.ActionId) is { } action ? Answer.First((action.DoneAt is null, CaseRules.AlreadyDone)) : new CaseRefusal(CaseRules.NotFound),
            JudgeFit x => Answer.Texts(x.Why) ?? Answer.Choice(x.Fit) ?? Answer.First((state.Outcome == DepartureOutcome.Left, DepartureRule.NotLeft)),
            _ => throw new ArgumentOutOfRangeException(nameof(command), command.GetType().Name, "The command is not known to this version."),
        };
    }

    private static CaseRefusal? CheckTalk(HoldExitTalk x) => Answer.Choice(x.Talk) ?? Answer.Texts(x.Notes)
        ?? x.Motives.Select(m => Answer.Choice(m.Motive) ?? Answer.Texts(m.Words)).FirstOrDefault(r => r is not null)
        ?? Answer.First(
            ((x.Talk == ExitTalk.Declined) == (x.Motives.Count == 0), DepartureRule.MotivesUnclear),
            (x.Motives.DistinctBy(m => m.Motive).Count() == x.Motives.Count, DepartureRule.MotivesUnclear));

    // The end may lie in the past when the notice came late; before the contract it cannot.
    private static CaseRefusal? CheckEnd(DateOnly endsOn, CustomerRecord customer) =>
        Answer.First((endsOn >= (customer.Contract?.Start ?? customer.Since), CaseRules.DateBeforeContract)) ?? CheckPayments(endsOn, customer, _ => false).FirstOrDefault();

    private static IEnumerable<CaseRefusal> CheckPayments(DateOnly endsOn, CustomerRecord customer, Predicate<string> isAccepted)
    {
        foreach (var payment in customer.OpenObligations.Where(o => o is { Kind: ObligationKind.Payment, Side: ObligationSide.Theirs } && !isAccepted(o.Id)))
        {
            if (payment.DueOn is null)
            {
                yield return new CaseRefusal(DepartureRule.PaymentUndated, payment.Id);
            }
            else if (payment.DueOn >= endsOn)
            {
                yield return new CaseRefusal(DepartureRule.PaymentAfterEnd, payment.Id);
            }
        }
    }

    private static CaseRefusal? CheckMatrix(DepartureCase state, IReadOnlyList<MotiveRow> rows) =>
        rows.Select(r => Answer.Texts(r.Note) ?? Answer.Choice(r.Motive) ?? Answer.Choice(r.Responsibility) ?? Answer.Choice(r.Renegotiation)).FirstOrDefault(r => r is not null)
        ?? Answer.First(
            (rows.Select(r => r.Motive).Order().SequenceEqual(state.Motives.Select(m => m.Motive).Order()), DepartureRule.MatrixNotOfMotives),
            (rows.All(r => r.Renegotiation != Renegotiation.LowerPrice || r.IsPriceWarningRead), DepartureRule.PriceWarningUnread));

    private static CaseRefusal? CheckItem(DepartureCase state, string itemId, Func<HandoverItem, CaseRefusal?> check) =>
        state.Handover.Find(i => i.Id == itemId) is { } item ? check(item) : new CaseRefusal(CaseRules.NotFound);

    private static CaseRefusal? CheckAcceptance(DepartureCase state, AcceptCommitment x, CustomerRecord customer)
    {
        var obligation = customer.FindObligation(x.ObligationId);
        return Answer.Texts(x.Why) ?? Answer.First(
            (obligation is not null, CaseRules.NotFound),
            (obligation is { ClosedAt: null } && !state.HasAccepted(obligation), CaseRules.AlreadyDone),
            (obligation?.Side != ObligationSide.Ours || CaseText.IsLegal(x.CustomersWords), DismissalRule.OursNotWaivedByUs));
    }

    private static bool HasOpenPayment(DepartureCase state, CustomerRecord customer) =>
        customer.OpenObligations.Any(o => o is { Kind: ObligationKind.Payment, Side: ObligationSide.Theirs } && !state.HasAccepted(o));

    private static IEnumerable<CaseRefusal> MissingTerms(DepartureCase state, CustomerRecord customer) =>
        state.EndsOn is not { } end ? [new CaseRefusal(DepartureRule.EndNotAgreed)] : CheckPayments(end, customer, _ => false);

    private static IEnumerable<CaseRefusal> MissingHandover(DepartureCase state)
    {
        if (!state.Handover.Exists(i => i.Kind == HandoverKind.OwnData) || !state.Handover.Exists(i => i.Kind == HandoverKind.FinalReport))
        {
            yield return new CaseRefusal(DepartureRule.HandoverIncomplete);
        }

        if (state.Figures.IsEmpty)
        {
            yield return new CaseRefusal(DepartureRule.ReportWithoutFigures);
        }

        if (state.SurveyLink is null)
        {
            yield return new CaseRefusal(DepartureRule.SurveyNotOffered);
        }
    }

    private static IEnumerable<CaseRefusal> MissingClosing(DepartureCase state, CustomerRecord customer, DateOnly today)
    {
        foreach (var open in customer.OpenObligations.Where(o => !state.HasAccepted(o)))
        {
            yield return new CaseRefusal(DepartureRule.CommitmentOpen, open.Id);
        }

        foreach (var item in state.Handover.Where(i => i.DoneAt is null))
        {
            yield return new CaseRefusal(DepartureRule.HandoverOpen, item.Id);
        }

        if (state.KeysVerifiedAt is null)
        {
            yield return new CaseRefusal(DepartureRule.KeysNotVerified);
        }

        if (state.KeysChangedAt is null)
        {
            yield return new CaseRefusal(DepartureRule.KeysNotChanged);
        }

        foreach (var item in state.Handover.Where(i => i.Kind == HandoverKind.Administrator && !state.Revoked.Contains(i.Id)))
        {
            yield return new CaseRefusal(DepartureRule.AccessNotRevoked, item.Id);
        }

        if (state.Revoked.IsEmpty)
        {
            yield return new CaseRefusal(DepartureRule.AccessNotRevoked);
        }

        if (today < state.EndsOn)
        {
            yield return new CaseRefusal(DepartureRule.EndNotReached);
        }
    }

    private static CaseRefusal? FirstMissing(DepartureCase state, CustomerRecord customer, DateTimeOffset now) => Missing(state, customer, now) is [var first, ..] ? first : null;

    private static CaseRefusal[] Unless(bool holds, CaseRule rule) => holds ? [] : [new CaseRefusal(rule)];

    private static DepartureEvent EventOf(DepartureCase state, DepartureCommand command, string by, CustomerRecord customer, DateTimeOffset now) => command switch
    {
        OpenDeparture x => new DepartureOpened(now, by, x.CustomerId, x.Why, x.ConversationId),
        EvaluateRelation x => new RelationEvaluated(now, by, x.Evaluation),
        HoldExitTalk x => new ExitTalkHeld(now, by, x.Talk, x.Motives, x.Notes),
        AgreeEnd x => new EndAgreed(now, by, x.EndsOn),
        FillMatrix x => new MatrixFilled(now, by, x.Rows),
        ListHandover x => new HandoverListed(now, by, x.Item with { DoneAt = null, How = null }),
        DropHandover x => new HandoverDropped(now, by, x.ItemId, x.Why),
        CompleteHandover x => new HandoverDone(now, by, x.ItemId, x.How),
        SetReportFigures x => new ReportFiguresSet(now, by, x.Figures),
        AskTestimonial => new TestimonialAsked(now, by),
        RecordTestimonial x => new TestimonialGiven(now, by, x.Text),
        OfferSurvey x => new SurveyOffered(now, by, x.Link),
        RecordSurvey x => new SurveyAnswered(now, by, x.Answer),
        MoveDepartureOn => new DepartureMovedOn(now, by, state.Stage + 1),
        AcceptCommitment x => new CommitmentAccepted(now, by, x.ObligationId, x.Why, x.CustomersWords, customer.FindObligation(x.ObligationId)?.ToTerms()),
        VerifyKeys => new KeysVerified(now, by),
        ChangeKeys => new KeysChanged(now, by),
        RevokeAccess x => new AccessRevoked(now, by, x.Where),
        CloseDeparture => new DepartureClosed(now, by),
        StayAfterAll x => new CustomerStayed(now, by, x.Why),
        PlanImprovement x => new ImprovementPlanned(now, by, x.Action with { DoneAt = null }),
        CompleteImprovement x => new ImprovementDone(now, by, x.ActionId),
        JudgeFit x => new FitJudged(now, by, x.Fit, x.Why),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command.GetType().Name, "The command is not known to this version."),
    };
}
