using System.Text.Json;
using DeEscalationBot.Host.Tests.Fixtures;

namespace DeEscalationBot.Host.Tests.Channels.BotFramework.Cards;

/// <summary>Every card is read by Microsoft's own parser, the npm package adaptivecards (tests/cards).</summary>
public class CardParserTests
{
    [Fact]
    public async Task EveryCard_IsUnderstoodWithoutAComplaint()
    {
        using var package = await NodePackage.InstallAsync("cards");
        var samples = CardSamples.All().ToArray();
        string[] broken = ["""{"type":"AdaptiveCard","version":"1.5","body":[{"type":"Input.Text"}]}""", """{"type":"AdaptiveCard","version":"1.5","body":[{"type":"TextBlok","text":"x"}]}"""];

        var answers = await package.RunAsync("parse.js", [], [.. samples.Select(s => JsonSerializer.Serialize(s.Card.Content)), .. broken]);

        Assert.Equal(samples.Length + broken.Length, answers.Length);
        var complaints = samples.Zip(answers).Where(p => p.Second != "[]").Select(p => $"{p.First.Name}: {p.Second}").ToArray();
        Assert.True(complaints.Length == 0, string.Join(Environment.NewLine, complaints.Take(10)));
        Assert.All(answers.TakeLast(broken.Length), a => Assert.NotEqual("[]", a)); // It does complain when there is reason to.
    }
}
