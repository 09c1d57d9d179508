namespace DeEscalationBot.Host.Channels.BotFramework.Turns;

/// <summary>Recognises an activity that a channel delivers again (A2033).</summary>
/// <remarks>
/// Remembers the last ones for a while, in memory: a channel repeats what timed out within minutes. A customer's message that gets past it,
/// after a restart or on another node, is known to its conversation by its id and counted once there. Safe for concurrent use.
/// </remarks>
/// <param name="clock">The product's clock.</param>
public sealed class SeenActivities(TimeProvider clock)
{
    /// <summary>How long an activity is remembered: 10 minutes.</summary>
    public static readonly TimeSpan For = TimeSpan.FromMinutes(10);

    private const int Most = 50_000;
    private readonly Lock _lock = new();
    private readonly HashSet<(string Channel, string Conversation, string Activity)> _seen = [];
    private readonly Queue<(DateTimeOffset At, (string, string, string) Key)> _order = new();

    /// <summary>Notes an activity.</summary>
    /// <param name="channelId">The channel.</param>
    /// <param name="conversationId">The conversation.</param>
    /// <param name="activityId">The activity.</param>
    /// <returns>False when it was seen before.</returns>
    public bool Add(string channelId, string conversationId, string activityId)
    {
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            while (_order.TryPeek(out var oldest) && (now - oldest.At > For || _order.Count >= Most))
            {
                _seen.Remove(_order.Dequeue().Key);
            }

            var key = (channelId, conversationId, activityId);
            if (!_seen.Add(key))
            {
                return false;
            }

            _order.Enqueue((now, key));
            return true;
        }
    }

    /// <summary>Forgets an activity that could not be taken in after all, so that it may be delivered again.</summary>
    /// <param name="channelId">The channel.</param>
    /// <param name="conversationId">The conversation.</param>
    /// <param name="activityId">The activity.</param>
    public void Remove(string channelId, string conversationId, string activityId)
    {
        lock (_lock)
        {
            _seen.Remove((channelId, conversationId, activityId));
        }
    }
}
