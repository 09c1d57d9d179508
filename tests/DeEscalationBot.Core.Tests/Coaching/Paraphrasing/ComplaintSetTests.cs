using System.Security.Cryptography;
using System.Text.Json;

namespace DeEscalationBot.Core.Tests.Coaching.Paraphrasing;

/// <summary>The complaints that the paraphrase engine is measured on: written by people who had not seen it, and never changed.</summary>
public sealed class ComplaintSetTests
{
    [Theory]
    [InlineData("es", "4223f4c3da98a06607651d572c755ec652c7ded816e18c15384be9943e0de210")]
    [InlineData("en", "ea216250d1b6f4b7dbfcbd2658e2ba1715b0225ef147922e5882bcc8f6f4b8e6")]
    public void Complaints_File_IsFrozen(string language, string sha256)
    {
        // Line ends are normalised, so that a checkout with CRLF gives the same hash.
        var text = File.ReadAllText(PathOf(language)).ReplaceLineEndings("\n");

        Assert.Equal(sha256, Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text))));
    }

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

    private static string PathOf(string language) => Path.Combine(AppContext.BaseDirectory, "Coaching", "Paraphrasing", $"complaints.{language}.jsonl");
}
