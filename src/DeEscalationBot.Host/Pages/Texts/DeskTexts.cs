namespace DeEscalationBot.Host.Pages.Texts;

/// <summary>Names the resources of follow-ups, goodwill and reports: <c>DeskTexts.resx</c> (English) and <c>DeskTexts.es.resx</c>.</summary>
public sealed class DeskTexts;
