namespace DeEscalationBot.Host.Conversations;

/// <summary>How conversations are kept at hand (section <c>Conversations</c>).</summary>
public sealed class ConversationOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Conversations";

    /// <summary>The shortest <see cref="IdleAfter"/>: 2 minutes.</summary>
    public static readonly TimeSpan LeastIdle = TimeSpan.FromMinutes(2);

    /// <summary>A conversation in which nothing happened for this long leaves the memory; the record keeps it. 15 minutes by default, at least <see cref="LeastIdle"/>.</summary>
    public TimeSpan IdleAfter { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How often the clock looks for customers who wait too long (T12): 5 seconds by default, more than zero, at most 1 hour.</summary>
    public TimeSpan WaitingCheckEvery { get; set; } = TimeSpan.FromSeconds(5);
}
