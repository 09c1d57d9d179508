namespace DeEscalationBot.Host.Channels.BotFramework.Cards.Texts;

/// <summary>Names the resources with the sentences of the cards: <c>CardTexts.resx</c> (English) and <c>CardTexts.es.resx</c>.</summary>
public sealed class CardTexts;
