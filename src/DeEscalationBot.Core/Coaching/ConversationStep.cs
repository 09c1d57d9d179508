namespace DeEscalationBot.Core.Coaching;

/// <summary>The seven steps with an angry customer (A10), in the order in which they are proposed.</summary>
public enum ConversationStep
{
    /// <summary>Answered in a calm tone although the customer was upset.</summary>
    Calm,

    /// <summary>Invited the customer to tell, or asked about what they told.</summary>
    Listen,

    /// <summary>Said back what the customer had said.</summary>
    Repeat,

    /// <summary>Thanked for raising it.</summary>
    Thank,

    /// <summary>Said what happens next.</summary>
    Explain,

    /// <summary>Named a time and a way to come back to it.</summary>
    FollowUp,

    /// <summary>Spoke plainly and meant it: regret for the fact, an honest "I don't know yet".</summary>
    Sincere,
}
