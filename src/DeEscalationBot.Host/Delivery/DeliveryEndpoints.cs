using System.ComponentModel;
using DeEscalationBot.Core.Escalation;
using DeEscalationBot.Host.Access;
using DeEscalationBot.Host.Channels.Http;
using DeEscalationBot.Host.Conversations;
using DeEscalationBot.Host.Conversations.Storage;
using DeEscalationBot.Host.Delivery.Outbox;
using DeEscalationBot.Host.Delivery.SelfTest;
using Microsoft.AspNetCore.Http.HttpResults;

namespace DeEscalationBot.Host.Delivery;

/// <summary>What became of what goes out.</summary>
public static class DeliveryEndpoints
{
    /// <summary>Maps the addresses.</summary>
    /// <param name="app">Where to map.</param>
    public static void MapDeliveries(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/v1/deliveries", ListAsync).WithTags("Delivery")
            .WithName("listDeliveries").WithSummary("Messages of the outbox: dead letters, or by state").ProblemsAre(400, 503).RequireAuthorization(AccessRule.Administer);
        app.MapPost("/api/v1/deliveries/{deliveryId}/resend", ResendAsync).WithTags("Delivery")
            .WithName("resendDelivery").WithSummary("Sends a dead letter again").WithDescription("With the same id and the same body.").ProblemsAre(404, 503).RequireAuthorization(AccessRule.Administer);
        app.MapGet("/api/v1/sinks", SinksAsync).WithTags("Delivery")
            .WithName("listSinks").WithSummary("Where alerts are sent, what waits there, and what will soon fail").ProblemsAre(503).RequireAuthorization(AccessRule.Administer);
        app.MapPost("/api/v1/self-test", async (SinkSelfTest test, CancellationToken cancellationToken) => TypedResults.Ok(new SelfTestAnswer(await test.RunAsync(cancellationToken)))).WithTags("Delivery")
            .WithName("selfTest").WithSummary("Sends a marked test alert through every sink").WithDescription("Names the setting that is to blame where one fails. Takes as long as the slowest sink.").RequireAuthorization(AccessRule.Administer);
    }

    private static async Task<Results<Ok<DeliveryList>, ProblemHttpResult>> ListAsync(
        [Description("dead (default), pending or delivered.")] string? state,
        [Description("How many, 1 to 500; 50 by default.")] string? limit,
        OutboxStore store,
        CancellationToken cancellationToken)
    {
        if (!ConversationEndpoints.TryReadLimit(limit, out var most))
        {
            return ConversationEndpoints.BadLimit();
        }

        var wanted = OutboxState.Dead;
        if (!string.IsNullOrEmpty(state) && (!char.IsLetter(state[0]) || !Enum.TryParse(state, ignoreCase: true, out wanted)))
        {
            return Problems.BadParameter("state", "must be 'dead', 'pending' or 'delivered'.");
        }

        return TypedResults.Ok(new DeliveryList([.. (await store.ListAsync(wanted, most, cancellationToken)).Select(DeliveryView.From)]));
    }

    private static async Task<Results<Accepted, ProblemHttpResult>> ResendAsync(string deliveryId, OutboxStore store, OutboxSignal signal)
    {
        if (!await store.ResendAsync(deliveryId))
        {
            return Problems.Missing("There is no dead letter with this id. They are listed at /api/v1/deliveries.");
        }

        signal.Raise();
        return TypedResults.Accepted((string?)null);
    }

    private static async Task<Ok<SinkList>> SinksAsync(SinkSet sinks, OutboxStore store, OutboxWorker worker, TimeProvider clock, CancellationToken cancellationToken)
    {
        var counts = await store.CountAsync(cancellationToken);
        return TypedResults.Ok(new SinkList([.. sinks.All.Select(s => SinkView.From(s, counts, worker.IsLeftAlone(s.Name), clock.GetUtcNow()))]));
    }
}

/// <summary>What the self-test found.</summary>
/// <param name="Sinks">One result a sink; empty when alerts go to the console only.</param>
public sealed record SelfTestAnswer(IReadOnlyList<SinkTestResult> Sinks)
{
    /// <summary>Whether every sink took the test alert.</summary>
    public bool Passed => Sinks.All(s => s.Passed);
}

/// <summary>Messages of the outbox.</summary>
/// <param name="Deliveries">Newest first.</param>
public sealed record DeliveryList(IReadOnlyList<DeliveryView> Deliveries);

/// <summary>One message of the outbox, without its text.</summary>
/// <param name="Id">The delivery's id, the same however often it is sent.</param>
/// <param name="Sink">The sink.</param>
/// <param name="Type">The message's type.</param>
/// <param name="ConversationId">The conversation.</param>
/// <param name="AlertId">The alert; null for a message about a follow-up.</param>
/// <param name="State"><c>pending</c>, <c>delivered</c> or <c>dead</c>.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="CreatedAt">Since when it is to be delivered.</param>
/// <param name="NextTryAt">When it is tried next; null when it is not.</param>
/// <param name="LastResult">What came of the last try, or null before the first.</param>
public sealed record DeliveryView(
    string Id, string Sink, string Type, string ConversationId, string? AlertId, OutboxState State, int Attempts, DateTimeOffset CreatedAt, DateTimeOffset? NextTryAt, string? LastResult)
{
    /// <summary>The view of a row.</summary>
    /// <param name="row">The row.</param>
    public static DeliveryView From(OutboxRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return new DeliveryView(
            row.DeliveryId, row.Sink, row.Type, row.ConversationId, row.AlertId.Length == 0 ? null : row.AlertId, row.State, row.Attempts, row.CreatedAt, row.State == OutboxState.Pending ? row.DueAt : null, row.LastResult);
    }
}

/// <summary>The sinks.</summary>
/// <param name="Sinks">All of them.</param>
public sealed record SinkList(IReadOnlyList<SinkView> Sinks);

/// <summary>One sink.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Teams">The teams whose conversations are told of there; empty for all.</param>
/// <param name="MinUrgency">Alerts below it are not sent there.</param>
/// <param name="Pending">How many messages wait.</param>
/// <param name="OldestPending">Since when the oldest of them waits, or null.</param>
/// <param name="Delivered">How many were delivered and are still on record.</param>
/// <param name="Dead">How many dead letters there are.</param>
/// <param name="IsLeftAlone">Whether it failed so often that it is left alone for a moment, on the node that answers.</param>
/// <param name="Warnings">What will soon keep it from working.</param>
public sealed record SinkView(string Name, IReadOnlyList<string> Teams, AlertUrgency MinUrgency, int Pending, DateTimeOffset? OldestPending, int Delivered, int Dead, bool IsLeftAlone, IReadOnlyList<string> Warnings)
{
    /// <summary>The view of a sink.</summary>
    /// <param name="sink">The sink.</param>
    /// <param name="counts">The outbox, counted.</param>
    /// <param name="isLeftAlone">Whether its circuit is open.</param>
    /// <param name="now">The product's clock.</param>
    public static SinkView From(Core.Delivery.IDeliverySink sink, IReadOnlyList<OutboxCount> counts, bool isLeftAlone, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(sink);
        var rest = OutboxStore.RestOf(sink.Name);
        OutboxCount[] Of(OutboxState state) => [.. counts.Where(c => (c.Sink == sink.Name || c.Sink == rest) && c.State == state)];
        var pending = Of(OutboxState.Pending);
        return new SinkView(
            sink.Name, sink.Teams, sink.MinUrgency, pending.Sum(c => c.Count), pending.Length > 0 ? pending.Min(c => c.Oldest) : null,
            Of(OutboxState.Delivered).Sum(c => c.Count), Of(OutboxState.Dead).Sum(c => c.Count), isLeftAlone, sink.WarningsAt(now));
    }
}
