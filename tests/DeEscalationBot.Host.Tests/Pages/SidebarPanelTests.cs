using Bunit;
using DeEscalationBot.Core.Coaching;
using DeEscalationBot.Core.Conversations;
using DeEscalationBot.Core.Escalation;
using DeEscalationBot.Core.Scoring;
using DeEscalationBot.Host.Pages.Sidebar;

namespace DeEscalationBot.Host.Tests.Pages;

public class SidebarPanelTests : PageContext
{
    private const string Said = "Three weeks and nobody answers.";

    [Fact]
    public void NoMessageYet_Waits()
    {
        var panel = Open();
        Assert.Contains("Waiting for the first message", panel.Markup, StringComparison.Ordinal);
        Assert.Empty(panel.FindAll(".suggestion, .help fluent-button"));
    }

    [Fact]
    public void CustomerWrites_ShowsLevelEvidenceAndTheOneSuggestion()
    {
        var panel = Open();
        Complain();
        panel.WaitForAssertion(() => Assert.Equal("Say it back", panel.Find(".technique").TextContent));
        Assert.Equal("Frustrated", panel.Find(".heat .level-word").TextContent);
        Assert.Equal("nobody answers", panel.Find(".said mark").TextContent);
        Assert.Equal("Feels unheard", panel.Find(".said mark").GetAttribute("title"));
        Assert.Equal("Maya", panel.Find(".customer-name").TextContent);
        Assert.Single(panel.FindAll(".suggestion"));
        Assert.Contains("Suggestion: Say it back", panel.Markup, StringComparison.Ordinal);
    }

    // E2: an agent learns how to hold the conversation, and nothing else of the case.
    [Fact]
    public void CustomerIsLeaving_TheExitGuideIsThere()
    {
        Complain();
        var before = Open();
        before.WaitForAssertion(() => Assert.Single(before.FindAll(".suggestion")));
        Assert.Empty(before.FindAll("#exit-guide"));

        Talks.Departures["Maya"] = "dep-1";
        var panel = Open();
        panel.WaitForAssertion(() => Assert.Single(panel.FindAll("#exit-guide")));
        Assert.DoesNotContain("dep-1", panel.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void AgentHasAnswered_SuggestionGoes()
    {
        Complain();
        Desk.Record(Samples.Id, Samples.AgentSays(1, "Let me look."));
        var panel = Open();
        Assert.Empty(panel.FindAll(".suggestion"));
        Assert.Contains("You have answered", panel.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void NothingToSuggest_IsQuiet()
    {
        Desk.Record(Samples.Id, Samples.CustomerSays(0, "Thanks!", FrustrationLevel.Calm, 0.1));
        var panel = Open();
        Assert.Contains("Nothing to add", panel.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void AnotherWay_ShowsOtherWords()
    {
        Complain();
        Desk.Reworded = new Suggestion("A1", "Say it back", "Other words.", [], "why");
        var panel = Open();
        panel.Find("[data-key=n]").Click();
        panel.WaitForAssertion(() => Assert.Equal("Other words.", panel.Find(".suggestion .says").TextContent));
    }

    [Fact]
    public void Insert_DeskInThePage_GetsTheWords()
    {
        Complain();
        string? inserted = null;
        var panel = Open(p => p.Add(s => s.OnInsert, text => inserted = text));
        panel.Find("[data-key=i]").Click();
        panel.WaitForAssertion(() => Assert.Equal("So three weeks without an answer?", inserted));
    }

    [Fact]
    public void AskForHelp_SaysThatItIsAskedAndDoesNotAskTwice()
    {
        Complain();
        var panel = Open();
        panel.Find("[data-key=h]").Click();
        panel.WaitForAssertion(() => Assert.Contains("Waiting for a supervisor", panel.Find(".help-state").TextContent, StringComparison.Ordinal));
        Assert.Empty(panel.FindAll("[data-key=h]"));
        Desk.Record(Samples.Id, new AlertAcknowledged(Samples.Morning, "alr_help", "Marta"));

        // The panel may begin to wait for the clock after it has moved: it moves until the news is there.
        panel.WaitForAssertion(() =>
        {
            Clock.Advance(TimeSpan.FromSeconds(1));
            Assert.Contains("Marta is taking care of it", panel.Find(".help-state").TextContent, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void ImmediateAlert_OffersReliefAndIsSaidOnce()
    {
        Complain();
        var panel = Open();
        Assert.Empty(panel.FindAll(".relief"));
        Desk.Record(Samples.Id, Samples.Raised("alr_1", EscalationTrigger.T2, AlertUrgency.Immediate));
        Clock.Advance(TimeSpan.FromSeconds(1));
        panel.WaitForAssertion(() => Assert.NotEmpty(panel.FindAll(".relief")));
        Assert.Equal("Immediate alert. T2: because.", panel.Find("[role=alert]").TextContent);
    }

    [Fact]
    public void Break_SilencesHintsAndEndsByItself()
    {
        Complain();
        Desk.Record(Samples.Id, Samples.Raised("alr_1", EscalationTrigger.T2, AlertUrgency.Immediate));
        var panel = Open();
        panel.FindAll(".relief fluent-button").Single(b => b.TextContent.Contains("Take a break", StringComparison.Ordinal)).Click();
        panel.WaitForAssertion(() => Assert.Empty(panel.FindAll(".suggestion, .draft")));
        Clock.Advance(TimeSpan.FromMinutes(5));
        panel.WaitForAssertion(() => Assert.NotEmpty(panel.FindAll(".suggestion")));
    }

    [Fact]
    public void RecordAway_SaysThatTheChatGoesOnAndComesBack()
    {
        Complain();
        Desk.IsAway = true;
        var panel = Render<SidebarPanel>(p => p.Add(s => s.Id, Samples.Id));
        panel.WaitForAssertion(() => Assert.Contains("The chat goes on without hints", panel.Markup, StringComparison.Ordinal));
        Desk.IsAway = false;
        panel.WaitForState(() =>
        {
            Clock.Advance(TimeSpan.FromSeconds(2));
            return panel.FindAll(".suggestion").Count == 1;
        });
        Assert.DoesNotContain("goes on without hints", panel.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void SuggestionsSwitchedOff_AreNotShown()
    {
        Complain();
        JSInterop.SetupModule("/pages.js").Setup<string?>("recall", "hints").SetResult("dnp-");
        var panel = Open();
        panel.WaitForAssertion(() => Assert.Empty(panel.FindAll(".suggestion")));
        Assert.NotEmpty(panel.FindAll(".draft"));
    }

    [Fact]
    public void KindSwitchedOff_TheNextBestIsShownAndTheRecordKeepsTheFirst()
    {
        Complain();
        Desk.Reworded = new Suggestion("A6", "Name the anger", "You are right to be annoyed.", [], "Because.");
        JSInterop.SetupModule("/pages.js").Setup<string?>("recall", "hints").SetResult("sdnp-SayBack");
        var panel = Open();
        panel.WaitForAssertion(() => Assert.Contains("You are right to be annoyed.", panel.Find(".suggestion").TextContent, StringComparison.Ordinal));
        Assert.Equal([CoachingSituation.SayBack], Desk.LeftOut!);
    }

    private void Complain() => Desk.Record(
        Samples.Id,
        Samples.CustomerSays(0, Said, FrustrationLevel.Frustrated, 0.6, (SignalType.Unheard, "nobody answers")),
        Samples.Suggested(0, "So three weeks without an answer?"));

    private IRenderedComponent<SidebarPanel> Open(Action<ComponentParameterCollectionBuilder<SidebarPanel>>? more = null)
    {
        var panel = Render<SidebarPanel>(p =>
        {
            p.Add(s => s.Id, Samples.Id);
            more?.Invoke(p);
        });
        panel.WaitForAssertion(() => Assert.Empty(panel.FindAll("[aria-busy]")));
        Clock.Advance(TimeSpan.FromSeconds(1));
        return panel;
    }
}
