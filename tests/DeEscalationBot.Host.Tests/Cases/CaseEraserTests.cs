using System.Net;
using System.Text.Json.Nodes;
using DeEscalationBot.Core.Cases;
using DeEscalationBot.Core.Cases.Customers;
using DeEscalationBot.Core.Cases.Dismissal;
using DeEscalationBot.Host.Cases;
using DeEscalationBot.Host.Cases.Storage;
using DeEscalationBot.Host.Conversations.Storage;
using DeEscalationBot.Host.Conversations.Storage.Archive;
using DeEscalationBot.Host.Privacy;
using DeEscalationBot.Host.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace DeEscalationBot.Host.Tests.Cases;

/// <summary>Erasure of a customer's record and cases, at the real host, on both databases. What was said in them is that of <see cref="TheCase"/>.</summary>
public sealed class CaseEraserTests(PostgresCluster postgres) : IDisposable
{
    private static readonly DateOnly From = new(2026, 1, 1);
    private static readonly DateOnly Until = new(2026, 9, 30);
    private static readonly CaseActor Ana = new("ana", CaseRole.Supervisor);

    private readonly TemporaryDirectory _data = new();

    public static TheoryData<StorageProvider> Providers => [StorageProvider.Sqlite, StorageProvider.Postgres];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _data.Dispose();

    [Theory]
    [InlineData(StorageProvider.Sqlite, true)]
    [InlineData(StorageProvider.Sqlite, false)]
    [InlineData(StorageProvider.Postgres, true)]
    public async Task Erase_LeavesNoByteOfRecordAndCases_AndReportsCountTheSame(StorageProvider provider, bool encrypt)
    {
        await using var host = await StartAsync(provider, $"--Storage:Encrypt={encrypt}");
        var play = await TheCase.BeginAsync(host);
        await play.DismissUntilAsync(DismissalStage.Closed);
        await KeepAsync(play.Desk, "bea", "Nombre de Bea");
        var (_, message) = await host.PostAsync("/api/v1/conversations/one/messages", $$"""{"id":"m1","speaker":"customer","text":"¿Y mi pedido?","customerId":"{{TheCase.CustomerId}}"}""");
        Assert.NotNull(message);
        var contexts = host.Services.GetRequiredService<IDbContextFactory<CoachDbContext>>();
        string[] words = [TheCase.CustomerName, "Nos ven lentos", "No queda otra", "Sin insultos"];
        var stored = await RecordText.OfAsync(contexts);
        Assert.All([.. words, "Nombre de Bea"], (string word) => Assert.NotEqual(encrypt, stored.Contains(word, StringComparison.Ordinal)));
        var wrapped = await WrappedAsync(host);
        var before = await play.Desk.ReadReportsAsync(From, Until, Token);

        var receipt = await EraseAsync(host);

        var erased = receipt["erased"]!;
        Assert.Equal((1, 1, 1), ((int)erased["customers"]!, (int)erased["cases"]!, (int)erased["conversations"]!));
        Assert.Equal((encrypt ? 2 : 0, true), ((int)erased["keys"]!, (bool)receipt["filesCleared"]!));

        // In no table, no file, no backup.
        string[] gone = [.. words, play.CaseId, .. wrapped];
        stored = await RecordText.OfAsync(contexts);
        Assert.All(gone, word => Assert.DoesNotContain(word, stored, StringComparison.Ordinal));
        Assert.DoesNotContain($"|{TheCase.CustomerId}|", stored, StringComparison.Ordinal);
        Assert.All(gone, word => Assert.Empty(DataFiles.With(_data.Path, word)));
        await using (var db = await contexts.CreateDbContextAsync(Token))
        {
            await new RecordArchive(TimeProvider.System).WriteAsync(db, _data["after.zip"], cancellationToken: Token);
        }

        System.IO.Compression.ZipFile.ExtractToDirectory(_data["after.zip"], _data["after"]);
        Assert.All(gone, word => Assert.Empty(DataFiles.With(_data["after"], word)));

        // What is counted stays, under an id that nobody knows.
        var after = await play.Desk.ReadReportsAsync(From, Until, Token);
        Assert.Equal(before.Churn, after.Churn);
        Assert.Equal(Counts(before.Dismissals), Counts(after.Dismissals));
        Assert.Equal(before.Dismissals.ByReason, after.Dismissals.ByReason);
        var left = Assert.Single(after.Departures);
        Assert.Equal((TheCase.EndsOn, CustomerEnding.Dismissed), (left.On, left.Ending));
        Assert.StartsWith(CaseEraser.IdPrefix, left.CustomerId, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await host.GetAsync($"/api/v1/customers/{TheCase.CustomerId}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await host.GetAsync($"/api/v1/cases/{play.CaseId}")).Status);
        var customers = await play.Desk.ListCustomersAsync(null, 10, Token);
        Assert.Equal((string?[])["Nombre de Bea", null], customers.Select(c => c.Record.IsErased ? null : c.Record.Name));
        var rest = await play.Desk.ReadDismissalAsync((await play.Desk.ListCasesAsync(new CaseFilter(CustomerId: left.CustomerId), Token))[0].Id, Token);
        Assert.True(rest is { Case: { IsErased: true, Outcome: DismissalOutcome.Dismissed }, Customer.IsErased: true });

        // Nothing is added about them, nothing is found twice, and who comes back is somebody new.
        Assert.Equal(CaseRules.CustomerErased, (await play.Desk.ChangeAsync(rest.Case.Id, new ReviewDismissal("x"), new CaseActor("marta", CaseRole.Manager), Token)).Refusal?.Rule);
        Assert.Equal(ErasedCounts.None, ErasureReceipt.FromJson((await EraseAsync(host)).ToJsonString()).Erased);
        Assert.Null((await play.Desk.ChangeCustomerAsync(TheCase.CustomerId, [new AddCustomer("De vuelta", new DateOnly(2026, 9, 1))], Ana, cancellationToken: Token)).Refusal);
        Assert.Equal("De vuelta", (await play.Desk.ReadCustomerAsync(TheCase.CustomerId, Token))!.Record.Name);
    }

    // What was answered before is erased with the rest; what comes later finds nobody. Two who erase at once erase once.
    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Erase_WhileACaseChanges_EndsWithNothingLeft(StorageProvider provider)
    {
        await using var host = await StartAsync(provider);
        var play = await TheCase.BeginAsync(host);
        await play.DismissUntilAsync(DismissalStage.Dossier);
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var writing = Task.Run(async () =>
        {
            for (var i = 1; ; i++)
            {
                var asked = await play.Desk.ChangeAsync(play.CaseId, new AskForComment($"olga{i}"), Ana, Token);
                var change = await play.Desk.ChangeCustomerAsync(
                    TheCase.CustomerId, [new RecordContact(new ContactEntry($"n{i}", new DateOnly(2026, 5, 1), TimeSpan.FromMinutes(5)))], Ana, cancellationToken: Token);
                if (change.Refusal is { } refusal)
                {
                    Assert.Equal(CustomerRule.Unknown, refusal.Rule);
                    return;
                }

                Assert.Null(asked.Refusal);
                if (i == 3)
                {
                    begun.SetResult();
                }
            }
        }, Token);
        await begun.Task.WaitAsync(Token);

        var receipts = await Task.WhenAll(EraseAsync(host), EraseAsync(host));

        await writing;
        Assert.Equal((1, 1), (receipts.Sum(r => (int)r["erased"]!["customers"]!), receipts.Sum(r => (int)r["erased"]!["cases"]!)));
        await using var db = await host.Services.GetRequiredService<IDbContextFactory<CoachDbContext>>().CreateDbContextAsync(Token);
        Assert.False(await db.CaseEvents.AnyAsync(e => e.CustomerId == TheCase.CustomerId || e.StreamId == play.CaseId, Token));
        Assert.False(await db.CaseIndex.AnyAsync(e => e.CustomerId == TheCase.CustomerId, Token));
        Assert.Empty(await WrappedAsync(host));
        Assert.Null((await play.Desk.ChangeAsync(play.CaseId, new MoveOn(), Ana, Token)).File);
        Assert.Equal(1, await db.CaseIndex.CountAsync(r => r.Kind == CaseKind.Customer, Token));
    }

    [Fact]
    public async Task Erase_RecordThatCannotBeRead_IsErasedAllTheSame()
    {
        await using var host = await StartAsync(StorageProvider.Sqlite);
        var play = await TheCase.BeginAsync(host);
        await play.DismissUntilAsync(DismissalStage.Dossier);
        await using var db = await host.Services.GetRequiredService<IDbContextFactory<CoachDbContext>>().CreateDbContextAsync(Token);
        await db.RecordKeys.Where(k => k.Owner.StartsWith("customer:")).ExecuteUpdateAsync(set => set.SetProperty(k => k.Wrapped, "damaged"), Token);

        var receipt = await EraseAsync(host);

        Assert.Equal((1, 1), ((int)receipt["erased"]!["customers"]!, (int)receipt["erased"]!["cases"]!));
        Assert.False(await db.CaseEvents.AnyAsync(Token) || await db.CaseIndex.AnyAsync(Token));
        Assert.DoesNotContain(host.Log.Lines, l => l.Contains(TheCase.CustomerId, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Export_HoldsRecordAndCases_AndNothingOfTheDesksPeople()
    {
        await using var host = await StartAsync(StorageProvider.Sqlite);
        var play = await TheCase.BeginAsync(host);
        await play.DismissUntilAsync(DismissalStage.Ending);
        await KeepAsync(play.Desk, "bea", "Nombre de Bea");
        var body = new JsonObject { ["customerId"] = TheCase.CustomerId }.ToJsonString();

        var (status, export) = await host.PostAsync("/api/v1/subjects/export", body);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(TheCase.CustomerName, (string?)export!["record"]!["name"]);
        Assert.Equal(12_000m, (decimal)export["record"]!["contract"]!["value"]!["amount"]!);
        var found = Assert.Single(export["cases"]!.AsArray())!;
        Assert.Equal((play.CaseId, "abuses-team"), ((string?)found["caseId"], (string?)found["reasons"]![0]));
        Assert.Equal(["evidence", "warning", "concerns", "message"], found["entries"]!.AsArray().Select(e => (string?)e!["kind"]));
        var text = await (await host.Client.PostAsync(new Uri("/api/v1/subjects/export?format=markdown", UriKind.Relative), new StringContent(body, System.Text.Encoding.UTF8, "application/json"), Token)).Content.ReadAsStringAsync(Token);
        Assert.All([export["record"]!.ToJsonString() + found.ToJsonString(), text], (string all) =>
        {
            Assert.Contains("Nos ven lentos", all, StringComparison.Ordinal);
            Assert.All(["marta", "\"ana\"", "No queda otra", "Otra persona", "Bea"], (string word) => Assert.DoesNotContain(word, all, StringComparison.Ordinal));
        });
    }

    private static (int Opened, int Dismissed, int Kept, int Undone, bool) Counts(Core.Cases.Reports.DismissalReport r) => (r.Opened, r.Dismissed, r.Kept, r.Undone, r.MayLieDeeper);

    private static async Task KeepAsync(CaseDesk desk, string customer, string name)
    {
        Assert.Null((await desk.ChangeCustomerAsync(customer, [new AddCustomer(name, new DateOnly(2025, 1, 1))], Ana, cancellationToken: Token)).Refusal);
        var opened = await desk.OpenAsync(new OpenDismissal(customer, "Insultos"), Ana, Token);
        Assert.Null((await desk.ChangeAsync(opened.File!.Case.Id, new KeepCustomer("Se disculparon"), Ana, Token)).Refusal);
    }

    private static async Task<JsonNode> EraseAsync(RunningHost host)
    {
        var (status, receipt) = await host.PostAsync("/api/v1/subjects/erase", new JsonObject { ["customerId"] = TheCase.CustomerId }.ToJsonString());
        Assert.True(status == HttpStatusCode.OK, $"{status}: {receipt}");
        return receipt!;
    }

    private static async Task<string[]> WrappedAsync(RunningHost host)
    {
        var owner = (await host.Services.GetRequiredService<CaseLog>().OwnerOfAsync(TheCase.CustomerId, Token)).Id;
        await using var db = await host.Services.GetRequiredService<IDbContextFactory<CoachDbContext>>().CreateDbContextAsync(Token);
        return await db.RecordKeys.AsNoTracking().Where(k => k.Owner == owner).Select(k => k.Wrapped).ToArrayAsync(Token);
    }

    private async Task<RunningHost> StartAsync(StorageProvider provider, params string[] settings) => await RunningHost.StartAsync(
        _data.Path,
        new FakeTimeProvider(new DateTimeOffset(2026, 9, 2, 9, 0, 0, TimeSpan.Zero)),
        provider == StorageProvider.Sqlite ? settings : [.. settings, "--Storage:Provider=Postgres", $"--ConnectionStrings:Coach={await postgres.NewDatabaseAsync()}"]);
}
