namespace DeEscalationBot.Host.Hosting;

/// <summary>The host does not start, for a reason that a person can mend.</summary>
public sealed class StartRefusedException : Exception
{
    /// <summary>Says why.</summary>
    /// <param name="code">One of <see cref="ErrorCodes"/>.</param>
    /// <param name="message">What is wrong and what to do about it.</param>
    /// <param name="innerException">What was reported, or nothing.</param>
    public StartRefusedException(string code, string message, Exception? innerException = null)
        : base(message, innerException) => Code = code;

    /// <summary>One of <see cref="ErrorCodes"/>.</summary>
    public string Code { get; }
}
