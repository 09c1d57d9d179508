using DeEscalationBot.Core.Escalation;
using DeEscalationBot.Host.Channels.BotFramework;
using DeEscalationBot.Host.Conversations.Storage;
using DeEscalationBot.Host.Escalation;
using DeEscalationBot.Host.Hosting;
using DeEscalationBot.Host.Hosting.Settings;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace DeEscalationBot.Host.Delivery.SelfTest;

/// <summary>The verb <c>self-test</c>: a marked test alert through every sink of the settings, without starting the host and beside one that runs.</summary>
public static class SelfTestVerb
{
    /// <summary>The verb's name.</summary>
    public const string Name = "self-test";

    /// <summary>Exit code when every sink took it: 0.</summary>
    public const int AllPassed = 0;

    /// <summary>Exit code when a sink did not take it: 1.</summary>
    public const int SomeFailed = 1;

    /// <summary>Exit code when a setting cannot be used, or no sink is set: 2.</summary>
    public const int NotTested = 2;

    /// <summary>Runs it.</summary>
    /// <param name="args">The program's arguments, beginning with the verb; the others are settings such as <c>--Webhooks:0:Url=…</c>.</param>
    /// <param name="output">Gets one line a sink and one a warning.</param>
    /// <param name="errors">Gets why it could not run.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter errors)
    {
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(errors);
        try
        {
            var configuration = HostSettings.Read([.. args.Skip(1)]);
            var services = new ServiceCollection();
            services.AddOptions<EscalationSettings>().Bind(configuration.GetSection("Escalation"));
            services.TryAddSingleton<IDutyContacts, SettingsContacts>();
            services.AddSinks(configuration);

            // Where the bot may speak stands in the record, which is read beside a host that runs.
            services.AddLogging();
            services.AddRecordStorage(configuration);
            services.AddSingleton(p => DataDirectory.Beside(p.GetRequiredService<IOptions<StorageOptions>>().Value, configuration.GetConnectionString(StorageOptions.ConnectionName)));
            services.AddBotFramework(configuration);
            await using var provider = services.BuildServiceProvider();
            if (EscalationSettingsCheck.Check(provider.GetRequiredService<IOptions<EscalationSettings>>().Value) is { Count: > 0 } faults)
            {
                throw new OptionsValidationException("Escalation", typeof(EscalationSettings), faults);
            }

            return await TellAsync(await provider.GetRequiredService<SinkSelfTest>().RunAsync().ConfigureAwait(false), output, errors).ConfigureAwait(false);
        }
        catch (OptionsValidationException e)
        {
            await errors.WriteLineAsync(string.Join(Environment.NewLine, e.Failures)).ConfigureAwait(false);
            return NotTested;
        }
        catch (Exception e) when (e is InvalidOperationException or InvalidDataException or ArgumentException or StartRefusedException)
        {
            await errors.WriteLineAsync("The settings cannot be read: " + e.Message).ConfigureAwait(false);
            return NotTested;
        }
    }

    private static async Task<int> TellAsync(IReadOnlyList<SinkTestResult> results, TextWriter output, TextWriter errors)
    {
        if (results.Count == 0)
        {
            await errors.WriteLineAsync("No sink is set: alerts are shown in the console only. Set Webhooks:0:Url and Webhooks:0:Secret, Mail:Host, or TeamsAlerts:Enabled.").ConfigureAwait(false);
            return NotTested;
        }

        foreach (var result in results)
        {
            await output.WriteLineAsync($"{(result.Passed ? "passed" : "FAILED")}  {result.Sink}: {result.Detail}").ConfigureAwait(false);
            foreach (var warning in result.Warnings)
            {
                await output.WriteLineAsync($"warning {result.Sink}: {warning}").ConfigureAwait(false);
            }
        }

        return results.All(r => r.Passed) ? AllPassed : SomeFailed;
    }
}
