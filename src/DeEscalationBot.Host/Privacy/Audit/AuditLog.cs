using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DeEscalationBot.Host.Conversations.Storage;
using DeEscalationBot.Host.Conversations.Storage.Sealing;
using Microsoft.EntityFrameworkCore;

namespace DeEscalationBot.Host.Privacy.Audit;

/// <summary>What a look at the whole log found.</summary>
/// <param name="Lines">How many lines there are.</param>
/// <param name="BrokenAt">The number of the first line that is missing, changed or not ours; nothing when all are as they were written.</param>
/// <param name="Last">The hash of the last good line; empty for an empty log. Kept elsewhere, it proves later that nothing was cut off at the end.</param>
/// <param name="HasExpected">Whether the hash that was asked for is among the lines; true when none was asked for.</param>
public sealed record AuditVerdict(long Lines, long? BrokenAt, string Last, bool HasExpected)
{
    /// <summary>Whether nothing is wrong.</summary>
    public bool IsWhole => BrokenAt is null && HasExpected;
}

/// <summary>Who saw and did what: lines that are only added, each bound to the one before.</summary>
/// <remarks>
/// <para>
/// A line that cannot be written is a failure of what it is about: nobody sees a conversation without it. Several nodes write one chain: the number is the table's key, so that
/// of two that take the same the second loses, reads the new last line and binds itself to that.
/// </para>
/// <para>The hashes need a secret that is wrapped as the data keys are: who can change the database and not unwrap it cannot write a chain that holds. Safe for concurrent use.</para>
/// </remarks>
/// <param name="contexts">The database.</param>
/// <param name="writer">Whose turn it is to write.</param>
/// <param name="cipher">Has the secret.</param>
/// <param name="clock">The product's clock.</param>
public sealed class AuditLog(IDbContextFactory<CoachDbContext> contexts, RecordWriter writer, RecordCipher cipher, TimeProvider clock) : IDisposable
{
    private const int MostAttempts = 50;
    private const int MostRemembered = 50_000;
    private const int AtOnce = 1000;

    private readonly ConcurrentDictionary<string, byte> _seen = new(StringComparer.Ordinal);

    // One writer a node: many who add to one chain at once would mostly lose against each other.
    private readonly SemaphoreSlim _oneWriter = new(1);

    /// <summary>Writes a line.</summary>
    /// <param name="actor">Who.</param>
    /// <param name="action">What, one of <see cref="AuditActions"/>.</param>
    /// <param name="target">To what.</param>
    /// <exception cref="RecordUnavailableException">It could not be written.</exception>
    public Task WriteAsync(string actor, string action, string target) => AddAsync(actor, action, target, null);

    /// <summary>Writes that somebody saw a conversation, unless that is written for this hour.</summary>
    /// <param name="actor">Who.</param>
    /// <param name="conversation">The conversation.</param>
    /// <exception cref="RecordUnavailableException">It could not be written.</exception>
    public async Task SeenAsync(string actor, string conversation)
    {
        var once = string.Create(CultureInfo.InvariantCulture, $"{clock.GetUtcNow():yyyy-MM-ddTHH}|{actor}|{conversation}");
        if (_seen.ContainsKey(once))
        {
            return;
        }

        await AddAsync(actor, AuditActions.Seen, conversation, once);
        if (_seen.Count >= MostRemembered)
        {
            _seen.Clear();
        }

        _seen[once] = 0;
    }

    /// <summary>Writes that somebody signed out of a session, unless that is written.</summary>
    /// <param name="actor">Who.</param>
    /// <param name="session">The session's name.</param>
    /// <exception cref="RecordUnavailableException">It could not be written.</exception>
    public Task SignedOutAsync(string actor, string session) => AddAsync(actor, AuditActions.SignedOut, "web", OnceASession(session));

    /// <summary>Whether somebody signed out of a session, on any node.</summary>
    /// <param name="session">The session's name.</param>
    /// <exception cref="RecordUnavailableException">The database cannot be read.</exception>
    public Task<bool> HasSignedOutAsync(string session)
    {
        var once = OnceASession(session);
        return ReadAsync(db => db.Audit.AsNoTracking().AnyAsync(a => a.Once == once));
    }

    /// <summary>Lines, the newest first.</summary>
    /// <param name="limit">How many at most.</param>
    /// <param name="before">Only lines before this number; nothing for the newest.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="RecordUnavailableException">The database cannot be read.</exception>
    public Task<IReadOnlyList<AuditRow>> ListAsync(int limit, long? before = null, CancellationToken cancellationToken = default) => ReadAsync<IReadOnlyList<AuditRow>>(async db =>
        await db.Audit.AsNoTracking().Where(a => before == null || a.Number < before).OrderByDescending(a => a.Number).Take(limit).ToListAsync(cancellationToken));

    /// <summary>All lines, the oldest first.</summary>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="RecordUnavailableException">The database cannot be read.</exception>
    public async IAsyncEnumerable<AuditRow> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        for (var last = 0L; ;)
        {
            var after = last;
            var some = await ReadAsync(db => db.Audit.AsNoTracking().Where(a => a.Number > after).OrderBy(a => a.Number).Take(AtOnce).ToListAsync(cancellationToken));
            foreach (var row in some)
            {
                yield return row;
            }

            if (some.Count == 0)
            {
                yield break;
            }

            last = some[^1].Number;
        }
    }

    /// <summary>Looks whether every line is as it was written.</summary>
    /// <param name="expected">A hash that has to be among the lines, or nothing.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="RecordUnavailableException">The database cannot be read.</exception>
    /// <exception cref="RecordKeyException">The secret cannot be unwrapped.</exception>
    public async Task<AuditVerdict> VerifyAsync(string? expected = null, CancellationToken cancellationToken = default)
    {
        var (lines, last, brokenAt, hasExpected) = (0L, "", (long?)null, expected is null);
        await foreach (var row in ReadAllAsync(cancellationToken))
        {
            lines++;
            if (brokenAt is null)
            {
                brokenAt = row.Number != lines || row.Hash != await HashOfAsync(row, last) ? lines : null;
                last = brokenAt is null ? row.Hash : last;
                hasExpected |= brokenAt is null && row.Hash == expected;
            }
        }

        return new AuditVerdict(lines, brokenAt, last, hasExpected);
    }

    /// <inheritdoc/>
    public void Dispose() => _oneWriter.Dispose();

    // Nobody who reads the log is to know a session by it.
    private static string OnceASession(string session) => $"{AuditActions.SignedOut}|{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(session)))}";

    private async Task AddAsync(string actor, string action, string target, string? once)
    {
        // The secret is made outside the turn, which it needs for itself.
        await cipher.SignAsync(RecordCipher.Audit, []);
        await _oneWriter.WaitAsync();
        try
        {
            await AddInTurnAsync(actor, action, target, once);
        }
        finally
        {
            _oneWriter.Release();
        }
    }

    // Another node may take the same number.
    private async Task AddInTurnAsync(string actor, string action, string target, string? once)
    {
        for (var attempt = 1; ; attempt++)
        {
            var lost = false;
            await writer.InTurnAsync(async () =>
            {
                await using var db = await contexts.CreateDbContextAsync();
                if (once is not null && await db.Audit.AnyAsync(a => a.Once == once))
                {
                    return;
                }

                var last = await db.Audit.AsNoTracking().OrderByDescending(a => a.Number).FirstOrDefaultAsync();
                var row = new AuditRow { Number = (last?.Number ?? 0) + 1, At = clock.GetUtcNow(), Actor = actor, Action = action, Target = target, Once = once, Hash = "" };
                db.Audit.Add(new AuditRow { Number = row.Number, At = row.At, Actor = actor, Action = action, Target = target, Once = once, Hash = await HashOfAsync(row, last?.Hash ?? "") });
                try
                {
                    await db.SaveChangesAsync();
                }
                catch (DbUpdateException e) when (db.IsDuplicateKey(e))
                {
                    lost = true;
                }
            });
            if (!lost)
            {
                return;
            }

            if (attempt == MostAttempts)
            {
                throw new RecordUnavailableException("The audit log could not be written: others keep writing to it.");
            }
        }
    }

    private async Task<string> HashOfAsync(AuditRow row, string before) => Convert.ToHexStringLower(await cipher.SignAsync(
        RecordCipher.Audit, Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new object?[] { before, row.Number, row.At.UtcTicks, row.Actor, row.Action, row.Target, row.Once }))));

    private async Task<T> ReadAsync<T>(Func<CoachDbContext, Task<T>> read)
    {
        try
        {
            await using var db = await contexts.CreateDbContextAsync();
            return await read(db);
        }
        catch (Exception e) when (DatabaseFailure.IsBehind(e))
        {
            throw new RecordUnavailableException("The audit log cannot be read now.", e);
        }
    }
}
