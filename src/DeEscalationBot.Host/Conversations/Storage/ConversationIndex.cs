using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Globalization;
using System.Linq.Expressions;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Conversations;
using DeEscalationBot.Core.Escalation;
using DeEscalationBot.Core.Scoring;
using DeEscalationBot.Host.Conversations.Storage.Sealing;
using Microsoft.EntityFrameworkCore;

namespace DeEscalationBot.Host.Conversations.Storage;

/// <summary>Reads the lists that follow from the record.</summary>
/// <remarks>Safe for concurrent use. Never behind the record: both are written in one transaction.</remarks>
/// <param name="contexts">The database.</param>
/// <param name="cipher">Opens texts. What cannot be opened is left out of lists; the conversation itself says why when it is opened.</param>
/// <param name="logger">Ids, never text.</param>
public sealed partial class ConversationIndex(IDbContextFactory<CoachDbContext> contexts, RecordCipher cipher, ILogger<ConversationIndex> logger)
{
    private const int MostOthers = 100_000;

    // Alerts that do not tell of a customer who leaves, with a mark of what was read.
    private readonly ConcurrentDictionary<string, UInt128> _others = new(StringComparer.Ordinal);

    /// <summary>One page of the conversations, hottest first.</summary>
    /// <param name="query">What is asked for.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="RecordUnavailableException">The database cannot be read.</exception>
    public async Task<ConversationPage> ListAsync(ConversationQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        var rows = await ReadAsync(db =>
        {
            var found = db.Summaries.AsNoTracking().Where(r => r.Tension >= query.MinTension && r.ErasedAt == null);
            if (Seen(db, query.Sight) is { } seen)
            {
                found = found.Where(r => seen.Contains(r.ConversationId));
            }

            if (query.ActiveSince is { } since)
            {
                found = found.Where(r => r.LastRecordedAt >= since);
            }

            if (query.After is { } after)
            {
#pragma warning disable CA1309 // Only this overload becomes SQL; the columns' collation orders by bytes.
                found = found.Where(r => r.Tension < after.Tension || (r.Tension == after.Tension && string.Compare(r.ConversationId, after.ConversationId) > 0));
#pragma warning restore CA1309
            }

            return found.OrderByDescending(r => r.Tension).ThenBy(r => r.ConversationId).Take(query.Limit + 1).ToListAsync(cancellationToken);
        }, cancellationToken);
        var page = rows.Take(query.Limit).ToArray();
        var next = rows.Count > query.Limit ? new HeatCursor(page[^1].Tension, page[^1].ConversationId) : null;
        var keys = await KeysAsync(page.Where(r => RecordKey.IsSealed(r.CustomerId)).Select(r => r.ConversationId), cancellationToken);
        return new ConversationPage([.. page.Select(r => SummaryOf(r, CustomerOf(keys, r.ConversationId, r.CustomerId)))], next);
    }

    /// <summary>The alerts that nobody has settled yet, most urgent first, then oldest first.</summary>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="RecordUnavailableException">The database cannot be read.</exception>
    public Task<IReadOnlyList<ConversationAlert>> ListOpenAlertsAsync(int limit, CancellationToken cancellationToken = default) =>
        ListAlertsAsync(new AlertQuery(Limit: limit), cancellationToken);

    /// <summary>Alerts by what is asked for; see <see cref="IConversationDesk.ListAlertsAsync"/>.</summary>
    /// <param name="query">What is asked for.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="RecordUnavailableException">The database cannot be read.</exception>
    public async Task<IReadOnlyList<ConversationAlert>> ListAlertsAsync(AlertQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        var rows = await ReadAsync(
            db =>
            {
                var found = db.Alerts.AsNoTracking();
                found = Seen(db, query.Sight) is { } seen ? found.Where(r => seen.Contains(r.ConversationId)) : found;
                found = query.Urgency is { } urgency ? found.Where(r => r.Urgency == urgency) : found;

                // A comparison, because SQLite uses no index for the column alone, and would read every alert that there ever was.
                var isOpen = true;
                found = query.States is { } states ? found.Where(r => states.Contains(r.State)) : found.Where(r => r.IsOpen == isOpen);
                var isHistory = query.States is not null && query.States.Any(s => s is AlertState.Resolved or AlertState.Dismissed);
                found = isHistory ? found.Where(r => !db.Summaries.Any(s => s.ConversationId == r.ConversationId && s.ErasedAt != null)) : found;
                var ordered = isHistory
                    ? found.OrderByDescending(r => r.RaisedAt).ThenBy(r => r.AlertId)
                    : found.OrderByDescending(r => r.Urgency).ThenBy(r => r.RaisedAt).ThenBy(r => r.AlertId);
                return ordered.Take(query.Limit).ToListAsync(cancellationToken);
            },
            cancellationToken);
        return await AlertsOfAsync(rows, cancellationToken);
    }

    /// <summary>All alerts raised within a time, in order, for reports.</summary>
    /// <param name="from">From then on.</param>
    /// <param name="until">Before then.</param>
    /// <param name="sight">Which conversations are seen.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="RecordUnavailableException">The database cannot be read.</exception>
    public async Task<IReadOnlyList<Alert>> ListAlertsRaisedAsync(DateTimeOffset from, DateTimeOffset until, ConversationSight sight, CancellationToken cancellationToken = default) =>
        [.. (await AlertsOfAsync(await RaisedAsync(from, until, sight, cancellationToken), cancellationToken)).Select(a => a.Alert)];

    /// <summary>The alerts raised since then that tell of a customer who leaves (T9), with their conversations, in order.</summary>
    /// <remarks>Which trigger an alert has is sealed. What was opened once and told of nothing of the kind is opened again only when it has changed.</remarks>
    /// <param name="from">From then on.</param>
    /// <param name="sight">Which conversations are seen.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="RecordUnavailableException">The database cannot be read.</exception>
    public async Task<IReadOnlyList<ConversationAlert>> ListLeavingAsync(DateTimeOffset from, ConversationSight sight, CancellationToken cancellationToken = default)
    {
        var rows = (await RaisedAsync(from, DateTimeOffset.MaxValue, sight, cancellationToken)).Select(r => (Row: r, Mark: MarkOf(r.Payload))).Where(r => !_others.TryGetValue(r.Row.AlertId, out var known) || known != r.Mark).ToArray();
        var alerts = await AlertsOfAsync([.. rows.Select(r => r.Row)], cancellationToken);
        if (_others.Count > MostOthers)
        {
            _others.Clear();
        }

        var others = alerts.Where(a => !IsLeaving(a.Alert)).Select(a => a.Alert.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var (row, mark) in rows.Where(r => others.Contains(r.Row.AlertId)))
        {
            _others[row.AlertId] = mark;
        }

        return [.. alerts.Where(a => IsLeaving(a.Alert))];
    }

    /// <summary>The conversations of a customer that are there, by id.</summary>
    /// <param name="customerId">The customer as the desk knows them.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="RecordUnavailableException">The database cannot be read.</exception>
    public async Task<IReadOnlyList<ConversationId>> ListOfCustomerAsync(string customerId, CancellationToken cancellationToken = default)
    {
        var subject = await cipher.SubjectOfAsync(customerId, cancellationToken);

        // Rows of before the record was sealed name the customer themselves.
        var ids = await ReadAsync(
            db => db.Summaries.AsNoTracking()
                .Where(r => r.ErasedAt == null && (r.CustomerId == customerId || db.RecordSubjects.Any(s => s.Subject == subject && s.ConversationId == r.ConversationId)))
                .OrderBy(r => r.ConversationId).Select(r => r.ConversationId).ToListAsync(cancellationToken),
            cancellationToken);
        return [.. ids.Select(ConversationId.Create)];
    }

    /// <summary>The customers of conversations, where the desk named one.</summary>
    /// <param name="conversations">The conversations.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="RecordUnavailableException">The database cannot be read.</exception>
    public async Task<IReadOnlyDictionary<ConversationId, string?>> ListCustomersOfAsync(IReadOnlyCollection<ConversationId> conversations, CancellationToken cancellationToken = default)
    {
        var found = new Dictionary<ConversationId, string?>();

        // In parts: a statement takes only so many parameters.
        foreach (var part in conversations.Select(c => c.Value).Distinct(StringComparer.Ordinal).Chunk(500))
        {
            var rows = await ReadAsync(
                db => db.Summaries.AsNoTracking().Where(r => part.Contains(r.ConversationId)).Select(r => new { r.ConversationId, r.CustomerId }).ToListAsync(cancellationToken), cancellationToken);
            var keys = await KeysAsync(rows.Where(r => RecordKey.IsSealed(r.CustomerId)).Select(r => r.ConversationId), cancellationToken);
            foreach (var row in rows)
            {
                found[ConversationId.Create(row.ConversationId)] = CustomerOf(keys, row.ConversationId, row.CustomerId);
            }
        }

        return found;
    }

    /// <summary>The conversations in which something was recorded since then, with their last events' places; of those that were erased, what is kept for reports.</summary>
    /// <param name="from">From then on.</param>
    /// <param name="sight">Which conversations are seen.</param>
    /// <param name="latestFirst">Whether those that were recorded last come first; otherwise last.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="RecordUnavailableException">The database cannot be read.</exception>
    public async Task<IReadOnlyList<(ConversationId Id, long Sequence, string? Kept)>> ListRecordedSinceAsync(DateTimeOffset from, ConversationSight sight, bool latestFirst, int limit, CancellationToken cancellationToken = default)
    {
        var rows = await ReadAsync(
            db =>
            {
                var found = db.Summaries.AsNoTracking().Where(r => r.LastRecordedAt >= from && (r.ErasedAt == null || r.Kept != null));
                found = Seen(db, sight) is { } seen ? found.Where(r => seen.Contains(r.ConversationId)) : found;
                var ordered = latestFirst ? found.OrderByDescending(r => r.LastRecordedAt) : found.OrderBy(r => r.LastRecordedAt);
                return ordered.ThenBy(r => r.ConversationId).Take(limit).Select(r => new { r.ConversationId, r.Sequence, r.Kept }).ToListAsync(cancellationToken);
            },
            cancellationToken);
        return [.. rows.Select(r => (ConversationId.Create(r.ConversationId), r.Sequence, r.Kept))];
    }

    /// <summary>Takes alerts on itself that the clock has to look at, longest due first; another node gets none of them for a while.</summary>
    /// <param name="writer">Whose turn it is to write.</param>
    /// <param name="now">The product's clock. One that was set back makes alerts due too early, never too late.</param>
    /// <param name="lease">How long they are this node's.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>Their conversations.</returns>
    /// <exception cref="RecordUnavailableException">The database is away.</exception>
    public async Task<IReadOnlyList<ConversationId>> ClaimDueAlertsAsync(RecordWriter writer, DateTimeOffset now, TimeSpan lease, int limit, CancellationToken cancellationToken = default)
    {
        // A clock that was set back makes an alert due at once: to tell somebody too early costs less than to tell nobody.
        var behind = now + AlertLadder.ClockTolerance;
        return await ClaimAsync<AlertRow>(writer, r => r.DueAt != null && (r.DueAt <= now || r.ToldAt > behind), now, lease, limit, cancellationToken);
    }

    /// <summary>Takes follow-ups on itself that the clock has to look at, longest due first; another node gets none of them for a while.</summary>
    /// <param name="writer">Whose turn it is to write.</param>
    /// <param name="now">The product's clock. One that was set back makes due what it had said before: it has to be said anew.</param>
    /// <param name="lease">How long they are this node's.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>Their conversations.</returns>
    /// <exception cref="RecordUnavailableException">The database is away.</exception>
    public Task<IReadOnlyList<ConversationId>> ClaimDueFollowUpsAsync(RecordWriter writer, DateTimeOffset now, TimeSpan lease, int limit, CancellationToken cancellationToken = default)
    {
        var behind = now + FollowUps.ClockTolerance;
        return ClaimAsync<FollowUpRow>(writer, r => r.State == FollowUpState.Open && (r.DueAt <= now || r.RemindedAt > behind || r.MissedAt > behind), now, lease, limit, cancellationToken);
    }

    /// <summary>Follow-ups by what is asked for, earliest date first.</summary>
    /// <param name="query">What is asked for.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="RecordUnavailableException">The database cannot be read.</exception>
    public async Task<IReadOnlyList<ConversationFollowUp>> ListFollowUpsAsync(FollowUpQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        var rows = await ReadAsync(
            db =>
            {
                var found = db.FollowUps.AsNoTracking();
                found = Seen(db, query.Sight) is { } seen ? found.Where(r => seen.Contains(r.ConversationId)) : found;
                found = query.State is { } state ? found.Where(r => r.State == state) : found;
                found = query.By is { } by ? found.Where(r => r.AgentId == by) : found;
                found = query.OverdueAt is { } now ? found.Where(r => r.State == FollowUpState.Open && r.MissedAt != null && r.PromisedFor <= now) : found;
                found = query.IsReminded ? found.Where(r => r.RemindedAt != null) : found;
                return found.OrderBy(r => r.PromisedFor).ThenBy(r => r.ConversationId).ThenBy(r => r.FollowUpId).Take(query.Limit).ToListAsync(cancellationToken);
            },
            cancellationToken);
        var keys = await KeysAsync(rows.Select(r => r.ConversationId), cancellationToken);
        return [.. rows.Select(r => TryOpen<FollowUp>(keys, r.ConversationId, RecordPlace.FollowUp(r.ConversationId, r.FollowUpId), r.Payload) is { } followUp
            ? new ConversationFollowUp(ConversationId.Create(r.ConversationId), CustomerOf(keys, r.ConversationId, r.CustomerId), followUp)
            : null).OfType<ConversationFollowUp>()];
    }

    /// <summary>What was given of a month's allowance, in the order of the conversations; who gave it is not in the answer.</summary>
    /// <param name="month">The month, such as <c>2026-03</c>.</param>
    /// <param name="sight">Which conversations are seen.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="RecordUnavailableException">The database cannot be read.</exception>
    public async Task<IReadOnlyList<GoodwillRow>> ListGoodwillAsync(string month, ConversationSight sight, CancellationToken cancellationToken = default) => await ReadAsync(
        db =>
        {
            var found = db.Goodwill.AsNoTracking().Where(r => r.Month == month);
            found = Seen(db, sight) is { } seen ? found.Where(r => seen.Contains(r.ConversationId)) : found;
            return found.OrderBy(r => r.ConversationId).ThenBy(r => r.GestureId).ToListAsync(cancellationToken);
        },
        cancellationToken);

    /// <summary>The teams that have conversations, in no order.</summary>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="RecordUnavailableException">The database cannot be read.</exception>
    public Task<List<string>> ListTeamsAsync(CancellationToken cancellationToken = default) =>
        ReadAsync(db => db.Owners.Select(o => o.Team).Distinct().ToListAsync(cancellationToken), cancellationToken);

    /// <summary>Whether a conversation is seen. One that does not exist is seen by whoever sees all.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="sight">Which conversations are seen.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="RecordUnavailableException">The database cannot be read.</exception>
    public async Task<bool> IsSeenAsync(ConversationId conversation, ConversationSight sight, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sight);
        return sight.All || sight.Conversations.Contains(conversation.Value, StringComparer.Ordinal)
            || await ReadAsync(db => Seen(db, sight)!.AnyAsync(id => id == conversation.Value, cancellationToken), cancellationToken);
    }

    /// <summary>Whose a conversation is; nothing when nobody was ever named.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="RecordUnavailableException">The database cannot be read.</exception>
    public Task<ConversationOwnerRow?> FindOwnerAsync(ConversationId conversation, CancellationToken cancellationToken = default) =>
        ReadAsync(db => db.Owners.AsNoTracking().SingleOrDefaultAsync(o => o.ConversationId == conversation.Value, cancellationToken), cancellationToken);

    /// <summary>Says whose a conversation is, when somebody is named anew. Written before the message that names them, so that nobody else sees it first.</summary>
    /// <param name="writer">Whose turn it is to write.</param>
    /// <param name="conversation">The conversation.</param>
    /// <param name="team">Its team from now on; nothing when that stays.</param>
    /// <param name="agent">Its agent from now on; nothing when that stays.</param>
    /// <exception cref="RecordUnavailableException">The database is away.</exception>
    public async Task SetOwnerAsync(RecordWriter writer, ConversationId conversation, string? team, string? agent)
    {
        ArgumentNullException.ThrowIfNull(writer);
        await writer.InTurnAsync(async () =>
        {
            await using var db = await contexts.CreateDbContextAsync();
            if (await UpdateOwnerAsync(db, conversation, team, agent) > 0)
            {
                return;
            }

            db.Owners.Add(new ConversationOwnerRow { ConversationId = conversation.Value, Team = team ?? ConversationTeams.Default, AgentId = agent });
            try
            {
                await db.SaveChangesAsync();
            }
            catch (DbUpdateException e) when (db.IsDuplicateKey(e))
            {
                // Another node named somebody at the same time.
                await UpdateOwnerAsync(db, conversation, team, agent);
            }
        });
    }

    /// <summary>An agent makes a conversation theirs that nobody has. Of several who try at once, on whatever node, one gets it.</summary>
    /// <param name="writer">Whose turn it is to write.</param>
    /// <param name="conversation">The conversation.</param>
    /// <param name="agent">The agent.</param>
    /// <returns>Whether it is theirs now; also when it was before.</returns>
    /// <exception cref="RecordUnavailableException">The database is away.</exception>
    public async Task<bool> TryClaimAsync(RecordWriter writer, ConversationId conversation, string agent)
    {
        ArgumentNullException.ThrowIfNull(writer);
        var isTheirs = false;
        await writer.InTurnAsync(async () =>
        {
            await using var db = await contexts.CreateDbContextAsync();
            var free = db.Owners.Where(o => o.ConversationId == conversation.Value && (o.AgentId == null || o.AgentId == agent));
            isTheirs = await free.ExecuteUpdateAsync(set => set.SetProperty(o => o.AgentId, agent)) > 0;
            if (isTheirs || await db.Owners.AnyAsync(o => o.ConversationId == conversation.Value))
            {
                return;
            }

            db.Owners.Add(new ConversationOwnerRow { ConversationId = conversation.Value, Team = ConversationTeams.Default, AgentId = agent });
            try
            {
                isTheirs = await db.SaveChangesAsync() > 0;
            }
            catch (DbUpdateException e) when (db.IsDuplicateKey(e))
            {
                // Another node named somebody at the same time; perhaps a team alone.
                isTheirs = await free.ExecuteUpdateAsync(set => set.SetProperty(o => o.AgentId, agent)) > 0;
            }
        });
        return isTheirs;
    }

    /// <summary>A conversation is its agent's no more; its team stays. Changes nothing when it is somebody else's.</summary>
    /// <param name="writer">Whose turn it is to write.</param>
    /// <param name="conversation">The conversation.</param>
    /// <param name="agent">The agent.</param>
    /// <exception cref="RecordUnavailableException">The database is away.</exception>
    public Task ReleaseAsync(RecordWriter writer, ConversationId conversation, string agent)
    {
        ArgumentNullException.ThrowIfNull(writer);
        return writer.InTurnAsync(async () =>
        {
            await using var db = await contexts.CreateDbContextAsync();
            await db.Owners.Where(o => o.ConversationId == conversation.Value && o.AgentId == agent).ExecuteUpdateAsync(set => set.SetProperty(o => o.AgentId, (string?)null));
        });
    }

    /// <summary>The conversations that are no agent's and whose customer waits for an answer, longest waiting first.</summary>
    /// <param name="prefix">What their ids begin with.</param>
    /// <param name="since">Only those in which something was recorded since then.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="RecordUnavailableException">The database cannot be read.</exception>
    public async Task<IReadOnlyList<ConversationSummary>> ListUnownedAsync(string prefix, DateTimeOffset since, int limit, CancellationToken cancellationToken = default)
    {
        var rows = await ReadAsync(
            db => db.Summaries.AsNoTracking()
                .Where(r => r.UnansweredSince != null && r.LastRecordedAt >= since && r.ErasedAt == null && r.ConversationId.StartsWith(prefix)
                    && !db.Owners.Any(o => o.ConversationId == r.ConversationId && o.AgentId != null))
                .OrderBy(r => r.UnansweredSince).ThenBy(r => r.ConversationId).Take(limit).ToListAsync(cancellationToken),
            cancellationToken);
        return [.. rows.Select(r => SummaryOf(r, customer: null))];
    }

    private static Task<int> UpdateOwnerAsync(CoachDbContext db, ConversationId conversation, string? team, string? agent) =>
        db.Owners.Where(o => o.ConversationId == conversation.Value).ExecuteUpdateAsync(set => set
            .SetProperty(o => o.Team, o => team ?? o.Team)
            .SetProperty(o => o.AgentId, o => agent ?? o.AgentId));

    // The ids that are seen; nothing when all are.
    private static IQueryable<string>? Seen(CoachDbContext db, ConversationSight? sight)
    {
        if (sight is null or { All: true })
        {
            return null;
        }

        var (teams, agent, conversations) = (sight.Teams.ToArray(), sight.Agent, sight.Conversations.ToArray());
        var seesUnowned = teams.Contains(ConversationTeams.Default, StringComparer.Ordinal);
        return db.Summaries.Where(s => conversations.Contains(s.ConversationId)
            || db.Owners.Any(o => o.ConversationId == s.ConversationId && (teams.Contains(o.Team) || (agent != null && o.AgentId == agent)))
            || (seesUnowned && !db.Owners.Any(o => o.ConversationId == s.ConversationId)))
            .Select(s => s.ConversationId);
    }

    /// <summary>What somebody, or the whole desk, has spent of a month's allowance, in the smallest unit of the currency.</summary>
    /// <param name="month">The month.</param>
    /// <param name="currency">The currency.</param>
    /// <param name="agent">Whose; <see cref="GoodwillLedgerRow.WholeDesk"/> for the sum of all.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="RecordUnavailableException">The database cannot be read.</exception>
    public async Task<long> ReadSpentAsync(string month, string currency, string agent, CancellationToken cancellationToken = default) => await ReadAsync(
        db => db.GoodwillLedger.AsNoTracking().Where(r => r.Month == month && r.Currency == currency && r.AgentId == agent).Select(r => r.Spent).SingleOrDefaultAsync(cancellationToken),
        cancellationToken);

    private async Task<IReadOnlyList<ConversationId>> ClaimAsync<T>(
        RecordWriter writer, Expression<Func<T, bool>> isDue, DateTimeOffset now, TimeSpan lease, int limit, CancellationToken cancellationToken)
        where T : class, IDueRow
    {
        ArgumentNullException.ThrowIfNull(writer);
        var longestLease = now + lease + AlertLadder.ClockTolerance;
        Expression<Func<T, bool>> isFree = r => r.LeaseUntil == null || r.LeaseUntil <= now || r.LeaseUntil > longestLease;
        var due = await ReadAsync(
            db => db.Set<T>().AsNoTracking().Where(isDue).Where(isFree).OrderBy(r => r.DueAt).Take(limit).Select(r => r.ConversationId).ToListAsync(cancellationToken),
            cancellationToken);
        var taken = new List<ConversationId>();
        if (due.Count == 0)
        {
            return taken;
        }

        await writer.InTurnAsync(async () =>
        {
            await using var db = await contexts.CreateDbContextAsync(CancellationToken.None);
            DateTimeOffset? until = now + lease;
            foreach (var conversation in due.Distinct(StringComparer.Ordinal))
            {
                var mine = await db.Set<T>().Where(r => r.ConversationId == conversation).Where(isDue).Where(isFree)
                    .ExecuteUpdateAsync(set => set.SetProperty(r => r.LeaseUntil, until), CancellationToken.None);
                if (mine > 0)
                {
                    taken.Add(ConversationId.Create(conversation));
                }
            }
        });
        return taken;
    }

    /// <summary>The alert with an id, or nothing.</summary>
    /// <param name="alertId">The id.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="RecordUnavailableException">The database cannot be read.</exception>
    public async Task<ConversationAlert?> FindAlertAsync(string alertId, CancellationToken cancellationToken = default)
    {
        var row = await ReadAsync(db => db.Alerts.AsNoTracking().SingleOrDefaultAsync(r => r.AlertId == alertId && !db.Summaries.Any(s => s.ConversationId == r.ConversationId && s.ErasedAt != null), cancellationToken), cancellationToken);
        if (row is null)
        {
            return null;
        }

        try
        {
            var key = (await KeysAsync([row.ConversationId], cancellationToken))[row.ConversationId];
            return new ConversationAlert(ConversationId.Create(row.ConversationId), JsonSerializer.Deserialize<Alert>(key.Open(RecordPlace.Alert(alertId), row.Payload), CoreJson.Options)!);
        }
        catch (RecordKeyException e)
        {
            throw new ConversationRecordDamagedException(ConversationId.Create(row.ConversationId), 1, e.Message, e);
        }
    }

    /// <summary>The proposed reviews (T8), newest first.</summary>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="RecordUnavailableException">The database cannot be read.</exception>
    public Task<IReadOnlyList<ConversationReview>> ListReviewsAsync(int limit, CancellationToken cancellationToken = default) => ListReviewsAsync(limit, ConversationSight.Everything, cancellationToken);

    /// <summary>The proposed reviews (T8) of the conversations that somebody sees, newest first.</summary>
    /// <param name="limit">How many at most.</param>
    /// <param name="sight">Which conversations are seen.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="RecordUnavailableException">The database cannot be read.</exception>
    public async Task<IReadOnlyList<ConversationReview>> ListReviewsAsync(int limit, ConversationSight sight, CancellationToken cancellationToken = default)
    {
        var rows = await ReadAsync(
            db =>
            {
                var found = db.Reviews.AsNoTracking();
                found = Seen(db, sight) is { } seen ? found.Where(r => seen.Contains(r.ConversationId)) : found;
                return found.OrderByDescending(r => r.At).ThenBy(r => r.ConversationId).Take(limit).ToListAsync(cancellationToken);
            },
            cancellationToken);
        var keys = await KeysAsync(rows.Select(r => r.ConversationId), cancellationToken);
        return [.. rows.Select(r => TryOpen<ProposedReview>(keys, r.ConversationId, RecordPlace.Review(r.ConversationId, r.Sequence), r.Payload) is { } review
            ? new ConversationReview(ConversationId.Create(r.ConversationId), CustomerOf(keys, r.ConversationId, r.CustomerId), review)
            : null).OfType<ConversationReview>()];
    }

    /// <summary>The conversations that the clock has to look at (T12), longest due first.</summary>
    /// <param name="now">The product's clock.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="RecordUnavailableException">The database cannot be read.</exception>
    public async Task<IReadOnlyList<ConversationId>> ListWaitingAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default)
    {
        var ids = await ReadAsync(
            db => db.Summaries.AsNoTracking().Where(r => r.WaitingDueAt <= now).OrderBy(r => r.WaitingDueAt).Take(limit).Select(r => r.ConversationId).ToListAsync(cancellationToken),
            cancellationToken);
        return [.. ids.Select(ConversationId.Create)];
    }

    private async Task<T> ReadAsync<T>(Func<CoachDbContext, Task<T>> read, CancellationToken cancellationToken)
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

    private static ConversationSummary SummaryOf(ConversationSummaryRow r, string? customer) => new(
        ConversationId.Create(r.ConversationId),
        r.Sequence,
        r.Turns,
        MessageLanguageCodes.TryParse(r.Language, out var language) ? language : MessageLanguage.Undetermined,
        new Probability(r.Tension),
        r.Trend,
        r.Level,
        r.LastTextAt,
        r.LastRecordedAt,
        r.OpenAlerts,
        r.HighestUrgency,
        r.UnansweredSince,
        customer,
        r.AgentId,
        r.Reviews);

    private Task<IReadOnlyDictionary<string, RecordKey>> KeysAsync(IEnumerable<string> conversations, CancellationToken cancellationToken) =>
        ReadAsync(_ => cipher.FindAllAsync(conversations, cancellationToken), cancellationToken);

    private static bool IsLeaving(Alert alert) => alert.Trigger == EscalationTrigger.T9 || alert.JoinedTriggers.Contains(EscalationTrigger.T9);

    private static UInt128 MarkOf(string payload) => BinaryPrimitives.ReadUInt128LittleEndian(SHA256.HashData(MemoryMarshal.AsBytes(payload.AsSpan())));

    private Task<List<AlertRow>> RaisedAsync(DateTimeOffset from, DateTimeOffset until, ConversationSight sight, CancellationToken cancellationToken) => ReadAsync(
        db =>
        {
            var found = db.Alerts.AsNoTracking().Where(r => r.RaisedAt >= from && r.RaisedAt < until);
            found = Seen(db, sight) is { } seen ? found.Where(r => seen.Contains(r.ConversationId)) : found;
            return found.OrderBy(r => r.RaisedAt).ThenBy(r => r.AlertId).ToListAsync(cancellationToken);
        },
        cancellationToken);

    private async Task<IReadOnlyList<ConversationAlert>> AlertsOfAsync(IReadOnlyList<AlertRow> rows, CancellationToken cancellationToken)
    {
        var keys = await KeysAsync(rows.Select(r => r.ConversationId), cancellationToken);
        return [.. rows.Select(r => TryOpen<Alert>(keys, r.ConversationId, RecordPlace.Alert(r.AlertId), r.Payload) is { } alert
            ? new ConversationAlert(ConversationId.Create(r.ConversationId), alert)
            : null).OfType<ConversationAlert>()];
    }

    private T? TryOpen<T>(IReadOnlyDictionary<string, RecordKey> keys, string conversation, string place, string payload)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(keys[conversation].Open(place, payload), CoreJson.Options);
        }
        catch (RecordKeyException e)
        {
            LogNotOpened(e, conversation);
            return null;
        }
    }

    private string? CustomerOf(IReadOnlyDictionary<string, RecordKey> keys, string conversation, string? customer)
    {
        try
        {
            return RecordKey.IsSealed(customer) ? keys[conversation].Open(RecordPlace.Customer(conversation), customer!) : customer;
        }
        catch (RecordKeyException e)
        {
            LogNotOpened(e, conversation);
            return null;
        }
    }

    [LoggerMessage(LogLevel.Error, "A list leaves out what cannot be opened of conversation {Conversation}; open the conversation to see why.")]
    private partial void LogNotOpened(Exception e, string conversation);
}

/// <summary>Where a page of conversations ended. As text it is opaque to callers.</summary>
/// <param name="Tension">Tension of the last conversation on the page.</param>
/// <param name="ConversationId">Its id.</param>
public sealed record HeatCursor(double Tension, string ConversationId)
{
    /// <summary>Reads a cursor that a page gave out.</summary>
    /// <param name="text">The cursor as text.</param>
    /// <param name="cursor">The cursor, when the answer is true.</param>
    public static bool TryParse(string text, out HeatCursor? cursor)
    {
        ArgumentNullException.ThrowIfNull(text);
        cursor = null;
        var buffer = new byte[text.Length];
        if (Base64Url.DecodeFromChars(text, buffer, out _, out var length) != OperationStatus.Done)
        {
            return false;
        }

        var plain = Encoding.UTF8.GetString(buffer, 0, length);
        var bar = plain.IndexOf('|', StringComparison.Ordinal);
        if (bar < 0 || !double.TryParse(plain.AsSpan(0, bar), NumberStyles.Float, CultureInfo.InvariantCulture, out var tension) || tension is not (>= 0 and <= 1)
            || !Core.Channels.ConversationId.TryCreate(plain[(bar + 1)..], out var id))
        {
            return false;
        }

        cursor = new HeatCursor(tension, id.Value);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes(Tension.ToString("R", CultureInfo.InvariantCulture) + "|" + ConversationId));
}
