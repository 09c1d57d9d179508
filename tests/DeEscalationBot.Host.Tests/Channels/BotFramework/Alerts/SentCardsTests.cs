using DeEscalationBot.Core.Channels;
using DeEscalationBot.Host.Channels.BotFramework.Activities;
using DeEscalationBot.Host.Channels.BotFramework.Alerts;
using DeEscalationBot.Host.Conversations.Storage;
using DeEscalationBot.Host.Tests.Fixtures;
using Microsoft.Extensions.Time.Testing;

namespace DeEscalationBot.Host.Tests.Channels.BotFramework.Alerts;

/// <summary>The cards that were sent, on both databases.</summary>
public class SentCardsTests(PostgresCluster postgres)
{
    private readonly FakeTimeProvider _clock = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(StorageProvider.Sqlite)]
    [InlineData(StorageProvider.Postgres)]
    public async Task Cards_AreKnownAgain_AndForgottenWhenTheyAreOld(StorageProvider provider)
    {
        await using var database = await RecordDatabase.OpenAsync(provider, postgres);
        var sent = new SentCards(database.Contexts, database.Writer, database.Cipher, _clock);
        var there = new ConversationReference(Conversation: new ConversationAccount("19:ñ;messageid=7", ConversationType: "channel"));
        var card = new SentCard("alr_1", "19:ñ", "teams", "7", there, MessageLanguage.Spanish, 3, 1);
        await sent.BeginAsync(card);
        Assert.True(Assert.Single(await sent.OfAsync("alr_1", Token)).IsInDoubt);
        Assert.NotNull(await sent.FindAsync("alr_1", "19:ñ;messageid=7", Token)); // Its buttons work where it stands after all.
        await sent.RemoveAsync(card);
        Assert.Empty(await sent.OfAsync("alr_1", Token));
        await sent.BeginAsync(card);
        await sent.AddAsync(card);
        Assert.False(Assert.Single(await sent.OfAsync("alr_1", Token)).IsInDoubt);
        await sent.AddAsync(card with { ActivityId = "8" }); // The place has one card.
        await sent.AdvanceAsync(card with { Shown = 9, Called = 5 });

        var known = Assert.Single(await sent.OfAsync("alr_1", Token));
        Assert.Equal(("8", 9, 5, MessageLanguage.Spanish, true), (known.ActivityId, known.Shown, known.Called, known.Language, known.IsShared));
        Assert.NotNull(await sent.FindAsync("alr_1", "19:ñ;messageid=99", Token)); // Another thread of the same channel.
        Assert.Null(await sent.FindAsync("alr_1", "19:ñ2", Token));

        await sent.ForgetAsync(new Activity { Conversation = new ConversationAccount("19:ñ2;messageid=7") });
        Assert.Single(await sent.OfAsync("alr_1", Token));
        _clock.Advance(SentCards.Kept + TimeSpan.FromSeconds(1));
        await sent.AddAsync(card with { AlertId = "alr_2" });
        Assert.Empty(await sent.OfAsync("alr_1", Token));

        // The bot is removed from the channel.
        await sent.ForgetAsync(new Activity { Conversation = new ConversationAccount("19:ñ") });
        Assert.Empty(await sent.OfAsync("alr_2", Token));
    }
}
