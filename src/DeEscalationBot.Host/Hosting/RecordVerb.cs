using System.CommandLine;
using DeEscalationBot.Host.Access.Keys;
using DeEscalationBot.Host.Conversations.Storage;
using DeEscalationBot.Host.Conversations.Storage.Sealing;
using DeEscalationBot.Host.Hosting.Settings;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace DeEscalationBot.Host.Hosting;

/// <summary>What verbs have in common that work on the record from a terminal, beside a host that may run.</summary>
public static class RecordVerb
{
    /// <summary>Exit code when it is done: 0.</summary>
    public const int Done = 0;

    /// <summary>Exit code when it was not done, with the reason on the error stream: 1.</summary>
    public const int Failed = 1;

    /// <summary>Exit code when it was called wrongly: 2.</summary>
    public const int NotStarted = 2;

    /// <summary>A command. Options that it does not know are settings, as the host reads them.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="what">What it does.</param>
    /// <param name="errors">Gets reasons.</param>
    /// <param name="register">Registers what it needs besides the record.</param>
    /// <param name="act">What it does, and the exit code.</param>
    public static Command Command(
        string name, string what, TextWriter errors, Action<IServiceCollection, IConfiguration> register, Func<IServiceProvider, ParseResult, CancellationToken, Task<int>> act)
    {
        ArgumentNullException.ThrowIfNull(errors);
        ArgumentNullException.ThrowIfNull(register);
        ArgumentNullException.ThrowIfNull(act);
        var command = new Command(name, what) { TreatUnmatchedTokensAsErrors = false };
        command.SetAction(async (given, cancellationToken) =>
        {
            // What is left over must be a setting: a mistyped --teams would otherwise make a key for all of them.
            if (given.UnmatchedTokens.FirstOrDefault(t => t.StartsWith('-') && !t.Contains(':', StringComparison.Ordinal)) is { } unknown)
            {
                await errors.WriteLineAsync($"'{unknown}' is no option of '{name}'. Settings have a colon in their name, such as --Storage:DataDirectory=data.");
                return NotStarted;
            }

            try
            {
                await using var services = ServicesFor([.. given.UnmatchedTokens], register);
                await using (var db = await services.GetRequiredService<IDbContextFactory<CoachDbContext>>().CreateDbContextAsync(cancellationToken))
                {
                    await RecordStorage.RefuseOtherVersionsAsync(db, cancellationToken);
                }

                // What is written with other keys than the host's, the host could not read.
                await services.GetRequiredService<RecordCipher>().MakeOwnAsync(cancellationToken);

                return await act(services, given, cancellationToken);
            }
            catch (Exception e) when (ReasonOf(e) is { } reason)
            {
                await errors.WriteLineAsync(reason);
                return Failed;
            }
        });
        return command;
    }

    private static string? ReasonOf(Exception e) => e switch
    {
        OptionsValidationException wrong => string.Join(Environment.NewLine, wrong.Failures),
        ApiKeyException or StartRefusedException or RecordUnavailableException or InvalidDataException or FormatException => e.Message,
        RecordKeyException => "The record cannot be used: " + e.Message,
        _ when DatabaseFailure.IsBehind(e) => e.Message,
        _ => null,
    };

    private static ServiceProvider ServicesFor(string[] settings, Action<IServiceCollection, IConfiguration> register)
    {
        var configuration = HostSettings.Read(settings);
        var services = new ServiceCollection();
        services.AddLogging();
        services.TryAddSingleton(TimeProvider.System);
        register(services, configuration);

        // Beside a host that runs, whose folder is its own.
        services.AddSingleton(p => DataDirectory.Beside(p.GetRequiredService<IOptions<StorageOptions>>().Value, configuration.GetConnectionString(StorageOptions.ConnectionName)));
        return services.AddRecordStorage(configuration).BuildServiceProvider();
    }
}
