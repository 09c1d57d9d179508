using DeEscalationBot.Core.Cases;
using DeEscalationBot.Core.Cases.Customers;
using DeEscalationBot.Core.Cases.Departure;
using DeEscalationBot.Core.Cases.Dismissal;
using DeEscalationBot.Host.Access;
using DeEscalationBot.Host.Cases.Storage;
using DeEscalationBot.Host.Conversations;
using Microsoft.Extensions.Options;

namespace DeEscalationBot.Host.Cases;

/// <summary>The desk of cases as one caller sees it: endpoints and pages get no other.</summary>
/// <remarks>
/// Agents comment when they are asked; supervisors run the cases of their teams; decision makers see and decide all; administrators see nothing.
/// People act under their own name and role, whatever a call says. A program acts as a supervisor under the name of its key, and does nothing that
/// a person has to answer for: it agrees to nothing, approves nothing, tells nobody. Only in local mode, where one person is everybody, a call says who acts.
/// </remarks>
/// <param name="desk">The desk, with the sight of <see cref="SightOf"/>.</param>
/// <param name="caller">Who calls.</param>
/// <param name="people">Who is who.</param>
public sealed class GuardedCaseDesk(CaseDesk desk, CurrentCaller caller, IOptions<CasePeopleOptions> people) : ICaseDesk
{
    /// <summary>What somebody sees of customers and cases.</summary>
    /// <param name="caller">Who.</param>
    public static CaseSight SightOf(Caller caller)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return caller.Kind switch
        {
            CallerKind.Local => CaseSight.Everything,
            CallerKind.Key => caller.Teams.Count == 0 ? CaseSight.Everything : new CaseSight(false, caller.Teams),
            CallerKind.Person when caller.Roles.Contains(CoachRole.DecisionMaker) => CaseSight.Everything,
            CallerKind.Person when caller.Roles.Contains(CoachRole.Supervisor) => new CaseSight(false, caller.Teams),
            _ => CaseSight.Nothing,
        };
    }

    /// <summary>As whom the caller acts.</summary>
    /// <param name="given">Whom the call names; counts in local mode only.</param>
    public CaseActor ActorOf(CaseActor given)
    {
        var who = caller.Value;
        return who.Kind switch
        {
            CallerKind.Local => given,
            CallerKind.Person when who.Roles.Contains(CoachRole.DecisionMaker) =>
                new CaseActor(who.Id, people.Value.Executives.Contains(who.Id, StringComparer.Ordinal) ? CaseRole.Executive : CaseRole.Manager),
            CallerKind.Person or CallerKind.Key when who.Kind == CallerKind.Key || who.Roles.Contains(CoachRole.Supervisor) => new CaseActor(who.Id, CaseRole.Supervisor),
            _ => new CaseActor(who.Id, CaseRole.Agent),
        };
    }

    /// <inheritdoc/>
    public Task<CustomerFile?> ReadCustomerAsync(string customerId, CancellationToken cancellationToken = default) =>
        Reading(() => desk.ReadCustomerAsync(customerId, cancellationToken));

    /// <inheritdoc/>
    public Task<IReadOnlyList<CustomerFile>> ListCustomersAsync(string? after, int limit, CancellationToken cancellationToken = default) =>
        Reading(() => desk.ListCustomersAsync(after, limit, cancellationToken));

    /// <inheritdoc/>
    public async Task<CustomerChange> ChangeCustomerAsync(
        string customerId, IReadOnlyList<CustomerCommand> commands, CaseActor by, string? team = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(commands);
        Require(AccessRule.WriteCustomers);
        var own = team ?? (caller.Value.Teams is [var first, ..] ? first : ConversationTeams.Default);
        if (!SightOf(caller.Value).Sees(own))
        {
            throw new AccessDeniedException(AccessRule.WriteCustomers);
        }

        // Whoever sees everything may mistype a team: a customer in one that nobody has is lost to all supervisors.
        if (commands.OfType<MoveCustomer>().FirstOrDefault(m => ConversationTeams.IsLegal(m.Team)) is { } move
            && SightOf(caller.Value).All
            && !(await ListTeamsOfCallerAsync(cancellationToken)).Contains(move.Team, StringComparer.Ordinal)
            && await desk.ReadCustomerAsync(customerId, cancellationToken) is { } file)
        {
            return new CustomerChange(file.Record, [.. commands.Select(_ => new CaseRefusal(CustomerRule.TeamUnknown, move.Team))], file.Team);
        }

        return await desk.ChangeCustomerAsync(customerId, commands, ActorOf(by), own, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> ListTeamsAsync(CancellationToken cancellationToken = default) => Reading(() => ListTeamsOfCallerAsync(cancellationToken));

    /// <inheritdoc/>
    public Task<CustomerChange> MeasureContactAsync(string customerId, CaseActor by, CancellationToken cancellationToken = default)
    {
        Require(AccessRule.WriteCustomers);
        return desk.MeasureContactAsync(customerId, ActorOf(by), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<Dossier?> CompileDossierAsync(string customerId, CancellationToken cancellationToken = default) =>
        Reading(() => desk.CompileDossierAsync(customerId, cancellationToken));

    /// <inheritdoc/>
    public Task<IReadOnlyList<RecordedCaseEvent>?> ReadCustomerRecordAsync(string customerId, CancellationToken cancellationToken = default) =>
        Reading(() => desk.ReadCustomerRecordAsync(customerId, cancellationToken));

    /// <inheritdoc/>
    public Task<IReadOnlyList<CaseSummary>> ListCasesAsync(CaseFilter filter, CancellationToken cancellationToken = default) =>
        Reading(() => desk.ListCasesAsync(filter, cancellationToken));

    /// <inheritdoc/>
    public Task<CaseSummary?> FindCaseAsync(string caseId, CancellationToken cancellationToken = default) => Reading(() => desk.FindCaseAsync(caseId, cancellationToken));

    /// <inheritdoc/>
    public Task<IReadOnlyList<RecordedCaseEvent>?> ReadRecordAsync(string caseId, CancellationToken cancellationToken = default) =>
        Reading(() => desk.ReadRecordAsync(caseId, cancellationToken));

    /// <inheritdoc/>
    public Task<DismissalFile?> ReadDismissalAsync(string caseId, CancellationToken cancellationToken = default) => Reading(() => desk.ReadDismissalAsync(caseId, cancellationToken));

    /// <inheritdoc/>
    public Task<CaseOutcome<DismissalFile>> OpenAsync(OpenDismissal command, CaseActor by, CancellationToken cancellationToken = default)
    {
        Require(AccessRule.WorkCases);
        return desk.OpenAsync(command, ActorOf(by), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<CaseOutcome<DismissalFile>> ChangeAsync(string caseId, DismissalCommand command, CaseActor by, CancellationToken cancellationToken = default)
    {
        Require(AccessRule.WorkCases);
        return caller.Value.Kind == CallerKind.Key && IsForPeople(command)
            ? Task.FromResult(new CaseOutcome<DismissalFile>(null, new CaseRefusal(CaseRules.NotPermitted, caller.Value.Id)))
            : desk.ChangeAsync(caseId, command, ActorOf(by), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<DepartureFile?> ReadDepartureAsync(string caseId, CancellationToken cancellationToken = default) => Reading(() => desk.ReadDepartureAsync(caseId, cancellationToken));

    /// <inheritdoc/>
    public Task<CaseOutcome<DepartureFile>> OpenAsync(OpenDeparture command, CaseActor by, CancellationToken cancellationToken = default)
    {
        Require(AccessRule.WorkCases);
        return desk.OpenAsync(command, ActorOf(by), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<CaseOutcome<DepartureFile>> ChangeAsync(string caseId, DepartureCommand command, CaseActor by, CancellationToken cancellationToken = default)
    {
        Require(AccessRule.WorkCases);
        return desk.ChangeAsync(caseId, command, ActorOf(by), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<AskedComment?> ReadCommentAsync(string caseId, string person, CancellationToken cancellationToken = default)
    {
        Require(AccessRule.CommentCases);
        return desk.ReadCommentAsync(caseId, ActorOf(new CaseActor(person, CaseRole.Agent)).Name, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<CaseOutcome<AskedComment>> CommentAsync(string caseId, string text, CaseActor by, CancellationToken cancellationToken = default)
    {
        Require(AccessRule.CommentCases);
        return desk.CommentAsync(caseId, text, ActorOf(by), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<CaseProposal>> ListProposalsAsync(bool isSetAside = false, CancellationToken cancellationToken = default) =>
        Reading(() => desk.ListProposalsAsync(isSetAside, cancellationToken));

    /// <inheritdoc/>
    public Task<CaseRefusal?> SetAsideAsync(CaseProposalKind kind, string conversationId, string why, CaseActor by, CancellationToken cancellationToken = default)
    {
        Require(AccessRule.WorkCases);
        return caller.Value.Kind == CallerKind.Key
            ? Task.FromResult<CaseRefusal?>(new CaseRefusal(CaseRules.NotPermitted, caller.Value.Id))
            : desk.SetAsideAsync(kind, conversationId, why, ActorOf(by), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<CaseReports> ReadReportsAsync(DateOnly from, DateOnly until, CancellationToken cancellationToken = default) =>
        Reading(() => desk.ReadReportsAsync(from, until, cancellationToken));

    private async Task<IReadOnlyList<string>> ListTeamsOfCallerAsync(CancellationToken cancellationToken) =>
        [.. (await desk.ListTeamsAsync(cancellationToken)).Union(caller.Value.Teams, StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static bool IsForPeople(DismissalCommand command) =>
        command is AgreeToDismissal or SendBack or ApproveMessage or TellCustomer or DecideAppeal or GiveComment or KeepCustomer or UndoDismissal or ReviewDismissal;

    private Task<T> Reading<T>(Func<Task<T>> read)
    {
        Require(AccessRule.ReadCases);
        return read();
    }

    private void Require(string rule)
    {
        if (!caller.May(rule))
        {
            throw new AccessDeniedException(rule);
        }
    }
}
