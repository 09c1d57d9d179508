using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Coaching.DraftReview;
using DeEscalationBot.Core.Scoring.Text;

namespace DeEscalationBot.Plugin.Playbook;

/// <summary>Reads the rules for an agent's drafts: <c>draft-rules.yaml</c> of each language.</summary>
public static class PlaybookDraftRules
{
    /// <summary>Reads the rules of one language.</summary>
    /// <param name="files">Where the playbook is.</param>
    /// <param name="language">Spanish or English.</param>
    /// <exception cref="PlaybookException">The file is missing or cannot be understood.</exception>
    public static DraftRuleSet Read(PlaybookFiles files, MessageLanguage language)
    {
        ArgumentNullException.ThrowIfNull(files);
        return files.Read<DraftRuleSet>(language, "draft-rules");
    }

    /// <summary>Reads the example sentences of one language: <c>draft-examples.yaml</c>.</summary>
    /// <param name="files">Where the playbook is.</param>
    /// <param name="language">Spanish or English.</param>
    /// <exception cref="PlaybookException">The file is missing or cannot be understood.</exception>
    public static DraftExampleSet ReadExamples(PlaybookFiles files, MessageLanguage language)
    {
        ArgumentNullException.ThrowIfNull(files);
        return files.Read<DraftExampleSet>(language, "draft-examples");
    }

    /// <summary>Reads what the effect of a draft is estimated from, for one language: <c>draft-effect.yaml</c>.</summary>
    /// <param name="files">Where the playbook is.</param>
    /// <param name="language">Spanish or English.</param>
    /// <exception cref="PlaybookException">The file is missing or cannot be understood.</exception>
    public static DraftEffectRules ReadEffects(PlaybookFiles files, MessageLanguage language)
    {
        ArgumentNullException.ThrowIfNull(files);
        return files.Read<DraftEffectRules>(language, "draft-effect");
    }

    /// <summary>Reads the rules of both languages and compiles them.</summary>
    /// <param name="files">Where the playbook is.</param>
    /// <param name="judge">Weighs what the rules see, or nothing to go by phrases and examples alone.</param>
    /// <exception cref="PlaybookException">A file is missing, or a phrase or suggestion in it cannot be understood.</exception>
    public static DraftReviewer ReadReviewer(PlaybookFiles files, IDraftJudge? judge = null)
    {
        try
        {
            return new DraftReviewer(
                Read(files, MessageLanguage.Spanish),
                Read(files, MessageLanguage.English),
                ReadExamples(files, MessageLanguage.Spanish),
                ReadExamples(files, MessageLanguage.English),
                ReadEffects(files, MessageLanguage.Spanish),
                ReadEffects(files, MessageLanguage.English),
                judge);
        }
        catch (Exception e) when (e is PhraseSyntaxException or FormatException)
        {
            throw new PlaybookException($"The draft rules under '{files.Directory}' cannot be compiled. {e.Message}", e);
        }
    }
}
