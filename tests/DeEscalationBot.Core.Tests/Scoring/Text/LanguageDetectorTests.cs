using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Scoring.Text;

namespace DeEscalationBot.Core.Tests.Scoring.Text;

/// <summary>The languages expected here are those that a bilingual reader gives the line.</summary>
public sealed class LanguageDetectorTests
{
    [Theory]
    [InlineData("hola")]
    [InlineData("gracias")]
    [InlineData("ok gracias")]
    [InlineData("sí")]
    [InlineData("si")]
    [InlineData("vale")]
    [InlineData("dale")]
    [InlineData("ahora")]
    [InlineData("factura")]
    [InlineData("pedido 88213")]
    [InlineData("ya pague")]
    [InlineData("sin luz")]
    [InlineData("wifi caido")]
    [InlineData("esta roto")]
    [InlineData("no entiendo")]
    [InlineData("quiero cancelar")]
    [InlineData("idiota")]
    [InlineData("LADRONES")]
    [InlineData("q onda, sigo sin internet")]
    [InlineData("Xq me cobraron 2 veces???")]
    [InlineData("facturación")]
    [InlineData("pésimo")]
    [InlineData("mañana")]
    [InlineData("jaja")]
    public void Detect_ShortSpanish_IsSpanish(string text) => Assert.Equal(MessageLanguage.Spanish, Detect(text).Language);

    [Theory]
    [InlineData("thx")]
    [InlineData("hi")]
    [InlineData("yes")]
    [InlineData("help")]
    [InlineData("order 88213")]
    [InlineData("not working")]
    [InlineData("wifi down")]
    [InlineData("no power")]
    [InlineData("it's broken")]
    [InlineData("cancel")]
    [InlineData("agent")]
    [InlineData("human")]
    [InlineData("idiot")]
    [InlineData("wtf")]
    [InlineData("DISGRACEFUL")]
    [InlineData("Convenient.")]
    [InlineData("Blue. Size 9.")]
    [InlineData("Operator. Operator. Person.")]
    [InlineData("oxygen sensor part number?")]
    [InlineData("gonna cancel")]
    [InlineData("k bye")]
    [InlineData("seriously???")]
    [InlineData("dumbass")]
    [InlineData("ordered on Monday, nothing since")]
    public void Detect_ShortEnglish_IsEnglish(string text) => Assert.Equal(MessageLanguage.English, Detect(text).Language);

    [Theory]
    [InlineData("")]
    [InlineData("ok")]
    [InlineData("no")]
    [InlineData("k")]
    [InlineData("88213")]
    [InlineData("???")]
    [InlineData("👍")]
    [InlineData("AX-11-22")]
    [InlineData("no idea")]
    [InlineData("internet")]
    [InlineData("supervisor")]
    public void Detect_NothingToTellBy_IsUndetermined(string text) => Assert.Equal(MessageLanguage.Undetermined, Detect(text).Language);

    [Theory]
    [InlineData("Hola, my order never arrived and I need a refund, gracias por nada, ustedes no contestan nunca")]
    [InlineData("necesito el refund porque the package was broken and nadie me ayuda")]
    public void Detect_BothLanguages_IsMixed(string text) => Assert.True(Detect(text).IsMixed);

    [Theory]
    [InlineData("Mi router AX3000 no conecta desde el lunes, ¿podrían ayudarme?")]
    [InlineData("My router has had no connection since Monday, could you help me?")]
    public void Detect_OneLanguage_IsNotMixed(string text) => Assert.False(Detect(text).IsMixed);

    private static LanguageReading Detect(string text) => LanguageDetector.Detect(MessageReading.Of(text));
}
