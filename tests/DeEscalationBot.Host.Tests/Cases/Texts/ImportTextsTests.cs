using DeEscalationBot.Host.Cases.Texts;
using DeEscalationBot.Host.Tests.Pages;

namespace DeEscalationBot.Host.Tests.Cases.Texts;

public class ImportTextsTests() : ResourceTexts<ImportTexts>("ImportFile");
