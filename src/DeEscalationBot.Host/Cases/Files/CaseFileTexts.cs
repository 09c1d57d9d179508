namespace DeEscalationBot.Host.Cases.Files;

/// <summary>Names the resources of the files of cases: <c>CaseFileTexts.resx</c> (English) and <c>CaseFileTexts.es.resx</c>.</summary>
public sealed class CaseFileTexts;
