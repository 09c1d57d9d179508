using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace DeEscalationBot.Host.Conversations.Storage.Sqlite;

/// <summary>The tables in SQLite, the embedded default.</summary>
/// <param name="options">The options.</param>
public sealed class SqliteCoachDbContext(DbContextOptions<SqliteCoachDbContext> options) : CoachDbContext(options)
{
    private const int ConstraintPrimaryKey = 1555;
    private const int ConstraintUnique = 2067;
    private const int Busy = 5;
    private const int Locked = 6;

    /// <inheritdoc/>
    protected override string? BytewiseCollation => null;

    /// <inheritdoc/>
    public override Task<IAsyncDisposable?> BeAloneAsync(long what, CancellationToken cancellationToken) => Task.FromResult<IAsyncDisposable?>(null); // The file is one host's alone anyway.

    /// <inheritdoc/>
    public override Task<DateTimeOffset?> ReadClockAsync(CancellationToken cancellationToken) => Task.FromResult<DateTimeOffset?>(null);

    /// <inheritdoc/>
    public override Task<DbTransaction> BeginSnapshotAsync(CancellationToken cancellationToken) =>
        Task.FromResult<DbTransaction>(((SqliteConnection)Database.GetDbConnection()).BeginTransaction(deferred: true));

    /// <inheritdoc/>
    public override async Task<bool> ClearDeletedAsync(CancellationToken cancellationToken)
    {
        try
        {
            // What is deleted is overwritten at once (secure_delete); a new file has no trace of what was moved before that, either. Then the journal, which has the old pages.
            await Database.ExecuteSqlRawAsync("VACUUM", cancellationToken);
            await Database.OpenConnectionAsync(cancellationToken);
            await using var command = Database.GetDbConnection().CreateCommand();
            command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
            return await command.ExecuteScalarAsync(cancellationToken) is 0L;
        }
        catch (SqliteException e) when (e.SqliteErrorCode is Busy or Locked)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public override bool IsDuplicateKey(DbUpdateException e) =>
        e?.InnerException is SqliteException { SqliteExtendedErrorCode: ConstraintPrimaryKey or ConstraintUnique };
}

/// <summary>Sets what SQLite keeps per connection.</summary>
/// <remarks>
/// The journal is a write-ahead log, so that reading never waits for writing. Each commit is flushed to the disk
/// (<c>synchronous=FULL</c>): a message that was acknowledged is there after the process is killed and after the power fails. What is deleted is overwritten.
/// </remarks>
public sealed class SqliteConnectionSettings : DbConnectionInterceptor
{
    private const string Settings = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=10000; PRAGMA secure_delete=ON;";

    /// <inheritdoc/>
    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Apply(connection);

    /// <inheritdoc/>
    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Apply(connection);
        return Task.CompletedTask;
    }

    private static void Apply(DbConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Settings;
        command.ExecuteNonQuery();
    }
}
