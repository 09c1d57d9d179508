using DeEscalationBot.Core.Cases.Customers;

namespace DeEscalationBot.Core.Cases.Departure;

/// <summary>Something that happened in a departure. All carry when it was recorded and who did it.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="By">Who did it.</param>
public abstract record DepartureEvent(DateTimeOffset At, string By) : CaseEvent(At, By);

/// <summary>The departure was opened: by hand, or because the customer said so in a conversation (T9).</summary>
/// <param name="At">When.</param>
/// <param name="By">Who.</param>
/// <param name="CustomerId">The customer.</param>
/// <param name="Why">What the customer said.</param>
/// <param name="ConversationId">Where they said it, or nothing.</param>
public sealed record DepartureOpened(DateTimeOffset At, string By, string CustomerId, string Why, string? ConversationId) : DepartureEvent(At, By);

/// <summary>The relationship was evaluated (E1).</summary>
/// <param name="At">When.</param>
/// <param name="By">Who.</param>
/// <param name="Evaluation">The evaluation.</param>
public sealed record RelationEvaluated(DateTimeOffset At, string By, RelationEvaluation Evaluation) : DepartureEvent(At, By);

/// <summary>The customer said why they leave, or declined to (E2).</summary>
/// <param name="At">When.</param>
/// <param name="By">Who.</param>
/// <param name="Talk">How.</param>
/// <param name="Motives">Their motives; none when they declined.</param>
/// <param name="Notes">What else was said.</param>
public sealed record ExitTalkHeld(DateTimeOffset At, string By, ExitTalk Talk, IReadOnlyList<StatedMotive> Motives, string Notes) : DepartureEvent(At, By);

/// <summary>The end was agreed (E3).</summary>
/// <param name="At">When.</param>
/// <param name="By">Who.</param>
/// <param name="EndsOn">The last day.</param>
public sealed record EndAgreed(DateTimeOffset At, string By, DateOnly EndsOn) : DepartureEvent(At, By);

/// <summary>The matrix was filled, in place of one before (E4).</summary>
/// <param name="At">When.</param>
/// <param name="By">Who.</param>
/// <param name="Rows">Its rows.</param>
public sealed record MatrixFilled(DateTimeOffset At, string By, IReadOnlyList<MotiveRow> Rows) : DepartureEvent(At, By);

/// <summary>Something is to be handed over (E5).</summary>
/// <param name="At">When.</param>
/// <param name="By">Who.</param>
/// <param name="Item">What.</param>
public sealed record HandoverListed(DateTimeOffset At, string By, HandoverItem Item) : DepartureEvent(At, By);

/// <summary>Something is not to be handed over after all.</summary>
/// <param name="At">When.</param>
/// <param name="By">Who.</param>
/// <param name="ItemId">What.</param>
/// <param name="Why">Why.</param>
public sealed record HandoverDropped(DateTimeOffset At, string By, string ItemId, string Why) : DepartureEvent(At, By);

/// <summary>Something was handed over (E5).</summary>
/// <param name="At">When.</param>
/// <param name="By">Who.</param>
/// <param name="ItemId">What.</param>
/// <param name="How">How.</param>
public sealed record HandoverDone(DateTimeOffset At, string By, string ItemId, string How) : DepartureEvent(At, By);

/// <summary>The figures of the final report were set (E5).</summary>
/// <param name="At">When.</param>
/// <param name="By">Who.</param>
/// <param name="Figures">The figures.</param>
public sealed record ReportFiguresSet(DateTimeOffset At, string By, IReadOnlyList<ReportFigure> Figures) : DepartureEvent(At, By);

/// <summary>A testimonial was asked for (E6).</summary>
/// <param name="At">When.</param>
/// <param name="By">Who.</param>
public sealed record TestimonialAsked(DateTimeOffset At, string By) : DepartureEvent(At, By);

/// <summary>A testimonial was given (E6).</summary>
/// <param name="At">When.</param>
/// <param name="By">Who.</param>
/// <param name="Text">The words that may be used.</param>
public sealed record TestimonialGiven(DateTimeOffset At, string By, string Text) : DepartureEvent(At, By);

/// <summary>The satisfaction survey was offered (E6).</summary>
/// <param name="At">When.</param>
/// <param name="By">Who.</param>
/// <param name="Link">Where it is.</param>
public sealed record SurveyOffered(DateTimeOffset At, string By, string Link) : DepartureEvent(At, By);

/// <summary>The survey was answered (E6).</summary>
/// <param name="At">When.</param>
/// <param name="By">Who.</param>
/// <param name="Answer">The answer.</param>
public sealed record SurveyAnswered(DateTimeOffset At, string By, SurveyAnswer Answer) : DepartureEvent(At, By);

/// <summary>The departure went on to the next step.</summary>
/// <param name="At">When.</param>
/// <param name="By">Who.</param>
/// <param name="Stage">Where it is now.</param>
public sealed record DepartureMovedOn(DateTimeOffset At, string By, DepartureStage Stage) : DepartureEvent(At, By);

/// <summary>An open commitment was accepted as it is (E7).</summary>
/// <param name="At">When.</param>
/// <param name="By">Who.</param>
/// <param name="ObligationId">Which.</param>
/// <param name="Why">Why.</param>
/// <param name="CustomersWords">For one of ours: how the customer agreed, verbatim. Otherwise nothing.</param>
/// <param name="Terms">As what it was accepted: corrected since, it counts no more. Nothing when an earlier version recorded it.</param>
public sealed record CommitmentAccepted(DateTimeOffset At, string By, string ObligationId, string Why, string? CustomersWords, ObligationTerms? Terms = null) : DepartureEvent(At, By);

/// <summary>The customer verified that the keys work (E7).</summary>
/// <param name="At">When.</param>
/// <param name="By">Who recorded it.</param>
public sealed record KeysVerified(DateTimeOffset At, string By) : DepartureEvent(At, By);

/// <summary>The customer changed the keys (E7).</summary>
/// <param name="At">When.</param>
/// <param name="By">Who recorded it.</param>
public sealed record KeysChanged(DateTimeOffset At, string By) : DepartureEvent(At, By);

/// <summary>Our access was revoked (E7).</summary>
/// <param name="At">When.</param>
/// <param name="By">Who recorded it.</param>
/// <param name="Where">To what.</param>
public sealed record AccessRevoked(DateTimeOffset At, string By, string Where) : DepartureEvent(At, By);

/// <summary>The departure was closed: the customer has left (E7).</summary>
/// <param name="At">When.</param>
/// <param name="By">Who.</param>
public sealed record DepartureClosed(DateTimeOffset At, string By) : DepartureEvent(At, By);

/// <summary>The customer stays.</summary>
/// <param name="At">When.</param>
/// <param name="By">Who.</param>
/// <param name="Why">Why.</param>
public sealed record CustomerStayed(DateTimeOffset At, string By, string Why) : DepartureEvent(At, By);

/// <summary>Something is to be improved (E8).</summary>
/// <param name="At">When.</param>
/// <param name="By">Who.</param>
/// <param name="Action">What, by whom, by when.</param>
public sealed record ImprovementPlanned(DateTimeOffset At, string By, ImprovementAction Action) : DepartureEvent(At, By);

/// <summary>It is improved.</summary>
/// <param name="At">When.</param>
/// <param name="By">Who.</param>
/// <param name="ActionId">What.</param>
public sealed record ImprovementDone(DateTimeOffset At, string By, string ActionId) : DepartureEvent(At, By);

/// <summary>Somebody said whether it was a customer of the kind that we want (E9).</summary>
/// <param name="At">When.</param>
/// <param name="By">Who.</param>
/// <param name="Fit">Which.</param>
/// <param name="Why">Why.</param>
public sealed record FitJudged(DateTimeOffset At, string By, CustomerFit Fit, string Why) : DepartureEvent(At, By);

/// <summary>The customer was erased: the case ends, and what it held of them is gone from its state.</summary>
/// <param name="At">When.</param>
/// <param name="By">Who.</param>
public sealed record DepartureErased(DateTimeOffset At, string By) : DepartureEvent(At, By);
