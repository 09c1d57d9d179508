using DeEscalationBot.Core.Conversations;
using DeEscalationBot.Core.Escalation;
using DeEscalationBot.Core.Reports;
using DeEscalationBot.Host.Conversations.Storage;
using Microsoft.Extensions.Options;

namespace DeEscalationBot.Host.Reports;

/// <summary>Reads what a report counts, from the record.</summary>
/// <remarks>Safe for concurrent use. One conversation is held at a time.</remarks>
/// <param name="log">The record.</param>
/// <param name="index">The lists beside it.</param>
/// <param name="settings">Where hot begins and calm is.</param>
/// <param name="goodwill">The allowance.</param>
/// <param name="clock">The product's clock.</param>
public sealed class ReportReader(ConversationLog log, ConversationIndex index, IOptions<EscalationSettings> settings, GoodwillAllowance goodwill, TimeProvider clock)
{
    /// <summary>The most conversations of one report: 20,000, the latest.</summary>
    public const int Most = 20_000;

    /// <summary>The time that is meant when none is said: 30 days.</summary>
    public static readonly TimeSpan Usual = TimeSpan.FromDays(30);

    /// <summary>The report of the desk.</summary>
    /// <param name="from">From then on.</param>
    /// <param name="until">Before then.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="RecordUnavailableException">The database cannot be read.</exception>
    public async Task<DeskReport> ReadAsync(DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken = default)
    {
        var alerts = AlertReport.Of(await index.ListAlertsRaisedAsync(from, until, cancellationToken), clock.GetUtcNow());
        var (recovery, unread, isCut) = await ReadRecoveryAsync(from, until, null, cancellationToken);
        return new DeskReport(from, until, recovery, alerts, goodwill.IsOffered ? await ReadGoodwillAsync(goodwill.MonthOf(until), cancellationToken) : null, unread, isCut);
    }

    /// <summary>A person's own report: the recovery of their conversations, for their eyes.</summary>
    /// <param name="agent">Who asks, and whose conversations count.</param>
    /// <param name="from">From then on.</param>
    /// <param name="until">Before then.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="RecordUnavailableException">The database cannot be read.</exception>
    public async Task<DeskReport> ReadOwnAsync(string agent, DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken = default)
    {
        var (recovery, unread, isCut) = await ReadRecoveryAsync(from, until, agent, cancellationToken);
        return new DeskReport(from, until, recovery, null, null, unread, isCut);
    }

    /// <summary>What was given of a month's allowance, in sum.</summary>
    /// <param name="month">The month, such as <c>2026-03</c>.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="RecordUnavailableException">The database cannot be read.</exception>
    public async Task<GoodwillReport> ReadGoodwillAsync(string month, CancellationToken cancellationToken = default)
    {
        var rows = await index.ListGoodwillAsync(month, cancellationToken);
        return GoodwillReport.Of(
            month, goodwill.Settings.Currency, goodwill.Settings.PerMonth,
            [.. rows.Where(r => r.Currency == goodwill.Settings.Currency).Select(r => new GoodwillFact(goodwill.Amount(r.Units), r.IsTakenBack, r.TensionBefore, r.TensionAfter))]);
    }

    private async Task<(RecoveryReport Report, int Unread, bool IsCut)> ReadRecoveryAsync(DateTimeOffset from, DateTimeOffset until, string? agent, CancellationToken cancellationToken)
    {
        var ids = await index.ListRecordedSinceAsync(from, agent, Most + 1, cancellationToken);
        var heat = new List<ConversationHeat>();
        var unread = 0;
        foreach (var id in ids.Take(Most))
        {
            try
            {
                heat.Add(ConversationHeat.Of(await log.LoadAsync(id, cancellationToken), settings.Value));
            }
            catch (ConversationRecordDamagedException)
            {
                // Said in the report; the conversation itself says why when it is opened.
                unread++;
            }
        }

        return (RecoveryReport.Of(heat, from, until), unread, ids.Count > Most);
    }
}
