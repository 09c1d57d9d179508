using System.Collections.Immutable;
using DeEscalationBot.Core.Cases.Customers;

namespace DeEscalationBot.Core.Cases.Dismissal;

/// <summary>A dismissal case (B1 to B10): what follows from its events, and nothing else.</summary>
/// <remarks>Immutable. Applying the same events to <see cref="Start"/> always gives the same state. What may happen next, <see cref="DismissalRules"/> decides.</remarks>
public sealed record DismissalCase
{
    private DismissalCase(string id) => Id = id;

    /// <summary>The case's id.</summary>
    public string Id { get; }

    /// <summary>How many events were applied; also the sequence number of the last one, counted from 1.</summary>
    public long Sequence { get; private init; }

    /// <summary>Where it is.</summary>
    public DismissalStage Stage { get; private init; }

    /// <summary>How it ended, or nothing while it is open.</summary>
    public DismissalOutcome? Outcome { get; private init; }

    /// <summary>The customer; empty before it was opened.</summary>
    public string CustomerId { get; private init; } = "";

    /// <summary>When it was opened.</summary>
    public DateTimeOffset? OpenedAt { get; private init; }

    /// <summary>What led to it.</summary>
    public string? Why { get; private init; }

    /// <summary>Bad or demanding; nothing until somebody said it.</summary>
    public CustomerAssessment? Assessment { get; private init; }

    /// <summary>When meetings about the customer's concerns were offered.</summary>
    public ImmutableList<DateTimeOffset> MeetingOffers { get; private init; } = [];

    /// <summary>What the customer said about their concerns, or how they declined to; nothing yet otherwise.</summary>
    public string? Concerns { get; private init; }

    /// <summary>Whether a meeting took place.</summary>
    public bool WasMeetingHeld { get; private init; }

    /// <summary>The reasons with their evidence, in order of choice.</summary>
    public ImmutableList<ReasonOnCase> Reasons { get; private init; } = [];

    /// <summary>Warnings that the customer was given, in order of entry.</summary>
    public ImmutableList<CustomerWarning> Warnings { get; private init; } = [];

    /// <summary>The dossier, or nothing yet.</summary>
    public Dossier? Dossier { get; private init; }

    /// <summary>The comments that were asked for.</summary>
    public ImmutableList<CommentRequest> Comments { get; private init; } = [];

    /// <summary>What was told of the complaints.</summary>
    public ImmutableList<ToldComplaint> Complaints { get; private init; } = [];

    /// <summary>What else could make it work, or nothing yet.</summary>
    public OptionsAnswer? Options { get; private init; }

    /// <summary>The money, or nothing yet.</summary>
    public DismissalMoney? Money { get; private init; }

    /// <summary>Legal advice, or nothing.</summary>
    public LegalNote? LegalNote { get; private init; }

    /// <summary>The round of the decision, from 1; one more each time the case is sent back.</summary>
    public int Round { get; private init; } = 1;

    /// <summary>Who agreed in this round, in order.</summary>
    public ImmutableList<Agreement> Agreements { get; private init; } = [];

    /// <summary>When the dismissal was decided, or nothing.</summary>
    public DateTimeOffset? DecidedAt { get; private init; }

    /// <summary>Who tells the customer, and how; nothing yet otherwise.</summary>
    public TellingPlan? Plan { get; private init; }

    /// <summary>The number of the event that settled the plan last; 0 before the first.</summary>
    public long PlanVersion { get; private init; }

    /// <summary>The message, or nothing yet.</summary>
    public FarewellMessage? Message { get; private init; }

    /// <summary>The number of the event that wrote the message last; 0 before the first.</summary>
    public long MessageVersion { get; private init; }

    /// <summary>Whether an approval was lost, because plan or message were changed after it.</summary>
    public bool IsApprovalLost { get; private init; }

    /// <summary>When the customer was told, or nothing.</summary>
    public DateTimeOffset? ToldAt { get; private init; }

    /// <summary>Until when the customer may appeal; nothing before they were told.</summary>
    public DateTimeOffset? AppealUntil { get; private init; }

    /// <summary>The appeal, or nothing.</summary>
    public Appeal? Appeal { get; private init; }

    /// <summary>Obligations that were accepted as they are.</summary>
    public ImmutableSortedSet<string> AcceptedObligations { get; private init; } = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    // As what they were accepted, by their ids; without those of which an earlier version did not record it.
    private ImmutableSortedDictionary<string, ObligationTerms> AcceptedTerms { get; init; } = ImmutableSortedDictionary.Create<string, ObligationTerms>(StringComparer.Ordinal);

    /// <summary>When it was closed, or nothing.</summary>
    public DateTimeOffset? ClosedAt { get; private init; }

    /// <summary>When a closed dismissal is to be looked at again, or nothing.</summary>
    public DateOnly? ReviewDueOn { get; private init; }

    /// <summary>What was found then, or nothing yet.</summary>
    public string? ReviewFindings { get; private init; }

    /// <summary>Everybody who prepared the case or dealt with the customer: none of them is the uninvolved decision maker (B4) or the second reader.</summary>
    public ImmutableSortedSet<string> Involved { get; private init; } = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    /// <summary>Whether the customer was erased: only what reports count is left.</summary>
    public bool IsErased { get; private init; }

    /// <summary>Whether it is open.</summary>
    public bool IsOpen => Stage is not (DismissalStage.New or DismissalStage.Closed);

    /// <summary>A case in which nothing happened yet.</summary>
    /// <param name="id">Its id.</param>
    public static DismissalCase Start(string id) => new(id);

    /// <summary>The reason on the case with an id, or nothing.</summary>
    /// <param name="reasonId">The id.</param>
    public ReasonOnCase? FindReason(string reasonId) => Reasons.Find(r => r.ReasonId == reasonId);

    /// <summary>Whether an obligation was accepted as it stands: one whose side, kind or amount was corrected since has to be accepted anew.</summary>
    /// <param name="obligation">The obligation.</param>
    public bool HasAccepted(Obligation obligation)
    {
        ArgumentNullException.ThrowIfNull(obligation);
        return AcceptedObligations.Contains(obligation.Id) && (!AcceptedTerms.TryGetValue(obligation.Id, out var terms) || terms == obligation.ToTerms());
    }

    /// <summary>The state after several events.</summary>
    /// <param name="events">The events, in order.</param>
    public DismissalCase Apply(IEnumerable<DismissalEvent> events) => events.Aggregate(this, (state, e) => state.Apply(e));

    /// <summary>The state after an event.</summary>
    /// <param name="e">The event.</param>
    /// <exception cref="InvalidOperationException">The event does not follow from this state: the record is damaged.</exception>
    public DismissalCase Apply(DismissalEvent e)
    {
        ArgumentNullException.ThrowIfNull(e);
        var next = e switch
        {
            DismissalOpened x => With(x.By) with { Stage = DismissalStage.Concerns, CustomerId = x.CustomerId, OpenedAt = x.At, Why = x.Why },
            CustomerAssessed x => With(x.By) with { Assessment = x.Assessment },
            MeetingOffered x => With(x.By) with { MeetingOffers = MeetingOffers.Add(x.At) },
            ConcernsHeard x => With(x.By) with { Concerns = x.Notes, WasMeetingHeld = x.WasHeld },
            ReasonChosen x => With(x.By) with { Reasons = Reasons.Add(new ReasonOnCase(x.ReasonId, [])) },
            ReasonDropped x => this with { Reasons = Reasons.RemoveAll(r => r.ReasonId == x.ReasonId) },
            EvidenceAdded x => With(x.By) with { Reasons = Reasons.Replace(Reason(x.ReasonId), Reason(x.ReasonId) with { Evidence = Reason(x.ReasonId).Evidence.Add(x.Evidence) }) },
            EvidenceStruck x => this with { Reasons = [.. Reasons.Select(r => r with { Evidence = r.Evidence.RemoveAll(p => p.Id == x.EvidenceId) })] },
            WarningRecorded x => With(x.By) with { Warnings = Warnings.Add(x.Warning) },
            DossierCompiled x => With([x.By, .. x.Dossier.Agents]) with { Dossier = x.Dossier },
            CommentAsked x => With(x.By, x.Person) with { Comments = Comments.Add(new CommentRequest(x.Person, x.At)) },
            CommentGiven x => WithComment(x),
            ComplaintTold x => With(x.By) with { Complaints = Complaints.RemoveAll(c => c.ComplaintId == x.ComplaintId).Add(new ToldComplaint(x.ComplaintId, x.WhatWasTried, x.IsOurUnsolvedFailure)) },
            OptionsAnswered x => With(x.By) with { Options = new OptionsAnswer(x.Answer, x.Options) },
            MoneyReckoned x => With(x.By) with { Money = x.Money },
            LegalAdviceNoted x => this with { LegalNote = new LegalNote(x.Adviser, x.Text) },
            StageEntered x => this with { Stage = x.Stage },
            DismissalAgreed x => this with { Agreements = Agreements.Add(new Agreement(x.By, x.Role, x.WasInvolved, x.At, x.Grounds)) },
            CaseSentBack x => this with { Stage = x.To, Round = Round + 1, Agreements = [], DecidedAt = null, Plan = null, PlanVersion = 0, Message = null, MessageVersion = 0, IsApprovalLost = false },
            DismissalDecided x => this with { Stage = DismissalStage.Telling, DecidedAt = x.At },
            // Who tells, how and until when was approved with the words: another plan needs another approval.
            TellingPlanned x => this with { Plan = x.Plan, PlanVersion = Sequence + 1, Message = Message is null ? null : Message with { ApprovedBy = null }, IsApprovalLost = IsChangeOfApproved },
            MessageWritten x => this with { Message = new FarewellMessage(x.Text, x.Language, x.Hash, x.BrokenRules, x.By), MessageVersion = Sequence + 1, IsApprovalLost = IsChangeOfApproved },
            MessageApproved x => Message?.Hash == x.Hash ? this with { Message = Message with { ApprovedBy = x.By }, IsApprovalLost = false } : throw Damaged("another message was approved"),
            CustomerTold x => this with { Stage = DismissalStage.Ending, ToldAt = x.At, AppealUntil = x.AppealUntil },
            ObligationAccepted x => this with { AcceptedObligations = AcceptedObligations.Add(x.ObligationId), AcceptedTerms = x.Terms is null ? AcceptedTerms.Remove(x.ObligationId) : AcceptedTerms.SetItem(x.ObligationId, x.Terms) },
            AppealLodged x => this with { Appeal = new Appeal(x.Text, x.At) },
            AppealDecided x => Appeal is not null ? this with { Appeal = Appeal with { IsUpheld = x.IsUpheld, Grounds = x.Grounds } } : throw Damaged("there was no appeal"),
            DismissalClosed x => Closed(DismissalOutcome.Dismissed, x.At) with { ReviewDueOn = x.ReviewDueOn },
            CustomerKept x => Closed(DismissalOutcome.Kept, x.At),
            DismissalUndone x => Closed(DismissalOutcome.Undone, x.At),
            DismissalReviewed x => this with { ReviewFindings = x.Findings },
            // What reports count stays: that it was opened, told, how it ended, and the catalogue's reasons. No word of anybody.
            DismissalErased x => Start(Id) with
            {
                Sequence = Sequence,
                Stage = DismissalStage.Closed,
                Outcome = Outcome ?? DismissalOutcome.Erased,
                IsErased = true,
                CustomerId = CustomerId,
                OpenedAt = OpenedAt,
                ToldAt = ToldAt,
                ClosedAt = ClosedAt ?? x.At,
                Reasons = [.. Reasons.Select(r => r with { Evidence = [] })],
            },
            _ => throw new InvalidOperationException($"The event {e.GetType().Name} is not known to this version."),
        };
        return next with { Sequence = Sequence + 1 };
    }

    private bool IsChangeOfApproved => IsApprovalLost || Message?.ApprovedBy is not null;

    private DismissalCase With(params IEnumerable<string> people) => this with { Involved = Involved.Union(people) };

    private DismissalCase Closed(DismissalOutcome outcome, DateTimeOffset at) => this with { Stage = DismissalStage.Closed, Outcome = outcome, ClosedAt = ClosedAt ?? at };

    private ReasonOnCase Reason(string reasonId) => FindReason(reasonId) ?? throw Damaged($"there is no reason {reasonId}");

    private DismissalCase WithComment(CommentGiven given)
    {
        var index = Comments.FindIndex(c => c.Person == given.By);
        return index < 0 ? throw Damaged("somebody commented who was not asked") : this with { Comments = Comments.SetItem(index, Comments[index] with { Text = given.Text, GivenAt = given.At }) };
    }

    private InvalidOperationException Damaged(string why) => new($"The record of the case {Id} is damaged: {why}.");
}
