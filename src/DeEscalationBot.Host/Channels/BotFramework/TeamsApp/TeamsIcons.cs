using SkiaSharp;

namespace DeEscalationBot.Host.Channels.BotFramework.TeamsApp;

/// <summary>Draws the app's icons: the product's curve, in colour and as an outline, as Teams asks for them.</summary>
/// <remarks>The same every time. Safe for concurrent use.</remarks>
public static class TeamsIcons
{
    /// <summary>The file of the icon in colour: 192 pixels square, the sign within its inner 120.</summary>
    public const string ColourFile = "color.png";

    /// <summary>The file of the outline: 32 pixels square, white on nothing.</summary>
    public const string OutlineFile = "outline.png";

    /// <summary>The app's colour.</summary>
    public const string Accent = "#0F6CBD";

    // The same curve as wwwroot/icon.svg, in a square of 32.
    private const string Curve = "M5 21c4 0 4-11 9-11s4 9 8 9 4-4 5-4";

    /// <summary>The icon in colour, as PNG.</summary>
    public static byte[] Colour() => Draw(192, SKColor.Parse(Accent), inset: 24, width: 3);

    /// <summary>The outline, as PNG.</summary>
    public static byte[] Outline() => Draw(32, SKColors.Transparent, inset: 0, width: 2.4f);

    private static byte[] Draw(int size, SKColor ground, int inset, float width)
    {
        using var bitmap = new SKBitmap(size, size, SKColorType.Rgba8888, SKAlphaType.Premul);
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(ground);
        canvas.Translate(inset, inset);
        canvas.Scale((size - (2f * inset)) / 32);
        using var path = SKPath.ParseSvgPathData(Curve);
        using var paint = new SKPaint { Color = SKColors.White, IsStroke = true, StrokeWidth = width, StrokeCap = SKStrokeCap.Round, StrokeJoin = SKStrokeJoin.Round, IsAntialias = true };
        canvas.DrawPath(path, paint);
        canvas.Flush();
        using var png = bitmap.Encode(SKEncodedImageFormat.Png, quality: 100);
        return png.ToArray();
    }
}
