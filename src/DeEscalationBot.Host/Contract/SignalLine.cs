using System.Text.Json.Serialization;
using DeEscalationBot.Core.Scoring;

namespace DeEscalationBot.Host.Contract;

/// <summary>A place in a text.</summary>
/// <param name="Start">Offset of the first UTF-16 unit.</param>
/// <param name="Length">Number of UTF-16 units.</param>
/// <param name="Text">Exactly that slice.</param>
public sealed record EvidenceLine(int Start, int Length, string Text);

/// <summary>A signal as it leaves the product.</summary>
/// <param name="Type">What it is.</param>
/// <param name="Confidence">How sure, 0 to 1.</param>
/// <param name="Start">Offset of the strongest evidence, UTF-16 units.</param>
/// <param name="Length">Its length.</param>
/// <param name="Text">Exactly that slice.</param>
/// <param name="OtherEvidence">Further places that show it, strongest first; left out when there are none.</param>
public sealed record SignalLine(
    SignalType Type,
    double Confidence,
    int Start,
    int Length,
    string Text,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<EvidenceLine>? OtherEvidence)
{
    /// <summary>Writes a signal.</summary>
    /// <param name="signal">The signal.</param>
    public static SignalLine From(Signal signal)
    {
        ArgumentNullException.ThrowIfNull(signal);
        var first = signal.Evidence[0];
        var others = signal.Evidence.Count == 1 ? null : signal.Evidence.Skip(1).Select(e => new EvidenceLine(e.Start, e.Length, e.Text)).ToArray();
        return new SignalLine(signal.Type, Rounded.To4(signal.Confidence), first.Start, first.Length, first.Text, others);
    }

    /// <summary>Writes the signals of a score.</summary>
    /// <param name="score">The score, or nothing.</param>
    public static IReadOnlyList<SignalLine> From(UtteranceScore? score) => score is null ? [] : [.. score.Signals.Select(From)];
}

/// <summary>Chances as they leave the product: four digits are more than anybody can tell apart, and keep answers stable.</summary>
public static class Rounded
{
    /// <summary>A chance with four digits after the point.</summary>
    /// <param name="probability">The chance.</param>
    public static double To4(Probability probability) => To4(probability.Value);

    /// <summary>Any other measure with four digits after the point.</summary>
    /// <param name="value">The measure.</param>
    public static double To4(double value) => Math.Round(value, 4);
}
