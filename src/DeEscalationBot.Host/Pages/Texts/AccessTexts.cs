namespace DeEscalationBot.Host.Pages.Texts;

/// <summary>Names the resources of signing in and of keys: <c>AccessTexts.resx</c> (English) and <c>AccessTexts.es.resx</c>.</summary>
public sealed class AccessTexts;
