using DeEscalationBot.Core.Conversations;
using DeEscalationBot.Host.Conversations;
using DeEscalationBot.Host.Conversations.Storage;
using DeEscalationBot.Host.Tests.Fixtures;
using Microsoft.Extensions.Options;

namespace DeEscalationBot.Host.Tests.Conversations.Storage;

/// <summary>The allowance of a month, which conversations on several nodes draw on at once: real databases, real threads.</summary>
public class GoodwillClaimTests(PostgresCluster postgres)
{
    private const string Month = "2026-03";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // 60 gestures of 3.00 by two agents of 20.00 each: 6 fit into each agent's month. With a desk of 30.00, 10 fit in all.
    [Theory]
    [InlineData(StorageProvider.Sqlite, 10_000, 12)]
    [InlineData(StorageProvider.Postgres, 10_000, 12)]
    [InlineData(StorageProvider.Sqlite, 3_000, 10)]
    [InlineData(StorageProvider.Postgres, 3_000, 10)]
    public async Task Give_ManyAtOnceOnTwoNodes_IsNeverOverdrawn(StorageProvider provider, long desk, int granted)
    {
        await using var database = await RecordDatabase.OpenAsync(provider, postgres);

        // Another node writes through a queue of its own; only the database stands between the two.
        using var otherWriter = new RecordWriter(Options.Create(new StorageOptions { Provider = provider }));
        var nodes = new[] { database.Log, new ConversationLog(database.Contexts, otherWriter, database.Cipher, []) };
        var begun = await Task.WhenAll(Enumerable.Range(0, 60).Select(async i =>
        {
            var (after, events) = SampleEvents.Begun($"c{i}");
            await database.Log.AppendAsync(after, events, null);
            return after;
        }));

        using var gate = new ManualResetEventSlim();
        var giving = begun.Select((c, i) => Task.Run(async () =>
        {
            gate.Wait(Token);
            return await GiveAsync(nodes[i % 2], c, (i / 2) % 2 == 0 ? "ana" : "luis", 300, 2_000, desk);
        }, Token)).ToArray();
        gate.Set();
        var results = await Task.WhenAll(giving);

        Assert.Equal(granted, results.Count(r => r));
        Assert.Equal(granted * 300, await database.Index.ReadSpentAsync(Month, "EUR", GoodwillLedgerRow.WholeDesk, Token));
        var (ana, luis) = (await database.Index.ReadSpentAsync(Month, "EUR", "ana", Token), await database.Index.ReadSpentAsync(Month, "EUR", "luis", Token));
        Assert.Equal(granted * 300, ana + luis);
        Assert.True(ana <= 2_000 && luis <= 2_000);

        // What was refused left no trace; what was granted is in the record and in the sum.
        var read = await Task.WhenAll(begun.Select(c => database.Log.LoadAsync(c.Id, Token)));
        Assert.Equal(granted, read.Count(c => c.Goodwill.Count == 1));
        Assert.Equal(granted, (await database.Index.ListGoodwillAsync(Month, ConversationSight.Everything, Token)).Count);
    }

    [Theory]
    [InlineData(StorageProvider.Sqlite)]
    [InlineData(StorageProvider.Postgres)]
    public async Task TakeBack_GivesBackToTheAgentAndTheDesk_AlsoWhenTheLimitWasLowered(StorageProvider provider)
    {
        await using var database = await RecordDatabase.OpenAsync(provider, postgres);
        var (begun, events) = SampleEvents.Begun("c");
        await database.Log.AppendAsync(begun, events, null);
        Assert.True(await GiveAsync(database.Log, begun, "ana", 2_000, 2_000, 10_000));
        var given = await database.Log.LoadAsync(begun.Id, Token);

        IReadOnlyList<ConversationEvent> back = [new GoodwillTakenBack(SampleEvents.At, given.Goodwill[0].Id, "ana")];
        Assert.True(await database.Log.TryAppendAsync(given.Apply(back), back, null, new GoodwillClaim(Month, "EUR", "ana", -2_000, 500, 500)));

        Assert.Equal(0, await database.Index.ReadSpentAsync(Month, "EUR", "ana", Token));
        Assert.Equal(0, await database.Index.ReadSpentAsync(Month, "EUR", GoodwillLedgerRow.WholeDesk, Token));
        Assert.True(Assert.Single(await database.Index.ListGoodwillAsync(Month, ConversationSight.Everything, Token)).IsTakenBack);
    }

    // The event loses against another of the same place: what was claimed for it is rolled back with it.
    [Theory]
    [InlineData(StorageProvider.Sqlite)]
    [InlineData(StorageProvider.Postgres)]
    public async Task Give_ThatLosesItsPlace_CostsNothing(StorageProvider provider)
    {
        await using var database = await RecordDatabase.OpenAsync(provider, postgres);
        var (begun, events) = SampleEvents.Begun("c");
        await database.Log.AppendAsync(begun, events, null);
        IReadOnlyList<ConversationEvent> rival = [new HandoverRequested(SampleEvents.At, "x")];
        await database.Log.AppendAsync(begun.Apply(rival), rival, null);

        await Assert.ThrowsAsync<ConcurrentAppendException>(() => GiveAsync(database.Log, begun, "ana", 300, 2_000, 10_000));

        Assert.Equal(0, await database.Index.ReadSpentAsync(Month, "EUR", "ana", Token));
    }

    private static Task<bool> GiveAsync(ConversationLog log, Conversation before, string agent, long units, long agentLimit, long deskLimit)
    {
        IReadOnlyList<ConversationEvent> events =
            [new GoodwillGiven(SampleEvents.At, new GoodwillGesture($"goodwill-{before.Sequence + 1}", "click", units / 100m, "EUR", "Por la espera", agent, SampleEvents.At, Month, 0.5))];
        return log.TryAppendAsync(before.Apply(events), events, null, new GoodwillClaim(Month, "EUR", agent, units, agentLimit, deskLimit));
    }
}
