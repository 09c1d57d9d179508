using System.Diagnostics.Metrics;
using DeEscalationBot.Host.Conversations.Storage;
using DeEscalationBot.Host.Delivery.Outbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace DeEscalationBot.Host.Hosting.Observability;

/// <summary>Counts in the database, now and then, what stands open: alerts, messages that wait, dead letters.</summary>
/// <remarks>
/// Every node counts the same, so that a dashboard takes the largest and not the sum. While the database is away nothing is reported
/// rather than an old figure: a gap is seen, a line that stands still is not.
/// </remarks>
/// <param name="contexts">The database.</param>
/// <param name="outbox">The outbox.</param>
/// <param name="meters">Makes meters.</param>
/// <param name="options">How often.</param>
/// <param name="clock">The product's clock.</param>
/// <param name="logger">Where a failure is written.</param>
internal sealed partial class RecordGauges(
    IDbContextFactory<CoachDbContext> contexts,
    OutboxStore outbox,
    IMeterFactory meters,
    IOptions<ObservabilityOptions> options,
    TimeProvider clock,
    ILogger<RecordGauges> logger) : BackgroundService
{
    // Conversations end with a customer's thanks, too: who has not been answered for a day is not waiting any more.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private volatile Counts? _counts;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var meter = meters.Create(CoachMetrics.SourceName);
        meter.CreateObservableGauge("deescalation.alerts.open", () => _counts?.Alerts ?? [], "{alert}", "Alerts that nobody has settled, by urgency and state.");
        meter.CreateObservableGauge("deescalation.outbox.messages", () => _counts?.Messages ?? [], "{message}", "Messages that wait for their sink, and dead letters.");
        meter.CreateObservableGauge("deescalation.outbox.oldest", () => _counts?.Oldest ?? [], "s", "Age of the oldest message that waits for its sink.");
        meter.CreateObservableGauge("deescalation.customers.waiting", WaitingNow, "{conversation}", "Conversations whose customer has waited for an answer for up to a day.");
        using var timer = new PeriodicTimer(options.Value.CountEvery, clock);
        try
        {
            do
            {
                await CountAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private Measurement<long>[] WaitingNow() => _counts is { } counts ? [new(counts.Waiting)] : [];

    private async Task CountAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            // A comparison, because SQLite uses no index for the column alone.
            var isOpen = true;
            var alerts = await db.Alerts.AsNoTracking().Where(a => a.IsOpen == isOpen).GroupBy(a => new { a.Urgency, a.State })
                .Select(g => new { g.Key.Urgency, g.Key.State, Count = g.LongCount() }).ToListAsync(cancellationToken);
            var now = clock.GetUtcNow();
            DateTimeOffset? recent = now - LongestWait;
            var waiting = await db.Summaries.AsNoTracking().LongCountAsync(s => s.UnansweredSince >= recent, cancellationToken);
            var messages = (await outbox.CountAsync(cancellationToken)).Where(m => m.State != OutboxState.Delivered).ToArray();
            _counts = new Counts(
                [.. alerts.Select(a => new Measurement<long>(a.Count, new("urgency", CoachMetrics.Name(a.Urgency)), new("state", CoachMetrics.Name(a.State))))],
                [.. messages.Select(m => new Measurement<long>(m.Count, new("sink", m.Sink), new("state", CoachMetrics.Name(m.State))))],
                [.. messages.Where(m => m.State == OutboxState.Pending).Select(m => new Measurement<double>((now - m.Oldest).TotalSeconds, new KeyValuePair<string, object?>("sink", m.Sink)))],
                waiting);
        }
        catch (Exception e) when (e is RecordUnavailableException || DatabaseFailure.IsBehind(e))
        {
            _counts = null;
            LogNotCounted(logger, e);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Open alerts and the outbox cannot be counted now; the metrics have a gap until they can.")]
    private static partial void LogNotCounted(ILogger logger, Exception e);

    private sealed record Counts(Measurement<long>[] Alerts, Measurement<long>[] Messages, Measurement<double>[] Oldest, long Waiting);
}
