using DeEscalationBot.Core.Channels;

namespace DeEscalationBot.Core.Tests.Coaching.Paraphrasing;

/// <summary>
/// The complaints that we wrote while building the engine and looked at one by one: many trades, regions and tempers, each with
/// its facts. It is no proof of how unseen messages fare: that is what the frozen set of <see cref="ComplaintSetTests"/> is for.
/// </summary>
public sealed class DevelopmentSetTests
{
    // The shares stand at what is reached; the engine is deterministic.
    [Theory]
    [InlineData("es", MessageLanguage.Spanish, 0.975)]
    [InlineData("en", MessageLanguage.English, 0.952)]
    public void Paraphrase_DevelopmentComplaints_KeepsFactsAndNothingElse(string language, MessageLanguage spoken, double leastKept)
    {
        var measure = ComplaintMeasure.Of($"development.{language}.jsonl", spoken);

        Assert.True(measure.Messages >= 390, measure.ToString());
        AssertKept(measure, leastKept);
    }

    // Written before the engine's answers to them were looked at, a third of them long stories; 0.84 of them were kept then.
    [Theory]
    [InlineData("es", MessageLanguage.Spanish, 0.94)]
    [InlineData("en", MessageLanguage.English, 0.93)]
    public void Paraphrase_MessyComplaints_KeepsFactsAndNothingElse(string language, MessageLanguage spoken, double leastKept)
    {
        var measure = ComplaintMeasure.Of($"messy.{language}.jsonl", spoken);

        Assert.True(measure.Messages >= 185, measure.ToString());
        AssertKept(measure, leastKept);
    }

    // Written as strangers write, 60, 40 and 20 of them, each time before the engine's answers were looked at: of those that were new, 0.80 to 0.95
    // were kept. What must not be said is strict here: scorn, idioms, asides and colloquial words too, some of which an agent might say.
    [Theory]
    [InlineData("es", MessageLanguage.Spanish, 0.95, 21)]
    [InlineData("en", MessageLanguage.English, 0.975, 32)]
    public void Paraphrase_StrangersComplaints_KeepsAtLeastWhatWasReached(string language, MessageLanguage spoken, double leastKept, int mostForbidden)
    {
        var measure = ComplaintMeasure.Of($"strangers.{language}.jsonl", spoken);

        Assert.Equal(120, measure.Messages);
        Assert.True(measure.AllKept >= leastKept * measure.Messages, measure.ToString());
        Assert.True(measure.Forbidden <= mostForbidden, measure.ToString());
        Assert.True(measure is { FirstPerson: 0, AlteredNumbers: 0, Unsayable: 0 }, measure.ToString());
    }

    private static void AssertKept(ComplaintMeasure measure, double leastKept)
    {
        Assert.True(measure.AllKept >= leastKept * measure.Messages, measure.ToString());
        Assert.Equal(0, measure.Forbidden);
        Assert.Equal(0, measure.FirstPerson);
        Assert.Equal(0, measure.AlteredNumbers);
        Assert.Equal(0, measure.Unsayable);
    }
}
