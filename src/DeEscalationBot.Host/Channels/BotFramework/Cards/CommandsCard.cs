using static DeEscalationBot.Host.Channels.BotFramework.Cards.CardParts;

namespace DeEscalationBot.Host.Channels.BotFramework.Cards;

/// <summary>What one can ask of the coach.</summary>
public static class CommandsCard
{
    private static readonly string[] Commands = ["Paste", "Message", "Draft", "Chat", "Supervisor", "New", "Language"];

    /// <summary>Builds it.</summary>
    /// <param name="audience">Who reads it, and where.</param>
    public static RenderedCard Build(CardAudience audience)
    {
        ArgumentNullException.ThrowIfNull(audience);
        var texts = CardWording.In(audience.Language);
        var content = CardBudget.Fit(_ => Card(
            texts,
            texts["Help.Summary"],
            [
                Heading(texts["Help.Heading"]),
                .. Commands.Select(c => Box([Text(texts[$"Help.{c}Title"], isStrong: true), Text(texts[$"Help.{c}"], isQuiet: true)])),
                Buttons(DraftForm(audience, texts["Coaching.Review"], [])),
            ]));
        return new RenderedCard(content, texts["Help.Summary"]);
    }
}
