using System.CommandLine;
using System.Globalization;
using DeEscalationBot.Host.Conversations.Storage;
using DeEscalationBot.Host.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace DeEscalationBot.Host.Access.Keys;

/// <summary>The verb <c>keys add|list|revoke</c>: keys of programs from a terminal, also while the host runs.</summary>
public static class KeysVerb
{
    /// <summary>Exit code when it is done: 0.</summary>
    public const int Done = 0;

    /// <summary>Exit code when it was not done, with the reason on the error stream: 1.</summary>
    public const int Failed = 1;

    /// <summary>Exit code when it was called wrongly: 2.</summary>
    public const int NotStarted = 2;

    private const string Name = "keys";
    private const string By = "terminal";
    private const int UsualDays = 90;

    /// <summary>Whether the arguments call it.</summary>
    /// <param name="args">The program's arguments.</param>
    public static bool IsCalled(IReadOnlyList<string> args) => args is [Name, ..];

    /// <summary>Runs it.</summary>
    /// <param name="args">The program's arguments, beginning with the verb; those that it does not know are settings such as <c>--Storage:DataDirectory=…</c>.</param>
    /// <param name="output">Gets the key, or the list.</param>
    /// <param name="errors">Gets reasons.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter errors)
    {
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(errors);
        var name = new Option<string>("--name") { Description = "What the key is for.", Required = true };
        var scopes = new Option<string>("--scopes") { Description = $"What it opens, with commas: {string.Join(", ", AccessRule.Scopes)}.", Required = true };
        var teams = new Option<string>("--teams") { Description = "The teams that it is kept to, with commas; all when left out." };
        var days = new Option<int>("--days") { Description = "Days until it ends.", DefaultValueFactory = _ => UsualDays };
        var id = new Argument<string>("id") { Description = "The key's id, as 'keys list' shows it." };

        var add = Command("add", "Make a key. It is shown this once.", errors, async (keys, given, _) =>
        {
            if (given.GetResult(teams) is { Implicit: false } && Listed(given.GetValue(teams)).Length == 0)
            {
                await errors.WriteLineAsync("--teams names no team. Name one, or leave it out for a key that opens all teams.");
                return Failed;
            }

            var made = await keys.AddAsync(new ApiKeyWish(given.GetValue(name)!, Listed(given.GetValue(scopes)), Listed(given.GetValue(teams)), TimeSpan.FromDays(given.GetValue(days)), By));
            await output.WriteLineAsync(made.Key);
            await errors.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"Keep it now: it is not shown again. It ends {made.Row.ExpiresAt:yyyy-MM-dd HH:mm} UTC; 'keys revoke {made.Row.KeyId}' ends it before."));
            return Done;
        });
        Array.ForEach<Option>([name, scopes, teams, days], add.Options.Add);
        var list = Command("list", "List the keys, the newest first.", errors, async (keys, _, cancellationToken) =>
        {
            foreach (var key in await keys.ListAsync(cancellationToken))
            {
                var state = key.RevokedAt is { } revoked ? $"revoked {Day(revoked)}" : $"until {Day(key.ExpiresAt)}";
                var kept = ApiKeys.TeamsOf(key) is { Count: > 0 } of ? $" for {string.Join(", ", of)}" : "";
                await output.WriteLineAsync($"{key.KeyId}  {state}  used {(key.LastUsedAt is { } used ? Day(used) : "never")}  {key.Name}: {key.Scopes}{kept}");
            }

            return Done;
        });
        var revoke = Command("revoke", "Revoke a key: from now on it opens nothing.", errors, async (keys, given, _) =>
        {
            var known = await keys.RevokeAsync(given.GetValue(id)!, By);
            await (known ? output : errors).WriteLineAsync(known ? $"Key {given.GetValue(id)} is revoked." : $"There is no key '{given.GetValue(id)}'. 'keys list' shows them.");
            return known ? Done : Failed;
        });
        revoke.Arguments.Add(id);

        var verb = new Command(Name, "The keys of programs.");
        var root = new RootCommand("DeEscalationBot: who gets in.");
        Array.ForEach([add, list, revoke], verb.Subcommands.Add);
        root.Subcommands.Add(verb);
        var parsed = root.Parse(args);
        var code = await parsed.InvokeAsync(new InvocationConfiguration { Error = errors, Output = parsed.Errors.Count > 0 ? errors : output });
        return parsed.Errors.Count > 0 ? NotStarted : code;
    }

    private static Command Command(string name, string what, TextWriter errors, Func<ApiKeys, ParseResult, CancellationToken, Task<int>> act)
    {
        var command = new Command(name, what) { TreatUnmatchedTokensAsErrors = false };
        command.SetAction(async (given, cancellationToken) =>
        {
            // What is left over must be a setting: a mistyped --teams would otherwise make a key for all of them.
            if (given.UnmatchedTokens.FirstOrDefault(t => t.StartsWith('-') && !t.Contains(':', StringComparison.Ordinal)) is { } unknown)
            {
                await errors.WriteLineAsync($"'{unknown}' is no option of 'keys {name}'. Settings have a colon in their name, such as --Storage:DataDirectory=data.");
                return NotStarted;
            }

            try
            {
                await using var services = ServicesFor([.. given.UnmatchedTokens]);
                await using (var db = await services.GetRequiredService<IDbContextFactory<CoachDbContext>>().CreateDbContextAsync(cancellationToken))
                {
                    await RecordStorage.RefuseOtherVersionsAsync(db, cancellationToken);
                }

                return await act(services.GetRequiredService<ApiKeys>(), given, cancellationToken);
            }
            catch (Exception e) when (e is ApiKeyException or StartRefusedException or OptionsValidationException or RecordUnavailableException or InvalidDataException or FormatException || DatabaseFailure.IsBehind(e))
            {
                await errors.WriteLineAsync(e is OptionsValidationException wrong ? string.Join(Environment.NewLine, wrong.Failures) : e.Message);
                return Failed;
            }
        });
        return command;
    }

    private static ServiceProvider ServicesFor(string[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true)
            .AddEnvironmentVariables().AddCommandLine(settings).Build();
        var services = new ServiceCollection();
        services.AddLogging();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ApiKeys>();

        // Beside a host that runs, whose folder is its own.
        services.AddSingleton(p => DataDirectory.Beside(p.GetRequiredService<IOptions<StorageOptions>>().Value, configuration.GetConnectionString(StorageOptions.ConnectionName)));
        return services.AddRecordStorage(configuration).BuildServiceProvider();
    }

    private static string[] Listed(string? words) => (words ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static string Day(DateTimeOffset at) => at.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
