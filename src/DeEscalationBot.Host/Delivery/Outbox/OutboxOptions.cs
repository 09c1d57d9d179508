namespace DeEscalationBot.Host.Delivery.Outbox;

/// <summary>How what goes out is delivered (section <c>Outbox</c>).</summary>
public sealed class OutboxOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Outbox";

    /// <summary>How often a worker looks for messages that are due, besides being woken by new ones: 1 second; 100 ms to 1 minute.</summary>
    public TimeSpan LookEvery { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a worker may hold a message; when it dies, another takes it after this: 30 seconds; 5 seconds to 10 minutes, and longer than a try may take.</summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>A message that could not be delivered for this long, in at least <see cref="OutboxStore.LeastTries"/> tries, is a dead letter: 1 day; 1 minute to 30 days.</summary>
    public TimeSpan GiveUpAfter { get; set; } = TimeSpan.FromDays(1);

    /// <summary>How many messages one sink is sent at a time: 8; 1 to 64.</summary>
    public int AtOnce { get; set; } = 8;

    /// <summary>How long delivered messages are kept for the record: 30 days; 1 hour to 10 years. Dead letters are kept until a person deals with them.</summary>
    public TimeSpan KeepDelivered { get; set; } = TimeSpan.FromDays(30);
}
