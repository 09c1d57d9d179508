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
