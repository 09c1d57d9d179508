using System.Collections.Concurrent;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Conversations;
using DeEscalationBot.Core.Escalation;
using DeEscalationBot.Core.Reports;
using DeEscalationBot.Host.Conversations;
using DeEscalationBot.Host.Conversations.Storage;
using Microsoft.Extensions.Options;

namespace DeEscalationBot.Host.Reports;

/// <summary>Reads what a report counts, from the record.</summary>
/// <remarks>
/// Safe for concurrent use. One conversation is held at a time, and what was found in it is kept until something is recorded in it: a page that
/// is opened again reads what has changed since.
/// </remarks>
/// <param name="log">The record.</param>
/// <param name="index">The lists beside it.</param>
/// <param name="settings">Where hot begins and calm is.</param>
/// <param name="goodwill">The allowance.</param>
/// <param name="clock">The product's clock.</param>
public sealed class ReportReader(ConversationLog log, ConversationIndex index, IOptions<EscalationSettings> settings, GoodwillAllowance goodwill, TimeProvider clock) : IDisposable
{
    /// <summary>The most conversations of one report: 20,000; the latest, or, of a time that is over, those that ended soonest after it began.</summary>
    public const int Most = 20_000;

    /// <summary>The time that is meant when none is said: 30 days.</summary>
    public static readonly TimeSpan Usual = TimeSpan.FromDays(30);

    private readonly ConcurrentDictionary<ConversationId, (long Sequence, ConversationHeat Heat)> _known = new();
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>The place whose calendar says when a month begins.</summary>
    public TimeZoneInfo Calendar => goodwill.Calendar;

    /// <summary>The report of the desk, or of the part of it that somebody sees.</summary>
    /// <param name="sight">Which conversations are seen.</param>
    /// <param name="from">From then on.</param>
    /// <param name="until">Before then.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="RecordUnavailableException">The database cannot be read.</exception>
    public async Task<DeskReport> ReadAsync(ConversationSight sight, DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken = default)
    {
        var alerts = AlertReport.Of(await index.ListAlertsRaisedAsync(from, until, sight, cancellationToken), clock.GetUtcNow());
        var (recovery, unread, isCut) = await ReadRecoveryAsync(from, until, null, sight, cancellationToken);
        return new DeskReport(from, until, recovery, alerts, goodwill.IsOffered ? await ReadGoodwillAsync(sight, goodwill.MonthOf(LastOf(from, until)), cancellationToken) : null, unread, isCut);
    }

    /// <summary>A person's own report: the recovery of their conversations, for their eyes.</summary>
    /// <param name="agent">Who asks, and whose conversations count.</param>
    /// <param name="from">From then on.</param>
    /// <param name="until">Before then.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="RecordUnavailableException">The database cannot be read.</exception>
    public async Task<DeskReport> ReadOwnAsync(string agent, DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken = default)
    {
        var (recovery, unread, isCut) = await ReadRecoveryAsync(from, until, agent, ConversationSight.Everything, cancellationToken);
        return new DeskReport(from, until, recovery, null, null, unread, isCut);
    }

    /// <summary>What was given of a month's allowance, in sum.</summary>
    /// <param name="sight">Which conversations are seen.</param>
    /// <param name="month">The month, such as <c>2026-03</c>.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="RecordUnavailableException">The database cannot be read.</exception>
    public async Task<GoodwillReport> ReadGoodwillAsync(ConversationSight sight, string month, CancellationToken cancellationToken = default)
    {
        var rows = await index.ListGoodwillAsync(month, sight, cancellationToken);
        return GoodwillReport.Of(
            month, goodwill.Settings.Currency, goodwill.Settings.PerMonth,
            [.. rows.Where(r => r.Currency == goodwill.Settings.Currency).Select(r => new GoodwillFact(goodwill.Amount(r.Units), r.IsTakenBack, r.TensionBefore, r.TensionAfter))]);
    }

    // What ends with a month ends before the first instant of the next one.
    private static DateTimeOffset LastOf(DateTimeOffset from, DateTimeOffset until) => until > from ? until.AddTicks(-1) : until;

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private async Task<(RecoveryReport Report, int Unread, bool IsCut)> ReadRecoveryAsync(DateTimeOffset from, DateTimeOffset until, string? agent, ConversationSight sight, CancellationToken cancellationToken)
    {
        // One reader at a time: whoever comes second finds what the first has read.
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var found = await index.ListRecordedSinceAsync(from, sight, latestFirst: until >= clock.GetUtcNow(), Most + 1, cancellationToken);
            var heat = new List<ConversationHeat>();
            var unread = 0;
            foreach (var (id, sequence, kept) in found.Take(Most))
            {
                try
                {
                    heat.Add(kept is null ? await HeatOfAsync(id, sequence, cancellationToken) : KeptHeat.Read(kept));
                }
                catch (ConversationRecordDamagedException)
                {
                    // Said in the report; the conversation itself says why when it is opened.
                    unread++;
                }
            }

            Forget(found);
            return (RecoveryReport.Of(agent is null ? heat : [.. heat.Select(h => h.Of(agent)).OfType<ConversationHeat>()], from, until), unread, found.Count > Most);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<ConversationHeat> HeatOfAsync(ConversationId id, long sequence, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(id, out var known) && known.Sequence == sequence)
        {
            return known.Heat;
        }

        var heat = ConversationHeat.Of(await log.LoadAsync(id, cancellationToken), settings.Value);
        _known[id] = (sequence, heat);
        return heat;
    }

    // As much as two reports hold; then only what the last one needed.
    private void Forget(IReadOnlyList<(ConversationId Id, long Sequence, string? Kept)> needed)
    {
        if (_known.Count > 2 * Most)
        {
            var keep = needed.Select(n => n.Id).ToHashSet();
            foreach (var id in _known.Keys.Where(id => !keep.Contains(id)))
            {
                _known.TryRemove(id, out _);
            }
        }
    }
}
