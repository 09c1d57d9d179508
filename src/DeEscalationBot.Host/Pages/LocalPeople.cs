namespace DeEscalationBot.Host.Pages;

/// <summary>The example people that one can be in local mode, where nobody signs in.</summary>
public static class LocalPeople
{
    /// <summary>The agent.</summary>
    public const string Agent = "Lucía Vega";

    /// <summary>Whether somebody may see the figures of a person: their own alone.</summary>
    /// <param name="person">Whose figures.</param>
    public static bool MaySee(string person) => person == Agent;

    /// <summary>The supervisors; the first is who one is at first.</summary>
    public static IReadOnlyList<string> Supervisors { get; } = ["Marta Ruiz", "David Okafor", "Inés Calvo"];
}
