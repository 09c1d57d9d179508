using System.Globalization;

namespace DeEscalationBot.Core.Cases;

/// <summary>An amount in one currency. Amounts of two currencies are never added: there is no rate in this product.</summary>
/// <remarks>Immutable. Exact decimals; nothing is rounded until <see cref="Rounded"/> is asked for.</remarks>
public sealed record Money
{
    /// <summary>The largest amount that is taken in, to either side of zero: 1,000,000,000,000. Beyond it something was typed wrongly. Sums may be larger.</summary>
    public const decimal Largest = 1_000_000_000_000m;

    private const int CurrencyLetters = 3;

    /// <summary>Wraps an amount.</summary>
    /// <param name="amount">The amount, exact.</param>
    /// <param name="currency">Three capital letters as in ISO 4217, for instance <c>EUR</c>.</param>
    /// <exception cref="ArgumentException">The currency is no code.</exception>
    public Money(decimal amount, string currency) => (Amount, Currency) = (amount, currency);

    /// <summary>The amount.</summary>
    public decimal Amount { get; init; }

    /// <summary>The currency, three capital letters.</summary>
    public string Currency
    {
        get;
        init => field = IsCurrency(value) ? value : throw new ArgumentException("A currency is three capital letters, for instance EUR.", nameof(value));
    }

    /// <summary>Whether the amount is one that is taken in: not beyond <see cref="Largest"/>.</summary>
    public bool IsPlausible => Math.Abs(Amount) <= Largest;

    /// <summary>Nothing, in a currency.</summary>
    /// <param name="currency">The currency.</param>
    public static Money Zero(string currency) => new(0, currency);

    /// <summary>Whether a text has the form of a currency's code.</summary>
    /// <param name="currency">The text.</param>
    public static bool IsCurrency(string? currency) => currency is { Length: CurrencyLetters } && currency.All(char.IsAsciiLetterUpper);

    /// <summary>The sum.</summary>
    /// <param name="other">An amount of the same currency.</param>
    /// <exception cref="InvalidOperationException">The currencies differ.</exception>
    public Money Plus(Money other) => new(Amount + Same(other).Amount, Currency);

    /// <summary>The difference.</summary>
    /// <param name="other">An amount of the same currency.</param>
    /// <exception cref="InvalidOperationException">The currencies differ.</exception>
    public Money Minus(Money other) => new(Amount - Same(other).Amount, Currency);

    /// <summary>A multiple.</summary>
    /// <param name="factor">By how much.</param>
    public Money Times(decimal factor) => new(Amount * factor, Currency);

    /// <summary>Rounded to two decimals, halves away from zero, as on an invoice.</summary>
    public Money Rounded() => new(Math.Round(Amount, 2, MidpointRounding.AwayFromZero), Currency);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Amount} {Currency}");

    private Money Same(Money other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return other.Currency == Currency ? other : throw new InvalidOperationException($"{Currency} and {other.Currency} cannot be added up.");
    }
}
