using System.Globalization;
using System.Text.Json;
using DeEscalationBot.Host.Channels.BotFramework.Activities;

namespace DeEscalationBot.Host.Channels.BotFramework.Agent;

/// <summary>The language that the bot speaks with an agent.</summary>
public static class AgentLanguage
{
    private static readonly CultureInfo Spanish = CultureInfo.GetCultureInfo("es");
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en");

    /// <summary>What the agent chose, else what their client speaks, else English.</summary>
    /// <param name="activity">An activity of the agent.</param>
    /// <param name="chosen"><c>es</c>, <c>en</c>, or nothing.</param>
    public static CultureInfo Of(Activity activity, string? chosen)
    {
        ArgumentNullException.ThrowIfNull(activity);
        var language = chosen ?? activity.Locale ?? ClientLocale(activity) ?? "";
        return language.StartsWith("es", StringComparison.OrdinalIgnoreCase) ? Spanish : English;
    }

    // Teams names the client's language in an entity of its own.
    private static string? ClientLocale(Activity activity) =>
        activity.Entities?.FirstOrDefault(e => e?.Type == "clientInfo")?.Unknown?.TryGetValue("locale", out var locale) == true && locale.ValueKind == JsonValueKind.String
            ? locale.GetString()
            : null;
}
