using System.Text.RegularExpressions;
using DeEscalationBot.Host.Channels.BotFramework.Agent;
using DeEscalationBot.Host.Channels.BotFramework.Cards.Texts;
using DeEscalationBot.Host.Tests.Fixtures;

namespace DeEscalationBot.Host.Tests.Channels.BotFramework.Agent;

public partial class AgentTextsTests
{
    private static readonly Dictionary<string, string> English = TextResources.Read(typeof(AgentTexts), "en");
    private static readonly Dictionary<string, string> Spanish = TextResources.Read(typeof(AgentTexts), "es");

    [Fact]
    public void BothLanguages_HaveTheSameKeysAndPlaces()
    {
        Assert.Equal(English.Keys.Order(StringComparer.Ordinal), Spanish.Keys.Order(StringComparer.Ordinal));
        Assert.All(English, e => Assert.Equal(TextResources.PlacesOf(e.Value), TextResources.PlacesOf(Spanish[e.Key])));
    }

    [Fact]
    public void EveryTextThatTheBotNames_Exists()
    {
        var folder = Path.Combine(Repository.Root, "src", "DeEscalationBot.Host", "Channels", "BotFramework");
        var used = Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories).Where(f => f.Contains("Agent", StringComparison.Ordinal) || f.Contains("Turns", StringComparison.Ordinal))
            .SelectMany(f => Key().Matches(File.ReadAllText(f)).Select(m => m.Groups[1].Value)).ToHashSet(StringComparer.Ordinal);

        Assert.True(used.Count > 25, $"Only {used.Count} texts were found in the sources.");
        var cards = TextResources.Read(typeof(CardTexts), "en");
        Assert.All(used, k => Assert.True(English.ContainsKey(k) || cards.ContainsKey(k), k));
        Assert.All(English.Keys.Where(k => !k.StartsWith("Command.", StringComparison.Ordinal) && !k.StartsWith("Prefix.", StringComparison.Ordinal)), k => Assert.Contains(k, used));
    }

    [Fact]
    public void EveryCommand_HasWordsThatMeanNothingElse()
    {
        var words = English.Concat(Spanish).Where(t => t.Key.StartsWith("Command.", StringComparison.Ordinal)).SelectMany(t => t.Value.Split('|').Select(w => (Word: w, Wish: t.Key))).Distinct();

        Assert.All(words.GroupBy(w => w.Word), g => Assert.Single(g.Select(w => w.Wish).Distinct()));
        Assert.All(Enum.GetNames<AgentWish>(), n => Assert.True(English.ContainsKey("Command." + n) || English.ContainsKey("Prefix." + n), n));
    }

    [GeneratedRegex("\"(Greeting|(?:Greeting|Coaching|Review|Status|Draft|Composed|Task|Case|Language|Sent|AnotherWay|Supervisor|Feedback|Message|Group|Record|Invoke|Alerts)\\.[A-Za-z]+)\"", RegexOptions.NonBacktracking)]
    private static partial Regex Key();
}
