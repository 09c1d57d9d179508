using System.Collections.Concurrent;
using System.Net;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Conversations;
using DeEscalationBot.Host.Conversations.Storage;
using DeEscalationBot.Host.Hosting;
using DeEscalationBot.Host.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace DeEscalationBot.Host.Tests.Conversations;

public class ConversationDeskTests(HostFixture fixture, PostgresCluster postgres) : IClassFixture<HostFixture>
{
    private RunningHost Host => fixture.Host;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Receive_TwoMessagesAtOnceToOneConversation_BothAreThereOnce()
    {
        for (var round = 0; round < 20; round++)
        {
            var id = $"race-{round}";
            await Task.WhenAll(Host.SayAsync(id, "m1", "customer", "Hola"), Host.SayAsync(id, "m2", "customer", "¿Hay alguien?"), Host.SayAsync(id, "m1", "customer", "Hola"));

            var conversation = await Host.Desk.ReadAsync(ConversationId.Create(id), Token);
            Assert.Equal(["m1", "m2"], conversation!.Turns.Select(t => t.MessageId.Value).Order());
            Assert.Equal([0, 1], conversation.Turns.Select(t => t.Index));
        }
    }

    // Orleans stamps its members by the system's clock, whatever clock the host goes by.
    [Fact]
    public async Task Cluster_HostWhoseClockIsFarAhead_JudgesItsMembersByTheSystemsClock()
    {
        using var data = new TemporaryDirectory();
        await using var host = await RunningHost.StartAsync(data.Path, new FakeTimeProvider(TimeProvider.System.GetUtcNow().AddHours(2)));

        Assert.Same(TimeProvider.System, host.Services.GetRequiredKeyedService<TimeProvider>(TimeProviderNames.Membership));
        await host.SayAsync("ahead", "m1", "customer", "Hola");
    }

    // Quiet override: what the agent left as it was is on record without a name, and is not said again in this conversation alone.
    [Fact]
    public async Task SetAdviceAside_SameDraftAgain_IsNotToldAgainHereButElsewhere()
    {
        const string Draft = "Le garantizo que mañana tendrá el dinero.";
        var (here, elsewhere) = (ConversationId.Create("aside-1"), ConversationId.Create("aside-2"));
        await Host.SayAsync("aside-1", "m1", "customer", "Quiero mi dinero");
        await Host.SayAsync("aside-2", "m1", "customer", "Quiero mi dinero");
        var before = await Host.Desk.ReviewDraftAsync(here, Draft, cancellationToken: Token);

        Assert.True(await Host.Desk.SetAdviceAsideAsync(here, before.Findings, Token));
        Assert.True(await Host.Desk.SetAdviceAsideAsync(here, before.Findings, Token));

        var promise = Assert.Single(before.Findings, f => f.Rule == "promise");
        Assert.DoesNotContain((await Host.Desk.ReviewDraftAsync(here, Draft, cancellationToken: Token)).Findings, f => f.Rule == promise.Rule);
        Assert.Contains((await Host.Desk.ReviewDraftAsync(elsewhere, Draft, cancellationToken: Token)).Findings, f => f.Rule == promise.Rule);
        var recorded = Assert.Single((await Host.Desk.ReadEventsAsync(here, 0, Token)).Select(e => e.Event).OfType<AdviceSetAside>());
        Assert.Equal(before.Findings.Select(f => f.Rule), recorded.Advice.Select(a => a.Rule));
        await Host.SayAsync("aside-1", "m2", "agent", Draft);
        Assert.DoesNotContain((await Host.Desk.ReadAsync(here, Token))!.Turns[^1].Findings, f => f.Rule == promise.Rule);
    }

    [Fact]
    public async Task SetAdviceAside_UnknownConversation_RecordsNothing()
    {
        var id = ConversationId.Create("aside-nowhere");
        var found = (await Host.Desk.ReviewDraftAsync(null, "Cálmese.", cancellationToken: Token)).Findings;

        Assert.False(await Host.Desk.SetAdviceAsideAsync(id, found, Token));
        Assert.Empty(await Host.Desk.ReadEventsAsync(id, 0, Token));
    }

    [Fact]
    public async Task Receive_FiftyConversationsAtOnce_EachKeepsItsOrder()
    {
        await Task.WhenAll(Enumerable.Range(0, 50).Select(async c =>
        {
            for (var m = 0; m < 6; m++)
            {
                await Host.SayAsync($"many-{c}", $"m{m}", m % 2 == 0 ? "customer" : "agent", $"Mensaje {m} de la conversación {c}");
            }
        }));

        for (var c = 0; c < 50; c++)
        {
            var conversation = await Host.Desk.ReadAsync(ConversationId.Create($"many-{c}"), Token);
            Assert.Equal(Enumerable.Range(0, 6).Select(m => $"Mensaje {m} de la conversación {c}"), conversation!.Turns.Select(t => t.Text));
        }
    }

    [Fact]
    public async Task Receive_SomebodyElseWroteFirst_LoadsAgainAndDecidesAnew()
    {
        var id = ConversationId.Create("rival");
        await Host.SayAsync("rival", "m1", "customer", "Hola");

        // What a second host would do that owns the same conversation for a moment.
        var log = Host.Services.GetRequiredService<ConversationLog>();
        var state = await log.LoadAsync(id, Token);
        IReadOnlyList<ConversationEvent> rival = [new TurnTaken(SampleEvents.At, SampleEvents.AgentTurn(1, "m2", "Hola, dígame"))];
        await log.AppendAsync(state.Apply(rival), rival, null);

        var answer = await Host.SayAsync("rival", "m3", "customer", "Gracias");
        var repeated = await Host.SayAsync("rival", "m2", "agent", "Hola, dígame");

        Assert.Equal((2, 1), ((int)answer["turn"]!, (int)repeated["turn"]!));
        Assert.Equal(["m1", "m2", "m3"], (await Host.Desk.ReadAsync(id, Token))!.Turns.Select(t => t.MessageId.Value));
    }

    [Fact]
    public async Task Receive_DamagedRecord_FailsForThatConversationOnly()
    {
        using var data = new TemporaryDirectory();
        await using (var before = await RunningHost.StartAsync(data.Path))
        {
            await before.SayAsync("damaged", "m1", "customer", "Hola, tengo una duda");
            await before.SayAsync("whole", "m1", "customer", "Hola, tengo una duda");
            await using var db = await before.Services.GetRequiredService<IDbContextFactory<CoachDbContext>>().CreateDbContextAsync(Token);
            await db.Events.Where(e => e.ConversationId == "damaged" && e.Sequence == 1).ExecuteUpdateAsync(s => s.SetProperty(e => e.Payload, "{"), Token);
        }

        await using var host = await RunningHost.StartAsync(data.Path);
        var (status, problem) = await host.PostAsync("/api/v1/conversations/damaged/messages", """{"id":"m2","speaker":"customer","text":"¿Hola?"}""");
        var (read, _) = await host.GetAsync("/api/v1/conversations/damaged");

        Assert.Equal((HttpStatusCode.InternalServerError, HttpStatusCode.InternalServerError), (status, read));
        Assert.Equal(ErrorCodes.RecordDamaged, (string?)problem!["code"]);
        Assert.Contains("'damaged' is damaged at event 1", (string?)problem["detail"], StringComparison.Ordinal);
        Assert.Equal(1, (int)(await host.SayAsync("whole", "m2", "customer", "¿Hola?"))["turn"]!);
        Assert.Equal(2, (await host.GetAsync("/api/v1/conversations")).Body!["conversations"]!.AsArray().Count);
    }

    [Theory]
    [InlineData(StorageProvider.Sqlite)]
    [InlineData(StorageProvider.Postgres)]
    public async Task Restart_GoesOnWhereItStopped(StorageProvider provider)
    {
        using var data = new TemporaryDirectory();
        string[] settings = [$"--Storage:DataDirectory={data.Path}", $"--Storage:Provider={provider}", .. provider == StorageProvider.Postgres ? [$"--ConnectionStrings:Coach={await postgres.NewDatabaseAsync()}"] : Array.Empty<string>()];
        string first, before;
        await using (var host = await RunningHost.StartAsync(settings))
        {
            first = (await host.SayAsync("c", "m1", "customer", "Llevo tres semanas esperando y nadie responde. \0 Quiero hablar con su jefe.")).ToJsonString();
            await host.SayAsync("c", "m2", "agent", "Gracias por contármelo.");
            before = (await host.GetAsync("/api/v1/conversations/c")).Body!.ToJsonString();
        }

        await using var after = await RunningHost.StartAsync(settings);

        Assert.Equal(before, (await after.GetAsync("/api/v1/conversations/c")).Body!.ToJsonString());
        Assert.Equal(first, (await after.SayAsync("c", "m1", "customer", "Llevo tres semanas esperando y nadie responde. \0 Quiero hablar con su jefe.")).ToJsonString());
        Assert.Equal(2, (int)(await after.SayAsync("c", "m3", "customer", "¿Y bien?"))["turn"]!);
    }

    [Fact]
    public async Task Health_DatabaseGoneAndBack_IsSaidAndMessagesAreRefusedWithARetry()
    {
        using var data = new TemporaryDirectory();
        var connection = new NpgsqlConnectionStringBuilder(await postgres.NewDatabaseAsync()) { Timeout = 2, CommandTimeout = 2 };
        await using var host = await RunningHost.StartAsync([$"--Storage:DataDirectory={data.Path}", "--Storage:Provider=Postgres", $"--ConnectionStrings:Coach={connection.ConnectionString}"]);
        await host.SayAsync("c", "m1", "customer", "Hola");
        Assert.Equal(HttpStatusCode.OK, (await host.GetAsync("/health/ready")).Status);

        await PostgresCluster.CloseAsync(connection);
        using var ready = await host.Client.GetAsync(new Uri("/health/ready", UriKind.Relative), Token);
        var (status, problem) = await host.PostAsync("/api/v1/conversations/c/messages", """{"id":"m2","speaker":"customer","text":"¿Hola?"}""");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Contains("ConnectionStrings:Coach", await ready.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await host.GetAsync("/health/live")).Status);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, ErrorCodes.RecordUnavailable), (status, (string?)problem!["code"]));
        Assert.Contains("same id", (string?)problem["detail"], StringComparison.Ordinal);

        await PostgresCluster.OpenAsync(connection);
        await Eventually.GetsAsync(() => host.PostAsync("/api/v1/conversations/c/messages", """{"id":"m2","speaker":"customer","text":"¿Hola?"}"""), a => a.Status == HttpStatusCode.OK, "the database is back");
        Assert.Equal(["m1", "m2"], (await host.Desk.ReadAsync(ConversationId.Create("c"), Token))!.Turns.Select(t => t.MessageId.Value));
    }

    [Fact]
    public async Task ReviewDraft_InAConversation_KnowsItsLanguageAndRecordsNothing()
    {
        await Host.SayAsync("draft", "m1", "customer", "Llevo tres semanas esperando mi reembolso y nadie me responde");

        var review = await Host.Desk.ReviewDraftAsync(ConversationId.Create("draft"), "ok", cancellationToken: Token);

        Assert.Equal(MessageLanguage.Spanish, review.Language);
        Assert.Single((await Host.Desk.ReadAsync(ConversationId.Create("draft"), Token))!.Turns);
    }

    [Fact]
    public async Task Reword_SuggestionThatWasMade_FindsOtherWordsForTheSameTechnique()
    {
        var answer = await Host.SayAsync("reword", "m1", "customer", "Es la tercera vez que escribo por el reembolso y nadie me responde. ¡Quiero hablar con su jefe!");
        Assert.NotNull(answer["suggestion"]);

        var texts = new ConcurrentBag<string>();
        for (var variant = 1; variant <= 4; variant++)
        {
            var other = await Host.Desk.RewordAsync(ConversationId.Create("reword"), variant, cancellationToken: Token);
            Assert.Equal((string?)answer["technique"], other?.Technique);
            texts.Add(other!.Text);
        }

        Assert.Contains(texts, t => t != (string?)answer["suggestion"]);
        Assert.Null(await Host.Desk.RewordAsync(ConversationId.Create("nobody"), 1, cancellationToken: Token));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n")]
    public async Task Receive_TextWithoutWords_Throws(string text) => await Assert.ThrowsAsync<ArgumentException>(
        () => Host.Desk.ReceiveAsync(ConversationId.Create("x"), new InboundMessage(MessageId.Create("m"), SpeakerRole.Customer, text, SampleEvents.At), Token));
}
