using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Conversations;
using DeEscalationBot.Core.Escalation;
using DeEscalationBot.Core.Scoring;
using DeEscalationBot.Host.Pages;
using DeEscalationBot.Host.Pages.Demo;
using DeEscalationBot.Host.Pages.Sidebar;
using DeEscalationBot.Host.Pages.Supervisor;

namespace DeEscalationBot.Host.Tests.Pages;

public class PagesLogicTests
{
    [Theory]
    [InlineData("http://localhost:3000", true)]
    [InlineData("http://127.0.0.1", true)]
    [InlineData("https://desk.example.com", true)]
    [InlineData("http://desk.example.com", false)]
    [InlineData("https://desk.example.com:444", false)]
    [InlineData("https://desk.example.com/", false)]
    [InlineData("https://desk.example.com/path", false)]
    [InlineData("https://user@desk.example.com", false)]
    [InlineData("https://evil.example.com", false)]
    [InlineData("javascript:alert(1)", false)]
    [InlineData("null", false)]
    [InlineData("*", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Allows_Origin_OnlyKnownDesksAndThisMachine(string? origin, bool expected)
    {
        var options = new PagesOptions { Desks = { "https://desk.example.com" } };
        Assert.Equal(expected, options.Allows(origin));
    }

    [Fact]
    public void QueueFilter_RoundTripsThroughTheAddress()
    {
        var filter = new QueueFilter(QueueHeat.Hot, true, MessageLanguage.Spanish, "ana");
        var p = filter.Parameters;
        Assert.Equal(filter, QueueFilter.Read(p["heat"] as string, p["waiting"] as string, p["speaks"] as string, p["find"] as string));
        Assert.All(new QueueFilter().Parameters.Values, Assert.Null);
    }

    [Fact]
    public void QueueFilter_NonsenseInTheAddress_CountsAsNotGiven() =>
        Assert.Equal(new QueueFilter(), QueueFilter.Read("boiling", "yes", "klingon", null));

    [Fact]
    public void HintChoices_RoundTrip()
    {
        Assert.Equal(new HintChoices(), HintChoices.Read(null));
        var none = new HintChoices(false, false, false, false);
        Assert.Equal(none, HintChoices.Read(none.ToString()));
        Assert.False(HintChoices.Read("-SayBack,NameAnger,dsnp").Suggestions, "Names of kinds are no letters.");
        Assert.Equal(new HintChoices(), HintChoices.Read(new HintChoices().ToString()));
    }

    [Fact]
    public void HelpState_AdviceAlone_CallsNobody()
    {
        var conversation = Complaint().Apply(Samples.Raised("a", EscalationTrigger.T7, AlertUrgency.Advise));
        Assert.Equal(HelpStage.None, HelpState.Of(conversation).Stage);
    }

    [Fact]
    public void HelpState_SeveralAlerts_TheMostUrgentOpenOneCounts()
    {
        var conversation = Complaint().Apply([Samples.Raised("a", EscalationTrigger.T9, AlertUrgency.Supervisor), Samples.Raised("b", EscalationTrigger.T2, AlertUrgency.Immediate)]);
        var help = HelpState.Of(conversation);
        Assert.Equal("b", help.Alert!.Id);
        Assert.True(help.OffersRelief);
        help = HelpState.Of(conversation.Apply(new AlertResolved(Samples.Morning, "b", "Marta", null)));
        Assert.Equal("a", help.Alert!.Id);
        Assert.False(help.OffersRelief);
    }

    [Fact]
    public void HelpState_AllSettled_TellsByWhomAndWhat()
    {
        var conversation = Complaint().Apply([Samples.Raised("a", EscalationTrigger.T9, AlertUrgency.Supervisor), new AlertResolved(Samples.Morning, "a", "Marta", "called back")]);
        var help = HelpState.Of(conversation);
        Assert.Equal((HelpStage.Settled, "Marta", "called back"), (help.Stage, help.By, help.Note));
        Assert.True(help.CanAsk);
    }

    [Fact]
    public void DemoLibrary_HasSixScriptsOfBothLanguages()
    {
        var scripts = new DemoLibrary().Scripts;
        Assert.True(scripts.Count(s => s.Language == MessageLanguage.Spanish) >= 3);
        Assert.True(scripts.Count(s => s.Language == MessageLanguage.English) >= 3);
        Assert.Equal(scripts.Length, scripts.Select(s => s.Id).Distinct().Count());
        Assert.All(scripts, s => Assert.InRange(s.Turns.Length, 8, 14));
        Assert.All(scripts, s => Assert.Equal(SpeakerRole.Customer, s.Turns[0].Speaker));
    }

    private static Conversation Complaint() => Conversation.Start(Samples.Id).Apply(Samples.CustomerSays(0, "Late again.", FrustrationLevel.Annoyed, 0.4));
}
