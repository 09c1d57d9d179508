using DeEscalationBot.Core.Scoring;
using DeEscalationBot.Host.Pages.Parts;

namespace DeEscalationBot.Host.Tests.Pages;

public class TextMarksTests
{
    private static string Show(string text, params TextMark[] marks) =>
        string.Join('|', TextMarks.Cut(text, marks).Select(p => p.Marks.Count == 0 ? p.Text : $"{string.Concat(p.Marks.Select(m => m.Label))}:{p.Text}"));

    [Theory]
    [InlineData(0, 2, "a:ab|cdef")]
    [InlineData(4, 2, "abcd|a:ef")]
    [InlineData(0, 6, "a:abcdef")]
    [InlineData(4, 99, "abcd|a:ef")]
    [InlineData(4, int.MaxValue, "abcd|a:ef")]
    [InlineData(6, 1, "abcdef")]
    [InlineData(-2, 4, "a:ab|cdef")]
    [InlineData(2, 0, "abcdef")]
    [InlineData(2, -1, "abcdef")]
    public void Cut_OneMark_StaysInsideTheText(int start, int length, string expected) =>
        Assert.Equal(expected, Show("abcdef", new TextMark(start, length, "a", "plain")));

    [Fact]
    public void Cut_OverlappingMarks_GivesThePieceInTheMiddleBoth() =>
        Assert.Equal("a:ab|ab:cd|b:ef", Show("abcdef", new TextMark(0, 4, "a", "plain"), new TextMark(2, 4, "b", "plain")));

    [Fact]
    public void Cut_NestedMarks_KeepsTheOuterOneAround() =>
        Assert.Equal("a:ab|ab:cd|a:ef", Show("abcdef", new TextMark(0, 6, "a", "plain"), new TextMark(2, 2, "b", "plain")));

    [Fact]
    public void Cut_EmptyText_GivesNothing() => Assert.Equal("", Show("", new TextMark(0, 1, "a", "plain")));

    [Fact]
    public void Cut_EdgeInsideSurrogatePair_TakesTheWholeCharacter()
    {
        const string Text = "x\U0001F600y";
        var pieces = TextMarks.Cut(Text, [new TextMark(2, 1, "a", "plain")]);
        Assert.Equal("\U0001F600", Assert.Single(pieces, p => p.Marks.Count == 1).Text);
        Assert.Equal(Text, string.Concat(pieces.Select(p => p.Text)));
    }

    [Fact]
    public void Cut_ManyRandomMarks_PiecesAreTheText()
    {
        var random = new Random(7);
        const string Text = "Llevo tres semanas \U0001F621 esperando y nadie me contesta.";
        for (var i = 0; i < 500; i++)
        {
            var marks = Enumerable.Range(0, random.Next(6)).Select(_ => new TextMark(random.Next(-5, 70), random.Next(-3, 70), "m", "plain")).ToArray();
            Assert.Equal(Text, string.Concat(TextMarks.Cut(Text, marks).Select(p => p.Text)));
        }
    }

    [Theory]
    [InlineData("I see but no", "I see but no", 6)]   // nothing changed
    [InlineData("I see but no", "Oh I see but no", 9)] // typed before it
    [InlineData("I see but no", "I see but no way", 6)] // typed behind it
    [InlineData("I see but no", "I see BUT no", -1)]   // typed over it
    [InlineData("I see but no", "", -1)]
    public void Follow_Edit_KeepsTheMarkOnItsWords(string before, string after, int expectedStart)
    {
        var spans = TextMarks.Follow(before, after, [EvidenceSpan.Of(before, 6, 3)], s => s, (_, moved) => moved);
        Assert.Equal(expectedStart, spans.Count == 0 ? -1 : spans[0].Start);
        Assert.All(spans, s => Assert.Equal("but", after.Substring(s.Start, s.Length)));
    }
}
