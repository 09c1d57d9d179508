using System.Collections.Immutable;
using DeEscalationBot.Core.Coaching;

namespace DeEscalationBot.Host.Pages.Sidebar;

/// <summary>Which hints an agent wants to see. Kept in the agent's browser and nowhere else: switching one off leaves no trace.</summary>
/// <param name="Suggestions">What to say next.</param>
/// <param name="Drafts">The review of the draft.</param>
/// <param name="Notes">Findings that a good draft may have.</param>
/// <param name="Steps">The seven steps.</param>
public sealed record HintChoices(bool Suggestions = true, bool Drafts = true, bool Notes = true, bool Steps = true)
{
    // Stands after the letters even when nothing follows: all off is not the same as nothing kept.
    private const char EndOfLetters = '-';

    /// <summary>The kinds of suggestion that the agent does without, of <see cref="TechniqueCoach.MaySwitchOff"/>.</summary>
    public ImmutableSortedSet<CoachingSituation> Without { get; init; } = [];

    /// <summary>The choices as the browser keeps them: a letter for each hint that is on, then the names of what the agent does without.</summary>
    public override string ToString() =>
        $"{(Suggestions ? "s" : "")}{(Drafts ? "d" : "")}{(Notes ? "n" : "")}{(Steps ? "p" : "")}{EndOfLetters}{string.Join(',', Without)}";

    /// <summary>Reads what the browser kept. What it does not know, such as a kind that is no more, is on.</summary>
    /// <param name="kept">What <see cref="ToString"/> gave, or nothing for the first time: everything is on.</param>
    public static HintChoices Read(string? kept)
    {
        if (kept is null)
        {
            return new HintChoices();
        }

        var end = kept.IndexOf(EndOfLetters, StringComparison.Ordinal);
        var letters = end < 0 ? kept : kept[..end];
        var without = end < 0 ? "" : kept[(end + 1)..];
        return new HintChoices(letters.Contains('s', StringComparison.Ordinal), letters.Contains('d', StringComparison.Ordinal), letters.Contains('n', StringComparison.Ordinal), letters.Contains('p', StringComparison.Ordinal))
        {
            Without = [.. TechniqueCoach.MaySwitchOff.Where(s => without.Split(',').Contains(s.ToString(), StringComparer.Ordinal))],
        };
    }

    /// <summary>The same choices with one kind of suggestion switched on or off.</summary>
    /// <param name="situation">The kind.</param>
    /// <param name="isOn">Whether the agent wants it.</param>
    public HintChoices With(CoachingSituation situation, bool isOn) => this with { Without = isOn ? Without.Remove(situation) : Without.Add(situation) };
}
