using System.Globalization;
using System.Text.Json.Nodes;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Host.Conversations;
using DeEscalationBot.Host.Pages;
using DeEscalationBot.Host.Tests.Fixtures;
using static Microsoft.Playwright.Assertions;

namespace DeEscalationBot.Host.Tests.Browser;

/// <summary>An agent in Madrid promises to come back; the server's clock is in no place that matters.</summary>
[Collection(BrowserJourneys.Name)]
public class FollowUpJourneyTests(BrowserFixture browser)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Promise_IsReadInTheBrowsersTimeZone_WithTheReminderThatTheAgentChose()
    {
        await using var window = await browser.OpenAsync("/sidebar/promise-1", width: 400);
        await browser.Host.SayAsync("promise-1", "m1", "customer", "Hello, where is my parcel?");
        var day = TimeProvider.System.GetUtcNow().Date.AddDays(4).AddHours(10);
        await window.Find(".follow-ups summary").ClickAsync();
        await Expect(window.Find(".follow-ups .promise-form")).ToContainTextAsync("Europe/Madrid");
        await window.Find("#followup-reason").FillAsync("The warehouse answers on Friday");
        await window.Find("#followup-date").FillAsync(day.ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture));
        await window.Find("#followup-remind").SelectOptionAsync("240");
        await window.Find("#followup-plan").ClickAsync();
        await Expect(window.Find(".follow-ups .promises")).ToContainTextAsync("The warehouse answers on Friday");
        await Expect(window.Find(".follow-ups .promises")).ToContainTextAsync("10:00");

        var promised = Assert.Single((await browser.Host.Desk.ReadAsync(ConversationId.Create("promise-1"), Token))!.FollowUps);
        var madrid = TimeZoneInfo.FindSystemTimeZoneById("Europe/Madrid");
        Assert.Equal(new DateTimeOffset(day, madrid.GetUtcOffset(day)), promised.PromisedFor);
        Assert.Equal(promised.PromisedFor.AddHours(-4), promised.RemindAt);
        await window.AssertAccessibleAsync();
        Assert.Empty(window.Errors);
    }

    // Five at once, so that the chat stays in sight; all of them by one click.
    [Fact]
    public async Task Reminders_OfOtherConversations_AreAllThere()
    {
        var ids = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < 7; i++)
        {
            var conversation = string.Create(CultureInfo.InvariantCulture, $"remind-{i}");
            await browser.Host.SayAsync(conversation, "m1", "customer", "Hello, where is my parcel?");
            await browser.Host.SayAsync(conversation, "m2", "agent", "I will write to you today.");
            var body = new JsonObject { ["reason"] = $"reminder {conversation}", ["promisedFor"] = TimeProvider.System.GetUtcNow().AddSeconds(20).ToString("O"), ["by"] = LocalPeople.Agent };
            var (_, planned) = await browser.Host.PostAsync($"/api/v1/conversations/{conversation}/follow-ups", body.ToJsonString());
            ids[conversation] = (string)planned!["id"]!;
        }

        await Eventually.GetsAsync<IReadOnlyList<ConversationFollowUp>>(
            () => browser.Host.Desk.ListFollowUpsAsync(new FollowUpQuery(By: LocalPeople.Agent, IsReminded: true), Token), found => ids.Keys.All(c => found.Any(f => f.Conversation.Value == c)), "all reminders");
        try
        {
            await using var window = await browser.OpenAsync("/sidebar/elsewhere", width: 360);
            await Expect(window.Find(".reminders li")).ToHaveCountAsync(5);
            await window.Find(".reminders fluent-button").ClickAsync();
            foreach (var conversation in ids.Keys)
            {
                await Expect(window.Find(".reminders")).ToContainTextAsync($"reminder {conversation}");
            }

            await window.AssertNoSidewaysScrollingAsync();
            await window.AssertAccessibleAsync();
        }
        finally
        {
            foreach (var (conversation, id) in ids)
            {
                await browser.Host.PostAsync($"/api/v1/conversations/{conversation}/follow-ups/{id}/done", "{}");
            }
        }
    }
}
