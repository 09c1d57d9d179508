using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Coaching;
using DeEscalationBot.Core.Coaching.Chunking;
using DeEscalationBot.Core.Coaching.Paraphrasing;
using DeEscalationBot.Core.Conversations;
using DeEscalationBot.Core.Escalation;
using DeEscalationBot.Core.Scoring.Text;

namespace DeEscalationBot.Plugin.Playbook;

/// <summary>Reads what conversations, coaching and escalation need: <c>context.yaml</c>, <c>steps.yaml</c>, <c>techniques.yaml</c>, <c>checklist.yaml</c>, <c>triggers.yaml</c>.</summary>
public static class PlaybookCoaching
{
    /// <summary>Reads how signals are meant after what was said before (A8, T4, T12).</summary>
    /// <param name="files">Where the playbook is.</param>
    /// <exception cref="PlaybookException">A file is missing or cannot be understood.</exception>
    public static SignalsInContext ReadContext(PlaybookFiles files) =>
        Compile(files, "context", (ContextRules spanish, ContextRules english) => new SignalsInContext(spanish, english));

    /// <summary>Reads the recognition of the seven steps (A10).</summary>
    /// <param name="files">Where the playbook is.</param>
    /// <exception cref="PlaybookException">A file is missing or cannot be understood.</exception>
    public static StepRecognizer ReadSteps(PlaybookFiles files) =>
        Compile(files, "steps", (StepRules spanish, StepRules english) => new StepRecognizer(spanish, english));

    /// <summary>Reads the techniques.</summary>
    /// <param name="files">Where the playbook is.</param>
    /// <param name="paraphrase">Says back what the customer wrote.</param>
    /// <param name="address">How Spanish-speaking customers are addressed.</param>
    /// <param name="atMostEvery">In how many of the customer's messages one proposal is made at most, 1 to <see cref="TechniqueCoach.MostTurnsApart"/>.</param>
    /// <exception cref="PlaybookException">A file is missing or cannot be understood.</exception>
    public static TechniqueCoach ReadCoach(PlaybookFiles files, ParaphraseEngine paraphrase, AddressForm address, int atMostEvery = 1) =>
        Compile(files, "techniques", (TechniqueBook spanish, TechniqueBook english) => new TechniqueCoach(spanish, english, paraphrase, address, atMostEvery));

    /// <summary>Reads the checklists (A5).</summary>
    /// <param name="files">Where the playbook is.</param>
    /// <exception cref="PlaybookException">A file is missing or cannot be understood.</exception>
    public static ChecklistCoach ReadChecklists(PlaybookFiles files) =>
        Compile(files, "checklist", (ChecklistBook spanish, ChecklistBook english) => new ChecklistCoach(spanish, english));

    /// <summary>Reads the words of the alerts.</summary>
    /// <param name="files">Where the playbook is.</param>
    /// <param name="settings">When to escalate.</param>
    /// <exception cref="PlaybookException">A file is missing or cannot be understood.</exception>
    public static EscalationPolicy ReadPolicy(PlaybookFiles files, EscalationSettings settings) =>
        Compile(files, "triggers", (TriggerTexts spanish, TriggerTexts english) => new EscalationPolicy(settings, spanish, english));

    private static TResult Compile<TFile, TResult>(PlaybookFiles files, string name, Func<TFile, TFile, TResult> make)
    {
        ArgumentNullException.ThrowIfNull(files);
        try
        {
            return make(files.Read<TFile>(MessageLanguage.Spanish, name), files.Read<TFile>(MessageLanguage.English, name));
        }
        catch (Exception e) when (e is PhraseSyntaxException or ArgumentException)
        {
            throw new PlaybookException($"The playbook's {name}.yaml under '{files.Directory}' cannot be used. {e.Message}", e);
        }
    }
}
