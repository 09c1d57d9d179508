using DeEscalationBot.Host.Channels.BotFramework.Connector;
using Microsoft.Extensions.Time.Testing;

namespace DeEscalationBot.Host.Tests.Channels.BotFramework.Connector;

/// <summary>Limits of msteams-docs, bots/how-to/rate-limit: per thread 7/1 s, 8/2 s, 60/30 s, 1800/3600 s; per organisation 50/s.</summary>
public class SendBudgetTests
{
    private readonly FakeTimeProvider _clock = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Take_OneConversation_KeepsEveryWindow()
    {
        var budget = new SendBudget(_clock);
        var sent = new List<DateTimeOffset>();
        for (var i = 0; i < 200; i++)
        {
            var take = budget.TakeAsync("t", "c", Token);
            while (!take.IsCompleted)
            {
                _clock.Advance(TimeSpan.FromMilliseconds(50));
            }

            await take;
            sent.Add(_clock.GetUtcNow());
        }

        foreach (var (count, seconds) in new[] { (7, 1), (8, 2), (60, 30) })
        {
            Assert.All(Enumerable.Range(0, sent.Count - count), i => Assert.True(sent[i + count] - sent[i] >= TimeSpan.FromSeconds(seconds), $"{count + 1} within {sent[i + count] - sent[i]}"));
        }

        // And is no stricter than it must be: 200 at 60 in 30 s need 90 s and a little.
        Assert.InRange(sent[^1] - sent[0], TimeSpan.FromSeconds(89), TimeSpan.FromSeconds(100));
    }

    [Fact]
    public async Task Take_ManyConversationsOfOneOrganisation_AreFiftyASecond()
    {
        var budget = new SendBudget(_clock);

        var all = Enumerable.Range(0, 51).Select(i => budget.TakeAsync("t", $"c{i}", Token)).ToArray();

        Assert.Equal(50, all.Count(t => t.IsCompletedSuccessfully));
        Assert.True(budget.TakeAsync("other", "c", Token).IsCompletedSuccessfully);
        Assert.True(budget.TakeAsync(null, "c", Token).IsCompletedSuccessfully);
        _clock.Advance(TimeSpan.FromSeconds(1));
        await Task.WhenAll(all);
    }
}
