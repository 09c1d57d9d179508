using DeEscalationBot.Core.Escalation;

namespace DeEscalationBot.Core.Delivery;

/// <summary>A place that alerts are sent to: a webhook, a mail server, a channel of a team's chat.</summary>
/// <remarks>
/// To add one, implement this and register it as <see cref="IDeliverySink"/>: the outbox does the rest (order, retries, circuit, dead
/// letters). Must be safe for concurrent use, must not throw for a receiver that misbehaves, and must give up when it is told to.
/// </remarks>
public interface IDeliverySink
{
    /// <summary>Names the sink, unique and stable: delivery ids are made of it.</summary>
    string Name { get; }

    /// <summary>Alerts below this urgency are not sent here. Follow-ups count as <see cref="AlertUrgency.Supervisor"/>.</summary>
    AlertUrgency MinUrgency { get; }

    /// <summary>The teams whose conversations are told of here; empty for all. A sink that was told of an alert is told of its end, whatever team the conversation is of by then.</summary>
    IReadOnlyList<string> Teams => [];

    /// <summary>Whether one delivery goes to several places, of which some may take it while others do not: it may answer <see cref="DeliveryOutcome.Partly"/>.</summary>
    bool HasSeveralPlaces => false;

    /// <summary>Sends one message. The same message may come again, with the same id and the same body.</summary>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">The host stops.</param>
    Task<DeliveryReceipt> DeliverAsync(OutboxMessage message, CancellationToken cancellationToken);

    /// <summary>What will soon keep it from working: a secret or certificate about to expire, a setting that weakens it. A sentence each; mostly none.</summary>
    /// <param name="now">The product's clock.</param>
    IReadOnlyList<string> WarningsAt(DateTimeOffset now);
}

/// <summary>One message to one sink.</summary>
/// <param name="DeliveryId">The same however often it is sent.</param>
/// <param name="Type">Its type, such as <c>alert.raised</c> or <c>followUp.reminded</c>; a sink takes those that it does not know as delivered.</param>
/// <param name="ConversationId">The conversation.</param>
/// <param name="AlertId">The alert; empty when it is about a follow-up.</param>
/// <param name="Body">The body, JSON.</param>
/// <param name="Attempt">Which try this is, from 1.</param>
/// <param name="IsForTheRest">Whether some of the sink's places have it, and this is for the others.</param>
public sealed record OutboxMessage(string DeliveryId, string Type, string ConversationId, string AlertId, string Body, int Attempt, bool IsForTheRest = false);

/// <summary>What came of a try.</summary>
public enum DeliveryOutcome
{
    /// <summary>The sink has it.</summary>
    Delivered,

    /// <summary>Not now: it is tried again.</summary>
    RetryLater,

    /// <summary>Never, as things stand: a person has to mend something first.</summary>
    Refused,

    /// <summary>Nobody wants it there, so it is over; but nobody was told by it either.</summary>
    Skipped,

    /// <summary>Some of the sink's places have it. For the others it is tried again by itself, and holds back nothing that follows.</summary>
    Partly,
}

/// <summary>The receipt of a try.</summary>
/// <param name="Outcome">What came of it.</param>
/// <param name="Detail">The same in words, naming the setting to look at when one is to blame; holds no text of a conversation.</param>
/// <param name="RetryAfter">How long the sink asks to be left alone, or nothing.</param>
public sealed record DeliveryReceipt(DeliveryOutcome Outcome, string Detail, TimeSpan? RetryAfter = null)
{
    /// <summary>The sink has it.</summary>
    /// <param name="detail">In words.</param>
    public static DeliveryReceipt Delivered(string detail) => new(DeliveryOutcome.Delivered, detail);

    /// <summary>Some of the sink's places have it.</summary>
    /// <param name="detail">Which do not, and why.</param>
    /// <param name="retryAfter">How long those ask to be left alone, or nothing; the others are not kept waiting by it.</param>
    public static DeliveryReceipt Partly(string detail, TimeSpan? retryAfter = null) => new(DeliveryOutcome.Partly, detail, retryAfter);

    /// <summary>Not now.</summary>
    /// <param name="detail">Why.</param>
    /// <param name="retryAfter">How long the sink asks to be left alone, or nothing.</param>
    public static DeliveryReceipt RetryLater(string detail, TimeSpan? retryAfter = null) => new(DeliveryOutcome.RetryLater, detail, retryAfter);

    /// <summary>Never, as things stand.</summary>
    /// <param name="detail">Why, and what to mend.</param>
    public static DeliveryReceipt Refused(string detail) => new(DeliveryOutcome.Refused, detail);

    /// <summary>Nobody wants it there.</summary>
    /// <param name="detail">Why not.</param>
    public static DeliveryReceipt Skipped(string detail) => new(DeliveryOutcome.Skipped, detail);
}
