namespace DeEscalationBot.Host.Conversations.Storage;

/// <summary>Whose a conversation is: its team and its agent, as the desk last named them. One without a row is of the default team and of no agent.</summary>
public sealed class ConversationOwnerRow
{
    /// <summary>The conversation.</summary>
    public required string ConversationId { get; init; }

    /// <summary>Its team.</summary>
    public required string Team { get; set; }

    /// <summary>Its agent, or nothing.</summary>
    public required string? AgentId { get; set; }
}
