using System.Runtime.CompilerServices;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Coaching;
using DeEscalationBot.Core.Coaching.DraftReview;
using DeEscalationBot.Core.Conversations;
using DeEscalationBot.Core.Pipeline;
using DeEscalationBot.Host.Conversations;
using DeEscalationBot.Host.Conversations.Storage;
using DeEscalationBot.Host.Privacy.Audit;

namespace DeEscalationBot.Host.Access;

/// <summary>The desk as one caller sees it: endpoints, event streams and pages get no other.</summary>
/// <remarks>
/// The one place where it is decided which conversations somebody sees. One that they do not see is answered like one that does not
/// exist. People act under their own name, whatever a call says. Channels whose callers have a door of their own (Direct Line, the bot) take the desk without
/// it, by <see cref="ConversationDesk.Unguarded"/>.
/// </remarks>
/// <param name="desk">The desk.</param>
/// <param name="index">Whose conversations are.</param>
/// <param name="caller">Who calls.</param>
/// <param name="audit">Writes down who saw what.</param>
public sealed class GuardedDesk([FromKeyedServices(ConversationDesk.Unguarded)] IConversationDesk desk, ConversationIndex index, CurrentCaller caller, AuditLog audit) : IConversationDesk
{
    /// <inheritdoc/>
    public async Task<TurnOutcome> ReceiveAsync(ConversationId conversation, InboundMessage message, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        var who = caller.Value;
        if (who.IsPerson)
        {
            // Agents speak for themselves, in conversations that are theirs; who the customer is and whose the conversation is, the desk says.
            Require(AccessRule.WorkConversations);
            await RequireSightAsync(conversation, cancellationToken);
            if (message.Speaker != SpeakerRole.Agent)
            {
                throw new AccessDeniedException(AccessRule.WriteTurns);
            }

            message = message with { AgentId = who.Id, CustomerId = null, Team = null };
        }
        else
        {
            Require(AccessRule.WriteTurns);
            if (who.Teams.Count > 0)
            {
                // A key of some teams begins conversations in them, and keeps them there.
                var team = message.Team ?? (await index.FindOwnerAsync(conversation, cancellationToken) is null ? who.Teams[0] : null);
                if ((team is not null && !who.Teams.Contains(team, StringComparer.Ordinal))
                    || (await desk.ReadEventsAsync(conversation, 0, cancellationToken) is { Count: > 0 } && !await index.IsSeenAsync(conversation, who.Sight, cancellationToken)))
                {
                    throw new ConversationNotSeenException();
                }

                message = message with { Team = team };
            }
        }

        return await desk.ReceiveAsync(conversation, message, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<Conversation?> ReadAsync(ConversationId conversation, CancellationToken cancellationToken = default)
    {
        if (!await SeesAsync(conversation, cancellationToken) || await desk.ReadAsync(conversation, cancellationToken) is not { } found)
        {
            return null;
        }

        await audit.SeenAsync(caller.Value.Id, conversation.Value);
        return found;
    }

    /// <inheritdoc/>
    /// <remarks>Not written down as seen: there are no words in it.</remarks>
    public async Task<IReadOnlyList<CurvePoint>> ReadTensionAsync(ConversationId conversation, CancellationToken cancellationToken = default) =>
        await SeesAsync(conversation, cancellationToken) ? await desk.ReadTensionAsync(conversation, cancellationToken) : [];

    /// <inheritdoc/>
    /// <exception cref="ConversationNotSeenException">The caller does not see the conversation.</exception>
    public async Task<IReadOnlyList<RecordedEvent>> ReadEventsAsync(ConversationId conversation, long after, CancellationToken cancellationToken = default)
    {
        await RequireSightAsync(conversation, cancellationToken);
        var events = await desk.ReadEventsAsync(conversation, after, cancellationToken);
        if (events.Count > 0)
        {
            await audit.SeenAsync(caller.Value.Id, conversation.Value);
        }

        return events;
    }

    /// <inheritdoc/>
    public Task<ConversationPage> ListAsync(ConversationQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return desk.ListAsync(query with { Sight = caller.Value.Sight }, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<ConversationAlert>> ListOpenAlertsAsync(int limit = 100, CancellationToken cancellationToken = default) =>
        desk.ListAlertsAsync(new AlertQuery(Limit: limit, Sight: caller.Value.Sight), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ConversationAlert>> ListAlertsAsync(AlertQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return desk.ListAlertsAsync(query with { Sight = caller.Value.Sight }, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<ConversationAlert?> FindAlertAsync(string alertId, CancellationToken cancellationToken = default)
    {
        if (await FindSeenAlertAsync(alertId, cancellationToken) is not { } found)
        {
            return null;
        }

        await audit.SeenAsync(caller.Value.Id, found.Conversation.Value);
        return found;
    }

    /// <inheritdoc/>
    public async Task<AlertChange> MoveAsync(string alertId, AlertMove move, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(move);
        Require(AccessRule.HandleAlerts);
        if (await FindSeenAlertAsync(alertId, cancellationToken) is null)
        {
            return new AlertChange(AlertChangeResult.NotFound, null);
        }

        var by = caller.Value.ActsAs(move.By);
        var change = await desk.MoveAsync(alertId, move with { By = by }, cancellationToken);
        await audit.WriteAsync(by, AuditActions.AlertPrefix + System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(move.Kind.ToString()), alertId);
        return change;
    }

    /// <inheritdoc/>
    public async Task MarkDeliveredAsync(string alertId, string sink, CancellationToken cancellationToken = default)
    {
        if (await FindSeenAlertAsync(alertId, cancellationToken) is not null)
        {
            await desk.MarkDeliveredAsync(alertId, sink, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<ConversationReview>> ListReviewsAsync(int limit = 100, CancellationToken cancellationToken = default) => caller.Value.Sight is { All: false } sight
        ? index.ListReviewsAsync(limit, sight, cancellationToken)
        : desk.ListReviewsAsync(limit, cancellationToken);

    /// <inheritdoc/>
    public Task<AlertChange> AcknowledgeAsync(string alertId, string by, CancellationToken cancellationToken = default) =>
        MoveAsync(alertId, new AlertMove(AlertMoveKind.Acknowledge, by), cancellationToken);

    /// <inheritdoc/>
    public Task<AlertChange> ResolveAsync(string alertId, string by, string? note, CancellationToken cancellationToken = default) =>
        MoveAsync(alertId, new AlertMove(AlertMoveKind.Resolve, by, note), cancellationToken);

    /// <inheritdoc/>
    public async Task<Conversation?> RequestHandoverAsync(ConversationId conversation, string by, CancellationToken cancellationToken = default) =>
        await MayWorkAsync(conversation, cancellationToken) ? await desk.RequestHandoverAsync(conversation, caller.Value.ActsAs(by), cancellationToken) : null;

    /// <inheritdoc/>
    public async Task<Conversation?> ChangeChecklistAsync(ConversationId conversation, ChecklistChange change, string by, CancellationToken cancellationToken = default) =>
        await MayWorkAsync(conversation, cancellationToken) ? await desk.ChangeChecklistAsync(conversation, change, caller.Value.ActsAs(by), cancellationToken) : null;

    /// <inheritdoc/>
    public async Task<FollowUpOutcome> ChangeFollowUpAsync(ConversationId conversation, FollowUpChange change, string by, CancellationToken cancellationToken = default) =>
        await MayWorkAsync(conversation, cancellationToken)
            ? await desk.ChangeFollowUpAsync(conversation, change, caller.Value.ActsAs(by), cancellationToken)
            : new FollowUpOutcome(FollowUpProblem.NotFound, null);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ConversationFollowUp>> ListFollowUpsAsync(FollowUpQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);

        // What somebody promised is theirs to keep, whoever has the conversation now.
        var who = caller.Value;
        return desk.ListFollowUpsAsync(query with { Sight = who.IsPerson && query.By == who.Id ? ConversationSight.Everything : who.Sight }, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<GoodwillOutcome> GiveGoodwillAsync(ConversationId conversation, GoodwillWish wish, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(wish);
        return await MayWorkAsync(conversation, cancellationToken)
            ? await desk.GiveGoodwillAsync(conversation, wish with { By = caller.Value.ActsAs(wish.By) }, cancellationToken)
            : new GoodwillOutcome(GoodwillProblem.NotFound, null);
    }

    /// <inheritdoc/>
    public async Task<GoodwillOutcome> TakeGoodwillBackAsync(ConversationId conversation, string gestureId, string by, CancellationToken cancellationToken = default) =>
        await MayWorkAsync(conversation, cancellationToken)
            ? await desk.TakeGoodwillBackAsync(conversation, gestureId, caller.Value.ActsAs(by), cancellationToken)
            : new GoodwillOutcome(GoodwillProblem.NotFound, null);

    /// <inheritdoc/>
    public async Task<GoodwillLeft?> ReadGoodwillLeftAsync(ConversationId conversation, string agent, CancellationToken cancellationToken = default) =>
        await SeesAsync(conversation, cancellationToken) ? await desk.ReadGoodwillLeftAsync(conversation, caller.Value.ActsAs(agent), cancellationToken) : null;

    /// <inheritdoc/>
    public async Task<DraftReviewResult> ReviewDraftAsync(ConversationId? conversation, string text, DraftKind kind = DraftKind.Reply, CancellationToken cancellationToken = default) =>
        await desk.ReviewDraftAsync(conversation is { } id && await SeesAsync(id, cancellationToken) ? id : null, text, kind, cancellationToken);

    /// <inheritdoc/>
    public async Task<bool> SetAdviceAsideAsync(ConversationId conversation, IReadOnlyList<DraftFinding> findings, CancellationToken cancellationToken = default) =>
        await MayWorkAsync(conversation, cancellationToken) && await desk.SetAdviceAsideAsync(conversation, findings, cancellationToken);

    /// <inheritdoc/>
    public async Task<Suggestion?> RewordAsync(ConversationId conversation, int variant, IReadOnlySet<CoachingSituation>? without = null, CancellationToken cancellationToken = default) =>
        await SeesAsync(conversation, cancellationToken) ? await desk.RewordAsync(conversation, variant, without, cancellationToken) : null;

    /// <inheritdoc/>
    public async IAsyncEnumerable<ConversationChange> SubscribeAsync(ConversationId? conversation, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var change in desk.SubscribeAsync(conversation, cancellationToken))
        {
            // A conversation may come into sight while somebody listens, or go out of it.
            if (change.Kind == ConversationChangeKind.Reload || (change.Conversation is { } changed && await SeesAsync(changed, CancellationToken.None)))
            {
                yield return change;
            }
        }
    }

    private async Task<ConversationAlert?> FindSeenAlertAsync(string alertId, CancellationToken cancellationToken) =>
        await desk.FindAlertAsync(alertId, cancellationToken) is { } found && await SeesAsync(found.Conversation, cancellationToken) ? found : null;

    private Task<bool> SeesAsync(ConversationId conversation, CancellationToken cancellationToken) => index.IsSeenAsync(conversation, caller.Value.Sight, cancellationToken);

    private async Task<bool> MayWorkAsync(ConversationId conversation, CancellationToken cancellationToken)
    {
        Require(AccessRule.WorkConversations);
        return await SeesAsync(conversation, cancellationToken);
    }

    private async Task RequireSightAsync(ConversationId conversation, CancellationToken cancellationToken)
    {
        if (!await SeesAsync(conversation, cancellationToken))
        {
            throw new ConversationNotSeenException();
        }
    }

    private void Require(string rule)
    {
        if (!caller.May(rule))
        {
            throw new AccessDeniedException(rule);
        }
    }
}
