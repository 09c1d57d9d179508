using System.Collections.Concurrent;
using DeEscalationBot.Host.Access.Keys;
using DeEscalationBot.Host.Conversations.Storage;
using DeEscalationBot.Host.Privacy.Audit;

namespace DeEscalationBot.Host.Access;

/// <summary>Whether somebody who came in is still let in. What stays open (pages, event streams) asks it every <see cref="LookEvery"/>, on whichever node it is open.</summary>
/// <remarks>
/// The database is asked once for all that one key or session has open, and what it said is remembered for <see cref="RememberedFor"/>; that it ended, for as long as anything of it can be open. Together with
/// <see cref="LookEvery"/> that is the half minute within which what is open ends. While it cannot be known, what is open stays open. Safe for concurrent use.
/// </remarks>
/// <param name="keys">Knows which keys were revoked.</param>
/// <param name="audit">Knows who signed out, on any node, and whatever became of that node since.</param>
/// <param name="clock">The product's clock.</param>
/// <param name="logger">Ids only.</param>
public sealed partial class CallerStanding(ApiKeys keys, AuditLog audit, TimeProvider clock, ILogger<CallerStanding> logger)
{
    /// <summary>How often to ask, at the least: 20 seconds.</summary>
    public static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(20);

    /// <summary>For how long it is remembered that somebody is let in: 10 seconds.</summary>
    public static readonly TimeSpan RememberedFor = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan TidyEvery = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<(CallerKind Kind, string Credential), Known> _known = new();
    private long _tidiedAt = clock.GetTimestamp();

    /// <summary>Whether they are.</summary>
    /// <param name="caller">Who came in.</param>
    public async Task<bool> HoldsAsync(Caller caller)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (caller.Kind == CallerKind.Nobody || caller.Until <= clock.GetUtcNow())
        {
            return false;
        }

        if (caller is not { Kind: CallerKind.Key or CallerKind.Person, Credential.Length: > 0 })
        {
            return true;
        }

        // Of many who ask at once, one asks the database; the others wait for what it says.
        Tidy();
        var fresh = new Known(clock.GetTimestamp(), new Lazy<Task<bool>>(() => AskAsync(caller)));
        var known = _known.AddOrUpdate((caller.Kind, caller.Credential), (_, mine) => mine, (_, before, mine) => before.HasEnded || clock.GetElapsedTime(before.At) < RememberedFor ? before : mine, fresh);
        return await known.Holds.Value;
    }

    /// <summary>Somebody signs out: what they have open ends, on all nodes.</summary>
    /// <param name="caller">Who.</param>
    public async Task EndAsync(Caller caller)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (caller is not { Kind: CallerKind.Person, Credential.Length: > 0 })
        {
            return;
        }

        // On this node at once; on the others when they ask.
        _known[(caller.Kind, caller.Credential)] = new Known(clock.GetTimestamp(), new Lazy<Task<bool>>(Task.FromResult(false)));
        try
        {
            await audit.SignedOutAsync(caller.Id, caller.Credential);
        }
        catch (RecordUnavailableException e)
        {
            // Their browser drops the session all the same.
            LogNotKnown(e, caller.Credential);
        }
    }

    private async Task<bool> AskAsync(Caller caller)
    {
        try
        {
            return caller.Kind == CallerKind.Key ? await keys.IsValidAsync(caller.Credential) : !await audit.HasSignedOutAsync(caller.Credential);
        }
        catch (RecordUnavailableException e)
        {
            LogNotKnown(e, caller.Credential);
            return true;
        }
    }

    // What ended is open nowhere after a minute, because all that is open has asked by then; whoever still asks is told by the database.
    private void Tidy()
    {
        var before = Volatile.Read(ref _tidiedAt);
        if (clock.GetElapsedTime(before) < TidyEvery || Interlocked.CompareExchange(ref _tidiedAt, clock.GetTimestamp(), before) != before)
        {
            return;
        }

        foreach (var (credential, known) in _known)
        {
            if (clock.GetElapsedTime(known.At) >= TidyEvery)
            {
                _known.TryRemove(KeyValuePair.Create(credential, known));
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "Whether {Credential} still opens anything cannot be known now; what it opened stays open.")]
    private partial void LogNotKnown(Exception e, string credential);

    /// <summary>What the database said, or is about to say.</summary>
    private sealed record Known(long At, Lazy<Task<bool>> Holds)
    {
        public bool HasEnded => Holds is { IsValueCreated: true, Value: { IsCompletedSuccessfully: true, Result: false } };
    }
}
