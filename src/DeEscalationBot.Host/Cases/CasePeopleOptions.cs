namespace DeEscalationBot.Host.Cases;

/// <summary>Settings in the section <c>Cases</c> that say who is who.</summary>
public sealed class CasePeopleOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Cases";

    /// <summary>Which decision makers are executives (B4, B6), as the record names them.</summary>
    public IReadOnlyList<string> Executives { get; init; } = [];
}
