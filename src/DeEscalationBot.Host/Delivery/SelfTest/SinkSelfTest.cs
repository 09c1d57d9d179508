using System.Globalization;
using System.Security.Cryptography;
using DeEscalationBot.Core.Delivery;
using DeEscalationBot.Core.Escalation;
using DeEscalationBot.Host.Delivery.Outbox;

namespace DeEscalationBot.Host.Delivery.SelfTest;

/// <summary>What a sink did with a test alert.</summary>
/// <param name="Sink">The sink.</param>
/// <param name="Passed">Whether it took it.</param>
/// <param name="Detail">What came of it; names the setting that is to blame.</param>
/// <param name="Warnings">What will soon keep it from working.</param>
public sealed record SinkTestResult(string Sink, bool Passed, string Detail, IReadOnlyList<string> Warnings);

/// <summary>Sends a marked test alert through every sink, past the outbox, and tells what came of it.</summary>
/// <param name="sinks">The sinks.</param>
/// <param name="clock">The product's clock.</param>
public sealed class SinkSelfTest(SinkSet sinks, TimeProvider clock)
{
    /// <summary>The conversation that a test alert names; no real one.</summary>
    public const string Conversation = "self-test";

    /// <summary>Sends it.</summary>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>One result a sink; none when no sink is set.</returns>
    public async Task<IReadOnlyList<SinkTestResult>> RunAsync(CancellationToken cancellationToken = default) =>
        await Task.WhenAll(sinks.All.Select(s => TestAsync(s, cancellationToken)));

    /// <summary>What will soon keep a sink from working, without sending anything.</summary>
    public IReadOnlyList<string> Warnings() => [.. sinks.All.SelectMany(s => s.WarningsAt(clock.GetUtcNow()))];

    private async Task<SinkTestResult> TestAsync(IDeliverySink sink, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var id = "msg_test_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        var data = new AlertMessageData(
            "alr_test", Conversation, nameof(EscalationTrigger.T7), AlertUrgency.Advise, AlertState.Raised,
            string.Create(CultureInfo.InvariantCulture, $"TEST: nobody has to do anything. / PRUEBA: nadie tiene que hacer nada. ({now:yyyy-MM-dd HH:mm} UTC)"), now, [], 0, Test: true);
        var message = new OutboxMessage(id, "alert.test", Conversation, "alr_test", AlertMessages.BodyOf(new AlertMessage("alert.test", now, data)), 1);
        var receipt = await sink.DeliverAsync(message, cancellationToken);
        return new SinkTestResult(sink.Name, receipt.Outcome == DeliveryOutcome.Delivered, receipt.Detail, sink.WarningsAt(clock.GetUtcNow()));
    }
}
