using System.Net;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Host.Conversations.Storage;
using DeEscalationBot.Host.Privacy;
using DeEscalationBot.Host.Privacy.Retention;
using DeEscalationBot.Host.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace DeEscalationBot.Host.Tests.Privacy.Retention;

public sealed class RetentionJobTests(PostgresCluster postgres)
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(StorageProvider.Sqlite)]
    [InlineData(StorageProvider.Postgres)]
    public async Task Run_ErasesWhatIsOldAndClosed_AndNothingElse(StorageProvider provider)
    {
        using var data = new TemporaryDirectory();
        string[] database = provider == StorageProvider.Sqlite ? [] : ["--Storage:Provider=Postgres", $"--ConnectionStrings:Coach={await postgres.NewDatabaseAsync()}"];
        var before = new FakeTimeProvider(Start);
        await using (var host = await RunningHost.StartAsync(data.Path, before, database))
        {
            foreach (var conversation in (string[])["closed", "promised", "alerted"])
            {
                await host.SayAsync(conversation, "m1", "customer", conversation == "alerted" ? "Eres un inútil, no sirves para nada." : "Hola, una pregunta sobre mi factura.");
                await host.SayAsync(conversation, "m2", "agent", "Hola, dígame.");
            }

            await host.PostAsync("/api/v1/conversations/promised/follow-ups/", """{"reason":"El almacén responde","promisedFor":"2026-03-30T09:00:00Z","by":"luis"}""");
        }

        // Another host, 31 days later; its clock stands still, so that nothing but the test looks.
        var now = new FakeTimeProvider(Start.AddDays(31));
        await using var later = await RunningHost.StartAsync(data.Path, now, [.. database, "--Retention:EraseAfter=30.00:00:00"]);
        await later.SayAsync("fresh", "m1", "customer", "Hola, una pregunta sobre mi factura.");
        var job = later.Services.GetServices<IHostedService>().OfType<RetentionJob>().Single();
        var contexts = later.Services.GetRequiredService<IDbContextFactory<CoachDbContext>>();

        // Another node is at it.
        await using (var db = await contexts.CreateDbContextAsync(Token))
        {
            db.JobLeases.Add(new JobLeaseRow { Name = "retention", Holder = "another", Until = now.GetUtcNow().AddMinutes(5) });
            await db.SaveChangesAsync(Token);
        }

        Assert.Equal(0, await job.RunOnceAsync(Token));
        await using (var db = await contexts.CreateDbContextAsync(Token))
        {
            await db.JobLeases.ExecuteUpdateAsync(s => s.SetProperty(j => j.Until, now.GetUtcNow()), Token);
        }

        Assert.Equal(1, await job.RunOnceAsync(Token));
        Assert.Equal(0, await job.RunOnceAsync(Token));
        Assert.Equal(HttpStatusCode.NotFound, (await later.GetAsync("/api/v1/conversations/closed")).Status);
        foreach (var conversation in (string[])["promised", "alerted", "fresh"])
        {
            Assert.Equal(HttpStatusCode.OK, (await later.GetAsync("/api/v1/conversations/" + conversation)).Status);
        }

        var receipt = Assert.Single((await later.GetAsync("/api/v1/subjects/erasures")).Body!["erasures"]!.AsArray())!;
        Assert.Equal(("retention", "product", 1, true), ((string?)receipt["reason"], (string?)receipt["by"], (int)receipt["erased"]!["conversations"]!, (bool)receipt["filesCleared"]!));
    }

    // Between the look and the erasure the customer writes: what was found is not old any more.
    [Theory]
    [InlineData(StorageProvider.Sqlite)]
    [InlineData(StorageProvider.Postgres)]
    public async Task Erase_ConversationThatIsWrittenInMeanwhile_Stays_AndThereIsNoReceipt(StorageProvider provider)
    {
        using var data = new TemporaryDirectory();
        string[] database = provider == StorageProvider.Sqlite ? [] : ["--Storage:Provider=Postgres", $"--ConnectionStrings:Coach={await postgres.NewDatabaseAsync()}"];
        await using var host = await RunningHost.StartAsync(data.Path, new FakeTimeProvider(Start), database);
        await host.SayAsync("alive", "m1", "customer", "Hola, una pregunta sobre mi factura.");
        await host.SayAsync("quiet", "m1", "customer", "Hola, una pregunta sobre mi factura.");
        var contexts = host.Services.GetRequiredService<IDbContextFactory<CoachDbContext>>();
        await using (var db = await contexts.CreateDbContextAsync(Token))
        {
            await db.Summaries.Where(s => s.ConversationId == "quiet").ExecuteUpdateAsync(s => s.SetProperty(r => r.LastRecordedAt, Start.AddDays(-1)), Token);
        }

        var eraser = host.Services.GetRequiredService<SubjectEraser>();
        ConversationId[] found = [ConversationId.Create("alive"), ConversationId.Create("quiet")];

        Assert.Null(await eraser.EraseOldAsync(found[..1], Start, "product", Unexpected));
        var receipt = await eraser.EraseOldAsync(found, Start, "product", Unexpected);

        Assert.Equal((1, false), (receipt!.Erased.Conversations, receipt.FilesCleared));
        Assert.True(await eraser.ClearAsync([receipt]));
        Assert.Equal(receipt with { FilesCleared = true }, Assert.Single(await eraser.ListReceiptsAsync(10, Token)));
        Assert.Equal(HttpStatusCode.OK, (await host.GetAsync("/api/v1/conversations/alive")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await host.GetAsync("/api/v1/conversations/quiet")).Status);
        static void Unexpected(ConversationId conversation, Exception e) => Assert.Fail($"{conversation.Value}: {e}");
    }

    [Theory]
    [InlineData("--Retention:EraseAfter=00:30:00", "Retention:EraseAfter must be zero")]
    [InlineData("--Retention:EraseAfter=5000.00:00:00", "Retention:EraseAfter must be zero")]
    [InlineData("--Retention:LookEvery=00:00:01", "Retention:LookEvery must lie between")]
    public async Task Settings_ThatCannotBeMeant_RefuseTheStart(string setting, string why)
    {
        using var data = new TemporaryDirectory();
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => RunningHost.StartAsync(data.Path, null, setting));
        Assert.Contains(why, refused.Message, StringComparison.Ordinal);
    }
}
