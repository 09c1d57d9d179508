using System.Globalization;
using ScottPlot;

namespace DeEscalationBot.Host.Batch.Evaluation.Plots;

/// <summary>What comes of each threshold: how many alerts are right, how many customers are caught, and how many alerts a day that makes.</summary>
internal static class ThresholdPlot
{
    /// <summary>Draws it as PNG.</summary>
    /// <param name="result">The figures.</param>
    public static byte[] Draw(EvaluationResult result) => PlotPage.Draw(Curves(result), Alerts(result));

    private static Plot Curves(EvaluationResult result)
    {
        var plot = PlotPage.New("From which chance on to alert?", "alert from this chance on", "share");
        PlotPage.UpwardInPercent(plot, legendRows: 2);
        Curve(plot, result, t => t.Recall, PlotPage.Blue, MarkerShape.FilledCircle, "recall: frustrated customers that are caught");
        Curve(plot, result, t => t.Precision, PlotPage.Orange, MarkerShape.FilledSquare, "precision: alerts that are right");
        MarkRecommended(plot, result);
        return plot;
    }

    private static Plot Alerts(EvaluationResult result)
    {
        var perMessage = result.MessagesPerDay / result.Overall.Messages;
        var day = result.MessagesPerDayGiven ? "a day" : "in this file";
        var plot = PlotPage.New(string.Create(CultureInfo.InvariantCulture, $"Alerts {day}, of {result.MessagesPerDay:0.#} messages"), "alert from this chance on", "alerts");
        Bar[] bars =
        [
            .. result.Thresholds.SelectMany(t => new[]
            {
                PlotBars.Bar(t.Threshold, 0, t.Hits * perMessage, PlotPage.Blue, width: 0.036),
                PlotBars.Bar(t.Threshold, t.Hits * perMessage, t.AlertsPerDay, PlotPage.Orange.WithAlpha(.75), ReportText.Number(t.AlertsPerDay, t.AlertsPerDay < 10 ? "0.#" : "0"), 0.036),
            }),
        ];
        plot.Add.Bars(bars);
        PlotBars.Finish(plot, result.Thresholds.Max(t => t.AlertsPerDay), -0.02, 1.02, ("right", PlotPage.Blue), ("false alarms", PlotPage.Orange.WithAlpha(.75)));
        return plot;
    }

    private static void MarkRecommended(Plot plot, EvaluationResult result)
    {
        var recommended = result.Recommended;
        var line = plot.Add.VerticalLine(recommended.Threshold, 3, PlotPage.Grey, LinePattern.Dashed);
        line.LegendText = string.Create(CultureInfo.InvariantCulture, $"recommended: {recommended.Threshold:0.00} (a miss costs {result.MissCost:0.##} false alarms)");
        if (recommended.Interval is { } interval && interval.High > interval.Low)
        {
            var span = plot.Add.HorizontalSpan(interval.Low, interval.High, PlotPage.Grey.WithAlpha(.16));
            span.LegendText = string.Create(CultureInfo.InvariantCulture, $"its 95 % interval: {interval.Low:0.00}–{interval.High:0.00}");
        }
    }

    private static void Curve(Plot plot, EvaluationResult result, Func<ThresholdFigures, double?> of, Color color, MarkerShape shape, string legend)
    {
        var points = result.Thresholds.Where(t => of(t) is not null).ToArray();
        var curve = plot.Add.Scatter(points.Select(t => t.Threshold).ToArray(), points.Select(t => of(t)!.Value).ToArray(), color);
        (curve.LineWidth, curve.MarkerSize, curve.MarkerShape, curve.LegendText) = (3, 11, shape, legend);
    }
}
