using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DeEscalationBot.Host.Tests.Browser;

/// <summary>The training room as a trainee meets it: choose, talk, look back.</summary>
[Collection(BrowserJourneys.Name)]
public class TrainingJourneyTests(BrowserFixture browser)
{
    [Theory]
    [InlineData("en-GB", ColorScheme.Light, 1280, "Calm down, please.", "You have written three times about order 70415 and nobody answered. I'm truly sorry. By when do you need it?")]
    [InlineData("es-ES", ColorScheme.Dark, 1280, "Cálmese, por favor.", "Ha escrito tres veces por el pedido 70415 y nadie le ha contestado. Lo siento mucho. ¿Para cuándo lo necesita?")]
    [InlineData("es-ES", ColorScheme.Light, 360, "Cálmese, por favor.", "Ha escrito tres veces por el pedido 70415 y nadie le ha contestado. Lo siento mucho. ¿Para cuándo lo necesita?")]
    public async Task Session_AnswersMarksAndLooksBack(string language, ColorScheme scheme, int width, string bad, string good)
    {
        await using var window = await browser.OpenAsync("/training", language, width, 900, scheme);
        await Expect(window.Find(".situation")).ToHaveCountAsync(6);
        await window.TakePictureAsync($"training-choice-{language}-{scheme}-{width}");
        await window.Find(".situation:has-text('70415'), .situation >> nth=5").First.Locator("fluent-button").ClickAsync();
        await Expect(window.Find(".bubbles .turn")).ToHaveCountAsync(1);

        await AnswerAsync(window, bad);
        await Expect(window.Find(".moment.heated")).ToHaveCountAsync(1);
        await Expect(window.Find(".moment .playbook").First).ToBeVisibleAsync();
        await AnswerAsync(window, good);
        await Expect(window.Find(".moment.calmed")).ToHaveCountAsync(1);
        await window.Find("#hint").ClickAsync();
        await window.TakePictureAsync($"training-talk-{language}-{scheme}-{width}");
        await window.AssertAccessibleAsync();
        await window.AssertNoSidewaysScrollingAsync();

        await window.Find("#stop").ClickAsync();
        await Expect(window.Find(".debrief")).ToContainTextAsync("A6");
        await window.TakePictureAsync($"training-debrief-{language}-{scheme}-{width}");
        await window.AssertAccessibleAsync();
        await window.AssertNoSidewaysScrollingAsync();

        var first = await window.Find(".bubbles .turn .bubble").First.TextContentAsync();
        await window.Find("#again").ClickAsync();
        await Expect(window.Find(".bubbles .turn")).ToHaveCountAsync(1);
        await Expect(window.Find(".bubbles .turn .bubble").First).ToHaveTextAsync(first!.Trim());
        Assert.Empty(window.Errors);
    }

    [Fact]
    public async Task HostileText_IsShownAndNotRun()
    {
        const string Text = "<img src=x onerror=\"document.title='owned'\"> your fault, calm down";
        await using var window = await browser.OpenAsync("/training?situation=outage&seed=4&customer=en", "en-GB");
        await AnswerAsync(window, Text);
        await Expect(window.Find(".turn.agent .bubble")).ToHaveTextAsync(Text);
        Assert.NotEqual("owned", await window.Page.TitleAsync());
    }

    private static async Task AnswerAsync(Window window, string text)
    {
        var turns = await window.Find(".bubbles .turn.agent").CountAsync();
        await window.Find("#training-answer").FillAsync(text);
        await window.Find("#answer").ClickAsync();
        await Expect(window.Find(".bubbles .turn.agent")).ToHaveCountAsync(turns + 1);
    }
}
