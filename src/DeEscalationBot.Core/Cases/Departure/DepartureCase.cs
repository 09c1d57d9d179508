using System.Collections.Immutable;
using DeEscalationBot.Core.Cases.Customers;

namespace DeEscalationBot.Core.Cases.Departure;

/// <summary>A customer's departure (E1 to E9): what follows from its events, and nothing else.</summary>
/// <remarks>Immutable. Applying the same events to <see cref="Start"/> always gives the same state. What may happen next, <see cref="DepartureRules"/> decides.</remarks>
public sealed record DepartureCase
{
    private DepartureCase(string id) => Id = id;

    /// <summary>The case's id.</summary>
    public string Id { get; }

    /// <summary>How many events were applied; also the sequence number of the last one, counted from 1.</summary>
    public long Sequence { get; private init; }

    /// <summary>Where it is.</summary>
    public DepartureStage Stage { get; private init; }

    /// <summary>How it ended, or nothing while it is open.</summary>
    public DepartureOutcome? Outcome { get; private init; }

    /// <summary>The customer; empty before it was opened.</summary>
    public string CustomerId { get; private init; } = "";

    /// <summary>When it was opened.</summary>
    public DateTimeOffset? OpenedAt { get; private init; }

    /// <summary>What the customer said.</summary>
    public string? Why { get; private init; }

    /// <summary>The conversation in which they said it, or nothing.</summary>
    public string? ConversationId { get; private init; }

    /// <summary>The first evaluation, or nothing yet (E1).</summary>
    public RelationEvaluation? Evaluation { get; private init; }

    /// <summary>How the exit conversation went, or nothing yet (E2).</summary>
    public ExitTalk? Talk { get; private init; }

    /// <summary>What else was said in it.</summary>
    public string? TalkNotes { get; private init; }

    /// <summary>The motives that the customer stated.</summary>
    public ImmutableList<StatedMotive> Motives { get; private init; } = [];

    /// <summary>The last day, or nothing yet (E3).</summary>
    public DateOnly? EndsOn { get; private init; }

    /// <summary>The matrix of motives; nothing before it was filled, empty when the customer stated none (E4).</summary>
    public IReadOnlyList<MotiveRow>? Matrix { get; private init; }

    /// <summary>What is handed over (E5).</summary>
    public ImmutableList<HandoverItem> Handover { get; private init; } = [];

    /// <summary>The figures of the final report (E5).</summary>
    public ImmutableList<ReportFigure> Figures { get; private init; } = [];

    /// <summary>When a testimonial was asked for, or nothing (E6).</summary>
    public DateTimeOffset? TestimonialAskedAt { get; private init; }

    /// <summary>The testimonial, or nothing.</summary>
    public string? Testimonial { get; private init; }

    /// <summary>Where the survey is, or nothing before it was offered (E6).</summary>
    public string? SurveyLink { get; private init; }

    /// <summary>The answers of the survey.</summary>
    public ImmutableList<SurveyAnswer> SurveyAnswers { get; private init; } = [];

    /// <summary>Commitments that were accepted as they are (E7).</summary>
    public ImmutableSortedSet<string> AcceptedCommitments { get; private init; } = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    // As what they were accepted, by their ids; without those of which an earlier version did not record it.
    private ImmutableSortedDictionary<string, ObligationTerms> AcceptedTerms { get; init; } = ImmutableSortedDictionary.Create<string, ObligationTerms>(StringComparer.Ordinal);

    /// <summary>When the customer verified the keys, or nothing (E7).</summary>
    public DateTimeOffset? KeysVerifiedAt { get; private init; }

    /// <summary>When the customer changed them, or nothing (E7).</summary>
    public DateTimeOffset? KeysChangedAt { get; private init; }

    /// <summary>Where our access was revoked (E7).</summary>
    public ImmutableSortedSet<string> Revoked { get; private init; } = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    /// <summary>When it was closed, or nothing.</summary>
    public DateTimeOffset? ClosedAt { get; private init; }

    /// <summary>What is to be improved (E8).</summary>
    public ImmutableList<ImprovementAction> Improvements { get; private init; } = [];

    /// <summary>Whether it was a customer of the kind that we want, or nothing yet (E9).</summary>
    public CustomerFit? Fit { get; private init; }

    /// <summary>Why.</summary>
    public string? FitWhy { get; private init; }

    /// <summary>Whether it is open.</summary>
    public bool IsOpen => Stage is not (DepartureStage.New or DepartureStage.Closed);

    /// <summary>Whether our quality, or how we accompanied them, is among the motives (E6).</summary>
    public bool IsAboutOurQuality => Motives.Exists(m => m.Motive is DepartureMotive.ServiceQuality or DepartureMotive.ProductQuality)
        || Matrix?.Any(r => r.Responsibility != MotiveResponsibility.OutsideControl) == true;

    /// <summary>A departure in which nothing happened yet.</summary>
    /// <param name="id">Its id.</param>
    public static DepartureCase Start(string id) => new(id);

    /// <summary>Whether an obligation was accepted as it stands: one whose side, kind or amount was corrected since has to be accepted anew.</summary>
    /// <param name="obligation">The obligation.</param>
    public bool HasAccepted(Obligation obligation)
    {
        ArgumentNullException.ThrowIfNull(obligation);
        return AcceptedCommitments.Contains(obligation.Id) && (!AcceptedTerms.TryGetValue(obligation.Id, out var terms) || terms == obligation.ToTerms());
    }

    /// <summary>The state after several events.</summary>
    /// <param name="events">The events, in order.</param>
    public DepartureCase Apply(IEnumerable<DepartureEvent> events) => events.Aggregate(this, (state, e) => state.Apply(e));

    /// <summary>The state after an event.</summary>
    /// <param name="e">The event.</param>
    /// <exception cref="InvalidOperationException">The event does not follow from this state: the record is damaged.</exception>
    public DepartureCase Apply(DepartureEvent e)
    {
        ArgumentNullException.ThrowIfNull(e);
        var next = e switch
        {
            DepartureOpened x => this with { Stage = DepartureStage.Evaluation, CustomerId = x.CustomerId, OpenedAt = x.At, Why = x.Why, ConversationId = x.ConversationId },
            RelationEvaluated x => this with { Evaluation = x.Evaluation },
            ExitTalkHeld x => this with { Talk = x.Talk, Motives = [.. x.Motives], TalkNotes = x.Notes, Matrix = null },
            EndAgreed x => this with { EndsOn = x.EndsOn },
            MatrixFilled x => this with { Matrix = x.Rows },
            HandoverListed x => this with { Handover = Handover.Add(x.Item) },
            HandoverDropped x => this with { Handover = Handover.RemoveAll(i => i.Id == x.ItemId) },
            HandoverDone x => this with { Handover = Changed(Handover, i => i.Id == x.ItemId, i => i with { DoneAt = x.At, How = x.How }) },
            ReportFiguresSet x => this with { Figures = [.. x.Figures] },
            TestimonialAsked x => this with { TestimonialAskedAt = x.At },
            TestimonialGiven x => this with { Testimonial = x.Text },
            SurveyOffered x => this with { SurveyLink = x.Link },
            SurveyAnswered x => this with { SurveyAnswers = SurveyAnswers.Add(x.Answer) },
            DepartureMovedOn x => this with { Stage = x.Stage },
            CommitmentAccepted x => this with { AcceptedCommitments = AcceptedCommitments.Add(x.ObligationId), AcceptedTerms = x.Terms is null ? AcceptedTerms.Remove(x.ObligationId) : AcceptedTerms.SetItem(x.ObligationId, x.Terms) },
            KeysVerified x => this with { KeysVerifiedAt = x.At },
            KeysChanged x => this with { KeysChangedAt = x.At },
            AccessRevoked x => this with { Revoked = Revoked.Add(x.Where) },
            DepartureClosed x => this with { Stage = DepartureStage.Closed, Outcome = DepartureOutcome.Left, ClosedAt = x.At },
            CustomerStayed x => this with { Stage = DepartureStage.Closed, Outcome = DepartureOutcome.Stayed, ClosedAt = x.At },
            ImprovementPlanned x => this with { Improvements = Improvements.Add(x.Action) },
            ImprovementDone x => this with { Improvements = Changed(Improvements, a => a.Id == x.ActionId, a => a with { DoneAt = x.At }) },
            FitJudged x => this with { Fit = x.Fit, FitWhy = x.Why },
            DepartureErased x => Start(Id) with { Sequence = Sequence, Stage = DepartureStage.Closed, Outcome = DepartureOutcome.Erased, CustomerId = CustomerId, OpenedAt = OpenedAt, ClosedAt = x.At },
            _ => throw new InvalidOperationException($"The event {e.GetType().Name} is not known to this version."),
        };
        return next with { Sequence = Sequence + 1 };
    }

    private ImmutableList<T> Changed<T>(ImmutableList<T> items, Predicate<T> which, Func<T, T> change)
    {
        var index = items.FindIndex(which);
        return index < 0 ? throw new InvalidOperationException($"The record of the case {Id} is damaged: it changes what it does not hold.") : items.SetItem(index, change(items[index]));
    }
}
