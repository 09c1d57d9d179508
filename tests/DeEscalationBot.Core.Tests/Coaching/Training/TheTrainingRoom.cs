using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Coaching;
using DeEscalationBot.Core.Coaching.Training;
using DeEscalationBot.Core.Escalation;
using DeEscalationBot.Core.Pipeline;
using DeEscalationBot.Core.Scoring;
using DeEscalationBot.Plugin.Playbook;
using DeEscalationBot.Plugin.Scoring.MlNet;

namespace DeEscalationBot.Core.Tests.Coaching.Training;

/// <summary>The training room as it ships, with the model and the playbook that ship, read once for all tests.</summary>
internal static class TheTrainingRoom
{
    public static IUtteranceScorer Scorer { get; } = new MlNetScorer(ModelLoader.Load(Path.Combine(AppContext.BaseDirectory, "models", "frustration.zip")), ThePlaybook.Signals);

    public static TrainingRoom Room { get; } = Read();

    public static TrainingSession Begin(MessageLanguage language, string situation, int seed = 1) => Room.Begin(Room.Find(language, situation)!, language, seed);

    public static TrainingSession Play(MessageLanguage language, string situation, IEnumerable<string> lines, int seed = 1) => lines.Aggregate(Begin(language, situation, seed), Room.Answer);

    private static TrainingRoom Read()
    {
        var reviewer = ThePlaybook.Drafts;
        var steps = PlaybookCoaching.ReadSteps(ThePlaybook.Files);
        var paraphrase = PlaybookParaphrase.ReadEngine(ThePlaybook.Files, ThePlaybook.Signals);
        var pipeline = new ConversationTurnPipeline(
            Scorer,
            PlaybookCoaching.ReadContext(ThePlaybook.Files),
            reviewer,
            steps,
            PlaybookCoaching.ReadCoach(ThePlaybook.Files, paraphrase, AddressForm.Usted),
            PlaybookCoaching.ReadPolicy(ThePlaybook.Files, new EscalationSettings()));
        return PlaybookTraining.ReadRoom(Path.Combine(AppContext.BaseDirectory, "prompts", "training"), pipeline, reviewer, steps);
    }
}
