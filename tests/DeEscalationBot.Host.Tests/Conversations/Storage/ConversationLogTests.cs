using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Conversations;
using DeEscalationBot.Core.Escalation;
using DeEscalationBot.Host.Conversations;
using DeEscalationBot.Host.Conversations.Storage;
using DeEscalationBot.Host.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;

namespace DeEscalationBot.Host.Tests.Conversations.Storage;

public class ConversationLogTests(PostgresCluster postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(StorageProvider.Sqlite)]
    [InlineData(StorageProvider.Postgres)]
    public async Task Append_AllEvents_AreReadBackInOrder(StorageProvider provider)
    {
        await using var database = await RecordDatabase.OpenAsync(provider, postgres);
        var id = ConversationId.Create("de sk/1 \u05D0 😀");
        var after = Conversation.Start(id).Apply(SampleEvents.OneOfEach);

        await database.Log.AppendAsync(after, SampleEvents.OneOfEach, null);
        var read = await database.Log.LoadAsync(id, Token);

        Assert.Equal(after.Sequence, read.Sequence);
        Assert.Equal(after.Turns.Select(t => t.Text), read.Turns.Select(t => t.Text));
        Assert.Equal(after.Turns[0].At, read.Turns[0].At);
        Assert.Equal(after.StepsDone, read.StepsDone);
        Assert.Equal([AlertState.Resolved, AlertState.Resolved, AlertState.Dismissed], read.Alerts.Select(a => a.State));
        Assert.Equal([after.Sequence - 1, after.Sequence], (await database.Log.ReadAsync(id, after: after.Sequence - 2, Token)).Select(e => e.Sequence));
    }

    [Theory]
    [InlineData(StorageProvider.Sqlite)]
    [InlineData(StorageProvider.Postgres)]
    public async Task Append_SamePlaceTwice_SecondLosesAndNothingOfItIsWritten(StorageProvider provider)
    {
        await using var database = await RecordDatabase.OpenAsync(provider, postgres);
        var (begun, first) = SampleEvents.Begun("c");
        await database.Log.AppendAsync(begun, first, null);
        IReadOnlyList<ConversationEvent> second = [new TurnTaken(SampleEvents.At, SampleEvents.AgentTurn(1, "m2", "Hola, Ana"))];
        await database.Log.AppendAsync(begun.Apply(second), second, null);

        IReadOnlyList<ConversationEvent> rival = [new TurnTaken(SampleEvents.At, SampleEvents.AgentTurn(1, "m3", "Otra cosa")), new HandoverRequested(SampleEvents.At, "x")];
        await Assert.ThrowsAsync<ConcurrentAppendException>(() => database.Log.AppendAsync(begun.Apply(rival), rival, null));
        await Assert.ThrowsAsync<ConcurrentAppendException>(() => database.Log.AppendAsync(begun, first, null));

        var read = await database.Log.LoadAsync(begun.Id, Token);
        Assert.Equal(["m1", "m2"], read.Turns.Select(t => t.MessageId.Value));
        Assert.Null(read.HandoverRequestedAt);
        Assert.Equal(2, Assert.Single((await database.Index.ListAsync(new ConversationQuery(), Token)).Conversations).Turns);
    }

    // A node that has not heard of the last message must not take away what the node that has taken it in wants looked at.
    [Theory]
    [InlineData(StorageProvider.Sqlite)]
    [InlineData(StorageProvider.Postgres)]
    public async Task SetWaitingDue_OfAStateThatWasOvertaken_ChangesNothing(StorageProvider provider)
    {
        await using var database = await RecordDatabase.OpenAsync(provider, postgres);
        var (begun, first) = SampleEvents.Begun("c");
        var due = SampleEvents.At.AddMinutes(5);
        await database.Log.AppendAsync(begun, first, null);
        IReadOnlyList<ConversationEvent> second = [new TurnTaken(SampleEvents.At, SampleEvents.AgentTurn(1, "m2", "Hola, Ana"))];
        var after = begun.Apply(second);
        await database.Log.AppendAsync(after, second, due);

        Assert.False(await database.Log.SetWaitingDueAsync(begun, null));
        Assert.Equal([begun.Id], await database.Index.ListWaitingAsync(due, 10, Token));
        Assert.True(await database.Log.SetWaitingDueAsync(after, null));
        Assert.Empty(await database.Index.ListWaitingAsync(due, 10, Token));
    }

    [Theory]
    [InlineData(StorageProvider.Sqlite)]
    [InlineData(StorageProvider.Postgres)]
    public async Task Load_DamagedMissingOrUnknownEvent_FailsForThatConversationOnly(StorageProvider provider)
    {
        await using var database = await RecordDatabase.OpenAsync(provider, postgres);
        foreach (var name in (string[])["damaged", "missing", "unknown", "good"])
        {
            var (_, first) = SampleEvents.Begun(name);
            IReadOnlyList<ConversationEvent> all = [.. first, new HandoverRequested(SampleEvents.At, "x"), new HandoverRequested(SampleEvents.At, "y")];
            await database.Log.AppendAsync(Conversation.Start(ConversationId.Create(name)).Apply(all), all, null);
        }

        await database.ChangeAsync(async db =>
        {
            await db.Events.Where(e => e.ConversationId == "damaged" && e.Sequence == 2).ExecuteUpdateAsync(s => s.SetProperty(e => e.Payload, "{\"by\":"), Token);
            await db.Events.Where(e => e.ConversationId == "missing" && e.Sequence == 2).ExecuteDeleteAsync(Token);
            await db.Events.Where(e => e.ConversationId == "unknown" && e.Sequence == 2).ExecuteUpdateAsync(s => s.SetProperty(e => e.Type, "later"), Token);
        });

        foreach (var name in (string[])["damaged", "missing", "unknown"])
        {
            var error = await Assert.ThrowsAsync<ConversationRecordDamagedException>(() => database.Log.LoadAsync(ConversationId.Create(name), Token));
            Assert.Contains($"'{name}' is damaged at event 2", error.Message, StringComparison.Ordinal);
        }

        Assert.Equal(3, (await database.Log.LoadAsync(ConversationId.Create("good"), Token)).Sequence);
    }

    [Theory]
    [InlineData(StorageProvider.Sqlite)]
    [InlineData(StorageProvider.Postgres)]
    public async Task List_PagesByCursor_GivesEachOnceHottestFirst(StorageProvider provider)
    {
        await using var database = await RecordDatabase.OpenAsync(provider, postgres);

        // Equal tensions are told apart by the id, byte by byte: capitals before small letters, on both databases.
        (string Id, double Tension)[] all = [("b", 0.5), ("a", 0.5), ("B", 0.5), ("é", 0.5), ("cool", 0.1), ("hot", 0.9), ("zero", 0)];
        foreach (var (id, tension) in all)
        {
            var (after, events) = SampleEvents.Begun(id, tension);
            await database.Log.AppendAsync(after, events, null);
        }

        var seen = new List<string>();
        HeatCursor? cursor = null;
        do
        {
            var page = await database.Index.ListAsync(new ConversationQuery(Limit: 2, After: cursor), Token);
            Assert.True(page.Conversations.Count <= 2);
            seen.AddRange(page.Conversations.Select(c => c.Id.Value));
            cursor = page.Next is null ? null : HeatCursor.TryParse(page.Next.ToString(), out var parsed) ? parsed : throw new InvalidOperationException();
        }
        while (cursor is not null);

        Assert.Equal(["hot", "B", "a", "b", "é", "cool", "zero"], seen);
        Assert.Equal(["hot"], (await database.Index.ListAsync(new ConversationQuery(MinTension: 0.51), Token)).Conversations.Select(c => c.Id.Value));
        Assert.Empty((await database.Index.ListAsync(new ConversationQuery(ActiveSince: SampleEvents.At.AddTicks(1)), Token)).Conversations);
        Assert.Equal(7, (await database.Index.ListAsync(new ConversationQuery(ActiveSince: SampleEvents.At), Token)).Conversations.Count);
    }

    // What was opened once and told of nothing of the kind is not opened again; an alert that has changed since is.
    [Theory]
    [InlineData(StorageProvider.Sqlite)]
    [InlineData(StorageProvider.Postgres)]
    public async Task ListLeaving_AnAlertThatIsJoinedLater_IsFound(StorageProvider provider)
    {
        await using var database = await RecordDatabase.OpenAsync(provider, postgres);
        var events = SampleEvents.OneOfEach.Take(6).ToArray();
        var joined = Array.FindIndex(events, e => e is AlertJoined);
        var begun = Conversation.Start(ConversationId.Create("c")).Apply(events[..joined]);
        await database.Log.AppendAsync(begun, events[..joined], SampleEvents.At.AddMinutes(5));
        async Task<IEnumerable<string>> LeavingAsync(ConversationSight? sight = null) =>
            (await database.Index.ListLeavingAsync(SampleEvents.At.AddDays(-1), sight ?? ConversationSight.Everything, Token)).Select(a => a.Conversation.Value);

        Assert.Empty(await LeavingAsync());
        Assert.Empty(await LeavingAsync());
        await database.Log.AppendAsync(begun.Apply(events[joined..]), events[joined..], null);

        Assert.Equal(["c"], await LeavingAsync());
        Assert.Equal(["c"], await LeavingAsync());
        Assert.Empty(await LeavingAsync(new ConversationSight(false, ["nobody's"], null, [])));
    }

    [Theory]
    [InlineData(StorageProvider.Sqlite)]
    [InlineData(StorageProvider.Postgres)]
    public async Task Lists_AfterAllEvents_FollowFromThem(StorageProvider provider)
    {
        await using var database = await RecordDatabase.OpenAsync(provider, postgres);
        var id = ConversationId.Create("c");
        var open = SampleEvents.OneOfEach.Take(6).ToArray();
        var begun = Conversation.Start(id).Apply(open);
        await database.Log.AppendAsync(begun, open, SampleEvents.At.AddMinutes(5));

        var summary = Assert.Single((await database.Index.ListAsync(new ConversationQuery(), Token)).Conversations);
        Assert.Equal((1, 0.625, TensionTrend.Rising, 1, AlertUrgency.Supervisor, 1), (summary.Turns, summary.Tension.Value, summary.Trend, summary.OpenAlerts, summary.HighestUrgency, summary.Reviews));
        Assert.Equal("customer/7", summary.CustomerId);
        Assert.Equal(SampleEvents.At, summary.LastTextAt);
        Assert.Equal([EscalationTrigger.T9], Assert.Single(await database.Index.ListOpenAlertsAsync(10, Token)).Alert.JoinedTriggers);
        Assert.Equal("T8: “nadie”", Assert.Single(await database.Index.ListReviewsAsync(10, Token)).Review.Reason);
        Assert.Empty(await database.Index.ListWaitingAsync(SampleEvents.At.AddMinutes(5).AddTicks(-1), 10, Token));
        Assert.Equal(id, Assert.Single(await database.Index.ListWaitingAsync(SampleEvents.At.AddMinutes(5), 10, Token)));

        var rest = SampleEvents.OneOfEach.Skip(6).ToArray();
        await database.Log.AppendAsync(begun.Apply(rest), rest, null);

        Assert.Empty(await database.Index.ListOpenAlertsAsync(10, Token));
        Assert.Equal(AlertState.Resolved, (await database.Index.FindAlertAsync("alr_1", Token))?.Alert.State);
        Assert.Empty(await database.Index.ListWaitingAsync(DateTimeOffset.MaxValue, 10, Token));
    }

    [Theory]
    [InlineData(StorageProvider.Sqlite)]
    [InlineData(StorageProvider.Postgres)]
    public async Task Migrations_AndModel_AreTheSame(StorageProvider provider)
    {
        await using var database = await RecordDatabase.OpenAsync(provider, postgres);

        await database.ChangeAsync(db =>
        {
            Assert.False(db.Database.HasPendingModelChanges(), "The tables changed: add a migration for each database.");
            return Task.CompletedTask;
        });
    }

    [Fact]
    public async Task Sqlite_EveryConnection_FlushesEachCommitToTheDisk()
    {
        await using var database = await RecordDatabase.OpenAsync(StorageProvider.Sqlite, postgres);

        await database.ChangeAsync(async db =>
        {
            // 2 is FULL: https://www.sqlite.org/pragma.html#pragma_synchronous
            Assert.Equal(2, await db.Database.SqlQueryRaw<int>("SELECT synchronous AS Value FROM pragma_synchronous").SingleAsync(Token));
            Assert.Equal("wal", await db.Database.SqlQueryRaw<string>("SELECT journal_mode AS Value FROM pragma_journal_mode").SingleAsync(Token));
        });
    }

    [Theory]
    [InlineData("")]
    [InlineData("!!!")]
    [InlineData("bm90IGEgY3Vyc29y")]
    [InlineData("MC41fA")]
    public void Cursor_NotOfOurs_IsRefused(string text) => Assert.False(HeatCursor.TryParse(text, out _));
}
