namespace DeEscalationBot.Host.Channels.BotFramework.Agent;

/// <summary>Names the resources with every sentence of the bot and every command it understands: <c>AgentTexts.resx</c> (English) and <c>AgentTexts.es.resx</c>.</summary>
public sealed class AgentTexts;
