using System.Text.Encodings.Web;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Host.Access.SignIn;
using DeEscalationBot.Host.Pages.Texts;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;

namespace DeEscalationBot.Host.Channels.BotFramework.TeamsApp;

/// <summary>What the tabs of the Teams app show: the way to the console and to the sidebar, in the browser.</summary>
/// <remarks>
/// Teams holds a tab in a frame of its own site, where a browser sends no session of ours, and no provider shows its sign-in; pages with conversations stand in no foreign frame anyhow. So the tab says nothing
/// of a customer, needs no sign-in, and opens the page where people are signed in.
/// </remarks>
public static class TeamsTab
{
    /// <summary>Where it is.</summary>
    public const string Path = "/teams";

    private const string Console = "console";

    // Teams on the web and on the desktop, in the public cloud and in those of governments.
    private const string Teams =
        "https://teams.microsoft.com https://*.teams.microsoft.com https://teams.cloud.microsoft https://*.cloud.microsoft https://*.office.com https://gov.teams.microsoft.us https://dod.teams.microsoft.us";

    /// <summary>Maps it, where there is a bot of Teams.</summary>
    /// <param name="app">Where to map.</param>
    public static void MapTeamsTab(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        if (app.Services.GetRequiredService<IOptions<BotFrameworkOptions>>().Value.IsConfigured)
        {
            app.MapGet(Path, Show).ExcludeFromDescription().AllowAnonymous();
        }
    }

    private static ContentHttpResult Show(HttpContext context, string? open, string? c, IStringLocalizer<AccessTexts> texts)
    {
        var (title, address) = open == Console ? (texts["TeamsTab.OpenConsole"], "/console") : (texts["TeamsTab.OpenSidebar"], SidebarOf(c));
        var link = $"""<p><a href="{HtmlEncoder.Default.Encode(address)}" target="_blank" rel="noopener">{HtmlEncoder.Default.Encode(title)}</a></p>""";
        return SignInEndpoints.Page(context, texts["TeamsTab.Title"], texts["TeamsTab.Text"], link, ancestors: Teams);
    }

    // Teams puts the conversation of a link there, or what the manifest says, as it stands, when there is none.
    private static string SidebarOf(string? conversation) =>
        conversation is { Length: > 0 } && conversation[0] != '{' && ConversationId.TryCreate(conversation, out var id) ? "/sidebar/" + Uri.EscapeDataString(id.Value) : "/";
}
