namespace DeEscalationBot.Plugin.Scoring.MlNet;

/// <summary>A model that is missing, damaged or of another version, with what to do about it.</summary>
public sealed class ModelException : Exception
{
    /// <summary>Says what is wrong.</summary>
    /// <param name="message">File, fault and mend, for the person who runs the product.</param>
    /// <param name="innerException">What the reader reported, or nothing.</param>
    public ModelException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
