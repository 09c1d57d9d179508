using DeEscalationBot.Host.Conversations.Storage.Postgres;
using DeEscalationBot.Host.Conversations.Storage.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace DeEscalationBot.Host.Conversations.Storage;

/// <summary>For <c>dotnet ef migrations add NAME --context SqliteCoachDbContext --output-dir Conversations/Storage/Sqlite/Migrations</c>. Opens nothing.</summary>
internal sealed class SqliteDesignTime : IDesignTimeDbContextFactory<SqliteCoachDbContext>
{
    public SqliteCoachDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqliteCoachDbContext>().UseSqlite("Data Source=design.db").Options);
}

/// <summary>For <c>dotnet ef migrations add NAME --context PostgresCoachDbContext --output-dir Conversations/Storage/Postgres/Migrations</c>. Opens nothing.</summary>
internal sealed class PostgresDesignTime : IDesignTimeDbContextFactory<PostgresCoachDbContext>
{
    public PostgresCoachDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<PostgresCoachDbContext>().UseNpgsql("Host=localhost").Options);
}
