namespace DeEscalationBot.Host.Pages.Texts;

/// <summary>Names the resources of the pages of customers and cases: <c>CasePageTexts.resx</c> (English) and <c>CasePageTexts.es.resx</c>.</summary>
public sealed class CasePageTexts;
