using System.Security.Cryptography;
using DeEscalationBot.Core.Cases.Customers;
using DeEscalationBot.Core.Cases.Dismissal;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Host.Cases.Storage;
using DeEscalationBot.Host.Conversations.Storage;
using DeEscalationBot.Host.Conversations.Storage.Sealing;
using Microsoft.EntityFrameworkCore;

namespace DeEscalationBot.Host.Cases;

/// <summary>What was erased of a customer outside conversations.</summary>
/// <param name="Customers">Whether there was a record: 1 or 0.</param>
/// <param name="Cases">Dismissals and departures.</param>
/// <param name="Events">Entries of the record and the cases.</param>
public sealed record ErasedCases(int Customers, int Cases, int Events);

/// <summary>Erases a customer's record and cases, and leaves under an id that nobody knows what reports count.</summary>
/// <remarks>
/// What is left: the days of coming and going with how they ended, and of dismissals when they were opened and told, their reasons of the catalogue and how they ended. No id, no name,
/// no word. Departures leave nothing, because reports count the days. Safe for concurrent use.
/// </remarks>
/// <param name="log">Reads what is there.</param>
/// <param name="clock">The product's clock.</param>
public sealed class CaseEraser(CaseLog log, TimeProvider clock)
{
    /// <summary>What the id of somebody who was erased begins with.</summary>
    public const string IdPrefix = "erased-";

    // In place of whoever did it: the receipt says who erased.
    private const string Nobody = "erasure";
    private const int IdBytes = 8;

    /// <summary>Erases in the caller's transaction, in which nothing is saved yet; destroys no key.</summary>
    /// <param name="db">The transaction's tables.</param>
    /// <param name="customerId">The customer.</param>
    /// <exception cref="RecordUnavailableException">The database cannot be read.</exception>
    public async Task<ErasedCases> EraseAsync(CoachDbContext db, string customerId)
    {
        ArgumentNullException.ThrowIfNull(db);

        // Changes nothing, and holds the rows: whoever writes about this customer has written before, or finds them gone. The customer's own row first, as whoever writes does it,
        // or the two would wait for each other.
        await db.CaseIndex.Where(r => r.Kind == CaseKind.Customer && r.CaseId == customerId).ExecuteUpdateAsync(set => set.SetProperty(r => r.CustomerId, customerId));
        await db.CaseIndex.Where(r => r.CustomerId == customerId).ExecuteUpdateAsync(set => set.SetProperty(r => r.CustomerId, customerId));
        var rows = await db.CaseIndex.AsNoTracking().Where(r => r.CustomerId == customerId).OrderBy(r => r.OpenedAt).ToListAsync();
        var left = await LeaveAsync(rows);
        var events = await db.CaseEvents.Where(e => e.CustomerId == customerId).ExecuteDeleteAsync();
        await db.CaseIndex.Where(r => r.CustomerId == customerId).ExecuteDeleteAsync();
        foreach (var (some, row, _) in left)
        {
            db.CaseIndex.Add(row);
            db.CaseEvents.AddRange(some.Select((e, i) => CaseFormat.Write(RecordKey.None, row.Kind, row.CaseId, row.CustomerId, i + 1, e)));
        }

        await db.SaveChangesAsync();
        return new ErasedCases(rows.Count(r => r.Kind == CaseKind.Customer), rows.Count(r => r.Kind is CaseKind.Dismissal or CaseKind.Departure), events);
    }

    /// <summary>Erases, in the caller's transaction, what was noted where a conversation's proposals were set aside.</summary>
    /// <param name="db">The transaction's tables.</param>
    /// <param name="conversation">The conversation.</param>
    public static async Task EraseProposalsAsync(CoachDbContext db, ConversationId conversation)
    {
        ArgumentNullException.ThrowIfNull(db);
        var ids = SetAsideProposals.IdsOf(conversation);
        await db.CaseEvents.Where(e => e.Kind == CaseKind.Proposal && ids.Contains(e.StreamId)).ExecuteDeleteAsync();
        await db.CaseIndex.Where(r => r.Kind == CaseKind.Proposal && ids.Contains(r.CaseId)).ExecuteDeleteAsync();
    }

    private static string NewId(string prefix) => prefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes));

    private static IEnumerable<CustomerEvent> DaysOf(CustomerRecord record, DateTimeOffset now)
    {
        yield return new CustomerAdded(now, Nobody, "", record.Since!.Value);
        for (var i = 0; i < record.Stays.Count; i++)
        {
            if (i > 0)
            {
                yield return new CustomerReturned(now, Nobody, record.Stays[i].From);
            }

            if (record.Stays[i] is { Until: { } until, Ending: { } ending })
            {
                yield return new CustomerLeft(now, Nobody, until, ending);
            }
        }

        yield return new CustomerErased(now, Nobody);
    }

    // What it was told with is left out with its hash, by which a text could be recognised.
    private static DismissalEvent? CountedOf(DismissalEvent e, string customerId) => e switch
    {
        DismissalOpened x => x with { By = Nobody, CustomerId = customerId, Why = "" },
        ReasonChosen x => x with { By = Nobody },
        ReasonDropped x => x with { By = Nobody },
        CustomerTold x => x with { By = Nobody, Hash = "" },
        DismissalClosed x => x with { By = Nobody },
        CustomerKept x => x with { By = Nobody, Why = "" },
        DismissalUndone x => x with { By = Nobody, Why = "" },
        _ => null,
    };

    // Of a record that cannot be read nothing can be left; it is erased all the same.
    private async Task<IReadOnlyList<CaseAppend>> LeaveAsync(List<CaseIndexRow> rows)
    {
        var now = clock.GetUtcNow();
        var left = new List<CaseAppend>();
        if (rows.Find(r => r.Kind == CaseKind.Customer) is not { } known || (await log.LoadCustomersAsync([known.CaseId])) is not [{ IsKnown: true } record])
        {
            return left;
        }

        var id = NewId(IdPrefix);
        CustomerEvent[] days = [.. DaysOf(record, now)];
        left.Add(new CaseAppend(days, CaseDesk.RowOf(CustomerRecord.Start(id).Apply(days), known.Team, Nobody, now)));
        foreach (var row in rows.Where(r => r.Kind == CaseKind.Dismissal))
        {
            try
            {
                var counted = (await log.ReadAsync(row.Kind, row.CaseId)).Select(e => e.Event).OfType<DismissalEvent>().Select(e => CountedOf(e, id)).OfType<DismissalEvent>();
                DismissalEvent[] events = [.. counted, new DismissalErased(now, Nobody)];
                var state = DismissalCase.Start(NewId(DismissalType.IdPrefix)).Apply(events);
                left.Add(new CaseAppend(events, new CaseIndexRow
                {
                    Kind = row.Kind,
                    CaseId = state.Id,
                    CustomerId = id,
                    Team = row.Team,
                    Owner = Nobody,
                    Sequence = state.Sequence,
                    Stage = state.Stage.ToString(),
                    Outcome = state.Outcome?.ToString(),
                    IsOpen = false,
                    OpenedAt = row.OpenedAt,
                    ClosedAt = state.ClosedAt,
                    DueAt = null,
                }));
            }
            catch (CaseRecordDamagedException)
            {
                continue;
            }
        }

        return left;
    }
}
