namespace DeEscalationBot.Core.Conversations;

/// <summary>The early signs of anger (A8).</summary>
public enum EarlySignKind
{
    /// <summary>Was talkative and friendly, is curt now: measured against the customer's own messages.</summary>
    BehaviourChange,

    /// <summary>Cold, short answers, more than once.</summary>
    Coldness,

    /// <summary>Objects at every step without a reason.</summary>
    RepeatedObjection,

    /// <summary>Postpones again and again without a reason.</summary>
    RepeatedPostponement,
}

/// <summary>One early sign, seen with one customer turn.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Turns">The customer turns that show it, oldest first.</param>
public sealed record EarlySign(EarlySignKind Kind, IReadOnlyList<int> Turns);
