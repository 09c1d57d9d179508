using System.CommandLine;
using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using DeEscalationBot.Host.Hosting;

namespace DeEscalationBot.Host.Channels.BotFramework.TeamsApp;

/// <summary>The verb <c>teams-package</c>: writes the app package that is uploaded to Teams, for one host and one bot.</summary>
public static class TeamsPackageVerb
{
    /// <summary>The verb's name.</summary>
    public const string Name = "teams-package";

    /// <summary>Exit code when the package was written: 0.</summary>
    public const int Written = 0;

    /// <summary>Exit code when it was not: 2. Standard error says why; no file is left behind.</summary>
    public const int NotWritten = 2;

    // Entries of a zip have instants; a fixed one makes the same package of the same settings.
    private static readonly DateTimeOffset Instant = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Runs it.</summary>
    /// <param name="args">The program's arguments, beginning with the verb.</param>
    /// <param name="output">Gets what was written, and what is left to do.</param>
    /// <param name="errors">Gets why nothing was written.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, TextWriter output, TextWriter errors)
    {
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(errors);
        var host = new Option<string>("--host") { Description = "The name under which Teams reaches this host, for instance coach.example.com.", Required = true };
        var appId = new Option<string>("--app-id") { Description = "The bot's Microsoft App ID.", Required = true };
        var file = new Option<string>("--out") { Description = "The file to write, ending in .zip.", Required = true };
        var developer = new Option<string?>("--developer") { Description = "Who offers the app, at most 32 characters." };
        var website = new Option<string?>("--website") { Description = "Their page; that of the host when left out." };
        var privacy = new Option<string?>("--privacy") { Description = "Where they say what they do with data; has to be given." };
        var terms = new Option<string?>("--terms") { Description = "Where their terms of use are; has to be given." };
        var version = new Option<string?>("--version-number") { Description = "The package's version, 1.0.0 when left out; raise it to replace another." };
        var command = new Command(Name, "Write the app package for Microsoft Teams.") { host, appId, file, developer, website, privacy, terms, version };
        command.SetAction(async (given, cancellationToken) =>
        {
            var (settings, problems) = TeamsAppSettings.Read(
                given.GetValue(host), given.GetValue(appId), given.GetValue(developer), given.GetValue(website), given.GetValue(privacy), given.GetValue(terms), given.GetValue(version));
            var to = given.GetValue(file) ?? "";
            string[] all = [.. problems, .. TeamsManifest.Check(), .. FileProblems(to)];
            if (all.Length > 0)
            {
                await errors.WriteLineAsync(string.Join(Environment.NewLine, all));
                return NotWritten;
            }

            return await WriteAsync(settings!, to, output, errors, cancellationToken);
        });
        return await Verbs.InvokeAsync(new RootCommand("DeEscalationBot: the app for Microsoft Teams.") { Subcommands = { command } }, args, output, errors);
    }

    private static async Task<int> WriteAsync(TeamsAppSettings settings, string to, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        try
        {
            await File.WriteAllBytesAsync(to, Pack(settings), cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await errors.WriteLineAsync($"'{to}' cannot be written: {e.Message}");
            return NotWritten;
        }

        await output.WriteLineAsync($"Wrote {to}: {TeamsManifest.Version} manifest, version {settings.Version.ToString(3)}, for {settings.Host}.");
        await output.WriteLineAsync($"Teams shows {settings.Privacy} and {settings.Terms}: they must answer before the app is given to others.");
        await output.WriteLineAsync("For the tabs, let Teams hold our pages: Pages__Desks__0=https://teams.microsoft.com, Pages__Desks__1=https://teams.cloud.microsoft.");
        return Written;
    }

    private static IEnumerable<string> FileProblems(string file)
    {
        if (!file.EndsWith(".zip", StringComparison.OrdinalIgnoreCase))
        {
            yield return $"--out '{file}' must end in .zip.";
        }
        else if (Path.GetDirectoryName(Path.GetFullPath(file)) is { } folder && !Directory.Exists(folder))
        {
            yield return $"The folder '{folder}' does not exist. Make it first, or give another --out.";
        }
    }

    private static byte[] Pack(TeamsAppSettings settings)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add("manifest.json", Bytes(TeamsManifest.Build(settings)));
            Add(TeamsManifest.SpanishFile, Bytes(TeamsManifest.BuildSpanish()));
            Add(TeamsIcons.ColourFile, TeamsIcons.Colour());
            Add(TeamsIcons.OutlineFile, TeamsIcons.Outline());

            void Add(string name, byte[] content)
            {
                var entry = zip.CreateEntry(name, CompressionLevel.Optimal);
                entry.LastWriteTime = Instant;
                using var stream = entry.Open();
                stream.Write(content);
            }
        }

        return bytes.ToArray();
    }

    private static byte[] Bytes(JsonObject node) => JsonSerializer.SerializeToUtf8Bytes(node, Json);
}
