using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Coaching.Paraphrasing;
using DeEscalationBot.Core.Scoring;

namespace DeEscalationBot.Plugin.Playbook;

/// <summary>Reads the paraphrase rules (playbook A1): <c>paraphrase.yaml</c> of each language.</summary>
public static class PlaybookParaphrase
{
    /// <summary>Reads the rules of both languages and builds the engine.</summary>
    /// <param name="files">Where the playbook is.</param>
    /// <param name="signals">Finds threats, abuse, despair and grief, which are never said back; read from the same playbook when left out.</param>
    /// <exception cref="PlaybookException">A file is missing, or a phrase or verb in it cannot be understood.</exception>
    public static ParaphraseEngine ReadEngine(PlaybookFiles files, SignalDetector? signals = null)
    {
        ArgumentNullException.ThrowIfNull(files);
        var spanish = files.Read<SpanishFile>(MessageLanguage.Spanish, "paraphrase");
        var english = files.Read<EnglishFile>(MessageLanguage.English, "paraphrase");
        try
        {
            return new ParaphraseEngine(spanish.Wording, spanish.Grammar, english.Wording, english.Grammar, signals ?? PlaybookSignals.ReadDetector(files));
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
