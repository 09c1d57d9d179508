using System.Text.Json;
using DeEscalationBot.Core.Escalation;
using DeEscalationBot.Host.Channels.BotFramework.Activities;
using DeEscalationBot.Host.Channels.BotFramework.Cards;

namespace DeEscalationBot.Host.Tests.Channels.BotFramework.Cards;

public class CardCommandTests
{
    [Fact]
    public void Submit_BringsVerbIdsAndWhatWasTyped()
    {
        var command = Submit("""{"verb":"alert.whisper","alert":"a-1","words":" Ofrezca el reembolso "}""");
        Assert.Equal((CardVerbs.Whisper, "a-1", " Ofrezca el reembolso ", false), (command!.Verb, command.Alert, command.Words, command.IsAutomatic));
    }

    [Fact]
    public void Execute_Automatic_IsNobodysDeed()
    {
        var value = JsonSerializer.Deserialize<CardActionValue>("""{"action":{"type":"Action.Execute","verb":"alert.refresh","data":{"alert":"a-1"}},"trigger":"automatic"}""", ActivityJson.Options);
        Assert.True(CardCommand.Read(value)!.IsAutomatic);
    }

    [Theory]
    [InlineData("""{"verb":"alert.destroy"}""")]
    [InlineData("""{"verb":7}""")]
    [InlineData("""{"alert":"a-1"}""")]
    [InlineData("\"alert.resolve\"")]
    [InlineData("[]")]
    [InlineData("null")]
    public void Submit_OfSomethingElse_IsNothingOfOurs(string json) => Assert.Null(Submit(json));

    [Theory]
    [InlineData("""{"verb":"coach.help"}""")]
    [InlineData("""{"verb":"coach.help","conversation":""}""")]
    [InlineData("""{"verb":"coach.help","conversation":"a\nb","alert":" a","draft":"   ","useful":"maybe","words":{}}""")]
    [InlineData("""{"verb":"coach.help","conversation":{"id":"x"},"alert":["a"],"draft":true,"useful":true}""")]
    public void Fields_ThatCannotBeUsed_AreMissing(string json)
    {
        var command = Submit(json)!;
        Assert.Null(command.Conversation);
        Assert.Null(command.Alert);
        Assert.Null(command.Draft);
        Assert.Null(command.Words);
        Assert.Null(command.Useful);
    }

    [Theory]
    [InlineData("0", 1)]
    [InlineData("1", 1)]
    [InlineData("1000", 1000)]
    [InlineData("1001", 1000)]
    [InlineData("-3", 1)]
    [InlineData("\"7\"", 7)]
    [InlineData("99999999999999", 1)]
    [InlineData("\"x\"", 1)]
    public void Variant_StaysBetweenOneAndAThousand(string json, int expected) => Assert.Equal(expected, Submit($$"""{"verb":"coach.another","variant":{{json}}}""")!.Variant);

    [Theory]
    [InlineData("FalseAlarm", AlertDismissal.FalseAlarm)]
    [InlineData("Other", AlertDismissal.Other)]
    [InlineData("falsealarm", null)]
    [InlineData("2", null)]
    [InlineData("FalseAlarm,Other", null)]
    [InlineData("", null)]
    public void Dismissal_IsOneOfOurReasons(string sent, AlertDismissal? expected) => Assert.Equal(expected, Submit($$"""{"verb":"alert.dismiss","alert":"a-1","reason":"{{sent}}"}""")!.Dismissal);

    private static CardCommand? Submit(string json) => CardCommand.Read(JsonSerializer.Deserialize<JsonElement>(json));
}
