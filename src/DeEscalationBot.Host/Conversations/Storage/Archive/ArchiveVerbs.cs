using System.CommandLine;
using System.Globalization;
using DeEscalationBot.Host.Conversations.Storage.Sealing;
using DeEscalationBot.Host.Hosting;
using DeEscalationBot.Host.Hosting.Settings;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace DeEscalationBot.Host.Conversations.Storage.Archive;

/// <summary>The verbs <c>backup</c> and <c>restore</c>: the record to a file, while the host runs, and back into an empty database of either product.</summary>
public static class ArchiveVerbs
{
    /// <summary>Exit code when it is done: 0.</summary>
    public const int Done = 0;

    /// <summary>Exit code when it was not done, with the reason on the error stream: 1.</summary>
    public const int Failed = 1;

    /// <summary>Exit code when it was called wrongly: 2.</summary>
    public const int NotStarted = 2;

    /// <summary>The name of one verb.</summary>
    public const string Backup = "backup";

    /// <summary>The name of the other.</summary>
    public const string Restore = "restore";

    /// <summary>Runs a verb.</summary>
    /// <param name="args">The program's arguments, beginning with the verb; those that it does not know are settings such as <c>--Storage:DataDirectory=…</c>.</param>
    /// <param name="output">Gets what was done.</param>
    /// <param name="errors">Gets progress and reasons.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter errors)
    {
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(errors);
        var root = new RootCommand("DeEscalationBot: the record to a file and back.");
        root.Subcommands.Add(Command(Backup, "Write the record to a file, while the host goes on.", "--to", "The file, which must not exist.", errors, async (services, file, _, progress, cancellationToken) =>
        {
            await using var db = await services.GetRequiredService<IDbContextFactory<CoachDbContext>>().CreateDbContextAsync(cancellationToken);
            await RecordStorage.RefuseOtherVersionsAsync(db, cancellationToken);
            var manifest = await services.GetRequiredService<RecordArchive>().WriteAsync(db, file, progress, cancellationToken);
            await output.WriteLineAsync(FormattableString.Invariant($"{manifest.Rows} rows of {manifest.Tables.Count} tables of {services.GetRequiredService<DataDirectory>().Database} are in {file}. What customers wrote is in it, sealed: it is read with the keys in '{Path.Combine(services.GetRequiredService<DataDirectory>().Path, ProtectionKeys.Folder)}', of which keep a copy elsewhere."));
        }));
        var keepKeys = new Option<bool>("--keep-keys") { Description = "Let the keys of programs open what they opened. Without it they come back revoked: one that was revoked since the backup would open again." };
        var restore = Command(Restore, "Read a backup into an empty database, of the same product or the other.", "--from", "The backup.", errors, async (services, file, given, progress, cancellationToken) =>
        {
            using var directory = services.GetRequiredService<DataDirectory>();
            await using var db = await services.GetRequiredService<IDbContextFactory<CoachDbContext>>().CreateDbContextAsync(cancellationToken);
            await RecordStorage.BringUpToDateAsync(db, cancellationToken);
            var manifest = await RecordArchive.ReadAsync(db, file, progress, cancellationToken);
            var (held, open) = await RecordArchive.HoldDeliveriesAsync(db, cancellationToken);
            await output.WriteLineAsync(FormattableString.Invariant($"{manifest.Rows} rows of {manifest.Tables.Count} tables, written {manifest.MadeAt:yyyy-MM-dd HH:mm} UTC, are in {directory.Database}."));
            await output.WriteLineAsync(FormattableString.Invariant($"{held} messages that were on their way then are held back as dead letters; {open} alerts were open and go on climbing their ladder when the host starts."));
            try
            {
                await services.GetRequiredService<RecordCipher>().CheckAsync(cancellationToken);
            }
            catch (StartRefusedException)
            {
                await output.WriteLineAsync($"Its texts are sealed with keys that are not in '{Path.Combine(directory.Path, ProtectionKeys.Folder)}'. Put the keys there that lay beside the database of then; before that the host does not start.");
            }

            if (!given.GetValue(keepKeys))
            {
                var revoked = await RecordArchive.RevokeKeysAsync(db, services.GetRequiredService<TimeProvider>().GetUtcNow(), cancellationToken);
                await output.WriteLineAsync(FormattableString.Invariant($"{revoked} keys of programs are revoked, because nobody can tell which were revoked since. Make new ones ('keys add'), or restore with --keep-keys if none was."));
            }
        });
        restore.Options.Add(keepKeys);
        root.Subcommands.Add(restore);
        return await Verbs.InvokeAsync(root, args, output, errors);
    }

    private static Command Command(string name, string what, string option, string meaning, TextWriter errors, Func<ServiceProvider, string, ParseResult, IProgress<long>, CancellationToken, Task> act)
    {
        var file = new Option<string>(option) { Description = meaning, Required = true };
        var command = new Command(name, what) { TreatUnmatchedTokensAsErrors = false };
        command.Options.Add(file);
        command.SetAction(async (given, cancellationToken) =>
        {
            try
            {
                await using var services = ServicesFor([.. given.UnmatchedTokens], isBeside: name == Backup);
                await act(services, Path.GetFullPath(given.GetValue(file)!), given, new RowProgress(errors), cancellationToken);
                return Done;
            }
            catch (Exception e) when (e is RecordArchiveException or StartRefusedException or OptionsValidationException or InvalidDataException or FormatException || DatabaseFailure.IsBehind(e))
            {
                await errors.WriteLineAsync(e is OptionsValidationException wrong ? string.Join(Environment.NewLine, wrong.Failures) : e.Message);
                return Failed;
            }
        });
        return command;
    }

    private static ServiceProvider ServicesFor(string[] settings, bool isBeside)
    {
        var configuration = HostSettings.Read(settings);
        var services = new ServiceCollection();
        services.AddLogging();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<RecordArchive>();
        if (isBeside)
        {
            services.AddSingleton(p => DataDirectory.Beside(p.GetRequiredService<IOptions<StorageOptions>>().Value, configuration.GetConnectionString(StorageOptions.ConnectionName)));
        }

        return services.AddRecordStorage(configuration).BuildServiceProvider();
    }

    private sealed class RowProgress(TextWriter errors) : IProgress<long>
    {
        public void Report(long value) => errors.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{value} rows …"));
    }
}
