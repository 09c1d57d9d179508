using System.Text.Json;
using DeEscalationBot.Core.Channels;

namespace DeEscalationBot.Core.Tests.Coaching.Paraphrasing;

/// <summary>The complaints that the paraphrase engine is measured on: written by people who had not seen it, and never changed.</summary>
public sealed class ComplaintSetTests
{
    [Theory]
    [InlineData("es", "4223f4c3da98a06607651d572c755ec652c7ded816e18c15384be9943e0de210")]
    [InlineData("en", "ea216250d1b6f4b7dbfcbd2658e2ba1715b0225ef147922e5882bcc8f6f4b8e6")]
    public void Complaints_File_IsFrozen(string language, string sha256) => FrozenFile.AssertUnchanged(PathOf(language), sha256);

    [Theory]
    [InlineData("es")]
    [InlineData("en")]
    public void Complaints_EachLine_NamesWhatToKeepAndWhatToLeaveOut(string language)
    {
        // Issue 4: 120 messages in each language, with the facts to keep.
        var lines = File.ReadLines(PathOf(language)).Select(l => JsonDocument.Parse(l).RootElement).ToArray();

        Assert.Equal(120, lines.Select(l => l.GetProperty("id").GetString()).Distinct().Count());
        Assert.All(lines, l =>
        {
            Assert.InRange(l.GetProperty("facts").GetArrayLength(), 2, 4);
            Assert.All(l.GetProperty("facts").EnumerateArray(), f => Assert.NotEqual(0, f.GetArrayLength()));
            Assert.Equal(JsonValueKind.Array, l.GetProperty("forbidden").ValueKind);
            Assert.False(string.IsNullOrWhiteSpace(l.GetProperty("text").GetString()));
        });
    }

    // The goal of issue 4 is 0.95 with nothing forbidden; these bars stand at what is reached, and move towards the goal. One did not:
    // Spanish went from 19 to 22 forbidden when it went from 96 to 107 messages kept, because more is told.
    [Theory]
    [InlineData("es", MessageLanguage.Spanish, 0.89, 22)]
    [InlineData("en", MessageLanguage.English, 0.88, 13)]
    public void Paraphrase_FrozenComplaints_KeepsAtLeastWhatWasReached(string language, MessageLanguage spoken, double leastKept, int mostForbidden)
    {
        // Counts only: nobody who works on the engine reads these messages.
        var measure = ComplaintMeasure.Of($"complaints.{language}.jsonl", spoken);

        Assert.True(measure.AllKept >= leastKept * measure.Messages, measure.ToString());
        Assert.True(measure.Forbidden <= mostForbidden, measure.ToString());
        Assert.True(measure is { FirstPerson: 0, AlteredNumbers: 0, Unsayable: 0 }, measure.ToString());
    }

    private static string PathOf(string language) => Path.Combine(AppContext.BaseDirectory, "Coaching", "Paraphrasing", $"complaints.{language}.jsonl");
}
