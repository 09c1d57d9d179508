using System.Text.RegularExpressions;
using DeEscalationBot.Host.Tests.Fixtures;

namespace DeEscalationBot.Host.Tests.Pages;

/// <summary>What holds for the resources of a part of the interface: both languages say the same, and every text is one that somebody names.</summary>
/// <typeparam name="T">Names the resources.</typeparam>
/// <param name="groups">The first words of the keys.</param>
public abstract class ResourceTexts<T>(params string[] groups)
{
    protected static Dictionary<string, string> English { get; } = TextResources.Read(typeof(T), "en");

    private static Dictionary<string, string> Spanish { get; } = TextResources.Read(typeof(T), "es");

    [Fact]
    public void BothLanguages_HaveTheSameKeysAndPlaces()
    {
        Assert.Equal(English.Keys.Order(StringComparer.Ordinal), Spanish.Keys.Order(StringComparer.Ordinal));
        Assert.All(English, e => Assert.Equal(TextResources.PlacesOf(e.Value), TextResources.PlacesOf(Spanish[e.Key])));
    }

    [Fact]
    public void EveryTextThatIsNamed_ExistsAndEveryTextIsNamed()
    {
        var key = new Regex($"\"((?:{string.Join('|', groups)})\\.[A-Za-z0-9.]+)\"", RegexOptions.NonBacktracking);
        var host = Repository.PathTo("src", "DeEscalationBot.Host");
        var used = Directory.EnumerateFiles(host, "*.*", SearchOption.AllDirectories)
            .Where(f => f.EndsWith(".razor", StringComparison.Ordinal) || f.EndsWith(".cs", StringComparison.Ordinal))
            .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(f => key.Matches(File.ReadAllText(f)).Select(m => m.Groups[1].Value))
            .ToHashSet(StringComparer.Ordinal);

        // A key that is put together, as "Report.Step" + ".Title", begins one that exists.
        Assert.All(used, k => Assert.Contains(English.Keys, other => other.StartsWith(k, StringComparison.Ordinal)));
        Assert.All(English.Keys, k => Assert.Contains(used, u => k == u || k.StartsWith(u.TrimEnd('.') + ".", StringComparison.Ordinal)));
    }
}
