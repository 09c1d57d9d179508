namespace DeEscalationBot.Host.Access;

/// <summary>The caller may not do this, whatever the conversation. Answered with 403.</summary>
/// <param name="rule">The <see cref="AccessRule"/> that forbids it.</param>
public sealed class AccessDeniedException(string rule) : Exception($"This is not for you here: it takes '{rule}'.");

/// <summary>The caller does not see this conversation, or there is none: they are not told which. Answered with 404.</summary>
public sealed class ConversationNotSeenException() : Exception("There is no such conversation, or it is not yours.");
