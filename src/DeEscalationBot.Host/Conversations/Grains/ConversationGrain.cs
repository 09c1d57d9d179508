using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Coaching.DraftReview;
using DeEscalationBot.Core.Conversations;
using DeEscalationBot.Core.Escalation;
using DeEscalationBot.Core.Pipeline;
using DeEscalationBot.Core.Scoring;
using DeEscalationBot.Host.Conversations.Storage;
using DeEscalationBot.Host.Delivery.LiveView;
using DeEscalationBot.Host.Hosting.Observability;
using DeEscalationBot.Host.Scoring;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;

namespace DeEscalationBot.Host.Conversations.Grains;

/// <summary>Serialises one conversation and keeps its state at hand. Holds no rules: the pipeline decides.</summary>
/// <remarks>
/// The state is read from the log at the first call, not at activation, so that a damaged record is an answer of this
/// conversation and not a failing activation. After anything that went wrong with the log the state is read anew.
/// </remarks>
/// <param name="log">The record.</param>
/// <param name="pipeline">The rules.</param>
/// <param name="opinions">What a sentiment service says besides, if one is asked.</param>
/// <param name="policy">When the clock has to look again.</param>
/// <param name="rota">Who is on duty.</param>
/// <param name="metrics">What is counted.</param>
/// <param name="followUps">When agents are reminded.</param>
/// <param name="goodwill">What may be given.</param>
/// <param name="clock">The product's clock.</param>
/// <param name="logger">Ids and scores, never text.</param>
public sealed partial class ConversationGrain(
    ConversationLog log,
    ConversationTurnPipeline pipeline,
    SecondOpinions opinions,
    EscalationPolicy policy,
    IDutyRota rota,
    CoachMetrics metrics,
    IOptions<FollowUpSettings> followUps,
    GoodwillAllowance goodwill,
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
        using var activity = CoachMetrics.Source.StartActivity("conversation.receive");
        var came = clock.GetTimestamp();

        // Here and not before: messages keep their order, and one that came again costs nothing.
        var first = await CurrentAsync();
        var isNew = first.FindTurn(message.Value.Id) is null;
        var opine = isNew && message.Value.Speaker == SpeakerRole.Customer ? await opinions.AskBeforeAsync(message.Value, first.Language) : null;
        var conversation = await RecordAsync(before =>
        {
            var now = clock.GetUtcNow();
            var taken = pipeline.Take(before, message.Value, now, opine);

            // While the host was down nobody watched the clock: a customer who writes again is looked at now.
            return taken.Events.Count == 0 ? [] : [.. taken.Events, .. pipeline.CheckWaiting(taken.Conversation, now)];
        });
        var turn = conversation.FindTurn(message.Value.Id)!;
        if (!string.Equals(turn.Text, message.Value.Text, StringComparison.Ordinal) || turn.Speaker != message.Value.Speaker)
        {
            LogConflict(Id.Value, message.Value.Id.Value, turn.Index);
        }

        if (isNew && turn.Score is { } counted)
        {
            opinions.AskAfter(Id, turn.Index, message.Value, counted);
        }

        metrics.Taken(clock.GetElapsedTime(came));
        activity?.SetTag("deescalation.turn", turn.Index).SetTag("deescalation.level", turn.Score is { } score ? CoachMetrics.Name(score.Level) : null);
        return TurnOutcome.Of(conversation, turn).AsImmutable();
    }

    /// <inheritdoc/>
    public Task NoteOpinionAsync(int turn, Immutable<SentimentAnswer> answer) => RecordAsync(before =>
        turn < before.Turns.Count && before.Turns[turn].Score is { Opinion: null } score ? [new SecondOpinionGiven(clock.GetUtcNow(), turn, opinions.Note(score, answer.Value))] : []);

    /// <inheritdoc/>
    public async Task<Immutable<AlertChange>> MoveAsync(string alertId, Immutable<AlertMove> move)
    {
        var closedBefore = false;
        var conversation = await RecordAsync(before =>
        {
            var alert = before.FindAlert(alertId);
            closedBefore = alert is { IsOpen: false };
            return alert is not null && move.Value.Decide(alert, clock.GetUtcNow()) is { } e ? [e] : [];
        });
        var result = conversation.FindAlert(alertId) is { } now
            ? new AlertChange(closedBefore && move.Value.Kind != AlertMoveKind.Note ? AlertChangeResult.AlreadyClosed : AlertChangeResult.Done, new ConversationAlert(Id, now))
            : new AlertChange(AlertChangeResult.NotFound, null);
        return result.AsImmutable();
    }

    /// <inheritdoc/>
    public Task MarkDeliveredAsync(string alertId, string sink) =>
        RecordAsync(before => before.FindAlert(alertId) is { } alert && AlertLifeCycle.Deliver(alert, sink, clock.GetUtcNow()) is { } e ? [e] : []);

    /// <inheritdoc/>
    public Task CheckAlertsAsync() => RecordAsync(before => pipeline.CheckAlerts(before, rota, clock.GetUtcNow()));

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
    public async Task<bool> SetAdviceAsideAsync(Immutable<SetAsideAdvice[]> advice)
    {
        var conversation = await RecordAsync(before => before.Turns.IsEmpty ? [] : ConversationTurnPipeline.SetAside(before, advice.Value, clock.GetUtcNow()));
        return !conversation.Turns.IsEmpty;
    }

    /// <inheritdoc/>
    public async Task<bool> ChangeChecklistAsync(Immutable<ChecklistChange> change, string by)
    {
        var conversation = await RecordAsync(before => before.Turns.IsEmpty ? [] : Checklist.Decide(before, change.Value, by, clock.GetUtcNow()));
        return !conversation.Turns.IsEmpty;
    }

    /// <inheritdoc/>
    public async Task<Immutable<FollowUpOutcome>> ChangeFollowUpAsync(Immutable<FollowUpChange> change, string by)
    {
        var problem = FollowUpProblem.None;
        var conversation = await RecordAsync(before =>
        {
            (var events, problem) = FollowUps.Decide(before, change.Value, by, followUps.Value, clock.GetUtcNow());
            return events;
        });
        var changed = change.Value.Kind == FollowUpMove.Plan
            ? problem == FollowUpProblem.None ? FollowUps.PlannedBy(conversation, change.Value) : null
            : conversation.FollowUps.Find(f => f.Id == change.Value.Id);
        return new FollowUpOutcome(problem, changed).AsImmutable();
    }

    /// <inheritdoc/>
    public Task CheckFollowUpsAsync(DateTimeOffset? vouchedFor) => RecordAsync(before => FollowUps.Look(before, clock.GetUtcNow(), vouchedFor));

    /// <inheritdoc/>
    public async Task<Immutable<GoodwillOutcome>> GiveGoodwillAsync(Immutable<GoodwillWish> wish)
    {
        var problem = GoodwillProblem.None;
        var (conversation, isGranted) = await TryRecordAsync(
            before =>
            {
                (var e, problem) = goodwill.Decide(before, wish.Value, clock.GetUtcNow());
                return e is null ? [] : [e];
            },
            events => ClaimOf(((GoodwillGiven)events[0]).Gesture, sign: 1));
        problem = isGranted ? problem : GoodwillProblem.MonthLimit;
        return new GoodwillOutcome(problem, problem == GoodwillProblem.None ? conversation.Goodwill.Find(g => g.RequestId == wish.Value.RequestId) : null).AsImmutable();
    }

    /// <inheritdoc/>
    public async Task<Immutable<GoodwillOutcome>> TakeGoodwillBackAsync(string gestureId, string by)
    {
        var problem = GoodwillProblem.None;
        GoodwillGesture? gesture = null;
        var (conversation, _) = await TryRecordAsync(
            before =>
            {
                gesture = before.Goodwill.Find(g => g.Id == gestureId);
                (var e, problem) = goodwill.TakeBack(before, gestureId, by, clock.GetUtcNow());
                return e is null ? [] : [e];
            },
            _ => ClaimOf(gesture!, sign: -1));
        return new GoodwillOutcome(problem, conversation.Goodwill.Find(g => g.Id == gestureId)).AsImmutable();
    }

    /// <inheritdoc/>
    public async Task CheckWaitingAsync()
    {
        var before = await CurrentAsync();
        var after = await RecordAsync(c => pipeline.CheckWaiting(c, clock.GetUtcNow()));
        if (after.Sequence == before.Sequence)
        {
            // Where another node has gone on with this conversation, its word counts, and this one reads anew.
            if (!await log.SetWaitingDueAsync(after, policy.NextWaitingCheck(after.UnansweredSince, clock.GetUtcNow())))
            {
                _conversation = null;
            }
        }
    }

    /// <inheritdoc/>
    public Task ForgetAsync()
    {
        _conversation = null;
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    // Limits that were lowered since count from now on; what is given back counts where it was taken.
    private GoodwillClaim ClaimOf(GoodwillGesture gesture, int sign) => new(
        gesture.Month, gesture.Currency, gesture.By, sign * goodwill.Smallest(gesture.Amount), goodwill.Smallest(goodwill.Settings.PerAgent), goodwill.Smallest(goodwill.Settings.PerMonth));

    /// <summary>Decides on the state as it stands, records what was decided, and gives the state after it.</summary>
    private async Task<Conversation> RecordAsync(Func<Conversation, IReadOnlyList<ConversationEvent>> decide) => (await TryRecordAsync(decide, _ => null)).Conversation;

    /// <summary>As <see cref="RecordAsync"/>, if the claim that belongs to what was decided is granted.</summary>
    private async Task<(Conversation Conversation, bool IsGranted)> TryRecordAsync(
        Func<Conversation, IReadOnlyList<ConversationEvent>> decide, Func<IReadOnlyList<ConversationEvent>, IRecordClaim?> claim)
    {
        for (var attempt = 1; ; attempt++)
        {
            var before = await CurrentAsync();
            var events = decide(before);
            if (events.Count == 0)
            {
                return (before, true);
            }

            var after = before.Apply(events);
            try
            {
                if (!await log.TryAppendAsync(after, events, policy.NextWaitingCheck(after.UnansweredSince, clock.GetUtcNow()), claim(events)))
                {
                    return (before, false);
                }
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
            metrics.Recorded(after, events);
            await PublishAsync(after, events);
            return (after, true);
        }
    }

    private async Task<Conversation> CurrentAsync() => _conversation ??= await log.LoadAsync(Id);

    // The record counts, the feed only wakes: what goes wrong here must not undo an answer.
    private async Task PublishAsync(Conversation after, IReadOnlyList<ConversationEvent> events)
    {
        var alerts = events.Any(e => AlertLifeCycle.AlertOf(e) is not null);
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
