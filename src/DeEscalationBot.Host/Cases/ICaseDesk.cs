using DeEscalationBot.Core.Cases;
using DeEscalationBot.Core.Cases.Customers;
using DeEscalationBot.Core.Cases.Departure;
using DeEscalationBot.Core.Cases.Dismissal;
using DeEscalationBot.Core.Cases.Reports;
using DeEscalationBot.Host.Cases.Storage;
using DeEscalationBot.Host.Conversations.Storage;

namespace DeEscalationBot.Host.Cases;

/// <summary>Everything that a page or an endpoint can do with customers and their cases. The one door to them.</summary>
/// <remarks>
/// <para>
/// Safe for concurrent use, the same on every node of a cluster. A change is decided by the rules of Core on the record as it stands, and answered
/// when it is on the disk. Whoever comes second is decided again on what the first one recorded.
/// </para>
/// <para>
/// All members may throw <see cref="RecordUnavailableException"/> (try again later) and <see cref="CaseRecordDamagedException"/> (this customer or
/// case needs a repair). What the caller does not see is answered like what does not exist: with nothing.
/// </para>
/// </remarks>
public interface ICaseDesk
{
    /// <summary>A customer's record and cases; nothing when there is no such customer.</summary>
    /// <param name="customerId">The customer.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task<CustomerFile?> ReadCustomerAsync(string customerId, CancellationToken cancellationToken = default);

    /// <summary>One page of the customers, by id.</summary>
    /// <param name="after">The last id of the page before, or nothing.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task<IReadOnlyList<CustomerFile>> ListCustomersAsync(string? after, int limit, CancellationToken cancellationToken = default);

    /// <summary>Changes a customer's record; several changes together, each decided on what those before it led to. What is refused changes nothing, the others are kept.</summary>
    /// <param name="customerId">The customer; begins with <see cref="AddCustomer"/>.</param>
    /// <param name="commands">The changes, in order.</param>
    /// <param name="by">Who.</param>
    /// <param name="team">For a new customer: whose they are; the caller's first team when left out.</param>
    /// <param name="cancellationToken">Stops waiting for the answer.</param>
    Task<CustomerChange> ChangeCustomerAsync(string customerId, IReadOnlyList<CustomerCommand> commands, CaseActor by, string? team = null, CancellationToken cancellationToken = default);

    /// <summary>The teams to which customers can be given, by name: those that have conversations or customers, and the caller's own.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task<IReadOnlyList<string>> ListTeamsAsync(CancellationToken cancellationToken = default);

    /// <summary>Records the time that conversations with the customer took and that is not in their record yet (B5).</summary>
    /// <param name="customerId">The customer.</param>
    /// <param name="by">Who.</param>
    /// <param name="cancellationToken">Stops waiting for the answer.</param>
    Task<CustomerChange> MeasureContactAsync(string customerId, CaseActor by, CancellationToken cancellationToken = default);

    /// <summary>What the record holds about a customer (B3); nothing when there is no such customer.</summary>
    /// <param name="customerId">The customer.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task<Dossier?> CompileDossierAsync(string customerId, CancellationToken cancellationToken = default);

    /// <summary>The record of a customer: everything that was entered, corrected and struck, in order; nothing when there is no such customer.</summary>
    /// <param name="customerId">The customer.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task<IReadOnlyList<RecordedCaseEvent>?> ReadCustomerRecordAsync(string customerId, CancellationToken cancellationToken = default);

    /// <summary>Cases, newest first.</summary>
    /// <param name="filter">What is asked for.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task<IReadOnlyList<CaseSummary>> ListCasesAsync(CaseFilter filter, CancellationToken cancellationToken = default);

    /// <summary>What lists show of one case; nothing when there is no such one.</summary>
    /// <param name="caseId">The case.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task<CaseSummary?> FindCaseAsync(string caseId, CancellationToken cancellationToken = default);

    /// <summary>The record of a case: every step, in order; nothing when there is no such case.</summary>
    /// <param name="caseId">The case.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task<IReadOnlyList<RecordedCaseEvent>?> ReadRecordAsync(string caseId, CancellationToken cancellationToken = default);

    /// <summary>A dismissal case with what it is decided on; nothing when there is no such one.</summary>
    /// <param name="caseId">The case.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task<DismissalFile?> ReadDismissalAsync(string caseId, CancellationToken cancellationToken = default);

    /// <summary>Opens a dismissal case (B1).</summary>
    /// <param name="command">Of whom, and why.</param>
    /// <param name="by">Who.</param>
    /// <param name="cancellationToken">Stops waiting for the answer.</param>
    Task<CaseOutcome<DismissalFile>> OpenAsync(OpenDismissal command, CaseActor by, CancellationToken cancellationToken = default);

    /// <summary>
    /// Does something in a dismissal case. Evidence that names a turn is taken from the record, with its words and signals; the dossier is compiled,
    /// and the time that conversations took is measured, in the moment in which they are asked for: what the command carries of them does not count.
    /// </summary>
    /// <param name="caseId">The case.</param>
    /// <param name="command">What.</param>
    /// <param name="by">Who.</param>
    /// <param name="cancellationToken">Stops waiting for the answer.</param>
    Task<CaseOutcome<DismissalFile>> ChangeAsync(string caseId, DismissalCommand command, CaseActor by, CancellationToken cancellationToken = default);

    /// <summary>A departure with what it is decided on; nothing when there is no such one.</summary>
    /// <param name="caseId">The case.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task<DepartureFile?> ReadDepartureAsync(string caseId, CancellationToken cancellationToken = default);

    /// <summary>Opens a departure (E1).</summary>
    /// <param name="command">Of whom, and what they said.</param>
    /// <param name="by">Who.</param>
    /// <param name="cancellationToken">Stops waiting for the answer.</param>
    Task<CaseOutcome<DepartureFile>> OpenAsync(OpenDeparture command, CaseActor by, CancellationToken cancellationToken = default);

    /// <summary>Does something in a departure.</summary>
    /// <param name="caseId">The case.</param>
    /// <param name="command">What.</param>
    /// <param name="by">Who.</param>
    /// <param name="cancellationToken">Stops waiting for the answer.</param>
    Task<CaseOutcome<DepartureFile>> ChangeAsync(string caseId, DepartureCommand command, CaseActor by, CancellationToken cancellationToken = default);

    /// <summary>The comment that a person was asked for in a dismissal case (B3), and no more of the case than that; nothing when they were not asked.</summary>
    /// <param name="caseId">The case.</param>
    /// <param name="person">Whom.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task<AskedComment?> ReadCommentAsync(string caseId, string person, CancellationToken cancellationToken = default);

    /// <summary>Whoever was asked comments (B3).</summary>
    /// <param name="caseId">The case.</param>
    /// <param name="text">The comment.</param>
    /// <param name="by">Who.</param>
    /// <param name="cancellationToken">Stops waiting for the answer.</param>
    /// <returns>Why it was not taken, or the comment as it stands; nothing of both when they were not asked.</returns>
    Task<CaseOutcome<AskedComment>> CommentAsync(string caseId, string text, CaseActor by, CancellationToken cancellationToken = default);

    /// <summary>What conversations of the last weeks propose: departures (T9) and reviews of a customer (T8); newest first. Never a dismissal.</summary>
    /// <param name="isSetAside">Those that somebody has seen and set aside, in place of those that wait.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task<IReadOnlyList<CaseProposal>> ListProposalsAsync(bool isSetAside = false, CancellationToken cancellationToken = default);

    /// <summary>Sets a proposal aside: seen, and nothing to do. It comes back when there is new evidence, not for that which was seen. Twice is once.</summary>
    /// <param name="kind">What was proposed.</param>
    /// <param name="conversationId">By which conversation; those that propose the same of the same customer are set aside with it.</param>
    /// <param name="why">Why there is nothing to do.</param>
    /// <param name="by">Who.</param>
    /// <param name="cancellationToken">Stops waiting for the answer.</param>
    /// <returns>Why not, or nothing.</returns>
    Task<CaseRefusal?> SetAsideAsync(CaseProposalKind kind, string conversationId, string why, CaseActor by, CancellationToken cancellationToken = default);

    /// <summary>Churn, dismissals, kinds of customers, repeated claims and the review of the criteria (E8, B10, B11, B13). Reckoned anew when anything has changed that the caller sees.</summary>
    /// <param name="from">A day of the first month.</param>
    /// <param name="until">A day of the last month.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task<CaseReports> ReadReportsAsync(DateOnly from, DateOnly until, CancellationToken cancellationToken = default);
}

/// <summary>Which cases a list shows.</summary>
/// <param name="Kind">Only dismissals, or only departures, or both.</param>
/// <param name="IsOpen">Only those that are open, or that are closed, or both.</param>
/// <param name="CustomerId">Only those of this customer, or all.</param>
/// <param name="Limit">How many at most.</param>
/// <param name="After">The last case of the page before, or nothing; one that is not seen has nothing behind it.</param>
public sealed record CaseFilter(CaseKind? Kind = null, bool? IsOpen = null, string? CustomerId = null, int Limit = 200, string? After = null);

/// <summary>What lists show of a case.</summary>
/// <param name="Kind">A dismissal or a departure.</param>
/// <param name="Id">The case.</param>
/// <param name="CustomerId">The customer.</param>
/// <param name="Team">Whose it is.</param>
/// <param name="Owner">Who opened it.</param>
/// <param name="Stage">Where it is: a name of <see cref="DismissalStage"/> or <see cref="DepartureStage"/>.</param>
/// <param name="Outcome">How it ended: a name of <see cref="DismissalOutcome"/> or <see cref="DepartureOutcome"/>; nothing while it is open.</param>
/// <param name="IsOpen">Whether it is open.</param>
/// <param name="OpenedAt">When it was opened.</param>
/// <param name="ClosedAt">When it was closed, or nothing.</param>
/// <param name="DueAt">When something is due next, or nothing.</param>
public sealed record CaseSummary(
    CaseKind Kind, string Id, string CustomerId, string Team, string Owner, string Stage, string? Outcome, bool IsOpen, DateTimeOffset OpenedAt, DateTimeOffset? ClosedAt, DateTimeOffset? DueAt)
{
    /// <summary>The summary of a row.</summary>
    /// <param name="row">The row.</param>
    public static CaseSummary From(CaseIndexRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return new CaseSummary(row.Kind, row.CaseId, row.CustomerId, row.Team, row.Owner, row.Stage, row.Outcome, row.IsOpen, row.OpenedAt, row.ClosedAt, row.DueAt);
    }
}

/// <summary>A customer's record, whose it is, and the cases about them.</summary>
/// <param name="Record">The record.</param>
/// <param name="Team">The team.</param>
/// <param name="Cases">The cases, newest first.</param>
public sealed record CustomerFile(CustomerRecord Record, string Team, IReadOnlyList<CaseSummary> Cases);

/// <summary>What became of changes of a customer's record.</summary>
/// <param name="Record">The record as it stands; nothing when there is no such customer.</param>
/// <param name="Refusals">For each change why it was refused, or nothing.</param>
/// <param name="Team">Whose they are; nothing when there is no such customer.</param>
public sealed record CustomerChange(CustomerRecord? Record, IReadOnlyList<CaseRefusal?> Refusals, string? Team = null)
{
    /// <summary>Why the first refused change was refused, or nothing.</summary>
    public CaseRefusal? Refusal => Refusals.FirstOrDefault(r => r is not null);
}

/// <summary>What became of a step of a case: the case as it stands, or why not; neither when there is no such case.</summary>
/// <typeparam name="T">The case.</typeparam>
/// <param name="File">The case as it stands.</param>
/// <param name="Refusal">Why not.</param>
public sealed record CaseOutcome<T>(T? File, CaseRefusal? Refusal)
    where T : class;

/// <summary>A dismissal case, with what it is decided on.</summary>
/// <param name="Case">The case.</param>
/// <param name="Customer">The customer's record.</param>
/// <param name="Team">Whose it is.</param>
/// <param name="Missing">What is missing before it can go on.</param>
/// <param name="Brief">What the message has to say, once it is settled who tells the customer.</param>
public sealed record DismissalFile(DismissalCase Case, CustomerRecord Customer, string Team, IReadOnlyList<CaseRefusal> Missing, FarewellBrief? Brief);

/// <summary>A departure, with what it is decided on.</summary>
/// <param name="Case">The case.</param>
/// <param name="Customer">The customer's record.</param>
/// <param name="Team">Whose it is.</param>
/// <param name="Missing">What is missing before it can go on.</param>
public sealed record DepartureFile(DepartureCase Case, CustomerRecord Customer, string Team, IReadOnlyList<CaseRefusal> Missing);

/// <summary>A comment that somebody was asked for (B3).</summary>
/// <param name="CaseId">In which case.</param>
/// <param name="CustomerId">About which customer.</param>
/// <param name="CustomerName">Their name, or nothing.</param>
/// <param name="AskedAt">When.</param>
/// <param name="AnswerBy">Until when the case waits for it.</param>
/// <param name="IsOpen">Whether it can be given now.</param>
/// <param name="Text">What they wrote, or nothing yet.</param>
public sealed record AskedComment(string CaseId, string CustomerId, string? CustomerName, DateTimeOffset AskedAt, DateTimeOffset AnswerBy, bool IsOpen, string? Text);

/// <summary>What a conversation proposes to a supervisor. Nothing happens by itself.</summary>
/// <param name="Kind">What for.</param>
/// <param name="ConversationId">The conversation that shows it.</param>
/// <param name="CustomerId">The customer, or nothing when the desk named none.</param>
/// <param name="IsKnown">Whether their record is there.</param>
/// <param name="At">When.</param>
/// <param name="Reason">Why, in the words of the rules.</param>
/// <param name="SetAside">Who set it aside, when and why; nothing while it waits.</param>
public sealed record CaseProposal(CaseProposalKind Kind, string ConversationId, string? CustomerId, bool IsKnown, DateTimeOffset At, string Reason, SetAsideNote? SetAside = null);

/// <summary>That there is nothing to do.</summary>
/// <param name="By">Who said so.</param>
/// <param name="At">When.</param>
/// <param name="Why">Why.</param>
public sealed record SetAsideNote(string By, DateTimeOffset At, string Why);

/// <summary>The reports of customers and cases.</summary>
/// <param name="Churn">The churn rate by month (E8).</param>
/// <param name="Departures">Who left in these months, by case (E8): the motives behind the rate.</param>
/// <param name="Dismissals">What became of dismissal cases (B10).</param>
/// <param name="RepeatedClaims">Who asked of our generosity again and again (B13).</param>
/// <param name="Criteria">Whether the criteria are due for review (B13).</param>
/// <param name="Kinds">Kinds of customers side by side (B11, E9).</param>
/// <param name="AsOf">When it was reckoned. Nothing that is in it has changed since.</param>
public sealed record CaseReports(
    IReadOnlyList<ChurnMonth> Churn,
    IReadOnlyList<LeftCustomer> Departures,
    DismissalReport Dismissals,
    IReadOnlyList<RepeatedClaims> RepeatedClaims,
    CriteriaReview Criteria,
    CustomerKindReport Kinds,
    DateTimeOffset AsOf);

/// <summary>A customer who left, and why as far as a case says.</summary>
/// <param name="CustomerId">The customer.</param>
/// <param name="On">The day.</param>
/// <param name="Ending">How it ended.</param>
/// <param name="CaseId">The departure, or nothing when there was none.</param>
/// <param name="Motives">What the customer stated.</param>
/// <param name="Fit">Whether it was a customer of the kind that we want (E9), or nothing.</param>
public sealed record LeftCustomer(string CustomerId, DateOnly On, CustomerEnding Ending, string? CaseId, IReadOnlyList<DepartureMotive> Motives, CustomerFit? Fit);
