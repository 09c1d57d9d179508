using DeEscalationBot.Core.Channels;

namespace DeEscalationBot.Host.Channels.BotFramework.Alerts;

/// <summary>What kind of place it is.</summary>
public enum AlertPlaceKind
{
    /// <summary>A team's channel: each alert begins a thread.</summary>
    Channel,

    /// <summary>A person, wherever the bot is alone with them.</summary>
    Person,

    /// <summary>A conversation as it is: a personal or a group chat.</summary>
    Chat,
}

/// <summary>A place in Teams where alerts appear.</summary>
/// <param name="Kind">What kind.</param>
/// <param name="Id">The channel's, the person's (in the directory) or the conversation's id.</param>
/// <param name="Language">The language of its cards; undetermined for that of the conversation.</param>
/// <param name="IsShared">Whether several people read there.</param>
public sealed record AlertPlace(AlertPlaceKind Kind, string Id, MessageLanguage Language, bool IsShared)
{
    /// <summary>Names it among all places, whoever chose it.</summary>
    public string Key => Kind == AlertPlaceKind.Person ? "person:" + Id : Id;

    /// <summary>The places of the settings, with the names of their sinks. Ids of people are in small letters, as the directory writes them.</summary>
    /// <param name="options">The settings.</param>
    public static IEnumerable<(string Sink, AlertPlace Place)> OfSettings(TeamsAlertsOptions options) =>
        (options ?? throw new ArgumentNullException(nameof(options))).Places.Select((p, i) => (
            p.Name.Length > 0 ? p.Name : FormattableString.Invariant($"teams-{i}"),
            p.Channel.Length > 0
                ? new AlertPlace(AlertPlaceKind.Channel, p.Channel, LanguageOf(p.Language), IsShared: true)
                : new AlertPlace(AlertPlaceKind.Person, p.Person.ToLowerInvariant(), LanguageOf(p.Language), IsShared: false)));

    /// <summary>The language of a code or a locale.</summary>
    /// <param name="code">For instance <c>es</c> or <c>es-MX</c>.</param>
    public static MessageLanguage LanguageOf(string? code) =>
        string.IsNullOrEmpty(code) ? MessageLanguage.Undetermined : code.StartsWith("es", StringComparison.OrdinalIgnoreCase) ? MessageLanguage.Spanish : MessageLanguage.English;
}
