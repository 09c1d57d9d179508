using System.Data;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Npgsql;

namespace DeEscalationBot.Host.Conversations.Storage.Postgres;

/// <summary>The tables in PostgreSQL, for more than one machine.</summary>
/// <param name="options">The options.</param>
public sealed class PostgresCoachDbContext(DbContextOptions<PostgresCoachDbContext> options) : CoachDbContext(options)
{
    /// <inheritdoc/>
    protected override string? BytewiseCollation => "C";

    /// <inheritdoc/>
    public override async Task<DateTimeOffset?> ReadClockAsync(CancellationToken cancellationToken) =>
        new DateTimeOffset(await Database.SqlQueryRaw<DateTime>("SELECT clock_timestamp() AT TIME ZONE 'UTC' AS \"Value\"").SingleAsync(cancellationToken), TimeSpan.Zero);

    /// <inheritdoc/>
    public override async Task<IAsyncDisposable?> BeAloneAsync(long what, CancellationToken cancellationToken)
    {
        // A connection of its own, which ends with the lock: the lock is the session's.
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(RelationalOptionsExtension.Extract(options).ConnectionString) { Pooling = false, CommandTimeout = 0 }.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            await using var command = new NpgsqlCommand("SELECT pg_advisory_lock($1)", connection) { Parameters = { new NpgsqlParameter { Value = what } } };
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InvalidCatalogName)
        {
            // There is no database yet: the first node makes it, and who else tries finds it made.
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }

        return connection;
    }

    /// <inheritdoc/>
    public override async Task<DbTransaction> BeginSnapshotAsync(CancellationToken cancellationToken) =>
        await Database.GetDbConnection().BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);

    /// <inheritdoc/>
    public override async Task<bool> ClearDeletedAsync(CancellationToken cancellationToken)
    {
        // The server keeps deleted rows until it tidies up, and its journal for as long as it is set to: with the keys gone, what stands there is noise.
        await Database.ExecuteSqlRawAsync("VACUUM (FULL) record_keys", cancellationToken);

        // These name the customer beside what is sealed.
        await Database.ExecuteSqlRawAsync("VACUUM (FULL) case_events", cancellationToken);
        await Database.ExecuteSqlRawAsync("VACUUM (FULL) case_index", cancellationToken);
        return true;
    }

    /// <inheritdoc/>
    public override bool IsDuplicateKey(DbUpdateException e) =>
        e?.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };
}
