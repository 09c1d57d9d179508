using DeEscalationBot.Host.Channels.BotFramework;
using DeEscalationBot.Host.Channels.BotFramework.Activities;
using DeEscalationBot.Host.Channels.BotFramework.Connector;
using DeEscalationBot.Host.Channels.BotFramework.References;
using DeEscalationBot.Host.Conversations.Storage;
using DeEscalationBot.Host.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace DeEscalationBot.Host.Tests.Channels.BotFramework.References;

/// <summary>What the bot keeps, on both databases.</summary>
public class ReferenceStoreTests(PostgresCluster postgres)
{
    private readonly FakeTimeProvider _clock = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static Activity Personal => new()
    {
        Type = "message",
        Id = "1",
        ChannelId = "msteams",
        ServiceUrl = "http://localhost:1/a",
        From = new ChannelAccount("29:a", "Ana", "dir-1"),
        Recipient = new ChannelAccount("28:b"),
        Conversation = new ConversationAccount("a:ñ|1", ConversationType: "personal", TenantId: "t"),
        Locale = "es-ES",
    };

    [Theory]
    [InlineData(StorageProvider.Sqlite)]
    [InlineData(StorageProvider.Postgres)]
    public async Task References_AreRememberedUpdatedFoundAndForgotten(StorageProvider provider)
    {
        await using var database = await RecordDatabase.OpenAsync(provider, postgres);
        var references = Of(database);

        await references.RememberAsync(Personal);
        await references.RememberAsync(Personal with { Id = "2" });
        var found = await references.FindPersonalAsync("msteams", "t", "dir-1", Token);
        Assert.Equal((null, "29:a", "28:b", "a:ñ|1", "http://localhost:1/a", "es-ES"), (found!.ActivityId, found.User?.Id, found.Bot?.Id, found.Conversation?.Id, found.ServiceUrl, found.Locale));

        // Regions move: the last address counts, also for another node that reads anew.
        await references.RememberAsync(Personal with { ServiceUrl = "http://localhost:2/b" });
        Assert.Equal("http://localhost:2/b", (await Of(database).FindAsync("msteams", "a:ñ|1", Token))?.ServiceUrl);
        Assert.Null(await references.FindPersonalAsync("msteams", "other-tenant", "dir-1", Token));
        Assert.Null(await references.FindPersonalAsync("msteams", "t", "dir-2", Token));

        await references.ForgetAsync(Personal);
        Assert.Null(await references.FindAsync("msteams", "a:ñ|1", Token));
        await references.RememberAsync(Personal);
        Assert.NotNull(await references.FindAsync("msteams", "a:ñ|1", Token));
    }

    [Fact]
    public async Task References_WithoutAnAllowedConnectorOrALegalId_AreNotKept()
    {
        await using var database = await RecordDatabase.OpenAsync(StorageProvider.Sqlite, postgres);
        var references = Of(database);

        await references.RememberAsync(Personal with { ServiceUrl = "https://evil.example/" });
        await references.RememberAsync(Personal with { Conversation = new ConversationAccount(new string('x', 501)) });
        await references.RememberAsync(Personal with { Conversation = new ConversationAccount("a\u0000b") });
        await references.RememberAsync(Personal with { ChannelId = new string('x', 101) });

        await database.ChangeAsync(async db => Assert.Equal(0, await db.BotConversations.CountAsync(Token)));
    }

    [Fact]
    public async Task References_OfAGroup_NameNoPerson()
    {
        await using var database = await RecordDatabase.OpenAsync(StorageProvider.Sqlite, postgres);
        var references = Of(database);

        await references.RememberAsync(Personal with { Conversation = new ConversationAccount("19:c", ConversationType: "channel", TenantId: "t", IsGroup: true) });

        Assert.Null((await references.FindAsync("msteams", "19:c", Token))!.User);
        Assert.Null(await references.FindPersonalAsync("msteams", "t", "dir-1", Token));
    }

    [Theory]
    [InlineData(StorageProvider.Sqlite)]
    [InlineData(StorageProvider.Postgres)]
    public async Task Memory_IsOfOneAgentInOneConversation(StorageProvider provider)
    {
        await using var database = await RecordDatabase.OpenAsync(provider, postgres);
        var memory = new AgentMemory(database.Contexts, database.Writer);
        var mine = await memory.ReadAsync(Personal, Token);
        Assert.Equal((1, false, null), (mine.Case, mine.ExpectsDraft, mine.Language));

        await memory.WriteAsync(mine with { Case = 3, ExpectsDraft = true, Language = "en" });
        await memory.WriteAsync(mine with { Case = 4, Language = "en" });

        var now = await memory.ReadAsync(Personal, Token);
        Assert.Equal((4, false, "en"), (now.Case, now.ExpectsDraft, now.Language));
        foreach (var other in new[]
        {
            Personal with { From = new ChannelAccount("29:b") }, Personal with { ChannelId = "webchat" }, Personal with { Conversation = new ConversationAccount("a:2", TenantId: "t") },
            Personal with { Conversation = Personal.Conversation! with { TenantId = "u" } },
        })
        {
            var others = await memory.ReadAsync(other, Token);
            Assert.Equal(1, others.Case);
            Assert.NotEqual(mine.CaseId, others.CaseId);
            Assert.Null(now.Owns(others.CaseId.Value));
        }

        Assert.Equal(mine.CaseId, now.Owns(mine.CaseId.Value));
        Assert.Null(now.Owns(now.CaseId.Value[..^1] + "5"));
        Assert.Null(now.Owns(now.CaseId.Value[..^1] + "-1"));

        // Removed and installed again: nothing of before, and no number that a case has had.
        await memory.WriteAsync(now with { ExpectsDraft = true });
        await memory.ForgetAsync(Personal);
        var again = await memory.ReadAsync(Personal, Token);
        Assert.Equal((5, false, null), (again.Case, again.ExpectsDraft, again.Language));
        Assert.NotEqual(now.CaseId, again.CaseId);
    }

    [Fact]
    public async Task Memory_OfAnAgentWhoNeverChoseAnything_DoesNotGiveTheFirstCaseAgain()
    {
        await using var database = await RecordDatabase.OpenAsync(StorageProvider.Sqlite, postgres);
        var memory = new AgentMemory(database.Contexts, database.Writer);

        await memory.ForgetAsync(Personal);

        Assert.Equal(2, (await memory.ReadAsync(Personal, Token)).Case);
    }

    [Theory]
    [InlineData(StorageProvider.Sqlite)]
    [InlineData(StorageProvider.Postgres)]
    public async Task Feedback_TheLastWordCounts(StorageProvider provider)
    {
        await using var database = await RecordDatabase.OpenAsync(provider, postgres);
        await using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var feedback = new AnswerFeedback(database.Contexts, database.Writer, services.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>(), _clock);
        await feedback.NoteAsync("msteams", "a:1", "m1", "A1");
        await feedback.NoteAsync("msteams", "a:1", "m1", "A4"); // The same id again changes nothing.

        Assert.False(await feedback.JudgeAsync("msteams", "a:1", "m2", true));
        Assert.True(await feedback.JudgeAsync("msteams", "a:1", "m1", true));
        Assert.True(await feedback.JudgeAsync("msteams", "a:1", "m1", false));

        await database.ChangeAsync(async db =>
        {
            var row = await db.BotAnswers.AsNoTracking().SingleAsync(Token);
            Assert.Equal(("A1", "2000-01-01", false), (row.Technique, row.Day, row.WasUseful)); // The day of the fake clock.

            // Nothing in the row leads to a person: a key that cannot be turned back, a technique, a day, a judgement.
            Assert.Equal(["AnswerKey", "Day", "Technique", "WasUseful"], typeof(BotAnswerRow).GetProperties().Select(p => p.Name).Order(StringComparer.Ordinal));
            Assert.Matches("^[0-9a-f]{64}$", row.AnswerKey);
        });
    }

    [Theory]
    [InlineData(StorageProvider.Sqlite)]
    [InlineData(StorageProvider.Postgres)]
    public async Task References_OfATeam_AreFoundByItsChannels_AndForgottenWithIt(StorageProvider provider)
    {
        await using var database = await RecordDatabase.OpenAsync(provider, postgres);
        var references = Of(database);
        await references.RememberAsync(Personal);
        await references.RememberAsync(InTeam("19:general_1@thread.tacv2", "http://localhost:1/general"));
        await references.RememberAsync(InTeam("19:alerts@thread.tacv2;messageid=7", "http://localhost:1/alerts"));
        await references.RememberAsync(InTeam("19:alertsX@thread.tacv2", "http://localhost:1/other", team: "19:other"));

        Assert.Equal("http://localhost:1/alerts", (await references.FindForTeamsChannelAsync("19:alerts@thread.tacv2", Token))?.ServiceUrl);
        Assert.Equal("channel", (await references.FindForTeamsChannelAsync("19:never-seen@thread.tacv2", Token))?.Conversation?.ConversationType);
        Assert.Equal("29:a", (await references.FindPersonalAsync("msteams", "dir-1", Token))?.User?.Id);

        await references.ForgetAsync(InTeam("19:general_1@thread.tacv2", "http://localhost:1/general"));
        Assert.Equal("http://localhost:1/other", (await references.FindForTeamsChannelAsync("19:alerts@thread.tacv2", Token))?.ServiceUrl);
        Assert.NotNull(await references.FindAsync("msteams", "a:ñ|1", Token));

        static Activity InTeam(string conversation, string serviceUrl, string team = "19:general_1@thread.tacv2") => Personal with
        {
            ServiceUrl = serviceUrl,
            Conversation = new ConversationAccount(conversation, ConversationType: "channel", TenantId: "t", IsGroup: true),
            ChannelData = ActivityJson.ToElement(new TeamsChannelData(Team: new TeamsTeam(team))),
        };
    }

    private ConversationReferences Of(RecordDatabase database) =>
        new(database.Contexts, database.Writer, database.Cipher, new ServiceUrlPolicy(Options.Create(new BotFrameworkOptions())), _clock);
}
