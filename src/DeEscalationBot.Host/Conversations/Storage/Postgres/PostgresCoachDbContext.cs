using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace DeEscalationBot.Host.Conversations.Storage.Postgres;

/// <summary>The tables in PostgreSQL, for more than one machine.</summary>
/// <param name="options">The options.</param>
public sealed class PostgresCoachDbContext(DbContextOptions<PostgresCoachDbContext> options) : CoachDbContext(options)
{
    /// <inheritdoc/>
    protected override string? BytewiseCollation => "C";

    /// <inheritdoc/>
    public override bool IsDuplicateKey(DbUpdateException e) =>
        e?.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };
}
