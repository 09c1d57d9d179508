using System.Text.Json;
using DeEscalationBot.Core.Cases.Customers;
using DeEscalationBot.Core.Cases.Departure;
using DeEscalationBot.Core.Cases.Dismissal;
using DeEscalationBot.Host.Cases.Storage;
using DeEscalationBot.Host.Conversations.Storage;
using DeEscalationBot.Host.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;

namespace DeEscalationBot.Host.Tests.Cases.Storage;

public class CaseLogTests(PostgresCluster postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(StorageProvider.Sqlite)]
    [InlineData(StorageProvider.Postgres)]
    public async Task Load_WhatWasAppended_IsTheSameState(StorageProvider provider)
    {
        await using var database = await RecordDatabase.OpenAsync(provider, postgres);
        await SampleCases.FillAsync(database.Cases);

        var customer = CustomerRecord.Start(SampleCases.CustomerId).Apply(SampleCases.Customer);
        var dismissal = DismissalCase.Start("dis-1").Apply(SampleCases.Dismissal);
        var departure = DepartureCase.Start("dep-1").Apply(SampleCases.Departure);
        Assert.Equal(Read(customer), Read(await database.Cases.LoadCustomerAsync(SampleCases.CustomerId, Token)));
        Assert.Equal(Read(dismissal), Read(await database.Cases.LoadDismissalAsync("dis-1", Token)));
        Assert.Equal(Read(departure), Read(await database.Cases.LoadDepartureAsync("dep-1", Token)));
        Assert.Equal(Read(customer), Read(Assert.Single(await database.Cases.LoadCustomersAsync([SampleCases.CustomerId, "nobody"], Token))));
        Assert.Equal(0, (await database.Cases.LoadDismissalAsync("dis-2", Token)).Sequence);
    }

    [Theory]
    [InlineData(StorageProvider.Sqlite)]
    [InlineData(StorageProvider.Postgres)]
    public async Task TryAppend_SomebodyWasFirst_WritesNothing(StorageProvider provider)
    {
        await using var database = await RecordDatabase.OpenAsync(provider, postgres);
        var (before, added) = await AddAsync(database.Cases, "acme");
        var contact = new ContactRecorded(SampleCases.At, "ana", new ContactEntry("c1", new DateOnly(2026, 2, 4), TimeSpan.FromMinutes(5)));

        // The same place in the customer's record, the record as it was before, and the first place of a customer that is there.
        Assert.True(await database.Cases.TryAppendAsync(added, [new CaseAppend([contact], Row(CaseKind.Customer, "acme", "acme", 2))]));
        Assert.False(await database.Cases.TryAppendAsync(added, [new CaseAppend([contact], Row(CaseKind.Customer, "acme", "acme", 2))]));
        Assert.False(await database.Cases.TryAppendAsync(added, [new CaseAppend([Opened("dis-1")], Row(CaseKind.Dismissal, "dis-1", "acme", 1))]));
        Assert.False(await database.Cases.TryAppendAsync(before, [new CaseAppend([contact], Row(CaseKind.Customer, "acme", "acme", 1))]));

        Assert.Equal(2, (await database.Cases.LoadCustomerAsync("acme", Token)).Sequence);
        Assert.Null(await database.Cases.FindAsync(CaseKind.Dismissal, "dis-1", Token));
    }

    [Theory]
    [InlineData(StorageProvider.Sqlite)]
    [InlineData(StorageProvider.Postgres)]
    public async Task TryAppend_SecondOpenCaseOfAKind_IsRefusedByTheDatabase(StorageProvider provider)
    {
        await using var database = await RecordDatabase.OpenAsync(provider, postgres);
        var (_, customer) = await AddAsync(database.Cases, "acme");

        Assert.True(await database.Cases.TryAppendAsync(customer, [new CaseAppend([Opened("dis-1")], Row(CaseKind.Dismissal, "dis-1", "acme", 1))]));
        Assert.False(await database.Cases.TryAppendAsync(customer, [new CaseAppend([Opened("dis-2")], Row(CaseKind.Dismissal, "dis-2", "acme", 1))]));
        Assert.True(await database.Cases.TryAppendAsync(
            customer, [new CaseAppend([new DepartureOpened(SampleCases.At, "ana", "acme", "Cancelar", null)], Row(CaseKind.Departure, "dep-1", "acme", 1))]));
        Assert.Equal(["dep-1", "dis-1"], (await database.Cases.ListAsync(new CaseListQuery([CaseKind.Dismissal, CaseKind.Departure], CaseSight.Everything), Token)).Select(r => r.CaseId));
    }

    [Fact]
    public async Task List_SeesWhatTheTeamsSee()
    {
        await using var database = await RecordDatabase.OpenAsync(StorageProvider.Sqlite, postgres);
        await AddAsync(database.Cases, "acme");
        await AddAsync(database.Cases, "beta", "red");

        async Task<string[]> Of(CaseSight sight, string? after = null) => [.. (await database.Cases.ListAsync(new CaseListQuery([CaseKind.Customer], sight, After: after), Token)).Select(r => r.CaseId)];
        Assert.Equal(["acme", "beta"], await Of(CaseSight.Everything));
        Assert.Equal(["beta"], await Of(CaseSight.Everything, after: "acme"));
        Assert.Equal(["beta"], await Of(new CaseSight(false, ["red", "green"])));
        Assert.Empty(await Of(CaseSight.Nothing));
    }

    // What was written before encryption, or without it, is read either way; what is added is sealed, to its place.
    [Theory]
    [InlineData(StorageProvider.Sqlite)]
    [InlineData(StorageProvider.Postgres)]
    public async Task Read_PlainOfBeforeAndSealedOfNow_IsOneRecord(StorageProvider provider)
    {
        await using var database = await RecordDatabase.OpenAsync(provider, postgres, encrypt: false);
        var (_, customer) = await AddAsync(database.Cases, "acme");
        Assert.Contains("\"Acme\"", await RecordText.OfAsync(database), StringComparison.Ordinal);

        await database.ReopenAsync();
        CustomerEvent[] claims = [.. Enumerable.Range(1, 2).Select(i => new GoodwillClaimed(SampleCases.At, "ana", new Core.Cases.Customers.GoodwillClaim($"g{i}", new DateOnly(2026, 2, 4), new Core.Cases.Money(i, "EUR"), true, "Zurriagazo")))];
        Assert.True(await database.Cases.TryAppendAsync(customer, [new CaseAppend(claims, Row(CaseKind.Customer, "acme", "acme", 3))]));

        Assert.DoesNotContain("Zurriagazo", await RecordText.OfAsync(database), StringComparison.Ordinal);
        await database.ReopenAsync(encrypt: false);
        var record = await database.Cases.LoadCustomerAsync("acme", Token);
        Assert.Equal(("Acme", 2, "Zurriagazo"), (record.Name, record.Claims.Count, record.Claims[1].Why));

        // One that stands in the place of another does not open.
        await database.ChangeAsync(async db =>
        {
            var payload = await db.CaseEvents.Where(r => r.StreamId == "acme" && r.Sequence == 2).Select(r => r.Payload).SingleAsync(Token);
            await db.CaseEvents.Where(r => r.StreamId == "acme" && r.Sequence == 3).ExecuteUpdateAsync(set => set.SetProperty(r => r.Payload, payload), Token);
        });
        Assert.Contains("event 3", (await Assert.ThrowsAsync<CaseRecordDamagedException>(() => database.Cases.LoadCustomerAsync("acme", Token))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_DamagedRecord_SaysWhereAndLeavesTheOthersAlone()
    {
        await using var database = await RecordDatabase.OpenAsync(StorageProvider.Sqlite, postgres);
        await SampleCases.FillAsync(database.Cases);
        await AddAsync(database.Cases, "acme");
        await database.ChangeAsync(db => db.CaseEvents.Where(r => r.Kind == CaseKind.Dismissal && r.Sequence == 3).ExecuteDeleteAsync(Token));
        await database.ChangeAsync(db => db.CaseEvents.Where(r => r.Kind == CaseKind.Departure && r.Sequence == 9).ExecuteUpdateAsync(
            set => set.SetProperty(r => r.Payload, """{"itemId":"of another","how":"x","at":"2026-03-01T14:30:00.125+00:00","by":"ana"}"""), Token));

        Assert.Contains("event 3", (await Assert.ThrowsAsync<CaseRecordDamagedException>(() => database.Cases.LoadDismissalAsync("dis-1", Token))).Message, StringComparison.Ordinal);
        Assert.Contains("event 9", (await Assert.ThrowsAsync<CaseRecordDamagedException>(() => database.Cases.LoadDepartureAsync("dep-1", Token))).Message, StringComparison.Ordinal);
        Assert.Equal("Acme", (await database.Cases.LoadCustomerAsync("acme", Token)).Name);
    }

    // Records with lists are equal only by reference; what can be read of them is compared.
    private static string Read<T>(T state) => JsonSerializer.Serialize(state);

    private static async Task<(CustomerRecord Before, CustomerRecord After)> AddAsync(CaseLog log, string id, string team = "blue")
    {
        var before = CustomerRecord.Start(id);
        CustomerEvent added = new CustomerAdded(SampleCases.At, "ana", "Acme", new DateOnly(2026, 2, 3));
        Assert.True(await log.TryAppendAsync(before, [new CaseAppend([added], Row(CaseKind.Customer, id, id, 1, team))]));
        return (before, before.Apply(added));
    }

    private static DismissalOpened Opened(string why) => new(SampleCases.At, "ana", "acme", why);

    private static CaseIndexRow Row(CaseKind kind, string id, string customer, long sequence, string team = "blue") => SampleCases.Row(kind, id, customer, sequence, isOpen: true, team);
}
