using System.Text.Json;
using DeEscalationBot.Host.Channels.BotFramework.Activities;
using DeEscalationBot.Host.Channels.BotFramework.Agent;

namespace DeEscalationBot.Host.Tests.Channels.BotFramework.Agent;

public class CustomerTextTests
{
    [Theory]
    [InlineData("<p>Hola</p><p>¿Y mi pedido?</p>", "Hola\n¿Y mi pedido?")]
    [InlineData("<div>Uno<br/>dos</div>", "Uno\ndos")]
    [InlineData("a &lt;b&gt; &amp; c&nbsp;d", "a <b> & c d")]
    [InlineData("<script>alert('x')</script><style>p{}</style>hola<!-- no -->", "hola")]
    [InlineData("<p title='a > b'>hola</p>", "hola")]
    [InlineData("5 < 6 y 7 > 3", "5 < 6 y 7 > 3")]
    [InlineData("<at id=\"0\">Coach</at> hola", "Coach hola")]
    [InlineData("<b>fuerte", "fuerte")]
    [InlineData("<p", "")]
    [InlineData("<!-- offen", "")]
    [InlineData("", "")]
    public void OfHtml_IsTheWordsByBlock(string html, string words) => Assert.Equal(words, CustomerText.OfHtml(html));

    [Fact]
    public void OfHtml_Huge_IsLinear() => Assert.NotEmpty(CustomerText.OfHtml(string.Concat(Enumerable.Repeat("<p>hola <b", 20_000))));

    [Fact]
    public void Of_Message_LosesTheMentionOfTheBotAndKeepsOthers()
    {
        var activity = Read("""
            {"text":"<at>Coach</at> <at>Luis</at> dice: no llega","recipient":{"id":"28:b"},"entities":[
             {"type":"mention","text":"<at>Coach</at>","mentioned":{"id":"28:b"}},{"type":"mention","text":"<at>Luis</at>","mentioned":{"id":"29:l"}},null]}
            """);

        Assert.Equal("<at>Luis</at> dice: no llega", CustomerText.Of(activity));
    }

    [Fact]
    public void Of_Message_WithHtmlOnly_IsItsWords() =>
        Assert.Equal("hola\nmundo", CustomerText.Of(Read("""{"attachments":[{"contentType":"text/html","content":"<p>hola</p><p>mundo</p>"},{"contentType":"image/png"},null]}""")));

    [Theory]
    [InlineData("""{"text":"mira","attachments":[{"contentType":"messageReference","content":"{\"messagePreview\":\"no llega\"}"}]}""")]
    [InlineData("""{"text":"mira","attachments":[{"contentType":"forwardedMessageReference","content":{"originalMessageContent":"<p>no llega</p>"}}]}""")]
    public void Of_Forwarded_IsWhatWasForwarded(string json) => Assert.Equal("no llega", CustomerText.Of(Read(json)));

    [Theory]
    [InlineData("""{"text":"mira","attachments":[{"contentType":"messageReference","content":"{broken"}]}""")]
    [InlineData("""{"text":"mira","attachments":[{"contentType":"messageReference","content":[1]}]}""")]
    [InlineData("""{"text":"mira","attachments":[{"contentType":"messageReference"}]}""")]
    public void Of_ForwardedInAnotherShape_IsTheText(string json) => Assert.Equal("mira", CustomerText.Of(Read(json)));

    private static Activity Read(string json) => JsonSerializer.Deserialize<Activity>(json, ActivityJson.Options)!;
}
