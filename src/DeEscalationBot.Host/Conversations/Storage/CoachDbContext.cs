using DeEscalationBot.Core.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace DeEscalationBot.Host.Conversations.Storage;

/// <summary>The tables. One context type per database product, each with its migrations; mapping is the same for all.</summary>
/// <remarks>Instants are stored as UTC ticks (100 ns since year 1): SQLite cannot order a <see cref="DateTimeOffset"/>, and one way for both is one less surprise.</remarks>
/// <param name="options">The options.</param>
public abstract class CoachDbContext(DbContextOptions options) : DbContext(options)
{
    /// <summary>The record.</summary>
    public DbSet<ConversationEventRow> Events => Set<ConversationEventRow>();

    /// <summary>What lists show.</summary>
    public DbSet<ConversationSummaryRow> Summaries => Set<ConversationSummaryRow>();

    /// <summary>Alerts as they stand.</summary>
    public DbSet<AlertRow> Alerts => Set<AlertRow>();

    /// <summary>Proposed reviews.</summary>
    public DbSet<ReviewRow> Reviews => Set<ReviewRow>();

    /// <summary>The collation that orders text by its bytes, or nothing when that is the default.</summary>
    protected abstract string? BytewiseCollation { get; }

    /// <summary>Whether an error says that a row with the same key is there already.</summary>
    /// <param name="e">The error.</param>
    public abstract bool IsDuplicateKey(DbUpdateException e);

    /// <inheritdoc/>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        ArgumentNullException.ThrowIfNull(configurationBuilder);
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcTicksConverter>();
    }

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        ArgumentNullException.ThrowIfNull(modelBuilder);
        modelBuilder.Entity<ConversationEventRow>(e =>
        {
            e.ToTable("conversation_events");
            e.HasKey(r => new { r.ConversationId, r.Sequence });
            e.Property(r => r.ConversationId).HasMaxLength(ConversationId.MaxLength).UseCollation(BytewiseCollation);
            e.Property(r => r.Type).HasMaxLength(100);
        });
        modelBuilder.Entity<ConversationSummaryRow>(e =>
        {
            e.ToTable("conversation_summaries");
            e.HasKey(r => r.ConversationId);
            e.Property(r => r.ConversationId).HasMaxLength(ConversationId.MaxLength).UseCollation(BytewiseCollation);
            e.Property(r => r.Language).HasMaxLength(10);
            e.Property(r => r.Trend).HasConversion<string>().HasMaxLength(20);
            e.Property(r => r.CustomerId).HasMaxLength(200);
            e.Property(r => r.AgentId).HasMaxLength(200);
            e.HasIndex(r => new { r.Tension, r.ConversationId });
            e.HasIndex(r => r.WaitingDueAt);
        });
        modelBuilder.Entity<AlertRow>(e =>
        {
            e.ToTable("conversation_alerts");
            e.HasKey(r => r.AlertId);
            e.Property(r => r.AlertId).HasMaxLength(100);
            e.Property(r => r.ConversationId).HasMaxLength(ConversationId.MaxLength).UseCollation(BytewiseCollation);
            e.HasIndex(r => new { r.IsOpen, r.Urgency, r.RaisedAt });
        });
        modelBuilder.Entity<ReviewRow>(e =>
        {
            e.ToTable("conversation_reviews");
            e.HasKey(r => new { r.ConversationId, r.Sequence });
            e.Property(r => r.ConversationId).HasMaxLength(ConversationId.MaxLength).UseCollation(BytewiseCollation);
            e.Property(r => r.CustomerId).HasMaxLength(200);
            e.HasIndex(r => r.At);
        });
    }

    private sealed class UtcTicksConverter() : ValueConverter<DateTimeOffset, long>(at => at.UtcTicks, ticks => new DateTimeOffset(ticks, TimeSpan.Zero));
}
