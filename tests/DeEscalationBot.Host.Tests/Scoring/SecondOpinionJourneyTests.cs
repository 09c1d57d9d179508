using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Conversations;
using DeEscalationBot.Core.Scoring;
using DeEscalationBot.Host.Tests.Fixtures;
using DeEscalationBot.Host.Tests.Scoring.AzureLanguage;
using Microsoft.Extensions.DependencyInjection;

namespace DeEscalationBot.Host.Tests.Scoring;

/// <summary>The whole host with a sentiment service beside it, or in its model's place.</summary>
public sealed class SecondOpinionJourneyTests : IDisposable
{
    private const string Pleased = "Gracias, excelente servicio.";
    private const string Insulted = "Eres un inútil y un imbécil.";

    private readonly TemporaryDirectory _data = new();
    private readonly LanguageServer _server = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _server.Dispose();
        _data.Dispose();
    }

    [Fact]
    public async Task Beside_IsRecordedAfterTheAnswer_ChangesNothing_AndOutlivesARestart()
    {
        var (plain, first) = (0.0, "");
        await using (var without = await RunningHost.StartAsync(_data["without"]))
        {
            plain = (double)(await without.SayAsync("one", "m1", "customer", Insulted))["frustration"]!;
        }

        await using (var host = await StartAsync("SecondOpinion"))
        {
            var answer = await host.SayAsync("one", "m1", "customer", Insulted);
            Assert.Equal(plain, (double)answer["frustration"]!);
            await host.SayAsync("one", "m2", "agent", "Lo siento mucho.");
            var turn = await OpinionAsync(host, "one");
            Assert.Equal((OpinionUse.Beside, Sentiment.Negative, null), (turn.Opinion!.Use, turn.Opinion.Reading?.Sentiment, turn.Opinion.Failure));
            Assert.Equal(plain, turn.Frustration.Value, 4);
            Assert.Equal(["inútil"], turn.Opinion.Reading!.Opinions.Select(o => o.Words.Text));

            // An insult stays an insult by our rules, also by the service's tone; agents' messages are never sent.
            Assert.Equal(FrustrationLevel.Hostile, turn.Opinion.Uncounted!.Level);
            Assert.Equal([Insulted], _server.Texts);
            first = (await host.GetAsync("/api/v1/conversations/one")).Body!["turns"]![0]!["secondOpinion"]!.ToJsonString();
            Assert.Contains("\"use\":\"beside\"", first, StringComparison.Ordinal);

            // A message that comes again costs nothing.
            await host.SayAsync("one", "m1", "customer", Insulted);
            Assert.Single(_server.Requests);
            var metrics = await host.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative), Token);
            Assert.Contains("deescalation_azure_language_opinions", metrics, StringComparison.Ordinal);
        }

        await using var again = await StartAsync("SecondOpinion");
        Assert.Equal(first, (await again.GetAsync("/api/v1/conversations/one")).Body!["turns"]![0]!["secondOpinion"]!.ToJsonString());
    }

    [Fact]
    public async Task Beside_HostThatStops_AsksFirstWhatWaits()
    {
        using var slow = new LanguageServer(TimeSpan.FromMilliseconds(500));
        await using (var host = await RunningHost.StartAsync(_data["stops"], null, Settings("SecondOpinion", slow.Address)))
        {
            await host.SayAsync("one", "m1", "customer", Pleased);
            await OpinionAsync(host, "one"); // The first request of a process is slow.
            await host.SayAsync("one", "m2", "customer", Insulted);
        }

        await using var again = await RunningHost.StartAsync(_data["stops"]);
        var read = await again.Desk.ReadAsync(ConversationId.Create("one"), Token);
        Assert.Equal(Sentiment.Negative, read!.Turns[1].Score!.Opinion?.Reading?.Sentiment);
    }

    [Fact]
    public async Task Beside_ServiceAway_TheReasonIsRecorded()
    {
        _server.Answering(LanguageAnswer.Fails(401, "401"));
        await using var host = await StartAsync("SecondOpinion");
        await host.SayAsync("one", "m1", "customer", Pleased);
        var score = await OpinionAsync(host, "one");
        Assert.Equal(OpinionFailure.Refused, score.Opinion!.Failure);
        Assert.Equal(ScoreOrigin.Model, score.Origin);
    }

    [Fact]
    public async Task Instead_TheToneDecides_AndTheSignalsStayOurs()
    {
        await using var host = await StartAsync("Replacement");

        // The first requests of a process are slow, on a busy machine slower than a message may be held: they are not what is tested.
        var reader = host.Services.GetRequiredService<ISentimentReader>();
        await Eventually.GetsAsync(async () => (await reader.ReadAsync([new SentimentQuestion("ok", MessageLanguage.English)], Token))[0], a => a.Reading is not null, "an answer in time");
        await host.SayAsync("calm", "m1", "customer", Pleased);
        await host.SayAsync("hostile", "m1", "customer", Insulted);
        var (calm, hostile) = (await OpinionAsync(host, "calm"), await OpinionAsync(host, "hostile"));
        Assert.Equal((ScoreOrigin.Sentiment, FrustrationLevel.Calm, OpinionUse.Instead), (calm.Origin, calm.Level, calm.Opinion!.Use));
        Assert.Equal((ScoreOrigin.Sentiment, FrustrationLevel.Hostile), (hostile.Origin, hostile.Level));
        Assert.True(hostile.Has(SignalType.Abuse));
        Assert.NotNull(hostile.Opinion!.Uncounted);
    }

    [Fact]
    public async Task Instead_ServiceTooLate_OurModelDecides_AndSaysWhy()
    {
        using var slow = new LanguageServer(TimeSpan.FromMinutes(1));
        await using var host = await RunningHost.StartAsync(_data["slow"], null, [.. Settings("Replacement", slow.Address), "--AzureLanguage:ReplacementDeadline=00:00:00.100"]);
        await host.SayAsync("one", "m1", "customer", Insulted);
        var score = await OpinionAsync(host, "one");
        Assert.Equal((ScoreOrigin.Model, OpinionFailure.TooLate, FrustrationLevel.Hostile), (score.Origin, score.Opinion!.Failure, score.Level));
    }

    [Fact]
    public async Task Off_NothingIsSentAnywhere()
    {
        await using var host = await RunningHost.StartAsync(_data["off"], null, $"--AzureLanguage:Endpoint={_server.Address}", $"--AzureLanguage:Key={LanguageServer.Key}");
        await host.SayAsync("one", "m1", "customer", Insulted);
        Assert.Empty(_server.Requests);
        Assert.Null((await host.GetAsync("/api/v1/conversations/one")).Body!["turns"]![0]!["secondOpinion"]);
    }

    private static string[] Settings(string mode, string address) => [$"--AzureLanguage:Mode={mode}", $"--AzureLanguage:Endpoint={address}", $"--AzureLanguage:Key={LanguageServer.Key}", "--AzureLanguage:ReplacementDeadline=00:00:03", "--AzureLanguage:BreakerMinimumRequests=1000", "--AzureLanguage:AttemptTimeout=00:01:00", "--AzureLanguage:TotalTimeout=00:02:00"];

    private Task<RunningHost> StartAsync(string mode) => RunningHost.StartAsync(_data["host"], null, Settings(mode, _server.Address));

    private static async Task<UtteranceScore> OpinionAsync(RunningHost host, string conversation)
    {
        var state = await Eventually.GetsAsync<Conversation?>(
            () => host.Desk.ReadAsync(ConversationId.Create(conversation), Token), c => c?.Turns[0].Score?.Opinion is not null, $"an opinion in {conversation}");
        return state!.Turns[0].Score!;
    }
}
