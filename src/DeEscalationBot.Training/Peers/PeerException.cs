namespace DeEscalationBot.Training.Peers;

/// <summary>A peer that is missing, fails, or says what cannot be read.</summary>
public sealed class PeerException : Exception
{
    /// <summary>Says what is wrong.</summary>
    /// <param name="message">What is wrong and what to do.</param>
    /// <param name="innerException">What was reported, or nothing.</param>
    public PeerException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
