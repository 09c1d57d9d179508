namespace DeEscalationBot.Core.Scoring;

/// <summary>The exact words that carry a signal or a finding.</summary>
/// <param name="Start">Offset of the first UTF-16 unit in the text as it came in, from 0.</param>
/// <param name="Length">Number of UTF-16 units, at least 1.</param>
/// <param name="Text">Exactly that slice.</param>
public sealed record EvidenceSpan(int Start, int Length, string Text)
{
    /// <summary>The offset after the last unit.</summary>
    public int End => Start + Length;

    /// <summary>Whether another slice of the same text lies inside this one, or is the same.</summary>
    /// <param name="other">The other slice.</param>
    public bool Covers(EvidenceSpan other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return other.Start >= Start && other.End <= End;
    }

    /// <summary>Cuts a slice out of a text.</summary>
    /// <param name="text">The text as it came in.</param>
    /// <param name="start">Offset of the first unit.</param>
    /// <param name="length">Number of units, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The slice is empty or leaves the text.</exception>
    public static EvidenceSpan Of(string text, int start, int length)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        return new EvidenceSpan(start, length, text.Substring(start, length));
    }
}

/// <summary>One signal of one message, with the words that show it.</summary>
/// <param name="Type">What it is.</param>
/// <param name="Confidence">How sure, 0 to 1. Under 0.5 it is a hint that no alert is built on alone.</param>
/// <param name="Evidence">The words, strongest first; never empty.</param>
public sealed record Signal(SignalType Type, Probability Confidence, IReadOnlyList<EvidenceSpan> Evidence);
