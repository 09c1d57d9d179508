namespace DeEscalationBot.Host.Access.SignIn;

/// <summary>Remembers for all nodes who signed out, so that pages that are open elsewhere end.</summary>
public interface IEndedSessionsGrain : IGrainWithIntegerKey
{
    /// <summary>A session ends.</summary>
    /// <param name="session">Its name.</param>
    /// <param name="until">When it would have ended by itself; then it is forgotten.</param>
    Task EndAsync(string session, DateTimeOffset until);

    /// <summary>Whether somebody signed out of a session.</summary>
    /// <param name="session">Its name.</param>
    Task<bool> HasEndedAsync(string session);
}

/// <summary>The one that all nodes ask.</summary>
/// <remarks>In memory: open pages ask every half a minute, which keeps it there, and a session without a page has nothing to end but its cookie, which the browser drops.</remarks>
/// <param name="clock">The product's clock.</param>
public sealed class EndedSessionsGrain(TimeProvider clock) : Grain, IEndedSessionsGrain
{
    private readonly Dictionary<string, DateTimeOffset> _ended = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public Task EndAsync(string session, DateTimeOffset until)
    {
        var now = clock.GetUtcNow();
        foreach (var over in _ended.Where(e => e.Value <= now).Select(e => e.Key).ToArray())
        {
            _ended.Remove(over);
        }

        _ended[session] = until;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<bool> HasEndedAsync(string session) => Task.FromResult(_ended.ContainsKey(session));
}
