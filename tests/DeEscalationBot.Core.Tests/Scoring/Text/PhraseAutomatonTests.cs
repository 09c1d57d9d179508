using DeEscalationBot.Core.Scoring.Text;

namespace DeEscalationBot.Core.Tests.Scoring.Text;

public sealed class PhraseAutomatonTests
{
    [Theory]
    [InlineData("hablar con su jefe", "Quiero HABLAR con su jefe ya", "HABLAR con su jefe")]
    [InlineData("cancel*", "I cancelled it", "cancelled")]
    [InlineData("(speak|talk) to [the|a] manager", "let me talk to a manager", "talk to a manager")]
    [InlineData("(speak|talk) to [the|a] manager", "let me talk to manager", "talk to manager")]
    [InlineData("no ~2 funciona", "esto no me vuelve funciona", "no me vuelve funciona")]
    [InlineData("no ~2 funciona", "esto no funciona", "no funciona")]
    [InlineData("# dias", "llevo 15 días", "15 días")]
    [InlineData("_ calls", "three calls", "three calls")]
    [InlineData("%insult", "eres un pedazo de inútil", "pedazo de inútil")]
    [InlineData("%insult", "idiotas todos", "idiotas")]
    [InlineData("^ no $", "Hola. No. Adiós", "No")]
    [InlineData("^^ no $$", "no 🙄", "no")]
    [InlineData("no gracias", "no, gracias", "no, gracias")]
    [InlineData("don't", "I DON’T", "DON’T")]
    [InlineData("porque", "xq no", "xq")]
    [InlineData("cool", "coooool", "coooool")]
    [InlineData("idiota", "i\u200Bdi\u200Bota", "i\u200Bdi\u200Bota")]
    [InlineData("idiota", "idiоta", "idiоta")] // the o is Cyrillic
    public void Find_PhraseStandsInText_ReportsTheExactWords(string phrase, string text, string expected)
    {
        var reading = MessageReading.Of(text);

        var match = Assert.Single(Build(phrase).Find(reading));

        Assert.Equal(expected, reading.Span(match.FirstWord, match.LastWord).Text);
    }

    [Theory]
    [InlineData("no ~2 funciona", "no me vuelve a decir funciona")] // three words between
    [InlineData("no funciona", "Dije que no. Funciona")] // a sentence ends between
    [InlineData("^ no $", "no quiero")]
    [InlineData("^^ no $$", "Hola. No.")]
    [InlineData("cancel*", "uncancelled")]
    [InlineData("# dias", "muchos dias")]
    public void Find_PhraseDoesNotStand_ReportsNothing(string phrase, string text) =>
        Assert.Empty(Build(phrase).Find(MessageReading.Of(text)));

    [Theory]
    [InlineData("(a|b")]
    [InlineData("a|b")]
    [InlineData("a)")]
    [InlineData("()")]
    [InlineData("~0 a")]
    [InlineData("%missing")]
    [InlineData("[a]")] // matches nothing, and so everywhere
    public void Build_PhraseIsBroken_Explains(string phrase) =>
        Assert.Throws<PhraseSyntaxException>(() => Build(phrase));

    private static PhraseAutomaton Build(string phrase) =>
        new PhraseAutomaton.Builder()
            .AddLexicon("insult", ["idiota*", "pedazo de inutil"])
            .AddAlias("xq", "porque")
            .AddPhrase(1, phrase)
            .Build();
}
