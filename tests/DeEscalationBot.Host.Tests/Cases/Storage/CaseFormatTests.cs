using System.Text.Json.Nodes;
using DeEscalationBot.Core.Cases;
using DeEscalationBot.Core.Cases.Customers;
using DeEscalationBot.Core.Cases.Departure;
using DeEscalationBot.Core.Cases.Dismissal;
using DeEscalationBot.Host.Cases.Storage;
using DeEscalationBot.Host.Tests.Fixtures;

namespace DeEscalationBot.Host.Tests.Cases.Storage;

public class CaseFormatTests
{
    private static readonly CaseEvent[] All = [.. SampleCases.Customer, .. SampleCases.Dismissal, .. SampleCases.Departure];

    // As the first version wrote them. Never change these: databases are full of them.
    public static TheoryData<string, string> FirstVersion { get; } = new()
    {

    };

    [Fact]
    public void Samples_OfThisVersion_HoldEveryKindOfEvent()
    {
        var kinds = typeof(CaseEvent).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(CaseEvent)) && !t.IsAbstract);

        Assert.Equal(kinds.Select(t => t.Name).Order(), All.Select(e => e.GetType().Name).Distinct().Order());
    }

    [Fact]
    public void Read_WhatWasWritten_GivesTheSameStateAndTheSameBytes()
    {
        var rows = All.Select((e, i) => CaseFormat.Write(CaseKind.Dismissal, "x", SampleCases.CustomerId, i + 1, e)).ToArray();

        var read = rows.Select(CaseFormat.Read).ToArray();

        // Lists inside records compare by reference, so what is compared is what they are written as.
        Assert.Equal(rows.Select(r => r.Payload), read.Select((e, i) => CaseFormat.Write(CaseKind.Dismissal, "x", SampleCases.CustomerId, i + 1, e).Payload));
        Assert.Equal(rows.Select(r => r.By), read.Select(e => e.By));
        Assert.Equal(SampleCases.Customer.Count, CustomerRecord.Start("c").Apply(read.OfType<CustomerEvent>()).Sequence);
        Assert.Equal(SampleCases.Dismissal.Count, DismissalCase.Start("d").Apply(read.OfType<DismissalEvent>()).Sequence);
        Assert.Equal(SampleCases.Departure.Count, DepartureCase.Start("e").Apply(read.OfType<DepartureEvent>()).Sequence);
    }

    [Fact]
    public void FirstVersion_HoldsEveryTypeName() =>
        Assert.Equal(CaseFormat.TypeNames.Order(StringComparer.Ordinal), FirstVersion.Select(r => r.Data.Item1).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(FirstVersion))]
    public void Read_FirstVersion_KeepsEverythingThatItHeld(string type, string payload)
    {
        var e = CaseFormat.Read(Row(type, payload));

        // A later version may add; what the first one wrote comes back as it was.
        var written = JsonNode.Parse(CaseFormat.Write(CaseKind.Dismissal, "x", "c", 1, e).Payload);
        Assert.Equal(JsonNode.Parse(payload)!.ToJsonString(), EventPayloads.OnlyWhatIsIn(JsonNode.Parse(payload)!, written)!.ToJsonString());
    }

    [Theory]
    [InlineData("commentGiven", """{"by":"ana","at":"2026-03-01T14:32:00Z"}""")]
    [InlineData("commentGiven", """{"text":null,"by":"ana","at":"2026-03-01T14:32:00Z"}""")]
    [InlineData("commentGiven", "")]
    [InlineData("commentGiven", "null")]
    [InlineData("commentGiven", "{\"text\":\"secret words")]
    [InlineData("revenueRecorded", """{"entry":{"id":"r","on":"2026-02-03","amount":{"amount":1,"currency":"secret"}},"at":"2026-03-01T14:32:00Z","by":"ana"}""")]
    [InlineData("somethingOfALaterVersion", "{}")]
    public void Read_Damaged_NamesTheCaseAndTheEventAndKeepsTheWordsOut(string type, string payload)
    {
        var error = Assert.Throws<CaseRecordDamagedException>(() => CaseFormat.Read(Row(type, payload)));

        Assert.Contains("'dis-1'", error.Message, StringComparison.Ordinal);
        Assert.Contains("event 7", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
    }

    private static CaseEventRow Row(string type, string payload) =>
        new() { Kind = CaseKind.Dismissal, StreamId = "dis-1", CustomerId = "c", Sequence = 7, At = SampleCases.At, By = "ana", Type = type, Payload = payload };
}
