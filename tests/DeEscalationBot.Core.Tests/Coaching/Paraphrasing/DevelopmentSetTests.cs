using DeEscalationBot.Core.Channels;

namespace DeEscalationBot.Core.Tests.Coaching.Paraphrasing;

/// <summary>
/// The complaints that we wrote while building the engine and looked at one by one: many trades, regions and tempers, each with
/// its facts. It is no proof of how unseen messages fare: that is what the frozen set of <see cref="ComplaintSetTests"/> is for.
/// </summary>
public sealed class DevelopmentSetTests
{
    // Reached when it was written: 0.97 and 0.98.
    private const double LeastKept = 0.96;

    [Theory]
    [InlineData("es", MessageLanguage.Spanish)]
    [InlineData("en", MessageLanguage.English)]
    public void Paraphrase_DevelopmentComplaints_KeepsFactsAndNothingElse(string language, MessageLanguage spoken)
    {
        var measure = ComplaintMeasure.Of($"development.{language}.jsonl", spoken);

        Assert.True(measure.Messages >= 120, measure.ToString());
        Assert.True(measure.AllKept >= LeastKept * measure.Messages, measure.ToString());
        Assert.Equal(0, measure.Forbidden);
        Assert.Equal(0, measure.FirstPerson);
        Assert.Equal(0, measure.AlteredNumbers);
        Assert.Equal(0, measure.Unsayable);
    }
}
