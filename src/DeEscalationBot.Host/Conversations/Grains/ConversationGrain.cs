using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Conversations;
using DeEscalationBot.Core.Escalation;
using DeEscalationBot.Core.Pipeline;
using DeEscalationBot.Host.Conversations.Storage;
using DeEscalationBot.Host.Delivery.LiveView;
using Orleans.Concurrency;

namespace DeEscalationBot.Host.Conversations.Grains;

/// <summary>Serialises one conversation and keeps its state at hand. Holds no rules: the pipeline decides.</summary>
/// <remarks>
/// The state is read from the log at the first call, not at activation, so that a damaged record is an answer of this
/// conversation and not a failing activation. After anything that went wrong with the log the state is read anew.
/// </remarks>
/// <param name="log">The record.</param>
/// <param name="pipeline">The rules.</param>
/// <param name="policy">When the clock has to look again.</param>
/// <param name="clock">The product's clock.</param>
/// <param name="logger">Ids and scores, never text.</param>
public sealed partial class ConversationGrain(
    ConversationLog log,
    ConversationTurnPipeline pipeline,
    EscalationPolicy policy,
    TimeProvider clock,
    ILogger<ConversationGrain> logger) : Grain, IConversationGrain
{
    // A second host that owns the same conversation for a moment loses at most a few times; more often is a defect.
    private const int MostAttempts = 5;

    private Conversation? _conversation;

    private ConversationId Id => ConversationId.Create(this.GetPrimaryKeyString());

    /// <inheritdoc/>
    public async Task<Immutable<TurnOutcome>> ReceiveAsync(Immutable<InboundMessage> message)
    {
        var conversation = await RecordAsync(before =>
        {
            var now = clock.GetUtcNow();
            var taken = pipeline.Take(before, message.Value, now);

            // While the host was down nobody watched the clock: a customer who writes again is looked at now.
            return taken.Events.Count == 0 ? [] : [.. taken.Events, .. pipeline.CheckWaiting(taken.Conversation, now)];
        });
        var turn = conversation.FindTurn(message.Value.Id)!;
        if (!string.Equals(turn.Text, message.Value.Text, StringComparison.Ordinal) || turn.Speaker != message.Value.Speaker)
        {
            LogConflict(Id.Value, message.Value.Id.Value, turn.Index);
        }

        return TurnOutcome.Of(conversation, turn).AsImmutable();
    }

    /// <inheritdoc/>
    public Task<Immutable<AlertChange>> AcknowledgeAsync(string alertId, string by) => ChangeAlertAsync(alertId, alert => alert.State switch
    {
        AlertState.Waiting or AlertState.Raised or AlertState.Delivered => new AlertAcknowledged(clock.GetUtcNow(), alertId, by),
        _ => null,
    });

    /// <inheritdoc/>
    public Task<Immutable<AlertChange>> ResolveAsync(string alertId, string by, string? note) =>
        ChangeAlertAsync(alertId, alert => alert.IsOpen ? new AlertResolved(clock.GetUtcNow(), alertId, by, note) : null);

    /// <inheritdoc/>
    public async Task<bool> RequestHandoverAsync(string by)
    {
        var conversation = await RecordAsync(before =>
        {
            var askedAlready = before.HandoverRequestedAt is { } asked && before.Alerts.Exists(a => a.IsOpen && a.RaisedAt <= asked && a.Urgency >= AlertUrgency.Supervisor);
            return before.Turns.IsEmpty || askedAlready ? [] : pipeline.RequestHandover(before, by, clock.GetUtcNow());
        });
        return !conversation.Turns.IsEmpty;
    }

    /// <inheritdoc/>
    public async Task CheckWaitingAsync()
    {
        var before = await CurrentAsync();
        var after = await RecordAsync(c => pipeline.CheckWaiting(c, clock.GetUtcNow()));
        if (after.Sequence == before.Sequence)
        {
            await log.SetWaitingDueAsync(Id, policy.NextWaitingCheck(after.UnansweredSince, clock.GetUtcNow()));
        }
    }

    private async Task<Immutable<AlertChange>> ChangeAlertAsync(string alertId, Func<Alert, ConversationEvent?> decide)
    {
        var closedBefore = false;
        var conversation = await RecordAsync(before =>
        {
            var alert = before.FindAlert(alertId);
            closedBefore = alert is { IsOpen: false };
            return alert is not null && decide(alert) is { } e ? [e] : [];
        });
        var result = conversation.FindAlert(alertId) is { } now
            ? new AlertChange(closedBefore ? AlertChangeResult.AlreadyClosed : AlertChangeResult.Done, new ConversationAlert(Id, now))
            : new AlertChange(AlertChangeResult.NotFound, null);
        return result.AsImmutable();
    }

    /// <summary>Decides on the state as it stands, records what was decided, and gives the state after it.</summary>
    private async Task<Conversation> RecordAsync(Func<Conversation, IReadOnlyList<ConversationEvent>> decide)
    {
        for (var attempt = 1; ; attempt++)
        {
            var before = await CurrentAsync();
            var events = decide(before);
            if (events.Count == 0)
            {
                return before;
            }

            var after = before.Apply(events);
            try
            {
                await log.AppendAsync(after, events, policy.NextWaitingCheck(after.UnansweredSince, clock.GetUtcNow()));
            }
            catch (ConcurrentAppendException e)
            {
                _conversation = null;
                LogLost(Id.Value, before.Sequence + 1, attempt);
                if (attempt == MostAttempts)
                {
                    throw new RecordUnavailableException("Another host keeps writing to the same conversation.", e);
                }

                continue;
            }
            catch
            {
                _conversation = null; // Whether it was written is not known: the log tells at the next call.
                throw;
            }

            _conversation = after;
            await PublishAsync(after, events);
            return after;
        }
    }

    private async Task<Conversation> CurrentAsync() => _conversation ??= await log.LoadAsync(Id);

    // The record counts, the feed only wakes: what goes wrong here must not undo an answer.
    private async Task PublishAsync(Conversation after, IReadOnlyList<ConversationEvent> events)
    {
        var alerts = events.Any(e => e is AlertRaised or AlertJoined or AlertAcknowledged or AlertResolved);
        try
        {
            await GrainFactory.GetGrain<ILiveFeedHub>(ILiveFeedHub.TheOne)
                .PublishAsync(new ConversationChange(ConversationChangeKind.Appended, after.Id, after.Sequence, alerts).AsImmutable());
        }
        catch (Exception e) when (e is OrleansException or TimeoutException)
        {
            LogNotPublished(e, Id.Value);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Conversation {Conversation}: message id {Message} came again with another text or speaker; turn {Turn} stays as it was.")]
    private partial void LogConflict(string conversation, string message, int turn);

    [LoggerMessage(LogLevel.Warning, "Conversation {Conversation}: event {Sequence} was recorded by somebody else first (attempt {Attempt}); deciding anew.")]
    private partial void LogLost(string conversation, long sequence, int attempt);

    [LoggerMessage(LogLevel.Warning, "Conversation {Conversation}: live views were not told of a change; they will see it when they next look.")]
    private partial void LogNotPublished(Exception e, string conversation);
}
