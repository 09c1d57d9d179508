using DeEscalationBot.Host.Cases.Files;
using DeEscalationBot.Host.Tests.Pages;

namespace DeEscalationBot.Host.Tests.Cases.Files;

public class CaseFileTextsTests() : ResourceTexts<CaseFileTexts>("CaseFile");
