namespace DeEscalationBot.Core.Channels;

/// <summary>Who wrote a message.</summary>
public enum SpeakerRole
{
    /// <summary>The customer. Only the customer's words are scored for frustration.</summary>
    Customer,

    /// <summary>The human support agent. Their words are reviewed by the draft rules and read for the seven steps; never scored for feeling.</summary>
    Agent,
}
