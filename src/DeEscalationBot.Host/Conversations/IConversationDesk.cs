using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Coaching;
using DeEscalationBot.Core.Coaching.DraftReview;
using DeEscalationBot.Core.Conversations;
using DeEscalationBot.Core.Escalation;
using DeEscalationBot.Core.Pipeline;
using DeEscalationBot.Core.Scoring;
using DeEscalationBot.Host.Conversations.Storage;

namespace DeEscalationBot.Host.Conversations;

/// <summary>One of the customer's messages on a curve.</summary>
/// <param name="Tension">The tension after it.</param>
/// <param name="Level">Its level; calm where it was not scored.</param>
public sealed record CurvePoint(Probability Tension, FrustrationLevel Level)
{
    /// <summary>The points of a conversation, oldest first.</summary>
    /// <param name="conversation">The conversation.</param>
    public static IReadOnlyList<CurvePoint> Of(Conversation conversation)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        return [.. conversation.CustomerTurns.Select(t => new CurvePoint(t.Tension, t.Score?.Level ?? FrustrationLevel.Calm))];
    }
}

/// <summary>Everything that a page, an endpoint or a channel can do with conversations. The one door to them.</summary>
/// <remarks>
/// <para>
/// A singleton, safe for concurrent use, the same on every node of a cluster. Changes go through the conversation's grain, one
/// after the other, and are answered when they are on the disk. Reading goes to the record, and sees every answered change.
/// </para>
/// <para>
/// A live page: <c>await foreach (var change in desk.SubscribeAsync(id, token)) { view = await desk.ReadAsync(id, token); … }</c>.
/// The first change comes at once, so that the same line does the first reading.
/// </para>
/// <para>
/// All members may throw <see cref="RecordUnavailableException"/> (try again later; sending a message again with its id is
/// safe) and <see cref="ConversationRecordDamagedException"/> (this conversation needs a repair).
/// </para>
/// </remarks>
public interface IConversationDesk
{
    /// <summary>Takes in a message of the customer or the agent.</summary>
    /// <param name="conversation">The conversation; begins with its first message.</param>
    /// <param name="message">The message. A message id that is known already changes nothing and gives the first outcome again.</param>
    /// <param name="cancellationToken">Stops waiting for the answer; the message may be recorded nevertheless.</param>
    /// <returns>The outcome, once it is on the disk.</returns>
    /// <exception cref="ArgumentException">The text is empty, only white space, or longer than <see cref="MessageText.MaxLength"/>.</exception>
    Task<TurnOutcome> ReceiveAsync(ConversationId conversation, InboundMessage message, CancellationToken cancellationToken = default);

    /// <summary>The whole conversation: turns, suggestions and decisions by turn, alerts, reviews, steps, tension; nothing when there is none.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task<Conversation?> ReadAsync(ConversationId conversation, CancellationToken cancellationToken = default);

    /// <summary>How tense a conversation was at each message of the customer, oldest first, for lists: figures, and no words; none when there is no such conversation.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task<IReadOnlyList<CurvePoint>> ReadTensionAsync(ConversationId conversation, CancellationToken cancellationToken = default);

    /// <summary>The events of a conversation after a place, with the places: what the event stream sends.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="after">The last place already seen; 0 for all.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task<IReadOnlyList<RecordedEvent>> ReadEventsAsync(ConversationId conversation, long after, CancellationToken cancellationToken = default);

    /// <summary>One page of the conversations, hottest first.</summary>
    /// <param name="query">What is asked for.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task<ConversationPage> ListAsync(ConversationQuery query, CancellationToken cancellationToken = default);

    /// <summary>The alerts that nobody has settled yet, most urgent first, then oldest first.</summary>
    /// <param name="limit">How many at most, 1 to 500.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task<IReadOnlyList<ConversationAlert>> ListOpenAlertsAsync(int limit = 100, CancellationToken cancellationToken = default);

    /// <summary>Alerts by what is asked for: the open ones most urgent first and then oldest first; with a state of the settled ones, newest first.</summary>
    /// <param name="query">What is asked for.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task<IReadOnlyList<ConversationAlert>> ListAlertsAsync(AlertQuery query, CancellationToken cancellationToken = default);

    /// <summary>One alert with its conversation's id, or nothing.</summary>
    /// <param name="alertId">The alert.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task<ConversationAlert?> FindAlertAsync(string alertId, CancellationToken cancellationToken = default);

    /// <summary>A person does something with an alert: answers for it, takes over, whispers, notes, dismisses, resolves. What is done already changes nothing.</summary>
    /// <param name="alertId">The alert.</param>
    /// <param name="move">What, and who.</param>
    /// <param name="cancellationToken">Stops waiting for the answer.</param>
    Task<AlertChange> MoveAsync(string alertId, AlertMove move, CancellationToken cancellationToken = default);

    /// <summary>An alert was shown to a person, or reached a sink. Only the first time is recorded.</summary>
    /// <param name="alertId">The alert.</param>
    /// <param name="sink">Where.</param>
    /// <param name="cancellationToken">Stops waiting for the answer.</param>
    Task MarkDeliveredAsync(string alertId, string sink, CancellationToken cancellationToken = default);

    /// <summary>The proposed reviews (T8), newest first.</summary>
    /// <param name="limit">How many at most, 1 to 500.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task<IReadOnlyList<ConversationReview>> ListReviewsAsync(int limit = 100, CancellationToken cancellationToken = default);

    /// <summary>Somebody answers for an alert. The first one stays; doing it again changes nothing.</summary>
    /// <param name="alertId">The alert.</param>
    /// <param name="by">Who.</param>
    /// <param name="cancellationToken">Stops waiting for the answer.</param>
    Task<AlertChange> AcknowledgeAsync(string alertId, string by, CancellationToken cancellationToken = default);

    /// <summary>The matter behind an alert is settled. Doing it again changes nothing.</summary>
    /// <param name="alertId">The alert.</param>
    /// <param name="by">Who.</param>
    /// <param name="note">What was done, or nothing.</param>
    /// <param name="cancellationToken">Stops waiting for the answer.</param>
    Task<AlertChange> ResolveAsync(string alertId, string by, string? note, CancellationToken cancellationToken = default);

    /// <summary>The agent asks for a supervisor. While the alert that it raises is open, asking again changes nothing.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="by">Who asks.</param>
    /// <param name="cancellationToken">Stops waiting for the answer.</param>
    /// <returns>The conversation after it, or nothing when there is none.</returns>
    Task<Conversation?> RequestHandoverAsync(ConversationId conversation, string by, CancellationToken cancellationToken = default);

    /// <summary>Changes the checklist of a conversation (A5).</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="change">The change; one that makes no sense any more changes nothing.</param>
    /// <param name="by">Who makes it.</param>
    /// <param name="cancellationToken">Stops waiting for the answer.</param>
    /// <returns>The conversation after it, or nothing when there is none.</returns>
    Task<Conversation?> ChangeChecklistAsync(ConversationId conversation, ChecklistChange change, string by, CancellationToken cancellationToken = default);

    /// <summary>Changes the follow-ups of a conversation (A12).</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="change">The change.</param>
    /// <param name="by">Who makes it.</param>
    /// <param name="cancellationToken">Stops waiting for the answer.</param>
    Task<FollowUpOutcome> ChangeFollowUpAsync(ConversationId conversation, FollowUpChange change, string by, CancellationToken cancellationToken = default);

    /// <summary>Follow-ups by what is asked for, earliest date first.</summary>
    /// <param name="query">What is asked for.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task<IReadOnlyList<ConversationFollowUp>> ListFollowUpsAsync(FollowUpQuery query, CancellationToken cancellationToken = default);

    /// <summary>Gives something of the goodwill allowance (B12), if enough is left for the conversation, the agent and the desk.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="wish">What, and who.</param>
    /// <param name="cancellationToken">Stops waiting for the answer.</param>
    Task<GoodwillOutcome> GiveGoodwillAsync(ConversationId conversation, GoodwillWish wish, CancellationToken cancellationToken = default);

    /// <summary>Takes a gesture back, within the rule of <see cref="GoodwillAllowance"/>.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="gestureId">The gesture.</param>
    /// <param name="by">Who takes it back.</param>
    /// <param name="cancellationToken">Stops waiting for the answer.</param>
    Task<GoodwillOutcome> TakeGoodwillBackAsync(ConversationId conversation, string gestureId, string by, CancellationToken cancellationToken = default);

    /// <summary>What an agent can give in a conversation now; nothing when the settings give no allowance.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="agent">The agent.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task<GoodwillLeft?> ReadGoodwillLeftAsync(ConversationId conversation, string agent, CancellationToken cancellationToken = default);

    /// <summary>Reviews what an agent is about to send, with the customer's words of the conversation in view. Records nothing.</summary>
    /// <param name="conversation">The conversation, or nothing for a draft on its own.</param>
    /// <param name="text">The draft; may be empty.</param>
    /// <param name="kind">A reply or a farewell.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task<DraftReviewResult> ReviewDraftAsync(ConversationId? conversation, string text, DraftKind kind = DraftKind.Reply, CancellationToken cancellationToken = default);

    /// <summary>
    /// The agent sends a draft in spite of what the review said. Recorded without a name, so that the same advice is not given again in
    /// the conversation; doing it again changes nothing.
    /// </summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="findings">What the agent saw and leaves as it is.</param>
    /// <param name="cancellationToken">Stops waiting for the answer.</param>
    /// <returns>False when there is no such conversation: there is nothing to repeat the advice in.</returns>
    Task<bool> SetAdviceAsideAsync(ConversationId conversation, IReadOnlyList<DraftFinding> findings, CancellationToken cancellationToken = default);

    /// <summary>The latest suggestion in other words ("another way"), or the next best where an agent does without its kind. Records nothing.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="variant">How many times another way was asked for; 0 for the first words.</param>
    /// <param name="without">What the agent does without, of <see cref="TechniqueCoach.MaySwitchOff"/>.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>Nothing when there is no suggestion, or none that the agent wants.</returns>
    Task<Suggestion?> RewordAsync(ConversationId conversation, int variant, IReadOnlySet<CoachingSituation>? without = null, CancellationToken cancellationToken = default);

    /// <summary>Follows one conversation, or all.</summary>
    /// <param name="conversation">The conversation, or nothing for all.</param>
    /// <param name="cancellationToken">Ends the subscription quietly.</param>
    /// <returns>
    /// First at once, and again whenever a slow reader missed something, a change of kind <see cref="ConversationChangeKind.Reload"/>:
    /// read now. Then one for each append. Changes say where to look, never what: the record is what counts.
    /// </returns>
    IAsyncEnumerable<ConversationChange> SubscribeAsync(ConversationId? conversation, CancellationToken cancellationToken = default);
}

/// <summary>Which conversations a list shows.</summary>
/// <param name="MinTension">Only those at least this tense, 0 to 1.</param>
/// <param name="Limit">How many on a page, 1 to 500.</param>
/// <param name="After">Where the page before ended, or nothing for the first.</param>
/// <param name="ActiveSince">Only those in which something was recorded since then, or nothing for all.</param>
/// <param name="Sight">Which conversations are seen; all when left out. What the caller sees counts, whatever is asked for.</param>
public sealed record ConversationQuery(double MinTension = 0, int Limit = 50, HeatCursor? After = null, DateTimeOffset? ActiveSince = null, ConversationSight? Sight = null)
{
    /// <summary>The longest page: 500.</summary>
    public const int MaxLimit = 500;
}

/// <summary>One page of conversations.</summary>
/// <param name="Conversations">Hottest first.</param>
/// <param name="Next">Where the next page begins, or nothing. A conversation whose tension changes between two pages may be on both or on none.</param>
public sealed record ConversationPage(IReadOnlyList<ConversationSummary> Conversations, HeatCursor? Next);

/// <summary>What a list shows of one conversation.</summary>
/// <param name="Id">The conversation.</param>
/// <param name="Sequence">Its last event.</param>
/// <param name="Turns">How many messages.</param>
/// <param name="Language">Its language.</param>
/// <param name="Tension">The tension after the last customer turn.</param>
/// <param name="Trend">Where it is heading.</param>
/// <param name="Level">The level of the last customer turn, or nothing before the first.</param>
/// <param name="LastTextAt">When the last message was written, as its channel said.</param>
/// <param name="LastRecordedAt">When something was last recorded.</param>
/// <param name="OpenAlerts">How many alerts are open.</param>
/// <param name="HighestUrgency">The highest urgency of an open alert, or nothing.</param>
/// <param name="UnansweredSince">Since when the customer waits, or nothing.</param>
/// <param name="CustomerId">The customer as the desk knows them, or nothing.</param>
/// <param name="AgentId">The agent as the desk knows them, or nothing.</param>
/// <param name="Reviews">How many reviews (T8) are proposed.</param>
public sealed record ConversationSummary(
    ConversationId Id,
    long Sequence,
    int Turns,
    MessageLanguage Language,
    Probability Tension,
    TensionTrend Trend,
    FrustrationLevel? Level,
    DateTimeOffset? LastTextAt,
    DateTimeOffset LastRecordedAt,
    int OpenAlerts,
    AlertUrgency? HighestUrgency,
    DateTimeOffset? UnansweredSince,
    string? CustomerId,
    string? AgentId,
    int Reviews);

/// <summary>Which alerts a list shows.</summary>
/// <param name="States">Only those in one of these states; every open one when left out.</param>
/// <param name="Urgency">Only those of this urgency, or all.</param>
/// <param name="Limit">How many, 1 to 500.</param>
/// <param name="Sight">Of which conversations; all when left out. What the caller sees counts, whatever is asked for.</param>
public sealed record AlertQuery(IReadOnlyList<AlertState>? States = null, AlertUrgency? Urgency = null, int Limit = 50, ConversationSight? Sight = null);

/// <summary>An alert with its conversation.</summary>
/// <param name="Conversation">The conversation.</param>
/// <param name="Alert">The alert as it stands.</param>
public sealed record ConversationAlert(ConversationId Conversation, Alert Alert);

/// <summary>A proposed review with its conversation.</summary>
/// <param name="Conversation">The conversation.</param>
/// <param name="CustomerId">The customer as the desk knows them, or nothing.</param>
/// <param name="Review">The proposal.</param>
public sealed record ConversationReview(ConversationId Conversation, string? CustomerId, ProposedReview Review);

/// <summary>Which follow-ups a list shows.</summary>
/// <param name="State">Only those in this state, or all.</param>
/// <param name="By">Only those that this agent promised, or all.</param>
/// <param name="OverdueAt">Only those that are overdue at that time, or all.</param>
/// <param name="IsReminded">Only those that the agent was reminded of.</param>
/// <param name="Limit">How many, 1 to 500.</param>
/// <param name="Sight">Of which conversations; all when left out. What the caller sees counts, whatever is asked for.</param>
public sealed record FollowUpQuery(FollowUpState? State = FollowUpState.Open, string? By = null, DateTimeOffset? OverdueAt = null, bool IsReminded = false, int Limit = 50, ConversationSight? Sight = null)
{
    /// <summary>The most of one answer: 500.</summary>
    public const int MaxLimit = 500;
}

/// <summary>A follow-up with its conversation.</summary>
/// <param name="Conversation">The conversation.</param>
/// <param name="CustomerId">The customer as the desk knows them, or nothing.</param>
/// <param name="FollowUp">The follow-up as it stands.</param>
public sealed record ConversationFollowUp(ConversationId Conversation, string? CustomerId, FollowUp FollowUp);

/// <summary>What became of a change of the follow-ups.</summary>
/// <param name="Problem">Why it was not made, or <see cref="FollowUpProblem.None"/>.</param>
/// <param name="FollowUp">The follow-up as it stands, or nothing when there is none.</param>
public sealed record FollowUpOutcome(FollowUpProblem Problem, FollowUp? FollowUp);

/// <summary>What became of a wish to give something, or to take it back.</summary>
/// <param name="Problem">Why not, or <see cref="GoodwillProblem.None"/>.</param>
/// <param name="Gesture">The gesture as it stands, or nothing when there is none.</param>
public sealed record GoodwillOutcome(GoodwillProblem Problem, GoodwillGesture? Gesture);

/// <summary>What became of an attempt to act on an alert.</summary>
public enum AlertChangeResult
{
    /// <summary>Recorded, or it was so already.</summary>
    Done,

    /// <summary>There is no such alert.</summary>
    NotFound,

    /// <summary>The alert is settled, so nobody needs to answer for it.</summary>
    AlreadyClosed,
}

/// <summary>What became of an attempt to act on an alert.</summary>
/// <param name="Result">What became of it.</param>
/// <param name="Alert">The alert as it stands, or nothing when there is none.</param>
public sealed record AlertChange(AlertChangeResult Result, ConversationAlert? Alert);

/// <summary>Why a subscriber is woken.</summary>
public enum ConversationChangeKind
{
    /// <summary>Events were appended to a conversation.</summary>
    Appended,

    /// <summary>Read now: the subscription has just begun, or changes were missed.</summary>
    Reload,
}

/// <summary>Something changed. Holds ids and no text.</summary>
/// <param name="Kind">Why.</param>
/// <param name="Conversation">The conversation that changed; nothing for a reload of all.</param>
/// <param name="Sequence">Its last event now; 0 for a reload.</param>
/// <param name="AlertsChanged">Whether an alert was raised or changed.</param>
public sealed record ConversationChange(ConversationChangeKind Kind, ConversationId? Conversation, long Sequence, bool AlertsChanged);
