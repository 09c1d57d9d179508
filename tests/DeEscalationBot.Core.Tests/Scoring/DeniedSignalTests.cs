using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Scoring;
using DeEscalationBot.Core.Scoring.Text;
using DeEscalationBot.Plugin.Scoring.MlNet;

namespace DeEscalationBot.Core.Tests.Scoring;

/// <summary>What is denied or quoted, and what only stands behind a negator because nobody types commas.</summary>
public sealed class DeniedSignalTests
{
    private static readonly MlNetScorer Scorer = new(ModelLoader.Load(Path.Combine(AppContext.BaseDirectory, "models", "frustration.zip")), ThePlaybook.Signals);

    // Despair is never doubted for a "no" in front of it.
    [Theory]
    [InlineData("I can't pay my rent I want to kill myself", SignalType.Vulnerability)]
    public void Score_GraveBehindANegatorThatMeansSomethingElse_IsGiven(string text, SignalType expected) => Assert.NotNull(Scorer.Score(text).Find(expected));

    [Theory]
    [InlineData("No eres un inútil, te lo aseguro.", MessageLanguage.Spanish)]
    public void Detect_InsultThatIsDenied_IsToldAsDenied(string text, MessageLanguage language)
    {
        var findings = ThePlaybook.Signals.Detect(MessageReading.Of(text), language);

        Assert.Null(findings.Find(SignalType.Abuse));
        Assert.Contains(SignalType.Abuse, findings.Denied);
    }

    [Theory]
    [InlineData("You are not an idiot. He is a moron, you idiot.")]
    public void Detect_InsultThatIsMeantElsewhere_IsNotDenied(string text)
    {
        var findings = ThePlaybook.Signals.Detect(MessageReading.Of(text), MessageLanguage.English);

        Assert.NotNull(findings.Find(SignalType.Abuse));
        Assert.DoesNotContain(SignalType.Abuse, findings.Denied);
    }

    // Nobody typed the comma: a judge of the scorer found these missed.
    [Theory]
    [InlineData("nobody answers i will kill you", MessageLanguage.English, SignalType.Threat)]
    [InlineData("you never reply i'm going to kill you", MessageLanguage.English, SignalType.Threat)]
    [InlineData("my internet does not work you idiots", MessageLanguage.English, SignalType.Abuse)]
    [InlineData("still no refund you are a bunch of thieves", MessageLanguage.English, SignalType.Abuse)]
    [InlineData("i cant sleep i want to kill myself", MessageLanguage.English, SignalType.Vulnerability)]
    [InlineData("nadie contesta los voy a matar a todos", MessageLanguage.Spanish, SignalType.Threat)]
    [InlineData("no tengo trabajo me voy a matar", MessageLanguage.Spanish, SignalType.Vulnerability)]
    [InlineData("no tengo trabajo voy a matarme", MessageLanguage.Spanish, SignalType.Vulnerability)]
    [InlineData("nunca contestan son unos idiotas", MessageLanguage.Spanish, SignalType.Abuse)]
    public void Detect_GraveInAClauseOfItsOwn_IsHeardWithoutAComma(string text, MessageLanguage language, SignalType expected) =>
        Assert.NotNull(ThePlaybook.Signals.Detect(MessageReading.Of(text), language).Find(expected));

    [Theory]
    [InlineData("nobody said i will kill you", MessageLanguage.English, SignalType.Threat)]
    [InlineData("i am not going to kill you", MessageLanguage.English, SignalType.Threat)]
    [InlineData("i don't think you are an idiot", MessageLanguage.English, SignalType.Abuse)]
    [InlineData("never told anyone you are idiots", MessageLanguage.English, SignalType.Abuse)]
    [InlineData("none of you are idiots", MessageLanguage.English, SignalType.Abuse)]
    [InlineData("i did not call you an idiot", MessageLanguage.English, SignalType.Abuse)]
    [InlineData("no los voy a matar", MessageLanguage.Spanish, SignalType.Threat)]
    [InlineData("no te los voy a matar", MessageLanguage.Spanish, SignalType.Threat)]
    [InlineData("nadie dijo que los voy a matar", MessageLanguage.Spanish, SignalType.Threat)]
    [InlineData("tranquila que no me voy a matar", MessageLanguage.Spanish, SignalType.Vulnerability)]
    [InlineData("no sois unos ladrones", MessageLanguage.Spanish, SignalType.Abuse)]
    [InlineData("no creo que son unos idiotas", MessageLanguage.Spanish, SignalType.Abuse)]
    public void Detect_GraveThatHangsOnItsNegation_StaysDenied(string text, MessageLanguage language, SignalType denied) =>
        Assert.Null(ThePlaybook.Signals.Detect(MessageReading.Of(text), language).Find(denied));

    // Twins of what is a threat outright: a reader of the phrases thought of them.
    [Theory]
    [InlineData("I need to report my husband's death to your billing department", MessageLanguage.English)]
    [InlineData("Can someone just shoot them an email?", MessageLanguage.English)]
    [InlineData("could someone please run over them with me", MessageLanguage.English)]
    [InlineData("someone please kill the manager process", MessageLanguage.English)]
    [InlineData("My dog has to be put down tomorrow, please cancel the insurance", MessageLanguage.English)]
    [InlineData("The TV needs to be hung on the wall", MessageLanguage.English)]
    [InlineData("the transfer must be executed by Friday", MessageLanguage.English)]
    [InlineData("five stuck processes, how do I kill all of them?", MessageLanguage.English)]
    [InlineData("she deserves to die at home in dignity, when does the bed arrive", MessageLanguage.English)]
    [InlineData("comuniqué su muerte a los del banco y siguen cobrando", MessageLanguage.Spanish)]
    [InlineData("mi abuelo merece morir en casa", MessageLanguage.Spanish)]
    [InlineData("arreglen la luz o me mato por la escalera", MessageLanguage.Spanish)]
    public void Detect_HarmlessTwinOfAThreat_IsNotOutright(string text, MessageLanguage language)
    {
        var outright = ThePlaybook.Signals.Detect(MessageReading.Of(text), language).Outright;

        Assert.DoesNotContain(SignalType.Threat, outright);
        Assert.DoesNotContain(SignalType.Vulnerability, outright);
    }

    // Whoever says outright that nobody is one insults nobody, however sure the words are.
    [Theory]
    [InlineData("You are not stupid.", MessageLanguage.English)]
    [InlineData("you aren't an idiot, I know you only read what the screen says", MessageLanguage.English)]
    [InlineData("Nobody is calling you an idiot.", MessageLanguage.English)]
    [InlineData("I'm not saying you are liars, I'm saying the bill is wrong", MessageLanguage.English)]
    [InlineData("Sorry I called you an idiot yesterday.", MessageLanguage.English)]
    [InlineData("No eres idiota.", MessageLanguage.Spanish)]
    [InlineData("Ustedes no son unos inútiles, es el sistema", MessageLanguage.Spanish)]
    [InlineData("Nadie te está llamando estúpido.", MessageLanguage.Spanish)]
    [InlineData("No digo que usted sea un ladrón, digo que la factura está mal", MessageLanguage.Spanish)]
    [InlineData("no sos ningún boludo, sabés que me cobraron de más", MessageLanguage.Spanish)]
    public void Score_InsultSaidNotToBeMeant_IsNotGiven(string text, MessageLanguage language) =>
        Assert.Null(Scorer.Score(text, language).Find(SignalType.Abuse));

    // The "not" insults by itself, is taken back in the same breath, or stands beside an insult that is meant.
    [Theory]
    [InlineData("You are not just an idiot, you are a thief and a moron.", MessageLanguage.English)]
    [InlineData("You are not stupid. You are a fucking moron.", MessageLanguage.English)]
    [InlineData("I'm not saying you are an idiot but you are a useless clown", MessageLanguage.English)]
    [InlineData("you are not an idiot, you are worse, you piece of shit", MessageLanguage.English)]
    [InlineData("No eres idiota, eres lo siguiente, imbécil.", MessageLanguage.Spanish)]
    [InlineData("No eres tonto. Eres un hijo de puta.", MessageLanguage.Spanish)]
    [InlineData("No digo que seas idiota, pero eres un inútil de mierda", MessageLanguage.Spanish)]
    public void Score_InsultBesideADenial_IsGiven(string text, MessageLanguage language) =>
        Assert.NotNull(Scorer.Score(text, language).Find(SignalType.Abuse));

    // Thanks for a harm thank for nothing.
    [Theory]
    [InlineData("Gracias por dejarme tirado.", MessageLanguage.Spanish)]
    [InlineData("Thanks for leaving me stranded at the airport.", MessageLanguage.English)]
    public void Score_ThanksForAHarm_AreNoRelief(string text, MessageLanguage language) =>
        Assert.Null(Scorer.Score(text, language).Find(SignalType.Relief));

    [Theory]
    [InlineData("i wish you were dead", MessageLanguage.English)]
    [InlineData("I honestly wish you'd all drop dead", MessageLanguage.English)]
    [InlineData("ojalá estuvieran todos muertos", MessageLanguage.Spanish)]
    public void Score_DeathIsWished_IsAThreat(string text, MessageLanguage language) =>
        Assert.NotNull(Scorer.Score(text, language).Find(SignalType.Threat));

    [Fact]
    public void Detect_WallOfDenials_TakesThemAllBack()
    {
        var findings = ThePlaybook.Signals.Detect(MessageReading.Of(string.Concat(Enumerable.Repeat("you are not an idiot. ", 500))), MessageLanguage.English);

        Assert.Null(findings.Find(SignalType.Abuse));
        Assert.True(findings.Denies(SignalType.Abuse));
    }

    [Theory]
    [InlineData(SignalType.Threat, false, "only abuse may be denied")]
    [InlineData(SignalType.Vulnerability, false, "only abuse may be denied")]
    [InlineData(SignalType.Abuse, true, "cannot be 'outright'")]
    public void Of_RuleDeniesWhatItMustNot_SaysWhichRuleAndWhat(SignalType type, bool outright, string said)
    {
        var rules = new SignalRuleSet(new LanguageLexicon { Negators = ["not"], Addressing = ["you"] }, [new SignalRule { Id = "hopeful", Type = type, Confidence = 0.9, Phrases = ["you are not"], Denies = true, Outright = outright }], []);

        var refused = Assert.Throws<PhraseSyntaxException>(() => new SignalDetector(rules, rules));

        Assert.Contains("hopeful", refused.Message, StringComparison.Ordinal);
        Assert.Contains(said, refused.Message, StringComparison.Ordinal);
    }
}
