using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Coaching.DraftReview;
using DeEscalationBot.Core.Conversations;
using DeEscalationBot.Core.Pipeline;
using DeEscalationBot.Core.Scoring;
using Orleans.Concurrency;

namespace DeEscalationBot.Host.Conversations.Grains;

/// <summary>One conversation, wherever in the cluster it lives: takes one thing after the other, and answers when it is on the disk.</summary>
/// <remarks>The key is the conversation's id. For callers within the host: <see cref="IConversationDesk"/> is the door.</remarks>
[Alias("DeEscalationBot.Conversation")]
public interface IConversationGrain : IGrainWithStringKey
{
    /// <summary>Takes in a message; a known message id gives the first outcome again.</summary>
    /// <param name="message">The message, checked.</param>
    [Alias("Receive")]
    Task<Immutable<TurnOutcome>> ReceiveAsync(Immutable<InboundMessage> message);

    /// <summary>Notes what a sentiment service said of a message that was answered already, unless it is noted.</summary>
    /// <param name="turn">The message's place, from 0.</param>
    /// <param name="answer">What it said, or why it said nothing.</param>
    [Alias("NoteOpinion")]
    Task NoteOpinionAsync(int turn, Immutable<SentimentAnswer> answer);

    /// <summary>A person does something with an alert.</summary>
    /// <param name="alertId">The alert.</param>
    /// <param name="move">What, and who.</param>
    [Alias("Move")]
    Task<Immutable<AlertChange>> MoveAsync(string alertId, Immutable<AlertMove> move);

    /// <summary>An alert reached a sink or a screen. Only the first time is recorded.</summary>
    /// <param name="alertId">The alert.</param>
    /// <param name="sink">Which one.</param>
    [Alias("MarkDelivered")]
    Task MarkDeliveredAsync(string alertId, string sink);

    /// <summary>Looks at the alerts by the clock: waits that are over, rungs of the ladder.</summary>
    [Alias("CheckAlerts")]
    Task CheckAlertsAsync();

    /// <summary>The agent asks for a supervisor.</summary>
    /// <param name="by">Who asks.</param>
    /// <returns>False when there is no such conversation.</returns>
    [Alias("RequestHandover")]
    Task<bool> RequestHandoverAsync(string by);

    /// <summary>The agent sends a draft in spite of advice.</summary>
    /// <param name="advice">What is set aside.</param>
    /// <returns>False when there is no such conversation.</returns>
    [Alias("SetAdviceAside")]
    Task<bool> SetAdviceAsideAsync(Immutable<SetAsideAdvice[]> advice);

    /// <summary>Changes the checklist (A5).</summary>
    /// <param name="change">The change.</param>
    /// <param name="by">Who makes it.</param>
    /// <returns>False when there is no such conversation.</returns>
    [Alias("ChangeChecklist")]
    Task<bool> ChangeChecklistAsync(Immutable<ChecklistChange> change, string by);

    /// <summary>Changes the follow-ups (A12).</summary>
    /// <param name="change">The change.</param>
    /// <param name="by">Who makes it.</param>
    [Alias("ChangeFollowUp")]
    Task<Immutable<FollowUpOutcome>> ChangeFollowUpAsync(Immutable<FollowUpChange> change, string by);

    /// <summary>Looks at the follow-ups by the clock: reminders, and dates that have passed.</summary>
    /// <param name="vouchedFor">What time it is for certain; nothing when the clock of whoever asks was just set.</param>
    [Alias("CheckFollowUps")]
    Task CheckFollowUpsAsync(DateTimeOffset? vouchedFor);

    /// <summary>Gives something of the goodwill allowance (B12).</summary>
    /// <param name="wish">What, and who.</param>
    [Alias("GiveGoodwill")]
    Task<Immutable<GoodwillOutcome>> GiveGoodwillAsync(Immutable<GoodwillWish> wish);

    /// <summary>Takes a gesture back.</summary>
    /// <param name="gestureId">The gesture.</param>
    /// <param name="by">Who takes it back.</param>
    [Alias("TakeGoodwillBack")]
    Task<Immutable<GoodwillOutcome>> TakeGoodwillBackAsync(string gestureId, string by);

    /// <summary>Leaves the memory of its node: the conversation was erased.</summary>
    [Alias("Forget")]
    Task ForgetAsync();

    /// <summary>Looks at the clock: has the customer waited too long (T12)?</summary>
    [Alias("CheckWaiting")]
    Task CheckWaitingAsync();
}
