using DeEscalationBot.Host.Channels.BotFramework.Alerts;

namespace DeEscalationBot.Host.Tests.Channels.BotFramework.Alerts;

public class KeyedTurnsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Take_OneThatHangs_StandsInNoOthersWay()
    {
        var turns = new KeyedTurns<int>();
        using var hangs = await turns.TakeAsync(0, Token);

        // More keys than any number of stripes would keep apart.
        for (var key = 1; key <= 1000; key++)
        {
            (await turns.TakeAsync(key, Token)).Dispose();
        }

        Assert.Equal(1, turns.Count);
    }

    [Fact]
    public async Task Take_TheSame_IsOneAfterTheOther_AndLeavesNothing()
    {
        var turns = new KeyedTurns<string>();
        var (now, most) = (0, 0);

        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(async () =>
        {
            using (await turns.TakeAsync("a", Token))
            {
                most = Math.Max(most, Interlocked.Increment(ref now));
                await Task.Yield();
                Interlocked.Decrement(ref now);
            }
        }, Token)));

        Assert.Equal((1, 0), (most, turns.Count));
    }

    [Fact]
    public async Task Take_WhoStopsWaiting_GivesTheirPlaceUp()
    {
        var turns = new KeyedTurns<string>();
        var first = await turns.TakeAsync("a", Token);
        using var ending = new CancellationTokenSource();
        var waiting = turns.TakeAsync("a", ending.Token);

        await ending.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        first.Dispose();
        first.Dispose(); // Twice lets nobody in twice.

        Assert.Equal(0, turns.Count);
    }
}
