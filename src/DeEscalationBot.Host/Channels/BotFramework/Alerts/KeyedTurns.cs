namespace DeEscalationBot.Host.Channels.BotFramework.Alerts;

/// <summary>Lets one at a time do something for one key, and everybody at once for different ones.</summary>
/// <remarks>Keeps nothing of a key for which nobody waits or works. Safe for concurrent use.</remarks>
/// <typeparam name="TKey">What a key is.</typeparam>
public sealed class KeyedTurns<TKey>
    where TKey : notnull
{
    private readonly Lock _lock = new();
    private readonly Dictionary<TKey, Line> _lines = [];

    /// <summary>How many keys somebody waits or works for.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _lines.Count;
            }
        }
    }

    /// <summary>Waits for its turn.</summary>
    /// <param name="key">For what.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The turn; disposing it lets the next one in.</returns>
    public async Task<IDisposable> TakeAsync(TKey key, CancellationToken cancellationToken)
    {
        Line line;
        lock (_lock)
        {
            line = _lines.TryGetValue(key, out var there) ? there : _lines[key] = new Line();
            line.Users++;
        }

        try
        {
            await line.Gate.WaitAsync(cancellationToken);
        }
        catch
        {
            Leave(key, line);
            throw;
        }

        return new Turn(this, key, line);
    }

    private void Leave(TKey key, Line line)
    {
        lock (_lock)
        {
            if (--line.Users > 0)
            {
                return;
            }

            _lines.Remove(key);
        }

        line.Gate.Dispose();
    }

    private sealed class Line
    {
        public SemaphoreSlim Gate { get; } = new(1, 1);

        public int Users { get; set; }
    }

    private sealed class Turn(KeyedTurns<TKey> turns, TKey key, Line line) : IDisposable
    {
        private int _isOver;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isOver, 1) == 0)
            {
                line.Gate.Release();
                turns.Leave(key, line);
            }
        }
    }
}
