using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Coaching;
using DeEscalationBot.Core.Coaching.DraftReview;
using DeEscalationBot.Core.Conversations;
using DeEscalationBot.Core.Pipeline;
using DeEscalationBot.Host.Conversations.Grains;
using DeEscalationBot.Host.Conversations.Storage;
using DeEscalationBot.Host.Delivery.LiveView;
using Orleans.Concurrency;

namespace DeEscalationBot.Host.Conversations;

/// <inheritdoc cref="IConversationDesk"/>
/// <param name="grains">Where changes go.</param>
/// <param name="log">Where conversations are read.</param>
/// <param name="index">Where lists are read.</param>
/// <param name="feed">What is live.</param>
/// <param name="reviewer">Reviews drafts.</param>
/// <param name="coach">Finds other words.</param>
public sealed class ConversationDesk(
    IGrainFactory grains,
    ConversationLog log,
    ConversationIndex index,
    LiveFeed feed,
    DraftReviewer reviewer,
    TechniqueCoach coach) : IConversationDesk
{
    /// <inheritdoc/>
    public async Task<TurnOutcome> ReceiveAsync(ConversationId conversation, InboundMessage message, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (string.IsNullOrWhiteSpace(message.Text) || message.Text.Length > MessageText.MaxLength)
        {
            throw new ArgumentException($"The text must have 1 to {MessageText.MaxLength} UTF-16 units and hold more than white space.", nameof(message));
        }

        var mended = message with { Text = MessageText.Mend(message.Text) };
        return (await GrainOf(conversation).ReceiveAsync(mended.AsImmutable()).WaitAsync(cancellationToken)).Value;
    }

    /// <inheritdoc/>
    public async Task<Conversation?> ReadAsync(ConversationId conversation, CancellationToken cancellationToken = default)
    {
        var state = await log.LoadAsync(conversation, cancellationToken);
        return state.Sequence == 0 ? null : state;
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<RecordedEvent>> ReadEventsAsync(ConversationId conversation, long after, CancellationToken cancellationToken = default) =>
        log.ReadAsync(conversation, after, cancellationToken);

    /// <inheritdoc/>
    public Task<ConversationPage> ListAsync(ConversationQuery query, CancellationToken cancellationToken = default) => index.ListAsync(query, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ConversationAlert>> ListOpenAlertsAsync(int limit = 100, CancellationToken cancellationToken = default) =>
        index.ListOpenAlertsAsync(limit, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ConversationReview>> ListReviewsAsync(int limit = 100, CancellationToken cancellationToken = default) =>
        index.ListReviewsAsync(limit, cancellationToken);

    /// <inheritdoc/>
    public async Task<AlertChange> AcknowledgeAsync(string alertId, string by, CancellationToken cancellationToken = default) =>
        await index.FindAlertAsync(alertId, cancellationToken) is { } found
            ? (await GrainOf(found.Conversation).AcknowledgeAsync(alertId, by).WaitAsync(cancellationToken)).Value
            : new AlertChange(AlertChangeResult.NotFound, null);

    /// <inheritdoc/>
    public async Task<AlertChange> ResolveAsync(string alertId, string by, string? note, CancellationToken cancellationToken = default) =>
        await index.FindAlertAsync(alertId, cancellationToken) is { } found
            ? (await GrainOf(found.Conversation).ResolveAsync(alertId, by, note).WaitAsync(cancellationToken)).Value
            : new AlertChange(AlertChangeResult.NotFound, null);

    /// <inheritdoc/>
    public async Task<Conversation?> RequestHandoverAsync(ConversationId conversation, string by, CancellationToken cancellationToken = default) =>
        await GrainOf(conversation).RequestHandoverAsync(by).WaitAsync(cancellationToken) ? await ReadAsync(conversation, cancellationToken) : null;

    /// <inheritdoc/>
    public async Task<DraftReviewResult> ReviewDraftAsync(ConversationId? conversation, string text, DraftKind kind = DraftKind.Reply, CancellationToken cancellationToken = default)
    {
        var state = conversation is { } id ? await ReadAsync(id, cancellationToken) : null;
        var request = new DraftRequest(
            MessageText.Mend(text),
            MessageLanguage.Undetermined,
            state?.Language ?? MessageLanguage.Undetermined,
            kind,
            state is null ? [] : [.. state.CustomerTurns.Select(t => t.Text)]);
        return reviewer.Review(request);
    }

    /// <inheritdoc/>
    public async Task<Suggestion?> RewordAsync(ConversationId conversation, int variant, CancellationToken cancellationToken = default) =>
        await ReadAsync(conversation, cancellationToken) is { Suggestions.IsEmpty: false } state
            ? coach.Reword(state, state.Suggestions.Keys.Max(), variant)
            : null;

    /// <inheritdoc/>
    public IAsyncEnumerable<ConversationChange> SubscribeAsync(ConversationId? conversation, CancellationToken cancellationToken = default) =>
        feed.SubscribeAsync(conversation, cancellationToken);

    private IConversationGrain GrainOf(ConversationId conversation) => grains.GetGrain<IConversationGrain>(conversation.Value);
}
