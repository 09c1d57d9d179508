using Bunit;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Conversations;
using DeEscalationBot.Core.Escalation;
using DeEscalationBot.Core.Scoring;
using DeEscalationBot.Host.Pages;
using DeEscalationBot.Host.Pages.Sidebar;

namespace DeEscalationBot.Host.Tests.Pages;

/// <summary>Follow-ups (A12), goodwill (B12) and who is on duty, as the sidebar shows them. Sums are those of the defaults: 20 in a conversation.</summary>
public class PromiseCardsTests : PageContext
{
    [Fact]
    public void FollowUp_PlannedAndDone_IsShownAsItStands()
    {
        Begin();
        var panel = Open();
        panel.Find("#followup-reason").Input("The warehouse answers tomorrow");
        panel.Find("#followup-plan").Click();
        panel.WaitForAssertion(() => Assert.Contains("The warehouse answers tomorrow", panel.Find(".follow-ups .promises").TextContent, StringComparison.Ordinal));

        // Tomorrow at this hour, with a reminder an hour before, unless the agent says otherwise.
        var planned = Assert.Single(State().FollowUps);
        Assert.Equal((Samples.Morning.AddDays(1), Samples.Morning.AddHours(23)), (planned.PromisedFor, planned.RemindAt));
        panel.Find(".follow-ups .promises fluent-button").Click();
        panel.WaitForAssertion(() => Assert.Equal(FollowUpState.Done, State().FollowUps[0].State));
        panel.WaitForAssertion(() => Assert.Contains("done by", panel.Find(".follow-ups .promises").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public void FollowUp_InThePast_SaysWhatToDo()
    {
        Begin();
        var panel = Open();
        panel.Find("#followup-reason").Input("later");
        panel.Find("#followup-date").Change("2026-03-01T09:00:00"); // As the page's script writes it.
        panel.Find("#followup-plan").Click();
        panel.WaitForAssertion(() => Assert.Contains("date in the future", panel.Find(".follow-ups [role=alert]").TextContent, StringComparison.Ordinal));
        Assert.Empty(State().FollowUps);
    }

    [Fact]
    public void Reminder_OfAnotherConversation_IsShownHere()
    {
        Begin();
        var other = ConversationId.Create("other/1");
        Desk.Record(other, Samples.CustomerSays(0, "hm", FrustrationLevel.Annoyed, 0.2));
        Desk.Record(
            other,
            new FollowUpPlanned(Samples.Morning, new FollowUp("followup-2", "The bank answers", Samples.Morning.AddHours(1), Samples.Morning, LocalPeople.Agent, Samples.Morning)),
            new FollowUpReminded(Samples.Morning, "followup-2"));
        var panel = Open();
        panel.WaitForAssertion(() => Assert.Equal("/sidebar/other%2F1", panel.Find(".reminders a").GetAttribute("href")));
        Assert.Contains("Reminder: The bank answers", panel.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Goodwill_GivenTakenBackAndLimited()
    {
        Begin();
        var panel = Open();
        panel.WaitForAssertion(() => Assert.Contains("20.00 EUR left", panel.Find(".goodwill summary").TextContent, StringComparison.Ordinal));
        Give(panel, "12.5");
        panel.WaitForAssertion(() => Assert.Contains("7.50 EUR left", panel.Find(".goodwill summary").TextContent, StringComparison.Ordinal));
        Assert.Contains("tension 60, no answer yet", panel.Find(".goodwill .promises").TextContent, StringComparison.Ordinal);

        Give(panel, "7.51");
        panel.WaitForAssertion(() => Assert.Contains("Nothing was given", panel.Find(".goodwill [role=alert]").TextContent, StringComparison.Ordinal));
        Assert.Single(State().Goodwill);
        panel.Find(".goodwill .promises fluent-button").Click();
        panel.WaitForAssertion(() => Assert.Contains("20.00 EUR left", panel.Find(".goodwill summary").TextContent, StringComparison.Ordinal));
        Assert.Contains("taken back", panel.Find(".goodwill .promises").TextContent, StringComparison.Ordinal);
    }

    // A tab that shows what was there before the other one gave: its gesture is another one.
    [Fact]
    public void Goodwill_FromATabThatIsBehind_IsGivenToo()
    {
        Begin();
        var before = State();
        foreach (var amount in new[] { "5", "7" })
        {
            var card = Render<GoodwillCard>(p => p.Add(c => c.Conversation, before));
            card.WaitForAssertion(() => Assert.NotEmpty(card.FindAll("#goodwill-amount")));
            Give(card, amount);
        }

        Assert.Equal([5m, 7m], State().Goodwill.Select(g => g.Amount));
    }

    [Theory]
    [InlineData("", "Nobody is on duty now")]
    [InlineData("Marta,Luis", "On duty now: Marta, Luis")]
    public void Help_UntilSomebodyAnswers_SaysWhoIsOnDuty(string people, string words)
    {
        Rota.People = people.Split(',', StringSplitOptions.RemoveEmptyEntries);
        Begin();
        Desk.Record(Samples.Id, Samples.Raised("alr_1", EscalationTrigger.T1, AlertUrgency.Immediate));
        var panel = Open();
        Assert.Contains(words, panel.Find(".relief").TextContent, StringComparison.Ordinal);

        Desk.Record(Samples.Id, new AlertAcknowledged(Samples.Morning, "alr_1", "Marta"));
        panel.WaitForAssertion(() =>
        {
            // A panel rests a moment between two readings.
            Clock.Advance(TimeSpan.FromSeconds(1));
            Assert.DoesNotContain(words, panel.Markup, StringComparison.Ordinal);
        });
    }

    private static void Give<T>(IRenderedComponent<T> panel, string amount)
        where T : Microsoft.AspNetCore.Components.IComponent
    {
        panel.Find("#goodwill-amount").Input(amount);
        panel.Find("#goodwill-reason").Input("for the wait");
        panel.Find("#goodwill-give").Click();
    }

    private Conversation State() => Desk.StateOf(Samples.Id);

    private void Begin() => Desk.Record(Samples.Id, Samples.CustomerSays(0, "Three weeks and nobody answers.", FrustrationLevel.Frustrated, 0.6));

    private IRenderedComponent<SidebarPanel> Open()
    {
        var panel = Render<SidebarPanel>(p => p.Add(s => s.Id, Samples.Id));
        panel.WaitForAssertion(() => Assert.NotEmpty(panel.FindAll(".heat")));
        return panel;
    }
}
