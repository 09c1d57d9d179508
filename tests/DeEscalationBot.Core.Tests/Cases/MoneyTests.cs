using DeEscalationBot.Core.Cases;

namespace DeEscalationBot.Core.Tests.Cases;

public sealed class MoneyTests
{
    [Theory]
    [InlineData("EUR", true)]
    [InlineData("eur", false)]
    [InlineData("EURO", false)]
    [InlineData("ÉUR", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void IsCurrency_Text_IsThreeCapitalLetters(string? text, bool expected)
    {
        Assert.Equal(expected, Money.IsCurrency(text));
        Assert.Equal(expected, Record.Exception(() => new Money(1, text!)) is null);
    }

    [Fact]
    public void Plus_OtherCurrency_IsADefect() => Assert.Throws<InvalidOperationException>(() => TheRecord.Euros(1).Plus(new Money(1, "USD")));

    // By hand: 0.1 + 0.2 is exactly 0.3 in decimals; half a cent goes away from zero.
    [Fact]
    public void Arithmetic_Decimals_IsExact()
    {
        Assert.Equal(TheRecord.Euros(0.3m), TheRecord.Euros(0.1m).Plus(TheRecord.Euros(0.2m)));
        Assert.Equal(TheRecord.Euros(0.13m), TheRecord.Euros(0.125m).Rounded());
        Assert.Equal(TheRecord.Euros(-0.13m), TheRecord.Euros(-0.125m).Rounded());
        Assert.True(TheRecord.Euros(Money.Largest).IsPlausible);
        Assert.False(TheRecord.Euros(-Money.Largest - 0.01m).IsPlausible);
    }
}
