using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Host.Conversations;
using DeEscalationBot.Host.Delivery.LiveView;
using DeEscalationBot.Host.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Orleans.Concurrency;

namespace DeEscalationBot.Host.Tests.Delivery.LiveView;

public class EventStreamTests(HostFixture fixture) : IClassFixture<HostFixture>
{
    private const string Angry = "Es la TERCERA vez que escribo y nadie me responde!!! Quiero hablar con su jefe ahora.";

    private RunningHost Host => fixture.Host;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stream_OpenedBeforeTheFirstMessage_TellsEachEventOnceInOrder()
    {
        await using var stream = await EventStream.OpenAsync(Host, "live%2F1");
        await Host.SayAsync("live/1", "m1", "customer", Angry);
        await Host.SayAsync("live/1", "m2", "agent", "Gracias por contármelo. Le escribo hoy antes de las 15:00 con lo que encuentre.");

        var told = await stream.ReadUntilAsync(e => e.Type == "step");

        Assert.Equal(told.Select(e => e.Id).Order().Distinct(), told.Select(e => e.Id));
        Assert.Equal("turn", told[0].Type);
        Assert.Equal((1L, "live/1", Angry), (told[0].Id, (string?)told[0].Data["conversation"], (string?)told[0].Data["text"]));
        Assert.Superset(new HashSet<string> { "turn", "alert", "step" }, told.Select(e => e.Type).ToHashSet());
        Assert.Equal(("T10", "raised"), ((string?)told.First(e => e.Type == "alert").Data["trigger"], (string?)told.First(e => e.Type == "alert").Data["state"]));
        Assert.Contains("thank", told[^1].Data["stepsDone"]!.AsArray().Select(s => (string?)s));
    }

    [Fact]
    public async Task Stream_WithLastEventId_TellsOnlyWhatCameAfter()
    {
        await Host.SayAsync("resume", "m1", "customer", Angry);
        await Host.SayAsync("resume", "m2", "agent", "Un momento, por favor.");
        await using var first = await EventStream.OpenAsync(Host, "resume");
        var all = await first.ReadUntilAsync(e => (string?)e.Data["id"] == "m2");
        var cut = all[all.Count / 2].Id;

        await using var second = await EventStream.OpenAsync(Host, "resume", cut.ToString(CultureInfo.InvariantCulture));
        await Host.SayAsync("resume", "m3", "customer", "Sigo esperando");
        var rest = await second.ReadUntilAsync(e => (string?)e.Data["id"] == "m3");

        Assert.Equal(all.Where(e => e.Id > cut).Select(e => e.Id), rest.Take(all.Count(e => e.Id > cut)).Select(e => e.Id));
        Assert.All(rest, e => Assert.True(e.Id > cut));
    }

    [Fact]
    public async Task Stream_WithAnIdThatWasNeverGiven_TellsEverything()
    {
        await Host.SayAsync("other-life", "m1", "customer", "Hola, ¿a qué hora abren?");
        await using var stream = await EventStream.OpenAsync(Host, "other-life", "4000");

        Assert.Equal(1, (await stream.ReadUntilAsync(_ => true))[0].Id);
    }

    [Theory]
    [InlineData("x", "abc")]
    [InlineData("x", "-1")]
    [InlineData("%20", null)]
    public async Task Stream_BadRequests_AreProblems(string conversation, string? lastEventId)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/conversations/{conversation}/events");
        if (lastEventId is not null)
        {
            request.Headers.Add("Last-Event-ID", lastEventId);
        }

        using var response = await Host.Client.SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Stream_WithNothingToTell_KeepsAliveByTheClock()
    {
        using var data = new TemporaryDirectory();
        var clock = new FakeTimeProvider();
        await using var host = await RunningHost.StartAsync(data.Path, clock);
        await using var stream = await EventStream.OpenAsync(host, "quiet");

        // Whether the stream waits already cannot be seen, so the clock moves until it answers.
        var comment = stream.ReadCommentAsync("still here");
        await Eventually.HoldsAsync(
            () =>
            {
                clock.Advance(EventStreamEndpoints.KeepAlive);
                return comment.IsCompleted;
            },
            "a comment");
        await comment;
    }

    [Fact]
    public async Task Stream_WhenTheHostStops_EndsAndGoesOnAfterTheRestart()
    {
        using var data = new TemporaryDirectory();
        long last;
        await using (var before = await RunningHost.StartAsync(data.Path))
        {
            await before.SayAsync("c", "m1", "customer", "Hola, ¿a qué hora abren?");
            await using var stream = await EventStream.OpenAsync(before, "c");
            last = (await stream.ReadUntilAsync(e => e.Type == "turn"))[^1].Id;
        }

        await using var after = await RunningHost.StartAsync(data.Path);
        await after.SayAsync("c", "m2", "customer", "¿Siguen ahí?");
        await using var resumed = await EventStream.OpenAsync(after, "c", last.ToString(CultureInfo.InvariantCulture));

        Assert.Equal("m2", (string?)(await resumed.ReadUntilAsync(e => e.Type == "turn"))[^1].Data["id"]);
    }

    [Fact]
    public async Task Subscribe_ToAll_IsWokenByEveryConversation()
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(Token);
        await using var changes = Host.Desk.SubscribeAsync(null, ending.Token).GetAsyncEnumerator(ending.Token);
        Assert.True(await changes.MoveNextAsync());
        Assert.Equal(ConversationChangeKind.Reload, changes.Current.Kind);

        await Host.SayAsync("woken-1", "m1", "customer", Angry);
        await Host.SayAsync("woken-2", "m1", "customer", "Hola, ¿a qué hora abren?");

        var seen = new Dictionary<string, ConversationChange>();
        while (seen.Count < 2 && await changes.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30), Token))
        {
            if (changes.Current.Conversation is { } id && id.Value.StartsWith("woken", StringComparison.Ordinal))
            {
                seen[id.Value] = changes.Current;
            }
        }

        Assert.True(seen["woken-1"].AlertsChanged);
        Assert.False(seen["woken-2"].AlertsChanged);
        await ending.CancelAsync();
        Assert.False(await changes.MoveNextAsync());
    }

    [Fact]
    public async Task Subscribe_ReaderThatIsTooSlow_IsToldToReloadAndThenGoesOn()
    {
        using var feed = new LiveFeed(Host.Services.GetRequiredService<IGrainFactory>(), TimeProvider.System, NullLogger<LiveFeed>.Instance);
        var place = new LiveFeedPlace(Guid.NewGuid(), 0);
        var id = ConversationId.Create("slow");
        await using var changes = feed.SubscribeAsync(id, Token).GetAsyncEnumerator(Token);
        await changes.MoveNextAsync();
        for (var i = 1; i <= LiveFeed.MostPending + 1; i++)
        {
            await TellAsync(id, i);
            await TellAsync(ConversationId.Create("another"), i);
        }

        Assert.True(await changes.MoveNextAsync());
        Assert.Equal(ConversationChangeKind.Reload, changes.Current.Kind);
        await TellAsync(id, 999);
        Assert.True(await changes.MoveNextAsync());
        Assert.Equal(999, changes.Current.Sequence);

        Task TellAsync(ConversationId conversation, long sequence)
        {
            place = place with { Number = place.Number + 1 };
            return feed.ChangedAsync(new ConversationChange(ConversationChangeKind.Appended, conversation, sequence, false).AsImmutable(), place);
        }
    }

    private sealed record SentEvent(long Id, string Type, JsonNode Data);

    /// <summary>Reads an event stream as the HTML standard says (section 9.2.6), as far as the product uses it.</summary>
    private sealed class EventStream(HttpResponseMessage response, StreamReader reader) : IAsyncDisposable
    {
        public static async Task<EventStream> OpenAsync(RunningHost host, string encodedConversation, string? lastEventId = null)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/conversations/{encodedConversation}/events");
            if (lastEventId is not null)
            {
                request.Headers.Add("Last-Event-ID", lastEventId);
            }

            var response = await host.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
            Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
            return new EventStream(response, new StreamReader(await response.Content.ReadAsStreamAsync(Token)));
        }

        public async Task<List<SentEvent>> ReadUntilAsync(Func<SentEvent, bool> isLast)
        {
            var events = new List<SentEvent>();
            var fields = new Dictionary<string, string>();
            while (true)
            {
                var line = await ReadLineAsync();
                if (line.Length > 0)
                {
                    var colon = line.IndexOf(':', StringComparison.Ordinal);
                    fields[line[..colon]] = line[(colon + 1)..].TrimStart();
                    continue;
                }

                if (fields.Remove("data", out var data))
                {
                    events.Add(new SentEvent(long.Parse(fields["id"], CultureInfo.InvariantCulture), fields["event"], JsonNode.Parse(data)!));
                    if (isLast(events[^1]))
                    {
                        return events;
                    }
                }

                fields.Clear();
            }
        }

        public async Task ReadCommentAsync(string comment)
        {
            while (await ReadLineAsync() != ": " + comment)
            {
            }
        }

        public ValueTask DisposeAsync()
        {
            reader.Dispose();
            response.Dispose();
            return ValueTask.CompletedTask;
        }

        private async Task<string> ReadLineAsync()
        {
            var line = await reader.ReadLineAsync(Token).AsTask().WaitAsync(TimeSpan.FromSeconds(30), Token);
            return line ?? throw new InvalidOperationException("The stream ended.");
        }
    }
}
