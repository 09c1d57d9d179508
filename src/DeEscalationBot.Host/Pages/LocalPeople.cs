namespace DeEscalationBot.Host.Pages;

/// <summary>The example people that one can be in local mode, where nobody signs in.</summary>
public static class LocalPeople
{
    /// <summary>The agent.</summary>
    public const string Agent = "Lucía Vega";

    /// <summary>The supervisors; the first is who one is at first.</summary>
    public static IReadOnlyList<string> Supervisors { get; } = ["Marta Ruiz", "David Okafor", "Inés Calvo"];
}
