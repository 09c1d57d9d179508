using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Scoring;

namespace DeEscalationBot.Plugin.Playbook;

/// <summary>Reads the signal rules of a language: <c>lexicon.yaml</c>, <c>signals.yaml</c>, <c>outright.yaml</c>, <c>tone.yaml</c>.</summary>
public static class PlaybookSignals
{
    /// <summary>Reads the rules of one language.</summary>
    /// <param name="files">Where the playbook is.</param>
    /// <param name="language">Spanish or English.</param>
    /// <exception cref="PlaybookException">A file is missing or cannot be understood.</exception>
    public static SignalRuleSet Read(PlaybookFiles files, MessageLanguage language)
    {
        ArgumentNullException.ThrowIfNull(files);
        return new SignalRuleSet(
            files.Read<LanguageLexicon>(language, "lexicon"),
            [.. files.Read<SignalFile>(language, "signals").Rules, .. files.Read<SignalFile>(language, "outright").Rules],
            files.Read<ToneFile>(language, "tone").Rules);
    }

    /// <summary>Reads the rules of both languages and compiles them.</summary>
    /// <param name="files">Where the playbook is.</param>
    /// <exception cref="PlaybookException">A file is missing, or a phrase in it cannot be understood.</exception>
    public static SignalDetector ReadDetector(PlaybookFiles files)
    {
        try
        {
            return new SignalDetector(Read(files, MessageLanguage.Spanish), Read(files, MessageLanguage.English));
        }
        catch (Core.Scoring.Text.PhraseSyntaxException e)
        {
            throw new PlaybookException($"The playbook's signals under '{files.Directory}' cannot be compiled. {e.Message}", e);
        }
    }

    private sealed class SignalFile
    {
        public required IReadOnlyList<SignalRule> Rules { get; init; }
    }

    private sealed class ToneFile
    {
        public required IReadOnlyList<ToneRule> Rules { get; init; }
    }
}
