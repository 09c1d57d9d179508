using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Conversations;
using DeEscalationBot.Host.Conversations.Storage;
using DeEscalationBot.Host.Tests.Fixtures;

namespace DeEscalationBot.Host.Tests.Conversations.Storage;

public class EventFormatTests
{
    private static readonly ConversationId Id = ConversationId.Create("c/1");

    // As the first version wrote them. Never change these: databases are full of them.
    public static TheoryData<string, string> FirstVersion { get; } = new()
    {
        { "alertAcknowledged", """{"alertId":"alr_1","by":"luis","at":"2026-03-01T14:33:00.125+00:00"}""" },
        { "alertResolved", """{"alertId":"alr_1","by":"luis","note":null,"at":"2026-03-01T14:34:00.125+00:00"}""" },
        { "handoverRequested", """{"by":"ana","at":"2026-03-01T14:32:00.125+00:00"}""" },
        { "reviewProposed", """{"turnIndex":0,"reason":"T8: nadie","at":"2026-03-01T14:30:00.125+00:00"}""" },
        { "stepsCompleted", """{"turnIndex":1,"steps":["calm","followUp"],"at":"2026-03-01T14:31:00.125+00:00"}""" },
        { "alertJoined", """{"turnIndex":0,"alertId":"alr_1","decision":{"trigger":"T9","urgency":"supervisor","reason":"T9"},"at":"2026-03-01T14:30:00.125+00:00"}""" },
        { "alertRaised", """{"turnIndex":0,"alert":{"id":"alr_1","trigger":"T10","urgency":"supervisor","state":"raised","reason":"T10","raisedAt":"2026-03-01T14:30:00.125+00:00","joinedTriggers":[],"acknowledgedBy":null,"resolution":null},"at":"2026-03-01T14:30:00.125+00:00"}""" },
        { "suggestionMade", """{"turnIndex":0,"suggestion":{"technique":"A1","title":"t","text":"x","openers":["o"],"why":"w"},"at":"2026-03-01T14:30:00.125+00:00"}""" },
        { "turnTaken", """{"turn":{"index":0,"messageId":"m1","speaker":"customer","text":"Nadie","at":"2026-03-01T11:30:00.125-03:00","language":"es","score":{"language":"es","frustration":0.75,"level":"frustrated","signals":[{"type":"unheard","confidence":0.9,"evidence":[{"start":0,"length":3,"text":"Nad"}]}],"origin":"model"},"tension":0.625,"trend":"rising","findings":[],"stepsDone":[],"earlySigns":[{"kind":"coldness","turns":[0]}],"authorId":null},"at":"2026-03-01T14:30:00.125+00:00"}""" },
    };

    [Fact]
    public void Samples_OfThisVersion_HoldEveryKindOfEvent()
    {
        var kinds = typeof(ConversationEvent).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(ConversationEvent)));

        Assert.Equal(kinds.Select(t => t.Name).Order(), SampleEvents.OneOfEach.Select(e => e.GetType().Name).Distinct().Order());
    }

    [Fact]
    public void Read_WhatWasWritten_GivesTheSameStateAndTheSameBytes()
    {
        var rows = SampleEvents.OneOfEach.Select((e, i) => EventFormat.Write(Id, i + 1, e)).ToArray();

        var read = rows.Select(EventFormat.Read).ToArray();

        // Lists inside records compare by reference, so what is compared is what they are written as.
        Assert.Equal(rows.Select(r => r.Payload), read.Select((e, i) => EventFormat.Write(Id, i + 1, e).Payload));
        var state = Conversation.Start(Id).Apply(read);
        Assert.Equal(SampleEvents.OneOfEach.Count, state.Sequence);
        Assert.Equal(((TurnTaken)SampleEvents.OneOfEach[0]).Turn.Text, state.Turns[0].Text);
        Assert.Equal(TimeSpan.FromHours(-3), state.Turns[0].At.Offset);
    }

    [Fact]
    public void FirstVersion_HoldsEveryTypeName() =>
        Assert.Equal(EventFormat.TypeNames.Order(StringComparer.Ordinal), FirstVersion.Select(r => r.Data.Item1).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(FirstVersion))]
    public void Read_FirstVersion_IsWrittenTheSameAgain(string type, string payload)
    {
        var e = EventFormat.Read(Row(type, payload));

        Assert.Equal(payload, EventFormat.Write(Id, 1, e).Payload.Replace("\\u002B", "+", StringComparison.Ordinal));
    }

    [Fact]
    public void Read_FieldOfALaterVersion_IsIgnored()
    {
        var e = EventFormat.Read(Row("handoverRequested", """{"by":"ana","at":"2026-03-01T14:32:00Z","mood":{"of":"later"}}"""));

        Assert.Equal("ana", Assert.IsType<HandoverRequested>(e).By);
    }

    [Theory]
    [InlineData("handoverRequested", """{"by":"ana"}""")]
    [InlineData("handoverRequested", """{"by":null,"at":"2026-03-01T14:32:00Z"}""")]
    [InlineData("handoverRequested", "")]
    [InlineData("handoverRequested", "null")]
    [InlineData("handoverRequested", "{\"by\":\"secret words")]
    [InlineData("turnTaken", """{"turn":{"index":"first"},"at":"2026-03-01T14:32:00Z"}""")]
    [InlineData("somethingOfALaterVersion", "{}")]
    public void Read_Damaged_NamesConversationAndEventAndKeepsTheWordsOut(string type, string payload)
    {
        var error = Assert.Throws<ConversationRecordDamagedException>(() => EventFormat.Read(Row(type, payload)));

        Assert.Contains("'c/1'", error.Message, StringComparison.Ordinal);
        Assert.Contains("event 7", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
    }

    private static ConversationEventRow Row(string type, string payload) =>
        new() { ConversationId = "c/1", Sequence = 7, At = SampleEvents.At, Type = type, Payload = payload };
}
