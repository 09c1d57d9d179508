using System.Text.Json.Nodes;

namespace DeEscalationBot.Host.Channels.BotFramework.Cards;

/// <summary>A sign with the exact words that show it, as a line of a card.</summary>
internal static class CardSigns
{
    private const int MostQuotes = 3;

    /// <summary>Builds it.</summary>
    /// <param name="texts">Our words.</param>
    /// <param name="name">The sign's name.</param>
    /// <param name="words">The exact words; none when they are not to be shown.</param>
    /// <param name="limits">How much may be shown.</param>
    public static JsonObject Line(CardWording texts, string name, IReadOnlyList<string> words, CardLimits limits)
    {
        var quotes = words.Select(w => CardWords.Clean(w, limits.Words)).Where(w => w.Length > 0).Distinct(StringComparer.Ordinal).Take(MostQuotes).ToArray();
        return CardParts.Line(
        [
            CardParts.Run(name, RunStyle.Strong),
            .. quotes.SelectMany((q, i) => new[] { CardParts.Run(i == 0 ? "  " : " · "), CardParts.Run(Isolated(texts, q), RunStyle.Marked) }),
        ]);
    }

    // Words of another direction keep to themselves: what stands around them stays where it is.
    private static string Isolated(CardWording texts, string words) =>
        texts.Code == "es" ? $"\u2068«{words}»\u2069" : $"\u2068“{words}”\u2069";
}
