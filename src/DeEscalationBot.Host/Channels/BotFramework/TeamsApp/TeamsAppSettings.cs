using System.Globalization;

namespace DeEscalationBot.Host.Channels.BotFramework.TeamsApp;

/// <summary>What an app package is made for.</summary>
/// <param name="Host">The name under which Teams reaches the host, for instance <c>coach.example.com</c>.</param>
/// <param name="AppId">The id of the bot's registration; also the app's.</param>
/// <param name="Developer">Who offers the app, as Teams shows it.</param>
/// <param name="Website">Their page.</param>
/// <param name="Privacy">What they do with data.</param>
/// <param name="Terms">Their terms.</param>
/// <param name="Version">The package's version; a newer one replaces an older one.</param>
public sealed record TeamsAppSettings(string Host, Guid AppId, string Developer, Uri Website, Uri Privacy, Uri Terms, Version Version)
{
    /// <summary>The longest name of a developer that Teams takes: 32.</summary>
    public const int MostDeveloper = 32;

    /// <summary>Reads what somebody gave, and says everything that is wrong with it.</summary>
    /// <param name="host">The host's name.</param>
    /// <param name="appId">The app's id.</param>
    /// <param name="developer">The developer's name, or nothing.</param>
    /// <param name="website">Their page, or nothing for that of the host.</param>
    /// <param name="privacy">Where they say what they do with data. The product has no such page: it is the company's to say.</param>
    /// <param name="terms">Their terms of use. The product has no such page either.</param>
    /// <param name="version">The version, or nothing for 1.0.0.</param>
    /// <returns>The settings, or nothing and the sentences.</returns>
    public static (TeamsAppSettings? Settings, IReadOnlyList<string> Problems) Read(string? host, string? appId, string? developer, string? website, string? privacy, string? terms, string? version)
    {
        var problems = new List<string>();
        host = host?.Trim() ?? "";
        if (!IsName(host))
        {
            problems.Add($"--host '{host}' is no name that Teams can reach. Give the name alone, without https://, port or path, for instance coach.example.com; localhost and addresses of numbers will not do.");
        }

        if (!Guid.TryParse(appId, out var id) || id == Guid.Empty)
        {
            problems.Add($"--app-id '{appId}' is no app id. It is the 'Microsoft App ID' of the bot's registration, for instance 1f2e3d4c-5b6a-4789-8a9b-0c1d2e3f4a5b.");
        }

        developer = string.IsNullOrWhiteSpace(developer) ? "DeEscalationBot" : developer.Trim();
        if (developer.Length > MostDeveloper)
        {
            problems.Add(string.Create(CultureInfo.InvariantCulture, $"--developer may have at most {MostDeveloper} characters; '{developer}' has {developer.Length}."));
        }

        var pages = new[] { ("--website", website, (string?)"/"), ("--privacy", privacy, null), ("--terms", terms, null) }.Select(p => PageOf(p.Item1, p.Item2, host, p.Item3, problems)).ToArray();
        if (!Version.TryParse(version ?? "1.0.0", out var number) || number.Build < 0 || number.Revision >= 0)
        {
            problems.Add($"--version '{version}' must be three numbers, for instance 1.2.0; raise it with each package that replaces another.");
        }

        return problems.Count == 0 ? (new TeamsAppSettings(host, id, developer, pages[0]!, pages[1]!, pages[2]!, number!), problems) : (null, problems);
    }

    private static bool IsName(string host) =>
        Uri.CheckHostName(host) == UriHostNameType.Dns && host.Contains('.', StringComparison.Ordinal) && host.Length <= 253 && !host.EndsWith('.') && !host.EndsWith(".local", StringComparison.OrdinalIgnoreCase)
        && host.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-');

    private static Uri? PageOf(string option, string? given, string host, string? path, List<string> problems)
    {
        if (string.IsNullOrWhiteSpace(given) && path is not null)
        {
            return IsName(host) ? new Uri($"https://{host}{path}") : null;
        }

        if (Uri.TryCreate(given, UriKind.Absolute, out var page) && page.Scheme == Uri.UriSchemeHttps && page.OriginalString.Length <= 2048)
        {
            return page;
        }

        problems.Add($"{option} '{given}' must be an address with https, for instance https://www.example.com/{(option == "--terms" ? "terms-of-use" : "data-protection")}.");
        return null;
    }
}
