using DeEscalationBot.Core.Conversations;
using DeEscalationBot.Host.Pages.Texts;

namespace DeEscalationBot.Host.Tests.Pages;

public class DeskTextsTests() : ResourceTexts<DeskTexts>("FollowUp", "Goodwill", "Relay", "Report", "Teams")
{
    [Fact]
    public void EveryProblem_HasAText()
    {
        Assert.All(Enum.GetNames<FollowUpProblem>().Where(n => n != nameof(FollowUpProblem.None)), n => Assert.Contains("FollowUp.Problem." + n, English.Keys));
        Assert.All(Enum.GetNames<GoodwillProblem>().Where(n => n != nameof(GoodwillProblem.None)), n => Assert.Contains("Goodwill.Problem." + n, English.Keys));
    }
}
