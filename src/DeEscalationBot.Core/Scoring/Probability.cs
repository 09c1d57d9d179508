namespace DeEscalationBot.Core.Scoring;

/// <summary>A chance in [0, 1], checked once when it is made.</summary>
public readonly record struct Probability : IComparable<Probability>
{
    /// <summary>Never: 0.</summary>
    public static readonly Probability Zero;

    /// <summary>Always: 1.</summary>
    public static readonly Probability One = new(1);

    /// <summary>Makes a chance.</summary>
    /// <param name="value">0 to 1, both included.</param>
    /// <exception cref="ArgumentOutOfRangeException">The value is not a number, below 0 or above 1.</exception>
    public Probability(double value)
    {
        if (!(value >= 0 && value <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(value), value, "A probability lies between 0 and 1.");
        }

        Value = value;
    }

    /// <summary>The chance, 0 to 1.</summary>
    public double Value { get; }

    /// <summary>Makes a chance of a computed number that rounding may have carried over an edge.</summary>
    /// <param name="value">Any number; NaN becomes 0.</param>
    public static Probability Clamp(double value) => double.IsNaN(value) ? Zero : new Probability(Math.Clamp(value, 0, 1));

    /// <inheritdoc/>
    public int CompareTo(Probability other) => Value.CompareTo(other.Value);

    /// <summary>Whether one chance is smaller than another.</summary>
    public static bool operator <(Probability left, Probability right) => left.Value < right.Value;

    /// <summary>Whether one chance is greater than another.</summary>
    public static bool operator >(Probability left, Probability right) => left.Value > right.Value;

    /// <summary>Whether one chance is at most another.</summary>
    public static bool operator <=(Probability left, Probability right) => left.Value <= right.Value;

    /// <summary>Whether one chance is at least another.</summary>
    public static bool operator >=(Probability left, Probability right) => left.Value >= right.Value;

    /// <inheritdoc/>
    public override string ToString() => Value.ToString("0.###", System.Globalization.CultureInfo.InvariantCulture);
}
