using Spectre.Console;

namespace DeEscalationBot.Host.Batch;

/// <summary>Counts on a terminal while a verb works.</summary>
internal static class BatchProgress
{
    /// <summary>What to tell the count to: nothing unless standard error is a terminal, since a log file or a pipe gets no progress.</summary>
    /// <param name="errors">Where warnings go.</param>
    /// <param name="what">What is counted.</param>
    public static Action<long>? On(TextWriter errors, string what)
    {
        if (!ReferenceEquals(errors, Console.Error) || Console.IsErrorRedirected)
        {
            return null;
        }

        var terminal = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(errors) });
        return count =>
        {
            if (count % 100 == 0)
            {
                terminal.Markup($"\r[grey]{count} {what}[/]");
            }
        };
    }
}
