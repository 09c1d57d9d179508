using DeEscalationBot.Host.Channels.BotFramework.Cards.Texts;
using DeEscalationBot.Host.Tests.Fixtures;

namespace DeEscalationBot.Host.Tests.Channels.BotFramework.Cards;

public class CardTextsTests
{
    private static readonly Dictionary<string, string> English = TextResources.Read(typeof(CardTexts), "en");
    private static readonly Dictionary<string, string> Spanish = TextResources.Read(typeof(CardTexts), "es");

    [Fact]
    public void BothLanguages_HaveTheSameKeysAndPlaces()
    {
        Assert.Equal(English.Keys.Order(StringComparer.Ordinal), Spanish.Keys.Order(StringComparer.Ordinal));
        Assert.All(English, e => Assert.Equal(TextResources.PlacesOf(e.Value), TextResources.PlacesOf(Spanish[e.Key])));
    }

    [Fact]
    public void NoText_IsMarkdownOrHoldsAnEmoji() => Assert.All(
        English.Values.Concat(Spanish.Values),
        t => Assert.DoesNotContain(t, c => c is '*' or '_' or '[' or '`' or '#' or '<' || char.IsSurrogate(c) || c is >= '\u2600' and <= '\u27BF'));
}
