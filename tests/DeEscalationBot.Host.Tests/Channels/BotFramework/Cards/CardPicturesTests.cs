using DeEscalationBot.Core.Scoring;
using DeEscalationBot.Host.Channels.BotFramework.Cards;
using DeEscalationBot.Host.Conversations;
using SkiaSharp;

namespace DeEscalationBot.Host.Tests.Channels.BotFramework.Cards;

public class CardPicturesTests
{
    // Backgrounds of Teams: light, dark, and the emphasis of both.
    private static readonly SKColor[] Backgrounds = [SKColors.White, new(0xFA, 0xFA, 0xFA), new(0x29, 0x29, 0x29), new(0x1F, 0x1F, 0x1F)];

    [Fact]
    public void Colours_StandOutFromLightAndDark()
    {
        SKColor[] colours = [.. Enum.GetValues<FrustrationLevel>().Select(CardPictures.ColourOf), CardPictures.CurveColour];
        Assert.Equal(colours.Length, colours.Distinct().Count());

        // WCAG 2.2, 1.4.11: at least 3 to 1 for what carries meaning.
        Assert.All(colours, c => Assert.All(Backgrounds, b => Assert.True(Contrast(c, b) >= 3, $"{c} on {b}: {Contrast(c, b):0.00}")));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(500)]
    public void Curve_OfAnyLength_IsASmallPicture(int count)
    {
        CurvePoint[] points = [.. Enumerable.Range(0, count).Select(i => new CurvePoint(new Probability(i % 11 / 10.0), (FrustrationLevel)(i % 5)))];
        using var picture = Read(CardPictures.Curve(points));
        Assert.Equal(2 * CardPictures.CurveWidth, picture.Width);
        Assert.Equal(CardPictures.Curve(points), CardPictures.Curve(points));
        Assert.True(CardPictures.Curve(points).Length < 17_000, $"{CardPictures.Curve(points).Length}");
    }

    [Fact]
    public void Levels_AreFivePictures() => Assert.Equal(5, Enum.GetValues<FrustrationLevel>().Select(CardPictures.Level).Distinct().Count());

    private static SKBitmap Read(string address) => SKBitmap.Decode(Convert.FromBase64String(address["data:image/png;base64,".Length..]));

    private static double Contrast(SKColor a, SKColor b)
    {
        var (light, dark) = (Math.Max(Luminance(a), Luminance(b)), Math.Min(Luminance(a), Luminance(b)));
        return (light + 0.05) / (dark + 0.05);
    }

    private static double Luminance(SKColor c)
    {
        return (0.2126 * Linear(c.Red)) + (0.7152 * Linear(c.Green)) + (0.0722 * Linear(c.Blue));
        static double Linear(byte value) => value / 255.0 is var v && v <= 0.04045 ? v / 12.92 : Math.Pow(((value / 255.0) + 0.055) / 1.055, 2.4);
    }
}
