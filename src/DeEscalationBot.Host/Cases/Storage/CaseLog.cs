using System.Linq.Expressions;
using DeEscalationBot.Core.Cases;
using DeEscalationBot.Core.Cases.Customers;
using DeEscalationBot.Core.Cases.Departure;
using DeEscalationBot.Core.Cases.Dismissal;
using DeEscalationBot.Host.Conversations.Storage;
using DeEscalationBot.Host.Conversations.Storage.Sealing;
using Microsoft.EntityFrameworkCore;

namespace DeEscalationBot.Host.Cases.Storage;

/// <summary>One event with its place.</summary>
/// <param name="Sequence">The place, from 1, without gaps.</param>
/// <param name="Event">The event.</param>
public sealed record RecordedCaseEvent(long Sequence, CaseEvent Event);

/// <summary>Events of one customer or case that are to be recorded.</summary>
/// <param name="Events">The events, at least one, in order.</param>
/// <param name="Row">What lists show with the events applied; its sequence is that of the last event.</param>
/// <param name="MovesCases">Whether the customer's cases go to the row's team with it.</param>
public sealed record CaseAppend(IReadOnlyList<CaseEvent> Events, CaseIndexRow Row, bool MovesCases = false);

/// <summary>Which customers and cases somebody sees: all, or those of some teams.</summary>
/// <param name="All">Whether it is all.</param>
/// <param name="Teams">Those of these teams.</param>
public sealed record CaseSight(bool All, IReadOnlyList<string> Teams)
{
    /// <summary>Everything.</summary>
    public static CaseSight Everything { get; } = new(true, []);

    /// <summary>Nothing.</summary>
    public static CaseSight Nothing { get; } = new(false, []);

    /// <summary>Whether something of a team is seen.</summary>
    /// <param name="team">The team.</param>
    public bool Sees(string team) => All || Teams.Contains(team, StringComparer.Ordinal);
}

/// <summary>The append-only record of customers and cases, with the lists that follow from it.</summary>
/// <remarks>
/// Words are sealed with the key of the customer that they are about, who has one for their record and all their cases. Safe for concurrent use. What
/// <see cref="TryAppendAsync"/> has answered is on the disk.
/// </remarks>
/// <param name="contexts">The database.</param>
/// <param name="writer">Whose turn it is to write.</param>
/// <param name="cipher">Seals and opens words.</param>
/// <param name="logger">Ids only.</param>
public sealed partial class CaseLog(IDbContextFactory<CoachDbContext> contexts, RecordWriter writer, RecordCipher cipher, ILogger<CaseLog> logger)
{
    // A statement takes only so many parameters.
    private const int MostParameters = 500;

    /// <summary>A customer's record; one in which nothing stands when there is no such customer.</summary>
    /// <param name="id">The customer.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="CaseRecordDamagedException">The record cannot be understood.</exception>
    /// <exception cref="RecordUnavailableException">The database cannot be read.</exception>
    public async Task<CustomerRecord> LoadCustomerAsync(string id, CancellationToken cancellationToken = default) =>
        CustomerOf(id, await ReadAsync(CaseKind.Customer, id, cancellationToken));

    /// <summary>A dismissal case; one in which nothing happened when there is none.</summary>
    /// <param name="id">The case.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="CaseRecordDamagedException">The record cannot be understood.</exception>
    /// <exception cref="RecordUnavailableException">The database cannot be read.</exception>
    public async Task<DismissalCase> LoadDismissalAsync(string id, CancellationToken cancellationToken = default) =>
        DismissalOf(id, await ReadAsync(CaseKind.Dismissal, id, cancellationToken));

    /// <summary>A departure; one in which nothing happened when there is none.</summary>
    /// <param name="id">The case.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="CaseRecordDamagedException">The record cannot be understood.</exception>
    /// <exception cref="RecordUnavailableException">The database cannot be read.</exception>
    public async Task<DepartureCase> LoadDepartureAsync(string id, CancellationToken cancellationToken = default) =>
        DepartureOf(id, await ReadAsync(CaseKind.Departure, id, cancellationToken));

    /// <summary>The events of a customer or case, in order; none when there is no such one.</summary>
    /// <param name="kind">Which kind.</param>
    /// <param name="id">Which.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="CaseRecordDamagedException">An event is missing or cannot be understood.</exception>
    /// <exception cref="RecordUnavailableException">The database cannot be read.</exception>
    public async Task<IReadOnlyList<RecordedCaseEvent>> ReadAsync(CaseKind kind, string id, CancellationToken cancellationToken = default)
    {
        var rows = await QueryAsync(db => db.CaseEvents.AsNoTracking().Where(r => r.Kind == kind && r.StreamId == id).OrderBy(r => r.Sequence).ToListAsync(cancellationToken), cancellationToken);
        return EventsOf(kind, id, rows, await KeysOfAsync(rows, cancellationToken));
    }

    /// <summary>The records of several customers, in the order of their ids. One that cannot be understood is left out, and the log says so.</summary>
    /// <param name="ids">Which.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="RecordUnavailableException">The database cannot be read.</exception>
    public Task<IReadOnlyList<CustomerRecord>> LoadCustomersAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken = default) =>
        LoadManyAsync(CaseKind.Customer, ids, CustomerOf, cancellationToken);

    /// <summary>Several departures, in the order of their ids. One that cannot be understood is left out, and the log says so.</summary>
    /// <param name="ids">Which.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="RecordUnavailableException">The database cannot be read.</exception>
    public Task<IReadOnlyList<DepartureCase>> LoadDeparturesAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken = default) =>
        LoadManyAsync(CaseKind.Departure, ids, DepartureOf, cancellationToken);

    /// <summary>Several dismissal cases, in the order of their ids. One that cannot be understood is left out, and the log says so.</summary>
    /// <param name="ids">Which.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="RecordUnavailableException">The database cannot be read.</exception>
    public Task<IReadOnlyList<DismissalCase>> LoadDismissalsAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken = default) =>
        LoadManyAsync(CaseKind.Dismissal, ids, DismissalOf, cancellationToken);

    /// <summary>What lists show of one customer or case; nothing when there is no such one.</summary>
    /// <param name="kind">Which kind.</param>
    /// <param name="id">Which.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="RecordUnavailableException">The database cannot be read.</exception>
    public Task<CaseIndexRow?> FindAsync(CaseKind kind, string id, CancellationToken cancellationToken = default) =>
        QueryAsync(db => db.CaseIndex.AsNoTracking().SingleOrDefaultAsync(r => r.Kind == kind && r.CaseId == id, cancellationToken), cancellationToken);

    /// <summary>What lists show of some kinds about these customers, in no order.</summary>
    /// <param name="kinds">Of which kinds.</param>
    /// <param name="sight">Which are seen.</param>
    /// <param name="customers">About which customers.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="RecordUnavailableException">The database cannot be read.</exception>
    public Task<IReadOnlyList<CaseIndexRow>> ListOfCustomersAsync(IReadOnlyList<CaseKind> kinds, CaseSight sight, IEnumerable<string> customers, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sight);
        return ListInPartsAsync(
            customers, part => r => kinds.Contains(r.Kind) && part.Contains(r.CustomerId), rows => sight.All ? rows : rows.Where(r => sight.Teams.Contains(r.Team)), cancellationToken);
    }

    /// <summary>Which of these proposals somebody set aside, in no order.</summary>
    /// <param name="proposals">Their ids.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="RecordUnavailableException">The database cannot be read.</exception>
    public Task<IReadOnlyList<CaseIndexRow>> ListSetAsideAsync(IEnumerable<string> proposals, CancellationToken cancellationToken = default) =>
        ListInPartsAsync(proposals, part => r => r.Kind == CaseKind.Proposal && part.Contains(r.CaseId), rows => rows, cancellationToken);

    /// <summary>What was noted last of these proposals where somebody set them aside, by their ids. A note that cannot be understood is left out, and the log says so.</summary>
    /// <param name="proposals">Their ids.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="RecordUnavailableException">The database cannot be read.</exception>
    public async Task<IReadOnlyDictionary<string, ProposalSetAside>> LoadSetAsideAsync(IEnumerable<string> proposals, CancellationToken cancellationToken = default) =>
        (await LoadManyAsync(
            CaseKind.Proposal, proposals.ToHashSet(StringComparer.Ordinal), (id, events) => (Id: id, Note: events.Select(e => e.Event).OfType<ProposalSetAside>().LastOrDefault()), cancellationToken))
            .Where(n => n.Note is not null).ToDictionary(n => n.Id, n => n.Note!, StringComparer.Ordinal);

    /// <summary>What tells whether anything has changed: another value after every change. Reads no event and opens no word.</summary>
    /// <remarks>Of everything, whoever looks: of what one team sees, customers who come and go could add up to the same.</remarks>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="RecordUnavailableException">The database cannot be read.</exception>
    public Task<CaseStamp> StampAsync(CancellationToken cancellationToken = default) => QueryAsync(
        async db => await db.CaseIndex.GroupBy(_ => 1).Select(g => new CaseStamp(g.Count(), g.Sum(r => r.Sequence), g.Max(r => r.OpenedAt))).SingleOrDefaultAsync(cancellationToken) ?? CaseStamp.Empty,
        cancellationToken);

    /// <summary>The teams that have customers, in no order.</summary>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="RecordUnavailableException">The database cannot be read.</exception>
    public Task<List<string>> ListTeamsAsync(CancellationToken cancellationToken = default) =>
        QueryAsync(db => db.CaseIndex.Where(r => r.Kind == CaseKind.Customer).Select(r => r.Team).Distinct().ToListAsync(cancellationToken), cancellationToken);

    /// <summary>The list of one kind: customers by id, cases newest first.</summary>
    /// <param name="query">What is asked for.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="RecordUnavailableException">The database cannot be read.</exception>
    public async Task<IReadOnlyList<CaseIndexRow>> ListAsync(CaseListQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return await QueryAsync(
            db =>
            {
                var found = db.CaseIndex.AsNoTracking().Where(r => query.Kinds.Contains(r.Kind));
                found = query.Sight.All ? found : found.Where(r => query.Sight.Teams.Contains(r.Team));
                found = query.IsOpen is { } isOpen ? found.Where(r => r.IsOpen == isOpen) : found;
                found = query.CustomerId is { } customer ? found.Where(r => r.CustomerId == customer) : found;
#pragma warning disable CA1309 // Only this overload becomes SQL; the columns' collation orders by bytes.
                found = query.After is { } after ? found.Where(r => string.Compare(r.CaseId, after) > 0) : found;
                found = query.Behind is { } last ? found.Where(r => r.OpenedAt < last.OpenedAt || (r.OpenedAt == last.OpenedAt && string.Compare(r.CaseId, last.CaseId) > 0)) : found;
#pragma warning restore CA1309
                var ordered = query.Kinds is [CaseKind.Customer] ? found.OrderBy(r => r.CaseId) : found.OrderByDescending(r => r.OpenedAt).ThenBy(r => r.CaseId);
                return query.Limit is { } limit ? ordered.Take(limit).ToListAsync(cancellationToken) : ordered.ToListAsync(cancellationToken);
            },
            cancellationToken);
    }

    /// <summary>Appends events and brings the lists up to date, in one transaction, if nobody was there first.</summary>
    /// <param name="customer">The customer's record on which it was decided: it must not have changed since.</param>
    /// <param name="appends">The events, of one customer and their cases.</param>
    /// <returns>False when somebody recorded something first, here or in the customer's record, or opened such a case: nothing was written; load again and decide again.</returns>
    /// <exception cref="CaseRecordDamagedException">The customer's key cannot be unwrapped: what is written now could not be read together with what is there.</exception>
    /// <exception cref="RecordUnavailableException">The database cannot be written, or it is not known whether it was.</exception>
    public async Task<bool> TryAppendAsync(CustomerRecord customer, IReadOnlyList<CaseAppend> appends)
    {
        ArgumentNullException.ThrowIfNull(customer);
        ArgumentNullException.ThrowIfNull(appends);
        var isFirst = true;
        var owner = await OwnerOfAsync(customer.Id);
        await writer.InTurnAsync(async () =>
        {
            await using var db = await contexts.CreateDbContextAsync();
            await using var transaction = await db.Database.BeginTransactionAsync();

            // Changes nothing, and holds the row until the end: who changes the customer's record meanwhile waits, and is then second.
            if (customer.Sequence > 0 && await db.CaseIndex.Where(r => r.Kind == CaseKind.Customer && r.CaseId == customer.Id && r.Sequence == customer.Sequence)
                .ExecuteUpdateAsync(set => set.SetProperty(r => r.Sequence, customer.Sequence)) == 0)
            {
                isFirst = false;
                return;
            }

            var key = await KeyToWriteAsync(db, owner, customer);
            foreach (var (events, row, _) in appends)
            {
                var first = row.Sequence - events.Count + 1;
                db.CaseEvents.AddRange(events.Select((e, i) => CaseFormat.Write(key, row.Kind, row.CaseId, row.CustomerId, first + i, e)));
                _ = first == 1 ? db.CaseIndex.Add(row) : db.CaseIndex.Update(row);
            }

            try
            {
                await db.SaveChangesAsync();
                if (appends.FirstOrDefault(a => a.MovesCases) is { Row: var moved })
                {
                    await db.CaseIndex.Where(r => r.CustomerId == moved.CustomerId && r.Kind != CaseKind.Customer).ExecuteUpdateAsync(set => set.SetProperty(r => r.Team, moved.Team));
                }

                await transaction.CommitAsync();
            }
            catch (DbUpdateException e) when (e is DbUpdateConcurrencyException || db.IsDuplicateKey(e))
            {
                // The place is taken, or the customer was erased, and what lists show of the case with them.
                isFirst = false;
            }
        });
        return isFirst;
    }

    /// <summary>Whose key the words about a customer are sealed with.</summary>
    /// <param name="customerId">The customer.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="RecordUnavailableException">The database is away.</exception>
    public async Task<KeyOwner> OwnerOfAsync(string customerId, CancellationToken cancellationToken = default) => KeyOwner.Customer(await cipher.SubjectOfAsync(customerId, cancellationToken));

    private static CustomerRecord CustomerOf(string id, IReadOnlyList<RecordedCaseEvent> events) =>
        Fold(CaseKind.Customer, id, events, CustomerRecord.Start(id), (CustomerRecord state, CustomerEvent e) => state.Apply(e));

    private static DismissalCase DismissalOf(string id, IReadOnlyList<RecordedCaseEvent> events) =>
        Fold(CaseKind.Dismissal, id, events, DismissalCase.Start(id), (DismissalCase state, DismissalEvent e) => state.Apply(e));

    private static DepartureCase DepartureOf(string id, IReadOnlyList<RecordedCaseEvent> events) =>
        Fold(CaseKind.Departure, id, events, DepartureCase.Start(id), (DepartureCase state, DepartureEvent e) => state.Apply(e));

    private static TState Fold<TState, TEvent>(CaseKind kind, string id, IReadOnlyList<RecordedCaseEvent> events, TState state, Func<TState, TEvent, TState> apply)
        where TEvent : CaseEvent
    {
        foreach (var recorded in events)
        {
            try
            {
                state = recorded.Event is TEvent e ? apply(state, e) : throw new InvalidOperationException("It belongs to another kind of record.");
            }
            catch (InvalidOperationException e)
            {
                throw new CaseRecordDamagedException(kind, id, recorded.Sequence, "it does not follow from the events before it.", e);
            }
        }

        return state;
    }

    private static RecordedCaseEvent[] EventsOf(CaseKind kind, string id, List<CaseEventRow> rows, IReadOnlyDictionary<string, RecordKey> keys)
    {
        var events = new RecordedCaseEvent[rows.Count];
        for (var i = 0; i < rows.Count; i++)
        {
            events[i] = rows[i].Sequence == i + 1
                ? new RecordedCaseEvent(i + 1, CaseFormat.Read(keys.GetValueOrDefault(rows[i].CustomerId, RecordKey.None), rows[i]))
                : throw new CaseRecordDamagedException(kind, id, i + 1, "it is missing.");
        }

        return events;
    }

    private async Task<IReadOnlyList<CaseIndexRow>> ListInPartsAsync(
        IEnumerable<string> ids, Func<string[], Expression<Func<CaseIndexRow, bool>>> are, Func<IQueryable<CaseIndexRow>, IQueryable<CaseIndexRow>> seen, CancellationToken cancellationToken)
    {
        var found = new List<CaseIndexRow>();
        foreach (var part in ids.Distinct(StringComparer.Ordinal).Chunk(MostParameters))
        {
            found.AddRange(await QueryAsync(db => seen(db.CaseIndex.AsNoTracking().Where(are(part))).ToListAsync(cancellationToken), cancellationToken));
        }

        return found;
    }

    private async Task<IReadOnlyList<TState>> LoadManyAsync<TState>(
        CaseKind kind, IReadOnlyCollection<string> ids, Func<string, IReadOnlyList<RecordedCaseEvent>, TState> fold, CancellationToken cancellationToken)
    {
        var loaded = new List<TState>(ids.Count);

        foreach (var part in ids.Order(StringComparer.Ordinal).Chunk(MostParameters))
        {
            var rows = await QueryAsync(
                db => db.CaseEvents.AsNoTracking().Where(r => r.Kind == kind && part.Contains(r.StreamId)).OrderBy(r => r.StreamId).ThenBy(r => r.Sequence).ToListAsync(cancellationToken), cancellationToken);
            var keys = await KeysOfAsync(rows, cancellationToken);
            foreach (var stream in rows.GroupBy(r => r.StreamId, StringComparer.Ordinal))
            {
                try
                {
                    loaded.Add(fold(stream.Key, EventsOf(kind, stream.Key, [.. stream], keys)));
                }
                catch (CaseRecordDamagedException e)
                {
                    LogLeftOut(kind, (await OwnerOfAsync(stream.First().CustomerId, cancellationToken)).Id, e.Sequence, e.What);
                }
            }
        }

        return loaded;
    }

    // By customer, in one question; what was written plain needs none.
    private async Task<IReadOnlyDictionary<string, RecordKey>> KeysOfAsync(List<CaseEventRow> rows, CancellationToken cancellationToken)
    {
        var owners = new Dictionary<string, KeyOwner>(StringComparer.Ordinal);
        foreach (var row in rows.Where(r => RecordKey.IsSealed(r.Payload) && !owners.ContainsKey(r.CustomerId)))
        {
            owners[row.CustomerId] = await OwnerOfAsync(row.CustomerId, cancellationToken);
        }

        var keys = owners.Count == 0 ? null : await QueryAsync(_ => cipher.FindAllAsync(owners.Values, cancellationToken), cancellationToken);
        return owners.ToDictionary(o => o.Key, o => keys![o.Value], StringComparer.Ordinal);
    }

    private async Task<RecordKey> KeyToWriteAsync(CoachDbContext db, KeyOwner owner, CustomerRecord customer)
    {
        try
        {
            return await cipher.KeyToWriteAsync(db, owner);
        }
        catch (RecordKeyException e)
        {
            throw new CaseRecordDamagedException(CaseKind.Customer, customer.Id, customer.Sequence + 1, e.Message, e);
        }
    }

    private async Task<T> QueryAsync<T>(Func<CoachDbContext, Task<T>> read, CancellationToken cancellationToken)
    {
        try
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            return await read(db);
        }
        catch (Exception e) when (DatabaseFailure.IsBehind(e))
        {
            throw new RecordUnavailableException("The record cannot be read now.", e);
        }
    }

    // Not by the customer's id: a log is no place for it.
    [LoggerMessage(LogLevel.Error, "A list or report leaves out a {Kind} of '{Owner}' that is damaged at event {Sequence}: {What}")]
    private partial void LogLeftOut(CaseKind kind, string owner, long sequence, string what);
}

/// <summary>Which customers or cases a list shows.</summary>
/// <param name="Kinds">Of which kinds.</param>
/// <param name="Sight">Which are seen.</param>
/// <param name="IsOpen">Only those that are open, or that are not, or all.</param>
/// <param name="CustomerId">Only those of this customer, or all.</param>
/// <param name="After">Of customers: only those whose id comes after this one, or all.</param>
/// <param name="Limit">How many at most; all when left out.</param>
/// <param name="Behind">Of cases: only those that the list has behind this one, or all.</param>
public sealed record CaseListQuery(
    IReadOnlyList<CaseKind> Kinds, CaseSight Sight, bool? IsOpen = null, string? CustomerId = null, string? After = null, int? Limit = null, CaseIndexRow? Behind = null);

/// <summary>What tells whether anything has changed.</summary>
/// <param name="Rows">How many customers, cases and proposals.</param>
/// <param name="Events">How many events they have together.</param>
/// <param name="NewestAt">When the newest was opened; what an erasure leaves is newer than what it took.</param>
public sealed record CaseStamp(int Rows, long Events, DateTimeOffset NewestAt)
{
    /// <summary>Nothing is there.</summary>
    public static CaseStamp Empty { get; } = new(0, 0, DateTimeOffset.MinValue);
}
