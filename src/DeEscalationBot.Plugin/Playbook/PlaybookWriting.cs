using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Coaching.DraftReview;
using DeEscalationBot.Core.Coaching.Letters;
using DeEscalationBot.Core.Coaching.Paraphrasing;
using DeEscalationBot.Core.Coaching.Writing;
using DeEscalationBot.Core.Scoring;
using DeEscalationBot.Core.Scoring.Text;

namespace DeEscalationBot.Plugin.Playbook;

/// <summary>Reads what the writers need: <c>writing.yaml</c> and <c>generated-text.yaml</c> of each language.</summary>
public static class PlaybookWriting
{
    /// <summary>Reads the sentences of the offline writer.</summary>
    /// <param name="files">Where the playbook is.</param>
    /// <param name="paraphrase">Says back what the customer wrote.</param>
    /// <param name="drafts">Mends drafts.</param>
    /// <param name="signals">Reads the customer's messages.</param>
    /// <param name="letters">Writes letters of apology.</param>
    /// <exception cref="PlaybookException">A file is missing or cannot be understood.</exception>
    public static OfflineWriter ReadWriter(PlaybookFiles files, ParaphraseEngine paraphrase, DraftReviewer drafts, SignalDetector signals, ApologyLetter letters)
    {
        ArgumentNullException.ThrowIfNull(files);
        return new OfflineWriter(
            files.Read<WritingWords>(MessageLanguage.Spanish, "writing"),
            files.Read<WritingWords>(MessageLanguage.English, "writing"),
            paraphrase,
            drafts,
            signals,
            letters);
    }

    /// <summary>Reads and compiles the checks of what a language model writes.</summary>
    /// <param name="files">Where the playbook is.</param>
    /// <param name="drafts">The rules for drafts.</param>
    /// <param name="signals">Finds insults and threats.</param>
    /// <exception cref="PlaybookException">A file is missing, or something in it cannot be understood.</exception>
    public static GeneratedTextReviewer ReadReviewer(PlaybookFiles files, DraftReviewer drafts, SignalDetector signals)
    {
        ArgumentNullException.ThrowIfNull(files);
        try
        {
            return new GeneratedTextReviewer(
                files.Read<WritingRules>(MessageLanguage.Spanish, "generated-text"),
                files.Read<WritingRules>(MessageLanguage.English, "generated-text"),
                drafts,
                signals);
        }
        catch (Exception e) when (e is PhraseSyntaxException or ArgumentException)
        {
            throw new PlaybookException($"The playbook's generated-text.yaml under '{files.Directory}' cannot be used. {e.Message}", e);
        }
    }
}
