using System.Text.RegularExpressions;
using DeEscalationBot.Core.Cases;
using DeEscalationBot.Core.Cases.Dismissal;

namespace DeEscalationBot.Core.Tests.Cases;

public sealed partial class CaseRuleTests
{
    [Fact]
    public void All_Reasons_HaveAnIdOfTheirOwnAndAPractice()
    {
        Assert.Equal(CaseRuleCatalogue.All.Count, CaseRuleCatalogue.All.DistinctBy(r => r.Id).Count());
        Assert.All(CaseRuleCatalogue.All, r => Assert.Matches(Id(), r.Id));
        Assert.All(CaseRuleCatalogue.All, r => Assert.Matches(Practice(), r.Playbook));
        Assert.Contains(DismissalRule.OurFailure, CaseRuleCatalogue.All);
    }

    // COMPASSION has nine candidates; FAREWELL adds threats, untrue public claims, "never content" and the breach of terms.
    [Fact]
    public void DismissalReasons_OfTheDocuments_AreAllThere()
    {
        Assert.Equal(9, DismissalReason.All.Count(r => r.Source == "COMPASSION"));
        Assert.Equal(4, DismissalReason.All.Count(r => r.Source == "FAREWELL"));
        Assert.Equal(DismissalReason.All.Count, DismissalReason.All.DistinctBy(r => r.Id).Count());
        Assert.All(DismissalReason.All, r => Assert.Equal(r, DismissalReason.Find(r.Id)));
    }

    [GeneratedRegex(@"^(case|customer|dismissal|departure)(\.[a-z]+(-[a-z]+)*)+$")]
    private static partial Regex Id();

    [GeneratedRegex("^[ABET][0-9]{1,2}$")]
    private static partial Regex Practice();
}
