using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Scoring.Text;

namespace DeEscalationBot.Core.Tests.Scoring;

/// <summary>The longest legal messages, made of one thing over and over.</summary>
public sealed class SignalDetectorWallTests
{
    [Theory]
    [InlineData("😡")]
    [InlineData("!! a ")]
    [InlineData("NO ")]
    public void Detect_WallOfOneThing_KeepsABoundedNumberOfSpans(string brick)
    {
        var wall = string.Concat(Enumerable.Repeat(brick, MessageText.MaxLength / brick.Length));

        var findings = ThePlaybook.Signals.Detect(MessageReading.Of(wall));

        Assert.InRange(findings.Tone.Count, 0, 100);
        Assert.All(findings.Signals, s => Assert.InRange(s.Evidence.Count, 1, 100));
    }
}
