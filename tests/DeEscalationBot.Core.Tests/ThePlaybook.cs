using DeEscalationBot.Core.Scoring;
using DeEscalationBot.Plugin.Playbook;

namespace DeEscalationBot.Core.Tests;

/// <summary>The playbook as it ships, read once for all tests.</summary>
internal static class ThePlaybook
{
    public static PlaybookFiles Files { get; } = PlaybookFiles.BesideProgram();

    public static SignalDetector Signals { get; } = PlaybookSignals.ReadDetector(Files);
}
