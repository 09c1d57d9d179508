using System.Text.Json.Nodes;
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
        { "adviceSetAside", """{"advice":[{"rule":"promise","words":null},{"rule":"hostile-tone","words":"calle"}],"at":"2026-03-01T14:31:00.125+00:00"}""" },
        { "alertResolved", """{"alertId":"alr_1","by":"luis","note":null,"at":"2026-03-01T14:34:00.125+00:00"}""" },
        { "handoverRequested", """{"by":"ana","at":"2026-03-01T14:32:00.125+00:00"}""" },
        { "reviewProposed", """{"turnIndex":0,"reason":"T8: nadie","at":"2026-03-01T14:30:00.125+00:00"}""" },
        { "stepsCompleted", """{"turnIndex":1,"steps":["calm","followUp"],"at":"2026-03-01T14:31:00.125+00:00"}""" },
        { "alertReleased", """{"alertId":"alr_1","dueAt":"2026-03-01T14:32:00.125+00:00","at":"2026-03-01T14:30:00.125+00:00"}""" },
        { "alertWithdrawn", """{"alertId":"alr_1","at":"2026-03-01T14:30:00.125+00:00"}""" },
        { "alertWithheld", """{"turnIndex":0,"decision":{"trigger":"T9","urgency":"supervisor","reason":"T9"},"at":"2026-03-01T14:30:00.125+00:00"}""" },
        { "alertDelivered", """{"alertId":"alr_1","sink":"console","at":"2026-03-01T14:30:00.125+00:00"}""" },
        { "alertEscalated", """{"alertId":"alr_1","rung":1,"name":"shift","onDuty":["ana"],"repeats":0,"dueAt":"2026-03-01T14:34:00.125+00:00","at":"2026-03-01T14:32:00.125+00:00"}""" },
        { "alertTakenOver", """{"alertId":"alr_1","by":"luis","at":"2026-03-01T14:33:00.125+00:00"}""" },
        { "alertCoached", """{"alertId":"alr_1","by":"luis","text":"x","at":"2026-03-01T14:33:00.125+00:00"}""" },
        { "alertNoted", """{"alertId":"alr_1","by":"luis","text":"x","at":"2026-03-01T14:33:00.125+00:00"}""" },
        { "alertDismissed", """{"alertId":"alr_1","by":"luis","reason":"falseAlarm","note":null,"at":"2026-03-01T14:33:00.125+00:00"}""" },
        { "checklistEdited", """{"by":"ana","items":[{"id":"step-9-0","text":"x","isDone":true,"doneBy":"ana","doneAt":"2026-03-01T14:30:00.125+00:00"}],"at":"2026-03-01T14:32:00.125+00:00"}""" },
        { "checklistTicked", """{"by":"ana","itemId":"step-9-0","isDone":false,"at":"2026-03-01T14:32:00.125+00:00"}""" },
        { "followUpPlanned", """{"followUp":{"id":"followup-3","reason":"x","promisedFor":"2026-03-02T14:30:00.125+00:00","remindAt":"2026-03-02T13:30:00.125+00:00","by":"ana","plannedAt":"2026-03-01T14:32:00.125+00:00","state":"open","moves":0,"remindedAt":null,"missedAt":null,"closedBy":null,"closedAt":null},"at":"2026-03-01T14:32:00.125+00:00"}""" },
        { "followUpMoved", """{"by":"ana","followUpId":"followup-3","reason":"x","promisedFor":"2026-03-03T14:30:00.125+00:00","remindAt":"2026-03-03T13:30:00.125+00:00","at":"2026-03-01T14:32:00.125+00:00"}""" },
        { "followUpReminded", """{"followUpId":"followup-3","at":"2026-03-02T13:30:00.125+00:00"}""" },
        { "followUpMissed", """{"followUpId":"followup-3","at":"2026-03-02T14:30:00.125+00:00"}""" },
        { "followUpRewound", """{"followUpId":"followup-3","at":"2026-03-02T12:30:00.125+00:00"}""" },
        { "followUpClosed", """{"by":"ana","followUpId":"followup-3","state":"done","at":"2026-03-02T14:30:00.125+00:00"}""" },
        { "goodwillGiven", """{"gesture":{"id":"goodwill-3","requestId":"click-1","amount":12.5,"currency":"EUR","reason":"x","by":"ana","at":"2026-03-01T14:32:00.125+00:00","month":"2026-03","tensionBefore":0.5,"answeredByTurn":null,"tensionAfter":null,"takenBackAt":null},"at":"2026-03-01T14:32:00.125+00:00"}""" },
        { "goodwillTakenBack", """{"gestureId":"goodwill-3","by":"ana","at":"2026-03-01T14:33:00.125+00:00"}""" },
        { "alertJoined", """{"turnIndex":0,"alertId":"alr_1","decision":{"trigger":"T9","urgency":"supervisor","reason":"T9"},"at":"2026-03-01T14:30:00.125+00:00"}""" },
        { "alertRaised", """{"turnIndex":0,"alert":{"id":"alr_1","trigger":"T10","urgency":"supervisor","state":"raised","reason":"T10","raisedAt":"2026-03-01T14:30:00.125+00:00","joinedTriggers":[],"acknowledgedBy":null,"resolution":null},"at":"2026-03-01T14:30:00.125+00:00"}""" },
        { "secondOpinionGiven", """{"turnIndex":0,"opinion":{"source":"Azure AI Language","use":"beside","reading":{"sentiment":"negative","shares":{"positive":0.01,"neutral":0.04,"negative":0.95},"sharpestNegative":0.97,"opinions":[{"words":{"start":1,"length":5,"text":"Nadie"},"about":null,"sentiment":"negative"}],"language":"es","modelVersion":"2022-11-01"},"failure":null,"uncounted":{"frustration":0.7,"level":"frustrated"}},"at":"2026-03-01T14:30:01.125+00:00"}""" },
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
    public void Read_FirstVersion_KeepsEverythingThatItHeld(string type, string payload)
    {
        var e = EventFormat.Read(Row(type, payload));

        // A later version may add; what the first one wrote comes back as it was.
        var written = JsonNode.Parse(EventFormat.Write(Id, 1, e).Payload);
        Assert.Equal(JsonNode.Parse(payload)!.ToJsonString(), EventPayloads.OnlyWhatIsIn(JsonNode.Parse(payload)!, written)!.ToJsonString());
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
