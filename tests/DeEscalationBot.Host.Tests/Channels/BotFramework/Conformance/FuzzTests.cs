using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using DeEscalationBot.Host.Channels.BotFramework.Turns;
using DeEscalationBot.Host.Tests.Channels.BotFramework.Authentication;
using DeEscalationBot.Host.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;

namespace DeEscalationBot.Host.Tests.Channels.BotFramework.Conformance;

/// <summary>Mutated activities and tokens: no answer of 500 or more, no error in the log, nobody let in.</summary>
/// <remarks>By a seed, so that a run can be repeated: <c>FUZZ_ACTIVITIES</c> says how many (1,500 in the suite; 100,000 by hand), <c>FUZZ_SEED</c> which.</remarks>
public class FuzzTests
{
    private const int InTheSuite = 1_500;

    private static readonly string[] Types = ["message", "messageUpdate", "messageDelete", "messageReaction", "conversationUpdate", "installationUpdate", "invoke", "typing", "event", "endOfConversation", "trace", "nothing"];

    private static readonly string[] Names =
        ["adaptiveCard/action", "composeExtension/fetchTask", "composeExtension/submitAction", "task/fetch", "task/submit", "message/submitAction", "composeExtension/query", "signin/verifyState", ""];

    private static readonly string[] Verbs = ["coach.another", "coach.review", "coach.help", "coach.feedback", "coach.commands", "coach.insert", "alert.acknowledge", "alert.refresh", "alert.dismiss", "x"];

    private static int Count => int.TryParse(Environment.GetEnvironmentVariable("FUZZ_ACTIVITIES"), CultureInfo.InvariantCulture, out var count) ? count : InTheSuite;

    private static int Seed => int.TryParse(Environment.GetEnvironmentVariable("FUZZ_SEED"), CultureInfo.InvariantCulture, out var seed) ? seed : 20260301;

    [Fact]
    public async Task MutatedActivities_WithoutAToken_NeverBreakAnything()
    {
        await using var bot = await BotHost.StartAsync();
        var random = new Random(Seed);

        await RunAsync(bot, Count / 2, i =>
        {
            string body;
            lock (random)
            {
                body = Mutated(bot, random, i);
            }

            return bot.PostAsync(body);
        }, (body, status) => Assert.True((int)status < 500 || status == HttpStatusCode.NotImplemented, $"{status}"));

        AssertQuiet(bot);
    }

    [Fact]
    public async Task MutatedTokens_AreNeverLetIn()
    {
        await using var bot = await BotHost.StartAsync(withAppId: true);
        var random = new Random(Seed);
        var context = new TokenCase.Context(bot.Authority!, bot.Connector.ServiceUrl, TimeProvider.System.GetUtcNow());
        var right = context.Bearer();

        await RunAsync(bot, Count - (Count / 2), i =>
        {
            string header;
            lock (random)
            {
                header = Broken(context, right, random);
            }

            return bot.PostAsync(bot.NewActivity("message", "hola", conversation: "a:fuzz"), header);
        }, (_, status) => Assert.Equal(HttpStatusCode.Unauthorized, status));

        Assert.Empty(bot.Connector.Calls);
        Assert.Null(await bot.Host.Services.GetRequiredReferences().FindAsync("msteams", "a:fuzz", TestContext.Current.CancellationToken));
        AssertQuiet(bot);
    }

    private static async Task RunAsync(BotHost bot, int count, Func<int, Task<(HttpStatusCode Status, JsonNode? Body)>> post, Action<int, HttpStatusCode> check)
    {
        var lanes = bot.Host.Services.GetRequiredService<ActivityLanes>();
        for (var i = 0; i < count; i += 16)
        {
            var batch = Enumerable.Range(i, Math.Min(16, count - i)).ToArray();
            foreach (var (number, answer) in batch.Zip(await Task.WhenAll(batch.Select(post))))
            {
                try
                {
                    check(number, answer.Status);
                }
                catch (Xunit.Sdk.XunitException e)
                {
                    throw new InvalidOperationException($"Request {number} of seed {Seed}: {e.Message}", e);
                }
            }

            // No faster than activities are taken: what comes beyond is told to come again, which is another matter.
            await Eventually.HoldsAsync(() => lanes.Waiting < 500, "the lanes to empty");
        }

        await Eventually.HoldsAsync(() => lanes.Waiting == 0, "every activity to be taken");
    }

    private static void AssertQuiet(BotHost bot)
    {
        var loud = bot.Host.Log.Lines.Where(l => l.StartsWith("Error", StringComparison.Ordinal) || l.StartsWith("Critical", StringComparison.Ordinal) || l.Contains("Exception", StringComparison.Ordinal)).ToArray();
        Assert.True(loud.Length == 0, $"{loud.Length} loud lines of seed {Seed}; the first: {string.Join(Environment.NewLine, loud.Take(3))}");
    }

    private static string Mutated(BotHost bot, Random random, int number)
    {
        var activity = bot.NewActivity(Types[random.Next(Types.Length)], Words(random), id: $"f{number}", conversation: $"a:fuzz{number}");
        activity["conversation"]!["tenantId"] = $"t{number}"; // The limits of Teams would hold the answers back.
        activity["name"] = Names[random.Next(Names.Length)];
        activity["action"] = random.Next(3) switch { 0 => "add", 1 => "remove", _ => null };
        activity["value"] = JsonNode.Parse($$$"""
            {"action":{"type":"Action.Execute","verb":"{{{Verbs[random.Next(Verbs.Length)]}}}","data":{"draft":"hola, pero no","conversation":"c","variant":1,"useful":"yes"}},"trigger":"manual",
             "commandId":"{{{(random.Next(2) == 0 ? "coachMessage" : "reviewDraft")}}}","data":{"verb":"{{{Verbs[random.Next(Verbs.Length)]}}}","draft":"hola","text":"x"},
             "messagePayload":{"id":"1","createdDateTime":"2026-03-01","body":{"contentType":"html","content":"<p>Nadie responde desde hace tres semanas</p>"}},
             "actionName":"feedback","actionValue":{"reaction":"like"}}
            """);
        activity["replyToId"] = "sent-0";
        activity["membersAdded"] = new JsonArray(new JsonObject { ["id"] = "28:coach" });
        activity["reactionsAdded"] = new JsonArray(new JsonObject { ["type"] = "like" });
        activity["entities"] = JsonNode.Parse("""[{"type":"mention","text":"<at>Coach</at>","mentioned":{"id":"28:coach"}},{"type":"clientInfo","locale":"es"}]""");
        activity["channelData"] = JsonNode.Parse("""{"tenant":{"id":"t"},"eventType":"x"}""");
        activity["attachments"] = JsonNode.Parse("""[{"contentType":"text/html","content":"<p>hola</p>"},{"contentType":"messageReference","content":"{}"}]""");
        for (var i = random.Next(4); i > 0; i--)
        {
            Change(activity, random);
        }

        var text = activity.ToJsonString();
        if (random.Next(4) == 0)
        {
            // Broken as a text, too.
            var letters = new StringBuilder(text);
            for (var i = random.Next(1, 4); i > 0; i--)
            {
                var at = random.Next(letters.Length);
                switch (random.Next(4))
                {
                    case 0: letters.Remove(at, Math.Min(random.Next(1, 20), letters.Length - at)); break;
                    case 1: letters[at] = (char)random.Next(1, 0xD7FF); break;
                    case 2: letters.Insert(at, random.Next(2) == 0 ? "\\ud800" : "\u0000"); break;
                    default: letters.Insert(at, text.AsSpan(random.Next(text.Length - 5), 5)); break;
                }
            }

            text = letters.ToString();
        }

        return text;
    }

    // Puts something of another shape somewhere, or takes something away. The connector stays on this machine: nothing else is called.
    private static void Change(JsonNode node, Random random)
    {
        switch (node)
        {
            case JsonObject { Count: > 0 } o:
                var key = o.ElementAt(random.Next(o.Count)).Key;
                if (key != "serviceUrl" && random.Next(3) == 0)
                {
                    o[key] = Odd(random);
                }
                else if (key != "serviceUrl" && random.Next(6) == 0)
                {
                    o.Remove(key);
                }
                else if (o[key] is { } inner)
                {
                    Change(inner, random);
                }

                break;
            case JsonArray { Count: > 0 } a:
                var index = random.Next(a.Count);
                if (random.Next(2) == 0)
                {
                    a[index] = Odd(random);
                }
                else if (a[index] is { } inner)
                {
                    Change(inner, random);
                }

                break;
        }
    }

    private static JsonNode? Odd(Random random) => random.Next(12) switch
    {
        0 => null,
        1 => JsonValue.Create(random.Next()),
        2 => JsonValue.Create(double.MaxValue),
        3 => JsonValue.Create(true),
        4 => new JsonArray(null, "x"),
        5 => new JsonObject(),
        6 => JsonValue.Create(""),
        7 => JsonValue.Create(new string('ñ', random.Next(5000))),
        8 => JsonValue.Create("../../\u0001\u202E"),
        9 => JsonValue.Create("\uD83D"),
        10 => JsonValue.Create("<at>x</at><script>"),
        _ => JsonValue.Create("9999-99-99T99:99:99Z"),
    };

    private static string Words(Random random) => random.Next(8) switch
    {
        0 => "ayuda",
        1 => "otra forma",
        2 => "revisa: hola, pero no",
        3 => "respondí: hecho",
        4 => "llama a un supervisor",
        5 => "otro cliente",
        6 => new string('a', random.Next(70_000)),
        _ => "Es la tercera vez que escribo y nadie me responde!!! 😡",
    };

    private static string Broken(TokenCase.Context context, string right, Random random)
    {
        switch (random.Next(8))
        {
            case 0:
                // One letter of the token is another one.
                var letters = right.ToCharArray();
                int at;
                do
                {
                    at = random.Next("Bearer ".Length, letters.Length);
                }
                while (letters[at] == '.' || IsLastOfAPart(right, at));
                letters[at] = letters[at] == 'A' ? 'B' : 'A';
                return new string(letters);
            case 1: return right[..random.Next(right.Length - 1)];
            case 2: return right + (char)random.Next(33, 126);
            case 3: return context.Bearer(key: random.Next(2) == 0 ? context.Authority.Rogue : context.Authority.OtherChannel);
            case 4: return context.Bearer(t => t.Remove(new[] { "iss", "aud", "exp", "serviceurl" }[random.Next(4)]));
            case 5:
                return context.Bearer(t => t[new[] { "iss", "aud", "serviceurl" }[random.Next(3)]] = random.Next(4) switch { 0 => new JsonArray(), 1 => new JsonObject(), 2 => 5, _ => "x" });
            case 6:
                return context.Bearer(t => t["exp"] = random.Next(5) switch { 0 => "soon", 1 => -1, 2 => 0, 3 => long.MinValue, _ => new JsonArray(1) });
            default:
                return context.Bearer(header: h => h[new[] { "alg", "kid", "typ" }[random.Next(2)]] = random.Next(6) switch { 0 => "none", 1 => "HS256", 2 => 5, 3 => "", 4 => new JsonObject(), _ => "ES256" });
        }
    }

    // The last letter of a part may hold bits that count for nothing.
    private static bool IsLastOfAPart(string token, int at) => at == token.Length - 1 || token[at + 1] == '.';
}
