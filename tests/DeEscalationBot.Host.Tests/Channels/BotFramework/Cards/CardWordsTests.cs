using DeEscalationBot.Host.Channels.BotFramework.Cards;

namespace DeEscalationBot.Host.Tests.Channels.BotFramework.Cards;

public class CardWordsTests
{
    [Theory]
    [InlineData("Hola", 10, "Hola")]
    [InlineData("  dos   blancos \t y\nlíneas  ", 50, "dos blancos y líneas")]
    [InlineData("123456789", 10, "123456789")] // The last that fits with room for the mark.
    [InlineData("1234567890", 10, "123456789…")]
    [InlineData("casa azul", 6, "casa…")]
    [InlineData("a\u202Eb\u0000c\u200Bd", 20, "abcd")]
    [InlineData("{{DATE(x)}}", 30, "{\u2060{DATE(x)}}")]
    [InlineData("", 10, "")]
    public void Clean_Text_IsOneHarmlessLine(string text, int most, string expected) => Assert.Equal(expected, CardWords.Clean(text, most));

    [Theory]
    [InlineData("😡😡😡", 5, "😡😡…")]
    [InlineData("👩‍👩‍👧‍👦 familia", 9, "…")] // Eleven units that are one letter to the eye: all or nothing.
    [InlineData("👩‍👩‍👧‍👦 familia", 13, "👩‍👩‍👧‍👦…")]
    [InlineData("e\u0301e\u0301e\u0301", 5, "e\u0301e\u0301…")]
    public void Clean_Cut_NeverSplitsWhatIsOneLetterToTheEye(string text, int most, string expected) => Assert.Equal(expected, CardWords.Clean(text, most));

    [Fact]
    public void Clean_BrokenSurrogates_AreNoReasonToFail() => Assert.Equal("a\uFFFDb", CardWords.Clean("a\uD83Db", 10));

    [Fact]
    public void Clean_TowersOfAccents_AreCutDown() => Assert.Equal("z" + new string('\u0335', 8), CardWords.Clean("z" + new string('\u0335', 500), 100));

    [Theory]
    [InlineData("hola", false)]
    [InlineData("123 مرحبا", true)]
    [InlineData("“שלום” dijo", true)]
    [InlineData("hola שלום", false)]
    [InlineData("12345", false)]
    [InlineData("", false)]
    public void IsRightToLeft_ByTheFirstLetter(string text, bool expected) => Assert.Equal(expected, CardWords.IsRightToLeft(text));

    [Fact]
    public void Lines_OfAllTogether_AreWithinTheLimit() => Assert.Equal(["uno", "dos t…"], CardWords.Lines("uno\r\n\r\ndos tres cuatro", 9));
}
