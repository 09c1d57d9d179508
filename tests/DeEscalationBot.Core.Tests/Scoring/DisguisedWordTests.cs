using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Scoring;
using DeEscalationBot.Core.Scoring.Text;

namespace DeEscalationBot.Core.Tests.Scoring;

/// <summary>Words that people disguise, by the playbook as it ships; what is expected is what the plain word gives.</summary>
public sealed class DisguisedWordTests
{
    [Theory]
    [InlineData("eres un id10ta", "eres un idiota")]
    [InlineData("sois unos id!otas", "sois unos idiotas")]
    [InlineData("eres un p*to", "eres un puto")]
    [InlineData("vete a la m13rda", "vete a la mierda")]
    [InlineData("vete a la m!erda", "vete a la mierda")]
    [InlineData("te voy a m4tar", "te voy a matar")]
    [InlineData("quiero h4blar con un superv1sor", "quiero hablar con un supervisor")]
    [InlineData("esta m**rda no anda", "esta mierda no anda")]
    public void Detect_DisguisedSpanish_SaysWhatThePlainWordsSay(string disguised, string plain) => AssertSame(disguised, plain, MessageLanguage.Spanish);

    [Theory]
    [InlineData("you id10t", "you idiot")]
    [InlineData("you are an id!ot", "you are an idiot")]
    [InlineData("you are an a$$", "you are an ass")]
    [InlineData("you a$$hole", "you asshole")]
    [InlineData("this is sh!t", "this is shit")]
    [InlineData("what a load of bull$h!t", "what a load of bullshit")]
    [InlineData("I will k1ll you", "I will kill you")]
    [InlineData("let me speak to your superv1sor", "let me speak to your supervisor")]
    [InlineData("you b**ch", "you bitch")]
    public void Detect_DisguisedEnglish_SaysWhatThePlainWordsSay(string disguised, string plain) => AssertSame(disguised, plain, MessageLanguage.English);

    [Theory]
    [InlineData("mi iphone13 y el router v2 en el canal a3, son 3$ o US$50", MessageLanguage.Spanish)]
    [InlineData("mi correo es ana.m4r@example.com y mi página http://example.com/sh!t?m13rda", MessageLanguage.Spanish)]
    [InlineData("my iphone13 and the v2 router on port a3, 3$ or US$50", MessageLanguage.English)]
    [InlineData("my mail is k1ll@example.com and my site http://example.com/sh!t", MessageLanguage.English)]
    public void Detect_CodesPricesAndAddresses_HideNothing(string text, MessageLanguage language)
    {
        var findings = ThePlaybook.Signals.Detect(MessageReading.Of(text), language);

        Assert.Empty(findings.Signals);
        Assert.DoesNotContain(findings.Tone, t => t.Weight > 0);
    }

    // A sign stands for one letter, so that the spans are the same.
    private static void AssertSame(string disguised, string plain, MessageLanguage language)
    {
        var expected = ThePlaybook.Signals.Detect(MessageReading.Of(plain), language);
        var found = ThePlaybook.Signals.Detect(MessageReading.Of(disguised), language);

        Assert.True(expected.Signals.Count + expected.Tone.Count > 0, $"'{plain}' should say something.");
        Assert.Equal(Told(expected), Told(found));
    }

    private static string[] Told(SignalFindings findings) =>
    [
        .. findings.Signals.Select(s => $"{s.Type} {s.Confidence} {string.Join(',', s.Evidence.Select(e => e.Start + "+" + e.Length))}"),
        .. findings.Tone.Select(t => $"{t.Rule} {t.Evidence.Start}+{t.Evidence.Length}"),
    ];
}
