using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DeEscalationBot.Host.Tests.Channels.BotFramework.Authentication;
using DeEscalationBot.Host.Tests.Fixtures;

namespace DeEscalationBot.Host.Tests.Channels.BotFramework.Conformance;

/// <summary>Our answers beside those of Microsoft's own packages for JavaScript, run on the same requests (tests/botframework).</summary>
/// <remarks>
/// The tables are kept in docs/conformance.md, which these tests hold to what they measure: with <c>WRITE_CONFORMANCE=1</c> they write it. Skips,
/// and says so, only where Node or npm's registry is out of reach: the test command installs Node.
/// </remarks>
public class ConformanceTests(PeerPackages peers) : IClassFixture<PeerPackages>
{
    private static readonly string Page = Path.Combine(Repository.Root, "docs", "conformance.md");

    // The bots that answer beside ours, by their programs, and where we differ from one on purpose.
    private static readonly (string Program, string Package, Dictionary<string, string> Differences)[] Others =
    [
        ("botbuilder", "botbuilder 4.23.3", new(StringComparer.Ordinal)
        {
            ["card action without an action"] = "botbuilder fails (500); the .NET SDK says 400",
            ["empty object"] = "botbuilder fails (500); the .NET SDK says 400",
        }),
        ("agents", "agents-hosting 1.8.1", new(StringComparer.Ordinal)
        {
            ["card action without an action"] = "agents-hosting fails (500)",
            ["empty object"] = "agents-hosting fails (500)",
            ["array"] = "agents-hosting fails (500)",
        }),
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Tokens_AreJudgedAsTheMatrixSays_ByMicrosoftsPackageAndByUs()
    {
        var node = await peers.GetAsync();
        await using var bot = await BotHost.StartAsync(withAppId: true);
        var context = new TokenCase.Context(bot.Authority!, bot.Connector.ServiceUrl, TimeProvider.System.GetUtcNow());
        var requests = TokenMatrix.Cases.Select(c =>
        {
            var activity = bot.NewActivity("typing");
            c.Change?.Invoke(activity);
            return (Case: c, Authorization: c.Header(context), Activity: activity);
        }).ToArray();

        var theirs = await node.RunAsync(
            "tokens.js",
            [bot.Authority!.Metadata, ChannelAuthority.AppId],
            [.. requests.Select(r => new JsonObject { ["authorization"] = r.Authorization, ["activity"] = r.Activity.DeepClone() }.ToJsonString())]);
        var faults = new List<string>();
        var table = new StringBuilder("| case | botframework-connector 4.23.3 (JavaScript) | SDK 4.23.1 (.NET) | here |\n|---|---|---|---|\n");
        Assert.Equal(requests.Length, theirs.Length);
        for (var i = 0; i < requests.Length; i++)
        {
            var (row, authorization, activity) = requests[i];
            var ours = (int)(await bot.PostAsync(activity, authorization)).Status;
            if (row.Ours != ours || row.JavaScript != theirs[i])
            {
                faults.Add($"{row.Name}: {ours} here, botframework-connector says {theirs[i]}");
            }

            table.Append(CultureInfo.InvariantCulture, $"| {row.Name} | {theirs[i]} | {row.DotNet} | {ours} |\n");
        }

        Assert.Empty(faults);
        await HoldAsync("tokens", table.ToString());
    }

    [Fact]
    public async Task Answers_AreThoseOfMicrosoftsPackages()
    {
        var node = await peers.GetAsync();
        await using var bot = await BotHost.StartAsync();
        var requests = Requests(bot).ToArray();

        var theirs = new List<string[]>();
        foreach (var other in Others)
        {
            theirs.Add(await node.RunAsync("answers.js", [other.Program], [.. requests.Select(r => JsonSerializer.Serialize(r.Body))]));
            Assert.Equal(requests.Length, theirs[^1].Length);
        }

        var faults = new List<string>();
        var table = new StringBuilder($"| request | {string.Join(" | ", Others.Select(o => o.Package))} | here | |\n|---|---|---|---|---|\n");
        for (var i = 0; i < requests.Length; i++)
        {
            var (name, body) = requests[i];
            var (status, ourBody) = await bot.PostAsync(body);
            var ours = $"{(int)status} {Shape(ourBody)}".TrimEnd();
            var reasons = new List<string>();
            var row = new StringBuilder($"| {name}");
            for (var o = 0; o < Others.Length; o++)
            {
                // Of an error a package's text is for its log; a client goes by the status.
                var their = JsonNode.Parse(theirs[o][i])!;
                var expected = $"{(int)their["status"]!} {(their["body"] is JsonObject said ? Shape(said) : "")}".TrimEnd();
                if ((ours == expected) == Others[o].Differences.TryGetValue(name, out var reason))
                {
                    faults.Add($"{name}: {ours} here, {expected} by {Others[o].Package}");
                }

                row.Append(CultureInfo.InvariantCulture, $" | {Cell(expected)}");
                reasons.Add(reason ?? "");
            }

            reasons.RemoveAll(r => r.Length == 0);
            table.Append(row).Append(CultureInfo.InvariantCulture, $" | {Cell(ours)} | {(reasons.Count == 0 ? "same" : string.Join("; ", reasons))} |\n");
        }

        Assert.Empty(faults);

        await HoldAsync("answers", table.ToString());
    }

    private static IEnumerable<(string Name, string Body)> Requests(BotHost bot)
    {
        foreach (var type in new[] { "message", "messageUpdate", "messageDelete", "messageReaction", "conversationUpdate", "installationUpdate", "typing", "event", "endOfConversation", "somethingNew" })
        {
            var activity = bot.NewActivity(type, "ayuda", conversation: "a:golden");
            activity["channelData"] = new JsonObject { ["tenant"] = new JsonObject { ["id"] = "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee" } };
            yield return (type, activity.ToJsonString());
        }

        var expecting = bot.NewActivity("message", "ayuda", conversation: "a:golden");
        expecting["deliveryMode"] = "expectReplies";
        yield return ("message that expects replies", expecting.ToJsonString());

        (string Name, string Invoke, string? Value)[] invokes =
        [
            ("card action that is handled", "adaptiveCard/action", """{"action":{"type":"Action.Execute","verb":"coach.another","data":{}},"trigger":"manual"}"""),
            ("card action of an unknown verb", "adaptiveCard/action", """{"action":{"type":"Action.Execute","verb":"somebody.else"}}"""),
            ("card action of another type", "adaptiveCard/action", """{"action":{"type":"Action.Submit"}}"""),
            ("card action without a value", "adaptiveCard/action", null),
            ("card action without an action", "adaptiveCard/action", "{}"),
            ("message extension, first step", "composeExtension/fetchTask", """{"commandId":"coachMessage","messagePayload":{"id":"1"}}"""),
            ("message extension, unknown command", "composeExtension/fetchTask", """{"commandId":"unknown"}"""),
            ("message extension, nothing to say", "composeExtension/submitAction", """{"commandId":"coachMessage","data":{}}"""),
            ("message extension, search", "composeExtension/query", """{"commandId":"unknown"}"""),
            ("task of an unknown button", "task/fetch", """{"data":{"verb":"unknown"}}"""),
            ("task's form of an unknown button", "task/submit", """{"data":{"verb":"unknown"}}"""),
            ("file consent", "fileConsent/invoke", """{"action":"accept"}"""),
            ("tab", "tab/fetch", "{}"),
            ("unknown invoke", "never/heard", "{}"),
        ];
        foreach (var (name, invoke, value) in invokes)
        {
            // Channels leave out what is empty; agents-hosting fails with a text that is null.
            var activity = bot.Invoke(invoke, value is null ? null : JsonNode.Parse(value), "a:golden");
            activity.Remove("text");
            yield return (name, activity.ToJsonString());
        }

        yield return ("empty object", "{}");
        yield return ("array", "[]");
        yield return ("not JSON", "{");
    }

    // Names and kinds of values; the words themselves where they are for programs.
    private static string Shape(JsonNode? node, string name = "") => node switch
    {
        null => "",
        JsonObject o when name == "activities" => "{…}",
        JsonObject o => "{" + string.Join(",", o.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{p.Key}:{Shape(p.Value, p.Key)}")) + "}",
        JsonArray a => "[" + string.Join(",", a.Select(i => Shape(i, name))) + "]",
        _ when name is "type" or "code" or "statusCode" or "message" => node.ToJsonString(),
        _ => node.GetValueKind().ToString(),
    };

    private static string Cell(string shape) => shape.IndexOf(' ', StringComparison.Ordinal) is var at and > 0 ? $"{shape[..at]} `{shape[(at + 1)..]}`" : shape;

    private static async Task HoldAsync(string section, string table)
    {
        var page = await File.ReadAllTextAsync(Page, Token);
        var (from, to) = ($"<!-- {section} -->\n", $"<!-- /{section} -->");
        var begin = page.IndexOf(from, StringComparison.Ordinal) + from.Length;
        var end = page.IndexOf(to, StringComparison.Ordinal);
        if (Environment.GetEnvironmentVariable("WRITE_CONFORMANCE") == "1")
        {
            await File.WriteAllTextAsync(Page, page[..begin] + table + page[end..], Token);
            return;
        }

        Assert.Equal(table, page[begin..end]);
    }
}

/// <summary>Microsoft's packages, installed once for all tests of a class; a class is skipped where they cannot be.</summary>
public sealed class PeerPackages : IDisposable
{
    private NodePackage? _node;

    public async Task<NodePackage> GetAsync() => _node ??= await NodePackage.InstallAsync("botframework");

    public void Dispose() => _node?.Dispose();
}
