using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Coaching.Paraphrasing;

namespace DeEscalationBot.Plugin.Playbook;

/// <summary>Reads the paraphrase rules (playbook A1): <c>paraphrase.yaml</c> of each language.</summary>
public static class PlaybookParaphrase
{
    /// <summary>Reads the rules of both languages and builds the engine.</summary>
    /// <param name="files">Where the playbook is.</param>
    /// <exception cref="PlaybookException">A file is missing, or a phrase or verb in it cannot be understood.</exception>
    public static ParaphraseEngine ReadEngine(PlaybookFiles files)
    {
        ArgumentNullException.ThrowIfNull(files);
        var spanish = files.Read<SpanishFile>(MessageLanguage.Spanish, "paraphrase");
        var english = files.Read<EnglishFile>(MessageLanguage.English, "paraphrase");
        try
        {
            return new ParaphraseEngine(spanish.Wording, spanish.Grammar, english.Wording, english.Grammar);
        }
        catch (FormatException e)
        {
            throw new PlaybookException($"The paraphrase rules under '{files.Directory}' cannot be compiled. {e.Message}", e);
        }
    }

    private sealed class SpanishFile
    {
        public required ParaphraseWording Wording { get; init; }

        public required SpanishGrammar Grammar { get; init; }
    }

    private sealed class EnglishFile
    {
        public required ParaphraseWording Wording { get; init; }

        public required EnglishGrammar Grammar { get; init; }
    }
}
