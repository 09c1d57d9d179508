namespace DeEscalationBot.Host.Cases.Files;

/// <summary>A file to be downloaded.</summary>
/// <param name="Name">Its name, with its ending. Letters, digits and hyphens only.</param>
/// <param name="ContentType">Its content type.</param>
/// <param name="Content">What is in it.</param>
public sealed record CaseFile(string Name, string ContentType, byte[] Content);
