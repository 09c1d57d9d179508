using DeEscalationBot.Core.Coaching.DraftReview;
using DeEscalationBot.Core.Scoring;
using DeEscalationBot.Plugin.Playbook;
using DeEscalationBot.Plugin.Scoring.MlNet;

namespace DeEscalationBot.Core.Tests;

/// <summary>The playbook as it ships, read once for all tests.</summary>
internal static class ThePlaybook
{
    public static PlaybookFiles Files { get; } = PlaybookFiles.BesideProgram();

    public static SignalDetector Signals { get; } = PlaybookSignals.ReadDetector(Files);

    /// <summary>The review of drafts with the judge that ships.</summary>
    public static DraftReviewer Drafts { get; } = PlaybookDraftRules.ReadReviewer(Files, ModelLoader.LoadDrafts(Path.Combine(AppContext.BaseDirectory, "models", "drafts.zip")));
}
