using DeEscalationBot.Core.Channels;

namespace DeEscalationBot.Host.Channels.DirectLine;

/// <summary>What a token allows.</summary>
/// <param name="Conversation">The one conversation that it is for.</param>
/// <param name="User">Who the customer is, whatever their client says; nothing when the token does not tell.</param>
/// <param name="Origins">The pages that may use it; empty for those of the settings.</param>
/// <param name="IsForStream">Whether it opens the stream and nothing else.</param>
public sealed record DirectLineGrant(ConversationId Conversation, string? User, IReadOnlyList<string> Origins, bool IsForStream = false);

/// <summary>What a token turned out to be.</summary>
public enum TokenState
{
    /// <summary>Valid.</summary>
    Valid,

    /// <summary>Not ours, changed, or for something else.</summary>
    Bad,

    /// <summary>Ours, and too old.</summary>
    Expired,
}
