using System.Globalization;
using System.Resources;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Host.Channels.BotFramework.Cards.Texts;
using DeEscalationBot.Host.Pages.Texts;

namespace DeEscalationBot.Host.Channels.BotFramework.Cards;

/// <summary>Our own words on cards in one language: those of <see cref="CardTexts"/>, and for levels, steps and triggers those of the pages.</summary>
/// <remarks>By the language of the reader, whatever language the thread has. Immutable; safe for concurrent use.</remarks>
public sealed class CardWording
{
    private static readonly ResourceManager Cards = new(typeof(CardTexts));
    private static readonly ResourceManager Pages = new(typeof(PageTexts));
    private static readonly CardWording English = new("en");
    private static readonly CardWording Spanish = new("es");

    private readonly CultureInfo _culture;

    private CardWording(string language) => _culture = CultureInfo.GetCultureInfo(language);

    /// <summary>The language's code: <c>es</c> or <c>en</c>.</summary>
    public string Code => _culture.Name;

    /// <summary>A text.</summary>
    /// <param name="key">Its key.</param>
    /// <exception cref="InvalidOperationException">There is no such text: a defect.</exception>
    public string this[string key] => Cards.GetString(key, _culture) ?? Pages.GetString(key, _culture) ?? throw new InvalidOperationException($"There is no text '{key}'.");

    /// <summary>A text with its places filled.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="values">What goes into the places.</param>
    public string this[string key, params object[] values] => string.Format(_culture, this[key], values);

    /// <summary>The words in a language.</summary>
    /// <param name="language">The language; English when it is not known.</param>
    public static CardWording In(MessageLanguage language) => language == MessageLanguage.Spanish ? Spanish : English;

    /// <summary>What the rules call something.</summary>
    /// <typeparam name="T">What kind of thing.</typeparam>
    /// <param name="group">The first part of the key, for instance <c>Level</c>.</param>
    /// <param name="value">The thing.</param>
    public string Of<T>(string group, T value)
        where T : struct, Enum => this[$"{group}.{value}"];

    /// <summary>A practice's name by its playbook id; the id alone for one that has no name here.</summary>
    /// <param name="id">The playbook id.</param>
    public string Playbook(string id) => Pages.GetString("Playbook." + id, _culture) is { } name ? $"{id} · {name}" : id;
}
