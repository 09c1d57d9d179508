using System.Collections.Frozen;
using System.Text.Json;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace DeEscalationBot.Host.Channels.BotFramework.Authentication;

/// <summary>The keys of an authority, as its OpenID metadata describe them; kept, and read anew when they are old or a key is not among them.</summary>
/// <remarks>
/// Safe for concurrent use; one reading at a time, which no caller can stop, and none within <see cref="Floor"/> after one that succeeded, whatever
/// tokens come in. After one that failed the pause is short (<see cref="FirstPause"/>, then <see cref="LongestPause"/>): until there are keys nobody is
/// let in. The keys that are known stay when the authority is away or names none; a known key counts at once, while old ones are read anew.
/// </remarks>
/// <param name="address">Where the metadata are.</param>
/// <param name="documents">Reads the metadata and the keys that they point at.</param>
/// <param name="clock">The product's clock.</param>
/// <param name="logger">Addresses only.</param>
public sealed partial class SigningKeys(string address, IDocumentRetriever documents, TimeProvider clock, ILogger logger) : IDisposable
{
    /// <summary>The least time between a reading that succeeded and the next.</summary>
    public static readonly TimeSpan Floor = TimeSpan.FromMinutes(5);

    /// <summary>The pause after a first reading that failed.</summary>
    public static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(5);

    /// <summary>The pause after further ones.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    /// <summary>After this time the keys are read anew in any case.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromDays(1);

    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _ending = new();
    private volatile FrozenDictionary<string, SigningKey> _keys = FrozenDictionary<string, SigningKey>.Empty;
    private DateTimeOffset? _readAt;
    private DateTimeOffset? _pauseUntil;
    private int _failures;
    private Task? _reading;

    /// <summary>The key with an id.</summary>
    /// <param name="id">The key's id (<c>kid</c>).</param>
    /// <param name="cancellationToken">Stops waiting; a reading goes on for the others.</param>
    /// <returns>Nothing when the authority has no such key, or cannot be reached and none was read before.</returns>
    public async Task<SigningKey?> FindAsync(string id, CancellationToken cancellationToken)
    {
        if (_keys.TryGetValue(id, out var known))
        {
            _ = BeginReading(onlyWhenOld: true);
            return known;
        }

        if (BeginReading(onlyWhenOld: false) is { } reading)
        {
            await reading.WaitAsync(cancellationToken);
        }

        return _keys.GetValueOrDefault(id);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _ending.Cancel();
        _ending.Dispose();
    }

    // The reading that runs, or a new one; nothing in a pause.
    private Task? BeginReading(bool onlyWhenOld)
    {
        lock (_lock)
        {
            if (_reading is { IsCompleted: false })
            {
                return _reading;
            }

            var now = clock.GetUtcNow();
            if (now < _pauseUntil || (onlyWhenOld && now - _readAt < MaxAge) || _ending.IsCancellationRequested)
            {
                return null;
            }

            var ending = _ending.Token;
            return _reading = Task.Run(() => ReadAsync(ending), CancellationToken.None);
        }
    }

    private async Task ReadAsync(CancellationToken ending)
    {
        FrozenDictionary<string, SigningKey>? read = null;
        try
        {
            var metadata = await OpenIdConnectConfigurationRetriever.GetAsync(address, documents, ending);
            read = (metadata.JsonWebKeySet?.Keys ?? [])
                .Where(k => k.Kty == JsonWebAlgorithmsKeyTypes.RSA && k.Kid is { Length: > 0 } && (k.Use is null or "sig"))
                .GroupBy(k => k.Kid, StringComparer.Ordinal)
                .ToFrozenDictionary(g => g.Key, g => new SigningKey(g.First(), EndorsementsOf(g.First())), StringComparer.Ordinal);
            if (read.Count == 0)
            {
                LogNone(address, _keys.Count);
            }
        }
        catch (Exception e) when (e is IOException or HttpRequestException or JsonException or ArgumentException or InvalidOperationException or SecurityTokenException or OperationCanceledException)
        {
            if (!ending.IsCancellationRequested)
            {
                LogNotRead(e, address, _keys.Count);
            }
        }
        finally
        {
            Note(read);
        }
    }

    private void Note(FrozenDictionary<string, SigningKey>? read)
    {
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            if (read is { Count: > 0 })
            {
                (_keys, _readAt, _failures, _pauseUntil) = (read, now, 0, now + Floor);
            }
            else
            {
                _pauseUntil = now + (_failures++ == 0 ? FirstPause : LongestPause);
            }
        }
    }

    private static FrozenSet<string> EndorsementsOf(JsonWebKey key) =>
        key.AdditionalData.TryGetValue("endorsements", out var value) && value is System.Collections.IEnumerable and not string
            ? ((System.Collections.IEnumerable)value).Cast<object?>().Select(e => e?.ToString()).OfType<string>().ToFrozenSet(StringComparer.Ordinal)
            : value is JsonElement { ValueKind: JsonValueKind.Array } array
                ? array.EnumerateArray().Where(e => e.ValueKind == JsonValueKind.String).Select(e => e.GetString()!).ToFrozenSet(StringComparer.Ordinal)
                : FrozenSet<string>.Empty;

    [LoggerMessage(LogLevel.Error, "The authority at {Address} names no keys; {Known} known keys go on to count. Is it the address of OpenID metadata?")]
    private partial void LogNone(string address, int known);

    [LoggerMessage(LogLevel.Error, "The keys of {Address} cannot be read; {Known} known keys go on to count. Without keys no activity is let in. Is the address reachable from here?")]
    private partial void LogNotRead(Exception e, string address, int known);
}

/// <summary>One key of an authority.</summary>
/// <param name="Key">The key.</param>
/// <param name="Endorsements">The channels that it may sign for.</param>
public sealed record SigningKey(JsonWebKey Key, IReadOnlySet<string> Endorsements);
