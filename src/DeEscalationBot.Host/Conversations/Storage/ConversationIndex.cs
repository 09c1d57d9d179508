using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Conversations;
using DeEscalationBot.Core.Escalation;
using DeEscalationBot.Core.Scoring;
using Microsoft.EntityFrameworkCore;

namespace DeEscalationBot.Host.Conversations.Storage;

/// <summary>Reads the lists that follow from the record.</summary>
/// <remarks>Safe for concurrent use. Never behind the record: both are written in one transaction.</remarks>
/// <param name="contexts">The database.</param>
public sealed class ConversationIndex(IDbContextFactory<CoachDbContext> contexts)
{
    /// <summary>One page of the conversations, hottest first.</summary>
    /// <param name="query">What is asked for.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="RecordUnavailableException">The database cannot be read.</exception>
    public async Task<ConversationPage> ListAsync(ConversationQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        var rows = await ReadAsync(db =>
        {
            var found = db.Summaries.AsNoTracking().Where(r => r.Tension >= query.MinTension);
            if (query.ActiveSince is { } since)
            {
                found = found.Where(r => r.LastRecordedAt >= since);
            }

            if (query.After is { } after)
            {
#pragma warning disable CA1309 // Only this overload becomes SQL; the columns' collation orders by bytes.
                found = found.Where(r => r.Tension < after.Tension || (r.Tension == after.Tension && string.Compare(r.ConversationId, after.ConversationId) > 0));
#pragma warning restore CA1309
            }

            return found.OrderByDescending(r => r.Tension).ThenBy(r => r.ConversationId).Take(query.Limit + 1).ToListAsync(cancellationToken);
        }, cancellationToken);
        var page = rows.Take(query.Limit).ToArray();
        var next = rows.Count > query.Limit ? new HeatCursor(page[^1].Tension, page[^1].ConversationId) : null;
        return new ConversationPage([.. page.Select(SummaryOf)], next);
    }

    /// <summary>The alerts that nobody has settled yet, most urgent first, then oldest first.</summary>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="RecordUnavailableException">The database cannot be read.</exception>
    public async Task<IReadOnlyList<ConversationAlert>> ListOpenAlertsAsync(int limit, CancellationToken cancellationToken = default)
    {
        var rows = await ReadAsync(
            db => db.Alerts.AsNoTracking().Where(r => r.IsOpen).OrderByDescending(r => r.Urgency).ThenBy(r => r.RaisedAt).ThenBy(r => r.AlertId).Take(limit).ToListAsync(cancellationToken),
            cancellationToken);
        return [.. rows.Select(AlertOf)];
    }

    /// <summary>The alert with an id, or nothing.</summary>
    /// <param name="alertId">The id.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="RecordUnavailableException">The database cannot be read.</exception>
    public async Task<ConversationAlert?> FindAlertAsync(string alertId, CancellationToken cancellationToken = default)
    {
        var row = await ReadAsync(db => db.Alerts.AsNoTracking().SingleOrDefaultAsync(r => r.AlertId == alertId, cancellationToken), cancellationToken);
        return row is null ? null : AlertOf(row);
    }

    /// <summary>The proposed reviews (T8), newest first.</summary>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="RecordUnavailableException">The database cannot be read.</exception>
    public async Task<IReadOnlyList<ConversationReview>> ListReviewsAsync(int limit, CancellationToken cancellationToken = default)
    {
        var rows = await ReadAsync(
            db => db.Reviews.AsNoTracking().OrderByDescending(r => r.At).ThenBy(r => r.ConversationId).Take(limit).ToListAsync(cancellationToken),
            cancellationToken);
        return [.. rows.Select(r => new ConversationReview(ConversationId.Create(r.ConversationId), r.CustomerId, JsonSerializer.Deserialize<ProposedReview>(r.Payload, CoreJson.Options)!))];
    }

    /// <summary>The conversations that the clock has to look at (T12), longest due first.</summary>
    /// <param name="now">The product's clock.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="RecordUnavailableException">The database cannot be read.</exception>
    public async Task<IReadOnlyList<ConversationId>> ListWaitingAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default)
    {
        var ids = await ReadAsync(
            db => db.Summaries.AsNoTracking().Where(r => r.WaitingDueAt <= now).OrderBy(r => r.WaitingDueAt).Take(limit).Select(r => r.ConversationId).ToListAsync(cancellationToken),
            cancellationToken);
        return [.. ids.Select(ConversationId.Create)];
    }

    private async Task<T> ReadAsync<T>(Func<CoachDbContext, Task<T>> read, CancellationToken cancellationToken)
    {
        try
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            return await read(db);
        }
        catch (Exception e) when (DatabaseFailure.IsBehind(e))
        {
            throw new RecordUnavailableException("The record cannot be read now.", e);
        }
    }

    private static ConversationSummary SummaryOf(ConversationSummaryRow r) => new(
        ConversationId.Create(r.ConversationId),
        r.Sequence,
        r.Turns,
        MessageLanguageCodes.TryParse(r.Language, out var language) ? language : MessageLanguage.Undetermined,
        new Probability(r.Tension),
        r.Trend,
        r.Level,
        r.LastTextAt,
        r.LastRecordedAt,
        r.OpenAlerts,
        r.HighestUrgency,
        r.UnansweredSince,
        r.CustomerId,
        r.AgentId,
        r.Reviews);

    private static ConversationAlert AlertOf(AlertRow r) =>
        new(ConversationId.Create(r.ConversationId), JsonSerializer.Deserialize<Alert>(r.Payload, CoreJson.Options)!);
}

/// <summary>Where a page of conversations ended. As text it is opaque to callers.</summary>
/// <param name="Tension">Tension of the last conversation on the page.</param>
/// <param name="ConversationId">Its id.</param>
public sealed record HeatCursor(double Tension, string ConversationId)
{
    /// <summary>Reads a cursor that a page gave out.</summary>
    /// <param name="text">The cursor as text.</param>
    /// <param name="cursor">The cursor, when the answer is true.</param>
    public static bool TryParse(string text, out HeatCursor? cursor)
    {
        ArgumentNullException.ThrowIfNull(text);
        cursor = null;
        var buffer = new byte[text.Length];
        if (Base64Url.DecodeFromChars(text, buffer, out _, out var length) != OperationStatus.Done)
        {
            return false;
        }

        var plain = Encoding.UTF8.GetString(buffer, 0, length);
        var bar = plain.IndexOf('|', StringComparison.Ordinal);
        if (bar < 0 || !double.TryParse(plain.AsSpan(0, bar), NumberStyles.Float, CultureInfo.InvariantCulture, out var tension) || tension is not (>= 0 and <= 1)
            || !Core.Channels.ConversationId.TryCreate(plain[(bar + 1)..], out var id))
        {
            return false;
        }

        cursor = new HeatCursor(tension, id.Value);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes(Tension.ToString("R", CultureInfo.InvariantCulture) + "|" + ConversationId));
}
