using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Conversations;
using DeEscalationBot.Core.Escalation;
using DeEscalationBot.Host.Conversations;
using DeEscalationBot.Host.Conversations.Storage;
using DeEscalationBot.Host.Conversations.Storage.Sealing;
using DeEscalationBot.Host.Hosting;
using DeEscalationBot.Host.Tests.Fixtures;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace DeEscalationBot.Host.Tests.Conversations.Storage.Sealing;

/// <summary>The record at rest, on both databases.</summary>
public class RecordSealingTests(PostgresCluster postgres)
{
    public static TheoryData<StorageProvider> Providers => [StorageProvider.Sqlite, StorageProvider.Postgres];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Written_NoTableHoldsATextOrTheCustomer(StorageProvider provider)
    {
        await using var database = await RecordDatabase.OpenAsync(provider, postgres);
        var after = await WriteAllAsync(database, "c1");

        // Words of the sample events: of a message, a suggestion, an alert, a note, a follow-up, a review, and who the customer is.
        string[] words = ["responde", "tres semanas", "Empezó", "Ofrézcale", "almacén", "nadie", "customer/7"];
        var written = await RecordText.OfAsync(database);
        Assert.All(words, word => Assert.DoesNotContain(word, written, StringComparison.OrdinalIgnoreCase));
        Assert.Contains("conversation_events", written, StringComparison.Ordinal);

        // What is read is what was written, in the conversation and in every list.
        Assert.Equal(after.Turns.Select(t => t.Text), (await database.Log.LoadAsync(after.Id, Token)).Turns.Select(t => t.Text));
        Assert.Equal("customer/7", Assert.Single((await database.Index.ListAsync(new ConversationQuery(), Token)).Conversations).CustomerId);
        Assert.Contains("nadie", (await database.Index.FindAlertAsync("alr_1", Token))!.Alert.Reason, StringComparison.Ordinal);
        Assert.Contains("nadie", Assert.Single(await database.Index.ListReviewsAsync(10, Token)).Review.Reason, StringComparison.Ordinal);
        var followUp = Assert.Single(await database.Index.ListFollowUpsAsync(new FollowUpQuery(State: null), Token));
        Assert.Equal("customer/7", followUp.CustomerId);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task PlainRowsOfBefore_AreRead_AndWhatComesNowIsSealed(StorageProvider provider)
    {
        await using var database = await RecordDatabase.OpenAsync(provider, postgres, encrypt: false);
        var (begun, first) = SampleEvents.Begun("old");
        await database.Log.AppendAsync(begun, first, null);
        Assert.Contains(begun.Turns[0].Text, await RecordText.OfAsync(database), StringComparison.Ordinal);
        Assert.DoesNotContain(RecordKey.Mark, await RecordText.OfAsync(database), StringComparison.Ordinal);

        await database.ChangeAsync(db => db.RecordSubjects.ExecuteDeleteAsync(Token)); // Older versions wrote none.
        await database.ReopenAsync();
        IReadOnlyList<ConversationEvent> more = [new TurnTaken(SampleEvents.At, SampleEvents.AgentTurn(1, "m2", "Palabra sellada"))];
        await database.Log.AppendAsync(begun.Apply(more), more, null);

        var read = await database.Log.LoadAsync(begun.Id, Token);
        Assert.Equal([begun.Turns[0].Text, "Palabra sellada"], read.Turns.Select(t => t.Text));
        Assert.DoesNotContain("Palabra sellada", await RecordText.OfAsync(database), StringComparison.Ordinal);

        // The customer's id is sealed now, too, and leads to the conversation all the same.
        Assert.Equal([await database.Cipher.SubjectOfAsync(begun.CustomerId!, Token)], await SubjectsAsync(database, "old"));

        // And the other way round: switched off again, both are read.
        await database.ReopenAsync(encrypt: false);
        Assert.Equal(2, (await database.Log.LoadAsync(begun.Id, Token)).Turns.Count);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task KeyDamagedOrMissing_OrRowsExchanged_StopThatConversationAlone(StorageProvider provider)
    {
        await using var database = await RecordDatabase.OpenAsync(provider, postgres);
        foreach (var name in (string[])["damaged", "gone", "moved", "good"])
        {
            await WriteAllAsync(database, name, alerts: name);
        }

        await database.ChangeAsync(async db =>
        {
            await db.RecordKeys.Where(k => k.Owner == "conversation:damaged").ExecuteUpdateAsync(s => s.SetProperty(k => k.Wrapped, "CfDJ8AAAA"), Token);
            await db.RecordKeys.Where(k => k.Owner == "conversation:gone").ExecuteDeleteAsync(Token);
            var two = await db.Events.AsNoTracking().Where(e => e.ConversationId == "moved" && e.Sequence == 2).Select(e => e.Payload).SingleAsync(Token);
            await db.Events.Where(e => e.ConversationId == "moved" && e.Sequence == 1).ExecuteUpdateAsync(s => s.SetProperty(e => e.Payload, two), Token);
        });
        await database.ReopenAsync();

        foreach (var (name, why) in (IEnumerable<(string, string)>)[("damaged", "cannot be unwrapped"), ("gone", "its key is missing"), ("moved", "stands in another place")])
        {
            var error = await Assert.ThrowsAsync<ConversationRecordDamagedException>(() => database.Log.LoadAsync(ConversationId.Create(name), Token));
            Assert.Contains($"'{name}' is damaged at event 1", error.Message, StringComparison.Ordinal);
            Assert.Contains(why, error.Message, StringComparison.Ordinal);
        }

        // Nothing is written beside what cannot be read.
        IReadOnlyList<ConversationEvent> more = [new HandoverRequested(SampleEvents.At, "x")];
        var damaged = Conversation.Start(ConversationId.Create("damaged")).Apply(SampleEvents.OneOfEach).Apply(more);
        await Assert.ThrowsAsync<ConversationRecordDamagedException>(() => database.Log.AppendAsync(damaged, more, null));

        Assert.True((await database.Log.LoadAsync(ConversationId.Create("good"), Token)).Sequence > 1);
        var listed = (await database.Index.ListAsync(new ConversationQuery(), Token)).Conversations;
        Assert.Equal(["damaged", "gone", "good", "moved"], listed.Select(c => c.Id.Value).Order(StringComparer.Ordinal));
        Assert.Equal([null, null, "customer/7", "customer/7"], listed.OrderBy(c => c.Id.Value, StringComparer.Ordinal).Select(c => c.CustomerId));
        Assert.Equal(["good", "moved"], (await database.Index.ListReviewsAsync(10, Token)).Select(r => r.Conversation.Value).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task KeysOfAnotherHost_RefuseTheStart_AndSayWhatToPutBack(StorageProvider provider)
    {
        await using var database = await RecordDatabase.OpenAsync(provider, postgres);
        await WriteAllAsync(database, "c");

        var refused = await Assert.ThrowsAsync<StartRefusedException>(() => database.ReopenAsync(protection: new EphemeralDataProtectionProvider()));
        Assert.Equal(ErrorCodes.RecordKeysMissing, refused.Code);
        Assert.Contains("'keys'", refused.Message, StringComparison.Ordinal);

        await database.ReopenAsync();
        Assert.True((await database.Log.LoadAsync(ConversationId.Create("c"), Token)).Sequence > 1);
    }

    // Two nodes that begin on a new database, each with keys of its own: whoever comes second is told at once, and not when somebody reads.
    [Theory]
    [MemberData(nameof(Providers))]
    public async Task NewDatabase_BelongsToTheKeysOfTheFirst(StorageProvider provider)
    {
        await using var database = await RecordDatabase.OpenAsync(provider, postgres);

        var refused = await Assert.ThrowsAsync<StartRefusedException>(() => database.ReopenAsync(protection: new EphemeralDataProtectionProvider()));

        Assert.Equal(ErrorCodes.RecordKeysMissing, refused.Code);
        Assert.Contains("Several nodes need the same keys", refused.Message, StringComparison.Ordinal);
        await database.ReopenAsync();
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Customers_NamedLaterOrChanged_AllLeadToTheConversation(StorageProvider provider)
    {
        await using var database = await RecordDatabase.OpenAsync(provider, postgres);
        var id = ConversationId.Create("c");
        IReadOnlyList<ConversationEvent> first = [new TurnTaken(SampleEvents.At, SampleEvents.CustomerTurn(0, "m1", "Hola") with { AuthorId = null })];
        var state = Conversation.Start(id).Apply(first);
        await database.Log.AppendAsync(state, first, null);
        Assert.Empty(await SubjectsAsync(database));

        var index = 1;
        foreach (var customer in (string[])["ana", "ana", "bea"])
        {
            IReadOnlyList<ConversationEvent> next = [new TurnTaken(SampleEvents.At, SampleEvents.CustomerTurn(index, $"n{index}", "Hola") with { AuthorId = customer })];
            index++;
            state = state.Apply(next);
            await database.Log.AppendAsync(state, next, null);
        }

        string[] expected = [await database.Cipher.SubjectOfAsync("ana", Token), await database.Cipher.SubjectOfAsync("bea", Token)];
        Assert.Equal(expected.Order(StringComparer.Ordinal), (await SubjectsAsync(database)).Order(StringComparer.Ordinal));
        Assert.All(expected, subject => Assert.Equal(64, subject.Length));
        await database.ReopenAsync();
        Assert.Equal(expected[0], await database.Cipher.SubjectOfAsync("ana", Token));
    }

    private static async Task<IReadOnlyList<string>> SubjectsAsync(RecordDatabase database, string conversation = "c")
    {
        await using var db = await database.Contexts.CreateDbContextAsync(Token);
        return await db.RecordSubjects.AsNoTracking().Where(s => s.ConversationId == conversation).Select(s => s.Subject).ToListAsync(Token);
    }

    private static async Task<Conversation> WriteAllAsync(RecordDatabase database, string name, string? alerts = null)
    {
        // Ids of alerts are unique in the product.
        var events = alerts is null ? SampleEvents.OneOfEach : [.. SampleEvents.OneOfEach.Where(e => AlertLifeCycle.AlertOf(e) is null)];
        var after = Conversation.Start(ConversationId.Create(name)).Apply(events);
        await database.Log.AppendAsync(after, events, null);
        return after;
    }
}
