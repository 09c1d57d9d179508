namespace DeEscalationBot.Host.Channels.BotFramework.Connector;

/// <summary>Keeps what the bot sends under the limits of Teams, by waiting: per conversation, and per organisation.</summary>
/// <remarks>
/// Limits of msteams-docs, bots/how-to/rate-limit: to one conversation 7 in 1 s, 8 in 2 s, 60 in 30 s, 1800 in an hour; 50 a second in one
/// organisation. Counts what this process sends. Safe for concurrent use; whoever comes first sends first.
/// </remarks>
/// <param name="clock">The product's clock.</param>
public sealed class SendBudget(TimeProvider clock)
{
    private const int MostConversations = 10_000;
    private static readonly TimeSpan ForgetEvery = TimeSpan.FromMinutes(1);
    private static readonly Window[] PerConversation = [new(7, 1), new(8, 2), new(60, 30), new(1800, 3600)];
    private static readonly Window[] PerTenant = [new(50, 1)];

    // By the clock that nobody sets: one set back would make everything wait for as long.
    private readonly DateTimeOffset _began = clock.GetUtcNow();
    private readonly long _origin = clock.GetTimestamp();
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Queue<DateTimeOffset>> _sent = new(StringComparer.Ordinal);
    private DateTimeOffset _forgotAt;

    /// <summary>Waits until one more may be sent, and counts it.</summary>
    /// <param name="tenantId">The organisation, or nothing where the channel knows none.</param>
    /// <param name="conversationId">The conversation.</param>
    /// <param name="cancellationToken">Stops waiting; it counts as sent nevertheless.</param>
    public async Task TakeAsync(string? tenantId, string conversationId, CancellationToken cancellationToken)
    {
        var wait = Reserve(tenantId, conversationId);
        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, clock, cancellationToken);
        }
    }

    /// <summary>Takes the next free place, and says how long it is until then.</summary>
    /// <param name="tenantId">The organisation.</param>
    /// <param name="conversationId">The conversation.</param>
    internal TimeSpan Reserve(string? tenantId, string conversationId)
    {
        lock (_lock)
        {
            var now = _began + clock.GetElapsedTime(_origin);
            Forget(now);
            var conversation = Of($"c:{tenantId}:{conversationId}");
            var tenant = tenantId is null ? null : Of("t:" + tenantId);
            var at = Earliest(conversation, PerConversation, now);
            if (tenant is not null)
            {
                at = Earliest(tenant, PerTenant, at);
                tenant.Enqueue(at);
            }

            conversation.Enqueue(at);
            Trim(conversation, PerConversation);
            if (tenant is not null)
            {
                Trim(tenant, PerTenant);
            }

            return at - now;
        }
    }

    // Each place is at or after the one before it, so that the n-th last place says when the window has room again.
    private static DateTimeOffset Earliest(Queue<DateTimeOffset> places, Window[] windows, DateTimeOffset now)
    {
        var at = now;
        var taken = places.ToArray();
        at = taken.Length > 0 && taken[^1] > at ? taken[^1] : at;
        foreach (var window in windows.Where(w => taken.Length >= w.Count))
        {
            var free = taken[^window.Count] + TimeSpan.FromSeconds(window.Seconds);
            at = free > at ? free : at;
        }

        return at;
    }

    // No window looks further back than its own count.
    private static void Trim(Queue<DateTimeOffset> places, Window[] windows)
    {
        while (places.Count > windows[^1].Count)
        {
            places.Dequeue();
        }
    }

    private Queue<DateTimeOffset> Of(string key)
    {
        if (!_sent.TryGetValue(key, out var places))
        {
            _sent[key] = places = new Queue<DateTimeOffset>();
        }

        return places;
    }

    private void Forget(DateTimeOffset now)
    {
        if (_sent.Count < MostConversations || now - _forgotAt < ForgetEvery)
        {
            return;
        }

        _forgotAt = now;
        foreach (var (key, places) in _sent.ToArray())
        {
            while (places.TryPeek(out var at) && now - at > TimeSpan.FromHours(1))
            {
                places.Dequeue();
            }

            if (places.Count == 0)
            {
                _sent.Remove(key);
            }
        }
    }

    private readonly record struct Window(int Count, int Seconds);
}
