namespace DeEscalationBot.Host.Pages.Texts;

/// <summary>Names the resources of the training room, the checklist, and letters and calls: <c>TrainingTexts.resx</c> (English) and <c>TrainingTexts.es.resx</c>.</summary>
public sealed class TrainingTexts;
