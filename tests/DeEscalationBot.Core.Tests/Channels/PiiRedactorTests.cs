using DeEscalationBot.Core.Channels;

namespace DeEscalationBot.Core.Tests.Channels;

/// <summary>
/// Numbers with check digits are the issuers' own examples: cards from their test ranges, IBANs from the IBAN registry, DNI 12345678Z and
/// NIE X1234567L as the Spanish administration writes them.
/// </summary>
public sealed class PiiRedactorTests
{
    [Theory]
    [InlineData("mi correo es ana.ruiz+compras@correo.example.", "mi correo es [EMAIL].")]
    [InlineData("my card is 4111 1111 1111 1111, charged twice", "my card is [CARD], charged twice")]
    [InlineData("tarjeta 5555555555554444", "tarjeta [CARD]")]
    [InlineData("IBAN ES91 2100 0418 4502 0005 1332 gracias", "IBAN [IBAN] gracias")]
    [InlineData("GB82WEST12345698765432", "[IBAN]")]
    [InlineData("llámeme al 612 34 56 78 por favor", "llámeme al [PHONE] por favor")]
    [InlineData("call me on (555) 123-4567", "call me on [PHONE]")]
    [InlineData("whatsapp +52 55 1234 5678", "whatsapp [PHONE]")]
    [InlineData("mi DNI es 12345678Z", "mi DNI es [ID]")]
    [InlineData("NIE X-1234567-L", "NIE [ID]")]
    [InlineData("my SSN is 078-05-1120", "my SSN is [ID]")]
    [InlineData("mi RUT es 12.345.678-5", "mi RUT es [ID]")]
    [InlineData("la contraseña es Verano2024!", "la contraseña es [SECRET]")]
    [InlineData("my password: hunter22, please", "my password: [SECRET], please")]
    public void Redact_PersonalData_IsTakenOut(string text, string expected) => Assert.Equal(expected, PiiRedactor.Redact(text).Text);

    [Theory]
    [InlineData("pedido 882134567 sin entregar")]
    [InlineData("order number 4471882934 is late")]
    [InlineData("me cobraron 1.249.900 pesos")]
    [InlineData("desde el 12/03/2026 a las 15:30")]
    [InlineData("la contraseña es incorrecta")]
    [InlineData("my password is wrong")]
    [InlineData("I waited 45 minutes, 3 times, for $219.50")]
    [InlineData("reference 4111111111111112")]
    [InlineData("")]
    public void Redact_EverythingElse_Stays(string text) => Assert.Equal(text, PiiRedactor.Redact(text).Text);

    [Fact]
    public void Find_Offsets_AreThoseOfTheText()
    {
        const string Text = "write to a@b.example or 4111111111111111";

        Assert.Equal(["a@b.example", "4111111111111111"], PiiRedactor.Find(Text).Select(f => Text.Substring(f.Start, f.Length)));
    }

    // What is left of a number when a part is cut out of a text is not known as one any more, so the whole text counts.
    [Theory]
    [InlineData("la tarjeta 4111 1111 1111 1111 no va", "1111 1111 no va", "[CARD] no va")]
    [InlineData("la tarjeta 4111 1111 1111 1111 no va", "la tarjeta 4111 1111", "la tarjeta [CARD]")]
    [InlineData("mail ana@b.example or +34 612 345 678 now", "ana@b.example or +34 612", "[EMAIL] or [PHONE]")]
    [InlineData("mail ana@b.example now", "now", "now")]
    [InlineData("mail ana@b.example now", "", "")]
    public void RedactPart_HoldsNothingOfWhatTheWholeTextHolds(string text, string part, string expected) =>
        Assert.Equal(expected, PiiRedactor.RedactPart(text, text.IndexOf(part, StringComparison.Ordinal), part.Length));

    // Where a word lies in the redacted text, and where the same word lies in the text as it came in.
    [Theory]
    [InlineData("mail ana@b.example and card 4111111111111111 now", "mail", "mail")]
    [InlineData("mail ana@b.example and card 4111111111111111 now", "and", "and")]
    [InlineData("mail ana@b.example and card 4111111111111111 now", "now", "now")]
    [InlineData("mail ana@b.example and card 4111111111111111 now", "[EMAIL]", "ana@b.example")]
    [InlineData("mail ana@b.example and card 4111111111111111 now", "MAIL] and", "ana@b.example and")]
    [InlineData("mail ana@b.example and card 4111111111111111 now", "card [C", "card 4111111111111111")]
    [InlineData("mail ana@b.example and card 4111111111111111 now", "il [EMAIL] and card [CARD] n", "il ana@b.example and card 4111111111111111 n")]
    [InlineData("pin: 12 ok", "ok", "ok")]
    [InlineData("nothing here", "here", "here")]
    public void ToOriginal_FindsThePlace_AndTakesInWhatAPlaceholderStandsFor(string text, string part, string expected)
    {
        var redacted = PiiRedactor.Redact(text);
        var (start, length) = redacted.ToOriginal(redacted.Text.IndexOf(part, StringComparison.Ordinal), part.Length);
        Assert.Equal(expected, text.Substring(start, length));
    }

    [Fact]
    public void ToOriginal_WholeAndEmpty_AreWholeAndEmpty()
    {
        const string Text = "ana@b.example";
        var redacted = PiiRedactor.Redact(Text);
        Assert.Equal((0, Text.Length), redacted.ToOriginal(0, redacted.Text.Length));
        Assert.Equal(0, redacted.ToOriginal(0, 0).Start);
        Assert.Throws<ArgumentOutOfRangeException>(() => redacted.ToOriginal(1, redacted.Text.Length));
        Assert.Throws<ArgumentOutOfRangeException>(() => redacted.ToOriginal(-1, 1));
    }
}
