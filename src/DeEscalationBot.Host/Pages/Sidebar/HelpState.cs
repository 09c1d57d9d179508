using DeEscalationBot.Core.Conversations;
using DeEscalationBot.Core.Escalation;

namespace DeEscalationBot.Host.Pages.Sidebar;

/// <summary>How far the help of a supervisor is, as the agent sees it.</summary>
public enum HelpStage
{
    /// <summary>Nobody was called.</summary>
    None,

    /// <summary>Called; nobody answers for it yet.</summary>
    Called,

    /// <summary>Somebody answers for it.</summary>
    Coming,

    /// <summary>Settled.</summary>
    Settled,
}

/// <summary>What a conversation tells an agent about help.</summary>
/// <param name="Stage">How far it is.</param>
/// <param name="By">Who answers for it, or nothing.</param>
/// <param name="Note">What was done, or nothing.</param>
/// <param name="AskedAt">When the agent asked; nothing when an alert called by itself.</param>
/// <param name="Alert">The alert that it is about, or nothing.</param>
public sealed record HelpState(HelpStage Stage, string? By, string? Note, DateTimeOffset? AskedAt, Alert? Alert)
{
    /// <summary>Whether the agent can ask: nothing that they asked for is open.</summary>
    public bool CanAsk => Stage is HelpStage.None or HelpStage.Settled || AskedAt is null;

    /// <summary>Whether an alert of the highest urgency is open: the agent is offered relief.</summary>
    public bool OffersRelief => Stage is HelpStage.Called or HelpStage.Coming && Alert is { Urgency: AlertUrgency.Immediate };

    /// <summary>Reads a conversation. The most urgent open alert counts; without one, the last that was settled.</summary>
    /// <param name="conversation">The conversation, or nothing before its first message.</param>
    public static HelpState Of(Conversation? conversation)
    {
        // A hint to the agent (advise) calls nobody, and neither does an alert that is held back or was withdrawn.
        var calls = conversation?.Alerts.Where(a => a.Urgency >= AlertUrgency.Supervisor && a.State != AlertState.Waiting && !a.WasWithdrawn).ToArray() ?? [];
        if (conversation is null || calls.Length == 0)
        {
            return new HelpState(HelpStage.None, null, null, conversation?.HandoverRequestedAt, null);
        }

        var open = calls.Where(a => a.IsOpen).OrderByDescending(a => a.Urgency).ThenBy(a => a.RaisedAt).FirstOrDefault();
        if (open is null)
        {
            var last = calls[^1];
            return new HelpState(HelpStage.Settled, last.AcknowledgedBy, last.Resolution, null, last);
        }

        var asked = open.Trigger == EscalationTrigger.T6 || open.JoinedTriggers.Contains(EscalationTrigger.T6) || conversation.HandoverRequestedAt >= open.RaisedAt
            ? conversation.HandoverRequestedAt
            : null;
        return open.AcknowledgedBy is { } by
            ? new HelpState(HelpStage.Coming, by, null, asked, open)
            : new HelpState(HelpStage.Called, null, null, asked, open);
    }
}
