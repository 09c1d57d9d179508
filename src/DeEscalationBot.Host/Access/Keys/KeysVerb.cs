using System.CommandLine;
using System.Globalization;
using DeEscalationBot.Host.Hosting;
using DeEscalationBot.Host.Privacy.Audit;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace DeEscalationBot.Host.Access.Keys;

/// <summary>The verb <c>keys add|list|revoke</c>: keys of programs from a terminal, also while the host runs.</summary>
public static class KeysVerb
{
    /// <summary>The verb's name.</summary>
    public const string Name = "keys";
    private const string By = "terminal";
    private const int UsualDays = 90;

    /// <summary>Runs it.</summary>
    /// <param name="args">The program's arguments, beginning with the verb; those that it does not know are settings such as <c>--Storage:DataDirectory=…</c>.</param>
    /// <param name="output">Gets the key, or the list.</param>
    /// <param name="errors">Gets reasons.</param>
    /// <returns>The exit code, one of <see cref="RecordVerb"/>.</returns>
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
                return RecordVerb.Failed;
            }

            var made = await keys.AddAsync(new ApiKeyWish(given.GetValue(name)!, Listed(given.GetValue(scopes)), Listed(given.GetValue(teams)), TimeSpan.FromDays(given.GetValue(days)), By));
            await output.WriteLineAsync(made.Key);
            await errors.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"Keep it now: it is not shown again. It ends {made.Row.ExpiresAt:yyyy-MM-dd HH:mm} UTC; 'keys revoke {made.Row.KeyId}' ends it before."));
            return RecordVerb.Done;
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

            return RecordVerb.Done;
        });
        var revoke = Command("revoke", "Revoke a key: from now on it opens nothing.", errors, async (keys, given, _) =>
        {
            var known = await keys.RevokeAsync(given.GetValue(id)!, By);
            await (known ? output : errors).WriteLineAsync(known ? $"Key {given.GetValue(id)} is revoked." : $"There is no key '{given.GetValue(id)}'. 'keys list' shows them.");
            return known ? RecordVerb.Done : RecordVerb.Failed;
        });
        revoke.Arguments.Add(id);

        var verb = new Command(Name, "The keys of programs.");
        var root = new RootCommand("DeEscalationBot: who gets in.");
        Array.ForEach([add, list, revoke], verb.Subcommands.Add);
        root.Subcommands.Add(verb);
        return await Verbs.InvokeAsync(root, args, output, errors);
    }

    private static Command Command(string name, string what, TextWriter errors, Func<ApiKeys, ParseResult, CancellationToken, Task<int>> act) =>
        RecordVerb.Command(name, what, errors, Register, (services, given, cancellationToken) => act(services.GetRequiredService<ApiKeys>(), given, cancellationToken));

    private static void Register(IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton<AuditLog>();
        services.TryAddSingleton<ApiKeys>();
    }

    private static string[] Listed(string? words) => (words ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static string Day(DateTimeOffset at) => at.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
