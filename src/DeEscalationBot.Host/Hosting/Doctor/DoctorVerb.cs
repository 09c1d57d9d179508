using DeEscalationBot.Host.Conversations.Storage;
using DeEscalationBot.Plugin.Playbook;
using DeEscalationBot.Plugin.Scoring.MlNet;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace DeEscalationBot.Host.Hosting.Doctor;

/// <summary>The verb <c>doctor</c>: looks at everything that the host depends on, with its own settings, and says what is wrong and what to do. Changes and sends nothing.</summary>
public static class DoctorVerb
{
    /// <summary>The verb's name.</summary>
    public const string Name = "doctor";

    /// <summary>Exit code when nothing is wrong, warnings or not: 0.</summary>
    public const int Well = 0;

    /// <summary>Exit code when something does not work: 1.</summary>
    public const int Ill = 1;

    /// <summary>Registers the checks of the host itself.</summary>
    /// <param name="services">Where to register.</param>
    public static IServiceCollection AddDoctor(this IServiceCollection services)
    {
        services.AddHttpClient();
        services.TryAddEnumerable(
        [
            ServiceDescriptor.Singleton<IDoctorCheck, SettingNamesCheck>(),
            ServiceDescriptor.Singleton<IDoctorCheck, AddressCheck>(),
            ServiceDescriptor.Singleton<IDoctorCheck, DiskCheck>(),
            ServiceDescriptor.Singleton<IDoctorCheck, DatabaseCheck>(),
            ServiceDescriptor.Singleton<IDoctorCheck, ClusterCheck>(),
            ServiceDescriptor.Singleton<IDoctorCheck, KnowledgeCheck>(),
            ServiceDescriptor.Singleton<IDoctorCheck, SinkCheck>(),
            ServiceDescriptor.Singleton<IDoctorCheck, LanguageModelCheck>(),
            ServiceDescriptor.Singleton<IDoctorCheck, SentimentCheck>(),
            ServiceDescriptor.Singleton<IDoctorCheck, BotIdentityCheck>(),
            ServiceDescriptor.Singleton<IDoctorCheck, BotAuthorityCheck>(),
            ServiceDescriptor.Singleton<IDoctorCheck, BotEndpointCheck>(),
            ServiceDescriptor.Singleton<IDoctorCheck, TeamsPackageCheck>(),
        ]);
        return services;
    }

    /// <summary>Runs it.</summary>
    /// <param name="args">The program's arguments, beginning with the verb; the others are the host's settings.</param>
    /// <param name="output">Gets a line a finding.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter output, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(output);
        WebApplication host;
        try
        {
            host = CoachHost.Build([.. args.Skip(1)], builder =>
            {
                builder.Logging.ClearProviders();

                // Beside a host that runs, whose folder is its own.
                builder.Services.AddSingleton(p => DataDirectory.Beside(
                    p.GetRequiredService<IOptions<StorageOptions>>().Value, builder.Configuration.GetConnectionString(StorageOptions.ConnectionName)));
            });
        }
        catch (Exception e) when (CoachHost.ReasonOf(e) is { } reason)
        {
            return await TellAsync("settings", [DoctorFinding.Failed(reason.Message)], output) ? Well : Ill;
        }

        await using (host)
        {
            var isWell = await TellAsync("settings", SettingsOf(host), output);
            foreach (var check in host.Services.GetServices<IDoctorCheck>())
            {
                isWell &= await TellAsync(check.Name, await LookAsync(check, cancellationToken), output);
            }

            return isWell ? Well : Ill;
        }
    }

    // The same validation as at a start.
    private static IReadOnlyList<DoctorFinding> SettingsOf(WebApplication host)
    {
        try
        {
            host.Services.GetRequiredService<IStartupValidator>().Validate();
            return [DoctorFinding.Ok("they can be used.")];
        }
        catch (OptionsValidationException e)
        {
            return [.. e.Failures.Select(DoctorFinding.Failed)];
        }
        catch (AggregateException e)
        {
            return [.. e.InnerExceptions.SelectMany(i => i is OptionsValidationException wrong ? wrong.Failures : [i.Message]).Select(DoctorFinding.Failed)];
        }
        catch (Exception e) when (e is InvalidOperationException or InvalidDataException)
        {
            return [DoctorFinding.Failed(e.Message)];
        }
    }

    private static async Task<IReadOnlyList<DoctorFinding>> LookAsync(IDoctorCheck check, CancellationToken cancellationToken)
    {
        try
        {
            return await check.LookAsync(cancellationToken);
        }
        catch (Exception e) when (e is StartRefusedException or OptionsValidationException or PlaybookException or ModelException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            return [DoctorFinding.Failed(e.Message)];
        }
    }

    private static async Task<bool> TellAsync(string name, IReadOnlyList<DoctorFinding> findings, TextWriter output)
    {
        foreach (var (verdict, detail) in findings)
        {
            var word = verdict switch { DoctorVerdict.Ok => "ok     ", DoctorVerdict.Warning => "warning", _ => "FAILED " };
            await output.WriteLineAsync($"{word} {name}: {detail}");
        }

        return findings.All(f => f.Verdict != DoctorVerdict.Failed);
    }
}
