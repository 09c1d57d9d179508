using System.Text.Json;
using DeEscalationBot.Host.Channels.BotFramework.Activities;
using DeEscalationBot.Host.Channels.BotFramework.Connector;

namespace DeEscalationBot.Host.Tests.Channels.BotFramework.Connector;

public class SizeBudgetTests
{
    [Fact]
    public void Fit_OrdinaryMessage_IsTheSame()
    {
        var message = new Activity { Type = "message", Text = "hola", Attachments = [CardOf(100)] };

        Assert.Same(message, SizeBudget.Fit(message, out var wasCut));
        Assert.False(wasCut);
    }

    [Fact]
    public void Fit_CardAtTheLimit_StaysAndOverItGivesWayToTheWords()
    {
        var over = CardOf(SizeBudget.MostCardBytes);
        var atLimit = CardOf(SizeBudget.MostCardBytes - (over.Content!.Value.GetRawText().Length - SizeBudget.MostCardBytes));

        Assert.Equal(SizeBudget.MostCardBytes, atLimit.Content!.Value.GetRawText().Length);
        Assert.NotNull(SizeBudget.Fit(new Activity { Attachments = [atLimit], Summary = "in words" }, out _).Attachments);
        var without = SizeBudget.Fit(new Activity { Attachments = [over], Summary = "in words" }, out var wasCut);
        Assert.Equal((null, "in words", true), (without.Attachments, without.Text, wasCut));
    }

    [Theory]
    [InlineData("a")]
    [InlineData("ñ")]
    [InlineData("😀")]
    [InlineData("\"")] // Written with two letters.
    [InlineData("\n")]
    public void Fit_LongText_IsCutBetweenLetters(string letter)
    {
        var text = string.Concat(Enumerable.Repeat(letter, 60_000));

        var fitting = SizeBudget.Fit(new Activity { Type = "message", Text = text, Summary = text }, out var wasCut);

        Assert.True(wasCut);
        Assert.True(JsonSerializer.Serialize(fitting, ActivityJson.Options).Length <= SizeBudget.MostUnits);
        Assert.EndsWith("…", fitting.Text, StringComparison.Ordinal);
        Assert.False(char.IsHighSurrogate(fitting.Text![^2]));
    }

    private static Attachment CardOf(int letters) => Attachment.OfCard(ActivityJson.ToElement(new { type = "AdaptiveCard", text = new string('x', letters) }));
}
