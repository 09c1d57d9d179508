using System.Text.Json.Nodes;
using static Microsoft.Playwright.Assertions;

namespace DeEscalationBot.Host.Tests.Browser;

/// <summary>The page where what is kept of a customer is exported and erased.</summary>
[Collection(BrowserJourneys.Name)]
public class PrivacyJourneyTests(BrowserFixture browser)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Customer_IsFoundExportedAndErased_OnlyWhenTheIdIsWrittenTwice()
    {
        await browser.Host.PostAsync("/api/v1/conversations/privacy-1/messages", """{"id":"m1","speaker":"customer","text":"¿Cuándo llega mi pedido?","customerId":"browser/ana"}""");
        await using var window = await browser.OpenAsync("/subjects", "en-GB", 1280);
        await window.Find("#customer-id").FillAsync("browser/ana");
        await window.Button("Find").ClickAsync();
        await Expect(window.Find("#found")).ToHaveTextAsync("1 conversations are kept of this customer. Record and cases: 0.");
        var download = await window.Page.RunAndWaitForDownloadAsync(() => window.Button("Export as JSON").ClickAsync());
        await using (var content = await download.CreateReadStreamAsync())
        {
            Assert.Equal("¿Cuándo llega mi pedido?", (string?)(await JsonNode.ParseAsync(content, cancellationToken: Token))!["conversations"]![0]!["messages"]![0]!["text"]);
        }

        await window.Find("#customer-again").FillAsync("browser/bea");
        await window.Button("Erase for ever").ClickAsync();
        await Expect(window.Find("[role=alert]")).ToHaveTextAsync("The two ids are not the same. Nothing was erased.");
        await window.Find("#customer-again").FillAsync("browser/ana");
        await window.AssertAccessibleAsync();
        await window.Button("Erase for ever").ClickAsync();
        await Expect(window.Find("#found")).ToContainTextAsync("1 conversations with 1 messages are erased.");
        await Expect(window.Find("td", new() { HasText = "subject.erased" }).First).ToBeVisibleAsync();
        await window.TakePictureAsync("privacy");

        await window.Find("#customer-id").FillAsync("browser/ana");
        await window.Button("Find").ClickAsync();
        await Expect(window.Find("#found")).ToHaveTextAsync("Nothing is kept of this customer.");
        Assert.DoesNotContain(window.Errors, e => e.Contains("Content Security Policy", StringComparison.Ordinal));
    }

    [Fact]
    public async Task NarrowWindow_NeedsNoSidewaysScrolling()
    {
        await using var window = await browser.OpenAsync("/subjects", "es-ES", 360);
        await Expect(window.Find("h1")).ToHaveTextAsync("Privacidad");
        await window.AssertNoSidewaysScrollingAsync();
    }
}
