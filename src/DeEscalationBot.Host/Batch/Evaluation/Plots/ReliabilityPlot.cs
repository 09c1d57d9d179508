using System.Globalization;
using ScottPlot;

namespace DeEscalationBot.Host.Batch.Evaluation.Plots;

/// <summary>Whether the chances hold: what was said against what came true, and how many messages each point rests on.</summary>
internal static class ReliabilityPlot
{
    /// <summary>Draws it as PNG.</summary>
    /// <param name="result">The figures.</param>
    public static byte[] Draw(EvaluationResult result) => PlotPage.Draw(Curve(result), Counts(result));

    private static Plot Curve(EvaluationResult result)
    {
        var plot = PlotPage.New(
            string.Create(CultureInfo.InvariantCulture, $"Do the chances hold? {result.Overall.Messages} messages, calibration error {ReportText.Number(result.Overall.Ece, "0.000")}"),
            "chance of frustration that was given",
            "share that was frustrated");
        PlotPage.UpwardInPercent(plot, legendRows: 1);
        var diagonal = plot.Add.Line(0, 0, 1, 1);
        (diagonal.LineColor, diagonal.LineWidth, diagonal.LinePattern, diagonal.LegendText) = (PlotPage.Grey, 2, LinePattern.Dashed, "chances that hold exactly");
        foreach (var bin in result.Reliability)
        {
            var bar = plot.Add.Line(bin.MeanChance, bin.ShareInterval.Low, bin.MeanChance, bin.ShareInterval.High);
            (bar.LineColor, bar.LineWidth) = (PlotPage.Blue.WithAlpha(.45), 5);
        }

        var curve = plot.Add.Scatter(result.Reliability.Select(b => b.MeanChance).ToArray(), result.Reliability.Select(b => b.Share).ToArray(), PlotPage.Blue);
        (curve.LineWidth, curve.MarkerSize, curve.LegendText) = (3, 14, "measured, with 95 % intervals");
        return plot;
    }

    private static Plot Counts(EvaluationResult result)
    {
        var plot = PlotPage.New("How many messages got which chance", "chance of frustration that was given", "messages");
        Bar[] bars =
        [
            .. result.Reliability.SelectMany(b =>
            {
                var (middle, frustrated) = ((b.From + b.To) / 2, Math.Round(b.Share * b.Messages));
                return new[]
                {
                    PlotBars.Bar(middle, 0, frustrated, PlotPage.Orange),
                    PlotBars.Bar(middle, frustrated, b.Messages, PlotPage.Grey.WithAlpha(.6), b.Messages.ToString(CultureInfo.InvariantCulture)),
                };
            }),
        ];
        plot.Add.Bars(bars);
        PlotBars.Finish(plot, result.Reliability.Max(b => b.Messages), -0.02, 1.02, ("frustrated", PlotPage.Orange), ("not frustrated", PlotPage.Grey.WithAlpha(.6)));
        return plot;
    }
}
