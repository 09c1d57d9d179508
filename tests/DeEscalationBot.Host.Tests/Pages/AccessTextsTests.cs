using DeEscalationBot.Host.Pages.Texts;

namespace DeEscalationBot.Host.Tests.Pages;

public class AccessTextsTests() : ResourceTexts<AccessTexts>("Access", "Keys", "Privacy", "TeamsTab");
