namespace DeEscalationBot.Host.Channels.BotFramework.TeamsApp;

/// <summary>Names the resources with what the app package says: <c>TeamsAppTexts.resx</c> (English) and <c>TeamsAppTexts.es.resx</c>.</summary>
public sealed class TeamsAppTexts;
