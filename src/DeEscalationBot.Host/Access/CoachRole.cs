namespace DeEscalationBot.Host.Access;

/// <summary>What a person is here. Somebody may have several roles.</summary>
public enum CoachRole
{
    /// <summary>Answers customers: sees the conversations that are theirs.</summary>
    Agent,

    /// <summary>Helps agents: sees the conversations of their teams, and answers alerts.</summary>
    Supervisor,

    /// <summary>Decides about customers: reads the conversations and reports of all teams, and changes nothing in them.</summary>
    DecisionMaker,

    /// <summary>Keeps the product running: keys, deliveries, shifts. Sees no conversation.</summary>
    Administrator,
}

/// <summary>Reads the names of roles.</summary>
public static class CoachRoles
{
    /// <summary>The role that a word names; nothing when it names none. Numbers name none, and neither do several roles at once.</summary>
    /// <param name="word">The word, in capitals or not.</param>
    public static CoachRole? Find(string? word) =>
        Enum.GetNames<CoachRole>().FirstOrDefault(n => n.Equals(word, StringComparison.OrdinalIgnoreCase)) is { } name ? Enum.Parse<CoachRole>(name) : null;
}
