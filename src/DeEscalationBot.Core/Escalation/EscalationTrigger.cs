namespace DeEscalationBot.Core.Escalation;

/// <summary>Why a conversation may need more than its agent: the twelve triggers of the playbook.</summary>
public enum EscalationTrigger
{
    /// <summary>Abuse of a member of the team.</summary>
    T1,

    /// <summary>Threats and blackmail.</summary>
    T2,

    /// <summary>Threat to the company's reputation.</summary>
    T3,

    /// <summary>Insists after a real answer, or a fault of ours that comes back.</summary>
    T4,

    /// <summary>Product and customer do not fit.</summary>
    T5,

    /// <summary>Anger that does not fall although the steps were done.</summary>
    T6,

    /// <summary>Early signs of anger piling up.</summary>
    T7,

    /// <summary>A pattern over time; proposes a review, never an alert.</summary>
    T8,

    /// <summary>Wants to leave.</summary>
    T9,

    /// <summary>Asks for a manager, threatens with the law, or a matter (stolen account, a child) that a supervisor has to see.</summary>
    T10,

    /// <summary>Danger to life or health. An alert of its own, always.</summary>
    T11,

    /// <summary>A customer waits too long.</summary>
    T12,
}

/// <summary>Who has to look, and how soon. Ordered: greater is more urgent.</summary>
public enum AlertUrgency
{
    /// <summary>A hint to the agent; nobody else is called.</summary>
    Advise,

    /// <summary>A supervisor should look.</summary>
    Supervisor,

    /// <summary>A supervisor is needed now, and the agent is offered relief.</summary>
    Immediate,
}

/// <summary>Where an alert stands. The names, in camel case, are part of the contract.</summary>
public enum AlertState
{
    /// <summary>Held back while the conversation is likely to recover, or until the desk opens; left for raised, or for resolved when it recovered.</summary>
    Waiting,

    /// <summary>Recorded, not yet delivered; left for delivered.</summary>
    Raised,

    /// <summary>Reached at least one sink; left when a person acts.</summary>
    Delivered,

    /// <summary>A person answers for it; left for one of the outcomes.</summary>
    Acknowledged,

    /// <summary>The supervisor took the conversation over.</summary>
    TakenOver,

    /// <summary>The supervisor advised the agent.</summary>
    Coached,

    /// <summary>Dismissed with a reason. Final.</summary>
    Dismissed,

    /// <summary>Settled. Final.</summary>
    Resolved,
}

/// <summary>What the policy decided for one turn.</summary>
/// <param name="Trigger">The trigger.</param>
/// <param name="Urgency">How urgent.</param>
/// <param name="Reason">Signals, exact words, trend and playbook id, in one or two sentences.</param>
public sealed record EscalationDecision(EscalationTrigger Trigger, AlertUrgency Urgency, string Reason);
