using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Conversations;
using DeEscalationBot.Core.Delivery;
using DeEscalationBot.Core.Escalation;
using DeEscalationBot.Host.Conversations.Storage;
using DeEscalationBot.Host.Delivery.Outbox;
using DeEscalationBot.Host.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace DeEscalationBot.Host.Tests.Delivery.Outbox;

/// <summary>Claims, leases and results, on both databases. The lease is 30 seconds, giving up takes a day: the defaults.</summary>
public class OutboxStoreTests(PostgresCluster postgres)
{
    private static readonly DateTimeOffset Start = SampleEvents.At;

    public static TheoryData<StorageProvider> Providers => [StorageProvider.Sqlite, StorageProvider.Postgres];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Claim_GivesTheFirstOfEachConversationToOneWorkerAlone(StorageProvider provider)
    {
        await using var database = await RecordDatabase.OpenAsync(provider, postgres);
        var clock = new FakeTimeProvider(Start);
        var store = StoreOf(database, clock);
        await PutAsync(database, Row("b", 1), Row("a", 1), Row("a", 2, AlertUrgency.Immediate), Row("c", 5, AlertUrgency.Immediate), Row("d", 1, sink: "other"));

        // The most urgent first; "a" 2 waits for "a" 1.
        var first = await store.ClaimAsync("hook", 10, Token);
        Assert.Equal(["c5", "a1", "b1"], first.Select(m => m.DeliveryId).OrderByDescending(id => id == "c5").ThenBy(id => id, StringComparer.Ordinal));
        Assert.Equal("c5", first[0].DeliveryId);
        Assert.Empty(await store.ClaimAsync("hook", 10, Token));

        // The worker died: after the lease another one takes them.
        clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(3, (await store.ClaimAsync("hook", 10, Token)).Count);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task End_Delivered_LetsTheNextOfTheConversationGo_AndRetryHoldsItBack(StorageProvider provider)
    {
        await using var database = await RecordDatabase.OpenAsync(provider, postgres);
        var clock = new FakeTimeProvider(Start);
        var store = StoreOf(database, clock);
        await PutAsync(database, Row("a", 1), Row("a", 2));
        var first = Assert.Single(await store.ClaimAsync("hook", 10, Token));
        await store.EndAsync([(first, DeliveryReceipt.RetryLater("HTTP 500"))]);
        Assert.Empty(await store.ClaimAsync("hook", 10, Token));

        clock.Advance(RetryPolicy.DelayAfter("a1", 1));
        var again = Assert.Single(await store.ClaimAsync("hook", 10, Token));
        Assert.Equal(("a1", 1), (again.DeliveryId, again.Attempts));
        await store.EndAsync([(again, DeliveryReceipt.Delivered("HTTP 200"))]);
        Assert.Equal("a2", Assert.Single(await store.ClaimAsync("hook", 10, Token)).DeliveryId);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task GivenUp_IsADeadLetterThatLetsTheNextGo_AndIsSentAgainOnDemand(StorageProvider provider)
    {
        await using var database = await RecordDatabase.OpenAsync(provider, postgres);
        var clock = new FakeTimeProvider(Start);
        var store = StoreOf(database, clock);
        await PutAsync(database, Row("a", 1), Row("a", 2));

        // Old enough at once, but not tried often enough: a clock that jumps ahead gives up nothing.
        clock.Advance(TimeSpan.FromDays(1));
        for (var tries = 1; tries <= OutboxStore.LeastTries; tries++)
        {
            Assert.Empty(await store.ListAsync(OutboxState.Dead, 10, Token));
            await store.EndAsync([(Assert.Single(await store.ClaimAsync("hook", 10, Token)), DeliveryReceipt.RetryLater("HTTP 500"))]);
            clock.Advance(RetryPolicy.Longest);
        }

        var dead = Assert.Single(await store.ListAsync(OutboxState.Dead, 10, Token));
        Assert.Equal(("a1", "HTTP 500"), (dead.DeliveryId, dead.LastResult));
        var next = Assert.Single(await store.ClaimAsync("hook", 10, Token));
        Assert.Equal("a2", next.DeliveryId);
        await store.EndAsync([(next, DeliveryReceipt.Delivered("HTTP 200"))]);
        Assert.True(await store.ResendAsync("a1"));
        Assert.False(await store.ResendAsync("a1"));
        Assert.Equal("a1", Assert.Single(await store.ClaimAsync("hook", 10, Token)).DeliveryId);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task ClockSetBack_NothingWaitsForTheOldTime(StorageProvider provider)
    {
        await using var database = await RecordDatabase.OpenAsync(provider, postgres);
        await PutAsync(database, Row("a", 1), Row("b", 1));
        var before = StoreOf(database, new FakeTimeProvider(Start));
        await before.EndAsync([((await before.ClaimAsync("hook", 1, Token))[0], DeliveryReceipt.RetryLater("HTTP 429", TimeSpan.FromMinutes(30)))]);

        // One waits for its next try, one is free; a day earlier by the clock both are due.
        Assert.Equal(2, (await StoreOf(database, new FakeTimeProvider(Start.AddDays(-1))).ClaimAsync("hook", 10, Token)).Count);

        // A lease that ends in a future that will not come soon counts as over.
        Assert.Equal(2, (await StoreOf(database, new FakeTimeProvider(Start.AddDays(-2))).ClaimAsync("hook", 10, Token)).Count);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Tidy_ForgetsWhatIsLongDelivered_AndKeepsDeadLettersOfSinksThatAreGone(StorageProvider provider)
    {
        await using var database = await RecordDatabase.OpenAsync(provider, postgres);
        var clock = new FakeTimeProvider(Start);
        var store = StoreOf(database, clock);
        await PutAsync(database, Row("a", 1), Row("b", 1, sink: "gone"));
        await store.EndAsync([(Assert.Single(await store.ClaimAsync("hook", 10, Token)), DeliveryReceipt.Delivered("HTTP 200"))]);
        clock.Advance(TimeSpan.FromDays(30) + TimeSpan.FromTicks(1));
        await store.TidyAsync(["hook"]);

        Assert.Empty(await store.ListAsync(OutboxState.Delivered, 10, Token));
        Assert.Equal("b1", Assert.Single(await store.ListAsync(OutboxState.Dead, 10, Token)).DeliveryId);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task DueAlerts_AreClaimedByOneNodeUntilTheLeaseIsOver(StorageProvider provider)
    {
        await using var database = await RecordDatabase.OpenAsync(provider, postgres);
        var (begun, events) = SampleEvents.Begun("c1");
        var raised = new AlertRaised(Start, 0, new Alert("alr_9", EscalationTrigger.T1, AlertUrgency.Immediate, AlertState.Raised, "T1", Start, []) { ToldAt = Start, DueAt = Start.AddMinutes(2) });
        await database.Log.AppendAsync(begun.Apply(raised), [.. events, raised], null);
        var lease = TimeSpan.FromSeconds(20);
        Task<IReadOnlyList<ConversationId>> At(DateTimeOffset now) => database.Index.ClaimDueAlertsAsync(database.Writer, now, lease, 10, Token);

        Assert.Empty(await At(Start.AddMinutes(2).AddTicks(-1)));
        Assert.Single(await At(Start.AddMinutes(2)));
        Assert.Empty(await At(Start.AddMinutes(2).AddSeconds(19)));
        Assert.Single(await At(Start.AddMinutes(2).AddSeconds(20)));
        Assert.Single(await At(Start.AddHours(-1)));
    }

    private static OutboxStore StoreOf(RecordDatabase database, TimeProvider clock) => new(database.Contexts, database.Writer, database.Cipher, Options.Create(new OutboxOptions()), clock);

    private static Task PutAsync(RecordDatabase database, params OutboxRow[] rows) => database.ChangeAsync(async db =>
    {
        db.Outbox.AddRange(rows);
        await db.SaveChangesAsync(Token);
    });

    private static OutboxRow Row(string conversation, long sequence, AlertUrgency urgency = AlertUrgency.Supervisor, string sink = "hook") => new()
    {
        DeliveryId = conversation + sequence.ToString(System.Globalization.CultureInfo.InvariantCulture),
        Sink = sink,
        ConversationId = conversation,
        Sequence = sequence,
        AlertId = "alr_1",
        Urgency = urgency,
        Type = "alert.raised",
        Body = "{}",
        State = OutboxState.Pending,
        CreatedAt = Start,
        DueAt = Start,
        DueSetAt = Start,
    };
}
