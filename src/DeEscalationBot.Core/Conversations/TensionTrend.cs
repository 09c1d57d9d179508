namespace DeEscalationBot.Core.Conversations;

/// <summary>Where a conversation's tension is heading.</summary>
public enum TensionTrend
{
    /// <summary>It grew by more than the noise over the last customer turns.</summary>
    Rising,

    /// <summary>No change beyond the noise.</summary>
    Steady,

    /// <summary>It fell by more than the noise.</summary>
    Falling,
}
