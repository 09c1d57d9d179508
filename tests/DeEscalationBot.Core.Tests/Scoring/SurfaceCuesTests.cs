using DeEscalationBot.Core.Scoring;
using DeEscalationBot.Core.Scoring.Text;

namespace DeEscalationBot.Core.Tests.Scoring;

public sealed class SurfaceCuesTests
{
    [Theory]
    [InlineData("QUIERO MI DINERO", "QUIERO MI DINERO")]
    [InlineData("esto es una VERGÜENZA", "VERGÜENZA")]
    [InlineData("answer me!!!", "!!!")]
    [InlineData("¿hola???", "???")]
    [InlineData("es increíbleeee", "increíbleeee")]
    [InlineData("I need it NOW", "NOW")]
    public void Of_RaisedVoice_IsHeardWithTheWords(string text, string words)
    {
        var cues = SurfaceCues.Of(MessageReading.Of(text));

        Assert.True(cues.ShoutingConfidence >= 0.5);
        Assert.Contains(cues.Evidence, e => e.Text == words);
    }

    [Theory]
    [InlineData("The SIM and the IBAN are on the PDF")]
    [InlineData("mi PUK y el PIN no van")]
    [InlineData("jajajaja muchas gracias")]
    [InlineData("holaaa buenas")]
    [InlineData("Thanks!")]
    [InlineData("pedido AX88213B")]
    [InlineData("")]
    public void Of_OrdinaryText_IsNotShouting(string text) =>
        Assert.True(SurfaceCues.Of(MessageReading.Of(text)).ShoutingConfidence < 0.5);
}
