using System.Collections.Concurrent;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Delivery;
using DeEscalationBot.Host.Conversations.Grains;
using DeEscalationBot.Host.Conversations.Storage;
using DeEscalationBot.Host.Hosting.Observability;
using Microsoft.Extensions.Options;

namespace DeEscalationBot.Host.Delivery.Outbox;

/// <summary>Delivers what is in the outbox. Each sink by itself, so that one that hangs keeps no other.</summary>
/// <param name="store">The outbox.</param>
/// <param name="sinks">Where it goes.</param>
/// <param name="signal">Says when there is something new.</param>
/// <param name="grains">The conversations, which record that an alert arrived.</param>
/// <param name="lifetime">Says when the conversations can be reached.</param>
/// <param name="options">How.</param>
/// <param name="metrics">What is counted.</param>
/// <param name="clock">The product's clock.</param>
/// <param name="logger">Ids and reasons, no text.</param>
public sealed partial class OutboxWorker(
    OutboxStore store,
    SinkSet sinks,
    OutboxSignal signal,
    IGrainFactory grains,
    IHostApplicationLifetime lifetime,
    IOptions<OutboxOptions> options,
    CoachMetrics metrics,
    TimeProvider clock,
    ILogger<OutboxWorker> logger) : BackgroundService
{
    private static readonly TimeSpan TidyEvery = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, SinkCircuit> _circuits = new(StringComparer.Ordinal);

    /// <summary>Whether a sink is left alone at the moment, on this node.</summary>
    /// <param name="sink">The sink's name.</param>
    public bool IsLeftAlone(string sink) => _circuits.TryGetValue(sink, out var circuit) && circuit.IsOpen;

    /// <summary>Delivers once what is due at a sink.</summary>
    /// <param name="sink">The sink.</param>
    /// <param name="forTheRest">Whether to deliver what some of its places have, to the others.</param>
    /// <param name="cancellationToken">The host stops.</param>
    /// <returns>How many messages were tried.</returns>
    public async Task<int> DeliverDueAsync(IDeliverySink sink, bool forTheRest, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(sink);
        var lane = forTheRest ? OutboxStore.RestOf(sink.Name) : sink.Name;
        var circuit = _circuits.GetOrAdd(lane, _ => new SinkCircuit(clock));
        var most = circuit.Allows(options.Value.AtOnce);
        if (most == 0)
        {
            return 0;
        }

        var messages = await store.ClaimAsync(lane, most, cancellationToken);
        if (messages.Count == 0)
        {
            return 0;
        }

        circuit.Begin();
        var receipts = await Task.WhenAll(messages.Select(m => TryAsync(sink, m, cancellationToken)));
        circuit.End(receipts);
        await store.EndAsync([.. messages.Zip(receipts)]);
        return messages.Count;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var starts = lifetime.ApplicationStarted.Register(() => started.TrySetResult());
        await using var stops = stoppingToken.Register(() => started.TrySetCanceled(stoppingToken));
        try
        {
            await started.Task;
            await Task.WhenAll([.. sinks.All.Select(s => RunAsync(s, false, stoppingToken)), .. sinks.All.Where(s => s.HasSeveralPlaces).Select(s => RunAsync(s, true, stoppingToken)), TidyAsync(stoppingToken)]);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task RunAsync(IDeliverySink sink, bool forTheRest, CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var next = signal.Next;
            var tried = 0;
            try
            {
                tried = await DeliverDueAsync(sink, forTheRest, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return; // The lease ends and somebody else delivers.
            }
            catch (RecordUnavailableException e)
            {
                LogNotLooked(e, sink.Name);
            }

            if (tried == 0)
            {
                await RestAsync(next, stoppingToken);
            }
        }
    }

    private async Task RestAsync(Task next, CancellationToken stoppingToken)
    {
        using var tick = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        await Task.WhenAny(next, Task.Delay(options.Value.LookEvery, clock, tick.Token)).ConfigureAwait(false);
        await tick.CancelAsync();
    }

    private async Task TidyAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TidyEvery, clock);
        try
        {
            do
            {
                try
                {
                    await store.TidyAsync([.. sinks.All.Select(s => s.Name), .. sinks.All.Where(s => s.HasSeveralPlaces).Select(s => OutboxStore.RestOf(s.Name))]);
                }
                catch (RecordUnavailableException e)
                {
                    LogNotLooked(e, "all");
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task<DeliveryReceipt> TryAsync(IDeliverySink sink, OutboxRow row, CancellationToken cancellationToken)
    {
        using var activity = CoachMetrics.Source.StartActivity("outbox.deliver");
        activity?.SetTag("deescalation.sink", sink.Name).SetTag("deescalation.delivery", row.DeliveryId);
        DeliveryReceipt receipt;
        try
        {
            receipt = await sink.DeliverAsync(new OutboxMessage(row.DeliveryId, row.Type, row.ConversationId, row.AlertId, row.Body, row.Attempts + 1, OutboxStore.IsForTheRest(row)), cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // A sink that throws has a defect; the message is not lost for it.
            LogDefect(e, sink.Name, row.DeliveryId);
            receipt = DeliveryReceipt.RetryLater($"The sink failed: {e.GetType().Name}.");
        }

        metrics.Delivered(sink.Name, receipt.Outcome, clock.GetUtcNow() - row.CreatedAt);
        if (receipt.Outcome is DeliveryOutcome.Delivered or DeliveryOutcome.Partly)
        {
            await RecordArrivalAsync(sink, row, cancellationToken);
        }

        if (receipt.Outcome is not (DeliveryOutcome.Delivered or DeliveryOutcome.Skipped))
        {
            LogNotDelivered(row.DeliveryId, row.Type, sink.Name, row.Attempts + 1, receipt.Detail);
        }

        return receipt;
    }

    // Before the row is ended: after a crash in between it is delivered and recorded once more, under the same id.
    private async Task RecordArrivalAsync(IDeliverySink sink, OutboxRow row, CancellationToken cancellationToken)
    {
        if (row.Type != "alert.raised")
        {
            return;
        }

        try
        {
            await grains.GetGrain<IConversationGrain>(ConversationId.Create(row.ConversationId).Value).MarkDeliveredAsync(row.AlertId, sink.Name).WaitAsync(cancellationToken);
        }
        catch (Exception e) when (e is ConversationClosedException or RecordUnavailableException or OrleansException or TimeoutException)
        {
            LogNotRecorded(e, row.AlertId, sink.Name);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The outbox cannot be read or written now ({Sink}); it is tried again.")]
    private partial void LogNotLooked(Exception e, string sink);

    [LoggerMessage(LogLevel.Error, "The sink {Sink} failed with message {Message}; it is tried again.")]
    private partial void LogDefect(Exception e, string sink, string message);

    [LoggerMessage(LogLevel.Warning, "Message {Message} ({Type}) was not delivered to {Sink} (try {Attempt}): {Detail}")]
    private partial void LogNotDelivered(string message, string type, string sink, int attempt, string detail);

    [LoggerMessage(LogLevel.Warning, "Alert {Alert} arrived at {Sink}, which could not be recorded.")]
    private partial void LogNotRecorded(Exception e, string alert, string sink);
}
