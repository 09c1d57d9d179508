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
    [InlineData("shit", "this is sh!t", "sh!t")]
    [InlineData("shit", "SH1T", "SH1T")]
    [InlineData("bullshit", "total bull$hit!", "bull$hit")]
    [InlineData("ass", "you a$$", "a$$")]
    [InlineData("kill", "k1ll", "k1ll")] // 1 is i …
    [InlineData("gilipollas", "gi1ipo11as", "gi1ipo11as")] // … or l
    [InlineData("idiota", "1d10ta", "1d10ta")]
    [InlineData("idiota", "idi0t4", "idi0t4")]
    [InlineData("idiota", "idiot@s, ¡!d idi@ta... id!ota", "id!ota")]
    [InlineData("mierda", "m13rda", "m13rda")]
    [InlineData("mierd*", "m13rdosos", "m13rdosos")]
    [InlineData("cabron", "c@brón", "c@brón")]
    [InlineData("%swear", "p*to", "p*to")] // a word of the list fits
    [InlineData("el puto router", "el p**o router", "el p**o router")] // in every phrase that has that word
    [InlineData("mierda", "m**rd4", "m**rd4")]
    [InlineData("f**k", "f**k", "f**k")] // as somebody wrote it in a list
    public void Find_SignsStandForLetters_FindsTheWord(string phrase, string text, string expected)
    {
        var reading = MessageReading.Of(text);

        var match = Assert.Single(Build(phrase).Find(reading));

        Assert.Equal(expected, reading.Span(match.FirstWord, match.LastWord).Text);
    }

    [Theory]
    [InlineData("el", "31 3l e1")] // numbers and codes
    [InlineData("mes", "1m3s2")]
    [InlineData("si", "s1")]
    [InlineData("iphoneie", "iphone13")]
    [InlineData("vie", "v13")]
    [InlineData("ast", "4st 4-st a5t")]
    [InlineData("is", "1$ 1s")]
    [InlineData("casa", "c*sa")] // no list says that people hide this word
    [InlineData("puto", "p*t p*tas p***")] // of another length, or with too few letters left
    [InlineData("no", "no** n*")]
    public void Find_SignsDoNotStandForLetters_ReportsNothing(string phrase, string text) =>
        Assert.Empty(Build(phrase).Find(MessageReading.Of(text)));

    [Fact]
    public void Find_ManyPhrasesWithOneBeginning_ReportsEachWithItsLongestMatch()
    {
        // All begin alike for up to four words, which is further than the automaton shares beginnings.
        string[] phrases = ["no me ~2 responde", "no me ayuda", "no me ayuda nadie", "no me ayuda nadie aqui", "no me ayuda nadie hoy", "^ no me", "no ~3 nadie $"];
        var builder = new PhraseAutomaton.Builder();
        for (var i = 0; i < phrases.Length; i++)
        {
            builder.AddPhrase(i, phrases[i]);
        }

        var matches = builder.Build().Find(MessageReading.Of("Hola, no me ayuda nadie. No me ayuda nadie hoy"));

        Assert.Equal(
            [
                new PhraseMatch(1, 1, 3), new PhraseMatch(1, 5, 7), // no me ayuda
                new PhraseMatch(2, 1, 4), new PhraseMatch(2, 5, 8), // no me ayuda nadie
                new PhraseMatch(4, 5, 9), // no me ayuda nadie hoy
                new PhraseMatch(5, 5, 6), // ^ no me
                new PhraseMatch(6, 1, 4), // no ~3 nadie $
            ],
            matches);
    }

    [Fact]
    public void Find_FromManyThreadsAtOnce_IsTheSameAsAlone()
    {
        var automaton = Build("(no|nunca) ~3 (responde|contesta) [%insult] $");
        var readings = Enumerable.Range(0, 200).Select(i => MessageReading.Of(string.Concat(Enumerable.Repeat("no me contesta nadie, nunca responde. ", i % 40)))).ToArray();
        var alone = readings.Select(automaton.Find).ToArray();

        var together = readings.AsParallel().AsOrdered().Select(automaton.Find).ToArray();

        Assert.Equal(alone, together);
    }

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
            .AddLexicon("swear", ["puto", "mierda", "shit"], masked: true)
            .AddAlias("xq", "porque")
            .AddPhrase(1, phrase)
            .Build();
}
