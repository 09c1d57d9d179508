using System.Text.Json;
using DeEscalationBot.Core.Cases;
using DeEscalationBot.Core.Cases.Customers;

namespace DeEscalationBot.Core.Tests.Cases;

/// <summary>A customer as the tests of the cases know them, and the people who deal with them.</summary>
internal static class TheRecord
{
    public const string CustomerId = "acme";

    public static readonly DateTimeOffset Now = new(2026, 6, 1, 9, 0, 0, TimeSpan.Zero);
    public static readonly DateOnly Today = new(2026, 6, 1);
    public static readonly CaseActor Agent = new("luis", CaseRole.Agent);
    public static readonly CaseActor Supervisor = new("ana", CaseRole.Supervisor);
    public static readonly CaseActor Manager = new("marta", CaseRole.Manager);
    public static readonly CaseActor OtherManager = new("iker", CaseRole.Manager);
    public static readonly CaseActor Reader = new("nora", CaseRole.Manager);
    public static readonly CaseActor Executive = new("vera", CaseRole.Executive);

    private static readonly JsonSerializerOptions Log = new() { IgnoreReadOnlyProperties = true, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true };

    public static Money Euros(decimal amount) => new(amount, "EUR");

    /// <summary>A customer since 2024 with a contract of 12,000 euros a year, 10 hours of contact and 9,000 euros paid.</summary>
    public static CustomerRecord Customer(params CustomerCommand[] more) => Play(
        CustomerRecord.Start(CustomerId),
        [
            new AddCustomer("Acme", new DateOnly(2024, 1, 15)),
            new AgreeContract(new ContractTerms(new DateOnly(2024, 2, 1), null, Euros(12_000), TimeSpan.FromDays(60))),
            new RecordRevenue(new RevenueEntry("r1", new DateOnly(2026, 1, 10), Euros(9_000))),
            new RecordContact(new ContactEntry("c1", new DateOnly(2026, 2, 10), TimeSpan.FromHours(10))),
            .. more,
        ]);

    /// <summary>What is left of a customer who was erased.</summary>
    public static CustomerRecord Erased(CustomerRecord record) => record.Apply(new CustomerErased(Now, "erasure"));

    public static CustomerRecord Play(CustomerRecord record, IEnumerable<CustomerCommand> commands) => commands.Aggregate(record, (state, command) =>
    {
        var answer = CustomerRules.Decide(state, command, Supervisor, Now);
        Assert.Null(answer.Refusal);
        return state.Apply(answer.Events);
    });

    /// <summary>Two states are the same when everything that can be read of them is: records with lists are equal only by reference.</summary>
    public static string Read<T>(T state) => JsonSerializer.Serialize(state);

    /// <summary>Events as a log that knows nothing of Core gives them back: only what can be set is written, and nothing may be missing.</summary>
    public static IEnumerable<TEvent> Stored<TEvent>(IEnumerable<TEvent> events)
        where TEvent : CaseEvent => events.Select(e => (TEvent)JsonSerializer.Deserialize(JsonSerializer.Serialize(e, e.GetType(), Log), e.GetType(), Log)!);
}
