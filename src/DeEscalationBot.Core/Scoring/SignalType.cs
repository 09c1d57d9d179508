namespace DeEscalationBot.Core.Scoring;

/// <summary>What a customer's message tells beyond its level. The names, in camel case, are part of the contract.</summary>
public enum SignalType
{
    /// <summary>Insults or degrades a person, not the product (T1).</summary>
    Abuse,

    /// <summary>Threatens people or property with harm, or wishes them harm (T2).</summary>
    Threat,

    /// <summary>Do this or I make you suffer for it: an undue demand, or harm to a person (T2).</summary>
    Blackmail,

    /// <summary>Reviews, social networks, press (T3).</summary>
    ReputationThreat,

    /// <summary>Lawyer, court, consumer authority, charge dispute (T10).</summary>
    LegalThreat,

    /// <summary>Wants to cancel or leave, or names a competitor to go to (T9).</summary>
    ChurnIntent,

    /// <summary>Asks for a manager or supervisor (T10).</summary>
    ManagerRequest,

    /// <summary>Has asked before, or the same fault is back (T4).</summary>
    RepeatContact,

    /// <summary>Nobody answers, reads or listens; canned replies (A1).</summary>
    Unheard,

    /// <summary>Looks for the catch, calls it a lie or a scam (A2).</summary>
    Distrust,

    /// <summary>Rejects what is offered (A8).</summary>
    Objection,

    /// <summary>Moves or cancels an appointment again (A8).</summary>
    Postponement,

    /// <summary>Cold, clipped, "whatever" (A8).</summary>
    Curtness,

    /// <summary>Capitals, runs of marks, stretched letters.</summary>
    Shouting,

    /// <summary>A deadline, or "now" (A12).</summary>
    Urgency,

    /// <summary>Names a loss: money, sales, time, reputation (A9).</summary>
    Impact,

    /// <summary>The product cannot do what they need (T5).</summary>
    Misfit,

    /// <summary>Speaks of self-harm, despair or danger to a life (T11).</summary>
    Vulnerability,

    /// <summary>Asks for or admits something dishonest, plays the generosity (T8).</summary>
    Misuse,

    /// <summary>Reports a danger from the product or service (T11).</summary>
    SafetyHazard,

    /// <summary>Fraud, a stolen account or card (a supervisor looks).</summary>
    AccountSecurity,

    /// <summary>Bereavement, illness, a lost job: speak softly (A1).</summary>
    Hardship,

    /// <summary>Says that they are a child: no retention, no payment (a supervisor looks).</summary>
    Minor,

    /// <summary>Asks what is stored, or to erase it.</summary>
    PrivacyRequest,

    /// <summary>Wants a person instead of a bot.</summary>
    HumanRequest,

    /// <summary>Has been waiting long (T12).</summary>
    Waiting,

    /// <summary>Calmer, grateful, it works now: recovery.</summary>
    Relief,

    /// <summary>No longer in the tone they had. Of a conversation, never of a single message (A8).</summary>
    BehaviourChange,
}

/// <summary>What sets some signals apart from the others.</summary>
public static class SignalTypes
{
    /// <summary>Whether it is one of those that hurt most when they are missed, and when they are heard where nobody meant them: insults, threats, blackmail, despair.</summary>
    /// <param name="type">The signal.</param>
    public static bool IsGrave(this SignalType type) => type is SignalType.Abuse or SignalType.Threat or SignalType.Blackmail or SignalType.Vulnerability;
}
