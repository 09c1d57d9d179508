using DeEscalationBot.Core.Conversations;

namespace DeEscalationBot.Core.Escalation;

/// <summary>What a person, or a sink, can do to an alert, and when: the events that each step records.</summary>
/// <remarks>
/// Waiting or raised → delivered → acknowledged → taken over, coached, or dismissed with a reason → resolved. Whoever acts on an alert that nobody
/// answered for answers for it by that. A step that is done already, or that comes too late, records nothing. Pure; safe for concurrent use.
/// </remarks>
public static class AlertLifeCycle
{
    /// <summary>It reached a sink or a screen. Only the first time counts, and only while it is raised.</summary>
    /// <param name="alert">The alert.</param>
    /// <param name="sink">Which one.</param>
    /// <param name="now">The product's clock.</param>
    public static ConversationEvent? Deliver(Alert alert, string sink, DateTimeOffset now) =>
        Of(alert).State == AlertState.Raised ? new AlertDelivered(now, alert.Id, sink) : null;

    /// <summary>Somebody answers for it. The first one stays.</summary>
    /// <param name="alert">The alert.</param>
    /// <param name="by">Who.</param>
    /// <param name="now">The product's clock.</param>
    public static ConversationEvent? Acknowledge(Alert alert, string by, DateTimeOffset now) =>
        Of(alert).State is AlertState.Waiting or AlertState.Raised or AlertState.Delivered ? new AlertAcknowledged(now, alert.Id, by) : null;

    /// <summary>A supervisor takes the conversation over; another one may take it over from them.</summary>
    /// <param name="alert">The alert.</param>
    /// <param name="by">Who.</param>
    /// <param name="now">The product's clock.</param>
    public static ConversationEvent? TakeOver(Alert alert, string by, DateTimeOffset now) =>
        Of(alert).IsOpen && !(alert.State == AlertState.TakenOver && alert.TakenOverBy == by) ? new AlertTakenOver(now, alert.Id, by) : null;

    /// <summary>A supervisor says something to the agent.</summary>
    /// <param name="alert">The alert.</param>
    /// <param name="by">Who.</param>
    /// <param name="text">The words.</param>
    /// <param name="now">The product's clock.</param>
    public static ConversationEvent? Whisper(Alert alert, string by, string text, DateTimeOffset now) =>
        Of(alert).IsOpen ? new AlertCoached(now, alert.Id, by, text) : null;

    /// <summary>A supervisor writes a note for the others; also on a settled alert.</summary>
    /// <param name="alert">The alert.</param>
    /// <param name="by">Who.</param>
    /// <param name="text">The words.</param>
    /// <param name="now">The product's clock.</param>
    public static ConversationEvent Note(Alert alert, string by, string text, DateTimeOffset now) => new AlertNoted(now, Of(alert).Id, by, text);

    /// <summary>A supervisor dismisses it.</summary>
    /// <param name="alert">The alert.</param>
    /// <param name="by">Who.</param>
    /// <param name="reason">Why.</param>
    /// <param name="note">More about it, or nothing.</param>
    /// <param name="now">The product's clock.</param>
    public static ConversationEvent? Dismiss(Alert alert, string by, AlertDismissal reason, string? note, DateTimeOffset now) =>
        Of(alert).IsOpen ? new AlertDismissed(now, alert.Id, by, reason, note) : null;

    /// <summary>The matter behind it is settled.</summary>
    /// <param name="alert">The alert.</param>
    /// <param name="by">Who.</param>
    /// <param name="note">What was done, or nothing.</param>
    /// <param name="now">The product's clock.</param>
    public static ConversationEvent? Resolve(Alert alert, string by, string? note, DateTimeOffset now) =>
        Of(alert).IsOpen ? new AlertResolved(now, alert.Id, by, note) : null;

    /// <summary>The alert that an event is about; nothing when it is about none.</summary>
    /// <param name="e">The event.</param>
    public static string? AlertOf(ConversationEvent e) => e switch
    {
        AlertRaised x => x.Alert.Id,
        AlertJoined x => x.AlertId,
        AlertReleased x => x.AlertId,
        AlertWithdrawn x => x.AlertId,
        AlertDelivered x => x.AlertId,
        AlertEscalated x => x.AlertId,
        AlertAcknowledged x => x.AlertId,
        AlertTakenOver x => x.AlertId,
        AlertCoached x => x.AlertId,
        AlertNoted x => x.AlertId,
        AlertDismissed x => x.AlertId,
        AlertResolved x => x.AlertId,
        _ => null,
    };

    private static Alert Of(Alert alert)
    {
        ArgumentNullException.ThrowIfNull(alert);
        return alert;
    }
}
