namespace DeEscalationBot.Core.Cases.Departure;

/// <summary>Something that somebody wants to do in a departure. <see cref="DepartureRules"/> says what comes of it.</summary>
public abstract record DepartureCommand;

/// <summary>Opens the departure.</summary>
/// <param name="CustomerId">The customer.</param>
/// <param name="Why">What they said.</param>
/// <param name="ConversationId">Where, when a conversation opened it (T9).</param>
public sealed record OpenDeparture(string CustomerId, string Why, string? ConversationId = null) : DepartureCommand;

/// <summary>Evaluates the relationship (E1).</summary>
/// <param name="Evaluation">The evaluation.</param>
public sealed record EvaluateRelation(RelationEvaluation Evaluation) : DepartureCommand;

/// <summary>Records the exit conversation (E2).</summary>
/// <param name="Talk">How it went.</param>
/// <param name="Motives">The motives, in the customer's words.</param>
/// <param name="Notes">What else was said.</param>
public sealed record HoldExitTalk(ExitTalk Talk, IReadOnlyList<StatedMotive> Motives, string Notes) : DepartureCommand;

/// <summary>Agrees the end (E3).</summary>
/// <param name="EndsOn">The last day.</param>
public sealed record AgreeEnd(DateOnly EndsOn) : DepartureCommand;

/// <summary>Fills the matrix of motives (E4).</summary>
/// <param name="Rows">One row for each motive.</param>
public sealed record FillMatrix(IReadOnlyList<MotiveRow> Rows) : DepartureCommand;

/// <summary>Lists something to be handed over (E5).</summary>
/// <param name="Item">What.</param>
public sealed record ListHandover(HandoverItem Item) : DepartureCommand;

/// <summary>Takes something from the list; never the customer's own data or the final report.</summary>
/// <param name="ItemId">What.</param>
/// <param name="Why">Why.</param>
public sealed record DropHandover(string ItemId, string Why) : DepartureCommand;

/// <summary>Records that something was handed over (E5).</summary>
/// <param name="ItemId">What.</param>
/// <param name="How">How; for credentials the password manager, or why none.</param>
public sealed record CompleteHandover(string ItemId, string How) : DepartureCommand;

/// <summary>Sets the figures of the final report (E5).</summary>
/// <param name="Figures">The figures.</param>
public sealed record SetReportFigures(IReadOnlyList<ReportFigure> Figures) : DepartureCommand;

/// <summary>Asks for a testimonial (E6).</summary>
public sealed record AskTestimonial : DepartureCommand;

/// <summary>Records a testimonial.</summary>
/// <param name="Text">The words that may be used.</param>
public sealed record RecordTestimonial(string Text) : DepartureCommand;

/// <summary>Offers the satisfaction survey (E6).</summary>
/// <param name="Link">Where it is; https.</param>
public sealed record OfferSurvey(string Link) : DepartureCommand;

/// <summary>Records an answer of the survey; also after the end.</summary>
/// <param name="Answer">The answer.</param>
public sealed record RecordSurvey(SurveyAnswer Answer) : DepartureCommand;

/// <summary>Goes on to the next step, when nothing of this one is missing.</summary>
public sealed record MoveDepartureOn : DepartureCommand;

/// <summary>Accepts an open commitment as it is (E7).</summary>
/// <param name="ObligationId">Which.</param>
/// <param name="Why">Why.</param>
/// <param name="CustomersWords">How the customer agreed, verbatim; needed for one of ours.</param>
public sealed record AcceptCommitment(string ObligationId, string Why, string? CustomersWords = null) : DepartureCommand;

/// <summary>Records that the customer verified the keys (E7).</summary>
public sealed record VerifyKeys : DepartureCommand;

/// <summary>Records that the customer changed the keys (E7).</summary>
public sealed record ChangeKeys : DepartureCommand;

/// <summary>Records that our access was revoked (E7).</summary>
/// <param name="Where">To what: the id of the handover's administrator item, or a name; where we had no access, that is what is recorded.</param>
public sealed record RevokeAccess(string Where) : DepartureCommand;

/// <summary>Closes the departure (E7).</summary>
public sealed record CloseDeparture : DepartureCommand;

/// <summary>Ends the departure because the customer stays.</summary>
/// <param name="Why">Why.</param>
public sealed record StayAfterAll(string Why) : DepartureCommand;

/// <summary>Plans an improvement (E8).</summary>
/// <param name="Action">What, by whom, by when.</param>
public sealed record PlanImprovement(ImprovementAction Action) : DepartureCommand;

/// <summary>Records that it is improved.</summary>
/// <param name="ActionId">What.</param>
public sealed record CompleteImprovement(string ActionId) : DepartureCommand;

/// <summary>Says whether it was a customer of the kind that we want (E9).</summary>
/// <param name="Fit">Which.</param>
/// <param name="Why">Why.</param>
public sealed record JudgeFit(CustomerFit Fit, string Why) : DepartureCommand;
