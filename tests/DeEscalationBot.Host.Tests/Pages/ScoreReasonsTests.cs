using AngleSharp.Dom;
using Bunit;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Scoring;
using DeEscalationBot.Host.Pages.Parts;
using Microsoft.AspNetCore.Components.Web;

namespace DeEscalationBot.Host.Tests.Pages;

public class ScoreReasonsTests : PageContext
{
    private const string Said = "Three weeks and NOBODY answers, thanks.";

    [Fact]
    public void Closed_AsksForNothing()
    {
        var part = Open(Said);

        Assert.Equal("Why this score", part.Find("summary").TextContent);
        Assert.Empty(part.FindAll(".reason"));
        Assert.Equal(0, Scorer.Asked);
    }

    [Fact]
    public void Opened_QuotesNamesAndSaysTheDirection()
    {
        Scorer.Explains = _ => new ScoreExplanation(
        [
            new ScoreContribution(2, EvidenceSpan.Of(Said, 16, 14), SignalType.Unheard),
            new ScoreContribution(-1, EvidenceSpan.Of(Said, 32, 6)),
            new ScoreContribution(0.5, Cue: ScoreCue.Capitals),
        ]);
        var part = Open(Said);
        Toggle(part);

        part.WaitForAssertion(() => Assert.Equal(3, part.FindAll(".reason").Count));
        Assert.Equal(["NOBODY answers", "thanks"], part.FindAll(".reason q").Select(q => q.TextContent));
        Assert.Equal(
            ["NOBODY answers Feels unheard raises the score", "thanks lowers the score", "Capitals raises the score"],
            part.FindAll(".reason-what").Select(r => string.Join(' ', r.Children.Select(c => c.TextContent))));

        // Half of the 80 units is the middle: the strongest fills its side, the others by their weight against it.
        Assert.Equal([("40", "40"), ("20", "20"), ("40", "10")], part.FindAll(".reason-bar rect").Select(r => (r.GetAttribute("x")!, r.GetAttribute("width")!)));
        Assert.All(part.FindAll("svg"), s => Assert.Equal("true", s.GetAttribute("aria-hidden")));
    }

    [Fact]
    public void Opened_NothingStandsOut_SaysSo()
    {
        var part = Open("ok");
        Toggle(part);
        part.WaitForAssertion(() => Assert.Contains("Nothing in it stands out", part.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public void NextMessage_WhileOpen_IsExplainedAnewAndOnlyOnce()
    {
        Scorer.Explains = text => new ScoreExplanation([new ScoreContribution(1, EvidenceSpan.Of(text, 0, 1))]);
        var part = Open("a first one");
        Toggle(part);
        part.WaitForAssertion(() => Assert.Equal("a", part.Find(".reason q").TextContent));

        part.Render(p => p.Add(c => c.Text, "the next"));
        part.Render(p => p.Add(c => c.Text, "the next"));

        part.WaitForAssertion(() => Assert.Equal("t", part.Find(".reason q").TextContent));
        Assert.Equal(2, Scorer.Asked);
    }

    [Fact]
    public void NextMessage_WhileClosed_AsksForNothing()
    {
        var part = Open("a first one");
        Toggle(part);
        part.WaitForAssertion(() => Assert.Equal(1, Scorer.Asked));
        Toggle(part);

        part.Render(p => p.Add(c => c.Text, "the next"));

        Assert.Empty(part.FindAll(".reason"));
        Assert.Equal(1, Scorer.Asked);
    }

    [Fact]
    public async Task NextMessage_BeforeTheAnswer_OverridesIt()
    {
        using var released = new ManualResetEventSlim();
        Scorer.Explains = text =>
        {
            if (text == "slow")
            {
                released.Wait(TimeSpan.FromSeconds(30));
            }

            return new ScoreExplanation([new ScoreContribution(1, EvidenceSpan.Of(text, 0, text.Length))]);
        };
        var part = Open("slow");
        var toggled = part.Find("summary").ClickAsync(new MouseEventArgs());
        part.WaitForAssertion(() => Assert.Equal("true", part.Find("[aria-busy]").GetAttribute("aria-busy")));
        part.Render(p => p.Add(c => c.Text, "quick"));
        part.WaitForAssertion(() => Assert.Equal("quick", part.Find(".reason q").TextContent));

        released.Set();
        await toggled;

        Assert.Equal("quick", part.Find(".reason q").TextContent);
    }

    [Theory]
    [InlineData("<img src=x onerror=alert(1)>")]
    [InlineData("\"><script>alert(1)</script>")]
    public void HostileWords_AreShownAsText(string text)
    {
        Scorer.Explains = t => new ScoreExplanation([new ScoreContribution(1, EvidenceSpan.Of(t, 0, t.Length))]);
        var part = Open(text);
        Toggle(part);

        part.WaitForAssertion(() => Assert.Equal(text, part.Find(".reason q").TextContent));
        Assert.Empty(part.FindAll("script, img"));
    }

    [Fact]
    public void LongQuote_KeepsItsEnds()
    {
        const string Long = "I have been waiting for three weeks now and not one of your people has answered me";
        Scorer.Explains = t => new ScoreExplanation([new ScoreContribution(1, EvidenceSpan.Of(t, 0, t.Length))]);
        var part = Open(Long);
        Toggle(part);

        part.WaitForAssertion(() => Assert.Equal("I have been … has answered me", part.Find(".reason q").TextContent));
    }

    [Fact]
    public void Opinion_BesideOurs_IsSaidWithItsWords_AndChangesNothing()
    {
        var reading = new SentimentReading(
            Sentiment.Negative, new SentimentShares(Probability.Zero, Probability.Zero, new Probability(0.95)), new Probability(0.95),
            [new SentimentOpinion(EvidenceSpan.Of(Said, 16, 6), EvidenceSpan.Of(Said, 0, 11), Sentiment.Negative)], "en", "2022-11-01");
        var part = OpenWith(new SecondOpinion("Azure AI Language", OpinionUse.Beside, reading, null, new UncountedScore(new Probability(0.7), FrustrationLevel.Frustrated)));
        Toggle(part);

        part.WaitForAssertion(() => Assert.NotEmpty(part.FindAll(".opinion")));
        Assert.Equal("Azure AI Language was asked as well and hears a negative tone (95% negative). With that tone in our model's place: Frustrated. It changes nothing.", part.Find(".opinion").TextContent.Replace("\u00A0", "", StringComparison.Ordinal).Replace(" %", "%", StringComparison.Ordinal));
        Assert.Equal(["NOBODY", "Three weeks"], part.FindAll(".opinion-words q").Select(q => q.TextContent));
    }

    [Fact]
    public void Opinion_InPlaceOfOurs_SaysWhatOursWouldBe()
    {
        var reading = new SentimentReading(Sentiment.Positive, new SentimentShares(Probability.One, Probability.Zero, Probability.Zero), Probability.Zero, [], "en", "");
        var part = OpenWith(new SecondOpinion("Azure AI Language", OpinionUse.Instead, reading, null, new UncountedScore(new Probability(0.9), FrustrationLevel.Angry)));
        Toggle(part);
        part.WaitForAssertion(() => Assert.Contains("Our own model: Angry.", part.Markup, StringComparison.Ordinal));
        Assert.Contains("What our own model goes by:", part.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Opinion_ThatFailed_SaysWhy()
    {
        foreach (var failure in Enum.GetValues<OpinionFailure>())
        {
            var part = OpenWith(new SecondOpinion("Azure AI Language", OpinionUse.Instead, null, failure));
            Toggle(part);
            part.WaitForAssertion(() => Assert.StartsWith("Azure AI Language said nothing: ", part.FindAll(".opinion").Single().TextContent, StringComparison.Ordinal));
            Assert.DoesNotContain("NoOpinion", part.Markup, StringComparison.Ordinal);
        }
    }

    private static void Toggle(IRenderedComponent<ScoreReasons> part) => part.Find("summary").Click();

    private IRenderedComponent<ScoreReasons> OpenWith(SecondOpinion opinion) =>
        Render<ScoreReasons>(p => p.Add(c => c.Text, Said).Add(c => c.Language, MessageLanguage.English).Add(c => c.Opinion, opinion));

    private IRenderedComponent<ScoreReasons> Open(string text) =>
        Render<ScoreReasons>(p => p.Add(c => c.Text, text).Add(c => c.Language, MessageLanguage.English));
}

public class ScoreReasonsSpanishTests() : PageContext("es")
{
    [Fact]
    public void Opened_InSpanish_NamesAndDirectionsAreSpanish()
    {
        Scorer.Explains = _ => new ScoreExplanation([new ScoreContribution(1, Cue: ScoreCue.Exclamations), new ScoreContribution(-0.5, Cue: ScoreCue.Questions)]);
        var part = Render<ScoreReasons>(p => p.Add(c => c.Text, "¡Ya! ¿Cuándo?"));
        part.Find("summary").Click();

        part.WaitForAssertion(() => Assert.Equal(
            ["Signos de exclamación sube la puntuación", "Preguntas baja la puntuación"],
            part.FindAll(".reason-what").Select(r => string.Join(' ', r.Children.Select(c => c.TextContent)))));
        Assert.Equal("Por qué esta puntuación", part.Find("summary").TextContent);
    }
}
