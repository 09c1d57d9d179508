using System.Globalization;
using DeEscalationBot.Core.Cases.Customers;

namespace DeEscalationBot.Core.Cases.Dismissal;

/// <summary>What may be done in a dismissal case, and the events that record it: a state machine that cannot skip (B1 to B10).</summary>
/// <remarks>
/// <para>
/// Pure and safe for concurrent use. Two people at once: whoever stores the events second decides again on the new state. An agreement names the
/// round that was looked at, so that nobody agrees to a case that was sent back meanwhile.
/// </para>
/// <para>A dismissal takes every decision maker's agreement; to send the case back, or to keep the customer, one is enough.</para>
/// </remarks>
/// <param name="settings">The numbers; checked by <see cref="CaseSettingsCheck"/>.</param>
/// <param name="reader">Reads the message by the rules of the farewell.</param>
public sealed class DismissalRules(CaseSettings settings, IFarewellReader reader)
{
    private const decimal TicksPerHour = TimeSpan.TicksPerHour;

    /// <summary>What a command leads to.</summary>
    /// <param name="state">The case as it stands.</param>
    /// <param name="command">The command.</param>
    /// <param name="by">Who gives it.</param>
    /// <param name="customer">The customer's record as it stands.</param>
    /// <param name="now">The product's clock, UTC.</param>
    /// <param name="hasOtherOpenCase">For <see cref="OpenDismissal"/>: whether another dismissal of this customer is open.</param>
    public CaseAnswer<DismissalEvent> Decide(DismissalCase state, DismissalCommand command, CaseActor by, CustomerRecord customer, DateTimeOffset now, bool hasOtherOpenCase = false)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        ArgumentNullException.ThrowIfNull(customer);
        var step = new Step(settings, reader, state, by, customer, now);
        return step.Gate(command) is { } refusal
            ? new CaseAnswer<DismissalEvent>([], refusal)
            : command switch
            {
                OpenDismissal x => step.Open(x, hasOtherOpenCase),
                AssessCustomer x => Step.Try(Answer.Texts(x.Why) ?? Answer.Choice(x.Assessment), new CustomerAssessed(now, by.Name, x.Assessment, x.Why)),
                OfferMeeting x => Step.Try(Answer.Choice(x.Channel), new MeetingOffered(now, by.Name, x.Channel)),
                HearConcerns x => Step.Try(Answer.Texts(x.Notes), new ConcernsHeard(now, by.Name, x.WasHeld, x.Notes)),
                ChooseReason x => Step.Try(
                    Answer.First((DismissalReason.Find(x.ReasonId) is not null, DismissalRule.UnknownReason), (state.FindReason(x.ReasonId) is null, CaseRules.AlreadyDone)),
                    new ReasonChosen(now, by.Name, x.ReasonId)),
                DropReason x => Step.Try(Answer.First((state.FindReason(x.ReasonId) is not null, CaseRules.NotFound)), new ReasonDropped(now, by.Name, x.ReasonId)),
                AddEvidence x => Step.Try(step.CheckEvidence(x), new EvidenceAdded(now, by.Name, x.ReasonId, x.Evidence)),
                RecordWarning x => Step.Try(step.CheckWarning(x.Warning), new WarningRecorded(now, by.Name, x.Warning)),
                CompileDossier x => Step.Try(null, new DossierCompiled(now, by.Name, x.Dossier)),
                AskForComment x => Step.Try(
                    Answer.Ids(x.Person) ?? Answer.First((!state.Comments.Exists(c => c.Person == x.Person), CaseRules.AlreadyDone)), new CommentAsked(now, by.Name, x.Person)),
                GiveComment x => step.Comment(x),
                TellComplaint x => step.Tell(x),
                AnswerOptions x => Step.Try(CheckOptions(x), new OptionsAnswered(now, by.Name, x.Answer, x.Options)),
                ReckonMoney x => step.Reckon(x),
                NoteLegalAdvice x => Step.Try(Answer.Texts(x.Adviser, x.Text), new LegalAdviceNoted(now, by.Name, x.Adviser, x.Text)),
                MoveOn => step.Move(),
                AgreeToDismissal x => step.Agree(x),
                SendBack x => step.Return(x),
                PlanTelling x => step.Settle(x),
                WriteMessage x => step.Write(x),
                ApproveMessage x => step.Approve(x),
                TellCustomer x => step.Told(x),
                AcceptObligation x => step.Accept(x),
                LodgeAppeal x => Step.Try(
                    Answer.Texts(x.Text) ?? Answer.First((state.Appeal is null, CaseRules.AlreadyDone), (now <= state.AppealUntil, DismissalRule.AppealTooLate)), new AppealLodged(now, by.Name, x.Text)),
                DecideAppeal x => step.Judge(x),
                CloseDismissal => step.Close(),
                KeepCustomer x => Step.Try(Answer.Texts(x.Why) ?? Answer.First((state.ToldAt is null, DismissalRule.AlreadyTold)), new CustomerKept(now, by.Name, x.Why)),
                UndoDismissal x => Step.Try(Answer.Texts(x.Why) ?? Answer.First((step.CanUndo, DismissalRule.NothingToUndo)), new DismissalUndone(now, by.Name, x.Why)),
                ReviewDismissal x => Step.Try(Answer.Texts(x.Findings) ?? Answer.First((state.Outcome == DismissalOutcome.Dismissed, DismissalRule.NothingToUndo)), new DismissalReviewed(now, by.Name, x.Findings)),
                _ => throw new ArgumentOutOfRangeException(nameof(command), command.GetType().Name, "The command is not known to this version."),
            };
    }

    /// <summary>What is missing before the case can go on from where it is; none when nothing is. The first of them is why <see cref="MoveOn"/> or <see cref="CloseDismissal"/> is refused.</summary>
    /// <param name="state">The case as it stands.</param>
    /// <param name="customer">The customer's record as it stands.</param>
    /// <param name="now">The product's clock, UTC.</param>
    public IReadOnlyList<CaseRefusal> Missing(DismissalCase state, CustomerRecord customer, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(customer);
        return [.. new Step(settings, reader, state, new CaseActor("-", CaseRole.Supervisor), customer, now).Missing()];
    }

    private static CaseRefusal? CheckOptions(AnswerOptions x) =>
        Answer.Texts(x.Answer) ?? (x.Options.Count == 0 ? new CaseRefusal(DismissalRule.OptionsUnanswered) : null)
        ?? x.Options.Select(o => Answer.Texts(o.Text, o.Note) ?? Answer.Choice(o.Result)).FirstOrDefault(r => r is not null);

    // One command on one state. A class, so that the checks need not hand the same five things to one another.
    private sealed class Step(CaseSettings settings, IFarewellReader reader, DismissalCase state, CaseActor by, CustomerRecord customer, DateTimeOffset now)
    {
        private CaseRule NotApproved => state.IsApprovalLost ? DismissalRule.ApprovalLost : DismissalRule.NotApproved;

        private DateOnly Today => Answer.DateOf(now);

        // Undone until it is undone: a case that was kept or erased has nothing to undo.
        public bool CanUndo => state.ToldAt is not null && (state.Outcome is null or DismissalOutcome.Dismissed);

        // What lies before they came is not about this customer.
        private DateOnly Beginning => customer.Since ?? DateOnly.MinValue;

        // Without values for the currency every customer counts as a large one: nothing is skipped by a setting that is missing. Nor by an entry that was
        // wrong when the money was reckoned and is corrected since: the larger of what was reckoned and what the record gives now counts.
        private bool IsFor(Func<CurrencySettings, decimal> limit)
        {
            if (state.Money is not { } money || settings.Currencies.GetValueOrDefault(money.ContractValue.Currency) is not { } values)
            {
                return true;
            }

            var (then, today) = (money.ContractValue, ValueIn(money) ?? money.ContractValue);
            return today.Currency != then.Currency || Math.Max(then.Amount, today.Amount) >= limit(values);
        }

        // By the record as it stands, in the time for which the money was reckoned.
        private Money? ValueIn(DismissalMoney money) => customer.RevenueBetween(money.From, money.Until) is { } revenue ? ValueOf(revenue) : null;

        private Money ValueOf(Money revenue) => customer.Contract?.Value is { } agreed && agreed.Amount > revenue.Amount ? agreed : revenue;

        // A case that was sent back does not pass here again with figures that the record has left behind.
        private bool IsReckoned => state.Money is { } money && customer.RevenueBetween(money.From, money.Until) == money.Revenue && ValueIn(money) == money.ContractValue;

        private bool LacksExecutive(DismissalCase after) => IsFor(v => v.ExecutiveFrom) && !after.Agreements.Exists(a => a.Role == CaseRole.Executive);

        public static CaseAnswer<DismissalEvent> Try(CaseRefusal? refusal, params IReadOnlyList<DismissalEvent> events) => refusal is null ? Answer.Of(events) : new CaseAnswer<DismissalEvent>([], refusal);

        /// <summary>Whether this person may give this command now.</summary>
        public CaseRefusal? Gate(DismissalCommand command)
        {
            var least = command switch
            {
                GiveComment => CaseRole.Agent,
                AgreeToDismissal or ApproveMessage or UndoDismissal or ReviewDismissal => CaseRole.Manager,
                _ => CaseRole.Supervisor,
            };
            var person = Answer.Ids(by.Name) ?? Answer.First((by.Role >= least, command is AgreeToDismissal ? DismissalRule.NotDecisionMaker : CaseRules.NotPermitted));
            if (person is not null || command is OpenDismissal)
            {
                return person ?? Answer.First((state.Stage == DismissalStage.New, CaseRules.AlreadyOpen));
            }

            var isRightTime = command switch
            {
                AssessCustomer or OfferMeeting or HearConcerns => state.Stage == DismissalStage.Concerns,
                ChooseReason or DropReason or AddEvidence => state.Stage == DismissalStage.Reasons,
                RecordWarning => state.Stage is >= DismissalStage.Concerns and <= DismissalStage.Reasons,
                CompileDossier or AskForComment or GiveComment or TellComplaint => state.Stage == DismissalStage.Dossier,
                AnswerOptions => state.Stage == DismissalStage.Options,
                ReckonMoney => state.Stage == DismissalStage.Money,
                NoteLegalAdvice => state.Stage is >= DismissalStage.Money and <= DismissalStage.Telling,
                MoveOn => state.Stage is >= DismissalStage.Concerns and <= DismissalStage.Telling,
                AgreeToDismissal => state.Stage == DismissalStage.Decision,
                SendBack => state.Stage is > DismissalStage.Concerns and <= DismissalStage.Message,
                PlanTelling => state.Stage is DismissalStage.Telling or DismissalStage.Message,
                WriteMessage or ApproveMessage or TellCustomer => state.Stage == DismissalStage.Message,
                AcceptObligation or LodgeAppeal or DecideAppeal or CloseDismissal => state.Stage == DismissalStage.Ending,
                UndoDismissal or ReviewDismissal => state.Stage != DismissalStage.New,
                _ => state.IsOpen,
            };
            return Answer.First(
                (state.Stage == DismissalStage.New || state.CustomerId == customer.Id, CaseRules.OtherCustomer),
                (!customer.IsErased, CaseRules.CustomerErased),
                (state.Stage != DismissalStage.Closed || isRightTime, CaseRules.Closed),
                (isRightTime, CaseRules.WrongStage));
        }

        public CaseAnswer<DismissalEvent> Open(OpenDismissal x, bool hasOtherOpenCase) => Try(
            Answer.Ids(x.CustomerId, state.Id) ?? Answer.Texts(x.Why) ?? Answer.First(
                (x.CustomerId == customer.Id, CaseRules.OtherCustomer),
                (!customer.IsErased, CaseRules.CustomerErased),
                (customer.IsKnown, CustomerRule.Unknown),
                (customer.LeftOn is null, DismissalRule.CustomerGone),
                (!hasOtherOpenCase, DismissalRule.OtherCaseOpen)),
            new DismissalOpened(now, by.Name, x.CustomerId, x.Why));

        public CaseRefusal? CheckEvidence(AddEvidence x)
        {
            var refusal = Answer.Ids(x.Evidence.Id) ?? Answer.Texts(x.Evidence.Text) ?? Answer.Choice(x.Evidence.Nature) ?? Answer.First(
                (state.FindReason(x.ReasonId) is not null, CaseRules.NotFound),
                (state.Reasons.TrueForAll(r => r.Evidence.TrueForAll(e => e.Id != x.Evidence.Id)), CustomerRule.IdTaken),
                (x.Evidence.OccurredAt <= now, CaseRules.DateInFuture),
                (Answer.DateOf(x.Evidence.OccurredAt) >= Beginning, CaseRules.DateBeforeContract));
            return refusal is not null ? refusal
                : EvidenceJudge.Refuse(DismissalReason.Find(x.ReasonId)!, x.Evidence) is { } rule ? new CaseRefusal(rule, x.Evidence.Id)
                : RestsOnOurFailure(x.Evidence) ? new CaseRefusal(DismissalRule.OurFailure, x.Evidence.Id)
                : null;
        }

        public CaseRefusal? CheckWarning(CustomerWarning warning) => Answer.Texts(warning.Text) ?? Answer.Choice(warning.Channel) ?? Answer.First(
            (DismissalReason.Find(warning.ReasonId) is not null, DismissalRule.UnknownReason),
            (warning.GivenAt <= now, CaseRules.DateInFuture),
            (Answer.DateOf(warning.GivenAt) >= Beginning, CaseRules.DateBeforeContract));

        public CaseAnswer<DismissalEvent> Comment(GiveComment x)
        {
            var asked = state.Comments.Find(c => c.Person == by.Name);
            return Try(Answer.Texts(x.Text) ?? Answer.First((asked is not null, DismissalRule.CommentOfAnother), (asked?.GivenAt is null, CaseRules.AlreadyDone)), new CommentGiven(now, by.Name, x.Text));
        }

        public CaseAnswer<DismissalEvent> Tell(TellComplaint x)
        {
            var complaint = state.Dossier?.Complaints.FirstOrDefault(c => c.Id == x.ComplaintId);
            var refusal = Answer.Texts(x.WhatWasTried) ?? Answer.First((state.Dossier is not null, DismissalRule.NoDossier), (complaint is not null, CaseRules.NotFound));
            if (refusal is not null)
            {
                return Try(refusal);
            }

            var told = new ComplaintTold(now, by.Name, x.ComplaintId, x.WhatWasTried, x.IsOurUnsolvedFailure);
            var struck = x.IsOurUnsolvedFailure
                ? state.Reasons.SelectMany(r => r.Evidence).Where(e => IsAbout(e, complaint!) && FallsWithOurFailure(e)).Select(e => new EvidenceStruck(now, by.Name, e.Id, DismissalRule.OurFailure.Id))
                : [];
            return Answer.Of<DismissalEvent>([told, .. struck]);
        }

        public CaseAnswer<DismissalEvent> Reckon(ReckonMoney x)
        {
            var from = Today.AddDays(-(int)settings.MoneyPeriod.TotalDays + 1);
            var revenue = customer.RevenueBetween(from, Today);
            var cost = customer.Currency is null ? null : settings.Currencies.GetValueOrDefault(customer.Currency);
            var refusal = Answer.First(
                (customer.Currency is not null, DismissalRule.NoAmounts),
                (customer.Currency is null || customer.Currency == x.Refund.Currency, CaseRules.MixedCurrencies),
                (cost is not null, DismissalRule.NoHourlyCost),
                (x.Refund.Amount >= 0, CaseRules.AmountIllegal),
                (revenue is null || x.Refund.Amount <= Math.Max(0, revenue.Amount), DismissalRule.RefundTooHigh));
            if (refusal is not null)
            {
                return Try(refusal);
            }

            var contact = customer.ContactBetween(from, Today);
            var toServe = new Money(cost!.HourlyCost, customer.Currency!).Times(contact.Ticks / TicksPerHour).Rounded();
            return Answer.Of<DismissalEvent>(new MoneyReckoned(
                now, by.Name, new DismissalMoney(from, Today, revenue!, contact, toServe, x.Refund, revenue!.Minus(toServe), toServe.Minus(revenue).Minus(x.Refund), ValueOf(revenue))));
        }

        public CaseAnswer<DismissalEvent> Move() => state.Stage == DismissalStage.Decision
            ? Answer.No<DismissalEvent>(DismissalRule.NotDecided)
            : Try(Missing().FirstOrDefault(), new StageEntered(now, by.Name, state.Stage + 1));

        public CaseAnswer<DismissalEvent> Agree(AgreeToDismissal x)
        {
            var refusal = Answer.Texts(x.Grounds) ?? Answer.First(
                (x.Round == state.Round, DismissalRule.RoundPassed),
                (!state.Agreements.Exists(a => a.Person == by.Name), DismissalRule.DecidedTwice)) ?? MissingLegalNote();
            if (refusal is not null)
            {
                return Try(refusal);
            }

            var agreed = new DismissalAgreed(now, by.Name, by.Role, state.Involved.Contains(by.Name), x.Grounds);
            return MissingAgreements(state.Apply(agreed)).Any() ? Answer.Of<DismissalEvent>(agreed) : Answer.Of<DismissalEvent>(agreed, new DismissalDecided(now, by.Name));
        }

        public CaseAnswer<DismissalEvent> Return(SendBack x) => Try(
            Answer.Texts(x.Grounds) ?? Answer.First(
                (x.Round == state.Round, DismissalRule.RoundPassed),
                (x.To is >= DismissalStage.Concerns and < DismissalStage.Decision && x.To < state.Stage, DismissalRule.NotBackwards)),
            new CaseSentBack(now, by.Name, x.To, x.Grounds));

        public CaseAnswer<DismissalEvent> Settle(PlanTelling x) => (ChangedSince(x.Version, state.PlanVersion) ?? CheckPlan(x.Plan)) is { } refusal
            ? Try(refusal)
            : x.Plan == state.Plan ? Answer.Of<DismissalEvent>() : Answer.Of<DismissalEvent>(new TellingPlanned(now, by.Name, x.Plan));

        private CaseRefusal? CheckPlan(TellingPlan plan)
        {
            var isCall = plan.Channel <= FarewellChannel.Phone;
            var least = IsFor(v => v.ExecutiveFrom) ? CaseRole.Executive : IsFor(v => v.CallFrom) ? CaseRole.Manager : CaseRole.Supervisor;
            return Answer.Ids(plan.Teller, plan.SecondReader) ?? Answer.Choice(plan.Channel) ?? Answer.Choice(plan.TellerRole) ?? Answer.First(
                (isCall || !IsFor(v => v.CallFrom), DismissalRule.CallNeeded),
                (isCall || CaseText.IsLegal(plan.WhyInWriting), DismissalRule.WritingUnexplained),
                (plan.Channel != FarewellChannel.InPerson || state.FindReason(DismissalReason.ThreatensOrBlackmails.Id) is null, DismissalRule.MeetingUnsafe),
                (plan.TellerRole >= least, DismissalRule.TooJunior),
                (plan.EndsOn >= (customer.Contract?.Start ?? Beginning), CaseRules.DateBeforeContract),
                (plan.EndsOn >= EarliestEnd, DismissalRule.NoticeTooShort),
                (state.LegalNote is not null || customer.Contract?.End is not { } agreed || plan.EndsOn >= agreed, DismissalRule.BeforeContractEnd),
                (!state.Involved.Contains(plan.SecondReader) && plan.SecondReader != plan.Teller && plan.SecondReader != state.Message?.WrittenBy && !state.Agreements.Exists(a => a.Person == plan.SecondReader), DismissalRule.ReaderInvolved));
        }

        // Whoever is to read an appeal with fresh eyes has no hand in the message.
        private (bool, CaseRule) IsNotTheReader => (state.Plan?.SecondReader != by.Name, DismissalRule.ReaderInvolved);

        private static CaseRefusal? ChangedSince(long? seen, long standing) => seen is null || seen == standing ? null : new CaseRefusal(DismissalRule.ChangedMeanwhile);

        public CaseAnswer<DismissalEvent> Write(WriteMessage x)
        {
            if ((Answer.Texts(x.Text) ?? Answer.First(IsNotTheReader) ?? ChangedSince(x.Version, state.MessageVersion)) is { } refusal)
            {
                return Try(refusal);
            }

            // The same words again change nothing, and cost nobody's approval.
            var written = new MessageWritten(now, by.Name, x.Text, x.Language, FarewellMessage.HashOf(x.Text), reader.BrokenRules(x.Text, x.Language));
            return state.Message is { } known && known.Hash == written.Hash && known.Language == written.Language && known.BrokenRules.SequenceEqual(written.BrokenRules)
                ? Answer.Of<DismissalEvent>()
                : Answer.Of<DismissalEvent>(written);
        }

        public CaseAnswer<DismissalEvent> Approve(ApproveMessage x)
        {
            var message = state.Message;
            return message?.BrokenRules is [var broken, ..]
                ? Answer.No<DismissalEvent>(DismissalRule.MessageNotClean, broken)
                : Try(
                    Answer.First(
                        IsNotTheReader,
                        (message is not null, DismissalRule.NoMessage),
                        (message?.Hash == x.Hash, DismissalRule.MessageChanged),
                        (x.PlanVersion is null || x.PlanVersion == state.PlanVersion, DismissalRule.PlanChanged),
                        (message?.ApprovedBy is null, CaseRules.AlreadyDone),
                        (message?.WrittenBy != by.Name, DismissalRule.OwnMessage)),
                    new MessageApproved(now, by.Name, x.Hash));
        }

        public CaseAnswer<DismissalEvent> Told(TellCustomer x) => Try(
            Answer.First(
                (state.Message is not null, DismissalRule.NoMessage),
                (state.Message?.ApprovedBy is not null, NotApproved),
                (!LacksExecutive(state), DismissalRule.NoExecutive),
                (state.Message?.Hash == FarewellMessage.HashOf(x.Text), DismissalRule.MessageChanged),
                (state.Plan?.Teller == by.Name && state.Plan.Channel == x.Channel, DismissalRule.ToldOtherwise),
                (by.Role >= state.Plan?.TellerRole, DismissalRule.TooJunior),
                (state.Plan?.EndsOn >= EarliestEnd, DismissalRule.NoticeTooShort)),
            new CustomerTold(now, by.Name, x.Channel, FarewellMessage.HashOf(x.Text), now + settings.AppealWithin));

        public CaseAnswer<DismissalEvent> Accept(AcceptObligation x)
        {
            var obligation = customer.FindObligation(x.ObligationId);
            return Try(
                Answer.Texts(x.Why) ?? Answer.First(
                    (obligation is not null, CaseRules.NotFound),
                    (obligation is { ClosedAt: null } && !state.HasAccepted(obligation), CaseRules.AlreadyDone),
                    (obligation?.Side != ObligationSide.Ours || CaseText.IsLegal(x.CustomersWords), DismissalRule.OursNotWaivedByUs)),
                new ObligationAccepted(now, by.Name, x.ObligationId, x.Why, x.CustomersWords, obligation?.ToTerms()));
        }

        public CaseAnswer<DismissalEvent> Judge(DecideAppeal x)
        {
            var refusal = Answer.Texts(x.Grounds) ?? Answer.First(
                (state.Plan?.SecondReader == by.Name, DismissalRule.NotSecondReader),
                (state.Appeal is not null, DismissalRule.NoAppeal),
                (state.Appeal?.IsUpheld is null, CaseRules.AlreadyDone));
            var decided = new AppealDecided(now, by.Name, x.IsUpheld, x.Grounds);
            return x.IsUpheld ? Try(refusal, decided) : Try(refusal, decided, new DismissalUndone(now, by.Name, x.Grounds));
        }

        public CaseAnswer<DismissalEvent> Close() => Try(Missing().FirstOrDefault(), new DismissalClosed(now, by.Name, Answer.DateOf(now + settings.ReviewAfter)));

        /// <summary>What is missing before the case can go on from where it is.</summary>
        public IEnumerable<CaseRefusal> Missing() => state.Stage switch
        {
            DismissalStage.Concerns => MissingConcerns(),
            DismissalStage.Reasons => MissingReasons(),
            // Evidence may have been struck by what the dossier showed.
            DismissalStage.Dossier => MissingDossier().Concat(MissingReasons()),
            DismissalStage.Options => MissingOptions(),
            DismissalStage.Money => IsReckoned ? [] : [new CaseRefusal(DismissalRule.MoneyMissing)],
            DismissalStage.Decision => new[] { MissingLegalNote() }.OfType<CaseRefusal>().Concat(MissingAgreements(state)),
            DismissalStage.Telling => MissingTelling(),
            DismissalStage.Message => state.Message is null ? [new CaseRefusal(DismissalRule.NoMessage)] : state.Message.ApprovedBy is null ? [new CaseRefusal(NotApproved)] : [],
            DismissalStage.Ending => MissingEnd(),
            _ => [],
        };

        // Evidence that is the customer's own doing stands beside any failure of ours; the judge says which that is.
        private static bool FallsWithOurFailure(Evidence e) =>
            DismissalReason.All.Where(r => r.Shown.Contains(e.Nature)).All(r => EvidenceJudge.Refuse(r, e with { ArisesFromOurFailure = true }) == DismissalRule.OurFailure);

        private static bool IsAbout(Evidence e, DossierComplaint complaint) => e.ConversationId == complaint.ConversationId && e.TurnIndex == complaint.TurnIndex;

        // A case that was sent back to its reasons knows already which complaints were our doing.
        private bool RestsOnOurFailure(Evidence e) =>
            FallsWithOurFailure(e) && state.Dossier?.Complaints.Any(c => IsAbout(e, c) && state.Complaints.Exists(t => t.ComplaintId == c.Id && t.IsOurUnsolvedFailure)) == true;

        private DateOnly EarliestEnd
        {
            get
            {
                var agreed = customer.Contract?.Notice ?? TimeSpan.Zero;
                return Answer.DateOf(now + (agreed > settings.Notice ? agreed : settings.Notice));
            }
        }

        private IEnumerable<CaseRefusal> MissingConcerns()
        {
            if (state.Assessment is null)
            {
                yield return new CaseRefusal(DismissalRule.NotAssessed);
            }
            else if (state.Assessment == CustomerAssessment.Demanding)
            {
                yield return new CaseRefusal(DismissalRule.MerelyDemanding);
            }

            var isSilent = state.MeetingOffers.Count >= settings.MeetingOffers && now >= state.MeetingOffers[^1] + settings.MeetingAnswerWithin;
            if (state.Concerns is null && !isSilent)
            {
                yield return new CaseRefusal(DismissalRule.ConcernsNotHeard, state.MeetingOffers.Count.ToString(CultureInfo.InvariantCulture));
            }
        }

        private IEnumerable<CaseRefusal> MissingReasons()
        {
            if (state.Reasons.IsEmpty)
            {
                yield return new CaseRefusal(DismissalRule.NoReason);
            }

            if (state.Reasons is [{ ReasonId: var only }] && only == DismissalReason.DreadedByTeam.Id)
            {
                yield return new CaseRefusal(DismissalRule.DreadAlone);
            }

            foreach (var on in state.Reasons)
            {
                var reason = DismissalReason.Find(on.ReasonId)!;
                if (on.Evidence.IsEmpty)
                {
                    yield return new CaseRefusal(DismissalRule.ReasonWithoutEvidence, reason.Id);
                    continue;
                }

                if (reason.NeedsPattern && on.Evidence.Count < settings.PatternEvidence)
                {
                    yield return new CaseRefusal(DismissalRule.NoPattern, reason.Id);
                }

                var warned = state.Warnings.Where(w => w.ReasonId == reason.Id).Select(w => (DateTimeOffset?)w.GivenAt).Min();
                if (reason.NeedsWarning && warned is null)
                {
                    yield return new CaseRefusal(DismissalRule.NotWarned, reason.Id);
                }
                else if (reason.NeedsWarning && !on.Evidence.Exists(e => e.OccurredAt > warned))
                {
                    yield return new CaseRefusal(DismissalRule.WarningHelped, reason.Id);
                }
            }
        }

        private IEnumerable<CaseRefusal> MissingDossier()
        {
            if (state.Dossier is null)
            {
                yield return new CaseRefusal(DismissalRule.NoDossier);
                yield break;
            }

            foreach (var agent in state.Dossier.Agents.Where(a => !state.Comments.Exists(c => c.Person == a)))
            {
                yield return new CaseRefusal(DismissalRule.CommentNotAsked, agent);
            }

            foreach (var open in state.Comments.Where(c => c.GivenAt is null && now < c.AskedAt + settings.CommentWithin))
            {
                yield return new CaseRefusal(DismissalRule.CommentOutstanding, open.Person);
            }

            foreach (var complaint in state.Dossier.Complaints.Where(c => !state.Complaints.Exists(t => t.ComplaintId == c.Id)))
            {
                yield return new CaseRefusal(DismissalRule.ComplaintUntold, complaint.Id);
            }
        }

        private IEnumerable<CaseRefusal> MissingOptions()
        {
            if (state.Options is null)
            {
                yield return new CaseRefusal(DismissalRule.OptionsUnanswered);
            }
            else if (state.Options.Options.Any(o => o.Result == OptionResult.Untried))
            {
                yield return new CaseRefusal(DismissalRule.OptionUntried);
            }
        }

        private CaseRefusal? MissingLegalNote() => state.LegalNote is null && IsFor(v => v.LegalNoteFrom) ? new CaseRefusal(DismissalRule.LegalNoteMissing) : null;

        private IEnumerable<CaseRefusal> MissingAgreements(DismissalCase after)
        {
            // What anybody else agreed to was recorded by an earlier version, and counts for nothing.
            var decisions = after.Agreements.FindAll(a => a.Role >= CaseRole.Manager);
            if (decisions.Count < settings.DecisionMakers)
            {
                yield return new CaseRefusal(DismissalRule.NotDecided);
            }

            if (decisions.TrueForAll(a => a.WasInvolved))
            {
                yield return new CaseRefusal(DismissalRule.NobodyUninvolved);
            }

            if (LacksExecutive(after))
            {
                yield return new CaseRefusal(DismissalRule.NoExecutive);
            }
        }

        // What the contract's size asks for is asked for again: its figures may have been corrected after the decision.
        private IEnumerable<CaseRefusal> MissingTelling()
        {
            if (state.Plan is null)
            {
                yield return new CaseRefusal(DismissalRule.NotPlanned);
            }

            if (MissingLegalNote() is { } legal)
            {
                yield return legal;
            }

            if (LacksExecutive(state))
            {
                yield return new CaseRefusal(DismissalRule.NoExecutive);
            }
        }

        private IEnumerable<CaseRefusal> MissingEnd()
        {
            foreach (var open in customer.OpenObligations.Where(o => !state.HasAccepted(o)))
            {
                yield return new CaseRefusal(DismissalRule.ObligationOpen, open.Id);
            }

            if (state.Appeal is { IsUpheld: null } || (state.Appeal is null && now <= state.AppealUntil))
            {
                yield return new CaseRefusal(DismissalRule.AppealOpen);
            }

            if (Today < state.Plan!.EndsOn)
            {
                yield return new CaseRefusal(DismissalRule.EndNotReached);
            }
        }
    }
}
