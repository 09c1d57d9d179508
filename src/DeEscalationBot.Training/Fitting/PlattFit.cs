using DeEscalationBot.Plugin.Scoring.MlNet;

namespace DeEscalationBot.Training.Fitting;

/// <summary>Fits the two numbers of a Platt scale by Newton's method, with Platt's softened targets.</summary>
/// <remarks>J. Platt, "Probabilistic outputs for support vector machines", 1999; H.-T. Lin et al., "A note on Platt's probabilistic outputs", 2007.</remarks>
public static class PlattFit
{
    private const int MostSteps = 100;
    private const double Ridge = 1e-9;

    /// <summary>Fits a scale.</summary>
    /// <param name="samples">Logits that were made without having seen the line, and whether it was there.</param>
    public static PlattScale Of(IReadOnlyList<(double Logit, bool Label)> samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        var positives = samples.Count(s => s.Label);
        var high = (positives + 1.0) / (positives + 2.0);
        var low = 1.0 / (samples.Count - positives + 2.0);
        var slope = 1.0;
        var offset = 0.0;
        for (var step = 0; step < MostSteps; step++)
        {
            double g0 = 0, g1 = 0, h00 = Ridge, h01 = 0, h11 = Ridge;
            foreach (var (logit, label) in samples)
            {
                var p = 1 / (1 + Math.Exp(-((slope * logit) + offset)));
                var error = p - (label ? high : low);
                var spread = p * (1 - p);
                g0 += error * logit;
                g1 += error;
                h00 += spread * logit * logit;
                h01 += spread * logit;
                h11 += spread;
            }

            var determinant = (h00 * h11) - (h01 * h01);
            var ds = ((h11 * g0) - (h01 * g1)) / determinant;
            var dof = ((h00 * g1) - (h01 * g0)) / determinant;
            slope -= ds;
            offset -= dof;
            if (Math.Abs(ds) + Math.Abs(dof) < 1e-9)
            {
                break;
            }
        }

        return new PlattScale(Math.Round(Math.Max(slope, 0.05), 6), Math.Round(offset, 6));
    }
}
