using ScottPlot;
using SkiaSharp;

namespace DeEscalationBot.Host.Batch.Evaluation.Plots;

/// <summary>The embedded font of the plots: a server may have none, and then text would be missing without a word.</summary>
internal sealed class PlotFont : IFontResolver
{
    /// <summary>Its family. There is one face: weights and slants all get it.</summary>
    public const string Family = "DejaVu Sans";

    private const string Resource = "DeEscalationBot.Host.Batch.Evaluation.Plots.Font.DejaVuSans.ttf";

    private static readonly Lazy<bool> Registered = new(Register);

    /// <summary>Makes it the font of all plots. May be called often and from many threads.</summary>
    public static void Use() => _ = Registered.Value;

    /// <inheritdoc/>
    public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing) => fontName == Family ? Load() : null;

    /// <inheritdoc/>
    public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic) => fontName == Family ? Load() : null;

    private static bool Register()
    {
        Fonts.FontResolvers.Insert(0, new PlotFont());
        Fonts.Default = Family;
        return true;
    }

    private static SKTypeface Load()
    {
        using var font = typeof(PlotFont).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The program was built without its font {Resource}.");
        return SKTypeface.FromStream(font);
    }
}
