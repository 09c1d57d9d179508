using System.Security.Cryptography;
using System.Text;
using DeEscalationBot.Core.Channels;

namespace DeEscalationBot.Core.Escalation;

/// <summary>Which triggers share one open alert, and how alerts are named.</summary>
public static class AlertFamilies
{
    /// <summary>Whether a new trigger joins an open alert instead of raising its own.</summary>
    /// <param name="open">The open alert's trigger.</param>
    /// <param name="next">The new trigger.</param>
    /// <remarks>
    /// Safety of people at work (T1, T2); the customer's relation to the company (T3, T4, T5, T9, T10); how the conversation goes
    /// (T6, T7, T12). A danger to life (T11) never joins anything: it is an alert of its own.
    /// </remarks>
    public static bool Joins(EscalationTrigger open, EscalationTrigger next) => next != EscalationTrigger.T11 && FamilyOf(open) == FamilyOf(next);

    /// <summary>A short id that is the same whenever the same record is replayed.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="sequence">The sequence number of the event that raises it.</param>
    public static string IdOf(ConversationId conversation, long sequence)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{conversation.Value}\n{sequence}"));
        return "alr_" + Convert.ToHexStringLower(hash.AsSpan(0, 10));
    }

    private static int FamilyOf(EscalationTrigger trigger) => trigger switch
    {
        EscalationTrigger.T1 or EscalationTrigger.T2 => 0,
        EscalationTrigger.T3 or EscalationTrigger.T4 or EscalationTrigger.T5 or EscalationTrigger.T8 or EscalationTrigger.T9 or EscalationTrigger.T10 => 1,
        EscalationTrigger.T6 or EscalationTrigger.T7 or EscalationTrigger.T12 => 2,
        EscalationTrigger.T11 => 3,
        _ => throw new ArgumentOutOfRangeException(nameof(trigger), trigger, null),
    };
}
