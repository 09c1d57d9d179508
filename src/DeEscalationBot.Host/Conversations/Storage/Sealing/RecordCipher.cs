using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using DeEscalationBot.Host.Hosting;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace DeEscalationBot.Host.Conversations.Storage.Sealing;

/// <summary>Makes, keeps and destroys the data keys that every text of the record is sealed with.</summary>
/// <remarks>
/// <para>
/// Each conversation has a key of its own, and so has each customer for what is kept of them elsewhere; all lie in <c>record_keys</c>, wrapped by Data Protection for this one
/// purpose and owner. A key that was destroyed on another node may be in the memory of this one for <see cref="Remembered"/> at most; it opens nothing that is still there.
/// </para>
/// <para>Safe for concurrent use.</para>
/// </remarks>
/// <param name="contexts">The database.</param>
/// <param name="writer">Whose turn it is to write.</param>
/// <param name="protection">Wraps the keys.</param>
/// <param name="options">Whether new texts are sealed.</param>
/// <param name="clock">The product's clock.</param>
public sealed class RecordCipher(IDbContextFactory<CoachDbContext> contexts, RecordWriter writer, IDataProtectionProvider protection, IOptions<StorageOptions> options, TimeProvider clock) : IDisposable
{
    /// <summary>How long a key is remembered after it was last read from the database: 10 minutes.</summary>
    public static readonly TimeSpan Remembered = TimeSpan.FromMinutes(10);

    /// <summary>The secret that the audit log's hashes are made with.</summary>
    public const string Audit = "audit";

    /// <summary>How many owners one question to the database names.</summary>
    private const int AtOnce = 500;
    private const int MostRemembered = 20_000;

    private const string Subjects = "subjects";

    private readonly IDataProtector _wrapper = protection.CreateProtector("DeEscalationBot.RecordKeys.v1");
    private readonly MemoryCache _known = new(new MemoryCacheOptions { SizeLimit = MostRemembered });
    private readonly ConcurrentDictionary<string, byte[]> _secrets = new(StringComparer.Ordinal);

    /// <summary>Whether new texts are sealed.</summary>
    public bool IsSealing => options.Value.Encrypt;

    /// <summary>The key to write with, made when there is none; a new one is added to the transaction, and counts from <see cref="Keep"/> on.</summary>
    /// <param name="db">The transaction's tables. Nothing is saved.</param>
    /// <param name="owner">Whose.</param>
    /// <param name="isNew">Whether nothing was ever written for this owner, so that nobody has to look.</param>
    /// <returns><see cref="RecordKey.None"/> when the settings want plain texts.</returns>
    /// <exception cref="RecordKeyException">There is one that cannot be unwrapped: what is written now could not be read together with what is there.</exception>
    public async Task<RecordKey> KeyToWriteAsync(CoachDbContext db, KeyOwner owner, bool isNew = false)
    {
        ArgumentNullException.ThrowIfNull(db);
        if (!IsSealing)
        {
            return RecordKey.None;
        }

        if (_known.TryGetValue(owner, out RecordKey? known))
        {
            return known!;
        }

        if (!isNew && await db.RecordKeys.AsNoTracking().SingleOrDefaultAsync(k => k.Owner == owner.Id) is { } row)
        {
            return Unwrap(row) is { IsThere: true } found ? found : throw new RecordKeyException(WhyNot);
        }

        var key = RandomNumberGenerator.GetBytes(RecordKey.Length);
        db.RecordKeys.Add(new RecordKeyRow { Owner = owner.Id, Wrapped = Wrap(owner, key), CreatedAt = clock.GetUtcNow() });
        return RecordKey.Of(owner, key);
    }

    /// <summary>Remembers a key whose transaction is on the disk. That of a customer is not: they may be erased and come back with another one, on another node.</summary>
    /// <param name="key">The key.</param>
    public void Keep(RecordKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (key is { IsThere: true, Owner.MayComeBack: false })
        {
            using var entry = _known.CreateEntry(key.Owner);
            (entry.Value, entry.Size, entry.AbsoluteExpirationRelativeToNow) = (key, 1, Remembered);
        }
    }

    /// <summary>Forgets a key that was destroyed.</summary>
    /// <param name="owner">Whose.</param>
    public void Forget(KeyOwner owner) => _known.Remove(owner);

    /// <summary>The key of an owner. Without one, or when it cannot be unwrapped, a key that opens only what was never sealed, and says why.</summary>
    /// <param name="owner">Whose.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="RecordUnavailableException">The database is away.</exception>
    public async Task<RecordKey> FindAsync(KeyOwner owner, CancellationToken cancellationToken = default)
    {
        if (_known.TryGetValue(owner, out RecordKey? known))
        {
            return known!;
        }

        var row = await ReachingAsync(async () =>
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            return await db.RecordKeys.AsNoTracking().SingleOrDefaultAsync(k => k.Owner == owner.Id, cancellationToken);
        });
        return row is null ? RecordKey.Missing(owner, "its key is missing.") : Unwrap(row);
    }

    /// <summary>The keys of many conversations, for lists. What has none gets one that opens only what was never sealed.</summary>
    /// <param name="conversations">The conversations, of which some may come twice.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async Task<IReadOnlyDictionary<string, RecordKey>> FindAllAsync(IEnumerable<string> conversations, CancellationToken cancellationToken = default)
    {
        var owners = conversations.Distinct(StringComparer.Ordinal).ToDictionary(c => c, KeyOwner.Conversation, StringComparer.Ordinal);
        var keys = await FindAllAsync(owners.Values, cancellationToken);
        return owners.ToDictionary(o => o.Key, o => keys[o.Value], StringComparer.Ordinal);
    }

    /// <summary>The keys of many owners, in one question. Who has none gets one that opens only what was never sealed.</summary>
    /// <param name="owners">Whose, each once.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async Task<IReadOnlyDictionary<KeyOwner, RecordKey>> FindAllAsync(IReadOnlyCollection<KeyOwner> owners, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(owners);
        var keys = new Dictionary<KeyOwner, RecordKey>();
        var unknown = new List<KeyOwner>();
        foreach (var owner in owners)
        {
            if (_known.TryGetValue(owner, out RecordKey? known))
            {
                keys[owner] = known!;
            }
            else
            {
                unknown.Add(owner);
            }
        }

        if (unknown.Count == 0)
        {
            return keys;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        foreach (var some in unknown.Chunk(AtOnce))
        {
            var ids = some.Select(o => o.Id).ToArray();
            var rows = await db.RecordKeys.AsNoTracking().Where(k => ids.Contains(k.Owner)).ToDictionaryAsync(k => k.Owner, StringComparer.Ordinal, cancellationToken);
            foreach (var owner in some)
            {
                keys[owner] = rows.TryGetValue(owner.Id, out var row) ? Unwrap(row) : RecordKey.Missing(owner, "its key is missing.");
            }
        }

        return keys;
    }

    /// <summary>A key of the product's own, made when there is none.</summary>
    /// <param name="what">What for.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="RecordUnavailableException">The database is away.</exception>
    public Task<RecordKey> OfProductAsync(string what, CancellationToken cancellationToken = default) => ReachingAsync(async () =>
    {
        if (IsSealing)
        {
            await MakeAsync(KeyOwner.Product(what));
        }

        return await FindAsync(KeyOwner.Product(what), cancellationToken);
    });

    /// <summary>How the tables know a customer: a hash with a secret of the product's, so that nobody finds out who it is by trying ids.</summary>
    /// <param name="customerId">The customer as the desk knows them.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="RecordUnavailableException">The database is away.</exception>
    /// <exception cref="RecordKeyException">The secret cannot be unwrapped.</exception>
    public async Task<string> SubjectOfAsync(string customerId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(customerId);
        return Convert.ToHexStringLower(await SignAsync(Subjects, Encoding.UTF8.GetBytes(customerId), cancellationToken));
    }

    /// <summary>A hash (HMAC with SHA-256) that only this product can make.</summary>
    /// <param name="what">What for: each has a secret of its own.</param>
    /// <param name="data">What is hashed.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="RecordUnavailableException">The database is away.</exception>
    /// <exception cref="RecordKeyException">The secret cannot be unwrapped.</exception>
    public async Task<byte[]> SignAsync(string what, byte[] data, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (!_secrets.TryGetValue(what, out var secret))
        {
            var owner = KeyOwner.Product(what);
            secret = await ReachingAsync(async () =>
            {
                await MakeAsync(owner);
                await using var db = await contexts.CreateDbContextAsync(cancellationToken);
                return UnwrapBytes(await db.RecordKeys.AsNoTracking().SingleAsync(k => k.Owner == owner.Id, cancellationToken));
            });
            _secrets[what] = secret;
        }

        return HMACSHA256.HashData(secret, data);
    }

    /// <summary>Makes the product's own keys where there are none, before anything else is written, and refuses a record that this process cannot read or another one could not.</summary>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="StartRefusedException">The keys that are there are of another host.</exception>
    /// <exception cref="RecordUnavailableException">The database is away.</exception>
    public async Task MakeOwnAsync(CancellationToken cancellationToken)
    {
        await CheckAsync(cancellationToken);
        foreach (var what in (string[])[Subjects, Audit])
        {
            await MakeAsync(KeyOwner.Product(what));
        }

        // Again: of two nodes that begin at the same time, the key of one is the key.
        await CheckAsync(cancellationToken);
    }

    /// <summary>Refuses a record whose keys this host cannot unwrap, before anything is written with others.</summary>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="StartRefusedException">It cannot.</exception>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var own = KeyOwner.Product("%").Id;
        var rows = await db.RecordKeys.AsNoTracking().Where(k => EF.Functions.Like(k.Owner, own)).ToListAsync(cancellationToken);
        if (rows.Count == 0)
        {
            rows = await db.RecordKeys.AsNoTracking().OrderBy(k => k.Owner).Take(1).ToListAsync(cancellationToken);
        }

        try
        {
            rows.ForEach(row => UnwrapBytes(row));
        }
        catch (RecordKeyException e)
        {
            throw new StartRefusedException(
                ErrorCodes.RecordKeysMissing,
                "The record is encrypted, and the keys of this host do not open it. Put back the folder 'keys' of the data directory that belongs to this database (or DataProtection:CertificatePath, when a certificate protects them). Several nodes need the same keys: set DataProtection:KeyStore=Database with a certificate ('protection-keys move' takes those of a folder along). docs/privacy.md tells what to do when they are lost.", e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _known.Dispose();

    private const string WhyNot = "its key cannot be unwrapped by the keys of Data Protection that this host has (the folder 'keys' of the data directory, unless DataProtection:KeyStore says otherwise).";

    private static async Task<T> ReachingAsync<T>(Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (Exception e) when (DatabaseFailure.IsBehind(e))
        {
            throw new RecordUnavailableException("The keys of the record cannot be read now.", e);
        }
    }

    // On its own and not with what needs it: it is made once in the life of a database.
    private async Task MakeAsync(KeyOwner owner)
    {
        await using (var db = await contexts.CreateDbContextAsync())
        {
            if (_known.TryGetValue(owner, out _) || await db.RecordKeys.AnyAsync(k => k.Owner == owner.Id))
            {
                return;
            }
        }

        await writer.InTurnAsync(async () =>
        {
            await using var db = await contexts.CreateDbContextAsync();
            var (wrapped, now) = (Wrap(owner, RandomNumberGenerator.GetBytes(RecordKey.Length)), clock.GetUtcNow().UtcTicks);

            // Who is first, of two requests or two nodes, has made the key.
            await db.Database.ExecuteSqlAsync($"""INSERT INTO record_keys ("Owner", "Wrapped", "CreatedAt") VALUES ({owner.Id}, {wrapped}, {now}) ON CONFLICT DO NOTHING""");
        });
    }

    private string Wrap(KeyOwner owner, byte[] key) => Convert.ToBase64String(_wrapper.CreateProtector(owner.Id).Protect(key));

    private RecordKey Unwrap(RecordKeyRow row)
    {
        var owner = new KeyOwner(row.Owner);
        try
        {
            var key = RecordKey.Of(owner, UnwrapBytes(row));
            Keep(key);
            return key;
        }
        catch (RecordKeyException e)
        {
            return RecordKey.Missing(owner, e.Message);
        }
    }

    private byte[] UnwrapBytes(RecordKeyRow row)
    {
        try
        {
            var key = _wrapper.CreateProtector(row.Owner).Unprotect(Convert.FromBase64String(row.Wrapped));
            return key.Length == RecordKey.Length ? key : throw new RecordKeyException(WhyNot);
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            throw new RecordKeyException(WhyNot, e);
        }
    }
}
