using System.Globalization;
using System.Resources;
using System.Text.Json.Nodes;
using DeEscalationBot.Host.Channels.BotFramework.Agent;

namespace DeEscalationBot.Host.Channels.BotFramework.TeamsApp;

/// <summary>The manifest of the Teams app, version 1.22: a bot, two actions of a message extension, and two tabs; English with Spanish beside it.</summary>
/// <remarks>Limits of lengths are those of the schema; a text that breaks one is a defect, which <see cref="Check"/> finds.</remarks>
public static class TeamsManifest
{
    /// <summary>The schema's version.</summary>
    public const string Version = "1.22";

    /// <summary>The file of the Spanish texts in the package.</summary>
    public const string SpanishFile = "es.json";

    private static readonly string[] Languages = ["en", "es"];
    private static readonly ResourceManager Resources = new(typeof(TeamsAppTexts));

    // Where each text goes, in the manifest and in the file of a language, and how long it may be there.
    private static readonly (string Path, string Key, int Most)[] Texts =
    [
        ("name.short", "Name.Short", 30), ("name.full", "Name.Full", 100), ("description.short", "Description.Short", 80), ("description.full", "Description.Full", 4000),
        ("bots[0].commandLists[0].commands[0].title", "Command.Help.Title", 32), ("bots[0].commandLists[0].commands[0].description", "Command.Help.Description", 128),
        ("bots[0].commandLists[0].commands[1].title", "Command.Review.Title", 32), ("bots[0].commandLists[0].commands[1].description", "Command.Review.Description", 128),
        ("bots[0].commandLists[0].commands[2].title", "Command.New.Title", 32), ("bots[0].commandLists[0].commands[2].description", "Command.New.Description", 128),
        ("composeExtensions[0].commands[0].title", "Extension.Coach.Title", 32), ("composeExtensions[0].commands[0].description", "Extension.Coach.Description", 128),
        ("composeExtensions[0].commands[1].title", "Extension.Review.Title", 32), ("composeExtensions[0].commands[1].description", "Extension.Review.Description", 128),
        ("staticTabs[0].name", "Tab.Sidebar", 128), ("staticTabs[1].name", "Tab.Console", 128),
    ];

    /// <summary>The manifest, in English.</summary>
    /// <param name="settings">What it is made for.</param>
    public static JsonObject Build(TeamsAppSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var id = settings.AppId.ToString("D");
        return new JsonObject
        {
            ["$schema"] = $"https://developer.microsoft.com/json-schemas/teams/v{Version}/MicrosoftTeams.schema.json",
            ["manifestVersion"] = Version,
            ["version"] = settings.Version.ToString(3),
            ["id"] = id,
            ["localizationInfo"] = new JsonObject
            {
                ["defaultLanguageTag"] = "en",
                ["additionalLanguages"] = new JsonArray(new JsonObject { ["languageTag"] = "es", ["file"] = SpanishFile }),
            },
            ["developer"] = new JsonObject
            {
                ["name"] = settings.Developer,
                ["websiteUrl"] = settings.Website.AbsoluteUri,
                ["privacyUrl"] = settings.Privacy.AbsoluteUri,
                ["termsOfUseUrl"] = settings.Terms.AbsoluteUri,
            },
            ["name"] = new JsonObject { ["short"] = English("Name.Short"), ["full"] = English("Name.Full") },
            ["description"] = new JsonObject { ["short"] = English("Description.Short"), ["full"] = English("Description.Full") },
            ["icons"] = new JsonObject { ["color"] = TeamsIcons.ColourFile, ["outline"] = TeamsIcons.OutlineFile },
            ["accentColor"] = TeamsIcons.Accent,
            ["bots"] = new JsonArray(new JsonObject
            {
                ["botId"] = id,
                ["scopes"] = new JsonArray("personal", "team", "groupChat"),
                ["supportsFiles"] = false,
                ["isNotificationOnly"] = false,
                ["commandLists"] = new JsonArray(new JsonObject
                {
                    ["scopes"] = new JsonArray("personal"),
                    ["commands"] = new JsonArray(Command("Help"), Command("Review"), Command("New")),
                }),
            }),
            ["composeExtensions"] = new JsonArray(new JsonObject
            {
                ["botId"] = id,
                ["commands"] = new JsonArray(Extension(AgentVerbs.CoachMessageCommand, "Coach", "message"), Extension(AgentVerbs.ReviewDraftCommand, "Review", "compose")),
            }),
            ["staticTabs"] = new JsonArray(
                Tab("coach", "Tab.Sidebar", $"https://{settings.Host}{TeamsTab.Path}?open=sidebar&c={{subEntityId}}&lang={{locale}}", $"https://{settings.Host}/"),
                Tab("console", "Tab.Console", $"https://{settings.Host}{TeamsTab.Path}?open=console&lang={{locale}}", $"https://{settings.Host}/console")),
            ["permissions"] = new JsonArray("identity", "messageTeamMembers"),
            ["validDomains"] = new JsonArray(settings.Host),
        };
    }

    /// <summary>The texts in Spanish, as Teams reads them beside the manifest.</summary>
    public static JsonObject BuildSpanish()
    {
        var file = new JsonObject { ["$schema"] = $"https://developer.microsoft.com/json-schemas/teams/v{Version}/MicrosoftTeams.Localization.schema.json" };
        foreach (var (path, key, _) in Texts)
        {
            file[path] = Text(key, "es");
        }

        return file;
    }

    /// <summary>Everything in our own texts that Teams would refuse; nothing when all is well.</summary>
    public static IReadOnlyList<string> Check() =>
    [
        .. from text in Texts
           from language in Languages
           let words = Text(text.Key, language)
           where words.Length == 0 || words.Length > text.Most
           select string.Create(CultureInfo.InvariantCulture, $"'{text.Path}' in {language} must have 1 to {text.Most} characters; it has {words.Length}."),
    ];

    private static JsonObject Command(string name) => new() { ["title"] = English($"Command.{name}.Title"), ["description"] = English($"Command.{name}.Description") };

    private static JsonObject Extension(string id, string name, string context) => new()
    {
        ["id"] = id,
        ["type"] = "action",
        ["title"] = English($"Extension.{name}.Title"),
        ["description"] = English($"Extension.{name}.Description"),
        ["context"] = new JsonArray(context),
        ["fetchTask"] = true,
    };

    private static JsonObject Tab(string id, string key, string content, string website) => new()
    {
        ["entityId"] = id,
        ["name"] = English(key),
        ["contentUrl"] = content,
        ["websiteUrl"] = website,
        ["scopes"] = new JsonArray("personal"),
    };

    private static string English(string key) => Text(key, "en");

    private static string Text(string key, string language) =>
        Resources.GetString(key, CultureInfo.GetCultureInfo(language)) ?? throw new InvalidOperationException($"There is no text '{key}'.");
}
