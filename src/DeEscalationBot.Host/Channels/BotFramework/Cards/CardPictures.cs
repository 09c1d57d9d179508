using DeEscalationBot.Core.Scoring;
using DeEscalationBot.Host.Conversations;
using SkiaSharp;

namespace DeEscalationBot.Host.Channels.BotFramework.Cards;

/// <summary>Draws the pictures of the cards: a level as bars, tension as a curve. In the card itself, as data: nothing is fetched, so no address leaks.</summary>
/// <remarks>
/// PNG, because Teams shows no SVG; without a background and in colours that stand out from a light and a dark one alike (at least 3 to 1), because a card
/// does not know its theme. The same input gives the same picture. Safe for concurrent use.
/// </remarks>
public static class CardPictures
{
    /// <summary>How wide the bars are shown, in pixels.</summary>
    public const int LevelWidth = 32;

    /// <summary>How wide the curve is shown, in pixels.</summary>
    public const int CurveWidth = 320;

    private const int LevelHeight = 26;
    private const int CurveHeight = 64;
    private const int Scale = 2; // For screens with small pixels.
    private const int Edge = 6;
    private const int MostPoints = 24;

    /// <summary>The colour of a level.</summary>
    /// <param name="level">The level.</param>
    public static SKColor ColourOf(FrustrationLevel level) => level switch
    {
        FrustrationLevel.Calm => new SKColor(0x3F, 0x91, 0x42),
        FrustrationLevel.Annoyed => new SKColor(0x8A, 0x84, 0x2A),
        FrustrationLevel.Frustrated => new SKColor(0xC8, 0x6A, 0x12),
        FrustrationLevel.Angry => new SKColor(0xDD, 0x4A, 0x3A),
        FrustrationLevel.Hostile => new SKColor(0xD0, 0x45, 0x82),
        _ => throw new ArgumentOutOfRangeException(nameof(level), level, null),
    };

    /// <summary>The colour of the curve.</summary>
    public static SKColor CurveColour { get; } = new(0x3C, 0x82, 0xCC);

    private static SKColor Faint { get; } = new(0x80, 0x80, 0x80, 0x60);

    /// <summary>The bars of a level, as an address that holds the picture.</summary>
    /// <param name="level">The level.</param>
    public static string Level(FrustrationLevel level) => Draw(LevelWidth, LevelHeight, canvas =>
    {
        using var paint = new SKPaint { IsAntialias = true };
        for (var i = 0; i < 5; i++)
        {
            var height = 7 + (i * 4.5f);
            paint.Color = i <= (int)level ? ColourOf(level) : Faint;
            canvas.DrawRoundRect(1 + (i * 6.2f), LevelHeight - 1 - height, 4.6f, height, 1.5f, 1.5f, paint);
        }
    });

    /// <summary>The tension after each of the customer's messages, as an address that holds the picture.</summary>
    /// <param name="points">The points, oldest first; the last 24 are drawn.</param>
    public static string Curve(IReadOnlyList<CurvePoint> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        var shown = points.TakeLast(MostPoints).ToArray();
        return Draw(CurveWidth, CurveHeight, canvas =>
        {
            using var grid = new SKPaint { Color = Faint, StrokeWidth = 1, IsStroke = true };
            canvas.DrawLine(0, Y(0.5), CurveWidth, Y(0.5), grid);
            canvas.DrawLine(0, Y(0), CurveWidth, Y(0), grid);
            if (shown.Length == 0)
            {
                return;
            }

            var at = shown.Select((p, i) => new SKPoint(X(i, shown.Length), Y(p.Tension.Value))).ToArray();
            using var line = new SKPaint { Color = CurveColour, StrokeWidth = 2.5f, IsStroke = true, IsAntialias = true, StrokeCap = SKStrokeCap.Round, StrokeJoin = SKStrokeJoin.Round };
            using var area = new SKPaint { Color = CurveColour.WithAlpha(0x30), IsAntialias = true };
            using var under = new SKPath();
            under.AddPoly([new SKPoint(at[0].X, Y(0)), .. at, new SKPoint(at[^1].X, Y(0))], close: true);
            canvas.DrawPath(under, area);
            canvas.DrawPoints(SKPointMode.Polygon, at, line);
            using var dot = new SKPaint { IsAntialias = true };
            for (var i = 0; i < at.Length; i++)
            {
                dot.Color = ColourOf(shown[i].Level);
                canvas.DrawCircle(at[i], i == at.Length - 1 ? 5 : 2.5f, dot);
            }
        });
    }

    // Few points keep a steady pace from the left; many fill the width.
    private static float X(int i, int count)
    {
        const float Room = CurveWidth - (2 * Edge);
        return Edge + (i * Math.Min(Room / Math.Max(1, count - 1), Room / 5));
    }

    private static float Y(double tension) => Edge + (float)((1 - tension) * (CurveHeight - (2 * Edge)));

    private static string Draw(int width, int height, Action<SKCanvas> draw)
    {
        using var bitmap = new SKBitmap(width * Scale, height * Scale, SKColorType.Rgba8888, SKAlphaType.Premul);
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(SKColors.Transparent);
        canvas.Scale(Scale);
        draw(canvas);
        canvas.Flush();
        using var pixels = bitmap.PeekPixels();
        using var png = pixels!.Encode(new SKPngEncoderOptions(SKPngEncoderFilterFlags.AllFilters, zLibLevel: 9));
        return "data:image/png;base64," + Convert.ToBase64String(png!.AsSpan());
    }
}
