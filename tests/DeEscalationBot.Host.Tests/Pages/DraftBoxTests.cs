using Bunit;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Coaching.DraftReview;
using DeEscalationBot.Core.Scoring;
using DeEscalationBot.Host.Pages.Sidebar;

namespace DeEscalationBot.Host.Tests.Pages;

public class DraftBoxTests : PageContext
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250); // the default of PagesOptions.DraftPause

    public DraftBoxTests() => Desk.Review = text => new DraftReviewResult(MessageLanguage.English, [.. Find(text, "but", "empathy-but", "and"), .. Find(text, "obviously ", "condescension", "")], text.Contains("but", StringComparison.Ordinal) ? "In other words." : null);

    [Fact]
    public void Type_BeforeThePauseIsOver_ReviewsNothing()
    {
        var box = Render<DraftBox>();
        box.Find("textarea").Input("I see, but");
        Clock.Advance(Pause - TimeSpan.FromMilliseconds(1));
        Assert.Empty(Desk.Reviewed);
        Clock.Advance(TimeSpan.FromMilliseconds(1));
        box.WaitForAssertion(() => Assert.Equal(["I see, but"], Desk.Reviewed));
    }

    [Fact]
    public void Type_KeyAfterKey_ReviewsOnceAtTheEnd()
    {
        var box = Render<DraftBox>();
        foreach (var text in new[] { "I", "I see", "I see, but" })
        {
            box.Find("textarea").Input(text);
            Clock.Advance(Pause / 2);
        }

        Clock.Advance(Pause);
        box.WaitForAssertion(() => Assert.Equal(["I see, but"], Desk.Reviewed));
    }

    [Fact]
    public void Review_Finding_IsUnderlinedBehindTheTextAndExplained()
    {
        var box = Typed("I see, but no.");
        Assert.Equal("but", box.Find(".draft-mirror mark").TextContent);
        Assert.Equal("I see, but no.\n", box.Find(".draft-mirror .marked").TextContent);
        Assert.Contains("why empathy-but", box.Find(".finding").TextContent, StringComparison.Ordinal);
        Assert.Equal("A1", box.Find(".finding .playbook").TextContent);
        Assert.Contains("Findings: 1", box.Find("#draft-status").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Type_BeforeAFinding_MovesItsUnderlineAtOnce()
    {
        var box = Typed("I see, but no.");
        box.Find("textarea").Input("Well, I see, but no.");
        Assert.Equal("but", box.Find(".draft-mirror mark").TextContent);
        Assert.Single(Desk.Reviewed);
    }

    [Fact]
    public void Fix_Finding_ReplacesItsWordsAndReviewsAgain()
    {
        var box = Typed("I see, but no.");
        box.Find(".finding fluent-button").Click();
        box.WaitForAssertion(() => Assert.Equal("I see, and no.", box.Instance.Text));
        Assert.Equal(["I see, but no.", "I see, and no."], Desk.Reviewed);
        Assert.Empty(box.FindAll(".finding"));
        Assert.Contains("Nothing to change", box.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Fix_WordsToLeaveOut_TakesOneSpaceAlong()
    {
        var box = Typed("That is obviously late.");
        Assert.Contains("leave it out", box.Find(".finding-fix").TextContent, StringComparison.Ordinal);
        box.Find(".finding fluent-button").Click();
        box.WaitForAssertion(() => Assert.Equal("That is late.", box.Instance.Text));
    }

    // The evidence reaches to the word whose capital changes; the agent is shown what goes.
    [Fact]
    public void Fix_OpeningToLeaveOut_ShowsTheOpeningAndNotTheCapital()
    {
        Desk.Review = text => new DraftReviewResult(MessageLanguage.English, [.. Find(text, "As I told you, the", "condescension", "The")], null);
        var box = Typed("As I told you, the parcel left.");
        Assert.Equal("As I told you", box.Find(".finding q").TextContent);
        Assert.Contains("leave it out", box.Find(".finding-fix").TextContent, StringComparison.Ordinal);
        box.Find(".finding fluent-button").Click();
        box.WaitForAssertion(() => Assert.Equal("The parcel left.", box.Instance.Text));
    }

    [Fact]
    public void UseTheRewrite_ReplacesTheDraft()
    {
        var box = Typed("I see, but no.");
        box.Find(".rewrite fluent-button").Click();
        box.WaitForAssertion(() => Assert.Equal("In other words.", box.Instance.Text));
        Assert.Empty(box.FindAll(".rewrite"));
    }

    [Fact]
    public void Review_ManyFindings_ShowsTheFirstTwoAndTheRestWhenAsked()
    {
        Desk.Review = text => new DraftReviewResult(MessageLanguage.English, [.. Find(text, "a", "x", "-"), .. Find(text, "b", "y", "-"), .. Find(text, "c", "z", "-")], null);
        var box = Typed("a b c");
        Assert.Equal(2, box.FindAll(".finding").Count);
        Assert.Equal(3, box.FindAll(".draft-mirror mark").Count);
        box.FindAll("fluent-button").Single(b => b.TextContent.Contains("Show 1 more", StringComparison.Ordinal)).Click();
        Assert.Equal(3, box.FindAll(".finding").Count);
    }

    [Fact]
    public void Insert_InSpiteOfFindings_TakesOneClickAndSetsTheAdviceAside()
    {
        var inserted = new List<string>();
        var box = Render<DraftBox>(p => p.Add(b => b.OnInsert, inserted.Add).Add(b => b.Conversation, ConversationId.Create("c")));
        box.Find("textarea").Input("I see, but no.");
        Clock.Advance(Pause);
        box.WaitForAssertion(() => Assert.Contains("Insert as it is", box.Markup, StringComparison.Ordinal));

        box.Find(".actions fluent-button").Click();

        box.WaitForAssertion(() => Assert.Equal(["empathy-but"], Desk.SetAside));
        Assert.Equal(["I see, but no."], inserted);
    }

    [Fact]
    public void Insert_WithoutFindings_SetsNothingAside()
    {
        var inserted = new List<string>();
        var box = Render<DraftBox>(p => p.Add(b => b.OnInsert, inserted.Add).Add(b => b.Conversation, ConversationId.Create("c")));
        box.Find("textarea").Input("See you at nine.");
        Clock.Advance(Pause);
        box.WaitForAssertion(() => Assert.Contains("Insert draft", box.Markup, StringComparison.Ordinal));

        box.Find(".actions fluent-button").Click();

        box.WaitForAssertion(() => Assert.Equal(["See you at nine."], inserted));
        Assert.Empty(Desk.SetAside);
    }

    [Fact]
    public void Insert_RecordAway_GoesOutAllTheSame()
    {
        var inserted = new List<string>();
        var box = Render<DraftBox>(p => p.Add(b => b.OnInsert, inserted.Add).Add(b => b.Conversation, ConversationId.Create("c")));
        box.Find("textarea").Input("I see, but no.");
        Clock.Advance(Pause);
        box.WaitForAssertion(() => Assert.NotEmpty(box.FindAll(".finding")));
        Desk.IsAway = true;

        box.Find(".actions fluent-button").Click();

        box.WaitForAssertion(() => Assert.Equal(["I see, but no."], inserted));
    }

    [Fact]
    public void Effect_OfDraftAndRewrite_AreShownWithTheirReasons()
    {
        Desk.Review = text => new DraftReviewResult(
            MessageLanguage.English,
            [.. Find(text, "but", "empathy-but", "and")],
            "In other words.",
            new DraftEffect(LikelyEffect.Raises, EffectSureness.Guess, [new EffectReason("It takes it back.", "A1", LikelyEffect.Raises), new EffectReason("It thanks.", "A10", LikelyEffect.Lowers)]),
            new DraftEffect(LikelyEffect.Lowers, EffectSureness.Likely, [new EffectReason("It listens.", "A1", LikelyEffect.Lowers)]));
        var box = Typed("I see, but no.");

        Assert.Equal(["As it is: may raise the tension", "Rewritten: likely to lower the tension"], box.FindAll(".effect-band").Select(e => e.TextContent.Trim()));
        Assert.Equal(["It takes it back. A1", "It listens. A1"], box.FindAll(".effect-reasons li").Select(e => e.TextContent.Trim()));
    }

    [Fact]
    public void Notes_SwitchedOff_AreNotShown()
    {
        Desk.Review = text => new DraftReviewResult(MessageLanguage.English, [new DraftFinding("no-next-step", FindingSeverity.Note, EvidenceSpan.Of(text, 0, 1), "why", "A10", null)], null);
        var box = Render<DraftBox>(p => p.Add(b => b.ShowsNotes, false));
        box.Find("textarea").Input("Thanks.");
        Clock.Advance(Pause);
        box.WaitForAssertion(() => Assert.Contains("Nothing to change", box.Markup, StringComparison.Ordinal));
        Assert.Empty(box.FindAll(".finding, .draft-mirror mark"));
    }

    [Fact]
    public void HostileDraft_IsShownAsText()
    {
        var box = Typed("<img src=x onerror=alert(1)> but");
        Assert.Empty(box.FindAll(".draft-mirror img"));
        Assert.Equal("<img src=x onerror=alert(1)> but\n", box.Find(".draft-mirror .marked").TextContent);
    }

    private IRenderedComponent<DraftBox> Typed(string text)
    {
        var box = Render<DraftBox>();
        box.Find("textarea").Input(text);
        Clock.Advance(Pause);
        box.WaitForAssertion(() => Assert.NotEmpty(box.FindAll(".finding")));
        return box;
    }

    private static IEnumerable<DraftFinding> Find(string text, string words, string rule, string fix) =>
        text.IndexOf(words, StringComparison.Ordinal) is >= 0 and var at ? [new DraftFinding(rule, FindingSeverity.Warning, EvidenceSpan.Of(text, at, words.Length), "why " + rule, "A1", fix)] : [];
}
