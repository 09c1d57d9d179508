using DeEscalationBot.Training.Fitting;

namespace DeEscalationBot.Host.Tests.Training;

/// <summary>Expected values are those that the samples were drawn from.</summary>
public sealed class PlattFitTests
{
    [Fact]
    public void Of_LogitsDrawnFromAKnownScale_GivesItBack()
    {
        // P = 1/(1 + exp(−(2·logit − 1))), drawn 20,000 times with a fixed seed.
        var random = new Random(7);
        var samples = Enumerable.Range(0, 20_000).Select(_ =>
        {
            var logit = (random.NextDouble() * 6) - 3;
            return (logit, random.NextDouble() < 1 / (1 + Math.Exp(-((2 * logit) - 1))));
        }).ToArray();

        var scale = PlattFit.Of(samples);

        Assert.InRange(scale.Slope, 1.9, 2.1);
        Assert.InRange(scale.Offset, -1.1, -0.9);
    }
}
