namespace DeEscalationBot.Training.Peers;

/// <summary>What a text is judged for. A trained peer has a model of its own for each.</summary>
public enum PeerTarget
{
    /// <summary>Anger at anybody or anything, as the public sets mark it.</summary>
    Anger,

    /// <summary>A person or a group is degraded.</summary>
    Abuse,

    /// <summary>Harm is threatened, wished or called for.</summary>
    Threat,

    /// <summary>A customer who is frustrated or worse: level 2 or more of our corpus.</summary>
    Level,
}
