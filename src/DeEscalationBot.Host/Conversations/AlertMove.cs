using DeEscalationBot.Core.Conversations;
using DeEscalationBot.Core.Escalation;

namespace DeEscalationBot.Host.Conversations;

/// <summary>What a person can do with an alert.</summary>
public enum AlertMoveKind
{
    /// <summary>Answer for it.</summary>
    Acknowledge,

    /// <summary>Take the conversation over.</summary>
    TakeOver,

    /// <summary>Say something to the agent; needs a text.</summary>
    Whisper,

    /// <summary>Write a note for the other supervisors; needs a text. Also on a settled alert.</summary>
    Note,

    /// <summary>Dismiss it, with a reason.</summary>
    Dismiss,

    /// <summary>Settle it.</summary>
    Resolve,
}

/// <summary>What somebody does with an alert.</summary>
/// <param name="Kind">What.</param>
/// <param name="By">Who.</param>
/// <param name="Text">Their words, or nothing.</param>
/// <param name="Reason">Why it is dismissed, for a dismissal.</param>
public sealed record AlertMove(AlertMoveKind Kind, string By, string? Text = null, AlertDismissal Reason = AlertDismissal.Other)
{
    /// <summary>The event that the move records; nothing when it changes nothing.</summary>
    /// <param name="alert">The alert.</param>
    /// <param name="now">The product's clock.</param>
    public ConversationEvent? Decide(Alert alert, DateTimeOffset now) => Kind switch
    {
        AlertMoveKind.Acknowledge => AlertLifeCycle.Acknowledge(alert, By, now),
        AlertMoveKind.TakeOver => AlertLifeCycle.TakeOver(alert, By, now),
        AlertMoveKind.Whisper => AlertLifeCycle.Whisper(alert, By, Text ?? "", now),
        AlertMoveKind.Note => AlertLifeCycle.Note(alert, By, Text ?? "", now),
        AlertMoveKind.Dismiss => AlertLifeCycle.Dismiss(alert, By, Reason, Text, now),
        AlertMoveKind.Resolve => AlertLifeCycle.Resolve(alert, By, Text, now),
        _ => throw new InvalidOperationException($"The move {Kind} is not known."),
    };
}
