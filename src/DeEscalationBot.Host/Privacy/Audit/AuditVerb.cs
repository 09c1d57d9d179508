using System.CommandLine;
using System.Text.Json;
using DeEscalationBot.Host.Contract;
using DeEscalationBot.Host.Hosting;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace DeEscalationBot.Host.Privacy.Audit;

/// <summary>The verb <c>audit verify|export</c>: the audit log from a terminal, also while the host runs.</summary>
public static class AuditVerb
{
    /// <summary>The verb's name.</summary>
    public const string Name = "audit";

    /// <summary>Runs it.</summary>
    /// <param name="args">The program's arguments, beginning with the verb; those that it does not know are settings such as <c>--Storage:DataDirectory=…</c>.</param>
    /// <param name="output">Gets what was found, or the lines as JSON, one a line.</param>
    /// <param name="errors">Gets reasons.</param>
    /// <returns>The exit code, one of <see cref="RecordVerb"/>; a log that is not whole is <see cref="RecordVerb.Failed"/>.</returns>
    public static Task<int> RunAsync(string[] args, TextWriter output, TextWriter errors)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(errors);
        var expected = new Option<string>("--expect") { Description = "A hash that an earlier 'audit verify' printed: shows that nothing was cut off since." };
        var verify = Command("verify", "Look whether every line is as it was written.", errors, async (log, given, cancellationToken) =>
        {
            var verdict = await log.VerifyAsync(given.GetValue(expected), cancellationToken);
            if (verdict.BrokenAt is { } line)
            {
                await errors.WriteLineAsync(FormattableString.Invariant($"The log is not whole: line {line} is missing or was changed. The {line - 1} lines before it are as they were written."));
                return RecordVerb.Failed;
            }

            await output.WriteLineAsync(FormattableString.Invariant($"{verdict.Lines} lines, all as they were written. Last: {verdict.Last}"));
            if (!verdict.HasExpected)
            {
                await errors.WriteLineAsync("The hash that was expected is not among them: lines at the end are missing, or it is of another log.");
            }

            return verdict.IsWhole ? RecordVerb.Done : RecordVerb.Failed;
        });
        verify.Options.Add(expected);
        var export = Command("export", "Write all lines, the oldest first, as JSON, one a line.", errors, async (log, _, cancellationToken) =>
        {
            await foreach (var row in log.ReadAllAsync(cancellationToken))
            {
                await output.WriteLineAsync(JsonSerializer.Serialize(AuditLine.From(row), ContractJson.Options));
            }

            return RecordVerb.Done;
        });
        var verb = new Command(Name, "Who saw and did what.");
        Array.ForEach([verify, export], verb.Subcommands.Add);
        var root = new RootCommand("DeEscalationBot: the audit log.");
        root.Subcommands.Add(verb);
        return Verbs.InvokeAsync(root, args, output, errors);
    }

    private static Command Command(string name, string what, TextWriter errors, Func<AuditLog, ParseResult, CancellationToken, Task<int>> act) =>
        RecordVerb.Command(name, what, errors, (services, _) => services.TryAddSingleton<AuditLog>(), (services, given, cancellationToken) => act(services.GetRequiredService<AuditLog>(), given, cancellationToken));
}
