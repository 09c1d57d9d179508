using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Coaching;
using DeEscalationBot.Core.Coaching.DraftReview;
using DeEscalationBot.Core.Conversations;
using DeEscalationBot.Core.Pipeline;
using DeEscalationBot.Host.Conversations;
using DeEscalationBot.Host.Conversations.Storage;

namespace DeEscalationBot.Host.Tests.Pages;

/// <summary>A desk that holds what a test puts in: conversations by their events, and the review that a draft shall get.</summary>
internal sealed class InMemoryDesk : IConversationDesk
{
    private readonly ConcurrentDictionary<ConversationId, Conversation> _conversations = new();
    private readonly ConcurrentBag<(ConversationId? Wanted, Channel<ConversationChange> Changes)> _subscribers = [];

    public Func<string, DraftReviewResult> Review { get; set; } = text => new DraftReviewResult(MessageLanguage.English, [], null);

    public List<string> SetAside { get; } = [];

    public List<string> Reviewed { get; } = [];

    public Suggestion? Reworded { get; set; }

    /// <summary>What the last reader of a suggestion does without.</summary>
    public IReadOnlySet<CoachingSituation>? LeftOut { get; private set; }

    public bool IsAway { get; set; }

    public void Record(ConversationId id, params ConversationEvent[] events)
    {
        var state = _conversations.AddOrUpdate(id, _ => Conversation.Start(id).Apply(events), (_, c) => c.Apply(events));
        foreach (var (wanted, changes) in _subscribers.Where(s => s.Wanted is null || s.Wanted == id))
        {
            changes.Writer.TryWrite(new ConversationChange(ConversationChangeKind.Appended, id, state.Sequence, events.Any(e => e is AlertRaised)));
        }
    }

    public Conversation StateOf(ConversationId conversation) => _conversations[conversation];

    public Task<Conversation?> ReadAsync(ConversationId conversation, CancellationToken cancellationToken = default) =>
        IsAway ? throw new RecordUnavailableException("away") : Task.FromResult(_conversations.GetValueOrDefault(conversation));

    public async Task<IReadOnlyList<CurvePoint>> ReadTensionAsync(ConversationId conversation, CancellationToken cancellationToken = default) =>
        await ReadAsync(conversation, cancellationToken) is { } state ? CurvePoint.Of(state) : [];

    public Task<DraftReviewResult> ReviewDraftAsync(ConversationId? conversation, string text, DraftKind kind = DraftKind.Reply, CancellationToken cancellationToken = default)
    {
        Reviewed.Add(text);
        return Task.FromResult(Review(text));
    }

    public Task<bool> SetAdviceAsideAsync(ConversationId conversation, IReadOnlyList<DraftFinding> findings, CancellationToken cancellationToken = default)
    {
        SetAside.AddRange(findings.Select(f => f.Rule));
        return IsAway ? throw new RecordUnavailableException("away") : Task.FromResult(true);
    }

    public Task<Suggestion?> RewordAsync(ConversationId conversation, int variant, IReadOnlySet<CoachingSituation>? without = null, CancellationToken cancellationToken = default)
    {
        LeftOut = without;
        return Task.FromResult(Reworded);
    }

    public async IAsyncEnumerable<ConversationChange> SubscribeAsync(ConversationId? conversation, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var changes = Channel.CreateUnbounded<ConversationChange>();
        _subscribers.Add((conversation, changes));
        yield return new ConversationChange(ConversationChangeKind.Reload, conversation, 0, false);
        await foreach (var change in changes.Reader.ReadAllAsync(cancellationToken))
        {
            yield return change;
        }
    }

    public Task<Conversation?> RequestHandoverAsync(ConversationId conversation, string by, CancellationToken cancellationToken = default)
    {
        Record(conversation, new HandoverRequested(At, by), Samples.Raised("alr_help", Core.Escalation.EscalationTrigger.T6, Core.Escalation.AlertUrgency.Supervisor));
        return ReadAsync(conversation, cancellationToken);
    }

    public Task<Conversation?> ChangeChecklistAsync(ConversationId conversation, ChecklistChange change, string by, CancellationToken cancellationToken = default)
    {
        if (_conversations.TryGetValue(conversation, out var state) && Checklist.Decide(state, change, by, At) is { Count: > 0 } events)
        {
            Record(conversation, [.. events]);
        }

        return ReadAsync(conversation, cancellationToken);
    }

    public GoodwillAllowance Allowance { get; } = new(new GoodwillSettings(), TimeZoneInfo.Utc);

    public async Task<FollowUpOutcome> ChangeFollowUpAsync(ConversationId conversation, FollowUpChange change, string by, CancellationToken cancellationToken = default)
    {
        var state = (await ReadAsync(conversation, cancellationToken))!;
        var (events, problem) = FollowUps.Decide(state, change, by, new FollowUpSettings(), At);
        if (events.Count > 0)
        {
            Record(conversation, [.. events]);
        }

        return new FollowUpOutcome(problem, (await ReadAsync(conversation, cancellationToken))!.FollowUps.LastOrDefault());
    }

    public Task<IReadOnlyList<ConversationFollowUp>> ListFollowUpsAsync(FollowUpQuery query, CancellationToken cancellationToken = default) =>
        Task.FromResult<IReadOnlyList<ConversationFollowUp>>(
            [.. _conversations.Values.SelectMany(c => c.FollowUps.Where(f => f.State == query.State && (query.By is null || f.By == query.By)).Select(f => new ConversationFollowUp(c.Id, c.CustomerId, f)))]);

    public async Task<GoodwillOutcome> GiveGoodwillAsync(ConversationId conversation, GoodwillWish wish, CancellationToken cancellationToken = default)
    {
        var (e, problem) = Allowance.Decide((await ReadAsync(conversation, cancellationToken))!, wish, At);
        if (e is not null)
        {
            Record(conversation, e);
        }

        return new GoodwillOutcome(problem, e?.Gesture);
    }

    public async Task<GoodwillOutcome> TakeGoodwillBackAsync(ConversationId conversation, string gestureId, string by, CancellationToken cancellationToken = default)
    {
        var (e, problem) = Allowance.TakeBack((await ReadAsync(conversation, cancellationToken))!, gestureId, by, At);
        if (e is not null)
        {
            Record(conversation, e);
        }

        return new GoodwillOutcome(problem, (await ReadAsync(conversation, cancellationToken))!.Goodwill.Find(g => g.Id == gestureId));
    }

    public async Task<GoodwillLeft?> ReadGoodwillLeftAsync(ConversationId conversation, string agent, CancellationToken cancellationToken = default) =>
        new GoodwillLeft("EUR", 2, Allowance.Settings.PerConversation - Allowance.SpentIn((await ReadAsync(conversation, cancellationToken))!), 200, 2000);

    public Task<TurnOutcome> ReceiveAsync(ConversationId conversation, InboundMessage message, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<IReadOnlyList<RecordedEvent>> ReadEventsAsync(ConversationId conversation, long after, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<ConversationPage> ListAsync(ConversationQuery query, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<IReadOnlyList<ConversationAlert>> ListOpenAlertsAsync(int limit = 100, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<IReadOnlyList<ConversationReview>> ListReviewsAsync(int limit = 100, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<IReadOnlyList<ConversationAlert>> ListAlertsAsync(AlertQuery query, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<ConversationAlert?> FindAlertAsync(string alertId, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<AlertChange> MoveAsync(string alertId, AlertMove move, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task MarkDeliveredAsync(string alertId, string sink, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<AlertChange> AcknowledgeAsync(string alertId, string by, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<AlertChange> ResolveAsync(string alertId, string by, string? note, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    private static DateTimeOffset At => Samples.Morning;
}
