using System.Net;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Host.Channels.BotFramework.Activities;
using DeEscalationBot.Host.Channels.BotFramework.Cards;
using DeEscalationBot.Host.Channels.BotFramework.Turns;
using DeEscalationBot.Host.Conversations.Storage;
using DeEscalationBot.Host.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;

namespace DeEscalationBot.Host.Tests.Channels.BotFramework.Turns;

/// <summary>Teams waits five seconds for an invoke: something is answered before.</summary>
public class InvokeDeadlineTests
{
    private const string SlowInvoke = """
        {"type":"invoke","name":"adaptiveCard/action","channelId":"msteams","serviceUrl":"http://localhost:1","conversation":{"id":"c"},"from":{"id":"a"},"locale":"es",
         "value":{"action":{"type":"Action.Execute","verb":"slow"}}}
        """;

    [Fact]
    public async Task Invoke_ThatTakesTooLong_IsAnsweredWithAFallbackAndStopped()
    {
        using var data = new TemporaryDirectory();
        var slow = new SlowActions();
        await using var host = await RunningHost.StartAsync(
            [$"--Storage:DataDirectory={data.Path}", "--BotFramework:InvokeDeadline=00:00:00.2"], services: s => s.AddSingleton<ICardActions>(slow));

        var (status, body) = await host.PostAsync("/api/messages", SlowInvoke);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal((200, "application/vnd.microsoft.activity.message"), ((int)body!["statusCode"]!, (string)body["type"]!));
        Assert.Contains("Inténtelo de nuevo", (string)body["value"]!, StringComparison.Ordinal);
        await Eventually.HoldsAsync(() => slow.WasStopped, "the stop");
        Assert.Contains(host.Log.Lines, l => l.Contains("adaptiveCard/action took too long", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Invoke_WhoseWorkNeverGivesWay_IsAnsweredWithAFallback()
    {
        using var data = new TemporaryDirectory();
        using var blocking = new BlockingActions();
        await using var host = await RunningHost.StartAsync(
            [$"--Storage:DataDirectory={data.Path}", "--BotFramework:InvokeDeadline=00:00:00.2"], services: s => s.AddSingleton<ICardActions>(blocking));

        var (status, body) = await host.PostAsync("/api/messages", SlowInvoke);
        blocking.Go.Set();

        Assert.Equal((HttpStatusCode.OK, "application/vnd.microsoft.activity.message"), (status, (string)body!["type"]!));
        Assert.Contains("Inténtelo de nuevo", (string)body["value"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Invoke_OnADamagedRecord_IsAnsweredWithAFallback()
    {
        using var data = new TemporaryDirectory();
        await using var host = await RunningHost.StartAsync([$"--Storage:DataDirectory={data.Path}"], services: s => s.AddSingleton<ICardActions>(new DamagedActions()));

        var (status, body) = await host.PostAsync("/api/messages", SlowInvoke);

        Assert.Equal((HttpStatusCode.OK, "application/vnd.microsoft.activity.message"), (status, (string)body!["type"]!));
    }

    private sealed class DamagedActions : ICardActions
    {
        public bool Handles(string verb) => verb == "slow";

        public Task<CardActionAnswer> ActAsync(BotTurn turn, ExecuteAction action, bool isAutomatic, CancellationToken cancellationToken) =>
            throw new ConversationRecordDamagedException(ConversationId.Create("c"), 1, "It is cut off.");

        public Task SubmitAsync(BotTurn turn, CardCommand command, CancellationToken cancellationToken) => Task.CompletedTask;
    }

    // Waits as a library does that knows no tasks; longer than the deadline, and not for ever when the deadline fails.
    private sealed class BlockingActions : ICardActions, IDisposable
    {
        public ManualResetEventSlim Go { get; } = new();

        public bool Handles(string verb) => verb == "slow";

        public Task<CardActionAnswer> ActAsync(BotTurn turn, ExecuteAction action, bool isAutomatic, CancellationToken cancellationToken)
        {
            Go.Wait(TimeSpan.FromSeconds(10), CancellationToken.None);
            return Task.FromResult(CardActionAnswer.OfMessage("late"));
        }

        public Task SubmitAsync(BotTurn turn, CardCommand command, CancellationToken cancellationToken) => Task.CompletedTask;

        public void Dispose() => Go.Dispose();
    }

    private sealed class SlowActions : ICardActions
    {
        public bool WasStopped { get; private set; }

        public bool Handles(string verb) => verb == "slow";

        public async Task<CardActionAnswer> ActAsync(BotTurn turn, ExecuteAction action, bool isAutomatic, CancellationToken cancellationToken)
        {
            try
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            }
            catch (OperationCanceledException)
            {
                WasStopped = true;
                throw;
            }

            return CardActionAnswer.OfMessage("");
        }

        public Task SubmitAsync(BotTurn turn, CardCommand command, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
