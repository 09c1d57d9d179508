namespace DeEscalationBot.Host.Pages.Sidebar;

/// <summary>Which hints an agent wants to see. Kept in the agent's browser and nowhere else: switching one off leaves no trace.</summary>
/// <param name="Suggestions">What to say next.</param>
/// <param name="Drafts">The review of the draft.</param>
/// <param name="Notes">Findings that a good draft may have.</param>
/// <param name="Steps">The seven steps.</param>
public sealed record HintChoices(bool Suggestions = true, bool Drafts = true, bool Notes = true, bool Steps = true)
{
    /// <summary>The choices as the browser keeps them: a letter for each hint that is on.</summary>
    public override string ToString() => $"{(Suggestions ? "s" : "")}{(Drafts ? "d" : "")}{(Notes ? "n" : "")}{(Steps ? "p" : "")}-";

    /// <summary>Reads what the browser kept.</summary>
    /// <param name="kept">The letters, or nothing for the first time: everything is on.</param>
    public static HintChoices Read(string? kept) =>
        kept is null ? new HintChoices() : new HintChoices(kept.Contains('s', StringComparison.Ordinal), kept.Contains('d', StringComparison.Ordinal), kept.Contains('n', StringComparison.Ordinal), kept.Contains('p', StringComparison.Ordinal));
}
