namespace DeEscalationBot.Host.Cases.Texts;

/// <summary>Names the resources of imports: what is wrong with a file or a line, and what to do: <c>ImportTexts.resx</c> (English) and <c>ImportTexts.es.resx</c>.</summary>
public sealed class ImportTexts;
