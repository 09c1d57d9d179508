using ScottPlot;
using ScottPlot.MultiplotLayouts;
using ScottPlot.TickGenerators;

namespace DeEscalationBot.Host.Batch.Evaluation.Plots;

/// <summary>Two plots over one scale, the upper one taller, in the look that all plots share.</summary>
internal static class PlotPage
{
    /// <summary>Good news and the measured curve.</summary>
    public static readonly Color Blue = Color.FromHex("#1F5FA8");

    /// <summary>The other curve; told from blue by everybody, and from its lightness in print.</summary>
    public static readonly Color Orange = Color.FromHex("#D9730D");

    /// <summary>What the eye should pass over.</summary>
    public static readonly Color Grey = Color.FromHex("#8A8F98");

    private const int WidthPixels = 1440;
    private const int HeightPixels = 1280;
    private const int UpperRows = 2;
    private const int LowerRows = 1;
    private const double RoomPerLegendRow = 0.08;
    private const float LeftPixels = 130;
    private const float RightPixels = 50;
    private const float BottomPixels = 90;
    private const float TopPixels = 70;
    private static readonly Color Ink = Color.FromHex("#24292F");

    /// <summary>A plot of the page, over a scale from 0 to 1 in steps of 0.1.</summary>
    /// <param name="title">What it shows, as a sentence.</param>
    /// <param name="bottom">What the scale from left to right means.</param>
    /// <param name="left">What the scale upward means.</param>
    public static Plot New(string title, string bottom, string left)
    {
        PlotFont.Use();
        var plot = new Plot();
        plot.Font.Set(PlotFont.Family);
        plot.FigureBackground.Color = Colors.White;
        plot.Axes.Color(Ink);
        plot.Title(title, 25);
        plot.XLabel(bottom, 21);
        plot.YLabel(left, 21);
        plot.Axes.Bottom.TickLabelStyle.FontSize = 19;
        plot.Axes.Left.TickLabelStyle.FontSize = 19;
        plot.Axes.Top.FrameLineStyle.Width = 0;
        plot.Axes.Right.FrameLineStyle.Width = 0;
        plot.Axes.Bottom.TickGenerator = new NumericFixedInterval(0.1) { LabelFormatter = value => ReportText.Number(value, "0.0") };
        plot.Grid.MajorLineColor = Color.FromHex("#E4E7EB");
        plot.Layout.Fixed(new PixelPadding(LeftPixels, RightPixels, BottomPixels, TopPixels));
        plot.Legend.FontSize = 19;
        plot.Legend.FontName = PlotFont.Family;
        plot.Legend.SymbolWidth = 44;
        plot.Legend.OutlineColor = Colors.Transparent;
        plot.Legend.ShadowColor = Colors.Transparent;
        return plot;
    }

    /// <summary>Shows a scale in percent, with a band above it for the legend, where no curve can run into it.</summary>
    /// <param name="plot">The plot.</param>
    /// <param name="legendRows">How many rows the legend has.</param>
    public static void UpwardInPercent(Plot plot, int legendRows)
    {
        double[] ticks = [0, 0.2, 0.4, 0.6, 0.8, 1];
        plot.Axes.Left.TickGenerator = new NumericManual(ticks, [.. ticks.Select(t => ReportText.Percent(t))]);
        plot.Axes.SetLimits(-0.02, 1.02, -0.03, 1.05 + (legendRows * RoomPerLegendRow));
        var legend = plot.ShowLegend(Alignment.UpperCenter);
        legend.Orientation = Orientation.Horizontal;
        legend.TightHorizontalWrapping = true;
    }

    /// <summary>Draws both as PNG.</summary>
    /// <param name="upper">The one that matters.</param>
    /// <param name="lower">What it rests on.</param>
    public static byte[] Draw(Plot upper, Plot lower)
    {
        var page = new Multiplot();
        page.Subplots.Remove(page.Subplots.GetPlot(0));
        page.Subplots.Add(upper);
        page.Subplots.Add(lower);
        var layout = new CustomGrid();
        layout.Set(upper, new GridCell(0, 0, UpperRows + LowerRows, 1, UpperRows, 1));
        layout.Set(lower, new GridCell(UpperRows, 0, UpperRows + LowerRows, 1, LowerRows, 1));
        page.Layout = layout;
        return page.Render(WidthPixels, HeightPixels).GetImageBytes(ImageFormat.Png);
    }
}
