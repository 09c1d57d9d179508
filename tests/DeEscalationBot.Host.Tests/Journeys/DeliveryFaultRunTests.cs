using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using DeEscalationBot.Host.Tests.Fixtures;
using Microsoft.AspNetCore.Http;

namespace DeEscalationBot.Host.Tests.Journeys;

/// <summary>
/// Alerts while the process is killed with -9 again and again, comes back with a clock that jumped by hours or days, and the receiver answers 500,
/// 429 with Retry-After, hangs and resets: every alert raised is delivered at least once, none twice under different ids, in order within its conversation, and whoever nobody answers for climbs
/// the ladder. Seeded. The full run (500 conversations, 20 kills) is asked for by DEESCALATION_FAULT_RUN=full; the tests run a smaller one.
/// </summary>
public class DeliveryFaultRunTests
{
    private const int Seed = 20260302;

    private static readonly bool IsFull = Environment.GetEnvironmentVariable("DEESCALATION_FAULT_RUN") == "full";
    private static readonly int Conversations = IsFull ? 500 : 40;
    private static readonly int Kills = IsFull ? 20 : 2;
    // Of the whole run: it ends when everything has arrived; only a machine that is busy with other things needs this long.
    private static readonly TimeSpan Patience = IsFull ? TimeSpan.FromMinutes(40) : TimeSpan.FromMinutes(10);

    // What the process takes for the time, against the machine's clock; the monotonic clock goes on as it does for a person who sets the time.
    private static readonly TimeSpan[] Jumps = [TimeSpan.Zero, TimeSpan.FromHours(3), TimeSpan.FromHours(-2), TimeSpan.FromDays(2), TimeSpan.FromDays(-1)];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EveryAlert_ArrivesInOrderUnderOneId_AndClimbsTheLadder()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        var faults = new ConcurrentDictionary<string, int>();
        receiver.Behave = (n, context) => MisbehaveAsync(n, context, faults);
        using var folder = new TemporaryDirectory();
        string[] settings =
        [
            "--urls", "http://127.0.0.1:0", .. receiver.Settings, "--Webhooks:Timeout=00:00:01", "--Outbox:Lease=00:00:05", "--Conversations:WaitingCheckEvery=00:00:00.5",
            "--Escalation:Ladder:AcknowledgeImmediateWithin=00:00:10", "--Escalation:Ladder:AcknowledgeSupervisorWithin=00:00:10",
            "--Escalation:Ladder:Rungs:0:Name=shift", "--Escalation:Ladder:Rungs:1:Name=lead",
        ];
        var random = new Random(Seed);
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var sent = new ConcurrentDictionary<int, bool>();
        var kills = 0;
        var host = HostProcess.Start(folder.Path, ClockOf(0), settings);
        try
        {
            var client = new HttpClient { BaseAddress = await host.AddressAsync() };
            var acknowledged = new HashSet<int>();
            for (var round = 0; round <= Kills; round++)
            {
                // A share of the conversations in each round, and a kill in the middle of it.
                var share = Enumerable.Range(0, Conversations).Where(c => c % (Kills + 1) == round).ToArray();
                var posting = Task.WhenAll(share.Chunk(Math.Max(1, share.Length / 4)).Select(chunk => PostAllAsync(client, chunk, sent)));
                if (round < Kills)
                {
                    var enough = random.Next(1, Math.Max(2, share.Length));
                    await Task.WhenAny(posting, Eventually.HoldsAsync(() => share.Count(sent.ContainsKey) >= enough, "some were posted"));
                    await host.KillAsync();
                    kills++;
                    await posting;
                    await host.DisposeAsync();
                    client.Dispose();
                    host = HostProcess.Start(folder.Path, ClockOf(kills), settings);
                    client = new HttpClient { BaseAddress = await host.AddressAsync() };
                }

                // What was not answered is sent again, with the same id, as every sender does.
                await posting;
                await PostAllAsync(client, [.. share.Where(c => !sent.ContainsKey(c))], sent);
            }

            var ids = await AlertIdsAsync(client);
            foreach (var conversation in Enumerable.Range(0, Conversations).Where(c => c % 10 == 0))
            {
                await ActAsync(client, ids[Name(conversation)], "acknowledge");
                acknowledged.Add(conversation);
            }

            var unanswered = Enumerable.Range(0, Conversations).Where(c => !acknowledged.Contains(c)).Select(Name).ToHashSet();
            await UntilAsync(() => Enumerable.Range(0, Conversations).All(c => receiver.Taken.Any(r => r.Conversation == Name(c) && r.Type == "alert.raised")), watch, "every alert is delivered");
            await UntilAsync(() => receiver.Taken.Where(r => r.Type == "alert.escalated").Select(r => r.Conversation).ToHashSet().IsSupersetOf(unanswered), watch, "every unanswered alert climbs");

            // From here on everything is answered for, so that the outbox runs empty.
            while (await OpenAlertsAsync(client) is { Length: > 0 } open)
            {
                foreach (var id in open)
                {
                    await ActAsync(client, id, "resolve");
                }
            }

            await EmptyAsync(client, watch);
            client.Dispose();
        }
        finally
        {
            await host.DisposeAsync();
        }

        var taken = receiver.Taken;
        var byEvent = taken.GroupBy(r => (r.Conversation, r.Sequence)).ToArray();
        var twiceWithOtherIds = byEvent.Count(g => g.Select(r => r.Id).Distinct().Count() > 1 || g.Select(r => r.Body).Distinct().Count() > 1);
        var outOfOrder = taken.GroupBy(r => r.Conversation).Count(g => !IsOrdered(g.Select(r => r.Sequence).Distinct()));
        var raised = taken.Where(r => r.Type == "alert.raised").Select(r => r.Conversation).Distinct().Count();
        var climbed = taken.Where(r => r.Type == "alert.escalated").Select(r => r.Conversation).Distinct().Count();
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"seed {Seed}; conversations {Conversations}; kills -9 {kills}; clock jumps {kills}; requests {receiver.All.Count} ({string.Join(", ", faults.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => $"{f.Key} {f.Value}"))}); ")
            + string.Create(CultureInfo.InvariantCulture, $"alerts delivered {raised}; messages {byEvent.Length}; repeated under the same id {taken.Count - byEvent.Length}; under another id {twiceWithOtherIds}; conversations out of order {outOfOrder}; climbed the ladder {climbed}; seconds {watch.Elapsed.TotalSeconds:0}"));
        Assert.Equal(Conversations, raised);
        Assert.Equal(0, twiceWithOtherIds);
        Assert.Equal(0, outOfOrder);
        Assert.All(taken, r => Assert.True(WebhookReceiver.IsSigned(r)));
    }

    // What the n-th request meets follows from the seed and its number alone.
    private static async Task<int> MisbehaveAsync(int n, HttpContext context, ConcurrentDictionary<string, int> faults)
    {
        var kind = new Random(unchecked((Seed * 31) + n)).Next(100) switch
        {
            < 6 => "500",
            < 9 => "429",
            < 11 => "hang",
            < 15 => "reset",
            _ => "200",
        };
        faults.AddOrUpdate(kind, 1, (_, count) => count + 1);
        switch (kind)
        {
            case "500":
                return 500;
            case "429":
                context.Response.Headers.RetryAfter = "1";
                return 429;
            case "hang":
                await Task.Delay(TimeSpan.FromSeconds(3), TimeProvider.System, CancellationToken.None);
                return 503;
            case "reset":
                return -1;
            default:
                return 200;
        }
    }

    private static string Name(int conversation) => "fault-" + conversation.ToString(CultureInfo.InvariantCulture);

    private static bool IsOrdered(IEnumerable<long> sequences) => sequences.Zip(sequences.Skip(1), (a, b) => a < b).All(x => x);

    private static async Task PostAllAsync(HttpClient client, int[] conversations, ConcurrentDictionary<int, bool> sent)
    {
        foreach (var c in conversations)
        {
            try
            {
                using var response = await client.PostAsJsonAsync(
                    new Uri($"/api/v1/conversations/{Name(c)}/messages", UriKind.Relative),
                    new JsonObject { ["id"] = "m1", ["speaker"] = "customer", ["text"] = "Eres un inútil, no sirves para nada." },
                    Token);
                if (response.StatusCode == HttpStatusCode.OK)
                {
                    sent[c] = true;
                }
            }
            catch (HttpRequestException)
            {
                return; // The host is gone.
            }
        }
    }

    private static async Task<Dictionary<string, string>> AlertIdsAsync(HttpClient client)
    {
        using var response = await client.GetAsync(new Uri("/api/v1/alerts?limit=500&urgency=immediate", UriKind.Relative), Token);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync(Token))!["alerts"]!.AsArray().ToDictionary(a => (string)a!["conversation"]!, a => (string)a!["id"]!);
    }

    private static async Task<string[]> OpenAlertsAsync(HttpClient client)
    {
        using var response = await client.GetAsync(new Uri("/api/v1/alerts?limit=500", UriKind.Relative), Token);
        return [.. JsonNode.Parse(await response.Content.ReadAsStringAsync(Token))!["alerts"]!.AsArray().Select(a => (string)a!["id"]!)];
    }

    private static Dictionary<string, string> ClockOf(int start) => JumpedClockStartup.EnvironmentOf(Jumps[start % Jumps.Length]);

    private static async Task ActAsync(HttpClient client, string alert, string verb)
    {
        using var response = await client.PostAsJsonAsync(new Uri($"/api/v1/alerts/{alert}/{verb}", UriKind.Relative), new JsonObject { ["by"] = "eva" }, Token);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private static async Task EmptyAsync(HttpClient client, System.Diagnostics.Stopwatch watch)
    {
        while (true)
        {
            using var response = await client.GetAsync(new Uri("/api/v1/sinks", UriKind.Relative), Token);
            var sink = JsonNode.Parse(await response.Content.ReadAsStringAsync(Token))!["sinks"]![0]!;
            Assert.Equal(0, (int)sink["dead"]!);
            if ((int)sink["pending"]! == 0)
            {
                return;
            }

            Assert.True(watch.Elapsed < Patience, $"The outbox does not run empty: {sink}");
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, Token);
        }
    }

    private static async Task UntilAsync(Func<bool> holds, System.Diagnostics.Stopwatch watch, string what)
    {
        while (!holds())
        {
            Assert.True(watch.Elapsed < Patience, $"Not within {Patience}: {what}.");
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, Token);
        }
    }
}
