using DeEscalationBot.Core.Cases;
using DeEscalationBot.Core.Cases.Customers;
using DeEscalationBot.Core.Cases.Departure;
using DeEscalationBot.Host.Cases;
using DeEscalationBot.Host.Conversations.Storage;
using DeEscalationBot.Host.Tests.Fixtures;
using Microsoft.Extensions.Time.Testing;

namespace DeEscalationBot.Host.Tests.Cases;

public class ExitConversationsTests(PostgresCluster postgres)
{
    [Fact]
    public async Task Found_UntilTheTalkIsOver()
    {
        await using var database = await RecordDatabase.OpenAsync(StorageProvider.Sqlite, postgres);
        var token = TestContext.Current.CancellationToken;
        var desk = TheCase.DeskOn(database, new FakeTimeProvider(TheCase.Now));
        var talks = new ExitConversations(desk);
        var ana = new CaseActor("ana", CaseRole.Supervisor);
        await desk.ChangeCustomerAsync("acme", [new AddCustomer("Acme", new DateOnly(2024, 1, 15))], ana, cancellationToken: token);
        Assert.Null(await talks.FindAsync("acme", token));

        var id = (await desk.OpenAsync(new OpenDeparture("acme", "We leave"), ana, token)).File!.Case.Id;
        Assert.Equal(id, await talks.FindAsync("acme", token));
        Assert.Null(await talks.FindAsync("somebody", token));

        foreach (var command in new DepartureCommand[]
        {
            new EvaluateRelation(new RelationEvaluation(RelationAnswer.Yes, RelationAnswer.Unknown, RelationAnswer.Yes, RelationAnswer.Partly, "Two years")),
            new MoveDepartureOn(),
            new HoldExitTalk(ExitTalk.Declined, [], "They did not want to"),
            new MoveDepartureOn(),
        })
        {
            Assert.Null((await desk.ChangeAsync(id, command, ana, token)).Refusal);
        }

        Assert.Null(await talks.FindAsync("acme", token));
    }
}
