using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DeEscalationBot.Host.Conversations;
using DeEscalationBot.Host.Conversations.Storage;
using DeEscalationBot.Host.Privacy.Audit;
using Microsoft.EntityFrameworkCore;

namespace DeEscalationBot.Host.Access.Keys;

/// <summary>What a new key is to be.</summary>
/// <param name="Name">What it is for, for people; 1 to 100 characters.</param>
/// <param name="Scopes">Its scopes, at least one of <see cref="AccessRule.Scopes"/>.</param>
/// <param name="Teams">The teams that it is kept to; none for all.</param>
/// <param name="Lifetime">How long it is valid, 1 minute to 2 years.</param>
/// <param name="By">Who makes it.</param>
public sealed record ApiKeyWish(string Name, IReadOnlyList<string> Scopes, IReadOnlyList<string> Teams, TimeSpan Lifetime, string By);

/// <summary>A new key, the only time that it is seen.</summary>
/// <param name="Key">The key.</param>
/// <param name="Row">What is kept of it.</param>
public sealed record NewApiKey(string Key, ApiKeyRow Row);

/// <summary>A key that cannot be made as it is wished. The message says why.</summary>
/// <param name="message">For a person.</param>
public sealed class ApiKeyException(string message) : Exception(message);

/// <summary>The keys of programs: made, listed, revoked, opened.</summary>
/// <remarks>A key is <c>deb_ID_SECRET</c>: found by its id, compared by its hash in constant time. Safe for concurrent use, and on every node of a cluster.</remarks>
/// <param name="contexts">Where they are kept.</param>
/// <param name="writer">Whose turn it is to write.</param>
/// <param name="audit">Writes down who made and revoked which.</param>
/// <param name="clock">The product's clock.</param>
/// <param name="logger">Says who made and revoked which key, by its id.</param>
public sealed partial class ApiKeys(IDbContextFactory<CoachDbContext> contexts, RecordWriter writer, AuditLog audit, TimeProvider clock, ILogger<ApiKeys> logger)
{
    /// <summary>What every key begins with, so that scanners of sources find a key that leaked.</summary>
    public const string Prefix = "deb_";

    /// <summary>The longest name, in characters: 100.</summary>
    public const int LongestName = 100;

    /// <summary>The longest lifetime: 2 years.</summary>
    public static readonly TimeSpan LongestLifetime = TimeSpan.FromDays(730);

    private const int SecretBytes = 32;
    private const int LongestKey = 200;
    private static readonly TimeSpan ShortestLifetime = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan UseIsNotedEvery = TimeSpan.FromMinutes(1);

    /// <summary>Makes a key.</summary>
    /// <param name="wish">What it is to be.</param>
    /// <exception cref="ApiKeyException">The wish cannot be met.</exception>
    /// <exception cref="RecordUnavailableException">The database is away.</exception>
    public async Task<NewApiKey> AddAsync(ApiKeyWish wish)
    {
        ArgumentNullException.ThrowIfNull(wish);
        Check(wish);
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6));
        var key = $"{Prefix}{id}_{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes))}";
        var now = clock.GetUtcNow();
        var row = new ApiKeyRow
        {
            KeyId = id,
            Name = wish.Name.Trim(),
            Hash = HashOf(key),
            Scopes = string.Join(' ', wish.Scopes.Distinct(StringComparer.Ordinal)),
            Teams = JsonSerializer.Serialize(wish.Teams.Distinct(StringComparer.Ordinal)),
            CreatedBy = wish.By,
            CreatedAt = now,
            ExpiresAt = now + wish.Lifetime,
        };
        await writer.InTurnAsync(async () =>
        {
            await using var db = await contexts.CreateDbContextAsync();
            db.ApiKeys.Add(row);
            await db.SaveChangesAsync();
        });
        await audit.WriteAsync(wish.By, AuditActions.KeyMade, id);
        LogMade(id, row.Scopes, wish.By);
        return new NewApiKey(key, row);
    }

    /// <summary>All keys, the newest first; also those that ended.</summary>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="RecordUnavailableException">The database is away.</exception>
    public Task<List<ApiKeyRow>> ListAsync(CancellationToken cancellationToken = default) =>
        ReadAsync(db => db.ApiKeys.AsNoTracking().OrderByDescending(k => k.CreatedAt).ThenBy(k => k.KeyId).ToListAsync(cancellationToken), cancellationToken);

    /// <summary>Revokes a key: from now on it opens nothing, on no node.</summary>
    /// <param name="keyId">Its id.</param>
    /// <param name="by">Who revokes it.</param>
    /// <returns>False when there is no such key. Doing it again changes nothing.</returns>
    /// <exception cref="RecordUnavailableException">The database is away.</exception>
    public async Task<bool> RevokeAsync(string keyId, string by)
    {
        DateTimeOffset? now = clock.GetUtcNow();
        var (exists, isRevoked) = (false, false);
        await writer.InTurnAsync(async () =>
        {
            await using var db = await contexts.CreateDbContextAsync();
            exists = await db.ApiKeys.AnyAsync(k => k.KeyId == keyId);
            isRevoked = await db.ApiKeys.Where(k => k.KeyId == keyId && k.RevokedAt == null).ExecuteUpdateAsync(set => set.SetProperty(k => k.RevokedAt, now)) > 0;
        });
        if (isRevoked)
        {
            await audit.WriteAsync(by, AuditActions.KeyRevoked, keyId);
            LogRevoked(keyId, by);
        }

        return exists;
    }

    /// <summary>Who shows a key.</summary>
    /// <param name="shown">What they show.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>Nothing when it opens nothing.</returns>
    /// <exception cref="RecordUnavailableException">The database is away.</exception>
    public async Task<Caller?> OpenAsync(string shown, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(shown);
        if (shown.Length > LongestKey || shown.Split('_', 3) is not ["deb", { Length: > 0 } id, { Length: > 0 }])
        {
            return null;
        }

        var row = await ReadAsync(db => db.ApiKeys.AsNoTracking().SingleOrDefaultAsync(k => k.KeyId == id, cancellationToken), cancellationToken);
        var now = clock.GetUtcNow();
        if (row is null || !CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(row.Hash), Encoding.ASCII.GetBytes(HashOf(shown))) || row.RevokedAt is not null || row.ExpiresAt <= now)
        {
            return null;
        }

        await NoteUseAsync(row, now);
        return new Caller(CallerKind.Key, "key:" + row.Name, row.Name, [], TeamsOf(row), row.Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries), [], row.ExpiresAt) { Credential = row.KeyId };
    }

    /// <summary>Whether a key still opens what it opened.</summary>
    /// <param name="keyId">Its id.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="RecordUnavailableException">The database is away.</exception>
    public Task<bool> IsValidAsync(string keyId, CancellationToken cancellationToken = default)
    {
        var now = clock.GetUtcNow();
        return ReadAsync(db => db.ApiKeys.AnyAsync(k => k.KeyId == keyId && k.RevokedAt == null && k.ExpiresAt > now, cancellationToken), cancellationToken);
    }

    /// <summary>The teams that a key is kept to.</summary>
    /// <param name="row">The key.</param>
    public static IReadOnlyList<string> TeamsOf(ApiKeyRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return JsonSerializer.Deserialize<string[]>(row.Teams) ?? [];
    }

    private static void Check(ApiKeyWish wish)
    {
        if (!Core.Channels.IdentifierRules.IsLegal(wish.Name.Trim(), LongestName))
        {
            throw new ApiKeyException($"A key needs a name of 1 to {LongestName} characters that says what it is for.");
        }

        if (wish.Scopes.Count == 0 || wish.Scopes.FirstOrDefault(s => !AccessRule.Scopes.Contains(s, StringComparer.Ordinal)) is not null)
        {
            throw new ApiKeyException($"A key needs at least one of these scopes, and no others: {string.Join(", ", AccessRule.Scopes)}.");
        }

        if (wish.Teams.FirstOrDefault(t => !ConversationTeams.IsLegal(t)) is { } team)
        {
            throw new ApiKeyException($"'{team}' cannot be a team: a name has 1 to {ConversationTeams.MaxLength} characters.");
        }

        if (wish.Lifetime < ShortestLifetime || wish.Lifetime > LongestLifetime)
        {
            throw new ApiKeyException($"A key is valid for 1 minute to {LongestLifetime.Days} days.");
        }
    }

    private static string HashOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    // A key opens also while its use cannot be noted.
    private async Task NoteUseAsync(ApiKeyRow row, DateTimeOffset now)
    {
        if (row.LastUsedAt is { } last && now - last < UseIsNotedEvery)
        {
            return;
        }

        try
        {
            DateTimeOffset? at = now;
            await writer.InTurnAsync(async () =>
            {
                await using var db = await contexts.CreateDbContextAsync();
                await db.ApiKeys.Where(k => k.KeyId == row.KeyId).ExecuteUpdateAsync(set => set.SetProperty(k => k.LastUsedAt, at));
            });
        }
        catch (RecordUnavailableException e)
        {
            LogUseNotNoted(row.KeyId, e);
        }
    }

    private async Task<T> ReadAsync<T>(Func<CoachDbContext, Task<T>> read, CancellationToken cancellationToken)
    {
        try
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            return await read(db);
        }
        catch (Exception e) when (DatabaseFailure.IsBehind(e))
        {
            throw new RecordUnavailableException("The keys cannot be read now.", e);
        }
    }

    [LoggerMessage(LogLevel.Information, "Key {Key} was made with the scopes {Scopes} by {By}.")]
    private partial void LogMade(string key, string scopes, string by);

    [LoggerMessage(LogLevel.Information, "Key {Key} was revoked by {By}.")]
    private partial void LogRevoked(string key, string by);

    [LoggerMessage(LogLevel.Warning, "The use of key {Key} could not be noted.")]
    private partial void LogUseNotNoted(string key, Exception e);
}
