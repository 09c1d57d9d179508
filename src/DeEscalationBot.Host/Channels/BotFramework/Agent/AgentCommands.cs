using System.Globalization;
using System.Text;
using DeEscalationBot.Host.Channels.BotFramework.Chats;
using Microsoft.Extensions.Localization;

namespace DeEscalationBot.Host.Channels.BotFramework.Agent;

/// <summary>What an agent wants of the bot.</summary>
public enum AgentWish
{
    /// <summary>No command: these are a customer's words, to be coached on.</summary>
    Coach,

    /// <summary>To know what the bot can do.</summary>
    Help,

    /// <summary>A draft reviewed; asks for it when it is not there yet.</summary>
    Review,

    /// <summary>Other words for the last suggestion.</summary>
    AnotherWay,

    /// <summary>To tell what was sent to the customer.</summary>
    Sent,

    /// <summary>A supervisor.</summary>
    CallSupervisor,

    /// <summary>To know how the conversation stands.</summary>
    Status,

    /// <summary>To know why the last suggestion was made.</summary>
    Why,

    /// <summary>Another customer.</summary>
    NewCase,

    /// <summary>To be spoken to in Spanish.</summary>
    SpeakSpanish,

    /// <summary>To be spoken to in English.</summary>
    SpeakEnglish,

    /// <summary>A supervisor's: alerts where it is said.</summary>
    AlertsHere,

    /// <summary>A supervisor's: no alerts any more where it is said.</summary>
    AlertsStop,

    /// <summary>To see the customers' chats that wait.</summary>
    ListChats,

    /// <summary>To answer a customer's chat from here.</summary>
    TakeChat,

    /// <summary>To answer a customer's chat no more.</summary>
    ReleaseChat,
}

/// <summary>A command.</summary>
/// <param name="Wish">What is wanted.</param>
/// <param name="Text">The words that it is about: the draft, the answer, the customer's message, the code of a chat; empty where there are none.</param>
/// <param name="IsBare">Whether it is words without any command.</param>
public sealed record AgentCommand(AgentWish Wish, string Text, bool IsBare = false);

/// <summary>Reads commands in natural words, Spanish and English at any time. What is no command is a customer's message.</summary>
/// <remarks>
/// A wish without words has to be the whole message, or all but the code of a chat, and one with words has to begin it and end in a colon: a customer who writes
/// "necesito ayuda con mi pedido" must not call a supervisor. Accents, case and punctuation do not matter. Safe for concurrent use.
/// </remarks>
public sealed class AgentCommands
{
    private static readonly AgentWish[] Alone =
    [
        AgentWish.Help, AgentWish.Review, AgentWish.AnotherWay, AgentWish.CallSupervisor, AgentWish.Status, AgentWish.Why, AgentWish.NewCase, AgentWish.SpeakSpanish, AgentWish.SpeakEnglish,
        AgentWish.AlertsHere, AgentWish.AlertsStop, AgentWish.ListChats, AgentWish.TakeChat, AgentWish.ReleaseChat,
    ];

    private static readonly AgentWish[] WithWords = [AgentWish.Coach, AgentWish.Review, AgentWish.Sent];

    // The same words as alone, with the code of a chat after them.
    private static readonly AgentWish[] WithCode = [AgentWish.TakeChat, AgentWish.ReleaseChat];
    private readonly Dictionary<string, AgentWish> _alone;
    private readonly Dictionary<string, AgentWish> _withWords;

    /// <summary>Makes a reader.</summary>
    /// <param name="texts">The words of each command, by <c>Command.…</c> and <c>Prefix.…</c>, set apart by <c>|</c>.</param>
    public AgentCommands(IStringLocalizer<AgentTexts> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        _alone = WordsOf(texts, "Command", Alone);
        _withWords = WordsOf(texts, "Prefix", WithWords);
    }

    /// <summary>Reads a message.</summary>
    /// <param name="text">The message.</param>
    public AgentCommand Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (_alone.TryGetValue(Folded(text), out var wish))
        {
            return new AgentCommand(wish, "");
        }

        // A code is one word: a customer's sentence that begins alike has more.
        if (text.TrimEnd(' ', '.', '!').Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) is [.. var first, { Length: ChatCode.Length } code] && first.Length > 0
            && _alone.TryGetValue(Folded(string.Join(' ', first)), out var named) && WithCode.Contains(named))
        {
            return new AgentCommand(named, code);
        }

        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && _withWords.TryGetValue(Folded(text[..colon]), out var begun)
            ? new AgentCommand(begun, text[(colon + 1)..].Trim())
            : new AgentCommand(AgentWish.Coach, text.Trim(), IsBare: true);
    }

    private static Dictionary<string, AgentWish> WordsOf(IStringLocalizer<AgentTexts> texts, string group, AgentWish[] wishes)
    {
        var words = new Dictionary<string, AgentWish>(StringComparer.Ordinal);
        var before = CultureInfo.CurrentUICulture;
        try
        {
            foreach (var language in new[] { "es", "en" })
            {
                CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
                foreach (var wish in wishes)
                {
                    foreach (var word in texts[$"{group}.{wish}"].Value.Split('|'))
                    {
                        words[Folded(word)] = wish;
                    }
                }
            }
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }

        return words;
    }

    // Lower case, no accents, letters and digits only, one blank between words.
    private static string Folded(string text)
    {
        const int longest = 80;
        if (text.Length > longest)
        {
            return "";
        }

        var folded = new StringBuilder(text.Length);
        foreach (var c in text.Normalize(NormalizationForm.FormD))
        {
            if (char.IsLetterOrDigit(c))
            {
                folded.Append(char.ToLowerInvariant(c));
            }
            else if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark && folded.Length > 0 && folded[^1] != ' ')
            {
                folded.Append(' ');
            }
        }

        return folded.ToString().TrimEnd();
    }
}
