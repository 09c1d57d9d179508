using DeEscalationBot.Core.Channels;
using DeEscalationBot.Host.Conversations.Storage;
using DeEscalationBot.Host.Conversations.Storage.Sealing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace DeEscalationBot.Host.Privacy.Retention;

/// <summary>How long conversations are kept (section <c>Retention</c>).</summary>
public sealed class RetentionOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Retention";

    /// <summary>The least: 1 day.</summary>
    public static readonly TimeSpan Least = TimeSpan.FromDays(1);

    /// <summary>The most: 10 years.</summary>
    public static readonly TimeSpan Most = TimeSpan.FromDays(3650);

    /// <summary>How long after its last event a closed conversation is erased; zero, the default, for never: how long is the company's to say, and what was erased does not come back.</summary>
    public TimeSpan EraseAfter { get; set; } = TimeSpan.Zero;

    /// <summary>How often it is looked for old ones: 1 hour; 1 minute to 1 day.</summary>
    public TimeSpan LookEvery { get; set; } = TimeSpan.FromHours(1);
}

/// <summary>Erases conversations that have become old enough, as an erasure on request does.</summary>
/// <remarks>
/// <para>
/// A conversation is closed when nobody has to do anything in it: no alert is open and no promise stands. Whether the customer's last word was answered does not count: after this time nobody waits for it.
/// </para>
/// <para>One node at a time: a row in the database is leased. A clock that was set back erases later, one that was set ahead is the same as time that went by: keep clocks right.</para>
/// </remarks>
/// <param name="eraser">Erases.</param>
/// <param name="contexts">The database.</param>
/// <param name="writer">Whose turn it is to write.</param>
/// <param name="options">How long.</param>
/// <param name="clock">The product's clock.</param>
/// <param name="logger">Counts and ids.</param>
public sealed partial class RetentionJob(
    SubjectEraser eraser, IDbContextFactory<CoachDbContext> contexts, RecordWriter writer, IOptions<RetentionOptions> options, TimeProvider clock, ILogger<RetentionJob> logger) : BackgroundService
{
    /// <summary>The most conversations of one receipt: 200.</summary>
    public const int AtOnce = 200;

    private const string Name = "retention";
    private const string By = "product";

    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(1);

    private readonly string _me = Guid.NewGuid().ToString("N");

    /// <summary>Erases what is old enough now.</summary>
    /// <param name="cancellationToken">Stops between two receipts.</param>
    /// <returns>How many conversations were erased; none where another node is at it.</returns>
    /// <exception cref="RecordUnavailableException">The database is away.</exception>
    public async Task<int> RunOnceAsync(CancellationToken cancellationToken)
    {
        var receipts = new List<ErasureReceipt>();
        var before = clock.GetUtcNow() - options.Value.EraseAfter;
        var left = new HashSet<string>(StringComparer.Ordinal);
        while (!cancellationToken.IsCancellationRequested && await TakeAsync() && await FindAsync(before, left, cancellationToken) is { Count: > 0 } old)
        {
            var receipt = await eraser.EraseOldAsync(old, before, By, (conversation, e) =>
            {
                LogNotErased(e, conversation.Value);
                left.Add(conversation.Value);
            });
            if (receipt is not null)
            {
                LogErased(receipt.Erased.Conversations, receipt.Id);
                receipts.Add(receipt);
            }
        }

        // Once for all of them: while the files are cleared, messages wait.
        if (receipts.Count > 0)
        {
            await eraser.ClearAsync(receipts);
        }

        await LeaveAsync();
        return receipts.Sum(r => r.Erased.Conversations);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.EraseAfter == TimeSpan.Zero)
        {
            return;
        }

        using var timer = new PeriodicTimer(options.Value.LookEvery, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    await RunOnceAsync(stoppingToken);
                }
                catch (Exception e) when (e is RecordUnavailableException or RecordKeyException)
                {
                    LogNotLooked(e);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task<IReadOnlyList<ConversationId>> FindAsync(DateTimeOffset before, IReadOnlySet<string> left, CancellationToken cancellationToken)
    {
        string[] without = [.. left];
        try
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            var ids = await SubjectEraser.OldIn(db, before).AsNoTracking()
                .Where(s => !without.Contains(s.ConversationId))
                .OrderBy(s => s.LastRecordedAt).Take(AtOnce).Select(s => s.ConversationId).ToListAsync(cancellationToken);
            return [.. ids.Select(ConversationId.Create)];
        }
        catch (Exception e) when (DatabaseFailure.IsBehind(e))
        {
            throw new RecordUnavailableException("The record cannot be read now.", e);
        }
    }

    private async Task<bool> TakeAsync()
    {
        var isMine = false;
        await writer.InTurnAsync(async () =>
        {
            await using var db = await contexts.CreateDbContextAsync();
            var now = clock.GetUtcNow();
            var (until, longest) = (now + Lease, now + Lease + ClockTolerance);
            await db.Database.ExecuteSqlAsync($"""INSERT INTO job_leases ("Name", "Holder", "Until") VALUES ({Name}, '', 0) ON CONFLICT DO NOTHING""");
            isMine = await db.JobLeases.Where(j => j.Name == Name && (j.Holder == _me || j.Until <= now || j.Until > longest))
                .ExecuteUpdateAsync(set => set.SetProperty(j => j.Until, until).SetProperty(j => j.Holder, _me)) == 1;
        });
        return isMine;
    }

    private Task LeaveAsync() => writer.InTurnAsync(async () =>
    {
        await using var db = await contexts.CreateDbContextAsync();
        var now = clock.GetUtcNow();
        await db.JobLeases.Where(j => j.Name == Name && j.Holder == _me).ExecuteUpdateAsync(set => set.SetProperty(j => j.Until, now));
    });

    [LoggerMessage(LogLevel.Information, "{Conversations} conversations had become old enough and were erased: receipt {Receipt}.")]
    private partial void LogErased(int conversations, string receipt);

    [LoggerMessage(LogLevel.Warning, "Conversation {Conversation} had become old enough, but could not be erased now; it is tried again at the next look.")]
    private partial void LogNotErased(Exception e, string conversation);

    [LoggerMessage(LogLevel.Warning, "It cannot be seen now which conversations are old enough to be erased; it is tried again.")]
    private partial void LogNotLooked(Exception e);
}

/// <summary>Who is at a job that one node does at a time.</summary>
public sealed class JobLeaseRow
{
    /// <summary>The job.</summary>
    public required string Name { get; init; }

    /// <summary>The node; empty for none.</summary>
    public required string Holder { get; init; }

    /// <summary>Until when it is theirs, UTC.</summary>
    public required DateTimeOffset Until { get; init; }
}
