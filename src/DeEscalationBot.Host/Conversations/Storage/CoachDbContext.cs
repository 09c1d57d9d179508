using System.Data.Common;
using DeEscalationBot.Core.Cases;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Host.Access.Keys;
using DeEscalationBot.Host.Cases.Storage;
using DeEscalationBot.Host.Conversations.Storage.Sealing;
using DeEscalationBot.Host.Privacy.Audit;
using DeEscalationBot.Host.Privacy.Retention;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace DeEscalationBot.Host.Conversations.Storage;

/// <summary>The tables. One context type per database product, each with its migrations; mapping is the same for all.</summary>
/// <remarks>Instants are stored as UTC ticks (100 ns since year 1): SQLite cannot order a <see cref="DateTimeOffset"/>, and one way for both is one less surprise.</remarks>
/// <param name="options">The options.</param>
public abstract class CoachDbContext(DbContextOptions options) : DbContext(options)
{
    // 200 characters of up to four bytes, with nonce and tag, in base64.
    private const int LongestSealedId = 1200;

    /// <summary>The record.</summary>
    public DbSet<ConversationEventRow> Events => Set<ConversationEventRow>();

    /// <summary>What lists show.</summary>
    public DbSet<ConversationSummaryRow> Summaries => Set<ConversationSummaryRow>();

    /// <summary>Alerts as they stand.</summary>
    public DbSet<AlertRow> Alerts => Set<AlertRow>();

    /// <summary>Follow-ups as they stand.</summary>
    public DbSet<FollowUpRow> FollowUps => Set<FollowUpRow>();

    /// <summary>What is spent of the goodwill allowance.</summary>
    public DbSet<GoodwillLedgerRow> GoodwillLedger => Set<GoodwillLedgerRow>();

    /// <summary>What was given of it.</summary>
    public DbSet<GoodwillRow> Goodwill => Set<GoodwillRow>();

    /// <summary>Proposed reviews.</summary>
    public DbSet<ReviewRow> Reviews => Set<ReviewRow>();

    /// <summary>What goes out.</summary>
    public DbSet<OutboxRow> Outbox => Set<OutboxRow>();

    /// <summary>Who is on duty, as the API set it.</summary>
    public DbSet<DutyShiftRow> DutyShifts => Set<DutyShiftRow>();

    /// <summary>Conversations of channels that the bot may go on with.</summary>
    public DbSet<BotConversationRow> BotConversations => Set<BotConversationRow>();

    /// <summary>What the bot remembers of agents.</summary>
    public DbSet<BotCaseRow> BotCases => Set<BotCaseRow>();

    /// <summary>The bot's answers, and whether they were of use.</summary>
    public DbSet<BotAnswerRow> BotAnswers => Set<BotAnswerRow>();

    /// <summary>Where supervisors asked for alerts in Teams.</summary>
    public DbSet<BotAlertPlaceRow> BotAlertPlaces => Set<BotAlertPlaceRow>();

    /// <summary>The cards of alerts that were sent.</summary>
    public DbSet<BotAlertCardRow> BotAlertCards => Set<BotAlertCardRow>();

    /// <summary>The customers' chats that agents took in channels.</summary>
    public DbSet<BotChatRow> BotChats => Set<BotChatRow>();

    /// <summary>Whose conversations are.</summary>
    public DbSet<ConversationOwnerRow> Owners => Set<ConversationOwnerRow>();

    /// <summary>The record of customers and cases.</summary>
    public DbSet<CaseEventRow> CaseEvents => Set<CaseEventRow>();

    /// <summary>What lists show of customers and cases.</summary>
    public DbSet<CaseIndexRow> CaseIndex => Set<CaseIndexRow>();

    /// <summary>The keys of programs.</summary>
    public DbSet<ApiKeyRow> ApiKeys => Set<ApiKeyRow>();

    /// <summary>What the texts of the record are sealed with.</summary>
    public DbSet<RecordKeyRow> RecordKeys => Set<RecordKeyRow>();

    /// <summary>Which conversations are of which customer.</summary>
    public DbSet<RecordSubjectRow> RecordSubjects => Set<RecordSubjectRow>();

    /// <summary>What was erased.</summary>
    public DbSet<ErasureRow> Erasures => Set<ErasureRow>();

    /// <summary>Who saw and did what.</summary>
    public DbSet<AuditRow> Audit => Set<AuditRow>();

    /// <summary>Who is at which job.</summary>
    public DbSet<JobLeaseRow> JobLeases => Set<JobLeaseRow>();

    /// <summary>The keys of Data Protection, where they are kept here.</summary>
    public DbSet<ProtectionKeyRow> ProtectionKeys => Set<ProtectionKeyRow>();

    /// <summary>The collation that orders text by its bytes, or nothing when that is the default.</summary>
    protected abstract string? BytewiseCollation { get; }

    /// <summary>Whether an error says that a row with the same key is there already.</summary>
    /// <param name="e">The error.</param>
    public abstract bool IsDuplicateKey(DbUpdateException e);

    /// <summary>What time it is on the database's own machine, or nothing when it has none of its own.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    public abstract Task<DateTimeOffset?> ReadClockAsync(CancellationToken cancellationToken);

    /// <summary>Waits until no other node does what a number stands for; whoever has it is alone at it until it is disposed of, or its connection ends.</summary>
    /// <param name="what">The number.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>What lets the next in; nothing where there can be no other.</returns>
    public abstract Task<IAsyncDisposable?> BeAloneAsync(long what, CancellationToken cancellationToken);

    /// <summary>Begins a transaction that sees the database as it is now for as long as it lasts, and keeps nobody from writing.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    public abstract Task<DbTransaction> BeginSnapshotAsync(CancellationToken cancellationToken);

    /// <summary>Takes the bytes of what was deleted out of the files of the database, as far as the product can: all of them (SQLite), or those of the keys (PostgreSQL).</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>False when others used the database, so that it could not be done.</returns>
    public abstract Task<bool> ClearDeletedAsync(CancellationToken cancellationToken);

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
            e.Property(r => r.CustomerId).HasMaxLength(LongestSealedId);
            e.Property(r => r.AgentId).HasMaxLength(200);
            e.HasIndex(r => new { r.Tension, r.ConversationId });
            e.HasIndex(r => r.WaitingDueAt);
            e.HasIndex(r => r.ErasedAt);

            // Whoever writes to a conversation that is erased meanwhile changes no row, and loses.
            e.Property(r => r.ErasedAt).IsConcurrencyToken();
        });
        modelBuilder.Entity<AlertRow>(e =>
        {
            e.ToTable("conversation_alerts");
            e.HasKey(r => r.AlertId);
            e.Property(r => r.AlertId).HasMaxLength(100);
            e.Property(r => r.ConversationId).HasMaxLength(ConversationId.MaxLength).UseCollation(BytewiseCollation);
            e.HasIndex(r => new { r.IsOpen, r.Urgency, r.RaisedAt });
            e.HasIndex(r => r.DueAt);
            e.HasIndex(r => r.RaisedAt);
        });
        modelBuilder.Entity<FollowUpRow>(e =>
        {
            e.ToTable("follow_ups");
            e.HasKey(r => new { r.ConversationId, r.FollowUpId });
            e.Property(r => r.ConversationId).HasMaxLength(ConversationId.MaxLength).UseCollation(BytewiseCollation);
            e.Property(r => r.FollowUpId).HasMaxLength(100);
            e.Property(r => r.AgentId).HasMaxLength(200);
            e.Property(r => r.CustomerId).HasMaxLength(LongestSealedId);
            e.HasIndex(r => r.DueAt);
            e.HasIndex(r => new { r.State, r.PromisedFor });
        });
        modelBuilder.Entity<GoodwillLedgerRow>(e =>
        {
            e.ToTable("goodwill_ledger");
            e.HasKey(r => new { r.Month, r.Currency, r.AgentId });
            e.Property(r => r.Month).HasMaxLength(7);
            e.Property(r => r.Currency).HasMaxLength(3);
            e.Property(r => r.AgentId).HasMaxLength(200);
        });
        modelBuilder.Entity<GoodwillRow>(e =>
        {
            e.ToTable("goodwill_gestures");
            e.HasKey(r => new { r.ConversationId, r.GestureId });
            e.Property(r => r.ConversationId).HasMaxLength(ConversationId.MaxLength).UseCollation(BytewiseCollation);
            e.Property(r => r.GestureId).HasMaxLength(100);
            e.Property(r => r.Month).HasMaxLength(7);
            e.Property(r => r.Currency).HasMaxLength(3);
            e.HasIndex(r => r.Month);
        });
        modelBuilder.Entity<OutboxRow>(e =>
        {
            e.ToTable("outbox");
            e.HasKey(r => r.DeliveryId);
            e.Property(r => r.DeliveryId).HasMaxLength(100);
            e.Property(r => r.Sink).HasMaxLength(200);
            e.Property(r => r.ConversationId).HasMaxLength(ConversationId.MaxLength).UseCollation(BytewiseCollation);
            e.Property(r => r.AlertId).HasMaxLength(100);
            e.Property(r => r.Type).HasMaxLength(100);
            e.HasIndex(r => new { r.State, r.Sink, r.DueAt });
            e.HasIndex(r => new { r.Sink, r.ConversationId, r.State, r.Sequence });
        });
        modelBuilder.Entity<DutyShiftRow>(e =>
        {
            e.ToTable("duty_shifts");
            e.HasKey(r => r.ShiftId);
            e.Property(r => r.ShiftId).HasMaxLength(100);
            e.Property(r => r.Person).HasMaxLength(200);
            e.Property(r => r.Email).HasMaxLength(320);
            e.HasIndex(r => r.Until);
        });
        modelBuilder.Entity<BotConversationRow>(e =>
        {
            e.ToTable("bot_conversations");
            e.HasKey(r => new { r.TenantId, r.ChannelId, r.ConversationId });
            e.Property(r => r.TenantId).HasMaxLength(100).UseCollation(BytewiseCollation);
            e.Property(r => r.ChannelId).HasMaxLength(100).UseCollation(BytewiseCollation);
            e.Property(r => r.ConversationId).HasMaxLength(500).UseCollation(BytewiseCollation);
            e.Property(r => r.ConversationType).HasMaxLength(50);
            e.Property(r => r.UserDirectoryId).HasMaxLength(100);
            e.Property(r => r.TeamId).HasMaxLength(500);
            e.HasIndex(r => r.UserDirectoryId);
        });
        modelBuilder.Entity<BotAlertPlaceRow>(e =>
        {
            e.ToTable("bot_alert_places");
            e.HasKey(r => new { r.TenantId, r.ConversationId });
            e.Property(r => r.TenantId).HasMaxLength(100).UseCollation(BytewiseCollation);
            e.Property(r => r.ConversationId).HasMaxLength(500).UseCollation(BytewiseCollation);
            e.Property(r => r.ConversationType).HasMaxLength(50);
            e.Property(r => r.TeamId).HasMaxLength(500);
            e.Property(r => r.Language).HasMaxLength(10);
        });
        modelBuilder.Entity<BotAlertCardRow>(e =>
        {
            e.ToTable("bot_alert_cards");
            e.HasKey(r => new { r.AlertId, r.Place });
            e.Property(r => r.AlertId).HasMaxLength(100);
            e.Property(r => r.Place).HasMaxLength(600).UseCollation(BytewiseCollation);
            e.Property(r => r.Sink).HasMaxLength(200);
            e.Property(r => r.ConversationId).HasMaxLength(500).UseCollation(BytewiseCollation);
            e.Property(r => r.ActivityId).HasMaxLength(300).UseCollation(BytewiseCollation);
            e.Property(r => r.Language).HasMaxLength(10);
            e.HasIndex(r => r.At);
        });
        modelBuilder.Entity<BotChatRow>(e =>
        {
            e.ToTable("bot_chats");
            e.HasKey(r => r.ConversationId);
            e.Property(r => r.ConversationId).HasMaxLength(ConversationId.MaxLength).UseCollation(BytewiseCollation);
            e.Property(r => r.AgentId).HasMaxLength(200).UseCollation(BytewiseCollation);
            e.Property(r => r.ChannelId).HasMaxLength(100).UseCollation(BytewiseCollation);
            e.Property(r => r.Place).HasMaxLength(500).UseCollation(BytewiseCollation);
            e.Property(r => r.Language).HasMaxLength(10);
            e.HasIndex(r => r.AgentId);
        });
        modelBuilder.Entity<BotCaseRow>(e =>
        {
            e.ToTable("bot_cases");
            e.HasKey(r => r.AgentKey);
            e.Property(r => r.AgentKey).HasMaxLength(64).UseCollation(BytewiseCollation);
            e.Property(r => r.Language).HasMaxLength(10);
        });
        modelBuilder.Entity<BotAnswerRow>(e =>
        {
            e.ToTable("bot_answers");
            e.HasKey(r => r.AnswerKey);
            e.Property(r => r.AnswerKey).HasMaxLength(64).UseCollation(BytewiseCollation);
            e.Property(r => r.Day).HasMaxLength(10);
            e.Property(r => r.Technique).HasMaxLength(50);
        });
        modelBuilder.Entity<ConversationOwnerRow>(e =>
        {
            e.ToTable("conversation_owners");
            e.HasKey(r => r.ConversationId);
            e.Property(r => r.ConversationId).HasMaxLength(ConversationId.MaxLength).UseCollation(BytewiseCollation);
            e.Property(r => r.Team).HasMaxLength(ConversationTeams.MaxLength).UseCollation(BytewiseCollation);
            e.Property(r => r.AgentId).HasMaxLength(200).UseCollation(BytewiseCollation);
            e.HasIndex(r => r.Team);
            e.HasIndex(r => r.AgentId);
        });
        modelBuilder.Entity<CaseEventRow>(e =>
        {
            e.ToTable("case_events");
            e.HasKey(r => new { r.Kind, r.StreamId, r.Sequence });
            e.Property(r => r.Kind).HasConversion<string>().HasMaxLength(20).UseCollation(BytewiseCollation);
            e.Property(r => r.StreamId).HasMaxLength(CaseText.MaxIdLength).UseCollation(BytewiseCollation);
            e.Property(r => r.CustomerId).HasMaxLength(CaseText.MaxIdLength).UseCollation(BytewiseCollation);
            e.Property(r => r.By).HasMaxLength(CaseText.MaxIdLength);
            e.Property(r => r.Type).HasMaxLength(100);
            e.HasIndex(r => r.CustomerId);
        });
        modelBuilder.Entity<CaseIndexRow>(e =>
        {
            e.ToTable("case_index");
            e.HasKey(r => new { r.Kind, r.CaseId });
            e.Property(r => r.Kind).HasConversion<string>().HasMaxLength(20).UseCollation(BytewiseCollation);
            e.Property(r => r.CaseId).HasMaxLength(CaseText.MaxIdLength).UseCollation(BytewiseCollation);
            e.Property(r => r.CustomerId).HasMaxLength(CaseText.MaxIdLength).UseCollation(BytewiseCollation);
            e.Property(r => r.Team).HasMaxLength(ConversationTeams.MaxLength).UseCollation(BytewiseCollation);
            e.Property(r => r.Owner).HasMaxLength(CaseText.MaxIdLength);
            e.Property(r => r.Stage).HasMaxLength(50);
            e.Property(r => r.Outcome).HasMaxLength(50);
            e.HasIndex(r => new { r.Kind, r.OpenedAt });

            // Of a customer at most one case of a kind is open, whatever two people do at once.
            e.HasIndex(r => new { r.CustomerId, r.Kind }).IsUnique().HasFilter("\"IsOpen\"");
        });
        modelBuilder.Entity<ApiKeyRow>(e =>
        {
            e.ToTable("api_keys");
            e.HasKey(r => r.KeyId);
            e.Property(r => r.KeyId).HasMaxLength(32).UseCollation(BytewiseCollation);
            e.Property(r => r.Name).HasMaxLength(100);
            e.Property(r => r.Hash).HasMaxLength(64);
            e.Property(r => r.CreatedBy).HasMaxLength(200);
        });
        modelBuilder.Entity<RecordKeyRow>(e =>
        {
            e.ToTable("record_keys");
            e.HasKey(r => r.Owner);
            e.Property(r => r.Owner).HasMaxLength(ConversationId.MaxLength + 20).UseCollation(BytewiseCollation);
            e.Property(r => r.Wrapped).HasMaxLength(1000);
        });
        modelBuilder.Entity<RecordSubjectRow>(e =>
        {
            e.ToTable("record_subjects");
            e.HasKey(r => new { r.Subject, r.ConversationId });
            e.Property(r => r.Subject).HasMaxLength(64).UseCollation(BytewiseCollation);
            e.Property(r => r.ConversationId).HasMaxLength(ConversationId.MaxLength).UseCollation(BytewiseCollation);
            e.HasIndex(r => r.ConversationId);
        });
        modelBuilder.Entity<ErasureRow>(e =>
        {
            e.ToTable("erasures");
            e.HasKey(r => r.ReceiptId);
            e.Property(r => r.ReceiptId).HasMaxLength(40).UseCollation(BytewiseCollation);
            e.HasIndex(r => r.At);
        });
        modelBuilder.Entity<AuditRow>(e =>
        {
            e.ToTable("audit_log");
            e.HasKey(r => r.Number);
            e.Property(r => r.Number).ValueGeneratedNever();
            e.Property(r => r.Actor).HasMaxLength(300);
            e.Property(r => r.Action).HasMaxLength(100);
            e.Property(r => r.Target).HasMaxLength(300);
            e.Property(r => r.Once).HasMaxLength(600).UseCollation(BytewiseCollation);
            e.Property(r => r.Hash).HasMaxLength(64);
            e.HasIndex(r => r.Once).IsUnique();
        });
        modelBuilder.Entity<JobLeaseRow>(e =>
        {
            e.ToTable("job_leases");
            e.HasKey(r => r.Name);
            e.Property(r => r.Name).HasMaxLength(50);
            e.Property(r => r.Holder).HasMaxLength(50);
        });
        modelBuilder.Entity<ProtectionKeyRow>(e =>
        {
            e.ToTable("protection_keys");
            e.HasKey(r => r.Name);
            e.Property(r => r.Name).HasMaxLength(200).UseCollation(BytewiseCollation);
        });
        modelBuilder.Entity<ReviewRow>(e =>
        {
            e.ToTable("conversation_reviews");
            e.HasKey(r => new { r.ConversationId, r.Sequence });
            e.Property(r => r.ConversationId).HasMaxLength(ConversationId.MaxLength).UseCollation(BytewiseCollation);
            e.Property(r => r.CustomerId).HasMaxLength(LongestSealedId);
            e.HasIndex(r => r.At);
        });
    }

    private sealed class UtcTicksConverter() : ValueConverter<DateTimeOffset, long>(at => at.UtcTicks, ticks => new DateTimeOffset(ticks, TimeSpan.Zero));
}
