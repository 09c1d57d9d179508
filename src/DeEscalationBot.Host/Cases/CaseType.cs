using System.Security.Cryptography;
using DeEscalationBot.Core.Cases;
using DeEscalationBot.Core.Cases.Customers;
using DeEscalationBot.Core.Cases.Departure;
using DeEscalationBot.Core.Cases.Dismissal;
using DeEscalationBot.Host.Cases.Storage;

namespace DeEscalationBot.Host.Cases;

/// <summary>What the desk has to know of a kind of case to run it: how it is loaded, decided, listed, and what its end means for the customer.</summary>
/// <typeparam name="TState">The case.</typeparam>
/// <typeparam name="TCommand">What can be done.</typeparam>
/// <typeparam name="TEvent">What is recorded.</typeparam>
/// <typeparam name="TFile">What callers get.</typeparam>
internal abstract class CaseType<TState, TCommand, TEvent, TFile>(CaseKind kind, string idPrefix)
    where TEvent : CaseEvent
    where TFile : class
{
    private const int IdBytes = 6;

    public CaseKind Kind { get; } = kind;

    public abstract Task<TState> LoadAsync(string id, CancellationToken cancellationToken);

    public abstract CaseAnswer<TEvent> Decide(TState state, TCommand command, CaseActor by, CustomerRecord customer, bool isOtherOpen);

    public abstract TState Apply(TState state, IReadOnlyList<TEvent> events);

    public abstract CaseIndexRow RowOf(TState state, CaseIndexRow known);

    /// <summary>What the events mean for the customer's record, or nothing.</summary>
    public abstract CustomerCommand? OnCustomer(TState after, IReadOnlyList<TEvent> events, CustomerRecord customer, DateOnly today);

    public abstract TFile FileOf(TState state, CustomerRecord customer, string team);

    /// <summary>The row of a case that does not exist yet.</summary>
    public CaseIndexRow NewRow(string customerId, string team, string owner, DateTimeOffset now) =>
        NewRow(idPrefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes)), customerId, team, owner, now);

    /// <summary>The same with an id that was given out already.</summary>
    public CaseIndexRow NewRow(string id, string customerId, string team, string owner, DateTimeOffset now) => Row(id, customerId, team, owner, now, 0, "New", null, isOpen: false, null, null);

    protected CaseIndexRow Row(
        string id, string customerId, string team, string owner, DateTimeOffset openedAt, long sequence, string stage, string? outcome, bool isOpen, DateTimeOffset? closedAt, DateTimeOffset? dueAt) => new()
        {
            Kind = Kind,
            CaseId = id,
            CustomerId = customerId,
            Team = team,
            Owner = owner,
            Sequence = sequence,
            Stage = stage,
            Outcome = outcome,
            IsOpen = isOpen,
            OpenedAt = openedAt,
            ClosedAt = closedAt,
            DueAt = dueAt,
        };

    // A contract may have ended before they came back: nobody leaves before they come.
    protected static MarkLeft Leaving(DateOnly endsOn, CustomerRecord customer, CustomerEnding ending) => new(customer.Stays is [.., { From: var from }] && from > endsOn ? from : endsOn, ending);
}

/// <summary>Dismissals (B1 to B10).</summary>
internal sealed class DismissalType(CaseLog log, DismissalRules rules, CaseSettings settings, TimeProvider clock)
    : CaseType<DismissalCase, DismissalCommand, DismissalEvent, DismissalFile>(CaseKind.Dismissal, IdPrefix)
{
    public const string IdPrefix = "dis-";

    public override Task<DismissalCase> LoadAsync(string id, CancellationToken cancellationToken) => log.LoadDismissalAsync(id, cancellationToken);

    public override CaseAnswer<DismissalEvent> Decide(DismissalCase state, DismissalCommand command, CaseActor by, CustomerRecord customer, bool isOtherOpen) =>
        rules.Decide(state, command, by, customer, clock.GetUtcNow(), isOtherOpen);

    public override DismissalCase Apply(DismissalCase state, IReadOnlyList<DismissalEvent> events) => state.Apply(events);

    public override CaseIndexRow RowOf(DismissalCase state, CaseIndexRow known) => Row(
        state.Id, state.CustomerId, known.Team, known.Owner, known.OpenedAt, state.Sequence, state.Stage.ToString(), state.Outcome?.ToString(), state.IsOpen, state.ClosedAt, DueAt(state));

    public override CustomerCommand? OnCustomer(DismissalCase after, IReadOnlyList<DismissalEvent> events, CustomerRecord customer, DateOnly today) => events[^1] switch
    {
        DismissalClosed when customer.LeftOn is null => Leaving(after.Plan!.EndsOn, customer, CustomerEnding.Dismissed),
        DismissalUndone when customer is { LeftOn: not null, Stays: [.., { Ending: CustomerEnding.Dismissed }] } => new MarkReturned(today),
        _ => null,
    };

    public override DismissalFile FileOf(DismissalCase state, CustomerRecord customer, string team) =>
        new(state, customer, team, rules.Missing(state, customer, clock.GetUtcNow()), FarewellBrief.Of(state, settings));

    private static DateTimeOffset? DueAt(DismissalCase state) => state switch
    {
        { Stage: DismissalStage.Ending, Plan.EndsOn: var end, AppealUntil: { } appeal } => appeal > end.Midnight() ? appeal : end.Midnight(),
        { ReviewDueOn: { } review, ReviewFindings: null, Outcome: DismissalOutcome.Dismissed } => review.Midnight(),
        _ => null,
    };
}

/// <summary>Departures (E1 to E9).</summary>
internal sealed class DepartureType(CaseLog log, TimeProvider clock) : CaseType<DepartureCase, DepartureCommand, DepartureEvent, DepartureFile>(CaseKind.Departure, IdPrefix)
{
    public const string IdPrefix = "dep-";

    public override Task<DepartureCase> LoadAsync(string id, CancellationToken cancellationToken) => log.LoadDepartureAsync(id, cancellationToken);

    public override CaseAnswer<DepartureEvent> Decide(DepartureCase state, DepartureCommand command, CaseActor by, CustomerRecord customer, bool isOtherOpen) =>
        DepartureRules.Decide(state, command, by, customer, clock.GetUtcNow(), isOtherOpen);

    public override DepartureCase Apply(DepartureCase state, IReadOnlyList<DepartureEvent> events) => state.Apply(events);

    public override CaseIndexRow RowOf(DepartureCase state, CaseIndexRow known) => Row(
        state.Id, state.CustomerId, known.Team, known.Owner, known.OpenedAt, state.Sequence, state.Stage.ToString(), state.Outcome?.ToString(), state.IsOpen, state.ClosedAt,
        state is { IsOpen: true, EndsOn: { } end } ? end.Midnight() : null);

    public override CustomerCommand? OnCustomer(DepartureCase after, IReadOnlyList<DepartureEvent> events, CustomerRecord customer, DateOnly today) =>
        events[^1] is DepartureClosed && customer.LeftOn is null ? Leaving(after.EndsOn ?? today, customer, CustomerEnding.Left) : null;

    public override DepartureFile FileOf(DepartureCase state, CustomerRecord customer, string team) => new(state, customer, team, DepartureRules.Missing(state, customer, clock.GetUtcNow()));
}

/// <summary>Days as instants.</summary>
internal static class Days
{
    /// <summary>When a day begins, UTC.</summary>
    public static DateTimeOffset Midnight(this DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
}
