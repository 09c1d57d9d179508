using System.Text.Json;
using System.Text.Json.Nodes;
using DeEscalationBot.Host.Channels.BotFramework.Activities;

namespace DeEscalationBot.Host.Tests.Channels.BotFramework.Activities;

/// <summary>Shapes by the Activity specification (A2005: unknown fields are accepted) and by the objects that Microsoft's own clients send.</summary>
public class ActivityJsonTests
{
    /// <summary>One of each kind of activity and payload, with fields that nobody here knows at every depth.</summary>
    public static TheoryData<string> Samples { get; } =
    [
        """
        {"type":"message","id":"1","timestamp":"2026-03-01T14:30:00.123Z","localTimestamp":"2026-03-01T15:30:00.123+01:00","localTimezone":"Europe/Madrid",
         "serviceUrl":"https://smba.trafficmanager.net/teams/","channelId":"msteams","from":{"id":"29:a","name":"Ana","aadObjectId":"o","role":"user","userPrincipalName":"a@b.c"},
         "conversation":{"id":"a:1","conversationType":"personal","tenantId":"t","isGroup":false,"x":{"y":[1]}},"recipient":{"id":"28:b","name":"Coach"},
         "textFormat":"plain","text":"¿Dónde está \"mi\" pedido? <b> 😀","locale":"es-ES","entities":[{"type":"mention","text":"<at>Coach</at>","mentioned":{"id":"28:b","name":"Coach"}},
         {"type":"clientInfo","locale":"es-ES","country":"ES","platform":"Web"}],"channelData":{"tenant":{"id":"t"},"teamsChannelId":"19:x"},
         "attachments":[{"contentType":"text/html","content":"<p>x</p>"},{"contentType":"application/vnd.microsoft.card.adaptive","content":{"type":"AdaptiveCard","body":[],"n":1.50}}],
         "suggestedActions":{"to":["29:a"],"actions":[{"type":"imBack","title":"Sí","value":"sí"}]},"listenFor":["a"],"textHighlights":[{"text":"a","occurrence":1}],
         "semanticAction":{"state":"start","id":"s"},"importance":"high","deliveryMode":"expectReplies","futureField":{"deep":[null,true,12345678901234567890]}}
        """,
        """{"type":"conversationUpdate","membersAdded":[{"id":"28:b"}],"membersRemoved":[],"topicName":"t","historyDisclosed":true,"channelData":{"eventType":"teamMemberAdded"}}""",
        """{"type":"messageReaction","replyToId":"9","reactionsAdded":[{"type":"like","new":1}],"reactionsRemoved":[{"type":"sad"}]}""",
        """{"type":"installationUpdate","action":"add-upgrade"}""",
        """{"type":"endOfConversation","code":"completedSuccessfully","expiration":"2026-03-01T14:30:00+00:00"}""",
        """{"type":"event","name":"n","value":[1,"2",{"three":3}],"relatesTo":{"activityId":"1","bot":{"id":"b"},"conversation":{"id":"c"},"channelId":"x","serviceUrl":"u","more":0}}""",
        """{"type":"invoke","name":"adaptiveCard/action","value":{"action":{"type":"Action.Execute","verb":"v","data":{"a":1}},"trigger":"manual"}}""",
        """{"type":"trace","label":"l","valueType":"https://x","value":"v","callerId":"c","speak":"s","inputHint":"ignoringInput","summary":"s","attachmentLayout":"list"}""",
        """{"type":"somethingNew"}""",
    ];

    [Theory]
    [MemberData(nameof(Samples))]
    public void Activity_ReadAndWrittenAgain_LosesNothing(string json) => AssertRoundTrip<Activity>(json);

    [Fact]
    public void InvokePayloads_ReadAndWrittenAgain_LoseNothing()
    {
        AssertRoundTrip<CardActionValue>("""{"action":{"type":"Action.Execute","id":"i","verb":"v","data":{"x":[1]},"extra":1},"trigger":"automatic","authentication":{"id":"1"}}""");
        AssertRoundTrip<TaskValue>(
            """
            {"commandId":"coach","commandContext":"message","requestId":"r","context":{"theme":"dark","locale":"es"},"data":{"draft":"d"},"botMessagePreviewAction":"edit",
             "botActivityPreview":[{"type":"message","attachments":[]}],"state":"s","messagePayload":{"id":"1","replyToId":null,"createdDateTime":"2026-03-01T14:30:00Z","deleted":false,
             "subject":"s","locale":"es-es","linkToMessage":"https://teams/l","body":{"contentType":"html","content":"<p>hola</p>"},"from":{"user":{"userIdentityType":"aadUser","id":"o","displayName":"Ana"},
             "conversation":{"id":"c"}},"attachments":[{"id":"a"}],"mentions":[{"id":0}],"reactions":[{"reactionType":"like"}],"importance":"normal"}}
            """,
            dropsNulls: true);
        AssertRoundTrip<FeedbackValue>("""{"actionName":"feedback","actionValue":{"reaction":"like","feedback":"{\"feedbackText\":\"bien\"}","z":0}}""");
        AssertRoundTrip<TeamsChannelData>("""{"tenant":{"id":"t"},"team":{"id":"x","name":"n","aadGroupId":"g","z":1},"channel":{"id":"c","name":"n","type":"standard"},"eventType":"e","notification":{"alert":true},"feedbackLoopEnabled":true,"settings":{}}""");
        AssertRoundTrip<ConversationParameters>("""{"isGroup":false,"bot":{"id":"28:b"},"members":[{"id":"29:a"}],"topicName":"t","tenantId":"t","activity":{"type":"message"},"channelData":{"tenant":{"id":"t"}},"z":1}""");
        AssertRoundTrip<MemberPage>("""{"members":[{"id":"29:a","email":"a@b.c"}],"continuationToken":"n"}""");
        AssertRoundTrip<ErrorEnvelope>("""{"error":{"code":"c","message":"m","innerHttpError":{"statusCode":403}}}""");
    }

    [Fact]
    public void Read_NamesInOtherCase_AreUnknownFields()
    {
        // A2005 and JSON itself: names are compared exactly.
        var activity = JsonSerializer.Deserialize<Activity>("""{"Type":"message","TEXT":"x"}""", ActivityJson.Options)!;

        Assert.Null(activity.Type);
        Assert.Null(activity.Text);
        Assert.Equal(["Type", "TEXT"], activity.Unknown!.Keys);
    }

    [Theory]
    [InlineData("""{"type":5}""")]
    [InlineData("""{"type":"message","from":"Ana"}""")]
    [InlineData("""{"type":"message","timestamp":"yesterday"}""")]
    [InlineData("""{"type":"message","membersAdded":{"id":"x"}}""")]
    [InlineData("[]")]
    public void Read_FieldsOfAnotherShape_IsRefused(string json) => Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Activity>(json, ActivityJson.Options));

    [Theory]
    [InlineData("""{"action":"x"}""")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"text\"")]
    public void TryRead_ValueOfAnotherShape_IsNothing(string json) =>
        Assert.Null(ActivityJson.TryRead<CardActionValue>(JsonSerializer.Deserialize<JsonElement>(json)));

    [Fact]
    public void Write_InstantOfTheChannel_EndsInZ()
    {
        // 15:30 at +01:00 is 14:30 UTC; channels write UTC with Z, and the sender's own time with its offset.
        var at = new DateTimeOffset(2026, 3, 1, 15, 30, 0, TimeSpan.FromHours(1));

        Assert.Equal("""{"timestamp":"2026-03-01T14:30:00Z","localTimestamp":"2026-03-01T15:30:00+01:00"}""", JsonSerializer.Serialize(new Activity { Timestamp = at, LocalTimestamp = at }, ActivityJson.Options));
    }

    [Fact]
    public void Reply_ToAMessage_GoesBackToItsSender()
    {
        var message = JsonSerializer.Deserialize<Activity>(Samples.First(), ActivityJson.Options)!;

        var reply = message.Reply("hola", Attachment.OfCard(ActivityJson.ToElement(new { type = "AdaptiveCard" })));

        // A2031 and A2041: neither id nor timestamp; A2080, A2061, A2090: conversation, sender and what it answers.
        Assert.Equal((null, null, "1", "28:b", "29:a", "a:1"), (reply.Id, reply.Timestamp, reply.ReplyToId, reply.From?.Id, reply.Recipient?.Id, reply.Conversation?.Id));
        Assert.Equal("AdaptiveCard", reply.Attachments!.Single()!.Content!.Value.GetProperty("type").GetString());
    }

    [Theory]
    [InlineData("directline", null)]
    [InlineData("webchat", null)]
    [InlineData("msteams", "7")]
    public void Reference_OfAConversationUpdate_HasAnIdOnlyWhereItCanBeAnswered(string channel, string? id) =>
        Assert.Equal(id, new Activity { Type = "conversationUpdate", Id = "7", ChannelId = channel }.Reference.ActivityId);

    [Fact]
    public void Reference_OfADirectLineMessage_HasItsId() =>
        Assert.Equal("7", new Activity { Type = "message", Id = "7", ChannelId = "webchat" }.Reference.ActivityId);

    private static void AssertRoundTrip<T>(string json, bool dropsNulls = false)
    {
        var written = JsonSerializer.Serialize(JsonSerializer.Deserialize<T>(json, ActivityJson.Options), ActivityJson.Options);
        var expected = JsonNode.Parse(dropsNulls ? json.Replace("\"replyToId\":null,", "", StringComparison.Ordinal) : json);

        Assert.True(JsonNode.DeepEquals(Normal(expected), Normal(JsonNode.Parse(written))), written);
    }

    // "+00:00" and "Z" are the same instant.
    private static JsonNode? Normal(JsonNode? node) => JsonNode.Parse(node!.ToJsonString().Replace("\\u002B00:00", "Z", StringComparison.Ordinal));
}
