namespace DeEscalationBot.Core.Channels;

/// <summary>One message as a channel hands it over: checked, not yet judged.</summary>
/// <param name="Id">The message's id within its conversation.</param>
/// <param name="Speaker">Who wrote it.</param>
/// <param name="Text">The text as it came in; see <see cref="MessageText"/> for what is legal.</param>
/// <param name="At">When it was written, UTC. May lie before the message before it: order of arrival wins.</param>
/// <param name="LanguageHint">The language as the channel knows it, which wins over detection; <see cref="MessageLanguage.Undetermined"/> for none.</param>
/// <param name="CustomerId">The customer as the desk knows them, or nothing.</param>
/// <param name="AgentId">The agent as the desk knows them, or nothing.</param>
/// <param name="Team">The team that has the conversation from now on, or nothing when that stays as it is. It decides who sees the conversation and no rule.</param>
public sealed record InboundMessage(
    MessageId Id,
    SpeakerRole Speaker,
    string Text,
    DateTimeOffset At,
    MessageLanguage LanguageHint = MessageLanguage.Undetermined,
    string? CustomerId = null,
    string? AgentId = null,
    string? Team = null);
