namespace DeEscalationBot.Host.Cases.Texts;

/// <summary>
/// Names the resources of the cases: the sentence of every refusal, and what stages, commands, reasons and events are called:
/// <c>CaseTexts.resx</c> (English) and <c>CaseTexts.es.resx</c>.
/// </summary>
public sealed class CaseTexts;
