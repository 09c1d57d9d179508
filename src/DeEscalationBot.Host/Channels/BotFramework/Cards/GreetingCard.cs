using static DeEscalationBot.Host.Channels.BotFramework.Cards.CardParts;

namespace DeEscalationBot.Host.Channels.BotFramework.Cards;

/// <summary>What an agent reads when the coach was installed for them.</summary>
public static class GreetingCard
{
    /// <summary>Builds it.</summary>
    /// <param name="audience">Who reads it, and where.</param>
    public static RenderedCard Build(CardAudience audience)
    {
        ArgumentNullException.ThrowIfNull(audience);
        var texts = CardWording.In(audience.Language);
        var content = CardBudget.Fit(_ => Card(
            texts,
            texts["Greeting.Summary"],
            Heading(texts["Greeting.Heading"]),
            Text(texts["Greeting.Intro"]),
            Buttons(Press(audience.Surface, CardVerbs.Commands, texts["Greeting.Commands"], []), DraftForm(audience, texts["Coaching.Review"], []))));
        return new RenderedCard(content, texts["Greeting.Summary"]);
    }
}
