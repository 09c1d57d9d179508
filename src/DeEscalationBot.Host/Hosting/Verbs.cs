using System.CommandLine;
using System.Reflection;
using DeEscalationBot.Host.Access.Keys;
using DeEscalationBot.Host.Batch;
using DeEscalationBot.Host.Batch.Evaluation;
using DeEscalationBot.Host.Batch.Training;
using DeEscalationBot.Host.Channels.BotFramework.TeamsApp;
using DeEscalationBot.Host.Conversations.Storage.Archive;
using DeEscalationBot.Host.Conversations.Storage.Sealing;
using DeEscalationBot.Host.Delivery.SelfTest;
using DeEscalationBot.Host.Hosting.Doctor;
using DeEscalationBot.Host.Hosting.Settings;
using DeEscalationBot.Host.Privacy;
using DeEscalationBot.Host.Privacy.Audit;

namespace DeEscalationBot.Host.Hosting;

/// <summary>What the program does when it is called: one of its verbs, a word about them, or the host.</summary>
public static class Verbs
{
    /// <summary>Exit code of a verb that there is not: 2.</summary>
    public const int NotStarted = 2;

    // More differences, and another verb was meant.
    private const int MostSlips = 2;

    private static readonly Verb[] All =
    [
        new("analyze", "Score customers' messages.", BatchAsync),
        new("paraphrase", "Say back what customers wrote.", BatchAsync),
        new("review", "Review agents' drafts.", BatchAsync),
        new("replay", "Play whole conversations.", BatchAsync),
        new(EvaluateVerb.Name, "Measure the scores on your own labelled messages.", BatchAsync),
        new(RehearseVerb.Name, "Practise a hard conversation with a simulated customer.", BatchAsync),
        new(DoctorVerb.Name, "Look at everything the host depends on, and say what is wrong.", (args, output, _) => DoctorVerb.RunAsync(args, output), TakesSettingsAlone: true),
        new(SelfTestVerb.Name, "Send a test alert everywhere alerts go.", SelfTestVerb.RunAsync, TakesSettingsAlone: true),
        new(ArchiveVerbs.Backup, "Write the record to a file.", ArchiveVerbs.RunAsync),
        new(ArchiveVerbs.Restore, "Read a backup into an empty database.", ArchiveVerbs.RunAsync),
        new(KeysVerb.Name, "Make, list and revoke the keys of programs.", KeysVerb.RunAsync),
        new(ProtectionKeysVerb.Name, "Move the keys that open the record into the database.", ProtectionKeysVerb.RunAsync),
        new(PrivacyVerbs.Export, "Write what is kept of a customer.", PrivacyVerbs.RunAsync),
        new(PrivacyVerbs.Erase, "Erase what is kept of a customer.", PrivacyVerbs.RunAsync),
        new(AuditVerb.Name, "Check or write the log of who saw and did what.", AuditVerb.RunAsync),
        new(TeamsPackageVerb.Name, "Write the app package for Microsoft Teams.", TeamsPackageVerb.RunAsync),
    ];

    private static string ProgramName => typeof(Verbs).Assembly.GetName().Name!;

    /// <summary>Does what the arguments say. A word that is no verb is refused: a slip in a verb's name must not start a host.</summary>
    /// <param name="args">The program's arguments.</param>
    /// <param name="output">Gets what was asked for.</param>
    /// <param name="errors">Gets reasons.</param>
    /// <returns>The exit code: that of the verb or of the host, or <see cref="NotStarted"/>.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter errors)
    {
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(errors);
        if (args is ["help", var about, ..])
        {
            args = [about, "--help"];
        }

        if (args is [var word, ..] && Array.Find(All, v => v.Name == word) is { } verb)
        {
            if (!verb.TakesSettingsAlone || !args.Any(IsHelp))
            {
                return await verb.RunAsync(args, output, errors);
            }

            await output.WriteLineAsync($"{verb.Name}: {verb.Does} It takes the host's settings, such as --Storage:DataDirectory=FOLDER, and nothing else.");
            return 0;
        }

        if (args is ["help"] || args.Any(IsHelp))
        {
            await output.WriteAsync(Usage());
            return 0;
        }

        if (args is ["version" or "--version"])
        {
            await output.WriteLineAsync(Version());
            return 0;
        }

        // Settings begin with a dash or a slash, or have an equals sign.
        if (args is [['-' or '/', ..], ..] or [] || args[0].Contains('=', StringComparison.Ordinal))
        {
            return await CoachHost.RunAsync(args);
        }

        var near = All.MinBy(v => Spelling.Distance(v.Name, args[0]))!;
        var meant = Spelling.Distance(near.Name, args[0]) <= MostSlips ? $" Did you mean '{near.Name}'?" : "";
        await errors.WriteLineAsync($"There is no verb '{args[0]}'.{meant} '{ProgramName} --help' lists them.");
        return NotStarted;
    }

    /// <summary>Runs a command. Usage that answers a mistake is no answer: it goes where the mistake is told.</summary>
    /// <param name="root">The commands.</param>
    /// <param name="args">The program's arguments, beginning with the verb.</param>
    /// <param name="output">Gets what was asked for.</param>
    /// <param name="errors">Gets reasons.</param>
    /// <returns>The command's exit code, or <see cref="NotStarted"/>.</returns>
    internal static async Task<int> InvokeAsync(RootCommand root, IReadOnlyList<string> args, TextWriter output, TextWriter errors)
    {
        var parsed = root.Parse(args);
        var isMistaken = parsed.Errors.Count > 0;
        var code = await parsed.InvokeAsync(new InvocationConfiguration { Error = errors, Output = isMistaken ? errors : output });
        return isMistaken ? NotStarted : code;
    }

    // They bring their own encoding and buffer.
    private static Task<int> BatchAsync(string[] args, TextWriter output, TextWriter errors) => BatchVerbs.RunAsync(args);

    private static bool IsHelp(string word) => word is "--help" or "-h" or "-?";

    private static string Version() =>
        typeof(Verbs).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "";

    private static string Usage()
    {
        var width = All.Max(v => v.Name.Length) + 2;
        return $"""
            DeEscalationBot {Version()}: a coach for support agents in the middle of a hard chat.

            Usage:
              {ProgramName} [settings]        Start the host.
              {ProgramName} VERB [options]    Do one thing; 'VERB --help' tells its options.

            Verbs:
            {string.Join('\n', All.Select(v => $"  {v.Name.PadRight(width)}{v.Does}"))}

            Settings stand in appsettings.json, in environment variables (Storage__DataDirectory=FOLDER)
            or here (--Storage:DataDirectory=FOLDER, --urls=http://localhost:5080); docs/settings.md has them all.

            """;
    }

    private sealed record Verb(string Name, string Does, Func<string[], TextWriter, TextWriter, Task<int>> RunAsync, bool TakesSettingsAlone = false);
}
