using ScottPlot;
using ScottPlot.TickGenerators;

namespace DeEscalationBot.Host.Batch.Evaluation.Plots;

/// <summary>Stacked bars of counts, with the sum over each.</summary>
internal static class PlotBars
{
    private const double RoomForLabelsAndLegend = 1.45;

    /// <summary>One piece of a stack.</summary>
    /// <param name="middle">Where it stands.</param>
    /// <param name="from">Where it begins.</param>
    /// <param name="to">Where it ends.</param>
    /// <param name="color">Its colour.</param>
    /// <param name="label">The sum, on the topmost piece.</param>
    /// <param name="width">How wide.</param>
    public static Bar Bar(double middle, double from, double to, Color color, string label = "", double width = 0.085) =>
        new() { Position = middle, ValueBase = from, Value = to, FillColor = color, LineWidth = 0, Size = width, Label = label };

    /// <summary>Sets scales, labels and legend.</summary>
    /// <param name="plot">The plot that has the bars.</param>
    /// <param name="highest">The highest stack.</param>
    /// <param name="left">Where the scale begins.</param>
    /// <param name="right">Where it ends.</param>
    /// <param name="legend">What the colours mean.</param>
    public static void Finish(Plot plot, double highest, double left, double right, params ReadOnlySpan<(string Text, Color Color)> legend)
    {
        foreach (var bars in plot.GetPlottables<ScottPlot.Plottables.BarPlot>())
        {
            bars.ValueLabelStyle.FontSize = 18;
            bars.ValueLabelStyle.FontName = PlotFont.Family;
        }

        var items = new List<LegendItem>();
        foreach (var (text, color) in legend)
        {
            items.Add(new LegendItem { LabelText = text, FillColor = color, LabelFontSize = 19, LabelFontName = PlotFont.Family });
        }

        plot.Axes.Left.TickGenerator = new NumericAutomatic { TargetTickCount = 4, LabelFormatter = value => ReportText.Number(value, "0.##") };
        plot.Axes.SetLimits(left, right, 0, Math.Max(1, highest) * RoomForLabelsAndLegend);
        plot.ShowLegend(items, Alignment.UpperCenter);
        plot.Legend.Orientation = Orientation.Horizontal;
    }
}
