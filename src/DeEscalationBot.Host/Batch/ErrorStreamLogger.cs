namespace DeEscalationBot.Host.Batch;

/// <summary>Writes warnings and errors as plain sentences to standard error, so that standard output holds answers only.</summary>
/// <param name="errors">Standard error.</param>
internal sealed class ErrorStreamLogger(TextWriter errors) : ILoggerProvider, ILogger
{
    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            lock (errors)
            {
                errors.WriteLine(formatter(state, exception));
            }
        }
    }

    public void Dispose()
    {
        // The stream is the process's.
    }
}
