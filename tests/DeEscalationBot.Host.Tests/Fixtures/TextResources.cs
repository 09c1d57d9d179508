using System.Collections;
using System.Globalization;
using System.Resources;

namespace DeEscalationBot.Host.Tests.Fixtures;

/// <summary>The sentences of a resource file, to compare its languages.</summary>
public static class TextResources
{
    /// <summary>All of one language, and none of another that it would fall back to.</summary>
    public static Dictionary<string, string> Read(Type texts, string language)
    {
        var resources = new ResourceManager(texts).GetResourceSet(CultureInfo.GetCultureInfo(language), createIfNotExists: true, tryParents: language == "en")!;
        return resources.Cast<DictionaryEntry>().ToDictionary(e => (string)e.Key, e => (string)e.Value!);
    }

    /// <summary>The places of a sentence that are filled in.</summary>
    public static string PlacesOf(string text) => string.Concat(Enumerable.Range(0, 6).Where(i => text.Contains($"{{{i}}}", StringComparison.Ordinal)));
}
