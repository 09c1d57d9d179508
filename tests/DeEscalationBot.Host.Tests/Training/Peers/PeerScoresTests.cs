using DeEscalationBot.Training.Peers;

namespace DeEscalationBot.Host.Tests.Training.Peers;

/// <summary>The expected shapes are those that fastText 0.9.2 (<c>predict-prob MODEL - 2</c>) and <c>tests/peers/sentiment.js</c> write.</summary>
public sealed class PeerScoresTests
{
    [Fact]
    public void ReadFastText_EitherLabelFirst_GivesTheChanceOfYes()
    {
        // It adds 0.00001 to each chance, so that it may write more than 1.
        string[] lines = ["__label__no 0.75 __label__yes 0.25", "__label__yes 1.00001 __label__no 1e-05"];

        Assert.Equal([0.25, 1], PeerScores.ReadFastText(lines, texts: 2));
    }

    [Theory]
    [InlineData("")]
    [InlineData("__label__yes 0.5")]
    [InlineData("__label__yes 0.5 __label__other 0.5")]
    [InlineData("__label__yes 0,5 __label__no 0,5")]
    [InlineData("__label__yes nan __label__no nan")]
    [InlineData("__label__yes 1.5 __label__no 0.5")]
    [InlineData("0.5 __label__yes 0.5 __label__no")]
    [InlineData("terminate called after throwing an instance of 'std::invalid_argument'")]
    public void ReadFastText_Broken_NamesTheLine(string line)
    {
        var fault = Assert.Throws<PeerException>(() => PeerScores.ReadFastText(["__label__no 0.75 __label__yes 0.25", line], texts: 2));

        Assert.Contains("line 2", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void ReadFastText_LinesMissingOrTooMany_SaysHowMany(int texts)
    {
        var line = "__label__no 0.75 __label__yes 0.25";

        var fault = Assert.Throws<PeerException>(() => PeerScores.ReadFastText([line, line], texts));

        Assert.Contains($"2 lines for {texts} texts", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadJson_Numbers_AreGivenAsWritten() =>
        Assert.Equal([-0.7901, 0], PeerScores.ReadJson(["""{"vader":-0.7901}""", """{"vader":0,"nlpjs":1}"""], "vader", texts: 2));

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[1]")]
    [InlineData("""{"nlpjs":1}""")]
    [InlineData("""{"vader":null}""")]
    [InlineData("""{"vader":"0.5"}""")]
    [InlineData("""{"vader":NaN}""")]
    [InlineData("npm warn config")]
    public void ReadJson_Broken_NamesTheLine(string line)
    {
        var fault = Assert.Throws<PeerException>(() => PeerScores.ReadJson(["""{"vader":0.1}""", line], "vader", texts: 2));

        Assert.Contains("Line 2", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadJson_StoppedEarly_SaysHowMany()
    {
        var fault = Assert.Throws<PeerException>(() => PeerScores.ReadJson([], "nlpjs", texts: 2));

        Assert.Contains("nlpjs gave 0 lines for 2 texts", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadJson_LongGarbage_IsCutInTheMessage()
    {
        var fault = Assert.Throws<PeerException>(() => PeerScores.ReadJson([new string('x', 5000)], "vader", texts: 1));

        Assert.True(fault.Message.Length < 400);
    }
}
