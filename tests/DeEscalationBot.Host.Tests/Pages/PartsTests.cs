using Bunit;
using DeEscalationBot.Core.Coaching;
using DeEscalationBot.Core.Scoring;
using DeEscalationBot.Host.Conversations;
using DeEscalationBot.Host.Pages.Parts;

namespace DeEscalationBot.Host.Tests.Pages;

public class PartsTests : PageContext
{
    [Theory]
    [InlineData("<script>alert(1)</script> & <b>bold</b>")]
    [InlineData("<img src=x onerror=alert(1)>")]
    [InlineData("\"'><svg onload=alert(1)>")]
    public void MarkedText_HostileText_IsShownAsText(string text)
    {
        var shown = Render<MarkedText>(p => p.Add(c => c.Text, text).Add(c => c.Marks, [new TextMark(2, 6, "\"><script>", "plain"), new TextMark(5, 10, "b", "grave")]));
        Assert.Equal(text, shown.Find(".marked").TextContent);
        Assert.Empty(shown.FindAll("script, img, svg, b"));
        Assert.All(shown.Find(".marked").Children, e => Assert.Equal("MARK", e.TagName));
    }

    [Fact]
    public void MarkedText_OverlappingMarks_NamesBothSignals()
    {
        var shown = Render<MarkedText>(p => p.Add(c => c.Text, "abcdef").Add(c => c.Marks, [new TextMark(0, 4, "Unheard", "plain"), new TextMark(2, 4, "Insult", "grave")]));
        Assert.Equal(["Unheard", "Unheard · Insult", "Insult"], shown.FindAll("mark").Select(m => m.GetAttribute("title")));
        Assert.Equal("mark-plain mark-grave", shown.FindAll("mark")[1].ClassName);
    }

    [Fact]
    public void MarkedText_LineBreaksAndSpaces_AreKept() =>
        Assert.Equal("a\n  b \n", Render<MarkedText>(p => p.Add(c => c.Text, "a\n  b \n").Add(c => c.Marks, [new TextMark(0, 1, "x", "plain")])).Find(".marked").TextContent);

    [Fact]
    public void TensionCurve_NoPoints_DrawsNothing() =>
        Assert.Empty(Render<TensionCurve>(p => p.Add(c => c.Points, [])).FindAll("svg"));

    [Fact]
    public void TensionCurve_Points_AreInsideTheFrameAndHigherIsTenser()
    {
        var curve = Render<TensionCurve>(p => p.Add(c => c.Points, [Point(0, 0), Point(1, 4), Point(0.5, 2)]));
        var dots = curve.FindAll("circle").Select(c => (X: Number(c.GetAttribute("cx")), Y: Number(c.GetAttribute("cy")))).ToArray();
        Assert.Equal(3, dots.Length);
        Assert.All(dots, d => Assert.InRange(d.Y, 0, 56));
        Assert.All(dots, d => Assert.InRange(d.X, 0, 340));
        Assert.True(dots[1].Y < dots[2].Y && dots[2].Y < dots[0].Y);
        Assert.Equal("Tension over 3 messages: from 0 to 50 of 100, at most 100", curve.Find("svg").GetAttribute("aria-label"));
    }

    [Fact]
    public void TensionCurve_HundredPoints_ShowsTheLastForty() =>
        Assert.Equal(40, Render<TensionCurve>(p => p.Add(c => c.Points, [.. Enumerable.Range(0, 100).Select(i => Point(i / 100.0, 1))])).FindAll("circle").Count);

    [Fact]
    public void TensionCurve_SpanishNumbers_StayNumbersOfTheDrawing()
    {
        System.Globalization.CultureInfo.CurrentCulture = System.Globalization.CultureInfo.GetCultureInfo("es-ES");
        var line = Render<TensionCurve>(p => p.Add(c => c.Points, [Point(0.123, 0), Point(0.777, 1), Point(0.3, 1)])).Find("polyline").GetAttribute("points")!;
        Assert.Equal(3, line.Split(' ').Length);
        Assert.All(line.Split(' '), pair => Assert.Equal(2, pair.Split(',').Length));
    }

    [Fact]
    public void SevenSteps_SomeDone_NamesTheNextInOrder()
    {
        var steps = Render<SevenSteps>(p => p.Add(c => c.Done, [ConversationStep.Calm, ConversationStep.Repeat]));
        Assert.Equal(7, steps.FindAll("li").Count);
        Assert.Equal(2, steps.FindAll("li.done").Count);
        Assert.EndsWith("Listen", steps.Find(".steps-next").TextContent.Trim(), StringComparison.Ordinal);
        Assert.Contains("Say it back: done", steps.Find("ol").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("2", steps.Find(".steps").TextContent, StringComparison.Ordinal); // a reminder, not a score
    }

    [Fact]
    public void SevenSteps_AllDone_SaysSo() =>
        Assert.Equal("All steps done.", Render<SevenSteps>(p => p.Add(c => c.Done, Enum.GetValues<ConversationStep>())).Find(".steps-next").TextContent.Trim());

    [Theory]
    [InlineData(FrustrationLevel.Calm, 1, "Calm")]
    [InlineData(FrustrationLevel.Frustrated, 3, "Frustrated")]
    [InlineData(FrustrationLevel.Hostile, 5, "Hostile")]
    public void LevelMark_Level_IsToldByBarsAndWord(FrustrationLevel level, int bars, string word)
    {
        var mark = Render<LevelMark>(p => p.Add(c => c.Level, level));
        Assert.Equal(bars, mark.FindAll(".bar.on").Count);
        Assert.Equal(word, mark.Find(".level-word").TextContent);
    }

    [Theory]
    [InlineData(4, "")]
    [InlineData(5, "soon")]
    [InlineData(10, "late")]
    public void WaitingClock_Age_TurnsAmberAndRed(int minutes, string style)
    {
        var clock = Render<WaitingClock>(p => p.Add(c => c.Since, Samples.Morning - TimeSpan.FromMinutes(minutes)));
        Assert.Equal($"clock {style}".Trim(), clock.Find(".clock").ClassName!.Trim());
        Assert.Contains($"{minutes} min", clock.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void WaitingClock_NobodyWaits_ShowsNothing() => Assert.Empty(Render<WaitingClock>(p => p.Add(c => c.Since, null)).Markup.Trim());

    private static CurvePoint Point(double tension, int level) => new(new Probability(tension), (FrustrationLevel)level);

    private static double Number(string? text) => double.Parse(text!, System.Globalization.CultureInfo.InvariantCulture);
}
