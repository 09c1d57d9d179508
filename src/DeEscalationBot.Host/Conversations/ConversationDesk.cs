using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Coaching;
using DeEscalationBot.Core.Coaching.DraftReview;
using DeEscalationBot.Core.Conversations;
using DeEscalationBot.Core.Escalation;
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
/// <param name="writer">Whose turn it is to write.</param>
/// <param name="feed">What is live.</param>
/// <param name="reviewer">Reviews drafts.</param>
/// <param name="coach">Finds other words.</param>
/// <param name="goodwill">What may be given.</param>
/// <param name="clock">The product's clock.</param>
public sealed class ConversationDesk(
    IGrainFactory grains,
    ConversationLog log,
    ConversationIndex index,
    RecordWriter writer,
    LiveFeed feed,
    DraftReviewer reviewer,
    TechniqueCoach coach,
    GoodwillAllowance goodwill,
    TimeProvider clock) : IConversationDesk
{
    /// <summary>The key of the desk that asks nobody who they are: for the product's own work and for channels that know their callers. Everybody else gets the guarded one.</summary>
    public const string Unguarded = "unguarded";

    /// <inheritdoc/>
    public async Task<TurnOutcome> ReceiveAsync(ConversationId conversation, InboundMessage message, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (string.IsNullOrWhiteSpace(message.Text) || message.Text.Length > MessageText.MaxLength)
        {
            throw new ArgumentException($"The text must have 1 to {MessageText.MaxLength} UTF-16 units and hold more than white space.", nameof(message));
        }

        await NameOwnerAsync(conversation, message, cancellationToken);
        var mended = message with { Text = MessageText.Mend(message.Text) };
        return (await GrainOf(conversation).ReceiveAsync(mended.AsImmutable()).WaitAsync(cancellationToken)).Value;
    }

    // Before the message itself, so that nobody else sees it first. A message that comes again changes nothing: it may be older than who has the conversation now.
    private async Task NameOwnerAsync(ConversationId conversation, InboundMessage message, CancellationToken cancellationToken)
    {
        if (message is { Team: null, AgentId: null })
        {
            return;
        }

        var owner = await index.FindOwnerAsync(conversation, cancellationToken);
        var isSame = owner is { } known && (message.Team is null || message.Team == known.Team) && (message.AgentId is null || message.AgentId == known.AgentId);
        if (!isSame && (owner is null || (await log.LoadAsync(conversation, cancellationToken)).FindTurn(message.Id) is null))
        {
            await index.SetOwnerAsync(writer, conversation, message.Team, message.AgentId);
        }
    }

    /// <inheritdoc/>
    public async Task<Conversation?> ReadAsync(ConversationId conversation, CancellationToken cancellationToken = default)
    {
        var state = await log.LoadAsync(conversation, cancellationToken);
        return state.Sequence == 0 ? null : state;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<CurvePoint>> ReadTensionAsync(ConversationId conversation, CancellationToken cancellationToken = default) =>
        CurvePoint.Of(await log.LoadAsync(conversation, cancellationToken));

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
    public Task<IReadOnlyList<ConversationAlert>> ListAlertsAsync(AlertQuery query, CancellationToken cancellationToken = default) => index.ListAlertsAsync(query, cancellationToken);

    /// <inheritdoc/>
    public Task<ConversationAlert?> FindAlertAsync(string alertId, CancellationToken cancellationToken = default) => index.FindAlertAsync(alertId, cancellationToken);

    /// <inheritdoc/>
    public Task<AlertChange> AcknowledgeAsync(string alertId, string by, CancellationToken cancellationToken = default) =>
        MoveAsync(alertId, new AlertMove(AlertMoveKind.Acknowledge, by), cancellationToken);

    /// <inheritdoc/>
    public Task<AlertChange> ResolveAsync(string alertId, string by, string? note, CancellationToken cancellationToken = default) =>
        MoveAsync(alertId, new AlertMove(AlertMoveKind.Resolve, by, note), cancellationToken);

    /// <inheritdoc/>
    public async Task<AlertChange> MoveAsync(string alertId, AlertMove move, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(move);
        return await index.FindAlertAsync(alertId, cancellationToken) is { } found
            ? (await GrainOf(found.Conversation).MoveAsync(alertId, (move with { Text = move.Text is null ? null : MessageText.Mend(move.Text) }).AsImmutable()).WaitAsync(cancellationToken)).Value
            : new AlertChange(AlertChangeResult.NotFound, null);
    }

    /// <inheritdoc/>
    public async Task MarkDeliveredAsync(string alertId, string sink, CancellationToken cancellationToken = default)
    {
        if (await index.FindAlertAsync(alertId, cancellationToken) is { Alert.State: AlertState.Raised } found)
        {
            await GrainOf(found.Conversation).MarkDeliveredAsync(alertId, sink).WaitAsync(cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async Task<Conversation?> RequestHandoverAsync(ConversationId conversation, string by, CancellationToken cancellationToken = default) =>
        await GrainOf(conversation).RequestHandoverAsync(by).WaitAsync(cancellationToken) ? await ReadAsync(conversation, cancellationToken) : null;

    /// <inheritdoc/>
    public async Task<Conversation?> ChangeChecklistAsync(ConversationId conversation, ChecklistChange change, string by, CancellationToken cancellationToken = default) =>
        await GrainOf(conversation).ChangeChecklistAsync(change.AsImmutable(), by).WaitAsync(cancellationToken) ? await ReadAsync(conversation, cancellationToken) : null;

    /// <inheritdoc/>
    public async Task<FollowUpOutcome> ChangeFollowUpAsync(ConversationId conversation, FollowUpChange change, string by, CancellationToken cancellationToken = default) =>
        (await GrainOf(conversation).ChangeFollowUpAsync(change.AsImmutable(), by).WaitAsync(cancellationToken)).Value;

    /// <inheritdoc/>
    public Task<IReadOnlyList<ConversationFollowUp>> ListFollowUpsAsync(FollowUpQuery query, CancellationToken cancellationToken = default) => index.ListFollowUpsAsync(query, cancellationToken);

    /// <inheritdoc/>
    public async Task<GoodwillOutcome> GiveGoodwillAsync(ConversationId conversation, GoodwillWish wish, CancellationToken cancellationToken = default) =>
        (await GrainOf(conversation).GiveGoodwillAsync(wish.AsImmutable()).WaitAsync(cancellationToken)).Value;

    /// <inheritdoc/>
    public async Task<GoodwillOutcome> TakeGoodwillBackAsync(ConversationId conversation, string gestureId, string by, CancellationToken cancellationToken = default) =>
        (await GrainOf(conversation).TakeGoodwillBackAsync(gestureId, by).WaitAsync(cancellationToken)).Value;

    /// <inheritdoc/>
    public async Task<GoodwillLeft?> ReadGoodwillLeftAsync(ConversationId conversation, string agent, CancellationToken cancellationToken = default)
    {
        if (!goodwill.IsOffered)
        {
            return null;
        }

        var month = goodwill.MonthOf(clock.GetUtcNow());
        var currency = goodwill.Settings.Currency;
        var inConversation = await ReadAsync(conversation, cancellationToken) is { } state ? goodwill.SpentIn(state) : 0;
        var ofAgent = goodwill.Amount(await index.ReadSpentAsync(month, currency, agent, cancellationToken));
        var ofDesk = goodwill.Amount(await index.ReadSpentAsync(month, currency, GoodwillLedgerRow.WholeDesk, cancellationToken));
        return new GoodwillLeft(
            currency, goodwill.CurrencyDecimals, Math.Max(0, goodwill.Settings.PerConversation - inConversation), Math.Max(0, goodwill.Settings.PerAgent - ofAgent), Math.Max(0, goodwill.Settings.PerMonth - ofDesk));
    }

    /// <inheritdoc/>
    public async Task<DraftReviewResult> ReviewDraftAsync(ConversationId? conversation, string text, DraftKind kind = DraftKind.Reply, CancellationToken cancellationToken = default)
    {
        var state = conversation is { } id ? await ReadAsync(id, cancellationToken) : null;
        var request = new DraftRequest(
            MessageText.Mend(text),
            MessageLanguage.Undetermined,
            state?.Language ?? MessageLanguage.Undetermined,
            kind,
            state is null ? [] : [.. state.CustomerTurns.Select(t => t.Text)],
            state?.SetAside,
            state?.Tension.Value);
        return reviewer.Review(request);
    }

    /// <inheritdoc/>
    public Task<bool> SetAdviceAsideAsync(ConversationId conversation, IReadOnlyList<DraftFinding> findings, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(findings);
        SetAsideAdvice[] advice = [.. findings.Select(SetAsideAdvice.Of).Distinct()];
        return advice.Length == 0 ? Task.FromResult(true) : GrainOf(conversation).SetAdviceAsideAsync(advice.AsImmutable()).WaitAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<Suggestion?> RewordAsync(ConversationId conversation, int variant, IReadOnlySet<CoachingSituation>? without = null, CancellationToken cancellationToken = default) =>
        await ReadAsync(conversation, cancellationToken) is { Suggestions.IsEmpty: false } state
            ? coach.Reword(state, state.Suggestions.Keys.Max(), variant, without)
            : null;

    /// <inheritdoc/>
    public IAsyncEnumerable<ConversationChange> SubscribeAsync(ConversationId? conversation, CancellationToken cancellationToken = default) =>
        feed.SubscribeAsync(conversation, cancellationToken);

    private IConversationGrain GrainOf(ConversationId conversation) => grains.GetGrain<IConversationGrain>(conversation.Value);
}
