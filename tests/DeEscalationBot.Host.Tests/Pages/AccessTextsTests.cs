using DeEscalationBot.Host.Access;
using DeEscalationBot.Host.Pages.Texts;

namespace DeEscalationBot.Host.Tests.Pages;

public class AccessTextsTests() : ResourceTexts<AccessTexts>("Access", "Keys", "Privacy", "TeamsTab")
{
    [Fact]
    public void EveryScopeOfAKey_SaysWhatItOpens() => Assert.All(AccessRule.Scopes, s => Assert.Contains("Keys.Opens." + s, English.Keys));
}
