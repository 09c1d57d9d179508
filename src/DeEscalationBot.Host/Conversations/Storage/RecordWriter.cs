using DeEscalationBot.Core.Conversations;
using DeEscalationBot.Host.Conversations.Storage.Sealing;
using Microsoft.Extensions.Options;

namespace DeEscalationBot.Host.Conversations.Storage;

/// <summary>Lets everybody of this host who writes to the database write in turn, where the database takes one writer at a time.</summary>
/// <remarks>SQLite lets one writer in and the others poll for their turn; waiting in line here is faster and fair. Safe for concurrent use.</remarks>
/// <param name="options">Which database.</param>
public sealed class RecordWriter(IOptions<StorageOptions> options) : IDisposable
{
    private readonly SemaphoreSlim? _oneWriter = options.Value.Provider == StorageProvider.Sqlite ? new SemaphoreSlim(1) : null;

    /// <summary>Writes when it is its turn.</summary>
    /// <param name="write">What writes. Must not call this again.</param>
    /// <exception cref="RecordUnavailableException">The database cannot be written, or it is not known whether it was.</exception>
    public async Task InTurnAsync(Func<Task> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        if (_oneWriter is not null)
        {
            await _oneWriter.WaitAsync();
        }

        try
        {
            await write();
        }
        catch (Exception e) when (e is not (ConcurrentAppendException or ConversationClosedException) && DatabaseFailure.IsBehind(e))
        {
            throw new RecordUnavailableException("The record cannot be written now.", e);
        }
        finally
        {
            _oneWriter?.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _oneWriter?.Dispose();
}

/// <summary>Writes rows of its own in the transaction of the events that call for them.</summary>
/// <remarks>For instance the outbox: what goes out is on the disk exactly when the event is.</remarks>
public interface IRecordCompanion
{
    /// <summary>Adds rows. Must not save, and must not fail for a legal event.</summary>
    /// <param name="db">The transaction's tables.</param>
    /// <param name="key">What texts of this conversation are sealed with.</param>
    /// <param name="after">The conversation with the events applied.</param>
    /// <param name="events">The events.</param>
    /// <param name="first">The place of the first event.</param>
    void Write(CoachDbContext db, RecordKey key, Conversation after, IReadOnlyList<ConversationEvent> events, long first);

    /// <summary>The transaction is on the disk.</summary>
    void Written();
}
