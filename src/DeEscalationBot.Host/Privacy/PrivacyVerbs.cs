using System.CommandLine;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Escalation;
using DeEscalationBot.Host.Cases;
using DeEscalationBot.Host.Hosting;
using DeEscalationBot.Host.Privacy.Audit;
using DeEscalationBot.Plugin;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace DeEscalationBot.Host.Privacy;

/// <summary>The verbs <c>erase</c> and <c>export</c>: what is kept of a customer, from a terminal, also while the host runs.</summary>
public static class PrivacyVerbs
{
    /// <summary>The name of one verb.</summary>
    public const string Erase = "erase";

    /// <summary>The name of the other.</summary>
    public const string Export = "export";

    private const string By = "terminal";
    private const int LongestCustomer = 200;

    /// <summary>Runs one.</summary>
    /// <param name="args">The program's arguments, beginning with the verb; those that it does not know are settings such as <c>--Storage:DataDirectory=…</c>.</param>
    /// <param name="output">Gets the receipt, or the export.</param>
    /// <param name="errors">Gets reasons.</param>
    /// <returns>The exit code, one of <see cref="RecordVerb"/>.</returns>
    public static Task<int> RunAsync(string[] args, TextWriter output, TextWriter errors)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(errors);
        var customer = new Option<string>("--customer") { Description = "The customer's id, as the desk sends it with their messages.", Required = true };
        var file = new Option<string>("--to") { Description = "The file, which must not exist. Ends in .md for a text to read, else JSON." };

        var erase = RecordVerb.Command(Erase, "Erase what is kept of a customer. Cannot be undone.", errors, Register, async (services, given, _) =>
        {
            if (await CustomerAsync(given.GetValue(customer)!, errors) is not { } id)
            {
                return RecordVerb.NotStarted;
            }

            var receipt = await services.GetRequiredService<SubjectEraser>().EraseCustomerAsync(id, By);
            await output.WriteLineAsync(receipt.ToJson());
            await errors.WriteLineAsync(receipt.Erased == ErasedCounts.None
                ? "Nothing is kept of this customer."
                : FormattableString.Invariant($"{receipt.Erased.Conversations} conversations, {receipt.Erased.Customers} customer records and {receipt.Erased.Cases} cases are erased. Backups of before still hold them: erase again after restoring one."));
            if (!receipt.FilesCleared)
            {
                await errors.WriteLineAsync("The database was in use, or had no room for it, so that its files were not cleared of the deleted bytes. What they hold is sealed with keys that are destroyed; the next erasure clears them.");
            }

            return RecordVerb.Done;
        });
        erase.Options.Add(customer);
        var export = RecordVerb.Command(Export, "Write what is kept of a customer, for them to have.", errors, Register, async (services, given, cancellationToken) =>
        {
            if (await CustomerAsync(given.GetValue(customer)!, errors) is not { } id)
            {
                return RecordVerb.NotStarted;
            }

            var found = await services.GetRequiredService<SubjectReader>().ReadAsync(id, By, cancellationToken);
            if (given.GetValue(file) is not { } path)
            {
                await output.WriteLineAsync(found.ToJson());
                return RecordVerb.Done;
            }

            return await WriteAsync(Path.GetFullPath(path), path.EndsWith(".md", StringComparison.OrdinalIgnoreCase) ? found.ToMarkdown() : found.ToJson(), output, errors);
        });
        export.Options.Add(customer);
        export.Options.Add(file);
        var root = new RootCommand("DeEscalationBot: what is kept of people.");
        Array.ForEach([erase, export], root.Subcommands.Add);
        return Verbs.InvokeAsync(root, args, output, errors);
    }

    private static void Register(IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<EscalationSettings>().Bind(configuration.GetSection(DeEscalationServices.EscalationSection));
        services.TryAddSingleton<AuditLog>();
        services.TryAddSingleton<CaseEraser>();
        services.TryAddSingleton<SubjectEraser>();
        services.TryAddSingleton<SubjectReader>();
    }

    private static async Task<string?> CustomerAsync(string given, TextWriter errors)
    {
        if (IdentifierRules.IsLegal(given, LongestCustomer))
        {
            return given;
        }

        await errors.WriteLineAsync(IdentifierRules.Explain("customer's id", LongestCustomer));
        return null;
    }

    private static async Task<int> WriteAsync(string path, string text, TextWriter output, TextWriter errors)
    {
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            await using var writer = new StreamWriter(path, options);
            await writer.WriteAsync(text);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await errors.WriteLineAsync(File.Exists(path) ? $"'{path}' is there already. Choose another name; nothing is overwritten." : $"'{path}' cannot be written: {e.Message}");
            return RecordVerb.Failed;
        }

        await output.WriteLineAsync($"Written to {path}, readable by its owner alone.");
        return RecordVerb.Done;
    }
}
