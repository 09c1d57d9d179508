using Bunit;
using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Coaching.Writing;
using DeEscalationBot.Core.Conversations;
using DeEscalationBot.Core.Scoring;
using DeEscalationBot.Host.Pages.Sidebar;

namespace DeEscalationBot.Host.Tests.Pages;

public sealed class WordingCardTests : PageContext
{
    private static readonly Conversation Told = Conversation.Start(Samples.Id).Apply([Samples.CustomerSays(0, "Three weeks and nobody answers.", FrustrationLevel.Frustrated, 0.7)]);

    [Fact]
    public void NoLanguageModel_ShowsAndAsksNothing()
    {
        var card = Open();

        Assert.Empty(card.Markup.Trim());
        Assert.Empty(Writer.Asked);
    }

    [Fact]
    public void Words_GrowAndSayWhoseTheyAre()
    {
        Writer.UsesLanguageModel = true;
        string? inserted = null;
        var card = Open(onInsert: text => inserted = text);
        card.WaitForAssertion(() => Assert.Contains("Looking for better words", card.Markup, StringComparison.Ordinal));

        Writer.Give("Our words.", WritingOrigin.Offline, isFinal: false);
        Writer.GivePart("Three weeks is long.");
        card.WaitForAssertion(() => Assert.Equal("Three weeks is long.", card.Find(".says").TextContent));
        Assert.DoesNotContain("Our words.", card.Markup, StringComparison.Ordinal);
        Assert.Empty(card.FindAll("fluent-button"));

        Writer.Give("Three weeks is long. What were you told?", WritingOrigin.LanguageModel, isFinal: true);
        card.WaitForAssertion(() => Assert.Contains("Written by the language model", card.Markup, StringComparison.Ordinal));
        card.FindAll("fluent-button")[0].Click();
        card.WaitForAssertion(() => Assert.Equal("Three weeks is long. What were you told?", inserted));
    }

    [Fact]
    public void Refused_TakesThePartBackAndSaysWhy()
    {
        Writer.UsesLanguageModel = true;
        var card = Open();
        Writer.GivePart("Three weeks is long.");
        Writer.Give("Our words.", WritingOrigin.Offline, isFinal: true, OfflineReason.Refused, WritingFault.UnknownNumber);

        card.WaitForAssertion(() => Assert.Contains("a number that nobody named", card.Markup, StringComparison.Ordinal));
        Assert.Empty(card.FindAll(".says"));
    }

    [Fact]
    public void Delicate_ShowsNothing()
    {
        Writer.UsesLanguageModel = true;
        var card = Open();
        Writer.Give("Our words.", WritingOrigin.Offline, isFinal: true, OfflineReason.Delicate);

        card.WaitForAssertion(() => Assert.Empty(card.Markup.Trim()));
    }

    [Fact]
    public void AskedFor_WithoutLanguageModel_ShowsOurWords()
    {
        var card = Open(showsOffline: true);
        Writer.Give("Our words.", WritingOrigin.Offline, isFinal: true, OfflineReason.SwitchedOff);

        card.WaitForAssertion(() => Assert.Equal("Our words.", card.Find(".says").TextContent));
        Assert.Contains("no language model is set up", card.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void SameConversation_IsAskedForOnce_NewMessageAgain()
    {
        Writer.UsesLanguageModel = true;
        var card = Open();
        card.Render(p => p.Add(c => c.Conversation, Told));
        card.WaitForAssertion(() => Assert.Single(Writer.Asked));

        card.Render(p => p.Add(c => c.Conversation, Told.Apply(Samples.CustomerSays(1, "Hello?", FrustrationLevel.Frustrated, 0.7))));
        card.WaitForAssertion(() => Assert.Equal(2, Writer.Asked.Count));
    }

    private IRenderedComponent<WordingCard> Open(bool showsOffline = false, Action<string>? onInsert = null) => Render<WordingCard>(p =>
    {
        p.Add(c => c.Conversation, Told).Add(c => c.Kind, WritingKind.NextReply).Add(c => c.Language, MessageLanguage.English).Add(c => c.ShowsOffline, showsOffline);
        if (onInsert is not null)
        {
            p.Add(c => c.OnInsert, onInsert);
        }
    });
}
