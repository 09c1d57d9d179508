namespace DeEscalationBot.Host.Pages.Texts;

/// <summary>Names the resources with every sentence of the pages: <c>PageTexts.resx</c> (English) and <c>PageTexts.es.resx</c>.</summary>
public sealed class PageTexts;
