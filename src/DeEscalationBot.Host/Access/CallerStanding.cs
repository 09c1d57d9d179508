using DeEscalationBot.Host.Access.Keys;
using DeEscalationBot.Host.Conversations.Storage;
using DeEscalationBot.Host.Privacy.Audit;

namespace DeEscalationBot.Host.Access;

/// <summary>Whether somebody who came in is still let in. What stays open (pages, event streams) asks it every <see cref="LookEvery"/>, on whichever node it is open.</summary>
/// <remarks>While it cannot be known, what is open stays open. Safe for concurrent use.</remarks>
/// <param name="keys">Knows which keys were revoked.</param>
/// <param name="audit">Knows who signed out, on any node, and whatever became of that node since.</param>
/// <param name="clock">The product's clock.</param>
/// <param name="logger">Ids only.</param>
public sealed partial class CallerStanding(ApiKeys keys, AuditLog audit, TimeProvider clock, ILogger<CallerStanding> logger)
{
    /// <summary>How often to ask: 30 seconds. So long may something stay open after a key was revoked or somebody signed out.</summary>
    public static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(30);

    /// <summary>Whether they are.</summary>
    /// <param name="caller">Who came in.</param>
    public async Task<bool> HoldsAsync(Caller caller)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (caller.Kind == CallerKind.Nobody || caller.Until <= clock.GetUtcNow())
        {
            return false;
        }

        try
        {
            return caller switch
            {
                { Credential.Length: 0 } => true,
                { Kind: CallerKind.Key } => await keys.IsValidAsync(caller.Credential),
                { Kind: CallerKind.Person } => !await audit.HasSignedOutAsync(caller.Credential),
                _ => true,
            };
        }
        catch (RecordUnavailableException e)
        {
            LogNotKnown(e, caller.Credential);
            return true;
        }
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

    [LoggerMessage(LogLevel.Warning, "Whether {Credential} still opens anything cannot be known now; what it opened stays open.")]
    private partial void LogNotKnown(Exception e, string credential);
}
