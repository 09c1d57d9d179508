using DeEscalationBot.Core.Coaching;
using DeEscalationBot.Core.Coaching.Writing;
using DeEscalationBot.Core.Conversations;
using DeEscalationBot.Core.Escalation;
using DeEscalationBot.Core.Scoring;
using DeEscalationBot.Host.Pages.Texts;
using DeEscalationBot.Host.Tests.Fixtures;

namespace DeEscalationBot.Host.Tests.Pages;

public class PageTextsTests
{
    private static readonly Dictionary<string, string> English = TextResources.Read(typeof(PageTexts), "en");
    private static readonly Dictionary<string, string> Spanish = TextResources.Read(typeof(PageTexts), "es");

    [Fact]
    public void BothLanguages_HaveTheSameKeys() => Assert.Equal(English.Keys.Order(StringComparer.Ordinal), Spanish.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void BothLanguages_HaveTheSamePlaces() => Assert.All(English, e => Assert.Equal(TextResources.PlacesOf(e.Value), TextResources.PlacesOf(Spanish[e.Key])));

    [Fact]
    public void NoText_HoldsAnEmoji() => Assert.All(English.Values.Concat(Spanish.Values), t => Assert.DoesNotContain(t, c => char.IsSurrogate(c) || c is >= '\u2600' and <= '\u27BF'));

    [Fact]
    public void EveryWordOfTheRules_HasAText()
    {
        string[] keys =
        [
            .. Enum.GetNames<FrustrationLevel>().Select(n => "Level." + n), .. Enum.GetNames<TensionTrend>().Select(n => "Trend." + n),
            .. Enum.GetNames<SignalType>().Select(n => "Signal." + n), .. Enum.GetNames<ScoreCue>().Select(n => "Cue." + n), .. Enum.GetNames<ConversationStep>().Select(n => "Step." + n),
            .. Enum.GetNames<AlertUrgency>().Select(n => "Urgency." + n), .. Enum.GetNames<AlertState>().Select(n => "State." + n), .. Enum.GetNames<AlertDismissal>().Select(n => "Dismissal." + n),
            .. Enum.GetNames<WritingKind>().Select(n => "Wording." + n), .. Enum.GetNames<OfflineReason>().Select(n => "Offline." + n), .. Enum.GetNames<WritingFault>().Select(n => "Fault." + n),
            .. Enum.GetNames<EscalationTrigger>().Select(n => "Trigger." + n), .. Enum.GetNames<EarlySignKind>().Select(n => "Sign." + n),
        ];
        Assert.All(keys, k => Assert.Contains(k, English.Keys));
    }

    [Fact]
    public void EveryTextThatAPageNames_Exists()
    {
        // Components read texts by T["Key"]; the sources lie in the repository that the tests run from.
        var pages = Repository.PathTo("src", "DeEscalationBot.Host", "Pages");
        var used = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(pages, "*.razor", SearchOption.AllDirectories))
        {
            var source = File.ReadAllText(file);
            for (var at = source.IndexOf('"', StringComparison.Ordinal); at >= 0; at = source.IndexOf('"', at + 1))
            {
                var end = source.IndexOf('"', at + 1);
                if (end < 0)
                {
                    break;
                }

                var word = source[(at + 1)..end];
                if (English.Keys.Any(k => k.StartsWith(word.Split('.')[0] + ".", StringComparison.Ordinal)) && word.Contains('.', StringComparison.Ordinal) && !word.EndsWith('.') && word.All(c => char.IsAsciiLetterOrDigit(c) || c == '.'))
                {
                    used.Add(word);
                }
            }
        }

        Assert.True(used.Count > 100, $"Only {used.Count} texts were found in the sources.");

        // A key that is put together, as "Chat.As" + speaker, begins one that exists.
        Assert.All(used, k => Assert.Contains(English.Keys, key => key.StartsWith(k, StringComparison.Ordinal)));
    }
}
