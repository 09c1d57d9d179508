using System.Globalization;
using System.Resources;

namespace DeEscalationBot.Host.Cases.Texts;

/// <summary>What is wrong with an import, in the language of whoever sent it.</summary>
internal static class ImportWords
{
    private static readonly ResourceManager Resources = new(typeof(ImportTexts));

    /// <summary>A sentence.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="values">What goes into the places.</param>
    public static string Say(string key, params object[] values)
    {
        var culture = CaseWords.In(CaseWordingLanguage.Now).Culture;
        var text = Resources.GetString(key, culture) ?? throw new InvalidOperationException($"There is no text '{key}'.");
        return string.Format(CultureInfo.InvariantCulture, text, values);
    }
}
