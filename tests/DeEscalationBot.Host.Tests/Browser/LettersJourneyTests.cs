using DeEscalationBot.Core.Channels;
using DocumentFormat.OpenXml.Packaging;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DeEscalationBot.Host.Tests.Browser;

/// <summary>Letters, calls, the checklist and the note, as an agent uses them beside a conversation.</summary>
[Collection(BrowserJourneys.Name)]
public class LettersJourneyTests(BrowserFixture browser)
{
    [Theory]
    [InlineData("en-GB", ColorScheme.Light, 1280)]
    [InlineData("es-ES", ColorScheme.Dark, 360)]
    public async Task Letter_AsksForWhatIsMissingAndIsSavedAsWord(string language, ColorScheme scheme, int width)
    {
        await using var window = await OpenAsync($"letter-{language}", language, scheme, width, id => $"/letters?c={id}");
        await Expect(window.Find("#letter-facts")).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("89"));
        await Expect(window.Find(".letter .missing")).ToHaveCountAsync(3);
        await Expect(window.Find("#as-word")).ToHaveAttributeAsync("aria-disabled", "true");
        await window.TakePictureAsync($"letter-open-{language}-{scheme}-{width}");

        await window.Find("#letter-actions").FillAsync("Pedir la devolución de 89 €\nEnviarle la confirmación");
        await window.Find("#letter-date").FillAsync("2026-03-06");
        await window.Find("#letter-contact").FillAsync("600 000 000");
        await Expect(window.Find(".letter .missing")).ToHaveCountAsync(1); // the date that nobody has confirmed
        await window.Find("#letter-confirmed").CheckAsync();
        await Expect(window.Find(".letter .missing")).ToHaveCountAsync(0);
        await window.TakePictureAsync($"letter-ready-{language}-{scheme}-{width}");
        await window.AssertAccessibleAsync();
        await window.AssertNoSidewaysScrollingAsync();

        var saved = await window.Page.RunAndWaitForDownloadAsync(() => window.Find("#as-word").ClickAsync());
        Assert.Equal("letter.docx", saved.SuggestedFilename);
        using var document = WordprocessingDocument.Open(await saved.PathAsync(), isEditable: false);
        Assert.Contains("600 000 000", document.MainDocumentPart!.Document!.InnerText, StringComparison.Ordinal);
        Assert.Empty(new DocumentFormat.OpenXml.Validation.OpenXmlValidator().Validate(document, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Call_HasItsBranchesAndSavesTheAppointment()
    {
        await using var window = await OpenAsync("call-1", "es-ES", ColorScheme.Light, 1280, id => $"/letters?c={id}&kind=call");
        await Expect(window.Find(".call > li")).ToHaveCountAsync(9);
        await window.Find("#letter-callback").FillAsync("2026-03-09T10:30");
        await window.TakePictureAsync("call-es");
        await window.AssertAccessibleAsync();
        await window.AssertNoSidewaysScrollingAsync();

        var saved = await window.Page.RunAndWaitForDownloadAsync(() => window.Find("#as-calendar").ClickAsync());
        var text = await File.ReadAllTextAsync(await saved.PathAsync(), TestContext.Current.CancellationToken);
        Assert.Contains("BEGIN:VEVENT", text, StringComparison.Ordinal);
        Assert.Contains("DTSTART:20260309T", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en-GB", ColorScheme.Light)]
    [InlineData("es-ES", ColorScheme.Dark)]
    public async Task Checklist_IsProposedEditedTickedAndThereAfterAReload(string language, ColorScheme scheme)
    {
        await using var window = await OpenAsync($"list-{language}", language, scheme, 400, id => $"/sidebar/{id}");
        await window.Find(".checklist summary").First.ClickAsync();
        await window.Find("#checklist-propose").ClickAsync();
        await Expect(window.Find(".checklist-items li")).Not.ToHaveCountAsync(0);
        var count = await window.Find(".checklist-items li").CountAsync();
        await window.Find("#checklist-new").FillAsync("Una cosa más");
        await window.Find("#checklist-add").ClickAsync();
        await Expect(window.Find(".checklist-items li")).ToHaveCountAsync(count + 1);
        await window.Find(".checklist-items input[type=checkbox]").First.CheckAsync();
        await Expect(window.Find(".checklist-items .done")).ToHaveCountAsync(1);
        await window.Find(".note summary").ClickAsync();
        await window.Find("#note-text").FillAsync(language == "en-GB" ? "She should have read the terms." : "Debería haber leído las condiciones.");
        await Expect(window.Find(".note-thought")).ToHaveCountAsync(1);
        await window.TakePictureAsync($"checklist-{language}-{scheme}");
        await window.AssertAccessibleAsync();
        await window.AssertNoSidewaysScrollingAsync();

        await window.Page.ReloadAsync();
        await Expect(window.Find(".checklist-items li")).ToHaveCountAsync(count + 1);
        await Expect(window.Find(".checklist-items .done")).ToHaveCountAsync(1);
        Assert.Empty(window.Errors);
    }

    private async Task<Window> OpenAsync(string id, string language, ColorScheme scheme, int width, Func<string, string> address)
    {
        await using var first = await browser.OpenAsync("/demo"); // for the skip where there is no browser
        await browser.Host.Desk.ReceiveAsync(
            ConversationId.Create(id),
            new InboundMessage(
                MessageId.Create("m1"), SpeakerRole.Customer, "Llevo tres semanas esperando el reembolso de 89 euros del pedido 70415, nadie me contesta y además me cobraron dos veces.",
                TimeProvider.System.GetUtcNow(), MessageLanguage.Spanish, "Ana Pardo"),
            TestContext.Current.CancellationToken);
        return await browser.OpenAsync(address(id), language, width, 900, scheme);
    }
}
