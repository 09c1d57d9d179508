using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using DeEscalationBot.Host.Tests.Fixtures;

namespace DeEscalationBot.Host.Tests.Journeys;

/// <summary>kill -9 of the real process in the middle of a replay over HTTP.</summary>
public class KillAndRestartTests
{
    private const int Conversations = 8;
    private const int AcknowledgedBeforeTheKill = 60;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Kill_DuringAReplay_LosesNothingAcknowledgedAndRepeatsNothing()
    {
        using var folder = new TemporaryDirectory();
        var acknowledged = new ConcurrentDictionary<(int Conversation, int Message), string>();
        await using (var host = HostProcess.Start(folder.Path, null, "--urls", "http://127.0.0.1:0"))
        {
            using var client = new HttpClient { BaseAddress = await host.AddressAsync() };
            var players = Enumerable.Range(0, Conversations).Select(c => PlayUntilItFailsAsync(client, c, acknowledged)).ToArray();
            await Eventually.HoldsAsync(() => acknowledged.Count >= AcknowledgedBeforeTheKill, "enough messages were acknowledged");
            await host.KillAsync();
            await Task.WhenAll(players);
        }

        await using var again = HostProcess.Start(folder.Path, null, "--urls", "http://127.0.0.1:0");
        using var second = new HttpClient { BaseAddress = await again.AddressAsync() };
        for (var c = 0; c < Conversations; c++)
        {
            var kept = await IdsAsync(second, c);
            var sent = acknowledged.Keys.Where(k => k.Conversation == c).Select(k => k.Message).Order().ToArray();

            // Everything acknowledged is there; at most the one message that was under way came through unanswered.
            Assert.Equal(sent.Select(m => $"m{m}"), kept.Take(sent.Length));
            Assert.InRange(kept.Count - sent.Length, 0, 1);

            // Sent again, each gives its first answer, and the one under way is taken in once.
            foreach (var m in sent.Append(sent.Length))
            {
                var answer = await (await PostAsync(second, c, m)).Content.ReadAsStringAsync(Token);
                Assert.Equal(acknowledged.GetValueOrDefault((c, m), answer), answer);
            }

            Assert.Equal(Enumerable.Range(0, sent.Length + 1).Select(m => $"m{m}"), await IdsAsync(second, c));
        }
    }

    private static async Task PlayUntilItFailsAsync(HttpClient client, int conversation, ConcurrentDictionary<(int, int), string> acknowledged)
    {
        try
        {
            for (var m = 0; ; m++)
            {
                using var response = await PostAsync(client, conversation, m);
                var answer = await response.Content.ReadAsStringAsync(Token);
                Assert.Equal(HttpStatusCode.OK, response.StatusCode);
                acknowledged[(conversation, m)] = answer;
            }
        }
        catch (HttpRequestException)
        {
            // The host is gone.
        }
    }

    private static Task<HttpResponseMessage> PostAsync(HttpClient client, int conversation, int message) => client.PostAsJsonAsync(
        new Uri($"/api/v1/conversations/kill-{conversation}/messages", UriKind.Relative),
        new JsonObject
        {
            ["id"] = $"m{message}",
            ["speaker"] = message % 3 == 2 ? "agent" : "customer",
            ["text"] = $"Es la vez número {message} que escribo y nadie me responde; quiero una solución hoy.",
            ["at"] = "2026-03-01T10:00:00Z",
        },
        Token);

    private static async Task<List<string?>> IdsAsync(HttpClient client, int conversation)
    {
        using var response = await client.GetAsync(new Uri($"/api/v1/conversations/kill-{conversation}", UriKind.Relative), Token);
        return response.StatusCode == HttpStatusCode.NotFound
            ? []
            : [.. JsonNode.Parse(await response.Content.ReadAsStringAsync(Token))!["turns"]!.AsArray().Select(t => (string?)t!["id"])];
    }
}
