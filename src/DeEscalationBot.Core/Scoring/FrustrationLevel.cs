namespace DeEscalationBot.Core.Scoring;

/// <summary>How one message sounds towards us. Ordinal: the numbers 0 to 4 are part of the contract.</summary>
public enum FrustrationLevel
{
    /// <summary>Neutral, friendly, grateful, a plain question; negative words about a bug.</summary>
    Calm = 0,

    /// <summary>Mild displeasure, impatience, coldness, disappointment.</summary>
    Annoyed = 1,

    /// <summary>Clear frustration with the service or with its repetition; any irony.</summary>
    Frustrated = 2,

    /// <summary>Anger, accusations, biting sarcasm, ultimatums, swearing at the situation.</summary>
    Angry = 3,

    /// <summary>Insults at people, threats, slurs.</summary>
    Hostile = 4,
}
