using DeEscalationBot.Core.Channels;
using DeEscalationBot.Core.Scoring;

namespace DeEscalationBot.Core.Conversations;

/// <summary>Waiting, by the clock and by what was asked (T12).</summary>
internal static class Silence
{
    // The same marks as the clock's own (T12): then the agent is advised, then a supervisor is called.
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan VeryLong = TimeSpan.FromMinutes(15);
    private const double AfterLong = 0.6;
    private const double AfterVeryLong = 0.75;

    /// <summary>"¿Hola??", "sigo aquí", "??" after a long silence of ours.</summary>
    public static ContextFinding? CalledInto(TurnInContext turn)
    {
        var silent = turn.At - SilentSince(turn);
        return silent >= Long && EvidenceOf(turn) is { } evidence
            ? ContextFinding.Given(SignalType.Waiting, silent >= VeryLong ? AfterVeryLong : AfterLong, evidence)
            : null;
    }

    /// <summary>A time given because the agent asked for it tells how long something has lasted, not how long we let them wait.</summary>
    public static ContextFinding? AskedAbout(TurnInContext turn)
    {
        if (turn.Score.Find(SignalType.Waiting) is not { } waiting || turn.Words.Message.Words.Count == 0)
        {
            return null;
        }

        var asked = turn.AgentJustSaid.Any(a => a.Of(ContextPhrase.AsksForTime).Any(m => !a.Has(ContextPhrase.AsksForWait, a.SentenceOf(m))));
        var (_, end) = turn.Words.Message.WordsOfSentence(0);
        var answerEnds = turn.Words.Message.Words[end - 1].End;
        return asked && waiting.Evidence.All(e => e.End <= answerEnds) ? ContextFinding.TakenBack(SignalType.Waiting) : null;
    }

    // Since the customer's first word that nobody has answered, or, where the agent had the last word, since that.
    private static DateTimeOffset SilentSince(TurnInContext turn)
    {
        var since = turn.Earlier[^1];
        for (var i = turn.Earlier.Length - 1; i >= 0 && turn.Earlier[i].Speaker == SpeakerRole.Customer; i--)
        {
            since = turn.Earlier[i];
        }

        return since.At;
    }

    private static EvidenceSpan? EvidenceOf(TurnInContext turn)
    {
        if (turn.Words.Message.Words.Count > 0)
        {
            return turn.Words.Of(ContextPhrase.CallsOut).Select(m => turn.Words.Message.Span(m.FirstWord, m.LastWord)).FirstOrDefault();
        }

        // No word at all, only marks: "??".
        var start = turn.Text.IndexOf('?', StringComparison.Ordinal);
        return start < 0 ? null : EvidenceSpan.Of(turn.Text, start, turn.Text.LastIndexOf('?') - start + 1);
    }
}
